"""A message comes in, is read by somebody, and is answered by a day.

The message does not act by itself: while it waits, the tables keep everybody from marking an appointment as
missed and from taking a case of not attending further (P:L1291). So nobody has to remember it.
"""

from datetime import date, datetime

from django.db import transaction

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.inbound import access
from waymark.inbound.enums import About, Way
from waymark.inbound.models import Message
from waymark.inbound.rules import answer_day, ring_back
from waymark.kernel.clock import LONDON, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.notices.verbs import queue_notice
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.queries import Place, Rules, holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, open_task

OWNERS = (TeamKind.ADVISERS, TeamKind.FIRST_CONTACT, TeamKind.DEFERRALS, TeamKind.MANAGERS, TeamKind.LEADERS)
NEEDS_WORDS = frozenset({About.QUESTION, About.OTHER, About.CORRECTION})
MOST_IN_TASK = 120


@transaction.atomic
def log(
    claim: Claim,
    *,
    way: Way,
    about: About,
    words: str = "",
    complete: bool = True,
    appointment: str = "",
    from_name: str = "",
    by: Post | None,
    now: datetime,
) -> Message:
    """Keep what a customer told us, with somebody to answer it by a day.

    appointment: the reference of the appointment meant. complete: no when the call broke off; it is rung back
    the same day. by: who wrote it down; None when the customer did. The task is the adviser's whose appointment
    is next, otherwise their team's.
    """
    claim = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )
    insist(access.may_log(claim, by))
    words = words.strip()
    about, complete = _as_heard(about, complete)
    if complete and about in NEEDS_WORDS and not words:
        raise Refused("no_words", "It is not written what was said.", "Write it in a few words.")
    rules = rules_of(claim, now)
    due_on, window = _when(claim, rules, complete, now)
    message = Message.objects.create(
        ref=new_ref("M"),
        claim=claim,
        way=way,
        about=about,
        words=words,
        complete=complete,
        appointment=appointment,
        from_name=from_name.strip(),
        received_at=now,
        logged_by=by,
        answer_by=due_on,
    )
    team, person = _owner(claim)
    message.task = open_task(
        claim,
        TaskKind.ANSWER_MESSAGE,
        team=team,
        person=person,
        due_on=due_on,
        window=window,
        origin=Happened.MESSAGE_LOGGED,
        words=_in_short(message),
        by=by,
        now=now,
    )
    message.save(update_fields=["task"])
    _note(Happened.MESSAGE_LOGGED, message, by, now, answer_by=due_on.isoformat())
    return message


@transaction.atomic
def read(message: Message, *, by: Post, now: datetime) -> Message:
    """Somebody has read it. Reading it twice changes nothing; it still waits for its answer."""
    message = _locked(message)
    insist(access.may_answer(message, by))
    if message.read_at is not None:
        return message
    message.read_at, message.read_by = now, by
    message.save(update_fields=["read_at", "read_by"])
    _note(Happened.MESSAGE_READ, message, by, now)
    return message


@transaction.atomic
def answer(message: Message, *, words: str, told_by: Way, by: Post, now: datetime) -> Message:
    """What was answered or done, and how the customer was told; the task is done, and nothing waits any more.

    told_by: `letter` also writes the letter with these words; on the customer's own page the answer stands in
    any case. Refused while its task is the only next step of a live claim.
    """
    message = _locked(message)
    insist(access.may_answer(message, by))
    if message.answered_at is not None:
        raise Refused(
            "answered_already", "This message has been answered already.", "Read what was answered."
        )
    if not words.strip():
        raise Refused("no_answer", "What was answered is missing.", "Write it the way the customer heard it.")
    _insist_on_a_next_step(message)
    if message.read_at is None:
        message.read_at, message.read_by = now, by
    message.answer, message.told_by = words.strip(), told_by
    message.answered_at, message.answered_by = now, by
    message.save(update_fields=["read_at", "read_by", "answer", "told_by", "answered_at", "answered_by"])
    if message.task is not None:
        close_task(message.task, by=by, now=now)
    if told_by == Way.LETTER:
        queue_notice(
            message.claim,
            NoticeKind.MESSAGE_ANSWERED,
            words={"answer_words": message.answer, "contact_name": by.person.name},
            rules=rules_of(message.claim, now),
            by=by,
            now=now,
        )
    _note(Happened.MESSAGE_ANSWERED, message, by, now, told_by=told_by)
    return message


def rules_of(claim: Claim, now: datetime) -> Rules:
    return holding(claim.programme, day_of(now), Place(claim.office.district.code, claim.office.code))


def _as_heard(about: About, complete: bool) -> tuple[About, bool]:
    """A call that broke off is not complete, whatever was ticked."""
    return about, complete and about != About.BROKEN_OFF


def _when(
    claim: Claim, rules: Rules, complete: bool, now: datetime
) -> tuple[date, tuple[datetime, datetime] | None]:
    """The day by which it is answered; of a call that broke off also from when to when to ring back."""
    holidays = organisations.holidays()
    if complete:
        return answer_day(day_of(now), rules.value("inbound.answer_working_days"), holidays), None
    office = claim.office
    window = ring_back(now.astimezone(LONDON), office.opens, office.closes, holidays)
    return day_of(window[0]), window


def _owner(claim: Claim) -> tuple[Team, Person | None]:
    """Whose appointment is next; otherwise the advisers, or whoever there is: a message never lies about."""
    holding_it = (
        Task.objects.filter(claim=claim, kind=TaskKind.HOLD_INTERVIEW, closed_at=None)
        .select_related("team", "person")
        .first()
    )
    if holding_it is not None:
        return holding_it.team, holding_it.person
    for kind in OWNERS:
        team = organisations.team_of(claim.office, kind)
        if team is not None:
            return team, None
    raise Refused("no_team", f"{claim.office.name} has no open team.", "An administrator can open one.")


def _in_short(message: Message) -> str:
    """What the row of the task says: who wants what, in their words as far as they fit."""
    said = message.words if len(message.words) <= MOST_IN_TASK else f"{message.words[:MOST_IN_TASK]}…"
    label = str(message.get_about_display())
    head = f"{label[:1].upper()}{label[1:]}"
    return f"{head}: “{said}”" if said else f"{head}."


def _insist_on_a_next_step(message: Message) -> None:
    others = message.claim.tasks.filter(closed_at=None).exclude(message=message)
    if message.claim.status == ClaimStatus.LIVE and not others.exists():
        raise Refused(
            "only_next_step",
            "Answering this message is the only next step of the claim; without it the customer would be lost.",
            "Say what comes next first, then answer.",
        )


def _locked(message: Message) -> Message:
    return (
        Message.objects.select_for_update(of=("self", "claim"))
        .select_related("claim__customer", "claim__office__district", "task")
        .get(pk=message.pk)
    )


def _note(kind: Happened, message: Message, by: Post | None, now: datetime, **details: str) -> None:
    note_event(
        kind,
        by=by,
        now=now,
        customer=message.claim.customer.ref,
        claim=message.claim.ref,
        why=message.words if kind == Happened.MESSAGE_LOGGED else message.answer,
        message=message.ref,
        way=message.way,
        about=message.about,
        complete=message.complete,
        from_name=message.from_name,
        **details,
    )
