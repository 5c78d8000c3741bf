"""Diaries: when people work, and what fills their time. The database keeps everybody out of two places."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from waymark.interviews.enums import AppointmentState, CausedBy, Mode
from waymark.interviews.models.interview import Interview
from waymark.organisations.models import Office, Person, Post, Room


class WorkingPattern(models.Model):
    """Hours of a weekday in which a person takes appointments, and of which sort."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="working_patterns")
    office = models.ForeignKey(Office, models.PROTECT, related_name="working_patterns")
    weekday = models.PositiveSmallIntegerField(help_text="0 Monday to 6 Sunday")
    starts = models.TimeField()
    ends = models.TimeField()
    in_office = models.BooleanField(default=True)
    by_phone = models.BooleanField(default=True)
    at_home = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_one_of_seven"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="hours_in_order",
                violation_error_message="The hours end after they start.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.weekday} {self.starts}-{self.ends}"


class Appointment(models.Model):
    """A visit: one meeting, or a financial assessor and then an adviser, told to the customer as one."""

    ref = models.CharField(max_length=12, unique=True)
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=40, help_text="an appointment kind of the pack")
    mode = models.CharField(max_length=10, choices=Mode)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    adviser = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="appointments")
    with_assessor = models.BooleanField(default=False)
    overbooked = models.BooleanField(
        default=False, help_text="beyond what the diary holds; limited and shown (E:L2312)"
    )
    state = models.CharField(max_length=12, choices=AppointmentState)
    held_until = models.DateTimeField(null=True, blank=True)
    moved_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="moved_to")
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    caused_by = models.CharField(max_length=10, choices=CausedBy, blank=True)
    reason = models.CharField(
        max_length=60, blank=True, help_text="a code of reasons/appointment_cancelled.csv"
    )
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["adviser", "starts_at"], name="appointment_of_adviser")]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(state="booked"),
                name="one_booked_appointment_an_interview",
                violation_error_message="This interview has an appointment already: move it.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["moved", "cancelled"]) | (~Q(caused_by="") & ~Q(reason="")),
                name="moved_or_cancelled_says_who_and_why",
                violation_error_message="Say who caused the change, and why.",
            ),
            models.CheckConstraint(
                condition=~Q(overbooked=True) | ~Q(state="held"), name="overbooked_is_never_kept_free"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False),
                name="kept_free_until_a_moment",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%d %b %H:%M}"


class DiaryEntry(models.Model):
    """A stretch of a person's time, and of a room's: an appointment, or something else."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="diary_entries")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="diary_entries")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    during = DateTimeRangeField()
    what = models.CharField(max_length=100, blank=True)
    meeting = models.CharField(
        max_length=12,
        blank=True,
        db_default="",
        default="",
        help_text="the reference of a meeting about a customer, which casework keeps",
    )
    live = models.BooleanField(default=True)
    over = models.BooleanField(
        default=False, help_text="of an over-booked appointment: it may stand beside another (E:L2312)"
    )

    class Meta:
        ordering = ["during"]
        # Diaries are read from a day on: what has ended long ago is not touched.
        indexes = [
            models.Index(
                F("person"),
                Func(F("during"), function="upper"),
                condition=Q(live=True),
                name="entry_of_person_by_end",
            ),
            models.Index(
                F("room"),
                Func(F("during"), function="upper"),
                condition=Q(live=True, room__isnull=False),
                name="entry_of_room_by_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(over=False) | Q(appointment__isnull=False),
                name="only_appointments_are_overbooked",
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False) | ~Q(what=""),
                name="diary_entry_says_what",
            ),
            models.CheckConstraint(
                condition=Q(appointment=None) | Q(meeting=""), name="a_meeting_is_no_appointment"
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=~Q(meeting=""),
                name="a_meeting_stands_in_a_diary_once",
            ),
            ExclusionConstraint(
                name="nobody_is_in_two_places",
                expressions=[
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
                    ("during", "&&"),
                ],
                condition=Q(live=True, over=False),
                violation_error_message="That time has just been taken. Choose another.",
            ),
            ExclusionConstraint(
                name="no_room_is_used_twice",
                expressions=[
                    (Func(F("room"), F("room"), Value("[]"), function="int8range"), "&&"),
                    ("during", "&&"),
                ],
                condition=Q(live=True, room__isnull=False),
                violation_error_message="That room has just been taken. Choose another time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.during}"
