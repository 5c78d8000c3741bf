"""One award of a customer, as it was decided, and what has changed since."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from waymark.awards import guards
from waymark.awards.enums import Advice, AwardKind, AwardState, ChangeKind
from waymark.customers.models import Claim
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.worklist.models import Task

OPEN = ["proposed", "agreed", "running"]
WEEKLY = ["return_to_work_credit", "job_preparation_premium"]


class Award(models.Model):
    """Money by the week, once from the fund, or leave to work; or the decision not to give it.

    What it rested on is frozen: the facts, the row that advised, the rate and the limits of the day.
    """

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=30, choices=AwardKind)
    state = models.CharField(max_length=10, choices=AwardState)
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    # The decision
    advised = models.CharField(max_length=10, choices=Advice, blank=True, help_text="empty: nothing settled")
    row = models.CharField(max_length=20, blank=True)
    because = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(help_text="the facts it rested on")
    trace = models.JSONField(help_text="the rows that matched, and why the others did not")
    why_other = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/other_than_advised.csv"
    )
    why = models.TextField(blank=True, help_text="in the decider's words")
    refused_code = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/award_refused.csv"
    )
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    authority = models.CharField(max_length=20)
    authorised_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorise_task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    # What is given
    starts_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="the last day; empty: no end is set")
    weeks = models.PositiveSmallIntegerField(default=0)
    most_weeks = models.PositiveSmallIntegerField(
        default=0, help_text="the limit of the day it was decided; 0: none"
    )
    weekly_pence = models.PositiveIntegerField(default=0, help_text="the rate, frozen")
    amount_pence = models.PositiveIntegerField(default=0, help_text="from the fund, once")
    limit_pence = models.PositiveIntegerField(
        default=0, help_text="from the fund: the most a customer can have here"
    )
    usual_limit_pence = models.PositiveIntegerField(
        default=0, help_text="and the usual most; above it, say why"
    )
    above_usual_because = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(
        max_length=60, blank=True, help_text="a code of fund_purpose.csv or premium_activity.csv"
    )
    purpose_words = models.CharField(max_length=300, blank=True)
    # The job it goes with
    job_ref = models.CharField(max_length=12, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    after_the_fact = models.BooleanField(
        default=False, help_text="decided after the days it is for had begun"
    )
    # What became of it
    ended_on = models.DateField(null=True, blank=True, help_text="the last day it held")
    stopped_code = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/award_stopped.csv"
    )
    stopped_words = models.CharField(max_length=300, blank=True)
    stopped_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    overpaid_pence = models.PositiveIntegerField(
        default=0, help_text="paid for time after its end; only said"
    )
    warned_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(
        null=True, blank=True, help_text="when we last asked whether what it is for goes on"
    )

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["claim", "kind"], name="award_of_claim"),
            models.Index(fields=["until"], condition=Q(state="running"), name="award_running"),
            models.Index(fields=["starts_on"], condition=Q(state="agreed"), name="award_to_begin"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(state__in=OPEN) & ~Q(kind="discretion_fund"),
                name="one_award_of_a_kind_at_a_time",
                violation_error_message="One of this kind runs already, or waits for a second person.",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(refused_code="") & ~Q(why="")),
                name="award_refused_says_why",
                violation_error_message="Say why it is not agreed.",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(starts_on__isnull=False),
                name="award_has_a_first_day",
                violation_error_message="Say from which day it holds.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "running", "stopped", "ended"])
                | Q(authority="none")
                | Q(authorised_by__isnull=False, authorised_at__isnull=False),
                name="award_was_authorised",
                violation_error_message="A second person agrees first.",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None) | ~Q(authorised_by=F("decided_by")),
                name="award_authorised_by_another",
                violation_error_message="Somebody else agrees to it.",
            ),
            models.CheckConstraint(
                condition=Q(most_weeks=0) | Q(weeks__lte=F("most_weeks")),
                name="award_no_longer_than_the_most",
                violation_error_message="That is more weeks than there can be.",
            ),
            models.CheckConstraint(
                condition=Q(state="refused")
                | Q(kind__in=WEEKLY, weekly_pence__gt=0, amount_pence=0, until__isnull=False)
                & (Q(weeks__gt=0) | Q(state="stopped"))
                | Q(kind="discretion_fund", amount_pence__gt=0, weekly_pence=0)
                | Q(kind="permitted_work", amount_pence=0, weekly_pence=0),
                name="award_is_what_its_kind_is",
                violation_error_message="A weekly award has a rate and weeks, the fund pays one sum, permitted work none.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("starts_on")),
                name="award_days_in_order",
                violation_error_message="It cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | (Q(ended_on__isnull=False) & ~Q(stopped_code="")),
                name="award_stopped_on_a_day_with_a_reason",
                violation_error_message="Say from when it stops, and why.",
            ),
        ]
        triggers = [guards.WEEKS_OF_A_CUSTOMER, guards.DECISION_STAYS]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class AwardEvidence(models.Model):
    """What was seen for an award."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=60, help_text="a code of reasons/award_evidence.csv")
    seen_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    seen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seen_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["award", "kind", "seen_on"], name="evidence_seen_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} seen {self.seen_on}"


class Change(models.Model):
    """Something that changed while an award ran, what the rules made of it, and what was decided."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    effective_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    advised = models.CharField(max_length=10, choices=Advice, blank=True)
    because = models.CharField(max_length=300, blank=True)
    goes_on = models.BooleanField()
    why = models.CharField(
        max_length=300, blank=True, help_text="where it was decided otherwise than advised"
    )
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["noted_at", "id"]
        triggers = [pgtrigger.Protect(name="changes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.effective_on}"
