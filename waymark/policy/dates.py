"""Date arithmetic, and the small language of dates in tables.

``today + 11 weeks``, ``hospital_stay.end + 2 weeks``, ``first known(certificate_until, today + 4 weeks)``.
Months and years keep the day of the month where they can, and otherwise end on the month's last day:
31 January and one month is 28 or 29 February. Steps are taken from left to right.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from waymark.policy.findings import Malformed

UNITS = {"day": 1, "week": 7, "month": 31, "year": 366}
LONGEST_DAYS = 100 * 366
DateOf = Callable[[str], date | None]

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TOKEN = re.compile(
    r"\s*(first known|\d{4}-\d{2}-\d{2}|[a-z_][a-z0-9_]*(?:\.(?:start|end)\b)?|\d+|[(),+-])", re.ASCII
)


def add(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks, months or years later; earlier if the number is negative."""
    if unit == "day":
        return day + timedelta(days=number)
    if unit == "week":
        return day + timedelta(weeks=number)
    return add_months(day, number if unit == "month" else 12 * number)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def iso_date(text: str) -> date:
    """Read 2004-05-04, and nothing else that ISO 8601 would also allow."""
    if not ISO_DATE.fullmatch(text):
        raise Malformed(f"{text} is not a date.", "Write year-month-day, for example 2004-05-04.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(f"{text} is no day of the calendar.", "Check the month and the day.") from None


def date_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Today:
    def on(self, today: date, date_of: DateOf) -> date | None:
        return today

    def needs(self) -> frozenset[str]:
        return frozenset()

    def relative(self) -> bool:
        return True

    def __str__(self) -> str:
        return "today"


@dataclass(frozen=True, slots=True)
class Fixed:
    day: date

    def on(self, today: date, date_of: DateOf) -> date | None:
        return self.day

    def needs(self) -> frozenset[str]:
        return frozenset()

    def relative(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Named:
    """A date among the facts, ``due_date`` or ``hospital_stay.end``."""

    name: str

    def on(self, today: date, date_of: DateOf) -> date | None:
        return date_of(self.name)

    def needs(self) -> frozenset[str]:
        return frozenset({self.name})

    def relative(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Later:
    base: "DateExpression"
    number: int
    unit: str

    def on(self, today: date, date_of: DateOf) -> date | None:
        day = self.base.on(today, date_of)
        return None if day is None else add(day, self.number, self.unit)

    def needs(self) -> frozenset[str]:
        return self.base.needs()

    def relative(self) -> bool:
        return self.base.relative()

    def __str__(self) -> str:
        sign, number = ("-", -self.number) if self.number < 0 else ("+", self.number)
        return f"{self.base} {sign} {number} {self.unit}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Pick:
    """``max``, ``min`` or ``first known`` of several dates. One missing date makes ``max`` and ``min``
    missing."""

    how: str
    among: tuple["DateExpression", ...]

    def on(self, today: date, date_of: DateOf) -> date | None:
        if self.how == "first known":
            for expression in self.among:
                day = expression.on(today, date_of)
                if day is not None:
                    return day
            return None
        days = [expression.on(today, date_of) for expression in self.among]
        known = [day for day in days if day is not None]
        if len(known) < len(days):
            return None
        return max(known) if self.how == "max" else min(known)

    def needs(self) -> frozenset[str]:
        return frozenset().union(*(expression.needs() for expression in self.among))

    def relative(self) -> bool:
        return any(expression.relative() for expression in self.among)

    def __str__(self) -> str:
        return f"{self.how}({', '.join(map(str, self.among))})"


DateExpression = Today | Fixed | Named | Later | Pick


def fixed_on(expression: DateExpression, today: date) -> DateExpression:
    """The same expression with all that depends only on the day worked out."""
    if not expression.needs():
        day = expression.on(today, lambda name: None)
        return expression if day is None else Fixed(day)
    if isinstance(expression, Later):
        return Later(fixed_on(expression.base, today), expression.number, expression.unit)
    if isinstance(expression, Pick):
        return Pick(expression.how, tuple(fixed_on(each, today) for each in expression.among))
    return expression


Given = TypeVar("Given")


def compiled(
    expression: DateExpression, today: date, read: Callable[[str], Callable[[Given], date | None]]
) -> Callable[[Given], date | None]:
    """The expression on one day as a function of whatever the dates are read from; ``read`` gives for each
    name how. It answers what ``expression.on`` does."""
    expression = fixed_on(expression, today)
    match expression:
        case Fixed(day):
            return lambda given: day
        case Named(name):
            return read(name)
        case Later(base, number, unit):
            return _later(compiled(base, today, read), number, unit)
        case Pick("first known", among):
            return _first_known([compiled(each, today, read) for each in among])
        case Pick(how, among):
            return _extreme(max if how == "max" else min, [compiled(each, today, read) for each in among])
    return lambda given: expression.on(today, lambda name: read(name)(given))


def _later(base: Callable[[Given], date | None], number: int, unit: str) -> Callable[[Given], date | None]:
    if unit in ("day", "week"):
        length = timedelta(days=number * UNITS[unit])

        def after(given: Given) -> date | None:
            day = base(given)
            return None if day is None else day + length

    else:
        months = number if unit == "month" else 12 * number

        def after(given: Given) -> date | None:
            day = base(given)
            return None if day is None else add_months(day, months)

    return after


def _first_known(among: list[Callable[[Given], date | None]]) -> Callable[[Given], date | None]:
    def first(given: Given) -> date | None:
        for each in among:
            day = each(given)
            if day is not None:
                return day
        return None

    return first


def _extreme(
    pick: Callable[[Iterable[date]], date], among: list[Callable[[Given], date | None]]
) -> Callable[[Given], date | None]:
    def extreme(given: Given) -> date | None:
        days = []
        for each in among:
            day = each(given)
            if day is None:
                return None
            days.append(day)
        return pick(days)

    return extreme


def parse_date(text: str) -> DateExpression:
    """Read an expression over dates. Raises Malformed. Names are not looked up here."""
    tokens = list(_tokens(text))
    tokens.reverse()
    expression = _sum(tokens, text)
    if tokens:
        raise Malformed(f"{text}: {tokens[-1]} is not expected here.", "Join dates and lengths with + or -.")
    return expression


def _tokens(text: str) -> Iterator[str]:
    text, position = text.rstrip(), 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            raise Malformed(
                f"{text}: cannot read {text[position:].strip()}.", "Write for example today + 2 weeks."
            )
        yield found[1]
        position = found.end()


def _sum(tokens: list[str], text: str) -> DateExpression:
    expression = _term(tokens, text)
    while tokens and tokens[-1] in "+-":
        sign = 1 if tokens.pop() == "+" else -1
        number, unit = _length(tokens, text)
        expression = Later(expression, sign * number, unit)
    return expression


def _term(tokens: list[str], text: str) -> DateExpression:
    if not tokens:
        raise Malformed(f"{text}: a date is missing.", "Write a date, today or the name of a date fact.")
    token = tokens.pop()
    if tokens and tokens[-1] == "(":
        return _pick(token, tokens, text)
    if token == "today":
        return Today()
    if ISO_DATE.fullmatch(token):
        return Fixed(iso_date(token))
    if token[0].isalpha() or token[0] == "_":
        return Named(token)
    raise Malformed(f"{text}: {token} is not a date.", "Write a date, today or the name of a date fact.")


def _pick(how: str, tokens: list[str], text: str) -> DateExpression:
    if how not in ("max", "min", "first known"):
        raise Malformed(f"{text}: {how} is not a way to pick a date.", "Use max, min or first known.")
    tokens.pop()
    among = [_sum(tokens, text)]
    while tokens and tokens[-1] == ",":
        tokens.pop()
        among.append(_sum(tokens, text))
    if not tokens or tokens.pop() != ")":
        raise Malformed(f"{text}: a bracket is not closed.", "Add the missing ).")
    return Pick(how, tuple(among))


def _length(tokens: list[str], text: str) -> tuple[int, str]:
    number = tokens.pop() if tokens else ""
    unit = tokens.pop() if tokens else ""
    if not number.isdigit() or unit.removesuffix("s") not in UNITS:
        raise Malformed(f"{text}: a length is missing.", "Write a number and days, weeks, months or years.")
    unit = unit.removesuffix("s")
    if int(number) * UNITS[unit] > LONGEST_DAYS:
        raise Malformed(f"{text}: {number} {unit}s is longer than a hundred years.", "Check the number.")
    return int(number), unit
