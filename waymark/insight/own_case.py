"""What a customer sees when they did not come: what happened, what is not decided yet, what was decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from waymark.customers.models import Customer
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment
from waymark.sanctions.enums import UNDER_WAY, BreachState, SanctionState
from waymark.sanctions.models import Breach, Challenge, Ruling, Sanction

SHOWN_AFTERWARDS = timedelta(days=60)
STILL_HOLDS = (SanctionState.NOTIFIED, SanctionState.IN_EFFECT)


@dataclass(frozen=True)
class Case:
    """An appointment that was missed, with the case of it where a person opened one."""

    appointment: Appointment
    breach: Breach | None
    ruling: Ruling | None
    sanction: Sanction | None
    challenge: Challenge | None

    @property
    def stage(self) -> str:
        """missed, asked, with_decider, nothing or reduction: what the customer has to know of it."""
        if self.breach is None:
            return "missed"
        if self.sanction is not None:
            return "reduction"
        if self.breach.state in {BreachState.REFERRED, BreachState.RETURNED}:
            return "with_decider"
        return "asked" if self.breach.state in UNDER_WAY else "nothing"

    @property
    def took_no_part(self) -> bool:
        return self.breach is not None and self.breach.kind == "not_taking_part"


def case_of(customer: Customer, on: date) -> Case | None:
    """The case that matters now: under way, in force, or over since not long ago; else a missed appointment."""
    breach = (
        Breach.objects.filter(interview__claim__customer=customer)
        .filter(
            Q(state__in=UNDER_WAY)
            | Q(closed_on__gte=on - SHOWN_AFTERWARDS)
            | Exists(
                Sanction.objects.filter(ruling__bundle__breach=OuterRef("pk")).filter(
                    Q(state__in=STILL_HOLDS) | Q(lifted_from__gte=on - SHOWN_AFTERWARDS)
                )
            )
        )
        .select_related("appointment__adviser", "appointment__office", "interview__claim")
        .order_by("-opened_at")
        .first()
    )
    if breach is not None:
        return _whole(breach)
    missed = _missed(customer)
    return Case(missed, None, None, None, None) if missed is not None else None


def _whole(breach: Breach) -> Case:
    ruling = (
        Ruling.objects.filter(bundle__breach=breach)
        .select_related("decided_by__team__office")
        .order_by("-decided_at")
        .first()
    )
    sanction = (
        Sanction.objects.filter(ruling__bundle__breach=breach)
        .select_related("contact__person", "contact__team__office")
        .order_by("-starts_on")
        .first()
    )
    challenge = (
        Challenge.objects.filter(ruling=ruling).order_by("-asked_on", "-id").first()
        if ruling is not None
        else None
    )
    return Case(breach.appointment, breach, ruling, sanction, challenge)


def _missed(customer: Customer) -> Appointment | None:
    """A compulsory interview that was missed and has no other time yet."""
    return (
        Appointment.objects.filter(
            interview__claim__customer=customer,
            interview__claim__status="live",
            interview__mandatory=True,
            interview__state="due",
            state=AppointmentState.MISSED,
        )
        .select_related("interview__claim", "adviser", "office")
        .order_by("-starts_at")
        .first()
    )
