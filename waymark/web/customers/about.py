"""Who a customer is, how to reach them, what they need, who speaks for them, notes, and stops."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import access, queries, verbs
from waymark.customers.enums import NoteKind, StopReason
from waymark.interviews import verbs as interviews
from waymark.web.asking import Asked
from waymark.web.customers.forms import (
    AmendForm,
    EndPersonForm,
    NeedsForm,
    NoteForm,
    PersonForm,
    SafeContactForm,
    StopForm,
    WhyForm,
)
from waymark.web.customers.pages import form_page, found, of_customer, posted, record_url, tried
from waymark.web.ui.components import Column, Table
from waymark.web.ui.templatetags.ui import day

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
@of_customer
def identity(request: Asked, customer: Any) -> HttpResponse:
    """Correct name, birth, numbers, address."""
    start = asdict(queries.identity_of(customer))
    form = AmendForm(posted(request), initial=start, on=request.today, synthetic=settings.DEMO)

    def amend(data: dict[str, Any]) -> Any:
        assert form.identity is not None  # a right form has one
        return interviews.amend_customer(
            customer, form.identity, why=data["why"], by=request.post, now=request.now
        )

    if tried(form, amend):
        return _done(request, customer, _("The record is corrected."))
    merged = queries.merged_records(customer)
    return form_page(
        request,
        customer,
        form,
        _("Correct who this is"),
        _("Save"),
        merged=merged,
        template="customers/identity.html",
    )


@form_view
@of_customer
def contact(request: Asked, customer: Any) -> HttpResponse:
    """How the customer may be reached without harm."""
    form = SafeContactForm(posted(request), initial=_start(customer, "safe_contact", SafeContactForm))
    if tried(form, lambda data: verbs.set_safe_contact(customer, **data, by=request.post, now=request.now)):
        return _done(request, customer, _("Safe contact is written down."))
    return form_page(request, customer, form, _("Safe contact"), _("Save"))


@form_view
@of_customer
def needs(request: Asked, customer: Any) -> HttpResponse:
    """What the customer needs to take part."""
    form = NeedsForm(posted(request), initial=_start(customer, "access_needs", NeedsForm))
    if tried(form, lambda data: verbs.set_access_needs(customer, **data, by=request.post, now=request.now)):
        return _done(request, customer, _("The needs are written down."))
    return form_page(request, customer, form, _("What the customer needs"), _("Save"))


def _start(customer: Any, name: str, form: Any) -> dict[str, Any]:
    """What is written down now; without anything, everything is allowed and nothing needed."""
    row = getattr(customer, name, None)
    if row is None:
        return {field: field.startswith("may_") for field in form.base_fields if field.startswith("may_")}
    return {field: getattr(row, field) for field in form.base_fields}


@form_view
@of_customer
def people(request: Asked, customer: Any) -> HttpResponse:
    """Who may speak for the customer or be told, and one more."""
    form = PersonForm(posted(request), initial={"from_day": request.today})
    if tried(form, lambda data: _add_person(request, customer, data)):
        return _done(request, customer, _("The person is written down."))
    table = _people_table(customer, request)
    return form_page(
        request,
        customer,
        form,
        _("People around the customer"),
        _("Add"),
        table=table,
        template="customers/listed.html",
    )


def _add_person(request: Asked, customer: Any, data: dict[str, Any]) -> Any:
    may = data.pop("may")
    return verbs.add_representative(
        customer,
        **data,
        may_speak_for="speak" in may,
        may_be_told="told" in may,
        by=request.post,
        now=request.now,
    )


def _people_table(customer: Any, request: Asked) -> Table:
    rows = [
        (
            queries.representative_words(one),
            one.telephone,
            day(one.from_day),
            day(one.until_day) or _("until ended"),
            format_html(
                '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
                reverse("customers:end_person", args=[customer.ref, one.ref]),
                _("End"),
                one.name,
            ),
        )
        for one in queries.representatives(customer, request.today)
    ]
    heads = (_("Person"), _("Telephone"), _("From"), _("Until"), _("Change"))
    return Table(
        _("Now"), [Column(head) for head in heads], rows, empty=_("Nobody speaks for this customer.")
    )


@form_view
@of_customer
def end_person(request: Asked, customer: Any, person: str) -> HttpResponse:
    """Somebody no longer speaks for the customer or is told."""
    one = found(lambda _post, ref: queries.get_representative(customer, ref), request, person)
    form = EndPersonForm(posted(request), initial={"on": request.today})
    if tried(form, lambda data: verbs.end_representative(one, **data, by=request.post, now=request.now)):
        return _done(request, customer, _("That is ended."))
    return form_page(request, customer, form, _("End for %(name)s") % {"name": one.name}, _("End"))


@form_view
@of_customer
def notes(request: Asked, customer: Any) -> HttpResponse:
    """Every note this reader may read, that others exist, and a new one."""
    form = NoteForm(posted(request), initial={"kind": NoteKind.ORDINARY})
    if tried(form, lambda data: _write_note(request, customer, data)):
        messages.success(request, _("The note is written."))
        return redirect("customers:notes", customer.ref)
    written = queries.notes_for(customer, request.post)
    refusal = access.may_work_on(customer, request.post)
    return form_page(
        request,
        customer,
        form,
        _("Notes"),
        _("Write the note"),
        notes=written,
        refusal=refusal,
        template="customers/notes.html",
    )


def _write_note(request: Asked, customer: Any, data: dict[str, Any]) -> Any:
    kind = NoteKind(data["kind"])
    return verbs.write_note(customer, kind=kind, text=data["text"], by=request.post, now=request.now)


@form_view
@of_customer
def stop(request: Asked, customer: Any) -> HttpResponse:
    """Stop all calls and letters, or let them go on again."""
    now_open = queries.open_stop(customer)
    if now_open is not None:
        form: Any = WhyForm(posted(request))
        if tried(
            form,
            lambda data: interviews.lift_stop(now_open, why=data["why"], by=request.post, now=request.now),
        ):
            return _done(request, customer, _("Calls and letters go on again."))
        intro = _("Calls and letters are stopped. Held letters go out again once this is lifted.")
        return form_page(
            request, customer, form, _("Let contact go on again"), _("Lift the stop"), intro=intro
        )
    form = StopForm(posted(request), today=request.today)
    if tried(form, lambda data: _stop(request, customer, data)):
        return _done(request, customer, _("Calls and letters are stopped."))
    intro = _("No call is made and no letter goes out until somebody lifts the stop.")
    return form_page(request, customer, form, _("Stop contact"), _("Stop calls and letters"), intro=intro)


def _stop(request: Asked, customer: Any, data: dict[str, Any]) -> Any:
    reason = StopReason(data.pop("reason"))
    return interviews.stop_contact(customer, reason=reason, **data, by=request.post, now=request.now)


def _done(request: Asked, customer: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(record_url(customer))
