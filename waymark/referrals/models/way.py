"""The way to a service: what was offered so that the customer can get there, and what they said (R:L504)."""

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from waymark.organisations.models import Post
from waymark.referrals.enums import WayAnswer, WayHelp
from waymark.referrals.models.referral import Referral
from waymark.worklist.models import Task


class WayOffer(models.Model):
    """Fares, a taxi, somebody who goes along: offered, answered, and arranged where it was taken."""

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="way_offers")
    what = models.CharField(max_length=10, choices=WayHelp)
    words = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=WayAnswer)
    said = models.TextField(blank=True, help_text="what the customer says to it, in their words")
    answered_at = models.DateTimeField(null=True, blank=True)
    arrangement = models.CharField(max_length=300, blank=True)
    arranged_at = models.DateTimeField(null=True, blank=True)
    arranged_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="way_offer")

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "what"],
                condition=Q(answer=WayAnswer.THINKING),
                name="way_offered_once_at_a_time",
                violation_error_message="The customer is still thinking about this offer.",
            ),
            models.CheckConstraint(
                condition=Q(answer=WayAnswer.THINKING, answered_at=None)
                | (~Q(answer=WayAnswer.THINKING) & Q(answered_at__isnull=False)),
                name="way_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(arranged_at=None, arranged_by=None, arrangement="")
                | (
                    Q(answer=WayAnswer.TAKEN, arranged_at__isnull=False, arranged_by__isnull=False)
                    & ~Q(arrangement="")
                ),
                name="way_arranged_when_taken",
                violation_error_message="Only what the customer takes is arranged, and it is said how.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.get_answer_display()}"

    @property
    def what_words(self) -> str:
        """What was offered, in the words it was offered in where there are any."""
        return self.words or capfirst(str(self.get_what_display()))
