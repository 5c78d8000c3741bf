"""Cases of not attending. What must never happen is refused by the database, gate by gate (see `gates`)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.interviews.models import Appointment, Interview
from waymark.notices.models import Notice
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.sanctions import gates
from waymark.sanctions.enums import (
    Answer,
    BreachKind,
    BreachState,
    ChallengeOutcome,
    Channel,
    LiftedBecause,
    RulingOutcome,
    SanctionState,
)


class Breach(models.Model):
    """One appointment of a compulsory interview that was missed, or not taken part in. Opened by a person."""

    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="breaches")
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="breach")
    kind = models.CharField(max_length=20, choices=BreachKind)
    state = models.CharField(max_length=12, choices=BreachState, default=BreachState.OPEN)
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    miss_number = models.PositiveSmallIntegerField(help_text="which missed interview of the claim it is")
    why = models.TextField(blank=True, help_text="what not taking part was, in the adviser's words")
    reply_by = models.DateField(help_text="the customer has until then to give a reason")
    asked_by_notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    # What the rules asked for on the day it was opened, so that nothing gets easier later.
    attempts_needed = models.PositiveSmallIntegerField()
    ways_needed = models.PositiveSmallIntegerField()
    questions_needed = ArrayField(models.CharField(max_length=60), help_text="codes of reasons/safeguard.csv")
    visit_needed = models.BooleanField(default=False)
    visit_because = models.CharField(max_length=300, blank=True)
    # The customer's own words, and what a person made of them.
    reason_words = models.TextField(blank=True)
    reason_given_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=60, blank=True, help_text="a code of reasons/good_cause.csv")
    cause_good = models.BooleanField(null=True, blank=True)
    cause_why = models.TextField(blank=True)
    cause_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    cause_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(
                fields=["state", "reply_by"],
                condition=Q(state__in=["open", "returned", "referred"]),
                name="breach_under_way",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause_good=None, cause_by=None, cause_at=None)
                | (
                    Q(cause_good__isnull=False, cause_by__isnull=False, cause_at__isnull=False)
                    & ~Q(cause="")
                    & ~Q(cause_why="")
                ),
                name="cause_has_who_when_and_why",
                violation_error_message="Say which reason it is, whether it is a good one, and why.",
            ),
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(state__in=["open", "returned", "referred"]),
                name="one_case_under_way_an_interview",
                violation_error_message="A case about this interview is under way already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_taking_part") | ~Q(why=""),
                name="not_taking_part_says_what_it_was",
                violation_error_message="Write what happened, in your own words.",
            ),
            models.CheckConstraint(
                condition=~Q(state="good_cause") | Q(cause_good=True), name="good_cause_was_found"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["good_cause", "closed", "no_sanction"])
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="breach_closes_with_a_word",
                violation_error_message="Say why the case is closed.",
            ),
            models.CheckConstraint(
                condition=Q(visit_needed=False) | ~Q(visit_because=""), name="visit_says_why"
            ),
            models.CheckConstraint(condition=Q(reply_by__gt=F("opened_on")), name="there_is_time_to_reply"),
        ]
        triggers = [gates.ONLY_COMPULSORY, gates.RULES_NEVER_EASE, gates.SAFEGUARDS_NEVER_EASE]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class Attempt(models.Model):
    """Somebody tried to reach the customer about it."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="attempts")
    channel = models.CharField(max_length=10, choices=Channel)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reached = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True)
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"


class Safeguard(models.Model):
    """An answer to one of the questions about health and vulnerability that come before any consequence."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="safeguards")
    question = models.CharField(max_length=60, help_text="a code of reasons/safeguard.csv")
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.TextField(blank=True)
    asked_of = models.CharField(max_length=100, help_text="whom or what was asked")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["breach", "question"], name="one_answer_a_safeguard")]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class HomeVisit(models.Model):
    """A visit before any consequence (D:L864, P:L686): what was found, or that nobody was in."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="visits")
    planned_for = models.DateTimeField()
    visitor = models.ForeignKey(Post, models.PROTECT, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    met = models.BooleanField(null=True, blank=True)
    found = models.TextField(blank=True)

    class Meta:
        ordering = ["planned_for"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, met=None, found="")
                | (Q(done_on__isnull=False, met__isnull=False) & ~Q(found="")),
                name="visit_done_says_what_was_found",
                violation_error_message="Write what the visit found.",
            )
        ]

    def __str__(self) -> str:
        return f"visit {self.planned_for:%d %b}"


