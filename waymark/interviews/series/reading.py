"""What the pages of the series show of a claim: what is compulsory and was, help to come, and who did not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waymark.customers.models import Claim
from waymark.customers.queries import MustKnow, claims_visible_to, must_know
from waymark.interviews import access
from waymark.interviews.enums import AppointmentState, Stage
from waymark.interviews.holding import rules_for
from waymark.interviews.models import (
    Appointment,
    Caseload,
    HelpToAttend,
    Interview,
    Requirement,
    Screening,
)
from waymark.interviews.series.queries import (
    Way,
    adviser_of,
    because_of,
    way,
)
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

OPEN = ("due", "booked", "deferred")


@dataclass(frozen=True)
class InSeries:
    """A claim with its rules and its way, for every page of the series."""

    claim: Claim
    rules: Rules
    way: Way
    must_know: MustKnow
    adviser: Person | None

    @property
    def customer(self) -> Any:
        return self.claim.customer


def in_series(post: Post, claim_ref: str, on: date) -> InSeries:
    """A claim by its reference. Raises Claim.DoesNotExist for strangers."""
    claim = (
        claims_visible_to(post)
        .select_related("customer__safe_contact", "customer__access_needs", "office__district")
        .get(ref=claim_ref)
    )
    rules = rules_for(claim, on)
    return InSeries(claim, rules, way(claim, on, rules), must_know(claim.customer, on), adviser_of(claim))


def may_not_ring(found: InSeries) -> Refused | None:
    """Why the number stays hidden, or nothing."""
    return access.may_ring(found.claim, found.must_know.stop)


def requirements(claim: Claim, rules: Rules) -> list[tuple[Requirement, str]]:
    """What was in force and why, the newest first."""
    rows = (
        Requirement.objects.filter(claim=claim).select_related("settled_by__person").order_by("-since", "-id")
    )
    return [(row, because_of(row, rules)) for row in rows]


def settled_by_people(rules: Rules, held: Requirement | None) -> Mapping[str, Any]:
    """The reasons by which a person may settle it otherwise than it stands."""
    return {
        code: reason
        for code, reason in rules.reasons("standing").items()
        if reason.columns["settled_by"] == "person"
        and (held is None or reason.columns["standing"] != held.standing)
    }


def screening_of(claim: Claim) -> Screening | None:
    return Screening.objects.filter(claim=claim).select_related("by__person").first()


def screens(rules: Rules) -> bool:
    """Whether the programme has a screening tool on the day (P:L510)."""
    return bool(rules.value("screening.allowed") == "yes")


def help_of(claim: Claim) -> list[HelpToAttend]:
    """Help to come that was asked for, what waits first."""
    rows = HelpToAttend.objects.filter(interview__claim=claim).select_related(
        "interview", "arranged_by__person"
    )
    return sorted(rows, key=lambda one: (one.arranged_on is not None, one.asked_on))


def help_asked(claim: Claim, ref: str) -> HelpToAttend | None:
    return HelpToAttend.objects.filter(interview__claim=claim, ref=ref).select_related("interview").first()


def open_interview(claim: Claim) -> Interview | None:
    """The interview that is next, compulsory or by choice."""
    return claim.interviews.filter(state__in=OPEN).order_by("number").first()


def missed_last(interview: Interview) -> Appointment | None:
    """The appointment at which nobody came, while the interview waits for another."""
    last = interview.appointments.select_related("adviser", "office").order_by("made_at").last()
    return last if last is not None and last.state == AppointmentState.MISSED else None


def attempts_before(interview: Interview) -> list[Any]:
    """The calls before the letter, newest first."""
    rows = interview.call_attempts.filter(stage=Stage.BEFORE_INTERVIEW)
    return list(rows.select_related("by__person").order_by("-at"))


def handover_of(claim: Claim) -> Caseload | None:
    """The line that gave the claim to its adviser, with what was handed over."""
    lines = Caseload.objects.filter(claim=claim, until=None)
    return lines.select_related("adviser", "given_by__person").first()


def follow_up_of(claim: Claim) -> Task | None:
    """Why somebody is to be in touch."""
    kinds = (TaskKind.FOLLOW_UP, TaskKind.NEXT_STEP)
    return Task.objects.filter(claim=claim, closed_at=None, kind__in=kinds).order_by("due_on").first()


def next_pre_call(interview: Interview) -> datetime | None:
    """When the next call before the letter is proposed."""
    waits = Task.objects.filter(claim=interview.claim_id, closed_at=None, kind=TaskKind.PRE_CALL)
    return waits.values_list("window_from", flat=True).first()
