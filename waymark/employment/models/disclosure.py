"""What a customer was told about telling an employer of their health, and what they decided."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.employment.enums import Disclosing
from waymark.organisations.models import Post


class Disclosure(models.Model):
    """One talk about disclosure holds for a claim, whoever sees the customer next.

    Two advisers once gave one customer opposite advice (M:L2911-2913). So the first talk is shown to the second
    adviser; saying otherwise needs the reason, and the customer hears why.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="disclosures")
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ways_shown = models.BooleanField(default=False, help_text="all the ways were put neutrally")
    law_named = models.BooleanField(default=False, help_text="the law on disability at work was named")
    advice = models.TextField(help_text="what was said, so that the next adviser says the same")
    decided = models.CharField(max_length=12, choices=Disclosing, default=Disclosing.UNDECIDED)
    whom = models.CharField(max_length=200, blank=True, help_text="who is to be told, or who was")
    words = models.TextField(blank=True, help_text="the customer's own words")
    otherwise = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    otherwise_why = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(until=None),
                name="one_advice_on_disclosure_a_claim",
                violation_error_message="There is advice on disclosure already. Read it; say why, if you say otherwise.",
            ),
            models.CheckConstraint(
                condition=Q(otherwise=None, otherwise_why="")
                | (Q(otherwise__isnull=False) & ~Q(otherwise_why="")),
                name="other_advice_says_why",
                violation_error_message="Say why the advice is another than before.",
            ),
            models.CheckConstraint(
                condition=~Q(advice=""),
                name="disclosure_has_advice",
                violation_error_message="Write what was said.",
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure, {self.on}"
