"""What a customer sees of their own way. Every question starts from the customer; nothing is written.

Only what was decided, told or agreed with the customer is read here: no notes, no facts, nobody's opinion.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim, Customer
from waymark.interviews.diary.queries import SlotSearch, slots_to_move_to
from waymark.interviews.enums import AppointmentState, DecisionState, Mode, Privacy, TimeOfDay
from waymark.interviews.models import Appointment, Decision, Interest, Preferences, Summary
from waymark.interviews.queries import InterviewNow, interviews_now
from waymark.interviews.series.queries import Way, adviser_of, preferences_of, way
from waymark.kernel.clock import LONDON, at, day_of
from waymark.kernel.working_days import add_working_days, working_days_between
from waymark.notices import rendering
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.notices.models import Notice
from waymark.organisations import queries as organisations
from waymark.organisations.models import Person
from waymark.programme.queries import Place, Rules, holding
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

# Small messages that say nothing by themselves; what they were about stands on the page.
NO_LETTERS = (NoticeKind.PERSONAL_LINK, NoticeKind.CALL_MISSED)
PER_DAY = 4
MOST_TIMES = 20
NOON = 12
RECENT = timedelta(days=21)


@dataclass(frozen=True)
class Own:
    """A customer's claim and where it stands. `claim` is None for somebody who has none."""

    customer: Customer
    claim: Claim | None
    rules: Rules | None
    way: Way | None
    now: InterviewNow | None
    appointment: Appointment | None
    adviser: Person | None
    next_task: Task | None

    @property
    def live(self) -> bool:
        return self.claim is not None and self.claim.status == ClaimStatus.LIVE

    @property
    def benefit(self) -> str:
        if self.claim is None or self.rules is None:
            return ""
        return self.rules.benefits.get(self.claim.benefit, self.claim.benefit)


