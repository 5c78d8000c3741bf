"""The contact before a deferral ends, bringing an interview forward, and the review of waivers."""

from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.customers import queries as customers
from waymark.customers.models import Claim
from waymark.interviews import access, notice_words
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import InterviewState, Stage
from waymark.interviews.models import Appointment, CallAttempt, Deferral, Interview, Waiver
from waymark.interviews.rules import call_again_at
from waymark.interviews.verbs.appointments import book_interview, to_be_booked
from waymark.interviews.verbs.bookings import decide_to_book
from waymark.interviews.verbs.claims import end_claim
from waymark.interviews.verbs.common import lock, next_worked_day, refs, rules_for, set_state, team
from waymark.interviews.verbs.putting_off import drop_proposals, end_deferral, end_waiver
from waymark.kernel.clock import LONDON, add_months, day_of
from waymark.kernel.clock import words as day_words
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import add_working_days
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_tasks, open_task

HOUR = timedelta(hours=1)
MONTHS_A_YEAR = 12
CUSTOMER = "customer"  # who asks for an earlier interview
AT_AGREED_TIME = "call_at_agreed_time"
NO_MORE_CALLS = frozenset({"find_number", "do_not_call"})
# The outcomes of a re-contact after which there is no claim: the columns of the reason say so.
ASKS_LAST_DAY = frozenset({"work_started_on", "claim_ended_on"})


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
    deferral = _open_deferral(deferral)
    interview, claim = deferral.interview, deferral.interview.claim
    insist(access.may_act(interview, by))
    insist(access.may_ring(claim, customers.open_stop(claim.customer)))
    rules = rules_for(claim, day_of(now))
    reason = rules.reasons("call_outcome").get(outcome)
    if reason is None:
        raise Refused("no_such_outcome", "That is no way for a call to end.", "Choose one from the list.")
    step = reason.columns["next_step"]
    if step == AT_AGREED_TIME and window is None:
        raise Refused(
            "no_time", "The customer asked to be called back.", "Write when: the day and the hours."
        )
    attempt = CallAttempt.objects.create(
        claim=claim,
        interview=interview,
        stage=Stage.RECONTACT,
        at=now,
        by=by,
        outcome=outcome,
        words=words,
    )
    note_event(Happened.RECONTACT_ATTEMPTED, by=by, now=now, why=words, outcome=reason.title, **refs(claim))
    if step == "go_on":
        return attempt
    if window is None and (step in NO_MORE_CALLS or _tried_enough(deferral, rules)):
        _ask_by_letter(deferral, rules, by=by, now=now)
    else:
        _ring_again(deferral, window or next_window(claim, reason, rules, now), by=by, now=now)
    return attempt


@transaction.atomic
def ask_by_letter(deferral: Deferral, *, why: str, by: Post, now: datetime) -> Deferral:
    """Write instead of ringing: ringing is not safe, or there is no number. `why` goes into the record."""
    deferral = _open_deferral(deferral)
    claim = deferral.interview.claim
    insist(access.may_act(deferral.interview, by))
    if not why.strip():
        raise Refused("no_reason", "A letter instead of a call needs a reason.", "Write why nobody rings.")
    rules = rules_for(claim, day_of(now))
    _ask_by_letter(deferral, rules, by=by, now=now)
    note_event(
        Happened.RECONTACT_ATTEMPTED,
        by=by,
        now=now,
        why=why.strip(),
        outcome=rules.reasons("recontact_outcome")["letter"].title,
        **refs(claim),
    )
    return deferral


def _open_deferral(deferral: Deferral) -> Deferral:
    """The deferral with its interview, held against others; refused once it has ended."""
    interview = lock(deferral.interview)
    found = Deferral.objects.select_related("decision").get(pk=deferral.pk)
    found.interview = interview
    if found.ended_on is not None:
        raise Refused(
            "deferral_ended",
            f"This deferral ended on {day_words(found.ended_on)}.",
            "See the record for what came of it.",
        )
    return found


def attempts_of(deferral: Deferral, rules: Rules) -> int:
    """How many calls of this re-contact count as tried."""
    counting = [code for code, each in rules.reasons("call_outcome").items() if each.yes("counts_as_attempt")]
    calls = deferral.interview.call_attempts.filter(stage=Stage.RECONTACT, outcome__in=counting)
    return calls.filter(at__gte=deferral.decision.decided_at).count()


def _tried_enough(deferral: Deferral, rules: Rules) -> bool:
    most: int = rules.value("timings.recontact_call_attempts_before_letter")
    return attempts_of(deferral, rules) >= most


def next_window(claim: Claim, reason: Reason, rules: Rules, now: datetime) -> tuple[datetime, datetime]:
    """The next time to ring, at another time of day where the reason asks for it (D:L858)."""
    office = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS).office
    start = call_again_at(
        now.astimezone(LONDON),
        reason.number("again_after_hours") or rules.value("timings.call_again_after_hours"),
        reason.yes("other_time_of_day"),
        office.opens,
        office.closes,
        organisations.holidays(),
    )
    return start, start + 2 * HOUR


def _ring_again(deferral: Deferral, window: tuple[datetime, datetime], *, by: Post, now: datetime) -> None:
    claim = deferral.interview.claim
    close_tasks(claim, TaskKind.RECONTACT, TaskKind.SEND_RECONTACT_LETTER, by=by, now=now)
    open_task(
        claim,
        TaskKind.RECONTACT,
        team=team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS),
        due_on=day_of(window[0]),
        window=window,
        origin=Happened.RECONTACT_ATTEMPTED,
        words=deferral.decision.because[:300],
        by=by,
        now=now,
    )


