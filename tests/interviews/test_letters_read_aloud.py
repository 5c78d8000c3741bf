"""Who cannot read is told in another way, and that is kept (E:L3053-3061)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.customers import verbs as customers
from waymark.daily import run_days
from waymark.interviews import verbs
from waymark.interviews.verbs.reading_aloud import ask_to_read
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.web.timeline import present
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(place) -> Notice:
    """The letter about an interview on Thursday 13 May, gone on Tuesday the 4th to somebody who cannot read it."""
    making.booked(place)
    notice = Notice.objects.get()
    customers.set_access_needs(notice.claim.customer, read_aloud=True, by=place.adviser, now=moment(0))
    return notice


def waiting(notice: Notice) -> list[Task]:
    return list(Task.objects.filter(claim=notice.claim, kind="read_letter", closed_at=None))


def read(place, notice: Notice, day: int = 1, **more) -> Notice:
    wanted = {"on": making.day(day), "by": place.adviser, "now": moment(day), **more}
    return verbs.letter_read_aloud(Notice.objects.get(pk=notice.pk), **wanted)


def test_the_day_after_it_went_somebody_is_asked_to_read_it_to_them(place, sent):
    run_days(making.day(1), now=moment(1, 6))
    [task] = waiting(sent)
    assert task.due_on == making.day(2)
    assert sent.subject in task.words


def test_it_is_asked_once_however_often_the_day_runs(place, sent):
    assert [ask_to_read(making.day(n), moment(n, 6)) for n in (1, 1, 2)] == [1, 0, 0]


def test_of_a_letter_to_somebody_who_reads_nobody_is_asked(place):
    making.booked(place)
    assert ask_to_read(making.day(1), moment(1, 6)) == 0


def test_when_it_was_read_out_the_task_is_done_and_it_is_kept_by_whom_and_what_was_said(place, sent):
    ask_to_read(making.day(1), moment(1, 6))
    kept = read(place, sent, words="She will come with her sister.")
    assert waiting(sent) == []
    assert (kept.read_aloud_on, kept.read_aloud_by) == (making.day(1), place.adviser)
    [event] = Event.objects.filter(kind="notice_read_aloud")
    said = str(present(event, making.day(2), {}).what)
    assert "read the letter" in said and "come with her sister" in said


def test_whoever_has_a_second_letter_to_hear_keeps_the_task(place, sent):
    ask_to_read(making.day(1), moment(1, 6))
    other = Notice.objects.get(pk=sent.pk)
    other.pk, other.ref = None, "N000000002"
    other.save()
    read(place, sent)
    assert len(waiting(sent)) == 1


def test_a_claim_whose_only_step_was_to_read_a_letter_has_another(place, sent):
    ask_to_read(making.day(1), moment(1, 6))
    Task.objects.filter(claim=sent.claim).exclude(kind="read_letter").update(
        closed_at=moment(1), outcome="done"
    )
    read(place, sent)
    [left] = Task.objects.filter(claim=sent.claim, closed_at=None)
    assert left.kind == "next_step"


@pytest.mark.parametrize(("day", "code"), [(-1, "wrong_day"), (2, "wrong_day")])
def test_it_is_read_out_after_it_went_and_not_later_than_today(place, sent, day, code):
    with pytest.raises(Refused) as refused:
        read(place, sent, 1, on=making.day(day))
    assert refused.value.code == code


def test_a_letter_is_read_out_once(place, sent):
    read(place, sent)
    with pytest.raises(Refused) as refused:
        read(place, sent, 2)
    assert refused.value.code == "read_already"


def test_what_came_back_is_not_read_out_but_sent_again(place, sent):
    verbs.letter_came_back(sent, "refused", on=making.day(1), by=place.adviser, now=moment(1))
    assert ask_to_read(making.day(2), moment(2, 6)) == 0
    with pytest.raises(Refused) as refused:
        read(place, sent, 2)
    assert refused.value.code == "came_back"


def test_while_contact_is_stopped_nobody_rings_to_read(place, sent):
    verbs.stop_contact(
        sent.claim.customer,
        reason="bereavement",
        words="Her mother has died.",
        look_again_on=making.day(30),
        by=place.adviser,
        now=moment(0),
    )
    assert ask_to_read(making.day(1), moment(1, 6)) == 0


def test_the_database_keeps_that_it_was_read_out_and_by_whom(place, sent):
    with pytest.raises(IntegrityError, match="notice_read_aloud_by_somebody"), transaction.atomic():
        Notice.objects.filter(pk=sent.pk).update(read_aloud_on=making.day(1))
    read(place, sent)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Notice.objects.filter(pk=sent.pk).update(read_aloud_on=None, read_aloud_by=None)


def test_the_next_letter_says_that_letters_are_read_out(place, sent):
    appointment = sent.claim.interviews.get().appointments.get()
    verbs.move_interview(
        appointment,
        making.slot(place.adviser, making.moment(16)),
        caused_by="customer",
        reason="customer_asked_to_move",
        words="She asked.",
        by=place.adviser,
        now=moment(2, 9),
    )
    fresh = Notice.objects.exclude(pk=sent.pk).get()
    assert "letters read out" in str(fresh.content)


# On the pages


def test_the_letters_of_the_customer_say_which_are_to_be_read_and_the_page_reads_like_the_letter(
    client, place, sent
):
    client.force_login(place.adviser.person, backend="waymark.web.signin.Backend")
    listed = client.get(reverse("notices:of_customer", args=[sent.claim.customer.ref])).content.decode()
    url = reverse("notices:read_aloud", args=[sent.ref])
    assert url in listed
    page = client.get(url).content.decode()
    assert sent.html in page
    assert "What did they say to it?" in page
    today = timezone.localdate()
    said = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "words": "All clear."}
    answer = client.post(url, said)
    assert answer.url == reverse("notices:of_customer", args=[sent.claim.customer.ref])
    assert "Read to the customer" in client.get(answer.url).content.decode()
    assert url not in client.get(answer.url).content.decode()
