"""Deciding about an award with the advice in view, and the second person's answer."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.awards import access, queries, verbs
from waymark.awards.advice import WEEKS_KEY
from waymark.awards.enums import OF_A_JOB, AwardKind, AwardState
from waymark.awards.rules import PENCE
from waymark.customers import queries as customers
from waymark.web.asking import Asked
from waymark.web.awards.forms import AgreeForm, DecideForm
from waymark.web.awards.pages import (
    about,
    act_page,
    form_view,
    kind_named,
    kind_words,
    refused_words,
    state_tag,
)
from waymark.web.awards.words import award_rows

PURPOSES = {
    AwardKind.DISCRETION_FUND: "fund_purpose",
    AwardKind.JOB_PREPARATION_PREMIUM: "premium_activity",
}


@form_view
@about(customers.get_claim)
def decide(request: Asked, claim: Any, kind: str) -> HttpResponse:
    """The advice with its reason, and the decision. Authority is said before, not after."""
    named = kind_named(kind)
    found = queries.money_of(claim, request.today)
    one = next(each for each in [*found.kinds, *found.elsewhere] if each.kind == named)
    form = _form(request, named, found, one.advised)
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.decide(claim, named, form.wish, by=request.post, now=request.now),
        said=_said,
        heading=_("%(kind)s: %(name)s") % {"kind": kind_words(named), "name": claim.customer.name},
        button=_("Decide"),
        back=reverse("awards:money", args=[claim.ref]),
        back_label=_("Money"),
        template="awards/decide.html",
        advised=one.advised,
        refused=refused_words(access.may_decide(claim, request.post)),
        wants=[found.rules.pack.reasons("award_evidence")[code].title for code in one.advised.evidence],
    )


def _form(request: Asked, kind: AwardKind, found: queries.Money, advised: Any) -> DecideForm:
    rules, role = found.rules, request.post.role
    evidence = {
        code: reason
        for code, reason in rules.reasons("award_evidence").items()
        if not reason.words("kinds") or kind in reason.words("kinds")
    }
    key = WEEKS_KEY.get(kind)
    left = max(0, rules.value(key) - found.had.weeks.get(kind, 0)) if key else 0
    usual = rules.pack.setting("awards.fund_limit_pounds", rules.on).value
    initial: dict[str, Any] = {"starts_on": request.today}
    if kind in OF_A_JOB:
        last = next((award for award in found.awards if award.employer), None)
        initial["employer"] = last.employer if last else ""
    return DecideForm(
        request.POST or None,
        kind,
        evidence=evidence,
        purposes=rules.reasons(PURPOSES[kind]) if kind in PURPOSES else {},
        refusals=rules.reasons("award_refused", role),
        otherwise=rules.reasons("other_than_advised", role),
        weeks_left=left,
        today=request.today,
        advised=advised.can_be_had,
        above_usual=rules.value("awards.fund_limit_pounds") * PENCE > usual * PENCE,
        initial=initial,
    )


def _said(award: Any) -> str:
    if award.state == AwardState.REFUSED:
        return _("Your decision is kept. A letter tells the customer why, and how to ask again.")
    if award.state == AwardState.PROPOSED:
        return _("Your decision waits for a second person. The customer is told when it holds.")
    return _("It holds. A letter tells the customer.")


@form_view
@about(queries.get_award)
def agree(request: Asked, award: Any) -> HttpResponse:
    """The second person looks at the decision, and agrees or does not."""
    rules = queries.money_of(award.claim, request.today).rules
    form = AgreeForm(request.POST or None, rules.reasons("award_refused"))
    refused = access.may_agree(award, request.post, queries.who_may_agree(award, rules))

    def act(data: dict[str, Any]) -> Any:
        if data["agree"] == "yes":
            return verbs.agree(award, by=request.post, now=request.now)
        return verbs.decline(
            award, refused_code=data["refused_code"], why=data["why"], by=request.post, now=request.now
        )

    return act_page(
        request,
        award,
        form,
        act,
        said=_("Your answer is kept, and a letter tells the customer."),
        heading=_("Agree to an award: %(name)s") % {"name": award.claim.customer.name},
        button=_("Save your answer"),
        back=reverse("awards:award", args=[award.ref]),
        back_label=_("The award"),
        refused=refused_words(refused),
        facts=award_rows(award, rules, request.today),
        quoted=award.why,
        quoted_by=award.decided_by.person.name,
        state=state_tag(award),
    )
