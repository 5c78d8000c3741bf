"""Finding free times: hours, absences, holidays and what fills the day go in; starts come out."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waymark.interviews.diary.rules import (
    GRID,
    Hours,
    Place,
    Wish,
    Worker,
    free,
    free_on,
    length,
    merged,
    minutes_of,
    spread_over_day,
    starts,
    without,
    working,
)

TUESDAY = date(2004, 5, 4)
MONDAY = date(2004, 5, 3)
NINE, TEN, ELEVEN, NOON, FIVE = 540, 600, 660, 720, 1020
ALL_DAY = tuple(Hours(weekday, NINE, FIVE) for weekday in range(5))


def worker(number: int = 1, **fields) -> Worker:
    defaults = {"id": number, "ref": f"P{number}", "name": f"Adviser {number}", "hours": ALL_DAY}
    return Worker(**{**defaults, **fields})


def first(wish: Wish, **fields):
    return next(free_on(TUESDAY, wish, **fields), None)


def test_an_empty_morning_is_offered_every_quarter_of_an_hour_until_the_meeting_no_longer_fits():
    assert list(starts([(NINE, TEN)], 45)) == [NINE, NINE + 15]


def test_a_stretch_that_begins_off_the_grid_is_offered_from_the_next_quarter():
    assert list(starts([(NINE + 5, TEN + 5)], 45)) == [NINE + 15]


def test_what_fills_the_day_is_taken_out_of_the_hours():
    busy = {TUESDAY: [(TEN, ELEVEN)]}
    assert free(worker(busy=busy), TUESDAY, frozenset()) == [(NINE, TEN), (ELEVEN, FIVE)]


def test_nobody_works_on_a_holiday_or_while_away_or_outside_their_post():
    assert working(worker(), TUESDAY, {TUESDAY}) == []
    assert working(worker(away=[(TUESDAY, TUESDAY)]), TUESDAY, frozenset()) == []
    assert working(worker(posts=[(TUESDAY + timedelta(days=1), None)]), TUESDAY, frozenset()) == []
    assert working(worker(), TUESDAY, frozenset()) == [(NINE, FIVE)]


def test_hours_hold_from_their_first_to_their_last_day():
    past = Hours(1, NINE, NOON, valid_until=TUESDAY - timedelta(days=1))
    coming = Hours(1, NINE, TEN, valid_from=TUESDAY)
    assert working(worker(hours=[past, coming]), TUESDAY, frozenset()) == [(NINE, TEN)]


def test_a_home_visit_needs_hours_for_visits_and_takes_ninety_minutes_with_the_journey():
    visits = Hours(1, NINE, NOON, in_office=False, by_phone=False, at_home=True)
    assert length(45, "home") == 90
    assert length(45, "office") == 45
    assert first(Wish(90, mode="home"), advisers=[worker()]) is None
    found = first(Wish(90, mode="home"), advisers=[worker(), worker(2, hours=[visits])])
    assert found is not None and found.adviser.id == 2
    assert first(Wish(45), advisers=[worker(2, hours=[visits])]) is None


def test_a_meeting_elsewhere_needs_hours_in_which_the_adviser_travels():
    travelling = Hours(1, NINE, NOON, in_office=False, by_phone=False, at_home=True)
    assert first(Wish(45, mode="outreach"), advisers=[worker()]) is None
    assert first(Wish(45, mode="outreach"), advisers=[worker(hours=[travelling])]) is not None


def test_the_financial_assessor_comes_first_and_the_adviser_directly_after():
    adviser = worker(1, busy={TUESDAY: [(NINE, TEN)]})
    assessor = worker(2, hours=[Hours(1, NINE, TEN)])
    found = first(Wish(45, assessor_minutes=30), advisers=[adviser], assessors=[assessor])
    assert found is not None
    assert (found.start, found.adviser.id, found.assessor.id) == (NINE + 30, 1, 2)


def test_without_a_free_assessor_there_is_no_such_visit():
    assert first(Wish(45, assessor_minutes=30), advisers=[worker()]) is None


def test_one_person_is_not_both_the_assessor_and_the_adviser_of_a_visit():
    both = worker(1)
    assert first(Wish(45, assessor_minutes=30), advisers=[both], assessors=[both]) is None
    found = first(Wish(45, assessor_minutes=30), advisers=[both, worker(2)], assessors=[both])
    assert found is not None and (found.assessor.id, found.adviser.id) == (1, 2)


def test_a_private_room_is_kept_for_the_whole_visit():
    open_room = Place(1, "Room 1", private=False)
    private = Place(2, "Room 2", busy={TUESDAY: [(NINE + 30, TEN)]})
    wish = Wish(45, assessor_minutes=30, private_room=True)
    found = first(wish, advisers=[worker(1)], assessors=[worker(2)], rooms=[open_room, private])
    assert found is not None and (found.start, found.room.id) == (TEN, 2)


def test_a_step_free_room_is_one_without_steps_and_plain_rooms_are_used_before_private_ones():
    upstairs = Place(1, "Upstairs", private=False, step_free=False)
    private, plain = Place(2, "Private"), Place(3, "Plain", private=False)
    found = first(Wish(45, step_free=True), advisers=[worker()], rooms=[upstairs, private, plain])
    assert found is not None and found.room.id == 3


def test_no_room_is_kept_for_a_telephone_call():
    found = first(Wish(30, mode="phone", private_room=True), advisers=[worker()], rooms=[])
    assert found is not None and found.room is None


def test_of_two_who_are_free_the_one_with_fewer_appointments_that_week_is_named():
    busier = worker(1, name="Ann", booked={MONDAY: 5})
    freer = worker(2, name="Zoe", booked={MONDAY: 2, MONDAY - timedelta(days=7): 9})
    assert first(Wish(45), advisers=[busier, freer]).adviser.id == 2
    assert next(free_on(TUESDAY, Wish(45), advisers=[busier, freer], spread=False)).adviser.id == 1


def test_each_start_is_offered_once_however_many_are_free():
    found = list(free_on(TUESDAY, Wish(45), advisers=[worker(n) for n in range(1, 6)]))
    assert [one.start for one in found] == list(range(NINE, FIVE - 44, GRID))


def test_nothing_is_offered_before_the_moment_asked_for():
    found = first(Wish(45), advisers=[worker()], not_before=NINE + 61)
    assert found is not None and found.start == NINE + 75


def test_a_day_shown_in_part_keeps_its_first_and_last_time():
    found = list(free_on(TUESDAY, Wish(45), advisers=[worker()]))
    few = spread_over_day(found, 3)
    assert len(few) == 3
    assert (few[0], few[-1]) == (found[0], found[-1])
    assert spread_over_day(found, 1) == [found[0]]
    assert spread_over_day(found, None) == found


# On a busy machine the first draws are slow; what is drawn is small all the same.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
stretches = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(1, 300)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=8,
)


@patient
@given(stretches, stretches)
def test_what_is_left_and_what_is_taken_are_disjoint_and_make_up_the_whole(whole, taken):
    left = without(whole, taken)

    def minutes(pairs):
        return {minute for start, end in pairs for minute in range(start, end)}

    assert minutes(left) == minutes(whole) - minutes(taken)
    assert minutes_of(left) == len(minutes(left))
    assert merged(left) == left


@patient
@given(stretches, st.sampled_from([5, 30, 45, 90]))
def test_every_start_offered_lies_inside_the_free_time(whole, minutes):
    free_time = merged(whole)
    for start in starts(free_time, minutes):
        assert start % GRID == 0
        assert any(first <= start and start + minutes <= last for first, last in free_time)
