"""The script as a pack writes it: which page comes next, and which words in the notes raise a question."""

import pytest

from tests.first_contact.conftest import first_programme
from waymark.interviews.script import begins_a_word, facts_to_show, script_of

ON = first_programme().valid_from


@pytest.fixture
def script():
    return script_of(first_programme())


def raised(script, notes: str) -> dict[str, str]:
    """The questions that notes raise, with the prompt of each."""
    return {heard.cue.question: heard.cue.prompt for heard in script.heard_in(notes)}


def test_lungs_raise_getting_here_and_equipment(script):
    """D:L753, the man who came in a wheelchair with an oxygen bottle."""
    found = raised(script, "He has a problem with his LUNGS, happy to come in")
    assert "getting_here" in found and "equipment" in found["getting_here"]


def test_not_going_out_alone_raises_company_and_other_places(script):
    """D:L1637-1639, panic attacks."""
    found = raised(script, "cannot go out alone since the panic attacks")
    assert "companion" in found["getting_here"] and "home" in found["getting_here"]


def test_asking_for_a_home_visit_raises_how_severe_it_is(script):
    """D:L1659, lung cancer."""
    assert "severe" in raised(script, "Asks for a home visit")["gravest"]


def test_the_word_depressed_alone_raises_how_much_it_affects_a_day(script):
    """D:L880, D:L928."""
    assert "One word is not enough" in raised(script, "depressed")["how_bad"]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("lung", "Lungs bad", True),
        ("sit", "a visit", False),
        ("sit", "cannot sit.", True),
        ("go out", "never goes; cannot GO OUT", True),
        ("tb", "has TB", True),
        ("tb", "football", False),
    ],
)
def test_a_cue_is_heard_from_the_start_of_a_word_on(word, text, found):
    assert begins_a_word(word, text) is found


def test_notes_without_cues_raise_nothing(script):
    assert script.heard_in("Nice weather, ring on Monday.") == []


def test_every_cue_leads_to_a_page_of_the_script(script):
    assert {cue.question for cue in script.cues} <= set(script.questions)


def test_the_most_useful_open_fact_chooses_the_page(script):
    assert script.next_page(["consultant_on", "health_matters"]).id == "consultant"


def test_the_offer_is_never_asked_as_a_mere_question(script):
    assert script.next_page(["wants_interview"]) is None
    assert script.next_page(["wants_interview", "health_matters"]).id == "which_matters"


def test_a_skipped_page_gives_way_to_the_next(script):
    assert script.next_page(["consultant_on", "health_matters"], {"consultant"}).id == "which_matters"


def test_support_is_that_of_the_customers_group(script):
    lone_parent = {one.code for one in script.support_for("lone_parent")}
    assert "childcare" in lone_parent and "disability_employment_adviser" not in lone_parent


def test_a_page_raised_early_also_asks_what_it_hangs_on(script):
    book = first_programme().facts
    shown = facts_to_show(script.questions["getting_here"], book, {}, ON)
    assert shown == ["health_matters", "cannot_travel", "cannot_sit_long", "cannot_go_out_alone"]


def test_a_page_shows_only_facts_that_apply(script):
    book = first_programme().facts
    facts = book.parse({"health_matters": True, "nhs_treatment_awaited": False})
    assert facts_to_show(script.questions["nhs"], book, facts, ON) == ["nhs_appointment_on"]
