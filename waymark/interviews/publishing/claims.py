"""One claim under two versions of a programme."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from waymark.customers.models import Claim
from waymark.interviews.enums import InterviewState, Standing
from waymark.interviews.models import Interview, Requirement
from waymark.interviews.publishing.rules import Known, Says, differ, says
from waymark.interviews.series.beginning import first_due_by, regime_of
from waymark.interviews.series.queries import past_of
from waymark.programme.models import PackVersion
from waymark.programme.queries import Place, Rules, trying


@dataclass(frozen=True, eq=False)
class Beside:
    """Two versions of a programme on a day, each with the local values of a place; read once for a place."""

    before: PackVersion
    after: PackVersion
    on: date
    holidays: Collection[date] = frozenset()
    known: dict[tuple[int, Place, date], Rules] = field(default_factory=dict)

    def rules(self, version: PackVersion, place: Place, on: date | None = None) -> Rules:
        key = (version.pk, place, on or self.on)
        if key not in self.known:
            self.known[key] = trying(version, on or self.on, place)
        return self.known[key]


@dataclass(frozen=True)
class Differs:
    """One claim for which the versions differ."""

    claim_id: int
    before: Says
    after: Says


def live(slug: str) -> QuerySet[Claim]:
    """The live claims of a programme with all that the comparison asks of them."""
    asked = (
        Interview.objects.filter(mandatory=True)
        .exclude(state=InterviewState.CLOSED)
        .prefetch_related("appointments__sitting")
        .order_by("number")
    )
    return (
        Claim.objects.filter(programme=slug, status="live")
        .select_related("customer", "office__district")
        .prefetch_related(
            Prefetch("interviews", queryset=asked, to_attr="asked_for"),
            Prefetch("requirements", queryset=Requirement.objects.filter(until=None), to_attr="in_force"),
        )
        .order_by("pk")
    )


def claim_differs(claim: Claim, beside: Beside) -> Differs | None:
    """How the two versions differ for a claim as `live` reads it; None when they do not, or a person settled it."""
    in_force: list[Requirement] = vars(claim)["in_force"]
    code = in_force[0].because if in_force else ""
    place = place_of(claim)
    if code and _settled_by_person(beside.rules(beside.before, place), code):
        return None
    known = known_of(claim, vars(claim)["asked_for"])
    before = under(beside.rules(beside.before, place), known, beside.holidays)
    after = under(beside.rules(beside.after, place), known, beside.holidays)
    if not differ(before, after):
        return None
    return Differs(claim.pk, before, after)


def known_of(claim: Claim, asked_for: Iterable[Interview]) -> Known:
    return Known(
        benefit=claim.benefit,
        claimed_on=claim.claimed_on,
        born_on=claim.customer.born_on,
        past=past_of(asked_for),
    )


def under(rules: Rules, known: Known, holidays: Collection[date]) -> Says:
    """What some rules say of a claim on their day."""
    regime = regime_of(rules)
    codes = {
        code
        for code, reason in rules.pack.reasons("standing").items()
        if reason.columns["standing"] == Standing.MANDATORY
    }
    return says(
        regime,
        known,
        compulsory_codes=codes,
        on=rules.on,
        first_due_by=first_due_by(regime, known.claimed_on, rules.on, holidays),
    )


def place_of(claim: Claim) -> Place:
    return Place(claim.office.district.code, claim.office.code)


def _settled_by_person(rules: Rules, code: str) -> bool:
    reason = rules.pack.reasons("standing").get(code)
    return reason is not None and reason.columns["settled_by"] == "person"
