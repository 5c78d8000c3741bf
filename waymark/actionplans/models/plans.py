"""A customer's plan: what they want, what is in the way, who does what by when, and every version of it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from waymark.actionplans.enums import AgreedHow, GoalState, Origin, OwnerKind, StepState
from waymark.customers.models import Claim
from waymark.directory.models import Contact, Organisation
from waymark.interviews.models import Interest
from waymark.notices.models import Notice
from waymark.organisations.models import Person, Post
from waymark.worklist.models import Task

_STEP_WITHOUT_TASK = """
    SELECT s.words INTO lost_words FROM actionplans_step s
      JOIN actionplans_plan p ON p.id = s.plan_id
      JOIN customers_claim c ON c.id = p.claim_id
     WHERE {which} AND s.state = 'open' AND c.status = 'live'
       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = s.task_id AND t.closed_at IS NULL)
     LIMIT 1;
    IF lost_words IS NOT NULL THEN
        RAISE EXCEPTION 'The step “%” has nobody who looks after it.', lost_words
            USING ERRCODE = 'check_violation', CONSTRAINT = 'open_step_has_an_open_task',
                  HINT = 'Close the step with its task, or open another task for it in the same transaction.';
    END IF;
    RETURN NULL;
"""


class Plan(models.Model):
    """The one plan of a claim. It is voluntary: nothing follows for whoever has none, or leaves it."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="plan")
    barriers = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="codes of the pack's barriers"
    )
    aim = models.TextField(
        blank=True, help_text="what the customer hopes for, in their own words (E:L2100-2106)"
    )
    review_on = models.DateField(help_text="when customer and adviser look at it again (M:L2049-2051)")
    review_task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="plan_review"
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"plan of claim {self.claim_id}"


class Goal(models.Model):
    """What the customer wants to reach, in their words."""

    ref = models.CharField(max_length=12, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    set_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="goal_has_words", violation_error_message="Write the goal."
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | (Q(closed_on__isnull=False) & (Q(state="reached") | ~Q(closed_why=""))),
                name="goal_closed_on_a_day",
                violation_error_message="Say when the goal was reached, or why it is no longer wanted.",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Step(models.Model):
    """One thing that somebody does by a day. Every open step has an open task: nobody waits for nobody."""

    ref = models.CharField(max_length=12, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    words = models.CharField(max_length=300)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="steps")
    owner = models.CharField(max_length=10, choices=OwnerKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    owner_name = models.CharField(
        max_length=100, blank=True, help_text="who helps, where the directory does not know them"
    )
    due_on = models.DateField()
    origin = models.CharField(max_length=12, choices=Origin)
    made_of = models.CharField(
        max_length=12, blank=True, help_text="the reference of the referral, award or task it stands for"
    )
    wish = models.OneToOneField(Interest, models.PROTECT, null=True, blank=True, related_name="step")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="step")
    state = models.CharField(max_length=10, choices=StepState, default=StepState.OPEN)
    looked_back_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["plan", "state", "due_on"], name="step_of_plan"),
            models.Index(fields=["made_of"], condition=~Q(made_of=""), name="step_made_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="step_has_words",
                violation_error_message="Write what is done in this step.",
            ),
            models.CheckConstraint(
                condition=Q(owner="customer", person=None, contact=None, organisation=None, owner_name="")
                | Q(owner="adviser", person__isnull=False, contact=None, organisation=None, owner_name="")
                | (
                    Q(owner="provider", person=None)
                    & (Q(contact__isnull=False) | Q(organisation__isnull=False) | ~Q(owner_name=""))
                ),
                name="step_has_its_owner",
                violation_error_message="Name who does it: the customer, a colleague, or who helps.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | (Q(closed_on__isnull=False) & (Q(state="done") | ~Q(closed_why=""))),
                name="step_dropped_says_why",
                violation_error_message="Say why the step is dropped.",
            ),
            models.UniqueConstraint(
                fields=["made_of"],
                condition=Q(state="open") & ~Q(made_of=""),
                name="one_open_step_made_of_a_thing",
                violation_error_message="This stands in the plan already.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="open_step_has_an_open_task",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("lost_words", "text")],
                func=_STEP_WITHOUT_TASK.format(which="s.id = NEW.id"),
            ),
            pgtrigger.Protect(name="steps_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class TaskOfAStep(Task):
    """The same table as `Task`: a task that a step rests on does not close under it."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="task_of_an_open_step_stays",
                operation=pgtrigger.UpdateOf("closed_at"),
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__closed_at__isnull=False),
                declare=[("lost_words", "text")],
                func=_STEP_WITHOUT_TASK.format(which="s.task_id = NEW.id"),
            )
        ]


class Version(models.Model):
    """The plan as it stood after a change: what changed and why. Rows are only added; none is ever altered."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    changed = models.TextField(help_text="what is other than before, in sentences for the customer")
    why = models.TextField(blank=True)
    content = models.JSONField(help_text="the whole plan in words, as it was then")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number"),
            models.CheckConstraint(
                condition=~Q(changed=""),
                name="version_says_what_changed",
                violation_error_message="Say what has changed.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="versions_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"version {self.number} of plan {self.plan_id}"


class Agreement(models.Model):
    """What the customer said to a version, on a day, and how. A version without one is a draft."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="agreements")
    agreed = models.BooleanField()
    on = models.DateField()
    how = models.CharField(max_length=15, choices=AgreedHow)
    who = models.CharField(
        max_length=100, blank=True, help_text="who spoke for the customer, if somebody did"
    )
    words = models.TextField(blank=True, help_text="what the customer said")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(agreed=True),
                name="a_version_is_agreed_once",
                violation_error_message="This version is agreed already.",
            ),
            models.CheckConstraint(
                condition=Q(agreed=True) | ~Q(words=""),
                name="not_agreed_says_what_is_wrong",
                violation_error_message="Write what the customer would like otherwise.",
            ),
            models.CheckConstraint(
                condition=~Q(how="representative") | ~Q(who=""),
                name="agreed_through_somebody_named",
                violation_error_message="Name who spoke for the customer.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="agreements_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{'agreed' if self.agreed else 'not agreed'} on {self.on}"
