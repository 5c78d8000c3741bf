"""Reading the contact before a deferral ends: the list, the call sheet, and what the tables make of the answers."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from waymark.customers import queries as customers
from waymark.customers.access import claims_in, reach_of
from waymark.customers.models import Claim, Stop
from waymark.customers.queries import MustKnow
from waymark.interviews import access
from waymark.interviews.advice import FIRST_CONTACT, RECONTACT, Advice, advise, derived
from waymark.interviews.enums import Stage
from waymark.interviews.models import CallAttempt, CustomerView, Deferral, Interview, Waiver
from waymark.interviews.queries.checks import four_answers, title
from waymark.interviews.script import Question as Page
from waymark.interviews.script import script_of
from waymark.interviews.verbs.common import rules_for
from waymark.interviews.verbs.recontact import attempts_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.pack import Pack
from waymark.programme.queries import Rules
from waymark.worklist import queries as worklist
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

RECONTACTS = (TaskKind.RECONTACT, TaskKind.SEND_RECONTACT_LETTER, TaskKind.HOME_VISIT)
LATE, TODAY, COMING = WHEN = ("late", "today", "coming")
ANSWER = "recontact_answer"
OFFER = "wants_interview"
REACHED = "reached"


# The list


def recontacts(post: Post) -> QuerySet[Task]:
    """Re-contacts and what follows them, of the claims a post sees.

    Each task has `until` and `in_a_row` of its deferral, `stopped`, and `interview_ref`.
    """
    deferral = Deferral.objects.filter(interview__claim=OuterRef("claim"), ended_on=None)
    interviews = Interview.objects.filter(claim=OuterRef("claim")).order_by("-number")
    return (
        worklist.tasks_seen_by(post)
        .filter(kind__in=RECONTACTS)
        .annotate(
            until=Subquery(deferral.values("until")[:1]),
            in_a_row=Subquery(deferral.values("in_a_row")[:1]),
            stopped=Exists(Stop.objects.filter(customer=OuterRef("claim__customer"), lifted_at=None)),
            interview_ref=Subquery(interviews.values("ref")[:1]),
        )
    )


def when_due(tasks: QuerySet[Task], when: str, on: date) -> QuerySet[Task]:
    """Those that are late, due today, or still coming; all of them for any other word."""
    wanted = {LATE: Q(due_on__lt=on), TODAY: Q(due_on=on), COMING: Q(due_on__gt=on)}
    return tasks.filter(wanted[when]) if when in wanted else tasks


def counts_due(post: Post, on: date) -> dict[str, int]:
    """How many re-contacts are late, due today and coming, of the claims a post sees. One query."""
    when = Case(
        When(due_on__lt=on, then=Value(0)),
        When(due_on=on, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = (
        worklist.tasks_seen_by(post)
        .filter(kind__in=RECONTACTS)
        .order_by()
        .select_related(None)
        .annotate(when=when)
        .values_list("when")
        .annotate(n=Count("pk"))
    )
    counts = dict(rows)
    return {name: counts.get(number, 0) for number, name in enumerate(WHEN)}


# The call sheet


@dataclass(frozen=True)
class Sheet:
    """All that is read before the number of a deferred customer is shown (D:L838, D:L1563)."""

    claim: Claim
    interview: Interview
    deferral: Deferral
    rules: Rules
    reason: str
    evidence: str
    view: tuple[tuple[str, str], ...]
    not_asked: str
    told: Notice | None
    chain: tuple[Deferral, ...]
    attempts: tuple[CallAttempt, ...]
    counted: int
    task: Task | None
    promises: tuple[Task, ...]
    must_know: MustKnow

    @property
    def may_not_ring(self) -> Refused | None:
        """Why the number stays hidden, or nothing."""
        return access.may_ring(self.claim, self.must_know.stop)

    @property
    def calls_before_letter(self) -> int:
        most: int = self.rules.value("timings.recontact_call_attempts_before_letter")
        return most

    @property
    def waits_for_letter(self) -> bool:
        """A letter has asked the customer to ring."""
        return self.task is not None and self.task.kind == TaskKind.SEND_RECONTACT_LETTER


def sheet(post: Post, claim_ref: str, on: date) -> Sheet:
    """The call sheet of a deferred claim. Raises Deferral.DoesNotExist for strangers, and when none is open."""
    deferral = _open_deferral(post, claim_ref)
    interview = deferral.interview
    claim, decision = interview.claim, deferral.decision
    rules = rules_for(claim, on)
    view = last_view(interview)
    tasks = list(
        Task.objects.filter(claim=claim, closed_at=None)
        .select_related("team__office", "person")
        .order_by("due_on", "window_from", "id")
    )
    attempts = interview.call_attempts.filter(stage=Stage.RECONTACT, at__gte=decision.decided_at)
    return Sheet(
        claim=claim,
        interview=interview,
        deferral=deferral,
        rules=rules,
        reason=title(rules, "deferral", decision.reason),
        evidence=title(rules, "evidence", decision.evidence),
        view=four_answers(view),
        not_asked=title(rules, "not_asked", view.not_asked_because) if view else "",
        told=Notice.objects.filter(claim=claim, kind=NoticeKind.DEFERRED)
        .defer("content", "pdf", "html")
        .order_by("-queued_at")
        .first(),
        chain=tuple(
            interview.deferrals.select_related("decision__decided_by__person")
            .defer("decision__facts", "decision__trace")
            .order_by("starts_on", "id")
        ),
        attempts=tuple(attempts.select_related("by__person").order_by("-at")),
        counted=attempts_of(deferral, rules),
        task=next((task for task in tasks if task.kind in RECONTACTS), None),
        promises=tuple(task for task in tasks if task.kind == TaskKind.PROMISE),
        must_know=customers.must_know(claim.customer, on),
    )


def _open_deferral(post: Post, claim_ref: str) -> Deferral:
    reach = claims_in(*reach_of(post), "interview__claim__")
    return (
        Deferral.objects.filter(reach, ended_on=None, interview__claim__ref=claim_ref)
        .select_related(
            "interview__claim__customer__safe_contact",
            "interview__claim__customer__access_needs",
            "interview__claim__office__district",
            "decision__decided_by__person",
            "decision__decided_by__team",
        )
        .defer("decision__trace")
        .get()
    )


def last_view(interview: Interview) -> CustomerView | None:
    """What the customer said last about the interview: the four answers, or why they were not asked."""
    views = CustomerView.objects.filter(conversation__interview=interview)
    return views.order_by("-given_at").first()


def outcomes_of_calls(rules: Rules) -> dict[str, Any]:
    """How a call can end, by code."""
    return rules.reasons("call_outcome")


# What has changed, and the advice


def pages_to_ask(rules: Rules) -> list[Page]:
    """The questions of the re-contact, in the order of the script; whether the customer was reached is known."""
    script = script_of(rules.pack, RECONTACT)
    return [page for page in script.questions.values() if ANSWER not in page.facts]


def facts_to_ask(rules: Rules) -> list[str]:
    return [fact for page in pages_to_ask(rules) for fact in page.facts]


def say_first(rules: Rules, reason: str) -> Mapping[str, str]:
    """What the script says before the number, to open the call about this reason, and when in doubt."""
    data = rules.pack.scripts[RECONTACT]
    doubt = next((step.get("doubt", "") for step in data["steps"] if step["kind"] == "decision"), "")
    opening = data["opening"].replace("{reason}", reason[:1].lower() + reason[1:])
    return {"before": data["before_the_number"], "opening": opening, "doubt": doubt}


def advice_for(interview: Interview, rules: Rules, given: Mapping[str, Any], on: date, table: str) -> Advice:
    """What a table says of these answers on a day. Raises BadFacts for what cannot be read."""
    facts = rules.facts.parse({**given, **derived(interview.claim.customer, rules, on)})
    return advise(rules, facts, on, table)


# One interview, for the pages about it


def interviews_of(post: Post) -> QuerySet[Interview]:
    """The interviews of the claims a post reaches, each with its claim and customer."""
    return Interview.objects.filter(claims_in(*reach_of(post), "claim__")).select_related(
        "claim__customer__safe_contact", "claim__customer__access_needs", "claim__office__district"
    )


def get_interview(post: Post, ref: str) -> Interview:
    """An interview with its claim. Raises Interview.DoesNotExist for strangers."""
    return interviews_of(post).get(ref=ref)


def get_latest_interview(post: Post, claim_ref: str) -> Interview:
    """The last interview of a claim. Raises Interview.DoesNotExist for strangers."""
    return interviews_of(post).filter(claim__ref=claim_ref).order_by("number").reverse()[:1].get()


def visit_wanted(interview: Interview) -> bool:
    """Whether a visit at home is to be arranged."""
    return interview.claim.tasks.filter(closed_at=None, kind=TaskKind.HOME_VISIT).exists()


def rules_of(interview: Interview, on: date) -> Rules:
    return rules_for(interview.claim, on)


def booked_appointment(interview: Interview) -> Any:
    """The time it is booked for, or None."""
    return interview.appointments.filter(state="booked").select_related("adviser", "office", "room").first()


def open_deferral(interview: Interview) -> Deferral | None:
    return interview.deferrals.filter(ended_on=None).select_related("decision__decided_by__person").first()


def open_waiver(interview: Interview) -> Waiver | None:
    return interview.waivers.filter(ended_on=None).select_related("decision__decided_by__person").first()


def letter_waits_until(interview: Interview) -> date | None:
    """Until when the customer may answer the letter; None where calls and a letter were not tried."""
    waits = interview.claim.tasks.filter(closed_at=None, kind=TaskKind.SEND_RECONTACT_LETTER)
    return waits.order_by("-due_on").values_list("due_on", flat=True).first()


def earliest_by_letter(rules: Rules, on: date) -> date:
    """The first day a letter can book: the customer must have had it in time."""
    days = rules.value("timings.notice_of_appointment_working_days")
    return add_working_days(on, days, organisations.holidays())


def known_facts(interview: Interview, rules: Rules) -> dict[str, Any]:
    """What the last decision about an interview rested on, as far as today's rules still ask it; the offer is new."""
    last = interview.decisions.order_by("-decided_at").values_list("facts", flat=True).first() or {}
    own = {"benefit": interview.claim.benefit, "group": interview.claim.group}
    asked = {name for name in rules.facts if not rules.facts[name].derived} - {OFFER}
    return {name: value for name, value in {**last, **own}.items() if name in asked}


