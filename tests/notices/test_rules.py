"""Letters are read, checked and filled; where they go and when they are tried again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.notices.rules import (
    BadLetter,
    MissingContent,
    check_content,
    fill,
    in_words,
    letter_path,
    mobile_of,
    next_try,
    parse_letter,
    plain,
    reading_age,
    syllables,
    texting_time,
    way_to,
)

GOOD = """
stance = "neutral"
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


def test_a_block_with_unless_stands_only_where_the_word_is_absent():
    text = GOOD.replace('when = "promised"', 'unless = "access_help"').replace(
        "We promised you {promised}.", "Ask."
    )
    said = [b.text for b in fill(parse_letter(text), WORDS).blocks]
    assert "Ask." in said
    assert "Ask." not in [b.text for b in fill(parse_letter(text), {**WORDS, "access_help": "a room"}).blocks]


def test_a_list_of_values_becomes_as_many_points_with_their_labels():
    text = GOOD.replace('"Eat before you come."', '"{agreed_list}"')
    agreed = [("You", "ask your doctor"), "We ring on the day.", ""]
    points = fill(parse_letter(text), {**WORDS, "agreed_list": agreed}).blocks[2].items
    assert [(p.label, p.text) for p in points] == [("You", "ask your doctor"), ("", "We ring on the day.")]


def test_an_empty_list_is_a_gap():
    text = GOOD.replace('"Eat before you come."', '"{agreed_list}"')
    with pytest.raises(MissingContent) as refusal:
        fill(parse_letter(text), {**WORDS, "agreed_list": []})
    assert refusal.value.words == ("agreed_list",)


def test_a_text_message_is_filled_with_the_letter():
    text = GOOD + '[short]\ntext = "Please ring {contact_phone}."'
    assert fill(parse_letter(text), WORDS).short == "Please ring 01632 960123."


FILES = {
    "letters/en/missed.toml",
    "letters/en/missed.gentle.toml",
    "letters/cy/missed.toml",
    "letters/en/booked.toml",
}


@pytest.mark.parametrize(
    ("kind", "language", "variant", "path"),
    [
        ("missed", "en", "", "letters/en/missed.toml"),
        ("missed", "en", "gentle", "letters/en/missed.gentle.toml"),
        ("missed", "cy", "gentle", "letters/cy/missed.toml"),
        ("missed", "pl", "gentle", "letters/en/missed.gentle.toml"),
        ("booked", "cy", "gentle", "letters/en/booked.toml"),
    ],
)
def test_the_nearest_letter_is_taken_the_language_before_the_variant(kind, language, variant, path):
    assert letter_path(FILES, kind, language, variant) == path


def test_a_pack_without_a_letter_of_a_kind_says_so():
    with pytest.raises(BadLetter, match="no letter “summary”"):
        letter_path(FILES, "summary")


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


def test_a_text_goes_where_it_was_agreed_and_otherwise_the_next_way_is_taken():
    ways = {"email": "j@waymark.example", "postal": "2 Mill Lane", "may_write": True, "may_email": True}
    order = ("text", "email", "post")
    agreed = way_to(**ways, mobile="07700900123", may_text=True, channels=order)
    assert (agreed.channel, agreed.address) == ("text", "07700900123")
    assert way_to(**ways, mobile="07700900123", channels=order).channel == "email"
    assert way_to(**{**ways, "may_email": False}, mobile="", may_text=True, channels=order).channel == "post"


def test_what_may_not_go_by_post_never_falls_back_to_it():
    with pytest.raises(Refused) as refusal:
        way_to(email="", postal="2 Mill Lane", may_write=True, may_email=True, channels=("text", "email"))
    assert refusal.value.code == "no_safe_way" and refusal.value.cure


@pytest.mark.parametrize(
    ("telephone", "mobile"),
    [
        ("+447700900123", "07700900123"),
        ("07700 900 123", "07700900123"),
        ("+441632960123", ""),
        ("07012345678", ""),
        ("+4477009001234", ""),
        ("+33612345678", ""),
        ("", ""),
    ],
)
def test_texts_go_to_british_mobile_numbers_only(telephone, mobile):
    assert mobile_of(telephone) == mobile


@pytest.mark.parametrize(
    ("said", "written"), [("It’s “on” – now…", 'It\'s "on" - now...'), ("Tŷ Gŵyn", "Ty Gwyn"), ("日", "?")]
)
def test_a_text_is_written_in_the_alphabet_every_telephone_knows(said, written):
    assert plain(said) == written


@pytest.mark.parametrize(
    ("clock", "hours", "goes"),
    [
        (time(0, 5), {}, "4 09:00"),
        (time(10), {}, "4 10:00"),
        (time(19), {}, "5 09:00"),
        (time(10), {"not_before": time(17)}, "4 17:00"),
        (time(10), {"not_after": time(9, 30)}, "5 09:00"),
        (time(8), {"not_after": time(8, 30)}, "4 08:00"),
        (time(21), {"not_before": time(20)}, "4 21:00"),
    ],
)
def test_a_text_waits_for_a_decent_and_safe_hour(clock, hours, goes):
    assert f"{texting_time(at(date(2004, 5, 4), clock), **hours):%-d %H:%M}" == goes
