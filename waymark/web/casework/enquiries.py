"""Pages of questions to services."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import ContactChannel, LedTo
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.choosing import open_case
from waymark.web.casework.forms.enquiries import EnquiryAnswerForm, EnquiryForm
from waymark.web.casework.pages import about, act_page, case_url, form_view
from waymark.web.people.pages import one_form
from waymark.web.ui.components import Row
from waymark.web.ui.templatetags.ui import day

MOST_SERVICES = 300


@form_view
@about(queries.claim_for)
def ask_about(request: Asked, claim: Any) -> HttpResponse:
    """Ask a service whether it is right for this customer."""
    case = open_case(request, claim)
    services = list(queries.services_for(claim)[:MOST_SERVICES])
    form = EnquiryForm(
        request.POST or None,
        services=services,
        case=True,
        today=request.today,
        initial={"channel": ContactChannel.PHONE, "service": request.GET.get("service", ""), "named": "no"},
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: _enquire(request, services, data, case),
        said=_("The question is kept."),
        heading=_("Ask a service about %(name)s"),
        button=_("Keep it"),
    )


@form_view
def ask(request: Asked) -> HttpResponse:
    """Ask a service about what it offers, about nobody in particular."""
    services = list(queries.services_near(request.post)[:MOST_SERVICES])
    form = EnquiryForm(
        request.POST or None,
        services=services,
        case=False,
        today=request.today,
        initial={"channel": ContactChannel.PHONE, "service": request.GET.get("service", "")},
    )
    return one_form(
        request,
        form,
        lambda data: _enquire(request, services, data, None),
        said=_("The question is kept."),
        heading=_("Ask a service"),
        button=_("Keep it"),
        back=reverse("casework:enquiries"),
    )


def _enquire(request: Asked, services: Sequence[Any], data: dict[str, Any], case: Any) -> Any:
    service = next(s for s in services if s.ref == data["service"])
    return verbs.enquire(
        service,
        question=data["question"],
        channel=ContactChannel(data["channel"]),
        case=case,
        named=data.get("named") == "yes",
        consented_on=data.get("consented_on"),
        answer=data["answer"],
        answered_name=data["answered_name"],
        by=request.post,
        now=request.now,
    )


@form_view
@about(queries.enquiry_for, lambda row: row.case.claim if row.case else None)
def enquiry(request: Asked, row: Any) -> HttpResponse:
    """What a service answered, and what becomes of the question."""
    form = EnquiryAnswerForm(request.POST or None, answered=row.answered_at is not None)
    rows = [
        Row(_("Service"), words.named(row.service.name, row.service.organisation.name)),
        Row(_("Asked"), f"{row.asked_by.person.name}, {day(row.asked_at, request.today)}"),
        Row(_("Question"), row.question),
        Row(_("They know who it is"), _("yes, the customer agreed") if row.named else _("no")),
    ]
    if row.answered_at:
        rows.append(Row(_("Answer"), words.named(row.answer, row.answered_name)))
    if row.led_to:
        why = f": {row.led_to_why}" if row.led_to_why else ""
        rows.append(Row(_("What became of it"), f"{row.get_led_to_display()}{why}"))
    back = case_url(row.case.claim) if row.case else reverse("casework:enquiries")
    more: dict[str, Any] = {
        "said": _("It is kept."),
        "heading": _("A question to a service"),
        "button": _("Keep it"),
        "back": back,
        "facts": rows,
        "settled": str(row.get_led_to_display()) if row.led_to and row.answered_at else "",
    }
    if row.case is None:
        return one_form(request, form, lambda data: _answer(request, row, data), **more)
    return act_page(request, row.case.claim, form, lambda data: _answer(request, row, data), **more)


def _answer(request: Asked, row: Any, data: dict[str, Any]) -> Any:
    """The answer first, where there is one, then what becomes of it."""
    if data.get("answer"):
        row = verbs.answer_enquiry(
            row,
            answer=data["answer"],
            answered_name=data["answered_name"],
            by=request.post,
            now=request.now,
        )
    if data["led_to"] != "later":
        return verbs.settle_enquiry(
            row, led_to=LedTo(data["led_to"]), why=data["why"], by=request.post, now=request.now
        )
    if not data.get("answer"):
        raise Refused(
            "nothing_said", _("Nothing was entered."), _("Write the answer, or what becomes of it.")
        )
    return row
