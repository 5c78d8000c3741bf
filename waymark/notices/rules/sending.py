"""Where a letter goes, and when it is tried again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from waymark.kernel.refusal import Refused
from waymark.notices.rules.letters import BY_POST_OR_MAIL

# The refusals of `way_to`. Where what a letter tells is in the customer's favour, it happens all the same.
NO_WAY = frozenset({"not_safe_to_write", "no_address", "address_doubtful", "email_doubtful", "no_safe_way"})


@dataclass(frozen=True)
class Way:
    """How a letter travels and where to: `channel` is post, email or text."""

    channel: str
    address: str


def way_to(
    *,
    email: str,
    postal: str,
    may_write: bool,
    may_email: bool,
    mobile: str = "",
    may_text: bool = False,
    doubtful: bool = False,
    email_doubtful: bool = False,
    channels: Iterable[str] = BY_POST_OR_MAIL,
) -> Way:
    """The first of `channels` that is safe and has an address: by post before by e-mail, unless it is said.

    doubtful: letters came back from the postal address, so that somebody else may live there. email_doubtful: e-mails
    came back.

    Raises `Refused` when none is possible: nothing is ever sent where it could do harm.
    """
    wanted = tuple(channels)
    safe = {
        "post": postal.strip() if may_write and not doubtful else "",
        "email": email if may_email and not email_doubtful else "",
        "text": mobile if may_text else "",
    }
    for channel in wanted:
        if safe[channel]:
            return Way(channel, safe[channel])
    if "post" not in wanted:
        raise Refused(
            "no_safe_way",
            "There is no safe number or e-mail address for this message.",
            "Ask whether we may text, and note it under safe contact; or tell the customer yourself.",
        )
    if not may_write:
        raise Refused(
            "not_safe_to_write",
            "It is not safe to write to this customer by post, and there is no safe e-mail address.",
            "Agree with them how they can be told safely, or give an e-mail address that only they read.",
        )
    if doubtful:
        raise Refused(
            "address_doubtful",
            "Letters to the address we have come back.",
            "Ask the customer where they live, by a safe way, and correct the address or say that it is right.",
        )
    if email_doubtful and email and may_email:
        raise Refused(
            "email_doubtful",
            "E-mails to the address we have come back, and there is no address to write to.",
            "Ask the customer by telephone for an address, and correct it or say that it is right.",
        )
    raise Refused(
        "no_address",
        "There is no address to write to.",
        "Add the customer's postal address, or a safe e-mail address.",
    )


BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = len(BACK_OFF) + 1


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` tries that went wrong; None when it is time to ask a person."""
    return now + BACK_OFF[tries - 1] if tries < MOST_TRIES else None
