"""The secret of a key: made from its reference and the secret of this installation, never kept.

Whoever reads the database learns neither the secret nor a way to it; and a letter that is printed a second
time carries the same code, without anybody having written it down.
"""

import hmac
from hashlib import sha256

from django.conf import settings

from waymark.portal.enums import KeyKind
from waymark.portal.rules import CODE_LENGTH, LINK_LENGTH, in_letters


def secret_of(ref: str, kind: str) -> str:
    """The code or the secret part of the link of a key."""
    length = CODE_LENGTH if kind == KeyKind.CODE else LINK_LENGTH
    return in_letters(int.from_bytes(_keyed("secret", f"{kind}:{ref}"), "big"), length)


def digest_of(secret: str) -> str:
    """What is kept of a secret, and what a typed one is looked up by."""
    return _keyed("digest", secret).hex()


def place_of(address: str) -> str:
    """A network address as it is counted: not to be read back."""
    return _keyed("place", address).hex()


def _keyed(what: str, text: str) -> bytes:
    key = f"waymark.portal.{what}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), sha256).digest()
