"""The letters as documentation: seen, up to date, and refused as a pack when one of them is bad."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from waymark.cli.letters import letters
from waymark.cli.programmes import programme
from waymark.cli.rules import policy
from waymark.notices import catalogue
from waymark.notices.enums import NoticeKind
from waymark.notices.rules import KINDS, PLACEHOLDERS, parse_letter
from waymark.notices.samples import WORDS, sample
from waymark.programme.models import PackVersion

DOCS = Path(settings.ROOT) / "docs" / "letters"


def kept() -> list[catalogue.Kept]:
    return catalogue.letters_of(settings.PROGRAMMES)


@pytest.fixture
def bad_programmes(settings, tmp_path):
    """The packs, with one letter of one of them spoilt."""
    root = tmp_path / "programmes"
    shutil.copytree(settings.PROGRAMMES, root)
    letter = root / "provider-led-2007" / "letters" / "en" / "next_interview.toml"
    letter.write_text(letter.read_text(encoding="utf-8").replace("{contact_phone}", "us"), encoding="utf-8")
    settings.PROGRAMMES = root
    return root


def test_the_page_of_letters_is_as_the_letters_are():
    made = catalogue.page(kept(), DOCS / "refused")
    assert (DOCS / "README.md").read_text(encoding="utf-8") == made, (
        "waymark letters make docs/letters --pictures-only"
    )


def test_every_letter_has_its_picture_and_no_picture_is_left_over():
    assert {p.stem for p in DOCS.glob("*.png")} == {one.name for one in kept()}


def test_every_kind_of_notice_is_known_to_the_checker_and_the_other_way_round():
    assert set(KINDS) == set(NoticeKind.values)
    assert all(kind.sent and kind.stance for kind in KINDS.values())


def test_every_word_has_a_sample():
    assert set(WORDS) == set(PLACEHOLDERS)


@pytest.mark.parametrize("one", kept(), ids=lambda one: one.name)
def test_a_letter_with_every_word_fits_on_two_pages(one):
    assert len(catalogue.rendering.pictures(sample(one.letter), 10)) <= 2


def test_what_a_letter_needs_and_what_it_may_have_are_told_apart():
    letter = parse_letter(
        (Path(settings.PROGRAMMES) / catalogue.FIRST_PACK / "letters/en/end_of_series.toml").read_text()
    )
    assert catalogue.words_of(letter) == (["done"], ["follow_up_on", "promised"])


def test_letters_are_made_in_both_sizes_of_print(tmp_path):
    few = [one for one in kept() if one.letter.kind == "reminder"]
    made = {path.name for path in catalogue.write_letters(few, tmp_path)}
    assert made == {"reminder.png", "reminder.pdf", "reminder.large.pdf"}
    assert (tmp_path / "reminder.pdf").read_bytes() != (tmp_path / "reminder.large.pdf").read_bytes()


def test_the_command_passes_the_letters_that_are_kept():
    result = CliRunner().invoke(letters, ["lint"])
    assert result.exit_code == 0 and result.output.endswith(" letters, 0 faults.\n")


def test_the_command_fails_on_a_bad_letter_and_says_where(bad_programmes):
    result = CliRunner().invoke(letters, ["lint", "--json"])
    [finding] = json.loads(result.output)["findings"]
    assert result.exit_code == 1
    assert finding["rule"] == "contact"
    assert finding["path"] == "programmes/provider-led-2007/letters/en/next_interview.toml"
    assert CliRunner().invoke(policy, ["lint"]).exit_code == 1


@pytest.mark.django_db
def test_a_pack_with_a_bad_letter_is_not_loaded(bad_programmes):
    result = CliRunner().invoke(programme, ["load"])
    assert result.exit_code == 1 and not PackVersion.objects.exists()