def _ask_by_letter(deferral: Deferral, rules: Rules, *, by: Post, now: datetime) -> None:
    """A letter asks the customer to ring; unanswered, the next step is an interview booked by letter (D:L860).

    Where no letter is safe either, somebody goes there: the advisers arrange a visit.
    """
    claim = deferral.interview.claim
    on = day_of(now)
    callers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
    close_tasks(claim, TaskKind.RECONTACT, TaskKind.SEND_RECONTACT_LETTER, by=by, now=now)
    try:
        notices.way_for(claim.customer)
    except Refused as no_way:
        open_task(
            claim,
            TaskKind.HOME_VISIT,
            team=callers,
            due_on=next_worked_day(now),
            origin=Happened.RECONTACT_ATTEMPTED,
            words=no_way.message[:300],
            by=by,
            now=now,
        )
        return
    days = rules.value("timings.recontact_letter_reply_working_days")
    due_on = add_working_days(on, days, organisations.holidays())
    open_task(
        claim,
        TaskKind.SEND_RECONTACT_LETTER,
        team=callers,
        due_on=due_on,
        origin=Happened.RECONTACT_ATTEMPTED,
        words="A letter asked the customer to ring by this day.",
        by=by,
        now=now,
    )
    told = {
        **notice_words.team_that_rings(callers, claim.office),
        **notice_words.of_deferral(deferral.decision.because, deferral.until, due_on),
    }
    notices.queue_notice(claim, NoticeKind.RECONTACT, words=told, rules=rules, by=by, now=now)


@transaction.atomic
def book_by_letter(interview: Interview, slot: Slot, *, by: Post, now: datetime) -> Appointment:
    """Nobody answered calls or letter: an interview is booked, and a letter says when and how to move it (D:L860)."""
    interview = lock(interview)
    on = day_of(now)
    _insist_unanswered(interview, on)
    rules = rules_for(interview.claim, on)
    notice_days = rules.value("timings.notice_of_appointment_working_days")
    first = add_working_days(on, notice_days, organisations.holidays())
    if day_of(slot.starts_at) < first:
        raise Refused(
            "too_soon_by_letter",
            "A letter would come too late for that time.",
            f"Choose a time from {day_words(first)} on.",
        )
    put_off = interview.deferrals.filter(ended_on=None).exists()
    decide_to_book(
        interview,
        stage=Stage.RECONTACT if put_off else Stage.BEFORE_INTERVIEW,
        given={"recontact_answer": "letter_unanswered"},
        by=by,
        now=now,
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


def _insist_unanswered(interview: Interview, on: date) -> None:
    """Calls and a letter come first, and the customer has the time that the letter gives (D:L858-860)."""
    waits = interview.claim.tasks.filter(closed_at=None, kind=TaskKind.SEND_RECONTACT_LETTER)
    until = waits.order_by("-due_on").values_list("due_on", flat=True).first()
    if until is None:
        raise Refused(
            "not_tried_enough",
            "A time is chosen for the customer only after calls and a letter were not answered.",
            "Ring first; agree a time with the customer where you reach them.",
        )
    if until > on:
        raise Refused(
            "letter_not_due",
            f"The customer has until {day_words(until)} to answer the letter.",
            "If they have rung, agree what follows with them on the call sheet.",
        )


@transaction.atomic
def end_after_recontact(
    deferral: Deferral, *, outcome: str, on: date, words: str, by: Post, now: datetime
) -> Deferral:
    """The customer is in work, or claims no more: the deferral ends, and the claim with it (D:L1097).

    outcome: a code of reasons/recontact_outcome.csv that asks for a last day; `on` is that day; `words` what was said.
    """
    deferral = _open_deferral(deferral)
    claim = deferral.interview.claim
    insist(access.may_act(deferral.interview, by))
    reason = rules_for(claim, day_of(now)).reasons("recontact_outcome", by.role).get(outcome)
    if reason is None or reason.columns["asks_next"] not in ASKS_LAST_DAY:
        raise Refused("no_such_outcome", "That does not end a claim.", "Choose in work, or claim ended.")
    if not words.strip():
        raise Refused("no_words", "What did the customer say?", "Write it in a sentence.")
    end_deferral(deferral.interview, outcome=outcome, changed=words.strip(), now=now)
    note_event(
        Happened.RECONTACT_SETTLED, by=by, now=now, why=words.strip(), outcome=reason.title, **refs(claim)
    )
    end_claim(claim, reason=reason.columns["claim_end"], on=on, why=words.strip(), by=by, now=now)
    deferral.refresh_from_db()
    return deferral


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
    if not words.strip():
        raise Refused("no_words", "Why is it brought forward?", "Write what was said.")
    drop_proposals(interview, by=by, now=now)
    asked = {"recontact_answer": "reached", "wants_to_come_now": True} if asked_by == CUSTOMER else {}
    decide_to_book(
        interview,
        stage=Stage.BROUGHT_FORWARD,
        given={"claim_has_ended": False, **asked},
        words=words,
        by=by,
        now=now,
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
    waiver = Waiver.objects.select_related("decision").get(pk=waiver.pk)
    waiver.interview = interview
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
        claim,
        kind,
        team=advisers,
        due_on=due_on,
        origin=Happened.WAIVER_REVIEWED,
        words=words[:300],
        by=by,
        now=now,
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
        **notice_words.advisers_of(claim.office),
        "reason": waiver.decision.because,
        "review_on": waiver.review_on,
    }
    notices.queue_notice(claim, NoticeKind.TRIGGER_MEETING, words=told, rules=rules, by=by, now=now)
