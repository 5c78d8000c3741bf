"""What the passing of a day does to cases: loans come back, questions lapse, contacts are due, nobody is without one."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from waymark.casework import access
from waymark.casework.enums import MeetingState, TransferState
from waymark.casework.models import Case, CaseManager, Meeting, Transfer
from waymark.casework.verbs.cases import name_manager
from waymark.casework.verbs.common import post_of, somebody_here, task_for
from waymark.casework.verbs.contacts import open_contact
from waymark.casework.verbs.transfers import lapse_transfer, return_case
from waymark.customers.models import Stop
from waymark.interviews.holding import rules_for
from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.models import Absence, Person
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

# While one of these is open, somebody will be in touch with the customer anyway.
IN_TOUCH_ANYWAY = (
    TaskKind.FIRST_CALL,
    TaskKind.CALL_BACK,
    TaskKind.FINISH_CALL,
    TaskKind.BOOK,
    TaskKind.REBOOK,
    TaskKind.HOLD_INTERVIEW,
    TaskKind.PRE_CALL,
    TaskKind.RECONTACT,
    TaskKind.SEND_RECONTACT_LETTER,
    TaskKind.HOME_VISIT,
    TaskKind.TRIGGER_MEETING,
    TaskKind.FIND_OUT,
    TaskKind.SERIES_REVIEW,
    TaskKind.FOLLOW_UP,
    TaskKind.NEXT_STEP,
    TaskKind.TAKE_OVER,
    TaskKind.PLAN_HANDOVER,
    TaskKind.CASE_MEETING,
    TaskKind.AFTER_SERVICE,
    TaskKind.CASE_CONTACT,
    TaskKind.STOPPED,
)
# A task far in the future is no contact now: who is seen again in three years is not in touch meanwhile (D:L290).
SOON = timedelta(days=45)
AHEAD_AT_MOST = timedelta(days=31)


def run(on: date, now: datetime) -> dict[str, int]:
    """Run twice it changes nothing."""
    return {
        "cases_came_back": _bring_back(on, now),
        "transfers_lapsed": _lapse(on, now),
        "cases_given_a_manager": _without_somebody_here(on, now),
        "contacts_due": _open_contacts(on, now),
        "meetings_to_move": _meetings_to_move(on, now),
    }


def _bring_back(on: date, now: datetime) -> int:
    """On its day, whether or not anybody thinks of it. Where nobody is left to take it back, one is to be named."""
    over = Transfer.objects.filter(state=TransferState.RUNNING, returns_on__lte=on).select_related(
        "case__claim__office__district", "manager__post__person", "manager__contact"
    )
    back = 0
    for transfer in over:
        try:
            return_case(transfer, by=None, now=now)
        except Refused:
            if transfer.manager is not None:
                transfer.manager.case = transfer.case
                _ask_to_name_one(transfer.manager, on, now)
        else:
            back += 1
    return back


def _lapse(on: date, now: datetime) -> int:
    """Long after the answer was due, by the setting of the customer's place."""
    lapsed = 0
    late = Transfer.objects.filter(state=TransferState.PROPOSED, answer_by__lt=on).select_related(
        "case__claim__office__district"
    )
    holidays = organisations.holidays()
    for transfer in late:
        days: int = rules_for(transfer.case.claim, on).value("casework.transfer_lapses_after_days")
        if transfer.answer_by is not None and add_working_days(transfer.answer_by, days, holidays) <= on:
            lapse_transfer(transfer, now=now)
            lapsed += 1
    return lapsed


