"""The customer's yes and no, item by item and service by service (R:L645, R:L861)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.directory.models import Service
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import lock, move, note, rules_on
from waymark.referrals.enums import Given, ReferralKind, ReferralState
from waymark.referrals.models import Consent, Item, Referral
from waymark.referrals.rules import FEEDBACK

NAME = "name"


@transaction.atomic
def consent(
    referral: Referral,
    said: Mapping[str, bool],
    *,
    values: Mapping[str, str] | None = None,
    how: Given,
    by: Post,
    now: datetime,
) -> Referral:
    """What the customer said to each item: yes or no, one by one. Nothing leaves yet.

    said: item codes of this referral, and `feedback` for what the service may tell us; a code left out stays as it
    is. values: what would be told, as the customer saw it. A yes to nothing but going there is a signpost.
    """
    referral = lock(referral)
    insist(access.may_work(referral.claim, by))
    insist(_can_be_asked(referral))
    items = {item.code: item for item in referral.items.select_for_update()}
    unknown = set(said) - set(items) - {FEEDBACK}
    if unknown:
        raise Refused(
            "item_not_needed", "This service does not need that.", "Ask only for what its entry names."
        )
    _keep_values(items, values or {})
    standing = open_items(referral.claim, referral.service)
    given = sorted(code for code, yes in said.items() if yes and code not in standing)
    refused = sorted(code for code, yes in said.items() if not yes)
    Consent.objects.bulk_create(
        Consent(
            claim=referral.claim,
            service=referral.service,
            item=code,
            given_at=now,
            given_by=by,
            how=how,
        )
        for code in given
    )
    taken_back = _withdraw(referral.claim, referral.service, refused, how=how, by=by, now=now)
    agreed = (standing | set(given)) - set(refused)
    if NAME in agreed and referral.state == ReferralState.PROPOSED:
        move(referral, ReferralState.CONSENTED)
    elif NAME not in agreed and referral.state == ReferralState.CONSENTED:
        move(referral, ReferralState.PROPOSED)
    note(
        Happened.CONSENT_GIVEN,
        referral,
        by=by,
        now=now,
        items=titles(referral, given, now),
        refused=titles(referral, refused, now),
        taken_back=len(taken_back),
        how=how,
    )
    return referral


@transaction.atomic
def withdraw_consent(
    referral: Referral, items: list[str], *, how: Given, by: Post | None, now: datetime
) -> list[str]:
    """The customer takes a yes back, by any way and at any time; says which. What was told is not shown any more.

    by: None when the customer did it on their own page. Nothing else follows from it.
    """
    referral = lock(referral)
    if by is not None:
        insist(access.may_work(referral.claim, by))
    gone = _withdraw(referral.claim, referral.service, items, how=how, by=by, now=now)
    if not gone:
        raise Refused("no_consent", "There is no consent to take back.", "")
    if NAME in gone and referral.state == ReferralState.CONSENTED:
        move(referral, ReferralState.PROPOSED)
    note(Happened.CONSENT_WITHDRAWN, referral, by=by, now=now, items=titles(referral, gone, now), how=how)
    return gone


def open_items(claim: Claim, service: Service) -> set[str]:
    """The items this customer agrees to tell this service now. One query."""
    found = Consent.objects.filter(claim=claim, service=service, withdrawn_at=None)
    return set(found.values_list("item", flat=True))


def agrees(referral: Referral, item: str) -> bool:
    return Consent.objects.filter(
        claim=referral.claim_id, service=referral.service_id, item=item, withdrawn_at=None
    ).exists()


def titles(referral: Referral, codes: list[str], now: datetime) -> list[str]:
    listed = rules_on(referral, now).reasons("information")
    return [listed[code].title if code in listed else _OWN.get(code, code) for code in codes]


_OWN = {FEEDBACK: "How it goes there"}


def _withdraw(
    claim: Claim, service: Service, items: list[str], *, how: Given, by: Post | None, now: datetime
) -> list[str]:
    rows = Consent.objects.select_for_update().filter(
        claim=claim, service=service, item__in=items, withdrawn_at=None
    )
    gone = sorted(rows.values_list("item", flat=True))
    if gone:
        Consent.objects.filter(claim=claim, service=service, item__in=gone, withdrawn_at=None).update(
            withdrawn_at=now, withdrawn_by=by, withdrawn_how=how
        )
    return gone


def _keep_values(items: Mapping[str, Item], values: Mapping[str, str]) -> None:
    changed = []
    for code, value in values.items():
        if code in items and items[code].value != value.strip():
            items[code].value = value.strip()
            changed.append(items[code])
    Item.objects.bulk_update(changed, ["value"])


def _can_be_asked(referral: Referral) -> Refused | None:
    if referral.kind == ReferralKind.SIGNPOST:
        return Refused(
            "signpost_tells_nobody",
            "With a signpost nothing is told to the service, so there is nothing to agree to.",
            "Give the customer the slip.",
        )
    if referral.state in ReferralState.over() | {ReferralState.ENDED, ReferralState.RETURNED}:
        return Refused("referral_over", "This referral is over.", "")
    return None
