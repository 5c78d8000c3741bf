"""What several verbs insist on, and the small words of their events."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from waymark.kernel.refusal import Refused
from waymark.organisations.models import Person, Team

DAY = timedelta(days=1)


def locked(person: Person) -> Person:
    """The person's row, kept from changing until the transaction ends."""
    return Person.objects.select_for_update().get(pk=person.pk)


def save_new(row: models.Model, refusal: Refused) -> None:
    """Insert a row; what the database holds to be there already becomes the refusal."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusal from None


def insist_open(team: Team) -> None:
    if team.closed_on is not None:
        raise Refused("team_closed", f"{team.name} is closed.", "Choose a team that is open.")


def insist_works_here(person: Person) -> None:
    if person.left_on is not None:
        raise Refused(
            "has_left",
            f"{person.name} left on {words(person.left_on)}.",
            "Note first that they have come back.",
        )


def insist_in_order(first: date, last: date) -> None:
    if last < first:
        raise Refused(
            "ends_before_start", "The last day is before the first.", f"Give {words(first)} or a later day."
        )


def today_of(now: datetime) -> date:
    return timezone.localdate(now)


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
