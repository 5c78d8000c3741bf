"""Before a conversation: the queue of calls, the next one, a call that was tried, a call that comes in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waymark.interviews import queries, verbs
from waymark.interviews.enums import Direction
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.first_contact.forms import AttemptForm, QueueFilter
from waymark.web.people.pages import as_csv
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.forms import refuse
from waymark.web.ui.markup import hint_html, lines_html
from waymark.web.ui.templatetags.ui import clock, day, ni, tag, telephone
from waymark.worklist import verbs as worklist
from waymark.worklist.enums import TaskKind

PAGE = 25
SORTS = {
    "name": ("claim__customer__family_name", "claim__customer__given_names"),
    "-name": ("-claim__customer__family_name", "-claim__customer__given_names"),
    "due": ("due_on", "window_from"),
    "-due": ("-due_on", "-window_from"),
    "kind": ("kind", "due_on"),
    "-kind": ("-kind", "due_on"),
}
TURN_WORDS = {
    queries.conversation.NOW: (gettext_lazy("asked for now"), "new"),
    queries.conversation.LATE: (gettext_lazy("late"), "late"),
    queries.conversation.DUE: (gettext_lazy("due today"), "info"),
    queries.conversation.LATER: (gettext_lazy("later"), "quiet"),
}


def chosen_calls(request: Asked, form: QueueFilter) -> Any:
    """The calls of this post as filtered and sorted; unsorted, they stand in working order."""
    said = form.cleaned_data if form.is_valid() else {}
    found = queries.calls_to_make(request.post, request.today, request.now)
    if said.get("office"):
        found = found.filter(office__code=said["office"])
    if said.get("kind"):
        found = found.filter(kind=said["kind"])
    if said.get("whose"):
        found = found.filter(person=request.post.person_id if said["whose"] == "mine" else None)
    order = SORTS.get(request.GET.get("sort", ""))
    return found.order_by(*order, "id") if order else found


@require_GET
def queue(request: Asked) -> HttpResponse:
    """Claims to call, in working order."""
    form = QueueFilter(request.GET or None, queries.offices_called_for(request.post))
    found = chosen_calls(request, form)
    if request.GET.get("format") == "csv":
        return queue_csv(found)
    # Sorted bare, then read with all that a row shows: only the calls of this page.
    page = Paginator(found.select_related(None).values_list("pk", flat=True), PAGE).get_page(
        request.GET.get("page")
    )
    shown = {task.pk: task for task in found.order_by().filter(pk__in=list(page))}
    context = {
        "heading": _("Calls to make"),
        "filters": form,
        "page": page,
        "table": call_table([shown[key] for key in page], request),
        "start": Action(_("Start next call"), reverse("first_contact:next"), "post", primary=True, key="n"),
        "incoming": Action(_("New incoming call"), reverse("first_contact:incoming")),
    }
    return render(request, "first_contact/queue.html", context)


def call_table(tasks: Sequence[Any], request: Asked) -> Table:
    """Calls as the list shows them: why now, what to mind, and the one thing to do."""
    columns = [
        Column(_("Customer"), sort="name"),
        Column(_("What"), sort="kind"),
        Column(_("When"), sort="due"),
        Column(_("Office")),
        Column(_("To know")),
        Column(_("Do")),
    ]
    return Table(
        _("Calls to make"),
        columns,
        [
            [
                lines_html([task.claim.customer.name, hint_html(ni(task.claim.customer.ni_number))]),
                lines_html([TaskKind(task.kind).label, task.words]),
                format_html("{} {}", tag(*TURN_WORDS[task.turn]), when_words(task, request.today)),
                task.claim.office.name,
                format_html_join(" ", "{}", ((word,) for word in to_know(task, request))),
                action_of(task),
            ]
            for task in tasks
        ],
        late_rows=frozenset(
            place for place, task in enumerate(tasks) if task.turn == queries.conversation.LATE
        ),
        caption_hidden=True,
    )


def when_words(task: Any, today: date) -> str:
    """Tue 4 May, or with the time that was asked for."""
    if task.window_from:
        return f"{day(task.window_from, today)}, {clock(task.window_from)}–{clock(task.window_until)}"
    return day(task.due_on, today)


def to_know(task: Any, request: Asked) -> Iterable[str]:
    """What to mind before ringing, and who is at it."""
    safe = getattr(task.claim.customer, "safe_contact", None)
    if task.stopped:
        yield tag(_("contact is stopped"), "held")
    if safe is not None and (safe.warning or not safe.may_ring):
        yield tag(_("safe contact"), "waiting")
    if task.attempts:
        yield ngettext("tried once", "tried %(n)d times", task.attempts) % {"n": task.attempts}
    if taken_by(task, request):
        yield _("%(who)s has it") % {"who": taken_by(task, request)}


def action_of(task: Any) -> Action:
    """Going on with a call, or making it; not while contact is stopped."""
    about = task.claim.customer.name
    if task.kind == TaskKind.FINISH_CALL and task.talk:
        return Action(_("Resume"), reverse("first_contact:talk", args=[task.talk]), about=about)
    url = reverse("first_contact:attempt", args=[task.claim.ref])
    return Action(_("Call"), url, about=about, refused=_("Contact is stopped") if task.stopped else None)


def queue_csv(found: Any) -> HttpResponse:
    columns = [
        "claim",
        "customer",
        "office",
        "kind",
        "state",
        "due",
        "ask from",
        "ask until",
        "tried",
        "with",
    ]
    rows = [
        (
            task.claim.ref,
            task.claim.customer.name,
            task.claim.office.name,
            TaskKind(task.kind).label,
            TURN_WORDS[task.turn][0],
            task.due_on,
            timezone.localtime(task.window_from).strftime("%H:%M") if task.window_from else "",
            timezone.localtime(task.window_until).strftime("%H:%M") if task.window_until else "",
            task.attempts or 0,
            task.person.name if task.person else "",
        )
        for task in found.iterator(chunk_size=2000)
    ]
    return as_csv("calls.csv", columns, rows)


@require_POST
def take_next(request: Asked) -> HttpResponse:
    """Take the next call. A colleague who was quicker is passed over; the one after is tried."""
    for task in queries.next_calls(request.post, request.today, request.now):
        try:
            worklist.take(task, by=request.post, now=request.now)
        except Refused:
            continue
        if task.kind == TaskKind.FINISH_CALL and task.talk:
            return redirect("first_contact:talk", task.talk)
        return redirect("first_contact:attempt", task.claim.ref)
    messages.info(request, _("No call is due now that nobody else has taken."))
    return redirect("first_contact:queue")


@require_GET
def incoming(request: Asked) -> HttpResponse:
    """A customer rings: find who it is, or add them."""
    context = {
        "heading": _("New incoming call"),
        "search_url": page_if_there("customers:search"),
        "new_url": page_if_there("customers:new"),
        "back_url": reverse("first_contact:queue"),
        "back_label": _("Calls to make"),
    }
    return render(request, "first_contact/incoming.html", context)


def page_if_there(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def calling(request: Asked, claim: str) -> Any:
    """The claim to ring about; for strangers there is none."""
    try:
        found = queries.calling(request.post, claim, request.today)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = found.claim.customer.ref
    return found


@require_http_methods(["GET", "POST"])
def attempt(request: Asked, claim: str) -> HttpResponse:
    """Before the number is seen: what must be known. After it was rung: how it ended."""
    found = calling(request, claim)
    form = AttemptForm(
        found.rules.reasons("call_outcome", request.post.role), request.now, request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        try:
            verbs.attempt_call(
                found.interview,
                outcome=form.cleaned_data["outcome"],
                words=form.cleaned_data["words"],
                window=form.agreed_window,
                by=request.post,
                now=request.now,
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The attempt is kept, and the next step is set."))
            return redirect("first_contact:queue")
    return render(request, "first_contact/attempt.html", attempt_context(request, found, form))


def attempt_context(request: Asked, found: Any, form: AttemptForm) -> dict[str, Any]:
    claim = found.claim
    outcomes = found.rules.pack.reasons("call_outcome")
    start = reverse("first_contact:start", args=[claim.ref])
    refusal = found.may_not_ring
    return {
        "heading": _("Call %(name)s") % {"name": claim.customer.name},
        "found": found,
        "claim": claim,
        "customer": claim.customer,
        "benefit": found.rules.benefits.get(claim.benefit, claim.benefit),
        "refusal": refusal,
        "number": telephone(claim.customer.telephone),
        "form": form,
        "attempts": [
            (tried, outcomes[tried.outcome].title if tried.outcome in outcomes else tried.outcome)
            for tried in found.attempts
        ],
        "taken_by": taken_by(found.task, request),
        "start": Action(
            _("They answered: start the conversation"),
            start,
            "post",
            primary=True,
            fields={"direction": Direction.OUT},
            refused=f"{refusal.message} {refusal.cure}" if refusal else None,
        ),
        "they_ring": Action(
            _("The customer is ringing us: start the conversation"),
            start,
            "post",
            fields={"direction": Direction.IN},
        ),
        "back_url": reverse("first_contact:queue"),
        "back_label": _("Calls to make"),
    }


def taken_by(task: Any, request: Asked) -> str:
    """The colleague who has taken this call, if one has."""
    if task is None or task.person is None or task.person_id == request.post.person_id:
        return ""
    return str(task.person.name)


@require_POST
def start(request: Asked, claim: str) -> HttpResponse:
    """Begin the conversation about a claim, or go on with the one that was begun."""
    found = calling(request, claim)
    direction = Direction.IN if request.POST.get("direction") == Direction.IN else Direction.OUT
    if found.interview is None:
        return refused_page(request, Refused("no_interview", _("No interview belongs to this claim.")), claim)
    try:
        conversation = verbs.start_conversation(
            found.interview, direction=direction, by=request.post, now=request.now
        )
    except Refused as refusal:
        return refused_page(request, refusal, claim)
    return redirect("first_contact:talk", conversation.ref)


def refused_page(request: HttpRequest, refusal: Refused, claim: str) -> HttpResponse:
    context = {"refusal": refusal, "return_url": reverse("first_contact:attempt", args=[claim])}
    return render(request, "ui/refused.html", context, status=409)
