"""Letters read out to a customer who cannot read them: which ones, and that it was done (E:L3053-3061)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Stop
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import access
from waymark.notices.enums import Channel, NoticeState
from waymark.notices.models import Notice
from waymark.notices.verbs import about, lock
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

# A letter older than this when the need becomes known is spoken of in an interview, not rung about. A local choice.
LOOK_BACK = timedelta(days=28)


def to_read_aloud(on: date) -> QuerySet[Notice]:
    """Letters and e-mails of the last weeks to customers who cannot read them, not read out yet, the oldest first.

    What came back told nobody anything; the letter sent in its place is read out. A text is none of these: it goes
    only to who asked for texts. While contact is stopped nobody is rung.
    """
    stopped = Stop.objects.filter(customer=OuterRef("claim__customer"), lifted_at=None)
    return (
        Notice.objects.filter(
            state=NoticeState.SENT,
            sent_at__date__gte=on - LOOK_BACK,
            sent_at__date__lt=on,
            claim__status=ClaimStatus.LIVE,
            claim__customer__access_needs__read_aloud=True,
            read_aloud_on=None,
            came_back_on=None,
        )
        .filter(~Exists(stopped))
        .exclude(channel=Channel.TEXT)
        .order_by("sent_at", "id")
    )


@transaction.atomic
def note_read_aloud(notice: Notice, *, on: date, words: str = "", by: Post, now: datetime) -> Notice:
    """Somebody has read a letter to the customer. words: what they said to it, where they said anything.

    Refused for what has not gone or has come back, on a day before it went or to come, and a second time.
    """
    notice = lock(notice)
    insist(access.may_mend(notice, by))
    insist(_may_be_read(notice, on, day_of(now)))
    notice.read_aloud_on, notice.read_aloud_by, notice.read_aloud_words = on, by, words.strip()[:300]
    notice.save(update_fields=["read_aloud_on", "read_aloud_by", "read_aloud_words"])
    note_event(
        Happened.NOTICE_READ_ALOUD, by=by, now=now, why=words.strip(), on=on.isoformat(), **about(notice)
    )
    return notice


def _may_be_read(notice: Notice, on: date, today: date) -> Refused | None:
    if notice.state != NoticeState.SENT or notice.sent_at is None:
        return Refused(
            "not_sent",
            f"This letter is “{notice.get_state_display()}”: it has not gone.",
            "Read it out when it has gone.",
        )
    if notice.came_back_on is not None:
        return Refused(
            "came_back", "This letter came back.", "Send it again, and read that one out when it has gone."
        )
    if notice.read_aloud_on is not None:
        return Refused("read_already", "This letter has been read to the customer already.", "")
    if on > today or on < timezone.localdate(notice.sent_at):
        return Refused(
            "wrong_day", "It was read out after it went, and not later than today.", "Check the day."
        )
    return None
