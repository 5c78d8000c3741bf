"""Customers, how to reach them safely, who speaks for them, and their claims."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from waymark.customers.enums import ClaimStatus, NoteKind, Route, StopReason
from waymark.organisations.models import Office, Post


class Customer(models.Model):
    """A person the programme is for. The NI number is known, or it is said why it is not."""

    ref = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    ni_number = models.CharField(max_length=9, unique=True, null=True, blank=True)
    ni_unknown_because = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    address_doubtful_since = models.DateField(
        null=True, blank=True, help_text="letters came back from there: none goes there until it is settled"
    )
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    email_doubtful_since = models.DateField(
        null=True, blank=True, help_text="e-mails came back from there: none goes there until it is settled"
    )
    language = models.CharField(max_length=10, default="en-gb")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    name_keys = ArrayField(models.CharField(max_length=40), default=list, help_text="see rules.name_keys")

    class Meta:
        ordering = ["family_name", "given_names"]
        indexes = [
            GinIndex(fields=["name_keys"], name="customer_name_keys"),
            models.Index(Lower("family_name"), Lower("given_names"), name="customer_name"),
            models.Index(fields=["born_on"], name="customer_born"),
            models.Index(fields=["telephone"], condition=~Q(telephone=""), name="customer_telephone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ni_number__isnull=False)
                | ~Q(ni_unknown_because="")
                | Q(merged_into__isnull=False),
                name="ni_number_or_why_not",
                violation_error_message="Give the NI number, or say why it is not known.",
            ),
            models.CheckConstraint(
                condition=Q(ni_number=None) | Q(ni_number__regex=r"^[A-Z]{2}[0-9]{6}[A-D]$"),
                name="ni_number_has_its_shape",
                violation_error_message="An NI number is two letters, six digits and a letter A to D.",
            ),
            models.CheckConstraint(
                condition=~Q(family_name="") & ~Q(given_names=""),
                name="customer_has_a_name",
                violation_error_message="Give a first name and a family name.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


class SafeContact(models.Model):
    """How this customer may be reached without harm. Shown wherever a number is."""

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="safe_contact")
    may_ring = models.BooleanField(default=True)
    may_leave_message = models.BooleanField(default=True)
    may_write = models.BooleanField(default=True)
    may_email = models.BooleanField(default=True)
    # Others see the screen of a telephone: only where the customer has said so.
    may_text = models.BooleanField(default=False)
    ring_from = models.TimeField(null=True, blank=True)
    ring_until = models.TimeField(null=True, blank=True)
    warning = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"safe contact of {self.customer}"


class AccessNeeds(models.Model):
    """What this customer needs to be able to take part (D:L1653, L1753-1772)."""

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="access_needs")
    large_print = models.BooleanField(default=False)
    step_free = models.BooleanField(default=False)
    private_room = models.BooleanField(default=False)
    companion = models.BooleanField(default=False)
    home_visit = models.BooleanField(default=False)
    phone_only = models.BooleanField(default=False)
    cannot_sit_long = models.BooleanField(default=False)
    read_aloud = models.BooleanField(
        default=False, db_default=False, help_text="cannot read letters: they are read to them (E:L3053-3061)"
    )
    interpreter = models.CharField(max_length=60, blank=True, help_text="language, or British Sign Language")
    communication = models.CharField(max_length=200, blank=True)
    other = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"access needs of {self.customer}"


class Representative(models.Model):
    """Somebody who may speak for the customer, may be told, or both."""

    ref = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="representatives")
    name = models.CharField(max_length=100)
    relationship = models.CharField(max_length=60)
    telephone = models.CharField(max_length=20, blank=True)
    may_speak_for = models.BooleanField(default=False)
    may_be_told = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_speak_for=True) | Q(may_be_told=True),
                name="representative_may_do_something",
                violation_error_message="Say whether this person may speak for the customer, be told, or both.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.relationship})"


class Note(models.Model):
    """Words about a customer. A restricted one is read by those who need it; the customer may see others."""

    ref = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=20, choices=NoteKind, default=NoteKind.ORDINARY)
    text = models.TextField()
    written_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["customer", "-written_at"], name="note_of_customer")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.customer}"


class Stop(models.Model):
    """While a stop is open no queued call or letter goes out (bereavement, illness: D:L288-290, L1563)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="stops")
    reason = models.CharField(max_length=30, choices=StopReason)
    words = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    look_again_on = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(lifted_at=None),
                name="one_open_stop_a_customer",
                violation_error_message="Contact is stopped for this customer already.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="stop_lifted_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"stop: {self.get_reason_display()}"


class Claim(models.Model):
    """A claim for benefit. While it is live it has an open, owned, dated task: the database sees to it."""

    ref = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="claims")
    programme = models.SlugField(max_length=60, help_text="which programme pack holds")
    benefit = models.CharField(max_length=40, help_text="a benefit code of the pack")
    group = models.CharField(max_length=40, help_text="a group code of the pack")
    office = models.ForeignKey(Office, models.PROTECT, related_name="claims")
    claimed_on = models.DateField()
    period_from = models.DateField()
    period_until = models.DateField(
        null=True, blank=True, help_text="given when the claim is for a closed period"
    )
    route = models.CharField(max_length=10, choices=Route)
    status = models.CharField(max_length=10, choices=ClaimStatus, default=ClaimStatus.LIVE)
    ended_on = models.DateField(null=True, blank=True)
    end_code = models.CharField(
        max_length=60, blank=True, db_default="", help_text="a code of reasons/claim_end.csv"
    )
    end_reason = models.CharField(max_length=200, blank=True)
    told_of_end = models.BooleanField(null=True, help_text="in writing; empty where nobody was to be told")
    source_key = models.CharField(
        max_length=80, unique=True, null=True, blank=True, help_text="the sender's own key"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-claimed_on", "-id"]
        indexes = [
            models.Index(fields=["office", "status", "-claimed_on"], name="claim_of_office"),
            # Whom an office reaches, without looking at the claims themselves.
            models.Index(fields=["customer", "office"], name="claim_reach"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="live", ended_on=None) | Q(status="ended", ended_on__isnull=False),
                name="claim_ends_on_a_day",
                violation_error_message="A claim that has ended has the day of its end; a live one has none.",
            ),
            models.CheckConstraint(
                condition=Q(status="live") | ~Q(end_reason=""),
                name="claim_end_says_why",
                violation_error_message="Say why the claim ended.",
            ),
            models.CheckConstraint(
                condition=Q(period_until=None) | Q(period_until__gte=F("period_from")),
                name="claim_period_in_order",
                violation_error_message="The period claimed for cannot end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def wholly_retrospective_on(self, day: date) -> bool:
        """The whole period claimed for lies before `day` (D:L286)."""
        return self.period_until is not None and self.period_until < day


class BenefitChange(models.Model):
    """A claim moves from one benefit to another: what it was, what it became, and why (D:L1986-1998)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="benefit_changes")
    old_benefit = models.CharField(max_length=40)
    new_benefit = models.CharField(max_length=40)
    on = models.DateField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.old_benefit} to {self.new_benefit}"
