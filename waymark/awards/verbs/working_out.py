"""A better-off calculation, worked out and kept; looked at again near the job."""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from waymark.awards import access
from waymark.awards.advice import advise, answers_of_job, had_of
from waymark.awards.better_off import Household, Job, NoRates, Outcome, RateSet, choose, rate_sets, work_out
from waymark.awards.better_off.shapes import inputs_to_json
from waymark.awards.enums import AwardKind
from waymark.awards.models import Award, Calculation
from waymark.awards.rules import HOURS_OF_WORK, PENCE
from waymark.awards.verbs.common import lock_claim, owner, rules_for, task
from waymark.customers.models import Claim
from waymark.kernel.clock import add_months, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.kernel.working_days import last_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task

MOST_A_WEEK = 1_000_000
"""Pence: no sum a household enters by the week is above ten thousand pounds."""


@transaction.atomic
def work_it_out(
    claim: Claim,
    home: Household,
    job: Job,
    *,
    scheme: str = "",
    starts_on: date | None = None,
    explained: bool = False,
    customers_words: str = "",
    by: Post,
    now: datetime,
) -> Calculation:
    """Work out and keep a calculation. The credit, and whether the benefit goes on, come from the rules.

    scheme: which set of rates; the pack's own when empty. starts_on: the first day of the job, where one is
    known: the sum is looked at again some days before it, or after some months where none is known
    (M:L1977-1979). explained: it was talked through with the customer.
    """
    claim = lock_claim(claim)
    insist(access.may_decide(claim, by))
    rules = rules_for(claim, day_of(now))
    _insist_on_sums(home, job)
    job = with_rules(claim, job, rules, day_of(now))
    rates = rates_for(rules, scheme)
    outcome = work_out(home, job, rates)
    made = _keep(claim, home, job, rates, outcome, rules, starts_on, explained, customers_words, by, now)
    _look_again(made, rules, by, now)
    note_event(
        Happened.BETTER_OFF_WORKED_OUT,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        calculation=made.ref,
        number=made.number,
        first=outcome.better_first,
        second=outcome.better_second,
        explained=explained,
    )
    return made


def with_rules(claim: Claim, job: Job, rules: Rules, on: date) -> Job:
    """The job with the credit that the rules advise for it, and whether it is permitted work (E:L365-367)."""
    others = list(Award.objects.filter(claim__customer=claim.customer_id))
    had = replace(had_of(claim.customer_id, others), running=frozenset())
    answers = answers_of_job(job.hours, job.gross)
    credit = advise(AwardKind.RETURN_TO_WORK_CREDIT, claim, answers, had, rules, on)
    permitted = advise(AwardKind.PERMITTED_WORK, claim, answers, had, rules, on)
    weekly = rules.value("awards.credit_weekly_pounds") * PENCE if credit.can_be_had else 0
    goes_on = job.hours < HOURS_OF_WORK and permitted.can_be_had
    return replace(job, credit=weekly, benefit_goes_on=goes_on)


def rates_for(rules: Rules, scheme: str = "") -> RateSet:
    """The rates to work with on the day of the rules; refused where the scheme has none yet."""
    try:
        return choose(rate_sets(rules.pack.files), scheme or rules.value("better_off.scheme"), rules.on)
    except NoRates:
        raise Refused(
            "no_rates", "There are no rates for this day.", "Choose another set, or ask the policy owner."
        ) from None


def _insist_on_sums(home: Household, job: Job) -> None:
    sums = [value for value in (*asdict(home).values(), *asdict(job).values()) if not isinstance(value, bool)]
    if any(value < 0 or value > MOST_A_WEEK for value in sums):
        raise Refused(
            "sum_out_of_range", "A sum is below nothing, or too large.", "Give what it is by the week."
        )
    if job.hours < 1 or job.gross < 1:
        raise Refused("no_job", "The hours or the pay are missing.", "Give both, as far as they are known.")


def _keep(
    claim: Claim,
    home: Household,
    job: Job,
    rates: RateSet,
    outcome: Outcome,
    rules: Rules,
    starts_on: date | None,
    explained: bool,
    customers_words: str,
    by: Post,
    now: datetime,
) -> Calculation:
    last = Calculation.objects.filter(claim=claim).aggregate(last=Max("number"))["last"] or 0
    return Calculation.objects.create(
        ref=new_ref("B"),
        claim=claim,
        number=last + 1,
        pack=rules.version,
        scheme=rates.scheme,
        rates_from=rates.holds_from,
        rates_hold=rates.holds_on(rules.on),
        inputs=inputs_to_json(home, job),
        outcome=outcome.to_json(),
        now_pence=outcome.now.left,
        first_year_pence=outcome.first_year.left,
        second_year_pence=outcome.second_year.left,
        starts_on=starts_on,
        explained=explained,
        customers_words=customers_words.strip(),
        made_at=now,
        made_by=by,
    )


def _look_again(made: Calculation, rules: Rules, by: Post, now: datetime) -> None:
    """One task to look again: near the job, or in some months. It takes the place of the one before."""
    old = Task.objects.filter(claim=made.claim, kind=TaskKind.BETTER_OFF_AGAIN, closed_at=None)
    before = list(old)
    due = _when(made, rules, day_of(now))
    if due is not None:
        task(
            made.claim,
            TaskKind.BETTER_OFF_AGAIN,
            whose=owner(made.claim, by),
            due_on=due,
            words=_words(made),
            origin=Happened.BETTER_OFF_WORKED_OUT,
            by=by,
            now=now,
        )
    others = Task.objects.filter(claim=made.claim, closed_at=None).exclude(pk__in=[one.pk for one in before])
    if others.exists():
        for one in before:
            close_task(one, by=by, now=now)


def _when(made: Calculation, rules: Rules, today: date) -> date | None:
    """The day to look again; None when the job begins at once: this was the last look."""
    if made.starts_on is None:
        months = rules.value("better_off.look_again_months")
        return last_working_day(add_months(today, months), organisations.holidays())
    days = timedelta(days=rules.value("better_off.look_again_days_before_job"))
    due = last_working_day(made.starts_on - days, organisations.holidays())
    return due if due > today else None


def _words(made: Calculation) -> str:
    if made.starts_on is not None:
        return f"The job begins on {made.starts_on.day} {made.starts_on:%B}. Are pay, rent and costs still the same?"
    return "Has anything changed: pay, rent, benefits, the wish to work?"
