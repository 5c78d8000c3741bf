"""The credit and the job it is for: what money does when employment says that a job begins, changes or ends."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.awards.making import CREDIT, DAY, NOW, claim_in, give, later
from waymark.awards import verbs
from waymark.awards.enums import AwardState
from waymark.awards.models import Award
from waymark.awards.verbs.common import answers_of
from waymark.customers.models import Claim
from waymark.employment import verbs as work
from waymark.employment.enums import JobKind
from waymark.employment.models import Job
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
FIVE_TWENTY = {"pay_pence": 520, "pay_period": "hour"}


@pytest.fixture
def claim(paying, place) -> Claim:
    return claim_in(place)


def job(place, claim, hours: int = 20, *, begins=DAY) -> Job:
    new = work.NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(hours), begins, **FIVE_TWENTY)
    return work.record_job(claim, new, by=place.adviser, now=NOW)


def credit_for(place, claim, found: Job) -> Award:
    wish = give(employer=found.employer, job_ref=found.ref)
    return verbs.decide(claim, CREDIT, wish, by=place.adviser, now=NOW)


def leave(place, found: Job, on, now) -> Job:
    return work.leave_job(
        found,
        on=on,
        because="demands",
        next_words="Talk about work that would suit better",
        next_on=DAY + timedelta(days=60),
        by=place.adviser,
        now=now,
    )


def test_a_job_that_begins_answers_what_the_tables_ask(claim, place):
    """20 hours at £5.20 are £104 a week, and £5,408 a year."""
    job(place, claim)
    known = answers_of(claim)
    assert (known["has_job"], known["job_hours"]) == ("yes", "20")
    assert (known["job_weekly_pay"], known["job_gross_yearly"]) == ("104", "5408")


def test_a_job_to_come_answers_nothing_until_it_has_begun(claim, place):
    found = job(place, claim, begins=DAY + timedelta(days=7))
    assert "has_job" not in answers_of(claim)
    work.start_job(found, on=DAY + timedelta(days=7), by=place.adviser, now=later(7))
    assert answers_of(claim)["has_job"] == "yes"


def test_a_job_gives_no_money_by_itself(claim, place):
    job(place, claim)
    assert not Award.objects.exists()


def test_the_credit_ends_with_its_job_and_the_customer_is_told(claim, place):
    found = job(place, claim)
    award = credit_for(place, claim, found)
    leave(place, found, DAY + timedelta(days=27), later(28))
    award.refresh_from_db()
    assert (award.state, award.ended_on) == (AwardState.STOPPED, DAY + timedelta(days=27))
    text = Notice.objects.get(kind="award_stopped").html
    assert "5 June 2005" in text and "All of this help is your choice." in text
    assert answers_of(claim)["has_job"] == "no"


def test_weeks_that_were_worked_are_still_paid_after_the_job(claim, place):
    """Four weeks of £40, the last of them up to the last day in the job."""
    found = job(place, claim)
    credit_for(place, claim, found)
    leave(place, found, DAY + timedelta(days=27), later(28))
    batch = verbs.pay(DAY + timedelta(days=60), by=None, now=later(60))
    assert batch.pence == 4 * 4000


def test_the_end_of_one_job_leaves_the_credit_of_another_alone(claim, place):
    first, second = job(place, claim), job(place, claim, 18)
    award = credit_for(place, claim, second)
    leave(place, first, DAY + timedelta(days=13), later(14))
    award.refresh_from_db()
    assert award.state == AwardState.RUNNING


def test_fewer_hours_stop_nothing_but_somebody_looks_at_it(claim, place):
    """Below 16 hours the table would not give the credit (E:L365-367): a dated task says why, the award runs on."""
    found = job(place, claim)
    award = credit_for(place, claim, found)
    for weeks, hours in ((2, 12), (3, 10)):
        since = DAY + timedelta(days=7 * weeks)
        work.change_job(
            found, since=since, hours=Decimal(hours), **FIVE_TWENTY, by=place.adviser, now=later(7 * weeks)
        )
    award.refresh_from_db()
    assert award.state == AwardState.RUNNING
    task = Task.objects.get(claim=claim, kind="award_change", closed_at=None)
    assert task.due_on == DAY + timedelta(days=14)
    assert task.words


def test_more_hours_ask_nobody_for_anything(claim, place):
    found = job(place, claim)
    credit_for(place, claim, found)
    since = DAY + timedelta(days=14)
    work.change_job(found, since=since, hours=Decimal(24), **FIVE_TWENTY, by=place.adviser, now=later(14))
    assert not Task.objects.filter(claim=claim, kind="award_change").exists()
    assert answers_of(claim)["job_hours"] == "24"


def test_the_end_of_a_job_leads_to_help_and_to_nothing_else(claim, place):
    found = job(place, claim)
    credit_for(place, claim, found)
    leave(place, found, DAY + timedelta(days=27), later(28))
    happened = set(Event.objects.filter(claim_ref=claim.ref).values_list("kind", flat=True))
    assert not {kind for kind in happened if "breach" in kind or "sanction" in kind}
    letters = set(Notice.objects.values_list("kind", flat=True))
    assert letters <= {"job_started", "award_agreed", "award_stopped", "job_ended"}
