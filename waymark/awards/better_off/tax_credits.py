"""In work under the rules of 2003 to 2010: tax credits, Housing Benefit, Council Tax Benefit, Income Support.

What is worked out is marked in the lines by its basis. Left out, and said so in the notes: the fifty-plus and
severe-disability parts of the tax credits, deductions for other adults in the home, and the extra wages that
Housing Benefit and Council Tax Benefit do not count for full-time work. The sheet of the customer says them too.
"""

from dataclasses import dataclass
from decimal import Decimal

from waymark.awards.better_off import wages
from waymark.awards.better_off.rates import WEEKS, RateSet, whole
from waymark.awards.better_off.shapes import Household, Job, Line

WORK, FULL_TIME = 16, 30
FOUR_WEEKS = (
    "Housing Benefit and Council Tax Benefit may go on in full for the first four weeks. Ask the council before"
    " the job begins. It is not in the sums."
)
FIRST_CREDITS = (
    "Tax credits are worked out from the pay of this job. In the first year they can be more, since they look at"
    " the year before."
)
ALL_YEAR = (
    "The sums are for a usual week, with the rent and rates as they are now. The office that pays decides."
)
LEFT_OUT = (
    "Not in the sums: more tax credits for people of 50 or over who were on benefit, and for a severe disability;"
    " the pay that Housing Benefit and Council Tax Benefit leave out for full-time work; and less of both where"
    " other adults live with you. The first three would leave you more, the last one less."
)


@dataclass(frozen=True)
class Means:
    """What the household has in the job before the means-tested help, in pence a week."""

    net: int
    partner_net: int
    credits: int
    benefit: int
    partner_benefit: int


def lines_in_work(home: Household, job: Job, rates: RateSet) -> list[Line]:
    """The lines of what comes in, the job's wages first."""
    own_tax, own_ni = wages.tax(job.gross, rates), wages.national_insurance(job.gross, rates)
    net = job.gross - own_tax - own_ni
    partner_net = wages.net(home.partner_gross, rates)
    working, children = tax_credits(home, job, rates)
    benefit = home.incapacity_benefit if job.benefit_goes_on else 0
    support = income_support(home, job, net, rates)
    partner = partner_benefit(home, net, rates)
    means = Means(net, partner_net, working + children, benefit, partner)
    full = support > 0 or (partner > 0 and home.partner_benefit_falls)
    housing = home.rent if full else housing_benefit(home, job, means, rates)
    council = home.council_tax if full else council_tax_benefit(home, job, means, rates)
    return [
        Line("Pay before tax", f"{job.hours} hours a week", job.gross),
        Line("Income tax", _tax_words(rates), -own_tax),
        Line("National Insurance", _ni_words(rates), -own_ni),
        Line("Incapacity Benefit", "goes on: permitted work", benefit),
        Line("Income Support", "less what is earned above what is not counted", support),
        Line("Working Tax Credit", _credit_words(home, job, rates), working),
        Line("Child Tax Credit", _child_words(home, rates), children),
        Line("Your partner's pay after tax", "as now", partner_net),
        Line("Your partner's benefit", _partner_words(home), partner),
        Line("Child Benefit", "as now", home.child_benefit),
        Line("Other money that stays", "as now", home.staying),
        Line("Housing Benefit", _housing_words(full, rates, "hb.taper"), min(housing, home.rent)),
        Line("Council Tax Benefit", _housing_words(full, rates, "ctb.taper"), min(council, home.council_tax)),
    ]


def notes(home: Household, job: Job) -> list[str]:
    """What has to be said beside the sums; last, what they leave out."""
    said = [ALL_YEAR]
    if job.hours >= WORK:
        if home.rent or home.council_tax:
            said.append(FOUR_WEEKS)
        said.append(FIRST_CREDITS)
    return [*said, LEFT_OUT]


def qualifies(home: Household, job: Job) -> bool:
    """Whether there is Working Tax Credit at all: 16 hours with a child or a disability, else 30 from age 25."""
    if job.hours >= WORK and (home.children or home.disability):
        return True
    return job.hours >= FULL_TIME and not home.under_25


def tax_credits(home: Household, job: Job, rates: RateSet) -> tuple[int, int]:
    """Working and Child Tax Credit in pence a week; they fall together, the working part first."""
    year = rates.number
    working = _working_elements(home, job, rates) if qualifies(home, job) else Decimal(0)
    child = home.children * year("ctc.child")
    family = year("ctc.family") if home.children else Decimal(0)
    income = (job.gross + home.partner_gross) * WEEKS / 100
    from_ = year("credits.threshold") if working else year("credits.child_threshold")
    falls = max(Decimal(0), income - from_) * rates.percent("credits.taper")
    left_working = max(Decimal(0), working - falls)
    left_child = max(Decimal(0), child - max(Decimal(0), falls - working))
    return _weekly(left_working), _weekly(left_child + family)


def _working_elements(home: Household, job: Job, rates: RateSet) -> Decimal:
    year = rates.number
    elements = year("wtc.basic")
    if home.couple or home.children:
        elements += year("wtc.couple_or_lone_parent")
    if job.hours >= FULL_TIME:
        elements += year("wtc.thirty_hours")
    if home.disability:
        elements += year("wtc.disability")
    return elements + _childcare_element(home, rates)


