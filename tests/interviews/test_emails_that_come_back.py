"""E-mails that come back are treated as post that comes back: nobody was told, and the address is in doubt."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.factories import NOW
from tests.today.seeing import sign_in
from waymark.cli.notices import outbox
from waymark.customers.models import Customer
from waymark.customers.queries import must_know
from waymark.customers.verbs import set_safe_contact
from waymark.interviews import verbs
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.bounces import read_bounce
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.notices.verbs import queue_notice
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)

REPORT = """From: MAILER-DAEMON@mail.example
To: office@waymark.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; joan@waymark.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} Recipient address rejected

--b
Content-Type: message/rfc822

Message-ID: <{ref}@waymark.example>
Subject: Your interview

Words.
--b--
"""


def report(notice: Notice, status: str = "5.1.1", action: str = "failed") -> bytes:
    return REPORT.format(ref=notice.ref, status=status, action=action).encode()


@pytest.fixture
def customer(place) -> Customer:
    """She is written to by e-mail, since post is not safe."""
    found = factories.customer(email="joan@waymark.example", added_by=place.agent)
    set_safe_contact(found, may_write=False, may_email=True, by=place.agent, now=NOW)
    return Customer.objects.get(pk=found.pk)


@pytest.fixture
def claim(place, customer):
    return place.claim(customer=customer).claim


@pytest.fixture
def sent(claim) -> Notice:
    """An e-mail of ours that has gone."""
    queue_notice(
        claim,
        NoticeKind.MESSAGE_ANSWERED,
        words={"answer_words": "Yes, gladly.", "contact_name": "Tom"},
        rules=verbs.calls.rules_for(claim, day_of(NOW)),
        by=None,
        now=NOW,
    )
    deliver_due(NOW)
    assert [one.to for one in mail.outbox] == [["joan@waymark.example"]]
    return Notice.objects.get(claim=claim, kind=NoticeKind.MESSAGE_ANSWERED)


def test_an_address_that_is_no_more_is_in_doubt_and_somebody_asks(claim, customer, sent):
    came = verbs.email_bounced(report(sent), now=LATER)
    assert came is not None
    sent.refresh_from_db()
    customer.refresh_from_db()
    assert (sent.came_back_on, sent.came_back_reason) == (day_of(LATER), "mail_no_such")
    assert "Recipient address rejected" in sent.came_back_words
    assert (customer.email_doubtful_since, customer.address_doubtful_since) == (day_of(LATER), None)
    assert "e-mails to the address come back" in " ".join(must_know(customer, day_of(LATER)).sentences)
    assert Task.objects.get(claim=claim, kind="find_address", closed_at=None).words.startswith(
        "Answer to a message"
    )
    assert Event.objects.filter(kind="notice_came_back", by=None).count() == 1


def test_nothing_more_goes_there_until_it_is_settled(place, claim, customer, sent):
    verbs.email_bounced(report(sent), now=LATER)
    sent.refresh_from_db()
    with pytest.raises(Refused, match="not safe to write"):
        verbs.send_letter_again(sent, by=place.agent, now=LATER)
    verbs.email_is_right(
        customer, why="She rang: the mailbox was closed by mistake.", by=place.agent, now=LATER
    )
    customer.refresh_from_db()
    assert customer.email_doubtful_since is None
    assert not Task.objects.filter(claim=claim, kind="find_address", closed_at=None).exists()
    again = verbs.send_letter_again(Notice.objects.get(pk=sent.pk), by=place.agent, now=LATER)
    assert (again.channel, again.address) == ("email", "joan@waymark.example")


def test_a_full_mailbox_told_nobody_either_and_casts_no_doubt(customer, sent):
    verbs.email_bounced(report(sent, "5.2.2"), now=LATER)
    sent.refresh_from_db()
    customer.refresh_from_db()
    assert (sent.came_back_reason, customer.email_doubtful_since) == ("mail_full", None)


def test_a_code_of_no_row_of_its_own_was_not_taken(sent):
    verbs.email_bounced(report(sent, "5.7.1"), now=LATER)
    sent.refresh_from_db()
    assert sent.came_back_reason == "mail_refused"


def test_the_same_report_twice_is_once(sent):
    verbs.email_bounced(report(sent), now=LATER)
    assert verbs.email_bounced(report(sent), now=LATER) is None
    assert Event.objects.filter(kind="notice_came_back").count() == 1


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.7", "delayed"), ("4.2.2", "failed"), ("2.0.0", "delivered")]
)
def test_a_delay_is_no_return(sent, status, action):
    assert verbs.email_bounced(report(sent, status, action), now=LATER) is None
    sent.refresh_from_db()
    assert sent.came_back_on is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: hello\n\nJust a mail.", REPORT.replace("Status", "State").encode()]
)
def test_any_other_mail_is_left_alone(raw):
    assert read_bounce(raw) is None


def test_a_row_for_post_is_none_for_an_email(place, sent):
    with pytest.raises(Refused, match="none of the reasons"):
        verbs.letter_came_back(sent, "gone_away", on=day_of(LATER), by=place.agent, now=LATER)


def test_a_mail_server_hands_the_report_over_and_is_never_told_of_a_fault(sent):
    done = CliRunner().invoke(outbox, ["bounced"], input=b"no report at all")
    assert (done.exit_code, done.output.strip()) == (0, "Nothing of ours came back.")


def test_the_page_of_letters_says_so_and_has_what_settles_it(client, place, customer, sent):
    verbs.email_bounced(report(sent), now=LATER)
    sign_in(client, place.agent)
    page = client.get(reverse("notices:of_customer", args=[customer.ref])).content.decode()
    assert "E-mails to the address we have come back." in page
    settle = reverse("notices:email_is_right", args=[customer.ref])
    assert settle in page
    assert client.post(settle, {"why": "Asked by telephone."}).status_code == 302
    customer.refresh_from_db()
    assert customer.email_doubtful_since is None