class Bundle(models.Model):
    """What the decision maker gets, frozen: made by a person, when every gate is passed."""

    ref = models.CharField(max_length=12, unique=True)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="bundles")
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    adviser_view = models.TextField()
    proof = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", help_text="the notice of the appointment, as sent"
    )
    paid_now = models.PositiveIntegerField(help_text="pence a week")
    would_be_paid = models.PositiveIntegerField(help_text="pence a week, shown before it is sent (P:L686)")
    content = models.JSONField(help_text="everything the bundle says, as it was")
    pdf = models.BinaryField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(adviser_view=""),
                name="bundle_has_the_advisers_view",
                violation_error_message="Write your own view: the decision maker does not know the customer.",
            )
        ]
        triggers = [
            gates.EVERY_GATE,
            pgtrigger.Protect(name="bundles_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"bundle {self.ref}"


class Ruling(models.Model):
    """What another person decided about a bundle, and why."""

    ref = models.CharField(max_length=12, unique=True)
    bundle = models.OneToOneField(Bundle, models.PROTECT, related_name="ruling")
    outcome = models.CharField(max_length=12, choices=RulingOutcome)
    because = models.TextField(help_text="why, in words the customer may read")
    missing = models.TextField(blank=True, help_text="what is missing, when it is returned")
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(because=""),
                name="ruling_says_why",
                violation_error_message="Write why, in words the customer may read.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(missing=""),
                name="returned_says_what_is_missing",
                violation_error_message="Say what is missing.",
            ),
        ]
        triggers = [
            gates.ANOTHER_PERSON_DECIDES,
            pgtrigger.Protect(name="rulings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.ref}"


class Sanction(models.Model):
    """A reduction: told first, put into effect by a person, never below the floor, lifted as easily as made."""

    ref = models.CharField(max_length=12, unique=True)
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="sanction")
    state = models.CharField(max_length=12, choices=SanctionState, default=SanctionState.NOTIFIED)
    paid_before = models.PositiveIntegerField(help_text="pence a week")
    reduction = models.PositiveIntegerField(help_text="pence a week")
    paid_after = models.PositiveIntegerField(help_text="pence a week")
    floor = models.PositiveIntegerField(help_text="pence a week that are always left")
    starts_on = models.DateField()
    challenge_by = models.DateField()
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Post, models.PROTECT, related_name="+", help_text="the named person to ring")
    in_effect_at = models.DateTimeField(null=True, blank=True)
    in_effect_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_from = models.DateField(null=True, blank=True, help_text="full payment again from this day")
    lifted_because = models.CharField(max_length=15, choices=LiftedBecause, blank=True)
    lifted_words = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    welfare_words = models.TextField(blank=True, help_text="what the call about the change found")
    welfare_at = models.DateTimeField(null=True, blank=True)
    welfare_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_after=F("paid_before") - F("reduction")), name="sanction_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(paid_after__gte=F("floor")),
                name="never_below_the_floor",
                violation_error_message="This would leave the customer with less than is always left.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["lifted", "set_aside"])
                | (Q(lifted_from__isnull=False, lifted_at__isnull=False) & ~Q(lifted_because="")),
                name="lifted_has_day_and_why",
            ),
            # Setting aside is in the customer's favour before anything was taken: it may follow by itself.
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_by__isnull=False), name="lifted_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(welfare_at=None, welfare_by=None, welfare_words="")
                | (Q(welfare_at__isnull=False, welfare_by__isnull=False) & ~Q(welfare_words="")),
                name="welfare_call_says_what_it_found",
                violation_error_message="Write what the call found.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_effect", "lifted"])
                | Q(in_effect_at__isnull=False, in_effect_by__isnull=False),
                name="in_effect_by_a_person",
            ),
        ]
        triggers = [gates.RULED_A_REDUCTION, gates.TOLD_BEFORE_IT_TAKES_EFFECT]

    def __str__(self) -> str:
        return f"sanction {self.ref}"


class Challenge(models.Model):
    """The customer asks for the decision to be looked at again; somebody who did not make it does."""

    ref = models.CharField(max_length=12, unique=True)
    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="challenges")
    asked_on = models.DateField()
    words = models.TextField()
    outcome = models.CharField(max_length=10, choices=ChallengeOutcome, blank=True)
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ruling"],
                condition=Q(decided_at=None),
                name="one_open_challenge_a_ruling",
                violation_error_message="This decision is being looked at again already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="") & ~Q(because="")),
                name="challenge_decided_says_why",
            ),
        ]
        triggers = [gates.ANOTHER_PERSON_RECONSIDERS]

    def __str__(self) -> str:
        return f"challenge {self.ref}"


class PuttingRight(models.Model):
    """A decision that a corrected rule or fact would have made otherwise, with its letter: a draft until released."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="put_right")
    about = models.CharField(max_length=12, help_text="the reference of the decision or the sanction")
    what = models.CharField(max_length=300, help_text="what was decided, in a sentence")
    was = models.CharField(max_length=300)
    would_be = models.CharField(max_length=300)
    because = models.TextField(help_text="what was wrong: the rule or the fact that was corrected")
    pence = models.PositiveIntegerField(default=0, help_text="money that was withheld, as far as it is known")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True, help_text="what was put right, or why nothing was to be")

    class Meta:
        ordering = ["drafted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(settled_at=None),
                name="one_draft_a_decision",
                violation_error_message="A letter about this decision is drafted already.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, words="", notice=None)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(words="")),
                name="put_right_by_a_person_with_a_word",
                violation_error_message="Say what was put right, or why nothing was to be.",
            ),
        ]

    def __str__(self) -> str:
        return f"putting right {self.about}"
