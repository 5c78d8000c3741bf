"""Writing notices: queued in the transaction of the act they tell of; held, released, retried, withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waymark.customers.models import Claim, Customer
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import access, keys, rendering
from waymark.notices.enums import NOTICE_LIFE, Channel, NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rules import Filled, Letter, Way, Words, fill
from waymark.notices.ways import (
    full_name,
    hour_for,
    is_stopped,
    postal_address,
    template_of,
    way_for,
    ways_of,
)
from waymark.organisations.models import Post
from waymark.portal.models import Key
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@dataclass(frozen=True)
class Preview:
    """A letter as the customer would get it, before anything is written.

    `way` is how it would travel, or None; then `refused` says why it could not.
    """

    filled: Filled
    content: rendering.Content
    way: Way | None
    refused: Refused | None

    @property
    def html(self) -> SafeString:
        """What goes out, for a page that has its own main heading."""
        return rendering.page_of(self.content, self.way.channel if self.way else "")

    def pdf(self) -> bytes:
        return rendering.pdf(self.content)


def preview(
    claim: Claim,
    kind: NoticeKind,
    *,
    words: Words,
    rules: Rules,
    now: datetime,
    ref: str = "–",
    variant: str = "",
    channels: Iterable[str] = (),
) -> Preview:
    """The letter that `queue_notice` would queue. Raises `MissingContent` where that would."""
    letter = template_of(rules.pack, kind, claim.customer.language, variant)
    masked = keys.code_words(claim, letter)
    filled, content = _letter(claim, letter, words={**masked, **words}, rules=rules, now=now, ref=ref)
    try:
        ways = ways_of(letter, channels, filled.short)
        return Preview(filled, content, way_for(claim.customer, ways), None)
    except Refused as refusal:
        return Preview(filled, content, None, refusal)


@transaction.atomic
def queue_notice(
    claim: Claim,
    kind: NoticeKind,
    *,
    words: Words,
    rules: Rules,
    by: Post | None,
    now: datetime,
    variant: str = "",
    channels: Iterable[str] = (),
    not_after: datetime | None = None,
    key: Key | None = None,
) -> Notice:
    """Write a letter and queue it. It leaves by `outbox.deliver_due` once this transaction is kept.

    words: values for the placeholders of the letter (`rules.PLACEHOLDERS`; dates and times as such, written out
    here). The customer's and the office's name, address and number are added where they are not given.
    variant: `gentle`, for instance; the standard letter where the pack has no such one. channels: the ways to
    try, in order, instead of the letter's own; a text only where the letter has one. not_after: the letter is
    withdrawn rather than sent later than that. key: the one behind a masked link among the words; a letter that
    may carry a code to the customer's own page gets one by itself.
    Held at once while contact with the customer is stopped. A text waits for a decent hour. Raises
    `MissingContent` when the letter would have a gap, and `Refused` when there is no safe way to send it.
    """
    letter = template_of(rules.pack, kind, claim.customer.language, variant)
    ref = new_ref("N")
    masked = keys.code_words(claim, letter)
    filled, content = _letter(claim, letter, words={**masked, **words}, rules=rules, now=now, ref=ref)
    ways = ways_of(letter, channels, filled.short)
    way = way_for(claim.customer, ways)
    key = key or keys.key_for(claim, masked, way.channel, rules=rules, now=now)
    content = keys.with_key(content, key)
    stopped = is_stopped(claim.customer)
    notice = Notice.objects.create(
        ref=ref,
        claim=claim,
        kind=kind,
        variant=letter.variant,
        pack=rules.version,
        language=content["language"],
        large_print=content["large"],
        channels=",".join(ways),
        channel=way.channel,
        address=way.address,
        subject=content["subject"][:200],
        content=content,
        html=rendering.page_of(content, way.channel),
        state=NoticeState.HELD if stopped else NoticeState.WAITING,
        queued_by=by,
        queued_at=now,
        try_at=hour_for(claim.customer, now) if way.channel == Channel.TEXT else now,
        not_after=not_after,
    )
    note_event(Happened.NOTICE_QUEUED, by=by, now=now, held=stopped, **about(notice))
    return notice


@transaction.atomic
def withdraw(notice: Notice, why: str, *, by: Post | None, now: datetime) -> Notice:
    """Keep a letter that has not gone yet from going. Refused without a reason, and once it is sent."""
    if not why.strip():
        raise Refused("no_reason", "A letter is withdrawn for a reason.", "Write why it should not go.")
    notice = lock(notice)
    insist(access.may_mend(notice, by))
    _move(notice, NoticeState.WITHDRAWN)
    note_event(Happened.NOTICE_WITHDRAWN, by=by, now=now, why=why.strip(), **about(notice))
    return notice


@transaction.atomic
def withdraw_waiting(claim: Claim, *, why: str, by: Post | None, now: datetime) -> int:
    """Keep the letters of a claim that have not gone from going: they no longer hold. Says how many."""
    unsent = [NoticeState.WAITING, NoticeState.HELD, NoticeState.FAILED]
    rows = Notice.objects.select_for_update().filter(claim=claim, state__in=unsent).order_by("pk")
    found = list(rows.values_list("pk", "ref"))
    if found:
        Notice.objects.filter(pk__in=[pk for pk, _ref in found]).update(state=NoticeState.WITHDRAWN)
        note_event(
            Happened.NOTICE_WITHDRAWN,
            by=by,
            now=now,
            why=why,
            customer=claim.customer.ref,
            claim=claim.ref,
            notices=[ref for _pk, ref in found],
        )
    return len(found)


@transaction.atomic
def retry(notice: Notice, *, by: Post | None, now: datetime) -> Notice:
    """Put a letter that could not be sent back among the waiting, with all its tries before it."""
    notice = lock(notice)
    insist(access.may_mend(notice, by))
    if notice.state != NoticeState.FAILED:
        raise Refused(
            "not_failed",
            f"This letter is “{notice.get_state_display()}”: there is nothing to try again.",
            "Lift the stop to let a held letter go." if notice.state == NoticeState.HELD else "",
        )
    notice.tries, notice.try_at = 0, now
    _move(notice, NoticeState.WAITING, "tries", "try_at")
    note_event(Happened.NOTICE_RETRIED, by=by, now=now, **about(notice))
    return notice


@transaction.atomic
def hold_for(customer: Customer, *, by: Post | None, now: datetime) -> int:
    """Hold every waiting letter of a customer: contact is stopped. Says how many; of none, no event."""
    return _move_all(customer, NoticeState.WAITING, NoticeState.HELD, Happened.NOTICE_HELD, by, now)


@transaction.atomic
def release_for(customer: Customer, *, by: Post | None, now: datetime) -> int:
    """Let a customer's held letters go: the stop is lifted. Says how many; of none, no event."""
    if is_stopped(customer):
        raise Refused("still_stopped", "Contact with this customer is still stopped.", "Lift the stop first.")
    return _move_all(customer, NoticeState.HELD, NoticeState.WAITING, Happened.NOTICE_RELEASED, by, now)


