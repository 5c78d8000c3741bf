"""Words of referrals, and the way one goes: rules 6, R:L258, R:L500, R:L615-637, R:L776-802."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class ReferralKind(TextChoices):
    """Three kinds, each counted apart (R:L258)."""

    FORMAL = "formal", _("referral with papers")
    INFORMAL = "informal", _("referral by word of mouth")
    SIGNPOST = "signpost", _("signpost")


class ReferralState(TextChoices):
    PROPOSED = "proposed", _("spoken about")
    DECLINED = "declined", _("declined by the customer")
    CONSENTED = "consented", _("agreed, not sent yet")
    SENT = "sent", _("sent, no answer yet")
    ACKNOWLEDGED = "acknowledged", _("arrived at the service")
    ACCEPTED = "accepted", _("accepted, waiting for a time")
    APPOINTMENT = "appointment", _("first appointment made")
    NOT_COME = "not_come", _("was not there the first time")
    STARTED = "started", _("started")
    IN_PROGRESS = "in_progress", _("under way")
    RETURNED = "returned", _("sent back by the service")
    TOLD = "told", _("told where to go")
    NOT_TAKEN_UP = "not_taken_up", _("did not go there")
    WITHDRAWN = "withdrawn", _("taken back")
    ENDED = "ended", _("help has ended")
    CLOSED = "closed", _("looked back on")

    @classmethod
    def before_an_answer(cls) -> frozenset["ReferralState"]:
        """The service has it, and nothing has come back."""
        return frozenset({cls.SENT})

    @classmethod
    def waiting(cls) -> frozenset["ReferralState"]:
        """Sent, and not begun yet: the wait runs."""
        return frozenset({cls.SENT, cls.ACKNOWLEDGED, cls.ACCEPTED, cls.APPOINTMENT, cls.NOT_COME})

    @classmethod
    def under_way(cls) -> frozenset["ReferralState"]:
        return frozenset({cls.STARTED, cls.IN_PROGRESS})

    @classmethod
    def over(cls) -> frozenset["ReferralState"]:
        """Nothing more is owed to anybody."""
        return frozenset({cls.DECLINED, cls.WITHDRAWN, cls.CLOSED, cls.NOT_TAKEN_UP})

    @classmethod
    def open(cls) -> frozenset["ReferralState"]:
        """Somebody owes a next step."""
        return frozenset(cls) - cls.over()

    @classmethod
    def before_the_end(cls) -> frozenset["ReferralState"]:
        """Somebody goes there, or may go there yet."""
        return cls.open() - {cls.RETURNED, cls.ENDED}

    @classmethod
    def with_the_service(cls) -> frozenset["ReferralState"]:
        """The service may act on it."""
        return cls.waiting() | cls.under_way()


S = ReferralState
_BACK = {S.RETURNED, S.WITHDRAWN}
REFERRAL_LIFE = Lifecycle(
    "referral",
    {
        S.PROPOSED: {S.CONSENTED, S.DECLINED, S.TOLD, S.WITHDRAWN},
        S.CONSENTED: {S.SENT, S.PROPOSED, S.DECLINED, S.WITHDRAWN},
        S.SENT: {S.ACKNOWLEDGED, S.ACCEPTED, S.APPOINTMENT, S.STARTED, *_BACK},
        S.ACKNOWLEDGED: {S.ACCEPTED, S.APPOINTMENT, S.STARTED, *_BACK},
        S.ACCEPTED: {S.APPOINTMENT, S.STARTED, *_BACK},
        S.APPOINTMENT: {S.APPOINTMENT, S.STARTED, S.NOT_COME, S.ACCEPTED, *_BACK},
        S.NOT_COME: {S.APPOINTMENT, S.STARTED, *_BACK},
        S.STARTED: {S.IN_PROGRESS, S.ENDED},
        S.IN_PROGRESS: {S.ENDED},
        S.TOLD: {S.STARTED, S.NOT_TAKEN_UP, S.WITHDRAWN},
        S.RETURNED: {S.CLOSED},
        S.ENDED: {S.CLOSED},
        S.DECLINED: set(),
        S.NOT_TAKEN_UP: set(),
        S.WITHDRAWN: set(),
        S.CLOSED: set(),
    },
)


class Given(TextChoices):
    """How the customer said yes or no."""

    IN_PERSON = "in_person", _("in person")
    TELEPHONE = "telephone", _("by telephone")
    WRITING = "writing", _("in writing")
    OWN_PAGE = "own_page", _("on their own page")


class FixedBy(TextChoices):
    """Who makes the first appointment (R:L615, R:L623)."""

    TOGETHER = "together", _("made now, by telephone, with the customer here")
    SERVICE = "service", _("the service gets in touch with the customer")
    CUSTOMER = "customer", _("the customer gets in touch with the service")


class Through(TextChoices):
    """How the service told us."""

    ACCOUNT = "account", _("their own account")
    LINK = "link", _("the secure link")
    TOLD_US = "told_us", _("told us, and we wrote it down")


class Vetting(TextChoices):
    """Some programmes look at every referral before anybody is admitted (E:L1890)."""

    NONE = "none", _("not needed")
    NEEDED = "needed", _("the assessor has not decided yet")
    ADMITTED = "admitted", _("admitted")
    NOT_SUITABLE = "not_suitable", _("not suitable")


class FeedbackKind(TextChoices):
    """R:L861: how it goes, significant steps, the end; R:L851: sent on."""

    PROGRESS = "progress", _("how it goes")
    STEP = "step", _("a significant step")
    ONWARD = "onward", _("sent on to somebody else")
    REPORT = "report", _("report at the end")


class NotThere(TextChoices):
    """What was agreed after somebody was not there. There is nothing else to choose (R:L776-778)."""

    ENCOURAGED = "encouraged", _("go the next time")
    ACCOMPANY = "accompany", _("somebody goes along the next time")
    ALTERNATIVE = "alternative", _("find something else")
    STOPS = "stops", _("leave it; nothing follows from that")
    NOT_REACHED = "not_reached", _("nobody was reached: ring again")


class WayHelp(TextChoices):
    """What can be offered so that the customer gets there (R:L504)."""

    FARES = "fares", _("fares")
    TAXI = "taxi", _("a taxi")
    COMPANY = "company", _("somebody who goes along")
    OTHER = "other", _("something else")


class WayAnswer(TextChoices):
    """What the customer says to it. Not everybody is persuaded, and nothing follows from a no (R:L504)."""

    TAKEN = "taken", _("yes")
    DECLINED = "declined", _("no, thank you")
    THINKING = "thinking", _("thinks about it")


class SentAnswer(TextChoices):
    """What became of somebody a service asked us to see (R:L617, R:L684)."""

    WAITING = "waiting", _("not answered yet")
    TAKEN = "taken", _("we are in touch")
    NOT_HERE = "not_here", _("we cannot help here")


class DispatchState(TextChoices):
    WAITING = "waiting", _("waiting to go out")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
