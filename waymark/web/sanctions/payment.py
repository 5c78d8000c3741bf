"""A reduction: what it is, and every way in which it begins, ends or is looked at again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.sanctions import access, queries, verbs
from waymark.sanctions.enums import ChallengeOutcome, LiftedBecause, SanctionState
from waymark.web.asking import Asked
from waymark.web.sanctions import forms
from waymark.web.sanctions.pages import about, act_page, claim_of, form_view, page_about
from waymark.web.sanctions.words import case_url_of, money_rows, state_tag, to, words_of
from waymark.web.ui.components import Action


@require_safe
@about(queries.get_sanction)
def show(request: Asked, sanction: Any) -> HttpResponse:
    """What was decided, what it means in money, and what may be done."""
    context = page_about(
        request,
        sanction,
        heading=_("Reduction: %(name)s") % {"name": claim_of(sanction).customer.name},
        sanction=sanction,
        state=state_tag(sanction),
        rows=money_rows(sanction, request.today),
        main=main_action(request, sanction),
        actions=other_actions(request, sanction),
        challenges=[
            (one, to("decide_challenge", one) if one.decided_at is None else "")
            for one in queries.challenges_of(sanction)
        ],
        back_url=case_url_of(sanction.ruling.bundle.breach),
        back_label=_("The case"),
    )
    return render(request, "sanctions/sanction.html", context)


def main_action(request: Asked, sanction: Any) -> Action | None:
    """The one next button: begin it, or lift it."""
    if sanction.state == SanctionState.NOTIFIED:
        refused = access.may_decide(claim_of(sanction), request.post) or verbs.may_take_effect(
            sanction, request.now
        )
        return Action(
            _("Put it into effect"), to("effect", sanction), refused=words_of(refused), primary=True
        )
    if sanction.state == SanctionState.IN_EFFECT:
        refused = access.may_lift(claim_of(sanction), request.post)
        return Action(_("Lift it"), to("lift", sanction), refused=words_of(refused), primary=True)
    return None


def other_actions(request: Asked, sanction: Any) -> list[Action]:
    refused = words_of(access.may_lift(claim_of(sanction), request.post))
    found = []
    if sanction.state == SanctionState.NOTIFIED:
        found.append(Action(_("Set it aside"), to("set_aside", sanction), refused=refused))
    if sanction.welfare_at is None and sanction.state in {SanctionState.NOTIFIED, SanctionState.IN_EFFECT}:
        found.append(Action(_("Note the call about it"), to("called", sanction), refused=refused))
    if not any(one.decided_at is None for one in queries.challenges_of(sanction)):
        found.append(Action(_("The customer challenges it"), to("challenge", sanction), refused=refused))
    return found


@form_view
@about(queries.get_sanction)
def effect(request: Asked, sanction: Any) -> HttpResponse:
    """Less is paid from today."""
    return act_page(
        request,
        sanction,
        forms.SureForm(request.POST or None),
        lambda data: verbs.put_into_effect(sanction, by=request.post, now=request.now),
        said=_("The reduction is in effect from today."),
        heading=_("Put the reduction into effect: %(name)s"),
        button=_("Pay less from today"),
        facts=[(row.key, row.value) for row in money_rows(sanction, request.today)],
        **_back(sanction),
    )


@form_view
@about(queries.get_sanction)
def lift(request: Asked, sanction: Any) -> HttpResponse:
    """Full payment again."""
    asked = request.GET.get("because", "")
    form = forms.LiftForm(request.POST or None, request.today, asked)

    def act(data: dict[str, Any]) -> object:
        return verbs.lift(
            sanction,
            LiftedBecause(data["because"]),
            from_day=data["from_day"],
            words=data["words"],
            by=request.post,
            now=request.now,
        )

    return act_page(
        request,
        sanction,
        form,
        act,
        said=_("The reduction is lifted. A letter tells the customer."),
        heading=_("Lift the reduction: %(name)s"),
        button=_("Lift it"),
        **_back(sanction),
    )


@form_view
@about(queries.get_sanction)
def set_aside(request: Asked, sanction: Any) -> HttpResponse:
    """Nothing is taken off after all."""
    form = forms.SetAsideForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        return verbs.set_aside(
            sanction, LiftedBecause(data["because"]), words=data["words"], by=request.post, now=request.now
        )

    return act_page(
        request,
        sanction,
        form,
        act,
        said=_("The reduction is set aside. Nothing is taken off."),
        heading=_("Set the reduction aside: %(name)s"),
        button=_("Set it aside"),
        **_back(sanction),
    )


@form_view
@about(queries.get_sanction)
def called(request: Asked, sanction: Any) -> HttpResponse:
    """The call about the letter: how it is, what it means, what other money there is."""
    form = forms.WordsForm(request.POST or None, _("What did the call find?"))
    return act_page(
        request,
        sanction,
        form,
        lambda data: verbs.welfare_called(sanction, data["words"], by=request.post, now=request.now),
        said=_("The call is noted."),
        heading=_("The call about the change: %(name)s"),
        button=_("Save"),
        intro=_(
            "Say what the letter means, how it ends, and what other money there is. Ask whether it is enough."
        ),
        **_back(sanction),
    )


@form_view
@about(queries.get_sanction)
def challenge(request: Asked, sanction: Any) -> HttpResponse:
    """The customer wants it looked at again."""
    form = forms.ChallengeForm(request.POST or None, initial={"asked_on": request.today})

    def act(data: dict[str, Any]) -> object:
        return verbs.challenge(
            sanction.ruling, data["words"], asked_on=data["asked_on"], by=request.post, now=request.now
        )

    return act_page(
        request,
        sanction,
        form,
        act,
        said=_("The challenge is with another decision maker."),
        heading=_("%(name)s challenges the decision"),
        button=_("Save"),
        **_back(sanction),
    )


@form_view
@about(queries.get_challenge)
def decide_challenge(request: Asked, one: Any) -> HttpResponse:
    """Another person looks at it again."""
    refused = words_of(access.may_reconsider(one, request.post))
    form = forms.ReconsiderForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        outcome = ChallengeOutcome(data["outcome"])
        return verbs.decide_challenge(one, outcome, data["because"], by=request.post, now=request.now)

    bundle = one.ruling.bundle
    return act_page(
        request,
        one,
        form,
        act,
        said=_("Decided. The customer is told."),
        heading=_("Look again: %(name)s"),
        button=_("Decide"),
        back=to("sanction", one.ruling.sanction),
        back_label=_("The reduction"),
        quoted=one.words,
        refused=refused,
        decided=one.decided_at is not None,
        facts=[
            (_("Decided by"), one.ruling.decided_by.person.name),
            (_("Why"), one.ruling.because),
        ],
        bundle_url=to("bundle", bundle),
    )


def _back(sanction: Any) -> dict[str, Any]:
    return {"back": to("sanction", sanction), "back_label": _("The reduction")}
