"""A service asks us to see somebody, and an adviser answers: taken up with a day, or why not (R:L617, R:L684).

The service reads the answer, never whether the person has a claim. Nothing follows for who does not want it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.directory.models import Organisation
from waymark.interviews.series.queries import adviser_of
from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Office, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.referrals import access
from waymark.referrals.access import Receiver
from waymark.referrals.common import MOST_WORDS, OWNERS, in_working_days
from waymark.referrals.enums import SentAnswer, Through
from waymark.referrals.models import Pass, SentToUs
from waymark.referrals.verbs.answering import said
from waymark.worklist.enums import TaskKind
from waymark.worklist.verbs import open_task

WITHIN = 3


@dataclass(frozen=True)
class Somebody:
    """Whom we are asked to see, and how they can be reached safely."""

    name: str
    reach: str
    born_on: date | None = None


@transaction.atomic
def ask_us_to_see(
    office: Office,
    who: Somebody,
    *,
    words: str,
    agreed: bool,
    organisation: Organisation | None,
    from_whom: str = "",
    made_pass: Pass | None = None,
    by: Receiver,
    now: datetime,
) -> SentToUs:
    """A service, or somebody like a nurse, asks our office to see a person; it is answered within three working days.

    words: why, and what the person hopes for. agreed: the person knows and agrees; without it nothing is kept.
    from_whom: who asks, where it is no organisation of the directory.
    """
    insist(_may_ask(organisation, by))
    insist(_complete(who, words, agreed))
    asks = organisation.name if organisation is not None else from_whom.strip()
    if not asks:
        raise Refused("no_name", "It is not said who asks.", "Write the name of the service or the person.")
    made = SentToUs.objects.create(
        ref=new_ref("S"),
        organisation=organisation,
        from_whom=asks[:200],
        made_pass=made_pass,
        office=office,
        name=who.name.strip()[:200],
        born_on=who.born_on,
        reach=who.reach.strip()[:200],
        words=words.strip(),
        agreed=agreed,
        answer_by=in_working_days(now, WITHIN),
        said_by=by.name.strip()[:100],
        through=by.through,
        noted_by=by.post,
        at=now,
    )
    # The record is for ever, and the person may never be a customer: their name and words stay out of it.
    _note(Happened.SENT_TO_US, made, by.post, now, **said(by))
    return made


def _may_ask(organisation: Organisation | None, by: Receiver) -> Refused | None:
    """A service for itself; of our own people those who make referrals write down what they were told."""
    if not by.name.strip():
        return Refused("no_name", "It is not said who you are.", "Write your name.")
    if by.through == Through.TOLD_US:
        if by.post is None or by.post.role not in access.REFERS:
            return Refused("not_an_adviser", "Advisers write this down.", "Ask an adviser of the office.")
        return None
    own = by.organisation is not None and organisation is not None and by.organisation.pk == organisation.pk
    office = by.post.team.office_id if by.post is not None else None
    if own or (organisation is not None and office is not None and organisation.office_id == office):
        return None
    return Refused("organisation_of_another", "You ask for your own service only.", "Sign in as yourself.")


def _complete(who: Somebody, words: str, agreed: bool) -> Refused | None:
    if not who.name.strip():
        return Refused("nobody_named", "It is not said whom we should see.", "Write the person’s name.")
    if not agreed:
        return Refused(
            "not_agreed",
            "The person has not agreed that we are told.",
            "Ask them first. They can also come to us themselves.",
        )
    if not who.reach.strip():
        return Refused(
            "no_reach",
            "It is not said how the person can be reached.",
            "Write a telephone number or an address that is safe for them.",
        )
    if not words.strip():
        return Refused("no_words", "It is not said why.", "Write what the person hopes for.")
    return None


@transaction.atomic
def take_up(asked: SentToUs, claim: Claim, *, words: str, due_on: date, by: Post, now: datetime) -> SentToUs:
    """It is a customer of ours: whoever the customer is with gets in touch by a day.

    words: what the service reads; nothing of the customer’s. due_on: by when, today or later.
    """
    asked = _waiting(asked, by)
    insist(access.may_work(claim, by))
    insist(access.is_live(claim))
    if due_on < day_of(now):
        raise Refused("day_past", "That day has passed.", "Choose today or a later day.")
    claim = (
        Claim.objects.select_for_update(of=("self",)).select_related("customer", "office").get(pk=claim.pk)
    )
    task = open_task(
        claim,
        TaskKind.FOLLOW_UP,
        team=team(claim.office, *OWNERS),
        person=adviser_of(claim),
        due_on=due_on,
        origin=Happened.SENT_TO_US_ANSWERED,
        words=f"{asked.from_whom} asks us to see them: {asked.words}"[:MOST_WORDS],
        by=by,
        now=now,
    )
    return _answer(asked, SentAnswer.TAKEN, words, by, now, claim=claim, task=task)


@transaction.atomic
def cannot_see(asked: SentToUs, *, words: str, by: Post, now: datetime) -> SentToUs:
    """We cannot, and say what is open to the person instead: help elsewhere, or how to come to us."""
    return _answer(_waiting(asked, by), SentAnswer.NOT_HERE, words, by, now)


def _waiting(asked: SentToUs, by: Post) -> SentToUs:
    asked = SentToUs.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not SentToUs.objects.filter(access.sent_within_reach(by), pk=asked.pk).exists():
        raise Refused("asked_of_elsewhere", "Another office was asked.", "An adviser of that office answers.")
    if asked.state != SentAnswer.WAITING:
        raise Refused("answered_already", "This has been answered already.", "Read the answer.")
    return asked


def _answer(
    asked: SentToUs, state: SentAnswer, words: str, by: Post, now: datetime, **more: object
) -> SentToUs:
    if not words.strip():
        raise Refused("no_words", "The answer is empty.", "Write what the service should know.")
    values = {"state": state, "answer": words.strip(), "answered_at": now, "answered_by": by, **more}
    for name, value in values.items():
        setattr(asked, name, value)
    asked.save(update_fields=[*values])
    _note(Happened.SENT_TO_US_ANSWERED, asked, by, now, why=asked.answer, answer=state)
    return asked


def _note(
    kind: Happened, asked: SentToUs, by: Post | None, now: datetime, *, why: str = "", **more: str
) -> None:
    """The event; it stands on a record only once it is known whose it is."""
    claim = asked.claim
    note_event(
        kind,
        by=by,
        now=now,
        customer=claim.customer.ref if claim is not None else "",
        claim=claim.ref if claim is not None else "",
        why=why,
        sent_to_us=asked.ref,
        from_whom=asked.from_whom,
        **more,
    )
