"""A second person looks: the queue of a team leader, one decision, the question back, the log of a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from waymark.customers import queries as customers
from waymark.interviews import verbs
from waymark.interviews.enums import CheckState, Choice
from waymark.interviews.queries import benefit_titles, current_rules
from waymark.interviews.queries import checks as reading
from waymark.interviews.queries.checks import Card
from waymark.interviews.queries.wishes import open_wishes
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.programme.queries import Rules, as_decided
from waymark.web.asking import Asked
from waymark.web.checks.forms import AGREE, ASK, AnswerForm, CheckForm, LogFilter
from waymark.web.interviews.forms import VIEW_WORDS
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Column, Row, Table
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import clock, day, long_day

form_view = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 100
STATE_TONES = {
    CheckState.WAITING: "waiting",
    CheckState.ASKED_BACK: "held",
    CheckState.AGREED: "good",
    CheckState.REVERSED: "late",
    CheckState.OVERTAKEN: "quiet",
}


# The queue


@require_safe
def queue(request: Asked) -> HttpResponse:
    """What waits for a second person: first what holds only when agreed, the oldest first."""
    checks = reading.open_checks(request.post, reading.MOST + 1)
    cards = [card_of(card, request) for card in reading.cards(checks[: reading.MOST], request.post)]
    asked_back = [one for one in cards if one["asked_back"]]
    rules = current_rules(request.today)
    context = {
        "heading": _("Checks"),
        "to_authorise": [one for one in cards if one["before"] and not one["asked_back"]],
        "to_check": [one for one in cards if not one["before"] and not one["asked_back"]],
        "asked_back": asked_back,
        "more": len(checks) > reading.MOST,
        "most": reading.MOST,
        **aside(request, rules),
    }
    return render(request, "checks/queue.html", context)


def aside(request: Asked, rules: dict[str, Rules]) -> dict[str, Any]:
    """How far today is, and the month as context."""
    progress = reading.progress(request.post, request.today)
    known = next(iter(rules.values()), None)
    return {
        "progress": progress,
        "progress_words": progress_words(progress),
        "pattern": reading.pattern(request.post, request.today, known) if known else None,
        "place": request.post.team.office.name,
    }


def progress_words(progress: reading.Progress) -> str:
    """Every deferral and waiver is looked at: how many of today's have been."""
    if not progress.decided:
        return _("Nothing has been deferred or waived today yet.")
    said = ngettext(
        "%(looked)d of today’s %(n)d deferral or waiver has been looked at",
        "%(looked)d of today’s %(n)d deferrals and waivers have been looked at",
        progress.to_pass,
    ) % {"looked": progress.looked_at, "n": progress.to_pass}
    waits = _("%(n)d wait") % {"n": progress.waiting}
    asked = _("%(n)d asked back") % {"n": progress.asked_back}
    parts = [said, waits, asked] if progress.asked_back else [said, waits]
    return ", ".join(parts) + "."


def card_of(card: Card, request: Asked) -> dict[str, Any]:
    """What a card shows of one decision."""
    decision, customer = card.decision, card.claim.customer
    return {
        "card": card,
        "decision": decision,
        "customer": customer,
        "what": what(decision, request.today),
        "before": card.before,
        "asked_back": card.check.state == CheckState.ASKED_BACK,
        "url": reverse("checks:show", args=[decision.ref]),
        "why_url": reverse("record:decision", args=[decision.ref]),
        "view": [(VIEW_WORDS[name], words) for name, words in card.view],
        "missing": missing_words(card),
        "differs": differs_words(card) if card.differs else "",
        "length": length_words(card, request.today) if card.usual is not None else "",
        "chain": chain_words(card),
        "rests_on": rests_on(card).lower(),
        "who": who_words(card, request.today),
        "refused": card.refused,
    }


def what(decision: Any, today: date) -> str:
    """The decision in a few words."""
    if decision.choice == Choice.WAIVE:
        return _("No interview is asked for; looked at again on %(day)s") % {
            "day": day(decision.review_on, today)
        }
    return _("Deferred until %(day)s") % {"day": day(decision.until, today)}


def in_short(decision: Any, today: date) -> str:
    """The decision as a cell of the log."""
    if decision.choice == Choice.WAIVE:
        return _("Waived, review %(day)s") % {"day": day(decision.review_on, today)}
    return _("Deferred to %(day)s") % {"day": day(decision.until, today)}


