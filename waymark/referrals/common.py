"""What verbs about referrals share: the lock, the rules of the day, the one next step, the event."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from waymark.casework.queries import manager_of
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.interviews.holding import rules_for
from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.queries import Reason, Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.referrals import access
from waymark.referrals.enums import REFERRAL_LIFE, ReferralState
from waymark.referrals.models import Referral
from waymark.referrals.rules import KEYS, Clocks
from waymark.worklist.enums import OUTLIVES_THE_CLAIM, Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, open_task

OWNERS = (TeamKind.ADVISERS, TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT)
RAISED_TO = (TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.ADVISERS)
MOST_WORDS = 300


def lock(referral: Referral) -> Referral:
    """The referral with its claim, customer and service, held against others until the transaction ends."""
    return _held.one(referral.pk)


@composed
def _held(key: int) -> QuerySet[Referral]:
    return (
        Referral.objects.select_for_update(of=("self",))
        .select_related(
            "claim__customer__safe_contact",
            "claim__office__district",
            "service__organisation",
            "task",
            "made_by__person",
            "made_by__team__office",
        )
        .filter(pk=key)
    )


def clocks_of(rules: Rules) -> Clocks:
    return Clocks(**{name: rules.value(f"referrals.{key}") for name, key in KEYS.items()})


def rules_on(referral: Referral, now: datetime) -> Rules:
    """What the programme says on a day; a verb asks several times, and reads it once."""
    on = day_of(now)
    known: Rules | None = referral.__dict__.get("_rules")
    if known is None or known.on != on:
        known = referral.__dict__["_rules"] = rules_for(referral.claim, on)
    return known


def reason_of(rules: Rules, name: str, code: str) -> Reason:
    """A row of a list of reasons; refused when there is none of that code."""
    found = rules.reasons(name).get(code)
    if found is None:
        raise Refused("no_such_reason", "This reason is not in the list.", "Choose one of the list.")
    return found


def move(referral: Referral, state: ReferralState, *also: str, **values: Any) -> None:
    """Another state, if the lifecycle has that move, and what goes with it, in one write."""
    REFERRAL_LIFE.insist(referral.state, state)
    keep(referral, *also, state=state, **values)


def keep(referral: Referral, *also: str, **values: Any) -> None:
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save(update_fields=[*values, *also])


def next_task(
    referral: Referral,
    kind: TaskKind,
    due_on: date,
    *,
    origin: Happened,
    words: str = "",
    raised: bool = False,
    by: Post | None,
    now: datetime,
) -> None:
    """What must happen next and by when; what was next until now is done.

    Help that goes on when the claim has ended keeps a next step as before; what had not begun ended with it.
    """
    _no_way_needed(referral, by, now)
    old = referral.task
    if referral.claim.status != ClaimStatus.LIVE and kind not in OUTLIVES_THE_CLAIM:
        new = None
    else:
        its_team, person = (_raised_to(referral), None) if raised else owner_of(referral, now)
        new = open_task(
            referral.claim,
            kind,
            team=its_team,
            person=person,
            due_on=due_on,
            origin=origin,
            words=_in_short(referral, words),
            by=None if by is None else by,
            now=now,
        )
    keep(referral, task=new)
    if old is not None:
        close_task(old, by=by, now=now)


def no_more_tasks(
    referral: Referral, *, origin: Happened, words: str, by: Post | None, now: datetime
) -> None:
    """Nothing more is owed here. Where it was all a live claim had, agreeing what comes next takes its place."""
    _no_way_needed(referral, by, now)
    old = referral.task
    claim = referral.claim
    if claim.status == ClaimStatus.LIVE:
        others = Task.objects.filter(claim=claim, closed_at=None)
        if old is not None:
            others = others.exclude(pk=old.pk)
        if not others.exists():
            its_team, person = owner_of(referral, now)
            open_task(
                claim,
                TaskKind.NEXT_STEP,
                team=its_team,
                person=person,
                due_on=in_working_days(now, 1),
                origin=origin,
                words=_in_short(referral, words),
                by=by,
                now=now,
            )
    keep(referral, task=None)
    if old is not None:
        close_task(old, outcome=Outcome.DONE, by=by, now=now)


def _no_way_needed(referral: Referral, by: Post | None, now: datetime) -> None:
    """Where nobody goes there any more, what was to be arranged for the way is overtaken."""
    if referral.state in ReferralState.before_the_end():
        return
    for task in Task.objects.filter(way_offer__referral=referral, closed_at=None):
        close_task(task, outcome=Outcome.OVERTAKEN, by=by, now=now)


def owner_of(referral: Referral, now: datetime) -> tuple[Team, Person | None]:
    """Whose it is: the case manager’s, else whoever made it while they work here, else the advisers’."""
    manager = manager_of(referral.claim)
    on = day_of(now)
    for post in (manager.post if manager is not None else None, referral.made_by):
        if post is not None and _still_here(post, referral.claim, on):
            return post.team, post.person
    return team(referral.claim.office, *OWNERS), None


def _still_here(post: Post, claim: Claim, on: date) -> bool:
    return (
        post.holds_on(on)
        and post.person.left_on is None
        and post.team.closed_on is None
        and post.team.office.district_id == claim.office.district_id
    )


def _raised_to(referral: Referral) -> Team:
    return team(referral.claim.office, *RAISED_TO)


def _in_short(referral: Referral, words: str) -> str:
    name = referral.service.name
    return (f"{name}: {words}" if words else name)[:MOST_WORDS]


def in_working_days(now: datetime, count: int) -> date:
    return add_working_days(day_of(now), count, organisations.holidays())


def note(
    kind: Happened, referral: Referral, *, by: Post | None, now: datetime, why: str = "", **details: Any
) -> None:
    """The event of an act on a referral: whose, which service, and what the sentence needs."""
    note_event(
        kind,
        by=by,
        now=now,
        customer=referral.claim.customer.ref,
        claim=referral.claim.ref,
        why=why,
        referral=referral.ref,
        service=referral.service.name,
        organisation=referral.service.organisation.name,
        referral_kind=referral.kind,
        **details,
    )


def draft(referral: Referral, by: Post) -> Referral:
    """The referral while nothing of it has left."""
    referral = lock(referral)
    insist(access.may_work(referral.claim, by))
    if referral.state not in {ReferralState.PROPOSED, ReferralState.CONSENTED}:
        raise Refused(
            "left_already",
            "This referral has left already.",
            "What is new can be said to the service as a question or by telephone.",
        )
    return referral


def ours(referral: Referral, by: Post) -> Referral:
    """The referral, locked, for a colleague who may work on it."""
    referral = lock(referral)
    insist(access.may_work(referral.claim, by))
    return referral
