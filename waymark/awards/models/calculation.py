"""Better-off calculations, as they were worked out: what went in, what came out, on which rates."""

import pgtrigger
from django.db import models

from waymark.customers.models import Claim
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion


class Calculation(models.Model):
    """One calculation, never changed: looked at again, it is a new one with the next number (M:L1977-1979)."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="calculations")
    number = models.PositiveSmallIntegerField(help_text="counted for the claim")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=30)
    rates_from = models.DateField(help_text="the day from which the rates it used hold")
    rates_hold = models.BooleanField(help_text="no: the latest there are, but not of this day")
    inputs = models.JSONField(help_text="what went in, as it was entered")
    outcome = models.JSONField(help_text="the lines as they were worked out")
    now_pence = models.IntegerField(help_text="left a week now")
    first_year_pence = models.IntegerField(help_text="left a week in the job, with the credit")
    second_year_pence = models.IntegerField(help_text="left a week in the job, without it")
    starts_on = models.DateField(
        null=True, blank=True, help_text="the first day of the job, where one is known"
    )
    explained = models.BooleanField(default=False, help_text="talked through with the customer")
    customers_words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="calculation_numbered_once")]
        triggers = [
            pgtrigger.Protect(name="calculations_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"better-off calculation {self.number} of {self.claim_id}"
