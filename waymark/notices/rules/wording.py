"""Words of dates and times, and the few fixed words round a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class FixedWords:
    """What stands on every letter of a language, whatever the pack says."""

    page: str
    greeting: str
    closing: str
    reference: str
    telephone: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    noon: str
    at: str


FIXED: Mapping[str, FixedWords] = {
    "en": FixedWords(
        page="Page {n} of {m}",
        greeting="Dear",
        closing="Yours sincerely",
        reference="Our reference",
        telephone="Telephone",
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        noon="midday",
        at="at",
    ),
    "cy": FixedWords(
        page="Tudalen {n} o {m}",
        greeting="Annwyl",
        closing="Yn gywir",
        reference="Ein cyfeirnod",
        telephone="Ffôn",
        days=(
            *("Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau"),
            *("Dydd Gwener", "Dydd Sadwrn", "Dydd Sul"),
        ),
        months=(
            *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
            *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
        ),
        noon="hanner dydd",
        at="am",
    ),
}
HERE = ZoneInfo("Europe/London")


def fixed(language: str) -> FixedWords:
    """The fixed words of a language; English where a language has none yet."""
    return FIXED.get(base_language(language), FIXED["en"])


def base_language(language: str) -> str:
    """`en-gb` is written with the letters of `en`."""
    return language.partition("-")[0].lower()


def in_words(value: object, language: str = "en") -> str:
    """A value as a letter says it: Thursday 6 May 2004; 10:15am; anything else as text. None is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        here = value.astimezone(HERE) if value.tzinfo else value
        return f"{long_day(here.date(), language)} {fixed(language).at} {clock(here.time(), language)}"
    if isinstance(value, date):
        return long_day(value, language)
    if isinstance(value, time):
        return clock(value, language)
    return str(value).strip()


def long_day(on: date, language: str = "en") -> str:
    words = fixed(language)
    return f"{words.days[on.weekday()]} {on.day} {words.months[on.month - 1]} {on.year}"


def clock(at: time, language: str = "en") -> str:
    """9am, 10:15am, midday."""
    if (at.hour, at.minute) == (12, 0):
        return fixed(language).noon
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
