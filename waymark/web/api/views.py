"""The directory as open data: read only, page by page, without what is ours alone. Switched off by a setting."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from waymark.directory import hsds
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.hsds.writing import location_document
from waymark.directory.queries import publishing
from waymark.directory.queries.publishing import DAYS, TIMES, AtLocation, Filter
from waymark.directory.rules import district_of
from waymark.web.asking import Asked

A_PAGE, MOST = 50, 200
PROFILE = "https://docs.openreferraluk.org/en/3.0-dev/"
View = Callable[..., HttpResponse]


class NotUnderstood(Exception):
    """A part of the address that is no value of its kind; the words say which and what would be right."""


def open_data(view: View) -> View:
    """Anybody may read it from anywhere, where the setting allows it; what is not understood is said."""

    @wraps(view)
    @require_safe
    def answer(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OPEN_DIRECTORY:
            return JsonResponse({"error": "The directory is not open data here."}, status=404)
        try:
            response = view(request, *args, **kwargs)
        except NotUnderstood as wrong:
            return JsonResponse({"error": str(wrong)}, status=400)
        except ObjectDoesNotExist:
            return JsonResponse({"error": "There is nothing of this id."}, status=404)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@open_data
def about(request: Asked) -> HttpResponse:
    """Which standard this speaks."""
    return JsonResponse(
        {"version": "3.0", "profile": PROFILE, "openapi_url": f"{PROFILE}_static/openapi.json"}
    )


@open_data
def services(request: Asked) -> HttpResponse:
    codes = catalogue(request.today)
    rows = publishing.open_services(_filter(request), codes)
    return _page(request, rows, lambda one: hsds.service_line(one, codes, request.today))


@open_data
def service(request: Asked, uid: UUID) -> HttpResponse:
    found, codes = publishing.open_service(uid), catalogue(request.today)
    return JsonResponse(hsds.service_document(found, codes, request.today, open_only=True))


@open_data
def organizations(request: Asked) -> HttpResponse:
    def line(one: Any) -> dict[str, Any]:
        whole = hsds.organisation_document(one, request.today, open_only=True)
        return {name: value for name, value in whole.items() if not isinstance(value, list | dict)}

    return _page(request, publishing.open_organisations(), line)


@open_data
def organization(request: Asked, uid: UUID) -> HttpResponse:
    found, codes = publishing.open_organisation(uid), catalogue(request.today)
    whole = hsds.organisation_document(found, request.today, open_only=True)
    whole["services"] = [
        hsds.service_document(one, codes, request.today, open_only=True, within=True)
        for one in publishing.services_within(found)
    ]
    return JsonResponse(whole)


@open_data
def service_at_locations(request: Asked) -> HttpResponse:
    codes = catalogue(request.today)
    rows = publishing.at_locations(_filter(request), codes)
    return _page(request, rows, lambda one: _at_location(one, codes, request))


@open_data
def service_at_location(request: Asked, uid: UUID) -> HttpResponse:
    found = publishing.at_location(uid)
    if found is None:
        raise ObjectDoesNotExist
    return JsonResponse(_at_location(found, catalogue(request.today), request))


def _at_location(one: AtLocation, codes: Catalogue, request: Asked) -> dict[str, Any]:
    return {
        "id": one.uid,
        "service": hsds.service_line(one.service, codes, request.today),
        "location": location_document(one.location, open_only=True),
    }


@open_data
def taxonomies(request: Asked) -> HttpResponse:
    return _page(request, publishing.taxonomies(), lambda one: one)


@open_data
def taxonomy(request: Asked, uid: UUID) -> HttpResponse:
    return _one_of(publishing.taxonomies(), uid)


@open_data
def taxonomy_terms(request: Asked) -> HttpResponse:
    return _page(request, publishing.terms(catalogue(request.today)), lambda one: one)


@open_data
def taxonomy_term(request: Asked, uid: UUID) -> HttpResponse:
    return _one_of(publishing.terms(catalogue(request.today)), uid)


def _one_of(rows: Iterable[dict[str, Any]], uid: UUID) -> HttpResponse:
    found = next((row for row in rows if row["id"] == str(uid)), None)
    if found is None:
        raise ObjectDoesNotExist
    return JsonResponse(found)


def _page(request: Asked, rows: Any, shown: Callable[[Any], dict[str, Any]]) -> HttpResponse:
    """One page of a list, with how many there are."""
    size = min(max(_whole(request, "per_page", A_PAGE), 1), MOST)
    pages = Paginator(rows, size)
    number = _whole(request, "page", 1)
    held: Any = pages.page(number).object_list if 1 <= number <= pages.num_pages else []
    contents = [shown(one) for one in held]
    return JsonResponse(
        {
            "total_items": pages.count,
            "total_pages": pages.num_pages,
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number >= pages.num_pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _whole(request: Asked, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not text.isdigit() or len(text) > 6:
        raise NotUnderstood(f"{name}: “{text}” is no whole number.")
    return int(text)


def _filter(request: Asked) -> Filter:
    given = {name: str(value).strip() for name, value in request.GET.items()}
    postcode = given.get("postcode", "").upper()
    if postcode and not district_of(postcode):
        raise NotUnderstood(
            f"postcode: “{postcode}” is no postcode. Write one like CA1 2BB, or its first part."
        )
    return Filter(
        search=given.get("search", ""),
        term=_uuid(given, "taxonomy_term_id"),
        taxonomy=_uuid(given, "taxonomy_id"),
        organisation=_uuid(given, "organization_id"),
        minimum_age=_number(given, "minimum_age"),
        maximum_age=_number(given, "maximum_age"),
        postcode=postcode,
        proximity=_number(given, "proximity"),
        times=tuple((name, _time(name, given[name])) for name in TIMES if given.get(name)),
    )


def _uuid(given: dict[str, str], name: str) -> str:
    text = given.get(name, "")
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        raise NotUnderstood(f"{name}: “{text}” is no UUID.") from None


def _number(given: dict[str, str], name: str) -> float | None:
    text = given.get(name, "")
    try:
        return float(text) if text else None
    except ValueError:
        raise NotUnderstood(f"{name}: “{text}” is no number.") from None


def _time(name: str, text: str) -> str:
    if name == "day" and text.upper() not in DAYS:
        raise NotUnderstood(f"day: “{text}” is no day. It can be: {', '.join(sorted(DAYS))}.")
    return text.upper() if name == "day" else text