def _childcare_element(home: Household, rates: RateSet) -> Decimal:
    """For a lone parent, or where both work 16 hours."""
    if not home.children or (home.couple and home.partner_hours < WORK):
        return Decimal(0)
    weekly = Decimal(counted_childcare(home, rates, "wtc")) / 100
    return weekly * rates.percent("wtc.childcare_percent") * WEEKS


def counted_childcare(home: Household, rates: RateSet, whose: str) -> int:
    """Childcare up to the limit of the tax credits (`wtc`) or of the council (`hb`), in pence a week.

    Packs of before the two were told apart have the limit of the tax credits alone.
    """
    last = "childcare_one" if home.children == 1 else "childcare_more"
    own = f"{whose}.{last}"
    return min(home.childcare, rates.weekly(own if own in rates else f"wtc.{last}")) if home.childcare else 0


def income_support(home: Household, job: Job, net: int, rates: RateSet) -> int:
    """Ends at 16 hours; below, it falls with what is earned above the part that is not counted."""
    if job.hours >= WORK or not home.income_support:
        return 0
    return max(0, home.income_support - max(0, net - rates.weekly("is.disregard")))


def partner_benefit(home: Household, net: int, rates: RateSet) -> int:
    """A partner's means-tested benefit falls pound for pound with the wages above what is not counted."""
    if not home.partner_benefit or not home.partner_benefit_falls:
        return home.partner_benefit
    return max(0, home.partner_benefit - max(0, net - rates.weekly("hb.disregard_couple")))


def living_allowance(home: Household, rates: RateSet) -> int:
    """What a household is taken to live on, in Housing Benefit and Council Tax Benefit, pence a week."""
    key = "is.couple" if home.couple else "is.single"
    if home.under_25 and not home.couple and not home.children:
        key = "is.single_under_25"
    total = rates.weekly(key) + home.children * rates.weekly("hb.child")
    if home.children:
        total += rates.weekly("hb.family")
    if home.disability:
        total += rates.weekly("hb.disability_couple" if home.couple else "hb.disability_single")
    return total


def disregard(home: Household, rates: RateSet) -> int:
    """Wages that are not counted: the largest that fits."""
    if home.lone_parent:
        return rates.weekly("hb.disregard_lone_parent")
    if home.disability:
        return rates.weekly("hb.disregard_disability")
    return rates.weekly("hb.disregard_couple" if home.couple else "hb.disregard_single")


def counted_income(home: Household, job: Job, means: Means, rates: RateSet) -> int:
    """Wages less what is not counted, the tax credits, and the rest in full.

    Where parents work, childcare comes off the wages, and off the tax credits where the wages are less than it
    (Housing Benefit Regulations 2006, reg. 27(1)(c) and (2)).
    """
    earned = max(0, means.net + means.partner_net - disregard(home, rates))
    care = 0
    if home.lone_parent and job.hours >= WORK or home.couple and home.partner_hours >= WORK:
        care = counted_childcare(home, rates, "hb") if home.children else 0
    other = means.benefit + means.partner_benefit + counted_child_benefit(home, rates)
    return max(0, earned + means.credits - care) + other


def counted_child_benefit(home: Household, rates: RateSet) -> int:
    """It counted as income until 1 November 2009. Packs of before have no rate for it: there it counts."""
    if "hb.child_benefit" not in rates:
        return home.child_benefit
    return whole(home.child_benefit * rates.percent("hb.child_benefit"))


def housing_benefit(home: Household, job: Job, means: Means, rates: RateSet) -> int:
    return _tapered(home.rent, home, job, means, rates, "hb.taper")


def council_tax_benefit(home: Household, job: Job, means: Means, rates: RateSet) -> int:
    return _tapered(home.council_tax, home, job, means, rates, "ctb.taper")


def _tapered(most: int, home: Household, job: Job, means: Means, rates: RateSet, taper: str) -> int:
    above = max(0, counted_income(home, job, means, rates) - living_allowance(home, rates))
    return max(0, most - whole(above * rates.percent(taper)))


def _weekly(yearly_pounds: Decimal) -> int:
    return whole(yearly_pounds * 100 / WEEKS)


def _number(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")


def _tax_words(rates: RateSet) -> str:
    return f"nothing on the first £{_number(rates.number('tax.allowance'))} a year"


def _ni_words(rates: RateSet) -> str:
    rate, low = _number(rates.number("ni.rate")), _number(rates.number("ni.threshold"))
    return f"{rate}% of what is above £{low} a week"


def _credit_words(home: Household, job: Job, rates: RateSet) -> str:
    if not qualifies(home, job):
        return "needs 16 hours with a child or a disability, or 30 hours from age 25"
    taper, low = _number(rates.number("credits.taper")), _number(rates.number("credits.threshold"))
    return f"falls by {taper}p for each pound of pay above £{low} a year"


def _child_words(home: Household, rates: RateSet) -> str:
    return f"for {home.children} of your children" if home.children else "no children"


def _partner_words(home: Household) -> str:
    if not home.partner_benefit:
        return "none"
    return "falls with your wages" if home.partner_benefit_falls else "as now"


def _housing_words(full: bool, rates: RateSet, taper: str) -> str:
    if full:
        return "in full"
    return f"falls by {_number(rates.number(taper))}p for each pound above what you are taken to live on"
