"""Text messages: to whom, when, how; and letters of a variant."""

import json
from datetime import time, timedelta

import pytest

from tests import factories
from tests.factories import NOW
from tests.notices.makers import BOOKED, claim, queued, rules
from waymark.customers.models import SafeContact
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.notices.rules import MissingContent
from waymark.notices.verbs import preview, queue_notice
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
MOBILE = {"telephone": "+447700900123", "safe": {"may_text": True}}
TOLD = (
    "Reminder from Calder office: your appointment is on Thursday 6 May 2004 at 11am, a visit to our office. "
    "If it does not suit you, ring 01632 960001 and we will change it."
)


@pytest.fixture(autouse=True)
def text_queue(settings, tmp_path):
    """Where texts are laid."""
    settings.TEXT_QUEUE = tmp_path / "texts"
    settings.TEXT_GATEWAY = ""
    return settings.TEXT_QUEUE


def reminder(whose=None, **also) -> Notice:
    known = {**BOOKED, **also.pop("words", {})}
    return queue_notice(
        whose or claim(**MOBILE, office=also.pop("office", None)),
        NoticeKind.REMINDER,
        words=known,
        rules=rules(),
        by=None,
        now=also.pop("now", NOW),
        **also,
    )


@pytest.fixture
def office():
    return factories.office(name="Calder office")


def test_a_text_is_laid_for_the_program_that_sends_it_and_kept(text_queue, office):
    notice = reminder(office=office)
    assert deliver_due(NOW).sent == 1
    notice.refresh_from_db()
    assert (notice.channel, notice.address, notice.state) == ("text", "07700900123", NoticeState.SENT)
    laid = json.loads((text_queue / "2004-05-04" / f"{notice.ref}.json").read_text(encoding="utf-8"))
    assert laid == {"ref": notice.ref, "to": "07700900123", "text": TOLD}
    assert TOLD in notice.html and notice.pdf is None
    assert Event.objects.latest("id").details["channel"] == "text"


def test_a_text_goes_by_the_mail_server_where_a_gateway_is_set(mail_server, settings, office):
    settings.TEXT_GATEWAY = "texts.waymark.example"
    notice = reminder(office=office)
    assert deliver_due(NOW).sent == 1
    [message] = mail_server.messages
    assert message["To"] == "07700900123@texts.waymark.example"
    assert not message["Subject"]
    assert " ".join(message.get_content().split()) == TOLD
    assert notice.ref in message["Message-ID"] and not list(message.iter_attachments())


def test_a_gateway_that_does_not_answer_is_tried_again(mail_server, settings):
    settings.TEXT_GATEWAY = "texts.waymark.example"
    mail_server.refuse = "451 not now"
    reminder()
    assert deliver_due(NOW).later == 1
    assert "mail server did not take it" in Notice.objects.get().last_error


def test_a_folder_of_texts_that_cannot_be_written_is_said_in_words(settings, tmp_path):
    (tmp_path / "texts").write_text("a file where a folder should be")
    reminder()
    assert deliver_due(NOW).later == 1
    assert "folder of texts" in Notice.objects.get().last_error


@pytest.mark.parametrize(
    ("customer", "channel"),
    [
        ({"telephone": "+447700900123"}, "post"),
        ({"telephone": "+447700900123", "safe": {"may_text": False}, "email": "j@waymark.example"}, "email"),
        ({"telephone": "+441632960123", "safe": {"may_text": True}}, "post"),
    ],
)
def test_nobody_is_texted_who_has_not_agreed_or_has_no_mobile(customer, channel):
    assert reminder(claim(**customer)).channel == channel


def test_a_letter_without_a_text_of_its_own_is_never_sent_as_one():
    notice = queue_notice(
        claim(**MOBILE),
        NoticeKind.BOOKED,
        words=BOOKED,
        rules=rules(),
        by=None,
        now=NOW,
        channels=["text", "post"],
    )
    assert (notice.channel, notice.channels) == ("post", "post")


def test_a_text_that_got_too_long_goes_as_a_letter_instead():
    assert reminder(words={"mode_words": "at the office, by the back door, " * 9}).channel == "post"


