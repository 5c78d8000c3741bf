"""What several verbs about interviews share."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.interviews.enums import INTERVIEW_LIFE, InterviewState
from waymark.interviews.holding import rules_for
from waymark.interviews.models import Interview
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office, Person, Post, Team
from waymark.worklist.enums import TaskKind

__all__ = ["CALL_TASKS", "lock", "next_worked_day", "owner_after", "refs", "rules_for", "set_state", "team"]

# While a claim waits for its interview to be settled, these are the tasks that settle it.
CALL_TASKS = (TaskKind.FIRST_CALL, TaskKind.CALL_BACK, TaskKind.FINISH_CALL, TaskKind.BOOK)


def lock(interview: Interview) -> Interview:
    """The interview, its claim and customer, held against others until the transaction ends."""
    return _held.one(interview.pk)


@composed
def _held(key: int) -> QuerySet[Interview]:
    return (
        Interview.objects.select_for_update(of=("self", "claim"))
        .select_related("claim__customer", "claim__office__district")
        .filter(pk=key)
    )


def set_state(interview: Interview, state: InterviewState) -> None:
    INTERVIEW_LIFE.insist(interview.state, state)
    interview.state = state
    interview.save(update_fields=["state"])


def refs(claim: Claim) -> dict[str, str]:
    """Whose event it is."""
    return {"customer": claim.customer.ref, "claim": claim.ref}


def team(office: Office, *kinds: TeamKind) -> Team:
    """The first open team of these kinds that works for an office; refused when a district has none."""
    found = organisations.team_of(office, *kinds)
    if found is not None:
        return found
    raise Refused(
        "no_team",
        f"{office.name} has no open team of {TeamKind(kinds[0]).label}.",
        "An administrator can open one.",
    )


def owner_after(post: Post, office: Office, *kinds: TeamKind) -> tuple[Team, Person | None]:
    """Whose it is to go on with what `post` began: the same team and person, as far as both still work here."""
    person = post.person if post.person.left_on is None else None
    return (post.team if post.team.closed_on is None else team(office, *kinds)), person


def next_worked_day(now: datetime, days: int = 1) -> date:
    return next_working_day(day_of(now) + timedelta(days=days), organisations.holidays())
