"""Sending what waits: one letter, one transaction, whoever takes it first.

The row is locked from before the sending until after it is marked as sent. Should the process die between the
mail server's yes and our commit, the letter goes out a second time: a letter twice is better than never. Its
Message-ID is made from its reference and so the same both times, by which mail programs and people can see
that it is one letter. A printed one is laid under the same file name again.
"""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.notices import keys, rendering
from waymark.notices.ahead import Ahead, looking_ahead
from waymark.notices.enums import NOTICE_LIFE, Channel, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rules import MissingContent, check_content, next_try
from waymark.notices.ways import full_name, hour_for, is_stopped, postal_address, template_of, way_for
from waymark.programme.queries import pack_of
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

log = logging.getLogger(__name__)
OnFailed = Callable[[Notice, datetime], object]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class Delivered:
    """What one run of the outbox did. `later`: to be tried again; `stuck`: so too, after an error of ours;
    `late`: withdrawn, since by now it would be of no use."""

    sent: int = 0
    held: int = 0
    later: int = 0
    failed: int = 0
    stuck: int = 0
    late: int = 0

    def __bool__(self) -> bool:
        return any((self.sent, self.held, self.later, self.failed, self.stuck, self.late))


def deliver_due(now: datetime, limit: int = 100, *, on_failed: OnFailed | None = None) -> Delivered:
    """Send the letters that are due, at most `limit`, the longest due first. One bad letter stops no other.

    on_failed: called in the same transaction when a letter is given up, so that a person is asked to mend it.
    Several may run at once: each letter is taken by one of them. Raises when the database does not answer.
    """
    with looking_ahead(now, limit - 1) as ahead:
        return _deliver(now, limit, ahead, on_failed)


def _deliver(now: datetime, limit: int, ahead: Ahead, on_failed: OnFailed | None) -> Delivered:
    done = Delivered()
    for _turn in range(limit):
        taken: list[int] = []
        try:
            outcome = _deliver_one(now, taken, ahead, on_failed)
        except Exception as error:
            # An error of ours once the letter was taken: nothing of it is kept, and the others must go.
            if not taken:
                raise
            log.error("letter %s: %s: %s", taken[0], type(error).__name__, " ".join(str(error).split()))
            _put_off(taken[0], error, now)
            outcome = "stuck"
        if not outcome:
            break
        ahead.done(taken[0])
        ahead.look()
        setattr(done, outcome, getattr(done, outcome) + 1)
    return done


@transaction.atomic
def _deliver_one(now: datetime, taken: list[int], ahead: Ahead, on_failed: OnFailed | None) -> str:
    """Take one due letter and send it; says what became of it, or nothing when none is due."""
    notice = _next_due.first(now)
    if notice is None:
        return ""
    taken.append(notice.pk)
    ahead.turn_of(notice.pk)
    if notice.not_after is not None and now > notice.not_after:
        return _too_late(notice, now)
    if is_stopped(notice.claim.customer):
        return _hold(notice, now)
    if notice.channel == Channel.TEXT and (hour := hour_for(notice.claim.customer, now)) > now:
        return _wait_until(notice, hour)
    try:
        with transaction.atomic():
            pdf, anew = _send(notice, ahead, now)
    except Refused as refusal:
        return _give_up(notice, str(refusal), now, on_failed)
    except Exception as error:
        # A mail server, a disk or a page that cannot be set may be well again in a while.
        log.warning("letter %s not sent: %s", notice.ref, error)
        return _try_again(notice, in_plain_words(error, notice.channel), now, on_failed)
    return _sent(notice, pdf, anew, now)


@composed
def _next_due(now: datetime) -> QuerySet[Notice]:
    return (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("claim__office", "claim__customer__safe_contact")
        .filter(state=NoticeState.WAITING, try_at__lte=now)
        .order_by("try_at", "id")[:1]
    )


def _send(notice: Notice, ahead: Ahead, now: datetime) -> tuple[bytes | None, bool]:
    """Check once more, render, and hand over. Returns the PDF to keep, its secrets masked (a text has none), and
    whether it went another way or to another address than it was queued for."""
    letter = template_of(pack_of(notice.pack_id), notice.kind, notice.language, notice.variant)
    check_content(letter, notice.content)
    anew = _address_afresh(notice)
    content = keys.going_out(notice.content)
    if notice.channel == Channel.TEXT:
        _send_text(notice, content, now)
        return None, anew
    pdf = ahead.pdf(notice, content)
    if notice.channel == Channel.EMAIL:
        # What may not lie on a doormat is no letter to be kept as a file either.
        email_of(notice, pdf if Channel.POST in letter.channels else None, content).send()
    else:
        lay_for_printer(settings.PRINT_QUEUE, timezone.localdate(now), notice.ref, pdf)
    return (pdf if content is notice.content else ahead.pdf(notice, notice.content)), anew


def _send_text(notice: Notice, content: rendering.Content, now: datetime) -> None:
    """To the gateway that makes texts of e-mails, or into the folder from which another program sends them."""
    if not content.get("short"):
        raise MissingContent(["text message"])
    if settings.TEXT_GATEWAY:
        text_of(notice, content).send()
    else:
        message = {"ref": notice.ref, "to": notice.address, "text": content["short"]}
        lay_whole(
            settings.TEXT_QUEUE / timezone.localdate(now).isoformat(),
            f"{notice.ref}.json",
            json.dumps(message, ensure_ascii=False).encode(),
        )


def _address_afresh(notice: Notice) -> bool:
    """The customer may have moved, or a way may have become unsafe, since the letter was queued. Says whether."""
    customer = notice.claim.customer
    way = way_for(customer, notice.channels.split(","))
    if (way.channel, way.address) == (notice.channel, notice.address):
        return False
    notice.channel, notice.address = way.channel, way.address
    notice.content = rendering.addressed(
        notice.content, name=full_name(customer), address=postal_address(customer)
    )
    notice.html = rendering.page_of(notice.content, notice.channel)
    return True


