"""The record: what was done, by whom, when, why. Only ever added to."""

import pgtrigger
from django.db import models

from waymark.organisations.models import Post
from waymark.record.enums import happenings


class Event(models.Model):
    """One act. `customer_ref` and `claim_ref` are the outside references: the record lies below customers."""

    kind = models.CharField(max_length=40, choices=happenings)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, help_text="empty: Waymark's daily run"
    )
    customer_ref = models.CharField(max_length=12, blank=True)
    claim_ref = models.CharField(max_length=12, blank=True)
    why = models.TextField(blank=True)
    details = models.JSONField(
        default=dict, help_text="the words its sentence needs; never searched, never listed by"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["customer_ref", "-at", "-id"], name="event_of_customer"),
            models.Index(fields=["kind", "-at"], name="event_of_kind"),
        ]
        triggers = [pgtrigger.Protect(name="record_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class Read(models.Model):
    """Who looked at which customer's record, when and through which page."""

    person_ref = models.CharField(max_length=12)
    customer_ref = models.CharField(max_length=12)
    at = models.DateTimeField()
    page = models.CharField(max_length=100)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["customer_ref", "-at"], name="read_of_customer")]
        triggers = [pgtrigger.Protect(name="reads_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_ref} looked at {self.customer_ref}"
