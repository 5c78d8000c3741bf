"""The sheet of options as an accessible PDF, with the letter press's own fonts. Data goes in as JSON, never as markup."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from waymark import notices
from waymark.kernel.clock import words

HERE = Path(__file__).parent
FONTS = Path(notices.__file__).parent / "fonts"
LOCK = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(HERE / "sheet.typ"), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def sheet_pdf(content: dict[str, Any]) -> bytes:
    """The sheet as PDF/UA-1; the same content gives the same bytes."""
    on = date.fromisoformat(content["on"])
    data = {**content, "day": words(on), "date": [on.year, on.month, on.day]}
    with LOCK:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single PDF.")
    return made
