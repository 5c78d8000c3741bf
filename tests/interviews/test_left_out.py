"""What an interview may not leave out, by the pack: health, the interpreter; and what changes of time say."""

from datetime import datetime, timedelta

import pytest

from tests.cases.series import of_six
from tests.diaries.makers import slot
from tests.interviews.sitting import HOUR, book, sit
from waymark.customers.models import AccessNeeds
from waymark.interviews import verbs
from waymark.interviews.enums import Explored
from waymark.interviews.models import Appointment, HelpToAttend, TopicCovered
from waymark.interviews.series.troubles import changes_of
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import LONDON
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.programme.models import LocalSetting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]
LED = datetime(2008, 2, 5, 9, 30, tzinfo=LONDON)
HELD = Ended("held", understood="yes", agreed="yes")


def begun(place, programme: str):
    """An interview that is going on, in which nobody has talked about health."""
    appointment = book(
        place, of_six(place, programme=programme, now=LED), now=LED, after=LED + timedelta(days=14)
    )
    sitting = sit(place, appointment)
    TopicCovered.objects.all().delete()
    return sitting


def settled(place, sitting, ended=HELD):
    now = sitting.appointment.ends_at
    return settling.settle(sitting, ended, NextWish("find_time"), by=place.adviser, now=now)


def cover(place, sitting, explored):
    sittings.cover_topic(
        sitting, "health_and_work", explored, by=place.adviser, now=sitting.appointment.starts_at
    )


def test_in_the_provider_led_programme_no_interview_is_settled_without_health(place):
    sitting = begun(place, "provider-led-2007")
    with pytest.raises(Refused) as refused:
        settled(place, sitting)
    assert refused.value.code == "topics_needed"
    assert "Health and what it does to work" in refused.value.message


@pytest.mark.parametrize("explored", [Explored.YES, Explored.DECLINED])
def test_talked_about_or_declined_by_the_customer_is_enough(place, explored):
    sitting = begun(place, "provider-led-2007")
    cover(place, sitting, explored)
    assert settled(place, sitting).state == "settled"


def test_marked_as_not_yet_talked_about_is_not_enough(place):
    sitting = begun(place, "provider-led-2007")
    cover(place, sitting, Explored.NOT_YET)
    with pytest.raises(Refused):
        settled(place, sitting)


def test_elsewhere_the_wizard_says_what_was_left_out_and_lets_it_go(place):
    sitting = begun(place, "pathways-2003")
    [said] = settling.left_out(sitting, HELD, now=sitting.appointment.ends_at)
    assert said.code == "topics_needed"
    assert settled(place, sitting).state == "settled"


def without_interpreter(place, programme: str = "pathways-2003"):
    sitting = begun(place, programme)
    cover(place, sitting, Explored.YES)
    AccessNeeds.objects.create(customer=sitting.appointment.interview.claim.customer, interpreter="Polish")
    sitting.appointment.interview.claim.customer.refresh_from_db()
    return sitting


def test_an_interview_without_the_interpreter_asked_for_is_not_settled_until_it_is_said_why(place):
    sitting = without_interpreter(place)
    with pytest.raises(Refused) as refused:
        settled(place, sitting)
    assert refused.value.code == "no_interpreter" and "Polish" in refused.value.message
    why = Ended("held", why="His son came and he wished it so.", understood="yes", agreed="yes")
    assert settled(place, sitting, why).state == "settled"


def test_with_an_interpreter_arranged_nothing_is_asked(place):
    sitting = without_interpreter(place)
    HelpToAttend.objects.create(
        ref="HAAAAAAAAA",
        interview=sitting.appointment.interview,
        kind="interpreter",
        asked_on=LED.date(),
        arranged_on=LED.date(),
        arranged_by=place.adviser,
        arrangement="Mrs Nowak, at the office.",
    )
    assert settled(place, sitting).state == "settled"


def moved(place, appointment, caused_by: str, reason: str, *, days: int):
    return verbs.move_interview(
        appointment,
        slot(place.adviser, appointment.starts_at + timedelta(days=days)),
        caused_by=caused_by,
        reason=reason,
        by=place.adviser,
        now=LED + HOUR,
    )


def test_changes_are_counted_apart_by_who_caused_them_and_after_three_another_pace_is_suggested(place):
    appointment = book(
        place, of_six(place, programme="pathways-2003", now=LED), now=LED, after=LED + timedelta(days=14)
    )
    claim = appointment.interview.claim
    appointment = moved(place, appointment, "us", "adviser_ill", days=1)
    for _ in range(2):
        appointment = moved(place, appointment, "customer", "customer_asked_to_move", days=7)
    before = changes_of(claim, LED.date())
    assert (before.by_us, before.by_customer, before.other_pace) == (1, 2, False)
    moved(place, appointment, "customer", "customer_asked_to_move", days=7)
    assert changes_of(claim, LED.date()).other_pace
    assert Appointment.objects.filter(state="booked").count() == 1


def test_the_letter_says_how_to_find_the_office_where_the_office_has_said_so(place):
    LocalSetting.objects.create(
        slug="pathways-2003",
        key="visit.directions",
        value="The side door in Mill Street; second floor, there is a lift.",
        office_code=place.office.code,
        valid_from=LED.date(),
        because="People did not find the door.",
        set_by="test",
        set_at=LED,
    )
    book(place, of_six(place, programme="pathways-2003", now=LED), now=LED, after=LED + timedelta(days=14))
    assert "The side door in Mill Street" in Notice.objects.latest("id").html


def test_without_directions_the_letter_leaves_no_gap(place):
    book(place, of_six(place, programme="pathways-2003", now=LED), now=LED, after=LED + timedelta(days=14))
    assert "{directions}" not in Notice.objects.latest("id").html
