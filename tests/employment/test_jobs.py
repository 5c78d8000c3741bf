"""A customer's work, from the first day to the last, through the real verbs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from waymark.employment import announcing, verbs
from waymark.employment.clocks import clock_of, jobs_of
from waymark.employment.enums import Answer, CallState, Disclosing, EvidenceKind, Going, JobKind, JobState
from waymark.employment.models import Disclosure, Job, Terms
from waymark.employment.verbs import NewJob
from waymark.interviews.holding import rules_for
from waymark.interviews.verbs import end_claim
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations.enums import TeamKind
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

TODAY = factories.TODAY

NURSERY = NewJob(
    "Calder Nurseries",
    JobKind.EMPLOYED,
    Decimal(20),
    TODAY,
    work="looks after plants",
    pay_pence=520,
    pay_period="hour",
)


@pytest.fixture
def claim(place):
    return place.claim().claim


@pytest.fixture
def job(claim, place) -> Job:
    return verbs.record_job(claim, NURSERY, by=place.adviser, now=factories.NOW)


def open_tasks(claim, kind=None):
    tasks = Task.objects.filter(claim=claim, closed_at=None)
    return list(tasks.filter(kind=kind) if kind else tasks)


def settle_the_books():
    """Ask the database now what it asks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def later(days: int):
    return factories.NOW + timedelta(days=days)


def test_a_job_that_begins_brings_an_offer_of_support_and_calls_in_the_first_weeks(job, claim):
    assert job.state == JobState.RUNNING
    assert len(open_tasks(claim, TaskKind.OFFER_IN_WORK)) == 1
    days = [call.due_on for call in job.calls.all()]
    assert days == [TODAY + timedelta(days=count) for count in (7, 21, 42, 84)]
    first = open_tasks(claim, TaskKind.IN_WORK_CALL)
    assert [task.due_on for task in first] == [TODAY + timedelta(days=7)]
    check = open_tasks(claim, TaskKind.SUSTAINED_CHECK)
    assert [task.due_on for task in check] == [date(2004, 8, 2)]  # the last day of the 13th week


def test_a_job_does_not_end_the_claim(job, claim):
    claim.refresh_from_db()
    assert claim.status == "live"


def test_the_customer_is_told_what_can_be_had_beside_the_job(job, claim):
    letter = Notice.objects.get(claim=claim, kind=NoticeKind.JOB_STARTED)
    assert "Calder Nurseries" in letter.html
    assert "A weekly sum in the first year on a low wage" in letter.html
    assert "your choice" in letter.html


def test_a_job_to_come_is_looked_after_until_it_begins(claim, place):
    job = verbs.record_job(
        claim,
        NewJob("Shop", JobKind.EMPLOYED, Decimal(16), TODAY + timedelta(days=14)),
        by=place.adviser,
        now=factories.NOW,
    )
    assert job.state == JobState.AGREED
    assert [task.due_on for task in open_tasks(claim, TaskKind.JOB_START)] == [TODAY + timedelta(days=14)]
    assert not open_tasks(claim, TaskKind.IN_WORK_CALL)
    with pytest.raises(Refused, match="That day has not come yet"):
        verbs.start_job(job, on=TODAY + timedelta(days=14), by=place.adviser, now=factories.NOW)
    job = verbs.start_job(job, on=TODAY + timedelta(days=14), by=place.adviser, now=later(14))
    assert job.state == JobState.RUNNING
    assert not open_tasks(claim, TaskKind.JOB_START)


def test_a_job_that_was_not_begun_leaves_nothing_behind_but_its_reason(claim, place):
    job = verbs.record_job(
        claim,
        NewJob("Shop", JobKind.EMPLOYED, Decimal(16), TODAY + timedelta(days=14)),
        by=place.adviser,
        now=factories.NOW,
    )
    job = verbs.not_taken(job, why="Her mother fell ill.", by=place.adviser, now=later(3))
    assert job.state == JobState.NOT_TAKEN
    assert not open_tasks(claim, TaskKind.JOB_START)
    assert Event.objects.filter(kind="job_not_taken", why="Her mother fell ill.").exists()