def _without_somebody_here(on: date, now: datetime) -> int:
    """Who has changed work or left a service without handing over: the claim's adviser takes it on, or the manager."""
    gone = (
        CaseManager.objects.filter(until=None)
        .filter(Q(post__ends_on__lt=on) | Q(post__person__left_on__lt=on) | Q(contact__until__lt=on))
        .select_related(
            "case__claim__office__district", "case__claim__customer", "post__person", "contact__organisation"
        )
    )
    given = 0
    for manager in gone:
        claim = manager.claim
        person = manager.person
        post = post_of(person, claim, on) if person is not None and person.left_on is None else None
        post = post or somebody_here(claim, on, but_not=person)
        if post is None or access.may_manage(post, on) is not None:
            _ask_to_name_one(manager, on, now)
            continue
        name_manager(
            manager.case, post, why=f"{manager.name} does not do this work any more.", by=None, now=now
        )
        given += 1
    return given


def _ask_to_name_one(manager: CaseManager, on: date, now: datetime) -> None:
    claim = manager.claim
    if claim.tasks.filter(kind=TaskKind.NAME_MANAGER, closed_at=None).exists():
        return
    task_for(
        claim,
        TaskKind.NAME_MANAGER,
        None,
        due_on=on,
        origin=Happened.CASE_MANAGER_CHANGED,
        words=f"{manager.name} does not do this work any more.",
        by=None,
        now=now,
    )


def _open_contacts(on: date, now: datetime) -> int:
    """A contact that is nearly due becomes a task, unless somebody is in touch anyway or contact is stopped."""
    planned = Task.objects.filter(
        claim=OuterRef("claim"), closed_at=None, kind__in=IN_TOUCH_ANYWAY, due_on__lte=on + SOON
    )
    stopped = Stop.objects.filter(customer=OuterRef("claim__customer"), lifted_at=None)
    due = (
        Case.objects.filter(
            ~Exists(planned),
            ~Exists(stopped),
            closed_at=None,
            claim__status="live",
            next_contact_on__lte=on + AHEAD_AT_MOST,
        )
        .select_related("claim__office__district", "claim__customer", "contact_via")
        .order_by(F("next_contact_on"), "id")
    )
    ahead: dict[tuple[str, int], int] = {}
    opened = 0
    for case in due:
        key = (case.claim.programme, case.claim.office_id)
        if key not in ahead:
            ahead[key] = rules_for(case.claim, on).value("casework.contact_ahead_days")
        if case.next_contact_on is not None and case.next_contact_on <= on + timedelta(days=ahead[key]):
            open_contact(case, words="", by=None, now=now)
            opened += 1
    return opened


def _meetings_to_move(on: date, now: datetime) -> int:
    """A colleague who takes part is away on the day, or has left: somebody moves the meeting, or sends another."""
    ahead = (
        Meeting.objects.filter(
            state=MeetingState.PLANNED, starts_at__gt=now, starts_at__lt=now + SOON, case__closed_at=None
        )
        .filter(attendees__post__isnull=False)
        .exclude(case__claim__tasks__in=Task.objects.filter(kind=TaskKind.MOVE_MEETING, closed_at=None))
        .select_related("case__claim__office__district", "case__claim__customer")
        .distinct()
        .order_by("starts_at", "id")
    )
    asked = 0
    for meeting in ahead:
        missing = _cannot_be_there(meeting)
        if missing:
            task_for(
                meeting.case.claim,
                TaskKind.MOVE_MEETING,
                meeting.planned_by,
                due_on=min(on, day_of(meeting.starts_at)),
                origin=Happened.CASE_MEETING_PLANNED,
                words=f"{meeting.get_kind_display()} on {words(day_of(meeting.starts_at))}: {missing} cannot be there.",
                by=None,
                now=now,
            )
            asked += 1
    return asked


def _cannot_be_there(meeting: Meeting) -> str:
    """Who of the colleagues who take part is away or has left; empty when all can come."""
    day = day_of(meeting.starts_at)
    away = Absence.objects.filter(person=OuterRef("pk"), first_day__lte=day, last_day__gte=day)
    gone = Person.objects.filter(posts__in=meeting.attendees.values("post")).filter(
        Q(left_on__isnull=False) | Exists(away)
    )
    return ", ".join(gone.distinct().order_by("name").values_list("name", flat=True))
