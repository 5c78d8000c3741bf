"""What happens at the service: who came, how it goes, what is asked; and the way to the service."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.directory.enums import Channel
from waymark.directory.models import Organisation, Service
from waymark.organisations.models import Person, Post
from waymark.referrals import gates
from waymark.referrals.enums import DispatchState, FeedbackKind, NotThere, Through
from waymark.referrals.models.referral import Referral
from waymark.worklist.models import Task


class FromService(models.Model):
    """Who of the service said it, and how: shared by everything a service tells us."""

    said_by = models.CharField(max_length=100)
    through = models.CharField(max_length=10, choices=Through)
    noted_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: by the secure link"
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Attendance(FromService):
    """One day at the service. A record of coming and how long is asked for (R:L792)."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="attendances")
    on = models.DateField()
    came = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    # After somebody was not there: why, and what was agreed. There is no other column, for nothing else follows.
    reason = models.CharField(max_length=60, blank=True, help_text="a code of reasons/not_come.csv")
    agreed = models.CharField(max_length=12, choices=NotThere, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "on"],
                name="one_attendance_a_day",
                violation_error_message="This day has been recorded already.",
            ),
            models.CheckConstraint(
                condition=Q(came=True, reason="", agreed="") | Q(came=False, minutes=None),
                name="attendance_makes_sense",
                violation_error_message="Who was not there stayed no minutes; who was there needs no reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {'came' if self.came else 'was not there'}"


class Feedback(FromService):
    """What was done and what is hoped for. As long as it needs to be (R:L960)."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="feedback")
    kind = models.CharField(max_length=10, choices=FeedbackKind)
    words = models.TextField()
    hoped_for = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [
            gates.HEARD_WITH_CONSENT,
            pgtrigger.Protect(name="feedback_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class ToRead(models.Model):
    """Somebody with an interest that the customer agrees to: the feedback is for them too (R:L412)."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=60, help_text="why they: made the referral, case manager")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person"], condition=Q(read_at=None), name="feedback_unread")]
        constraints = [models.UniqueConstraint(fields=["feedback", "person"], name="one_copy_a_person")]

    def __str__(self) -> str:
        return f"{self.feedback_id} for {self.person_id}"


class Question(FromService):
    """Something the service asks us, or we ask the service; answered by a day."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="questions")
    from_service = models.BooleanField(default=True)
    words = models.TextField()
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="referral_question")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", answered_by="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
                name="question_answered_by_someone",
            )
        ]

    def __str__(self) -> str:
        return self.ref


class ServiceNews(FromService):
    """What an organisation tells us of itself: somebody is away, places have changed (R:L680)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField()
    until = models.DateField(null=True, blank=True)
    touches = models.PositiveIntegerField(default=0, help_text="customers who are with the service")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.words[:60]


class ChangesRead(FromService):
    """Somebody of a service has read what changed on our side, so that the next time only what is new is new."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "changes read"
        indexes = [models.Index(fields=["organisation", "-at"], name="changes_read_of_service")]

    def __str__(self) -> str:
        return f"{self.said_by} {self.at:%Y-%m-%d}"


class Pass(models.Model):
    """A secure link for one organisation and one referral. Only the hash of its secret is kept; it expires."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="passes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="keyed hash of the secret")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="pass_ends_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"link {self.ref}"


class Dispatch(models.Model):
    """A message to a service on its way. It names nobody: what is meant is behind the link or on the paper."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=300)
    about = models.CharField(max_length=20, help_text="referral, reminder, taken_back, answer")
    made_pass = models.ForeignKey(Pass, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=DispatchState, default=DispatchState.WAITING)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state="waiting"), name="dispatch_outbox"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="dispatch_sent_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.ref}"
