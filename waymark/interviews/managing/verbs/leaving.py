"""An adviser leaves only when no customer and no appointment is left behind."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from waymark.interviews.announcing import announce_leaving
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment, Caseload
from waymark.interviews.series.queries import caseload
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Person, Post
from waymark.worklist.people import person_leaves

DAY = timedelta(days=1)


@dataclass(frozen=True)
class HeldBack:
    """What must be handed over before somebody can leave."""

    customers: int
    appointments: int

    @property
    def refusal(self) -> Refused | None:
        if self.customers:
            return Refused(
                "customers_with_them",
                f"{_counted(self.customers, 'customer')} still with them.",
                "Their adviser manager hands the customers over first.",
            )
        if self.appointments:
            return Refused(
                "appointments_with_them",
                f"{_counted(self.appointments, 'appointment')} still booked with them after that day.",
                "Their adviser manager moves the appointments first.",
            )
        return None


def what_holds_back(person: Person, on: date) -> HeldBack:
    """Live customers of a person, and appointments booked with them after their last day. Two queries."""
    after = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__gte=at(on + DAY, time(0)))
    as_assessor = after.filter(entries__person=person, entries__live=True).values("pk")
    return HeldBack(
        caseload(person).count(),
        after.filter(adviser=person).union(after.filter(pk__in=as_assessor)).count(),
    )


@transaction.atomic
def adviser_leaves(person: Person, *, on: date, by: Post | None, now: datetime) -> int:
    """The person has left; `on` was their last day. Says how many tasks went back to their teams.

    Refused while customers or later appointments are theirs; lines of claims that have ended are closed.
    """
    refusal = what_holds_back(person, on).refusal
    if refusal is not None:
        raise refusal
    for line in Caseload.objects.select_for_update().filter(adviser=person, until=None):
        line.until = max(on, line.since)
        line.save(update_fields=["until"])
    announce_leaving(person, by=by, now=now)
    return person_leaves(person, on=on, by=by, now=now)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"
