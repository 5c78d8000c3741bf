"""Today of those who work with customers: agent, team leader, adviser, assessor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.casework import queries as casework
from waymark.casework.enums import MeetingState
from waymark.customers.queries.card import access_need_words, safe_contact_words
from waymark.interviews.queries import benefit_titles, current_rules, offers
from waymark.interviews.queries import today as reading
from waymark.kernel.clock import at
from waymark.kernel.composed import composed
from waymark.programme.queries import Rules
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Count, Table, Text
from waymark.web.ui.templatetags.ui import clock, long_day, minutes
from waymark.web.worklist.next_action import open_page
from waymark.web.worklist.rows import TaskRow, task_rows, task_table
from waymark.worklist import queries as worklist
from waymark.worklist.enums import TaskKind
from waymark.worklist.rules import TO_MANAGER

# Today's interviews stand among the adviser's appointments; only those of earlier days are tasks to see to.
AMONG_APPOINTMENTS = {"adviser": (TaskKind.HOLD_INTERVIEW,)}
# What stands under its own heading for a role; all other kinds stand under "late" and "due".
OWN_HEADING: Mapping[str, tuple[tuple[str, Text, tuple[str, ...]], ...]] = {
    "agent": (("finish", gettext_lazy("Calls to finish"), (TaskKind.FINISH_CALL,)),),
    "leader": (
        ("questions", gettext_lazy("Questions from colleagues"), (TaskKind.ANSWER_QUESTION,)),
        ("authorise", gettext_lazy("To authorise"), (TaskKind.AUTHORISE,)),
        ("check", gettext_lazy("To check"), (TaskKind.CHECK,)),
    ),
    "adviser": (
        ("recontact", gettext_lazy("Re-contacts due"), (TaskKind.RECONTACT, TaskKind.SEND_RECONTACT_LETTER)),
        ("promised", gettext_lazy("Next steps and promises due"), (TaskKind.NEXT_STEP, TaskKind.PROMISE)),
    ),
}


@dataclass(frozen=True)
class Part:
    """A heading of the page with its rows; `total` counts also those that are not shown, `all_url` lists them."""

    key: str
    title: Text
    rows: tuple[TaskRow, ...]
    total: int
    all_url: str = ""

    @property
    def cut(self) -> bool:
        return self.total > len(self.rows)

    @property
    def table(self) -> Table:
        return task_table(self.rows, self.title)


@dataclass(frozen=True)
class Due:
    """The tasks of a post that are due, as parts, with how many are late and due today."""

    parts: tuple[Part, ...]
    late: int
    today: int
    by_kind: Mapping[str, reading.Counts]
    mine: worklist.Whose
    in_office: tuple[int, int]

    @property
    def anything(self) -> bool:
        return bool(self.late or self.today)


@dataclass(frozen=True)
class OfOffice:
    """Two counts over the work of an office, and the lists they stand for; a list that counts nothing is not read."""

    counts: reading.OfOffice
    lists: tuple[str, str]


def due_for(
    request: Asked, who: str, rules: Mapping[str, Rules], office: OfOffice | None = None
) -> tuple[Due, dict[str, list[TaskRow]]]:
    """What is due for the asking post under the headings of `who`; the lists of the `office` come back as rows."""
    post, on, now = request.post, request.today, request.now
    mine, at = worklist.whose(post, on), post.team.office_id
    counts, in_office = reading.counts_of(mine, at, on, now, office.counts if office else None)
    headed = _headed(who)
    extra = [name for name, n in zip(office.lists, in_office, strict=True) if name and n] if office else []
    totals = _totals(counts, headed, AMONG_APPOINTMENTS.get(who, ()))
    lists = (*headed, "late", "due", *extra)
    # A list that is known to be empty is not searched: that would look at every task there is.
    searched = tuple(key for key in lists if totals.get(key) != 0)
    keys = _first_keys(*mine, at, on, now, who=who, searched=searched) if searched else []
    tasks = reading.in_order(key for _part, key in keys)
    titles = benefit_titles(rules)
    rows: dict[str, list[TaskRow]] = {key: [] for key in lists}
    for (part, _key), row in zip(keys, task_rows(tasks, post, on, now, titles), strict=True):
        rows[part].append(row)
    named: list[tuple[str, Text]] = [("late", _("Late"))]
    named += [(key, title) for key, title, _kinds in OWN_HEADING.get(who, ())]
    named.append(("due", _("Due today")))
    parts = tuple(Part(key, title, tuple(rows[key]), totals[key], _all_url(key)) for key, title in named)
    due = Due(
        parts=parts,
        late=sum(each.late for each in counts.values()),
        today=sum(each.today for each in counts.values()),
        by_kind=counts,
        mine=mine,
        in_office=in_office,
    )
    return due, {key: rows.get(key, []) for key in (office.lists if office else ())}


def _headed(who: str) -> dict[str, tuple[str, ...]]:
    """The kinds that stand under a heading of their own, by heading."""
    return {key: kinds for key, _title, kinds in OWN_HEADING.get(who, ())}


@composed
def _first_keys(
    people: list[int],
    team: int,
    uncovered: list[int],
    office: int,
    on: date,
    now: datetime,
    *,
    who: str,
    searched: tuple[str, ...],
) -> QuerySet[Any, tuple[str, int]]:
    """The first tasks of each list that is searched: of the headings of a role, or of its office."""
    headed = _headed(who)
    mine = worklist.to_do(worklist.Whose(people, team, uncovered)).filter(due_on__lte=on)
    others = mine.exclude(kind__in=[kind for kinds in headed.values() for kind in kinds])
    late = reading.late_on(on, now)
    today = others.exclude(late).exclude(kind__in=AMONG_APPOINTMENTS.get(who, ()))
    lists = {
        **{key: in_turn(mine.filter(kind__in=kinds)) for key, kinds in headed.items()},
        "late": in_turn(others.filter(late)),
        "due": reading.callable_first(today, now),
        "office": worklist.late_in(office, on),
        "raised": worklist.escalated_in(office, TO_MANAGER),
        "untaken": worklist.untaken_in(office, on),
    }
    return reading.first_keys({key: lists[key] for key in searched})


def in_turn(tasks: QuerySet[Any]) -> QuerySet[Any]:
    return tasks.order_by("due_on", "window_from", "id")


def _totals(
    counts: Mapping[str, reading.Counts], headed: Mapping[str, Iterable[str]], elsewhere: Sequence[str]
) -> dict[str, int]:
    apart = [kind for kinds in headed.values() for kind in kinds]
    totals = {
        key: sum(counts[kind].late + counts[kind].today for kind in kinds if kind in counts)
        for key, kinds in headed.items()
    }
    rest = {kind: each for kind, each in counts.items() if kind not in apart}
    due = sum(each.today for kind, each in rest.items() if kind not in elsewhere)
    return {**totals, "late": sum(each.late for each in rest.values()), "due": due}


def _all_url(key: str) -> str:
    query = {
        "late": "?state=late",
        "due": "?state=today",
        "finish": "?kind=finish_call",
        "recontact": "?kind=recontact",
        "questions": "?kind=answer_question",
        "authorise": "?kind=authorise",
        "check": "?kind=check",
        "promised": "?kind=promise",
    }
    return reverse("worklist:list") + query.get(key, "")


def _page(
    request: Asked, due: Due, counts: list[Count], actions: list[Action], **more: Any
) -> dict[str, Any]:
    parts = [part for part in due.parts if part.rows]
    empty = not (due.by_kind or parts or more.get("waiting") or more.get("office"))
    return {
        "parts": parts,
        "due": due,
        "coming": coming_words(due, request) if empty else "",
        "counts": counts,
        "actions": actions,
        **more,
    }


def coming_words(due: Due, request: Asked) -> str:
    """What comes when nothing is due now."""
    coming = reading.coming_after(due.mine, request.today)
    if coming is None:
        return _("Nothing is waiting on a later day either.")
    if (coming.on - request.today).days == 1:
        return _("Tomorrow: %(n)d.") % {"n": coming.tasks}
    return _("The next is on %(day)s: %(n)d.") % {
        "day": long_day(coming.on, request.today),
        "n": coming.tasks,
    }


def late_and_today(due: Due) -> list[Count]:
    listing = reverse("worklist:list")
    return [
        Count(due.late, _("late"), f"{listing}?state=late", late=bool(due.late)),
        Count(due.today, _("due today"), f"{listing}?state=today"),
    ]


def _offered(request: Asked, rules: Mapping[str, Rules]) -> list[Count]:
    """The share of interviews offered in time this week, to be opened."""
    since = offers.week_start(request.today)
    share = offers.share_in_time(request.post, since, request.today, rules)
    if share.percent is None:
        return []
    days = next((d for d in map(offers.days_allowed, rules.values()) if d is not None), 0)
    label = _("interviews offered within %(n)d days this week") % {"n": days}
    return [Count(f"{share.percent} %", label, reverse("worklist:offered"))]


def agent(request: Asked) -> dict[str, Any]:
    """The queue of calls, what waits for a team leader, what is to be finished."""
    rules = current_rules(request.today)
    due, _rows = due_for(request, "agent", rules)
    waiting = reading.questions_of(request.post, request.today)
    finish = due.by_kind.get(TaskKind.FINISH_CALL)
    counts = [
        *late_and_today(due),
        Count(
            sum(not question.answer for question in waiting),
            _("with a team leader"),
            "#waiting" if waiting else "",
        ),
        Count(finish.late + finish.today if finish else 0, _("to finish")),
        *_offered(request, rules),
    ]
    return _page(request, due, counts, call_actions(request), waiting=_waiting(waiting, request.post.role))


def call_actions(request: Asked) -> list[Action]:
    role = request.post.role
    start, incoming = open_page(role, "first_contact:next"), open_page(role, "first_contact:incoming")
    found = [Action(_("Start next call"), start, "post", primary=True, key="n")] if start else []
    return [*found, Action(_("New incoming call"), incoming)] if incoming else found


@dataclass(frozen=True)
class Waiting:
    """A question to a team leader, and where its conversation goes on."""

    customer: str
    record_url: str
    words: str
    answer: str
    answered_by: str
    action: Action


def _waiting(questions: Iterable[Any], role: str) -> list[Waiting]:
    found = []
    for question in questions:
        customer = question.conversation.interview.claim.customer
        record = reverse("customers:record", args=[customer.ref])
        url = open_page(role, "first_contact:talk", question.conversation.ref) or record
        by = question.answered_by.person.name if question.answered_by else ""
        action = Action(_("Resume"), url, primary=bool(by), about=customer.name)
        found.append(Waiting(customer.name, record, question.words, question.answer, by, action))
    return found


LATE_WORK = OfOffice(worklist.late_counts, ("office", ""))


def leader(request: Asked) -> dict[str, Any]:
    """Questions, decisions to authorise and to check, and the late work of the office."""
    rules = current_rules(request.today)
    due, extra = due_for(request, "leader", rules, LATE_WORK)
    late_here, raised = due.in_office
    office = Part(
        "office",
        _("Late work of %(office)s") % {"office": request.post.office.name},
        tuple(extra["office"]),
        late_here,
        _all_url("late"),
    )
    counts = [
        *late_and_today(due),
        Count(late_here, _("late in the office"), "#office" if late_here else "", late=bool(late_here)),
        Count(raised, _("raised to you")),
        *_offered(request, rules),
    ]
    queue = open_page(request.post.role, "checks:queue")
    actions = [Action(_("Check decisions"), queue, primary=True)] if queue else []
    return _page(request, due, counts, actions, office=office if office.rows else None)


@dataclass(frozen=True)
class Meeting:
    """An appointment of today: when, with whom, where, and what must be known."""

    time: str
    length: str
    customer: str
    record_url: str
    place: str
    mind: tuple[str, ...]
    stopped: bool
    over: bool
    action: Action


def meetings_of(request: Asked) -> list[Meeting]:
    """The day's appointments of the asking person, and their meetings about customers, in order."""
    appointments = [
        _meeting(one, request.post.role) for one in reading.appointments_today(request.post, request.today)
    ]
    start = at(request.today, time.min)
    about = [
        _about_a_customer(one, request)
        for one in casework.meetings_on(request.post, start, start + timedelta(days=1))
    ]
    return sorted([*appointments, *about], key=lambda one: one.time)


