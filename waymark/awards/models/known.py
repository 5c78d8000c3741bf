"""What is known of a customer for the money they could have, and what became of offering it. Only added to."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.awards.enums import Answer, AwardKind
from waymark.customers.models import Claim
from waymark.organisations.models import Post

KEPT = pgtrigger.Update | pgtrigger.Delete


class Known(models.Model):
    """One answer to one question of the pack's facts; the newest counts, the older ones stay readable."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="award_answers")
    fact = models.CharField(max_length=60, help_text="a name of facts.toml")
    value = models.CharField(max_length=60, help_text="as the facts are written: yes, 20, not known")
    job_ref = models.CharField(max_length=12, blank=True, help_text="of the job it was taken from")
    said_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [models.Index(fields=["claim", "fact", "-said_at", "-id"], name="known_newest")]
        triggers = [pgtrigger.Protect(name="answers_are_kept", operation=KEPT)]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"


class Offer(models.Model):
    """Whether a kind of money was offered, and what the customer said: their choice, without a consequence."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="award_offers")
    kind = models.CharField(max_length=30, choices=AwardKind)
    answer = models.CharField(max_length=20, choices=Answer)
    not_mentioned_because = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/award_not_mentioned.csv"
    )
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["claim", "kind", "-made_at"], name="offer_of_claim")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="not_mentioned") ^ Q(not_mentioned_because=""),
                name="not_mentioned_says_why",
                violation_error_message="Say why it was not mentioned.",
            )
        ]
        triggers = [pgtrigger.Protect(name="offers_are_kept", operation=KEPT)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"
