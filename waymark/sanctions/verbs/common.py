"""What several verbs of a case share: the row held, the next step, the letter, the interview to be booked again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from waymark.customers.models import Claim
from waymark.interviews.enums import InterviewState
from waymark.interviews.models import Interview
from waymark.interviews.verbs.appointments import to_be_booked
from waymark.interviews.verbs.common import owner_after, rules_for, team
from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.rules import NO_WAY
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.sanctions.enums import BREACH_LIFE, CASE_TASKS, BreachState
from waymark.sanctions.models import Breach, Ruling, Sanction
from waymark.sanctions.queries.gates import gates_of, unanswered
from waymark.sanctions.rules import shut
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_tasks, open_task

WHOLE = (
    "interview__claim__customer",
    "interview__claim__office__district",
    "appointment__adviser",
    "appointment__office",
    "opened_by__person",
    "opened_by__team__office",
    "cause_by__person",
    "asked_by_notice",
)


def lock(breach: Breach) -> Breach:
    """The case with all that is asked about it, held, and its claim with it, against others."""
    Claim.objects.select_for_update().get(pk=breach.interview.claim_id)
    return Breach.objects.select_for_update(of=("self",)).select_related(*WHOLE).get(pk=breach.pk)


def lock_sanction(sanction: Sanction) -> Sanction:
    Claim.objects.select_for_update().get(pk=claim_of(sanction).pk)
    related = (
        "ruling__decided_by__person",
        "ruling__bundle__made_by__person",
        "ruling__bundle__breach__interview__claim__customer",
        "ruling__bundle__breach__interview__claim__office__district",
        "ruling__bundle__breach__appointment",
        "ruling__bundle__breach__opened_by__person",
        "contact__person",
        "contact__team__office",
    )
    return Sanction.objects.select_for_update(of=("self",)).select_related(*related).get(pk=sanction.pk)


def claim_of(sanction: Sanction) -> Claim:
    return sanction.ruling.bundle.breach.interview.claim


def become(breach: Breach, state: BreachState, *also: str) -> None:
    BREACH_LIFE.insist(breach.state, state)
    breach.state = state
    breach.save(update_fields=["state", *also])


def end(breach: Breach, state: BreachState, because: str, now: datetime, *also: str) -> None:
    """The case is over, on a day and with a word."""
    breach.closed_on, breach.closed_because = day_of(now), because[:300]
    become(breach, state, "closed_on", "closed_because", *also)


def insist_on_state(breach: Breach, *states: BreachState) -> None:
    if breach.state not in states:
        raise Refused(
            "wrong_state",
            f"This case is “{breach.get_state_display()}”.",
            "Open it to see what may be done now.",
        )


def insist_on_answers(claim: Claim) -> None:
    """While something the customer told us waits for its answer, nothing goes on against them (P:L1291)."""
    if unanswered(claim):
        raise Refused(
            "unanswered_message",
            "The customer has told us something that nobody has answered yet.",
            "Read the message and answer it first.",
        )


def insist_on_words(words_given: str, message: str, cure: str) -> str:
    if not words_given.strip():
        raise Refused("no_words", message, cure)
    return words_given.strip()


def reason_named(rules: Rules, listed: str, code: str, role: str = "") -> Reason:
    """The row of a list that holds today."""
    found = rules.reasons(listed, role).get(code)
    if found is None:
        raise Refused("no_such_reason", "That is none of the reasons.", "Choose one from the list.")
    return found


def rules_today(breach: Breach, now: datetime) -> Rules:
    return rules_for(breach.interview.claim, day_of(now))


def working_day(days: int, now: datetime) -> date:
    """The day so many working days from now; 0 is today, or the next day that is worked."""
    return add_working_days(day_of(now), days, organisations.holidays())


def note(
    kind: Happened, breach: Breach, *, by: Post | None, now: datetime, why: str = "", **more: Any
) -> None:
    """One event of a case."""
    claim = breach.interview.claim
    note_event(
        kind,
        by=by,
        now=now,
        why=why,
        customer=claim.customer.ref,
        claim=claim.ref,
        case=breach.ref,
        missed=breach.appointment.starts_at.isoformat(),
        **more,
    )


def tell(
    claim: Claim,
    kind: NoticeKind,
    said: Mapping[str, Any],
    *,
    contact: Post,
    rules: Rules,
    by: Post | None,
    now: datetime,
) -> Notice | None:
    """Write to the customer; nothing where no way is safe. A letter with a gap is an error, as everywhere."""
    named = {"contact_name": contact.person.name, "contact_phone": claim.office.telephone, **said}
    try:
        return notices.queue_notice(claim, kind, words=named, rules=rules, by=by, now=now)
    except Refused as refused:
        if refused.code in NO_WAY:
            return None
        raise


def missed_day(breach: Breach) -> dict[str, date]:
    return {"missed_date": day_of(breach.appointment.starts_at)}


def owner_of(breach: Breach) -> tuple[Team, Person | None]:
    """Who goes on with it: who opened it, or the advisers of the office."""
    return owner_after(breach.opened_by, breach.interview.claim.office, TeamKind.ADVISERS)


def next_step(breach: Breach, *, origin: Happened, by: Post | None, now: datetime) -> None:
    """The tasks of a case that is with us, made afresh from what its gates still ask for."""
    claim, rules = breach.interview.claim, rules_today(breach, now)
    close_tasks(claim, *CASE_TASKS, by=by, now=now)
    closed = shut(gates_of(breach, day_of(now)))
    codes = {gate.code for gate in closed}
    if breach.state == BreachState.RETURNED:
        missing = _missing(breach)
        _open(breach, TaskKind.SUPPLY_MISSING, rules, "supply_within_working_days", missing, origin, by, now)
    if "reason" in codes and breach.cause_good is None:
        _open(breach, TaskKind.JUDGE_REASON, rules, "attempt_every_working_days", "", origin, by, now)
    if "visit" in codes:
        _visit(breach, rules, origin, by, now)
    if breach.state == BreachState.OPEN and not codes & {"reason"}:
        left = " ".join(gate.why for gate in closed if gate.code != "time")
        if codes <= {"time"}:
            _when_time_is_over(breach, origin, by, now)
        else:
            _open(breach, TaskKind.HEAR_REASON, rules, "attempt_every_working_days", left, origin, by, now)


def _missing(breach: Breach) -> str:
    """What the decision maker asked for; or that the customer has spoken since it was sent."""
    last = breach.bundles.order_by("-id").first()
    ruling = Ruling.objects.filter(bundle=last).first()
    if ruling is None and breach.reason_given_at is None:
        return "A letter on which the case rests came back."
    return ruling.missing if ruling else "The customer has given a reason since the case was sent."


def _when_time_is_over(breach: Breach, origin: Happened, by: Post | None, now: datetime) -> None:
    """Nothing is left but to wait, and then to refer it or close it."""
    after = add_working_days(breach.reply_by, 1, organisations.holidays())
    today = next_working_day(day_of(now), organisations.holidays())
    text = f"Time to answer ends on {words(breach.reply_by)}. Then refer the case, or close it."
    if breach.reply_by < day_of(now) or breach.cause_good is False:
        text = "Everything has been tried and asked. Refer the case, or close it."
    _task(breach, TaskKind.HEAR_REASON, max(after, today), text, origin, by, now)


def _visit(breach: Breach, rules: Rules, origin: Happened, by: Post | None, now: datetime) -> None:
    planned = breach.visits.filter(done_on=None).order_by("-planned_for").select_related("visitor").first()
    if planned is None:
        because = breach.visit_because
        _open(breach, TaskKind.SAFEGUARD_VISIT, rules, "visit_within_working_days", because, origin, by, now)
        return
    due = max(day_of(planned.planned_for), day_of(now))
    team_of, person = owner_after(planned.visitor, breach.interview.claim.office, TeamKind.ADVISERS)
    open_task(
        breach.interview.claim,
        TaskKind.SAFEGUARD_VISIT,
        team=team_of,
        person=person,
        due_on=due,
        origin=origin,
        words=breach.visit_because[:300],
        by=by,
        now=now,
    )


def _open(
    breach: Breach,
    kind: TaskKind,
    rules: Rules,
    within: str,
    text: str,
    origin: Happened,
    by: Post | None,
    now: datetime,
) -> None:
    due = working_day(rules.value(f"sanctions.{within}"), now)
    _task(breach, kind, due, text, origin, by, now)


def _task(
    breach: Breach, kind: TaskKind, due: date, text: str, origin: Happened, by: Post | None, now: datetime
) -> None:
    whose, person = owner_of(breach)
    open_task(
        breach.interview.claim,
        kind,
        team=whose,
        person=person,
        due_on=due,
        origin=origin,
        words=text[:300],
        by=by,
        now=now,
    )


def after_the_case(breach: Breach, *, origin: Happened, text: str, by: Post | None, now: datetime) -> str:
    """The case is over: its tasks are, and the interview is booked again if it waits. Says it in the letter's words."""
    claim = breach.interview.claim
    close_tasks(claim, *CASE_TASKS, TaskKind.FIND_OUT, outcome=Outcome.DONE, by=by, now=now)
    interview = Interview.objects.select_related("claim__customer", "claim__office__district").get(
        pk=breach.interview_id
    )
    if claim.status == "live" and interview.state == InterviewState.DUE:
        if not open_tasks(claim).filter(kind__in=[TaskKind.BOOK, TaskKind.HOME_VISIT]).exists():
            to_be_booked(interview, origin=origin, words=text, by=by, now=now)
        said = "We will find another time for your interview with you. It can be at home or by telephone."
    elif interview.state == InterviewState.BOOKED:
        said = "Your interview has its new time already. We have written to you about it."
    else:
        said = "You do not have to do anything now."
    keep_in_view(claim, origin=origin, by=by, now=now)
    return said


def open_tasks(claim: Claim) -> Any:
    return Task.objects.filter(claim=claim, closed_at=None)


def keep_in_view(claim: Claim, *, origin: Happened, by: Post | None, now: datetime) -> None:
    """Nobody is lost: where nothing else is open, the advisers agree what comes next."""
    if claim.status == "live" and not open_tasks(claim).exists():
        open_task(
            claim,
            TaskKind.NEXT_STEP,
            team=team(claim.office, TeamKind.ADVISERS),
            due_on=working_day(1, now),
            origin=origin,
            by=by,
            now=now,
        )