def claim_of(customer: Customer) -> Claim | None:
    """The live claim, otherwise the latest. One query."""
    live_first = Case(
        When(status=ClaimStatus.LIVE, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (
        Claim.objects.filter(customer=customer)
        .select_related("office__district", "customer")
        .order_by(live_first, "-claimed_on", "-id")
        .first()
    )


def own(customer: Customer, on: date) -> Own:
    """What stands at the head of the page: the way, what is next, with whom."""
    claim = claim_of(customer)
    if claim is None:
        return Own(customer, None, None, None, None, None, None, None)
    rules = rules_of(claim, on)
    interviews = interviews_now(claim)
    unsettled = [one for one in interviews if one.unsettled]
    return Own(
        customer=customer,
        claim=claim,
        rules=rules,
        way=way(claim, on, rules),
        now=next(iter(unsettled or reversed(interviews)), None),
        appointment=booked(claim),
        adviser=adviser_of(claim),
        next_task=_next_task(claim),
    )


def rules_of(claim: Claim, on: date) -> Rules:
    return holding(claim.programme, on, Place(claim.office.district.code, claim.office.code))


def booked(claim: Claim) -> Appointment | None:
    """The appointment that is next."""
    return (
        Appointment.objects.filter(interview__claim=claim, state=AppointmentState.BOOKED)
        .select_related(
            "interview__claim__customer", "interview__claim__office__district", "adviser", "office"
        )
        .order_by("starts_at")
        .first()
    )


def recent_appointments(customer: Customer, now: datetime) -> list[Appointment]:
    """The appointments somebody may mean when they get in touch: what is booked, and the last weeks."""
    rows = Appointment.objects.filter(
        interview__claim__customer=customer,
        state__in=[AppointmentState.BOOKED, AppointmentState.MISSED, AppointmentState.TOOK_PLACE],
        starts_at__gte=now - RECENT,
    )
    return list(rows.select_related("adviser", "office").order_by("-starts_at"))


def appointment_meant(customer: Customer, ref: str) -> Appointment | None:
    """The appointment a message is about; None when it names none of this customer's."""
    rows = Appointment.objects.filter(interview__claim__customer=customer, ref=ref) if ref else None
    return rows.select_related("adviser").first() if rows is not None else None


def _next_task(claim: Claim) -> Task | None:
    """What we do next for the customer; our own answers and checks are not it."""
    shown = [
        TaskKind.FIRST_CALL,
        TaskKind.CALL_BACK,
        TaskKind.BOOK,
        TaskKind.RECONTACT,
        TaskKind.PRE_CALL,
        TaskKind.FOLLOW_UP,
        TaskKind.HOME_VISIT,
    ]
    tasks = Task.objects.filter(claim=claim, closed_at=None, kind__in=shown)
    return tasks.select_related("person", "team").order_by("due_on", "id").first()


# Another time


def may_move(appointment: Appointment, rules: Rules, now: datetime) -> bool:
    """Whether the customer chooses another time alone: where the programme lets them, and not too near."""
    ahead = working_days_between(day_of(now), day_of(appointment.starts_at), organisations.holidays())
    return bool(rules.value("portal.may_move")) and ahead >= rules.value("portal.move_until_working_days")


def times_for(appointment: Appointment, rules: Rules, now: datetime) -> SlotSearch:
    """Times to choose from, as the customer prefers them, from the day that still leaves time for a letter.

    With the same adviser, unless the customer does not mind or that adviser has no time (M:L1722-1749).
    """
    claim = appointment.interview.claim
    wanted = preferences_of(claim)
    notice = rules.value("timings.notice_of_appointment_working_days")
    first = add_working_days(day_of(now), notice, organisations.holidays())
    wish: dict[str, Any] = {
        "mode": appointment.mode,
        "not_before": max(now, at(first, now.astimezone(LONDON).min.time())),
        "now": now,
        "limit": MOST_TIMES,
        "per_day": PER_DAY,
        **_wish(appointment, wanted),
    }
    found = SlotSearch((), first, False, "")
    if wanted is None or wanted.same_adviser:
        found = slots_to_move_to(appointment, only_with=appointment.adviser, **wish)
    if not found.slots:
        found = slots_to_move_to(appointment, **wish)
    return _at_the_time_of_day(found, wanted)


def _wish(appointment: Appointment, wanted: Preferences | None) -> dict[str, Any]:
    wish: dict[str, Any] = {}
    if appointment.room is not None:
        wish = {"private_room": appointment.room.private, "step_free": appointment.room.step_free}
    if wanted is None:
        return wish
    wish["not_with"] = list(wanted.avoid.all())
    if wanted.privacy == Privacy.PRIVATE and appointment.mode == Mode.OFFICE:
        wish["private_room"] = True
    return wish


def _at_the_time_of_day(found: SlotSearch, wanted: Preferences | None) -> SlotSearch:
    """Only mornings or afternoons where the customer said so, unless that leaves nothing."""
    if wanted is None or wanted.time_of_day == TimeOfDay.ANY:
        return found
    morning = wanted.time_of_day == TimeOfDay.MORNING
    fitting = tuple(s for s in found.slots if (s.starts_at.astimezone(LONDON).hour < NOON) == morning)
    return SlotSearch(fitting or found.slots, found.target_until, found.within_target, found.sentence)


# What was decided, told and agreed


def decisions_about(claim: Claim) -> QuerySet[Decision]:
    """What was decided about the interviews, newest first: only what holds or held."""
    return (
        Decision.objects.filter(
            interview__claim=claim, state__in=[DecisionState.IN_FORCE, DecisionState.ENDED]
        )
        .select_related("interview", "decided_by__team__office")
        .defer("facts", "trace")
        .order_by("-decided_at", "-id")
    )


def letters_to(customer: Customer) -> QuerySet[Notice]:
    """What the customer was sent, newest first."""
    return (
        Notice.objects.filter(claim__customer=customer, state=NoticeState.SENT)
        .exclude(kind__in=NO_LETTERS)
        .defer("content", "html", "pdf")
        .order_by("-sent_at", "-id")
    )


def letter_to(customer: Customer, ref: str) -> Notice:
    """One letter. Raises Notice.DoesNotExist for anybody else's."""
    return letters_to(customer).defer(None).defer("pdf").get(ref=ref)


def letter_pdf(customer: Customer, ref: str) -> bytes:
    """The letter as PDF, as it was kept. Raises Notice.DoesNotExist for anybody else's."""
    notice = letters_to(customer).defer(None).get(ref=ref)
    return bytes(notice.pdf) if notice.pdf else rendering.pdf(notice.content)


def summaries_of(customer: Customer) -> list[Summary]:
    """What was said and agreed at each interview: the last wording of each, newest first, with corrections."""
    rows = (
        Summary.objects.filter(sitting__appointment__interview__claim__customer=customer)
        .select_related("sitting__appointment__interview", "sitting__appointment__adviser")
        .prefetch_related("corrections")
        .order_by("sitting_id", "-version")
        .distinct("sitting_id")
    )
    return sorted(rows, key=lambda one: one.sitting.appointment.starts_at, reverse=True)


def summary_of(customer: Customer, sitting_ref: str) -> Summary:
    """The last wording of one. Raises Summary.DoesNotExist for anybody else's."""
    found = [one for one in summaries_of(customer) if one.sitting.ref == sitting_ref]
    if not found:
        raise Summary.DoesNotExist
    return found[0]


@dataclass(frozen=True)
class Promised:
    """Something we said we would do, by a day, and who does it."""

    words: str
    by_day: date
    who: str


def promised_to(claim: Claim) -> list[Promised]:
    """What we promised and have not done yet, the nearest first. Two queries."""
    tasks = Task.objects.filter(claim=claim, kind=TaskKind.PROMISE, closed_at=None).select_related(
        "person", "team"
    )
    kept = [
        Promised(task.words, task.due_on, task.person.name if task.person else task.team.name)
        for task in tasks
    ]
    asked = [
        Promised(one.words, one.answer_by, one.owner.name)
        for one in Interest.objects.filter(claim=claim, answered_on=None).select_related("owner")
    ]
    return sorted([*kept, *asked], key=lambda one: one.by_day)
