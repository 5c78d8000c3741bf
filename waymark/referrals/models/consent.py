"""What may be told to whom, and what has been told."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.directory.models import Service
from waymark.organisations.models import Post
from waymark.referrals import gates
from waymark.referrals.enums import Given
from waymark.referrals.models.referral import Referral


class Item(models.Model):
    """A piece of information for a service, drafted until it is sent. Nothing of it has left."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="items")
    code = models.CharField(max_length=60, help_text="a code of reasons/information.csv")
    value = models.TextField(blank=True)
    wanted = models.BooleanField(default=True, help_text="the service needs it")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["referral", "code"], name="one_item_a_code")]

    def __str__(self) -> str:
        return self.code


class Consent(models.Model):
    """The customer's yes: this item, this service, until it is taken back (R:L645)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="consents")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", help_text="who wrote it down"
    )
    how = models.CharField(max_length=10, choices=Given)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_how = models.CharField(max_length=10, choices=Given, blank=True)

    class Meta:
        ordering = ["given_at", "id"]
        indexes = [models.Index(fields=["service", "claim"], name="consent_of_service")]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "service", "item"],
                condition=Q(withdrawn_at=None),
                name="one_open_consent",
                violation_error_message="The customer has agreed to this already.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_how="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_how="")),
                name="consent_withdrawn_somehow",
            ),
        ]
        triggers = [gates.CONSENT_STAYS, gates.WITHDRAWN_ONCE]

    def __str__(self) -> str:
        return f"{self.item} to {self.service_id}"


class Sent(models.Model):
    """One item told to the service of a referral, as it was told. Kept as it is."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="sent")
    item = models.CharField(max_length=60)
    value = models.TextField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "item", "sent_at"], name="sent_once_at_a_time")
        ]
        triggers = [
            gates.ONLY_WITH_CONSENT,
            pgtrigger.Protect(name="sent_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.referral_id}"
