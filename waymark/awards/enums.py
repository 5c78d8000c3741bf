"""Words of the money a customer can have."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class AwardKind(TextChoices):
    RETURN_TO_WORK_CREDIT = "return_to_work_credit", _("return-to-work credit")
    JOB_PREPARATION_PREMIUM = "job_preparation_premium", _("job preparation premium")
    DISCRETION_FUND = "discretion_fund", _("adviser discretion fund")
    PERMITTED_WORK = "permitted_work", _("permitted work")


# Paid by the week; the fund pays once, and permitted work is leave to work, no money of ours.
WEEKLY = frozenset({AwardKind.RETURN_TO_WORK_CREDIT, AwardKind.JOB_PREPARATION_PREMIUM})
OF_A_JOB = frozenset({AwardKind.RETURN_TO_WORK_CREDIT, AwardKind.PERMITTED_WORK})


class Advice(TextChoices):
    """What the tables advise."""

    AWARD = "award", _("can be had")
    LATER = "later", _("not yet")
    NO = "no", _("cannot be had")


class AwardState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    AGREED = "agreed", _("agreed")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    ENDED = "ended", _("ended")
    REFUSED = "refused", _("not agreed")


AWARD_LIFE = Lifecycle(
    "award",
    {
        AwardState.PROPOSED: {AwardState.AGREED, AwardState.REFUSED},
        AwardState.AGREED: {AwardState.RUNNING, AwardState.STOPPED, AwardState.ENDED},
        AwardState.RUNNING: {AwardState.STOPPED, AwardState.ENDED},
        AwardState.STOPPED: set(),
        AwardState.ENDED: set(),
        AwardState.REFUSED: set(),
    },
)
OPEN = (AwardState.PROPOSED, AwardState.AGREED, AwardState.RUNNING)
"""States in which a customer has, or is about to have, the award."""
HOLDING = (AwardState.AGREED, AwardState.RUNNING)


class Answer(TextChoices):
    """What became of an offer. Help is a choice: declining it has no consequence."""

    WANTS = "wants", _("would like it")
    THINKS = "thinks", _("is thinking about it")
    DECLINES = "declines", _("does not want it")
    NOT_MENTIONED = "not_mentioned", _("not mentioned")


ANSWERED = (Answer.WANTS, Answer.THINKS, Answer.DECLINES)


class ChangeKind(TextChoices):
    HOURS = "hours", _("other hours")
    PAY = "pay", _("other pay")
    EMPLOYER = "employer", _("another employer")
    JOB_ENDED = "job_ended", _("the job has ended")
    ACTIVITY_ENDED = "activity_ended", _("what it was for has ended")
    OTHER = "other", _("another change")


class HeldBecause(TextChoices):
    """Why a payment waits. Nothing is taken by it: as soon as the cause is gone, it is paid in full."""

    NOT_SHOWN = "not_shown", _("nothing has shown for some time that what it is for goes on")
    NOT_BEGUN = "not_begun", _("the job it goes with has not begun as far as we know")


class EntryKind(TextChoices):
    """A line of a fund's ledger."""

    PUT_IN = "put_in", _("put in")
    TAKEN_OUT = "taken_out", _("taken out again")
    PROMISED = "promised", _("promised to a customer")
    GIVEN_BACK = "given_back", _("not needed any more")
