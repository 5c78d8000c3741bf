"""The pages of managers: the weeks, absences, handing over, figures with their people, changed rules."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from waymark.insight.missed import missed_figures
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.managing.queries import continuity
from waymark.interviews.models import Appointment, Caseload
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import day_of
from waymark.organisations.models import Person
from waymark.staffing.verbs import note_absence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def booked(place, now):
    """A customer of the first adviser with an interview some working days on."""

    def make(**fields) -> Appointment:
        interview = place.claim(now=now, claimed_on=day_of(now), period_from=day_of(now), **fields)
        found = find_slots(
            place.office,
            kind="adviser_interview",
            minutes=45,
            mode="office",
            not_before=now + 2 * DAY,
            until=day_of(now) + 30 * DAY,
            only_with=place.adviser.person,
        )
        made = verbs.book_interview(interview, found.slots[0], by=place.adviser, now=now)
        give_caseload(interview.claim, place.adviser.person, by=place.adviser, now=now)
        return made

    return make


@pytest.fixture
def manager(client, place):
    client.force_login(place.manager.person)
    return client


def page(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def away(place, appointment, now):
    on = day_of(appointment.starts_at)
    note_absence(
        place.adviser.person, first_day=on, last_day=on, reason="ill", cover=None, by=place.manager, now=now
    )
    return reverse("managers:rebook", args=[place.adviser.person.ref, on.isoformat(), on.isoformat()])


def test_the_weeks_name_who_is_away_with_appointments(manager, place, booked, now):
    away(place, booked(), now)
    shown = page(manager.get(reverse("managers:overview")))
    assert "Find other times" in shown
    assert "Booked hours" in shown


def test_other_times_are_proposed_and_sent_back_as_they_are(manager, place, booked, now):
    appointment = booked()
    address = away(place, appointment, now)
    response = manager.get(address)
    form = response.context["form"]
    proposed = {appointment.ref: form.fields[appointment.ref].initial, "words": ""}
    assert proposed[appointment.ref]
    assert manager.post(address, proposed).url == reverse("managers:overview")
    moved = Appointment.objects.get(moved_from=appointment)
    assert moved.state == "booked"


def test_what_is_left_open_is_listed_as_a_task_with_its_page(manager, place, booked, now):
    appointment = booked()
    address = away(place, appointment, now)
    manager.post(address, {appointment.ref: "", "words": ""})
    shown = page(manager.get(reverse("managers:overview")))
    assert "is away: find another time" in shown
    task = appointment.interview.claim.tasks.get(kind="rebook")
    go_on = manager.get(reverse("managers:move_for_task", args=[task.ref]))
    assert go_on.url == reverse("diaries:move", args=[appointment.ref])


def test_customers_are_handed_over_with_a_note(manager, place, booked):
    claim = booked().interview.claim
    address = reverse("managers:hand_over", args=[place.adviser.person.ref])
    assert "cannot be noted as having left" in page(manager.get(address))
    sent = {f"to_{claim.ref}": place.second_adviser.person.ref, f"note_{claim.ref}": ""}
    assert "must know" in page(manager.post(address, sent))
    manager.post(address, sent | {f"note_{claim.ref}": "Ring first."})
    assert Caseload.objects.get(claim=claim, until=None).adviser == place.second_adviser.person
    assert "No customers to hand over" in page(manager.get(address))


def test_an_administrator_notes_the_leaving_only_after_that(client, place, booked):
    booked()
    client.force_login(place.administrator.person)
    address = reverse("people:leave", args=[place.adviser.person.ref])
    assert "1 customer is with them" in page(client.get(address))
    today = timezone.localdate()
    sent = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert "1 customer is still with them" in page(client.post(address, sent))
    assert Person.objects.get(pk=place.adviser.person_id).left_on is None


def test_a_booking_beside_another_needs_the_offices_leave(client, place, booked, now):
    appointment = booked()
    interview = place.claim(now=now, claimed_on=day_of(now), period_from=day_of(now))
    client.force_login(place.adviser.person)
    address = reverse("managers:overbook", args=[interview.ref])
    shown = page(client.get(f"{address}?day={day_of(appointment.starts_at)}"))
    assert "does not book more than its diaries hold" in shown


class TestFigures:
    def held(self, place, appointment, state, adviser=None):
        when = timezone.now() - 3 * DAY
        Appointment.objects.filter(pk=appointment.pk).update(
            state=state,
            starts_at=when,
            ends_at=when + timedelta(minutes=45),
            made_at=when - DAY,
            adviser=adviser or appointment.adviser,
        )

    def test_small_groups_are_not_shown_but_the_people_of_the_office_are(self, manager, place, booked):
        self.held(place, booked(), "missed")
        shown = page(manager.get(reverse("managers:missed")))
        assert "too few to say" in shown
        assert "fewer than 5" in shown
        assert "Joan Price" in shown

    def test_missed_ones_are_sorted_four_ways(self, place, booked):
        for state in ("missed", "missed", "took_place"):
            self.held(place, booked(), state)
        today = timezone.localdate()
        found = missed_figures(place.manager, place.office, today - 30 * DAY, today, causes={})
        assert (found.missed, found.whole) == (2, 3)
        assert [(group.code, group.missed, group.whole) for group in found.kinds] == [("first", 2, 3)]
        assert [(group.code, group.whole) for group in found.leads] == [("none", 3)]
        assert [(group.code, group.whole) for group in found.calls] == [("not_asked", 3)]
        assert [(group.code, group.whole) for group in found.reasons] == [("not_heard", 2)]

    def test_the_file_names_each_appointment(self, manager, place, booked):
        self.held(place, booked(), "missed")
        sent = manager.get(reverse("managers:missed"), {"format": "csv"}).content.decode()
        assert "reference,customer,day" in sent and "Joan Price" in sent

    def test_the_same_adviser_counts_from_the_second_interview_on(self, place, booked):
        first = booked()
        self.held(place, first, "took_place")
        again = Appointment.objects.get(pk=first.pk)
        again.pk, again.ref = None, "A000000002"
        again.starts_at += DAY
        again.ends_at += DAY
        again.adviser = place.second_adviser.person
        again.save()
        today = timezone.localdate()
        found = continuity(place.manager, place.office, today - 30 * DAY, today)
        assert (found.same, found.whole) == (0, 1)
        assert found.held[0].before == place.adviser.person.name

    @pytest.mark.parametrize("name", ["overview", "gaps", "continuity", "missed", "changes"])
    def test_every_page_opens_on_an_empty_office(self, manager, name):
        page(manager.get(reverse(f"managers:{name}")))

    def test_a_stranger_has_no_such_person(self, client, place):
        stranger = factories.post("adviser_manager", office=factories.office())
        client.force_login(stranger.person)
        address = reverse("managers:hand_over", args=[place.adviser.person.ref])
        assert client.get(address).status_code == 404
