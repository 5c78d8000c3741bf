"""What is to be paid, and the files in which it was. An instalment is paid once or never."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from waymark.awards import guards
from waymark.awards.enums import HeldBecause
from waymark.awards.models.award import Award
from waymark.organisations.models import Post


class Batch(models.Model):
    """The payments of a day in one file, kept as it was made: made again, it is the same."""

    on = models.DateField(unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    lines = models.PositiveIntegerField()
    pence = models.PositiveBigIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-on"]
        triggers = [pgtrigger.Protect(name="batches_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"payments of {self.on}"


class Instalment(models.Model):
    """A sum that falls due. `dropped_at`: the award stopped before it."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    covers_from = models.DateField()
    covers_until = models.DateField()
    due_on = models.DateField()
    pence = models.PositiveIntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="instalments")
    paid_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    # It waits, and says why; a person may let it go all the same.
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=12, choices=HeldBecause, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    released_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(batch=None, dropped_at=None), name="instalment_to_pay"
            ),
            models.Index(
                fields=["held_at", "id"], condition=Q(held_at__isnull=False), name="instalment_held"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="instalment_numbered_once"),
            models.CheckConstraint(
                condition=Q(pence__gt=0),
                name="instalment_is_a_sum",
                violation_error_message="An instalment of nothing is none.",
            ),
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from")), name="instalment_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(batch=None, paid_at=None) | Q(batch__isnull=False, paid_at__isnull=False),
                name="instalment_paid_in_a_batch",
                violation_error_message="What is paid is in a file of payments.",
            ),
            models.CheckConstraint(
                condition=Q(batch=None) | Q(dropped_at=None),
                name="instalment_paid_or_dropped",
                violation_error_message="What has been paid cannot be dropped.",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_because="") | (Q(held_at__isnull=False) & ~Q(held_because="")),
                name="instalment_held_for_a_reason",
                violation_error_message="A payment that waits says why.",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(batch=None, dropped_at=None),
                name="instalment_held_is_to_pay",
                violation_error_message="What is paid or not due any more does not wait.",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, released_why="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(released_why="")),
                name="instalment_released_by_someone_who_says_why",
                violation_error_message="Say why it is paid all the same.",
            ),
            ExclusionConstraint(
                name="no_week_is_paid_twice",
                expressions=[
                    (Func(F("award"), F("award"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("covers_from"), F("covers_until"), Value("[]"), function="daterange"), "&&"),
                ],
                violation_error_message="These days are paid for already.",
            ),
        ]
        triggers = [guards.PAID_ONCE]

    def __str__(self) -> str:
        return f"instalment {self.number} of {self.award_id}"
