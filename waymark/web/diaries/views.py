"""Pages of the diaries: the week, the day, one person, a search, one appointment, hours and other work."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.inbound import queries as inbound
from waymark.interviews import verbs as interviews
from waymark.interviews.diary import access, feed, queries, verbs
from waymark.interviews.enums import AppointmentState, CausedBy, Mode
from waymark.interviews.series.preferences import wishes_of
from waymark.interviews.series.troubles import changes_of
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role
from waymark.programme import queries as programmes
from waymark.web.asking import Asked
from waymark.web.diaries import grids
from waymark.web.diaries.forms import (
    BlockForm,
    CancelForm,
    EndHoursForm,
    FindForm,
    HoursForm,
    MoveForm,
    WishForm,
    row_key,
    row_of,
)
from waymark.web.inbound.words import waiting_messages
from waymark.web.ui.components import Action, Column, Link, Row, Table
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import clock, long_day, long_day_time, minutes
from waymark.web.ui.templatetags.ui import day as day_words
from waymark.web.worklist.next_action import open_page

form_view = require_http_methods(["GET", "HEAD", "POST"])
PER_DAY = 6
ANY_LENGTH = 15  # minutes looked for where no programme is loaded that says how long an interview is
WANTED_WITHIN = timedelta(days=7)


# Looking


@require_safe
def week(request: Asked) -> HttpResponse:
    """Everybody of an office in a week, and the first free times in words."""
    office, offices = _office(request)
    if office is None:
        return render(request, "diaries/none.html", {"heading": _("Diaries")})
    monday = _monday(request)
    wishes = queries.usual(programmes.appointment_lengths(request.today))
    shown = queries.week(office, monday, now=request.now, wishes=wishes)
    context = {
        "heading": _("Diaries: %(office)s") % {"office": office.name},
        "monday": monday,
        "shown": shown,
        "grid": grids.office_week(shown, request.today),
        "links": grids.week_links(reverse("diaries:week"), monday, request.today, office=office.code),
        "offices": _office_links(offices, office, "diaries:week"),
        "pages": _pages(request, "week", office),
    }
    return render(request, "diaries/week.html", context)


@require_safe
def day(request: Asked, day: str) -> HttpResponse:
    """Everybody of an office on a day."""
    office, offices = _office(request)
    shown = _day_of(day)
    if office is None or shown is None:
        raise Http404
    people = queries.day(office, shown, now=request.now)
    context = {
        "heading": _("%(office)s on %(day)s")
        % {"office": office.name, "day": long_day(shown, request.today)},
        "grids": grids.office_day(
            people, long_day(shown, request.today), opens_meetings=_opens_meetings(request)
        ),
        "links": [
            {"label": label, "url": f"{reverse('diaries:day', args=[to.isoformat()])}?office={office.code}"}
            for label, to in (
                (_("Day before"), shown - timedelta(days=1)),
                (_("Today"), request.today),
                (_("Day after"), shown + timedelta(days=1)),
            )
        ],
        "offices": _office_links(offices, office, "diaries:day", shown.isoformat()),
        "pages": _pages(request, "day", office),
    }
    return render(request, "diaries/day.html", context)


@require_safe
def person(request: Asked, ref: str) -> HttpResponse:
    """One person's week, hour by hour."""
    who, office = _person(request, ref)
    monday = _monday(request)
    days = queries.person_week(office, who, monday, now=request.now)
    context = {
        "heading": _("Diary of %(name)s") % {"name": who.name},
        "who": who,
        "grid": grids.person_week(
            days,
            _("Week of %(day)s") % {"day": day_words(monday, request.today)},
            request.today,
            opens_meetings=_opens_meetings(request),
        ),
        "days": days,
        "links": grids.week_links(reverse("diaries:person", args=[ref]), monday, request.today),
        "doings": _doings(request, who, office),
        "back_url": f"{reverse('diaries:week')}?office={office.code}&week={monday.isoformat()}",
        "back_label": _("Diaries of %(office)s") % {"office": office.name},
    }
    return render(request, "diaries/person.html", context)


