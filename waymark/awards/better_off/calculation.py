"""The whole sum: now, the first year in the job, the second without the credit. Every column adds up.

Sources: what it compares (P:L519), that it is printed and looked at again (M:L1977-1979), the second year
(M:L1342-1345), the partner's benefits (E:L899-903), the credit only where the rules give it (E:L365-367).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from waymark.awards.better_off import tax_credits, universal_credit, wages
from waymark.awards.better_off.rates import Rate, RateSet
from waymark.awards.better_off.shapes import Column, Household, Job, Line, Outcome

TAX_CREDITS, UNIVERSAL_CREDIT = "tax_credits", "universal_credit"
SECOND_YEAR = (
    "The second year is the same job at the same pay and rates, without the return-to-work credit. If the pay"
    " rises, more is left."
)
NO_CREDIT = "There is no return-to-work credit in these sums, so both years are the same."
COUPLE = "Your partner's money is in these sums as far as it was entered."


@dataclass(frozen=True)
class Noted(Mapping[str, Rate]):
    """Rates that remember which of them were asked for."""

    rates: Mapping[str, Rate]
    asked: dict[str, Rate] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Rate:
        return self.asked.setdefault(key, self.rates[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.rates)

    def __len__(self) -> int:
        return len(self.rates)

    def __contains__(self, key: object) -> bool:
        return key in self.rates


def work_out(home: Household, job: Job, rates: RateSet) -> Outcome:
    """The three columns and what has to be said beside them. `job.credit` is paid in the first year only."""
    noted = Noted(rates.rates)
    found = _work_out(home, job, replace(rates, rates=noted))
    return replace(
        found, unconfirmed=tuple(rate.title for rate in noted.asked.values() if not rate.confirmed)
    )


def _work_out(home: Household, job: Job, rates: RateSet) -> Outcome:
    if rates.scheme == UNIVERSAL_CREDIT:
        now, inside = (
            universal_credit.lines_now(home, rates),
            universal_credit.lines_in_work(home, job, rates),
        )
        said = [universal_credit.NOTE]
    else:
        now, inside = _lines_now(home, rates), tax_credits.lines_in_work(home, job, rates)
        said = tax_credits.notes(home, job)
    credit = Line("Return-to-work credit", "for at most 52 weeks", job.credit)
    out, costs = _outgoings(home), _costs(job, home)
    said.append(SECOND_YEAR if job.credit else NO_CREDIT)
    if home.couple:
        said.append(COUPLE)
    return Outcome(
        _column("Now", [*now, *out]),
        _column("First year in the job", [*inside, credit, *costs, *out]),
        _column("Second year", [*inside, *costs, *out]),
        tuple(said),
    )


def _column(title: str, lines: list[Line]) -> Column:
    """Lines of nothing are left out: they would only hide the others."""
    return Column(title, tuple(line for line in lines if line.pence))


def _lines_now(home: Household, rates: RateSet) -> list[Line]:
    return [
        Line("Incapacity Benefit", "as it is paid now", home.incapacity_benefit),
        Line("Income Support", "as it is paid now", home.income_support),
        Line("Child Tax Credit", "as it is paid now", home.child_tax_credit),
        Line("Your partner's pay after tax", "as now", wages.net(home.partner_gross, rates)),
        Line("Your partner's benefit", "as now", home.partner_benefit),
        Line("Child Benefit", "as now", home.child_benefit),
        Line("Other money that stays", "as now", home.staying),
        Line("Housing Benefit", "as it is paid now", home.housing_benefit),
        Line("Council Tax Benefit", "as it is paid now", home.council_tax_benefit),
    ]


def _outgoings(home: Household) -> list[Line]:
    return [
        Line("Rent", "as now", -home.rent),
        Line("Council tax", "as now", -home.council_tax),
    ]


def _costs(job: Job, home: Household) -> list[Line]:
    return [
        Line("Getting to work", "as you think", -job.travel),
        Line("Childcare", "as you think", -home.childcare),
        Line("Other costs of the job", "as you think", -job.other_costs),
    ]
