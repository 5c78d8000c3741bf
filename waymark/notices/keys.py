"""The code or link to the customer's own page in a letter: put in as it goes out, masked in what is kept.

Whoever opens the letter in the record sees the mask; only the customer gets the secret. It comes from the key's
reference each time, so a letter that is sent again carries the same one.
"""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from waymark.customers.models import Claim
from waymark.notices.enums import Channel
from waymark.notices.rendering import Content
from waymark.notices.rules import Letter
from waymark.portal import access
from waymark.portal import verbs as portal
from waymark.portal.enums import KeyKind
from waymark.portal.models import Key
from waymark.portal.rules import LINK_MASK, MASK
from waymark.portal.squares import address_of, page_address, square
from waymark.programme.queries import Rules

PLACE = "{portal_code}"


def code_words(claim: Claim, letter: Letter) -> dict[str, str]:
    """The mask and the address for a letter that may carry a code; nothing for one that may not."""
    if not any(PLACE in part.text for part in letter.parts()) or not access.may_carry_code(claim.customer):
        return {}
    return {"portal_code": MASK, "portal_address": page_address().partition("//")[2].rstrip("/")}


def key_for(claim: Claim, masked: dict[str, str], channel: str, *, rules: Rules, now: datetime) -> Key | None:
    """The key whose code stands behind the mask, made with the letter; None for a letter without, and for a text."""
    if not masked or channel == Channel.TEXT:
        return None
    return portal.code_for_letter(claim, rules=rules, now=now)


def with_key(content: Content, key: Key | None) -> Content:
    """The letter as it is kept, which knows the key and not its secret."""
    return content if key is None else {**content, "key": {"ref": key.ref, "kind": key.kind}}


def going_out(content: Content) -> Content:
    """The letter as it goes out: the secret where the mask was, and a square code beside it on paper."""
    key = content.get("key")
    if not key:
        return content
    if key["kind"] == KeyKind.LINK:
        return _replaced(content, LINK_MASK, portal.link_secret(key["ref"]))
    code = portal.printed_code(key["ref"])
    return {
        **_replaced(content, MASK, code),
        "square": square(address_of(code, KeyKind.CODE)),
        "square_words": _square_words(content["language"]),
    }


def _square_words(language: str) -> list[str]:
    with translation.override(language):
        return [
            _("Your own page on your telephone"),
            _("Point its camera at this square. The page then asks for your date of birth."),
        ]


def _replaced(content: Any, mask: str, secret: str) -> Any:
    """The same with the mask replaced in every text."""
    if isinstance(content, str):
        return content.replace(mask, secret)
    if isinstance(content, list):
        return [_replaced(part, mask, secret) for part in content]
    if isinstance(content, dict):
        return {name: _replaced(part, mask, secret) for name, part in content.items()}
    return content
