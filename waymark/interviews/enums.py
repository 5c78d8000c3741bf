"""Words and lifecycles of interviews, decisions and diaries."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class InterviewState(TextChoices):
    DUE = "due", _("to be settled")
    BOOKED = "booked", _("booked")
    DEFERRED = "deferred", _("deferred")
    WAIVED = "waived", _("waived")
    HELD = "held", _("held")
    CLOSED = "closed", _("closed")


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
    MISSED = "missed", _("the customer did not come")
    LAPSED = "lapsed", _("not taken")


APPOINTMENT_LIFE = Lifecycle(
    "appointment",
    {
        AppointmentState.HELD: {AppointmentState.BOOKED, AppointmentState.LAPSED},
        AppointmentState.BOOKED: {
            AppointmentState.MOVED,
            AppointmentState.CANCELLED,
            AppointmentState.TOOK_PLACE,
            AppointmentState.MISSED,
        },
        # Marked as missed by mistake: it is as it was before.
        AppointmentState.MISSED: {AppointmentState.BOOKED},
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


class Standing(TextChoices):
    """Whether a claim's interviews are compulsory."""

    MANDATORY = "mandatory", _("compulsory")
    VOLUNTARY = "voluntary", _("the customer's choice")


class ScreenedResult(TextChoices):
    IN = "in", _("likely to be helped")
    OUT = "out", _("not screened in")


class CallBefore(TextChoices):
    """How the call before the letter ended (E:L1148-1169)."""

    REACHED = "reached", _("talked with the customer")
    RANG_US = "rang_us", _("the customer rang us")
    UNREACHABLE = "unreachable", _("could not be reached")
    LEFT_OUT = "left_out", _("left out")


class Privacy(TextChoices):
    """Where the customer would like to talk. Asked, never inferred from a condition (E:L2274-2285)."""

    NOT_ASKED = "not_asked", _("not asked yet")
    OPEN = "open", _("open office is fine")
    PRIVATE = "private", _("private room")
    EITHER = "either", _("no preference")


class TimeOfDay(TextChoices):
    ANY = "any", _("any time")
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")


class HelpKind(TextChoices):
    CHILDCARE = "childcare", _("childcare")
    TRAVEL = "travel", _("travel costs")
    INTERPRETER = "interpreter", _("interpreter")
    OTHER = "other", _("other help to come")


class SittingState(TextChoices):
    OPEN = "open", _("going on")
    SETTLED = "settled", _("settled")


SITTING_LIFE = Lifecycle("sitting", {SittingState.OPEN: {SittingState.SETTLED}, SittingState.SETTLED: set()})


class Capacity(TextChoices):
    """Whether the customer could take part on the day (M:L2343)."""

    NOT_ASKED = "not_asked", _("not asked yet")
    ABLE = "able", _("able to take part")
    WITH_CARE = "with_care", _("able, with care")
    UNABLE = "unable", _("unable today")


class Readiness(TextChoices):
    """How far from work, as one person sees it."""

    READY = "ready", _("ready now")
    MONTHS = "months", _("within six months")
    YEAR = "year", _("six to twelve months")
    FURTHER = "further", _("further away")
    NOT_SEEN = "not_seen", _("not foreseen")


class SittingOutcome(TextChoices):
    HELD = "held", _("held")
    SHORTENED = "shortened", _("cut short")
    UNABLE_TODAY = "unable_today", _("unable today")
    STOPPED = "stopped", _("stopped: distress or danger to health")


class Next(TextChoices):
    """What follows a sitting. There is no way to leave it open."""

    INTERVIEW = "interview", _("the next interview, with its time")
    FIND_TIME = "find_time", _("the next interview, a time to be found")
    REBOOK = "rebook", _("the same interview again")
    DEFER = "defer", _("put off")
    WAIVE = "waive", _("not required")
    END_SERIES = "end_series", _("the last one: the end of the series")
    FOLLOW_UP = "follow_up", _("be in touch on a day")
    VOLUNTARY = "voluntary", _("another talk, by choice")


class InTheRoom(TextChoices):
    COMPANION = "companion", _("companion")
    CARER = "carer", _("carer or relative")
    REPRESENTATIVE = "representative", _("representative")
    INTERPRETER = "interpreter", _("interpreter")
    SUPPORT_WORKER = "support_worker", _("support worker")
    COLLEAGUE = "colleague", _("colleague")


class Effect(TextChoices):
    HELPED = "helped", _("helped")
    NEUTRAL = "neutral", _("made no difference")
    HINDERED = "hindered", _("made it hard to talk")


class Explored(TextChoices):
    YES = "yes", _("talked about")
    DECLINED = "declined", _("customer would rather not")
    NOT_YET = "not_yet", _("not yet")


class Depth(TextChoices):
    """How far a form of help was talked about."""

    SHOWN = "shown", _("shown")
    DISCUSSED = "discussed", _("talked through")
    INTERESTED = "interested", _("interested")
    NOT_NOW = "not_now", _("not now")
    NOT_SHOWN = "not_shown", _("not mentioned")


class OtherWay(TextChoices):
    """What can be offered to who is against an interview as it is planned (E:L3326-3333)."""

    LATER = "later", _("put off to a later day")
    PHONE = "phone", _("by telephone, or at home")
    OTHER_ADVISER = "other_adviser", _("with another adviser")
    COMPANION = "companion", _("somebody comes along")
    SHORTER = "shorter", _("a short one, about one thing")
    BY_CHOICE = "by_choice", _("none that is compulsory, and a talk by choice when they like")


class Weekday(IntegerChoices):
    """Days of the week, as calendars count them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
