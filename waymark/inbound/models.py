"""What a customer told us. While a message waits for its answer, nobody can act against the customer (P:L1291)."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.inbound.enums import About, Way
from waymark.organisations.models import Post
from waymark.worklist.models import Task


class Message(models.Model):
    """One contact by the customer, or by somebody for them. Nobody logged what they wrote themselves."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="messages")
    way = models.CharField(max_length=10, choices=Way)
    about = models.CharField(max_length=20, choices=About)
    words = models.TextField(blank=True)
    complete = models.BooleanField(default=True, help_text="no: the call broke off, ring back the same day")
    from_name = models.CharField(max_length=100, blank=True, help_text="who it was, if not the customer")
    appointment = models.CharField(
        max_length=12, blank=True, help_text="the reference of the appointment meant"
    )
    received_at = models.DateTimeField()
    logged_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField()
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="message")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    told_by = models.CharField(max_length=10, choices=Way, blank=True, help_text="how the answer went out")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["claim"], condition=Q(answered_at=None), name="message_unanswered"),
            models.Index(fields=["claim", "-received_at"], name="message_of_claim"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="message_read_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="", told_by="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, read_at__isnull=False)
                    & ~Q(answer="")
                    & ~Q(told_by="")
                ),
                name="message_read_then_answered",
                violation_error_message="Read the message first, then write what was answered or done.",
            ),
            models.CheckConstraint(
                condition=~Q(words="")
                | Q(complete=False)
                | ~Q(about__in=["question", "other", "correction"]),
                name="message_has_words",
                violation_error_message="Write what the customer said.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.get_about_display()}"
