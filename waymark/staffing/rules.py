"""Which values of a programme a place may set otherwise, and how such a value is read. Pure."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

# Who must come, how often and what is paid is law: the same everywhere. How a place organises it is its own.
LOCAL_SECTIONS = frozenset(
    {"authority", "casework", "counting", "directory", "limits", "referrals", "timings", "visit"}
)
YES_WORDS = {"yes": True, "true": True, "no": False, "false": False}
LONGEST = 300
Value = bool | int | float | str | list[str]


def may_differ(key: str, value: object) -> bool:
    """Whether a place may hold another value for a setting such as `timings.recontact_days_before_end`."""
    return key.partition(".")[0] in LOCAL_SECTIONS and isinstance(value, bool | int | float | str | list)


def read_value(text: str, like: Value, words: Collection[str] = ()) -> Value:
    """The value meant by `text`, of the same sort as the pack's own value `like`.

    `words` are the words a setting may be, or that a list may hold; a text that is empty in the pack is free.
    Raises ValueError; its sentence says what would be right.
    """
    tidy = text.strip()
    if isinstance(like, list):
        return read_list(tidy, words)
    if isinstance(like, bool):
        return read_yes_or_no(tidy)
    if isinstance(like, int):
        return read_whole_number(tidy)
    if isinstance(like, float):
        return read_number(tidy)
    if like == "":
        return read_text(tidy)
    if tidy not in words:
        raise ValueError(f"Choose one of: {', '.join(sorted(words))}.")
    return tidy


def read_list(text: str, words: Collection[str]) -> list[str]:
    """Codes with commas between them, each of one word or of two with a colon; no text is an empty list."""
    codes = [code for part in text.split(",") if (code := part.strip())]
    unknown = [code for code in codes if not set(code.split(":")) <= set(words)]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is not known here. Choose from: {', '.join(sorted(words))}.")
    return codes


def read_text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"Write at most {LONGEST} letters; these are {len(text)}.")
    return text


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