def card_rows(card: Card, today: date) -> list[Row]:
    """Everything a decision is judged by, line by line."""
    rows = [Row(_("Because"), card.decision.because), Row(_("Reason"), card.reason)]
    if card.differs:
        rows.append(Row(_("Other than advised"), differs_words(card)))
    else:
        rows.append(Row(_("The advice"), _("It is what the tables advise.")))
    if card.usual is not None:
        rows.append(Row(_("How long"), length_words(card, today)))
    if chain_words(card):
        rows.append(Row(_("In a row"), chain_words(card)))
    return [*rows, Row(_("It rests on"), rests_on(card)), Row(_("Decided by"), who_words(card, today))]


def differs_words(card: Card) -> str:
    """What was advised, and why it was decided otherwise."""
    decision = card.decision
    advised = Choice(decision.advice).label if decision.advice else _("not settled")
    said = _("The advice was: %(advice)s. %(why)s: %(words)s")
    return said % {"advice": advised, "why": card.otherwise, "words": decision.otherwise_words}


def chain_words(card: Card) -> str:
    """The number in a row, from the second on."""
    if card.in_a_row is None or card.in_a_row < 2:
        return ""
    return _("number %(n)d in a row") % {"n": card.in_a_row}


def rests_on(card: Card) -> str:
    return card.evidence or _("nothing that was named")


def who_words(card: Card, today: date) -> str:
    """Who decided, as what, for how long in the post, and when."""
    decision, by = card.decision, card.decision.decided_by
    return _("%(name)s, %(role)s, %(time)s in the post; %(at)s") % {
        "name": by.person.name,
        "role": Role(by.role).label,
        "time": time_words(reading.in_post_for(card, today).days),
        "at": f"{day(decision.decided_at, today)}, {clock(decision.decided_at)}",
    }


def length_words(card: Card, today: date) -> str:
    """How long, beside what is usual for the reason."""
    assert card.usual is not None
    said = _("%(n)d days; usual is until %(first)s to %(last)s.") % {
        "n": card.days,
        "first": day(card.usual.earliest, today),
        "last": day(card.usual.latest, today),
    }
    if not card.unusual:
        return said
    why = card.decision.length_reason or _("no reason was written")
    return f"{said} {card.unusual} {_('Why')}: {why}"


def time_words(days: int) -> str:
    """How long somebody has held a post, roughly."""
    years, weeks = days // 365, days // 7
    if years:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    if weeks:
        return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def missing_words(card: Card) -> list[str]:
    """What is not there of what it should rest on."""
    words = {
        "view": _("the customer’s own view (%(why)s)")
        % {"why": card.not_asked.lower() or _("it was not asked")},
        "evidence": _("what it rests on"),
    }
    return [words.get(one, one) for one in card.missing]


# One decision


@form_view
def show(request: Asked, ref: str) -> HttpResponse:
    """One decision: agree, ask back or reverse; agreeing moves on to the next."""
    check = _check(request, ref)
    card = reading.card(check, request.post)
    wishes = list(open_wishes(check.decision)) if check.decision.choice == Choice.WAIVE else []
    form = CheckForm(request.POST or None, wishes=wishes, initial={"act": AGREE})
    if request.method == "POST" and form.is_valid():
        try:
            said = _act(request, check, form)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, said)
            return _on_to_the_next(request)
    rules = current_rules(request.today)
    claim = card.claim
    context = {
        "heading": what(card.decision, request.today),
        "one": card_of(card, request),
        "rows": card_rows(card, request.today),
        "form": form,
        "wishes": wishes,
        "open": check.state in {CheckState.WAITING, CheckState.ASKED_BACK},
        "tone": STATE_TONES[CheckState(check.state)],
        "benefit": benefit_titles(rules).get(claim.benefit, claim.benefit),
        "must_know": customers.must_know(claim.customer, request.today).sentences,
        "back_url": reverse("checks:queue"),
        "back_label": _("Checks"),
        **aside(request, rules),
    }
    return render(request, "checks/show.html", context)


