"""The list of cases, one case with its gates and its steps, and opening one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.organisations.enums import Role
from waymark.sanctions import queries, verbs
from waymark.sanctions.enums import BreachKind
from waymark.sanctions.rules import shut
from waymark.web.asking import Asked
from waymark.web.people.pages import as_csv, done
from waymark.web.sanctions.forms import CasesFilter, OpenForm
from waymark.web.sanctions.pages import about, form_view, found, page_about
from waymark.web.sanctions.words import (
    case_rows,
    case_table,
    case_url_of,
    next_button,
    other_buttons,
    state_tag,
    to,
)
from waymark.web.ui.components import Action, Entry
from waymark.web.ui.templatetags.ui import long_day_time
from waymark.web.worklist.next_action import open_page
from waymark.worklist.enums import TaskKind

A_PAGE = 25


@require_safe
def index(request: Asked) -> HttpResponse:
    """The cases this post may see, the most urgent first."""
    form = CasesFilter(request.GET if request.GET else {"state": "under_way"})
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.listed(
        request.post,
        request.today,
        state=chosen.get("state") or "under_way",
        late=bool(chosen.get("late")),
        mine=bool(chosen.get("mine")),
        sort=request.GET.get("sort", ""),
    )
    if request.GET.get("format") == "csv":
        return _csv(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Cases of not attending"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "table": case_table(page, request.today),
        "actions": list_actions(request),
    }
    return render(request, "sanctions/list.html", context)


def list_actions(request: Asked) -> list[Action]:
    pages = [(_("How long it takes"), "sanctions:times"), (_("Mistakes to put right"), "sanctions:drafts")]
    return [Action(label, url) for label, page in pages if (url := open_page(request.post.role, page))]


def _csv(rows: Any) -> HttpResponse:
    columns = ["case", "customer", "office", "state", "about", "appointment", "opened", "next step", "due"]
    lines = [
        [
            one.ref,
            one.interview.claim.customer.ref,
            one.interview.claim.office.name,
            one.get_state_display(),
            one.get_kind_display(),
            one.appointment.starts_at.date(),
            one.opened_on,
            TaskKind(one.task_kind).label if one.task_kind else "",
            one.due_on,
        ]
        for one in rows
    ]
    return as_csv("cases.csv", columns, lines)


@require_safe
@about(queries.get_case)
def show(request: Asked, breach: Any) -> HttpResponse:
    """One case: what to do now, what must be there, what the customer says, what happened."""
    gates = queries.gates_of(breach, request.today)
    said, action = next_button(breach, gates, request.post)
    reads_record = request.post.role != Role.DECISION_MAKER
    context = page_about(
        request,
        breach,
        heading=_("Did not attend: %(name)s") % {"name": breach.interview.claim.customer.name}
        if breach.kind == BreachKind.NOT_ATTENDING
        else _("Did not take part: %(name)s") % {"name": breach.interview.claim.customer.name},
        breach=breach,
        state=state_tag(breach),
        next_words=said,
        next_action=action,
        gates=gates,
        still=len(shut(gates)),
        customers_words=queries.customers_words(breach),
        entries=[Entry(one.what, one.at, words=one.words) for one in reversed(queries.happenings(breach))],
        rows=case_rows(breach, request.today),
        safeguards=queries.safeguards_in_words(breach, queries.rules_of(breach, request.today)),
        bundles=[
            (bundle, open_page(request.post.role, "sanctions:bundle", bundle.ref))
            for bundle in queries.bundles_of(breach)
        ],
        others=other_buttons(breach, request.post),
        record_url=reverse("customers:record", args=[breach.interview.claim.customer.ref])
        if reads_record
        else "",
        back_url=reverse("sanctions:list"),
        back_label=_("Cases"),
    )
    return render(request, "sanctions/case.html", context)


@require_safe
def of_claim(request: Asked, ref: str) -> HttpResponse:
    """The case of a claim that is under way, or the last: where its tasks lead."""
    return redirect(case_url_of(found(request, queries.case_of_claim, ref)))


@require_safe
def money_of_claim(request: Asked, ref: str) -> HttpResponse:
    """The reduction of a claim that is not over, or the last."""
    return redirect(to("sanction", found(request, queries.sanction_of_claim, ref)))


@form_view
@about(queries.get_appointment)
def open_case(request: Asked, appointment: Any) -> HttpResponse:
    """Open a case about an appointment; the one there is, if there is one."""
    known = queries.case_of_appointment(appointment.ref)
    if known is not None:
        return redirect(case_url_of(known))
    claim = appointment.interview.claim
    form = OpenForm(request.POST or None, initial={"kind": BreachKind.NOT_ATTENDING})
    made: list[Any] = []
    if done(request, form, lambda data: made.append(_open(request, appointment, data))):
        messages.success(request, _("The case is open. A letter asks the customer why."))
        return redirect(case_url_of(made[0]))
    when = long_day_time(appointment.starts_at, request.today)
    context = page_about(
        request,
        appointment,
        form=form,
        heading=_("Open a case: %(name)s") % {"name": claim.customer.name},
        button_label=_("Open the case and ask the customer"),
        back_url=reverse("customers:record", args=[claim.customer.ref]),
        back_label=_("The record"),
        intro=_(
            "Only if ringing did not help. The customer is asked first, by letter, and has some days to answer."
            " Nothing changes in what they are paid, and only a decision maker could change it."
        ),
        facts=[
            (_("Appointment"), f"{when}, {appointment.adviser.name}"),
            (_("What became of it"), appointment.get_state_display()),
        ],
    )
    return render(request, "sanctions/form.html", context)


def _open(request: Asked, appointment: Any, data: dict[str, Any]) -> Any:
    kind = BreachKind(data["kind"])
    return verbs.open_breach(appointment, kind, why=data["why"], by=request.post, now=request.now)
