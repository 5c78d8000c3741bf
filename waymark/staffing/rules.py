"""Which values of a programme a place may set otherwise, and how such a value is read. Pure."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

# Who must come, how often and what is paid is law: the same everywhere. How a place organises it is its own.
LOCAL_SECTIONS = frozenset({"authority", "counting", "limits", "timings", "visit"})
YES_WORDS = {"yes": True, "true": True, "no": False, "false": False}
Value = bool | int | float | str


def may_differ(key: str, value: object) -> bool:
    """Whether a place may hold another value for a setting such as `timings.recontact_days_before_end`."""
    return key.partition(".")[0] in LOCAL_SECTIONS and isinstance(value, bool | int | float | str)


def read_value(text: str, like: Value, words: Collection[str] = ()) -> Value:
    """The value meant by `text`, of the same sort as the pack's own value `like`.

    `words` are the words a text setting may be. Raises ValueError; its sentence says what would be right.
    """
    tidy = text.strip()
    if isinstance(like, bool):
        return read_yes_or_no(tidy)
    if isinstance(like, int):
        return read_whole_number(tidy)
    if isinstance(like, float):
        return read_number(tidy)
    if tidy not in words:
        raise ValueError(f"Choose one of: {', '.join(sorted(words))}.")
    return tidy


def read_yes_or_no(text: str) -> bool:
    if text.lower() not in YES_WORDS:
        raise ValueError("Enter yes or no.")
    return YES_WORDS[text.lower()]


def read_whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("Enter a whole number, 0 or more.")
    return int(text)


def read_number(text: str) -> float:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("Enter a number, like 12.50.") from None
    if not number.is_finite() or number < 0:
        raise ValueError("Enter a number, 0 or more.")
    return float(number)
