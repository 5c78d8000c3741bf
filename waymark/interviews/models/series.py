"""What a claim demands, and what is agreed about how it is met."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from waymark.customers.models import Claim
from waymark.interviews.enums import CallBefore, HelpKind, Privacy, ScreenedResult, Standing, TimeOfDay
from waymark.interviews.models.diary import Appointment
from waymark.interviews.models.interview import Interview
from waymark.notices.models import Notice
from waymark.organisations.models import Person, Post
from waymark.programme.models import PackVersion


class Requirement(models.Model):
    """Whether the interviews of a claim are compulsory, since when, and why: one row in force a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="requirements")
    standing = models.CharField(max_length=10, choices=Standing)
    because = models.CharField(max_length=60, help_text="a code of reasons/standing.csv")
    words = models.CharField(max_length=300, blank=True)
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["claim", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(until=None), name="one_requirement_in_force_a_claim"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="requirement_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_standing_display()} since {self.since}"


class Screening(models.Model):
    """The result of the screening tool, while a programme had one (P:L510); a person may decide otherwise (P:L489)."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="screening")
    result = models.CharField(max_length=3, choices=ScreenedResult)
    settled = models.CharField(max_length=3, choices=ScreenedResult, help_text="what the person settled")
    why_other = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result=F("settled")) | ~Q(why_other=""),
                name="screening_otherwise_says_why",
                violation_error_message="Settling it other than the tool did needs its reason.",
            )
        ]

    def __str__(self) -> str:
        return f"screened {self.settled}"


class PreCall(models.Model):
    """The call before the letter: reached, not reached, or left out for a reason (E:L389, E:L3261)."""

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="pre_call")
    result = models.CharField(max_length=12, choices=CallBefore)
    reason = models.CharField(max_length=60, blank=True, help_text="a code of reasons/no_call.csv")
    understood = models.CharField(max_length=10, blank=True, help_text="yes, no or unsure")
    needs = models.TextField(blank=True, help_text="what the customer needs to be able to come")
    words = models.TextField(blank=True)
    gentle = models.BooleanField(default=False, help_text="stress can harm: the gentle letter (E:L1226)")
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(result__in=["unreachable", "left_out"]) | ~Q(reason=""),
                name="no_call_says_why",
                violation_error_message="Say why there was no call before the letter.",
            ),
            models.CheckConstraint(
                condition=Q(understood__in=["", "yes", "no", "unsure"]), name="understood_is_said_plainly"
            ),
        ]

    def __str__(self) -> str:
        return f"call before interview {self.interview_id}: {self.result}"


class Concern(models.Model):
    """What worried the customer before the interview, and whether it was put to rest (E:L3231-3241)."""

    pre_call = models.ForeignKey(PreCall, models.PROTECT, related_name="concerns")
    concern = models.CharField(max_length=60, help_text="a code of reasons/concern.csv")
    words = models.CharField(max_length=300, blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pre_call", "concern"], name="concern_once_a_call")]

    def __str__(self) -> str:
        return self.concern


class Preferences(models.Model):
    """How the customer would like to be seen: asked, never inferred (E:L2236-2285). Kept for the claim."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="preferences")
    privacy = models.CharField(max_length=10, choices=Privacy, default=Privacy.NOT_ASKED)
    mode = models.CharField(max_length=10, blank=True, help_text="office, phone, home or outreach")
    time_of_day = models.CharField(max_length=10, choices=TimeOfDay, default=TimeOfDay.ANY)
    not_on = models.CharField(max_length=100, blank=True, help_text="days or hours that are taken, in words")
    medication = models.CharField(max_length=300, blank=True, help_text="what medicine does to the day")
    companion = models.CharField(max_length=100, blank=True)
    same_adviser = models.BooleanField(default=True)
    avoid = models.ManyToManyField(Person, blank=True, related_name="+", help_text="people not to meet")
    other = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"preferences for claim {self.claim_id}"


class HelpToAttend(models.Model):
    """Childcare, travel or an interpreter, asked for beforehand and arranged before the day (M:L5561-5576)."""

    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="help_to_attend")
    kind = models.CharField(max_length=12, choices=HelpKind)
    words = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    arranged_on = models.DateField(null=True, blank=True)
    arranged_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    arrangement = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "kind"],
                condition=Q(arranged_on=None),
                name="help_to_attend_asked_once",
                violation_error_message="This help has been asked for already.",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Caseload(models.Model):
    """Which adviser a claim is with, since when, and what was handed over."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="caseload")
    adviser = models.ForeignKey(Person, models.PROTECT, related_name="caseload")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    handover = models.TextField(blank=True)
    given_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["claim", "since", "id"]
        indexes = [models.Index(fields=["adviser"], condition=Q(until=None), name="caseload_of_adviser")]
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(until=None), name="one_adviser_a_claim"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="caseload_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.claim_id} with {self.adviser}"


class SeriesReview(models.Model):
    """What follows the last interview: a day to be in touch, or an explicit end (E:L2794, M:L1858-1871)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="series_reviews")
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    achieved = models.TextField(
        help_text="what has changed since the first interview, in the customer's words"
    )
    still_hard = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    no_contact_because = models.TextField(blank=True)
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["claim", "on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(follow_up_on__isnull=False) & Q(no_contact_because=""))
                | (Q(follow_up_on=None) & ~Q(no_contact_because="")),
                name="series_ends_with_a_day_or_a_word",
                violation_error_message="Agree a day to be in touch, or say why there will be no further contact.",
            )
        ]

    def __str__(self) -> str:
        return f"review of the series of claim {self.claim_id}"


class WatchedInterview(Interview):
    """Whether an interview is compulsory is settled when it is made, and never after."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Protect(
                name="compulsory_never_changes",
                operation=pgtrigger.UpdateOf("mandatory"),
                condition=pgtrigger.Condition("OLD.mandatory IS DISTINCT FROM NEW.mandatory"),
            )
        ]


class WatchedAppointment(Appointment):
    """While something the customer told us waits for its answer, no appointment is marked as missed (P:L1291)."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="nobody_missed_who_wrote",
                operation=pgtrigger.UpdateOf("state"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.state = 'missed' AND OLD.state <> 'missed'"),
                func="""
                    IF EXISTS (SELECT 1 FROM inbound_message m JOIN interviews_interview i ON i.claim_id = m.claim_id
                                WHERE i.id = NEW.interview_id AND m.answered_at IS NULL) THEN
                        RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_missed_who_wrote',
                                  HINT = 'Read the message and answer it first.';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
