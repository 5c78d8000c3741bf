"""What makes coming hard: an interpreter who is not arranged, times that were changed again and again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from waymark.customers.models import Claim
from waymark.interviews.enums import AppointmentState, CausedBy, HelpKind
from waymark.interviews.holding import rules_for
from waymark.interviews.models import Appointment, HelpToAttend, Interview
from waymark.interviews.series.queries import needs_interpreter

CHANGED = (AppointmentState.MOVED, AppointmentState.CANCELLED)


def interpreter_lacking(interview: Interview) -> str:
    """The language of an interpreter who is needed and not arranged for this interview; empty where all is well."""
    claim = interview.claim
    if not needs_interpreter(claim):
        return ""
    arranged = HelpToAttend.objects.filter(
        interview=interview, kind=HelpKind.INTERPRETER, arranged_on__isnull=False
    )
    return "" if arranged.exists() else str(claim.customer.access_needs.interpreter)


@dataclass(frozen=True)
class Changes:
    """How often the times of a claim were changed: by the customer, by us. `other_pace`: worth another way."""

    by_customer: int
    by_us: int
    other_pace: bool


def changes_of(claim: Claim, on: date) -> Changes:
    """Moves and cancellations of all the claim's interviews, by who caused them (E:L1286-1288, M:L2024-2031)."""
    rows = Appointment.objects.filter(interview__claim=claim, state__in=CHANGED)
    found = dict(rows.order_by().values_list("caused_by").annotate(Count("pk")))
    theirs = found.get(CausedBy.CUSTOMER, 0)
    return Changes(
        theirs,
        found.get(CausedBy.US, 0),
        theirs >= rules_for(claim, on).value("series.moves_before_other_pace"),
    )
