"""Keys: a customer opens their own page with one, and with something only they know."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Customer
from waymark.organisations.models import Post
from waymark.portal.enums import KeyKind


class Key(models.Model):
    """A personal link or a code from a letter. Only its hash is kept; it expires, and it locks after wrong tries."""

    ref = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=4, choices=KeyKind)
    digest = models.CharField(max_length=64, unique=True, help_text="keyed hash of the secret")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=100, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["customer", "-made_at"], name="key_of_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="key_ends_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class WrongTry(models.Model):
    """A try that opened nothing, by where it came from: only a keyed hash of the address, kept for a day."""

    came_from = models.CharField(max_length=64, help_text="keyed hash of the network address")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["came_from", "at"], name="wrong_try_of_address")]

    def __str__(self) -> str:
        return f"wrong try {self.at:%Y-%m-%d %H:%M}"
