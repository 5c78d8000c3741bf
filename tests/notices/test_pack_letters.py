"""Every letter of every pack passes the letter checker and can be filled."""

from datetime import date, time
from pathlib import Path

import pytest
from django.conf import settings

from waymark.notices.enums import NoticeKind
from waymark.notices.rules import (
    OLDEST_READING_AGE,
    PLACEHOLDERS,
    fill,
    lint_letter,
    parse_letter,
    reading_age,
)

ROOT = Path(settings.PROGRAMMES)
LETTERS = sorted(ROOT.glob("*/letters/*/*.toml"))
SPECIMENS = {
    **dict.fromkeys(PLACEHOLDERS, "something"),
    **dict.fromkeys(["until", "recontact_on", "review_on", "appointment_date", "today"], date(2004, 6, 30)),
    "appointment_time": time(10, 15),
    "total_minutes": 75,
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", LETTERS, ids=name_of)
def test_a_pack_letter_passes_the_checker(path):
    assert lint_letter(path.read_text(encoding="utf-8"), name_of(path)) == []


@pytest.mark.parametrize("path", LETTERS, ids=name_of)
def test_a_pack_letter_can_be_filled_and_read(path):
    letter = parse_letter(path.read_text(encoding="utf-8"), name_of(path))
    filled = fill(letter, SPECIMENS)
    texts = [
        filled.title,
        *(b.text for b in filled.blocks),
        *(i.text for b in filled.blocks for i in b.items),
    ]
    assert not [t for t in texts if "{" in t]
    assert reading_age(texts) <= OLDEST_READING_AGE


def test_the_first_pack_has_a_letter_of_every_kind():
    assert {p.stem for p in LETTERS if p.parts[-4] == "jobcentre-plus-2002"} >= set(NoticeKind.values)
