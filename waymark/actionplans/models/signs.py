"""Distance travelled: what was seen of the customer's own progress, by whom, on which day."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.actionplans.enums import Seen, SeenBy
from waymark.customers.models import Claim
from waymark.organisations.models import Post


class Observation(models.Model):
    """One sign of progress as somebody saw it on a day. Only ever added to: setbacks are seen too (M:L3149-3169)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="observations")
    sign = models.CharField(max_length=40, help_text="a code of reasons/sign_of_progress.csv")
    seen = models.CharField(max_length=10, choices=Seen)
    seen_by = models.CharField(max_length=10, choices=SeenBy, default=SeenBy.ADVISER)
    who = models.CharField(max_length=100, help_text="the name of who saw it")
    words = models.CharField(max_length=300, blank=True, help_text="what was seen")
    on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["claim", "sign", "on"], name="sign_of_claim")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(who=""), name="sign_seen_by_somebody", violation_error_message="Say who saw it."
            )
        ]
        triggers = [
            pgtrigger.Protect(name="observations_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.sign}: {self.get_seen_display()}, {self.on}"
