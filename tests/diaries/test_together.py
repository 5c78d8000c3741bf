"""Times at which several people are free, and the same time kept in all their diaries."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from tests import factories
from tests.factories import NOW, TODAY
from waymark.interviews.diary import feed, verbs
from waymark.interviews.diary.queries import blocks_of, person_week, times_together
from waymark.interviews.diary.rules import Hours, Worker
from waymark.interviews.diary.together import together
from waymark.interviews.models import DiaryEntry
from waymark.interviews.series.taken_hours import set_taken_hours
from waymark.interviews.taken_hours import Taken
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Absence

TUESDAY = date(2004, 5, 4)
WEDNESDAY = date(2004, 5, 5)


def worker(number: int, hours=((9 * 60, 17 * 60),), busy=(), away=()) -> Worker:
    return Worker(
        id=number,
        ref=f"P{number}",
        name=f"Person {number}",
        hours=[Hours(WEDNESDAY.weekday(), *span) for span in hours],
        busy={WEDNESDAY: list(busy)},
        away=away,
    )


def stretch(hour: int, minutes: int = 60):
    start = at(WEDNESDAY, time(hour))
    return start, start + timedelta(minutes=minutes)


# Without a database


def test_a_time_is_offered_only_when_all_of_them_are_free():
    one = worker(1, hours=[(9 * 60, 11 * 60)])
    other = worker(2, busy=[(9 * 60, 10 * 60)])
    assert together([one, other], WEDNESDAY, 60) == [10 * 60]


def test_whoever_is_away_leaves_no_time():
    away = worker(2, away=[(WEDNESDAY, WEDNESDAY)])
    assert together([worker(1), away], WEDNESDAY, 30) == []


def test_on_a_bank_holiday_nobody_meets():
    assert together([worker(1)], WEDNESDAY, 30, holidays={WEDNESDAY}) == []


def test_somebody_without_hours_is_taken_to_be_here_in_office_hours():
    manager = worker(2, hours=())
    early_and_late = worker(1, hours=[(8 * 60, 9 * 60 + 30), (16 * 60 + 30, 18 * 60)])
    assert together([early_and_late, manager], WEDNESDAY, 30) == [9 * 60, 16 * 60 + 30]


def test_the_customers_own_appointments_are_left_out():
    one = worker(1, hours=[(9 * 60, 10 * 60)])
    assert together([one], WEDNESDAY, 30, taken=[(9 * 60, 9 * 60 + 30)]) == [9 * 60 + 30]


def test_on_the_day_itself_nothing_is_offered_that_has_begun():
    one = worker(1, hours=[(9 * 60, 10 * 60)])
    assert together([one], WEDNESDAY, 30, not_before=9 * 60 + 10) == [9 * 60 + 15, 9 * 60 + 30]


# In the diaries


@pytest.fixture
def two(place):
    return [place.adviser.person, place.second_adviser.person]


def keep(people, during, meeting="G000000001"):
    return verbs.keep_together(people, during, "Case conference: AB C1", meeting=meeting, now=NOW)


def test_the_same_time_stands_in_every_diary(two):
    keep(two, stretch(10))
    assert {entry.person for entry in DiaryEntry.objects.filter(live=True)} == set(two)


def test_who_has_something_else_is_named_and_nobodys_time_is_taken(two):
    verbs.block(two[1], stretch(10), "training", by=None, now=NOW)
    with pytest.raises(Refused, match=rf"{two[1].name} has training"):
        keep(two, stretch(10))
    assert not DiaryEntry.objects.exclude(meeting="").exists()


def test_who_is_away_is_named(two):
    Absence.objects.create(person=two[0], reason="leave", first_day=WEDNESDAY, last_day=WEDNESDAY)
    with pytest.raises(Refused, match=rf"{two[0].name} is away"):
        keep(two, stretch(10))


def test_the_tables_themselves_refuse_a_meeting_beside_another(two):
    keep(two, stretch(10))
    start, end = stretch(10, 30)
    with pytest.raises(IntegrityError, match="nobody_is_in_two_places"), transaction.atomic():
        DiaryEntry.objects.create(
            person=two[0], during=TimestamptzRange(start, end), what="Another", meeting="G000000002"
        )


def test_a_moved_meeting_frees_its_old_time_and_may_overlap_it(two):
    keep(two, stretch(10))
    verbs.move_together("G000000001", stretch(10, 90), now=NOW)
    assert DiaryEntry.objects.filter(live=True).count() == 2
    verbs.move_together("G000000001", stretch(14), now=NOW)
    keep(two, stretch(10), meeting="G000000002")


def test_a_meeting_that_cannot_move_stays_in_all_diaries(two):
    keep(two, stretch(10))
    verbs.block(two[1], stretch(14), "training", by=None, now=NOW)
    with pytest.raises(Refused, match="training"):
        verbs.move_together("G000000001", stretch(14), now=NOW)
    assert {entry.during.lower for entry in DiaryEntry.objects.exclude(meeting="")} == {stretch(10)[0]}


def test_a_meeting_given_back_leaves_everybody_free(two):
    keep(two, stretch(10))
    assert verbs.free_together("G000000001") == 2
    keep(two, stretch(10), meeting="G000000002")


def test_nobody_frees_a_meeting_as_if_it_were_other_work(two, place):
    entry = keep(two, stretch(10))[0]
    assert entry not in blocks_of(two[0], TODAY)
    with pytest.raises(Refused, match="a meeting about a customer"):
        verbs.unblock(entry, by=place.manager, now=NOW)


def test_times_are_offered_from_all_diaries_and_the_meetings_own_counts_as_free_when_it_moves(two):
    keep(two, stretch(9, 8 * 60))
    tuesday = at(TUESDAY, time(16, 50))
    offered = times_together(two, minutes=60, not_before=tuesday, now=tuesday)
    assert offered.times[0].date() == date(2004, 5, 6)
    moving = times_together(two, minutes=60, not_before=tuesday, now=tuesday, but_not="G000000001")
    assert moving.times[0] == at(WEDNESDAY, time(9))
    assert "Wed 5 May at 09:00" in moving.sentence


def test_no_time_is_offered_in_hours_in_which_the_customer_cannot_come(two, place):
    """Dialysis on Wednesday mornings is no time for a conference either (M:L1423-1431)."""
    claim = factories.claim(office=place.office)
    dialysis = Taken(WEDNESDAY.weekday(), time(8), time(12, 30))
    set_taken_hours(claim, [dialysis], by=place.adviser, now=NOW)
    tuesday = at(TUESDAY, time(16, 50))
    offered = times_together(two, minutes=60, not_before=tuesday, now=tuesday, customer=claim.customer)
    assert offered.times[0] == at(WEDNESDAY, time(12, 30))


def test_a_meeting_is_seen_in_the_week_of_somebody_who_takes_no_appointments(place):
    manager = place.manager.person
    keep([manager], stretch(10))
    week = person_week(place.office, manager, WEDNESDAY, now=NOW)
    [item] = [item for day in week for item in day.items if item.meeting_ref]
    assert (item.words, item.kind) == ("Case conference: AB C1", "other")


def test_the_calendar_feed_shows_a_meeting_by_its_reference_and_says_when_it_is_cancelled(two):
    keep(two, stretch(10))
    shown = feed.calendar_of(two[0], NOW).decode()
    assert "UID:G000000001@waymark" in shown
    assert "STATUS:CONFIRMED" in shown
    verbs.free_together("G000000001")
    assert "STATUS:CANCELLED" in feed.calendar_of(two[0], NOW).decode()
