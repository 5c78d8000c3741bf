"""Words of action plans."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class OwnerKind(TextChoices):
    """Who does a step: in whose court the ball is (M:L3979-3983)."""

    CUSTOMER = "customer", _("the customer")
    ADVISER = "adviser", _("an adviser")
    PROVIDER = "provider", _("somebody who helps")


class Origin(TextChoices):
    """Where a step comes from."""

    INTERVIEW = "interview", _("an interview")
    WISH = "wish", _("a wish of the customer")
    REFERRAL = "referral", _("a referral")
    AWARD = "award", _("an award")
    PROMISE = "promise", _("a promise")
    CONFERENCE = "conference", _("a case conference")
    JOB = "job", _("a job")
    TALK = "talk", _("a talk between interviews")
    CUSTOMER = "customer", _("the customer, by themselves")


class StepState(TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


STEP_LIFE = Lifecycle(
    "step",
    {
        StepState.OPEN: {StepState.DONE, StepState.DROPPED},
        StepState.DONE: set(),
        StepState.DROPPED: set(),
    },
)


class GoalState(TextChoices):
    OPEN = "open", _("open")
    REACHED = "reached", _("reached")
    DROPPED = "dropped", _("no longer wanted")


GOAL_LIFE = Lifecycle(
    "goal",
    {
        GoalState.OPEN: {GoalState.REACHED, GoalState.DROPPED},
        GoalState.REACHED: set(),
        GoalState.DROPPED: set(),
    },
)


class AgreedHow(TextChoices):
    """How the customer said that the plan is right, or that it is not."""

    TOGETHER = "together", _("when we met")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("in writing")
    PORTAL = "portal", _("on their own page")
    REPRESENTATIVE = "representative", _("through somebody who speaks for them")


class Seen(TextChoices):
    """How clearly a sign of progress is seen. Against the customer's own beginning, not a norm (M:L386-390)."""

    NOT_YET = "not_yet", _("not yet")
    A_LITTLE = "a_little", _("a little")
    CLEARLY = "clearly", _("clearly")


class SeenBy(TextChoices):
    """Whose view it is: the two are kept apart (E:L3093-3098)."""

    ADVISER = "adviser", _("the adviser")
    CUSTOMER = "customer", _("the customer")
    PROVIDER = "provider", _("somebody who helps")
