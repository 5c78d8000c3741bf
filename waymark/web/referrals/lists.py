"""Lists of referrals: all of them, a customer’s, those that stand still, both sides’ counts, what is to be read."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waymark.customers import queries as customers
from waymark.referrals import queries, verbs
from waymark.referrals.enums import ReferralState
from waymark.web.asking import Asked
from waymark.web.customers.pages import of_customer, record_url
from waymark.web.people.pages import as_csv, day_in_path
from waymark.web.referrals.forms import DaysFilter, ReferralFilter
from waymark.web.referrals.pages import found
from waymark.web.referrals.words import CURES, STUCK_WORDS, state_tag, whose
from waymark.web.ui.components import Action, Column, Count, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day

A_PAGE = 25
A_MONTH = timedelta(days=27)
PARTS = {
    "sent": _("sent"),
    "acknowledged": _("arrived"),
    "pending": _("no answer yet"),
    "returned": _("sent back"),
    "taken_back": _("taken back"),
}


@require_safe
def index(request: Asked) -> HttpResponse:
    """The referrals one reaches, what is urgent first; each kind counted apart."""
    form = ReferralFilter(
        request.GET if request.GET else {"state": "open"},
        organisations=queries.organisations_seen(request.post),
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.listed(
        request.post,
        state=chosen.get("state") or "open",
        kind=chosen.get("kind", ""),
        organisation=chosen.get("organisation", ""),
        words=chosen.get("words", ""),
    )
    if request.GET.get("format") == "csv":
        return _csv(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    since = request.today - A_MONTH
    context = {
        "heading": _("Referrals"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "rows": [(row, *state_tag(row), whose(row)) for row in page],
        "kinds": queries.counts_by_kind(request.post, since, request.today),
        "since": since,
        "actions": [
            Action(_("What stands still"), reverse("referrals:orphans")),
            Action(_("Sent and arrived"), reverse("referrals:reconcile")),
            Action(_("News to read"), reverse("referrals:unread")),
            Action(_("Sent to us"), reverse("referrals:sent_to_us")),
        ],
    }
    return render(request, "referrals/list.html", context)


def _csv(rows: Any) -> HttpResponse:
    columns = [
        "referral",
        "kind",
        "customer",
        "service",
        "organisation",
        "state",
        "made",
        "sent",
        "next step",
        "by",
        "due",
    ]
    lines = [
        [
            one.ref,
            one.get_kind_display(),
            one.claim.customer.ref,
            one.service.name,
            one.service.organisation.name,
            one.get_state_display(),
            one.made_at.date(),
            one.sent_at.date() if one.sent_at else "",
            one.task.get_kind_display() if one.task else "",
            whose(one),
            one.task.due_on if one.task else "",
        ]
        for one in rows
    ]
    return as_csv("referrals.csv", columns, lines)


@require_safe
@of_customer
def of_one(request: Asked, customer: Any) -> HttpResponse:
    """Everything a customer was put in touch with."""
    rows = list(queries.of_claims(customer))
    live = queries.live_claim(customer)
    new = reverse("referrals:choose", args=[customer.ref])
    refused = (
        None if live else _("There is no live claim. Tell the customer where to go: help needs no claim.")
    )
    context = {
        "heading": _("Referrals of %(name)s") % {"name": customer.name},
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        "running": [(row, *state_tag(row), whose(row)) for row in rows if row.state in ReferralState.open()],
        "over": [(row, *state_tag(row), whose(row)) for row in rows if row.state in ReferralState.over()],
        "actions": [Action(_("Refer or signpost"), new, primary=True, refused=refused)],
        "back_url": record_url(customer),
        "back_label": customer.name,
    }
    return render(request, "referrals/of_customer.html", context)


@require_safe
def orphans(request: Asked) -> HttpResponse:
    """Every referral that stands still: why, since when, and who has to act. Empty, or explained."""
    every = queries.orphans(request.post, request.today)
    wanted = request.GET.get("why", "")
    shown = [one for one in every if not wanted or wanted in one.why]
    if request.GET.get("format") == "csv":
        return _orphans_csv(shown)
    counted: dict[str, int] = {}
    for one in every:
        for why in one.why:
            counted[why] = counted.get(why, 0) + 1
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Referrals that stand still"),
        "counts": [
            Count(number, STUCK_WORDS[why], f"?why={why}", late=True)
            for why, number in sorted(counted.items())
        ],
        "page": page,
        "total": len(shown),
        "wanted": STUCK_WORDS.get(wanted, ""),
        "rows": [
            {
                "one": one,
                "why": [STUCK_WORDS[why] for why in one.why],
                "cure": CURES[one.first],
                "due": one.task.due_on if one.task else None,
            }
            for one in page
        ],
        "back_url": reverse("referrals:list"),
        "back_label": _("Referrals"),
    }
    return render(request, "referrals/orphans.html", context)


def _orphans_csv(rows: list[Any]) -> HttpResponse:
    columns = ["referral", "customer", "service", "organisation", "why", "days", "who acts", "by"]
    lines = [
        [
            one.referral.ref,
            one.referral.claim.customer.ref,
            one.referral.service.name,
            one.referral.service.organisation.name,
            "; ".join(str(STUCK_WORDS[why]) for why in one.why),
            one.days,
            one.who,
            one.task.due_on if one.task else "",
        ]
        for one in rows
    ]
    return as_csv("referrals-that-stand-still.csv", columns, lines)


@require_safe
def reconcile(request: Asked) -> HttpResponse:
    """Sent by us, and where it is now: per organisation and day. What was sent equals the rest, or the row says so."""
    form = DaysFilter(
        request.GET or None, organisations=queries.organisations_seen(request.post), auto_id="filter_%s"
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    until: date = chosen.get("until") or request.today
    since: date = chosen.get("since") or until - A_MONTH
    days = queries.reconciliation(request.post, since, until, chosen.get("organisation", ""))
    page = Paginator(days, A_PAGE).get_page(request.GET.get("page"))
    sums = {name: sum(getattr(one.balance, name) for one in days) for name in PARTS}
    context = {
        "heading": _("Sent and arrived"),
        "filter": form,
        "since": since,
        "until": until,
        "page": page,
        "sums": sums,
        "off": [one for one in days if not one.balance.holds],
        "table": _table(page, request.today),
        "kinds": queries.counts_by_kind(request.post, since, until),
        "back_url": reverse("referrals:list"),
        "back_label": _("Referrals"),
    }
    if request.GET.get("format") == "csv":
        columns = ["day", "organisation", *PARTS]
        lines = [[one.on, one.organisation, *[getattr(one.balance, name) for name in PARTS]] for one in days]
        return as_csv("sent-and-arrived.csv", columns, lines)
    return render(request, "referrals/reconcile.html", context)


def _table(days: Any, today: date) -> Table:
    rows = []
    for one in days:
        address = reverse("referrals:of_day", args=[one.on.isoformat(), one.organisation_ref])
        numbers = []
        for name in PARTS:
            number = getattr(one.balance, name)
            part = "" if name == "sent" else f"?part={name}"
            numbers.append(link_html(f"{address}{part}", str(number)) if number else "0")
        rows.append([f"{day(one.on, today)}, {one.organisation}", *numbers])
    return Table(
        _("Per day and organisation"),
        [
            Column(_("Day and organisation")),
            *[Column(capfirst(label), numeric=True) for label in PARTS.values()],
        ],
        rows,
        empty=_("Nothing was sent in these days."),
        late_rows=frozenset(place for place, one in enumerate(days) if not one.balance.holds),
        caption_hidden=True,
    )


@require_safe
def of_day(request: Asked, on: str, organisation: str) -> HttpResponse:
    """The referrals behind one number."""
    when = day_in_path(on)
    part = request.GET.get("part", "")
    rows = list(queries.of_day(request.post, when, organisation, part))
    context = {
        "heading": _("Sent on %(day)s") % {"day": day(when, request.today)},
        "part": PARTS.get(part, ""),
        "rows": [(row, *state_tag(row), whose(row)) for row in rows],
        "back_url": reverse("referrals:reconcile"),
        "back_label": _("Sent and arrived"),
    }
    return render(request, "referrals/of_day.html", context)


@require_safe
def unread(request: Asked) -> HttpResponse:
    """What services told, for me, and not read yet."""
    page = Paginator(queries.unread_for(request.post), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("News from services"),
        "page": page,
        "back_url": reverse("referrals:list"),
        "back_label": _("Referrals"),
    }
    return render(request, "referrals/unread.html", context)


@require_POST
def read(request: Asked, ref: str) -> HttpResponse:
    """I have read it."""
    feedback = found(queries.get_feedback, request.post, ref)
    verbs.read_feedback(feedback, by=request.post, now=request.now)
    messages.success(request, _("Noted as read."))
    back = request.POST.get("back", "")
    return redirect(
        "referrals:unread" if back == "unread" else reverse("referrals:show", args=[feedback.referral.ref])
    )


@require_safe
def of_task(request: Asked, ref: str) -> HttpResponse:
    """The referral a task is about."""
    referral = found(queries.of_task, request.post, ref)
    return redirect("referrals:show", referral.ref)
