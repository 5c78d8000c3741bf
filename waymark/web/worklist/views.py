"""Pages of tasks: all of them, one of them, and who does it when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.interviews.diary.queries import offices_seen_by
from waymark.interviews.queries import benefit_titles, current_rules, offers
from waymark.interviews.queries import today as reading
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.people.pages import as_csv, done, form_page
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import day, day_time
from waymark.web.worklist.forms import GiveForm, MoveForm, WorklistFilter
from waymark.web.worklist.rows import task_row, task_rows, task_table, when_words
from waymark.worklist import access, queries, verbs

A_PAGE = 25
SORTS = {
    "due": ("due_on", "window_from"),
    "customer": ("claim__customer__family_name", "claim__customer__given_names"),
    "kind": ("kind", "due_on"),
    "office": ("office__name", "due_on"),
    "team": ("team__name", "due_on"),
    "person": ("person__name", "due_on"),
}


@require_safe
def index(request: Asked) -> HttpResponse:
    """All tasks this post may see, filtered and sorted."""
    form = WorklistFilter(
        request.GET or None,
        offices=offices_seen_by(request.post),
        teams=queries.teams_seen_by(request.post),
        people=queries.takers_in(request.post),
    )
    rows = queries.tasks_seen_by(request.post)
    rows = _filtered(rows, form.chosen() if form.is_bound else {}, request)
    rows = rows.order_by(*_order(request.GET.get("sort", "")))
    if request.GET.get("format") == "csv":
        return _csv(rows, request)
    page = Paginator(rows.select_related(None).values_list("pk", flat=True), A_PAGE).get_page(
        request.GET.get("page")
    )
    titles = benefit_titles(current_rules(request.today))
    context = {
        "heading": _("All tasks"),
        "filter": form,
        "page": page,
        "total": page.paginator.count,
        "table": task_table(
            task_rows(reading.in_order(page), request.post, request.today, request.now, titles),
            _("Open tasks"),
            sortable=True,
            caption_hidden=True,
        ),
    }
    return render(request, "worklist/list.html", context)


@require_safe
def offered(request: Asked) -> HttpResponse:
    """The interviews behind the figure of Today: which were offered in time this week, and which were not."""
    since = offers.week_start(request.today)
    rules = current_rules(request.today)
    found = offers.offers(request.post, since, request.today, rules)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    if request.GET.get("format") == "csv":
        columns = ["customer", "office", "first contact", "offered for", "should be by", "in time"]
        rows = [
            [o.customer_ref, o.office, o.asked_on, o.offered_for, o.by_day, "yes" if o.in_time else "no"]
            for o in found
        ]
        return as_csv("offered.csv", columns, rows)
    context = {
        "heading": _("Interviews offered in time this week"),
        "page": page,
        "since": since,
        "share": offers.share_in_time(request.post, since, request.today, rules),
    }
    return render(request, "worklist/offered.html", context)


@require_safe
def task(request: Asked, ref: str) -> HttpResponse:
    """One task: what it asks for, whose it is, and what may be done with it."""
    try:
        found = reading.with_pointers(queries.any_task(request.post)).get(ref=ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = found.claim.customer.ref
    titles = benefit_titles(current_rules(request.today))
    row = task_row(found, request.post, request.today, request.now, titles)
    context = {
        "heading": found.get_kind_display(),
        "row": row,
        "rows": _about(found, request),
        "actions": _actions(found, request) if found.closed_at is None else [],
    }
    return render(request, "worklist/task.html", context)


@require_POST
def take(request: Asked, ref: str) -> HttpResponse:
    """The asking person takes it; when a colleague was quicker, the page says who."""
    found = _found(request, ref)
    return _do(
        request, found, lambda: verbs.take(found, by=request.post, now=request.now), _("The task is yours.")
    )


@require_POST
def hand_back(request: Asked, ref: str) -> HttpResponse:
    """Back to the team."""
    found = _found(request, ref)
    said = _("The task is back with %(team)s.") % {"team": found.team.name}
    return _do(request, found, lambda: verbs.give(found, person=None, by=request.post, now=request.now), said)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Asked, ref: str) -> HttpResponse:
    """To somebody of the team, or to another team."""
    found = _found(request, ref)
    people, teams = queries.may_take_over(found, request.today), queries.teams_for(found)
    form = GiveForm(request.POST or None, people=people, teams=teams, team_id=found.team_id)
    if done(request, form, lambda _: verbs.give(found, **form.chosen, by=request.post, now=request.now)):
        messages.success(request, _("The task has been given on."))
        return redirect("worklist:task", ref)
    heading = _("Give “%(task)s” to somebody else") % {"task": found.get_kind_display()}
    return form_page(
        request, form, heading=heading, button=_("Give it"), back=reverse("worklist:task", args=[ref])
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Asked, ref: str) -> HttpResponse:
    """To another day, with the reason."""
    found = _found(request, ref)
    form = MoveForm(request.POST or None, today=request.today)
    if done(request, form, lambda data: verbs.move(found, **data, by=request.post, now=request.now)):
        messages.success(request, _("The task has a new day."))
        return redirect("worklist:task", ref)
    heading = _("Move “%(task)s” to another day") % {"task": found.get_kind_display()}
    return form_page(
        request, form, heading=heading, button=_("Move it"), back=reverse("worklist:task", args=[ref])
    )


def _do(request: Asked, found: Any, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": reverse("today")}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, said)
    return redirect("worklist:task", found.ref)


def _found(request: Asked, ref: str) -> Any:
    try:
        return queries.get_task(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def _filtered(rows: QuerySet[Any], chosen: dict[str, str], request: Asked) -> QuerySet[Any]:
    days = {
        "late": reading.late_on(request.today, request.now),
        "today": Q(due_on=request.today),
        "later": Q(due_on__gt=request.today),
    }
    taken = {"no": Q(person=None), "yes": Q(person__isnull=False), "me": Q(person=request.post.person_id)}
    wanted = Q()
    for name, value in chosen.items():
        match name:
            case "state":
                wanted &= days[value]
            case "taken":
                wanted &= taken[value]
            case "office":
                wanted &= Q(office__code=value)
            case "team":
                wanted &= Q(team__code=value)
            case "person":
                wanted &= Q(person__ref=value)
            case _:
                wanted &= Q(kind=value)
    return rows.filter(wanted)


def _order(sort: str) -> list[Any]:
    fields = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    down = sort.startswith("-")
    order = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in fields]
    return [*order, "id"]


def _csv(rows: QuerySet[Any], request: Asked) -> HttpResponse:
    columns = [
        "task",
        "kind",
        "customer",
        "name",
        "claim",
        "office",
        "team",
        "taken by",
        "due",
        "asked for",
        "words",
    ]
    cells = (
        [
            t.ref,
            t.get_kind_display(),
            t.claim.customer.ref,
            t.claim.customer.name,
            t.claim.ref,
            t.claim.office.name,
            t.team.name,
            t.person.name if t.person else "",
            t.due_on,
            t.window_from.isoformat(timespec="minutes") if t.window_from else "",
            t.words,
        ]
        for t in rows
    )
    return as_csv("tasks.csv", columns, cells)


def _about(found: Any, request: Asked) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [
        (_("Due"), when_words(found, request.today)),
        (_("Team"), f"{found.team.name}, {found.team.office.name}"),
        (_("Taken by"), found.person.name if found.person else _("nobody yet")),
        (_("About"), found.words or _("nothing more was written")),
        (_("Since"), day_time(found.opened_at, request.today)),
    ]
    if found.closed_at:
        by = found.closed_by.person.name if found.closed_by else _("Waymark")
        ended = _("%(at)s by %(by)s: %(how)s") % {
            "at": day(found.closed_at, request.today),
            "by": by,
            "how": found.get_outcome_display(),
        }
        rows.append((_("Closed"), ended))
    return rows


def _actions(found: Any, request: Asked) -> list[Action]:
    """What may be done with the task; what may not is shown with its reason."""
    refused = access.may_work(found, request.post)
    why = str(refused) if refused else None
    mine = found.person_id == request.post.person_id
    actions = []
    if not mine:
        actions.append(
            Action(_("Take it"), reverse("worklist:take", args=[found.ref]), "post", why or _why_not(found))
        )
    if found.person_id is not None:
        actions.append(
            Action(
                _("Hand it back to the team"), reverse("worklist:hand_back", args=[found.ref]), "post", why
            )
        )
    actions.append(Action(_("Give it to somebody"), reverse("worklist:give", args=[found.ref]), refused=why))
    actions.append(
        Action(_("Move it to another day"), reverse("worklist:move", args=[found.ref]), refused=why)
    )
    return actions


def _why_not(found: Any) -> str | None:
    return _("%(name)s has taken this task.") % {"name": found.person.name} if found.person else None
