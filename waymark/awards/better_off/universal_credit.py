"""An example of today: Universal Credit instead of tax credits, Income Support and Housing Benefit.

Council tax reductions are the council's own and are left as they are.
"""

from decimal import Decimal

from waymark.awards.better_off import wages
from waymark.awards.better_off.rates import RateSet, whole
from waymark.awards.better_off.shapes import Household, Job, Line

NOTE = (
    "An example with the rates of today. Help with council tax is the council's own and is taken as it is now;"
    " ask the council."
)


def most(home: Household, rates: RateSet) -> int:
    """Universal Credit before wages, pence a week."""
    key = "uc.couple" if home.couple else "uc.single"
    if home.under_25 and not home.couple:
        key = "uc.single_under_25"
    total = rates.weekly(key) + home.rent
    total += min(home.children, int(rates.number("uc.most_children"))) * rates.weekly("uc.child")
    return total + (rates.weekly("uc.health") if home.disability else 0)


def childcare(home: Household, rates: RateSet) -> int:
    if not home.children or (home.couple and not home.partner_gross):
        return 0
    share = whole(home.childcare * rates.percent("uc.childcare_percent"))
    return min(share, rates.weekly("uc.childcare_one" if home.children == 1 else "uc.childcare_more"))


def work_allowance(home: Household, rates: RateSet) -> int:
    if not (home.children or home.disability):
        return 0
    return rates.weekly("uc.work_allowance_housing" if home.rent else "uc.work_allowance")


def credit(home: Household, earned: int, extra: int, unearned: int, rates: RateSet) -> int:
    """What is left of it: 55p less for each pound earned above the allowance, a pound for other benefits."""
    above = max(0, earned - work_allowance(home, rates))
    falls = whole(Decimal(above) * rates.percent("uc.taper"))
    return max(0, most(home, rates) + extra - falls - unearned)


def lines_now(home: Household, rates: RateSet) -> list[Line]:
    partner = wages.net(home.partner_gross, rates)
    unearned = home.incapacity_benefit + home.partner_benefit
    return [
        Line("Universal Credit", "worked out from the rates", credit(home, partner, 0, unearned, rates)),
        Line("Employment and Support Allowance", "as it is paid now", home.incapacity_benefit),
        Line("Your partner's pay after tax", "as now", partner),
        Line("Your partner's benefit", "as now", home.partner_benefit),
        Line("Help with council tax", "as it is paid now", home.council_tax_benefit),
        Line("Child Benefit", "as now", home.child_benefit),
        Line("Other money that stays", "as now", home.staying),
    ]


def lines_in_work(home: Household, job: Job, rates: RateSet) -> list[Line]:
    own_tax, own_ni = wages.tax(job.gross, rates), wages.national_insurance(job.gross, rates)
    partner = wages.net(home.partner_gross, rates)
    earned = job.gross - own_tax - own_ni + partner
    benefit = home.incapacity_benefit if job.benefit_goes_on else 0
    left = credit(home, earned, childcare(home, rates), benefit + home.partner_benefit, rates)
    return [
        Line("Pay before tax", f"{job.hours} hours a week", job.gross),
        Line("Income tax", "nothing on the personal allowance", -own_tax),
        Line("National Insurance", "a share of what is above the threshold", -own_ni),
        Line("Universal Credit", "55p less for each pound earned above the work allowance", left),
        Line("Employment and Support Allowance", "goes on: permitted work", benefit),
        Line("Your partner's pay after tax", "as now", partner),
        Line("Your partner's benefit", "as now", home.partner_benefit),
        Line("Help with council tax", "as it is paid now", home.council_tax_benefit),
        Line("Child Benefit", "as now", home.child_benefit),
        Line("Other money that stays", "as now", home.staying),
    ]
