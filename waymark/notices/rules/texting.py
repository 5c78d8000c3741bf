"""Text messages: how long, which characters, to which numbers, at which hours."""

import re
import unicodedata
from datetime import datetime, time, timedelta

from waymark.notices.rules.wording import HERE

# Two messages joined into one, in the alphabet every telephone knows.
LONGEST_TEXT = 306
ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\N{NO-BREAK SPACE}": " "}
)
# 07 and nine digits; 070 are not mobiles.
MOBILE = re.compile(r"^(?:\+44|0)(7[1-9]\d{8})$")
DAY_BEGINS, DAY_ENDS = time(9), time(19)


def plain(text: str) -> str:
    """The text in the alphabet of text messages: curly quotes straightened, rare accents left off."""
    return "".join(_plain_letter(letter) for letter in text.translate(PLAIN))


def _plain_letter(letter: str) -> str:
    if letter in ALPHABET:
        return letter
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if bare in ALPHABET else "?"


def mobile_of(telephone: str) -> str:
    """A British mobile number as it is dialled, 07700900123; empty for any other number."""
    found = MOBILE.match(re.sub(r"[\s()-]", "", telephone))
    return f"0{found[1]}" if found else ""


def texting_time(now: datetime, *, not_before: time | None = None, not_after: time | None = None) -> datetime:
    """When a text may go at the earliest: between nine and seven, or in the hours in which it is safe to ring."""
    begins, ends = _hours(not_before, not_after)
    here = now.astimezone(HERE)
    if here.time() < begins:
        return datetime.combine(here.date(), begins, HERE)
    if here.time() >= ends:
        return datetime.combine(here.date() + timedelta(days=1), begins, HERE)
    return now


def _hours(not_before: time | None, not_after: time | None) -> tuple[time, time]:
    """The usual hours, narrowed or widened to those that were agreed."""
    begins, ends = not_before or DAY_BEGINS, not_after or DAY_ENDS
    if begins < ends:
        return begins, ends
    return (begins, time.max) if not_after is None else (time.min, ends)
