"""Not coming, talks by choice, the review of the series, being in touch, handing over, and the talk after a hard one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.interviews.sitting import book, hold, sit
from tests.recontact.makers import open_kinds
from waymark.interviews.models import Interview, SeriesReview
from waymark.interviews.series import verbs as series
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import day_of
from waymark.organisations.enums import TeamKind
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import open_task

pytestmark = pytest.mark.django_db


def in_words(day) -> dict:
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def test_a_reason_that_is_heard_leads_to_another_time_and_to_nothing_else(missed, page, send):
    """M:L1671."""
    text = page("missed", missed.interview.ref)
    assert "There may be a good reason" in text
    answer = send("missed", missed.interview.ref, words="My son was ill.")
    assert answer.url == reverse("interviews:book", args=[missed.interview.ref])
    assert open_kinds(missed.interview) == {"book"}


def test_there_is_nothing_to_find_out_where_nobody_failed_to_come(interview, page):
    assert "there is nothing to find out" in page("missed", interview.ref, status=409)


@pytest.fixture
def by_choice(place, claim, now):
    """A claim for which nothing is compulsory."""
    series.settle_requirement(claim, because="exempt", words="A letter.", by=place.adviser, now=now)
    return claim


def test_a_talk_by_choice_is_agreed_on_any_day(by_choice, send, page):
    """E:L379."""
    assert "nothing follows from not coming" in page("voluntary", by_choice.ref)
    send("voluntary", by_choice.ref, words="Courses.", slot="none")
    talk = Interview.objects.get(claim=by_choice, mandatory=False)
    assert talk.state == "due"
    assert "book" in open_kinds(talk)


def test_of_a_missed_talk_by_choice_nothing_follows_but_an_end_or_another_time(
    place, by_choice, send, page, now
):
    """E:REQ-22."""
    talk = series.agree_voluntary(by_choice, words="Courses.", by=place.adviser, now=now)
    booked = book(place, talk, now=now)
    settling.missed(booked, by=place.adviser, now=booked.ends_at)
    assert "They would rather not have another talk now" in page("missed", talk.ref)
    assert "It was their choice to come." in page("missed", talk.ref)
    send("follow_up", by_choice.ref, words="She is well.", again="no_more", because="She rings if she wants.")
    talk.refresh_from_db()
    assert talk.state == "closed"
    task = Task.objects.get(claim=by_choice, closed_at=None)
    assert task.kind == "follow_up" and task.due_on > day_of(now) + timedelta(days=300)


def test_the_review_ends_with_a_day_or_a_word(by_choice, send, now):
    """E:L2794, M:L1858-1871."""
    text = send("review", by_choice.ref, achieved="I sleep better.").content.decode()
    assert "Choose what follows" in text
    text = send("review", by_choice.ref, achieved="I sleep better.", again="no_more").content.decode()
    assert "Write why there will be no further contact" in text
    day = day_of(now) + timedelta(days=60)
    send("review", by_choice.ref, achieved="I sleep better.", again="day", **in_words(day))
    assert SeriesReview.objects.get().follow_up_on == day


def test_being_in_touch_says_what_was_said_and_when_again(by_choice, send, page, now):
    assert "say what help is open" in page("follow_up", by_choice.ref)
    past = day_of(now) - timedelta(days=1)
    text = send("follow_up", by_choice.ref, words="Well.", again="day", **in_words(past)).content.decode()
    assert "must be still to come" in text
    day = day_of(now) + timedelta(days=30)
    send("follow_up", by_choice.ref, words="She is well.", again="day", **in_words(day))
    assert Task.objects.get(claim=by_choice, closed_at=None).due_on == day


def test_what_the_customer_would_like_is_answered_from_its_task(place, interview, send, page, now):
    """E:L2492."""
    booked = book(place, interview, now=now)
    sitting = sit(place, booked)
    wish = sittings.note_interest(sitting, "Work with animals", by=place.adviser, now=now)
    assert "Work with animals" in page("interest", wish.task.ref)
    send("interest", wish.task.ref, words="A stable nearby takes helpers.")
    wish.refresh_from_db()
    assert wish.answer == "A stable nearby takes helpers."
    assert "answer_interest" not in open_kinds(interview)


def test_somebody_else_talks_with_the_adviser_after_a_hard_interview(place, client, interview, send, now):
    """M:L300."""
    booked = book(place, interview, now=now)
    sitting = sit(place, booked)
    sittings.note_state(sitting, hard=True, by=place.adviser, now=now)
    held = Ended("held", understood="yes")
    settling.settle(sitting, held, NextWish("find_time"), by=place.adviser, now=booked.ends_at)
    text = send("debrief", interview.claim.ref, words="We talked.").content.decode()
    assert "This was your own interview." in text
    client.force_login(place.manager.person)
    client.post(
        reverse("series:debrief", args=[interview.claim.ref]), {"words": "She would like a quieter day."}
    )
    assert "debrief" not in open_kinds(interview)
    assert Event.objects.filter(kind=Happened.DEBRIEFED).count() == 1


def test_what_was_handed_over_is_read_by_who_takes_over(place, client, interview, now):
    series.give_caseload(interview.claim, place.adviser.person, by=place.manager, now=now)
    series.give_caseload(
        interview.claim,
        place.second_adviser.person,
        handover="Likes to be rung in the morning.",
        by=place.manager,
        now=now,
    )
    open_task(
        interview.claim,
        TaskKind.TAKE_OVER,
        team=place.office.teams.filter(kind=TeamKind.ADVISERS).first(),
        person=place.second_adviser.person,
        due_on=day_of(now),
        origin=Happened.CASELOAD_GIVEN,
        by=place.manager,
        now=now,
    )
    client.force_login(place.second_adviser.person)
    address = reverse("series:take_over", args=[interview.claim.ref])
    assert "Likes to be rung in the morning." in client.get(address).content.decode()
    client.post(address, {"words": "I have rung him."})
    assert "take_over" not in open_kinds(interview)


def test_the_record_says_what_is_compulsory_what_counted_and_what_is_owed(place, interview, advises, now):
    booked = book(place, interview, now=now)
    sitting = sit(place, booked)
    sittings.note_interest(sitting, "Work with animals", by=place.adviser, now=now)
    hold(place, booked)
    answer = advises.get(reverse("customers:record", args=[interview.claim.customer.ref]))
    text = answer.content.decode()
    for words in ("1 of at most 6 are done.", "Interview 2 of 6", "up to 4 to come", "Work with animals"):
        assert words in text
