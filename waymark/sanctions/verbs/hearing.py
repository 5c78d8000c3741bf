"""Reaching the customer, hearing the reason, and a person's judgement of it."""

from datetime import datetime

from django.db import transaction

from waymark.inbound.enums import Way
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.sanctions import access
from waymark.sanctions.enums import UNDER_WAY, WITH_US, BreachState, Channel
from waymark.sanctions.models import Attempt, Breach
from waymark.sanctions.verbs.common import (
    after_the_case,
    become,
    end,
    insist_on_answers,
    insist_on_state,
    insist_on_words,
    lock,
    missed_day,
    next_step,
    note,
    reason_named,
    rules_today,
    tell,
)


@transaction.atomic
def note_attempt(
    breach: Breach, channel: Channel, *, reached: bool, words: str = "", by: Post, now: datetime
) -> Attempt:
    """Somebody tried to reach the customer. Only ways that are safe for them; a letter is written by its own verbs."""
    breach = lock(breach)
    insist(access.may_pursue(breach.interview.claim, by))
    insist_on_state(breach, *WITH_US)
    insist(access.may_try(breach, channel))
    attempt = Attempt.objects.create(
        breach=breach,
        channel=channel,
        at=now,
        on=day_of(now),
        by=by,
        reached=reached,
        words=words.strip()[:300],
    )
    note(
        Happened.BREACH_ATTEMPTED,
        breach,
        by=by,
        now=now,
        channel=channel,
        reached=reached,
        words=attempt.words,
    )
    next_step(breach, origin=Happened.BREACH_ATTEMPTED, by=by, now=now)
    return attempt


@transaction.atomic
def give_reason(
    breach: Breach, words: str, *, way: Way, said_by_customer: bool = False, by: Post | None, now: datetime
) -> Breach:
    """The customer's own words, heard by `by`, or written by the customer (`by` is None).

    A reason can always be given: one that comes when the case is with the decision maker brings it back.
    """
    breach = lock(breach)
    if by is None and not said_by_customer:
        raise Refused("who_said_it", "It is not known who said it.", "Say who wrote it down.")
    if by is not None:
        insist(access.may_pursue(breach.interview.claim, by))
    if breach.state not in UNDER_WAY:
        raise Refused(
            "case_is_over",
            "This case is decided.",
            "Lift the reduction if the reason explains it, or note that the customer challenges the decision.",
        )
    words = insist_on_words(words, "The reason is missing.", "Write it in the customer's own words.")
    breach.reason_words = f"{breach.reason_words}\n\n{words}".strip()
    breach.reason_given_at = now
    breach.cause, breach.cause_why = "", ""
    breach.cause_good = breach.cause_by = breach.cause_at = None
    fields = ["reason_words", "reason_given_at", "cause", "cause_good", "cause_why", "cause_by", "cause_at"]
    if breach.state == BreachState.REFERRED:
        become(breach, BreachState.RETURNED, *fields)
    else:
        breach.save(update_fields=fields)
    note(Happened.BREACH_REASON_GIVEN, breach, by=by, now=now, words=words, way=way)
    next_step(breach, origin=Happened.BREACH_REASON_GIVEN, by=by, now=now)
    return breach


@transaction.atomic
def judge_reason(breach: Breach, cause: str, *, good: bool, why: str, by: Post, now: datetime) -> Breach:
    """Whether there was good cause: a person says so, and why. Good cause ends the case, and nothing follows."""
    breach = lock(breach)
    insist(access.may_pursue(breach.interview.claim, by))
    insist_on_state(breach, *WITH_US)
    why = insist_on_words(why, "A judgement needs its reason.", "Write what it rests on.")
    title = reason_named(rules_today(breach, now), "good_cause", cause, by.role).title
    if not good:
        insist_on_answers(breach.interview.claim)
        if breach.reason_given_at is None:
            raise Refused(
                "no_reason_given",
                "No reason was given that could be judged.",
                "Note what the customer says first; without a reason the time to answer runs on.",
            )
    breach.cause, breach.cause_good, breach.cause_why = cause, good, why
    breach.cause_by, breach.cause_at = by, now
    fields = ("cause", "cause_good", "cause_why", "cause_by", "cause_at")
    if good:
        good_cause_found(breach, title, *fields, origin=Happened.BREACH_REASON_JUDGED, by=by, now=now)
    else:
        breach.save(update_fields=list(fields))
        next_step(breach, origin=Happened.BREACH_REASON_JUDGED, by=by, now=now)
    note(Happened.BREACH_REASON_JUDGED, breach, by=by, now=now, why=why, good=good, cause=title)
    return breach


def good_cause_found(
    breach: Breach, title: str, *fields: str, origin: Happened, by: Post, now: datetime
) -> None:
    """There was good cause: the case ends, the customer is thanked, and the interview is booked again."""
    end(breach, BreachState.GOOD_CAUSE, title, now, *fields)
    next_words = after_the_case(breach, origin=origin, text=f"There was good cause: {title}.", by=by, now=now)
    tell(
        breach.interview.claim,
        NoticeKind.REASON_ACCEPTED,
        {**missed_day(breach), "next_words": next_words},
        contact=breach.opened_by,
        rules=rules_today(breach, now),
        by=by,
        now=now,
    )
