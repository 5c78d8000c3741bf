"""The customer's plan on their own page."""

from datetime import timedelta

from django.utils import timezone

from waymark.actionplans import verbs
from waymark.actionplans.enums import AgreedHow, Origin, Seen
from waymark.actionplans.models import Plan, Step
from waymark.actionplans.owners import StepOwner
from waymark.inbound.models import Message
from waymark.kernel.clock import day_of

NOW = timezone.now()
TODAY = day_of(NOW)


def add(claim, place, **fields) -> Step:
    values = {
        "words": "Find out what the course costs",
        "who": StepOwner.adviser(place.adviser.person),
        "due_on": TODAY + timedelta(days=10),
        "origin": Origin.INTERVIEW,
        "by": place.adviser,
        "now": NOW,
    }
    return verbs.add_step(claim, **{**values, **fields})


def test_a_customer_sees_their_plan_and_can_say_that_it_is_not_right(own, claim, place):
    add(claim, place, words="Ring the college", who=StepOwner.customer())
    shown = own.get("/my/plan/").content.decode()
    assert "Ring the college" in shown
    assert "Nothing follows if a step is not done" in shown
    own.post("/my/plan/wrong/", {"words": "I cannot ring. I would rather write."})
    message = Message.objects.get(claim=claim)
    assert (message.about, message.words) == (
        "correction",
        "About my plan: I cannot ring. I would rather write.",
    )


def test_a_customer_says_that_they_have_done_a_step(own, claim, place):
    step = add(claim, place, words="Ring the college", who=StepOwner.customer())
    own.post(f"/my/plan/steps/{step.ref}/", {"words": ""})
    assert Message.objects.get(claim=claim).words == "I have done this step of my plan: “Ring the college”."


def test_a_customer_agrees_on_their_own_page(own, claim, place):
    add(claim, place)
    version = Plan.objects.get(claim=claim).versions.last()
    own.post("/my/plan/agree/", {"version": str(version.number)})
    agreed = version.agreements.get()
    assert (agreed.how, agreed.noted_by) == (AgreedHow.PORTAL, None)
    assert "You agreed it on" in own.get("/my/plan/").content.decode()


def test_the_step_of_somebody_else_is_not_there(own, claim, place, now):
    other = place.claim(now=now, claimed_on=now.date(), period_from=now.date()).claim
    step = add(other, place)
    assert own.get(f"/my/plan/steps/{step.ref}/").status_code == 404


def test_signs_are_not_shown_to_the_customer_as_a_judgement(own, claim, place):
    add(claim, place)
    verbs.see_signs(claim, {"appearance": Seen.NOT_YET}, on=TODAY, by=place.adviser, now=NOW)
    assert "Looks after themselves" not in own.get("/my/plan/").content.decode()
