"""The pages about money: what they show, what they refuse, and that strangers find nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.awards.making import CREDIT, FUND, claim_in
from tests.house.test_pages_are_light import statements
from tests.today.seeing import sign_in
from waymark.awards import queries, rendering, verbs
from waymark.awards.better_off import Household, Job
from waymark.awards.models import Award, Calculation

pytestmark = pytest.mark.django_db
JOB = {"has_job": "yes", "job_hours": "20", "job_gross_yearly": "9360", "job_weekly_pay": "180"}
WHOLE = Household(
    couple=True,
    children=3,
    childcare=5000,
    disability=True,
    rent=7000,
    council_tax=1500,
    incapacity_benefit=8000,
    income_support=2000,
    housing_benefit=7000,
    council_tax_benefit=1500,
    child_tax_credit=9000,
    child_benefit=4000,
    staying=4500,
    partner_hours=20,
    partner_gross=9000,
    partner_benefit=3000,
)


@pytest.fixture
def known(paying, place):
    """A customer with a job of twenty hours, as far as we know."""
    claim = claim_in(place)
    verbs.note_answers(claim, JOB, by=place.adviser, now=timezone.now())
    return claim


def text(response) -> str:
    return response.content.decode()


def test_the_money_page_says_what_could_be_had_and_why(client, place, known):
    sign_in(client, place.adviser)
    shown = text(client.get(reverse("awards:money", args=[known.ref])))
    assert "Can be had" in shown
    assert "E:L365-367" in shown
    assert "Not offered yet." in shown


def test_it_asks_the_database_few_times(client, place, known):
    sign_in(client, place.adviser)
    asked = statements(client, reverse("awards:money", args=[known.ref]))
    assert len(asked) <= 17, "\n".join(sql[:150] for sql in asked)


def test_strangers_find_nothing(client, place, known):
    sign_in(client, place.elsewhere)
    assert client.get(reverse("awards:money", args=[known.ref])).status_code == 404


def test_an_agent_reads_it_and_does_not_decide(client, place, known):
    sign_in(client, place.agent)
    assert "As contact-centre agent you do not decide" in text(
        client.get(reverse("awards:money", args=[known.ref]))
    )
    assert client.get(reverse("awards:decide", args=[known.ref, CREDIT])).status_code == 403


def test_answers_are_given_on_a_page(client, place, known):
    sign_in(client, place.adviser)
    address = reverse("awards:questions", args=[known.ref])
    client.post(address, {"job_hours": "12", "has_job": "yes"})
    found = queries.money_of(known, timezone.localdate())
    assert found.answers["job_hours"] == "12"
    assert found.answers["job_weekly_pay"] == "180"


def test_an_award_is_given_on_a_page_and_the_next_page_says_so(client, place, known):
    sign_in(client, place.adviser)
    today = timezone.localdate()
    sent = {
        "give": "yes",
        "starts_on_day": today.day,
        "starts_on_month": today.month,
        "starts_on_year": today.year,
        "weeks": "52",
        "employer": "Calder Nurseries",
        "seen": ["job_offer"],
    }
    response = client.post(reverse("awards:decide", args=[known.ref, CREDIT]), sent, follow=True)
    assert "It holds. A letter tells the customer." in text(response)
    award = Award.objects.get()
    shown = text(client.get(reverse("awards:award", args=[award.ref])))
    assert "£40 a week" in shown and "Calder Nurseries" in shown


def test_a_refusal_of_the_verb_stands_in_the_form(client, place, known):
    sign_in(client, place.adviser)
    response = client.post(reverse("awards:decide", args=[known.ref, CREDIT]), {"give": "no", "why": "x"})
    assert response.status_code == 200
    assert "The rules advise otherwise" in text(response)


def test_the_second_person_agrees_on_a_page(client, place, known):
    now = timezone.now()
    verbs.note_answers(known, {"job_hours": "14"}, by=place.adviser, now=now)
    wish = verbs.Wish(
        give=True,
        starts_on=now.date(),
        why_other="customer_wishes",
        why="Two hours more from June.",
        seen=(verbs.Seen("customers_word", now.date()),),
    )
    award = verbs.decide(known, CREDIT, wish, by=place.adviser, now=now)
    address = reverse("awards:agree", args=[award.ref])
    sign_in(client, place.adviser)
    assert "You decided this yourself" in text(client.get(address))
    sign_in(client, place.manager)
    client.post(address, {"agree": "yes"})
    award.refresh_from_db()
    assert award.state == "running"


def test_the_fund_shows_what_is_left_and_only_its_manager_changes_it(client, place, known):
    today = timezone.localdate()
    sign_in(client, place.manager)
    shown = client.get(reverse("awards:own_fund"), follow=True)
    address = shown.redirect_chain[-1][0]
    client.post(f"{address}change/", {"way": "in", "amount": "500", "why": "The year's share."})
    assert "£500" in text(client.get(address))
    sign_in(client, place.adviser)
    assert client.get(f"{address}change/").status_code == 403
    assert today.year - 1 <= int(address.rstrip("/").split("/")[-1]) <= today.year


def test_the_lists_open_and_come_as_files(client, place, known):
    sign_in(client, place.adviser)
    shown = text(client.get(reverse("awards:chances")))
    assert known.customer.name in shown
    assert known.customer.name in text(client.get(reverse("awards:chances") + "?format=csv"))
    on = timezone.localdate() - timedelta(days=1)
    verbs.pay(on, by=None, now=timezone.now())
    assert client.get(reverse("awards:payments")).status_code == 200
    assert client.get(reverse("awards:payment", args=[on.isoformat()])).status_code == 200
    assert client.get(reverse("awards:payment", args=["2001-01-01"])).status_code == 404


def test_a_calculation_is_worked_out_shown_and_printed_on_one_page(client, place, known):
    sign_in(client, place.adviser)
    sent = {
        "hours": "20",
        "gross": "180",
        "incapacity_benefit": "76.45",
        "rent": "60",
        "housing_benefit": "60",
        "scheme": "tax_credits",
    }
    response = client.post(reverse("awards:better_off", args=[known.ref]), sent, follow=True)
    shown = text(response)
    assert "In the first year" in shown and "Left a week" in shown
    made = Calculation.objects.get()
    printed = client.get(reverse("awards:calculation_pdf", args=[made.ref]))
    assert printed["Content-Type"] == "application/pdf"
    assert pages(printed.content) == 1


def test_the_fullest_calculation_still_takes_one_page(place, known):
    made = verbs.work_it_out(
        known,
        WHOLE,
        Job(hours=20, gross=18_000, travel=1200, other_costs=300),
        by=place.adviser,
        now=timezone.now(),
    )
    made = queries.get_calculation(place.adviser, made.ref)
    assert pages(rendering.pdf(rendering.sheet(made, queries.outcome(made)))) == 1


def test_rates_that_nobody_found_in_print_are_named_on_the_page_and_on_the_print(client, place, known):
    """Under 16 hours a sum rests on the part of the wages that Income Support does not count, which is unconfirmed."""
    made = verbs.work_it_out(
        known,
        Household(income_support=2000),
        Job(hours=10, gross=5000),
        scheme="tax_credits",
        by=place.adviser,
        now=timezone.now(),
    )
    sign_in(client, place.adviser)
    named = "Rates not confirmed: Income Support: wages not counted."
    page = text(client.get(reverse("awards:calculation", args=[made.ref])))
    assert named in page and "Not confirmed</strong>" in page
    sheet = rendering.sheet(made, queries.outcome(made))
    assert any(note.startswith(named) for note in sheet["notes"])


def test_a_calculation_on_confirmed_rates_says_nothing_of_the_others(client, place, known):
    made = verbs.work_it_out(
        known, Household(), Job(hours=20, gross=18_000), by=place.adviser, now=timezone.now()
    )
    sign_in(client, place.adviser)
    assert "Rates not confirmed" not in text(client.get(reverse("awards:calculation", args=[made.ref])))
    notes = rendering.sheet(made, queries.outcome(made))["notes"]
    assert not any("not confirmed" in note for note in notes)


def test_what_the_customer_says_is_kept_on_a_page(client, place, known):
    sign_in(client, place.adviser)
    address = reverse("awards:offer", args=[known.ref, FUND])
    client.post(address, {"answer": "declines", "words": "Not now, thank you."})
    assert "Not now, thank you." in text(client.get(reverse("awards:money", args=[known.ref])))


def pages(pdf: bytes) -> int:
    """How many pages the root of a PDF counts."""
    found = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", pdf)
    return int(found[1]) if found else 0
