"""More appointments than a diary holds: within what the office allows, and never unseen (E:L2299-2317)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from waymark.interviews.diary import queries as diary
from waymark.interviews.diary.queries import day_words, moment
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import AppointmentState, Mode
from waymark.interviews.managing.rules import most_over
from waymark.interviews.models import Appointment
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Office
from waymark.programme.queries import Rules

ON_A_DAY = (AppointmentState.BOOKED, AppointmentState.TOOK_PLACE, AppointmentState.MISSED)


@dataclass(frozen=True)
class DayBooked:
    """A day of an office: appointments within the diaries, and beside them."""

    within: int
    over: int


def booked_on(office_id: int, day: date) -> DayBooked:
    """How many appointments an office has on a day. One query."""
    counted = Appointment.objects.filter(
        office=office_id, starts_at__range=(moment(day, 0), moment(day, 24 * 60)), state__in=ON_A_DAY
    ).aggregate(within=Count("pk", filter=Q(overbooked=False)), over=Count("pk", filter=Q(overbooked=True)))
    return DayBooked(counted["within"], counted["over"])


def insist_on_room_for_more(slot: Slot, rules: Rules) -> None:
    """Refuse to over-book a day beyond the office's setting, and a time at which nobody is booked anyway.

    The office is locked, so that two people do not both take the last place.
    """
    office = Office.objects.select_for_update(no_key=True).get(pk=slot.office_id)
    percent: int = rules.value("limits.overbooking_percent")
    booked = booked_on(office.pk, slot.day)
    if not percent:
        raise Refused(
            "no_overbooking",
            f"{office.name} does not book more than its diaries hold.",
            "Choose a free time.",
        )
    most = most_over(booked.within, percent)
    if booked.over >= most:
        raise Refused(
            "overbooked_enough",
            f"{office.name} may over-book {most} of the {booked.within} appointments of {day_words(slot.day)}"
            f" ({percent} in a hundred), and has {booked.over}.",
            "Choose a free time, or another day.",
        )
    beside = diary.entries_at(slot.adviser_at, slot.ends_at).filter(
        person=slot.adviser_id, appointment__isnull=False, over=False
    )
    if not beside.exists():
        raise Refused(
            "nothing_beside",
            f"{slot.adviser_name} has no appointment then to book beside.",
            "Book the time as a free one, or choose another.",
        )


def times_beside(
    office: Office, day: date, *, kind: str, minutes: int, mode: str = Mode.OFFICE, now: datetime
) -> list[Slot]:
    """The times of a day at which somebody of an office is booked once, to book one more beside. Two queries."""
    booked = (
        Appointment.objects.filter(
            office=office,
            state=AppointmentState.BOOKED,
            starts_at__range=(max(now, moment(day, 0)), moment(day, 24 * 60)),
        )
        .select_related("adviser")
        .order_by("starts_at", "adviser__name")
    )
    twice = {(each.adviser_id, each.starts_at) for each in booked if each.overbooked}
    return [
        Slot(
            office_id=office.pk,
            kind=kind,
            mode=mode,
            starts_at=each.starts_at,
            minutes=minutes,
            adviser_id=each.adviser_id,
            adviser_name=each.adviser.name,
        )
        for each in booked
        if not each.overbooked and not each.with_assessor and (each.adviser_id, each.starts_at) not in twice
    ]
