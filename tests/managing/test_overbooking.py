"""More appointments than the diary holds: as far as the office allows it, and never unseen (E:L2299-2317)."""

from datetime import timedelta

import pytest

from tests.managing.conftest import NOW
from waymark.insight.integrity import check
from waymark.interviews import verbs
from waymark.interviews.diary import queries as diary
from waymark.interviews.managing.overbooking import booked_on, times_beside
from waymark.interviews.managing.queries import load, over_days
from waymark.interviews.managing.rules import most_over
from waymark.interviews.models import Appointment
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.programme.models import LocalSetting

pytestmark = pytest.mark.django_db
DAY = day_of(NOW) + timedelta(days=2)


def allow(place, percent):
    LocalSetting.objects.create(
        slug="jobcentre-plus-2002",
        key="limits.overbooking_percent",
        value=percent,
        office_code=place.office.code,
        valid_from=day_of(NOW),
        because="Many do not come.",
        set_by="test",
        set_at=NOW,
    )


def beside(place, **fields):
    interview = place.claim(now=NOW, **fields)
    slot = times_beside(place.office, DAY, kind="adviser_interview", minutes=45, now=NOW)[0]
    return verbs.book_interview(interview, slot, overbooked=True, by=place.adviser, now=NOW)


@pytest.mark.parametrize(
    ("within", "percent", "most"), [(0, 50, 0), (4, 25, 1), (3, 25, 0), (10, 20, 2), (9, 0, 0)]
)
def test_the_limit_is_never_rounded_up(within, percent, most):
    assert most_over(within, percent) == most


def test_an_office_that_does_not_overbook_refuses(place, booked):
    booked()
    with pytest.raises(Refused) as refused:
        beside(place)
    assert refused.value.code == "no_overbooking"


def test_an_appointment_may_stand_beside_another_up_to_the_limit(place, booked):
    allow(place, 50)
    booked(), booked()
    made = beside(place)
    assert made.overbooked
    assert booked_on(place.office.pk, DAY).over == 1
    with pytest.raises(Refused) as refused:
        beside(place)
    assert refused.value.code == "overbooked_enough"
    assert "1 of the 2" in refused.value.message


def test_the_day_shows_it_with_a_word(place, booked):
    allow(place, 100)
    appointment = booked()
    made = beside(place)
    people = diary.day(place.office, DAY, now=NOW)
    items = [item for one in people for item in one.items if item.appointment_ref]
    assert {item.appointment_ref: item.kind for item in items} == {
        appointment.ref: "booked",
        made.ref: "over",
    }
    assert [(day.day, day.within, day.over) for day in over_days(place.office, NOW)] == [(DAY, 1, 1)]


def test_the_load_of_an_adviser_counts_both(place, booked):
    allow(place, 100)
    booked()
    beside(place)
    found = {each.id: each.weeks[0] for each in load(place.office, DAY, now=NOW)}
    assert found[place.adviser.person_id].booked == 90
    assert found[place.adviser.person_id].hours == 5 * 8 * 60


def test_a_free_time_is_booked_as_a_free_one(place):
    allow(place, 100)
    interview = place.claim(now=NOW)
    free = diary.find_slots(
        place.office, kind="adviser_interview", minutes=45, mode="office", not_before=NOW, until=DAY
    ).slots[0]
    with pytest.raises(Refused) as refused:
        verbs.book_interview(interview, free, overbooked=True, by=place.adviser, now=NOW)
    assert refused.value.code in {"nothing_beside", "overbooked_enough"}


def test_a_sound_database_stays_sound(place, booked):
    allow(place, 100)
    booked()
    beside(place)
    broken = {finding.rule.name for finding in check() if finding.count}
    assert "nobody_is_booked_twice" not in broken
    assert Appointment.objects.filter(overbooked=True).count() == 1