def email_of(
    notice: Notice, pdf: bytes | None, content: rendering.Content | None = None
) -> EmailMultiAlternatives:
    """The letter as an e-mail: plain text, HTML, and the PDF attached where there is one.

    content: what goes out, where that is not what is kept.
    """
    insist_on_a_server()
    content = content or notice.content
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=rendering.plain_text(content),
        to=[notice.address],
        headers={"Message-ID": message_id(notice.ref)},
    )
    message.attach_alternative(rendering.email_html(content), "text/html")
    if pdf is not None:
        message.attach(f"letter-{notice.ref}.pdf", pdf, "application/pdf")
    return message


def text_of(notice: Notice, content: rendering.Content | None = None) -> EmailMessage:
    """The text as an e-mail to the gateway: the number before the at, no subject, the words and nothing else."""
    insist_on_a_server()
    return EmailMessage(
        subject="",
        body=(content or notice.content)["short"],
        to=[f"{notice.address}@{settings.TEXT_GATEWAY}"],
        headers={"Message-ID": message_id(notice.ref)},
    )


def insist_on_a_server() -> None:
    """Raises OSError where no mail server is set: the mail waits, and says why."""
    if settings.EMAIL_BACKEND == SMTP and not settings.EMAIL_HOST:
        raise OSError("no mail server is set (WAYMARK_SMTP_HOST)")


def message_id(ref: str) -> str:
    """The same for every try of one letter."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "waymark.example"
    return f"<{ref}@{domain}>"


def lay_for_printer(queue: Path, on: date, ref: str, pdf: bytes) -> Path:
    """Write `<queue>/<day>/<ref>.pdf`."""
    return lay_whole(queue / on.isoformat(), f"{ref}.pdf", pdf)


def lay_whole(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all: whoever prints or sends on never meets half of one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    half = folder / f".{name}.{os.getpid()}.part"
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        whole = half.rename(folder / name)
    finally:
        half.unlink(missing_ok=True)
    return whole


def in_plain_words(error: Exception, channel: str) -> str:
    """What went wrong, for the person who looks after the outbox."""
    if isinstance(error, SMTPException):
        return f"The mail server did not take it: {error}"[:300]
    by_mail = channel == Channel.EMAIL or (channel == Channel.TEXT and bool(settings.TEXT_GATEWAY))
    if isinstance(error, OSError) and by_mail:
        return f"The mail server could not be reached: {error}"[:300]
    if isinstance(error, OSError):
        queue = "folder of texts" if channel == Channel.TEXT else "print queue"
        return f"It could not be laid in the {queue}: {error}"[:300]
    return f"The letter could not be made: {error}"[:300]


def _sent(notice: Notice, pdf: bytes | None, anew: bool, now: datetime) -> str:
    notice.tries, notice.pdf, notice.sent_at, notice.last_error = notice.tries + 1, pdf, now, ""
    changed = ("channel", "address", "content", "html") if anew else ()
    _become(notice, NoticeState.SENT, "tries", "pdf", "sent_at", "last_error", *changed)
    _note(Happened.NOTICE_SENT, notice, now)
    return "sent"


def _wait_until(notice: Notice, hour: datetime) -> str:
    """No telephone rings at night because a stop was lifted late in the evening."""
    notice.try_at = hour
    notice.save(update_fields=["try_at"])
    return "later"


def _too_late(notice: Notice, now: datetime) -> str:
    _become(notice, NoticeState.WITHDRAWN)
    _note(Happened.NOTICE_WITHDRAWN, notice, now, why="By now it would have come too late to be of use.")
    return "late"


def _hold(notice: Notice, now: datetime) -> str:
    _become(notice, NoticeState.HELD)
    _note(Happened.NOTICE_HELD, notice, now)
    return "held"


def _try_again(notice: Notice, error: str, now: datetime, on_failed: OnFailed | None) -> str:
    tries = notice.tries + 1
    later = next_try(tries, now)
    if later is None:
        return _give_up(notice, error, now, on_failed)
    notice.tries, notice.try_at, notice.last_error = tries, later, error
    notice.save(update_fields=["tries", "try_at", "last_error"])
    return "later"


@transaction.atomic
def _put_off(pk: int, error: Exception, now: datetime) -> None:
    """Count the try and wait, so that a letter that cannot be marked as sent is not sent for ever."""
    notice = Notice.objects.select_for_update(of=("self",)).select_related("claim__customer").get(pk=pk)
    if notice.state == NoticeState.WAITING:
        _try_again(notice, in_plain_words(error, notice.channel), now, None)


def _give_up(notice: Notice, error: str, now: datetime, on_failed: OnFailed | None) -> str:
    notice.tries, notice.last_error = notice.tries + 1, error[:300]
    _become(notice, NoticeState.FAILED, "tries", "last_error")
    _note(Happened.NOTICE_FAILED, notice, now, why=notice.last_error)
    if on_failed is not None:
        on_failed(notice, now)
    return "failed"


def _become(notice: Notice, state: NoticeState, *also: str) -> None:
    NOTICE_LIFE.insist(notice.state, state)
    notice.state = state
    notice.save(update_fields=["state", *also])


def _note(kind: Happened, notice: Notice, now: datetime, why: str = "") -> None:
    note_event(
        kind,
        by=None,
        now=now,
        customer=notice.claim.customer.ref,
        claim=notice.claim.ref,
        why=why,
        notice=notice.ref,
        notice_kind=notice.kind,
        channel=notice.channel,
    )
