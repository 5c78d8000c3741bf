"""Contacts between interviews, questions to a service before a referral, and why a case was kept (R 3.3, 3.7a)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from waymark.casework.enums import BegunBy, ContactChannel, LedTo, Purpose, With
from waymark.casework.models.cases import Case
from waymark.directory.models import Contact, Service
from waymark.organisations.models import Post
from waymark.worklist.models import Task


class ContactMade(models.Model):
    """One call or talk outside the interviews: with whom, how, who began it, how long, what for (R:L780, R:L1116)."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts_made")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    whom = models.CharField(max_length=10, choices=With, default=With.CUSTOMER)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=ContactChannel)
    begun_by = models.CharField(max_length=10, choices=BegunBy, default=BegunBy.US)
    purpose = models.CharField(max_length=12, choices=Purpose)
    minutes = models.PositiveSmallIntegerField(default=0)
    reached = models.BooleanField(default=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["case", "-at"], name="contact_of_case"),
            models.Index(fields=["by", "-at"], name="contact_by_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact=None) | ~Q(whom=With.CUSTOMER), name="customer_is_no_contact_of_a_service"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="contacts_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} on {self.at:%Y-%m-%d}"


class Enquiry(models.Model):
    """A question to a service before anybody is referred: is it right for this customer? (R:L384, R:L631)

    Without the customer's name it needs nothing of them; with it, their yes.
    """

    ref = models.CharField(max_length=12, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="enquiries")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="enquiries")
    named = models.BooleanField(default=False, help_text="the service was told who the customer is")
    consented_on = models.DateField(null=True, blank=True)
    question = models.TextField()
    channel = models.CharField(max_length=10, choices=ContactChannel)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answer_by = models.DateField()
    answer = models.TextField(blank=True)
    answered_name = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    led_to = models.CharField(max_length=15, choices=LedTo, default=LedTo.OPEN, blank=True)
    led_to_why = models.CharField(max_length=300, blank=True)
    referral_ref = models.CharField(max_length=12, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="enquiry")

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=Q(named=False, consented_on=None)
                | Q(named=True, consented_on__isnull=False, case__isnull=False),
                name="named_only_with_consent",
                violation_error_message="Ask without the name, or say on which day the customer agreed to be named.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="enquiry_has_a_question",
                violation_error_message="Write what you asked.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="enquiry_answered_in_words",
                violation_error_message="Write what they answered.",
            ),
            models.CheckConstraint(
                condition=~Q(led_to=LedTo.NOT_REFERRED) | ~Q(led_to_why=""),
                name="no_referral_says_why",
                violation_error_message="Say why there is no referral.",
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.ref}"


class KeptWhy(models.Model):
    """Why a case that seems to be one for a disability adviser stays where it is (R:L581, R:L1010)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="kept_because")
    reason = models.CharField(max_length=40, help_text="a code of reasons/disability_adviser.csv")
    words = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "reasons kept"
        triggers = [
            pgtrigger.Protect(name="reasons_kept_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.case_id} kept: {self.reason}"
