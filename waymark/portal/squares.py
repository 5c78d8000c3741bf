"""The way to a customer's own page as an address, and as a square code that a telephone reads."""

import qrcode
from django.conf import settings
from qrcode.image.svg import SvgPathImage

from waymark.portal.enums import KeyKind

PARTS = {KeyKind.CODE: "c", KeyKind.LINK: "l"}


def page_address() -> str:
    """Where the code of a letter is typed in."""
    return f"{settings.BASE_URL.rstrip('/')}/my/"


def address_of(secret: str, kind: str) -> str:
    """The address that holds a key's secret. It still asks for something only the customer knows."""
    return f"{page_address()}{PARTS[KeyKind(kind)]}/{secret.replace(' ', '')}/"


def square(address: str) -> str:
    """A square code as SVG."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    return str(code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode"))
