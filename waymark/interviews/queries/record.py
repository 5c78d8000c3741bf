"""Reading one customer's way: what is now, what was decided and why, who looked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from waymark.customers.access import Reach, claims_in, reach_of
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim, Customer
from waymark.customers.queries import claims_visible_to
from waymark.interviews.access import DECIDE
from waymark.interviews.enums import AppointmentState, InterviewState
from waymark.interviews.models import Appointment, Decision, Deferral, Interview, Requirement, Sitting
from waymark.interviews.queries.today import with_pointers
from waymark.interviews.series.queries import Way, assemble
from waymark.interviews.series.rules import Past
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.organisations.models import Person, Post
from waymark.policy import Explanation, Trace, answer_in_words, explain
from waymark.programme.queries import Rules, as_decided, holding_now, newest
from waymark.record import queries as record
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

UNSETTLED = frozenset({InterviewState.DUE, InterviewState.BOOKED, InterviewState.DEFERRED})
SENSITIVE = "sensitive"
# What is owed beside the next step of a claim.
OWED = frozenset({TaskKind.ANSWER_INTEREST, TaskKind.ARRANGE_HELP})
BESIDE = OWED | {TaskKind.PROMISE, TaskKind.DEBRIEF}


# What comes next


@dataclass(frozen=True)
class NextStep:
    """The open task of a claim that comes first: what, by when, whose."""

    ref: str
    kind: str
    kind_word: str
    due_on: date
    window_from: datetime | None
    words: str
    team: str
    person: str

    @property
    def owner(self) -> str:
        return self.person or self.team


def next_steps(claim_ids: Collection[int]) -> dict[int, NextStep]:
    """The next step of each claim, by the claim's id; a claim without any is not in it. One query."""
    tasks = (
        Task.objects.filter(claim__in=claim_ids, closed_at=None)
        .select_related("team", "person")
        .order_by("claim_id", "due_on", F("window_from").asc(nulls_last=True), "id")
        .distinct("claim_id")
    )
    return {task.claim_id: next_step(task) for task in tasks}


def next_step(task: Task) -> NextStep:
    return NextStep(
        ref=task.ref,
        kind=task.kind,
        kind_word=task.get_kind_display(),
        due_on=task.due_on,
        window_from=task.window_from,
        words=task.words,
        team=task.team.name,
        person=task.person.name if task.person else "",
    )


# The summary of a record


@dataclass(frozen=True)
class InterviewNow:
    """One interview as the record shows it: its state, and what is in force about it."""

    ref: str
    number: int
    mandatory: bool
    state: str
    due_by: date
    deferred_until: date | None
    recontact_on: date | None
    in_a_row: int | None
    deferred_because: str
    waiver_review_on: date | None
    waived_because: str
    appointment_ref: str
    starts_at: datetime | None
    mode: str
    adviser: str
    counts: bool | None
    met_at: datetime | None

    @property
    def unsettled(self) -> bool:
        return self.state in UNSETTLED


@dataclass(frozen=True)
class Summary:
    """What answers in five seconds. `claim` is the live one, or the latest, or None when there was never one."""

    claim: Claim | None
    claims: tuple[Claim, ...]
    rules: Rules | None
    interviews: tuple[InterviewNow, ...]
    mandatory: int
    tasks: tuple[Task, ...]
    way: Way | None = None

    @property
    def now(self) -> InterviewNow | None:
        """The interview that is not settled, or the last one there was."""
        waiting = [one for one in self.interviews if one.unsettled]
        return next(iter(waiting or reversed(self.interviews)), None)

    @property
    def promises(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.kind == TaskKind.PROMISE)

    @property
    def owed(self) -> tuple[Task, ...]:
        """What the customer would like, and who owes it: an answer, or help to come."""
        return tuple(task for task in self.tasks if task.kind in OWED)

    @property
    def next_task(self) -> Task | None:
        """What the claim waits for first; what is owed beside it only where nothing else is open."""
        steps = [task for task in self.tasks if task.kind not in BESIDE]
        return next(iter(steps or self.tasks), None)

    @property
    def benefit(self) -> str:
        return self.benefit_of(self.claim) if self.claim else ""

    def benefit_of(self, claim: Claim) -> str:
        return self.rules.benefits.get(claim.benefit, claim.benefit) if self.rules else claim.benefit


def summary(customer: Customer, post: Post, on: date) -> Summary:
    """The summary of a customer's record as `post` sees it: four queries whatever its size."""
    reach, place = reach_of(post)
    claims = tuple(_claims(customer, place, reach=reach))
    if not claims:
        return Summary(None, (), None, (), 0, ())
    claim = claims[0]
    rules = _rules(claim, on)
    interviews = interviews_now(claim)
    found = _way(claim, interviews, rules, on) if rules else None
    return Summary(
        claim, claims, rules, interviews, _mandatory(interviews, rules), tuple(_tasks(claims)), found
    )


