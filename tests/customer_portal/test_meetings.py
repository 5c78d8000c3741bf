"""The customer's own page shows a meeting to come: when, where, with whom and at which numbers; it is their choice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.casework.making import helpers
from waymark.casework import queries, verbs
from waymark.casework.enums import MeetingKind

pytestmark = pytest.mark.django_db


def test_a_meeting_stands_on_their_page_with_both_contacts_until_it_is_cancelled(own, claim, place, now):
    case = verbs.take_on(claim, by=place.adviser, now=now).case
    there = helpers()
    found = queries.times_for(
        case,
        [place.adviser.person],
        minutes=30,
        not_before=now + timedelta(days=1),
        with_customer=True,
        now=now,
    )
    meeting = verbs.plan_meeting(
        case,
        kind=MeetingKind.HANDOVER,
        starts_at=found.times[0],
        place="The library",
        objectives="Between colleagues only.",
        invited=[
            verbs.Invited(place.adviser.person.name, place.office.name, post=place.adviser),
            verbs.Invited(there.contact.name, there.organisation.name, contact=there.contact),
        ],
        by=place.adviser,
        now=now,
    )
    shown = own.get(reverse("my:home")).content.decode()
    assert "The library" in shown and "You choose whether you come" in shown
    assert place.adviser.person.name in shown and there.contact.name in shown
    assert "960701" in shown
    assert "Between colleagues only." not in shown
    verbs.cancel_meeting(meeting, why="Ill.", again=False, customer_knows=True, by=place.adviser, now=now)
    assert "The library" not in own.get(reverse("my:home")).content.decode()
