"""A customer's work: jobs, what they pay, what was seen of them, and how we stay in touch in their first weeks."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.employment.enums import (
    Answer,
    CallState,
    EvidenceKind,
    Going,
    JobKind,
    JobState,
    PayPeriod,
)
from waymark.organisations.models import Post
from waymark.worklist.models import Task


class Job(models.Model):
    """One job of a customer, of any kind, from its first day to its last. Hours and pay are those of today."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=15, choices=JobKind)
    employer = models.CharField(max_length=200, help_text="the business, or what the self-employed do")
    work = models.CharField(max_length=200, blank=True, help_text="what the customer does there")
    lasting = models.BooleanField(null=True, blank=True, help_text="no: for a time; empty: not known")
    hours = models.DecimalField(max_digits=4, decimal_places=1, help_text="a week, as a rule")
    pay_pence = models.PositiveIntegerField(
        null=True, blank=True, help_text="before tax; empty: unpaid or unknown"
    )
    pay_period = models.CharField(max_length=12, choices=PayPeriod, blank=True)
    adjustments = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="what the employer does, codes of reasons/adjustment.csv (M:L4667-4670)",
    )
    state = models.CharField(max_length=10, choices=JobState, default=JobState.AGREED)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=40, blank=True, help_text="a code of reasons/job_ended.csv")
    ended_words = models.CharField(max_length=300, blank=True)
    next_words = models.CharField(max_length=300, blank=True, help_text="what follows a job that has ended")
    next_on = models.DateField(null=True, blank=True)
    support = models.CharField(max_length=10, choices=Answer, blank=True, help_text="the last answer")
    calls_welcome = models.BooleanField(default=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["claim", "-starts_on"], name="job_of_claim"),
            models.Index(fields=["state", "starts_on"], name="job_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0) & Q(hours__lte=168),
                name="job_has_hours",
                violation_error_message="Give the hours a week, more than none and no more than a week has.",
            ),
            models.CheckConstraint(
                condition=Q(pay_pence=None, pay_period="") | (Q(pay_pence__isnull=False) & ~Q(pay_period="")),
                name="job_pay_has_its_period",
                violation_error_message="Say what the pay is for: an hour, a week, a month.",
            ),
            models.CheckConstraint(
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(ended_because=""))
                | (~Q(state="ended") & Q(ended_on=None)),
                name="job_ends_on_a_day_for_a_reason",
                violation_error_message="A job that has ended has its last day and the reason; one that goes on has none.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="job_days_in_order",
                violation_error_message="A job cannot end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None, next_words="") | (Q(next_on__isnull=False) & ~Q(next_words="")),
                name="after_a_job_words_have_a_day",
                violation_error_message="What follows needs words and a day.",
            ),
            models.CheckConstraint(
                condition=~Q(employer=""),
                name="job_has_an_employer",
                violation_error_message="Say who the work is for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.employer}"


class Terms(models.Model):
    """Hours and pay from a day on: added to, never changed, so that a payment can be worked out for any day."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="terms")
    since = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    pay_pence = models.PositiveIntegerField(null=True, blank=True)
    pay_period = models.CharField(max_length=12, choices=PayPeriod, blank=True)
    why = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["job", "since", "id"]
        triggers = [pgtrigger.Protect(name="terms_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.hours} hours from {self.since}"


class JobEvidence(models.Model):
    """What somebody saw of a job, on a day (P:L971)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    shows = models.CharField(max_length=200, help_text="what it shows: begun, hours, pay, still there")
    seen_on = models.DateField()
    seen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-seen_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.seen_on}"


class SupportOffer(models.Model):
    """Support beside the job was offered, and what the customer said. Each offer is kept (M:L3987, M:L4913)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="offers")
    on = models.DateField()
    forms = ArrayField(
        models.CharField(max_length=40), default=list, help_text="codes of reasons/in_work_support.csv"
    )
    answer = models.CharField(max_length=10, choices=Answer)
    calls_welcome = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="later", ask_again_on__isnull=False)
                | (~Q(answer="later") & Q(ask_again_on=None)),
                name="later_has_a_day",
                violation_error_message="Perhaps later: say on which day you ask again.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.get_answer_display()}"


class InWorkCall(models.Model):
    """A call of ours in the first weeks of a job: planned at its start, so that nobody waits to be remembered.

    Customers thought themselves a low priority once they worked (M:L3048-3057).
    """

    ref = models.CharField(max_length=12, unique=True)
    job = models.ForeignKey(Job, models.PROTECT, related_name="calls")
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=CallState, default=CallState.PLANNED)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="in_work_call")
    tries = models.PositiveSmallIntegerField(default=0)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    going = models.CharField(max_length=10, choices=Going, blank=True)
    problems = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="codes of reasons/in_work_problem.csv (M:L4972-4987)",
    )
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["job", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "due_on"], condition=Q(state="planned"), name="one_planned_call_a_day"
            ),
            models.CheckConstraint(
                condition=(Q(state="talked", held_at__isnull=False) & ~Q(going=""))
                | (~Q(state="talked") & Q(going="")),
                name="in_work_call_says_how_it_goes",
                violation_error_message="Say how the job goes.",
            ),
        ]

    def __str__(self) -> str:
        return f"call due {self.due_on}"


class SustainedCheck(models.Model):
    """At so many weeks somebody saw, or was told, whether the work goes on. Kept for each milestone of a clock."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="checks")
    weeks = models.PositiveSmallIntegerField(help_text="the milestone: 13 or 26, by the pack")
    clock_from = models.DateField(help_text="the first day of work that counts")
    reached_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["job", "weeks"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "weeks", "clock_from"],
                name="one_check_a_milestone",
                violation_error_message="This was noted already.",
            )
        ]
        triggers = [pgtrigger.Protect(name="checks_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.weeks} weeks on {self.reached_on}"


class JobWishes(models.Model):
    """What work should be like for this customer: told once, held against every job (M:L1436-1448, M:L3093-3096)."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="job_wishes")
    work = models.CharField(max_length=200, blank=True, help_text="the kind of work, in the customer's words")
    least_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    most_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    most_travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.CharField(max_length=200, blank=True, help_text="hours that fit school or treatment")
    avoid = models.CharField(max_length=300, blank=True, help_text="pressure, commission, being alone")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "job wishes"
        constraints = [
            models.CheckConstraint(
                condition=Q(least_hours=None) | Q(most_hours=None) | Q(most_hours__gte=F("least_hours")),
                name="wished_hours_in_order",
                violation_error_message="The most hours cannot be fewer than the least.",
            )
        ]

    def __str__(self) -> str:
        return f"wishes for work of claim {self.claim_id}"
