"""The interview a claim requires."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.interviews.enums import InterviewState


class Interview(models.Model):
    """Number `number` of the interviews of a claim. Mandatory or voluntary never changes after it is made."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="interviews")
    number = models.PositiveSmallIntegerField()
    mandatory = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=InterviewState, default=InterviewState.DUE)
    due_by = models.DateField(help_text="the day by which it should be held (D:L572)")

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="interview_number_once_a_claim"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=["due", "booked", "deferred"]),
                name="one_interview_at_a_time",
                violation_error_message="This claim has an interview that is not settled yet.",
            ),
        ]

    def __str__(self) -> str:
        return f"interview {self.number} of claim {self.claim_id}"
