"""The pages of a case: who sees what, what they show, and the whole chain done by pressing buttons."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.sanctions import making
from waymark.kernel.clock import at
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role
from waymark.sanctions.enums import RulingOutcome, SanctionState
from waymark.sanctions.models import Breach, Bundle, Challenge, Ruling, Sanction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_ago(monkeypatch):
    """Pages read the clock: these cases began so long ago that today every gate is passed."""
    today = timezone.localdate()
    start = next_working_day(today - timedelta(days=60), frozenset())
    while start.weekday() != 1:
        start += timedelta(days=1)
    monkeypatch.setattr(making, "TODAY", start)
    monkeypatch.setattr(factories, "TODAY", start)
    monkeypatch.setattr(factories, "NOW", at(start, time(10)))
    return start


def signed_in(post) -> Client:
    client = Client()
    client.force_login(post.person)
    return client


def shown(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(f"sanctions:{name}", args=args) + query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def send(client, name, *args, **data):
    answer = client.post(reverse(f"sanctions:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()[:6000]
    return answer


def test_the_whole_chain_by_pressing_buttons(place, centre):
    adviser, decider = signed_in(place.adviser), signed_in(centre.decider)
    appointment = making.missed_one(place)
    assert "asked first, by letter" in shown(adviser, "open", appointment.ref)
    send(adviser, "open", appointment.ref, kind="not_attending")
    breach = Breach.objects.get()
    page = shown(adviser, "case", breach.ref)
    assert "Not enough has been tried to reach the customer." in page
    send(adviser, "attempt", breach.ref, channel="phone", reached="no", words="Rang out.")
    send(adviser, "reason", breach.ref, words="The bus did not run.", way="call")
    assert "Decide about the reason" in shown(adviser, "case", breach.ref)
    assert "The bus did not run." in shown(adviser, "judge", breach.ref)
    send(adviser, "judge", breach.ref, cause="travel", good="yes", why="The strike was in the paper.")
    breach.refresh_from_db()
    assert breach.state == "good_cause"
    assert shown(decider, "case", breach.ref, status=404)


def test_questions_about_health_are_one_form_and_lead_to_a_visit(place):
    adviser = signed_in(place.adviser)
    breach = making.opened(place)
    answers = {f"answer_{code}": answer for code, answer in making.NO.items()}
    send(
        adviser,
        "questions",
        breach.ref,
        **{**answers, "answer_harm_or_crisis": "yes", "words_harm_or_crisis": "She sounded low."},
        asked_of="her sister",
    )
    page = shown(adviser, "case", breach.ref)
    assert "A home visit comes first" in page
    assert "She sounded low." in page
    day = timezone.localdate() + timedelta(days=2)
    send(
        adviser,
        "visit",
        breach.ref,
        day_day=day.day,
        day_month=day.month,
        day_year=day.year,
        time="14:30",
        visitor=str(place.adviser.pk),
    )
    assert "Note the visit" in shown(adviser, "case", breach.ref)
    refused = adviser.post(
        reverse("sanctions:visited", args=[breach.ref]), {"met": "no", "found": "Nobody in."}
    )
    assert "The visit is still to come." in refused.content.decode()


def test_referring_shows_first_what_would_be_left(place, centre):
    adviser = signed_in(place.adviser)
    breach = making.ready(place)
    page = adviser.post(
        reverse("sanctions:refer", args=[breach.ref]), {"adviser_view": making.VIEW, "paid_now": "72.20"}
    ).content.decode()
    assert "£57.76" in page
    assert not Bundle.objects.exists()
    send(adviser, "refer", breach.ref, adviser_view=making.VIEW, paid_now="72.20", sure="yes")
    assert Bundle.objects.get().would_be_paid == 5776


def test_referring_too_early_shows_the_sentence_of_the_shut_gate(place, centre):
    adviser = signed_in(place.adviser)
    breach = making.opened(place)
    page = adviser.post(
        reverse("sanctions:refer", args=[breach.ref]),
        {"adviser_view": making.VIEW, "paid_now": "72.20", "sure": "yes"},
    ).content.decode()
    assert "Not enough has been tried to reach the customer." in page
    assert not Bundle.objects.exists()


def test_a_decision_maker_sees_what_came_to_them_and_nothing_else(place, centre):
    decider = signed_in(centre.decider)
    making.opened(place, making.missed_one(place, hour=14))
    assert "0 cases" in shown(decider, "list")
    customer = Breach.objects.get().interview.claim.customer
    assert decider.get(reverse("customers:record", args=[customer.ref])).status_code in {403, 404}
    bundle = making.referred(place)
    assert "1 case<" in shown(decider, "list")
    page = shown(decider, "bundle", bundle.ref)
    assert page.index("What the customer says") < page.index("What must be there")
    assert making.VIEW in page
    assert decider.get(reverse("sanctions:pdf", args=[bundle.ref])).content.startswith(b"%PDF")


def test_a_decision_maker_of_another_district_finds_nothing(place, centre):
    bundle = making.referred(place)
    stranger = factories.post(Role.DECISION_MAKER, office=factories.delivery_centre())
    shown(signed_in(stranger), "bundle", bundle.ref, status=404)
    shown(signed_in(stranger), "pdf", bundle.ref, status=404)


def test_today_of_a_decision_maker_lists_what_waits(place, centre):
    making.referred(place)
    page = signed_in(centre.decider).get(reverse("today")).content.decode()
    assert "To decide" in page
    assert Breach.objects.get().interview.claim.customer.name in page
    assert "£72.20 → £57.76" in page


def test_decided_told_and_looked_at_again_by_the_other_one(place, centre):
    decider, second = signed_in(centre.decider), signed_in(centre.second)
    bundle = making.referred(place)
    send(
        decider,
        "bundle",
        bundle.ref,
        outcome="sanction",
        because="You did not come.",
        contact=str(place.adviser.pk),
    )
    sanction = Sanction.objects.get()
    page = shown(decider, "sanction", sanction.ref)
    assert "The customer has not been told yet." in page
    today = timezone.localdate()
    send(
        signed_in(place.adviser),
        "challenge",
        sanction.ref,
        words="I was in hospital.",
        asked_on_day=today.day,
        asked_on_month=today.month,
        asked_on_year=today.year,
    )
    challenge = Challenge.objects.get()
    assert "Who made the decision cannot look at it again." in shown(
        decider, "decide_challenge", challenge.ref
    )
    send(second, "decide_challenge", challenge.ref, outcome="changed", because="The hospital confirms it.")
    sanction.refresh_from_db()
    assert sanction.state == SanctionState.SET_ASIDE


def test_returning_a_bundle_says_what_is_missing(place, centre):
    decider = signed_in(centre.decider)
    bundle = making.referred(place)
    page = decider.post(
        reverse("sanctions:bundle", args=[bundle.ref]),
        {"outcome": "returned", "because": "I cannot decide yet."},
    ).content.decode()
    assert "It is not said what is missing." in page
    send(decider, "bundle", bundle.ref, outcome="returned", because="Not yet.", missing="The address.")
    assert Ruling.objects.get().missing == "The address."
    assert "What is missing: The address." in shown(decider, "bundle", bundle.ref)


def test_a_reduction_is_lifted_in_two_clicks(place, centre):
    sanction = making.in_effect(place, centre)
    adviser = signed_in(place.adviser)
    assert "Lift it" in shown(adviser, "sanction", sanction.ref)
    today = timezone.localdate()
    send(
        adviser,
        "lift",
        sanction.ref,
        because="attended",
        from_day_day=today.day,
        from_day_month=today.month,
        from_day_year=today.year,
    )
    sanction.refresh_from_db()
    assert (sanction.state, sanction.lifted_from) == ("lifted", today)


def test_the_list_can_be_filtered_sorted_and_taken_away(place, centre):
    making.opened(place, making.missed_one(place, hour=14))
    making.decided(place, centre, RulingOutcome.NO_SANCTION)
    adviser = signed_in(place.adviser)
    assert "1 case<" in shown(adviser, "list")
    assert "2 cases" in shown(adviser, "list", query="?state=all")
    assert "1 case<" in shown(adviser, "list", query="?state=decided&sort=-customer")
    assert "1 case<" in shown(adviser, "list", query="?late=yes&mine=yes&state=under_way")
    lines = shown(adviser, "list", query="?state=all&format=csv").strip().splitlines()
    assert len(lines) == 3


def test_times_hide_what_is_too_few(place, centre):
    making.decided(place, centre, RulingOutcome.NO_SANCTION)
    page = shown(signed_in(place.manager), "times")
    assert "too few to show" in page
    assert "Days from a bundle to its decision" in page


def test_an_agent_sees_a_case_and_is_told_who_takes_it_up(place):
    breach = making.opened(place)
    page = shown(signed_in(place.agent), "case", breach.ref)
    assert "Ask an adviser." in page
    assert signed_in(place.agent).get(reverse("sanctions:attempt", args=[breach.ref])).status_code == 403


def test_strangers_find_no_case(place):
    breach = making.opened(place)
    shown(signed_in(place.elsewhere), "case", breach.ref, status=404)


def test_the_tasks_of_a_case_lead_to_it(place, centre):
    breach = making.opened(place)
    answer = signed_in(place.adviser).get(reverse("sanctions:of_claim", args=[breach.interview.claim.ref]))
    assert answer.url == reverse("sanctions:case", args=[breach.ref])
