"""Reading decisions that a second person looks at: the queue of a team leader, its figures, and the log of a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from waymark.customers.access import Reach, claims_in, reach_of
from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.enums import CheckState, Choice, Stage
from waymark.interviews.models import Check, CustomerView, Decision, Deferral
from waymark.interviews.queries.offers import HOUR
from waymark.interviews.rules import FOUR_ANSWERS, Range, missing_facts, usual_range
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Office, Person, Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, as_decided
from waymark.worklist import queries as worklist
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

MOST = 20  # cards of the queue at once
LOOKED_AT = (TaskKind.AUTHORISE, TaskKind.CHECK)
PUT_OFF = (Choice.DEFER, Choice.WAIVE)


@dataclass(frozen=True)
class Card:
    """A decision as a team leader judges it: why, in whose words, on what, how long, by whom."""

    check: Check
    rules: Rules
    reason: str
    evidence: str
    otherwise: str
    not_asked: str
    view: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    days: int | None
    usual: Range | None
    in_a_row: int | None
    refused: Refused | None

    @property
    def decision(self) -> Decision:
        return self.check.decision

    @property
    def claim(self) -> Claim:
        return self.decision.interview.claim

    @property
    def before(self) -> bool:
        """Whether it holds only once somebody has agreed."""
        return self.decision.state == "proposed"

    @property
    def differs(self) -> bool:
        return self.decision.advice != self.decision.choice

    @property
    def unusual(self) -> str:
        """Why its length is out of the usual, in a sentence; empty when it is not."""
        until = self.decision.until
        return self.usual.says(until) if self.usual and until else ""


# The queue


def checks_of(post: Post) -> QuerySet[Check]:
    """Checks of decisions about the claims a post reaches, with all that a card shows."""
    return with_cards().filter(claims_in(*reach_of(post), "decision__interview__claim__"))


def with_cards() -> QuerySet[Check]:
    """Checks with all that a card shows."""
    # There is one at most: no order, which would be that of its interview and claim.
    chain = Deferral.objects.filter(interview=OuterRef("decision__interview"), ended_on=None).order_by()
    return (
        Check.objects.select_related(
            "task",
            "looked_at_by__person",
            "decision__interview__claim__customer",
            "decision__interview__claim__office__district",
            "decision__decided_by__person",
            "decision__decided_by__team__office",
            "decision__conversation__view",
            "decision__deferral",
            "decision__pack",
        )
        .defer("decision__pack__files", "decision__trace")
        .annotate(chain=Subquery(chain.values("in_a_row")[:1]), outputs=F("decision__trace__outputs"))
    )


def waiting(post: Post) -> QuerySet[Task]:
    """Decisions to look at, as tasks: first what holds only when agreed, then what holds already, the oldest first."""
    return _waiting(worklist.offices_reached(post))


def _waiting(offices: Collection[int]) -> QuerySet[Task]:
    # By the task, whose index knows the open ones; among all checks there ever were they are few.
    tasks = Task.objects.filter(closed_at=None, kind__in=LOOKED_AT, check_made__isnull=False)
    return tasks.filter(office__one_of=offices).order_by("kind", "opened_at", "pk")


def open_checks(post: Post, most: int = MOST) -> list[Check]:
    """The checks of the first so many that wait, in their order: two queries.

    The few are chosen before their wide rows are read.
    """
    first = _first_waiting(worklist.offices_reached(post), most=most)
    found = {check.pk: check for check in _with_cards(first)}
    return [found[pk] for pk in first]


@composed
def _first_waiting(offices: Collection[int], *, most: int) -> QuerySet[Task, int]:
    return _waiting(offices).values_list("check_made", flat=True)[:most]


@composed
def _with_cards(keys: Collection[int]) -> QuerySet[Check]:
    return with_cards().filter(pk__one_of=keys)


def next_to_look_at(post: Post) -> str:
    """The reference of the next decision that this person may settle; empty when there is none."""
    mine = {"check_made__decision__decided_by__person": post.person_id}
    tasks = waiting(post).filter(check_made__state=CheckState.WAITING).exclude(**mine)
    return tasks.values_list("check_made__decision__ref", flat=True).first() or ""


def get_check(post: Post, decision_ref: str) -> Check:
    """The check of a decision, open or not. Raises Check.DoesNotExist for strangers."""
    return checks_of(post).get(decision__ref=decision_ref)


def get_check_to_answer(post: Post, ref: str) -> Check:
    """The check with a question back: by its decision, or by the task that asks for the answer.

    Raises Check.DoesNotExist for strangers, and when nothing waits for an answer.
    """
    waiting = checks_of(post).filter(state=CheckState.ASKED_BACK)
    of_task = Q(decision__interview__claim__tasks__ref=ref)
    return waiting.filter(Q(decision__ref=ref) | of_task).distinct().get()


def cards(checks: Sequence[Check], post: Post) -> list[Card]:
    """Cards for checks that came from `checks_of`: no further query once a pack version is known."""
    return [card(check, post) for check in checks]


def card(check: Any, post: Post) -> Card:
    """One card; the check brings `chain` and `outputs` from `checks_of`."""
    decision = check.decision
    rules = as_decided(decision.pack, decision.on)
    view = getattr(decision.conversation, "view", None) if decision.conversation else None
    reason = _reason(rules, decision)
    return Card(
        check=check,
        rules=rules,
        reason=reason.title if reason else decision.reason,
        evidence=title(rules, "evidence", decision.evidence),
        otherwise=title(rules, "other_than_advised", decision.otherwise_code),
        not_asked=title(rules, "not_asked", view.not_asked_because) if view else "",
        view=four_answers(view),
        missing=tuple(_missing(decision, rules, reason, view)),
        days=(decision.until - decision.on).days if decision.until else None,
        usual=_usual(decision, rules, reason, check.outputs) if reason and decision.until else None,
        in_a_row=_in_a_row(check),
        refused=access.may_look_again(check, post),
    )


def title(rules: Rules, name: str, code: str) -> str:
    """The words of a reason code; the code itself where the list no longer has it."""
    if not code:
        return ""
    found = rules.pack.reasons(name).get(code)
    return found.title if found else code.replace("_", " ")


def four_answers(view: CustomerView | None) -> tuple[tuple[str, str], ...]:
    """The four answers that were given, by name."""
    given = ((name, str(getattr(view, name))) for name in FOUR_ANSWERS) if view else ()
    return tuple((name, words) for name, words in given if words)


def _reason(rules: Rules, decision: Decision) -> Reason | None:
    return rules.pack.reasons("waiver" if decision.choice == Choice.WAIVE else "deferral").get(
        decision.reason
    )


def _missing(decision: Decision, rules: Rules, reason: Reason | None, view: CustomerView | None) -> list[str]:
    """What is not there, of what a decision should rest on: codes `view`, `evidence`, and questions in words."""
    found = [] if view and len(four_answers(view)) == len(FOUR_ANSWERS) else ["view"]
    if decision.choice == Choice.DEFER and not decision.evidence:
        found.append("evidence")
    if reason is not None and decision.stage == Stage.FIRST_CONTACT:
        facts = rules.facts.parse(decision.facts)
        asks = reason.words("asks_next")
        applicable = [name for name in asks if rules.facts.applicable(name, facts, decision.on)]
        found += [rules.facts[name].question for name in missing_facts(asks, facts, applicable)]
    return found


def _usual(decision: Decision, rules: Rules, reason: Reason, outputs: Mapping[str, Any] | None) -> Range:
    advised = outputs if outputs and outputs.get("reason") == reason.code else {}
    return usual_range(
        decision.on,
        min_days=reason.number("usual_min_days") or rules.value("limits.usual_min_days"),
        max_days=reason.number("usual_max_days"),
        max_months=rules.value("limits.usual_max_months"),
        leader_months=rules.value("limits.leader_above_months"),
        advised=(_day(advised.get("earliest")), _day(advised.get("latest"))),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_a_row(check: Any) -> int | None:
    """The number of this deferral in its row; of a proposal, the number it would have."""
    if check.decision.choice != Choice.DEFER:
        return None
    deferral = getattr(check.decision, "deferral", None)
    return int(deferral.in_a_row if deferral else (check.chain or 0) + 1)


# Figures beside the queue


@dataclass(frozen=True)
class Progress:
    """How far today's deferrals and waivers have been looked at; `alone` are decided without a check (D:L942)."""

    decided: int
    agreed: int
    reversed: int
    waiting: int
    asked_back: int
    alone: int

    @property
    def to_pass(self) -> int:
        return self.decided - self.alone

    @property
    def looked_at(self) -> int:
        return self.agreed + self.reversed


