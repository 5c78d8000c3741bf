"""Words of work: kinds of job, how one goes, and what a customer is offered beside it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class JobKind(TextChoices):
    """Every kind of work is seen, small hours and unpaid ones too (M:L390-393, M:L4777-4784)."""

    EMPLOYED = "employed", _("employed")
    SELF_EMPLOYED = "self_employed", _("self-employed")
    SUPPORTED = "supported", _("supported employment")
    PERMITTED = "permitted", _("permitted work while on benefit")
    VOLUNTARY = "voluntary", _("voluntary work")
    TRIAL = "trial", _("work trial or placement")

    @classmethod
    def jobs(cls) -> frozenset["JobKind"]:
        """What a customer lives on. The others are steps on the way, seen and counted apart."""
        return frozenset({cls.EMPLOYED, cls.SELF_EMPLOYED, cls.SUPPORTED})

    @classmethod
    def paid(cls) -> frozenset["JobKind"]:
        return cls.jobs() | {cls.PERMITTED}


class PayPeriod(TextChoices):
    HOUR = "hour", _("an hour")
    WEEK = "week", _("a week")
    FORTNIGHT = "fortnight", _("a fortnight")
    FOUR_WEEKS = "four_weeks", _("four weeks")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class JobState(TextChoices):
    AGREED = "agreed", _("to begin")
    RUNNING = "running", _("going on")
    ENDED = "ended", _("ended")
    NOT_TAKEN = "not_taken", _("not begun after all")


JOB_LIFE = Lifecycle(
    "job",
    {
        JobState.AGREED: {JobState.RUNNING, JobState.NOT_TAKEN},
        JobState.RUNNING: {JobState.ENDED},
        JobState.ENDED: set(),
        JobState.NOT_TAKEN: set(),
    },
)


class EvidenceKind(TextChoices):
    """What was seen of a job (P:L971)."""

    CONTRACT = "contract", _("contract or letter of offer")
    PAYSLIP = "payslip", _("pay slip")
    EMPLOYER = "employer", _("word of the employer, with the customer's consent")
    BOOKS = "books", _("books or registration of the self-employed")
    CUSTOMER = "customer", _("the customer's own word")
    OTHER = "other", _("something else")


class Answer(TextChoices):
    """What the customer says to support beside the job. None of them has any consequence."""

    ACCEPTED = "accepted", _("yes, gladly")
    LATER = "later", _("perhaps later")
    DECLINED = "declined", _("no, thank you")


class CallState(TextChoices):
    PLANNED = "planned", _("planned")
    TALKED = "talked", _("talked")
    NOT_REACHED = "not_reached", _("not reached")
    NOT_WANTED = "not_wanted", _("not wanted")
    OVERTAKEN = "overtaken", _("no longer needed")


IN_WORK_CALL_LIFE = Lifecycle(
    "in-work call",
    {
        CallState.PLANNED: {
            CallState.TALKED,
            CallState.NOT_REACHED,
            CallState.NOT_WANTED,
            CallState.OVERTAKEN,
        },
        CallState.TALKED: set(),
        CallState.NOT_REACHED: set(),
        CallState.NOT_WANTED: set(),
        CallState.OVERTAKEN: set(),
    },
)


class Going(TextChoices):
    """How the job goes, in the customer's words of one glance."""

    WELL = "well", _("well")
    MIXED = "mixed", _("well and badly")
    BADLY = "badly", _("badly")


class Disclosing(TextChoices):
    """What the customer has decided about telling an employer of their health. It is theirs to decide (M:L2910)."""

    TELL = "tell", _("will tell")
    TELL_LATER = "tell_later", _("will tell when they have the job")
    ONE_PERSON = "one_person", _("will tell one person only")
    NOT_TELL = "not_tell", _("will not tell")
    UNDECIDED = "undecided", _("has not decided")


class Appeal(TextChoices):
    """Where an appeal against the loss of a benefit stands (P:L1153, P:L1472, P:L1539)."""

    THINKING = "thinking", _("the customer is thinking about it")
    NOT_POSSIBLE = "not_possible", _("there is nothing to appeal against")
    NOT_WANTED = "not_wanted", _("the customer does not want to appeal")
    RUNNING = "running", _("an appeal is under way")
    WON = "won", _("won: the benefit is paid again")
    LOST = "lost", _("lost")
    WITHDRAWN = "withdrawn", _("withdrawn by the customer")


APPEAL_LIFE = Lifecycle(
    "appeal",
    {
        Appeal.THINKING: {Appeal.RUNNING, Appeal.NOT_WANTED, Appeal.NOT_POSSIBLE},
        Appeal.NOT_POSSIBLE: set(),
        Appeal.NOT_WANTED: {Appeal.RUNNING},
        Appeal.RUNNING: {Appeal.WON, Appeal.LOST, Appeal.WITHDRAWN},
        Appeal.WON: set(),
        Appeal.LOST: {Appeal.RUNNING},
        Appeal.WITHDRAWN: {Appeal.RUNNING},
    },
)


class TransitionState(TextChoices):
    OPEN = "open", _("to be agreed")
    AGREED = "agreed", _("agreed")
    CLOSED = "closed", _("closed")


TRANSITION_LIFE = Lifecycle(
    "transition plan",
    {
        TransitionState.OPEN: {TransitionState.AGREED, TransitionState.CLOSED},
        TransitionState.AGREED: {TransitionState.CLOSED},
        TransitionState.CLOSED: set(),
    },
)


class GoesOn(TextChoices):
    """What becomes of a form of help when the benefit ends (P:L1539)."""

    YES = "yes", _("goes on")
    OTHER_WAY = "other_way", _("goes on in another way")
    ENDS = "ends", _("ends")
    TO_FIND_OUT = "to_find_out", _("to be found out")
