"""The plan on paper: the letter that carries it, to look at, to print, to hand over (E:L2846-2862)."""

from datetime import datetime

from waymark.actionplans.models import Version
from waymark.actionplans.verbs.agreeing import letter_words
from waymark.notices.enums import NoticeKind
from waymark.notices.verbs import Preview, preview
from waymark.organisations.models import Post
from waymark.programme.queries import Rules


def sheet(version: Version, rules: Rules, *, by: Post | None, now: datetime) -> Preview:
    """A version as the customer would get it: its page and its PDF. Nothing is written."""
    return preview(
        version.plan.claim,
        NoticeKind.ACTION_PLAN,
        words=letter_words(version, rules, by),
        rules=rules,
        now=now,
    )