def _letter(
    claim: Claim, letter: Letter, *, words: Words, rules: Rules, now: datetime, ref: str
) -> tuple[Filled, rendering.Content]:
    customer, office = claim.customer, claim.office
    language = letter.path.split("/")[1]
    known = {**_usual_words(claim, rules, now), **words}
    filled = fill(letter, known, language)
    needs = getattr(customer, "access_needs", None)
    content = rendering.with_envelope(
        filled,
        ref=ref,
        language=language,
        large_print=needs is not None and needs.large_print,
        on=timezone.localdate(now),
        name=full_name(customer),
        address=postal_address(customer),
        office_name=office.name,
        office_address=office.address,
        office_telephone=office.telephone,
        signed_by=str(words.get("contact_name") or ""),
    )
    return filled, content


def _usual_words(claim: Claim, rules: Rules, now: datetime) -> Mapping[str, object]:
    """What is known of every claim without being told."""
    customer, office = claim.customer, claim.office
    return {
        "customer_name": f"{customer.title} {customer.family_name}" if customer.title else customer.name,
        "today": timezone.localdate(now),
        "office_name": office.name,
        "office_address": office.address,
        "contact_name": _("the advisers at %(office)s") % {"office": office.name},
        "contact_phone": office.telephone,
        "bring_forward_phone": office.telephone,
        "directions": rules.value("visit.directions"),
        "claim_benefit": rules.benefits.get(claim.benefit, ""),
    }


def lock(notice: Notice) -> Notice:
    """The letter with its claim, held against others until the transaction ends."""
    return (
        Notice.objects.select_for_update(of=("self",))
        .select_related("claim__customer", "claim__office")
        .defer("pdf")
        .get(pk=notice.pk)
    )


def _move(notice: Notice, state: NoticeState, *also: str) -> None:
    NOTICE_LIFE.insist(notice.state, state)
    notice.state = state
    notice.save(update_fields=["state", *also])


def _move_all(
    customer: Customer, old: NoticeState, new: NoticeState, happened: Happened, by: Post | None, now: datetime
) -> int:
    NOTICE_LIFE.insist(old, new)
    rows = Notice.objects.select_for_update().filter(claim__customer=customer, state=old).only("pk", "ref")
    found = list(rows.order_by("pk"))
    if found:
        Notice.objects.filter(pk__in=[n.pk for n in found]).update(state=new, try_at=now)
        note_event(happened, by=by, now=now, customer=customer.ref, notices=[n.ref for n in found])
    return len(found)


def about(notice: Notice) -> dict[str, str]:
    """What an event says of a letter."""
    return {
        "customer": notice.claim.customer.ref,
        "claim": notice.claim.ref,
        "notice": notice.ref,
        "notice_kind": notice.kind,
        "channel": notice.channel,
    }
