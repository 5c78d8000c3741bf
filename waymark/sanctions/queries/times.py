"""How long each step takes: slow cases did harm and made no difference, so slowness is a figure (P:L221, P:L1557)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from waymark.kernel.clock import day_of
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.sanctions.models import Breach, Bundle, Challenge, Ruling, Sanction
from waymark.sanctions.queries.cases import cases_seen_by
from waymark.sanctions.rules import Pace, pace

Span = tuple[date, date]


@dataclass(frozen=True)
class Step:
    """A step with what it measures, and how long it took."""

    code: str
    title: str
    definition: str
    pace: Pace


def times(post: Post, since: date, rules: Rules) -> list[Step]:
    """The steps of all cases the post sees that were opened on `since` or later. Few cases are not shown as a figure."""
    seen = cases_seen_by(post).filter(opened_on__gte=since)
    few = rules.value("limits.small_number_hidden_below")
    return [
        Step(code, title, definition, pace([(b - a).days for a, b in spans], few))
        for code, title, definition, spans in (
            (
                "opened",
                "From the missed appointment to the case",
                "Days from the appointment to the day somebody opened a case about it.",
                _opened(seen),
            ),
            (
                "referred",
                "From the case to the decision maker",
                "Days from opening a case to the first bundle; cases that were closed before do not count.",
                _referred(seen),
            ),
            (
                "decided",
                "From the bundle to the decision",
                "Days from a bundle to its decision, bundles that were returned included.",
                _decided(seen),
            ),
            (
                "in_effect",
                "From the decision to the lower payment",
                "Days from the decision to the day less was paid.",
                _in_effect(seen),
            ),
            (
                "lifted",
                "From full payment being due to its lifting",
                "Days from the day from which full payment is due again to the day somebody lifted the reduction.",
                _lifted(seen),
            ),
            (
                "reconsidered",
                "From a challenge to its answer",
                "Days from the day the customer asked to the second decision.",
                _reconsidered(seen),
            ),
        )
    ]


def _moments(rows: Iterable[tuple[datetime | None, datetime | None]]) -> list[Span]:
    return [(day_of(first), day_of(last)) for first, last in rows if first is not None and last is not None]


def _opened(seen: QuerySet[Breach]) -> list[Span]:
    return _moments(seen.values_list("appointment__starts_at", "opened_at"))


def _referred(seen: QuerySet[Breach]) -> list[Span]:
    first = seen.exclude(bundles=None).annotate(first=Min("bundles__made_at"))
    return _moments(first.values_list("opened_at", "first"))


def _decided(seen: QuerySet[Breach]) -> list[Span]:
    rulings = Ruling.objects.filter(bundle__in=Bundle.objects.filter(breach__in=seen))
    return _moments(rulings.values_list("bundle__made_at", "decided_at"))


def _in_effect(seen: QuerySet[Breach]) -> list[Span]:
    found = Sanction.objects.filter(ruling__bundle__breach__in=seen)
    return _moments(found.values_list("ruling__decided_at", "in_effect_at"))


def _lifted(seen: QuerySet[Breach]) -> list[Span]:
    """What should not have been decided is lifted from its first day: that is no measure of how fast it was lifted."""
    found = Sanction.objects.filter(ruling__bundle__breach__in=seen, state="lifted").exclude(
        lifted_because__in=["reconsidered", "our_mistake"]
    )
    rows = found.values_list("lifted_from", "lifted_at")
    return [(due, day_of(lifted)) for due, lifted in rows if due is not None and lifted is not None]


def _reconsidered(seen: QuerySet[Breach]) -> list[Span]:
    found = Challenge.objects.filter(ruling__bundle__breach__in=seen)
    rows = found.values_list("asked_on", "decided_at")
    return [(asked, day_of(decided)) for asked, decided in rows if decided is not None]