@composed
def _claims(customer: Customer, place: int, *, reach: Reach) -> QuerySet[Claim]:
    """The claims of a customer within reach, live ones first, with the requirement in force."""
    live_first = Case(
        When(status=ClaimStatus.LIVE, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (
        Claim.objects.filter(claims_in(reach, place), customer=customer)
        .select_related("customer", "office")
        .annotate(
            asked=FilteredRelation("requirements", condition=Q(requirements__until=None)),
            standing=F("asked__standing"),
            because=F("asked__because"),
            because_words=F("asked__words"),
            standing_since=F("asked__since"),
        )
        .order_by(live_first, "-claimed_on", "-id")
    )


@composed
def _tasks(claims: Collection[Claim]) -> QuerySet[Task]:
    """What is open for claims, in order."""
    return (
        with_pointers(Task.objects.filter(claim__one_of=claims, closed_at=None))
        .select_related("team")
        .order_by("due_on", F("window_from").asc(nulls_last=True), "id")
    )


def _way(claim: Claim, interviews: Sequence[InterviewNow], rules: Rules, on: date) -> Way:
    """How far the claim has come, from the rows that the summary has read anyway: no query more."""
    asked = [one for one in interviews if one.mandatory and one.state != InterviewState.CLOSED]
    past = [
        Past(number, one.state, _day(one), one.state == InterviewState.HELD and one.counts is not False)
        for number, one in enumerate(asked, start=1)
    ]
    return assemble(claim, _held(claim), past, None, rules, on)


def _held(claim: Any) -> Requirement | None:
    """The requirement in force, as it came with the claim."""
    if claim.standing is None:
        return None
    return Requirement(
        standing=claim.standing,
        because=claim.because,
        words=claim.because_words,
        since=claim.standing_since,
    )


def _day(one: InterviewNow) -> date:
    met = one.starts_at or one.met_at
    return day_of(met) if met else one.due_by


def interviews_now(claim: Claim) -> tuple[InterviewNow, ...]:
    """The interviews of a claim with what is in force about each. One query."""
    return tuple(_interview_now(row) for row in _interviews(claim))


@composed
def _interviews(claim: Claim) -> QuerySet[Interview, tuple[Any, ...]]:
    settled = Sitting.objects.filter(appointment__interview=OuterRef("pk"), counts__isnull=False)
    met = Appointment.objects.filter(interview=OuterRef("pk"), state=AppointmentState.TOOK_PLACE)
    settled, met = settled.order_by("-settled_at"), met.order_by("-starts_at")
    return (
        Interview.objects.filter(claim=claim)
        .annotate(
            put_off=FilteredRelation("deferrals", condition=Q(deferrals__ended_on=None)),
            let_off=FilteredRelation("waivers", condition=Q(waivers__ended_on=None)),
            visit=FilteredRelation("appointments", condition=Q(appointments__state="booked")),
            counts=Subquery(settled.values("counts")[:1]),
            met_at=Subquery(met.values("starts_at")[:1]),
        )
        .order_by("number")
        .values_list(
            "ref",
            "number",
            "mandatory",
            "state",
            "due_by",
            "put_off__until",
            "put_off__recontact_on",
            "put_off__in_a_row",
            "put_off__decision__because",
            "let_off__review_on",
            "let_off__decision__because",
            "visit__ref",
            "visit__starts_at",
            "visit__mode",
            "visit__adviser__name",
            "counts",
            "met_at",
        )
    )


def _interview_now(row: Sequence[Any]) -> InterviewNow:
    words = {8, 10, 11, 13, 14}  # empty text where nothing is in force
    values: list[Any] = [value or "" if place in words else value for place, value in enumerate(row)]
    return InterviewNow(*values)


def _mandatory(interviews: Iterable[InterviewNow], rules: Rules | None) -> int:
    """How many interviews the claim must come to: the programme's number, or as many as there are."""
    made = sum(one.mandatory for one in interviews)
    wanted = rules.value("regime.mandatory_interviews") if rules else 0
    return max(made, wanted)


def _rules(claim: Claim, on: date) -> Rules | None:
    """The programme as loaded last; a record can be read even when its programme is not loaded."""
    version = holding_now(claim.programme)
    return as_decided(version, max(on, version.valid_from)) if version else None


def current_rules(on: date) -> dict[str, Rules]:
    """The programmes as loaded last, by slug: for the words of codes in lists. One query."""
    return {version.slug: as_decided(version, max(on, version.valid_from)) for version in newest()}


def benefit_titles(rules: Mapping[str, Rules]) -> dict[str, str]:
    """The names of benefits by code, over all programmes."""
    return {code: title for each in rules.values() for code, title in each.benefits.items()}


# Interviews, deferrals, decisions


def interviews_of(customer: Customer, post: Post) -> QuerySet[Interview]:
    """Every interview with its deferrals, waivers, decisions, appointments and calls: six queries."""
    decisions = Decision.objects.select_related(
        "decided_by__person", "check_made__looked_at_by__person", "pack"
    ).defer("facts", "trace", "pack__files")
    return (
        Interview.objects.filter(claim__in=claims_visible_to(post).filter(customer=customer).values("pk"))
        .select_related("claim__office", "claim__customer")
        .order_by("-claim__claimed_on", "-claim", "number")
        .prefetch_related(
            Prefetch(
                "deferrals",
                Deferral.objects.select_related("decision__decided_by__person").order_by("starts_on", "id"),
            ),
            "waivers",
            Prefetch("decisions", decisions.order_by("decided_at", "id")),
            Prefetch(
                "appointments",
                Appointment.objects.select_related("adviser", "office").order_by("made_at", "id"),
            ),
            "call_attempts__by__person",
        )
    )


@dataclass(frozen=True)
class FactSaid:
    """A fact a decision rested on, as it was asked and answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class Why:
    """A decision explained. `hidden` counts the sensitive facts this reader does not need."""

    decision: Decision
    rules: Rules
    trace: Trace
    explanation: Explanation
    facts: tuple[FactSaid, ...]
    hidden: int
    reason: str
    evidence: str
    otherwise: str
    not_asked: str

    @property
    def customer(self) -> Customer:
        return self.decision.interview.claim.customer


def get_decision(post: Post, ref: str) -> Decision:
    """One decision with all it points at. Raises Decision.DoesNotExist for strangers."""
    claims = claims_visible_to(post).order_by().values("pk")
    return (
        Decision.objects.filter(interview__claim__in=claims)
        .select_related(
            "interview__claim__customer",
            "interview__claim__office__district",
            "decided_by__person",
            "decided_by__team__office",
            "conversation__view",
            "check_made__looked_at_by__person",
            "check_made__looked_at_by__team__office",
            "deferral",
            "waiver",
            "pack",
        )
        .defer("pack__files")
        .get(ref=ref)
    )


def why(decision: Decision, post: Post) -> Why:
    """The decision in words, as far as `post` needs them: health and loss are for those who decide."""
    rules = as_decided(decision.pack, decision.on)
    trace = Trace.from_json(decision.trace)
    shown, hidden = _facts(decision, rules, post)
    return Why(
        decision=decision,
        rules=rules,
        trace=trace,
        explanation=explain(trace, rules.facts),
        facts=shown,
        hidden=hidden,
        reason=_title(rules, "waiver" if decision.choice == "waive" else "deferral", decision.reason),
        evidence=_title(rules, "evidence", decision.evidence),
        otherwise=_title(rules, "other_than_advised", decision.otherwise_code),
        not_asked=_title(rules, "not_asked", _not_asked(decision)),
    )


def sees_sensitive(post: Post) -> bool:
    return post.role in DECIDE


def _facts(decision: Decision, rules: Rules, post: Post) -> tuple[tuple[FactSaid, ...], int]:
    book = rules.facts
    known = book.parse(decision.facts)
    wanted = [name for name in book if name in known]
    shown = [name for name in wanted if sees_sensitive(post) or book[name].sensitivity != SENSITIVE]
    said = tuple(
        FactSaid(book[name].question or book[name].words, answer_in_words(known[name], book[name]))
        for name in shown
    )
    return said, len(wanted) - len(shown)


def _not_asked(decision: Decision) -> str:
    view = getattr(decision.conversation, "view", None) if decision.conversation else None
    return view.not_asked_because if view else ""


def _title(rules: Rules, name: str, code: str) -> str:
    """The words of a reason code; the code itself where the list no longer has it."""
    if not code:
        return ""
    found = rules.pack.reasons(name).get(code)
    return found.title if found else code.replace("_", " ")


def outcome_titles(rules: Rules | None) -> dict[str, str]:
    """How deferrals ended, in words, by code."""
    reasons = rules.pack.reasons("recontact_outcome") if rules else {}
    return {code: reason.title for code, reason in reasons.items()}


# Who looked


@dataclass(frozen=True)
class Look:
    """Somebody opened the record."""

    person: str
    at: datetime
    page: str


def looks_at(customer_refs: Collection[str], first: int, last: int) -> list[Look]:
    """Who looked at the record, newest first, from one place of the list to another. Two queries."""
    reads: list[Any] = list(record.reads_of(customer_refs)[first:last])
    names = dict(
        Person.objects.filter(ref__in={read.person_ref for read in reads}).values_list("ref", "name")
    )
    return [Look(names.get(read.person_ref, read.person_ref), read.at, read.page) for read in reads]
