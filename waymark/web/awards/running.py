"""One award: what it is, what was paid, what changed; and what may be done while it runs."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.awards import access, queries, verbs
from waymark.awards.advice import answers_of_job
from waymark.awards.enums import HOLDING, OF_A_JOB, OPEN, AwardKind, AwardState, ChangeKind
from waymark.awards.rules import pounds, whole_pounds_up, yearly_pounds
from waymark.web.actionplans.things import plan_link
from waymark.web.asking import Asked
from waymark.web.awards.forms import ChangeForm, LetGoForm, SeenForm, StopForm, TalkedForm, pence
from waymark.web.awards.pages import (
    about,
    act_page,
    form_view,
    kind_words,
    page_about,
    refused_words,
    state_tag,
)
from waymark.web.awards.words import (
    award_rows,
    dropped_words,
    evidence_table,
    held_words,
    instalments_table,
    released_list,
)
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import long_day

JOB_CHANGES = (ChangeKind.HOURS, ChangeKind.PAY, ChangeKind.EMPLOYER, ChangeKind.JOB_ENDED, ChangeKind.OTHER)
OTHER_CHANGES = (ChangeKind.ACTIVITY_ENDED, ChangeKind.OTHER)


@require_safe
@about(queries.get_award)
def award(request: Asked, award: Any) -> HttpResponse:
    """Everything about one award."""
    rules = queries.money_of(award.claim, request.today).rules
    context = page_about(
        request,
        award,
        heading=_("%(kind)s: %(name)s") % {"kind": kind_words(award.kind), "name": award.claim.customer.name},
        award=award,
        state=state_tag(award),
        rows=award_rows(award, rules, request.today),
        overpaid=pounds(award.overpaid_pence) if award.overpaid_pence else "",
        instalments=instalments_table(award, request.today) if award.instalments.all() else None,
        dropped=dropped_words(award),
        held=held_words(award),
        released=released_list(award),
        evidence=evidence_table(award, rules, request.today),
        changes=list(award.changes.all()),
        actions=_actions(request, award),
        in_plan=plan_link(request, award.claim, award.ref) if award.state in OPEN else None,
        back_url=reverse("awards:money", args=[award.claim.ref]),
        back_label=_("Money"),
    )
    return render(request, "awards/award.html", context)


def _actions(request: Asked, award: Any) -> list[Action]:
    refused = refused_words(access.may_change(award, request.post))
    if award.state == AwardState.PROPOSED:
        return [Action(_("Agree or decline"), _to("agree", award), primary=True)]
    held = any(part.held_at for part in award.instalments.all())
    if award.state not in HOLDING:
        return _let_go(award, refused_words(access.may_show(award, request.post))) if held else []
    wanted = [(_("Something has been seen"), "seen"), (_("Stop it"), "stop")]
    if award.kind != AwardKind.DISCRETION_FUND:
        wanted.insert(0, (_("Something has changed"), "change"))
    if award.warned_on:
        wanted.insert(0, (_("Talked about its end"), "talked"))
    actions = [Action(label, _to(page, award), refused=refused) for label, page in wanted]
    return _let_go(award, refused) + actions[:-2] + actions[-1:] if held else actions


def _let_go(award: Any, refused: str | None) -> list[Action]:
    """What lets a payment go that waits: something seen, or a person's word."""
    return [
        Action(_("Something has been seen"), _to("seen", award), primary=True, refused=refused),
        Action(_("Pay it all the same"), _to("let_go", award), refused=refused),
    ]


def _to(page: str, award: Any) -> str:
    return reverse(f"awards:{page}", args=[award.ref])


def _stops(award: Any, rules: Any) -> dict[str, Any]:
    return {
        code: reason
        for code, reason in rules.reasons("award_stopped").items()
        if not reason.words("kinds") or award.kind in reason.words("kinds")
    }


