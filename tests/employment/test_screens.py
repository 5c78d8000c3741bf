"""The pages of work, and of the time after a benefit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.today.seeing import sign_in
from waymark.employment import verbs
from waymark.employment.enums import Disclosing, Going, JobKind, JobState
from waymark.employment.models import Disclosure, InWorkCall, Job, SupportOffer, TransitionPlan
from waymark.employment.verbs import NewJob
from waymark.interviews.verbs import end_claim
from waymark.kernel.clock import day_of

pytestmark = pytest.mark.django_db
# The screens read the clock, so these tests take place now.
NOW = timezone.now()
TODAY = day_of(NOW)


@pytest.fixture
def claim(place):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=NOW, customer=customer, claimed_on=TODAY, period_from=TODAY).claim


@pytest.fixture
def adviser(client, place):
    sign_in(client, place.adviser)
    return client


@pytest.fixture
def job(claim, place) -> Job:
    new = NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(20), TODAY, pay_pence=520, pay_period="hour")
    return verbs.record_job(claim, new, by=place.adviser, now=NOW)


def url(name: str, *args) -> str:
    return reverse(f"employment:{name}", args=args)


def day_fields(name: str, day) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_job_is_told_of_on_one_page_and_shown_with_its_calls(adviser, claim):
    sent = {
        "kind": "employed",
        "employer": "Calder Nurseries",
        "hours": "20",
        "pay": "5.20",
        "pay_period": "hour",
        "lasting": "yes",
        **day_fields("starts_on", TODAY),
    }
    page = adviser.post(url("add", claim.ref), sent)
    assert page.status_code == 302, page.content.decode()
    shown = adviser.get(url("work", claim.ref)).content.decode()
    for words in ("Calder Nurseries", "about £104.00 a week", "Our calls", "Offer support"):
        assert words in shown


def test_pay_without_its_period_is_sent_back_with_what_is_missing(adviser, claim):
    sent = {
        "kind": "employed",
        "employer": "Shop",
        "hours": "20",
        "pay": "5",
        **day_fields("starts_on", TODAY),
    }
    page = adviser.post(url("add", claim.ref), sent)
    assert "Say what the pay is for" in page.content.decode()


def test_support_is_offered_and_a_no_is_kept_without_more(adviser, job):
    adviser.post(
        url("offer", job.ref), {"forms_named": ["calls"], "answer": "declined", "calls_welcome": "no"}
    )
    assert SupportOffer.objects.get().answer == "declined"
    assert not InWorkCall.objects.filter(state="planned").exists()


def test_the_call_that_is_due_is_opened_from_its_task(adviser, claim, job):
    first = job.calls.first()
    assert adviser.get(url("due_call", claim.ref)).url == url("call", first.ref)
    adviser.post(url("call", first.ref), {"reached": "talked", "going": "well"})
    first.refresh_from_db()
    assert first.going == Going.WELL


def test_a_job_that_has_ended_needs_what_comes_next(adviser, job):
    sent = {
        "because": "demands",
        **day_fields("on", TODAY),
        **day_fields("next_on", TODAY + timedelta(days=7)),
    }
    page = adviser.post(url("leave", job.ref), sent)
    assert page.status_code == 200
    adviser.post(url("leave", job.ref), {**sent, "next_words": "Talk about what would suit better"})
    job.refresh_from_db()
    assert job.state == JobState.ENDED


def test_advice_on_disclosure_is_shown_at_the_next_start(adviser, claim, place):
    adviser.post(
        url("disclosure", claim.ref),
        {"ways_shown": "on", "law_named": "on", "advice": "All four ways.", "decided": "tell_later"},
    )
    assert Disclosure.objects.get().decided == Disclosing.TELL_LATER
    assert "All four ways." in adviser.get(url("add", claim.ref)).content.decode()


def test_the_guidance_on_disclosure_stands_beside_the_talk(adviser, claim):
    shown = adviser.get(url("disclosure", claim.ref)).content.decode()
    assert "Put all the ways side by side" in shown


def test_what_goes_on_after_a_benefit_is_agreed_on_one_page(adviser, claim, place):
    end_claim(claim, reason="not_entitled", on=TODAY, by=place.adviser, now=NOW)
    assert "Agree what goes on" in adviser.get(url("transition", claim.ref)).content.decode()
    adviser.post(
        url("agree_transition", claim.ref),
        {
            "help_0": "The course",
            "goes_on_0": "yes",
            "how_0": "until July",
            "who_0": "Tom Walsh",
            "other_benefits": "Housing Benefit",
            "person": place.adviser.person.ref,
            **day_fields("contact_on", TODAY + timedelta(days=14)),
            **day_fields("told_on", TODAY),
        },
    )
    assert TransitionPlan.objects.get().state == "agreed"
    assert "The course" in adviser.get(url("transition", claim.ref)).content.decode()
    assert claim.customer.name in adviser.get(url("transitions")).content.decode()


def test_a_milestone_that_is_reached_can_be_noted(adviser, claim, place):
    long_ago = NOW - timedelta(days=95)
    new = NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(20), day_of(long_ago))
    job = verbs.record_job(claim, new, by=place.adviser, now=long_ago)
    assert "13 weeks: note that it goes on" in adviser.get(url("work", claim.ref)).content.decode()
    assert adviser.post(url("sustained", job.ref, "13"), {"words": ""}).status_code == 302
    assert job.checks.get().weeks == 13


@pytest.mark.parametrize("name", ["work", "add", "wishes", "disclosure", "transition", "begin_transition"])
def test_strangers_find_no_work(client, place, claim, name):
    sign_in(client, place.elsewhere)
    assert client.get(url(name, claim.ref)).status_code == 404


@pytest.mark.parametrize("name", ["start", "change", "evidence", "offer", "leave", "after"])
def test_strangers_find_no_job(client, place, job, name):
    sign_in(client, place.elsewhere)
    assert client.get(url(name, job.ref)).status_code == 404