def progress(post: Post, on: date) -> Progress:
    """All deferrals and waivers of a day pass a second person (D:L773). One query."""
    reach, place = reach_of(post)
    counted = dict(_progress(place, on, reach=reach))
    return Progress(
        decided=sum(counted.values()),
        agreed=counted.get(CheckState.AGREED, 0),
        reversed=counted.get(CheckState.REVERSED, 0),
        waiting=counted.get(CheckState.WAITING, 0),
        asked_back=counted.get(CheckState.ASKED_BACK, 0),
        alone=counted.get(None, 0),
    )


@composed
def _progress(place: int, on: date, *, reach: Reach) -> QuerySet[Decision, tuple[str | None, int]]:
    """How many there are of each state of their check; None: without one."""
    return put_off_in(reach, place, on).values_list("check_made__state").annotate(n=Count("pk"))


def decisions_put_off(post: Post, on: date) -> QuerySet[Decision]:
    """Every deferral and waiver of a day about the claims a post reaches."""
    return put_off_in(*reach_of(post), on)


def put_off_in(reach: Reach, place: int, on: date) -> QuerySet[Decision]:
    """Likewise, within reach of a place."""
    within = claims_in(reach, place, "interview__claim__")
    return Decision.objects.filter(within, on=on, choice__in=PUT_OFF).order_by()


