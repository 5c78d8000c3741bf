"""Help with the way to a service: offered, answered, arranged. A no is as good an answer as a yes (R:L504)."""

from datetime import datetime

from django.db import transaction

from waymark.customers.enums import ClaimStatus
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import MOST_WORDS, in_working_days, lock, note, ours, owner_of
from waymark.referrals.enums import ReferralState, WayAnswer, WayHelp
from waymark.referrals.models import Referral, WayOffer
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import close_task, open_task

WITHIN = 2


@transaction.atomic
def offer_way(
    referral: Referral,
    what: WayHelp,
    *,
    answer: WayAnswer,
    words: str = "",
    said: str = "",
    by: Post,
    now: datetime,
) -> WayOffer:
    """Fares, a taxi or company on the way are offered, and the customer answers or thinks about it (R:L504).

    words: what exactly is offered. said: what the customer says to it. What is taken is arranged within two working
    days by whoever the referral is with. A no needs no reason, and nothing follows from it.
    """
    referral = ours(referral, by)
    insist(_still_to_go(referral))
    if what == WayHelp.OTHER and not words.strip():
        raise Refused("no_words", "It is not said what was offered.", "Write it in a few words.")
    if referral.way_offers.filter(what=what, answer=WayAnswer.THINKING).exists():
        raise Refused(
            "still_thinking", "The customer is still thinking about this offer.", "Ask what they say to it."
        )
    offer = WayOffer.objects.create(
        ref=new_ref("W"),
        referral=referral,
        what=what,
        words=words.strip()[:MOST_WORDS],
        offered_at=now,
        offered_by=by,
        answer=answer,
        said=said.strip(),
        answered_at=None if answer == WayAnswer.THINKING else now,
    )
    if answer == WayAnswer.TAKEN:
        _to_arrange(offer, Happened.WAY_OFFERED, by, now)
    _note(Happened.WAY_OFFERED, offer, by, now, why=offer.said, answer=answer, words=offer.words)
    return offer


def _still_to_go(referral: Referral) -> Refused | None:
    if referral.state in ReferralState.before_the_end():
        return None
    return Refused("way_over", "The customer goes there no longer.", "Nothing more is to be arranged.")


@transaction.atomic
def answer_way(offer: WayOffer, answer: WayAnswer, *, said: str = "", by: Post, now: datetime) -> WayOffer:
    """What the customer says after thinking about it."""
    offer = _held(offer, by)
    insist(_still_to_go(offer.referral))
    if offer.answer != WayAnswer.THINKING:
        raise Refused("answered_already", "This has been answered already.", "Offer it once more.")
    if answer == WayAnswer.THINKING:
        raise Refused("no_answer_yet", "That is no answer yet.", "Come back when the customer has said.")
    offer.answer, offer.answered_at, offer.said = answer, now, said.strip() or offer.said
    offer.save(update_fields=["answer", "answered_at", "said"])
    if answer == WayAnswer.TAKEN:
        _to_arrange(offer, Happened.WAY_ANSWERED, by, now)
    _note(Happened.WAY_ANSWERED, offer, by, now, why=said.strip(), answer=answer)
    return offer


@transaction.atomic
def arrange_way(offer: WayOffer, *, arrangement: str, by: Post, now: datetime) -> WayOffer:
    """It is arranged, or it is written what is done instead: as the customer should hear it."""
    offer = _held(offer, by)
    if offer.answer != WayAnswer.TAKEN:
        raise Refused("not_taken", "The customer has not said yes to it.", "Arrange what the customer takes.")
    if not arrangement.strip():
        raise Refused(
            "no_words", "It is not said how it is arranged.", "Write it as the customer should hear it."
        )
    offer.arrangement, offer.arranged_at, offer.arranged_by = arrangement.strip()[:MOST_WORDS], now, by
    offer.save(update_fields=["arrangement", "arranged_at", "arranged_by"])
    if offer.task is not None:
        close_task(offer.task, by=by, now=now)
    _note(Happened.WAY_ARRANGED, offer, by, now, why=offer.arrangement)
    return offer


def _held(offer: WayOffer, by: Post) -> WayOffer:
    """The offer as it is now, held with its referral, for a colleague who may work on it."""
    referral = lock(offer.referral)
    insist(access.may_work(referral.claim, by))
    offer = WayOffer.objects.select_for_update(of=("self",)).select_related("task").get(pk=offer.pk)
    offer.referral = referral
    return offer


def _to_arrange(offer: WayOffer, origin: Happened, by: Post, now: datetime) -> None:
    referral = offer.referral
    if referral.claim.status != ClaimStatus.LIVE:
        return
    team, person = owner_of(referral, now)
    offer.task = open_task(
        referral.claim,
        TaskKind.ARRANGE_WAY,
        team=team,
        person=person,
        due_on=in_working_days(now, WITHIN),
        origin=origin,
        words=f"{referral.service.name}: {offer.words or offer.get_what_display()}"[:MOST_WORDS],
        by=by,
        now=now,
    )
    offer.save(update_fields=["task"])


def _note(kind: Happened, offer: WayOffer, by: Post, now: datetime, **more: str) -> None:
    note(kind, offer.referral, by=by, now=now, what=offer.what, **more)
