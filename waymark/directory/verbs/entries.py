"""Entries of services: added, amended, confirmed, given to an owner, withdrawn, brought back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.directory import access
from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import Taking
from waymark.directory.models import Location, Organisation, Service
from waymark.directory.verbs.common import index, note
from waymark.directory.verbs.organisations import add_organisation
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import District, Person, Post
from waymark.record.enums import Happened

KEPT_BY_VERBS = frozenset(
    {
        "id",
        "ref",
        "uid",
        "organisation",
        "owner",
        "confirmed_on",
        "confirmed_by",
        "added_on",
        "withdrawn_on",
        "withdrawn_why",
        "published",
        "words",
        "search",
        "pieces",
        "locations",
        "districts",
    }
)
FIELDS = frozenset(field.name for field in Service._meta.get_fields() if field.concrete) - KEPT_BY_VERBS
CODES = {
    "needs": "need",
    "excludes": "exclusion",
    "documents": "document",
    "information": "information",
    "level": "level",
    "provision": "provision",
}


@transaction.atomic
def add(
    organisation: Organisation,
    *,
    fields: Mapping[str, Any],
    locations: Collection[Location] = (),
    districts: Collection[District] = (),
    owner: Person | None,
    codes: Catalogue,
    by: Post | None,
    now: datetime,
) -> Service:
    """A new entry, confirmed on the day it is written. `fields`: names and values of the columns of a service."""
    insist(access.may_add(by))
    _insist_right(fields, codes)
    on = day_of(now)
    service = Service(
        ref=new_ref("S"),
        organisation=organisation,
        owner=owner,
        added_on=on,
        confirmed_on=on,
        confirmed_by=by.person if by else None,
        **fields,
    )
    index(service, codes, [place.town for place in locations])
    service.save()
    service.locations.set(locations)
    service.districts.set(districts)
    note(Happened.SERVICE_ADDED, service, by=by, now=now)
    return service


@transaction.atomic
def add_with_organisation(
    *,
    organisation: str,
    new_organisation: Mapping[str, Any],
    fields: Mapping[str, Any],
    codes: Catalogue,
    by: Post,
    now: datetime,
) -> Service:
    """A new entry of an organisation by its reference, or of one that is added with it. Whoever adds it owns it."""
    mother = Organisation.objects.filter(ref=organisation).first() if organisation else None
    if mother is None:
        mother = add_organisation(fields=new_organisation, by=by, now=now)
    owner = by.person if access.may_own(by) else None
    here = [by.team.office.district]
    return add(mother, fields=fields, districts=here, owner=owner, codes=codes, by=by, now=now)


@transaction.atomic
def amend(
    service: Service,
    *,
    fields: Mapping[str, Any],
    locations: Collection[Location] | None = None,
    districts: Collection[District] | None = None,
    codes: Catalogue,
    by: Post | None,
    now: datetime,
) -> Service:
    """Change what an entry says. What is written today is confirmed today. Nothing changed: nothing is noted.

    locations, districts: None leaves them as they are. A withdrawn entry is brought back first.
    """
    service = _locked(service)
    insist(access.may_change(service, by))
    insist(_still_offered(service))
    _insist_right({**fields, "name": fields.get("name", service.name)}, codes)
    changed = [name for name, value in fields.items() if getattr(service, name) != value]
    for name in changed:
        setattr(service, name, fields[name])
    if locations is not None and set(service.locations.all()) != set(locations):
        service.locations.set(locations)
        changed.append("locations")
    if districts is not None and set(service.districts.all()) != set(districts):
        service.districts.set(districts)
        changed.append("districts")
    if not changed:
        return service
    service.confirmed_on, service.confirmed_by = day_of(now), by.person if by else None
    index(service, codes, list(service.locations.values_list("town", flat=True)))
    service.save()
    note(Happened.SERVICE_AMENDED, service, by=by, now=now, changed=sorted(changed))
    return service


@transaction.atomic
def confirm(service: Service, *, by: Post, now: datetime) -> Service:
    """The entry is still right: looked at today, nothing to change. Twice on a day is once."""
    service = _locked(service)
    insist(access.may_change(service, by))
    insist(_still_offered(service))
    if service.confirmed_on == day_of(now):
        return service
    service.confirmed_on, service.confirmed_by = day_of(now), by.person
    service.save(update_fields=["confirmed_on", "confirmed_by"])
    note(Happened.SERVICE_CONFIRMED, service, by=by, now=now)
    return service


@transaction.atomic
def give(service: Service, *, to: Post | None, by: Post, now: datetime) -> Service:
    """Say who keeps the entry true. Owners give their own away; managers give any; who finds one without takes it."""
    service = _locked(service)
    insist(access.may_change(service, by))
    if to is not None and not access.may_own(to):
        raise Refused(
            "cannot_own_entries",
            f"{to.person.name} is {to.get_role_display()} and does not keep entries.",
            "Choose an adviser, a disability employment adviser, a leader or a manager.",
        )
    owner = to.person if to else None
    if service.owner == owner:
        return service
    service.owner = owner
    service.save(update_fields=["owner"])
    note(Happened.SERVICE_GIVEN, service, by=by, now=now, owner=owner.name if owner else "")
    return service


@transaction.atomic
def withdraw(service: Service, *, why: str, on: date, by: Post | None, now: datetime) -> Service:
    """The service is offered to nobody any more. Its entry stays readable, with the reason (R:L431)."""
    service = _locked(service)
    insist(access.may_change(service, by))
    insist(_still_offered(service))
    if not why.strip():
        raise Refused("no_reason", "It is not written why it is withdrawn.", "Write it in a few words.")
    service.taking, service.withdrawn_on, service.withdrawn_why = Taking.WITHDRAWN, on, why.strip()
    service.save(update_fields=["taking", "withdrawn_on", "withdrawn_why"])
    note(Happened.SERVICE_WITHDRAWN, service, by=by, now=now, why=why.strip(), on=on.isoformat())
    return service


@transaction.atomic
def bring_back(service: Service, *, by: Post | None, now: datetime) -> Service:
    """The service is offered again. Whether it has places is not known until somebody asks."""
    service = _locked(service)
    insist(access.may_change(service, by))
    if service.withdrawn_on is None:
        raise Refused("not_withdrawn", "This entry is not withdrawn.", "There is nothing to bring back.")
    service.taking, service.withdrawn_on, service.withdrawn_why = Taking.UNKNOWN, None, ""
    service.confirmed_on, service.confirmed_by = day_of(now), by.person if by else None
    service.save(update_fields=["taking", "withdrawn_on", "withdrawn_why", "confirmed_on", "confirmed_by"])
    note(Happened.SERVICE_BROUGHT_BACK, service, by=by, now=now)
    return service


def _insist_right(fields: Mapping[str, Any], codes: Catalogue) -> None:
    """Names are there, codes are known, ages are in order. Raises ValueError for columns a caller may not set."""
    unknown = set(fields) - FIELDS
    if unknown:
        raise ValueError(f"Not columns of an entry: {', '.join(sorted(unknown))}")
    if not str(fields.get("name", "")).strip():
        raise Refused("no_name", "The service has no name.", "Write the name it goes by.")
    if fields.get("taking") == Taking.WITHDRAWN:
        raise Refused("withdraw_instead", "An entry is not withdrawn by editing it.", "Withdraw it.")
    for name, kind in CODES.items():
        given = fields.get(name) or []
        wrong = [
            code for code in ([given] if isinstance(given, str) else given) if code not in codes.rows(kind)
        ]
        if wrong:
            raise Refused(
                "no_such_code", f"“{wrong[0]}” is no {kind} that is known.", "Choose one of the list."
            )
    least, greatest = fields.get("least_age"), fields.get("greatest_age")
    if least is not None and greatest is not None and greatest < least:
        raise Refused("ages_not_in_order", "The greatest age is below the least.", "Change one of them.")


def _still_offered(service: Service) -> Refused | None:
    if service.withdrawn_on is None:
        return None
    return Refused("withdrawn", "This entry is withdrawn.", "Bring it back first.")


def _locked(service: Service) -> Service:
    return (
        Service.objects.select_for_update(of=("self",))
        .select_related("organisation", "owner")
        .get(pk=service.pk)
    )
