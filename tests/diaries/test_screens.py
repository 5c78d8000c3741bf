"""The pages of the diaries, through the client. A request has the real clock: dates lie ahead of it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.diaries import makers as diary
from waymark.interviews.diary import queries, verbs
from waymark.interviews.models import Appointment, DiaryEntry, WorkingPattern
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence
from waymark.programme.pack import read_pack
from waymark.programme.verbs import load_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def ahead(now):
    """A working day next week."""
    return next_working_day(timezone.localdate(now) + timedelta(days=7), frozenset())


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def tom(office):
    return diary.adviser(office, "Tom Walsh")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def sign_in(client, post):
    client.force_login(post.person)
    return post


def booked(office, tom, ahead, now, hour=10, **fields) -> Appointment:
    from_claim = make.claim(office=office, customer=make.customer(given_names="Joan", family_name="Price"))
    interview = diary.interview(claim=from_claim, state="booked")
    return verbs.book(interview, diary.slot(tom, at(ahead, hour), **fields), by=tom, now=now)


def page(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_week_opens_with_the_first_free_time_and_shows_who_is_free_booked_and_away(
    client, pack, office, tom, ahead, now
):
    sign_in(client, tom)
    ann = diary.adviser(office, "Ann Reid")
    booked(office, tom, ahead, now)
    Absence.objects.create(person=ann.person, first_day=ahead, last_day=ahead, reason="ill", noted_at=now)
    text = page(client, "diaries:week", query=f"?week={ahead.isoformat()}")
    assert text.index("First 45 minutes at the office") < text.index("wm-week")
    assert "1 appointment" in text and "7 h 15 min" in text and "Away" in text
    assert "Ann Reid" in text and "Tom Walsh" in text


def test_a_week_that_is_over_offers_nothing(client, office, tom):
    sign_in(client, tom)
    assert "First 45 minutes" not in page(client, "diaries:week", query="?week=2004-05-04")


def test_the_week_takes_at_most_twelve_queries_with_one_adviser_and_with_many(
    client, office, tom, ahead, now, django_assert_max_num_queries
):
    sign_in(client, tom)
    booked(office, tom, ahead, now)
    address = reverse("diaries:week") + f"?week={ahead.isoformat()}"
    # The test's own savepoints, which a request does not have, are two more.
    with django_assert_max_num_queries(14) as first:
        client.get(address)
    for number in range(8):
        someone = diary.adviser(office)
        booked(office, someone, ahead, now, hour=9 + number)
    with django_assert_max_num_queries(14) as many:
        client.get(address)
    assert len(first) == len(many)
    own = [query for query in many.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(own) <= 12


def test_the_day_shows_customers_to_the_own_office_and_leads_to_the_appointment(
    client, office, tom, ahead, now
):
    sign_in(client, tom)
    made = booked(office, tom, ahead, now)
    text = page(client, "diaries:day", ahead.isoformat())
    assert "10:00–10:45 Joan Price" in text
    assert reverse("diaries:appointment", args=[made.ref]) in text


def test_a_day_that_is_none_is_not_found(client, tom):
    sign_in(client, tom)
    page(client, "diaries:day", "yesterday", status=404)


def test_an_appointment_of_somebody_away_is_shown_as_to_be_moved(client, office, tom, ahead, now):
    sign_in(client, tom)
    booked(office, tom, ahead, now)
    Absence.objects.create(person=tom.person, first_day=ahead, last_day=ahead, reason="ill", noted_at=now)
    week = f"?week={ahead.isoformat()}"
    for name, args in (("diaries:week", []), ("diaries:person", [tom.person.ref])):
        assert "to be moved" in page(client, name, *args, query=week)


def test_strangers_do_not_see_other_offices_their_people_or_their_appointments(
    client, office, tom, ahead, now
):
    made = booked(office, tom, ahead, now)
    sign_in(client, diary.adviser(make.office()))
    page(client, "diaries:week", query=f"?office={office.code}", status=404)
    for name in ("diaries:person", "diaries:hours", "diaries:blocks"):
        page(client, name, tom.person.ref, status=404)
    for name in ("diaries:appointment", "diaries:move", "diaries:cancel"):
        page(client, name, made.ref, status=404)


def test_the_contact_centre_sees_every_office_of_its_district_and_no_other(client, office, tom):
    centre = make.contact_centre(district=office.district)
    elsewhere = make.office(name="Far office")
    other = make.office(name="Dale office", district=office.district)
    sign_in(client, make.post(Role.AGENT, office=centre))
    text = page(client, "diaries:week", query=f"?office={office.code}")
    assert other.name in text and elsewhere.name not in text
    page(client, "diaries:week", query=f"?office={elsewhere.code}", status=404)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.POLICY_OWNER])
def test_those_who_see_no_customers_see_no_diaries(client, office, role):
    sign_in(client, make.post(role, office=office))
    page(client, "diaries:week", status=403)


def test_a_search_says_plainly_that_nothing_fits_in_time(client, pack, office, tom, ahead):
    sign_in(client, tom)
    text = page(client, "diaries:find", query="?mode=office&private_room=on")
    assert "No 45-minute slot with a private room is free before" in text
    assert "The first 45-minute slot is" in page(client, "diaries:find", query="?mode=office")


@pytest.fixture
def pack(now):
    return load_pack(read_pack(settings.PROGRAMMES / "jobcentre-plus-2002"), now=now)


def test_an_appointment_is_moved_with_who_and_why(client, office, tom, ahead, now, pack):
    sign_in(client, tom)
    make.team(kind="advisers", office=office)
    made = booked(office, tom, ahead, now)
    address = reverse("diaries:move", args=[made.ref])
    assert "Booked now" in client.get(address).content.decode()
    wanted = queries.slot_key(diary.slot(tom, at(ahead, 14)))
    answer = client.post(address, {"slot": wanted, "reason": "customer_asked_to_move", "words": "The bus."})
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.caused_by, made.moved_to.starts_at) == ("moved", "customer", at(ahead, 14))


def test_a_time_taken_meanwhile_is_said_beside_the_times(client, office, tom, ahead, now, pack):
    sign_in(client, tom)
    made = booked(office, tom, ahead, now)
    booked(office, tom, ahead, now, hour=14)
    wanted = queries.slot_key(diary.slot(tom, at(ahead, 14)))
    address = reverse("diaries:move", args=[made.ref])
    answer = client.post(address, {"slot": wanted, "reason": "customer_asked_to_move"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "That time has just been taken. Choose another: " in text
    made.refresh_from_db()
    assert made.state == "booked"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a time"),
        ({"slot": "made-up"}, "These times were shown too long ago"),
        ({"reason": "nonsense"}, "Select a valid choice"),
    ],
)
def test_a_move_that_is_incomplete_or_made_up_is_refused_in_words(
    client, office, tom, ahead, now, pack, sent, said
):
    sign_in(client, tom)
    made = booked(office, tom, ahead, now)
    answer = client.post(reverse("diaries:move", args=[made.ref]), {"words": "x", **sent})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_what_we_cannot_keep_is_moved_and_what_the_customer_cannot_keep_is_cancelled(
    client, office, tom, ahead, now, pack
):
    sign_in(client, tom)
    make.team(office=office)
    made = booked(office, tom, ahead, now)
    address = reverse("diaries:cancel", args=[made.ref])
    assert "Move it instead" in page(client, "diaries:cancel", made.ref)
    assert "Select a valid choice" in client.post(address, {"reason": "adviser_ill"}).content.decode()
    answer = client.post(address, {"reason": "customer_unwell", "words": ""})
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.reason) == ("cancelled", "customer_unwell")
    page(client, "diaries:move", made.ref, status=404)
    assert "This appointment is over: cancelled." in page(client, "diaries:appointment", made.ref)


def test_an_assessor_looks_at_an_appointment_and_does_not_change_it(client, office, tom, ahead, now):
    made = booked(office, tom, ahead, now)
    sign_in(client, diary.adviser(office, role=Role.ASSESSOR))
    assert "aria-disabled" in page(client, "diaries:appointment", made.ref)
    page(client, "diaries:move", made.ref, status=403)


def test_the_manager_sets_and_ends_hours_and_others_only_see_them(client, office, tom, ahead):
    WorkingPattern.objects.all().delete()
    address = reverse("diaries:hours", args=[tom.person.ref])
    sent = {
        "weekdays": ["0", "2"],
        "starts": "9:00",
        "ends": "1pm",
        "sorts": ["in_office", "at_home"],
        "valid_from_day": ahead.day,
        "valid_from_month": ahead.month,
        "valid_from_year": ahead.year,
    }
    sign_in(client, tom)
    assert "Set these hours" not in client.get(address).content.decode()
    assert "adviser manager" in client.post(address, sent).content.decode()
    assert not WorkingPattern.objects.exists()

    sign_in(client, make.post(Role.ADVISER_MANAGER, office=office))
    assert client.post(address, sent).status_code == 302
    made = WorkingPattern.objects.order_by("weekday")
    assert [(each.weekday, each.ends, each.in_office, each.by_phone, each.at_home) for each in made] == [
        (0, time(13), True, False, True),
        (2, time(13), True, False, True),
    ]
    assert "Monday" in client.get(address).content.decode()
    last = ahead + timedelta(days=30)
    end = {"which": "1", "last_day_day": last.day, "last_day_month": last.month, "last_day_year": last.year}
    assert client.post(reverse("diaries:end_hours", args=[tom.person.ref]), end).status_code == 302
    assert WorkingPattern.objects.get(weekday=2).valid_until == last


def test_hours_that_overlap_are_refused_in_words(client, office, tom, ahead):
    sign_in(client, make.post(Role.ADVISER_MANAGER, office=office))
    sent = {
        "weekdays": ["0"],
        "starts": "10:00",
        "ends": "12:00",
        "sorts": ["in_office"],
        "valid_from_day": ahead.day,
        "valid_from_month": ahead.month,
        "valid_from_year": ahead.year,
    }
    text = client.post(reverse("diaries:hours", args=[tom.person.ref]), sent).content.decode()
    assert "has hours from 09:00 to 17:00 on that day of the week already" in text


def test_time_for_training_is_kept_and_freed(client, office, tom, ahead):
    sign_in(client, tom)
    address = reverse("diaries:blocks", args=[tom.person.ref])
    sent = {
        "what": "Training",
        "day_day": ahead.day,
        "day_month": ahead.month,
        "day_year": ahead.year,
        "starts": "10:00",
        "ends": "12:00",
    }
    assert client.post(address, sent).status_code == 302
    text = client.get(address).content.decode()
    assert "Training" in text and "Free it" in text
    assert "has Training on" in client.post(address, sent).content.decode()
    key = text.split('name="entry" value="')[1].split('"')[0]
    free = reverse("diaries:unblock", args=[tom.person.ref])
    assert client.post(free, {"entry": "1"}).status_code == 404
    assert client.post(free, {"entry": key}).status_code == 302
    assert not DiaryEntry.objects.filter(live=True).exists()


def test_the_calendar_page_gives_an_address_that_works_and_a_new_one_ends_it(client, tom):
    sign_in(client, tom)
    address = reverse("diaries:calendar")
    first = client.get(address).context["address"]
    assert client.get(first).status_code == 200
    assert client.post(address).status_code == 302
    second = client.get(address).context["address"]
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
