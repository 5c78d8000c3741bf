"""What goes into a better-off calculation, and what comes out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Household:
    """Who lives from it, and what is paid now. Sums in pence a week, as the customer's papers say them.

    children: how many count. disability: a disability premium, or what today brings an addition for health.
    partner_hours and partner_gross: of a partner's own job. partner_benefit: a benefit the partner claims;
    partner_benefit_falls says whether it becomes less with the household's wages.
    child_benefit counts for Housing Benefit until November 2009; staying is what does not count and goes on, such as
    Disability Living Allowance.
    """

    couple: bool = False
    under_25: bool = False
    children: int = 0
    disability: bool = False
    childcare: int = 0
    rent: int = 0
    council_tax: int = 0
    incapacity_benefit: int = 0
    income_support: int = 0
    housing_benefit: int = 0
    council_tax_benefit: int = 0
    child_tax_credit: int = 0
    child_benefit: int = 0
    staying: int = 0
    partner_hours: int = 0
    partner_gross: int = 0
    partner_benefit: int = 0
    partner_benefit_falls: bool = True

    @property
    def lone_parent(self) -> bool:
        return self.children > 0 and not self.couple


@dataclass(frozen=True)
class Job:
    """The job that is asked about. Pence a week; `credit` is the return-to-work credit where the rules advise it.

    benefit_goes_on: less than 16 hours within the rules of permitted work, so that Incapacity Benefit is kept.
    """

    hours: int
    gross: int
    travel: int = 0
    other_costs: int = 0
    credit: int = 0
    benefit_goes_on: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a column: what it is, how it comes about, pence a week (what goes out is below nothing)."""

    label: str
    basis: str
    pence: int


@dataclass(frozen=True)
class Column:
    """The lines of one time, which add up to what is left a week."""

    title: str
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        return sum(line.pence for line in self.lines)


@dataclass(frozen=True)
class Outcome:
    """Now, the first year in the job, the second year without the credit; and what is not in the sums.

    unconfirmed: the rates these sums rest on that nobody has found in print, by their titles.
    """

    now: Column
    first_year: Column
    second_year: Column
    notes: tuple[str, ...]
    unconfirmed: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, Column, Column]:
        return self.now, self.first_year, self.second_year

    @property
    def better_first(self) -> int:
        """Pence a week more in the first year than now; below nothing when it is less."""
        return self.first_year.left - self.now.left

    @property
    def better_second(self) -> int:
        return self.second_year.left - self.now.left

    @property
    def rows(self) -> list[tuple[str, str, tuple[int | None, ...]]]:
        """Every line once: what it is, how it comes about, and its sum in each column (None: not there).

        What ends with the job comes first, then the job's lines in their order.
        """
        inside = {line.label: line for line in self.first_year.lines}
        ends = [line for line in self.now.lines if line.label not in inside]
        sums = [{line.label: line.pence for line in column.lines} for column in self.columns]
        return [
            (line.label, line.basis, tuple(column.get(line.label) for column in sums))
            for line in [*ends, *self.first_year.lines]
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            "columns": [
                {"title": column.title, "lines": [asdict(line) for line in column.lines]}
                for column in self.columns
            ],
            "notes": list(self.notes),
            "unconfirmed": list(self.unconfirmed),
        }


def outcome_of(kept: Mapping[str, Any]) -> Outcome:
    """An outcome as it was kept; those kept before rates were marked name none."""
    now, first, second = (
        Column(column["title"], tuple(Line(**line) for line in column["lines"])) for column in kept["columns"]
    )
    return Outcome(now, first, second, tuple(kept["notes"]), tuple(kept.get("unconfirmed", ())))


def inputs_to_json(household: Household, job: Job) -> dict[str, Any]:
    return {"household": asdict(household), "job": asdict(job)}


def inputs_of(kept: Mapping[str, Any]) -> tuple[Household, Job]:
    """Inputs as they were kept; what a later version asks besides is as if it were not there."""
    return Household(**_known(Household, kept["household"])), Job(**_known(Job, kept["job"]))


def _known(shape: type, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(shape)}
    return {name: value for name, value in values.items() if name in names}