def test_a_text_is_kept_in_plain_letters():
    notice = reminder(words={"mode_words": "at Tŷ Gwyn’s office"})
    assert "at Ty Gwyn's office" in notice.content["short"]


def test_a_text_written_at_night_waits_for_the_morning():
    night = NOW - timedelta(hours=9)
    notice = reminder(now=night)
    assert notice.try_at.astimezone(NOW.tzinfo).hour == 9
    assert not deliver_due(night)


def test_a_text_let_go_at_night_waits_for_the_morning():
    reminder()
    night = NOW + timedelta(hours=12)
    assert deliver_due(night).later == 1
    assert deliver_due(night + timedelta(hours=11)).sent == 1
    assert Notice.objects.get().tries == 1


def test_a_text_keeps_to_the_hours_in_which_it_is_safe_to_ring():
    whose = claim(telephone="+447700900123")
    SafeContact.objects.create(customer=whose.customer, may_text=True, ring_from=time(17))
    assert reminder(whose).try_at.astimezone(NOW.tzinfo).hour == 17


def test_when_texts_become_unsafe_the_whole_letter_goes_the_next_way(print_queue, text_queue):
    notice = reminder()
    SafeContact.objects.update(may_text=False)
    assert deliver_due(NOW).sent == 1
    notice.refresh_from_db()
    assert notice.channel == "post" and "Your appointment is soon" in notice.html
    assert (print_queue / "2004-05-04" / f"{notice.ref}.pdf").exists() and not text_queue.exists()


def test_what_comes_too_late_is_withdrawn_and_not_sent(text_queue):
    notice = reminder(not_after=NOW + timedelta(hours=1))
    assert deliver_due(NOW + timedelta(hours=2)).late == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN and not text_queue.exists()
    event = Event.objects.latest("id")
    assert (event.kind, "too late" in event.why) == ("notice_withdrawn", True)


LINK = {"link": "https://waymark.example/p/7K2M9QXN4F", "expires_on": NOW.date() + timedelta(days=2)}


def test_a_personal_link_never_goes_by_post():
    with pytest.raises(Refused) as refusal:
        queue_notice(claim(), NoticeKind.PERSONAL_LINK, words=LINK, rules=rules(), by=None, now=NOW)
    assert refusal.value.code == "no_safe_way"


def test_a_personal_link_by_e_mail_has_no_file_and_tells_nothing(mail_server):
    whose = claim(email="j@waymark.example")
    queue_notice(whose, NoticeKind.PERSONAL_LINK, words=LINK, rules=rules(), by=None, now=NOW)
    assert deliver_due(NOW).sent == 1
    [message] = mail_server.messages
    assert not list(message.iter_attachments())
    said = message.get_body(["plain"]).get_content().lower() + message["Subject"].lower()
    assert LINK["link"].lower() in said
    assert not [word for word in ("benefit", "claim", "health", "money", "interview") if word in said]


SERIES = {**BOOKED, "series_total": 6}


def test_the_gentle_letter_is_taken_where_it_is_asked_for_and_checked_again_when_sent():
    notice = queue_notice(
        claim(), NoticeKind.FIRST_INTERVIEW, words=SERIES, rules=rules(), by=None, now=NOW, variant="gentle"
    )
    assert notice.variant == "gentle" and "You do not need to worry" in notice.html
    assert "reduced" not in notice.html
    assert deliver_due(NOW).sent == 1


def test_a_variant_that_a_letter_does_not_have_falls_back_to_the_standard():
    notice = queue_notice(
        claim(), NoticeKind.BOOKED, words=BOOKED, rules=rules(), by=None, now=NOW, variant="gentle"
    )
    assert (notice.variant, notice.state) == ("", NoticeState.WAITING)
    assert deliver_due(NOW).sent == 1


def test_no_letter_goes_without_a_number_that_is_answered():
    with pytest.raises(MissingContent) as refusal:
        queued(claim(office=factories.office(telephone="")))
    assert "contact_phone" in refusal.value.words


def test_a_preview_of_a_text_is_the_text(office):
    seen = preview(claim(**MOBILE, office=office), NoticeKind.REMINDER, words=BOOKED, rules=rules(), now=NOW)
    assert seen.way.channel == "text" and TOLD in seen.html
