"""Who helps, and money and work, on the customer's own page."""

from datetime import timedelta

import pytest
from django.conf import settings as project

from tests.awards.making import CREDIT, JOB, give
from tests.casework.making import disability_adviser, helpers, wanted
from waymark.awards import verbs as awards
from waymark.awards.better_off import Household
from waymark.awards.better_off import Job as AskedAbout
from waymark.casework import verbs as casework
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import day_of
from waymark.programme.verbs import load_packs


def said(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def case(claim, place, now):
    give_caseload(claim, place.adviser.person, by=place.manager, now=now)
    return casework.take_on(claim, by=place.adviser, now=now).case


def test_before_anybody_helps_the_page_names_the_office(own):
    assert "Until then ring our office." in said(own, "/my/who-helps/")


def test_who_is_responsible_stands_first_with_a_number(own, case, place):
    shown = said(own, "/my/who-helps/")
    assert place.adviser.person.name in shown
    assert "The one person you can turn to" in shown
    assert "Nothing bad follows from that." in shown


def test_who_helps_with_a_part_is_named_with_their_own_number_and_until_when(own, case, place, now):
    there = helpers()
    casework.add_worker(
        case.claim,
        organisation=there.organisation,
        contact=there.contact,
        part="Getting out on a bad day",
        until=day_of(now) + timedelta(days=40),
        origin_ref="R1",
        by=place.adviser,
        now=now,
    )
    shown = said(own, "/my/who-helps/")
    assert "Getting out on a bad day" in shown
    assert "Lee of Calder Steps" in shown
    assert "01632 960701" in shown
    assert "Until about" in shown


def test_during_a_handover_both_are_named(own, case, place, now):
    """Who goes stays until they have met, and who comes is known before (R:L908)."""
    comes = disability_adviser(place)
    wish = wanted(comes, hold_until_met=True, remit=("complex_health",))
    transfer = casework.propose_transfer(case, wish, by=place.adviser, now=now)
    casework.answer_transfer(transfer, accept=True, by=comes, now=now)
    shown = said(own, "/my/who-helps/")
    assert place.adviser.person.name in shown and comes.person.name in shown
    assert "Takes over when you have met." in shown


def test_what_is_between_colleagues_is_not_on_the_customers_page(own, case, place, now):
    wish = wanted(disability_adviser(place), remit=("complex_health",), why="Complains about everything.")
    casework.propose_transfer(case, wish, by=place.adviser, now=now)
    assert "Complains" not in said(own, "/my/who-helps/")


def test_before_any_money_the_page_says_where_to_ask(own):
    shown = said(own, "/my/money/")
    assert "Nothing has been agreed yet." in shown
    assert "your own choice" in shown


def test_what_was_agreed_stands_with_what_is_paid_when(own, claim, place, now):
    _paying(claim, now)
    awards.note_answers(claim, JOB, by=place.adviser, now=now)
    wish = give(employer="Calder Nurseries", starts_on=day_of(now), seen=_seen(now))
    awards.decide(claim, CREDIT, wish, by=place.adviser, now=now)
    shown = said(own, "/my/money/")
    assert "Return-to-work credit" in shown
    assert "£40" in shown
    assert "What is paid when" in shown


def test_a_refusal_is_no_line_of_the_page(own, claim, place, now):
    """It was said in words and in a letter; the page is of what there is."""
    _paying(claim, now)
    awards.note_answers(claim, {**JOB, "job_hours": "12"}, by=place.adviser, now=now)
    wish = awards.Wish(give=False, refused_code="hours_too_few", why="Twelve hours to begin with.")
    awards.decide(claim, CREDIT, wish, by=place.adviser, now=now)
    assert "Return-to-work credit" not in said(own, "/my/money/")


def test_the_last_sums_stand_line_by_line_with_what_they_leave_out(own, claim, place, now):
    _paying(claim, now)
    awards.work_it_out(
        claim,
        Household(incapacity_benefit=8000),
        AskedAbout(hours=20, gross=15_000),
        by=place.adviser,
        now=now,
    )
    shown = said(own, "/my/money/")
    assert "Would you be better off in work?" in shown
    assert "Pay before tax" in shown
    assert "£150" in shown


def test_another_customers_sums_are_not_there(own, claim, place, now):
    assert own.get("/my/money/CAAAAAAAA/pdf/").status_code == 404


def _paying(claim, now) -> None:
    """The claim in a programme that pays every kind, held on the day of today."""
    load_packs(project.PROGRAMMES, now=now)
    claim.programme = "pathways-existing-2005"
    claim.save(update_fields=["programme"])


def _seen(now):
    return (awards.Seen("customers_word", day_of(now)),)
