"""What the customer was told in writing, and what was agreed; and what is wrong in it."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.inbound import verbs
from waymark.inbound.enums import About, Way
from waymark.insight import own_page
from waymark.interviews.sittings import verbs as sittings
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import WordsForm
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.people.pages import done
from waymark.web.ui.templatetags.ui import long_day


@visited()
def letters(request: Asked, visit: Visit) -> HttpResponse:
    """Everything we sent, newest first."""
    found = own_page.letters_to(visit.customer)
    return page(request, "letters", visit, heading=_("Your letters"), found=found)


@visited()
def letter(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """One letter as it was sent."""
    try:
        found = own_page.letter_to(visit.customer, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    return page(request, "letter", visit, heading=found.subject, found=found)


@visited()
def letter_pdf(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """The letter as PDF, under a name that says nothing."""
    try:
        content = own_page.letter_pdf(visit.customer, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    named = {"Content-Disposition": 'inline; filename="letter.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=named)


@visited()
def agreed(request: Asked, visit: Visit) -> HttpResponse:
    """What was said and agreed at each interview, and what we promised."""
    own = visit.own
    return page(
        request,
        "agreed",
        visit,
        heading=_("What we agreed"),
        summaries=own_page.summaries_of(visit.customer),
        promised=own_page.promised_to(own.claim) if own.claim is not None else [],
    )


@visited("POST")
def wrong(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """Something in a summary is wrong: kept beside it, and answered."""
    try:
        summary = own_page.summary_of(visit.customer, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    visit_day = long_day(summary.sitting.appointment.starts_at)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("What is wrong, and what is right?"),
        hint=_("We keep your words next to ours, whatever happens."),
    )
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(_say_it_is_wrong(request, summary, visit_day, data["words"])),
    ):
        return redirect("my:message", made[0].ref)
    return page(
        request, "wrong", visit, heading=_("Something is wrong"), form=form, summary=summary, day=visit_day
    )


@transaction.atomic
def _say_it_is_wrong(request: Asked, summary: Any, day: str, words: str) -> Any:
    """Kept twice: as a message that somebody answers by a day, and beside the text that is wrong."""
    meeting = summary.sitting.appointment
    said = _("About what we wrote on %(day)s: %(words)s") % {"day": day, "words": words}
    made = verbs.log(
        meeting.interview.claim,
        way=Way.PORTAL,
        about=About.CORRECTION,
        words=said,
        appointment=meeting.ref,
        by=None,
        now=request.now,
    )
    sittings.say_it_is_wrong(summary, words=words, message=made.ref, by=None, now=request.now)
    return made
