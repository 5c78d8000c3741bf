"""The decision maker's page: the bundle in order, each gate with its proof, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.organisations.enums import Role
from waymark.sanctions import access, queries, verbs
from waymark.sanctions.enums import BreachState, RulingOutcome
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.sanctions.forms import DecideForm
from waymark.web.sanctions.pages import about, form_view, found, page_about
from waymark.web.sanctions.words import case_url_of, words_of


@form_view
@about(queries.get_bundle)
def bundle(request: Asked, one: Any) -> HttpResponse:
    """One page, in order: the customer's words first, each gate with its proof and its gaps, then the decision."""
    breach = one.breach
    ruling = queries.ruling_of(one)
    refused = access.may_rule(one, request.post)
    waits = ruling is None and breach.state == BreachState.REFERRED
    causes = queries.rules_of(breach, request.today).reasons("good_cause", request.post.role)
    contacts = queries.possible_contacts(breach, request.today)
    form = (
        DecideForm(request.POST or None, causes, contacts, one.made_by) if waits and refused is None else None
    )
    if form is not None and done(request, form, lambda data: _decide(request, one, form, data)):
        messages.success(request, _("Decided. The customer is told."))
        return redirect("today")
    context = page_about(
        request,
        one,
        heading=one.content["what"],
        bundle=one,
        content=one.content,
        gates=queries.gates_of(breach, request.today),
        ruling=ruling,
        form=form,
        refused=words_of(refused) if waits else None,
        decides=request.post.role == Role.DECISION_MAKER,
        pdf_url=reverse("sanctions:pdf", args=[one.ref]),
        back_url=reverse("today") if request.post.role == Role.DECISION_MAKER else case_url_of(breach),
        back_label=_("Today") if request.post.role == Role.DECISION_MAKER else _("The case"),
    )
    return render(request, "sanctions/bundle.html", context)


def _decide(request: Asked, one: Any, form: DecideForm, data: dict[str, Any]) -> object:
    verdict = verbs.Verdict(
        outcome=RulingOutcome(data["outcome"]),
        because=data["because"],
        missing=data["missing"],
        cause=data["cause"],
        contact=form.named,
    )
    return verbs.rule(one, verdict, by=request.post, now=request.now)


@require_safe
def pdf(request: Asked, ref: str) -> HttpResponse:
    """The bundle as one file."""
    one = found(request, queries.get_bundle, ref)
    request.customer_read = one.breach.interview.claim.customer.ref
    return HttpResponse(
        queries.get_pdf(request.post, ref),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="bundle-{one.ref}.pdf"'},
    )
