"""A changed programme tried on what is there: which claims it touches, and which advice it would change."""

from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.interviews.enums import Standing
from waymark.interviews.models.decision import Decision
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion


class Replay(models.Model):
    """One comparison of a version with the one that holds, on a day. Its lines are kept: they are worked through later."""

    ref = models.CharField(max_length=12, unique=True)
    version = models.ForeignKey(PackVersion, models.PROTECT, related_name="replays")
    against = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="decisions of so many days were put to both versions")
    claims = models.PositiveIntegerField(default=0, help_text="live claims compared")
    decisions = models.PositiveIntegerField(default=0, help_text="decisions put to both versions")
    unreadable = models.PositiveIntegerField(
        default=0, help_text="decisions whose facts one of the versions cannot read"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(version=F("against")),
                name="replay_compares_two_versions",
                violation_error_message="A version is compared with another one.",
            )
        ]

    def __str__(self) -> str:
        return f"replay {self.ref}"


class TouchedClaim(models.Model):
    """A claim for which the two versions differ: the standing, how many interviews, or when the next would follow.

    Afterwards a person settles what the published change means for it; the rules never do it by themselves.
    """

    replay = models.ForeignKey(Replay, models.PROTECT, related_name="touched")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")
    standing_before = models.CharField(max_length=10, choices=Standing)
    standing_after = models.CharField(max_length=10, choices=Standing)
    because_before = models.CharField(max_length=60, help_text="a code of reasons/standing.csv")
    because_after = models.CharField(max_length=60, help_text="a code of reasons/standing.csv")
    total_before = models.PositiveSmallIntegerField()
    total_after = models.PositiveSmallIntegerField()
    next_before = models.DateField(
        null=True, blank=True, help_text="when the following interview would be due"
    )
    next_after = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["replay", "id"]
        indexes = [
            models.Index(fields=["replay"], condition=Q(settled_at=None), name="touched_claim_to_settle")
        ]
        constraints = [
            models.UniqueConstraint(fields=["replay", "claim"], name="claim_once_a_replay"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_how="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_how="")),
                name="touched_claim_settled_by_somebody",
                violation_error_message="What a change means for a claim is settled by a person.",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.claim_id} in {self.replay}"

    @property
    def standing_moves(self) -> bool:
        return self.standing_before != self.standing_after


class TouchedDecision(models.Model):
    """A past decision for which the two versions would advise differently. What was decided stays as it is."""

    replay = models.ForeignKey(Replay, models.PROTECT, related_name="decisions_touched")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    advice_before = models.CharField(max_length=20)
    advice_after = models.CharField(max_length=20)
    row_before = models.CharField(max_length=60, blank=True)
    row_after = models.CharField(max_length=60, blank=True)
    because_before = models.TextField(blank=True)
    because_after = models.TextField(blank=True)

    class Meta:
        ordering = ["replay", "id"]
        constraints = [models.UniqueConstraint(fields=["replay", "decision"], name="decision_once_a_replay")]

    def __str__(self) -> str:
        return f"{self.advice_before} → {self.advice_after}"
