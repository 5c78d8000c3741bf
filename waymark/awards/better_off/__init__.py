"""Better off in work, or not: what is left a week now, in the job, and a year later. Pure; sums in pence."""

from waymark.awards.better_off.calculation import work_out
from waymark.awards.better_off.rates import BadRates, NoRates, Rate, RateSet, choose, lint, rate_sets
from waymark.awards.better_off.shapes import Column, Household, Job, Line, Outcome

__all__ = [
    "BadRates",
    "Column",
    "Household",
    "Job",
    "Line",
    "NoRates",
    "Outcome",
    "Rate",
    "RateSet",
    "choose",
    "lint",
    "rate_sets",
    "work_out",
]
