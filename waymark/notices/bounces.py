"""What a mail server says of an e-mail that it could not deliver: a report on delivery (RFC 3464), read and no more."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from waymark.programme.pack import Reason

OURS = re.compile(r"<(N[0-9A-Z]{9,11})@")
MOST = 1_000_000  # bytes; what a mail server reports is short


@dataclass(frozen=True)
class Bounce:
    """Which letter came back, with what code (such as 5.1.1), and what the server says of it."""

    ref: str
    status: str
    words: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The letter of ours that a report says has failed for good; None for anything else.

    A delay is no return: the server tries again by itself.
    """
    message = message_from_bytes(raw[:MOST], policy=policy.default)
    failed = next((found for part in message.walk() if (found := _failure(part))), None)
    ref = next((found for text in _texts(message) for found in OURS.findall(text)), None)
    return Bounce(ref, *failed) if failed and ref else None


def _failure(part: Message) -> tuple[str, str] | None:
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return None
    for block in part.get_payload():
        if not isinstance(block, Message) or str(block.get("Action", "")).strip().lower() != "failed":
            continue
        status = str(block.get("Status", "")).split()[:1]
        if status and status[0].startswith("5"):
            return status[0], " ".join(str(block.get("Diagnostic-Code", "")).split())[:200]
    return None


def _texts(message: EmailMessage | Message) -> Iterator[str]:
    """Where the number of our message can stand: in what was sent back of it, else in the head of the report."""
    for part in message.walk():
        if part is not message:
            yield str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            yield str(part.get_payload())
    for name in ("In-Reply-To", "References", "X-Failed-Message-ID"):
        yield str(message.get(name, ""))


def reason_for(status: str, reasons: Mapping[str, Reason]) -> str:
    """The code of the row whose status is the nearest to what the server said; empty where none is near."""
    fitting = [
        (len(begins), code)
        for code, row in reasons.items()
        for begins in row.words("smtp_status")
        if status == begins or status.startswith(f"{begins}.")
    ]
    return max(fitting)[1] if fitting else ""
