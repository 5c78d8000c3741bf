"""What colleagues and customers know of services, what is missing, and rows that belong to no single service."""

from django.db import models
from django.db.models import Q

from waymark.customers.models import Claim
from waymark.directory.enums import ChangeKind, Knowledge, LiaisonKind, NeedOrigin, Source, Useful
from waymark.directory.models.entries import Organisation, Service
from waymark.organisations.models import District, Person, Post


class Change(models.Model):
    """News of a service or of all services of an organisation: staff, content, capacity (R:L416, R:L680)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changes")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="changes")
    kind = models.CharField(max_length=15, choices=ChangeKind)
    words = models.TextField()
    on = models.DateField(help_text="from when it holds")
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="change_says_something",
                violation_error_message="Say what has changed.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("on")),
                name="change_ends_after_it_starts",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"


class Experience(models.Model):
    """What a colleague knows of an organisation or a service, and where from (R:L398-404, R:L992-1002)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="experiences")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="experiences")
    source = models.CharField(max_length=20, choices=Source)
    words = models.TextField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-noted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="experience_says_something",
                violation_error_message="Write what you know.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.noted_at:%Y-%m-%d}"


class Liaison(models.Model):
    """A visit, a presentation, an open day: how we keep in touch with an organisation (R:L408-410, R:L1104-1107)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="liaisons")
    kind = models.CharField(max_length=20, choices=LiaisonKind)
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=300, blank=True, help_text="who was there")
    words = models.TextField(blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organisation", "-on"], name="liaison_of_organisation")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"


class Knowing(models.Model):
    """How well a person knows a service, from 1 to 4, and whether they use it much (R:L1542-1545, R:L1653-1662)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="known_by")
    level = models.CharField(max_length=1, choices=Knowledge)
    often = models.BooleanField(default=False, help_text="speaks of it or sends people there often")
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "service"],
                name="knowing_once_a_person_and_service",
                violation_error_message="This person has said already how well they know the service.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.service}, {self.level}"


class CustomerView(models.Model):
    """What a customer thought of a service. Colleagues read the words, never whose they are (R:L782, P18)."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="customer_views")
    claim_ref = models.CharField(max_length=12, blank=True, help_text="not shown beside the words")
    words = models.TextField(blank=True)
    useful = models.CharField(max_length=10, choices=Useful)
    said_on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-said_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_useful_display()}, {self.said_on}"


class UnmetNeed(models.Model):
    """Somebody needed help that is not there: from a search that found nothing, or for want of another option."""

    need = models.CharField(max_length=40, help_text="a code of reasons/need.csv")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    postcode = models.CharField(max_length=8, blank=True, help_text="the first part, where it is known")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=20, choices=NeedOrigin)
    words = models.TextField(blank=True)
    noted_on = models.DateField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-noted_on", "-id"]
        indexes = [models.Index(fields=["district", "need"], name="unmet_need_of_district")]

    def __str__(self) -> str:
        return f"{self.need}, {self.noted_on}"


class Loose(models.Model):
    """A row of published data that belongs to no single service: a taxonomy, a term, or one whose owner is unknown."""

    kind = models.CharField(max_length=40, help_text="the name of its table in the published format")
    uid = models.UUIDField()
    published = models.JSONField()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="loose_row_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
