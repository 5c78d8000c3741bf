"""The contact before a deferral ends: the list, the call sheet, what has changed, what follows."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.customers.queries.card import safe_contact_words
from waymark.interviews import verbs
from waymark.interviews.advice import RECONTACT
from waymark.interviews.diary.queries import offices_seen_by
from waymark.interviews.enums import Stage
from waymark.interviews.queries import recontact as reading
from waymark.interviews.queries.recontact import Sheet
from waymark.interviews.verbs.recontact import AT_AGREED_TIME, next_window
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.diaries.forms import SlotForm
from waymark.web.interviews import forms as deciding
from waymark.web.interviews.again import Doing, decide_page, draft_of, keep_draft
from waymark.web.interviews.pages import page_about, refused_page
from waymark.web.interviews.times import times_for
from waymark.web.people.pages import as_csv
from waymark.web.recontact.forms import AgreedForm, InsteadForm, ListFilter
from waymark.web.ui.components import Action, Count, Row
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import clock, day, long_day, long_day_time
from waymark.worklist.enums import TaskKind

form_view = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 50
SORTS = {
    "due": ("due_on", "window_from"),
    "customer": ("claim__customer__family_name", "claim__customer__given_names"),
    "until": ("until",),
    "office": ("claim__office__name", "due_on"),
    "kind": ("kind", "due_on"),
}
DOORS = {
    TaskKind.RECONTACT: "recontact:sheet",
    TaskKind.SEND_RECONTACT_LETTER: "recontact:by_letter",
}


# The list


@require_safe
def index(request: Asked) -> HttpResponse:
    """Re-contacts of my place: late, due, coming."""
    filters = ListFilter(request.GET or None, offices_seen_by(request.post))
    rows = _chosen(request, filters)
    if request.GET.get("format") == "csv":
        return _csv(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    due = reading.counts_due(request.post, request.today)
    context = {
        "heading": _("Re-contacts"),
        "filters": filters,
        "page": page,
        "rows": [_row(task, request) for task in page],
        "counts": [
            Count(due["late"], _("late"), "?when=late", late=bool(due["late"])),
            Count(due["today"], _("due today"), "?when=today"),
            Count(due["coming"], _("coming"), "?when=coming"),
        ],
    }
    return render(request, "recontact/list.html", context)


def _chosen(request: Asked, filters: ListFilter) -> QuerySet[Any]:
    said, post = filters.said, request.post
    rows = reading.when_due(reading.recontacts(post), said.get("when", ""), request.today)
    if said.get("office"):
        rows = rows.filter(claim__office__code=said["office"])
    whose = {"mine": {"person": post.person_id}, "team": {"team": post.team_id}, "free": {"person": None}}
    rows = rows.filter(**whose.get(said.get("whose", ""), {}))
    sort = request.GET.get("sort", "")
    fields = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    if sort.startswith("-"):
        return rows.order_by(*(F(name).desc(nulls_last=True) for name in fields), "id")
    return rows.order_by(*(F(name).asc(nulls_last=True) for name in fields), "id")


def _row(task: Any, request: Asked) -> dict[str, Any]:
    safe = safe_contact_words(getattr(task.claim.customer, "safe_contact", None))
    ref = task.claim.ref if task.kind in DOORS else task.interview_ref
    late = task.due_on < request.today
    return {
        "task": task,
        "late": late,
        "tag": _("late") if late else _("today") if task.due_on == request.today else _("coming"),
        "tone": "late" if late else "waiting" if task.due_on == request.today else "quiet",
        "when": _when(task, request),
        "mind": [_("contact is stopped"), *safe] if task.stopped else safe,
        "action": Action(
            _("Call sheet") if task.kind == TaskKind.RECONTACT else _("Book"),
            reverse(DOORS.get(task.kind, "interviews:book"), args=[ref]),
            about=task.claim.customer.name,
            primary=late or task.due_on == request.today,
        ),
    }


def _when(task: Any, request: Asked) -> str:
    said = day(task.due_on, request.today)
    if task.window_from is None:
        return said
    return f"{said}, {clock(task.window_from)}–{clock(task.window_until)}"


def _csv(rows: QuerySet[Any]) -> HttpResponse:
    columns = [
        "claim",
        "customer",
        "office",
        "what",
        "due",
        "ring from",
        "deferred until",
        "in a row",
        "team",
        "with",
    ]
    cells = (
        (
            task.claim.ref,
            task.claim.customer.name,
            task.claim.office.name,
            task.get_kind_display(),
            task.due_on,
            timezone.localtime(task.window_from).strftime("%H:%M") if task.window_from else "",
            task.until,
            task.in_a_row,
            task.team.name,
            task.person.name if task.person else "",
        )
        for task in rows.iterator(chunk_size=2000)
    )
    return as_csv("re-contacts.csv", columns, cells)


# The call sheet


@require_safe
def sheet(request: Asked, ref: str) -> HttpResponse:
    """First why, what was told, how the customer saw it; the number only below."""
    return _sheet_page(request, _sheet(request, ref))


def _sheet_page(
    request: Asked, found: Sheet, agreed: AgreedForm | None = None, instead: InsteadForm | None = None
) -> HttpResponse:
    reasons = reading.outcomes_of_calls(found.rules)
    refusal = found.may_not_ring
    on_the_line = Action(_("The customer rings us"), reverse("recontact:changed", args=[found.claim.ref]))
    spoke = {code: one for code, one in reasons.items() if one.columns["next_step"] == "go_on"}
    agreed_ones = {code: one for code, one in reasons.items() if one.columns["next_step"] == AT_AGREED_TIME}
    others = {code: one for code, one in reasons.items() if code not in spoke and code not in agreed_ones}
    form = next((one for one in (agreed, instead) if one is not None and one.errors), None)
    context = {
        "heading": _("Re-contact: %(name)s") % {"name": found.claim.customer.name},
        "back_url": reverse("customers:record", args=[found.claim.customer.ref]),
        "back_label": found.claim.customer.name,
        "found": found,
        "customer": found.claim.customer,
        "refusal": refusal,
        "about": _about(found, request),
        "view": [(deciding.VIEW_WORDS[name], words) for name, words in found.view],
        "script": reading.say_first(found.rules, found.reason),
        "spoke": [
            *(_tried(found, code, one.title, primary=True) for code, one in spoke.items()),
            on_the_line,
        ],
        "others": [_tried(found, code, one.title) for code, one in others.items()],
        "on_the_line": on_the_line,
        "attempts": [(one, _title_of(reasons, one.outcome)) for one in found.attempts],
        "left": _left(found),
        "next_call": _next_call(found, reasons, request),
        "agreed": agreed or AgreedForm(agreed_ones, request.now),
        "instead": instead or InsteadForm(),
        "form": form,
    }
    return render(request, "recontact/sheet.html", context)


def _sheet(request: Asked, ref: str) -> Sheet:
    try:
        found = reading.sheet(request.post, ref, request.today)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = found.claim.customer.ref
    return found


def _about(found: Sheet, request: Asked) -> list[Row]:
    deferral, decision = found.deferral, found.deferral.decision
    by = decision.decided_by
    told = _("no letter is known")
    if found.told is not None:
        told = _("%(kind)s, %(state)s") % {
            "kind": found.told.get_kind_display(),
            "state": found.told.get_state_display(),
        }
    rows = [
        Row(_("Put off because"), decision.because),
        Row(_("Reason"), _numbered(found)),
        Row(_("Until"), long_day(deferral.until, request.today)),
        Row(_("It rested on"), found.evidence or _("nothing that was written down")),
        Row(
            _("Decided by"),
            _("%(name)s, %(role)s, on %(day)s")
            % {
                "name": by.person.name,
                "role": by.get_role_display(),
                "day": long_day(decision.on, request.today),
            },
        ),
        Row(_("Told by letter"), told),
    ]
    promised = [f"{task.words} ({day(task.due_on, request.today)})" for task in found.promises]
    return [*rows, Row(_("Promised"), "; ".join(promised))] if promised else rows


def _numbered(found: Sheet) -> str:
    n = found.deferral.in_a_row
    if n == 1:
        return found.reason
    return _("%(reason)s; number %(n)d in a row") % {"reason": found.reason, "n": n}


def _tried(found: Sheet, code: str, label: str, primary: bool = False) -> Action:
    """One click keeps how a call ended."""
    url = reverse("recontact:attempt", args=[found.claim.ref])
    return Action(label, url, "post", primary=primary, fields={"outcome": code})


def _title_of(reasons: Any, code: str) -> str:
    return reasons[code].title if code in reasons else code.replace("_", " ")


def _left(found: Sheet) -> str:
    """What happens after how many more calls."""
    left = found.calls_before_letter - found.counted
    if found.waits_for_letter or left <= 0:
        return ""
    said = ngettext("%(n)d more call, then a letter.", "%(n)d more calls, then a letter.", left)
    return said % {"n": left}


def _next_call(found: Sheet, reasons: Any, request: Asked) -> str:
    """When the next call is proposed: the time that is set, or the one an unanswered call would bring."""
    if found.task is not None and found.task.window_from is not None:
        starts, ends = found.task.window_from, found.task.window_until
        return _("Set for %(day)s to %(until)s.") % {
            "day": long_day_time(starts, request.today),
            "until": clock(ends),
        }
    if found.counted + 1 >= found.calls_before_letter or "no_answer" not in reasons:
        return _("If nobody answers now, a letter asks the customer to ring.")
    starts, ends = next_window(found.claim, reasons["no_answer"], found.rules, request.now)
    said = _("If nobody answers now: %(day)s to %(until)s.")
    return said % {"day": long_day_time(starts, request.today), "until": clock(ends)}


@require_POST
def attempt(request: Asked, ref: str) -> HttpResponse:
    """How a call ended. Where the customer was reached, what has changed is asked next."""
    found = _sheet(request, ref)
    reasons = reading.outcomes_of_calls(found.rules)
    code = request.POST.get("outcome", "")
    agreed, window, words = None, None, ""
    if code in reasons and reasons[code].columns["next_step"] == AT_AGREED_TIME:
        ones = {c: one for c, one in reasons.items() if one.columns["next_step"] == AT_AGREED_TIME}
        agreed = AgreedForm(ones, request.now, request.POST)
        if not agreed.is_valid():
            return _sheet_page(request, found, agreed=agreed)
        window, words = agreed.window, agreed.cleaned_data["words"]
    try:
        verbs.attempt_recontact(
            found.deferral, outcome=code, words=words, window=window, by=request.post, now=request.now
        )
    except Refused as refused:
        if agreed is None:
            return refused_page(request, refused, reverse("recontact:sheet", args=[ref]))
        refuse(agreed, refused)
        return _sheet_page(request, found, agreed=agreed)
    if reasons[code].columns["next_step"] == "go_on":
        return redirect("recontact:changed", ref)
    messages.success(request, _after(found, reasons[code].title, request))
    return redirect("recontact:list")


def _after(found: Sheet, title: str, request: Asked) -> str:
    """What follows an attempt: the next call, the letter, or a visit."""
    task = reading.sheet(request.post, found.claim.ref, request.today).task
    said = _("Kept: %(how)s.") % {"how": title.lower()}
    if task is None:
        return said
    if task.kind == TaskKind.SEND_RECONTACT_LETTER:
        letter = _("A letter asks the customer to ring by %(day)s.")
        return f"{said} {letter % {'day': long_day(task.due_on, request.today)}}"
    if task.window_from is None:
        return f"{said} {task.get_kind_display()}, {long_day(task.due_on, request.today)}."
    again = _("The next call is proposed for %(when)s.")
    return f"{said} {again % {'when': long_day_time(task.window_from, request.today)}}"


@require_POST
def write(request: Asked, ref: str) -> HttpResponse:
    """A letter instead of a call."""
    found = _sheet(request, ref)
    form = InsteadForm(request.POST)
    if form.is_valid():
        try:
            verbs.ask_by_letter(
                found.deferral, why=form.cleaned_data["why"], by=request.post, now=request.now
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _after(found, _("Written instead of ringing"), request))
            return redirect("recontact:list")
    return _sheet_page(request, found, instead=form)


# What has changed, and what follows


@form_view
def changed(request: Asked, ref: str) -> HttpResponse:
    """What has changed since, in the customer's words, and the questions of the script."""
    found = _sheet(request, ref)
    rules, draft = found.rules, draft_of(request, found.interview) or {}
    known = {**draft.get("given", {}), reading.ANSWER: reading.REACHED}
    form = deciding.ChangedForm(
        reading.facts_to_ask(rules),
        rules.facts,
        rules.facts.parse(known),
        request.POST or None,
        words=draft.get("words", ""),
        help_text=_("Always asked, and asked first."),
    )
    if request.method == "POST" and form.is_valid():
        given = {**form.given(), reading.ANSWER: reading.REACHED}
        keep_draft(request, found.interview, given=given, words=form.cleaned_data["words"])
        return redirect("recontact:decide", ref)
    context = page_about(
        found.interview,
        request,
        heading=_("What has changed for %(name)s?") % {"name": found.claim.customer.name},
        form=form,
        found=found,
        script=reading.say_first(rules, found.reason),
        about=_about(found, request),
        view=[(deciding.VIEW_WORDS[name], words) for name, words in found.view],
    )
    context |= {"back_url": reverse("recontact:sheet", args=[ref]), "back_label": _("Call sheet")}
    return render(request, "recontact/changed.html", context)


