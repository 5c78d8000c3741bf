"""Words of casework."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class Held(TextChoices):
    """Whether a case is with somebody for good, or lent to them (R:L1120)."""

    OVERARCHING = "overarching", _("case manager")
    TEMPORARY = "temporary", _("case manager for a time")


class TransferKind(TextChoices):
    TEMPORARY = "temporary", _("for a time")
    PERMANENT = "permanent", _("for good")


class TransferState(TextChoices):
    PROPOSED = "proposed", _("asked")
    ACCEPTED = "accepted", _("accepted, waits until the customer has met them")
    RUNNING = "running", _("lent")
    DONE = "done", _("done")
    RETURNED = "returned", _("came back")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")
    LAPSED = "lapsed", _("never answered")
    OVERTAKEN = "overtaken", _("no longer needed")


TRANSFER_LIFE = Lifecycle(
    "transfer",
    {
        TransferState.PROPOSED: {
            TransferState.ACCEPTED,
            TransferState.DECLINED,
            TransferState.WITHDRAWN,
            TransferState.LAPSED,
            TransferState.OVERTAKEN,
        },
        TransferState.ACCEPTED: {
            TransferState.RUNNING,
            TransferState.DONE,
            TransferState.WITHDRAWN,
            TransferState.OVERTAKEN,
        },
        TransferState.RUNNING: {TransferState.RETURNED, TransferState.OVERTAKEN},
        TransferState.DONE: set(),
        TransferState.RETURNED: set(),
        TransferState.DECLINED: set(),
        TransferState.WITHDRAWN: set(),
        TransferState.LAPSED: set(),
        TransferState.OVERTAKEN: set(),
    },
)
WAITING = (TransferState.PROPOSED, TransferState.ACCEPTED)
UNDER_WAY = (*WAITING, TransferState.RUNNING)


class MeetingKind(TextChoices):
    """Meetings about a customer with more than one organisation (R:L964, R:L1108)."""

    HANDOVER = "handover", _("Handover meeting")
    NEXT_STEPS = "next_steps", _("Meeting on what is next")
    CONFERENCE = "conference", _("Case conference")


class MeetingState(TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    NOT_HELD = "not_held", _("did not take place")
    CANCELLED = "cancelled", _("cancelled")


class NewsKind(TextChoices):
    """What those with an interest in a case hear of it."""

    ASKED = "asked", _("somebody is asked to take the customer over")
    ACCEPTED = "accepted", _("somebody takes the customer over when they have met")
    STAYS = "stays", _("the customer stays where they are")
    CHANGED = "changed", _("somebody else is responsible")
    RETURNED = "returned", _("the customer came back")
    HELP_ENDED = "help_ended", _("help has ended")
    MEETING = "meeting", _("a meeting is planned")
    MEETING_MOVED = "meeting_moved", _("a meeting is moved")
    MEETING_CANCELLED = "meeting_cancelled", _("a meeting is cancelled")


def news_kinds() -> Sequence[tuple[str, str | Promise]]:
    return NewsKind.choices


class StepState(TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class With(TextChoices):
    """Who was spoken with."""

    CUSTOMER = "customer", _("the customer")
    SERVICE = "service", _("a service")
    ANOTHER = "another", _("somebody else who helps")


class Purpose(TextChoices):
    """What a contact between interviews is for (R:L756-760, R:L780)."""

    ENCOURAGE = "encourage", _("to encourage, and hear how it goes")
    PROGRESS = "progress", _("to follow what has been done")
    DELIVERED = "delivered", _("to see whether the help is right, and is given as expected")
    OTHER = "other", _("something else")


class ContactChannel(TextChoices):
    PHONE = "phone", _("telephone")
    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("video call")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    TEXT = "text", _("text message")


class BegunBy(TextChoices):
    US = "us", _("us")
    CUSTOMER = "customer", _("the customer")
    SERVICE = "service", _("the service")


class Told(TextChoices):
    """Whether the customer agrees that somebody hears how it goes. Not asked is not yes (R:L861)."""

    NOT_ASKED = "not_asked", _("not asked yet")
    YES = "yes", _("yes")
    NO = "no", _("no")


class LedTo(TextChoices):
    """What became of an enquiry: it need not lead to a referral (R:L384)."""

    OPEN = "", _("not decided yet")
    REFERRED = "referred", _("the customer was referred")
    NOT_REFERRED = "not_referred", _("no referral")


class Arrangement(TextChoices):
    """How disability advisers and personal advisers work in a district (R:L439, R:L1128)."""

    SEPARATE = "separate", _("two roles, two people")
    DUAL = "dual", _("some people do both")
    MERGED = "merged", _("every adviser does both")