@pytest.mark.parametrize("answer", [Answer.ACCEPTED, Answer.DECLINED])
def test_any_answer_to_the_offer_is_kept_and_none_has_a_consequence(job, claim, place, answer):
    before = {task.kind for task in open_tasks(claim)} - {TaskKind.OFFER_IN_WORK}
    offer = verbs.offer_support(job, forms=["calls"], answer=answer, by=place.adviser, now=factories.NOW)
    assert offer.answer == answer
    assert not open_tasks(claim, TaskKind.OFFER_IN_WORK)
    assert {task.kind for task in open_tasks(claim)} == before
    claim.refresh_from_db()
    assert claim.status == "live"


def test_perhaps_later_is_asked_again_on_a_day(job, claim, place):
    with pytest.raises(Refused, match="Perhaps later: when"):
        verbs.offer_support(job, forms=["calls"], answer=Answer.LATER, by=place.adviser, now=factories.NOW)
    day = TODAY + timedelta(days=30)
    verbs.offer_support(
        job, forms=["calls"], answer=Answer.LATER, ask_again_on=day, by=place.adviser, now=factories.NOW
    )
    assert [task.due_on for task in open_tasks(claim, TaskKind.OFFER_IN_WORK)] == [date(2004, 6, 3)]


def test_who_wants_no_calls_gets_none(job, claim, place):
    verbs.offer_support(
        job, forms=["calls"], answer=Answer.DECLINED, calls_welcome=False, by=place.adviser, now=factories.NOW
    )
    assert not open_tasks(claim, TaskKind.IN_WORK_CALL)
    assert {call.state for call in job.calls.all()} == {CallState.NOT_WANTED}
    settle_the_books()


def test_after_a_call_the_next_one_is_due(job, claim, place):
    call = job.calls.first()
    verbs.talk(call, going=Going.WELL, by=place.adviser, now=later(7))
    assert [task.due_on for task in open_tasks(claim, TaskKind.IN_WORK_CALL)] == [TODAY + timedelta(days=21)]


def test_where_it_goes_badly_it_is_said_what_follows_and_another_call_is_put_between(job, claim, place):
    call = job.calls.first()
    with pytest.raises(Refused, match="What is hard"):
        verbs.talk(call, going=Going.BADLY, problems=["workload"], by=place.adviser, now=later(7))
    verbs.talk(
        call,
        going=Going.BADLY,
        problems=["workload", "hours"],
        words="Too many orders. She asks for later starts.",
        again_on=TODAY + timedelta(days=10),
        by=place.adviser,
        now=later(7),
    )
    assert [task.due_on for task in open_tasks(claim, TaskKind.IN_WORK_CALL)] == [TODAY + timedelta(days=10)]


def test_nobody_is_chased_a_call_is_tried_three_times_and_left_until_the_next(job, claim, place):
    call = job.calls.first()
    for number in range(3):
        call = verbs.not_reached(call, by=place.adviser, now=later(7 + number))
    assert call.state == CallState.NOT_REACHED
    assert [task.due_on for task in open_tasks(claim, TaskKind.IN_WORK_CALL)] == [TODAY + timedelta(days=21)]


def test_a_call_left_undone_is_late_like_anything_else(job, claim):
    """In-work contact came only when customers asked for it (M:L3048-3057): ours is planned and can be late."""
    task = open_tasks(claim, TaskKind.IN_WORK_CALL)[0]
    assert task in Task.objects.filter(closed_at=None, due_on__lt=TODAY + timedelta(days=8))
    assert task.team.kind == TeamKind.ADVISERS


def test_hours_and_pay_of_every_day_are_kept(job, place):
    verbs.change_job(
        job,
        since=TODAY + timedelta(days=20),
        hours=Decimal(30),
        pay_pence=540,
        pay_period="hour",
        by=place.adviser,
        now=later(21),
    )
    kept = [(term.since, term.hours, term.pay_pence) for term in job.terms.all()]
    assert kept == [(TODAY, 20, 520), (TODAY + timedelta(days=20), 30, 540)]
    with pytest.raises(Exception, match="[Cc]annot"), transaction.atomic():
        Terms.objects.filter(job=job).update(hours=1)