@dataclass(frozen=True)
class Pattern:
    """What a place has decided since a day. A number below `hidden_below` is None: nobody is to be read off it."""

    since: date
    book: int | None
    defer: int | None
    waive: int | None
    percent: int | None
    hidden_below: int
    low: int
    high: int


def pattern(post: Post, on: date, rules: Rules) -> Pattern:
    """The month so far at the office or centre of the post, as context and never as a measure. Two queries.

    On the days before today nothing is decided any more: they are counted once an hour, by a third query.
    """
    since, office = on.replace(day=1), post.team.office_id
    posts = _posts_at(office)
    key = f"choices:{office}:{since}:{on}"
    over: dict[str, int] | None = cache.get(key)
    if over is None:
        over = dict(_choices(posts, since, on - timedelta(days=1)))
        cache.set(key, over, HOUR)
    today = dict(_choices(posts, on, on))
    rows = {choice: over.get(choice, 0) + today.get(choice, 0) for choice in {*over, *today}}
    least = rules.value("limits.small_number_hidden_below")
    counts = {**dict.fromkeys(Choice.values, 0), **dict(rows)}
    shown = {choice: n if n >= least or n == 0 else None for choice, n in counts.items()}
    put_off, all_shown = counts[Choice.DEFER] + counts[Choice.WAIVE], None not in shown.values()
    return Pattern(
        since=since,
        book=shown[Choice.BOOK],
        defer=shown[Choice.DEFER],
        waive=shown[Choice.WAIVE],
        percent=round(100 * put_off / sum(counts.values())) if put_off and all_shown else None,
        hidden_below=least,
        low=rules.value("limits.deferral_rate_context_low_percent"),
        high=rules.value("limits.deferral_rate_context_high_percent"),
    )


@composed
def _posts_at(office: int) -> QuerySet[Post, int]:
    return Post.objects.filter(team__office=office).values_list("pk", flat=True)


@composed
def _choices(posts: Collection[int], since: date, until: date) -> QuerySet[Decision, tuple[str, int]]:
    return (
        Decision.objects.filter(on__gte=since, on__lte=until, decided_by__one_of=posts)
        .order_by()
        .values_list("choice")
        # Counted by a column of the index, from which the whole month is read.
        .annotate(n=Count("on"))
    )


# The log


def log(post: Post, on: date, *, office: str = "", person: str = "") -> QuerySet[Decision, int]:
    """The ids of every deferral and waiver of a day, in order; `office` by code and `person` by reference narrow it."""
    rows = decisions_put_off(post, on)
    if office:
        rows = rows.filter(decided_by__team__office__code=office)
    if person:
        rows = rows.filter(decided_by__person__ref=person)
    return rows.order_by("decided_at", "pk").values_list("pk", flat=True)


def log_rows(ids: Iterable[int]) -> QuerySet[Decision]:
    """Decisions with all that the log shows of them."""
    return (
        Decision.objects.filter(pk__in=list(ids))
        .select_related(
            "interview__claim__customer",
            "interview__claim__office",
            "decided_by__person",
            "decided_by__team__office",
            "check_made__looked_at_by__person",
            "conversation__view",
            "pack",
        )
        .defer("facts", "trace", "pack__files")
        .order_by("decided_at", "pk")
    )


def deciders(post: Post, on: date) -> QuerySet[Person]:
    """Who deferred or waived on a day, of those in the log."""
    who = decisions_put_off(post, on).values("decided_by__person")
    return Person.objects.filter(pk__in=who).order_by("name")


def places_of_log(post: Post) -> QuerySet[Office]:
    """Where decisions in the log may have been made: the places of the district."""
    return Office.objects.filter(district=post.team.office.district_id).order_by("kind", "name")


def in_post_for(card: Card, on: date) -> timedelta:
    """How long who decided has held the post: newcomers are looked at sooner (D:L354)."""
    return on - card.decision.decided_by.starts_on
