"""What customers tell us: written down in two clicks, read, answered; the list of all of it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.customers import queries as customers
from waymark.inbound import access, queries, verbs
from waymark.inbound.enums import Way
from waymark.insight import own_page
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.customers.pages import of_customer, record_url
from waymark.web.inbound.forms import AnswerForm, LogForm, MessageFilter
from waymark.web.inbound.words import doings, rows_about, title_of
from waymark.web.people.pages import as_csv, done
from waymark.web.ui.components import Count
from waymark.web.ui.templatetags.ui import day, day_time, long_day

A_PAGE = 25
A_MONTH = timedelta(days=27)
SORTS = {
    "answer_by": "answer_by",
    "received": "received_at",
    "customer": "claim__customer__family_name",
    "about": "about",
}
form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
@of_customer
def log(request: Asked, customer: Any) -> HttpResponse:
    """Write down what a customer, or somebody for them, told us."""
    claim = own_page.claim_of(customer)
    if claim is None:
        raise Http404
    appointments = own_page.recent_appointments(customer, request.now)
    form = LogForm(
        request.POST if request.method == "POST" else None,
        appointments=appointments,
        chosen=request.GET.get("appointment", ""),
    )
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(verbs.log(claim, **data, by=request.post, now=request.now)),
    ):
        said = _("Written down. It is answered by %(day)s; until then nothing is done against the customer.")
        messages.success(request, said % {"day": long_day(made[0].answer_by, request.today)})
        return redirect("inbound:message", made[0].ref)
    context = {
        "heading": _("What did %(name)s tell us?") % {"name": customer.name},
        "form": form,
        "must_know": customers.must_know(customer, request.today).sentences,
        "back_url": record_url(customer),
        "back_label": customer.name,
    }
    return render(request, "inbound/log.html", context)


@form_view
def message(request: Asked, ref: str) -> HttpResponse:
    """One message: what was said, what may be done about it, and the answer."""
    found = _found(request, ref)
    customer = found.claim.customer
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"told_by": Way.PORTAL if found.way == Way.PORTAL else Way.CALL},
    )
    if done(
        request,
        form,
        lambda data: verbs.answer(found, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("The answer is kept. Nothing waits any more."))
        return redirect("inbound:message", ref)
    context = {
        "heading": title_of(found),
        "found": found,
        "customer": customer,
        "rows": rows_about(found, own_page.appointment_meant(customer, found.appointment), request.today),
        "must_know": customers.must_know(customer, request.today).sentences,
        "doings": doings(found, request.post.role),
        "form": form,
        "waiting": found.answered_at is None,
        "may_answer": access.may_answer(found, request.post) is None,
        "late": found.answered_at is None and found.answer_by < request.today,
        "back_url": record_url(customer),
        "back_label": customer.name,
    }
    return render(request, "inbound/message.html", context)


@require_POST
def read(request: Asked, ref: str) -> HttpResponse:
    """Somebody has read it."""
    found = _found(request, ref)
    try:
        verbs.read(found, by=request.post, now=request.now)
    except Refused as refusal:
        back = reverse("inbound:message", args=[ref])
        return render(request, "ui/refused.html", {"refusal": refusal, "return_url": back}, status=409)
    messages.success(request, _("You have read it. It still waits for its answer."))
    return redirect("inbound:message", ref)


@require_safe
def index(request: Asked) -> HttpResponse:
    """Everything customers of this place told us, what waits first."""
    form = MessageFilter(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    rows = _filtered(queries.messages_seen_by(request.post), chosen, request)
    rows = rows.order_by(*_order(request.GET.get("sort", "")))
    if request.GET.get("format") == "csv":
        return _csv(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    since = request.today - A_MONTH
    figures = queries.figures(request.post, since, request.today, request.now)
    context = {
        "heading": _("What customers told us"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "rows": [_row(one, request.today) for one in page],
        "figures": figures,
        "counts": _counts(figures),
    }
    return render(request, "inbound/list.html", context)


def _found(request: Asked, ref: str) -> Any:
    try:
        found = queries.get_message(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = found.claim.customer.ref
    return found


def _filtered(rows: QuerySet[Any], chosen: dict[str, str], request: Asked) -> QuerySet[Any]:
    states = {
        "waiting": Q(answered_at=None),
        "unread": Q(read_at=None),
        "late": Q(answered_at=None, answer_by__lt=request.today),
        "read": Q(read_at__isnull=False, answered_at=None),
        "answered": Q(answered_at__isnull=False),
    }
    whose = {"yes": Q(task__person=request.post.person_id), "no": Q(task__person=None)}
    wanted = states[chosen["state"]] if "state" in chosen else Q()
    if "about" in chosen:
        wanted &= Q(about=chosen["about"])
    if "way" in chosen:
        wanted &= Q(way=chosen["way"])
    if "mine" in chosen:
        wanted &= whose[chosen["mine"]]
    return rows.filter(wanted)


def _order(sort: str) -> list[Any]:
    """What waits comes first, the most pressing at the head; what is answered after it, the newest first."""
    field = SORTS.get(sort.removeprefix("-"))
    if field is None:
        return [F("answered_at").desc(nulls_first=True), "answer_by", "id"]
    return [f"-{field}" if sort.startswith("-") else field, "id"]


def _row(found: Any, today: date) -> dict[str, Any]:
    late = found.answered_at is None and found.answer_by < today
    if found.answered_at is not None:
        state, tone = _("answered"), "good"
    elif late:
        state, tone = _("late"), "late"
    else:
        state, tone = (_("read"), "waiting") if found.read_at else (_("not read"), "new")
    return {
        "found": found,
        "title": title_of(found),
        "state": state,
        "tone": tone,
        "late": late,
        "when": day_time(found.received_at, today),
        "by": day(found.answer_by, today),
        "whose": found.task.person.name if found.task and found.task.person else _("nobody yet"),
    }


def _counts(figures: Any) -> list[Count]:
    """The figures of the last four weeks, each with its list where there is one."""
    here = reverse("inbound:list")
    return [
        Count(figures.waiting, _("waiting"), f"{here}?state=waiting"),
        Count(figures.overdue, _("late"), f"{here}?state=late", late=figures.overdue > 0),
        Count(figures.in_time, _("answered in time")),
        Count(figures.late, _("answered late")),
    ]


def _csv(rows: QuerySet[Any]) -> HttpResponse:
    columns = ["reference", "customer", "office", "received", "how", "about", "answer by", "read", "answered"]
    lines = (
        [
            one.ref,
            one.claim.customer.ref,
            one.claim.office.name,
            one.received_at.isoformat(timespec="minutes"),
            one.way,
            one.about,
            one.answer_by.isoformat(),
            one.read_at.isoformat(timespec="minutes") if one.read_at else "",
            one.answered_at.isoformat(timespec="minutes") if one.answered_at else "",
        ]
        for one in rows
    )
    return as_csv("messages.csv", columns, lines)
