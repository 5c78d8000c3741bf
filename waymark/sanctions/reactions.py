"""What a case does when something has happened to the interviews: all of it in the customer's favour.

A case that has lost its ground closes by itself, a reduction that has not begun is set aside by itself. One that is
in effect is lifted by a person: that becomes a task of the same day.
"""

from datetime import datetime

from waymark.customers.models import Claim
from waymark.interviews import announcing
from waymark.interviews.announcing import Said
from waymark.interviews.verbs.common import owner_after, team
from waymark.kernel.clock import day_of
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.record.enums import Happened
from waymark.sanctions.access import LIFT
from waymark.sanctions.enums import UNDER_WAY, LiftedBecause, SanctionState
from waymark.sanctions.models import Breach, Sanction
from waymark.sanctions.verbs.common import lock, lock_sanction, open_tasks, rules_today, working_day
from waymark.sanctions.verbs.payment import lift_it, set_it_aside
from waymark.sanctions.verbs.referring import close_case
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task

STILL = (SanctionState.NOTIFIED, SanctionState.IN_EFFECT)
BECAUSE = {
    Said.ATTENDED: LiftedBecause.ATTENDED,
    Said.DEFERRED: LiftedBecause.NO_LONGER_REQUIRED,
    Said.WAIVED: LiftedBecause.NO_LONGER_REQUIRED,
    Said.NOT_REQUIRED: LiftedBecause.NO_LONGER_REQUIRED,
    Said.CLAIM_ENDED: LiftedBecause.NO_LONGER_REQUIRED,
}


def listen() -> None:
    announcing.listen(interviews_said)


def interviews_said(claim: Claim, said: Said, by: Post | None, now: datetime) -> None:
    """In the transaction of what has happened."""
    if said != Said.ATTENDED:
        for breach in Breach.objects.filter(interview__claim=claim, state__in=UNDER_WAY):
            close_case(lock(breach), said.value, origin=Happened.BREACH_CLOSED, by=by, now=now)
    for sanction in Sanction.objects.filter(ruling__bundle__breach__interview__claim=claim, state__in=STILL):
        _let_go(lock_sanction(sanction), said, by, now)


def _let_go(sanction: Sanction, said: Said, by: Post | None, now: datetime) -> None:
    because = BECAUSE[said]
    ended = said == Said.CLAIM_ENDED
    if sanction.state == SanctionState.NOTIFIED:
        set_it_aside(sanction, because, words="", tells=not ended, by=by, now=now)
    elif ended and by is not None:
        # Nothing is paid any more: who ends the claim ends the reduction with it.
        lift_it(sanction, because, from_day=day_of(now), words="", by=by, now=now)
    elif not ended:
        _ask_to_lift(sanction, because, by, now)


def _ask_to_lift(sanction: Sanction, because: LiftedBecause, by: Post | None, now: datetime) -> None:
    """Lifting is a person's act: it is due the same day, with whoever saw the customer."""
    claim = sanction.ruling.bundle.breach.interview.claim
    if open_tasks(claim).filter(kind=TaskKind.LIFT).exists():
        return
    whose, person = _lifter(claim, by)
    rules = rules_today(sanction.ruling.bundle.breach, now)
    open_task(
        claim,
        TaskKind.LIFT,
        team=whose,
        person=person,
        due_on=working_day(rules.value("sanctions.lift_within_working_days"), now),
        origin=Happened.SANCTION_IN_EFFECT,
        words=f"{because.label.capitalize()}.",
        by=by,
        now=now,
    )


def _lifter(claim: Claim, by: Post | None) -> tuple[Team, Person | None]:
    if by is not None and by.role in LIFT:
        return owner_after(by, claim.office, TeamKind.ADVISERS)
    return team(claim.office, TeamKind.ADVISERS), None