@form_view
def decide(request: Asked, ref: str) -> HttpResponse:
    """What follows the deferral."""
    found = _sheet(request, ref)
    draft = draft_of(request, found.interview)
    if draft is None:
        return redirect("recontact:changed", ref)
    outcomes: Sequence[str] = tuple(deciding.OUTCOMES)
    doing = Doing(
        interview=found.interview,
        stage=Stage.RECONTACT,
        table=RECONTACT,
        outcomes=[one for one in outcomes if _may(found, one, request)],
        back_url=reverse("recontact:changed", args=[ref]),
        heading=_("What follows for %(name)s?") % {"name": found.claim.customer.name},
    )
    return decide_page(request, doing, draft)


def _may(found: Sheet, outcome: str, request: Asked) -> bool:
    """Whether this role may choose an outcome; the programme says so of each."""
    codes = found.rules.reasons("recontact_outcome", request.post.role)
    return {deciding.DEFER: "defer_again"}.get(outcome, outcome) in codes


# Nobody answered


@form_view
def by_letter(request: Asked, ref: str) -> HttpResponse:
    """A time is chosen for the customer, and a letter says when and how to move it."""
    try:
        interview = reading.get_latest_interview(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    claim = interview.claim
    request.customer_read = claim.customer.ref
    rules = reading.rules_of(interview, request.today)
    first = reading.earliest_by_letter(rules, request.today)
    waits_until = reading.letter_waits_until(interview)
    times, search = times_for(interview, rules, request, not_before=first)
    form = SlotForm(search, request.POST or None, wishes=times.wishes)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.book_by_letter(interview, form.chosen, by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            said = _("Booked for %(when)s with %(name)s. The letter says when, and how to move it.")
            when = long_day_time(made.starts_at, request.today)
            messages.success(request, said % {"when": when, "name": made.adviser.name})
            return redirect("customers:record", claim.customer.ref)
    context = page_about(
        interview,
        request,
        heading=_("Book by letter for %(name)s") % {"name": claim.customer.name},
        form=form,
        search=search,
        filters=times,
        first=first,
        waits_until=waits_until,
        waiting=waits_until is not None and waits_until > request.today,
        deferral=reading.open_deferral(interview),
        sheet_url=reverse("recontact:sheet", args=[ref]),
    )
    return render(request, "recontact/by_letter.html", context)
