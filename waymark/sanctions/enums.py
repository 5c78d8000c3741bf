"""Words and lifecycles of not attending and what may follow."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle
from waymark.worklist.enums import TaskKind


class BreachKind(TextChoices):
    """Two different things: not coming, and coming without taking part (M:L5459)."""

    NOT_ATTENDING = "not_attending", _("did not attend")
    NOT_TAKING_PART = "not_taking_part", _("did not take part")


class BreachState(TextChoices):
    OPEN = "open", _("asking why")
    GOOD_CAUSE = "good_cause", _("good cause")
    CLOSED = "closed", _("closed")
    REFERRED = "referred", _("being decided")
    RETURNED = "returned", _("sent back")
    NO_SANCTION = "no_sanction", _("nothing taken off")
    SANCTION = "sanction", _("a reduction")


BREACH_LIFE = Lifecycle(
    "case of not attending",
    {
        BreachState.OPEN: {BreachState.GOOD_CAUSE, BreachState.CLOSED, BreachState.REFERRED},
        BreachState.REFERRED: {
            BreachState.GOOD_CAUSE,
            BreachState.CLOSED,
            BreachState.RETURNED,
            BreachState.NO_SANCTION,
            BreachState.SANCTION,
        },
        BreachState.RETURNED: {BreachState.GOOD_CAUSE, BreachState.CLOSED, BreachState.REFERRED},
        BreachState.GOOD_CAUSE: set(),
        BreachState.CLOSED: set(),
        BreachState.NO_SANCTION: set(),
        BreachState.SANCTION: set(),
    },
)


# The steps of a case; when it is over, none of them is left.
CASE_TASKS = (
    TaskKind.HEAR_REASON,
    TaskKind.JUDGE_REASON,
    TaskKind.SAFEGUARD_VISIT,
    TaskKind.SUPPLY_MISSING,
    TaskKind.DECIDE_SANCTION,
)
# The states in which a case goes on, and those in which it is with us.
UNDER_WAY = (BreachState.OPEN, BreachState.RETURNED, BreachState.REFERRED)
WITH_US = (BreachState.OPEN, BreachState.RETURNED)


class Channel(TextChoices):
    """How somebody tried to reach the customer."""

    PHONE = "phone", _("telephone")
    TEXT = "text", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    VISIT = "visit", _("visit")


class Answer(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_KNOWN = "not_known", _("not known")


class RulingOutcome(TextChoices):
    SANCTION = "sanction", _("a reduction")
    NO_SANCTION = "no_sanction", _("nothing is taken off")
    GOOD_CAUSE = "good_cause", _("there was good cause")
    RETURNED = "returned", _("returned: something is missing")


class SanctionState(TextChoices):
    NOTIFIED = "notified", _("being told")
    IN_EFFECT = "in_effect", _("in effect")
    LIFTED = "lifted", _("lifted")
    SET_ASIDE = "set_aside", _("set aside")


SANCTION_LIFE = Lifecycle(
    "sanction",
    {
        SanctionState.NOTIFIED: {SanctionState.IN_EFFECT, SanctionState.SET_ASIDE},
        SanctionState.IN_EFFECT: {SanctionState.LIFTED},
        SanctionState.LIFTED: set(),
        SanctionState.SET_ASIDE: set(),
    },
)


class LiftedBecause(TextChoices):
    ATTENDED = "attended", _("the customer came")
    EXPLAINED = "explained", _("the customer has explained")
    RECONSIDERED = "reconsidered", _("the decision was changed")
    NO_LONGER_REQUIRED = "not_required", _("the interview is no longer compulsory")
    OUR_MISTAKE = "our_mistake", _("we made a mistake")
    NOT_TOLD = "not_told", _("the letter about it came back: the customer was not told")


class ChallengeOutcome(TextChoices):
    UPHELD = "upheld", _("the decision stands")
    CHANGED = "changed", _("the decision is changed")
