"""The way to a customer's own page as an address, and as a square code that a telephone reads."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import qrcode
from django.conf import settings

from waymark.portal.enums import KeyKind

PARTS = {KeyKind.CODE: "c", KeyKind.LINK: "l"}


def page_address() -> str:
    """Where the code of a letter is typed in."""
    return f"{settings.BASE_URL.rstrip('/')}/my/"


def address_of(secret: str, kind: str) -> str:
    """The address that holds a key's secret. It still asks for something only the customer knows."""
    return f"{page_address()}{PARTS[KeyKind(kind)]}/{secret.replace(' ', '')}/"


def square(address: str) -> str:
    """A square code as SVG: a black path, a stroke for each run of dark fields in a line.

    One pattern of the eight is taken, which all can be read; to try which looks best takes longer than to set the
    whole letter.
    """
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=0)
    code.add_data(address)
    fields = code.get_matrix()
    path = "".join(
        f"M{x},{y}h{length}v1h-{length}z" for y, line in enumerate(fields) for x, length in _runs(line)
    )
    size = len(fields)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}mm" height="{size}mm">'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def _runs(line: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where the runs of dark fields begin, and how long they are."""
    start = 0
    for dark, run in groupby(line):
        length = len(list(run))
        if dark:
            yield start, length
        start += length
