"""After the interview: how it went, whether it counts, and what comes next. It does not end without the next step."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from waymark.interviews.diary.queries import slot_from_key, slot_sentence
from waymark.interviews.enums import Next
from waymark.interviews.sittings import queries, settling, verbs
from waymark.interviews.sittings.queries import Workspace
from waymark.kernel.refusal import Refused
from waymark.notices.enums import Channel
from waymark.web.asking import Asked
from waymark.web.first_contact.forms import NO_SLOT
from waymark.web.sittings.drafts import WITH_TIME, after_next, draft_of, ended, forget, keep, wish
from waymark.web.sittings.forms import NEXT_WORDS, OUTCOMES, NextForm, OutcomeForm, SummaryForm, on_the_day
from waymark.web.sittings.pages import begun, context, form_view, of_appointment, url
from waymark.web.ui.components import Link, Row
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import clock, long_day, long_day_time, minutes
from waymark.web.worklist.next_action import open_page


def closed(request: Asked, found: Workspace) -> HttpResponse | None:
    """The page of one that has not begun, or is settled; None where the wizard is to go on."""
    if found.sitting is None:
        return render(request, "sittings/not_begun.html", context(request, found, "after"))
    if not found.open:
        return settled(request, found)
    return None


# How it went


@form_view
@of_appointment
def outcome(request: Asked, found: Workspace) -> HttpResponse:
    """How it went; what is missing is said here, with where to write it."""
    stopped = closed(request, found)
    if stopped is not None:
        return stopped
    draft = draft_of(request, found)
    form = OutcomeForm(
        request.POST if request.method == "POST" else None,
        initial=_shown(draft) or _first(found.sitting, request),
    )
    lacking: list[Refused] = []
    if request.method == "POST" and form.is_valid():
        try:
            lacking = _keep_outcome(request, found, form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if not lacking:
                return redirect(url("next", found))
            for one in lacking:
                refuse(form, one)
    shown = context(request, found, "after", form=form, lacking=lacking, step=1)
    return render(request, "sittings/after.html", shown)


def _shown(draft: dict[str, Any]) -> dict[str, Any]:
    """What was said on this page before."""
    return {**draft, "agreed": draft.get("agreed_with", "")} if draft else {}


def _first(sitting: Any, request: Asked) -> dict[str, Any]:
    """What can be filled in before anybody says it."""
    guess = {"unable": "unable_today"}.get(sitting.capacity, "")
    began = sitting.started_at or sitting.arrived_at
    return {
        "outcome": guess,
        "began": timezone.localtime(began).time() if began else None,
        "ended": timezone.localtime(sitting.ended_at or request.now).time(),
    }


def _keep_outcome(request: Asked, found: Workspace, said: dict[str, Any]) -> list[Refused]:
    """Keep it; says what is still missing."""
    starts_at, sitting = found.appointment.starts_at, begun(found)
    sitting = verbs.note_state(
        sitting,
        started_at=on_the_day(starts_at, said["began"]),
        ended_at=on_the_day(starts_at, said["ended"]),
        by=request.post,
        now=request.now,
    )
    draft = keep(
        request,
        found,
        outcome=said["outcome"],
        counts=said["counts"],
        why=said["why"],
        began=clock(said["began"]),
        ended=clock(said["ended"]),
        understood=said["understood"],
        agreed_with=said["agreed"],
    )
    return settling.still_missing(sitting, ended(draft), now=request.now)


# What comes next


@form_view
@of_appointment
def following(request: Asked, found: Workspace) -> HttpResponse:
    """Whether it counts and why, and what comes next."""
    draft = draft_of(request, found)
    if not found.open or "outcome" not in draft:
        return redirect(url("after", found))
    counted, choices = settling.choices_for(begun(found), ended(draft), now=request.now)
    form = NextForm(
        choices,
        request.today,
        request.POST if request.method == "POST" else None,
        initial=_next_before(draft),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        on = said.get("on")
        draft = keep(request, found, kind=said["kind"], about=said["about"], on=on.isoformat() if on else "")
        return redirect(url(after_next(draft), found))
    shown = context(
        request,
        found,
        "after",
        form=form,
        step=2,
        counted=counted,
        left_out=settling.left_out(begun(found), ended(draft), now=request.now),
        done=found.way.counted + counted.counts,
        back_url=url("after", found),
        back_label=_("How it went"),
    )
    return render(request, "sittings/next.html", shown)


def _next_before(draft: dict[str, Any]) -> dict[str, Any]:
    return {"kind": draft.get("kind", ""), "about": draft.get("about", ""), "on": draft.get("on") or None}


# The summary, and the end


@form_view
@of_appointment
def summary(request: Asked, found: Workspace) -> HttpResponse:
    """What the customer gets in writing, in plain sentences."""
    draft = draft_of(request, found)
    if not found.open or "kind" not in draft:
        return redirect(url("after", found))
    said, agreed = queries.suggested(found)
    start = {"said": draft.get("said") or "\n".join(said), "agreed": draft.get("agreed") or "\n".join(agreed)}
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        keep(request, found, said=form.cleaned_data["said"], agreed=form.cleaned_data["agreed"])
        return redirect(url("check", found))
    shown = context(
        request,
        found,
        "after",
        form=form,
        step=3,
        back_url=url(after_next(draft), found) if after_next(draft) != "summary" else url("next", found),
        back_label=_("What comes next"),
    )
    return render(request, "sittings/summary.html", shown)


@form_view
@of_appointment
def check(request: Asked, found: Workspace) -> HttpResponse:
    """Everything once more, with the letters as the customer will read them; then it is settled."""
    draft = draft_of(request, found)
    if not found.open or "kind" not in draft:
        return redirect(url("after", found))
    refusal, letters = None, []
    try:
        how, what = ended(draft), wish(request, found, draft)
        if request.method == "POST":
            settling.settle(begun(found), how, what, by=request.post, now=request.now)
            forget(request, found)
            messages.success(request, _("The interview is settled. What comes next is on the record."))
            return redirect(url("after", found))
        letters = settling.letters_to_be(begun(found), how, what, by=request.post, now=request.now)
    except Refused as refused:
        refusal = refused
    shown = context(
        request,
        found,
        "after",
        step=4,
        rows=rows(found, draft),
        letters=[(one, Channel(one.way.channel).label if one.way else "") for one in letters],
        refusal=refusal,
        back_url=url("next", found),
        back_label=_("What comes next"),
    )
    return render(request, "sittings/check.html", shown)


def rows(found: Workspace, draft: dict[str, Any]) -> list[Row]:
    """What was chosen, each line with the page where it is changed."""
    how, following_url = url("after", found), url("next", found)
    kind, on = draft["kind"], draft.get("on", "") if draft["kind"] == Next.FOLLOW_UP else ""
    lines = [
        (_("How it went"), _outcome_words(draft), how),
        (_("Why"), draft.get("why", ""), how),
        (_("What comes next"), NEXT_WORDS[Next(kind)], following_url),
        (_("When"), _when(draft), url("time", found)),
        (_("On"), long_day(date.fromisoformat(on)) if on else "", following_url),
        (_("Because"), draft.get("chosen", {}).get("because", ""), url("decision", found)),
        (_("About"), draft.get("about", ""), following_url),
    ]
    return [
        Row(key, value, [Link(_("Change"), address, about=key)]) for key, value, address in lines if value
    ]


def _outcome_words(draft: dict[str, Any]) -> str:
    words = dict(OUTCOMES)
    return str(words.get(draft["outcome"], draft["outcome"]))


def _when(draft: dict[str, Any]) -> str:
    """The time chosen; or that one is still to be found."""
    if draft["kind"] not in WITH_TIME:
        return ""
    key = draft.get("slot", "")
    slot = slot_from_key(key) if key and key != NO_SLOT else None
    return slot_sentence(slot) if slot else _("a time is still to be found")


def settled(request: Asked, found: Workspace) -> HttpResponse:
    """What came of it: kept as it was settled, with what the customer has put right since."""
    sitting: Any = found.sitting
    last = queries.last_time_of(sitting)
    role = request.post.role
    shown = context(
        request,
        found,
        "after",
        last=last,
        rows=settled_rows(found, request),
        letters_url=open_page(role, "notices:of_customer", found.customer.ref),
        corrections=[(one, open_page(role, "series:correction", one.ref)) for one in last.corrections],
        breach_url=open_page(role, "sanctions:open", found.appointment.ref)
        if found.interview.mandatory
        else "",
    )
    return render(request, "sittings/settled.html", shown)


def settled_rows(found: Workspace, request: Asked) -> list[Row]:
    sitting: Any = found.sitting
    took = ""
    if sitting.started_at and sitting.ended_at:
        took = minutes(sitting.ended_at - sitting.started_at)
    lines = [
        (_("How it went"), capfirst(sitting.get_outcome_display())),
        (_("Why"), sitting.outcome_why),
        (_("Took"), took),
        (_("Counts"), sitting.counts_because),
        (_("What comes next"), NEXT_WORDS[Next(sitting.next)]),
        (_("About"), sitting.next_about),
        (
            _("Settled"),
            f"{sitting.settled_by.person.name}, {long_day_time(sitting.settled_at, request.today)}",
        ),
    ]
    return [Row(key, value) for key, value in lines if value]
