"""When a benefit is lost: what the customer may do, what help goes on, and who tells them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.employment.enums import Appeal, GoesOn, TransitionState
from waymark.notices.models import Notice
from waymark.organisations.models import Person, Post
from waymark.worklist.models import Task

_LEFT_ALONE = """
    SELECT p.ref INTO left_ref FROM employment_transitionplan p
     WHERE {which} AND p.state <> 'closed'
       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = p.task_id AND t.closed_at IS NULL);
    IF left_ref IS NOT NULL THEN
        RAISE EXCEPTION 'Nobody would be in touch any more: transition plan %.', left_ref
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transition_has_an_open_task',
                  HINT = 'Open its next contact in the same transaction, or close the plan for a reason.';
    END IF;
    RETURN NULL;
"""


class TransitionPlan(models.Model):
    """The way on when a benefit ends: rights with their dates, help that goes on, a person (P:L1153, P:L1539).

    It outlives the claim: the end of a claim is when it begins.
    """

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="transitions")
    because = models.CharField(max_length=40, help_text="a code of reasons/entitlement_lost.csv")
    lost_on = models.DateField(help_text="the last day of the benefit, or the day of the decision")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="whom the customer rings"
    )
    state = models.CharField(max_length=10, choices=TransitionState, default=TransitionState.OPEN)
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    other_benefits = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    appeal = models.CharField(max_length=12, choices=Appeal, default=Appeal.NOT_POSSIBLE)
    appeal_by = models.DateField(null=True, blank=True, help_text="the last day to appeal")
    hearing_on = models.DateField(null=True, blank=True)
    contact_on = models.DateField(null=True, blank=True, help_text="when we are in touch next")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="transition")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=~Q(state="closed"),
                name="one_open_transition_a_claim",
                violation_error_message="There is a plan for this already.",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(told_on__isnull=False, told_by__isnull=False, person__isnull=False),
                name="transition_agreed_with_somebody",
                violation_error_message="Say who tells the customer, when, and whom they can ring.",
            ),
            models.CheckConstraint(
                condition=~Q(appeal="running") | Q(state="closed") | Q(contact_on__isnull=False),
                name="appeal_has_a_day_of_contact",
                violation_error_message="While an appeal runs there is a day on which we are in touch.",
            ),
            models.CheckConstraint(
                condition=Q(appeal_by__isnull=False) | ~Q(appeal="thinking"),
                name="thinking_has_a_last_day",
                violation_error_message="Say until when the customer can appeal.",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(closed_why=""))
                | (~Q(state="closed") & Q(closed_on=None)),
                name="transition_closed_for_a_reason",
                violation_error_message="Say why the plan is closed.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="transition_has_an_open_task",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("left_ref", "text")],
                func=_LEFT_ALONE.format(which="p.id = NEW.id"),
            )
        ]

    def __str__(self) -> str:
        return f"transition of claim {self.claim_id}"


class TaskOfATransition(Task):
    """The same table as `Task`: the next contact does not close without another."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="task_of_a_transition_stays",
                operation=pgtrigger.UpdateOf("closed_at"),
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__closed_at__isnull=False),
                declare=[("left_ref", "text")],
                func=_LEFT_ALONE.format(which="p.task_id = NEW.id"),
            )
        ]


class HelpAfter(models.Model):
    """One form of help, and what becomes of it when the benefit ends."""

    plan = models.ForeignKey(TransitionPlan, models.PROTECT, related_name="help")
    words = models.CharField(max_length=200)
    goes_on = models.CharField(max_length=12, choices=GoesOn)
    how = models.CharField(max_length=300, blank=True, help_text="until when, by whom, on what money")
    who_tells = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="help_after_is_named",
                violation_error_message="Name the help.",
            ),
            models.CheckConstraint(
                condition=~Q(goes_on__in=["other_way", "to_find_out"]) | ~Q(how=""),
                name="help_after_says_how",
                violation_error_message="Say how it goes on, or who finds out.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.get_goes_on_display()}"
