"""Many appointments moved at once, customers handed over, one booked beside another."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from waymark.interviews import verbs as interviews
from waymark.interviews.diary import queries as diary
from waymark.interviews.holding import rules_for
from waymark.interviews.managing import queries, verbs
from waymark.interviews.managing.overbooking import booked_on, times_beside
from waymark.interviews.managing.proposing import appointments_of, propose
from waymark.interviews.managing.rules import most_over
from waymark.interviews.series.queries import interview_for
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.organisations import queries as organisations
from waymark.web.asking import Asked
from waymark.web.managers.forms import BesideForm, HandOverForm, RebookForm
from waymark.web.people.pages import day_in_path
from waymark.web.ui.components import Link
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import day, long_day_time
from waymark.worklist import queries as worklist

form_view = require_http_methods(["GET", "HEAD", "POST"])
DAYS_SHOWN = 5


@form_view
def rebook(request: Asked, ref: str, first: str, last: str) -> HttpResponse:
    """Other times for the appointments of an absence, proposed as the customers would like them."""
    person = get_object_or_404(queries.people_of(request.post), ref=ref)
    first_day, last_day = day_in_path(first), day_in_path(last)
    theirs = appointments_of(person, first_day, last_day, request.now)
    found = propose(theirs, away=person, last=last_day, now=request.now)
    form = RebookForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            result = verbs.rebook_absence(
                person,
                first_day,
                last_day,
                form.slots,
                words=form.cleaned_data["words"],
                by=request.post,
                now=request.now,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            _say_moved(request, len(result.moved), [each.why for each in result.left])
            return redirect("managers:overview")
    context = {
        "heading": _("Other times for the appointments of %(name)s") % {"name": person.name},
        "person": person,
        "first": first_day,
        "last": last_day,
        "form": form,
        "without": sum(not each.slots for each in found),
        "back_url": reverse("managers:overview"),
    }
    return render(request, "managers/rebook.html", context)


@form_view
def hand_over(request: Asked, ref: str) -> HttpResponse:
    """Customers of an adviser go to colleagues, with what the next one must know."""
    person = get_object_or_404(queries.people_of(request.post), ref=ref)
    office = request.post.team.office
    leaver = queries.leaver_of(person, office, request.now)
    advisers = list(queries.advisers_for(office, request.today, but_not=person))
    form = HandOverForm(leaver.claims, advisers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            result = verbs.hand_over_caseload(person, form.notes, by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            said = ngettext(
                "%(n)d customer is handed over and told.",
                "%(n)d customers are handed over and told.",
                len(result.given),
            )
            messages.success(request, said % {"n": len(result.given)})
            for kept in result.kept:
                messages.warning(request, f"{kept.claim.customer.name}: {kept.why}")
            for left in result.left:
                name = left.appointment.interview.claim.customer.name
                messages.warning(request, f"{name}: {left.why} " + _("Finding one is a task."))
            return redirect("managers:hand_over", ref)
    context = {
        "heading": _("Customers of %(name)s") % {"name": person.name},
        "person": person,
        "leaver": leaver,
        "form": form,
        "rows": [(claim, leaver.booked.get(claim.pk), to, note) for claim, to, note in form.rows],
        "sizes": queries.caseload_sizes(office),
        "advisers": [(one.name, queries.caseload_sizes(office).get(one.pk, 0)) for one in advisers],
        "back_url": reverse("managers:overview"),
    }
    return render(request, "managers/hand_over.html", context)


@require_safe
def move_for_task(request: Asked, ref: str) -> HttpResponse:
    """From the task to the page on which another time is found."""
    task = get_object_or_404(worklist.tasks_seen_by(request.post), ref=ref)
    booked = diary.appointments_seen_by(request.post).filter(interview__claim=task.claim_id, state="booked")
    appointment = booked.first()
    if appointment is None:
        return redirect("customers:record", task.claim.customer.ref)
    return redirect("diaries:move", appointment.ref)


@form_view
def overbook(request: Asked, ref: str) -> HttpResponse:
    """Book an interview beside another appointment, as far as the office allows it."""
    interview = interview_for(request.post, ref)
    if interview is None:
        raise Http404
    request.customer_read = interview.claim.customer.ref
    office = interview.claim.office
    rules = rules_for(interview.claim, request.today)
    shown = _day(request)
    slots = times_beside(
        office, shown, kind="adviser_interview", minutes=rules.value("visit.adviser_minutes"), now=request.now
    )
    form = BesideForm(slots, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = interviews.book_interview(
                interview, form.chosen, overbooked=True, by=request.post, now=request.now
            )
        except Refused as refused:
            refuse(form, refused, on="slot")
        else:
            when = long_day_time(made.starts_at, request.today)
            messages.success(
                request,
                _("Booked for %(when)s, beside another appointment. A letter tells the customer.")
                % {"when": when},
            )
            return redirect("customers:record", interview.claim.customer.ref)
    percent = rules.value("limits.overbooking_percent")
    booked = booked_on(office.pk, shown)
    context = {
        "heading": _("Book %(name)s beside another") % {"name": interview.claim.customer.name},
        "form": form,
        "day": shown,
        "slots": slots,
        "percent": percent,
        "most": most_over(booked.within, percent),
        "booked": booked,
        "days": _days(request, ref, shown),
        "back_url": reverse("interviews:book", args=[ref]),
    }
    return render(request, "managers/overbook.html", context)


def _day(request: Asked) -> Any:
    asked = request.GET.get("day", "")
    return day_in_path(asked) if asked else next_working_day(request.today, organisations.holidays())


def _days(request: Asked, ref: str, shown: Any) -> list[Link]:
    """The next working days, to choose one."""
    links: list[Link] = []
    holidays, each = organisations.holidays(), request.today
    while len(links) < DAYS_SHOWN:
        each = next_working_day(each, holidays)
        links.append(
            Link(
                day(each, request.today),
                f"{reverse('managers:overbook', args=[ref])}?day={each.isoformat()}",
                each == shown,
            )
        )
        each += timedelta(days=1)
    return links


def _say_moved(request: Asked, moved: int, left: list[str]) -> None:
    said = ngettext(
        "%(n)d appointment is moved and its customer told.",
        "%(n)d appointments are moved and their customers told.",
        moved,
    )
    messages.success(request, said % {"n": moved})
    if left:
        words = ngettext(
            "%(n)d waits for another time: it is a task, due tomorrow.",
            "%(n)d wait for another time: each is a task, due tomorrow.",
            len(left),
        )
        messages.warning(request, words % {"n": len(left)})
