"""A filled letter as a page, as plain text, as an e-mail and as an accessible PDF.

`content`, everywhere here, is what a notice keeps: the filled letter with its envelope (`with_envelope`).
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from waymark.notices.paper import spacing_of
from waymark.notices.rules import Filled, fixed, long_day

HERE = Path(__file__).parent
Content = dict[str, Any]
# More lines would not show in the window of the envelope.
MOST_ADDRESS_LINES = 6


def with_envelope(
    filled: Filled,
    *,
    ref: str,
    language: str,
    large_print: bool,
    on: date,
    name: str,
    address: str,
    office_name: str,
    office_address: str,
    office_telephone: str,
    signed_by: str = "",
) -> Content:
    """The filled letter with all that stands round it, as plain JSON: what is kept, and what rendering needs.

    name: the customer as they are greeted and addressed; address: postal, parts split by commas or lines.
    """
    return {
        **filled.as_content(),
        "ref": ref,
        "language": language,
        "large": large_print,
        "on": on.isoformat(),
        "name": name,
        "to": address_lines(name, address),
        "office": {
            "name": office_name,
            "address": parts_of(office_address),
            "telephone": office_telephone,
        },
        "signed": [line for line in (signed_by, office_name) if line],
    }


def addressed(content: Content, *, name: str, address: str) -> Content:
    """The same letter to another address."""
    return {**content, "name": name, "to": address_lines(name, address)}


def address_lines(name: str, address: str) -> list[str]:
    """The lines of an address, as many as the window shows; the last line (the postcode) is never lost."""
    lines = [name, *parts_of(address)]
    if len(lines) <= MOST_ADDRESS_LINES:
        return lines
    crowded = ", ".join(lines[MOST_ADDRESS_LINES - 2 : -1])
    return [*lines[: MOST_ADDRESS_LINES - 2], crowded, lines[-1]]


def parts_of(address: str) -> list[str]:
    return [part.strip() for line in address.splitlines() for part in line.split(",") if part.strip()]


def article(content: Content, level: int = 2) -> SafeString:
    """The letter as an `<article>`; `level` is that of its title's heading. Its style is `letter.css`."""
    values = {**_round_it(content), "level": level, "sublevel": level + 1}
    return render_to_string("letters/article.html", values)


def page_of(content: Content, channel: str) -> SafeString:
    """What goes out by this channel, as a page shows it: a text has its words only."""
    if channel != "text":
        return article(content)
    return render_to_string("letters/text.html", content)


def email_html(content: Content) -> str:
    """The letter as a whole document with the style in it, since an e-mail can fetch none."""
    values = {
        "language": content["language"],
        "title": content["title"],
        "style": _style(),
        "article": article(content, level=1),
    }
    return render_to_string("letters/email.html", values)


@cache
def _style() -> str:
    return (HERE / "static/notices/letter.css").read_text(encoding="utf-8")


def plain_text(content: Content) -> str:
    """The letter for a reader of plain text; spaces are plain ones, so that a number can be copied."""
    around = _round_it(content)
    parts = [content["title"], around["greeting"]]
    for block in around["blocks"]:
        heading = block["kind"] == "heading"
        parts += [block["text"].upper()] if heading else block["paragraphs"]
        parts.append("\n".join(_text_of(item, block["kind"]) for item in block["items"]))
    parts += [around["closing"], "\n".join(around["signed"]), f"{around['reference']}: {around['ref']}"]
    return "\n\n".join(part for part in parts if part).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _text_of(item: dict[str, str], kind: str) -> str:
    said = f"{item['label']}: {item['text']}" if item["label"] else item["text"]
    return f"* {said}" if kind == "list" else said


def _round_it(content: Content) -> dict[str, Any]:
    """The content with the fixed words of its language and its texts taken apart into paragraphs."""
    words = fixed(content["language"])
    blocks = [
        {**b, "paragraphs": paragraphs(b["text"]), "items": _unbroken(b["items"])} for b in content["blocks"]
    ]
    greeted = any(p.startswith(f"{words.greeting} ") for b in blocks[:1] for p in b["paragraphs"])
    return {
        **content,
        "blocks": blocks,
        "greeting": "" if greeted else f"{words.greeting} {content['name']}",
        "closing": words.closing,
        "reference": words.reference,
        "telephone": words.telephone,
        "page": words.page,
        "date": long_day(date.fromisoformat(content["on"]), content["language"]),
    }


def _unbroken(items: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"label": item["label"], "text": unbroken(item["text"])} for item in items]


def paragraphs(text: str) -> list[str]:
    """A text taken apart at its empty lines; other line breaks mean nothing."""
    return [unbroken(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def unbroken(text: str) -> str:
    """The groups of a number (a telephone number, say) kept on one line."""
    return re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", text)


class Press:
    """Typst, used by one thread at a time: it keeps what it compiled before."""

    def __init__(self) -> None:
        self._template = (HERE / "letter.typ").read_text(encoding="utf-8")
        self._compiler = typst.Compiler(
            str(HERE / "letter.typ"),
            root=str(HERE),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
        )

    def pdf(self, content: Content) -> bytes:
        """A tagged PDF by the accessibility standard PDF/UA-1, with its language and title."""
        on = date.fromisoformat(content["on"])
        made_at = datetime(on.year, on.month, on.day, tzinfo=UTC)
        pdf = self._compiler.compile(
            input=self._source(content), format="pdf", pdf_standards=["ua-1"], timestamp=made_at
        )
        if not isinstance(pdf, bytes):
            raise TypeError("Typst gave no single PDF.")
        return pdf

    def pictures(self, content: Content, ppi: float, spacing: str = "") -> list[bytes]:
        """Each page as PNG, so many pixels an inch."""
        pages = self._compiler.compile(input=self._source(content, spacing), format="png", ppi=ppi)
        found = pages if isinstance(pages, list) else [pages]
        return [page for page in found if isinstance(page, bytes)]

    def _source(self, content: Content, spacing: str = "") -> bytes:
        """The letter's words, then the template. Given as `sys.inputs` they would undo all that is kept of earlier
        letters. JSON as it is written here is plain ASCII: with its quotes escaped nothing of it can be code."""
        on = date.fromisoformat(content["on"])
        around = _round_it(content)
        spacing = spacing or spacing_of(around["blocks"], large=content["large"], square="square" in content)
        data = json.dumps({**around, "on": [on.year, on.month, on.day], "spacing": spacing})
        quoted = data.replace("\\", "\\\\").replace('"', '\\"')
        return f'#let data = json(bytes("{quoted}"))\n{self._template}'.encode()


_idle: deque[Press] = deque()


@contextmanager
def press() -> Iterator[Press]:
    """A press that nobody uses: an idle one, or a new one. There are never more than were used at once."""
    try:
        taken = _idle.pop()
    except IndexError:
        taken = Press()
    try:
        yield taken
    finally:
        _idle.append(taken)


def pdf(content: Content) -> bytes:
    """The letter as PDF. The same content gives the same bytes."""
    with press() as free:
        return free.pdf(content)


def pictures(content: Content, ppi: float = 70, spacing: str = "") -> list[bytes]:
    """The letter's pages as PNG, for pages of documentation. spacing: one of `paper`, instead of the letter's own."""
    with press() as free:
        return free.pictures(content, ppi, spacing)