def _check(request: Asked, ref: str, find: Callable[..., Any] = reading.get_check) -> Any:
    try:
        check = find(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = check.decision.interview.claim.customer.ref
    return check


def _act(request: Asked, check: Any, form: CheckForm) -> str:
    act, words = form.chosen
    name = check.decision.interview.claim.customer.name
    if act == AGREE:
        knows = bool(form.cleaned_data.get("knows_wishes"))
        verbs.agree(check, words=words, knows_wishes=knows, by=request.post, now=request.now)
        return _("Agreed: %(name)s.") % {"name": name}
    if act == ASK:
        verbs.ask_back(check, words, by=request.post, now=request.now)
        return _("Your question about %(name)s is with the decider.") % {"name": name}
    verbs.reverse(check, words=words, by=request.post, now=request.now)
    return _("Reversed: %(name)s. Booking the interview is the next step.") % {"name": name}


def _on_to_the_next(request: Asked) -> HttpResponse:
    """The next one that this person may settle; the queue when there is none."""
    ref = reading.next_to_look_at(request.post)
    return redirect("checks:show", ref) if ref else redirect("checks:queue")


# The question back


@form_view
def answer(request: Asked, ref: str) -> HttpResponse:
    """The decider, or a colleague of the team, answers the team leader."""
    check = _check(request, ref, reading.get_check_to_answer)
    card = reading.card(check, request.post)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.answer_check(check, form.cleaned_data["words"], by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Your answer is with the team leader."))
            return redirect("today")
    context = {
        "heading": _("A question about %(name)s") % {"name": card.claim.customer.name},
        "one": card_of(card, request),
        "rows": card_rows(card, request.today),
        "form": form,
        "open": check.state == CheckState.ASKED_BACK,
        "back_url": reverse("customers:record", args=[card.claim.customer.ref]),
        "back_label": card.claim.customer.name,
    }
    return render(request, "checks/answer.html", context)


# The log


@require_safe
def log(request: Asked) -> HttpResponse:
    """Every deferral and waiver of a day, as it was decided."""
    on = _day_of(request) or request.today
    filters = LogFilter(
        _with_day(request, on),
        reading.places_of_log(request.post),
        reading.deciders(request.post, on),
        request.today,
    )
    said = filters.cleaned_data if filters.is_valid() else {}
    rows = reading.log(request.post, on, office=said.get("office", ""), person=said.get("person", ""))
    if request.GET.get("format") == "csv":
        return _log_csv(reading.log_rows(rows), on)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Deferral log of %(day)s") % {"day": long_day(on, request.today)},
        "filters": filters,
        "page": page,
        "table": log_table(reading.log_rows(page), on, request.today),
        "on": on,
        "back_url": reverse("checks:queue"),
        "back_label": _("Checks"),
    }
    return render(request, "checks/log.html", context)


def _day_of(request: Asked) -> date | None:
    """The day in the address, as three parts or as one."""
    parts = [request.GET.get(f"day_{part}", "") for part in ("year", "month", "day")]
    try:
        if all(parts):
            return date(*map(int, parts))
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _with_day(request: Asked, on: date) -> Any:
    """The query with its day filled in, so that the filter shows the day that is shown."""
    data = request.GET.copy()
    if not any(data.get(f"day_{part}") for part in ("day", "month", "year")):
        data["day_day"], data["day_month"], data["day_year"] = str(on.day), str(on.month), str(on.year)
    return data


LOG_HEADS = [
    "customer",
    "decision",
    "reason",
    "how long",
    "rests on",
    "decided by",
    "at",
    "authority",
    "check",
    "their view",
]


def log_table(page: Any, on: date, today: date) -> Table:
    heads = [
        _("Customer"),
        _("Decision"),
        _("Reason"),
        _("How long"),
        _("Rests on"),
        _("Decided by"),
        _("At"),
        _("Authority"),
        _("Check"),
        _("Their view"),
    ]
    rows = [
        [
            format_html(
                '<a class="govuk-link" href="{}">{}</a>',
                reverse("record:decision", args=[decision.ref]),
                decision.interview.claim.customer.name,
            ),
            *log_cells(decision, today),
        ]
        for decision in page
    ]
    return Table(
        _("Deferred and waived on %(day)s") % {"day": long_day(on, today)},
        [Column(head) for head in heads],
        rows,
        empty=_("Nothing was deferred or waived on this day."),
    )


def log_cells(decision: Any, today: date) -> list[str]:
    rules = as_decided(decision.pack, decision.on)
    view = getattr(decision.conversation, "view", None) if decision.conversation else None
    check = getattr(decision, "check_made", None)
    name = "waiver" if decision.choice == Choice.WAIVE else "deferral"
    days = (decision.until - decision.on).days if decision.until else None
    looked = check.get_state_display() if check else _("not asked for")
    if check is not None and check.looked_at_by is not None:
        looked = _("%(state)s by %(name)s") % {"state": looked, "name": check.looked_at_by.person.name}
    given = len(reading.four_answers(view))
    return [
        in_short(decision, today),
        reading.title(rules, name, decision.reason),
        ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else "–",
        reading.title(rules, "evidence", decision.evidence) or "–",
        decision.decided_by.person.name,
        decision.decided_by.team.office.name,
        decision.get_authority_display(),
        looked,
        _("given")
        if given
        else reading.title(rules, "not_asked", view.not_asked_because)
        if view
        else _("not asked"),
    ]


def _log_csv(rows: Any, on: date) -> HttpResponse:
    cells = (
        (decision.ref, decision.interview.claim.customer.name, *log_cells(decision, on)) for decision in rows
    )
    return as_csv(f"deferral-log-{on}.csv", ["reference", *LOG_HEADS], cells)
