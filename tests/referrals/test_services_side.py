"""The side of the service: by link, by account, by the code of a slip; only its own, only what was agreed to."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.casework.making import helpers, wanted
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.casework import verbs as casework
from waymark.directory.enums import Channel
from waymark.interviews.holding import rules_for
from waymark.portal import verbs as portal
from waymark.record.models import Event
from waymark.referrals import outbox, verbs
from waymark.referrals.enums import Given, ReferralKind, ReferralState
from waymark.referrals.models import Dispatch, Pass, Referral
from waymark.referrals.verbs.posting import secret_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def claim(place, now):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date()).claim


@pytest.fixture
def referral(place, claim, now) -> Referral:
    return making.sent(claim, place.adviser, now)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def door_of(referral: Referral) -> str:
    return reverse("provider:door", args=[secret_part(Pass.objects.get(referral=referral).ref)])


def test_the_mail_holds_a_link_and_nothing_about_the_customer(referral, now):
    assert outbox.deliver_due(now) == 1
    sent = mail.outbox[0]
    assert "/provider/l/" in sent.body
    for word in ("Joan", "Price", "AB", "back"):
        assert word not in sent.body.replace("/provider/l/" + secret_part(Pass.objects.get().ref), "")
    assert Dispatch.objects.get().state == "sent"
    assert outbox.deliver_due(now) == 0


def test_the_secret_is_not_in_the_database(referral):
    secret = secret_part(Pass.objects.get().ref)
    assert secret not in str(Pass.objects.values().get())


def test_a_link_answers_without_an_account(client, referral):
    door = door_of(referral)
    assert "Joan" not in text(client.get(door))
    client.post(door, {"said_by": "Sally Webb"})
    page = text(client.get(reverse("provider:here")))
    assert "Joan Price" in page
    for act, data in (
        ("acknowledge", {}),
        ("time", {"on_day": "4", "on_month": "5", "on_year": "2031", "clock": "10:00", "where": "Mill Road"}),
    ):
        address = reverse("provider:here_act", args=[act])
        assert client.get(address).status_code == 200
        assert client.post(address, data).status_code == 302, act
    referral.refresh_from_db()
    assert referral.state == ReferralState.APPOINTMENT
    assert Event.objects.get(kind="referral_acknowledged").details["said_by"] == "Sally Webb"


def test_the_whole_help_by_link(client, referral, now):
    client.post(door_of(referral), {"said_by": "Sally Webb"})
    today = timezone.localdate(now)
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    posts = (
        ("attend", {**day, "came": "yes", "minutes": "60"}),
        ("feedback", {"kind": "progress", "words": "Comes gladly."}),
        ("ask", {"words": "Mornings?"}),
        ("end", {**day, "code": "completed", "report": "All done."}),
    )
    for act, data in posts:
        address = reverse("provider:here_act", args=[act])
        assert client.get(address).status_code == 200, act
        assert client.post(address, data).status_code == 302, act
    referral.refresh_from_db()
    assert referral.state == ReferralState.ENDED
    assert client.get(reverse("provider:here")).url == reverse("provider:over")


def test_what_was_taken_back_is_not_shown(client, place, referral, now):
    verbs.withdraw_consent(referral, ["health"], how=Given.TELEPHONE, by=place.adviser, now=now)
    client.post(door_of(referral), {"said_by": "Sally Webb"})
    page = text(client.get(reverse("provider:here")))
    assert "painful back" not in page
    assert "Taken back by the person" in page


def test_an_old_link_a_made_up_one_and_one_that_was_ended_open_nothing(client, place, referral, now):
    door = door_of(referral)
    assert client.get(reverse("provider:door", args=["A" * 32])).url == reverse("provider:over")
    Pass.objects.update(expires_at=now - timedelta(days=1))
    assert client.get(door).url == reverse("provider:over")
    Pass.objects.update(expires_at=now + timedelta(days=1))
    client.post(door, {"said_by": "Sally Webb"})
    assert client.get(reverse("provider:here")).status_code == 200
    verbs.end_passes(referral, because="lost", by=place.adviser, now=now)
    assert client.get(reverse("provider:here")).url == reverse("provider:over")


def test_without_a_name_the_link_stays_shut(client, referral):
    client.post(door_of(referral), {"said_by": ""})
    assert client.get(reverse("provider:here")).url == reverse("provider:over")


def test_with_an_account_they_see_their_own_and_nothing_else(client, place, claim, now):
    to = making.service(channels=[Channel.ACCOUNT])
    worker = making.provider(to.organisation)
    mine = making.sent(claim, place.adviser, now, to, channel=Channel.ACCOUNT)
    other = place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim
    theirs = making.sent(other, place.adviser, now)
    draft = making.consented(other, place.adviser, now, making.service(organisation=to.organisation))
    sign_in(client, worker)
    assert "Joan Price" in text(client.get(reverse("provider:home")))
    assert client.get(reverse("provider:show", args=[mine.ref])).status_code == 200
    for hidden in (theirs, draft):
        assert client.get(reverse("provider:show", args=[hidden.ref])).status_code == 404
    client.post(reverse("provider:act", args=[mine.ref, "accept"]), {})
    mine.refresh_from_db()
    assert mine.state == ReferralState.ACCEPTED
    for page in ("customers:search", "worklist:list", "referrals:list"):
        assert client.get(reverse(page)).status_code == 403
    assert client.get(reverse("today")).status_code == 200


def test_a_service_reads_who_the_case_manager_is_but_not_one_at_another_service(client, place, claim, now):
    """R:L889-895; naming another service would tell where else the customer gets help (R:L645)."""
    to = making.service(channels=[Channel.ACCOUNT])
    worker = making.provider(to.organisation)
    referral = making.sent(claim, place.adviser, now, to, channel=Channel.ACCOUNT)
    clinic = helpers("Northgate Clinic").contact
    case = casework.take_on(claim, by=place.adviser, now=now).case
    sign_in(client, worker)
    address = reverse("provider:show", args=[referral.ref])
    assert "Case manager" in text(client.get(address))
    transfer = casework.propose_transfer(case, wanted(clinic), by=place.adviser, now=now)
    casework.answer_transfer(transfer, accept=True, by=place.adviser, now=now)
    page = text(client.get(address))
    assert "Case manager" not in page
    assert "Northgate Clinic" not in page


def test_news_of_the_service_reaches_whoever_looks_after_its_customers(client, place, claim, now):
    to = making.service(channels=[Channel.ACCOUNT])
    worker = making.provider(to.organisation)
    making.started(claim, place.adviser, now, to, channel=Channel.ACCOUNT)
    sign_in(client, worker)
    client.post(reverse("provider:news"), {"words": "Sally is away until June."})
    assert claim.tasks.get(kind="referral_news").words.endswith("until June.")


def test_a_slip_is_reported_by_its_code_and_tells_nothing_in_return(client, place, claim, now):
    signpost = making.proposed(claim, place.adviser, now, kind=ReferralKind.SIGNPOST)
    signpost = verbs.signpost(signpost, by=place.adviser, now=now)
    today = timezone.localdate(now)
    sent = {
        "code": f"{signpost.slip_code[:4]} {signpost.slip_code[4:].lower()}",
        "said_by": "Sally",
        "on_day": today.day,
        "on_month": today.month,
        "on_year": today.year,
    }
    page = text(client.post(reverse("provider:arrived"), sent, follow=True))
    assert "Joan" not in page
    signpost.refresh_from_db()
    assert signpost.state == ReferralState.STARTED
    assert "Nobody is waited for with this code." in text(client.post(reverse("provider:arrived"), sent))


def test_the_customers_own_page_shows_it_and_takes_it_back(client, place, referral, now):
    customer = referral.claim.customer
    made = portal.make_link(customer, rules=rules_for(referral.claim, now.date()), by=place.adviser, now=now)
    born = customer.born_on
    client.post(
        reverse("my:door"),
        {
            "secret": made.secret,
            "by_link": "yes",
            "born_on_day": born.day,
            "born_on_month": born.month,
            "born_on_year": born.year,
        },
    )
    assert referral.service.name in text(client.get(reverse("my:services")))
    address = reverse("my:service", args=[referral.ref])
    page = text(client.get(address))
    assert "Going there is your choice." in page
    assert "Bus 12" in page
    client.post(address, {"item": "health"})
    assert "health" not in {one.item for one in referral.claim.consents.filter(withdrawn_at=None)}
    client.post(address, {"stop": "1"})
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN
