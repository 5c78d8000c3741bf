"""The page of a claim's reminders: what went, and none for a while where they do harm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waymark.customers import queries as customers
from waymark.interviews import reminding
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.notices.forms import PauseForm
from waymark.web.notices.words import state_tag
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import day_time, long_day


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: Asked, ref: str) -> HttpResponse:
    """What was sent before appointments, and a pause: made here, or shown with its way out."""
    claim = _claim(request, ref)
    customer = claim.customer
    request.customer_read = customer.ref
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reminding.pause_reminders(claim, **form.cleaned_data, by=request.post, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("There are no reminders for now."))
            return redirect("notices:reminders", claim.ref)
    pause = reminding.pause_of(claim, request.today)
    context = {
        "customer": customer,
        "heading": _("Reminders to %(name)s") % {"name": customer.name},
        "form": form,
        "paused": _paused(pause, request) if pause else "",
        "resume": Action(_("Let reminders go again"), reverse("notices:resume", args=[claim.ref]), "post"),
        "table": _table(claim, request),
    }
    return render(request, "notices/reminders.html", context)


@require_POST
def resume(request: Asked, ref: str) -> HttpResponse:
    """End the pause now."""
    claim = _claim(request, ref)
    try:
        reminding.resume_reminders(claim, by=request.post, now=request.now)
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": reverse("notices:reminders", args=[claim.ref])}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, _("Reminders go again."))
    return redirect("notices:reminders", claim.ref)


def _claim(request: Asked, ref: str) -> Any:
    """The claim of this reference; a stranger gets 404."""
    try:
        return customers.get_claim(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None


def _paused(pause: Any, request: Asked) -> str:
    return _("No reminders until %(day)s. %(name)s noted why: “%(why)s”") % {
        "day": long_day(pause.until, request.today),
        "name": pause.by.person.name,
        "why": pause.why,
    }


def _table(claim: Any, request: Asked) -> Table:
    rows: list[list[object]] = []
    for reminder in reminding.reminders_of_claim(claim):
        notice = reminder.notice
        what: object = reminder.skipped_because
        if notice is not None:
            url = reverse("notices:show", args=[notice.ref])
            what = format_html(
                '{} <a class="govuk-link" href="{}">{}</a>',
                state_tag(notice.state),
                url,
                notice.get_channel_display(),
            )
        rows.append(
            [
                day_time(reminder.appointment.starts_at, request.today),
                day_time(reminder.made_at, request.today),
                what,
            ]
        )
    return Table(
        caption=_("Reminders so far"),
        columns=[Column(_("Appointment")), Column(_("Dealt with")), Column(_("What became of it"))],
        rows=rows,
        empty=_("None was due yet."),
    )
