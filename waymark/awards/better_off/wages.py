"""What is left of wages: income tax and National Insurance of one person without other income."""

from decimal import Decimal

from waymark.awards.better_off.rates import WEEKS, RateSet, whole


def tax(gross: int, rates: RateSet) -> int:
    """Income tax in pence a week on so much a week before tax, all year round."""
    taxable = max(Decimal(0), gross * WEEKS / 100 - rates.number("tax.allowance"))
    first = min(taxable, rates.number("tax.starting_band"))
    basic = min(taxable, rates.number("tax.basic_limit")) - first
    above = max(Decimal(0), taxable - rates.number("tax.basic_limit"))
    yearly = (
        first * rates.percent("tax.starting_rate")
        + basic * rates.percent("tax.basic_rate")
        + above * rates.percent("tax.higher_rate")
    )
    return whole(yearly * 100 / WEEKS)


def national_insurance(gross: int, rates: RateSet) -> int:
    """An employee's contribution in pence a week."""
    low, high = rates.number("ni.threshold") * 100, rates.number("ni.upper_limit") * 100
    main = max(Decimal(0), min(Decimal(gross), high) - low)
    above = max(Decimal(0), gross - high)
    return whole(main * rates.percent("ni.rate") + above * rates.percent("ni.upper_rate"))


def net(gross: int, rates: RateSet) -> int:
    return gross - tax(gross, rates) - national_insurance(gross, rates)
