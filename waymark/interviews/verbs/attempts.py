"""First calls that were tried, and the next one that is set."""

from datetime import datetime, timedelta

from django.db import transaction

from waymark.customers import queries as customers
from waymark.interviews import access
from waymark.interviews.enums import Stage
from waymark.interviews.models import CallAttempt, Interview
from waymark.interviews.rules import call_again_at
from waymark.interviews.verbs.common import CALL_TASKS, lock, refs, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks, open_task

HOUR = timedelta(hours=1)


@transaction.atomic
def attempt_call(
    interview: Interview,
    *,
    outcome: str,
    words: str = "",
    window: tuple[datetime, datetime] | None = None,
    by: Post,
    now: datetime,
) -> CallAttempt:
    """A first call that was tried: kept, and the next one is set, at the time asked for or another time of day.

    After as many attempts as the programme says, the next step is an interview booked by letter (D:L860).
    """
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    insist(access.may_ring(claim, customers.open_stop(claim.customer)))
    rules = rules_for(claim, day_of(now))
    reason = rules.reasons("call_outcome").get(outcome)
    if reason is None:
        raise Refused("no_such_outcome", "That is no way for a call to end.", "Choose one from the list.")
    step = reason.columns["next_step"]
    if step == "call_at_agreed_time" and window is None:
        raise Refused(
            "no_time", "The customer asked to be called back.", "Write when: the day and the hours."
        )
    attempt = CallAttempt.objects.create(
        claim=claim,
        interview=interview,
        stage=Stage.FIRST_CONTACT,
        at=now,
        by=by,
        outcome=outcome,
        words=words,
    )
    if step != "go_on":
        _set_next_call(interview, reason, rules, window, by, now)
    note_event(
        Happened.CALL_BACK_AGREED if window else Happened.CALL_ATTEMPTED,
        by=by,
        now=now,
        why=words,
        outcome=reason.title,
        when=window[0].isoformat() if window else "",
        **refs(claim),
    )
    return attempt


def _set_next_call(
    interview: Interview,
    reason: Reason,
    rules: Rules,
    window: tuple[datetime, datetime] | None,
    by: Post,
    now: datetime,
) -> Task:
    """The task that follows an attempt; the earlier call tasks close."""
    claim = interview.claim
    counting = [code for code, each in rules.reasons("call_outcome").items() if each.yes("counts_as_attempt")]
    tried = interview.call_attempts.filter(stage=Stage.FIRST_CONTACT, outcome__in=counting).count()
    unreachable = reason.columns["next_step"] in {"find_number", "do_not_call"}
    close_tasks(claim, *CALL_TASKS, outcome=Outcome.DONE, by=by, now=now)
    callers = team(claim.office, TeamKind.FIRST_CONTACT)
    if unreachable or (not window and tried >= rules.value("timings.first_call_attempts_before_letter")):
        return open_task(
            claim,
            TaskKind.SEND_RECONTACT_LETTER,
            team=callers,
            due_on=day_of(now),
            origin=Happened.CALL_ATTEMPTED,
            words=reason.title,
            by=by,
            now=now,
        )
    if window is None:
        centre = callers.office
        start = call_again_at(
            now,
            reason.number("again_after_hours") or rules.value("timings.call_again_after_hours"),
            reason.yes("other_time_of_day"),
            centre.opens,
            centre.closes,
            organisations.holidays(),
        )
        window = (start, start + 2 * HOUR)
    return open_task(
        claim,
        TaskKind.CALL_BACK,
        team=callers,
        due_on=day_of(window[0]),
        window=window,
        origin=Happened.CALL_ATTEMPTED,
        words=reason.title,
        by=by,
        now=now,
    )
