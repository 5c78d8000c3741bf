"""What a service sees of our side since it last looked: by account with names, by link without (ADR 0020)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.kernel.clock import day_of
from waymark.record.models import Event
from waymark.referrals import queries, verbs
from waymark.referrals.enums import Given, NotThere
from waymark.referrals.queries import Changed
from waymark.referrals.verbs.posting import make_pass

pytestmark = pytest.mark.django_db
# The screens read the clock, so these tests take place now.
NOW = timezone.now()
TODAY = day_of(NOW)


@pytest.fixture
def claim(place):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=NOW, customer=customer, claimed_on=TODAY, period_from=TODAY).claim


def another(place, name="Amir Khan"):
    given, family = name.split()
    customer = factories.customer(given_names=given, family_name=family, added_by=place.agent)
    return place.claim(now=NOW, customer=customer, claimed_on=TODAY, period_from=TODAY).claim


def visit(client, referral, place):
    """Open the link of a referral as somebody of its service."""
    made = make_pass(referral, by=place.adviser, now=NOW)
    client.post(reverse("provider:door", args=[made.secret]), {"said_by": making.SALLY})
    return client


def kinds(organisation, **more):
    return [one.what for one in queries.changes(organisation, NOW + timedelta(minutes=1), **more)]


def test_an_answer_a_yes_taken_back_and_a_referral_taken_back_are_changes(place, claim):
    to = making.service()
    referral = making.sent(claim, place.adviser, NOW, to)
    question = verbs.ask(referral, "May he come on Thursdays?", by=making.by_link(referral), now=NOW)
    verbs.answer(question, "Yes, in the mornings.", by=place.adviser, now=NOW)
    verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
    gone = making.sent(another(place), place.adviser, NOW, to)
    verbs.take_back(gone, "something_else", by=place.adviser, now=NOW)
    assert set(kinds(to.organisation)) == {Changed.ANSWERED, Changed.YES_TAKEN_BACK, Changed.TAKEN_BACK}


def test_what_was_never_told_is_no_change_when_it_is_taken_back(place, claim):
    to = making.service()
    referral = making.consented(claim, place.adviser, NOW, to)
    verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
    assert kinds(to.organisation) == []


def test_a_customer_who_goes_no_longer_is_a_change_and_the_services_own_end_is_none(place, claim):
    to = making.service()
    stopped = making.started(claim, place.adviser, NOW, to)
    verbs.attend(stopped, TODAY - timedelta(days=1), came=False, by=making.by_link(stopped), now=NOW)
    verbs.ring_kindly(stopped, NotThere.STOPS, reason="not_right", by=place.adviser, now=NOW)
    own = making.started(another(place), place.adviser, NOW, to)
    verbs.end_help(own, "completed", on=TODAY, report="Done.", by=making.by_link(own), now=NOW)
    assert kinds(to.organisation) == [Changed.ENDED]


def test_another_organisation_sees_nothing_of_it(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
    assert kinds(making.organisation()) == []


def test_by_link_the_own_referral_is_spelled_out_and_others_stay_without_a_name(client, place, claim):
    to = making.service()
    referral = making.sent(claim, place.adviser, NOW, to)
    verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
    other = making.sent(another(place), place.adviser, NOW, to)
    question = verbs.ask(other, "Which bus?", by=making.by_link(other), now=NOW)
    verbs.answer(question, "The 12, says Amir Khan.", by=place.adviser, now=NOW)
    shown = visit(client, referral, place).get(reverse("provider:here_changes")).content.decode()
    assert "taken back what you may know" in shown and "Health" in shown
    assert "Your question is answered" in shown
    assert "Amir" not in shown and "The 12" not in shown


def test_after_reading_only_what_comes_later_is_new(client, place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    question = verbs.ask(referral, "Which bus?", by=making.by_link(referral), now=NOW)
    verbs.answer(question, "The 12.", by=place.adviser, now=NOW)
    visit(client, referral, place)
    here = reverse("provider:here_changes")
    assert "I have read it" in client.get(here).content.decode()
    assert client.post(here).status_code == 302
    assert Event.objects.get(kind="service_read_changes").details["said_by"] == making.SALLY
    shown = client.get(here).content.decode()
    assert "Your question is answered" in shown and "I have read it" not in shown


def test_an_account_has_its_own_reading_and_sees_names(client, place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    organisation = referral.service.organisation
    clerk = making.provider(organisation)
    question = verbs.ask(referral, "Which bus?", by=making.by_link(referral), now=NOW)
    verbs.answer(question, "The 12.", by=place.adviser, now=NOW)
    verbs.read_changes(organisation, by=making.by_link(referral), now=NOW + timedelta(seconds=1))
    assert [one.new for one in queries.changes(organisation, NOW, person=clerk.person)] == [True]
    sign_in(client, clerk)
    assert "1 change since you last looked" in client.get(reverse("provider:home")).content.decode()
    shown = client.get(reverse("provider:changes")).content.decode()
    assert "Joan Price" in shown and "The 12." in shown
    client.post(reverse("provider:changes"))
    assert "since you last looked" not in client.get(reverse("provider:home")).content.decode()


def test_it_takes_as_many_statements_for_many_as_for_one(place, django_assert_num_queries):
    to = making.service()

    def one_more(name):
        referral = making.sent(another(place, name), place.adviser, NOW, to)
        verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
        question = verbs.ask(referral, "Which bus?", by=making.by_link(referral), now=NOW)
        verbs.answer(question, "The 12.", by=place.adviser, now=NOW)

    one_more("Amir Khan")
    with django_assert_num_queries(7):
        queries.changes(to.organisation, NOW)
    for name in ("Ann Day", "Bob Ives"):
        one_more(name)
    with django_assert_num_queries(7):
        queries.changes(to.organisation, NOW)
