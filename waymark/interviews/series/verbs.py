"""Writing the series: what is compulsory, which interview is next, and what comes after the last."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.interviews import access, notice_words
from waymark.interviews.announcing import Said, announce, announce_given
from waymark.interviews.diary import verbs as diary
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import CausedBy, InterviewState, ScreenedResult, Standing
from waymark.interviews.models import Caseload, Interview, Requirement, Screening, SeriesReview
from waymark.interviews.series.beginning import OFFER_WITHIN, OFFER_WORDS, Beginning, beginning
from waymark.interviews.series.queries import adviser_of, counted, requirement_of, way
from waymark.interviews.verbs.appointments import book_interview, to_be_booked
from waymark.interviews.verbs.checks import overtake_checks
from waymark.interviews.verbs.common import lock, next_worked_day, refs, rules_for, set_state, team
from waymark.interviews.verbs.putting_off import OVER, end_deferral, end_waiver
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.composed import composed
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks, open_task

# What an open interview is waited for with; none of it is left when the interview is no longer asked for.
WAITING_FOR_IT = (*OVER, TaskKind.PRE_CALL, TaskKind.FIND_OUT, TaskKind.WRITE_UP)


# What is compulsory


def begin(claim: Claim, *, rules: Rules, by: Post | None, now: datetime) -> Requirement:
    """What a new claim begins with: whether interviews are compulsory by the rules of the day, and its first step."""
    first = by_the_rules(claim, rules, day_of(now))
    requirement = _put_in_force(claim, first.because, "", rules=rules, by=by, now=now)
    if first.interview_due_by is not None:
        Interview.objects.create(
            ref=new_ref("V"), claim=claim, number=1, mandatory=True, due_by=first.interview_due_by
        )
    open_task(
        claim,
        first.task,
        team=team(claim.office, first.team, TeamKind.FIRST_CONTACT),
        due_on=first.due_on,
        origin=Happened.CLAIM_MADE,
        words=first.words,
        by=by,
        now=now,
    )
    return requirement


def by_the_rules(claim: Claim, rules: Rules, on: date) -> Beginning:
    """What the rules of a day say of a claim, as if it began then."""
    return beginning(
        rules,
        benefit=claim.benefit,
        claimed_on=claim.claimed_on,
        born_on=claim.customer.born_on,
        on=on,
        holidays=organisations.holidays(),
    )


@transaction.atomic
def settle_requirement(claim: Claim, *, because: str, words: str, by: Post, now: datetime) -> Requirement:
    """A person settles whether interviews are compulsory for a claim: a code of standing.csv with its words."""
    claim = _locked(claim)
    insist(access.may_settle(claim, by))
    rules = rules_for(claim, day_of(now))
    reason = rules.reasons("standing").get(because)
    if reason is None or reason.columns["settled_by"] != "person":
        raise Refused("no_such_reason", "That is no reason a person can settle.", "Choose one from the list.")
    if reason.yes("needs_words") and not words.strip():
        raise Refused("no_words", "This needs a word of explanation.", "Write what it rests on.")
    return change_standing(claim, because, words=words.strip(), rules=rules, by=by, now=now)


@transaction.atomic
def screen(
    claim: Claim,
    *,
    result: ScreenedResult,
    settled: ScreenedResult,
    why_other: str = "",
    by: Post,
    now: datetime,
) -> Screening:
    """Keep the result of the screening tool and what the person settled; only while a programme has one (P:L510)."""
    claim = _locked(claim)
    insist(access.may_settle(claim, by))
    rules = rules_for(claim, day_of(now))
    if rules.value("screening.allowed") != "yes":
        raise Refused(
            "no_screening",
            "This programme does not screen on this day.",
            "Talk with the customer and decide.",
        )
    if result != settled and not why_other.strip():
        raise Refused("no_reason", "You settle it other than the tool did.", "Write why.")
    if Screening.objects.filter(claim=claim).exists():
        raise Refused("screened_already", "This claim has been screened.", "Its result is on the record.")
    screening = Screening.objects.create(
        claim=claim, result=result, settled=settled, why_other=why_other.strip(), on=day_of(now), by=by
    )
    note_event(
        Happened.SCREENED, by=by, now=now, why=why_other, result=result, settled=settled, **refs(claim)
    )
    if settled == ScreenedResult.OUT:
        change_standing(claim, "not_screened_in", words=why_other, rules=rules, by=by, now=now)
    return screening


def recheck(claim: Claim, *, by: Post | None, now: datetime) -> Requirement | None:
    """What the rules say after a change of benefit or an age: freed at once, but called in again only by a person.

    What a person settled stays. Where the rules would now ask for interviews, settling it is a dated task.
    """
    held = requirement_of(claim)
    rules = rules_for(claim, day_of(now))
    if held is None or rules.pack.reasons("standing")[held.because].columns["settled_by"] == "person":
        return held
    found = by_the_rules(claim, rules, day_of(now))
    if found.standing == held.standing or held.because == "series_done":
        return held
    if found.standing == Standing.VOLUNTARY:
        return change_standing(claim, found.because, rules=rules, by=by, now=now)
    open_task(
        claim,
        TaskKind.FOLLOW_UP,
        team=team(claim.office, TeamKind.ADVISERS, TeamKind.MANAGERS),
        person=adviser_of(claim),
        due_on=next_worked_day(now, days=OFFER_WITHIN),
        origin=Happened.REQUIREMENT_SETTLED,
        words="By the rules interviews would be compulsory again: settle it with the customer.",
        by=by,
        now=now,
    )
    return held


def change_standing(
    claim: Claim, because: str, *, words: str = "", rules: Rules, by: Post | None, now: datetime
) -> Requirement:
    """Put another requirement in force, with what follows from it; the same one again changes nothing."""
    held = requirement_of(claim)
    if held is not None and held.because == because:
        return held
    if held is not None:
        held.until = max(day_of(now), held.since)
        held.save(update_fields=["until"])
    fresh = _put_in_force(claim, because, words, rules=rules, by=by, now=now)
    was_compulsory = held is not None and held.standing == Standing.MANDATORY
    if fresh.standing == Standing.VOLUNTARY and was_compulsory:
        _no_longer_asked_for(claim, fresh, rules=rules, by=by, now=now)
        announce(claim, Said.NOT_REQUIRED, by=by, now=now)
    if fresh.standing == Standing.MANDATORY and not was_compulsory:
        ask_again(claim, rules=rules, by=by, now=now)
    return fresh


def _put_in_force(
    claim: Claim, because: str, words: str, *, rules: Rules, by: Post | None, now: datetime
) -> Requirement:
    reason = rules.pack.reasons("standing")[because]
    fresh = Requirement.objects.create(
        claim=claim,
        standing=reason.columns["standing"],
        because=because,
        words=words[:300],
        pack=rules.version,
        since=day_of(now),
        settled_by=by,
    )
    note_event(
        Happened.REQUIREMENT_SETTLED,
        by=by,
        now=now,
        why=words or reason.title,
        standing=fresh.standing,
        **refs(claim),
    )
    return fresh


def _no_longer_asked_for(
    claim: Claim, fresh: Requirement, *, rules: Rules, by: Post | None, now: datetime
) -> None:
    """Nothing compulsory is left open: times are freed, the customer is told, and help stays open to them."""
    for interview in claim.interviews.filter(mandatory=True).exclude(
        state__in=[InterviewState.HELD, InterviewState.CLOSED]
    ):
        _close(lock(interview), now=now, by=by)
    close_tasks(claim, *WAITING_FOR_IT, outcome=Outcome.OVERTAKEN, by=by, now=now)
    notices.withdraw_waiting(claim, why="Interviews are no longer compulsory.", by=by, now=now)
    if fresh.because == "series_done":
        return
    _offer_help(claim, origin=Happened.REQUIREMENT_SETTLED, by=by, now=now)
    title = rules.pack.reasons("standing")[fresh.because].title
    notices.queue_notice(
        claim,
        NoticeKind.REQUIREMENT_ENDED,
        words={**notice_words.advisers_of(claim.office), "reason": fresh.words or title},
        rules=rules,
        by=by,
        now=now,
    )


def _close(interview: Interview, *, by: Post | None, now: datetime) -> None:
    end_deferral(interview, outcome="claim_ended", now=now)
    end_waiver(interview, outcome="claim_ended", now=now)
    for appointment in interview.appointments.filter(state="booked"):
        diary.cancel(appointment, caused_by=CausedBy.OTHER, reason="not_required", words="", by=by, now=now)
    interview.conversations.exclude(state="finished").update(state="finished", finished_at=now)
    overtake_checks(interview, by=by, now=now)
    set_state(interview, InterviewState.CLOSED)


def _offer_help(claim: Claim, *, origin: Happened, by: Post | None, now: datetime) -> None:
    open_task(
        claim,
        TaskKind.FOLLOW_UP,
        team=team(claim.office, TeamKind.ADVISERS, TeamKind.MANAGERS, TeamKind.FIRST_CONTACT),
        person=adviser_of(claim),
        due_on=next_worked_day(now, days=OFFER_WITHIN),
        origin=origin,
        words=OFFER_WORDS,
        by=by,
        now=now,
    )


def ask_again(claim: Claim, *, rules: Rules, by: Post | None, now: datetime) -> None:
    """Interviews are compulsory again: the next one is to be booked, unless all have been held."""
    if counted(claim) >= rules.value("regime.mandatory_interviews"):
        return
    close_tasks(claim, TaskKind.FOLLOW_UP, outcome=Outcome.OVERTAKEN, by=by, now=now)
    interview = make_next(claim, due_by=day_of(now) + timedelta(days=28), by=by, now=now)
    to_be_booked(
        interview,
        origin=Happened.REQUIREMENT_SETTLED,
        words="Interviews are compulsory again.",
        by=by,
        now=now,
    )


# The next interview


def make_next(
    claim: Claim, *, due_by: date, mandatory: bool = True, by: Post | None, now: datetime
) -> Interview:
    """The next interview of a claim. Refused while another is open: one is settled before the next is made.

    While one is waived, no other becomes compulsory in its place (P:L1179): the waived one is brought forward.
    """
    standing = requirement_of(claim)
    if mandatory and (standing is None or standing.standing != Standing.MANDATORY):
        raise Refused(
            "not_compulsory", "Interviews are not compulsory for this claim.", "Offer a talk by choice."
        )
    if claim.interviews.filter(state__in=["due", "booked", "deferred"]).exists():
        raise Refused(
            "interview_open",
            "This claim has an interview that is not settled yet.",
            "Bring that one forward, or settle it first.",
        )
    if mandatory and claim.interviews.filter(mandatory=True, state=InterviewState.WAIVED).exists():
        raise Refused(
            "interview_waived",
            "The interview of this claim is not asked for, so no other one is.",
            "When the customer would like to come after all, bring that one forward.",
        )
    last = claim.interviews.order_by("-number").values_list("number", flat=True).first() or 0
    return Interview.objects.create(
        ref=new_ref("V"), claim=claim, number=last + 1, mandatory=mandatory, due_by=due_by
    )


@transaction.atomic
def agree_voluntary(
    claim: Claim, *, words: str, slot: Slot | None = None, by: Post | None, now: datetime
) -> Interview:
    """A talk by choice, for anyone who asks (E:L379): booked when a time is named, else a time is found.

    It never counts, and missing it leads to nothing but another date. `by` is None when the customer asked on
    their own page.
    """
    claim = _locked(claim)
    if by is not None:
        insist(access.may_work_on(claim, by))
    if slot is not None and by is None:
        raise Refused("needs_somebody", "A time is booked by somebody of the office.", "Ask for one.")
    interview = make_next(claim, due_by=next_worked_day(now, days=10), mandatory=False, by=by, now=now)
    note_event(Happened.VOLUNTARY_AGREED, by=by, now=now, why=words, **refs(claim))
    close_tasks(claim, TaskKind.FOLLOW_UP, by=by, now=now)
    if slot is not None and by is not None:
        book_interview(interview, slot, notice=NoticeKind.VOLUNTARY_INTERVIEW, by=by, now=now)
    else:
        to_be_booked(interview, origin=Happened.VOLUNTARY_AGREED, words=words, by=by, now=now)
    return interview


# After the last one


@transaction.atomic
def review_series(
    claim: Claim,
    *,
    achieved: str,
    still_hard: str = "",
    follow_up_on: date | None = None,
    no_contact_because: str = "",
    by: Post,
    now: datetime,
) -> SeriesReview:
    """What has changed since the first interview, and what follows: a day to be in touch, or an explicit end.

    An end is no disappearing: after so many months somebody looks whether the door is still open (M:L1858-1871).
    """
    claim = _locked(claim)
    insist(access.may_work_on(claim, by))
    on, rules = day_of(now), rules_for(claim, day_of(now))
    if not achieved.strip():
        raise Refused("no_words", "What has changed is missing.", "Write it in the customer's words.")
    if (follow_up_on is None) == (not no_contact_because.strip()):
        raise Refused(
            "day_or_word",
            "Either there is a day to be in touch, or it is said why there will be no further contact.",
            "Choose one of the two.",
        )
    if follow_up_on is not None and follow_up_on <= on:
        raise Refused("day_past", "The day to be in touch lies not ahead.", "Choose a later day.")
    words = {
        **notice_words.advisers_of(claim.office),
        "done": way(claim, on, rules).counted,
        "follow_up_on": follow_up_on,
    }
    notice = notices.queue_notice(claim, NoticeKind.END_OF_SERIES, words=words, rules=rules, by=by, now=now)
    review = SeriesReview.objects.create(
        claim=claim,
        on=on,
        by=by,
        achieved=achieved.strip(),
        still_hard=still_hard.strip(),
        follow_up_on=follow_up_on,
        no_contact_because=no_contact_because.strip(),
        notice=notice,
    )
    close_tasks(claim, TaskKind.SERIES_REVIEW, TaskKind.FOLLOW_UP, by=by, now=now)
    be_in_touch(
        claim, on=follow_up_on, words=no_contact_because, origin=Happened.SERIES_REVIEWED, by=by, now=now
    )
    note_event(
        Happened.SERIES_REVIEWED,
        by=by,
        now=now,
        why=achieved.strip(),
        follow_up_on=follow_up_on.isoformat() if follow_up_on else "",
        no_contact=no_contact_because,
        **refs(claim),
    )
    return review


@transaction.atomic
def follow_up(
    claim: Claim,
    *,
    words: str,
    next_on: date | None = None,
    no_contact_because: str = "",
    by: Post,
    now: datetime,
) -> None:
    """Somebody was in touch as agreed: what was said, and when again, or why not any more."""
    claim = _locked(claim)
    insist(access.may_work_on(claim, by))
    if not words.strip():
        raise Refused("no_words", "What was said is missing.", "Write it in a sentence or two.")
    if (next_on is None) == (not no_contact_because.strip()):
        raise Refused(
            "day_or_word", "Say when to be in touch again, or why not any more.", "Choose one of the two."
        )
    if next_on is not None and next_on <= day_of(now):
        raise Refused("day_past", "The next day lies not ahead.", "Choose a later day.")
    close_tasks(claim, TaskKind.FOLLOW_UP, TaskKind.NEXT_STEP, by=by, now=now)
    if next_on is None:
        _drop_talk_by_choice(claim, by=by, now=now)
    be_in_touch(claim, on=next_on, words=no_contact_because, origin=Happened.FOLLOWED_UP, by=by, now=now)
    note_event(
        Happened.FOLLOWED_UP,
        by=by,
        now=now,
        why=words.strip(),
        next_on=next_on.isoformat() if next_on else "",
        no_contact=no_contact_because,
        **refs(claim),
    )


def _drop_talk_by_choice(claim: Claim, *, by: Post, now: datetime) -> None:
    """A talk by choice that waits for a time is let go with the wish for it."""
    for talk in claim.interviews.filter(mandatory=False, state=InterviewState.DUE):
        _close(lock(talk), by=by, now=now)
        close_tasks(claim, TaskKind.BOOK, outcome=Outcome.OVERTAKEN, by=by, now=now)


def be_in_touch(
    claim: Claim, *, on: date | None, words: str = "", origin: Happened, by: Post | None, now: datetime
) -> None:
    """The dated step after the series; without a day, the look whether the door is still open."""
    rules = rules_for(claim, day_of(now))
    due_on = on or add_months(day_of(now), rules.value("series.look_again_months"))
    open_task(
        claim,
        TaskKind.FOLLOW_UP,
        team=team(claim.office, TeamKind.ADVISERS, TeamKind.MANAGERS),
        person=adviser_of(claim) if on else None,
        due_on=due_on,
        origin=origin,
        words=(words or "As agreed with the customer.")[:300]
        if on
        else f"No contact was agreed: {words}"[:300],
        by=by,
        now=now,
    )


# Whose customer


@transaction.atomic
def give_caseload(
    claim: Claim, adviser: Person, *, handover: str = "", by: Post | None, now: datetime
) -> Caseload:
    """The claim is with this adviser from today; what the next one must know goes with it."""
    held = Caseload.objects.select_for_update().filter(claim=claim, until=None).first()
    if held is not None and held.adviser_id == adviser.pk:
        return held
    if held is not None:
        held.until = max(day_of(now), held.since)
        held.save(update_fields=["until"])
    line = Caseload.objects.create(
        claim=claim, adviser=adviser, since=day_of(now), handover=handover.strip(), given_by=by
    )
    note_event(
        Happened.CASELOAD_GIVEN,
        by=by,
        now=now,
        why=handover.strip(),
        adviser=adviser.name,
        before=held.adviser.name if held else "",
        **refs(claim),
    )
    announce_given(claim, held.adviser if held else None, adviser, by=by, now=now)
    return line


def _locked(claim: Claim) -> Claim:
    return _held.one(claim.pk)


@composed
def _held(key: int) -> QuerySet[Claim]:
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .filter(pk=key)
    )
