"""Pages of letters. Administrators look after the sending and see no names; staff see their customers."""

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.customers import queries as customers
from waymark.kernel.refusal import Refused
from waymark.notices import queries, verbs
from waymark.notices.enums import Channel, NoticeState
from waymark.web.access_table import CASEWORK, SEES_CUSTOMERS
from waymark.web.asking import Asked
from waymark.web.notices.forms import OutboxFilter, PrintedOn, WithdrawForm
from waymark.web.notices.mails import mails_table
from waymark.web.notices.words import (
    became_of,
    delivery_words,
    kind_words,
    state_tag,
    table_of_customer,
    table_of_printed,
    tag_of,
)
from waymark.web.ui.components import Action, Count
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import day_time, long_day

A_PAGE = 50
SORTS = {"due": "try_at", "written": "queued_at", "tries": "tries", "office": "claim__office__name"}


@require_safe
def of_customer(request: Asked, ref: str) -> HttpResponse:
    """Everything a customer was told in writing."""
    customer = _found(customers.get_customer, request, ref)
    if customer.ref != ref:
        return redirect("notices:of_customer", customer.ref)
    request.customer_read = customer.ref
    page = Paginator(queries.notices_of(customer, request.post), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "customer": customer,
        "record_url": reverse("customers:record", args=[customer.ref]),
        "heading": _("Letters to %(name)s") % {"name": customer.name},
        "page": page,
        "table": table_of_customer(page, request.today, read_out=_is_read_to(customer, request)),
        "actions": _reminders(customer, request),
        "doubtful_since": customer.address_doubtful_since,
        "settle": _in_doubt(customer, request),
        "email_doubtful_since": customer.email_doubtful_since,
        "settle_email": _email_in_doubt(customer, request),
    }
    return render(request, "notices/of_customer.html", context)


@require_safe
def show(request: Asked, ref: str) -> HttpResponse:
    """One letter as the customer gets it, and what became of it."""
    notice = _found(queries.get_notice, request, ref)
    customer = notice.claim.customer
    is_text = notice.channel == Channel.TEXT
    request.customer_read = customer.ref
    context = {
        "notice": notice,
        "is_text": is_text,
        "customer": customer,
        "heading": (_("Text to %(name)s") if is_text else _("Letter to %(name)s")) % {"name": customer.name},
        "state": tag_of(notice),
        "delivered": became_of(notice, request.today),
        "rows": _about(notice, request),
        "actions": _may_do(notice, request),
    }
    return render(request, "notices/show.html", context)


@require_safe
def pdf(request: Asked, ref: str) -> HttpResponse:
    """The letter as PDF: as it was sent, or as it would be."""
    content = _found(queries.pdf_of, request, ref)
    request.customer_read = _found(queries.get_notice, request, ref).claim.customer.ref
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="letter-{ref}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
def outbox(request: Asked) -> HttpResponse:
    """What waits, is held or could not be sent in the district."""
    form = OutboxFilter(request.GET or None)
    rows = queries.outbox(request.post).filter(**(form.chosen() if form.is_bound else {}))
    rows = rows.order_by(*_order(request.GET.get("sort", "")))
    if request.GET.get("format") == "csv":
        return _as_csv(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Letters on their way"),
        "filter": form,
        "page": page,
        "rows": [_outbox_row(notice, request) for notice in page],
        "counts": _counts(queries.counts(request.post)),
        "names": request.post.role in SEES_CUSTOMERS,
        "mails": mails_table(request),
    }
    return render(request, "notices/outbox.html", context)


@require_safe
def printed(request: Asked) -> HttpResponse:
    """What was laid for the printer on a day; today unless another is asked for."""
    form = PrintedOn(request.GET or None)
    day = (form.cleaned_data["day"] if form.is_bound and form.is_valid() else None) or request.today
    rows = queries.printed_on(request.post, day)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Printed letters"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "table": table_of_printed(page, long_day(day, request.today), request.post.role in SEES_CUSTOMERS),
    }
    return render(request, "notices/printed.html", context)


