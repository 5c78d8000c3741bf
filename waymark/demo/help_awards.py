"""Customers in every state of the money there is, made through the real verbs: each note says what to try."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from waymark.awards import verbs
from waymark.awards.better_off import Household, Job
from waymark.awards.enums import Answer, AwardKind, ChangeKind
from waymark.awards.rules import PENCE, financial_year
from waymark.customers.models import Claim
from waymark.demo.district import Demo
from waymark.demo.series import Maker
from waymark.kernel.clock import day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

FIRST_NUMBER = 3_960_000
CREDIT, PREMIUM = AwardKind.RETURN_TO_WORK_CREDIT, AwardKind.JOB_PREPARATION_PREMIUM
FUND, PERMITTED = AwardKind.DISCRETION_FUND, AwardKind.PERMITTED_WORK
JOB = {"has_job": "yes", "job_hours": "20", "job_gross_yearly": "9360", "job_weekly_pay": "180"}
SMALL_JOB = {
    "has_job": "yes",
    "job_hours": "8",
    "job_gross_yearly": "2080",
    "job_weekly_pay": "40",
    "supported_work": "no",
}
HOME = Household(
    disability=True,
    rent=6500,
    council_tax=1400,
    incapacity_benefit=8980,
    housing_benefit=6500,
    council_tax_benefit=1400,
)


def make_awards(demo: Demo, now: datetime) -> int:
    """One customer a state, with the funds they draw on and the payments made so far. Says how many."""
    maker = Maker(demo, now, FIRST_NUMBER)
    _funds(demo, maker)
    cases: list[Callable[[Maker], object]] = [
        credit_running,
        credit_waits,
        credit_stopped,
        credit_refused,
        premium_running,
        permitted_work_ends_soon,
        fund_promised,
        could_be_offered,
        not_mentioned,
        better_off_near_the_job,
    ]
    for case in cases:
        case(maker)
    verbs.pay(day_of(now) - timedelta(days=1), by=None, now=now)
    return len(cases)


def _funds(demo: Demo, maker: Maker) -> None:
    """Each office has its fund, as its manager put it in."""
    for office in demo.offices:
        manager = Post.objects.filter(role=Role.ADVISER_MANAGER, team__office=office).order_by("id").first()
        if manager is None:
            continue
        year = financial_year(day_of(maker.now))
        verbs.change_fund(office, year, 2_500 * PENCE, why="The year's share.", by=manager, now=maker.ago(40))


def _know(maker: Maker, claim: Claim, when: datetime, **answers: str) -> None:
    verbs.note_answers(claim, answers, by=maker.adviser, now=when)


def _give(when: datetime, *, seen: str = "customers_word", **fields: Any) -> verbs.Wish:
    """A wish to give it from that day on, with one thing seen for it."""
    evidence = (verbs.Seen(seen, day_of(when)),)
    return verbs.Wish(give=True, starts_on=day_of(when), seen=evidence, **fields)


def credit_running(maker: Maker) -> None:
    when = maker.ago(60)
    claim = maker.volunteer(
        "W1", "Credit running", "the money page: what is paid, what is to come.", when=when
    )
    _know(maker, claim, when, **JOB)
    wish = _give(when, employer="Calder Nurseries", seen="job_offer")
    award = verbs.decide(claim, CREDIT, wish, by=maker.adviser, now=when)
    verbs.see_evidence(award, "pay_slip", on=day_of(maker.ago(30)), by=maker.adviser, now=maker.ago(30))
    _work_out(maker, claim, when, explained=True)


def credit_waits(maker: Maker) -> None:
    when = maker.ago(1)
    claim = maker.volunteer(
        "W2", "Waits for a second person", "as a manager, agree to it or decline.", when=when
    )
    _know(maker, claim, when, **{**JOB, "job_hours": "15"})
    wish = _give(
        when,
        employer="Riverside Café",
        why_other="fact_not_in_questions",
        why="Sixteen hours are in the contract from next month; the first weeks are fifteen.",
    )
    verbs.decide(claim, CREDIT, wish, by=maker.adviser, now=when)


def credit_stopped(maker: Maker) -> None:
    begun, ended = maker.ago(70), maker.ago(12)
    claim = maker.volunteer(
        "W3", "Stopped with the job", "what was paid too much, said plainly, and no more.", when=begun
    )
    _know(maker, claim, begun, **JOB)
    award = verbs.decide(
        claim, CREDIT, _give(begun, employer="Mill Street Bakery"), by=maker.adviser, now=begun
    )
    verbs.pay(day_of(maker.ago(13)), by=None, now=maker.ago(13))
    verbs.note_change(
        award,
        ChangeKind.JOB_ENDED,
        effective_on=day_of(maker.ago(30)),
        goes_on=False,
        words_about="The bakery closed.",
        by=maker.adviser,
        now=ended,
    )


def credit_refused(maker: Maker) -> None:
    when = maker.ago(9)
    claim = maker.volunteer("W4", "Credit refused", "the reason, and how to ask again.", when=when)
    _know(maker, claim, when, **{**JOB, "job_hours": "12"})
    wish = verbs.Wish(give=False, refused_code="hours_too_few", why="Twelve hours to begin with.")
    verbs.decide(claim, CREDIT, wish, by=maker.adviser, now=when)


def premium_running(maker: Maker) -> None:
    when = maker.ago(25)
    claim = maker.volunteer("W5", "Premium running", "a change: the course has ended.", when=when)
    _know(maker, claim, when, preparing_for_work="yes", preparing_agreed="yes")
    wish = _give(when, weeks=12, purpose="volunteering", purpose_words="two mornings at the hospice shop")
    verbs.decide(claim, PREMIUM, wish, by=maker.adviser, now=when)


def permitted_work_ends_soon(maker: Maker) -> None:
    begun = maker.ago(50)
    claim = maker.volunteer(
        "W6", "Permitted work ends soon", "talk about what comes then; work it out.", when=begun
    )
    _know(maker, claim, begun, **SMALL_JOB)
    wish = _give(begun, weeks=12, employer="Corner Shop", seen="permitted_work_form")
    verbs.decide(claim, PERMITTED, wish, by=maker.adviser, now=begun)


def fund_promised(maker: Maker) -> None:
    when = maker.ago(2)
    claim = maker.volunteer(
        "W7", "From the fund", "the fund's ledger; then stop it: it comes back.", when=when
    )
    _know(maker, claim, when, fund_helps="yes", others_pay="no")
    wish = _give(when, amount=6_500, purpose="interview_clothes", seen="receipt")
    verbs.decide(claim, FUND, wish, by=maker.adviser, now=when)


def could_be_offered(maker: Maker) -> None:
    when = maker.ago(14)
    claim = maker.volunteer("W8", "Could be offered", "the list of who was not asked.", when=when)
    _know(maker, claim, when, **JOB)


def not_mentioned(maker: Maker) -> None:
    when = maker.ago(6)
    claim = maker.volunteer("W9", "Not mentioned", "the list again: here it is said why.", when=when)
    _know(maker, claim, when, preparing_for_work="yes", preparing_agreed="yes")
    verbs.note_offer(
        claim,
        PREMIUM,
        Answer.NOT_MENTIONED,
        not_mentioned_because="no_time",
        by=maker.adviser,
        now=when,
    )


def better_off_near_the_job(maker: Maker) -> None:
    when = maker.ago(20)
    claim = maker.volunteer(
        "W10", "Better off in work?", "work it out again, with the rates of today.", when=when
    )
    _know(maker, claim, when, has_job="offered", job_hours="18")
    _work_out(maker, claim, when, starts_on=day_of(maker.now) + timedelta(days=10))


def _work_out(maker: Maker, claim: Claim, when: datetime, **more: Any) -> None:
    verbs.work_it_out(
        claim,
        HOME,
        Job(hours=20, gross=18_000, travel=1_200),
        by=maker.adviser,
        now=when,
        customers_words="I did not think of the fares.",
        **more,
    )
