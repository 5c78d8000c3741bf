"""The call before the letter: what to say, the attempts, worries, needs, and what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waymark.interviews.queries import recontact as interviews
from waymark.interviews.series import before, reading
from waymark.interviews.series.queries import pre_call_of
from waymark.interviews.series.reading import InSeries
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.interviews.pages import of_interview, refused_page
from waymark.web.series.forms import BOOK, PUT_OFF, WISHES, PreCallForm
from waymark.web.series.pages import form_view, show
from waymark.web.ui.components import Action
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day_time

GO_ON = "go_on"
HANGS_UP = ("call_again", "find_number")


@form_view
@of_interview
def pre_call(request: Asked, interview: Any) -> HttpResponse:
    """Ring first; the letter goes after (E:L389)."""
    found = reading.in_series(request.post, interview.claim.ref, request.today)
    form = PreCallForm(found.rules, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            before.note_pre_call(interview, **form.said, by=request.post, now=request.now)
            for kind in form.cleaned_data["help_kinds"]:
                before.ask_for_help(interview, kind=kind, by=request.post, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The call is on the record."))
            return redirect(_then(form.cleaned_data["then"], interview))
    return _page(request, interview, found, form)


def _then(chosen: str, interview: Any) -> str:
    return {
        BOOK: lambda: reverse("interviews:book", args=[interview.ref]),
        WISHES: lambda: reverse("series:preferences", args=[interview.claim.ref]) + f"?then={interview.ref}",
        PUT_OFF: lambda: reverse("interviews:defer", args=[interview.ref]),
    }[chosen]()


def _page(request: Asked, interview: Any, found: InSeries, form: PreCallForm) -> HttpResponse:
    reasons = interviews.outcomes_of_calls(found.rules)
    attempts = reading.attempts_before(interview)
    return show(
        request,
        "series/pre_call.html",
        found,
        _("Ring %(name)s before the letter") % {"name": found.customer.name},
        _("Keep it"),
        interview=interview,
        form=form,
        call=pre_call_of(interview),
        refusal=reading.may_not_ring(found),
        reassurance=[entry["text"] for entry in found.rules.pack.interview["reassurance"]],
        attempts=[
            (one, reasons[one.outcome].title if one.outcome in reasons else one.outcome) for one in attempts
        ],
        asked_for=found.rules.value("series.pre_call_attempts"),
        tried=[
            Action(
                one.title,
                reverse("series:pre_call_attempt", args=[interview.ref]),
                "post",
                fields={"outcome": code},
            )
            for code, one in reasons.items()
            if one.columns["next_step"] in HANGS_UP
        ],
    )


@require_POST
@of_interview
def attempt(request: Asked, interview: Any) -> HttpResponse:
    """A call that reached nobody; the next is proposed at another time of day."""
    here = reverse("series:pre_call", args=[interview.ref])
    try:
        before.attempt_pre_call(
            interview, outcome=request.POST.get("outcome", ""), by=request.post, now=request.now
        )
    except Refused as refusal:
        return refused_page(request, refusal, here)
    again = reading.next_pre_call(interview)
    said = _("Kept. The next call is proposed for %(when)s.")
    messages.success(request, said % {"when": long_day_time(again, request.today)} if again else _("Kept."))
    return redirect(here)
