"""The conversation with a customer: what was asked, said, answered and noted, saved as it goes."""

from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.interviews.enums import CallState, Direction, Stage
from waymark.interviews.models.interview import Interview
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.worklist.models import Task


class Conversation(models.Model):
    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="conversations")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.FIRST_CONTACT)
    direction = models.CharField(max_length=3, choices=Direction)
    agent = models.ForeignKey(Post, models.PROTECT, related_name="conversations")
    state = models.CharField(max_length=12, choices=CallState, default=CallState.OPEN)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="when the last word was saved")
    finished_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(blank=True)
    current = models.CharField(max_length=60, blank=True, help_text="the question the agent jumped to")
    support_explained_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=~Q(state="finished"),
                name="one_open_conversation_an_interview",
                violation_error_message="There is an unfinished conversation about this interview: resume it.",
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(support_explained_at__lte=F("offered_at")),
                name="support_explained_before_offer",
                violation_error_message="Explain the support first, then offer the interview.",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.ref}"


class Answer(models.Model):
    """One fact as answered. `value` is the fact's JSON text; "skipped" questions have no row."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="answers")
    fact = models.CharField(max_length=60)
    value = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["conversation", "fact"], name="one_answer_a_fact")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"


class Said(models.Model):
    """An item the agent said to the customer: support on offer, or what they must know."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="said")
    item = models.CharField(max_length=60)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["conversation", "item"], name="said_once")]

    def __str__(self) -> str:
        return self.item


class CustomerView(models.Model):
    """The customer's four answers, in their words, or why they were not asked (D:L1255)."""

    conversation = models.OneToOneField(Conversation, models.PROTECT, related_name="view")
    appropriate_now = models.TextField(blank=True)
    when = models.TextField(blank=True)
    return_circumstances = models.TextField(blank=True)
    support_wanted = models.TextField(blank=True)
    not_asked_because = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/not_asked.csv"
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(not_asked_because="")
                | (
                    ~Q(appropriate_now="") & ~Q(when="") & ~Q(return_circumstances="") & ~Q(support_wanted="")
                ),
                name="four_answers_or_why_not",
                violation_error_message="Write down the customer's four answers, or say why they were not asked.",
            )
        ]

    def __str__(self) -> str:
        return f"view of the customer in {self.conversation}"


class Question(models.Model):
    """An agent asks a team leader in mid-conversation; the answer comes back in place (D:L498)."""

    ref = models.CharField(max_length=12, unique=True)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.TextField()
    task = models.OneToOneField(Task, models.PROTECT, related_name="question")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="answer_has_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class CallAttempt(models.Model):
    """A call that was tried: when, how it ended, what the customer asked for."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="call_attempts")
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="call_attempts")
    stage = models.CharField(max_length=20, choices=Stage)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40, help_text="a code of reasons/call_outcome.csv")
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.at:%d %b %H:%M} {self.outcome}"
