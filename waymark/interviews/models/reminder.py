"""Reminders of appointments: sent or not, and why not; and when somebody wants none."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.interviews.models.diary import Appointment
from waymark.notices.models import Notice
from waymark.organisations.models import Post


class Reminder(models.Model):
    """One step of the ladder for one appointment, dealt with once: a notice, or why there is none."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=40, help_text="a code of reminders.toml")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="reminder")
    skipped_because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["appointment", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "step"],
                name="one_reminder_a_step",
                violation_error_message="This reminder was dealt with already.",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, skipped_because="")
                | (Q(notice=None) & ~Q(skipped_because="")),
                name="reminder_sent_or_why_not",
                violation_error_message="A reminder is sent, or it is said why not.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.appointment_id}"


class ReminderPause(models.Model):
    """No reminders about a claim until a day has passed, or somebody resumes them."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reminder_pauses")
    until = models.DateField(help_text="the last day without reminders")
    why = models.CharField(max_length=200)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(ended_at=None),
                name="one_open_pause_a_claim",
                violation_error_message="Reminders are paused already.",
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="pause_says_why",
                violation_error_message="Say why there should be no reminders.",
            ),
        ]

    def __str__(self) -> str:
        return f"no reminders until {self.until}"
