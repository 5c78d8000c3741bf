"""The rates of a pack: `rates/*.csv`, one line a value, one column a year, each with its source.

Nothing is guessed: a line without a number, a year out of order, a value that is not there, or a number with neither a
source nor the mark *unconfirmed* is an error with its line.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from waymark.policy.findings import Finding, Severity

OWN = ("key", "title", "unit", "source", "note")
MARK = "unconfirmed"
"""Column: the days of the columns whose number nobody has found in print, or `all`; a pack of before has none."""
SETTING = re.compile(r"#\s*(scheme|title|until)\s*:\s*(.+)")
FOLDER = "rates/"


class BadRates(ValueError):
    """A file of rates that cannot be read; the message names the file and the line (0: the file as a whole)."""

    def __init__(self, path: str, line: int, said: str) -> None:
        self.path, self.line, self.said = path, line, said
        super().__init__(f"{path}, line {line}: {said}" if line else f"{path}: {said}")


class NoRates(LookupError):
    """There is no such set of rates, or none that had begun on the day."""


@dataclass(frozen=True)
class Rate:
    key: str
    title: str
    unit: str
    value: Decimal
    source: str
    note: str
    confirmed: bool = True


@dataclass(frozen=True)
class RateSet:
    """The rates of one year. holds_until: the last day they hold."""

    scheme: str
    title: str
    holds_from: date
    holds_until: date
    rates: Mapping[str, Rate]

    def __contains__(self, key: str) -> bool:
        return key in self.rates

    @property
    def unconfirmed(self) -> list[Rate]:
        return [rate for rate in self.rates.values() if not rate.confirmed]

    def number(self, key: str) -> Decimal:
        return self.rates[key].value

    def weekly(self, key: str) -> int:
        """A value in pence a week, whatever its unit: a year has 52 weeks and twelve months."""
        rate = self.rates[key]
        return to_weekly(rate.value * 100, rate.unit)

    def percent(self, key: str) -> Decimal:
        return self.rates[key].value / 100

    def holds_on(self, on: date) -> bool:
        return self.holds_from <= on <= self.holds_until


WEEKS = Decimal(52)
MONTHS = Decimal(12)


def to_weekly(pence: Decimal, unit: str) -> int:
    """Pence of a unit of time as whole pence a week."""
    if unit == "pounds a year":
        return whole(pence / WEEKS)
    if unit == "pounds a month":
        return whole(pence * MONTHS / WEEKS)
    return whole(pence)


def whole(pence: Decimal) -> int:
    """To the nearest penny; half a penny goes up."""
    return int((pence + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))


def rate_sets(files: Mapping[str, str]) -> list[RateSet]:
    """Every set of rates among the files of a pack, by scheme and year. Raises BadRates."""
    found: list[RateSet] = []
    for path in sorted(files):
        if path.startswith(FOLDER) and path.endswith(".csv"):
            found += _read(path, files[path])
    return found


def choose(sets: Iterable[RateSet], scheme: str, on: date) -> RateSet:
    """The set of a scheme that holds on a day; otherwise the last that had begun, to be marked as such.

    Raises NoRates where the scheme has none that had begun.
    """
    begun = [one for one in sets if one.scheme == scheme and one.holds_from <= on]
    if not begun:
        raise NoRates(f"There are no rates of {scheme} for {on}.")
    return max(begun, key=lambda one: one.holds_from)


def _read(path: str, text: str) -> list[RateSet]:
    lines = text.removeprefix("\ufeff").splitlines()
    about = {found[1]: found[2].strip() for line in lines if (found := SETTING.match(line.strip()))}
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for name in ("scheme", "title", "until"):
        if name not in about:
            raise BadRates(path, 0, f"the line # {name}: is missing.")
    reader = csv.DictReader(io.StringIO("\n".join(lines[start:])), strict=True)
    years = _years(path, reader.fieldnames or ())
    rows = [_row(path, start + reader.line_num, row, years) for row in reader]
    keys = [key for key, _rates in rows]
    if len(keys) != len(set(keys)):
        raise BadRates(path, 0, "a value stands there twice.")
    last = date.fromisoformat(about["until"])
    ends = [date.fromordinal(later.toordinal() - 1) for later in years[1:]] + [last]
    return [
        RateSet(
            about["scheme"], about["title"], begins, ends[place], {key: rates[place] for key, rates in rows}
        )
        for place, begins in enumerate(years)
    ]


def lint(files: Mapping[str, str]) -> list[Finding]:
    """The first thing that is wrong with each file of rates of a pack; nothing when all can be used."""
    found: list[Finding] = []
    for path, text in sorted(files.items()):
        try:
            rate_sets({path: text})
        except BadRates as wrong:
            found.append(Finding(wrong.path, wrong.line, Severity.ERROR, wrong.said))
    return found


def _years(path: str, header: Iterable[str]) -> list[date]:
    missing = [name for name in OWN if name not in header]
    if missing:
        raise BadRates(path, 0, f"there is no column {missing[0]}.")
    try:
        years = [date.fromisoformat(name) for name in header if name not in (*OWN, MARK)]
    except ValueError as error:
        raise BadRates(path, 0, f"the head of a column is no day: {error}.") from None
    if not years or years != sorted(set(years)):
        raise BadRates(path, 0, "the years are not in order.")
    return years


def _row(path: str, line: int, row: Mapping[str, str], years: list[date]) -> tuple[str, list[Rate]]:
    if not row["key"]:
        raise BadRates(path, line, "every value needs its key.")
    try:
        values = [Decimal(row[year.isoformat()]) for year in years]
    except (InvalidOperation, TypeError):
        raise BadRates(path, line, f"{row['key']} lacks a number.") from None
    marked = _marked(path, line, row, years)
    if not row["source"] and len(marked) < len(years):
        raise BadRates(path, line, f"{row['key']} has neither a source nor the mark {MARK}.")
    about = (row["key"], row["title"], row["unit"])
    return row["key"], [
        Rate(*about, value, row["source"], row["note"] or "", year not in marked)
        for year, value in zip(years, values, strict=True)
    ]


def _marked(path: str, line: int, row: Mapping[str, str], years: list[date]) -> set[date]:
    """The years whose number is not confirmed. A source of `local` never confirmed one."""
    said = (row.get(MARK) or "").split()
    if said == ["all"] or row["source"] == "local":
        return set(years)
    names = {year.isoformat(): year for year in years}
    if strange := [name for name in said if name not in names]:
        raise BadRates(path, line, f"{MARK} names {strange[0]}, and there is no such column.")
    return {names[name] for name in said}
