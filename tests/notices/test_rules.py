"""Letters are read, checked and filled; where they go and when they are tried again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.kernel.refusal import Refused
from waymark.notices.rules import (
    BadLetter,
    MissingContent,
    check_content,
    fill,
    in_words,
    lint_letter,
    next_try,
    parse_letter,
    reading_age,
    syllables,
    way_to,
)
from waymark.policy.findings import Severity

GOOD = """
title = "Your interview is put off until {until}"
subject = "Your interview"
required = ["reason", "until"]

[[blocks]]
kind = "paragraph"
text = "We put it off because {reason}."
carries = ["reason"]

[[blocks]]
kind = "key_facts"
text = '''
Until: {until}
'''
carries = ["until"]

[[blocks]]
kind = "list"
items = ["Eat before you come.", { text = "You asked for {access_help}.", when = "access_help" }]

[[blocks]]
kind = "paragraph"
text = "We promised you {promised}."
when = "promised"

[[blocks]]
kind = "contact"
text = "Ring {contact_phone}."
"""
WORDS = {"reason": "you are ill", "until": date(2004, 6, 30), "contact_phone": "01632 960123"}


def faults(text: str, kind: str = "") -> list[str]:
    return [f.message for f in lint_letter(text, "letters/en/x.toml", kind)]


def test_a_letter_is_filled_with_words_and_dates_written_out():
    filled = fill(parse_letter(GOOD), WORDS)
    assert filled.title == "Your interview is put off until Wednesday 30 June 2004"
    assert filled.blocks[0].text == "We put it off because you are ill."
    assert (filled.blocks[1].items[0].label, filled.blocks[1].items[0].text) == (
        "Until",
        "Wednesday 30 June 2004",
    )


def test_blocks_and_points_of_absent_words_are_left_out():
    filled = fill(parse_letter(GOOD), WORDS)
    assert [b.kind for b in filled.blocks] == ["paragraph", "key_facts", "list", "contact"]
    assert [i.text for i in filled.blocks[2].items] == ["Eat before you come."]


def test_blocks_and_points_of_known_words_are_there():
    filled = fill(parse_letter(GOOD), {**WORDS, "promised": "a leaflet", "access_help": "a private room"})
    texts = [b.text for b in filled.blocks] + [i.text for b in filled.blocks for i in b.items]
    assert {"We promised you a leaflet.", "You asked for a private room."} <= set(texts)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_a_required_thing_without_its_word_is_refused_and_named(empty):
    with pytest.raises(MissingContent) as refusal:
        fill(parse_letter(GOOD), {**WORDS, "reason": empty})
    assert (refusal.value.keys, refusal.value.words) == (("reason",), ("reason",))
    assert "reason" in refusal.value.message and "reason" in refusal.value.cure


def test_a_gap_in_what_is_not_required_is_refused_too():
    with pytest.raises(MissingContent) as refusal:
        fill(parse_letter(GOOD), {**WORDS, "contact_phone": ""})
    assert refusal.value.words == ("contact_phone",)


def test_words_that_look_like_placeholders_are_not_filled_again():
    filled = fill(parse_letter(GOOD), {**WORDS, "reason": "{until} {nonsense}"})
    assert filled.blocks[0].text == "We put it off because {until} {nonsense}."


@given(st.text(min_size=1).filter(lambda t: t.strip()))
def test_any_words_of_a_person_stand_in_the_letter_as_they_are(said):
    filled = fill(parse_letter(GOOD), {**WORDS, "reason": said})
    assert filled.blocks[0].text == f"We put it off because {said.strip()}."


def test_a_kept_letter_that_lost_a_required_block_is_refused_at_sending():
    letter = parse_letter(GOOD)
    content = fill(letter, WORDS).as_content()
    check_content(letter, content)
    content["blocks"] = [b for b in content["blocks"] if "reason" not in b["carries"]]
    with pytest.raises(MissingContent) as refusal:
        check_content(letter, content)
    assert refusal.value.keys == ("reason",)


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        (date(2004, 5, 4), "en", "Tuesday 4 May 2004"),
        (date(2004, 5, 4), "cy", "Dydd Mawrth 4 Mai 2004"),
        (date(2004, 5, 4), "en-gb", "Tuesday 4 May 2004"),
        (time(9, 0), "en", "9am"),
        (time(14, 5), "en", "2:05pm"),
        (time(12, 0), "en", "midday"),
        (time(0, 30), "en", "12:30am"),
        (datetime(2004, 5, 4, 9, 15, tzinfo=UTC), "en", "Tuesday 4 May 2004 at 10:15am"),
        (75, "en", "75"),
        (None, "en", ""),
    ],
)
def test_values_are_written_out(value, language, said):
    assert in_words(value, language) == said


# The letter checker


def test_a_good_letter_has_no_faults():
    assert faults(GOOD) == []


def test_what_is_no_letter_is_said_to_be_none():
    assert "not readable" in faults("title = ")[0]
    with pytest.raises(BadLetter):
        parse_letter('[[blocks]]\nkind = "poem"')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{reason}", "{raeson}", "{raeson} is no word"),
        ('when = "promised"', 'when = "promise"', "{promise} is no word"),
        ('carries = ["reason"]', "", "“reason” is required, but no block"),
        (
            'carries = ["reason"]',
            'carries = ["reason"]\nwhen = "promised"',
            "“reason” is required, but no block",
        ),
        ('title = "Your interview is put off until {until}"', "", "no title"),
        ('subject = "Your interview"', "", "no subject"),
        ("Ring {contact_phone}.", "Ring us.", "gives no telephone number"),
        ('kind = "contact"', 'kind = "paragraph"', "does not say whom to ring"),
        ("Eat before", "The claimant eats before", "“claimant” has no place"),
        ("Eat before", "Clients eat before", "“Clients” has no place"),
        ("Eat before", "At the WFI, eat before", "our shorthand"),
        ("Eat before", "Or a sanction comes before", "not that the help on offer is a choice"),
        ("Eat before you come.", "We may stop your benefit.", "not that the help on offer is a choice"),
        ("Eat before", "and " * 26 + "eat before", "A sentence has"),
    ],
)
def test_a_fault_is_found(old, new, said):
    assert old in GOOD
    assert any(said in message for message in faults(GOOD.replace(old, new)))


def test_a_word_about_money_is_allowed_where_help_is_said_to_be_a_choice():
    text = GOOD.replace("Eat before you come.", "It may reduce your benefit. The help is your choice.")
    assert faults(text)
    assert faults(text.replace('carries = ["until"]', 'carries = ["until", "help_is_choice"]')) == []


def test_a_hard_letter_is_advised_against_but_not_forbidden():
    hard = "Administrative considerations necessitate additional documentation regarding eligibility."
    found = lint_letter(GOOD.replace("Eat before you come.", " ".join([hard] * 12)), "letters/en/x.toml")
    assert [f.severity for f in found] == [Severity.INFO]


def test_a_fault_is_shown_at_its_line():
    finding = lint_letter(GOOD.replace("{reason}", "{raeson}"), "letters/en/x.toml")[0]
    assert GOOD.splitlines()[finding.line - 1].startswith('text = "We put it off')


def test_a_pack_cannot_leave_out_what_every_deferral_must_tell():
    assert any("must tell “bring_forward”" in message for message in faults(GOOD, "deferred"))


@pytest.mark.parametrize(
    ("word", "count"),
    [("interview", 3), ("put", 1), ("made", 1), ("able", 2), ("wanted", 2), ("telephone", 3)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_plain_words_read_younger_than_official_ones():
    plain = reading_age(["We put it off. You can ring us. We will help you."])
    official = reading_age(["Notification regarding postponement necessitates telephonic confirmation."])
    assert plain < 8 < 16 < official


# Ways and tries


def test_letters_go_by_post_by_default():
    way = way_to(email="j@waymark.example", postal="2 Mill Lane", may_write=True, may_email=True)
    assert (way.channel, way.address) == ("post", "2 Mill Lane")


@pytest.mark.parametrize(("may_write", "postal"), [(False, "2 Mill Lane"), (True, "")])
def test_letters_go_by_e_mail_where_post_is_unsafe_or_impossible(may_write, postal):
    way = way_to(email="j@waymark.example", postal=postal, may_write=may_write, may_email=True)
    assert (way.channel, way.address) == ("email", "j@waymark.example")


@pytest.mark.parametrize(
    ("may_write", "postal", "may_email", "email", "code"),
    [
        (False, "2 Mill Lane", True, "", "not_safe_to_write"),
        (False, "2 Mill Lane", False, "j@waymark.example", "not_safe_to_write"),
        (True, "", False, "j@waymark.example", "no_address"),
        (True, "", True, "", "no_address"),
    ],
)
def test_where_no_way_is_safe_the_letter_is_refused_with_a_cure(may_write, postal, may_email, email, code):
    with pytest.raises(Refused) as refusal:
        way_to(email=email, postal=postal, may_write=may_write, may_email=may_email)
    assert refusal.value.code == code and refusal.value.cure


def test_tries_are_spaced_and_end():
    now = datetime(2004, 5, 4, 9, 30, tzinfo=UTC)
    waits = [at - now if (at := next_try(n, now)) else None for n in range(1, 6)]
    minutes = [timedelta(minutes=m) for m in (1, 5, 30, 120)]
    assert waits == [*minutes, None]
