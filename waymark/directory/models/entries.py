"""Organisations, their services, where they are, and whom to ring."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q, Value

from waymark.directory.enums import (
    BenefitEffect,
    Channel,
    ContactDuring,
    Cost,
    Funding,
    Route,
    Sector,
    Taking,
)
from waymark.organisations.models import District, Office, Person


class Organisation(models.Model):
    """Who offers services: public, private, voluntary; ourselves as well (R:L1246-1266)."""

    ref = models.CharField(max_length=12, unique=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, help_text="its identity in published data")
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    sector = models.CharField(max_length=10, choices=Sector, default=Sector.OTHER)
    website = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    office = models.OneToOneField(
        Office, models.PROTECT, null=True, blank=True, related_name="+", help_text="where its people sign in"
    )
    published = models.JSONField(
        default=dict, blank=True, help_text="what it published, as it came: written back at export"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place where a service is given."""

    ref = models.CharField(max_length=12, unique=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="locations")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    travel = models.CharField(max_length=300, blank=True, help_text="how people get there")
    step_free = models.BooleanField(null=True, blank=True)
    published = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["town", "name"]
        indexes = [models.Index(fields=["postcode"], name="location_postcode")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address, self.town, self.postcode) if part)


class Service(models.Model):
    """What an organisation offers to whom: everything an adviser must know before they speak of it (R 3.5, 3.6)."""

    ref = models.CharField(max_length=12, unique=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, help_text="what happens there, in plain words")
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    hours = models.CharField(max_length=300, blank=True)
    approach = models.CharField(
        max_length=300, blank=True, help_text="how they work, what they believe in (R:L351, R:L666)"
    )
    employer_links = models.CharField(
        max_length=300, blank=True, help_text="employers they work with (R:L476)"
    )
    provision = models.CharField(
        max_length=40, blank=True, help_text="a code of reasons/provision.csv, such as cmp or workstep"
    )
    needs = ArrayField(models.CharField(max_length=40), default=list, help_text="codes of reasons/need.csv")
    funding = models.CharField(max_length=15, choices=Funding, default=Funding.NOT_CONTRACTED)
    funder = models.CharField(max_length=200, blank=True)
    funded_until = models.DateField(null=True, blank=True)
    locations = models.ManyToManyField(Location, related_name="services", blank=True)
    districts = models.ManyToManyField(District, related_name="+", blank=True, help_text="none: everywhere")
    postcodes = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, help_text="first parts, none: everywhere"
    )
    area_words = models.CharField(
        max_length=300,
        blank=True,
        help_text="the area as the service names it, where postcodes are not known",
    )

    for_whom = models.CharField(max_length=300, blank=True)
    not_for = models.CharField(max_length=300, blank=True, help_text="exclusions, in words")
    excludes = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="codes of reasons/exclusion.csv: who cannot be taken (R:L627-631)",
    )
    benefits = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="benefits it takes, none: any"
    )
    least_age = models.PositiveSmallIntegerField(null=True, blank=True)
    greatest_age = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(
        max_length=20,
        blank=True,
        help_text="from first steps to ready for a job: a code of reasons/level.csv",
    )

    referred_by = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="roles that may refer, none: any adviser; self for customers themselves",
    )
    route = models.CharField(max_length=10, choices=Route, default=Route.INFORMAL)
    channels = ArrayField(models.CharField(max_length=10, choices=Channel), default=list, blank=True)
    how = models.TextField(blank=True, help_text="how somebody gets a place, in plain words")
    paid_when_referred_by = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="roles whose referral makes the payment due (R:L585), none: it makes no difference",
    )
    form_name = models.CharField(max_length=100, blank=True, help_text="the form it asks for, such as SL2")
    documents = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="codes of reasons/document.csv"
    )
    information = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="codes of reasons/information.csv it needs beyond name and contact (R:L645)",
    )

    taking = models.CharField(max_length=10, choices=Taking, default=Taking.UNKNOWN)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    lasts_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    fees = models.CharField(max_length=300, blank=True, help_text="what the customer pays, in words")
    cost = models.CharField(max_length=10, choices=Cost, default=Cost.NONE)
    benefit_effect = models.CharField(max_length=10, choices=BenefitEffect, default=BenefitEffect.UNKNOWN)
    benefit_words = models.CharField(max_length=300, blank=True)
    contact_during = models.CharField(max_length=15, choices=ContactDuring, default=ContactDuring.AS_USUAL)

    feedback_points = models.CharField(
        max_length=300, blank=True, help_text="when they tell us how it goes (R:L861)"
    )

    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who keeps the entry true"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    added_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    published = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True, help_text="all that is looked through, see rules.words_of")
    search = models.GeneratedField(
        expression=SearchVector("words", config=Value("english")),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    pieces = models.TextField(
        blank=True, help_text="three-letter pieces of its names with spaces between, for words with slips"
    )

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            GinIndex(fields=["search"], name="service_search"),
            GinIndex(fields=["needs"], name="service_needs"),
            GinIndex(fields=["postcodes"], name="service_postcodes"),
            models.Index(fields=["owner", "confirmed_on"], name="service_freshness"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taking=Taking.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(taking=Taking.WITHDRAWN) & Q(withdrawn_on=None)),
                name="service_withdrawn_on_a_day",
                violation_error_message="A withdrawn service needs the day; one that goes on has none.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""),
                name="service_withdrawn_for_a_reason",
                violation_error_message="Say why the service is withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(least_age=None)
                | Q(greatest_age=None)
                | Q(greatest_age__gte=models.F("least_age")),
                name="service_ages_in_order",
                violation_error_message="The greatest age cannot be below the least.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody to ring at an organisation; the link worker is the first (R:L410, R:L1018)."""

    ref = models.CharField(max_length=12, unique=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="contacts")
    name = models.CharField(max_length=100)
    job = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    link_worker = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    public = models.BooleanField(default=False, help_text="may stand in open data")
    published = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-link_worker", "name"]

    def __str__(self) -> str:
        return self.name
