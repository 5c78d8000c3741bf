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
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.record.enums import Happened
from waymark.sanctions.access import LIFT
from waymark.sanctions.enums import (
    UNDER_WAY,
    WITH_US,
    BreachKind,
    BreachState,
    LiftedBecause,
    SanctionState,
)
from waymark.sanctions.models import Breach, Sanction
from waymark.sanctions.queries.gates import gates_of
from waymark.sanctions.rules import shut
from waymark.sanctions.verbs.common import (
    become,
    lock,
    lock_sanction,
    next_step,
    open_tasks,
    rules_today,
    working_day,
)
from waymark.sanctions.verbs.opening import asked_again
from waymark.sanctions.verbs.payment import lift_it, set_it_aside
from waymark.sanctions.verbs.referring import close_case, undo
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks, open_task

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
    if said == Said.MISS_TAKEN_BACK:
        return miss_taken_back(claim, by, now)
    if said == Said.LETTER_CAME_BACK:
        return letter_came_back(claim, by, now)
    if said == Said.LETTER_SENT_AGAIN:
        return letter_sent_again(claim, by, now)
    if said != Said.ATTENDED:
        for breach in Breach.objects.filter(interview__claim=claim, state__in=UNDER_WAY):
            close_case(lock(breach), said.value, origin=Happened.BREACH_CLOSED, by=by, now=now)
    for sanction in Sanction.objects.filter(ruling__bundle__breach__interview__claim=claim, state__in=STILL):
        _let_go(lock_sanction(sanction), said, by, now)


def miss_taken_back(claim: Claim, by: Post | None, now: datetime) -> None:
    """The customer did not miss it: the case closes; its letter is kept from going, or taken back by another one."""
    for breach in Breach.objects.filter(interview__claim=claim, kind=BreachKind.NOT_ATTENDING).exclude(
        appointment__state="missed"
    ):
        if breach.state in {BreachState.CLOSED, BreachState.GOOD_CAUSE, BreachState.NO_SANCTION}:
            continue
        if breach.state not in WITH_US:
            raise Refused(
                "case_is_decided",
                f"The case about it is “{breach.get_state_display()}”.",
                "Close the case first, or lift the reduction as a mistake of ours.",
            )
        undo(lock(breach), by=by, now=now)


def letter_came_back(claim: Claim, by: Post | None, now: datetime) -> None:
    """A letter that came back told nobody anything: a case that rests on it is with us again (P:L1229).

    A reduction the customer was not told of does not begin; one that has begun is due to be lifted.
    """
    for breach in Breach.objects.filter(interview__claim=claim, state__in=UNDER_WAY):
        breach = lock(breach)
        if breach.state == BreachState.REFERRED and shut(gates_of(breach, day_of(now))):
            close_tasks(claim, TaskKind.DECIDE_SANCTION, outcome=Outcome.OVERTAKEN, by=by, now=now)
            become(breach, BreachState.RETURNED)
        if breach.state in WITH_US:
            next_step(breach, origin=Happened.NOTICE_CAME_BACK, by=by, now=now)
    untold = Sanction.objects.filter(
        ruling__bundle__breach__interview__claim=claim, state=SanctionState.IN_EFFECT
    ).exclude(notice__came_back_on=None)
    for sanction in untold:
        _ask_to_lift(lock_sanction(sanction), LiftedBecause.NOT_TOLD, by, now)


def letter_sent_again(claim: Claim, by: Post | None, now: datetime) -> None:
    """The newer letter takes the place of the one that came back; the customer has the whole time to answer again."""
    for breach in Breach.objects.filter(interview__claim=claim, state__in=WITH_US).exclude(
        asked_by_notice__again=None
    ):
        breach = lock(breach)
        letter = breach.asked_by_notice.again if breach.asked_by_notice is not None else None
        if letter is not None and by is not None:
            asked_again(breach, letter, by, now)
            next_step(breach, origin=Happened.NOTICE_SENT_AGAIN, by=by, now=now)
    for sanction in Sanction.objects.filter(
        ruling__bundle__breach__interview__claim=claim, state=SanctionState.NOTIFIED
    ).exclude(notice__again=None):
        if sanction.starts_on <= day_of(now):
            raise Refused(
                "too_late_to_tell",
                "The day from which less was to be paid has come: the letter would be wrong.",
                "Set the reduction aside.",
            )
        sanction.notice_id = Notice.objects.get(sent_before=sanction.notice_id).pk
        sanction.save(update_fields=["notice"])


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
