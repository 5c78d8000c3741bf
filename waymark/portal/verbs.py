"""Making, using and ending keys to the customer's own page.

A key alone shows nothing: it asks for a date of birth, or the end of the National Insurance number. Whether it
is unknown, over, locked or the answer was wrong, the answer is one and the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from waymark.customers.models import Claim, Customer
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.portal import access
from waymark.portal.enums import KeyKind
from waymark.portal.models import Key, WrongTry
from waymark.portal.rules import (
    MOST_FROM_ONE_PLACE,
    MOST_TRIES,
    WHILE,
    Known,
    as_typed,
    fits,
    in_groups,
)
from waymark.portal.secrets import digest_of, place_of, secret_of
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

FORGOTTEN_AFTER = timedelta(days=1)
LOCKED = "five wrong tries"


@dataclass(frozen=True)
class Made:
    """A new key, and its secret: shown or sent once, kept nowhere."""

    key: Key
    secret: str

    @property
    def printed(self) -> str:
        """The code in its groups; a link's secret as it is."""
        return in_groups(self.secret) if self.key.kind == KeyKind.CODE else self.secret


@transaction.atomic
def make_link(customer: Customer, *, rules: Rules, by: Post | None, now: datetime) -> Made:
    """A personal link. Refused where nothing could be asked of whoever opens it."""
    insist(access.may_make(customer, by))
    return _make(customer, KeyKind.LINK, rules.value("portal.link_days"), by, now)


@transaction.atomic
def make_code(customer: Customer, *, rules: Rules, by: Post | None = None, now: datetime) -> Made:
    """A code of eight characters for a letter."""
    insist(access.may_make(customer, by))
    return _make(customer, KeyKind.CODE, rules.value("portal.code_days"), by, now)


@transaction.atomic
def code_for_letter(claim: Claim, *, rules: Rules, now: datetime) -> Key | None:
    """The key a letter of this claim carries; None where none may stand in it, and the letter goes without.

    The letter as it is kept shows the mask; `printed_code` gives what goes on paper.
    """
    if not access.may_carry_code(claim.customer):
        return None
    return make_code(claim.customer, rules=rules, now=now).key


def printed_code(key_ref: str) -> str:
    """The code of a key as it is printed: K7QM 2XPA. The same each time."""
    return in_groups(secret_of(key_ref, KeyKind.CODE))


def link_secret(key_ref: str) -> str:
    """The secret part of a personal link. The same each time."""
    return secret_of(key_ref, KeyKind.LINK)


def open_with(secret: str, said: Known, *, came_from: str, now: datetime) -> Key:
    """The key that this code or link is, with its customer, once what was said fits.

    came_from: the network address, counted so that a machine cannot guess. Raises `Refused`, the same for a key
    that is unknown, over or locked and for a wrong answer; wrong tries are kept all the same.
    """
    place = place_of(came_from)
    if _tried_too_often(place, now):
        raise Refused(
            "too_many_tries",
            "There were too many wrong tries from here.",
            "Wait 15 minutes, or ring the number on your letter.",
        )
    key = _try(digest_of(as_typed(secret)), said, place, now)
    if key is None:
        raise Refused(
            "opens_nothing",
            "This code and this answer do not open a page.",
            "Look at the letter or message once more. If it still does not work, ring the number on your letter.",
        )
    return key


@transaction.atomic
def end_key(key: Key, *, because: str, by: Post | None, now: datetime) -> Key:
    """The key opens nothing any more, and whoever has the page open is out. Ending it twice changes nothing."""
    key = _locked(key)
    insist(access.may_end(key, by))
    if not because.strip():
        raise Refused("no_reason", "A key is ended for a reason.", "Write why it should not open the page.")
    if key.ended_at is None:
        _end(key, because.strip(), by, now)
    return key


@transaction.atomic
def _try(digest: str, said: Known, place: str, now: datetime) -> Key | None:
    key = (
        Key.objects.select_for_update(of=("self",))
        .select_related("customer__merged_into")
        .filter(digest=digest)
        .first()
    )
    customer = owner_of(key) if key is not None else Customer()
    right = fits(said, customer.born_on, customer.ni_number or "")
    if key is None or key.ended_at is not None or key.expires_at <= now or not right:
        _count_wrong(key, place, now)
        return None
    key.wrong_tries, key.last_used_at = 0, now
    key.save(update_fields=["wrong_tries", "last_used_at"])
    note_event(Happened.PAGE_OPENED, by=None, now=now, customer=customer.ref, key=key.ref, key_kind=key.kind)
    return key


def owner_of(key: Key) -> Customer:
    """Whose page it opens: the customer, or the one they were merged into."""
    return key.customer.merged_into or key.customer


def _count_wrong(key: Key | None, place: str, now: datetime) -> None:
    WrongTry.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
    WrongTry.objects.create(came_from=place, at=now)
    if key is None or key.ended_at is not None:
        return
    key.wrong_tries += 1
    key.save(update_fields=["wrong_tries"])
    if key.wrong_tries >= MOST_TRIES:
        _end(key, LOCKED, None, now)


def _tried_too_often(place: str, now: datetime) -> bool:
    return WrongTry.objects.filter(came_from=place, at__gt=now - WHILE).count() >= MOST_FROM_ONE_PLACE


def _make(customer: Customer, kind: KeyKind, days: int, by: Post | None, now: datetime) -> Made:
    ref = new_ref("K")
    while Key.objects.filter(digest=digest_of(secret_of(ref, kind))).exists():
        ref = new_ref("K")
    secret = secret_of(ref, kind)
    key = Key.objects.create(
        ref=ref,
        customer=customer,
        kind=kind,
        digest=digest_of(secret),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    note_event(
        Happened.KEY_MADE,
        by=by,
        now=now,
        customer=customer.ref,
        key=key.ref,
        key_kind=kind,
        until=key.expires_at.isoformat(),
    )
    return Made(key, secret)


def _end(key: Key, because: str, by: Post | None, now: datetime) -> None:
    key.ended_at, key.ended_because = now, because[:100]
    key.save(update_fields=["ended_at", "ended_because"])
    note_event(
        Happened.KEY_ENDED,
        by=by,
        now=now,
        why=because,
        customer=key.customer.ref,
        key=key.ref,
        key_kind=key.kind,
    )


def _locked(key: Key) -> Key:
    return Key.objects.select_for_update(of=("self",)).select_related("customer__merged_into").get(pk=key.pk)
