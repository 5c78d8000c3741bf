"""Words and lifecycles of interviews, decisions and diaries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class InterviewState(TextChoices):
    DUE = "due", _("to be settled")
    BOOKED = "booked", _("booked")
    DEFERRED = "deferred", _("deferred")
    WAIVED = "waived", _("waived")
    HELD = "held", _("held")
    CLOSED = "closed", _("closed with the claim")


INTERVIEW_LIFE = Lifecycle(
    "interview",
    {
        InterviewState.DUE: {
            InterviewState.BOOKED,
            InterviewState.DEFERRED,
            InterviewState.WAIVED,
            InterviewState.CLOSED,
        },
        InterviewState.BOOKED: {
            InterviewState.DUE,
            InterviewState.DEFERRED,
            InterviewState.WAIVED,
            InterviewState.HELD,
            InterviewState.CLOSED,
        },
        InterviewState.DEFERRED: {
            InterviewState.DUE,
            InterviewState.BOOKED,
            InterviewState.WAIVED,
            InterviewState.CLOSED,
        },
        InterviewState.WAIVED: {InterviewState.DUE, InterviewState.BOOKED, InterviewState.CLOSED},
        InterviewState.HELD: set(),
        InterviewState.CLOSED: set(),
    },
)


class CallState(TextChoices):
    OPEN = "open", _("going on")
    ON_HOLD = "on_hold", _("on hold")
    BROKEN_OFF = "broken_off", _("broken off")
    FINISHED = "finished", _("finished")


CALL_LIFE = Lifecycle(
    "conversation",
    {
        CallState.OPEN: {CallState.ON_HOLD, CallState.BROKEN_OFF, CallState.FINISHED},
        CallState.ON_HOLD: {CallState.OPEN, CallState.BROKEN_OFF, CallState.FINISHED},
        CallState.BROKEN_OFF: {CallState.OPEN, CallState.FINISHED},
        CallState.FINISHED: set(),
    },
)


class Direction(TextChoices):
    OUT = "out", _("we rang")
    IN = "in", _("the customer rang")


class Choice(TextChoices):
    """What is decided about an interview. The words are those of the decision tables."""

    BOOK = "book", _("book")
    DEFER = "defer", _("defer")
    WAIVE = "waive", _("waive")


class Stage(TextChoices):
    """When it was decided (D:L1186)."""

    FIRST_CONTACT = "first_contact", _("at first contact")
    RECONTACT = "recontact", _("at re-contact")
    AT_INTERVIEW = "at_interview", _("at the interview")
    BEFORE_INTERVIEW = "before_interview", _("before the interview")
    WAIVER_REVIEW = "waiver_review", _("at the waiver review")
    BROUGHT_FORWARD = "brought_forward", _("brought forward")


class Authority(TextChoices):
    NONE = "none", _("decided alone")
    CHECK_AFTER = "check_after", _("checked after")
    AUTHORISE_BEFORE = "authorise_before", _("authorised before")


class DecisionState(TextChoices):
    PROPOSED = "proposed", _("waiting for authority")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    REVERSED = "reversed", _("reversed")


DECISION_LIFE = Lifecycle(
    "decision",
    {
        DecisionState.PROPOSED: {DecisionState.IN_FORCE, DecisionState.REVERSED, DecisionState.ENDED},
        DecisionState.IN_FORCE: {DecisionState.ENDED, DecisionState.REVERSED},
        DecisionState.ENDED: set(),
        DecisionState.REVERSED: set(),
    },
)


class CheckState(TextChoices):
    WAITING = "waiting", _("to be looked at")
    ASKED_BACK = "asked_back", _("question to the decider")
    AGREED = "agreed", _("agreed")
    REVERSED = "reversed", _("reversed")
    OVERTAKEN = "overtaken", _("no longer needed")


CHECK_LIFE = Lifecycle(
    "check",
    {
        CheckState.WAITING: {
            CheckState.ASKED_BACK,
            CheckState.AGREED,
            CheckState.REVERSED,
            CheckState.OVERTAKEN,
        },
        CheckState.ASKED_BACK: {
            CheckState.WAITING,
            CheckState.AGREED,
            CheckState.REVERSED,
            CheckState.OVERTAKEN,
        },
        CheckState.AGREED: set(),
        CheckState.REVERSED: set(),
        CheckState.OVERTAKEN: set(),
    },
)


class Mode(TextChoices):
    OFFICE = "office", _("at the office")
    PHONE = "phone", _("by telephone")
    HOME = "home", _("at home")
    OUTREACH = "outreach", _("at another place nearby")


class AppointmentState(TextChoices):
    HELD = "held", _("kept free")
    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")
    TOOK_PLACE = "took_place", _("took place")
    LAPSED = "lapsed", _("not taken")


APPOINTMENT_LIFE = Lifecycle(
    "appointment",
    {
        AppointmentState.HELD: {AppointmentState.BOOKED, AppointmentState.LAPSED},
        AppointmentState.BOOKED: {
            AppointmentState.MOVED,
            AppointmentState.CANCELLED,
            AppointmentState.TOOK_PLACE,
        },
        AppointmentState.MOVED: set(),
        AppointmentState.CANCELLED: set(),
        AppointmentState.TOOK_PLACE: set(),
        AppointmentState.LAPSED: set(),
    },
)


class CausedBy(TextChoices):
    CUSTOMER = "customer", _("the customer")
    US = "us", _("us")
    OTHER = "other", _("something else")