@require_POST
def retry(request: Asked, ref: str) -> HttpResponse:
    """Put a failed letter back among the waiting."""
    notice = _found(queries.get_to_mend, request, ref)
    try:
        verbs.retry(notice, by=request.post, now=request.now)
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": reverse("notices:outbox")}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, _("Letter %(ref)s is tried again now.") % {"ref": ref})
    return redirect("notices:outbox")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Asked, ref: str) -> HttpResponse:
    """Keep a letter from going, with the reason."""
    notice = _found(queries.get_to_mend, request, ref)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.withdraw(notice, form.cleaned_data["why"], by=request.post, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Letter %(ref)s is withdrawn.") % {"ref": ref})
            return redirect("notices:outbox")
    context = {"form": form, "notice": notice, "heading": _("Withdraw letter %(ref)s") % {"ref": ref}}
    return render(request, "notices/withdraw.html", context)


def _found(query: Any, request: Asked, ref: str) -> Any:
    """What a query finds for this post; a stranger gets 404."""
    try:
        return query(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def _may_do(notice: Any, request: Asked) -> list[Action]:
    """What may be done with a letter that has gone."""
    if (
        request.post.role not in CASEWORK
        or notice.state != NoticeState.SENT
        or notice.channel == Channel.TEXT
    ):
        return []
    if notice.came_back_on is None:
        back = Action(_("It came back"), reverse("notices:came_back", args=[notice.ref]))
        if notice.read_aloud_on is not None:
            return [back]
        return [Action(_("Read to the customer"), reverse("notices:read_aloud", args=[notice.ref])), back]
    if notice.again_id is None:
        return [Action(_("Send it again"), reverse("notices:send_again", args=[notice.ref]), "post")]
    return []


def _is_read_to(customer: Any, request: Asked) -> bool:
    """Whether this customer's letters are read out to them, and by whom asks."""
    needs = getattr(customer, "access_needs", None)
    return needs is not None and needs.read_aloud and request.post.role in CASEWORK


def _in_doubt(customer: Any, request: Asked) -> list[Action]:
    """What settles an address that is in doubt."""
    if request.post.role not in CASEWORK:
        return []
    return [
        Action(_("Correct the address"), reverse("customers:identity", args=[customer.ref])),
        Action(_("The address is right"), reverse("notices:address_is_right", args=[customer.ref])),
    ]


def _email_in_doubt(customer: Any, request: Asked) -> list[Action]:
    """What settles an e-mail address that is in doubt."""
    if request.post.role not in CASEWORK:
        return []
    return [
        Action(_("Correct the e-mail address"), reverse("customers:identity", args=[customer.ref])),
        Action(_("The e-mail address is right"), reverse("notices:email_is_right", args=[customer.ref])),
    ]


def _reminders(customer: Any, request: Asked) -> list[Action]:
    """The way to the reminders of each live claim; most people have one."""
    if request.post.role not in CASEWORK:
        return []
    return [
        Action(_("Reminders"), reverse("notices:reminders", args=[claim.ref]), about=claim.ref)
        for claim in customers.claims_of(customer).filter(status="live")
    ]


def _order(sort: str) -> list[str]:
    field = SORTS.get(sort.removeprefix("-"), "try_at")
    sign = "-" if sort.startswith("-") else ""
    return [f"{sign}{field}", "id"]


def _about(notice: Any, request: Asked) -> list[tuple[str, object]]:
    by = notice.queued_by.person.name if notice.queued_by else _("Waymark, in its daily run")
    size = _("large print") if notice.large_print else _("usual size")
    return [
        (_("Kind"), kind_words(notice)),
        (_("Written"), _("%(at)s by %(by)s") % {"at": day_time(notice.queued_at, request.today), "by": by}),
        (_("Way"), notice.get_channel_display()),
        (_("Address"), notice.address),
        *([] if notice.channel == Channel.TEXT else [(_("Print"), size)]),
        (_("Reference"), notice.ref),
    ]


def _counts(found: dict[str, int]) -> list[Count]:
    return [
        Count(
            number, NoticeState(state).label, f"{reverse('notices:outbox')}?state={state}", state == "failed"
        )
        for state, number in found.items()
    ]


def _outbox_row(notice: Any, request: Asked) -> dict[str, Any]:
    return {
        "notice": notice,
        "state": state_tag(notice.state),
        "words": delivery_words(queries.delivery(notice), request.today),
        "actions": _actions(notice),
    }


def _actions(notice: Any) -> list[Action]:
    again = Action(_("Try again"), reverse("notices:retry", args=[notice.ref]), "post", about=notice.ref)
    away = Action(_("Withdraw"), reverse("notices:withdraw", args=[notice.ref]), about=notice.ref)
    return [again, away] if notice.state == NoticeState.FAILED else [away]


def _as_csv(rows: Iterable[Any]) -> HttpResponse:
    """The list for a spreadsheet, without names."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="outbox.csv"'},
    )
    write = csv.writer(response)
    write.writerow(
        ["reference", "claim", "office", "letter", "way", "state", "written", "due", "tries", "error"]
    )
    for n in rows:
        moments = (n.queued_at.isoformat(timespec="seconds"), n.try_at.isoformat(timespec="seconds"))
        # A leading sign would make a spreadsheet take the words of a mail server for a formula.
        error = n.last_error.lstrip("=+-@\t")
        write.writerow(
            [n.ref, n.claim.ref, n.claim.office.name, n.kind, n.channel, n.state, *moments, n.tries, error]
        )
    return response