@form_view
@about(queries.get_award)
def change(request: Asked, award: Any) -> HttpResponse:
    """Hours, pay or the activity have changed; the rules advise, a person decides whether it goes on."""
    rules = queries.money_of(award.claim, request.today).rules
    kinds = JOB_CHANGES if award.kind in OF_A_JOB else OTHER_CHANGES
    form = ChangeForm(request.POST or None, kinds, _stops(award, rules))
    if award.kind not in OF_A_JOB:
        del form.fields["hours"], form.fields["pay"]

    def act(data: dict[str, Any]) -> object:
        return verbs.note_change(
            award,
            ChangeKind(data["kind"]),
            effective_on=data["effective_on"],
            given=_answers(data),
            goes_on=data["goes_on"] == "yes",
            stop_code=data["stop_code"],
            words_about=data["words"],
            why=data["why"],
            by=request.post,
            now=request.now,
        )

    return act_page(
        request,
        award,
        form,
        act,
        said=lambda made: (
            _("It is noted, and it goes on.")
            if made.state in HOLDING
            else _("It has stopped, and a letter tells the customer.")
        ),
        heading=_("A change: %(name)s") % {"name": award.claim.customer.name},
        button=_("Save"),
        back=_to("award", award),
        back_label=_("The award"),
        intro=_("Nothing is ever taken back by itself. What was paid too much is only said."),
    )


def _answers(data: dict[str, Any]) -> dict[str, str]:
    """What the new hours and pay say to the tables."""
    hours: Decimal | None = data.get("hours")
    weekly = pence(data["pay"]) if data.get("pay") is not None else None
    if hours is not None and weekly is not None:
        return answers_of_job(float(hours), weekly)
    given = {"job_hours": str(int(hours))} if hours is not None else {}
    if weekly is not None:
        given["job_gross_yearly"] = str(yearly_pounds(weekly))
        given["job_weekly_pay"] = str(whole_pounds_up(weekly))
    return given


@form_view
@about(queries.get_award)
def stop(request: Asked, award: Any) -> HttpResponse:
    """Stop it, with its last day and the reason the customer reads."""
    rules = queries.money_of(award.claim, request.today).rules
    form = StopForm(request.POST or None, _stops(award, rules))
    return act_page(
        request,
        award,
        form,
        lambda data: verbs.stop(
            award,
            data["code"],
            last_day=data["last_day"],
            words_about=data["words"],
            by=request.post,
            now=request.now,
        ),
        said=_("It has stopped, and a letter tells the customer."),
        heading=_("Stop an award: %(name)s") % {"name": award.claim.customer.name},
        button=_("Stop it and tell the customer"),
        back=_to("award", award),
        back_label=_("The award"),
        intro=_("A week that has begun is paid whole. Nothing that was paid is taken back by this."),
    )


@form_view
@about(queries.get_award)
def seen(request: Asked, award: Any) -> HttpResponse:
    """Something was seen for it."""
    rules = queries.money_of(award.claim, request.today).rules
    evidence = {
        code: reason
        for code, reason in rules.reasons("award_evidence").items()
        if not reason.words("kinds") or award.kind in reason.words("kinds")
    }
    form = SeenForm(request.POST or None, evidence, request.today)
    return act_page(
        request,
        award,
        form,
        lambda data: verbs.see_evidence(
            award, data["kind"], on=data["on"], words_about=data["words"], by=request.post, now=request.now
        ),
        said=_("It is kept."),
        heading=_("Seen for an award: %(name)s") % {"name": award.claim.customer.name},
        button=_("Save"),
        back=_to("award", award),
        back_label=_("The award"),
    )


@form_view
@about(queries.get_award)
def talked(request: Asked, award: Any) -> HttpResponse:
    """Somebody has talked with the customer before it ends."""
    form = TalkedForm(request.POST or None)
    ends = long_day(award.until, request.today) if award.until else ""
    return act_page(
        request,
        award,
        form,
        lambda data: verbs.talk_about_end(award, words_about=data["words"], by=request.post, now=request.now),
        said=_("It is kept, and the task is done."),
        heading=_("Before it ends: %(name)s") % {"name": award.claim.customer.name},
        button=_("Save"),
        back=_to("award", award),
        back_label=_("The award"),
        intro=_("%(kind)s ends on %(day)s. What will be different, and what else is there?")
        % {"kind": kind_words(award.kind), "day": ends},
    )


@form_view
@about(queries.get_award)
def let_go(request: Asked, award: Any) -> HttpResponse:
    """Payments that wait are paid all the same, for a reason."""
    form = LetGoForm(request.POST or None)
    return act_page(
        request,
        award,
        form,
        lambda data: verbs.let_go(award, why=data["why"], by=request.post, now=request.now),
        said=lambda pence: _("%(sum)s goes with the next file of payments.") % {"sum": pounds(pence)},
        heading=_("Pay it all the same: %(name)s") % {"name": award.claim.customer.name},
        button=_("Let it go"),
        back=_to("award", award),
        back_label=_("The award"),
        intro=_("%(held)s Most often it is enough to ring the customer and write down their word as seen.")
        % {"held": held_words(award)},
    )