def test_whoever_pays_for_a_job_hears_of_its_start_its_changes_and_its_end(claim, place, monkeypatch):
    heard = []
    monkeypatch.setattr(announcing, "LISTENERS", [*announcing.LISTENERS])
    announcing.listen(lambda job, said, by, now: heard.append((str(said), job.employer)))
    job = verbs.record_job(claim, NURSERY, by=place.adviser, now=factories.NOW)
    verbs.change_job(job, since=TODAY, hours=Decimal(15), by=place.adviser, now=later(1))
    leave(job, place, now=later(2))
    assert heard == [(said, "Calder Nurseries") for said in ("job_started", "job_changed", "job_left")]


def test_evidence_seen_says_what_it_shows(job, place):
    seen = verbs.see_evidence(
        job,
        kind=EvidenceKind.PAYSLIP,
        shows="20 hours, June",
        on=TODAY,
        by=place.adviser,
        now=factories.NOW,
    )
    assert seen.seen_by == place.adviser
    with pytest.raises(Refused, match="What does it show"):
        verbs.see_evidence(
            job, kind=EvidenceKind.PAYSLIP, shows=" ", on=TODAY, by=place.adviser, now=factories.NOW
        )


# Leaving work


def leave(job, place, *, now, **fields):
    values = {
        "on": now.date(),
        "because": "demands",
        "next_words": "Talk about what would suit better",
        "next_on": now.date() + timedelta(days=7),
        "by": place.adviser,
        "now": now,
    }
    return verbs.leave_job(job, **{**values, **fields})


def test_leaving_work_brings_a_kind_call_and_a_dated_next_step(job, claim, place):
    """Client 34 left after a few weeks, client 11 after three months (M:L2582-2592, M:L3369-3381)."""
    job = leave(job, place, now=later(20))
    assert job.state == JobState.ENDED
    call = open_tasks(claim, TaskKind.AFTER_JOB)[0]
    assert call.due_on == TODAY + timedelta(days=22)
    assert "What would suit better?" in call.words
    assert not open_tasks(claim, TaskKind.IN_WORK_CALL)
    assert not open_tasks(claim, TaskKind.SUSTAINED_CHECK)
    settle_the_books()


def test_leaving_work_is_never_called_a_failure_and_nothing_is_asked(job, claim, place):
    leave(job, place, now=later(20))
    letter = Notice.objects.get(claim=claim, kind=NoticeKind.JOB_ENDED)
    assert "not held against you" in letter.html
    for word in ("fail", "must", "compulsory", "stopped", "reduce"):
        assert word not in letter.html.lower()


def test_a_job_cannot_be_left_without_what_comes_next(job, place):
    with pytest.raises(Refused, match="What comes next"):
        leave(job, place, now=later(20), next_words=" ")


def test_a_job_left_on_a_doctors_advice_needs_no_words_and_leads_to_a_look_together(job, claim, place):
    """Client 21 stopped on her doctor's advice; doctor and adviser agreed (M:L2689-2698, M:L3724-3727)."""
    leave(job, place, now=later(20), because="doctor")
    assert "What did the doctor say" in open_tasks(claim, TaskKind.AFTER_JOB)[0].words


def test_a_change_of_employer_needs_no_call_and_keeps_the_clock(job, claim, place, pack):
    other = NewJob("Shop", JobKind.EMPLOYED, Decimal(24), TODAY + timedelta(days=21))
    verbs.record_job(claim, other, by=place.adviser, now=later(21))
    leave(job, place, now=later(21), on=TODAY + timedelta(days=20), because="other_job")
    assert not open_tasks(claim, TaskKind.AFTER_JOB)
    on = TODAY + timedelta(days=27)
    found = clock_of(jobs_of(claim), rules_for(claim, on), on)
    assert (found.since, found.days) == (TODAY, 28)


def test_a_talk_after_the_job_is_kept_in_words(job, claim, place):
    job = leave(job, place, now=later(20))
    verbs.called_after(
        job, words="She would like plants again, fewer hours.", by=place.adviser, now=later(22)
    )
    assert not open_tasks(claim, TaskKind.AFTER_JOB)


def test_13_weeks_are_noted_once_and_the_26th_is_looked_forward_to(job, claim, place):
    with pytest.raises(Refused, match="13 weeks of work are not reached yet"):
        verbs.note_sustained(job, weeks=13, by=place.adviser, now=later(80))
    check = verbs.note_sustained(job, weeks=13, by=place.adviser, now=later(91))
    assert check.reached_on == TODAY + timedelta(days=90)
    assert [task.due_on for task in open_tasks(claim, TaskKind.SUSTAINED_CHECK)] == [
        TODAY + timedelta(days=26 * 7 - 1)
    ]
    with pytest.raises(Refused, match="noted already"):
        verbs.note_sustained(job, weeks=13, by=place.adviser, now=later(92))


