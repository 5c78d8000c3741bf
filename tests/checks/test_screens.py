"""The pages on which a second person looks at decisions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.interviews.talking import talk
from tests.recontact.counting import own_queries
from tests.recontact.makers import TERMINAL, deferred, hospital, open_kinds, somebody
from waymark.interviews import verbs
from waymark.interviews.models import Check
from waymark.interviews.verbs import Wish
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role, TeamKind

pytestmark = pytest.mark.django_db


def named(given: str, family: str, place):
    return somebody(place, timezone.now(), given_names=given, family_name=family)


def waiver_proposed(place, now, customer=None):
    on = day_of(now)
    customer = customer or somebody(place, now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=customer)
    conversation = talk(place, interview, TERMINAL, now=now)
    wish = Wish(choice="waive", reason="terminal_illness")
    return verbs.decide(conversation, wish, by=place.agent, now=now)


def shown(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def settle(client, decision, **said):
    return client.post(reverse("checks:show", args=[decision.ref]), said)


# The queue


def test_the_queue_shows_what_must_be_agreed_first_and_then_the_oldest(leads, place, now):
    deferred(place, now - timedelta(minutes=50), customer=named("Joan", "Price", place))
    deferred(place, now - timedelta(minutes=40), customer=named("Amal", "Okafor", place))
    waiver_proposed(place, now, customer=named("Ivy", "Bell", place))
    text = shown(leads, "checks:queue")
    assert text.index("Ivy Bell") < text.index("Joan Price") < text.index("Amal Okafor")
    assert text.index("To authorise") < text.index("To check")


def test_a_card_shows_why_in_whose_words_on_what_how_long_and_by_whom(leads, place, now):
    deferred(place, now)
    text = shown(leads, "checks:queue")
    for expected in (
        "When my back lets me sit.",  # the customer's words
        "the customer&#x27;s own word",  # what it rests on
        "57 days; usual is until",
        f"{place.agent.person.name}, contact-centre agent",
        "years in the post",
        "Everything it should rest on is there.",
    ):
        assert expected in text, expected


def test_the_page_of_a_decision_says_that_it_is_what_the_tables_advise(leads, place, now):
    decision = deferred(place, now).decision
    assert "It is what the tables advise." in shown(leads, "checks:show", decision.ref)


def test_a_card_shows_what_differs_from_the_advice_and_why(leads, place, now):
    on = day_of(now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=somebody(place, now))
    conversation = talk(place, interview, hospital(on), wanted=True, now=now)
    wish = Wish(
        choice="defer",
        reason="hospital_due",
        until=on + timedelta(days=57),
        evidence="customer_word",
        otherwise_code="carer_or_worker_advises",
        otherwise_words="Her sister asks us to wait.",
    )
    verbs.decide(conversation, wish, by=place.agent, now=now)
    text = shown(leads, "checks:queue")
    assert "The advice was: book." in text
    assert "Her sister asks us to wait." in text


def test_a_card_says_what_is_not_there(leads, place, now):
    on = day_of(now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=somebody(place, now))
    why_not = {"not_asked_because": "customer_too_unwell"}
    conversation = talk(place, interview, hospital(on), view=why_not, now=now)
    wish = Wish(
        choice="defer", reason="hospital_due", until=on + timedelta(days=57), evidence="customer_word"
    )
    verbs.decide(conversation, wish, by=place.agent, now=now)
    text = shown(leads, "checks:queue")
    assert "Not there:" in text
    assert "the customer was too unwell to be asked" in text


def test_a_leaders_own_decision_is_shown_with_why_somebody_else_looks_at_it(leads, place, now):
    deferred(place, now, by=place.leader)
    text = shown(leads, "checks:queue")
    assert "This is your own decision." in text
    assert "Another team leader or a manager looks at it." in text


def test_the_queue_says_how_many_of_todays_decisions_have_been_looked_at(leads, place, now):
    first = deferred(place, now)
    deferred(place, now)
    verbs.agree(first.decision.check_made, by=place.leader, now=now)
    assert "1 of today’s 2 deferrals and waivers have been looked at, 1 wait." in shown(leads, "checks:queue")


def test_small_numbers_of_the_month_are_hidden_and_no_rate_is_a_target(leads, place, now):
    deferred(place, now)
    text = shown(leads, "checks:queue")
    assert "Deferred: fewer than 5" in text
    assert "% were deferred or waived" not in text
    assert "7 to 14 % was tolerated. No rate is a target" in text


def test_from_five_on_the_numbers_of_the_month_are_shown(leads, place, now):
    for _each in range(5):
        deferred(place, now)
    text = shown(leads, "checks:queue")
    assert "Deferred: 5" in text
    assert "100 % were deferred or waived." in text


def test_an_empty_queue_says_so(leads, place):
    assert "Nothing waits for you" in shown(leads, "checks:queue")


def test_the_queue_takes_as_many_queries_for_many_as_for_one(leads, place, now):
    deferred(place, now)
    shown(leads, "checks:queue")
    assert own_queries(leads, reverse("checks:queue")) == 7
    for _each in range(4):
        deferred(place, now)
    assert own_queries(leads, reverse("checks:queue")) == 7


def test_a_manager_sees_the_decisions_about_the_claims_of_the_office(client, place, now):
    deferred(place, now, customer=named("Joan", "Price", place))
    client.force_login(place.manager.person)
    assert "Joan Price" in shown(client, "checks:queue")


def test_an_agent_does_not_open_the_queue(client, place):
    client.force_login(place.agent.person)
    assert client.get(reverse("checks:queue")).status_code == 403


def test_leaders_of_another_district_see_nothing_of_it(client, place, now):
    decision = deferred(place, now).decision
    stranger = make.post(Role.TEAM_LEADER, office=place.elsewhere.team.office)
    client.force_login(stranger.person)
    assert "Nothing waits for you" in shown(client, "checks:queue")
    assert client.get(reverse("checks:show", args=[decision.ref])).status_code == 404
    assert settle(client, decision, act="agree").status_code == 404


# Agree, ask back, reverse


def test_agreeing_moves_on_to_the_next_one(leads, place, now):
    first, second = deferred(place, now - timedelta(minutes=5)).decision, deferred(place, now).decision
    answer = settle(leads, first, act="agree", agree_words="Well asked.")
    assert answer.url == reverse("checks:show", args=[second.ref])
    assert settle(leads, second, act="agree").url == reverse("checks:queue")
    assert Check.objects.filter(state="agreed").count() == 2


def test_agreeing_to_a_proposal_puts_it_in_force(leads, place, now):
    decision = waiver_proposed(place, now)
    settle(leads, decision, act="agree")
    decision.refresh_from_db()
    assert decision.state == "in_force"
    assert open_kinds(decision.interview) == {"review_waiver"}


def test_asking_back_needs_a_question_and_keeps_what_was_chosen(leads, place, now):
    decision = deferred(place, now).decision
    answer = settle(leads, decision, act="ask", ask_words="")
    assert "The question is empty." in answer.content.decode()
    assert Check.objects.get().state == "waiting"


def test_a_question_back_is_answered_by_the_decider_and_then_agreed(leads, place, now):
    decision = deferred(place, now).decision
    settle(leads, decision, act="ask", ask_words="Is the date of the operation certain?")
    text = shown(leads, "checks:queue")
    assert "Asked back: the decider has the question (1)" in text

    decider = Client()
    decider.force_login(place.agent.person)
    task = decision.interview.claim.tasks.get(kind="answer_check")
    assert "Is the date of the operation certain?" in shown(decider, "checks:answer", task.ref)
    answer = decider.post(
        reverse("checks:answer", args=[decision.ref]), {"words": "Yes, the letter says so."}
    )
    assert answer.url == reverse("today")

    assert "Yes, the letter says so." in shown(leads, "checks:queue")
    settle(leads, decision, act="agree")
    assert Check.objects.get().state == "agreed"
    assert "answer_check" not in open_kinds(decision.interview)


def test_nothing_is_answered_where_nothing_was_asked(leads, place, now):
    decision = deferred(place, now).decision
    assert leads.get(reverse("checks:answer", args=[decision.ref])).status_code == 404


def test_reversing_needs_a_reason_and_makes_booking_the_next_step(leads, place, now):
    decision = deferred(place, now).decision
    assert "A reversal needs its reason." in settle(leads, decision, act="reverse").content.decode()
    settle(leads, decision, act="reverse", reverse_words="She said that she wants to come.")
    decision.refresh_from_db()
    assert decision.state == "reversed"
    assert open_kinds(decision.interview) == {"book"}


def test_ones_own_decision_is_not_agreed_by_a_post_either(leads, place, now):
    decision = deferred(place, now, by=place.leader).decision
    assert "This is your own decision." in settle(leads, decision, act="agree").content.decode()
    assert Check.objects.get().state == "waiting"


def test_a_settled_decision_says_who_looked_and_offers_nothing(leads, place, now):
    decision = deferred(place, now).decision
    settle(leads, decision, act="agree", agree_words="Clear and kind.")
    text = shown(leads, "checks:show", decision.ref)
    assert f"{place.leader.person.name} looked at it on" in text
    assert "Clear and kind." in text
    assert "Save and go on" not in text


# The log


def test_the_log_shows_every_deferral_and_waiver_of_the_day(leads, place, now):
    deferred(place, now, customer=named("Joan", "Price", place))
    waiver_proposed(place, now, customer=named("Ivy", "Bell", place))
    text = shown(leads, "checks:log")
    for expected in (
        "Joan Price",
        "About to go into hospital",
        "57 days",
        "checked after",
        "Ivy Bell",
        "given",
    ):
        assert expected in text, expected


def test_the_log_of_another_day_is_another_log(leads, place, now):
    deferred(place, now, customer=named("Joan", "Price", place))
    yesterday = timezone.localdate(now) - timedelta(days=1)
    text = shown(leads, "checks:log", query=f"?on={yesterday.isoformat()}")
    assert "Joan Price" not in text
    assert "Nothing was deferred or waived on this day." in text


def test_the_log_is_narrowed_by_agent_and_office(leads, place, now):
    other = make.post(Role.AGENT, team=make.team(TeamKind.FIRST_CONTACT, office=place.centre))
    deferred(place, now, customer=named("Joan", "Price", place))
    deferred(place, now, by=other, customer=named("Amal", "Okafor", place))
    text = shown(leads, "checks:log", query=f"?person={other.person.ref}")
    assert "Amal Okafor" in text
    assert "Joan Price" not in text
    assert "Joan Price" not in shown(leads, "checks:log", query=f"?office={place.office.code}")


def test_the_log_is_downloaded_as_csv(leads, place, now):
    deferred(place, now, customer=named("=Joan", "Price", place))
    answer = leads.get(reverse("checks:log") + "?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=Joan Price" in answer.content.decode()


def test_the_log_takes_as_many_queries_for_many_as_for_one(leads, place, now):
    deferred(place, now)
    shown(leads, "checks:log")
    assert own_queries(leads, reverse("checks:log")) == 5
    for _each in range(4):
        deferred(place, now)
    assert own_queries(leads, reverse("checks:log")) == 5


def test_the_page_of_a_decision_takes_few_queries(leads, place, now):
    address = reverse("checks:show", args=[deferred(place, now).decision.ref])
    leads.get(address)
    assert own_queries(leads, address) == 10
