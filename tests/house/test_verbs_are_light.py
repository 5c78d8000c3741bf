"""The verbs that are called most ask the database no more often than they have to."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.interviews.sitting import a_slot, called_first, sit
from waymark.interviews import verbs
from waymark.interviews.sittings import settling
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import LONDON
from waymark.notices.outbox import deliver_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]

NOW = datetime(2006, 5, 2, 9, 30, tzinfo=LONDON)
# Savepoints cost next to nothing, and are there so that a refusal inside a verb undoes its own part alone.
CONTROL = ("SAVEPOINT", "RELEASE")


@pytest.fixture
def first(place):
    """The first interview of a series, its customer told of it on the telephone."""
    interview = place.claim(now=NOW, programme="pathways-2003", claimed_on=NOW.date(), period_from=NOW.date())
    called_first(place, interview, now=NOW)
    return interview


@pytest.fixture
def asked():
    """The statements of an act."""

    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(CONTROL)]

    return count


def insist(statements, most):
    assert len(statements) <= most, f"{len(statements)}:\n" + "\n".join(sql[:230] for sql in statements)


def test_booking_an_interview_and_telling_of_it(place, first, asked):
    slot = a_slot(place, NOW + timedelta(days=7))
    insist(asked(lambda: verbs.book_interview(first, slot, by=place.adviser, now=NOW)), 44)


def test_settling_an_interview_with_all_that_follows(place, first, asked):
    slot = a_slot(place, NOW + timedelta(days=7))
    appointment = verbs.book_interview(first, slot, by=place.adviser, now=NOW)
    sitting = sit(place, appointment)
    ended, wish = Ended("held", understood="yes", agreed="yes"), NextWish("find_time", about="a course")
    later = appointment.ends_at
    insist(asked(lambda: settling.settle(sitting, ended, wish, by=place.adviser, now=later)), 56)


def test_sending_a_letter(place, first, asked):
    slot = a_slot(place, NOW + timedelta(days=7))
    verbs.book_interview(first, slot, by=place.adviser, now=NOW)
    while deliver_due(NOW, limit=1).sent:
        pass
    appointment = first.appointments.get()
    other = a_slot(place, NOW + timedelta(days=8))
    verbs.move_interview(
        appointment, other, caused_by="customer", reason="customer_asked_to_move", by=place.adviser, now=NOW
    )
    insist(asked(lambda: deliver_due(NOW, limit=1)), 5)
