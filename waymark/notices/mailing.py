"""E-mails that name no customer: to colleagues and to people of services. Queued, sent, tried again, given up.

`send_due` is the way out for every table of such messages: one row, one transaction, whoever takes it first.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import access
from waymark.notices.enums import NOTICE_LIFE, Channel, MailKind, NoticeState
from waymark.notices.models import Mail
from waymark.notices.outbox import in_plain_words, insist_on_a_server, message_id
from waymark.notices.rules import next_try
from waymark.organisations.models import Office, Post
from waymark.portal.secrets import digest_of, secret_of
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

log = logging.getLogger(__name__)
SECRET_OF = "mail"


@transaction.atomic
def queue_mail(
    kind: MailKind,
    *,
    office: Office,
    to_name: str,
    address: str,
    subject: str,
    body: str,
    link: str = "",
    claim: Claim | None = None,
    once: str = "",
    by: Post | None,
    now: datetime,
) -> Mail | None:
    """Write an e-mail; it leaves by `deliver_mails` once this transaction is kept. Part of another verb: no event.

    body: with `{link}` where the address goes; link: a path of ours, with `{secret}` where the secret of this mail
    goes (`digest_for` gives what is kept of it). once: a name under which it is said one time; None where it was.
    """
    if once and Mail.objects.filter(once=once).exists():
        return None
    return Mail.objects.create(
        ref=new_ref("Z"),
        kind=kind,
        office=office,
        claim=claim,
        to_name=to_name[:100],
        address=address,
        subject=subject[:200],
        body=body,
        link=link,
        once=once,
        queued_at=now,
        queued_by=by,
        try_at=now,
    )


def digest_for(mail: Mail) -> str:
    """What is kept of the secret in a mail's link, and what an opened one is looked up by."""
    return digest_of(secret_of(mail.ref, SECRET_OF))


def message_of(mail: Mail) -> EmailMessage:
    """The e-mail as it leaves. Its secret is made anew each time and kept nowhere."""
    insist_on_a_server()
    path = mail.link.replace("{secret}", secret_of(mail.ref, SECRET_OF))
    body = mail.body.replace("{link}", f"{settings.BASE_URL.rstrip('/')}{path}")
    headers = {"Message-ID": message_id(mail.ref)}
    return EmailMessage(mail.subject, body, to=[mail.address], headers=headers)


def deliver_mails(
    now: datetime, limit: int = 100, *, on_failed: Callable[[Mail, datetime], object] | None = None
) -> int:
    """Send the mails that are due, at most `limit`; says how many went. on_failed: called when one is given up."""

    def given_up(mail: Mail, moment: datetime) -> None:
        _note(Happened.MAIL_FAILED, mail, by=None, now=moment, why=mail.last_error)
        if on_failed is not None:
            on_failed(mail, moment)

    rows = Mail.objects.select_related("claim__customer", "claim__office", "office")
    return send_due(
        rows,
        message_of,
        now=now,
        limit=limit,
        on_sent=lambda mail, moment: _note(Happened.MAIL_SENT, mail, by=None, now=moment),
        on_failed=given_up,
    )


def send_due(
    rows: QuerySet[Any],
    message: Callable[[Any], EmailMessage],
    *,
    now: datetime,
    limit: int = 100,
    on_sent: Callable[[Any, datetime], object] | None = None,
    on_failed: Callable[[Any, datetime], object] | None = None,
) -> int:
    """Send what is due of a table of messages, at most `limit`, the longest due first; says how many went.

    rows: of a table with `ref`, `state` (waiting, sent, failed), `try_at`, `tries`, `last_error` and `sent_at`. What
    the mail server does not take is tried again, later each time; in the end it has failed and a person sees it.
    """
    went = 0
    for _turn in range(limit):
        outcome = _one(rows, message, now, on_sent, on_failed)
        if outcome is None:
            break
        went += outcome
    return went


