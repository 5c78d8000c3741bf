"""The customer's pages are written for a reader of eleven, and in words of the house."""

import re
from pathlib import Path

import pytest
from django.utils.encoding import force_str

from waymark.notices.rules import OLDEST_READING_AGE, reading_age
from waymark.web.customer_portal import forms, words

TEMPLATES = Path(words.__file__).parents[1] / "templates" / "customer_portal"
PAGES = sorted(TEMPLATES.glob("*.html"))
CODE = sorted(Path(words.__file__).parent.glob("*.py"))
SAID = re.compile(r'{%\s*translate\s+"([^"]+)"|{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate', re.S)
IN_CODE = re.compile(r'\b(?:_|gettext_lazy|ngettext)\(\s*"([^"]+)"(?:,\s*"([^"]+)")?')


def sentences_of(path: Path) -> list[str]:
    pattern = SAID if path.suffix == ".html" else IN_CODE
    found = [part for match in pattern.findall(path.read_text()) for part in match if part]
    return [re.sub(r"%\(\w+\)[sd]|{{[^}]*}}", "Tuesday", part) for part in found]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_at_eleven(path):
    found = [text if text.endswith((".", "?", ":")) else f"{text}." for text in sentences_of(path)]
    assert reading_age(found) <= OLDEST_READING_AGE, found


def test_what_is_said_in_code_and_forms_is_read_at_eleven_too():
    found = [text for path in CODE for text in sentences_of(path) if len(text.split()) > 2]
    assert len(found) > 60
    assert reading_age([text if text.endswith((".", "?")) else f"{text}." for text in found]) <= (
        OLDEST_READING_AGE
    )


@pytest.mark.parametrize("path", [*PAGES, *CODE], ids=lambda path: path.name)
def test_no_word_of_the_office_stands_on_a_page(path):
    said = " ".join(sentences_of(path)).lower()
    banned = ["sanction", "mandatory", "client", "claimant", "wfi", "deferral", "waiver", "failure to attend"]
    assert [word for word in banned if word in said] == []


def test_every_choice_of_a_form_is_in_the_customers_voice():
    labels = [force_str(label) for _about, label in forms.ASKED]
    assert all(label.startswith(("I ", "Some")) for label in labels)
