"""Pages of meetings to come: planned at a time when all are free, moved, cancelled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import MeetingKind
from waymark.casework.verbs import Invited
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.choosing import open_case
from waymark.web.casework.forms.planning import (
    MINUTES,
    CancelMeetingForm,
    MeetingForm,
    MoveMeetingForm,
    TimesFilter,
)
from waymark.web.casework.meetings import meeting_rows, named_on_lines
from waymark.web.casework.pages import about, act_page, case_url, form_view, page_about
from waymark.web.people.pages import done

Invitees = list[tuple[str, str, Invited]]


@form_view
@about(queries.claim_for)
def plan_meeting(request: Asked, claim: Any) -> HttpResponse:
    """Plan a handover meeting, a meeting on what is next, or a case conference."""
    case = open_case(request, claim)
    page = queries.case_page(case, request.now)
    people = _to_invite(page, request)
    kinds = {kind.value for kind in MeetingKind}
    wanted = request.GET.get("kind", "")
    filters = TimesFilter(
        request.GET if "minutes" in request.GET else None,
        people=[(key, label) for key, label, _one in people],
        initial={
            "who": [
                key for key, _label, one in people if one.post is not None or wanted == MeetingKind.HANDOVER
            ],
            "minutes": MINUTES,
            "with_customer": True,
        },
    )
    chosen = set(filters.said.get("who") or ())
    invited = [one for key, _label, one in people if key in chosen]
    with_customer = bool(filters.said.get("with_customer"))
    found = queries.times_for(
        case,
        [one.post.person for one in invited if one.post is not None],
        minutes=filters.minutes_wanted,
        not_before=filters.first_moment(request.now),
        with_customer=with_customer,
        now=request.now,
    )
    form = MeetingForm(
        request.POST or None,
        times=found.times,
        today=request.today,
        initial={
            "kind": wanted if wanted in kinds else MeetingKind.CONFERENCE,
            "place": claim.office.name,
        },
    )

    def plan(data: dict[str, Any]) -> Any:
        kind = MeetingKind(data["kind"])
        return verbs.plan_meeting(
            case,
            kind=kind,
            starts_at=form.starts_at,
            minutes=filters.minutes_wanted,
            place=data["place"],
            objectives=data["objectives"],
            invited=[*invited, *named_on_lines(data["others"])],
            with_customer=with_customer,
            transfer=page.waiting or page.loan if kind == MeetingKind.HANDOVER else None,
            by=request.post,
            now=request.now,
        )

    if done(request, form, plan):
        messages.success(
            request, _("The meeting is planned, and stands in the diaries of all who take part.")
        )
        return redirect(case_url(claim))
    return _times_page(
        request,
        claim,
        filters=filters,
        found=found,
        form=form,
        invited=[words.named(one.name, one.organisation) for one in invited],
        with_customer=with_customer,
        heading=_("Plan a meeting about %(name)s") % {"name": claim.customer.name},
        button=_("Plan the meeting"),
    )


def _times_page(request: Asked, claim: Any, **more: Any) -> HttpResponse:
    button = more.pop("button")
    back = {
        "back_url": more.pop("back", case_url(claim)),
        "back_label": more.pop("back_label", _("Who helps")),
    }
    return render(
        request, "casework/times.html", page_about(request, claim, button_label=button, **back, **more)
    )


def _to_invite(page: Any, request: Asked) -> Invitees:
    """Those who belong to the case: who is responsible, who is asked to be, who helps with a part, and I."""
    found: dict[str, tuple[str, str, Invited]] = {}

    def add(post: Any, contact: Any) -> None:
        if post is not None:
            name, place, key = post.person.name, post.team.office.name, f"post:{post.pk}"
        elif contact is not None:
            name, place, key = contact.name, contact.organisation.name, f"contact:{contact.ref}"
        else:
            return
        found.setdefault(
            name, (key, words.named(name, place), Invited(name, place, post=post, contact=contact))
        )

    if page.manager is not None:
        add(page.manager.post, page.manager.contact)
    if page.waiting is not None:
        add(page.waiting.to_post, page.waiting.to_contact)
    for worker in page.workers:
        if worker.ended_on is None:
            add(worker.post, worker.contact)
    for party in page.parties:
        add(party.post, party.contact)
    add(request.post, None)
    return list(found.values())


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def move_meeting(request: Asked, row: Any) -> HttpResponse:
    """Another time or place for a meeting."""
    claim = row.case.claim
    with_customer = any(one.is_customer for one in row.attendees.all())
    filters = TimesFilter(
        request.GET if "minutes" in request.GET else None, people=None, initial={"minutes": row.minutes}
    )
    found = queries.times_to_move_to(
        row,
        minutes=filters.minutes_wanted,
        not_before=filters.first_moment(request.now),
        now=request.now,
    )
    form = MoveMeetingForm(
        request.POST or None,
        times=found.times,
        today=request.today,
        with_customer=with_customer,
        initial={"place": row.place},
    )

    def move(data: dict[str, Any]) -> Any:
        return verbs.move_meeting(
            row,
            starts_at=form.starts_at,
            place=data["place"],
            minutes=filters.minutes_wanted,
            why=data["why"],
            customer_knows=data.get("knows") != "no",
            by=request.post,
            now=request.now,
        )

    if done(request, form, move):
        messages.success(request, _("The meeting is moved, in the diaries of all who take part."))
        return redirect("casework:meeting", row.ref)
    return _times_page(
        request,
        claim,
        filters=filters,
        found=found,
        form=form,
        facts=meeting_rows(row, request),
        heading=_("Another time for the meeting about %(name)s") % {"name": claim.customer.name},
        button=_("Move the meeting"),
    )


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def cancel_meeting(request: Asked, row: Any) -> HttpResponse:
    """A meeting will not take place."""
    with_customer = any(one.is_customer for one in row.attendees.all())
    return act_page(
        request,
        row.case.claim,
        CancelMeetingForm(request.POST or None, with_customer=with_customer),
        lambda data: verbs.cancel_meeting(
            row,
            why=data["why"],
            again=data["again"] == "yes",
            customer_knows=data.get("knows") != "no",
            by=request.post,
            now=request.now,
        ),
        said=_("The meeting is cancelled, and the time of everybody is free again."),
        heading=_("Cancel the meeting about %(name)s"),
        button=_("Cancel the meeting"),
        facts=meeting_rows(row, request),
    )
