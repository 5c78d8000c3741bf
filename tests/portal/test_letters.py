"""A letter carries the code of the customer's own page; what we keep of it does not."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests import factories
from waymark.customers.models import Customer, SafeContact
from waymark.inbound import verbs as inbound
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.notices.verbs import preview, queue_notice
from waymark.portal.models import Key
from waymark.portal.rules import LINK_MASK, MASK, in_groups
from waymark.portal.secrets import secret_of
from waymark.programme.queries import holding

pytestmark = pytest.mark.django_db
MISSED = {"missed_date": factories.TODAY, "reply_by": factories.TODAY + timedelta(days=7)}


@pytest.fixture
def claim(place, settings, tmp_path):
    settings.PRINT_QUEUE = tmp_path
    customer = factories.customer(
        given_names="Joan", family_name="Price", ni_number="AB123456C", added_by=place.agent
    )
    return place.claim(customer=customer).claim


@pytest.fixture
def rules(pack):
    return holding("jobcentre-plus-2002", factories.TODAY)


def missed(claim, rules, moment) -> Notice:
    return queue_notice(claim, NoticeKind.MISSED, words=MISSED, rules=rules, by=None, now=moment())


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_printed_letter_has_the_code_and_the_kept_one_the_mask(claim, rules, moment, tmp_path):
    notice = missed(claim, rules, moment)
    deliver_due(moment())
    key = Key.objects.get()
    code = in_groups(secret_of(key.ref, key.kind))
    printed = text_of((tmp_path / "2004-05-04" / f"{notice.ref}.pdf").read_bytes())
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert code in printed.replace("\N{NO-BREAK SPACE}", " ")
    kept = [text_of(bytes(notice.pdf)), notice.html, str(notice.content)]
    assert not [part for part in kept if code in part.replace("\N{NO-BREAK SPACE}", " ")]
    assert MASK in notice.html.replace("\N{NO-BREAK SPACE}", " ")


def test_the_printed_letter_has_a_square_that_is_described(claim, rules, moment, tmp_path):
    notice = missed(claim, rules, moment)
    deliver_due(moment())
    printed = text_of((tmp_path / "2004-05-04" / f"{notice.ref}.pdf").read_bytes())
    assert "Point its camera at this square." in printed


def test_looking_at_a_letter_before_it_is_written_makes_no_key(claim, rules, moment):
    shown = preview(claim, NoticeKind.MISSED, words=MISSED, rules=rules, now=moment())
    assert MASK in shown.html.replace("\N{NO-BREAK SPACE}", " ")
    assert not Key.objects.exists()


def test_a_letter_to_somebody_we_can_ask_nothing_has_no_code(claim, rules, moment):
    Customer.objects.filter(pk=claim.customer.pk).update(
        born_on=None, ni_number=None, ni_unknown_because="waiting"
    )
    claim.customer.refresh_from_db()
    notice = missed(claim, rules, moment)
    assert MASK not in notice.html
    assert not Key.objects.exists()


def test_a_personal_link_goes_by_e_mail_and_is_masked_in_what_is_kept(claim, place, moment, mailoutbox):
    Customer.objects.filter(pk=claim.customer.pk).update(email="joan@waymark.example")
    claim.customer.refresh_from_db()
    notice = inbound.send_link(claim, by=place.adviser, now=moment())
    deliver_due(moment())
    key = Key.objects.get()
    secret = secret_of(key.ref, key.kind)
    (sent,) = mailoutbox
    assert secret in sent.body
    notice.refresh_from_db()
    assert LINK_MASK in notice.html
    assert secret not in notice.html + str(notice.content)


def test_a_personal_link_says_nothing_about_why(claim, place, moment, mailoutbox):
    Customer.objects.filter(pk=claim.customer.pk).update(email="joan@waymark.example")
    claim.customer.refresh_from_db()
    inbound.send_link(claim, by=place.adviser, now=moment())
    deliver_due(moment())
    text = f"{mailoutbox[0].subject} {mailoutbox[0].body}".lower()
    assert not [word for word in ("benefit", "interview", "claim", "jobcentre", "health") if word in text]


def test_no_link_goes_where_neither_text_nor_e_mail_is_safe(claim, place, moment):
    Customer.objects.filter(pk=claim.customer.pk).update(email="joan@waymark.example")
    SafeContact.objects.create(customer=claim.customer, may_email=False)
    claim.customer.refresh_from_db()
    with pytest.raises(Refused):
        inbound.send_link(claim, by=place.adviser, now=moment())
    assert not Key.objects.exists()
    assert not Notice.objects.filter(kind=NoticeKind.PERSONAL_LINK).exists()