def test_permitted_and_voluntary_work_are_seen_but_not_counted_as_sustained(claim, place):
    """Small hours and unpaid work were left out of the figures (M:L390-393)."""
    for kind in (JobKind.PERMITTED, JobKind.VOLUNTARY):
        verbs.record_job(
            claim, NewJob("Day centre", kind, Decimal(6), TODAY), by=place.adviser, now=factories.NOW
        )
    assert not open_tasks(claim, TaskKind.SUSTAINED_CHECK)
    assert len(open_tasks(claim, TaskKind.OFFER_IN_WORK)) == 2
    assert clock_of(jobs_of(claim), rules_for(claim, TODAY), TODAY) is None


def test_who_leaves_the_benefit_for_work_is_still_rung_in_the_first_weeks(job, claim, place):
    """That is when the calls are wanted (M:L3987-3989): the end of the claim does not end them."""
    end_claim(claim, reason="started_work", on=TODAY, by=place.adviser, now=factories.NOW)
    assert [task.due_on for task in open_tasks(claim, TaskKind.IN_WORK_CALL)] == [TODAY + timedelta(days=7)]
    assert len(open_tasks(claim, TaskKind.OFFER_IN_WORK)) == 1
    call = job.calls.first()
    verbs.talk(call, going=Going.WELL, by=place.adviser, now=later(7))
    assert [task.due_on for task in open_tasks(claim, TaskKind.IN_WORK_CALL)] == [TODAY + timedelta(days=21)]
    settle_the_books()


def test_nobody_is_rung_about_a_job_when_the_customer_has_died(job, claim, place):
    end_claim(claim, reason="died", on=TODAY, by=place.adviser, now=factories.NOW)
    assert open_tasks(claim) == []
    settle_the_books()


def test_a_stranger_of_another_office_cannot_write_of_a_job(job, place):
    with pytest.raises(Refused, match="belongs to another place"):
        leave_by_stranger = {"kind": EvidenceKind.PAYSLIP, "shows": "x", "on": TODAY}
        verbs.see_evidence(job, **leave_by_stranger, by=place.elsewhere, now=factories.NOW)


# Disclosure


def talked(claim, by, **fields):
    values = {
        "advice": "All four ways. Told of the law. Nobody has to tell at the interview.",
        "decided": Disclosing.TELL_LATER,
        "ways_shown": True,
        "law_named": True,
        "by": by,
        "now": factories.NOW,
    }
    return verbs.talk_of_disclosure(claim, **{**values, **fields})


def test_a_second_adviser_cannot_say_otherwise_without_saying_why(claim, place):
    """A broker's adviser told a client to tell, ours not to (M:L2911-2913)."""
    first = talked(claim, place.adviser)
    with pytest.raises(Refused, match="talked about this on"):
        talked(claim, place.second_adviser, decided=Disclosing.NOT_TELL)
    second = talked(
        claim,
        place.second_adviser,
        decided=Disclosing.TELL,
        otherwise_why="The new employer asks about health before a start.",
    )
    assert second.otherwise == first
    assert [one.decided for one in Disclosure.objects.filter(claim=claim, until=None)] == [Disclosing.TELL]


def test_advice_on_disclosure_puts_all_ways_neutrally(claim, place):
    with pytest.raises(Refused, match="put neutrally"):
        talked(claim, place.adviser, ways_shown=False)


def test_the_tables_keep_two_advices_from_standing_side_by_side(claim, place):
    first = talked(claim, place.adviser)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.create(claim=claim, on=TODAY, by=first.by, advice="The opposite")


def test_wishes_for_work_are_kept_and_checked(claim, place):
    wishes = verbs.set_wishes(
        claim,
        work="my own field, part time",
        most_hours=Decimal(16),
        times="school hours",
        by=place.adviser,
        now=factories.NOW,
    )
    assert wishes.most_hours == 16
    with pytest.raises(Refused, match="fewer than the least"):
        verbs.set_wishes(
            claim, least_hours=Decimal(20), most_hours=Decimal(16), by=place.adviser, now=factories.NOW
        )
