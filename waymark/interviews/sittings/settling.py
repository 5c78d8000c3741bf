"""The end of an interview: how it went, whether it counts, and what comes next. It cannot be left open."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from waymark.customers.models import Claim
from waymark.interviews import access
from waymark.interviews.announcing import Said, announce
from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import (
    SITTING_LIFE,
    AppointmentState,
    Explored,
    InterviewState,
    Next,
    SittingOutcome,
    SittingState,
    Stage,
    Standing,
)
from waymark.interviews.models import Appointment, Interview, Sitting, Summary, TopicCovered
from waymark.interviews.series import verbs as series
from waymark.interviews.series.beginning import regime_of
from waymark.interviews.series.queries import adviser_of, counted, counting_settings, way
from waymark.interviews.series.rules import Counted, counting, next_choices
from waymark.interviews.series.troubles import interpreter_lacking
from waymark.interviews.sittings.rules import Ended, Kept, NextWish, missing, worth_saying
from waymark.interviews.sittings.telling import letters_of, sentences_of
from waymark.interviews.sittings.verbs import writing
from waymark.interviews.verbs.appointments import book_interview, to_be_booked
from waymark.interviews.verbs.common import lock, next_worked_day, refs, rules_for, set_state, team
from waymark.interviews.verbs.decisions import decide_again
from waymark.interviews.verbs.putting_off import drop_proposals
from waymark.kernel.clock import day_of
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

TABLE = "first-contact"
CAME = frozenset({SittingOutcome.HELD, SittingOutcome.SHORTENED})


def still_missing(sitting: Sitting, ended: Ended, *, now: datetime) -> list[Refused]:
    """All that stands between the workspace and its end, in sentences; empty when it can be settled."""
    claim = sitting.appointment.interview.claim
    return missing(_kept(sitting, rules_for(claim, day_of(now)), counted(claim)), ended)


def left_out(sitting: Sitting, ended: Ended, *, now: datetime) -> list[Refused]:
    """What is lacking though the pack lets it go, for the wizard to say."""
    claim = sitting.appointment.interview.claim
    return worth_saying(_kept(sitting, rules_for(claim, day_of(now)), counted(claim)), ended)


def choices_for(sitting: Sitting, ended: Ended, *, now: datetime) -> tuple[Counted, tuple[str, ...]]:
    """Whether it would count and why, and what may follow, for the wizard's second page."""
    interview = sitting.appointment.interview
    rules = rules_for(interview.claim, day_of(now))
    found = _counts(sitting, ended, rules)
    done = counted(interview.claim) + found.counts
    return found, _choices(interview, ended, found, done, rules)


@transaction.atomic
def settle(sitting: Sitting, ended: Ended, wish: NextWish, *, by: Post, now: datetime) -> Sitting:
    """Settle an interview: refused until everything is there, and never without what comes next.

    Writes the customer's summary, frees or keeps what was planned, tells the customer, and sets the next step.
    """
    sitting = writing(sitting, by)
    appointment = sitting.appointment
    interview = lock(appointment.interview)
    claim = interview.claim
    rules = rules_for(claim, day_of(now))
    before = counted(claim)
    lacking = missing(_kept(sitting, rules, before), ended)
    if lacking:
        raise lacking[0]
    found = _counts(sitting, ended, rules)
    done = before + (1 if found.counts else 0)
    if wish.kind not in _choices(interview, ended, found, done, rules):
        raise Refused(
            "cannot_follow",
            f"“{dict(Next.choices).get(wish.kind, wish.kind)}” cannot follow from this.",
            "Choose what comes next from the list.",
        )
    _close(sitting, ended, found, wish, by=by, now=now)
    diary.took_place(appointment, by=by, now=now)
    drop_proposals(interview, by=by, now=now)
    ends_here = found.counts or not interview.mandatory and ended.outcome in CAME
    set_state(interview, InterviewState.HELD if ends_here else InterviewState.DUE)
    close_tasks(claim, TaskKind.HOLD_INTERVIEW, TaskKind.WRITE_UP, by=by, now=now)
    if adviser_of(claim) is None:
        series.give_caseload(claim, by.person, by=by, now=now)
    booked = _next(interview, wish, rules, by=by, now=now)
    _tell(sitting, ended, wish, booked, rules, by=by, now=now)
    if sitting.hard:
        _after_a_hard_one(sitting, rules, by=by, now=now)
    note_event(
        Happened.SITTING_SETTLED,
        by=by,
        now=now,
        why=ended.why,
        number=interview.number,
        outcome=ended.outcome,
        counts=found.counts,
        counts_because=found.because,
        next=wish.kind,
        **refs(claim),
    )
    if ended.outcome in CAME:
        announce(claim, Said.ATTENDED, by=by, now=now)
    return sitting


