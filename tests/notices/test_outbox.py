"""What waits is sent once and safely; what cannot be sent is tried again and then given up."""

from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from smtplib import SMTPException

import pytest
from django.db import connection
from pypdf import PdfReader

from tests import factories
from tests.factories import NOW, TODAY
from tests.notices.makers import claim, queued
from waymark.customers.models import SafeContact, Stop
from waymark.notices.enums import NoticeState
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due, in_plain_words, lay_for_printer, message_id
from waymark.notices.queries import counts, failed_since
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
EMAIL = {"email": "joan@waymark.example", "safe": {"may_write": False}}


def last_event() -> str:
    return Event.objects.latest("id").kind


def test_a_letter_by_post_is_laid_in_the_print_queue_and_kept(print_queue):
    notice = queued()
    assert deliver_due(NOW).sent == 1
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.tries) == (NoticeState.SENT, NOW, 1)
    laid = print_queue / "2004-05-04" / f"{notice.ref}.pdf"
    assert laid.read_bytes() == bytes(notice.pdf)
    assert [p.name for p in laid.parent.iterdir()] == [laid.name]
    assert last_event() == "notice_sent"


def test_a_letter_by_e_mail_has_text_page_and_pdf(mail_server):
    notice = queued(claim(**EMAIL))
    assert deliver_due(NOW).sent == 1
    [message] = mail_server.messages
    assert message["To"] == "joan@waymark.example"
    assert message["Subject"] == "Your interview has been put off until Wednesday 30 June 2004"
    assert message["Message-ID"] == message_id(notice.ref) and notice.ref in message["Message-ID"]
    assert "It is not cancelled" in message.get_body(["plain"]).get_content()
    assert '<html lang="en">' in message.get_body(["html"]).get_content()
    [attached] = message.iter_attachments()
    assert attached.get_filename() == f"letter-{notice.ref}.pdf"
    assert "30 June 2004" in PdfReader(BytesIO(attached.get_content())).pages[0].extract_text()
    notice.refresh_from_db()
    assert bytes(notice.pdf) == attached.get_content()


def test_what_is_sent_is_not_sent_again(mail_server):
    queued(claim(**EMAIL))
    deliver_due(NOW)
    assert not deliver_due(NOW + timedelta(days=1))
    assert len(mail_server.messages) == 1


def test_letters_go_in_the_order_in_which_they_are_due_and_no_more_than_asked():
    first, second, third = queued(), queued(), queued()
    for minutes, notice in enumerate([second, third, first]):
        Notice.objects.filter(pk=notice.pk).update(try_at=NOW - timedelta(minutes=9 - minutes))
    assert deliver_due(NOW, limit=2).sent == 2
    assert Notice.objects.get(state="waiting") == first


def test_what_is_not_yet_due_waits():
    queued()
    assert not deliver_due(NOW - timedelta(seconds=1))


def test_a_stop_set_after_queueing_holds_the_letter(print_queue):
    notice = queued()
    Stop.objects.create(
        customer=notice.claim.customer,
        reason="bereavement",
        set_by=factories.post(),
        set_at=NOW,
        look_again_on=TODAY,
    )
    assert deliver_due(NOW).held == 1
    assert Notice.objects.get().state == NoticeState.HELD
    assert last_event() == "notice_held" and not print_queue.exists()


def test_a_letter_that_lost_required_content_is_given_up_at_once(print_queue):
    notice = queued()
    notice.content["blocks"] = [b for b in notice.content["blocks"] if "bring_forward" not in b["carries"]]
    notice.save()
    assert deliver_due(NOW).failed == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED and "bring forward" in notice.last_error
    assert not print_queue.exists()


def test_a_customer_who_moved_gets_the_letter_at_the_new_address():
    notice = queued(claim(address="2 Mill Lane, Calder"))
    notice.claim.customer.address = "9 Hill Road, Calder"
    notice.claim.customer.save()
    deliver_due(NOW)
    notice.refresh_from_db()
    assert notice.address.startswith("9 Hill Road")
    assert "9 Hill Road" in notice.html and "2 Mill Lane" not in notice.html
    assert "9 Hill Road" in PdfReader(BytesIO(bytes(notice.pdf))).pages[0].extract_text()


def test_a_letter_is_not_sent_a_way_that_has_become_unsafe(print_queue):
    notice = queued()
    SafeContact.objects.create(customer=notice.claim.customer, may_write=False)
    assert deliver_due(NOW).failed == 1
    assert "not safe to write" in Notice.objects.get().last_error
    assert not print_queue.exists()


