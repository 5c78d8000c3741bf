"""Letters are queued, held, released, tried again and withdrawn."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW, TODAY
from tests.notices.makers import BOOKED, DEFERRED, claim, queued, rules
from waymark.customers.models import AccessNeeds, Stop
from waymark.kernel.refusal import Refused
from waymark.notices import queries
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rules import MissingContent
from waymark.notices.verbs import (
    hold_for,
    preview,
    queue_notice,
    release_for,
    retry,
    withdraw,
    withdraw_waiting,
)
from waymark.organisations.enums import Role
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def stop(customer) -> Stop:
    return Stop.objects.create(
        customer=customer, reason="bereavement", set_by=factories.post(), set_at=NOW, look_again_on=TODAY
    )


def test_a_queued_letter_is_frozen_with_its_page_its_pack_and_one_event():
    notice = queued()
    assert notice.state == NoticeState.WAITING and notice.pack == rules().version
    assert notice.subject == "Your interview has been put off until Wednesday 30 June 2004"
    assert "You told us that you have an operation on 18 May." in notice.html
    assert notice.content["ref"] == notice.ref
    assert events() == ["notice_queued"]
    event = Event.objects.get()
    assert (event.customer_ref, event.claim_ref) == (notice.claim.customer.ref, notice.claim.ref)


def test_a_later_change_of_name_does_not_change_a_queued_letter():
    notice = queued(claim(given_names="Joan", family_name="Price"))
    notice.claim.customer.family_name = "Holt"
    notice.claim.customer.save()
    assert "Joan Price" in Notice.objects.get(pk=notice.pk).html


@pytest.mark.parametrize("word", ["reason", "until", "contact_name"])
def test_a_letter_that_would_not_tell_what_it_must_is_not_queued(word):
    with pytest.raises(MissingContent) as refusal:
        queued(**{word: ""})
    assert word in refusal.value.words
    assert not Notice.objects.exists() and events() == []


def test_names_office_and_number_are_known_without_being_told():
    office = factories.office(name="Calder office", telephone="01632 960001")
    notice = queued(claim(title="Mrs", family_name="Price", office=office))
    assert "Dear Mrs Price" in notice.html and "Mrs Joan Price" in notice.html
    assert "Calder office" in notice.html and "01632 960001" in notice.html


def test_large_print_follows_from_access_needs():
    whose = claim()
    AccessNeeds.objects.create(customer=whose.customer, large_print=True)
    notice = queued(whose)
    assert notice.large_print and "wm-letter--large" in notice.html


def test_where_there_is_no_letter_in_the_customers_language_it_is_english():
    assert queued(claim(language="cy")).language == "en"


def test_e_mail_is_the_way_only_where_post_is_unsafe():
    safe = {"may_write": True, "may_email": True}
    assert queued(claim(email="j@waymark.example", safe=safe)).channel == "post"
    unsafe = queued(claim(email="j@waymark.example", safe={**safe, "may_write": False}))
    assert (unsafe.channel, unsafe.address) == ("email", "j@waymark.example")


def test_nothing_is_queued_where_no_way_is_safe():
    with pytest.raises(Refused) as refusal:
        queued(claim(safe={"may_write": False}))
    assert refusal.value.code == "not_safe_to_write" and refusal.value.cure
    assert not Notice.objects.exists()


def test_a_letter_to_a_customer_whose_contact_is_stopped_is_held_from_the_start():
    whose = claim()
    stop(whose.customer)
    assert queued(whose).state == NoticeState.HELD
    assert Event.objects.get().details["held"] is True


def test_a_preview_writes_nothing_and_is_the_letter():
    whose, law = claim(), rules()
    seen = preview(whose, NoticeKind.BOOKED, words=BOOKED, rules=law, now=NOW)
    assert not Notice.objects.exists() and events() == []
    assert seen.way.channel == "post" and seen.refused is None
    assert seen.pdf().startswith(b"%PDF")
    sent = queue_notice(whose, NoticeKind.BOOKED, words=BOOKED, rules=law, by=None, now=NOW)
    assert sent.html == seen.html.replace("–<", f"{sent.ref}<", 1)


def test_a_preview_says_when_there_is_no_safe_way():
    seen = preview(
        claim(safe={"may_write": False}), NoticeKind.DEFERRED, words=DEFERRED, rules=rules(), now=NOW
    )
    assert seen.way is None and seen.refused.code == "not_safe_to_write"


def test_a_stop_holds_what_waits_and_lifting_it_releases_it_with_one_event_each():
    whose = claim()
    first, second = queued(whose), queued(whose)
    other = queued()
    later = NOW + timedelta(days=3)
    assert hold_for(whose.customer, by=None, now=NOW) == 2
    assert release_for(whose.customer, by=None, now=later) == 2
    states = dict(Notice.objects.values_list("ref", "state"))
    assert states == dict.fromkeys([first.ref, second.ref, other.ref], "waiting")
    assert Notice.objects.get(pk=first.pk).try_at == later
    assert events()[-2:] == ["notice_held", "notice_released"]
    assert hold_for(factories.customer(), by=None, now=NOW) == 0
    assert len(events()) == 5


def test_letters_are_not_released_while_contact_is_stopped():
    whose = claim()
    stop(whose.customer)
    queued(whose)
    with pytest.raises(Refused) as refusal:
        release_for(whose.customer, by=None, now=NOW)
    assert refusal.value.code == "still_stopped"


def test_a_letter_is_withdrawn_with_a_reason():
    notice = queued()
    by = factories.post(Role.TEAM_LEADER, office=notice.claim.office)
    assert withdraw(notice, "The reason was wrong.", by=by, now=NOW).state == NoticeState.WITHDRAWN
    event = Event.objects.latest("id")
    assert (event.kind, event.why) == ("notice_withdrawn", "The reason was wrong.")


def test_a_letter_is_not_withdrawn_without_a_reason_nor_by_another_district():
    notice = queued()
    ours = factories.post(Role.TEAM_LEADER, office=notice.claim.office)
    stranger = factories.post(Role.TEAM_LEADER)
    for why, by, code in (("  ", ours, "no_reason"), ("Wrong.", stranger, "notice_of_elsewhere")):
        with pytest.raises(Refused) as refusal:
            withdraw(notice, why, by=by, now=NOW)
        assert refusal.value.code == code
    assert Notice.objects.get().state == NoticeState.WAITING


def test_all_letters_of_a_claim_that_have_not_gone_are_withdrawn_with_one_event():
    whose = claim()
    sent, *unsent = [queued(whose) for _n in range(3)]
    Notice.objects.filter(pk=sent.pk).update(state="sent", sent_at=NOW, pdf=b"%PDF")
    other = queued()
    assert withdraw_waiting(whose, why="The decision was reversed.", by=None, now=NOW) == 2
    states = dict(Notice.objects.values_list("ref", "state"))
    assert states == {sent.ref: "sent", other.ref: "waiting"} | dict.fromkeys(
        [n.ref for n in unsent], "withdrawn"
    )
    assert events().count("notice_withdrawn") == 1


@pytest.mark.parametrize("state", ["waiting", "held", "withdrawn"])
def test_only_a_failed_letter_is_tried_again(state):
    notice = queued()
    Notice.objects.update(state=state)
    with pytest.raises(Refused):
        retry(notice, by=None, now=NOW)


def test_a_failed_letter_tried_again_has_all_its_tries_before_it():
    notice = queued()
    Notice.objects.update(state="failed", tries=5)
    again = retry(notice, by=None, now=NOW + timedelta(hours=1))
    assert (again.state, again.tries, again.try_at) == ("waiting", 0, NOW + timedelta(hours=1))
    assert events()[-1] == "notice_retried"


def test_who_sees_a_letter_follows_from_their_post():
    office = factories.office()
    notice = queued(claim(office=office))
    centre = factories.contact_centre(district=office.district)
    elsewhere = factories.office(district=office.district)
    sees = {
        "the centre": (factories.post(Role.AGENT, office=centre), 1),
        "the office": (factories.post(Role.ADVISER, office=office), 1),
        "another office": (factories.post(Role.ADVISER, office=elsewhere), 0),
        "another district": (factories.post(Role.ADVISER), 0),
        "an administrator": (factories.post(Role.ADMINISTRATOR, office=office), 0),
    }
    for who, (post, count) in sees.items():
        assert queries.notices_of(notice.claim.customer, post).count() == count, who
    assert queries.outbox(sees["an administrator"][0]).count() == 1
    assert queries.outbox(sees["another district"][0]).count() == 0
