"""Words of notices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class NoticeKind(TextChoices):
    BOOKED = "booked", _("Interview booked")
    DEFERRED = "deferred", _("Interview deferred")
    WAIVED = "waived", _("Interview waived")
    RECONTACT = "recontact", _("Please get in touch before your deferral ends")
    BOOKED_BY_LETTER = "booked_by_letter", _("Interview booked by letter")
    CANCELLED_BY_US = "cancelled_by_us", _("Interview cancelled by us")
    TRIGGER_MEETING = "trigger_meeting", _("Trigger meeting offered")


class Channel(TextChoices):
    POST = "post", _("letter by post")
    EMAIL = "email", _("e-mail")


class NoticeState(TextChoices):
    WAITING = "waiting", _("waiting to go out")
    HELD = "held", _("held: contact is stopped")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn")


NOTICE_LIFE = Lifecycle(
    "notice",
    {
        NoticeState.WAITING: {NoticeState.SENT, NoticeState.HELD, NoticeState.FAILED, NoticeState.WITHDRAWN},
        NoticeState.HELD: {NoticeState.WAITING, NoticeState.WITHDRAWN},
        NoticeState.FAILED: {NoticeState.WAITING, NoticeState.WITHDRAWN},
        NoticeState.SENT: set(),
        NoticeState.WITHDRAWN: set(),
    },
)
