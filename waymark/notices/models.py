"""Notices: what a customer is told in writing, kept as sent. The waiting rows are the outbox."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.notices.enums import Channel, NoticeState, mail_kinds, notice_kinds
from waymark.organisations.models import Office, Post
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
    # A letter that came back told nobody anything (P:L1229).
    came_back_on = models.DateField(null=True, blank=True)
    came_back_reason = models.CharField(
        max_length=60, blank=True, db_default="", help_text="a code of reasons/letter_returned.csv"
    )
    came_back_words = models.CharField(max_length=300, blank=True, db_default="")
    came_back_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    again = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="sent_before", help_text="sent anew as"
    )
    # Who cannot read a letter is told in another way, and that is kept (E:L3053-3061).
    read_aloud_on = models.DateField(null=True, blank=True)
    read_aloud_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    read_aloud_words = models.CharField(
        max_length=300, blank=True, db_default="", help_text="what the customer said to it"
    )

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
            ),
            models.CheckConstraint(
                condition=Q(came_back_on=None, came_back_reason="", came_back_by=None)
                | (
                    Q(came_back_on__isnull=False, state="sent") & ~Q(channel="text") & ~Q(came_back_reason="")
                ),
                name="notice_came_back_says_why",
                violation_error_message="Only what was sent comes back; say why.",
            ),
            models.CheckConstraint(
                condition=Q(read_aloud_on=None, read_aloud_by=None)
                | Q(read_aloud_on__isnull=False, read_aloud_by__isnull=False, state="sent"),
                name="notice_read_aloud_by_somebody",
                violation_error_message="Only what was sent is read out, by somebody.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_came_back_stays_so",
                operation=pgtrigger.UpdateOf("came_back_on"),
                condition=pgtrigger.Condition("OLD.came_back_on IS NOT NULL"),
            ),
            pgtrigger.Protect(
                name="what_was_read_out_stays_so",
                operation=pgtrigger.UpdateOf("read_aloud_on"),
                condition=pgtrigger.Condition("OLD.read_aloud_on IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class Mail(models.Model):
    """An e-mail to a colleague or to somebody of a service. It names no customer: what is meant is behind its link."""

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=30, choices=mail_kinds)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", help_text="who looks after it")
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="+", help_text="what it is about"
    )
    to_name = models.CharField(max_length=100)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text="plain text; {link} stands where the address goes")
    link = models.CharField(
        max_length=200, blank=True, help_text="a path of ours; {secret} stands where its secret goes"
    )
    once = models.CharField(max_length=80, blank=True, help_text="said once under this name, never twice")
    state = models.CharField(max_length=12, choices=NoticeState, default=NoticeState.WAITING)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    try_at = models.DateTimeField(help_text="not before")
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [models.Index(fields=["try_at"], condition=Q(state="waiting"), name="mail_outbox")]
        constraints = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~Q(once=""),
                name="mail_said_once",
                violation_error_message="This e-mail has been written already.",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="mail_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"
