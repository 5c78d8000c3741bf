"""Which letter a customer gets, and how it reaches them safely today."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from waymark.customers.models import Customer, Stop
from waymark.kernel.composed import composed
from waymark.notices.enums import Channel
from waymark.notices.rules import (
    BY_POST_OR_MAIL,
    LONGEST_TEXT,
    Letter,
    Way,
    base_language,
    letter_path,
    mobile_of,
    parse_letter,
    texting_time,
    way_to,
)
from waymark.programme.pack import Pack


def template_of(pack: Pack, kind: str, language: str, variant: str = "") -> Letter:
    """The letter of a pack that is nearest to what is asked for. Raises `BadLetter` when it has none of the kind."""
    path = letter_path(pack.files, kind, base_language(language), variant)
    return parse_letter(pack.files[path], path)


def ways_of(letter: Letter, channels: Iterable[str], short: str) -> tuple[str, ...]:
    """The ways to try, in order: those asked for or else the letter's; a text only where there is one that fits."""
    wanted = tuple(channels) or letter.channels
    return tuple(way for way in wanted if way != Channel.TEXT or 0 < len(short) <= LONGEST_TEXT)


def way_for(customer: Customer, channels: Iterable[str] = BY_POST_OR_MAIL) -> Way:
    """How a letter reaches this customer today, safely. Raises `Refused` when there is no way."""
    safe = getattr(customer, "safe_contact", None)
    return way_to(
        doubtful=customer.address_doubtful_since is not None,
        email=customer.email,
        email_doubtful=customer.email_doubtful_since is not None,
        postal=postal_address(customer),
        mobile=mobile_of(customer.telephone),
        may_write=safe is None or safe.may_write,
        may_email=safe is None or safe.may_email,
        may_text=safe is not None and safe.may_text,
        channels=channels,
    )


def hour_for(customer: Customer, now: datetime) -> datetime:
    """When a text may reach this customer: at a decent hour, or in the hours in which it is safe to ring."""
    safe = getattr(customer, "safe_contact", None)
    return texting_time(
        now, not_before=safe.ring_from if safe else None, not_after=safe.ring_until if safe else None
    )


def postal_address(customer: Customer) -> str:
    """The address with the postcode as its last part; empty when only a postcode is known."""
    return ", ".join(part for part in (customer.address.strip(), customer.postcode) if part) * bool(
        customer.address
    )


def full_name(customer: Customer) -> str:
    return f"{customer.title} {customer.name}".strip()


def is_stopped(customer: Customer) -> bool:
    return bool(_stops(customer))


@composed
def _stops(customer: Customer) -> QuerySet[Stop, int]:
    return Stop.objects.filter(customer=customer, lifted_at=None).values_list("pk", flat=True)[:1]
