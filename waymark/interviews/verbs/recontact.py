"""The contact before a deferral ends, bringing an interview forward, and the review of waivers."""

from datetime import datetime, timedelta

from django.db import transaction

from waymark.interviews import access, notice_words
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import InterviewState, Stage
from waymark.interviews.models import Appointment, CallAttempt, Deferral, Interview, Waiver
from waymark.interviews.rules import call_again_at
from waymark.interviews.verbs.appointments import book_interview, to_be_booked
from waymark.interviews.verbs.common import lock, refs, rules_for, set_state, team
from waymark.interviews.verbs.putting_off import end_deferral, end_waiver
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.clock import words as day_words
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks, open_task

HOUR = timedelta(hours=1)
MONTHS_A_YEAR = 12


@transaction.atomic
def attempt_recontact(
    deferral: Deferral,
    *,
    outcome: str,
    words: str = "",
    window: tuple[datetime, datetime] | None = None,
    by: Post,
    now: datetime,
) -> CallAttempt:
    """A re-contact call that was tried. Not reached often enough, a letter asks the customer to ring (D:L858-860)."""
    interview = lock(deferral.interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    on = day_of(now)
    rules = rules_for(claim, on)
    reason = rules.reasons("call_outcome").get(outcome)
    if reason is None:
        raise Refused("no_such_outcome", "That is no way for a call to end.", "Choose one from the list.")
    attempt = CallAttempt.objects.create(
        claim=claim,
        interview=interview,
        stage=Stage.RECONTACT,
        at=now,
        by=by,
        outcome=outcome,
        words=words,
    )
    note_event(
        Happened.RECONTACT_ATTEMPTED, by=by, now=now, why=words, outcome=reason.title, **refs(claim)
    )
    step = reason.columns["next_step"]
    if step == "go_on":
        return attempt
    counting = [code for code, each in rules.reasons("call_outcome").items() if each.yes("counts_as_attempt")]
    since = deferral.decision.decided_at
    tried = interview.call_attempts.filter(stage=Stage.RECONTACT, outcome__in=counting, at__gte=since).count()
    enough = tried >= rules.value("timings.recontact_call_attempts_before_letter")
    if window is None and (enough or step in {"find_number", "do_not_call"}):
        _ask_by_letter(deferral, by=by, now=now)
        return attempt
    callers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
    if window is None:
        start = call_again_at(
            now,
            reason.number("again_after_hours") or rules.value("timings.call_again_after_hours"),
            reason.yes("other_time_of_day"),
            callers.office.opens,
            callers.office.closes,
            organisations.holidays(),
        )
        window = (start, start + 2 * HOUR)
    close_tasks(claim, TaskKind.RECONTACT, by=by, now=now)
    open_task(
        claim,
        TaskKind.RECONTACT,
        team=callers,
        due_on=day_of(window[0]),
        window=window,
        origin=Happened.RECONTACT_ATTEMPTED,
        words=deferral.decision.because[:300],
        by=by,
        now=now,
    )
    return attempt


def _ask_by_letter(deferral: Deferral, *, by: Post, now: datetime) -> None:
    """A letter asks the customer to ring; unanswered, the next step is an interview booked by letter."""
    claim = deferral.interview.claim
    on = day_of(now)
    rules = rules_for(claim, on)
    days = rules.value("timings.recontact_letter_reply_working_days")
    due_on = add_working_days(on, days, organisations.holidays())
    callers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
    close_tasks(claim, TaskKind.RECONTACT, by=by, now=now)
    open_task(
        claim,
        TaskKind.SEND_RECONTACT_LETTER,
        team=callers,
        due_on=due_on,
        origin=Happened.RECONTACT_ATTEMPTED,
        words="The letter asked the customer to ring by this day.",
        by=by,
        now=now,
    )
    told = {
        **notice_words.about_claim(claim, rules, on),
        **notice_words.about_contact(callers, claim.office),
        **notice_words.about_deferral(deferral.decision.because, deferral.until, due_on),
    }
    notices.queue_notice(claim, NoticeKind.RECONTACT, words=told, rules=rules, by=by, now=now)


@transaction.atomic
def book_by_letter(interview: Interview, slot: Slot, *, by: Post, now: datetime) -> Appointment:
    """Nobody answered calls or letter: an interview is booked, and a letter says when and how to move it (D:L860)."""
    interview = lock(interview)
    on = day_of(now)
    rules = rules_for(interview.claim, on)
    notice_days = rules.value("timings.notice_of_appointment_working_days")
    first = add_working_days(on, notice_days, organisations.holidays())
    if day_of(slot.starts_at) < first:
        raise Refused(
            "too_soon_by_letter",
            "A letter would come too late for that time.",
            f"Choose a time from {day_words(first)} on.",
        )
    return book_interview(
        interview,
        slot,
        by=by,
        now=now,
        outcome="booked_by_letter",
        notice=NoticeKind.BOOKED_BY_LETTER,
        origin=Happened.BOOKED_BY_LETTER,
    )


@transaction.atomic
def bring_forward(
    interview: Interview, *, asked_by: str, words: str, slot: Slot | None = None, by: Post, now: datetime
) -> Interview:
    """The customer (or the adviser, `asked_by`) wants the interview earlier: any day, from deferral or waiver."""
    interview = lock(interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    if interview.state not in {InterviewState.DEFERRED, InterviewState.WAIVED}:
        raise Refused(
            "nothing_to_bring_forward",
            f"This interview is {interview.get_state_display()}.",
            "Only a deferred or waived interview can be brought forward.",
        )
    if slot is not None:
        book_interview(interview, slot, by=by, now=now, outcome="brought_forward", note=False)
    else:
        end_deferral(interview, outcome="brought_forward", now=now)
        end_waiver(interview, outcome="brought_forward", now=now)
        set_state(interview, InterviewState.DUE)
        to_be_booked(interview, origin=Happened.BROUGHT_FORWARD, words=words, by=by, now=now)
    note_event(
        Happened.BROUGHT_FORWARD,
        by=by,
        now=now,
        why=words,
        asked_by=asked_by,
        starts=slot.starts_at.isoformat() if slot else "",
        **refs(claim),
    )
    return interview


@transaction.atomic
def review_waiver(waiver: Waiver, *, trigger_meeting: bool, words: str, by: Post, now: datetime) -> Waiver:
    """After three years: the waiver goes on, and a trigger meeting is offered or not (D:L290)."""
    interview = lock(waiver.interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    if waiver.ended_on is not None:
        raise Refused("waiver_ended", "This waiver has ended.", "See the record for what came of it.")
    if not words.strip():
        raise Refused("no_words", "What did the review find?", "Write it in a sentence.")
    on = day_of(now)
    rules = rules_for(claim, on)
    waiver.review_on = add_months(on, MONTHS_A_YEAR * rules.value("timings.waiver_review_years"))
    waiver.save(update_fields=["review_on"])
    advisers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
    close_tasks(claim, TaskKind.REVIEW_WAIVER, TaskKind.TRIGGER_MEETING, by=by, now=now)
    kind, due_on = TaskKind.REVIEW_WAIVER, waiver.review_on
    if trigger_meeting:
        days = rules.value("timings.waiver_review_notice_days")
        kind, due_on = TaskKind.TRIGGER_MEETING, on + timedelta(days=days)
        _offer_trigger_meeting(waiver, rules, by, now)
    open_task(
        claim, kind, team=advisers, due_on=due_on, origin=Happened.WAIVER_REVIEWED, words=words[:300], by=by, now=now
    )
    note_event(
        Happened.WAIVER_REVIEWED,
        by=by,
        now=now,
        why=words,
        trigger_meeting=trigger_meeting,
        review_on=waiver.review_on.isoformat(),
        **refs(claim),
    )
    return waiver


def _offer_trigger_meeting(waiver: Waiver, rules: Rules, by: Post, now: datetime) -> None:
    claim = waiver.interview.claim
    told = {
        **notice_words.about_claim(claim, rules, day_of(now)),
        "reason": waiver.decision.because,
        "review_on": day_words(waiver.review_on),
    }
    notices.queue_notice(claim, NoticeKind.TRIGGER_MEETING, words=told, rules=rules, by=by, now=now)
