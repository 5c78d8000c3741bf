"""Tasks, and the rule that no live claim is without one.

A task belongs to a team, always; a person of the team may have taken it. So a person who leaves
or is away cannot take work with them, and a team cannot close before its work has another home.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.organisations.models import Office, Person, Post, Team
from waymark.record.enums import happenings
from waymark.worklist.enums import Outcome, task_kinds


class Task(models.Model):
    """Something that must happen for a claim, by a day, by a team."""

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20, choices=task_kinds)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="tasks")
    # The database copies it from the claim and keeps it the same: who reaches a task hangs on it, and a list of
    # a whole district should not have to read every claim of it.
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        related_name="+",
        db_index=False,
        editable=False,
        help_text="the office of the claim",
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="tasks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    due_on = models.DateField()
    window_from = models.DateTimeField(
        null=True, blank=True, help_text="when the customer asked to be called"
    )
    window_until = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=40, choices=happenings, help_text="the act that brought it")
    words = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    escalation = models.PositiveSmallIntegerField(default=0, help_text="0 none, 1 team leader, 2 manager")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    class Meta:
        ordering = ["due_on", "window_from", "id"]
        indexes = [
            models.Index(fields=["claim"], condition=Q(closed_at=None), name="open_task_of_claim"),
            # With what the counts of an office ask, so that they are read off the index.
            models.Index(
                fields=["team", "due_on", "kind"],
                include=["person", "escalation"],
                condition=Q(closed_at=None),
                name="open_task_of_team",
            ),
            models.Index(
                fields=["office", "due_on"], condition=Q(closed_at=None), name="open_task_of_office"
            ),
            models.Index(
                fields=["due_on", "window_from", "id"],
                include=["office"],
                condition=Q(closed_at=None),
                name="open_task_in_order",
            ),
            models.Index(
                fields=["person", "due_on"], condition=Q(closed_at=None), name="open_task_of_person"
            ),
            # With whose they are and when they are wanted: a queue of calls is counted and sorted on the index.
            models.Index(
                fields=["kind", "due_on"],
                include=["team", "person", "window_from", "window_until", "id"],
                condition=Q(closed_at=None),
                name="open_task_of_kind",
            ),
            models.Index(
                fields=["team", "escalation"],
                condition=Q(closed_at=None, escalation__gt=0),
                name="escalated_task",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="task_closed_with_outcome",
                violation_error_message="A task that is closed says how it ended.",
            ),
            models.CheckConstraint(
                condition=Q(window_from=None, window_until=None) | Q(window_until__gt=F("window_from")),
                name="task_window_in_order",
                violation_error_message="The time to call ends after it starts.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="task_is_of_the_claims_office",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("claim_id", "office_id"),
                when=pgtrigger.Before,
                func="""
                    SELECT c.office_id INTO NEW.office_id FROM customers_claim c WHERE c.id = NEW.claim_id;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="nobody_is_lost_by_task",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("lost_ref", "text")],
                func="""
                    SELECT c.ref INTO lost_ref FROM customers_claim c
                     WHERE c.id = OLD.claim_id AND c.status = 'live'
                       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.claim_id = c.id AND t.closed_at IS NULL);
                    IF lost_ref IS NOT NULL THEN
                        RAISE EXCEPTION 'Claim % would be left without a next step.', lost_ref
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_lost',
                                  HINT = 'Open a task with a team and a due date in the same transaction.';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.claim_id}, due {self.due_on}"


class WatchedClaim(Claim):
    """The same table as `Claim`, so that the rule can stand here, above customers, where tasks are known."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="tasks_go_with_the_claim",
                operation=pgtrigger.UpdateOf("office_id"),
                when=pgtrigger.After,
                func="""
                    UPDATE worklist_task SET office_id = NEW.office_id WHERE claim_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="nobody_is_lost_by_claim",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=[("lost_ref", "text")],
                func="""
                    SELECT c.ref INTO lost_ref FROM customers_claim c
                     WHERE c.id = NEW.id AND c.status = 'live'
                       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.claim_id = c.id AND t.closed_at IS NULL);
                    IF lost_ref IS NOT NULL THEN
                        RAISE EXCEPTION 'Claim % would be left without a next step.', lost_ref
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_lost',
                                  HINT = 'Open a task with a team and a due date in the same transaction.';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class WatchedTeam(Team):
    """A team that still owns open tasks cannot close."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="no_team_closes_on_its_work",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM organisations_team m JOIN worklist_task t ON t.team_id = m.id
                                WHERE m.id = NEW.id AND m.closed_on IS NOT NULL AND t.closed_at IS NULL) THEN
                        RAISE EXCEPTION 'Team % still owns open tasks.', NEW.name
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_team_closes_on_its_work',
                                  HINT = 'Name the team that takes them over.';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class DayRun(models.Model):
    """One run of the daily work for one day; a missed day is a row that is not there."""

    on = models.DateField(unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"daily run of {self.on}"