@require_safe
def find(request: Asked) -> HttpResponse:
    """A search for a free time, without booking it."""
    office, offices = _office(request)
    if office is None:
        return render(request, "diaries/none.html", {"heading": _("Find a free time")})
    form = FindForm(
        queries.advisers_of(office, request.today), request.GET if "mode" in request.GET else None, initial={}
    )
    not_before = form.first_moment(request.now)
    lengths = programmes.appointment_lengths(request.today)
    search = queries.find_slots(
        office,
        kind="",
        minutes=form.said.get("minutes") or lengths.get("adviser_interview", ANY_LENGTH),
        not_before=not_before,
        until=form.said.get("until") or day_of(not_before) + WANTED_WITHIN,
        with_assessor_minutes=lengths.get("financial_assessor", 0) if form.said.get("with_assessor") else 0,
        per_day=PER_DAY,
        limit=5 * PER_DAY,
        now=request.now,
        **form.wish,
    )
    context = {
        "heading": _("Find a free time: %(office)s") % {"office": office.name},
        "filters": form,
        "search": search,
        "by_day": queries.slots_by_day(search.slots),
        "offices": _office_links(offices, office, "diaries:find"),
        "pages": _pages(request, "find", office),
    }
    return render(request, "diaries/find.html", context)


@require_safe
def appointment(request: Asked, ref: str) -> HttpResponse:
    """One appointment, with what may be done about it."""
    shown = _appointment(request, ref)
    refusal = _refusal(shown, request.post)
    context = {
        "heading": _("Appointment of %(name)s") % {"name": shown.interview.claim.customer.name},
        "shown": shown,
        "rows": _about(shown),
        "actions": [
            Action(_("Change the time"), reverse("diaries:move", args=[ref]), refused=refusal, primary=True),
            Action(_("Cancel it"), reverse("diaries:cancel", args=[ref]), refused=refusal),
            *_about_a_miss(shown, request.post.role),
            Action(
                _("They told us something"),
                f"{reverse('inbound:log', args=[shown.interview.claim.customer.ref])}?appointment={ref}",
            ),
        ],
        "waiting": waiting_messages(inbound.waiting_for(shown.interview.claim.customer, request.post)),
        "back_url": reverse("diaries:day", args=[day_of(shown.starts_at).isoformat()]),
        "back_label": _("The day"),
    }
    return render(request, "diaries/appointment.html", context)


def _about_a_miss(shown: Any, role: str) -> list[Action]:
    """Of a compulsory appointment that was missed: the case about it. Of one by choice: nothing."""
    if shown.state != AppointmentState.MISSED or not shown.interview.mandatory:
        return []
    url = open_page(role, "sanctions:open", shown.ref)
    return [Action(_("The case about it"), url)] if url else []


# Changing an appointment


@form_view
def move(request: Asked, ref: str) -> HttpResponse:
    """Another time for an appointment."""
    shown = _changeable(request, ref)
    wish = WishForm(
        queries.advisers_of(shown.office, request.today),
        request.GET if "mode" in request.GET else None,
        initial=queries.wishes_of(shown),
    )
    search = queries.slots_to_move_to(
        shown, not_before=wish.first_moment(request.now), now=request.now, per_day=PER_DAY, **wish.wish
    )
    reasons = queries.reasons_for_change(shown, request.post, request.today)
    wishes = wishes_of(shown.interview.claim)
    form = MoveForm(search, reasons, request.POST or None, wishes=wishes)
    if request.method == "POST" and form.is_valid():
        try:
            moved = interviews.move_interview(
                shown, form.chosen, by=request.post, now=request.now, **_change(form.change)
            )
        except Refused as refused:
            refuse(form, refused, on="slot")
        else:
            messages.success(
                request, _("Moved to %(when)s.") % {"when": long_day_time(moved.starts_at, request.today)}
            )
            return redirect("diaries:appointment", moved.ref)
    context = {
        "heading": _("Another time for %(name)s") % {"name": shown.interview.claim.customer.name},
        "shown": shown,
        "filters": wish,
        "search": search,
        "form": form,
        "changes": changes_of(shown.interview.claim, request.today),
        "back_url": reverse("diaries:appointment", args=[ref]),
    }
    return render(request, "diaries/move.html", context)