def _kept(sitting: Sitting, rules: Rules, before: int) -> Kept:
    """What the workspace holds; `before`: how many compulsory interviews counted until now."""
    interview = sitting.appointment.interview
    known = {entry["code"]: entry["title"] for entry in rules.pack.interview["options"]}
    ended, started = sitting.ended_at, sitting.started_at
    return Kept(
        capacity=sitting.capacity,
        first=interview.mandatory and before == 0,
        mandatory=interview.mandatory,
        options_marked=set(sitting.options.values_list("option", flat=True)),
        options_known=known,
        show_every_option=rules.value("series.first_shows_every_option"),
        minutes=int((ended - started).total_seconds() // 60) if ended and started else None,
        standard_minutes=rules.value("visit.adviser_minutes"),
        short_by=rules.value("series.first_minutes_short_of_standard"),
        needed=_never_talked_about(interview.claim, rules),
        needed_open=rules.value("series.needed_topics_open"),
        interpreter=interpreter_lacking(interview),
        interpreter_open=rules.value("series.without_interpreter"),
    )


def _never_talked_about(claim: Claim, rules: Rules) -> list[str]:
    """The topics a series needs, by title, that no interview of the claim has covered; declined is covered."""
    needed = set(rules.value("series.needed_topics"))
    touched = TopicCovered.objects.filter(sitting__appointment__interview__claim=claim, topic__in=needed)
    needed -= set(touched.exclude(explored=Explored.NOT_YET).values_list("topic", flat=True))
    return [topic["title"] for topic in rules.pack.interview["topics"] if topic["code"] in needed]


def _counts(sitting: Sitting, ended: Ended, rules: Rules) -> Counted:
    appointment = sitting.appointment
    return counting(
        outcome=ended.outcome,
        mode=appointment.mode,
        mandatory=appointment.interview.mandatory,
        settings=counting_settings(rules),
        chosen=ended.counts,
    )


def _choices(interview: Interview, ended: Ended, found: Counted, done: int, rules: Rules) -> tuple[str, ...]:
    return next_choices(
        outcome=ended.outcome,
        counts=found.counts,
        mandatory=interview.mandatory,
        done=done,
        total=regime_of(rules).total,
        trigger_meetings=rules.value("regime.after_the_series") == "trigger_meetings",
    )


def _close(
    sitting: Sitting, ended: Ended, found: Counted, wish: NextWish, *, by: Post, now: datetime
) -> None:
    SITTING_LIFE.insist(sitting.state, SittingState.SETTLED)
    sitting.state = SittingState.SETTLED
    sitting.outcome, sitting.outcome_why = ended.outcome, ended.why.strip()
    sitting.counts, sitting.counts_because = found.counts, found.because
    sitting.agreed, sitting.understood = ended.agreed, ended.understood
    sitting.next, sitting.next_about = wish.kind, wish.about.strip()[:300]
    sitting.settled_at, sitting.settled_by = now, by
    sitting.save()


# What comes next


def _next(
    interview: Interview, wish: NextWish, rules: Rules, *, by: Post, now: datetime
) -> Appointment | None:
    """Write what follows; the appointment that was booked with it, if one was."""
    claim = interview.claim
    if wish.kind in {Next.INTERVIEW, Next.FIND_TIME}:
        return _the_next_one(interview, wish, rules, by=by, now=now)
    if wish.kind == Next.REBOOK:
        return _same_again(interview, wish, by=by, now=now)
    if wish.kind in {Next.DEFER, Next.WAIVE}:
        _decided(interview, wish, rules, by=by, now=now)
        return None
    if wish.kind == Next.VOLUNTARY:
        _end_of_compulsion(interview, rules, by=by, now=now)
        talk = series.agree_voluntary(claim, words=wish.about or wish.words, slot=wish.slot, by=by, now=now)
        return talk.appointments.filter(state="booked").first()
    if wish.kind == Next.FOLLOW_UP:
        if wish.on is None or wish.on <= day_of(now):
            raise Refused(
                "no_day", "On which day will you be in touch?", "Choose a day that is still to come."
            )
        _end_of_compulsion(interview, rules, by=by, now=now)
        series.be_in_touch(
            claim, on=wish.on, words=wish.about, origin=Happened.SITTING_SETTLED, by=by, now=now
        )
        return None
    _end_of_compulsion(interview, rules, by=by, now=now)
    open_task(
        claim,
        TaskKind.SERIES_REVIEW,
        team=team(claim.office, TeamKind.ADVISERS),
        person=adviser_of(claim),
        due_on=add_working_days(
            day_of(now), rules.value("series.review_within_working_days"), organisations.holidays()
        ),
        origin=Happened.SITTING_SETTLED,
        words="All compulsory interviews are done: look back with the customer, and agree what follows.",
        by=by,
        now=now,
    )
    return None


def _end_of_compulsion(interview: Interview, rules: Rules, *, by: Post, now: datetime) -> None:
    """After the last compulsory one nothing is compulsory any more (E:L286-290)."""
    claim = interview.claim
    held = way(claim, day_of(now), rules)
    if interview.mandatory and held.compulsory and held.counted >= held.total:
        series.change_standing(claim, "series_done", rules=rules, by=by, now=now)


def _the_next_one(
    interview: Interview, wish: NextWish, rules: Rules, *, by: Post, now: datetime
) -> Appointment | None:
    claim = interview.claim
    due_by = wish.on or day_of(now) + timedelta(days=regime_of(rules).interval_days)
    if wish.slot is not None:
        due_by = day_of(wish.slot.starts_at)
    following = series.make_next(claim, due_by=due_by, by=by, now=now)
    if wish.kind == Next.INTERVIEW:
        if wish.slot is None:
            raise Refused(
                "no_time", "The next interview has no time yet.", "Choose one, or have a time found."
            )
        return book_interview(
            following, wish.slot, notice=NoticeKind.NEXT_INTERVIEW, about=wish.about, by=by, now=now
        )
    _find_a_time(following, wish, by=by, now=now)
    return None


def _same_again(interview: Interview, wish: NextWish, *, by: Post, now: datetime) -> Appointment | None:
    if wish.slot is not None:
        return book_interview(interview, wish.slot, by=by, now=now)
    _find_a_time(interview, wish, by=by, now=now)
    return None


def _find_a_time(interview: Interview, wish: NextWish, *, by: Post, now: datetime) -> None:
    to_be_booked(
        interview,
        origin=Happened.SITTING_SETTLED,
        words=wish.about or "Find a time.",
        by=by,
        now=now,
        adviser=by,
    )


def _decided(interview: Interview, wish: NextWish, rules: Rules, *, by: Post, now: datetime) -> None:
    """Put off or not required, decided at the interview like anywhere else: advice, reason, authority, the view."""
    if wish.decision is None:
        raise Refused("no_decision", "Why is it put off, and until when?", "Go through the decision first.")
    meant = interview
    if interview.state == InterviewState.HELD:
        due_by = day_of(now) + timedelta(days=regime_of(rules).interval_days)
        meant = series.make_next(interview.claim, due_by=due_by, by=by, now=now)
        _find_a_time(meant, wish, by=by, now=now)
    else:
        _find_a_time(interview, wish, by=by, now=now)
    decide_again(
        meant,
        wish.decision,
        stage=Stage.AT_INTERVIEW,
        given=wish.given,
        table=TABLE,
        words=wish.words,
        view=wish.view,
        by=by,
        now=now,
    )


# What the customer is told


def _tell(
    sitting: Sitting,
    ended: Ended,
    wish: NextWish,
    booked: Appointment | None,
    rules: Rules,
    *,
    by: Post,
    now: datetime,
) -> None:
    claim = sitting.appointment.interview.claim
    after = way(claim, day_of(now), rules)
    for kind, words in letters_of(sitting, ended, wish, booked is not None, after, rules, by, now):
        notice = notices.queue_notice(claim, kind, words=words, rules=rules, by=by, now=now)
        if kind == NoticeKind.SUMMARY:
            said, agreed = sentences_of(ended)
            Summary.objects.create(
                sitting=sitting, version=1, said=said, agreed=agreed, made_at=now, made_by=by, notice=notice
            )
            note_event(Happened.SUMMARY_WRITTEN, by=by, now=now, notice=notice.ref, **refs(claim))


def letters_to_be(
    sitting: Sitting, ended: Ended, wish: NextWish, *, by: Post, now: datetime
) -> list[notices.Preview]:
    """The letters that settling it so would queue, before anything is written. Raises what `queue_notice` would."""
    interview = sitting.appointment.interview
    claim, rules = interview.claim, rules_for(interview.claim, day_of(now))
    found = _counts(sitting, ended, rules)
    before = way(claim, day_of(now), rules)
    done = before.counted + found.counts
    over = interview.mandatory and found.counts and done >= before.total
    standing = Standing.VOLUNTARY if over else before.standing
    after = replace(before, counted=done, standing=standing)
    sitting.counts_because = found.because
    return [
        notices.preview(claim, kind, words=words, rules=rules, now=now)
        for kind, words in letters_of(sitting, ended, wish, wish.slot is not None, after, rules, by, now)
    ]


def _after_a_hard_one(sitting: Sitting, rules: Rules, *, by: Post, now: datetime) -> None:
    """Time after it is kept free where the diary still has it, and somebody talks with the adviser (M:L300)."""
    claim, minutes = (
        sitting.appointment.interview.claim,
        rules.value("visit.buffer_after_hard_interview_minutes"),
    )
    diary.keep_free_after(by.person, now, timedelta(minutes=minutes), "Time after a hard interview", now=now)
    open_task(
        claim,
        TaskKind.DEBRIEF,
        team=team(claim.office, TeamKind.LEADERS, TeamKind.MANAGERS, TeamKind.ADVISERS),
        due_on=next_worked_day(now),
        origin=Happened.SITTING_SETTLED,
        words=f"{by.person.name} has had a hard interview.",
        by=by,
        now=now,
    )


# The customer did not come


@transaction.atomic
def missed(appointment: Appointment, *, words: str = "", by: Post, now: datetime) -> Appointment:
    """The customer did not come and had not said so. Finding out why is the next step, whoever they are.

    Refused while anything they told us waits for an answer, and before the time has come. Of a talk by choice
    nothing follows but a friendly call.
    """
    interview = lock(appointment.interview)
    claim = interview.claim
    insist(access.may_act(interview, by))
    if now < appointment.starts_at:
        raise Refused("not_yet", "The time of this appointment has not come yet.", "Wait for it.")
    diary.not_attended(appointment, by=by, now=now)
    set_state(interview, InterviewState.DUE)
    close_tasks(claim, TaskKind.HOLD_INTERVIEW, by=by, now=now)
    open_task(
        claim,
        TaskKind.FIND_OUT if interview.mandatory else TaskKind.FOLLOW_UP,
        team=team(claim.office, TeamKind.ADVISERS),
        person=adviser_of(claim) or appointment.adviser,
        due_on=next_worked_day(now),
        origin=Happened.INTERVIEW_MISSED,
        words=words
        or (
            "Ring first: there may be a good reason."
            if interview.mandatory
            else "Ring and ask how they are. It was their choice to come."
        ),
        by=by,
        now=now,
    )
    note_event(
        Happened.INTERVIEW_MISSED,
        by=by,
        now=now,
        why=words,
        number=interview.number,
        mandatory=interview.mandatory,
        starts=appointment.starts_at.isoformat(),
        **refs(claim),
    )
    return appointment


@transaction.atomic
def reason_heard(interview: Interview, *, words: str, by: Post, now: datetime) -> Interview:
    """We know why they did not come, and it is good enough for us: another time is found, and nothing follows."""
    interview = lock(interview)
    insist(access.may_act(interview, by))
    if not words.strip():
        raise Refused("no_words", "What did the customer say?", "Write it in their words.")
    missed_one = interview.appointments.filter(state=AppointmentState.MISSED).exists()
    if interview.state != InterviewState.DUE or not missed_one:
        raise Refused(
            "nothing_missed",
            f"This interview is “{interview.get_state_display()}”: nobody waits to hear why it was missed.",
            "Write a note, or go on with what comes next.",
        )
    close_tasks(interview.claim, TaskKind.FIND_OUT, TaskKind.FOLLOW_UP, by=by, now=now)
    to_be_booked(interview, origin=Happened.INTERVIEW_MISSED, words=words.strip(), by=by, now=now, adviser=by)
    note_event(
        Happened.FOLLOWED_UP,
        by=by,
        now=now,
        why=words.strip(),
        next_on="",
        no_contact="",
        **refs(interview.claim),
    )
    return interview