def _about_a_customer(one: Any, request: Asked) -> Meeting:
    """A meeting of more than two about a customer: a handover, a conference."""
    customer, role = one.case.claim.customer, request.post.role
    record = open_page(role, "customers:record", customer.ref)
    over = one.state == MeetingState.HELD
    with_whom = ", ".join(row.name for row in one.attendees.all() if row.name != request.post.person.name)
    return Meeting(
        time=f"{clock(one.starts_at)}–{clock(one.ends_at)}",
        length=minutes(one.ends_at - one.starts_at),
        customer=customer.name,
        record_url=record,
        place=f"{one.get_kind_display()}, {one.place}. {_('With: %(names)s') % {'names': with_whom}}",
        mind=(
            *safe_contact_words(getattr(customer, "safe_contact", None)),
            *access_need_words(getattr(customer, "access_needs", None)),
        ),
        stopped=False,
        over=over,
        action=Action(
            _("Open"),
            open_page(role, "casework:meeting", one.ref) or record,
            primary=not over,
            about=customer.name,
        ),
    )


def _meeting(one: Any, role: str) -> Meeting:
    customer = one.interview.claim.customer
    record = reverse("customers:record", args=[customer.ref])
    url = (
        open_page(role, "sittings:before", one.ref)
        or open_page(role, "diaries:appointment", one.ref)
        or record
    )
    over = one.state == "took_place"
    place = ", ".join(
        filter(None, (one.get_mode_display(), one.room.name if one.room else "", one.office.name))
    )
    mind = [
        *safe_contact_words(getattr(customer, "safe_contact", None)),
        *access_need_words(getattr(customer, "access_needs", None)),
        *(_("do not ask again: %(topic)s") % {"topic": topic} for topic in one.topics),
    ]
    return Meeting(
        time=f"{clock(one.starts_at)}–{clock(one.ends_at)}",
        length=minutes(one.ends_at - one.starts_at),
        customer=customer.name,
        record_url=record,
        place=place,
        mind=tuple(mind),
        stopped=one.stopped,
        over=over,
        action=Action(_("Open"), url, primary=not over, about=customer.name),
    )


