"""E-mails to colleagues and services: sent once, tried again, given up where a person sees it; they carry no secret."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import NOW
from waymark.kernel.refusal import Refused
from waymark.notices import mailing
from waymark.notices.enums import MailKind, NoticeState
from waymark.notices.models import Mail
from waymark.portal.secrets import digest_of
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


def queue(place, **more) -> Mail | None:
    wish = {
        "office": place.office,
        "to_name": "Lee Marsh",
        "address": "lee@steps.example",
        "subject": "News",
        "body": "Hello,\n\nopen this: {link}\n",
        "link": "/cases/news/l/{secret}/",
        "by": None,
        "now": NOW,
        **more,
    }
    return mailing.queue_mail(MailKind.CASE_NEWS, **wish)


def test_it_leaves_once_with_a_link_whose_secret_is_kept_nowhere(place, mail_server, settings):
    settings.BASE_URL = "https://waymark.example"
    mail = queue(place)
    assert mailing.deliver_mails(NOW) == 1
    assert mailing.deliver_mails(NOW + timedelta(days=1)) == 0
    [message] = mail_server.messages
    [line] = [line for line in message.get_content().splitlines() if "https://" in line]
    secret = line.partition("/l/")[2].strip("/")
    assert digest_of(secret) == mailing.digest_for(mail)
    mail.refresh_from_db()
    assert secret not in mail.body + mail.link
    assert (mail.state, mail.sent_at) == (NoticeState.SENT, NOW)
    assert Event.objects.latest("id").kind == "mail_sent"


def test_what_the_server_refuses_is_tried_again_and_then_given_up(place, mail_server):
    mail_server.refuse = "554 no"
    queue(place)
    given_up = []
    moment = NOW
    for _try in range(40):
        mailing.deliver_mails(moment, on_failed=lambda mail, _now: given_up.append(mail))
        mail = Mail.objects.get()
        if mail.state == NoticeState.FAILED:
            break
        assert mail.try_at > moment
        moment = mail.try_at
    assert (mail.state, given_up) == (NoticeState.FAILED, [mail])
    assert "mail server" in mail.last_error
    assert Event.objects.latest("id").kind == "mail_failed"


def test_without_a_mail_server_it_waits_and_says_why(place, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""
    queue(place)
    assert mailing.deliver_mails(NOW) == 0
    mail = Mail.objects.get()
    assert mail.state == NoticeState.WAITING
    assert "WAYMARK_SMTP_HOST" in mail.last_error


def test_one_that_cannot_be_sent_stops_no_other(place, mail_server):
    first = queue(place, address="first@steps.example")
    Mail.objects.filter(pk=first.pk).update(address="not an address\r\n")
    queue(place, now=NOW + timedelta(seconds=1))
    mailing.deliver_mails(NOW + timedelta(minutes=1))
    assert [message["To"] for message in mail_server.messages] == ["lee@steps.example"]


def test_what_is_said_once_is_not_said_twice(place):
    assert queue(place, once="confirm P1 2004-W19") is not None
    assert queue(place, once="confirm P1 2004-W19") is None
    mail = Mail.objects.get()
    mail.pk, mail.ref = None, "Z000000000"
    with pytest.raises(IntegrityError, match="mail_said_once"), transaction.atomic():
        mail.save()


def failed(place) -> Mail:
    mail = queue(place)
    Mail.objects.filter(pk=mail.pk).update(
        state=NoticeState.FAILED, last_error="The mail server did not take it"
    )
    return mail


def test_a_failed_one_is_tried_again_by_somebody_of_the_district_only(place):
    mail = failed(place)
    with pytest.raises(Refused, match="another district"):
        mailing.retry_mail(mail, by=place.elsewhere, now=NOW)
    mailing.retry_mail(mail, by=place.leader, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (NoticeState.WAITING, 0)


def test_the_outbox_page_shows_it_with_what_can_be_done(place, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    mail = failed(place)
    client.force_login(place.leader.person, backend="waymark.web.signin.Backend")
    shown = client.get(reverse("notices:outbox")).content.decode()
    assert "Lee Marsh" in shown and "The mail server did not take it" in shown
    client.post(reverse("notices:retry_mail", args=[mail.ref]))
    client.post(reverse("notices:withdraw_mail", args=[mail.ref]))
    mail.refresh_from_db()
    assert mail.state == NoticeState.WITHDRAWN
    assert "Lee Marsh" not in client.get(reverse("notices:outbox")).content.decode()
