"""Today of those who work with customers: agent, team leader, adviser, assessor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.customers.queries.card import access_need_words, safe_contact_words
from waymark.interviews.queries import benefit_titles, current_rules, offers
from waymark.interviews.queries import today as reading
from waymark.programme.queries import Rules
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Count, Table, Text
from waymark.web.ui.templatetags.ui import clock, long_day, minutes
from waymark.web.worklist.next_action import open_page
from waymark.web.worklist.rows import TaskRow, task_rows, task_table
from waymark.worklist import queries as worklist
from waymark.worklist.enums import TaskKind

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
    coming: reading.Coming | None

    @property
    def anything(self) -> bool:
        return bool(self.late or self.today)


def due_for(
    request: Asked, who: str, rules: Mapping[str, Rules], extra: Mapping[str, QuerySet[Any]] | None = None
) -> tuple[Due, dict[str, list[TaskRow]]]:
    """What is due for the asking post under the headings of `who`; `extra` lists of tasks come back as rows."""
    post, on, now = request.post, request.today, request.now
    mine = worklist.tasks_of(post, on)
    counts = reading.counts_of(mine, on, now)
    headed = {key: kinds for key, _title, kinds in OWN_HEADING.get(who, ())}
    apart = [kind for kinds in headed.values() for kind in kinds]
    elsewhere = AMONG_APPOINTMENTS.get(who, ())
    totals = _totals(counts, headed, apart, elsewhere)
    others = mine.filter(due_on__lte=on).exclude(kind__in=apart)
    late = reading.late_on(on, now)
    lists: dict[str, QuerySet[Any]] = {
        **{
            key: mine.filter(due_on__lte=on, kind__in=kinds).order_by("due_on", "window_from", "id")
            for key, kinds in headed.items()
        },
        "late": others.filter(late).order_by("due_on", "window_from", "id"),
        "due": reading.callable_first(others.exclude(late).exclude(kind__in=elsewhere), now),
        **(extra or {}),
    }
    # A list that is known to be empty is not searched: that would look at every task there is.
    found = reading.first_of_each({key: tasks for key, tasks in lists.items() if totals.get(key) != 0})
    titles = benefit_titles(rules)
    rows = {key: task_rows(found.get(key, ()), post, on, now, titles) for key in lists}
    named: list[tuple[str, Text]] = [("late", _("Late"))]
    named += [(key, title) for key, title, _kinds in OWN_HEADING.get(who, ())]
    named.append(("due", _("Due today")))
    parts = tuple(Part(key, title, tuple(rows[key]), totals[key], _all_url(key)) for key, title in named)
    due = Due(
        parts=parts,
        late=sum(each.late for each in counts.values()),
        today=sum(each.today for each in counts.values()),
        by_kind=counts,
        coming=None if counts else reading.coming_after(mine, on),
    )
    return due, {key: rows[key] for key in extra or {}}


def _totals(
    counts: Mapping[str, reading.Counts],
    headed: Mapping[str, Iterable[str]],
    apart: Sequence[str],
    elsewhere: Sequence[str],
) -> dict[str, int]:
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
    return {
        "parts": [part for part in due.parts if part.rows],
        "due": due,
        "coming": coming_words(due, request),
        "counts": counts,
        "actions": actions,
        **more,
    }


def coming_words(due: Due, request: Asked) -> str:
    """What comes when nothing is due now."""
    if due.coming is None:
        return _("Nothing is waiting on a later day either.")
    if (due.coming.on - request.today).days == 1:
        return _("Tomorrow: %(n)d.") % {"n": due.coming.tasks}
    return _("The next is on %(day)s: %(n)d.") % {
        "day": long_day(due.coming.on, request.today),
        "n": due.coming.tasks,
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


def leader(request: Asked) -> dict[str, Any]:
    """Questions, decisions to authorise and to check, and the late work of the office."""
    rules = current_rules(request.today)
    late = worklist.late_in(request.post, request.today)
    due, extra = due_for(request, "leader", rules, {"office": late})
    late_here, raised = worklist.late_counts(late)
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
    """The day's appointments of the asking person, in order."""
    return [
        _meeting(one, request.post.role) for one in reading.appointments_today(request.post, request.today)
    ]


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
        *(_("do not ask again: %(topic)s") % {"topic": note.text} for note in customer.topics),
    ]
    return Meeting(
        time=f"{clock(one.starts_at)}–{clock(one.ends_at)}",
        length=minutes(one.ends_at - one.starts_at),
        customer=customer.name,
        record_url=record,
        place=place,
        mind=tuple(mind),
        stopped=bool(customer.open_stops),
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
    return _page(request, due, counts, actions)


def assessor(request: Asked) -> dict[str, Any]:
    """The visits in which the benefit side comes first."""
    meetings = meetings_of(request)
    counts = [Count(len(meetings), _("appointments today"))]
    diary = open_page(request.post.role, "diaries:week")
    actions = [Action(_("My diary"), diary)] if diary else []
    return {"parts": [], "counts": counts, "actions": actions, "meetings": meetings, "shows_meetings": True}
