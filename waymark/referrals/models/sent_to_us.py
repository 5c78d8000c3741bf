"""Somebody a service asks us to see, who may not be a customer of ours at all (R:L617, R:L684)."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.directory.models import Organisation
from waymark.organisations.models import Office, Post
from waymark.referrals.enums import SentAnswer
from waymark.referrals.models.help import FromService, Pass
from waymark.worklist.models import Task


class SentToUs(FromService):
    """A service asks us to see somebody who agrees to it; an adviser answers by a day."""

    ref = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    from_whom = models.CharField(max_length=200, help_text="the service or the person who asks, by name")
    made_pass = models.ForeignKey(Pass, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    reach = models.CharField(max_length=200, help_text="how the person can be reached safely")
    words = models.TextField(help_text="why, and what the person hopes for")
    agreed = models.BooleanField(help_text="the person agrees that we are told")
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=SentAnswer, default=SentAnswer.WAITING)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="sent_to_us")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="sent_to_us")
    answer = models.TextField(blank=True, help_text="what the service reads")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["answer_by", "id"]
        verbose_name_plural = "sent to us"
        indexes = [
            models.Index(
                fields=["office", "answer_by"], condition=Q(state="waiting"), name="sent_to_us_waits"
            ),
            models.Index(fields=["organisation", "-at"], name="sent_to_us_by_service"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=True),
                name="sent_to_us_with_a_yes",
                violation_error_message="Ask the person first: we are told of nobody without their yes.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SentAnswer.WAITING, answer="", answered_at=None, answered_by=None, claim=None
                )
                | (
                    ~Q(state=SentAnswer.WAITING)
                    & ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="sent_to_us_answered_by_someone",
                violation_error_message="An answer has words, and somebody who gives it.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SentAnswer.TAKEN) | Q(claim__isnull=False),
                name="sent_to_us_taken_for_a_claim",
                violation_error_message="Say which customer it is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_whom}: {self.name}"
