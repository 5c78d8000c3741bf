"""The third page of the wizard: a time for what comes next, or the decision to put it off or not to ask for it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import Next
from waymark.interviews.series.beginning import regime_of
from waymark.interviews.sittings.queries import Workspace
from waymark.web.asking import Asked
from waymark.web.diaries.forms import SlotForm
from waymark.web.first_contact.forms import SlotOrNone
from waymark.web.interviews.again import decide_page
from waymark.web.interviews.forms import AgainForm, with_none
from waymark.web.interviews.putting_off import DEFERRAL, WAIVER, circumstances_page, reason_page
from waymark.web.interviews.times import times_for_claim
from waymark.web.sittings.drafts import (
    WITH_DECISION,
    WITH_TIME,
    after_details,
    doing,
    draft_of,
    keep,
)
from waymark.web.sittings.pages import context, form_view, of_appointment, url
from waymark.web.ui.forms import look

REASONS = {Next.DEFER: DEFERRAL, Next.WAIVE: WAIVER}


class TimeForm(SlotForm):
    """A time for what comes next, or none for now."""

    slot = look(SlotOrNone(label=gettext_lazy("Time")), small=True)

    def __init__(self, search: Any, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(search, data, **kwargs)
        with_none(self.fields["slot"], search)
        self.fields["slot"].help_text = ""


def _draft(request: Asked, found: Workspace, kinds: frozenset[Next]) -> dict[str, Any]:
    """What was chosen so far; the page is not there for anything else."""
    draft = draft_of(request, found)
    if draft.get("kind") not in kinds or not found.open:
        raise Http404
    return draft


@form_view
@of_appointment
def time(request: Asked, found: Workspace) -> HttpResponse:
    """Free times for the next one, those that suit the customer said as such."""
    draft = _draft(request, found, WITH_TIME)
    rules = found.rules
    wanted_from = None
    if draft["kind"] == Next.INTERVIEW:
        # A week before the usual distance, so that there is a choice of days round it.
        wanted_from = request.today + timedelta(days=max(regime_of(rules).interval_days - 7, 1))
    times, search = times_for_claim(
        found.claim, rules, request, not_before=wanted_from, later=draft["kind"] == Next.INTERVIEW
    )
    form = TimeForm(
        search,
        request.POST if request.method == "POST" else None,
        initial={"slot": draft.get("slot", "")},
        wishes=times.wishes,
    )
    if request.method == "POST" and form.is_valid():
        draft = keep(request, found, slot=form.cleaned_data["slot"])
        return redirect(url(after_details(draft), found))
    shown = context(
        request,
        found,
        "after",
        heading=_("A time for what comes next"),
        form=form,
        search=search,
        filters=times,
        back_url=url("next", found),
        back_label=_("What comes next"),
    )
    return render(request, "sittings/time.html", shown)


@form_view
@of_appointment
def reason(request: Asked, found: Workspace) -> HttpResponse:
    """Why it is put off, or not asked for any more."""
    draft = _draft(request, found, WITH_DECISION)
    return reason_page(
        request,
        found.interview,
        then=lambda chosen: url("facts", found, chosen),
        reasons=REASONS[Next(draft["kind"])],
        back_url=url("next", found),
        back_label=_("What comes next"),
    )


@form_view
@of_appointment
def facts(request: Asked, found: Workspace, reason: str) -> HttpResponse:
    """What the customer says, and what this reason rests on."""
    draft = _draft(request, found, WITH_DECISION)

    def keep_facts(said: Mapping[str, Any]) -> str:
        keep(request, found, decision=dict(said))
        return url("decision", found)

    return circumstances_page(
        request,
        found.interview,
        reason,
        draft=draft.get("decision", {}),
        keep=keep_facts,
        reasons=REASONS[Next(draft["kind"])],
        back_url=url("reason", found),
        back_label=_("Another reason"),
    )


@form_view
@of_appointment
def decision(request: Asked, found: Workspace) -> HttpResponse:
    """The advice, and what a person makes of it; it is done when the interview is settled."""
    draft = _draft(request, found, WITH_DECISION)
    if "decision" not in draft:
        return redirect(url("reason", found))

    def then(_form: AgainForm) -> HttpResponse:
        kept = keep(request, found, chosen=request.POST.dict())
        return redirect(url(after_details(kept), found))

    return decide_page(request, doing(found, draft), draft["decision"], data=draft.get("chosen"), then=then)