@form_view
def cancel(request: Asked, ref: str) -> HttpResponse:
    """No time for now."""
    shown = _changeable(request, ref)
    every_reason = queries.reasons_for_change(shown, request.post, request.today)
    reasons = {code: each for code, each in every_reason.items() if each.columns["caused_by"] != CausedBy.US}
    form = CancelForm(reasons, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            interviews.cancel_interview(shown, by=request.post, now=request.now, **_change(form.change))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Cancelled. Booking another time is the next step."))
            return redirect("diaries:appointment", ref)
    context = {
        "heading": _("Cancel the appointment of %(name)s") % {"name": shown.interview.claim.customer.name},
        "shown": shown,
        "form": form,
        "changes": changes_of(shown.interview.claim, request.today),
        "move_url": reverse("diaries:move", args=[ref]),
        "back_url": reverse("diaries:appointment", args=[ref]),
    }
    return render(request, "diaries/cancel.html", context)


# Hours, other work, the calendar


@form_view
def hours(request: Asked, ref: str) -> HttpResponse:
    """The hours in which somebody takes appointments: seen by colleagues, set by the manager."""
    who, office = _person(request, ref)
    refusal = access.may_set_hours(office, request.post)
    form = HoursForm(request.POST or None, initial={"valid_from": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.set_hours(who, office, by=request.post, now=request.now, **form.wish)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The hours are set."))
            return redirect("diaries:hours", ref)
    return _hours_page(request, who, form, None, refusal)


@require_POST
def end_hours(request: Asked, ref: str) -> HttpResponse:
    """Give some hours their last day."""
    who, office = _person(request, ref)
    form = EndHoursForm(queries.hours_of(who, request.today), _hours_words, request.POST)
    if form.is_valid():
        try:
            last_day = form.cleaned_data["last_day"]
            verbs.end_hours(form.chosen, last_day=last_day, by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(
                request, _("The hours end on %(day)s.") % {"day": long_day(last_day, request.today)}
            )
            return redirect("diaries:hours", ref)
    return _hours_page(
        request,
        who,
        HoursForm(initial={"valid_from": request.today}),
        form,
        access.may_set_hours(office, request.post),
    )


@form_view
def blocks(request: Asked, ref: str) -> HttpResponse:
    """What else fills somebody's time: training, meetings, time kept free."""
    who, _office_of = _person(request, ref)
    refusal = access.may_block(who, request.post)
    form = BlockForm(request.POST or None, initial={"day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.block(who, form.during, form.cleaned_data["what"], by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The time is kept."))
            return redirect("diaries:blocks", ref)
    context = {
        "heading": _("Other work of %(name)s") % {"name": who.name},
        "form": form,
        "refusal": refusal,
        "kept": [
            (
                entry,
                Action(
                    _("Free it"),
                    reverse("diaries:unblock", args=[ref]),
                    "post",
                    fields={"entry": row_key(entry)},
                    about=entry.what,
                ),
            )
            for entry in queries.blocks_of(who, request.today)
        ],
        "back_url": reverse("diaries:person", args=[ref]),
    }
    return render(request, "diaries/blocks.html", context)


@require_POST
def unblock(request: Asked, ref: str) -> HttpResponse:
    """Free a stretch of other work."""
    who, _office_of = _person(request, ref)
    entry = get_object_or_404(queries.blocks_of(who, request.today), pk=row_of(request.POST.get("entry", "")))
    try:
        verbs.unblock(entry, by=request.post, now=request.now)
    except Refused as refused:
        return render(request, "ui/refused.html", {"refusal": refused}, status=403)
    messages.success(request, _("The time is free again."))
    return redirect("diaries:blocks", ref)


@form_view
def calendar(request: Asked) -> HttpResponse:
    """The address of one's own calendar feed, and a new one."""
    who = request.post.person
    if request.method == "POST":
        verbs.renew_calendar_key(who, by=request.post, now=request.now)
        messages.success(request, _("Here is your new address. The old one no longer works."))
        return redirect("diaries:calendar")
    address = reverse("calendar_feed", args=[f"{who.ref}-{who.calendar_key}"])
    context = {
        "heading": _("Your diary in a calendar program"),
        "address": request.build_absolute_uri(address),
        "renew": Action(_("Make a new address"), reverse("diaries:calendar"), "post"),
        "back_url": reverse("diaries:person", args=[who.ref]),
    }
    return render(request, "diaries/calendar.html", context)


@require_safe
def calendar_feed(request: Asked, address: str) -> HttpResponse:
    """The diary of the person whose secret the address carries, for a calendar program."""
    ref, _dash, key = address.partition("-")
    person = feed.person_of(ref, key)
    if person is None:
        raise Http404
    response = HttpResponse(
        feed.calendar_of(person, request.now), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    return response


# What the views share


def _opens_meetings(request: Asked) -> bool:
    return bool(open_page(request.post.role, "casework:meeting", "any"))


def _office(request: Asked) -> tuple[Any, list[Any]]:
    """The office whose diaries are shown, and all that may be chosen; nobody else's exist."""
    offices = list(queries.offices_seen_by(request.post))
    code = request.GET.get("office", "")
    if not code:
        return (offices[0] if offices else None), offices
    chosen = next((office for office in offices if office.code == code), None)
    if chosen is None:
        raise Http404
    return chosen, offices


def _person(request: Asked, ref: str) -> tuple[Any, Any]:
    who = get_object_or_404(queries.people_seen_by(request.post, request.today), ref=ref)
    office = queries.office_of_diary(who, request.post, request.today)
    if office is None:
        raise Http404
    return who, office


def _appointment(request: Asked, ref: str) -> Any:
    shown = get_object_or_404(queries.appointments_seen_by(request.post), ref=ref)
    request.customer_read = shown.interview.claim.customer.ref
    return shown


def _changeable(request: Asked, ref: str) -> Any:
    """An appointment that can still be changed; the others have a page that says what became of them."""
    shown = _appointment(request, ref)
    if _refusal(shown, request.post):
        raise Http404
    return shown


def _refusal(shown: Any, post: Any) -> str | None:
    if shown.state != AppointmentState.BOOKED:
        return _("This appointment is over: %(state)s.") % {"state": shown.get_state_display()}
    refused = access.may_change_appointments(shown.office, post)
    return f"{refused.message} {refused.cure}" if refused else None


def _change(change: dict[str, str]) -> dict[str, Any]:
    return {**change, "caused_by": CausedBy(change["caused_by"])}


def _about(shown: Any) -> list[Row]:
    total = (shown.ends_at - shown.starts_at).total_seconds() // 60
    customer = shown.interview.claim.customer
    rows = [
        Row(
            _("Customer"),
            customer.name,
            [Link(_("Open the record"), reverse("customers:record", args=[customer.ref]))],
        ),
        Row(_("When"), long_day_time(shown.starts_at)),
        Row(_("How long"), minutes(int(total))),
        Row(_("How"), Mode(shown.mode).label),
        Row(_("With"), _with(shown)),
        Row(_("Where"), ", ".join(str(part) for part in (shown.office.name, shown.room) if part)),
        Row(_("State"), shown.get_state_display()),
    ]
    if shown.caused_by:
        rows.append(Row(_("Changed because of"), shown.get_caused_by_display()))
    if shown.words:
        rows.append(Row(_("In words"), shown.words))
    return rows


def _with(shown: Any) -> str:
    if not shown.with_assessor:
        return str(shown.adviser.name)
    return _("a financial assessor, then %(name)s") % {"name": shown.adviser.name}


def _hours_page(
    request: Asked, who: Any, form: HoursForm, end_form: EndHoursForm | None, refusal: Any
) -> HttpResponse:
    held = list(queries.hours_of(who, request.today))
    table = Table(
        _("Hours that hold now or later"),
        [Column(_("Day")), Column(_("Hours")), Column(_("For")), Column(_("At")), Column(_("Holds"))],
        [
            [
                WEEKDAYS[each.weekday],
                _hours_span(each),
                _sorts(each),
                each.office.name,
                _holds(each, request.today),
            ]
            for each in held
        ],
        empty=_("No hours are set: nothing can be booked in this diary."),
    )
    context = {
        "heading": _("Hours of %(name)s") % {"name": who.name},
        "table": table,
        "set_form": form,
        "end_form": end_form or (EndHoursForm(held, _hours_words) if held else None),
        "form": end_form if end_form and end_form.errors else form,
        "refusal": refusal,
        "end_url": reverse("diaries:end_hours", args=[who.ref]),
        "set_url": reverse("diaries:hours", args=[who.ref]),
        "back_url": reverse("diaries:person", args=[who.ref]),
    }
    return render(request, "diaries/hours.html", context)


def _hours_span(hours: Any) -> str:
    return f"{clock(hours.starts)}–{clock(hours.ends)}"


def _hours_words(hours: Any) -> str:
    return f"{WEEKDAYS[hours.weekday]} {_hours_span(hours)}, {_sorts(hours)}"


def _sorts(hours: Any) -> str:
    sorts = [
        (hours.in_office, _("office")),
        (hours.by_phone, _("telephone")),
        (hours.at_home, _("home and other places")),
    ]
    return ", ".join(word for serves, word in sorts if serves)


def _holds(hours: Any, today: date) -> str:
    since = _("from %(day)s") % {"day": day_words(hours.valid_from, today)}
    if hours.valid_until is None:
        return since
    return _("%(since)s until %(day)s") % {"since": since, "day": day_words(hours.valid_until, today)}


def _doings(request: Asked, who: Any, office: Any) -> list[Action]:
    doings = [
        Action(_("Hours"), reverse("diaries:hours", args=[who.ref])),
        Action(_("Other work"), reverse("diaries:blocks", args=[who.ref])),
    ]
    if who.pk == request.post.person_id:
        doings.append(Action(_("In my calendar program"), reverse("diaries:calendar")))
    return doings


def _pages(request: Asked, here: str, office: Any) -> list[Link]:
    query = f"?office={office.code}"
    pages = [
        Link(_("Week"), reverse("diaries:week") + query, here == "week"),
        Link(_("Today"), reverse("diaries:day", args=[request.today.isoformat()]) + query, here == "day"),
        Link(_("Find a free time"), reverse("diaries:find") + query, here == "find"),
    ]
    if request.post.role in {Role.ADVISER, Role.ASSESSOR}:
        pages.append(Link(_("My diary"), reverse("diaries:person", args=[request.post.person.ref])))
    return pages


def _office_links(offices: list[Any], chosen: Any, name: str, *args: str) -> list[Link]:
    """The offices to choose from, where there is more than one."""
    if len(offices) < 2:
        return []
    return [
        Link(office.name, f"{reverse(name, args=args)}?office={office.code}", office.pk == chosen.pk)
        for office in offices
    ]


def _monday(request: Asked) -> date:
    shown = _day_of(request.GET.get("week", "")) or next_working_day(request.today, ())
    return shown - timedelta(days=shown.weekday())


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
