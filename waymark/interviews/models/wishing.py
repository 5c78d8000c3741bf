"""What a customer holds against an interview, and the hours in which they cannot come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.interviews.enums import OtherWay, Weekday
from waymark.interviews.models.interview import Interview
from waymark.organisations.models import Post


class Objection(models.Model):
    """The customer is against an interview: why, in their words too, and what was offered instead (E:L2139-2142)."""

    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="objections")
    reason = models.CharField(max_length=60, help_text="a code of reasons/against.csv")
    words = models.TextField(help_text="in the customer's words")
    ways = ArrayField(models.CharField(max_length=20, choices=OtherWay), help_text="what was offered instead")
    on = models.DateField()
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ways__len__gt=0) & ~Q(words=""),
                name="objection_is_answered",
                violation_error_message="Write what the customer says, and offer another way.",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def ways_words(self) -> str:
        """What was offered instead, in words."""
        return "; ".join(str(OtherWay(way).label) for way in self.ways)


class TakenHours(models.Model):
    """Hours of a weekday in which the customer cannot come, such as treatment. Kept for the claim (M:L1423-1431)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="taken_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()
    words = models.CharField(
        max_length=100, blank=True, help_text="why, where the customer wants it to be known"
    )

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = "taken hours"
        constraints = [
            models.UniqueConstraint(fields=["claim", "weekday", "starts"], name="taken_hours_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="taken_hours_end_after_they_begin",
                violation_error_message="These hours end before they begin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M} to {self.ends:%H:%M}"
