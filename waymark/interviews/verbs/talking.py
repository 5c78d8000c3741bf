"""What is said in a conversation: saved as it is said, so that nothing typed is lost."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from waymark.interviews import access
from waymark.interviews.models import Answer, Conversation, CustomerView, Said
from waymark.interviews.rules import FOUR_ANSWERS
from waymark.interviews.verbs.common import refs
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import as_decided
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


def answer(conversation: Conversation, given: Mapping[str, Any], *, by: Post, now: datetime) -> Conversation:
    """Keep answers: fact to JSON value; None takes an answer back. Raises `BadFacts` for what cannot be read."""
    insist(access.may_talk(conversation, by))
    rules = as_decided(conversation.pack, day_of(now))
    unknown = [name for name in given if name not in rules.facts]
    kept = {name: value for name, value in given.items() if value is not None}
    parsed = rules.facts.parse(kept)
    if unknown:
        raise Refused(
            "no_such_fact", f"Nothing is asked under “{unknown[0]}”.", "Use the questions of the script."
        )
    with transaction.atomic():
        Answer.objects.filter(
            conversation=conversation, fact__in=[name for name, value in given.items() if value is None]
        ).delete()
        save_answers(conversation, rules.facts.to_json(parsed), now)
        touch(conversation, now, current="")
    return conversation


def jump_to(conversation: Conversation, question: str, *, by: Post, now: datetime) -> Conversation:
    """Go to a question of the script, asked or not."""
    insist(access.may_talk(conversation, by))
    return touch(conversation, now, current=question)


def write_notes(conversation: Conversation, text: str, *, by: Post, now: datetime) -> Conversation:
    """Keep the notes as they stand."""
    insist(access.may_talk(conversation, by))
    return touch(conversation, now, notes=text)


def say(conversation: Conversation, items: Iterable[str], *, by: Post, now: datetime) -> Conversation:
    """Keep that these items were said to the customer; `items` replaces what was ticked before."""
    insist(access.may_talk(conversation, by))
    wanted = set(items)
    with transaction.atomic():
        conversation.said.exclude(item__in=wanted).delete()
        Said.objects.bulk_create(
            [Said(conversation=conversation, item=item, said_at=now) for item in sorted(wanted)],
            ignore_conflicts=True,
        )
        touch(conversation, now)
    return conversation


@transaction.atomic
def explain_support(
    conversation: Conversation, items: Iterable[str], *, by: Post, now: datetime
) -> Conversation:
    """The support on offer was explained, item by item."""
    said = list(items)
    if not said:
        raise Refused("nothing_explained", "No support was ticked.", "Tick what you told the customer about.")
    others = conversation.said.filter(item__startswith="say:").values_list("item", flat=True)
    say(conversation, [*said, *others], by=by, now=now)
    touch(conversation, now, support_explained_at=conversation.support_explained_at or now)
    note_event(Happened.SUPPORT_EXPLAINED, by=by, now=now, items=said, **refs(conversation.interview.claim))
    return conversation


@transaction.atomic
def offer_interview(
    conversation: Conversation, *, wanted: bool | None, by: Post, now: datetime
) -> Conversation:
    """The interview was offered, always before a decision (D:L496); `wanted` is what the customer said, None unsure."""
    insist(access.may_talk(conversation, by))
    if conversation.support_explained_at is None:
        raise Refused(
            "support_not_explained",
            "Explain the support first, then offer the interview.",
            "The customer can then judge what the interview is for.",
        )
    touch(conversation, now, offered_at=conversation.offered_at or now)
    save_answers(conversation, {"wants_interview": "not known" if wanted is None else wanted}, now)
    note_event(
        Happened.INTERVIEW_OFFERED,
        by=by,
        now=now,
        wanted={True: "yes", False: "no", None: "not sure"}[wanted],
        **refs(conversation.interview.claim),
    )
    return conversation


@transaction.atomic
def give_view(
    conversation: Conversation,
    *,
    appropriate_now: str = "",
    when: str = "",
    return_circumstances: str = "",
    support_wanted: str = "",
    not_asked_because: str = "",
    by: Post,
    now: datetime,
) -> CustomerView:
    """The customer's four answers in their words, or a code that says why they were not asked (D:L1255)."""
    insist(access.may_talk(conversation, by))
    answers = dict(
        zip(FOUR_ANSWERS, (appropriate_now, when, return_circumstances, support_wanted), strict=True)
    )
    missing = [name for name, words in answers.items() if not words.strip()]
    if missing and not not_asked_because:
        raise Refused(
            "view_incomplete",
            f"{len(missing)} of the four answers are missing.",
            "Write down what the customer said, or say why it was not asked.",
        )
    rules = as_decided(conversation.pack, day_of(now))
    if not_asked_because and not_asked_because not in rules.reasons("not_asked", by.role):
        raise Refused("no_such_reason", "That is no reason for not asking.", "Choose one from the list.")
    view, _ = CustomerView.objects.update_or_create(
        conversation=conversation,
        defaults={**answers, "not_asked_because": not_asked_because, "given_at": now},
    )
    touch(conversation, now)
    note_event(
        Happened.VIEW_GIVEN,
        by=by,
        now=now,
        **answers,
        not_asked=not_asked_because and rules.reasons("not_asked")[not_asked_because].title,
        **refs(conversation.interview.claim),
    )
    return view


def answers_of(conversation: Conversation) -> dict[str, Any]:
    """What has been answered, fact to JSON value."""
    return {fact: json.loads(value) for fact, value in conversation.answers.values_list("fact", "value")}


def save_answers(conversation: Conversation, values: Mapping[str, Any], now: datetime) -> None:
    Answer.objects.bulk_create(
        [
            Answer(conversation=conversation, fact=fact, value=json.dumps(value), answered_at=now)
            for fact, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["conversation", "fact"],
        update_fields=["value", "answered_at"],
    )


def touch(conversation: Conversation, now: datetime, **fields: Any) -> Conversation:
    for name, value in fields.items():
        setattr(conversation, name, value)
    conversation.touched_at = now
    conversation.save(update_fields=["touched_at", *fields])
    return conversation