def test_a_letter_that_cannot_be_sent_is_tried_after_1_5_30_and_120_minutes_and_then_given_up(mail_server):
    mail_server.refuse = "451 not now"
    queued(claim(**EMAIL))
    given_up: list[str] = []
    moments, now = [NOW], NOW
    while not given_up:
        done = deliver_due(now, on_failed=lambda notice, at: given_up.append(notice.ref))
        if done.later:
            now = Notice.objects.get().try_at
            moments.append(now)
    waits = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(moments)]
    notice = Notice.objects.get()
    assert waits == [1, 5, 30, 120]
    assert (notice.state, notice.tries, given_up) == (NoticeState.FAILED, 5, [notice.ref])
    assert "mail server did not take it" in notice.last_error and "not now" in notice.last_error
    assert last_event() == "notice_failed"
    assert list(failed_since(NOW)) == [notice] and counts()["failed"] == 1
    assert mail_server.messages == []


def test_a_letter_goes_once_the_server_is_well_again(mail_server):
    mail_server.refuse = "451 not now"
    queued(claim(**EMAIL))
    assert deliver_due(NOW).later == 1
    mail_server.refuse = ""
    assert deliver_due(NOW + timedelta(minutes=1)).sent == 1
    assert Notice.objects.get().last_error == ""


def test_without_a_mail_server_it_says_which_setting_is_missing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""
    queued(claim(**EMAIL))
    deliver_due(NOW)
    assert "WAYMARK_SMTP_HOST" in Notice.objects.get().last_error


def test_a_print_queue_that_cannot_be_written_is_said_in_words(settings, tmp_path):
    (tmp_path / "print").write_text("a file where a folder should be")
    queued()
    assert deliver_due(NOW).later == 1
    assert "print queue" in Notice.objects.get().last_error


def test_one_bad_letter_does_not_keep_the_others():
    bad, good = queued(), queued()
    Notice.objects.filter(pk=bad.pk).update(content={"blocks": [], "title": "", "subject": ""})
    done = deliver_due(NOW)
    assert (done.failed, done.sent) == (1, 1)
    assert Notice.objects.get(state="sent") == good


def test_when_asking_for_help_goes_wrong_the_letter_waits_and_the_others_go():
    bad = queued()
    queued()
    Notice.objects.filter(pk=bad.pk).update(content={"blocks": [], "title": "", "subject": ""})

    def cannot(notice, now):
        raise RuntimeError("no team to ask")

    done = deliver_due(NOW, on_failed=cannot)
    assert (done.stuck, done.sent) == (1, 1)
    bad.refresh_from_db()
    assert (bad.state, bad.tries, bad.try_at) == (NoticeState.WAITING, 1, NOW + timedelta(minutes=1))
    assert "no team to ask" in bad.last_error
    assert not Event.objects.filter(kind="notice_failed").exists()


def test_a_letter_that_cannot_be_marked_as_sent_does_not_go_out_for_ever(mail_server):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_notice ADD CONSTRAINT never_sent CHECK (state <> 'sent')")
    notice = queued(claim(**EMAIL))
    for day in range(10):
        deliver_due(NOW + timedelta(days=day))
    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED
    assert {message["Message-ID"] for message in mail_server.messages} == {message_id(notice.ref)}
    assert len(mail_server.messages) == 5


def test_a_letter_is_laid_whole_or_not_at_all(tmp_path):
    whole = lay_for_printer(tmp_path, TODAY, "N1", b"first")
    assert lay_for_printer(tmp_path, TODAY, "N1", b"second") == whole
    assert whole.read_bytes() == b"second"
    assert [p.name for p in whole.parent.iterdir()] == ["N1.pdf"]


@pytest.mark.parametrize(
    ("error", "channel", "said"),
    [
        (SMTPException("no"), "email", "The mail server did not take it"),
        (ConnectionRefusedError("no"), "email", "The mail server could not be reached"),
        (OSError("disk full"), "post", "It could not be laid in the print queue"),
        (ValueError("x" * 500), "post", "The letter could not be made"),
    ],
)
def test_errors_are_told_in_plain_words_that_fit(error, channel, said):
    words = in_plain_words(error, channel)
    assert words.startswith(said) and len(words) <= 300
