"""What happened at an appointment: kept word by word while it goes on, settled at its end."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.interviews.enums import (
    Capacity,
    Depth,
    Effect,
    Explored,
    InTheRoom,
    Next,
    Privacy,
    Readiness,
    SittingOutcome,
    SittingState,
)
from waymark.interviews.models.diary import Appointment
from waymark.notices.models import Notice
from waymark.organisations.models import Person, Post
from waymark.worklist.models import Task


class Sitting(models.Model):
    """An interview as it was held, or tried: one an appointment."""

    ref = models.CharField(max_length=12, unique=True)
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="sitting")
    adviser = models.ForeignKey(Post, models.PROTECT, related_name="sittings")
    state = models.CharField(max_length=10, choices=SittingState, default=SittingState.OPEN)
    opened_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.NOT_ASKED)
    setting = models.CharField(max_length=10, choices=Privacy, default=Privacy.NOT_ASKED)
    distance_adviser = models.CharField(max_length=10, choices=Readiness, blank=True)
    distance_customer = models.CharField(max_length=10, choices=Readiness, blank=True)
    hard = models.BooleanField(
        default=False, help_text="a hard interview: time after it, and a talk (M:L300)"
    )
    outcome = models.CharField(max_length=12, choices=SittingOutcome, blank=True)
    outcome_why = models.TextField(blank=True)
    counts = models.BooleanField(null=True, blank=True, help_text="whether it counts towards the series")
    counts_because = models.CharField(max_length=300, blank=True)
    agreed = models.CharField(
        max_length=10, blank=True, help_text="does the customer agree: yes, no, unclear"
    )
    understood = models.CharField(max_length=10, blank=True, help_text="yes, no or unsure")
    next = models.CharField(max_length=12, choices=Next, blank=True)
    next_about = models.CharField(max_length=300, blank=True, help_text="what the next time will be about")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", outcome="", next="", settled_at=None)
                | (
                    Q(
                        state="settled",
                        settled_at__isnull=False,
                        settled_by__isnull=False,
                        counts__isnull=False,
                    )
                    & ~Q(outcome="")
                    & ~Q(next="")
                    & ~Q(counts_because="")
                ),
                name="sitting_ends_with_what_comes_next",
                violation_error_message="Say how it went, whether it counts, and what comes next.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["shortened", "unable_today", "stopped"]) | ~Q(outcome_why=""),
                name="sitting_cut_short_says_why",
                violation_error_message="Say why the interview was cut short.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="unable_today") | Q(counts=False), name="unable_today_does_not_count"
            ),
            models.CheckConstraint(
                condition=Q(agreed__in=["", "yes", "no", "unclear"])
                & Q(understood__in=["", "yes", "no", "unsure"]),
                name="sitting_answers_are_plain",
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.ref}"


class Wording(models.Model):
    """A text of the workspace as it was saved. Rows are only added: with two windows open no word is lost."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="wordings")
    field = models.CharField(max_length=60, help_text="such as notes, own_words, health, topic:family")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(
        help_text="the revision the writer saw; older than the last: written beside"
    )
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sitting", "field", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "field", "revision"], name="one_wording_a_revision")
        ]
        triggers = [
            pgtrigger.Protect(name="wordings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.revision}"


class Presence(models.Model):
    """Somebody who was there with the customer, and what their being there did (E:L880-893)."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="present")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=15, choices=InTheRoom)
    effect = models.CharField(max_length=10, choices=Effect, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "name"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"


class TopicCovered(models.Model):
    """A topic of the checklist: talked about, not wanted, or left for another time."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="topics")
    topic = models.CharField(max_length=60, help_text="a code of the pack's topics")
    explored = models.CharField(max_length=10, choices=Explored)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "topic"], name="topic_once_a_sitting")]

    def __str__(self) -> str:
        return f"{self.topic} {self.explored}"


class OptionShown(models.Model):
    """A form of help, and how far it was talked about. What is not shown says why (E:L3366-3369)."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="options")
    option = models.CharField(max_length=60, help_text="a code of the pack's options")
    depth = models.CharField(max_length=12, choices=Depth)
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "option"], name="option_once_a_sitting"),
            models.CheckConstraint(
                condition=~Q(depth="not_shown") | ~Q(why_not=""),
                name="option_not_shown_says_why",
                violation_error_message="Say why this help was not mentioned.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.depth}"


class Barrier(models.Model):
    """What makes work hard, as seen at a sitting; each sitting keeps its own view (E:L807-812)."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="barriers")
    kind = models.CharField(max_length=60, help_text="a code of the pack's barriers")
    explored = models.CharField(max_length=10, choices=Explored)
    present = models.BooleanField(default=False)
    main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "kind"], name="barrier_once_a_sitting"),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(main=True),
                name="one_main_barrier_a_sitting",
                violation_error_message="Only one can be the main one.",
            ),
            models.CheckConstraint(condition=Q(main=False) | Q(present=True), name="main_barrier_is_present"),
        ]

    def __str__(self) -> str:
        return self.kind


class Interest(models.Model):
    """Something the customer would like: it has an owner, and an answer by a day (E:L2492)."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="interests")
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="interests")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer_by = models.DateField()
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="interest")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["answer_by", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="interest_answered_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Summary(models.Model):
    """What the customer got in writing after a sitting. A correction makes a new version; none is changed."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    said = models.JSONField(help_text="sentences: what was said")
    agreed = models.JSONField(help_text="sentences: who does what, by when")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sitting", "version"]
        constraints = [models.UniqueConstraint(fields=["sitting", "version"], name="one_summary_a_version")]
        triggers = [pgtrigger.Protect(name="summaries_are_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"summary {self.version} of {self.sitting}"


class Correction(models.Model):
    """What the customer says is wrong in a summary: kept beside it, whatever is answered (E:L2844-2846)."""

    ref = models.CharField(max_length=12, unique=True)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="corrections")
    words = models.TextField()
    said_at = models.DateTimeField()
    message = models.CharField(max_length=12, blank=True, help_text="the reference of the message it came by")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return self.words[:60]
