"""A letter is measured only where its lines do not say how long it will be, and comes out as if it had been."""

import pytest
from django.conf import settings

from waymark.notices import rendering
from waymark.notices.catalogue import letters_of, sample
from waymark.notices.paper import LOOSE, MEASURE, TIGHT, spacing_of

LETTERS = {one.name: one.letter for one in letters_of(settings.PROGRAMMES)}
A_LINE = "x" * 80


def spacing(paragraphs, **more):
    blocks = [{"kind": "text", "paragraphs": paragraphs, "items": []}]
    return spacing_of(blocks, **{"large": False, "square": False, **more})


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_looks_as_it_would_had_it_been_measured(name):
    content = sample(LETTERS[name])
    assert rendering.pictures(content, 20) == rendering.pictures(content, 20, spacing=MEASURE)


def test_most_letters_need_no_measuring():
    found = [spacing_of(**said_of(sample(letter))) for letter in LETTERS.values()]
    assert found.count(MEASURE) < len(found) / 3


def said_of(content):
    blocks = [{**b, "paragraphs": rendering.paragraphs(b["text"])} for b in content["blocks"]]
    return {"blocks": blocks, "large": content["large"], "square": "square" in content}


def test_a_short_letter_is_set_loosely():
    assert spacing([A_LINE] * 10) == LOOSE


def test_a_letter_far_too_long_for_a_page_takes_two_in_peace():
    assert spacing([A_LINE] * 60) == LOOSE


def test_a_letter_that_may_just_fit_is_measured():
    assert spacing([A_LINE] * 20) == MEASURE


def test_a_letter_that_fits_only_tightly_is_set_so():
    assert spacing([A_LINE] * 23) == TIGHT


def test_the_square_code_takes_room():
    assert spacing([A_LINE] * 15) == LOOSE
    assert spacing([A_LINE] * 15, square=True) != LOOSE


def test_large_print_is_never_tight():
    assert spacing([A_LINE] * 23, large=True) == LOOSE
