"""Letters set ahead are the letters that would have been set in their turn."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.factories import NOW
from tests.notices.makers import claim, queued
from waymark.notices import rendering
from waymark.notices.ahead import MANY, looking_ahead
from waymark.notices.enums import Channel
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_a_print_run_sends_every_letter_as_it_was_written(print_queue):
    for number in range(MANY + 4):
        queued(claim(address=f"{number} Mill Lane, Calder"))
    assert deliver_due(NOW).sent == MANY + 4
    for notice in Notice.objects.all():
        assert bytes(notice.pdf) == rendering.pdf(notice.content)
        assert (print_queue / "2004-05-04" / f"{notice.ref}.pdf").read_bytes() == bytes(notice.pdf)


def test_a_letter_that_was_changed_since_it_was_looked_at_is_set_anew():
    first, second = queued(claim(address="1 Mill Lane, Calder")), queued(claim(address="2 Mill Lane, Calder"))
    with looking_ahead(NOW, 2) as ahead:
        ahead.look()
        second.content = rendering.addressed(second.content, name="Joan Firth", address="9 Hill Road, Calder")
        assert "1 Mill Lane" in words_of(ahead.pdf(first, first.content))
        assert "9 Hill Road" in words_of(ahead.pdf(second, second.content))


def test_a_customer_who_moved_while_letters_were_set_gets_theirs_at_the_new_address():
    notices = [queued(claim(address=f"{number} Mill Lane, Calder")) for number in range(1, 4)]
    customer = notices[2].claim.customer
    customer.address = "9 Hill Road, Calder"
    customer.save()
    assert deliver_due(NOW).sent == 3
    assert "9 Hill Road" in words_of(bytes(Notice.objects.get(pk=notices[2].pk).pdf))


def test_one_that_cannot_be_set_waits_and_stops_no_other():
    notices = [queued() for _number in range(4)]
    notices[1].content["on"] = "no day"
    notices[1].save()
    done = deliver_due(NOW)
    assert (done.sent, done.later) == (3, 1)
    assert "could not be made" in Notice.objects.get(pk=notices[1].pk).last_error


def test_letters_taken_by_others_are_passed_over():
    """The look is at all that is due; what another worker sent meanwhile is never asked for."""
    notices = [queued() for _number in range(3)]
    with looking_ahead(NOW, 3) as ahead:
        ahead.look()
        ahead.turn_of(notices[2].pk)
        assert ahead.pdf(notices[2], notices[2].content) == rendering.pdf(notices[2].content)


def test_nothing_is_looked_at_beyond_what_may_be_sent():
    for _number in range(3):
        queued()
    assert deliver_due(NOW, limit=2).sent == 2
    assert Notice.objects.filter(state="waiting").count() == 1


def test_a_text_needs_no_setting_and_what_is_not_due_is_left_alone():
    text, later = queued(), queued()
    Notice.objects.filter(pk=text.pk).update(channel=Channel.TEXT)
    Notice.objects.filter(pk=later.pk).update(try_at=NOW + timedelta(hours=1))
    with looking_ahead(NOW, 5) as ahead:
        ahead.look()
        for notice in (text, later):
            assert ahead.pdf(notice, notice.content) == rendering.pdf(notice.content)
