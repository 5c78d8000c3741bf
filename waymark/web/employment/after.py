"""The time after a benefit: begun, agreed, in touch while an appeal runs, closed."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.actionplans import queries as plans
from waymark.actionplans.queries import OnClaim
from waymark.employment import queries, verbs
from waymark.employment.enums import APPEAL_LIFE, Appeal
from waymark.web.actionplans.forms import later
from waymark.web.actionplans.pages import form_view, head, of_claim, one_form, posted, ringing
from waymark.web.asking import Asked
from waymark.web.employment.forms_after import AppealForm, BeginForm, TouchForm, WayOnForm
from waymark.web.ui.components import Action, Column, Link, Row, Table
from waymark.web.ui.templatetags.ui import day, long_day
from waymark.web.worklist.next_action import open_page

TWO_WEEKS = 14


def way_url(claim: Any) -> str:
    return reverse("employment:transition", args=[claim.ref])


@require_safe
@of_claim
def show(request: Asked, found: OnClaim) -> HttpResponse:
    """What goes on after a benefit, or the way to begin with it."""
    claim, role = found.claim, request.post.role
    plan = queries.transition_of(claim)
    opened = plan is not None and plan.state != "closed"
    context = {
        **head(request, found, _("After a benefit: %(name)s") % {"name": claim.customer.name}),
        "plan": plan,
        "reason": found.rules.pack.reasons("entitlement_lost").get(plan.because) if plan else None,
        "rows": rows_of(plan, request) if plan else [],
        "opened": opened,
        "actions": actions_of(role, claim, plan),
    }
    return render(request, "employment/transition.html", context)


@require_safe
def index(request: Asked) -> HttpResponse:
    """Everybody whose benefit has ended and with whom somebody stays in touch, the next contact first."""
    rows = queries.transitions_open(request.post)
    late = frozenset(n for n, one in enumerate(rows) if one.task and one.task.due_on < request.today)
    table = Table(
        _("After a benefit"),
        [
            Column(_("Customer")),
            Column(_("Next contact")),
            Column(_("By")),
            Column(_("Appeal")),
            Column(_("State")),
        ],
        [
            [
                Link(one.claim.customer.name, way_url(one.claim)),
                day(one.task.due_on, request.today) if one.task else "",
                _whose(one),
                one.get_appeal_display(),
                one.get_state_display(),
            ]
            for one in rows
        ],
        empty=_("Nobody within your reach has lost a benefit of late."),
        late_rows=late,
        caption_hidden=True,
    )
    return render(request, "employment/transitions.html", {"heading": _("After a benefit"), "table": table})


@form_view
@of_claim
def begin(request: Asked, found: OnClaim) -> HttpResponse:
    """A benefit is lost, or will be."""
    form = BeginForm(found.rules, posted(request), initial={"lost_on": request.today})
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.begin_transition(found.claim, **data, by=request.post, now=request.now),
        said=_("Begun. Agree with the customer what goes on: tomorrow at the latest."),
        heading=_("A benefit is lost"),
        button=_("Begin"),
        back=way_url(found.claim),
        back_label=_("After a benefit"),
    )


@form_view
@of_claim
def agree(request: Asked, found: OnClaim) -> HttpResponse:
    """What goes on, whom they ring, when we are in touch."""
    plan = _plan(found.claim)
    people = plans.colleagues(found.claim, request.post, request.today)
    steps = plans.plan_page(found.claim, found.rules).open_steps
    form = WayOnForm(
        people,
        posted(request),
        mine=request.post.person.ref,
        suggested=[step.words for step in steps],
        goes_on=found.rules.value("transition.help_goes_on"),
        initial={
            "other_benefits": "\n".join(plan.other_benefits),
            "contact_on": later(request.today, TWO_WEEKS),
            "told_on": request.today,
        },
    )

    def act(data: dict[str, Any]) -> object:
        return verbs.agree_transition(
            plan,
            help=form.help(data),
            person=form.people[data["person"]],
            other_benefits=data["other_benefits"].splitlines(),
            contact_on=data["contact_on"],
            told_on=data["told_on"],
            by=request.post,
            now=request.now,
        )

    return one_form(
        request,
        found.claim,
        form,
        act,
        said=_("Agreed, and on its way to the customer in writing."),
        heading=_("What goes on for %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep and send it"),
        back=way_url(found.claim),
        back_label=_("After a benefit"),
        template="employment/agree.html",
        plan=plan,
        goes_on=found.rules.value("transition.help_goes_on"),
        reason=found.rules.pack.reasons("entitlement_lost").get(plan.because),
    )


@form_view
@of_claim
def appeal(request: Asked, found: OnClaim) -> HttpResponse:
    """Where the appeal stands, and when we are in touch."""
    plan = _plan(found.claim)
    now_and_next = [Appeal(plan.appeal), *APPEAL_LIFE.moves[Appeal(plan.appeal)]]
    form = AppealForm(
        [Appeal(one) for one in now_and_next],
        posted(request),
        initial={"appeal": plan.appeal, "contact_on": later(request.today, TWO_WEEKS)},
    )
    return one_form(
        request,
        found.claim,
        form,
        lambda data: verbs.note_appeal(plan, by=request.post, now=request.now, **data),
        said=_("Kept, with the day on which we are in touch."),
        heading=_("The appeal of %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=way_url(found.claim),
        back_label=_("After a benefit"),
    )


@form_view
@of_claim
def touch(request: Asked, found: OnClaim) -> HttpResponse:
    """Somebody was in touch."""
    plan = _plan(found.claim)
    form = TouchForm(posted(request), initial={"contact_on": later(request.today, TWO_WEEKS)})

    def act(data: dict[str, Any]) -> object:
        if data["then"] == "close":
            return verbs.close_transition(plan, why=data["words"], by=request.post, now=request.now)
        return verbs.in_touch(
            plan, words=data["words"], contact_on=data["contact_on"], by=request.post, now=request.now
        )

    return one_form(
        request,
        found.claim,
        form,
        act,
        said=_("Kept, with what follows."),
        heading=_("In touch with %(name)s") % {"name": found.claim.customer.name},
        button=_("Keep it"),
        back=way_url(found.claim),
        back_label=_("After a benefit"),
        template="employment/job.html",
        rings=True,
        **ringing(found.claim),
    )


def rows_of(plan: Any, request: Asked) -> list[Row]:
    today = request.today
    rows = [Row(_("Benefit lost"), long_day(plan.lost_on, today))]
    if plan.person:
        rows.append(Row(_("They ring"), plan.person.name))
    if plan.told_on:
        rows.append(
            Row(
                _("Told"),
                f"{long_day(plan.told_on, today)}, {plan.told_by.person.name if plan.told_by else ''}",
            )
        )
    rows.append(Row(_("Appeal"), str(plan.get_appeal_display()).capitalize()))
    if plan.appeal_by and plan.appeal == Appeal.THINKING:
        rows.append(Row(_("Last day to appeal"), long_day(plan.appeal_by, today)))
    if plan.hearing_on:
        rows.append(Row(_("Hearing"), long_day(plan.hearing_on, today)))
    if plan.state != "closed" and plan.task:
        rows.append(Row(_("Next contact"), f"{long_day(plan.task.due_on, today)}, {_whose(plan)}"))
    if plan.other_benefits:
        rows.append(Row(_("May ask about"), "; ".join(plan.other_benefits)))
    if plan.closed_on:
        rows.append(Row(_("Closed"), f"{long_day(plan.closed_on, today)}: {plan.closed_why}"))
    return rows


def actions_of(role: str, claim: Any, plan: Any) -> list[Action]:
    """What may be done now, the next thing first."""
    if plan is None or plan.state == "closed":
        wanted = [(_("A benefit is lost: begin"), "employment:begin_transition")]
    elif plan.state == "open":
        wanted = [(_("Agree what goes on"), "employment:agree_transition")]
    else:
        wanted = [(_("We were in touch"), "employment:touch"), (_("The appeal"), "employment:appeal")]
        if plan.appeal == Appeal.NOT_POSSIBLE:
            wanted = wanted[:1]
    found = [(label, open_page(role, name, claim.ref)) for label, name in wanted]
    return [Action(label, url, primary=number == 0) for number, (label, url) in enumerate(found) if url]


def _plan(claim: Any) -> Any:
    plan = queries.transition_of(claim)
    if plan is None or plan.state == "closed":
        raise Http404
    return plan


def _whose(plan: Any) -> str:
    task = plan.task
    if task is None:
        return ""
    return str(task.person.name) if task.person else _("nobody yet")
