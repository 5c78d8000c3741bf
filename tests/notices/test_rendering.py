"""A letter as a page, an e-mail, plain text and an accessible PDF."""

import re
from io import BytesIO

import pytest
from django.utils.html import escape
from pypdf import PdfReader

from tests.factories import TODAY
from tests.notices.makers import BOOKED, DEFERRED, pack
from waymark.notices import rendering
from waymark.notices.rules import fill, parse_letter

A4_HIGH = 841.89  # points
OFFICE = {"office_name": "Calder office", "office_address": "1 High Street, Calder, CA1 1AA"}
USUAL = {
    **OFFICE,
    "customer_name": "Mrs Price",
    "contact_phone": "01632 960123",
    "bring_forward_phone": "01632 960123",
}


def content(kind: str = "deferred", *, language: str = "en", large_print: bool = False, **words) -> dict:
    letter = parse_letter(pack().letter(kind, "en"))
    filled = fill(letter, {**USUAL, **(BOOKED if kind == "booked" else DEFERRED), **words}, language)
    return rendering.with_envelope(
        filled,
        ref="N4F7K2M9QX",
        language=language,
        large_print=large_print,
        on=TODAY,
        name="Mrs Joan Price",
        address="2 Mill Lane, Calder, CA1 1AB",
        office_telephone="01632 960001",
        signed_by="Tom Walsh",
        **OFFICE,
    )


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pdf_is_tagged_titled_and_says_its_language_and_standard():
    reader, _text = read(rendering.pdf(content()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "We have put your interview off"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"pdfuaid:part>1<", root["/Metadata"].get_data())


def test_the_pdf_tells_what_must_be_told():
    _reader, text = read(rendering.pdf(content()))
    for said in (
        "It is not cancelled",
        "operation on 18 May",
        "Wednesday 30 June 2004",
        "Wednesday 23 June 2004",
        "Tom Walsh",
        "01632 960123",
        "Coming to the later interview is part of claiming",
        "Your claim goes on",
        "N4F7K2M9QX",
    ):
        assert said in text


def test_pages_are_numbered():
    reader, text = read(rendering.pdf(content("booked", large_print=True)))
    pages = len(reader.pages)
    assert pages > 1
    assert all(f"Page {n} of {pages}" in text for n in range(1, pages + 1))


def sizes(pdf: bytes) -> list[float]:
    found: list[float] = []

    def note(text, _cm, tm, _font, size):
        if text.strip():
            found.append(round(abs(size * tm[0]), 1))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_the_usual_print_is_twelve_points_and_large_print_eighteen():
    usual, large = sizes(rendering.pdf(content())), sizes(rendering.pdf(content(large_print=True)))
    assert max(set(usual), key=usual.count) == 12
    assert max(set(large), key=large.count) == 18
    # The address is kept small enough for the window of the envelope.
    assert min(large) >= 12


def test_the_address_stands_in_the_window_of_a_c5_envelope():
    places: list[float] = []

    def note(text, cm, tm, _font, _size):
        if any(part in text for part in ("2 Mill Lane", "CA1 1AB")):
            up = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            places.append((A4_HIGH - up) / 72 * 25.4)

    PdfReader(BytesIO(rendering.pdf(content()))).pages[0].extract_text(visitor_text=note)
    assert len(places) == 2
    assert all(66 <= down <= 88.5 for down in places)


def test_a_long_address_keeps_its_postcode_and_fits():
    lines = rendering.address_lines(
        "Mrs Joan Price", "Flat 2, The Mill, 2 Mill Lane, Lower Calder, Calder, CA1 1AB"
    )
    assert len(lines) == rendering.MOST_ADDRESS_LINES
    assert lines[-1] == "CA1 1AB" and "Lower Calder, Calder" in lines


def test_welsh_letters_have_welsh_fixed_words_and_no_missing_glyphs():
    letter = content(language="cy", reason="Mae’r tŷ a’r dŵr yn oer: ŵ ŷ â ê î ô û.")
    reader, text = read(rendering.pdf(letter))
    assert reader.trailer["/Root"]["/Lang"] == "cy"
    assert "Tudalen 1 o" in text and "Yn gywir" in text and "Dydd Mawrth 4 Mai 2004" in text
    assert "ŵ ŷ â ê î ô û" in text


def test_the_same_letter_gives_the_same_pdf():
    assert rendering.pdf(content()) == rendering.pdf(content())


@pytest.mark.parametrize(
    "said", ['#panic("no") $x$ *bold* @ref', "<script>alert(1)</script> & more", "\\ \" ' `"]
)
def test_words_of_people_are_never_taken_for_markup(said):
    letter = content(reason=said)
    _reader, text = read(rendering.pdf(letter))
    assert " ".join(said.split()) in text.replace("’", "'").replace("“", '"').replace("”", '"')
    assert escape(said) in rendering.article(letter)


def test_the_page_has_a_language_headings_in_order_and_no_style():
    html = rendering.article(content("booked"))
    assert '<article class="wm-letter" lang="en">' in html
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 2 and set(levels[1:]) == {3}
    assert "style" not in html


def test_the_page_greets_once():
    html = rendering.article(content())
    assert html.count("Dear") == 1 and html.count("Yours sincerely") == 1


def test_a_letter_without_a_greeting_of_its_own_gets_one():
    letter = content()
    letter["blocks"] = letter["blocks"][1:]
    assert "Dear Mrs Joan Price" in rendering.article(letter)


def test_the_e_mail_is_a_whole_document_with_its_style():
    html = rendering.email_html(content())
    assert html.startswith("<!DOCTYPE html>") and '<html lang="en">' in html
    assert "<title>We have put your interview off</title>" in html and "<h1" in html
    assert "<link" not in html and ".wm-letter" in html


def test_plain_text_tells_the_same():
    text = rendering.plain_text(content())
    assert "Put off until: Wednesday 30 June 2004" in text and "01632 960123" in text
    assert "<" not in text and "\N{NO-BREAK SPACE}" not in text
