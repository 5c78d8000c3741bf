"""Plain makers for tests about money: a claim in a programme that pays it, its answers, a fund, a wish."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tests import factories
from tests.place import Place
from waymark.awards import verbs
from waymark.awards.enums import AwardKind
from waymark.awards.models import Award, Fund
from waymark.customers.models import Claim
from waymark.kernel.clock import at

CREDIT, PREMIUM = AwardKind.RETURN_TO_WORK_CREDIT, AwardKind.JOB_PREPARATION_PREMIUM
FUND, PERMITTED = AwardKind.DISCRETION_FUND, AwardKind.PERMITTED_WORK
DAY = date(2005, 5, 9)  # a Monday, when every programme but the provider-led one pays
NOW = at(DAY, time(10))
JOB = {"has_job": "yes", "job_hours": "16", "job_gross_yearly": "9000", "job_weekly_pay": "174"}
SMALL_JOB = {
    "has_job": "yes",
    "job_hours": "10",
    "job_gross_yearly": "2600",
    "job_weekly_pay": "50",
    "supported_work": "no",
}


def later(days: int, hour: int = 10) -> datetime:
    return at(DAY + timedelta(days=days), time(hour))


def claim_in(place: Place, programme: str = "pathways-existing-2005", **fields) -> Claim:
    """A live claim for Incapacity Benefit with a task of its own."""
    with transaction.atomic():
        made = factories.claim(
            office=place.office,
            programme=programme,
            claimed_on=date(2004, 1, 5),
            **{"customer": factories.customer(added_by=place.agent), **fields},
        )
    return Claim.objects.select_related("customer", "office__district").get(pk=made.pk)


def know(place: Place, claim: Claim, **answers: str) -> None:
    verbs.note_answers(claim, answers, by=place.adviser, now=NOW)


def seen(kind: str = "customers_word") -> tuple[verbs.Seen, ...]:
    return (verbs.Seen(kind, DAY),)


def give(**fields) -> verbs.Wish:
    return verbs.Wish(**{"give": True, "starts_on": DAY, "seen": seen(), **fields})


def credit(place: Place, claim: Claim, **fields) -> Award:
    """A return-to-work credit for a job of 16 hours, agreed and running."""
    know(place, claim, **JOB)
    return verbs.decide(claim, CREDIT, give(employer="Calder Nurseries", **fields), by=place.adviser, now=NOW)


def fund(place: Place, pounds: int = 1000) -> Fund:
    return verbs.change_fund(
        place.office, 2005, pounds * 100, why="The year's share.", by=place.manager, now=NOW
    )


def ask_fund(place: Place, claim: Claim, pounds: int, *, by=None, now=NOW, **fields) -> Award:
    """So much from the fund for clothes for an interview, as advised."""
    verbs.note_answers(claim, {"fund_helps": "yes", "others_pay": "no"}, by=place.adviser, now=now)
    wish = give(amount=pounds * 100, purpose="interview_clothes", **fields)
    return verbs.decide(claim, FUND, wish, by=by or place.adviser, now=now)
