"""Deciding again about an interview: the advice on today's answers, and what a person makes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.interviews import verbs
from waymark.interviews.advice import Advice, authority_for
from waymark.interviews.enums import Choice, Mode, Stage
from waymark.interviews.queries import recontact as reading
from waymark.interviews.queries.checks import four_answers
from waymark.kernel.refusal import Refused
from waymark.policy import answer_in_words, explain
from waymark.programme.queries import Rules
from waymark.web.asking import Asked
from waymark.web.first_contact.forms import AUTHORITY_WORDS
from waymark.web.interviews import forms
from waymark.web.interviews.times import times_for
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day

DRAFTS = "again"
OUTCOME_OF = {
    "book": forms.BOOK,
    "home_visit": forms.BOOK,
    "defer": forms.DEFER,
    "defer_again": forms.DEFER,
    "waive": forms.WAIVE,
    "in_work": forms.IN_WORK,
    "claim_ended": forms.CLAIM_ENDED,
}


@dataclass(frozen=True)
class Doing:
    """At what stage, by which table, with which outcomes to choose from."""

    interview: Any
    stage: Stage
    table: str
    outcomes: Sequence[str]
    back_url: str
    heading: str


# What was answered, kept between two pages


def keep_draft(request: Asked, interview: Any, **said: Any) -> None:
    """Keep what was answered until the decision is made; it lives with the session of who asked."""
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), interview.ref: said}


def draft_of(request: Asked, interview: Any) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(DRAFTS, {}).get(interview.ref)
    return found


def forget_draft(request: Asked, interview: Any) -> None:
    kept = request.session.get(DRAFTS, {})
    request.session[DRAFTS] = {ref: said for ref, said in kept.items() if ref != interview.ref}


# The page


def decide_page(
    request: Asked,
    doing: Doing,
    draft: Mapping[str, Any],
    *,
    data: Mapping[str, Any] | None = None,
    then: Callable[[forms.AgainForm], HttpResponse] | None = None,
) -> HttpResponse:
    """The advice, and the choice of a person; on POST the decision.

    data: what was chosen on this page before. then: does something else with a valid choice than decide at once.
    """
    interview = doing.interview
    rules = reading.rules_of(interview, request.today)
    advice = reading.advice_for(interview, rules, draft["given"], request.today, doing.table)
    deferral = reading.open_deferral(interview)
    times, search = times_for(
        interview, rules, request, mode=Mode.HOME if advice.choice == "home_visit" else ""
    )
    form = again_form(request, doing, draft, request.POST or data, search=search, advice=advice)
    if request.method == "POST" and form.is_valid() and then is not None:
        return then(form)
    if request.method == "POST" and form.is_valid():
        try:
            said = _settle(request, doing, form, draft, deferral)
        except Refused as refused:
            refuse(form, refused)
        else:
            forget_draft(request, interview)
            messages.success(request, said)
            return redirect("customers:record", interview.claim.customer.ref)
    context = {
        "heading": doing.heading,
        "back_url": doing.back_url,
        "form": form,
        "filters": times if forms.BOOK in doing.outcomes else None,
        "advice": advice,
        "advised": _advised(advice),
        "explained": explain(advice.trace, rules.facts).sentences(),
        "answers": _answers(rules, draft["given"]),
        "words": draft["words"],
        "deferral": deferral,
        "interview": interview,
        "guidance": rules.guidance(advice.show),
        "probes": [word for word in advice.probe if word not in rules.facts],
    }
    return render(request, "interviews/decide.html", context)


def again_form(
    request: Asked,
    doing: Doing,
    draft: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    *,
    search: Any = None,
    advice: Advice | None = None,
) -> forms.AgainForm:
    """The choice of a person as a form, with what the advice suggests filled in."""
    interview = doing.interview
    rules = reading.rules_of(interview, request.today)
    advice = advice or reading.advice_for(interview, rules, draft["given"], request.today, doing.table)
    deferral = reading.open_deferral(interview)
    return forms.AgainForm(
        search,
        rules,
        request.post.role,
        doing.outcomes,
        data,
        hints=_hints(rules, advice, deferral, request),
        last_view=dict(four_answers(reading.last_view(interview))),
        initial=_initial(advice, deferral, draft),
    )


def _settle(
    request: Asked, doing: Doing, form: forms.AgainForm, draft: Mapping[str, Any], deferral: Any
) -> str:
    """Do what was chosen; says what follows."""
    by, now, words = request.post, request.now, draft["words"]
    if form.outcome_chosen in forms.ENDS:
        last_day = max(form.last_day, doing.interview.claim.claimed_on)
        verbs.end_after_recontact(
            deferral, outcome=form.outcome_chosen, on=last_day, words=words, by=by, now=now
        )
        return _("The claim has ended. Nothing more is asked of the customer.")
    decision = verbs.decide_again(
        doing.interview,
        form.wish,
        stage=doing.stage,
        given=draft["given"],
        table=doing.table,
        words=words,
        view=form.view,
        by=by,
        now=now,
    )
    return _follows(decision, form, request)


def _follows(decision: Any, form: forms.AgainForm, request: Asked) -> str:
    if decision.state == "proposed":
        return _("A team leader must agree first; it is in their queue now.")
    if decision.choice == Choice.DEFER:
        until = long_day(decision.until, request.today)
        return _("Put off until %(day)s. A letter tells the customer.") % {"day": until}
    if decision.choice == Choice.WAIVE:
        return _("No interview is asked for. A letter tells the customer.")
    if form.wish.slot is not None:
        return _("Booked. A letter tells the customer.")
    return _("Finding a time is the next step.")


def _initial(advice: Advice, deferral: Any, draft: Mapping[str, Any]) -> dict[str, Any]:
    """What the advice suggests, filled in before anybody chooses."""
    outcome = OUTCOME_OF.get(advice.choice, "") if advice.settled else ""
    before = deferral.decision.reason if deferral else ""
    return {
        "outcome": outcome,
        "reason": draft.get("reason") or advice.reason or before,
        "until": advice.until if advice.settled else None,
        "review_on": advice.review_on if advice.settled else None,
    }


def _hints(rules: Rules, advice: Advice, deferral: Any, request: Asked) -> dict[str, Any]:
    """Who must agree, said before the choice and not after."""
    days = (advice.until - request.today).days if advice.until else 0
    in_a_row = deferral.in_a_row + 1 if deferral else 1
    found: dict[str, Any] = {}
    for outcome, choice, length in ((forms.DEFER, "defer", days), (forms.WAIVE, "waive", 0)):
        authority = authority_for(
            rules, choice=choice, days=length, in_a_row=in_a_row, role=request.post.role, on=request.today
        )
        found[outcome] = AUTHORITY_WORDS[authority]
    if in_a_row > 1:
        again = _("It would be number %(n)d in a row.") % {"n": in_a_row}
        found[forms.DEFER] = f"{again} {found[forms.DEFER]}"
    return found


def _advised(advice: Advice) -> str:
    """The advice as it follows “The advice is to”; empty while it is not settled."""
    words: Mapping[str, Callable[[], str]] = {
        "book": lambda: _("book the interview"),
        "home_visit": lambda: _("book it at home or by telephone"),
        "defer": lambda: _("put it off"),
        "defer_again": lambda: _("put it off to a new date"),
        "waive": lambda: _("ask for no interview"),
        "in_work": lambda: _("end the claim, because the customer is in work"),
        "claim_ended": lambda: _("close it, because the claim has ended"),
    }
    found = words.get(advice.choice)
    return found() if advice.settled and found else ""


def _answers(rules: Rules, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = rules.facts.parse(given)
    return [
        (rules.facts[name].question, answer_in_words(value, rules.facts[name]))
        for name, value in facts.items()
        if value is not None
    ]


def record_url(interview: Any) -> str:
    return reverse("customers:record", args=[interview.claim.customer.ref])
