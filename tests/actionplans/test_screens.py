"""The pages of a plan, of distance travelled, and the customer's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.referrals import making as referring
from tests.today.seeing import sign_in
from waymark.actionplans import verbs
from waymark.actionplans.enums import Origin, StepState
from waymark.actionplans.models import Observation, Step
from waymark.actionplans.owners import StepOwner
from waymark.interviews.models import Interest
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.referrals import verbs as referrals
from waymark.worklist.enums import TaskKind

pytestmark = pytest.mark.django_db
# The screens read the clock, so these tests take place now.
NOW = timezone.now()
TODAY = day_of(NOW)
SOON = TODAY + timedelta(days=10)


@pytest.fixture
def claim(place):
    customer = factories.customer(given_names="Joan", family_name="Price", added_by=place.agent)
    return place.claim(now=NOW, customer=customer, claimed_on=TODAY, period_from=TODAY).claim


@pytest.fixture
def adviser(client, place):
    sign_in(client, place.adviser)
    return client


def add(claim, place, **fields) -> Step:
    values = {
        "words": "Find out what the course costs",
        "who": StepOwner.adviser(place.adviser.person),
        "due_on": SOON,
        "origin": Origin.INTERVIEW,
        "by": place.adviser,
        "now": NOW,
    }
    return verbs.add_step(claim, **{**values, **fields})


def url(name: str, *args) -> str:
    return reverse(f"actionplans:{name}", args=args)


def day_fields(name: str, day) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_plan_that_is_not_begun_says_so_and_offers_the_first_step(adviser, claim):
    page = adviser.get(url("plan", claim.ref))
    assert "Nothing stands in the plan yet." in page.content.decode()
    assert url("add_step", claim.ref) in page.content.decode()


def test_a_step_is_added_from_the_page(adviser, claim, place):
    page = adviser.post(
        url("add_step", claim.ref),
        {"words": "Ring the college", "owner": "customer", "origin": "talk", **day_fields("due_on", SOON)},
    )
    assert page.status_code == 302, page.content.decode()
    step = Step.objects.get()
    assert (step.words, step.owner, step.due_on) == ("Ring the college", "customer", SOON)
    shown = adviser.get(url("plan", claim.ref)).content.decode()
    assert "Ring the college" in shown
    assert "the customer has not been asked yet" in shown


def test_a_step_by_nobody_is_refused_in_the_form(adviser, claim):
    page = adviser.post(
        url("add_step", claim.ref),
        {"words": "Ask", "owner": "provider", "origin": "talk", **day_fields("due_on", SOON)},
    )
    assert page.status_code == 200
    assert "Write who helps" in page.content.decode()


def test_a_wish_becomes_a_step_in_one_press(adviser, claim, place):
    wish = Interest.objects.create(
        ref=new_ref("W"),
        claim=claim,
        words="Voluntary work",
        owner=place.adviser.person,
        answer_by=SOON,
        task=factories.open_task(claim, kind=TaskKind.ANSWER_INTEREST, due_on=SOON),
    )
    assert "Voluntary work" in adviser.get(url("plan", claim.ref)).content.decode()
    adviser.post(url("take_wish", claim.ref, wish.ref))
    assert Step.objects.get().wish == wish


def test_how_a_step_stands_is_said_on_one_page(adviser, claim, place):
    step = add(claim, place)
    assert adviser.get(url("of_task", step.task.ref)).url == url("step", step.ref)
    adviser.post(url("step", step.ref), {"how": "done", "said": "It costs £40."})
    step.refresh_from_db()
    assert step.state == StepState.DONE


def test_more_time_needs_a_day_and_words(adviser, claim, place):
    step = add(claim, place)
    page = adviser.post(url("step", step.ref), {"how": "more_time"})
    assert "Give the new day" in page.content.decode()
    later = SOON + timedelta(days=7)
    adviser.post(
        url("step", step.ref), {"how": "more_time", "said": "Shut.", **day_fields("again_on", later)}
    )
    step.refresh_from_db()
    assert step.due_on == later


def test_the_customer_agrees_and_the_page_says_so(adviser, claim, place):
    add(claim, place)
    assert "Find out what the course costs" in adviser.get(url("agree", claim.ref)).content.decode()
    adviser.post(
        url("agree", claim.ref),
        {"agreed": "yes", "how": "together", "send": "on", **day_fields("on", TODAY)},
    )
    assert "agreed with the customer" in adviser.get(url("plan", claim.ref)).content.decode()


def test_the_plan_on_paper_is_one_page(adviser, claim, place):
    add(claim, place)
    verbs.set_aim(claim, words="To work with plants again.", by=place.adviser, now=NOW)
    verbs.set_barriers(claim, ["health"], by=place.adviser, now=NOW)
    add(claim, place, words="Ask the doctor", who=StepOwner.customer())
    shown = adviser.get(url("paper", claim.ref)).content.decode()
    assert "To work with plants again." in shown
    pdf = adviser.get(url("paper", claim.ref) + "?format=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.count(b"/Type /Page\n") + pdf.content.count(b"/Type/Page\n") <= 1


def test_every_version_stands_on_its_page_with_why(adviser, claim, place):
    step = add(claim, place)
    verbs.change_step(step, words="Ask the college", why="Simpler.", by=place.adviser, now=NOW)
    shown = adviser.get(url("versions", claim.ref)).content.decode()
    assert "Version 2" in shown
    assert "Simpler." in shown


def test_signs_are_marked_and_drawn_with_words_for_each_mark(adviser, claim, place):
    adviser.post(
        url("see_signs", claim.ref),
        {"seen_by": "adviser", "sign_confidence": "clearly", **day_fields("on", TODAY)},
    )
    assert Observation.objects.get().sign == "confidence"
    shown = adviser.get(url("distance", claim.ref)).content.decode()
    assert "More confidence: " in shown
    assert "style=" not in shown.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("name", ["plan", "add_step", "versions", "paper", "agree", "distance", "see_signs"])
def test_strangers_find_no_plan(client, place, claim, name):
    add(claim, place)
    sign_in(client, place.elsewhere)
    assert client.get(url(name, claim.ref)).status_code == 404


def test_the_page_of_a_plan_asks_no_more_for_many_steps_than_for_one(
    adviser, claim, place, django_assert_max_num_queries
):
    for number in range(12):
        add(claim, place, words=f"Step {number}")
    with django_assert_max_num_queries(26):
        adviser.get(url("plan", claim.ref))


# A referral or an award as a step; somebody of the directory as its owner


def test_a_referral_is_put_into_the_plan_from_its_page(adviser, claim, place):
    to = referring.service(name="Calder Steps")
    sally = referring.link_worker(to.organisation)
    referral = referring.proposed(claim, place.adviser, NOW, to)
    shown = adviser.get(reverse("referrals:show", args=[referral.ref])).content.decode()
    way = f"{url('add_step', claim.ref)}?of={referral.ref}"
    assert "Put it into the plan" in shown and way in shown
    form = adviser.get(way).content.decode()
    assert "Go to Calder Steps" in form and sally.name in form
    adviser.post(
        way,
        {
            "words": "Go to Calder Steps",
            "owner": "provider",
            "contact": sally.ref,
            **day_fields("due_on", SOON),
        },
    )
    step = Step.objects.get()
    assert (step.origin, step.made_of, step.contact) == (Origin.REFERRAL, referral.ref, sally)
    shown = adviser.get(reverse("referrals:show", args=[referral.ref])).content.decode()
    assert "Put it into the plan" not in shown and url("step", step.ref) in shown


def test_the_referral_of_somebody_else_is_no_step_of_this_plan(adviser, claim, place):
    other = place.claim(now=NOW, claimed_on=TODAY, period_from=TODAY).claim
    referral = referring.proposed(other, place.adviser, NOW)
    assert adviser.get(f"{url('add_step', claim.ref)}?of={referral.ref}").status_code == 404


def test_the_step_of_a_referral_is_done_when_the_help_begins(claim, place):
    referral = referring.sent(claim, place.adviser, NOW)
    step = add(claim, place, origin=Origin.REFERRAL, made_of=referral.ref)
    there = referring.by_link(referral)
    referrals.attend(referral, TODAY, came=True, by=there, now=NOW)
    step.refresh_from_db()
    assert step.state == StepState.DONE


def test_somebody_of_the_directory_is_found_by_a_word_and_what_was_typed_stays(adviser, claim, place):
    sally = referring.link_worker(referring.service(name="Calder Steps").organisation)
    typed = {
        "words": "Show them round",
        "owner": "provider",
        "helper": "calder steps sally",
        "origin": "talk",
        **day_fields("due_on", SOON),
    }
    page = adviser.post(url("add_step", claim.ref), {**typed, "find": "1"})
    shown = page.content.decode()
    assert page.status_code == 200 and not Step.objects.exists()
    assert sally.ref in shown and "Show them round" in shown and f'value="{SOON.year}"' in shown
    adviser.post(url("add_step", claim.ref), {**typed, "contact": sally.ref})
    assert Step.objects.get().contact == sally


def test_a_step_goes_to_somebody_of_the_directory_later(adviser, claim, place):
    sally = referring.link_worker(referring.service(name="Calder Steps").organisation)
    step = add(claim, place)
    adviser.post(
        url("step", step.ref),
        {
            "how": "change",
            "words": step.words,
            "owner": "provider",
            "helper": "sally",
            "contact": sally.ref,
            "said": "She knows the college.",
            **day_fields("due_on", SOON),
        },
    )
    step.refresh_from_db()
    assert (step.owner, step.contact, step.owner_name) == ("provider", sally, "")
