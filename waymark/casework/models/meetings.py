"""Meetings of more than two: a handover, what is next after a service, a case conference (R:L879, R:L964, R:L1108)."""

from datetime import datetime, timedelta

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.casework.enums import MeetingKind, MeetingState, StepState
from waymark.casework.models.cases import Case, CaseWorker
from waymark.casework.models.transfers import Transfer
from waymark.directory.models import Contact
from waymark.organisations.models import Post
from waymark.worklist.models import Task


class Meeting(models.Model):
    """Who meets about what, when; and what they agreed. With the customer wherever they like to come."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=12, choices=MeetingKind)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, blank=True, related_name="meetings")
    worker = models.ForeignKey(CaseWorker, models.PROTECT, null=True, blank=True, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=200)
    objectives = models.TextField(blank=True, help_text="what the customer wants to reach, and why we meet")
    views = models.TextField(blank=True, help_text="what each of them thinks of it")
    problems = models.TextField(blank=True, help_text="what stands in the way between the organisations")
    not_reached = models.TextField(
        blank=True, help_text="aims not yet reached, and ways to reach them (R:L964)"
    )
    introduced = models.BooleanField(null=True, blank=True)
    customer_came = models.BooleanField(null=True, blank=True)
    not_held_why = models.CharField(max_length=300, blank=True, help_text="or why it was cancelled")
    planned_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="case_meeting")

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MeetingState.PLANNED, settled_at=None)
                | (
                    ~Q(state=MeetingState.PLANNED)
                    & Q(settled_at__isnull=False)
                    & (Q(settled_by__isnull=False) | Q(state=MeetingState.CANCELLED))
                ),
                name="meeting_settled_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_held", "cancelled"]) | ~Q(not_held_why=""),
                name="meeting_not_held_says_why",
                violation_error_message="Say why the meeting did not take place.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class MovedMeeting(models.Model):
    """One change of a meeting's time or place: what it was before, who changed it, and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    was_at = models.DateTimeField()
    was_in = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-moved_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="meeting_moved_says_why",
                violation_error_message="Say why the meeting is moved.",
            )
        ]
        triggers = [pgtrigger.Protect(name="moves_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.meeting} moved"


class Attendee(models.Model):
    """Somebody who is asked to a meeting, and whether they came. The customer is neither colleague nor contact."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    name = models.CharField(max_length=100)
    organisation = models.CharField(max_length=200, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    is_customer = models.BooleanField(default=False)
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-is_customer", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                name="asked_to_a_meeting_once",
                violation_error_message="This person is named already.",
            ),
            models.CheckConstraint(
                condition=Q(is_customer=False) | Q(post=None, contact=None), name="customer_is_no_colleague"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def telephone(self) -> str:
        """A number at which they are reached; none for the customer, and for a name alone."""
        if self.post is not None:
            return self.post.team.office.telephone
        if self.contact is not None:
            return self.contact.telephone or self.contact.organisation.telephone
        return ""


class AgreedStep(models.Model):
    """What a meeting agreed: who does what by when. A colleague's step is a task; the customer's is never chased."""

    ref = models.CharField(max_length=12, unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="steps")
    words = models.CharField(max_length=300)
    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="steps")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=StepState, default=StepState.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ended_words = models.CharField(max_length=300, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="agreed_step")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="agreed_step_has_words",
                violation_error_message="Write what was agreed.",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.OPEN, ended_on=None)
                | (~Q(state=StepState.OPEN) & Q(ended_on__isnull=False)),
                name="agreed_step_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.DROPPED) | ~Q(ended_words=""),
                name="dropped_step_says_why",
                violation_error_message="Say why this is not done.",
            ),
        ]

    def __str__(self) -> str:
        return self.words
