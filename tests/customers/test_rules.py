"""Names, NI numbers, telephone numbers and postcodes."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.customers.rules import (
    Identity,
    NotRight,
    name_keys,
    near,
    parse_ni,
    parse_phone,
    parse_postcode,
    tidy,
    words_of,
)

ON = date(2004, 5, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Price", "Prise"),
        ("Smith", "Smyth"),
        ("Okafor", "Okafr"),
        ("O'Neill", "ONeill"),
        ("O'Neill", "Neill"),
        ("Smith-Jones", "Jones"),
        ("Siân", "Sian"),
        ("Müller", "MULLER"),
    ],
)
def test_names_a_slip_apart_share_a_key(one, other):
    assert name_keys(one) & name_keys(other)


@pytest.mark.parametrize(("one", "other"), [("Price", "Walsh"), ("Ann", "Ian"), ("Holt", "Reid")])
def test_different_names_share_no_key(one, other):
    assert not name_keys(one) & name_keys(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=15), st.data())
def test_a_name_with_one_letter_missing_or_wrong_is_always_found(name, data):
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    assert name_keys(name) & name_keys(name[:place] + name[place + 1 :])
    assert name_keys(name) & name_keys(name[:place] + letter + name[place + 1 :])


def test_a_hyphened_name_is_found_by_each_part_and_by_the_whole():
    assert {"smith", "jones", "smithjones"} <= words_of("Smith-Jones")


def test_the_same_name_is_nearest_and_order_and_case_do_not_count():
    assert near("joan price", "Price Joan") == 1
    assert near("Price", "Joan Price") == 1
    assert near("Joan Prise", "Joan Price") > near("Joan Walsh", "Joan Price")


@pytest.mark.parametrize("text", ["AB123456C", "ab 12 34 56 c", " AB-12-34-56-C "])
def test_an_ni_number_is_kept_in_one_form(text):
    assert parse_ni(text) == "AB123456C"


# The prefixes that are never given out: HMRC, NIM39110.
@pytest.mark.parametrize(
    "prefix", ["DA", "FA", "IA", "QA", "UA", "VA", "AD", "AO", "BG", "GB", "NK", "KN", "NT", "ZZ"]
)
def test_a_prefix_that_is_never_given_out_is_refused(prefix):
    with pytest.raises(ValueError, match=f"No NI number starts with {prefix}"):
        parse_ni(f"{prefix}123456A")


@pytest.mark.parametrize("text", ["AB123456E", "AB12345C", "A1234567C", "AB1234567C", "", "ABO23456C"])
def test_what_is_no_ni_number_is_refused_with_what_would_be_right(text):
    with pytest.raises(ValueError, match="two letters, six digits and a letter from A to D"):
        parse_ni(text)


def test_a_temporary_number_is_refused_and_says_what_to_do_instead():
    with pytest.raises(ValueError, match="say why the NI number is not known"):
        parse_ni("TN 12 03 61 F")


def test_the_numbers_of_made_up_people_pass_only_where_people_are_made_up():
    assert parse_ni("QQ 12 34 56 C", synthetic=True) == "QQ123456C"
    with pytest.raises(ValueError, match="starts with QQ"):
        parse_ni("QQ 12 34 56 C")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("01632 960 001", "+441632960001"),
        ("(01632) 960001", "+441632960001"),
        ("+44 1632 960001", "+441632960001"),
        ("07700 900123", "+447700900123"),
        ("+353 1 234 5678", "+35312345678"),
    ],
)
def test_a_telephone_number_is_kept_in_its_international_form(text, kept):
    assert parse_phone(text) == kept


@given(st.from_regex(r"0[1-9][0-9]{7,10}", fullmatch=True))
def test_the_quick_way_for_british_numbers_says_what_the_library_says(text):
    number = phonenumbers.parse(text, "GB")
    if phonenumbers.is_possible_number(number):
        assert parse_phone(text) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    else:
        with pytest.raises(ValueError, match="digits"):
            parse_phone(text)


@pytest.mark.parametrize("text", ["12", "no telephone", "01632 96000100000"])
def test_what_is_no_telephone_number_is_refused(text):
    with pytest.raises(ValueError, match="Give the whole number"):
        parse_phone(text)


@pytest.mark.parametrize(
    ("text", "kept"), [("ca11ab", "CA1 1AB"), ("SW1A 2AA", "SW1A 2AA"), ("m1 1ae", "M1 1AE")]
)
def test_a_postcode_is_kept_in_one_form(text, kept):
    assert parse_postcode(text) == kept


@pytest.mark.parametrize("text", ["CA1", "12345", "CA1 1CC"])
def test_half_a_postcode_is_refused(text):
    with pytest.raises(ValueError, match="Give both halves"):
        parse_postcode(text)


def test_all_that_is_wrong_with_an_identity_is_said_at_once():
    wrong = Identity(
        " ", "Price", born_on=date(2961, 3, 12), ni_number="TN120361F", postcode="CA", telephone="1"
    )
    with pytest.raises(NotRight) as caught:
        tidy(wrong, ON)
    assert set(caught.value.problems) == {"given_names", "born_on", "ni_number", "postcode", "telephone"}


def test_an_identity_without_ni_number_says_why():
    with pytest.raises(NotRight, match="say why"):
        tidy(Identity("Joan", "Price"), ON)
    assert tidy(Identity("Joan", "Price", ni_unknown_because="newly arrived"), ON).ni_number == ""
