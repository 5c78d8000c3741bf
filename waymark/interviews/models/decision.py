"""Decisions about an interview, what they put in force, and the second look at them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from waymark.interviews.enums import Authority, CheckState, Choice, DecisionState, Stage
from waymark.interviews.models.conversation import Conversation
from waymark.interviews.models.interview import Interview
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.worklist.models import Task


class Decision(models.Model):
    """Booked, deferred or waived: the advice, the choice, the facts and the rules it rested on, frozen."""

    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="decisions")
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    stage = models.CharField(max_length=20, choices=Stage)
    choice = models.CharField(max_length=10, choices=Choice)
    advice = models.CharField(max_length=10, choices=Choice, blank=True, help_text="empty: not settled")
    reason = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/deferral.csv or waiver.csv"
    )
    because = models.TextField(blank=True, help_text="why, in a sentence the customer may read")
    otherwise_code = models.CharField(max_length=60, blank=True, help_text="why other than advised, a code")
    otherwise_words = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=60, blank=True, help_text="a code of reasons/evidence.csv")
    length_reason = models.TextField(blank=True, help_text="why shorter or longer than is usual")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)
    on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="decisions")
    authority = models.CharField(max_length=20, choices=Authority)
    state = models.CharField(max_length=12, choices=DecisionState)

    class Meta:
        ordering = ["-decided_at"]
        indexes = [
            # With who decided, so that a month's figures of a place are read from the index alone.
            models.Index(fields=["on", "choice"], include=["decided_by"], name="decision_of_day")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="book") | (~Q(reason="") & ~Q(because="")),
                name="decision_has_a_reason",
                violation_error_message="A deferral or a waiver needs its reason.",
            ),
            models.CheckConstraint(
                condition=~Q(choice="defer") | Q(until__gt=F("on")),
                name="deferral_ends_after_today",
                violation_error_message="A deferral ends on a day that is still to come.",
            ),
            models.CheckConstraint(
                condition=~Q(choice="waive") | Q(review_on__gt=F("on")),
                name="waiver_is_looked_at_again",
                violation_error_message="A waiver has a day on which it is looked at again.",
            ),
            models.CheckConstraint(
                condition=Q(choice=F("advice")) | ~Q(otherwise_code=""),
                name="other_than_advised_says_why",
                violation_error_message="Deciding other than advised needs a reason.",
            ),
            models.CheckConstraint(
                condition=~Q(stage="first_contact") | Q(conversation__isnull=False),
                name="first_contact_is_a_conversation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} on {self.on}"


class Check(models.Model):
    """A second person looks at a decision: before it holds, or after."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="check_made")
    task = models.OneToOneField(Task, models.PROTECT, related_name="check_made")
    state = models.CharField(max_length=12, choices=CheckState, default=CheckState.WAITING)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    words = models.TextField(blank=True)
    looked_at_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "reversed"])
                | Q(looked_at_by__isnull=False, looked_at__isnull=False),
                name="check_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="reversed") | ~Q(words=""),
                name="reversal_says_why",
                violation_error_message="Say why the decision is reversed.",
            ),
        ]

    def __str__(self) -> str:
        return f"check of {self.decision}"


class Deferral(models.Model):
    """The interview is put off until a day; before it ends somebody gets in touch."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="deferrals")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="deferral")
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
        help_text="the one it follows",
    )
    in_a_row = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    until = models.DateField()
    recontact_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True, help_text="a code of reasons/recontact_outcome.csv")
    changed = models.TextField(blank=True, help_text="what the customer says has changed")

    class Meta:
        ordering = ["interview", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(ended_on=None),
                name="one_open_deferral_an_interview",
                violation_error_message="This interview is deferred already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    until__gt=F("starts_on"), recontact_on__lte=F("until"), recontact_on__gte=F("starts_on")
                ),
                name="deferral_days_in_order",
                violation_error_message="A deferral starts, is looked at, and ends, in this order.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="deferral_ends_with_outcome",
            ),
            ExclusionConstraint(
                name="deferrals_do_not_overlap",
                expressions=[
                    (Func(F("interview"), F("interview"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(
                            F("starts_on"),
                            Func(F("ended_on"), F("until"), function="coalesce"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                violation_error_message="These deferrals would overlap.",
            ),
        ]

    def __str__(self) -> str:
        return f"deferral until {self.until}"


class Waiver(models.Model):
    """The interview is not required, until a review, or until the customer asks for it."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="waivers")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="waiver")
    starts_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["interview", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(ended_on=None),
                name="one_open_waiver_an_interview",
                violation_error_message="This interview is waived already.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("starts_on")),
                name="waiver_review_comes_later",
            ),
        ]

    def __str__(self) -> str:
        return f"waiver, review {self.review_on}"
