"""What the pages about money have in common: finding the row, the head of the page, one form and one act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.awards.enums import AwardKind, AwardState
from waymark.awards.rules import pounds
from waymark.customers import queries as customers
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.ui.components import Link
from waymark.web.ui.templatetags.ui import tag
from waymark.web.worklist.next_action import open_page

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]
TONES = {
    AwardState.PROPOSED: "waiting",
    AwardState.AGREED: "info",
    AwardState.RUNNING: "good",
    AwardState.STOPPED: "held",
    AwardState.ENDED: "quiet",
    AwardState.REFUSED: "quiet",
}


def about(find: Callable[[Any, str], Any]) -> Callable[[Page], Page]:
    """Give a view what its address names, and keep that the customer's record was read. Strangers find nothing."""

    def with_row(view: Page) -> Page:
        @wraps(view)
        def shown(request: Asked, ref: str, **parts: Any) -> HttpResponse:
            try:
                row = find(request.post, ref)
            except ObjectDoesNotExist:
                raise Http404 from None
            request.customer_read = claim_of(row).customer.ref
            return view(request, row, **parts)

        return shown

    return with_row


def claim_of(row: Any) -> Any:
    return row.claim if hasattr(row, "claim") else row


def page_about(request: Asked, row: Any, **more: Any) -> dict[str, Any]:
    """What every page on a customer's money shows: whose it is, and what nobody may forget."""
    customer = claim_of(row).customer
    return {
        "customer": customer,
        "record_url": reverse("customers:record", args=[customer.ref]),
        "must_know": customers.must_know(customer, request.today).sentences,
        **more,
    }


def act_page(
    request: Asked,
    row: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: Callable[[Any], str] | str,
    heading: str,
    button: str,
    back: str,
    back_label: str,
    template: str = "awards/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form: the verb is called with what was entered, a refusal stands in the form."""
    made: list[Any] = []
    if done(request, form, lambda data: made.append(act(data))):
        messages.success(request, said(made[0]) if callable(said) else said)
        return redirect(back)
    context = page_about(
        request,
        row,
        form=form,
        heading=heading,
        button_label=button,
        back_url=back,
        back_label=back_label,
        **more,
    )
    return render(request, template, context)


def kind_named(kind: str) -> AwardKind:
    try:
        return AwardKind(kind)
    except ValueError:
        raise Http404 from None


def kind_words(kind: str) -> str:
    """The kind as the beginning of a sentence."""
    return capfirst(str(AwardKind(kind).label))


def state_tag(award: Any) -> str:
    return tag(award.get_state_display(), TONES.get(award.state, "quiet"))


def sum_words(award: Any) -> str:
    """£40 a week; £60; nothing for permitted work."""
    if award.weekly_pence:
        return _("%(sum)s a week") % {"sum": pounds(award.weekly_pence)}
    return pounds(award.amount_pence) if award.amount_pence else ""


def refused_words(refused: Refused | None) -> str | None:
    return f"{refused.message} {refused.cure}".strip() if refused else None


def sections(request: Asked, current: str) -> list[Link]:
    """The pages of this part that the role may open."""
    pages = [
        (_("Could be offered"), "awards:chances"),
        (_("The office’s fund"), "awards:own_fund"),
        (_("Payments"), "awards:payments"),
        (_("Payments that wait"), "awards:held"),
    ]
    found = [(label, open_page(request.post.role, page), page) for label, page in pages]
    return [Link(label, url, page == current) for label, url, page in found if url]
