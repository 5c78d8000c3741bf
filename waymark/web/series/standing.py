"""Whether interviews are compulsory, the screening while there was one, and a talk by choice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.interviews.diary.queries import slot_from_key
from waymark.interviews.enums import ScreenedResult
from waymark.interviews.series import reading, verbs
from waymark.interviews.series.queries import requirement_of
from waymark.interviews.series.reading import InSeries
from waymark.web.asking import Asked
from waymark.web.first_contact.forms import NO_SLOT
from waymark.web.interviews.times import times_for_claim
from waymark.web.people.pages import done
from waymark.web.series.forms import ScreeningForm, SettleForm, TalkForm
from waymark.web.series.pages import form_view, of_claim, record_url, show
from waymark.web.worklist.next_action import open_page


@form_view
@of_claim
def requirement(request: Asked, found: InSeries) -> HttpResponse:
    """What is in force and why, and a person's settling of it."""
    held = requirement_of(found.claim)
    form = SettleForm(
        reading.settled_by_people(found.rules, held), request.POST if request.method == "POST" else None
    )
    if done(
        request,
        form,
        lambda data: verbs.settle_requirement(found.claim, **data, by=request.post, now=request.now),
    ):
        messages.success(
            request, _("It is settled. Where something changes for the customer, a letter says so.")
        )
        return redirect(record_url(found))
    may_screen = reading.screens(found.rules) and reading.screening_of(found.claim) is None
    return show(
        request,
        "series/requirement.html",
        found,
        _("Are interviews compulsory for %(name)s?") % {"name": found.customer.name},
        _("Settle it"),
        form=form,
        held=held,
        history=reading.requirements(found.claim, found.rules),
        screened=reading.screening_of(found.claim),
        screening_url=open_page(request.post.role, "series:screening", found.claim.ref) if may_screen else "",
    )


@form_view
@of_claim
def screening(request: Asked, found: InSeries) -> HttpResponse:
    """The result of the tool, and what a person settles."""
    form = ScreeningForm(request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> object:
        return verbs.screen(
            found.claim,
            result=ScreenedResult(data["result"]),
            settled=ScreenedResult(data["settled"]),
            why_other=data["why_other"],
            by=request.post,
            now=request.now,
        )

    if done(request, form, act):
        messages.success(request, _("The screening is on the record."))
        return redirect("series:requirement", found.claim.ref)
    heading = _("Screening of %(name)s") % {"name": found.customer.name}
    said = _("The tool suggests; a person settles it.")
    return show(request, "series/form.html", found, heading, _("Keep it"), form=form, said_plain=said)


@form_view
@of_claim
def voluntary(request: Asked, found: InSeries) -> HttpResponse:
    """A talk by choice, for anybody who asks (E:L379)."""
    times, search = times_for_claim(found.claim, found.rules, request)
    form = TalkForm(search, request.POST if request.method == "POST" else None, wishes=times.wishes)

    def act(data: dict[str, Any]) -> object:
        slot = None if data["slot"] == NO_SLOT else slot_from_key(data["slot"])
        return verbs.agree_voluntary(
            found.claim, words=data["words"], slot=slot, by=request.post, now=request.now
        )

    if done(request, form, act):
        messages.success(request, _("Agreed. It is the customer’s choice; nothing follows from not coming."))
        return redirect(record_url(found))
    heading = _("A talk by choice with %(name)s") % {"name": found.customer.name}
    return show(
        request,
        "series/voluntary.html",
        found,
        heading,
        _("Agree it"),
        form=form,
        filters=times,
        search=search,
    )
