"""What the verbs about plans and work share: the claim held, whose task it is, and that nobody is lost by it."""

from datetime import date, datetime

from waymark.casework.queries import manager_of
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.interviews.holding import rules_for
from waymark.interviews.series.queries import adviser_of
from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import open_task

__all__ = [
    "case_task",
    "day_past",
    "in_working_days",
    "insist_on_a_next_step",
    "lock",
    "refs",
    "rules_of",
    "whose",
    "worked",
]

OWNERS = (TeamKind.ADVISERS, TeamKind.DEFERRALS, TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT)


def lock(claim: Claim) -> Claim:
    """The claim with customer and office, held against others until the transaction ends."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )


def rules_of(claim: Claim, now: datetime) -> Rules:
    return rules_for(claim, day_of(now))


def refs(claim: Claim) -> dict[str, str]:
    """Whose event it is."""
    return {"customer": claim.customer.ref, "claim": claim.ref}


def whose(claim: Claim, person: Person | None = None) -> tuple[Team, Person | None]:
    """Whose task it is: the named person's, in a team of theirs; else the case manager's; else the adviser's.

    Where nobody has the claim it is the advisers' of its office, for whoever takes it.
    """
    manager = manager_of(claim) if person is None else None
    if manager is not None and manager.post is not None and manager.post.person.left_on is None:
        return manager.post.team, manager.post.person
    person = person or adviser_of(claim)
    ours = team(claim.office, *OWNERS)
    if person is None or person.left_on is not None:
        return ours, None
    held = Post.objects.filter(
        person=person, ends_on=None, team__closed_on=None, team__office__district=claim.office.district_id
    ).select_related("team")
    teams = sorted(
        (post.team for post in held), key=lambda one: (one.pk != ours.pk, one.office_id != claim.office_id)
    )
    return (teams[0] if teams else ours), person


def case_task(
    claim: Claim,
    kind: TaskKind,
    *,
    due_on: date,
    origin: Happened,
    words: str,
    by: Post | None,
    now: datetime,
    person: Person | None = None,
) -> Task:
    """An open task of whoever has the case, due on a day that is worked and not before today."""
    owner, taker = whose(claim, person)
    return open_task(
        claim,
        kind,
        team=owner,
        person=taker,
        due_on=worked(max(due_on, day_of(now))),
        origin=origin,
        words=words[:300],
        by=by,
        now=now,
    )


def worked(day: date) -> date:
    """The day itself, or the next one on which offices work."""
    return next_working_day(day, organisations.holidays())


def in_working_days(now: datetime, count: int) -> date:
    return add_working_days(day_of(now), count, organisations.holidays())


def day_past(day: date, now: datetime, what: str) -> Refused | None:
    """A day to come may not lie in the past."""
    if day >= day_of(now):
        return None
    return Refused("day_past", f"{what} lies in the past.", "Choose today or a later day.")


def insist_on_a_next_step(claim: Claim, *closing: Task | None) -> None:
    """Refuse to close the only next step of a live claim: the sentence comes before the database's word."""
    if claim.status != ClaimStatus.LIVE:
        return
    shut = [task.pk for task in closing if task is not None]
    if shut and not claim.tasks.filter(closed_at=None).exclude(pk__in=shut).exists():
        raise Refused(
            "only_next_step",
            "This is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then come back.",
        )
