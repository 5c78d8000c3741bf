"""When the customer did not come: what happened, how to say why, what is not decided, and what was."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.inbound import verbs as inbound
from waymark.inbound.enums import About, Way
from waymark.insight import own_case
from waymark.sanctions import verbs as sanctions
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import WordsForm
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.people.pages import done


def case_of(visit: Visit, on: date) -> own_case.Case | None:
    return own_case.case_of(visit.customer, on)


@visited("POST")
def case(request: Asked, visit: Visit) -> HttpResponse:
    """The case, and the box in which the customer says why, or asks to have the decision looked at again."""
    found = case_of(visit, request.today)
    if found is None:
        return redirect("my:home")
    form = _form(request, found)
    if form is not None and done(request, form, lambda data: _say(request, found, data["words"])):
        messages.success(request, _("We have it. A person reads it before anything is decided."))
        return redirect("my:not_there")
    return page(
        request,
        "not_there",
        visit,
        heading=_heading(found),
        case=found,
        own=visit.own,
        form=form,
        money=_money(found),
        button=_("Ask for another look") if found.stage == "reduction" else _("Send this"),
    )


def _heading(found: own_case.Case) -> str:
    if found.stage == "reduction":
        return _("A change in your money")
    return _("You took no part") if found.took_no_part else _("You did not come")


def _form(request: Asked, found: own_case.Case) -> WordsForm | None:
    """What may be said now; nothing more where nothing follows, or where somebody is already looking again."""
    if found.stage == "nothing" or (found.stage == "reduction" and not _may_challenge(found)):
        return None
    label = _("Why did you not come?")
    hint = _("Use your own words. You do not have to send papers.")
    if found.took_no_part:
        label = _("What made it hard?")
    if found.stage == "reduction":
        label = _("Why should we look at this again?")
        hint = _("Somebody who did not make this decision looks at it.")
    return WordsForm(request.POST if request.method == "POST" else None, label=label, hint=hint)


def _may_challenge(found: own_case.Case) -> bool:
    return found.ruling is not None and (found.challenge is None or found.challenge.decided_at is not None)


def _say(request: Asked, found: own_case.Case, words: str) -> Any:
    """To whom it goes: the person who asks for the reason, the decision maker, or whoever finds out why."""
    if found.stage == "reduction" and found.ruling is not None:
        return sanctions.challenge(
            found.ruling, words, asked_on=request.today, said_by_customer=True, by=None, now=request.now
        )
    if found.breach is not None:
        return sanctions.give_reason(
            found.breach, words, way=Way.PORTAL, said_by_customer=True, by=None, now=request.now
        )
    return inbound.log(
        found.appointment.interview.claim,
        way=Way.PORTAL,
        about=About.EXPLAIN,
        words=words,
        appointment=found.appointment.ref,
        by=None,
        now=request.now,
    )


def _money(found: own_case.Case) -> dict[str, str]:
    if found.sanction is None:
        return {}
    return {
        "before": pounds(found.sanction.paid_before),
        "less": pounds(found.sanction.reduction),
        "after": pounds(found.sanction.paid_after),
    }


def pounds(pence: int) -> str:
    """£56.40"""
    return f"£{pence // 100}.{pence % 100:02d}"