@transaction.atomic
def _one(
    rows: QuerySet[Any],
    message: Callable[[Any], EmailMessage],
    now: datetime,
    on_sent: Callable[[Any, datetime], object] | None,
    on_failed: Callable[[Any, datetime], object] | None,
) -> bool | None:
    """Whether one went; None when none is due."""
    row = (
        rows.select_for_update(skip_locked=True, of=("self",))
        .filter(state=NoticeState.WAITING, try_at__lte=now)
        .order_by("try_at", "id")
        .first()
    )
    if row is None:
        return None
    try:
        with transaction.atomic():
            message(row).send()
    except Exception as error:
        # A mail server may be well again in a while; and what can never be sent must not stop what stands behind it.
        log.warning("message %s not sent: %s", row.ref, error)
        _not_sent(row, error, now, on_failed)
        return False
    row.state, row.sent_at, row.tries, row.last_error = NoticeState.SENT, now, row.tries + 1, ""
    row.save(update_fields=["state", "sent_at", "tries", "last_error"])
    if on_sent is not None:
        on_sent(row, now)
    return True


def _not_sent(
    row: Any, error: Exception, now: datetime, on_failed: Callable[[Any, datetime], object] | None
) -> None:
    row.tries += 1
    row.last_error = " ".join(in_plain_words(error, Channel.EMAIL).split())[:300]
    again = next_try(row.tries, now)
    row.state = NoticeState.WAITING if again else NoticeState.FAILED
    row.try_at = again or now
    row.save(update_fields=["tries", "last_error", "state", "try_at"])
    if again is None and on_failed is not None:
        on_failed(row, now)


@transaction.atomic
def retry_mail(mail: Mail, *, by: Post, now: datetime) -> Mail:
    """Put a mail that could not be sent back among the waiting."""
    mail = _locked(mail, by)
    if mail.state != NoticeState.FAILED:
        raise Refused(
            "not_failed", f"This e-mail is “{mail.get_state_display()}”.", "There is nothing to try again."
        )
    mail.tries, mail.try_at = 0, now
    _become(mail, NoticeState.WAITING, "tries", "try_at")
    _note(Happened.MAIL_RETRIED, mail, by=by, now=now)
    return mail


@transaction.atomic
def withdraw_mail(mail: Mail, *, by: Post, now: datetime) -> Mail:
    """Keep a mail that has not gone from going: it was said by word, or is of no use any more."""
    mail = _locked(mail, by)
    _become(mail, NoticeState.WITHDRAWN)
    _note(Happened.MAIL_WITHDRAWN, mail, by=by, now=now)
    return mail


def mails_to_mend(post: Post) -> QuerySet[Mail]:
    """E-mails of a post's district that wait or could not be sent; those that failed first. No customer is named."""
    return (
        Mail.objects.filter(
            office__district=post.team.office.district_id, state__in=[NoticeState.WAITING, NoticeState.FAILED]
        )
        .select_related("office")
        .order_by("state", "try_at", "id")
    )


def get_to_mend(post: Post, ref: str) -> Mail:
    """One of them. Raises Mail.DoesNotExist for strangers."""
    return mails_to_mend(post).get(ref=ref)


def _locked(mail: Mail, by: Post) -> Mail:
    held = (
        Mail.objects.select_for_update(of=("self",))
        .select_related("office", "claim__customer")
        .get(pk=mail.pk)
    )
    insist(access.may_mend_mail(held, by))
    return held


def _become(mail: Mail, state: NoticeState, *also: str) -> None:
    NOTICE_LIFE.insist(mail.state, state)
    mail.state = state
    mail.save(update_fields=["state", *also])


def _note(kind: Happened, mail: Mail, *, by: Post | None, now: datetime, why: str = "") -> None:
    note_event(
        kind,
        by=by,
        now=now,
        why=why,
        customer=mail.claim.customer.ref if mail.claim else "",
        claim=mail.claim.ref if mail.claim else "",
        mail=mail.ref,
        mail_kind=mail.kind,
        who=mail.to_name,
    )
