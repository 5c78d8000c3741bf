"""What the customer is told after an interview: which letters, and what stands in them."""

from datetime import datetime
from typing import Any

from waymark.interviews import notice_words
from waymark.interviews.elsewhere import times_elsewhere
from waymark.interviews.enums import Depth, Next, SittingOutcome
from waymark.interviews.models import Sitting
from waymark.interviews.series.queries import Way, words_of
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules

NO_INTERVIEW = frozenset({SittingOutcome.UNABLE_TODAY, SittingOutcome.STOPPED})
Letter = tuple[NoticeKind, dict[str, Any]]


def letters_of(
    sitting: Sitting,
    ended: Ended,
    wish: NextWish,
    booked: bool,
    after: Way,
    rules: Rules,
    by: Post,
    now: datetime,
) -> list[Letter]:
    """The letters of a settled interview in their order, with their words; `after` is the way as it is then.

    Whoever could not take part gets a short letter, everybody else what was said and agreed, in writing.
    """
    on = wish.slot.starts_at if booked and wish.slot is not None else wish.on
    words: dict[str, Any] = {
        **notice_words.of_adviser(by, sitting.appointment.office),
        **words_of(after),
        "number": after.counted or 1,
        "next_words": next_words(wish, booked),
        "next_on": on,
        "next_about": wish.about,
        "reason": ended.why,
        "elsewhere_list": times_elsewhere(sitting.appointment.interview.claim, now),
    }
    if ended.outcome in NO_INTERVIEW:
        return [(NoticeKind.UNABLE_TODAY, words)]
    summary = (NoticeKind.SUMMARY, words | _summary_words(sitting, ended, words, after, rules))
    if ended.outcome == SittingOutcome.SHORTENED:
        return [(NoticeKind.SHORTENED, {**words, "settled_words": sitting.counts_because}), summary]
    return [summary]


def sentences_of(ended: Ended) -> tuple[list[str], list[str]]:
    """What was said, and who does what by when, a sentence each."""
    said = [line.strip() for line in ended.said if line.strip()]
    agreed = [line.strip() for line in ended.agreed_steps if line.strip()]
    return said or ["We talked about how things are for you."], agreed


def _summary_words(
    sitting: Sitting, ended: Ended, words: dict[str, Any], after: Way, rules: Rules
) -> dict[str, Any]:
    titles = {entry["code"]: entry["title"] for entry in rules.pack.interview["options"]}
    shown = dict(sitting.options.exclude(depth=Depth.NOT_SHOWN).values_list("option", "depth"))
    said, agreed = sentences_of(ended)
    return {
        "said_list": said,
        "agreed_list": agreed or ["Nothing else for now."],
        "help_list": [_help_words(title, shown[code]) for code, title in titles.items() if code in shown],
        "compulsory_words": compulsory_words(after.compulsory, words["to_come"]),
    }


def _help_words(title: str, depth: str) -> str:
    """What was named in case it is wanted one day says so, or it reads as pressure (E:L2995-3002)."""
    return f"{title} (for later, if you would like it then)" if depth == Depth.NOT_NOW else title


def compulsory_words(compulsory: bool, to_come: int) -> str:
    if not compulsory or not to_come:
        return "Nothing more is compulsory. You may come and talk with us whenever you like."
    still = "one more interview" if to_come == 1 else f"up to {to_come} more interviews"
    return f"There will be {still} that you must come to. Everything else is your choice."


def next_words(wish: NextWish, booked: bool) -> str:
    """What comes next, in a sentence for the customer."""
    if booked:
        return "Your next time with us is booked."
    return {
        Next.FIND_TIME: "We will find a time for your next interview and write to you.",
        Next.REBOOK: "We will find another time for this interview and write to you.",
        Next.DEFER: "Your next interview is put off. You get a letter about it.",
        Next.WAIVE: "We do not ask you to come. You get a letter about it.",
        Next.END_SERIES: "We will look back with you at what has changed, and agree what follows.",
        Next.FOLLOW_UP: "We will be in touch with you.",
        Next.VOLUNTARY: "We will find a time for another talk, if you still want one.",
    }.get(Next(wish.kind), "We will be in touch with you.")
