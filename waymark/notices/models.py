"""Notices: what a customer is told in writing, kept as sent. The waiting rows are the outbox."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.notices.enums import Channel, NoticeState, notice_kinds
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion


class Notice(models.Model):
    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30, choices=notice_kinds)
    variant = models.CharField(max_length=20, blank=True, help_text="gentle, for instance; empty: standard")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10, default="en")
    large_print = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel)
    channels = models.CharField(
        max_length=30, default="post,email", help_text="ways it may go, the best first"
    )
    address = models.CharField(max_length=400, help_text="address or number at the time")
    subject = models.CharField(max_length=200)
    content = models.JSONField(help_text="the filled blocks, frozen: what is rendered as HTML and as PDF")
    html = models.TextField()
    pdf = models.BinaryField(null=True, blank=True, help_text="kept when it is sent; a text has none")
    state = models.CharField(max_length=12, choices=NoticeState, default=NoticeState.WAITING)
    queued_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="not before")
    not_after = models.DateTimeField(null=True, blank=True, help_text="of no use later: then it is withdrawn")
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state="waiting"), name="notice_outbox"),
            models.Index(fields=["claim", "-queued_at"], name="notice_of_claim"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state="sent", sent_at__isnull=False) & (Q(pdf__isnull=False) | Q(channel="text"))
                )
                | (~Q(state="sent") & Q(sent_at=None)),
                name="notice_sent_is_kept",
                violation_error_message="A sent notice is kept with its moment and the letter itself.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"
