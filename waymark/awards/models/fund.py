"""The adviser discretion fund of an office and year. Its ledger is only added to, and it cannot be overspent."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.awards import guards
from waymark.awards.enums import EntryKind
from waymark.awards.models.award import Award
from waymark.organisations.models import Office, Post


class Fund(models.Model):
    """`left_pence` is what the ledger adds up to: the database keeps it, line by line, and never below nothing."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="funds")
    year = models.PositiveSmallIntegerField(help_text="the year in which it begins, on 1 April")
    left_pence = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-year", "office__name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="one_fund_an_office_and_year"),
            models.CheckConstraint(
                condition=Q(left_pence__gte=0),
                name="fund_is_never_overspent",
                violation_error_message="The fund has not enough left.",
            ),
        ]
        triggers = [guards.LEFT_COMES_FROM_THE_LEDGER]

    def __str__(self) -> str:
        return f"fund of {self.office} {self.year}"


class Entry(models.Model):
    """A line of the ledger. What goes out is below nothing, what comes in above."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind)
    pence = models.BigIntegerField()
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="entries")
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["fund", "-at", "-id"], name="entry_of_fund")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="put_in", pence__gt=0, award=None)
                | Q(kind="taken_out", pence__lt=0, award=None)
                | Q(kind="promised", pence__lt=0, award__isnull=False)
                | Q(kind="given_back", pence__gt=0, award__isnull=False),
                name="entry_has_its_sign_and_award",
                violation_error_message="What is promised goes out for an award; what is put in is for none.",
            ),
            models.UniqueConstraint(
                fields=["award", "kind"],
                condition=Q(award__isnull=False),
                name="promised_and_given_back_once",
                violation_error_message="That is in the ledger already.",
            ),
        ]
        triggers = [
            guards.NEVER_OVERSPENT,
            pgtrigger.Protect(name="ledger_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pence / 100:.2f}"
