"""The calendar feed of an adviser: public by its secret, and saying no more than it must."""

from datetime import UTC

import pytest
from icalendar import Calendar

from tests import factories as make
from tests.diaries import makers as diary
from tests.diaries.makers import NOW, at
from waymark.interviews.diary import feed, verbs
from waymark.organisations.enums import Role

pytestmark = pytest.mark.django_db
WHY = {"caused_by": "customer", "reason": "customer_unwell", "by": None, "now": NOW}


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def tom(office):
    return diary.adviser(office, "Tom Walsh")


def events(person) -> dict:
    calendar = Calendar.from_ical(feed.calendar_of(person, NOW))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def book(office, post, when, **fields):
    customer = make.customer(given_names="Joan Mary", family_name="Price", telephone="+441632960999")
    interview = diary.interview(claim=make.claim(office=office, customer=customer))
    return verbs.book(interview, diary.slot(post, when, **fields), by=None, now=NOW)


def test_an_appointment_shows_its_time_and_place_and_of_the_customer_only_initials_and_reference(office, tom):
    room = diary.room(office, "Green room")
    booked = book(office, tom, at(9), room_id=room.pk)
    (event,) = events(tom.person).values()
    customer = booked.interview.claim.customer
    assert event["uid"] == f"{booked.ref}@waymark"
    assert event.decoded("dtstart").astimezone(UTC) == at(9)
    assert event.decoded("dtend").astimezone(UTC) == at(9, 45)
    assert str(event["summary"]) == f"JMP {customer.ref}, at the office"
    assert str(event["location"]) == "Calder office, Green room"
    assert (str(event["status"]), event["sequence"]) == ("CONFIRMED", 0)
    text = feed.calendar_of(tom.person, NOW).decode()
    for secret in ("Price", "Joan", "960999", customer.ni_number, customer.address):
        assert secret not in text


def test_moved_and_cancelled_appointments_are_told_as_cancelled_with_a_higher_sequence(office, tom):
    moved, gone = book(office, tom, at(9)), book(office, tom, at(10))
    now_at = verbs.move(moved, diary.slot(tom, at(14)), **WHY)
    verbs.cancel(gone, **WHY)
    shown = events(tom.person)
    for old in (moved, gone):
        event = shown[f"{old.ref}@waymark"]
        assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)
    assert str(shown[f"{now_at.ref}@waymark"]["status"]) == "CONFIRMED"


def test_an_assessor_sees_their_own_part_of_a_visit(office, tom):
    sue = diary.adviser(office, role=Role.ASSESSOR)
    book(office, tom, at(9), assessor=sue)
    (event,) = events(sue.person).values()
    assert event.decoded("dtend").astimezone(UTC) == at(9, 30)


def test_a_time_kept_is_tentative_and_one_that_lapsed_is_gone(office, tom):
    verbs.hold(diary.interview(office), diary.slot(tom, at(9)), by=None, now=NOW)
    lapsed = verbs.hold(diary.interview(office), diary.slot(tom, at(11)), by=None, now=NOW)
    verbs.let_go(lapsed, now=NOW)
    (event,) = events(tom.person).values()
    assert str(event["status"]) == "TENTATIVE"


def test_other_work_keeps_its_name_and_its_uid_from_one_reading_to_the_next(tom):
    verbs.block(tom.person, (at(9), at(10)), "Training; first aid, part 1", by=None, now=NOW)
    first, second = events(tom.person), events(tom.person)
    assert [str(event["summary"]) for event in first.values()] == ["Training; first aid, part 1"]
    assert first.keys() == second.keys()


def test_the_address_opens_the_feed_and_a_wrong_one_does_not(client, tom, office):
    book(office, tom, at(9))
    person = tom.person
    person.calendar_key = "a" * 48
    person.save()
    good = client.get(f"/calendar/{person.ref}-{person.calendar_key}.ics")
    assert good.status_code == 200
    assert good["Content-Type"].startswith("text/calendar")
    for wrong in (f"{person.ref}-{'b' * 48}", f"{person.ref}-", f"P000000000-{'a' * 48}", person.ref, "-"):
        assert client.get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_feed_of_somebody_who_has_left_is_closed_and_an_old_key_stops_working(client, tom):
    old = tom.person.calendar_key
    verbs.renew_calendar_key(tom.person, by=tom, now=NOW)
    assert client.get(f"/calendar/{tom.person.ref}-{old}.ics").status_code == 404
    address = f"/calendar/{tom.person.ref}-{tom.person.calendar_key}.ics"
    assert client.get(address).status_code == 200
    tom.person.is_active = False
    tom.person.save()
    assert client.get(address).status_code == 404
