"""Whoever keeps entries is told once a week which of them nobody has confirmed for too long."""

from datetime import timedelta

import pytest

from tests import factories
from tests.directory.making import service
from tests.factories import NOW, TODAY
from tests.place import Place
from waymark.directory import daily
from waymark.directory.models import Service
from waymark.notices.models import Mail
from waymark.organisations.enums import Role
from waymark.organisations.models import Person
from waymark.record.models import Event
from waymark.staffing.verbs import set_local_value

pytestmark = pytest.mark.django_db
OLD = TODAY - timedelta(days=91)


@pytest.fixture
def entry(place, codes):
    def made(name: str, owner: Person | None, confirmed_on=OLD) -> Service:
        found = service(codes, name=name, owner=owner)
        Service.objects.filter(pk=found.pk).update(confirmed_on=confirmed_on)
        return found

    return made


def test_one_e_mail_names_all_the_entries_and_no_customer(place: Place, entry):
    entry("Mornings out", place.adviser.person)
    entry("Walking group", place.adviser.person)
    assert daily.run(TODAY, NOW) == {"owners_asked_to_confirm": 1}
    mail = Mail.objects.get()
    assert (mail.address, mail.claim) == (place.adviser.person.email, None)
    assert "Mornings out" in mail.body and "Walking group" in mail.body
    assert mail.link == "/directory/to-confirm/"
    assert Event.objects.latest("id").kind == "owners_asked_to_confirm"


def test_once_a_week_and_again_in_the_next(place: Place, entry):
    entry("Mornings out", place.adviser.person)
    for days in (0, 1, 2):
        daily.run(TODAY + timedelta(days=days), NOW + timedelta(days=days))
    assert Mail.objects.count() == 1
    daily.run(TODAY + timedelta(days=7), NOW + timedelta(days=7))
    assert Mail.objects.count() == 2


def test_of_weeks_that_were_missed_nothing_is_made_up(place: Place, entry):
    entry("Mornings out", place.adviser.person)
    for weeks in (3, 2, 1, 0):
        daily.run(TODAY - timedelta(weeks=weeks), NOW)
    assert Mail.objects.count() == 1


def test_entries_that_still_hold_and_those_withdrawn_are_not_named(place: Place, entry):
    entry("Mornings out", place.adviser.person, TODAY - timedelta(days=90))
    gone = entry("Walking group", place.adviser.person)
    Service.objects.filter(pk=gone.pk).update(
        taking="withdrawn", withdrawn_on=TODAY, withdrawn_why="It has closed."
    )
    assert daily.run(TODAY, NOW) == {"owners_asked_to_confirm": 0}


def test_who_has_left_is_not_written_to(place: Place, entry):
    entry("Mornings out", place.adviser.person)
    Person.objects.filter(pk=place.adviser.person.pk).update(left_on=TODAY, is_active=False)
    daily.run(TODAY, NOW)
    assert not Mail.objects.exists()


def test_a_district_can_turn_it_off(place: Place, entry):
    entry("Mornings out", place.adviser.person)
    set_local_value(
        slug="jobcentre-plus-2002",
        key="directory.owners_by_email",
        text="false",
        place=place.district,
        valid_from=TODAY,
        valid_until=None,
        because="We look at the list together every Monday.",
        by=factories.post(Role.ADMINISTRATOR, office=place.office),
        now=NOW,
    )
    daily.run(TODAY, NOW)
    assert not Mail.objects.exists()