def facts_behind(rules: Rules, reason: str, known: Mapping[str, Any], on: date) -> list[str]:
    """The questions that a reason of a deferral rests on, what must be asked before them, and the offer itself.

    They are those by which the table of the first contact tells this reason, and those the reason asks next.
    """
    found, book = rules.reasons("deferral").get(reason), rules.facts
    asks = found.words("asks_next") if found else ()
    wanted = [
        name for name in (*_told_by(rules.pack, reason), *asks) if name in book and not book[name].derived
    ]
    facts = book.parse(known)
    before = [guard for name in wanted for guard in _before(name, rules, facts, on)]
    return sorted({*wanted, *before, OFFER} & set(book), key=book.position)


def _before(name: str, rules: Rules, facts: Mapping[str, Any], on: date) -> Iterable[str]:
    """The facts that keep a fact from being asked as things are known now."""
    if rules.facts.applicable(name, facts, on) is True:
        return
    for condition in rules.facts.guard(name):
        yield condition.fact
        yield from _before(condition.fact, rules, facts, on)


@lru_cache(maxsize=256)
def _told_by(pack: Pack, reason: str) -> tuple[str, ...]:
    """The facts that stand in the rows of the first contact which give this reason."""
    lines = [
        line for line in pack.files[f"tables/{FIRST_CONTACT}.csv"].splitlines() if not line.startswith("#")
    ]
    rows = [row for row in csv.DictReader(lines) if row.get("-> reason") == reason]
    asked = [name for row in rows for name, cell in row.items() if cell and cell.strip() not in {"", "-"}]
    return tuple(dict.fromkeys(name.partition(".")[0] for name in asked if not name.startswith("->")))


# Waivers that are reviewed


@dataclass(frozen=True)
class WaiverReview:
    """A waiver with what must be known before it is looked at again."""

    interview: Interview
    waiver: Waiver
    rules: Rules
    reason: str
    view: tuple[tuple[str, str], ...]
    not_asked: str
    must_know: MustKnow
    offered: Notice | None


def waiver_review(post: Post, interview_ref: str, on: date) -> WaiverReview:
    """Raises Interview.DoesNotExist for strangers, Waiver.DoesNotExist when none is in force."""
    interview = get_interview(post, interview_ref)
    waiver = open_waiver(interview)
    if waiver is None:
        raise Waiver.DoesNotExist
    rules, view = rules_for(interview.claim, on), last_view(interview)
    offers = Notice.objects.filter(claim=interview.claim, kind=NoticeKind.TRIGGER_MEETING)
    return WaiverReview(
        interview=interview,
        waiver=waiver,
        rules=rules,
        reason=title(rules, "waiver", waiver.decision.reason),
        view=four_answers(view),
        not_asked=title(rules, "not_asked", view.not_asked_because) if view else "",
        must_know=customers.must_know(interview.claim.customer, on),
        offered=offers.defer("content", "pdf", "html").order_by("-queued_at").first(),
    )
