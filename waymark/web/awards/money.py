"""The money page of a claim: what could be had and why, what runs, what is paid; its questions and offers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.awards import access, queries, verbs
from waymark.awards.enums import Advice, Answer, AwardState
from waymark.awards.rules import PENCE, pounds
from waymark.customers import queries as customers
from waymark.web.asking import Asked
from waymark.web.awards.forms import OfferForm, QuestionsForm
from waymark.web.awards.pages import (
    about,
    act_page,
    form_view,
    kind_named,
    kind_words,
    page_about,
    refused_words,
    state_tag,
    sum_words,
)
from waymark.web.ui.components import Action, Column, Row, Table
from waymark.web.ui.markup import link_html
from waymark.web.ui.templatetags.ui import day, long_day, tag

ADVICE_TONES = {Advice.AWARD: "good", Advice.LATER: "waiting", Advice.NO: "quiet"}


@require_safe
@about(customers.get_claim)
def money(request: Asked, claim: Any) -> HttpResponse:
    """What could be had, why or why not, what is still to ask, and what there is."""
    found = queries.money_of(claim, request.today)
    may = refused_words(access.may_decide(claim, request.post))
    calculations = list(queries.calculations_of(claim)[:5])
    context = page_about(
        request,
        claim,
        heading=_("Money: %(name)s") % {"name": claim.customer.name},
        money=found,
        kinds=[kind_view(request, claim, one, may) for one in found.kinds],
        elsewhere=[(kind_words(one.kind), one.advised.because) for one in found.elsewhere],
        to_ask=found.to_ask,
        known=known_rows(found),
        ask_action=Action(
            _("Answer the questions") if found.to_ask else _("Change the answers"),
            reverse("awards:questions", args=[claim.ref]),
            refused=may,
            primary=bool(found.to_ask),
        ),
        awards=awards_table(found, request.today),
        calculations=[calculation_line(one, request.today) for one in calculations],
        better_off_action=Action(
            _("Work it out again") if calculations else _("Work out what a job would bring"),
            reverse("awards:better_off", args=[claim.ref]),
            refused=may,
        ),
        limits=limit_rows(found),
        back_url=reverse("customers:record", args=[claim.customer.ref]),
        back_label=_("The record"),
    )
    return render(request, "awards/money.html", context)


def kind_view(request: Asked, claim: Any, one: queries.KindOfMoney, may: str | None) -> dict[str, Any]:
    """One kind as the page shows it: a tag, the reason with its source, the offer, the buttons."""
    advised, kind = one.advised, one.kind
    shown: dict[str, Any] = {"title": kind_words(kind), "one": one, "advised": advised}
    if one.open and one.award is not None:
        shown["tag"] = state_tag(one.award)
        shown["sum"] = sum_words(one.award)
        shown["award_url"] = reverse("awards:award", args=[one.award.ref])
        waiting = one.award.state == AwardState.PROPOSED
        label, page = (_("Agree or decline"), "agree") if waiting else (_("Open it"), "award")
        shown["actions"] = [
            Action(label, reverse(f"awards:{page}", args=[one.award.ref]), about=kind_words(kind))
        ]
        return shown
    advice = advised.advice if advised.settled else Advice.LATER
    word = Advice(advice).label if advised.settled else _("still to ask")
    shown["tag"] = tag(str(word), ADVICE_TONES[advice] if advised.settled else "info")
    shown["offer"] = offer_words(one.offer, request.today)
    shown["actions"] = [
        Action(
            _("Decide"),
            reverse("awards:decide", args=[claim.ref, kind]),
            refused=may,
            primary=advised.can_be_had,
            about=kind_words(kind),
        ),
        Action(
            _("What the customer says"),
            reverse("awards:offer", args=[claim.ref, kind]),
            refused=may,
            about=kind_words(kind),
        ),
    ]
    return shown


def offer_words(offer: Any, today: Any) -> str:
    if offer is None:
        return _("Not offered yet.")
    said = _("%(answer)s (%(who)s, %(day)s)") % {
        "answer": str(offer.get_answer_display()).capitalize(),
        "who": offer.by.person.name,
        "day": long_day(offer.on, today),
    }
    return f"{said}: “{offer.words}”" if offer.words else f"{said}."


def known_rows(found: queries.Money) -> list[Row]:
    """What is known, in the words of the questions."""
    rows = []
    for fact in found.questions:
        value = found.answers.get(fact.name)
        if value is not None:
            shown = f"{int(value):,}" if value.isdigit() else str(fact.choices.get(value, value))
            rows.append(Row(fact.question, shown))
    return rows


def awards_table(found: queries.Money, today: Any) -> Table:
    """Every award there was, newest first."""
    return Table(
        _("Everything decided so far"),
        [
            Column(_("What")),
            Column(_("How it stands")),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Paid"), numeric=True),
            Column(_("To come"), numeric=True),
        ],
        [
            [
                link_html(reverse("awards:award", args=[one.ref]), kind_words(one.kind)),
                state_tag(one),
                day(one.starts_on, today),
                day(one.ended_on or one.until, today),
                pounds(paid(one)),
                pounds(to_come(one)),
            ]
            for one in found.awards
        ],
        empty=_("Nothing has been decided yet."),
    )


def paid(award: Any) -> int:
    return sum(part.pence for part in award.instalments.all() if part.batch_id)


def to_come(award: Any) -> int:
    if award.state == AwardState.PROPOSED:
        return 0
    return sum(part.pence for part in award.instalments.all() if not part.batch_id and not part.dropped_at)


def calculation_line(one: Any, today: Any) -> dict[str, Any]:
    return {
        "url": reverse("awards:calculation", args=[one.ref]),
        "label": _("Number %(n)d, %(day)s") % {"n": one.number, "day": long_day(one.made_at, today)},
        "first": pounds(one.first_year_pence - one.now_pence),
        "second": pounds(one.second_year_pence - one.now_pence),
    }


def limit_rows(found: queries.Money) -> list[Row]:
    """What the customer has had against what there is."""
    rules, rows = found.rules, []
    kinds = rules.value("awards.kinds")
    if "return_to_work_credit" in kinds:
        rows.append(_weeks(found, "return_to_work_credit", "awards.credit_most_weeks"))
    if "job_preparation_premium" in kinds:
        rows.append(_weeks(found, "job_preparation_premium", "awards.premium_most_weeks"))
    if "discretion_fund" in kinds:
        held = rules.held("awards.fund_limit_pounds")
        of = _("%(had)s of %(limit)s") % {
            "had": pounds(found.had.from_fund),
            "limit": pounds(held.value * PENCE),
        }
        if held.local:
            of = _("%(of)s (local: %(why)s)") % {"of": of, "why": held.because}
        rows.append(Row(_("From the fund"), of))
        left = _("no fund yet") if found.fund_left is None else pounds(found.fund_left)
        rows.append(Row(_("Left in the office’s fund"), left))
    return rows


def _weeks(found: queries.Money, kind: str, key: str) -> Row:
    words = _("%(had)d of %(most)d weeks") % {
        "had": found.had.weeks.get(kind, 0),
        "most": found.rules.value(key),
    }
    return Row(kind_words(kind), words)


@form_view
@about(customers.get_claim)
def questions(request: Asked, claim: Any) -> HttpResponse:
    """What is still to ask; below it what is known, to be put right."""
    found = queries.money_of(claim, request.today)
    asked = found.questions
    form = QuestionsForm(request.POST or None, asked, found.answers)
    back = reverse("awards:money", args=[claim.ref])
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.note_answers(claim, form.given, by=request.post, now=request.now),
        said=_("The answers are kept."),
        heading=_("About money: what to ask %(name)s") % {"name": claim.customer.name},
        button=_("Save the answers"),
        back=back,
        back_label=_("Money"),
        intro=_("Ask only what the customer likes to answer. What you leave empty stays open."),
    )


@form_view
@about(customers.get_claim)
def offer(request: Asked, claim: Any, kind: str) -> HttpResponse:
    """Whether it was mentioned, and what the customer says."""
    named = kind_named(kind)
    rules = queries.money_of(claim, request.today).rules
    reasons = {
        code: reason
        for code, reason in rules.reasons("award_not_mentioned").items()
        if not reason.words("kinds") or kind in reason.words("kinds")
    }
    form = OfferForm(request.POST or None, reasons)
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.note_offer(
            claim,
            named,
            Answer(data["answer"]),
            not_mentioned_because=data["not_mentioned_because"]
            if data["answer"] == Answer.NOT_MENTIONED
            else "",
            words=data["words"],
            by=request.post,
            now=request.now,
        ),
        said=_("What the customer says is kept."),
        heading=kind_words(kind),
        button=_("Save"),
        back=reverse("awards:money", args=[claim.ref]),
        back_label=_("Money"),
    )
