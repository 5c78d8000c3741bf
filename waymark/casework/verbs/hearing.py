"""News of a case arrives: read on Today, opened by a link, or said by telephone where the e-mail did not go out."""

from datetime import datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.models import CaseNews
from waymark.casework.queries.news import still_agreed
from waymark.casework.verbs.common import close_task, keep_a_next_step, lock, refs, task_for
from waymark.customers.enums import ClaimStatus
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeState
from waymark.notices.mailing import withdraw_mail
from waymark.notices.models import Mail
from waymark.organisations.models import Post
from waymark.portal.secrets import digest_of
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind


@transaction.atomic
def read_news(news: CaseNews, *, by: Post, now: datetime) -> CaseNews:
    """A colleague has read it; it leaves their Today."""
    held = (
        CaseNews.objects.select_for_update(of=("self",))
        .select_related("case__claim__customer")
        .get(pk=news.pk)
    )
    if held.person_id != by.person_id:
        raise Refused("news_of_another", "This is for a colleague.", "")
    if held.read_at is not None:
        return held
    held.read_at = now
    held.save(update_fields=["read_at"])
    note_event(Happened.CASE_NEWS_READ, by=by, now=now, news=held.kind, **refs(held.case.claim))
    return held


@transaction.atomic
def open_news(secret: str, *, said_by: str, now: datetime) -> CaseNews:
    """Somebody of a service opens their link and says who they are. One answer for all that does not open.

    What was agreed may have been taken back since: the customer's yes is asked for now, not when it was written.
    """
    found = (
        CaseNews.objects.select_for_update(of=("self",))
        .select_related("case__claim__customer", "case__claim__office", "contact__organisation")
        .filter(digest=digest_of(secret), opens_until__gt=now)
        .first()
    )
    if found is None or not still_agreed(found):
        raise Refused(
            "link_opens_nothing",
            "This link does not open anything any more.",
            "Ring the office that sent it.",
        )
    if not said_by.strip():
        raise Refused("no_name", "It is not said who you are.", "Write your name.")
    found.read_at, found.read_as = found.read_at or now, said_by.strip()[:100]
    found.save(update_fields=["read_at", "read_as"])
    note_event(
        Happened.CASE_NEWS_OPENED,
        by=None,
        now=now,
        news=found.kind,
        said_by=found.read_as,
        place=found.contact.organisation.name if found.contact else "",
        **refs(found.case.claim),
    )
    return found


@transaction.atomic
def mail_failed(mail: Mail, now: datetime) -> None:
    """An e-mail to a service was given up: somebody rings. In the transaction that gave it up.

    A colleague reads it on Today all the same.
    """
    news = (
        CaseNews.objects.select_related("contact__organisation", "case__claim__office")
        .filter(mail=mail)
        .first()
    )
    if news is None or news.contact is None or news.case.claim.status != ClaimStatus.LIVE:
        return
    contact = news.contact
    number = contact.telephone or contact.organisation.telephone
    news.task = task_for(
        news.case.claim,
        TaskKind.TELL_BY_WORD,
        mail.queued_by,
        due_on=day_of(now),
        origin=Happened.MAIL_FAILED,
        words=f"{contact.name}, {contact.organisation.name}, {number}: {news.words}",
        by=None,
        now=now,
    )
    news.save(update_fields=["task"])


@transaction.atomic
def told_by_word(news: CaseNews, *, by: Post, now: datetime) -> CaseNews:
    """The e-mail did not go out, and somebody has rung: the task is done and the e-mail is not tried again."""
    claim = lock(news.case).claim
    insist(access.may_help(claim, by))
    held = (
        CaseNews.objects.select_for_update(of=("self",))
        .select_related("task", "mail", "contact", "case__claim__customer")
        .get(pk=news.pk)
    )
    if held.task is None or held.task.closed_at is not None:
        raise Refused("told_already", "Somebody has told them already.", "")
    if held.mail is not None and held.mail.state in {NoticeState.WAITING, NoticeState.FAILED}:
        withdraw_mail(held.mail, by=by, now=now)
    held.read_at, held.read_as = now, held.contact.name if held.contact else ""
    held.save(update_fields=["read_at", "read_as"])
    if not claim.tasks.filter(closed_at=None).exclude(pk=held.task.pk).exists():
        words = "Somebody of a service was rung."
        keep_a_next_step(
            claim, TaskKind.TELL_BY_WORD, words=words, origin=Happened.CASE_NEWS_TOLD, by=by, now=now
        )
    else:
        close_task(held.task, by=by, now=now)
    note_event(
        Happened.CASE_NEWS_TOLD,
        by=by,
        now=now,
        news=held.kind,
        who=[held.read_as],
        by_telephone=True,
        case=held.case.ref,
        **refs(claim),
    )
    return held
