"""The pages of an adviser: every step has one, strangers find nothing, and what goes is shown before it goes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.organisations.enums import Role
from waymark.referrals import verbs
from waymark.referrals.enums import ReferralKind, ReferralState
from waymark.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def claim(place, now):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=now, customer=customer, claimed_on=now.date(), period_from=now.date()).claim


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_record_to_a_referral_that_has_left(client, place, claim):
    to = making.service(name="Living with pain")
    sign_in(client, place.adviser)
    customer = claim.customer.ref
    assert reverse("referrals:of_customer", args=[customer]) in text(
        client.get(reverse("customers:record", args=[customer]))
    )
    assert "Living with pain" in text(client.get(reverse("referrals:choose", args=[customer])))
    address = reverse("referrals:propose", args=[customer, to.ref])
    assert client.get(address).status_code == 200
    client.post(address, {"kind": "formal", "purpose": "To sleep better.", "chosen_because": ["need"]})
    referral = Referral.objects.get()
    show = reverse("referrals:show", args=[referral.ref])
    assert "To sleep better." in text(client.get(show))
    consent = {"how": "in_person", "yes_feedback": "yes"}
    for item in referral.items.all():
        consent |= {
            f"yes_{item.code}": "no" if item.code == "health" else "yes",
            f"value_{item.code}": item.value,
        }
    client.post(reverse("referrals:consent", args=[referral.ref]), consent)
    check = reverse("referrals:check", args=[referral.ref])
    page = text(client.get(check))
    assert "goes exactly this, and nothing else" in page
    assert "Health condition: the customer has not said yes" in page
    client.post(check, {"channel": "link", "fixed_by": "customer"})
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT
    assert set(referral.sent.values_list("item", flat=True)) == {"name", "contact", "ni_number"}
    assert client.get(show).status_code == 200


def test_what_is_missing_stands_on_the_check_page_with_its_cure(client, place, claim, now):
    referral = making.consented(claim, place.adviser, now, making.service(documents=["medical_report"]))
    sign_in(client, place.adviser)
    page = text(client.get(reverse("referrals:check", args=[referral.ref])))
    assert "needs: Medical report." in page
    assert "not from you" in page


def test_hints_advise_with_their_source_and_do_not_block(client, place, claim, now):
    """R:L627, M:L2484-2500."""
    referral = making.consented(claim, place.adviser, now, making.service(provision="cmp"))
    sign_in(client, place.adviser)
    fit = reverse("referrals:fit", args=[referral.ref])
    assert "Is a group all right" in text(client.get(fit))
    client.post(fit, {"help_wanted": "no", "cmp_nhs_comes_first": "yes"})
    page = text(client.get(reverse("referrals:show", args=[referral.ref])))
    assert "Where NHS treatment is needed it comes first." in page
    assert "M:L2484-2486" in page
    client.post(reverse("referrals:check", args=[referral.ref]), {"channel": "link", "fixed_by": "customer"})
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


PAGES = {
    "proposed": ("consent", "fit", "other", "decline"),
    "consented": ("check", "consent", "withdraw"),
    "sent": ("told_us", "chase", "wait", "take_back", "print", "link", "withdraw"),
    "started": ("told_us", "chase", "hear", "end", "print"),
    "ended": ("meeting", "told_us"),
}


@pytest.mark.parametrize("state", PAGES)
def test_every_page_of_a_state_opens_for_its_adviser_and_for_no_stranger(client, place, claim, now, state):
    referral = getattr(making, state)(claim, place.adviser, now)
    sign_in(client, place.adviser)
    for name in ("show", *PAGES[state]):
        assert client.get(reverse(f"referrals:{name}", args=[referral.ref])).status_code == 200, name
    sign_in(client, factories.post(Role.ADVISER))
    for name in ("show", *PAGES[state]):
        assert client.get(reverse(f"referrals:{name}", args=[referral.ref])).status_code == 404, name


def test_what_the_service_says_on_the_telephone_is_written_down_with_a_name(client, place, claim, now):
    referral = making.sent(claim, place.adviser, now)
    sign_in(client, place.adviser)
    address = reverse("referrals:told_us_one", args=[referral.ref, "acknowledge"])
    assert "Who of the service says so?" in text(client.get(address))
    client.post(address, {"said_by": "Jo Lund"})
    referral.refresh_from_db()
    assert referral.acknowledged_at
    page = text(client.get(reverse("referrals:show", args=[referral.ref])))
    assert "(Jo Lund)" in page


def test_the_lists_open_and_are_as_quick_with_many(client, place, claim, now, django_assert_max_num_queries):
    making.sent(claim, place.adviser, now)
    sign_in(client, place.adviser)
    for name in ("list", "orphans", "reconcile", "unread"):
        address = reverse(f"referrals:{name}")
        assert client.get(address).status_code == 200
        assert client.get(f"{address}?format=csv").status_code == 200
    for _ in range(3):
        other = place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim
        making.sent(other, place.adviser, now)
    with django_assert_max_num_queries(20):
        assert "4 referrals" in text(client.get(reverse("referrals:list")))


def test_a_number_of_the_reconciliation_opens_the_people_behind_it(client, place, claim, now):
    referral = making.sent(claim, place.adviser, now)
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:reconcile")).content.decode()
    address = reverse("referrals:of_day", args=[now.date().isoformat(), referral.service.organisation.ref])
    assert f'<a class="govuk-link" href="{address}' in page
    assert "Link(label" not in page
    assert "Joan Price" in text(client.get(f"{address}?part=pending"))
    assert "Joan Price" not in text(client.get(f"{address}?part=returned"))


def test_the_task_opens_its_referral(client, place, claim, now):
    referral = making.sent(claim, place.adviser, now)
    sign_in(client, place.adviser)
    page = text(client.get(reverse("worklist:task", args=[referral.task.ref])))
    door = reverse("referrals:of_task", args=[referral.task.ref])
    assert door in page
    assert client.get(door).url == reverse("referrals:show", args=[referral.ref])


def test_the_slip_says_that_it_is_a_choice(client, place, claim, now):
    referral = making.proposed(claim, place.adviser, now, kind=ReferralKind.SIGNPOST)
    sign_in(client, place.adviser)
    client.post(reverse("referrals:slip", args=[referral.ref]))
    referral.refresh_from_db()
    page = text(client.get(reverse("referrals:slip", args=[referral.ref])))
    assert referral.slip_code in page
    assert "Going there is your choice." in page


def test_feedback_is_read_by_whom_it_is_for(client, place, claim, now):
    referral = making.started(claim, place.adviser, now)
    verbs.give_feedback(referral, "progress", words="Comes gladly.", by=making.by_link(referral), now=now)
    sign_in(client, place.adviser)
    assert "Comes gladly." in text(client.get(reverse("referrals:unread")))
    client.post(reverse("referrals:read", args=[referral.feedback.get().ref]), {"back": "unread"})
    assert "Comes gladly." not in text(client.get(reverse("referrals:unread")))
