"""The post brings a letter back: kept, asked about, sent again to the right address (P:L1229)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.customers import queries as customers
from waymark.customers.models import Customer
from waymark.interviews import verbs
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.record.models import Event
from waymark.web.timeline import present
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(place) -> Notice:
    """The letter about an interview on Thursday 13 May, gone on the 4th."""
    making.booked(place)
    return Notice.objects.get()


def back(place, notice: Notice, reason: str = "gone_away", *, day: int = 2, **more) -> Notice:
    wanted = {"on": making.day(day), "by": place.adviser, "now": moment(day), **more}
    return verbs.letter_came_back(notice, reason, **wanted)


def open_tasks(notice: Notice) -> dict[str, Task]:
    return {task.kind: task for task in Task.objects.filter(claim=notice.claim, closed_at=None)}


def test_it_is_kept_when_it_came_back_why_and_who_found_it(place, sent):
    kept = back(place, sent, words="Moved to Leeds")
    assert (kept.came_back_on, kept.came_back_reason, kept.came_back_by) == (
        making.day(2),
        "gone_away",
        place.adviser,
    )
    [event] = Event.objects.filter(kind="notice_came_back")
    said = str(present(event, making.day(3), {}).what)
    assert "came back" in said and "Gone away: Moved to Leeds" in said


def test_somebody_asks_where_the_customer_lives_within_two_working_days(place, sent):
    back(place, sent)
    assert open_tasks(sent)["find_address"].due_on == making.day(6)  # Thursday 6 May: the Monday after


def test_the_address_is_in_doubt_and_everybody_who_deals_with_the_customer_sees_it(place, sent):
    back(place, sent)
    customer = Customer.objects.get()
    assert customer.address_doubtful_since == making.day(2)
    assert any("come back" in said for said in customers.must_know(customer, making.day(3)).sentences)


def test_while_the_address_is_in_doubt_nothing_is_posted_there(place, sent):
    back(place, sent)
    fresh = Notice.objects.get(pk=sent.pk)
    with pytest.raises(Refused) as refused:
        verbs.send_letter_again(fresh, by=place.adviser, now=moment(3))
    assert refused.value.code == "address_doubtful"


def test_a_letter_that_waits_does_not_go_to_an_address_in_doubt(place, sent):
    appointment = sent.claim.interviews.get().appointments.get()
    slot = making.slot(place.adviser, making.moment(16))
    verbs.move_interview(
        appointment,
        slot,
        caused_by="customer",
        reason="customer_asked_to_move",
        words="She asked.",
        by=place.adviser,
        now=moment(2, 9),
    )
    back(place, sent)
    deliver_due(moment(2, 12))
    assert Notice.objects.exclude(pk=sent.pk).get().state == "failed"


def test_a_letter_refused_at_the_door_leaves_the_address_as_it_is_but_somebody_asks(place, sent):
    back(place, sent, "refused")
    assert Customer.objects.get().address_doubtful_since is None
    assert "find_address" in open_tasks(sent)


def test_with_another_address_the_letter_goes_again_as_a_new_one(place, sent):
    back(place, sent)
    customer = Customer.objects.get()
    moved = replace(customers.identity_of(customer), address="7 New Street, Leeds", postcode="LS1 1AA")
    verbs.amend_customer(customer, moved, why="She rang.", by=place.adviser, now=moment(3))
    assert "find_address" not in open_tasks(sent)
    fresh = verbs.send_letter_again(Notice.objects.get(pk=sent.pk), by=place.adviser, now=moment(3, 11))
    assert (fresh.pk, fresh.ref) != (sent.pk, sent.ref)
    assert "7 New Street" in fresh.address and fresh.content["on"] == "2004-05-07"
    assert fresh.content["blocks"] == sent.content["blocks"]
    deliver_due(moment(3, 12))
    assert Notice.objects.get(pk=fresh.pk).state == "sent"


def test_an_address_that_is_right_after_all_is_confirmed_with_a_word(place, sent):
    back(place, sent)
    with pytest.raises(Refused) as refused:
        verbs.address_is_right(Customer.objects.get(), why=" ", by=place.adviser, now=moment(3))
    assert refused.value.code == "no_reason"
    verbs.address_is_right(
        Customer.objects.get(), why="She still lives there.", by=place.adviser, now=moment(3)
    )
    assert Customer.objects.get().address_doubtful_since is None
    assert "find_address" not in open_tasks(sent)


def test_it_is_sent_again_once(place, sent):
    back(place, sent, "refused")
    verbs.send_letter_again(Notice.objects.get(pk=sent.pk), by=place.adviser, now=moment(3))
    with pytest.raises(Refused) as refused:
        verbs.send_letter_again(Notice.objects.get(pk=sent.pk), by=place.adviser, now=moment(4))
    assert refused.value.code == "sent_again"


def test_a_letter_about_a_time_that_is_over_is_not_sent_again(place, sent):
    back(place, sent, "refused", day=making.DAY_OF_IT + 1)
    with pytest.raises(Refused) as refused:
        verbs.send_letter_again(
            Notice.objects.get(pk=sent.pk), by=place.adviser, now=moment(making.DAY_OF_IT + 1)
        )
    assert refused.value.code == "time_is_over"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "whatever"}, "no_such_reason"),
        ({"reason": "other"}, "no_words"),
        ({"on": making.day(-1)}, "wrong_day"),
        ({"on": making.day(5)}, "wrong_day"),
    ],
)
def test_what_makes_no_sense_is_refused(place, sent, change, code):
    with pytest.raises(Refused) as refused:
        back(place, sent, **change)
    assert refused.value.code == code
    assert "find_address" not in open_tasks(sent)


def test_what_has_not_gone_cannot_have_come_back(place):
    making.booked(place, told=False)
    with pytest.raises(Refused) as refused:
        back(place, Notice.objects.get())
    assert refused.value.code == "not_sent"


def test_the_database_keeps_that_it_came_back(place, sent):
    back(place, sent)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Notice.objects.filter(pk=sent.pk).update(came_back_on=None, came_back_reason="", came_back_by=None)


def test_the_database_refuses_a_return_without_a_reason(place, sent):
    with pytest.raises(IntegrityError, match="notice_came_back_says_why"), transaction.atomic():
        Notice.objects.filter(pk=sent.pk).update(came_back_on=making.day(1))
