"""The settings `employment.*` of the pack, in the shape the rules want them."""

from decimal import Decimal

from waymark.employment.enums import JobKind
from waymark.employment.rules import ClockRules
from waymark.programme.queries import Rules


def clock_rules(rules: Rules) -> ClockRules:
    return ClockRules(
        weeks=tuple(rules.value("employment.sustained_weeks")),
        break_days=rules.value("employment.break_days"),
        linked_days=rules.value("employment.linked_days"),
        least_hours=Decimal(rules.value("employment.sustained_least_hours")),
        other_employer_counts=rules.value("employment.other_employer_counts"),
    )


def counting_kinds(rules: Rules) -> frozenset[JobKind]:
    """The kinds of work that the clock of sustained work counts."""
    return frozenset(JobKind(kind) for kind in rules.value("employment.sustained_kinds"))