def adviser(request: Asked) -> dict[str, Any]:
    """Today's appointments, then re-contacts, next steps, promises, and what is late."""
    rules = current_rules(request.today)
    due, _rows = due_for(request, "adviser", rules)
    meetings = meetings_of(request)
    counts = [Count(len(meetings), _("appointments today")), *late_and_today(due)]
    diary = open_page(request.post.role, "diaries:week")
    actions = [Action(_("My diary"), diary)] if diary else []
    return _page(request, due, counts, actions, meetings=meetings, shows_meetings=True)


def disability_adviser(request: Asked) -> dict[str, Any]:
    """Who is theirs and when to be in touch: customers handed over, meetings, steps agreed, and what is late."""
    rules = current_rules(request.today)
    due, _rows = due_for(request, "disability_adviser", rules)
    cases = open_page(request.post.role, "casework:mine")
    asked = due.by_kind.get(TaskKind.ANSWER_TRANSFER)
    counts = [
        Count(asked.late + asked.today if asked else 0, _("customers to take over")),
        *late_and_today(due),
    ]
    actions = [Action(_("My customers"), cases, primary=True)] if cases else []
    diary = open_page(request.post.role, "diaries:person", request.post.person.ref)
    if diary:
        actions.append(Action(_("My diary"), diary))
    meetings = meetings_of(request)
    return _page(request, due, counts, actions, meetings=meetings, shows_meetings=bool(meetings))


def assessor(request: Asked) -> dict[str, Any]:
    """The visits in which the benefit side comes first."""
    meetings = meetings_of(request)
    counts = [Count(len(meetings), _("appointments today"))]
    diary = open_page(request.post.role, "diaries:week")
    actions = [Action(_("My diary"), diary)] if diary else []
    return {"parts": [], "counts": counts, "actions": actions, "meetings": meetings, "shows_meetings": True}
