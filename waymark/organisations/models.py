"""Places and people: districts, offices, teams, persons and the posts they hold."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from waymark.organisations.enums import OfficeKind, Role, office_kinds, roles, team_kinds


class District(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A contact centre or a public office."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=office_kinds)
    district = models.ForeignKey(District, models.PROTECT, related_name="offices")
    address = models.CharField(max_length=300)
    telephone = models.CharField(max_length=30, help_text="the number printed in letters: it is answered")
    opens = models.TimeField(default="09:00")
    closes = models.TimeField(default="17:00")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    office = models.ForeignKey(Office, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    private = models.BooleanField(default=True)
    step_free = models.BooleanField(default=True)

    class Meta:
        ordering = ["office", "name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="room_name_once_an_office")]

    def __str__(self) -> str:
        return self.name


class BankHoliday(models.Model):
    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Team(models.Model):
    """Owns tasks. A person may take one, but the team goes on owning it: people leave, work stays."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=team_kinds)
    office = models.ForeignKey(Office, models.PROTECT, related_name="teams")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind"],
                condition=Q(closed_on=None),
                name="one_open_team_a_kind_and_office",
                violation_error_message="This office has an open team of this kind already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who works here and may sign in."""

    ref = models.CharField(max_length=12, unique=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True, help_text="may sign in")
    is_staff = models.BooleanField(default=False, editable=False)
    started_on = models.DateField(help_text="newcomers have their decisions looked at sooner (D:L354)")
    left_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    calendar_key = models.CharField(
        max_length=64, unique=True, help_text="the secret in the calendar feed's address"
    )

    # Filled by `queries.signed_in` for who is asking.
    posts_held: "list[Post]"

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(is_active=False),
                name="who_has_left_cannot_sign_in",
                violation_error_message="A person who has left cannot keep a way to sign in.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used: what a person may do follows from their post."""
        return False

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Post(models.Model):
    """A person in a role in a team, from a day until a day. Every verb is done by a post."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=roles)
    team = models.ForeignKey(Team, models.PROTECT, related_name="posts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person__name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_it_starts",
                violation_error_message="A post cannot end before it starts.",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "team"],
                condition=Q(ends_on=None),
                name="one_open_post_a_role_and_team",
                violation_error_message="This person holds this role in this team already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.get_role_display()}"

    @property
    def office(self) -> Office:
        return self.team.office

    @property
    def works_for_district(self) -> bool:
        """Whether they reach the customers of every office of their district, and not of their own alone."""
        return self.team.office.kind in OfficeKind.of_the_district() or self.role in Role.of_the_district()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Absence(models.Model):
    """Days on which a person is away, and who covers their work meanwhile."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=100)
    cover = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="covering")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="absence_ends_after_it_starts",
                violation_error_message="The last day away cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(cover=F("person")),
                name="nobody_covers_for_themselves",
                violation_error_message="Choose somebody else as cover.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away {self.first_day} to {self.last_day}"
