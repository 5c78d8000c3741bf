"""Letters that came back: kept from the letter or the list of what was printed; asked about; sent again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waymark.interviews import verbs
from waymark.kernel.refusal import Refused
from waymark.notices import queries
from waymark.programme import queries as programmes
from waymark.web.access_table import SEES_CUSTOMERS
from waymark.web.asking import Asked
from waymark.web.customers.pages import form_page, found, of_customer, posted, tried
from waymark.web.notices.forms import AddressRightForm, CameBackForm
from waymark.web.notices.words import kind_words

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def came_back(request: Asked, ref: str) -> HttpResponse:
    """The post brought a letter back. Whoever opens the post sees no name here."""
    notice = found(queries.get_to_mend, request, ref)
    every = programmes.holding(notice.claim.programme, request.today).reasons("letter_returned")
    reasons = {code: row for code, row in every.items() if notice.channel in row.words("way")}
    form = CameBackForm(posted(request), reasons=reasons, initial={"on": request.today})
    kept = tried(form, lambda data: verbs.letter_came_back(notice, **data, by=request.post, now=request.now))
    if kept is not None:
        messages.success(request, _("It is kept that the letter came back. Somebody asks for the address."))
        return redirect(*_after(request, ref))
    name, *refs = _after(request, ref)
    context = {
        "form": form,
        "notice": notice,
        "kind": kind_words(notice),
        "back_url": reverse(name, args=refs),
        "back_words": _("Letter") if refs else _("Printed letters"),
        "heading": _("Letter %(ref)s came back") % {"ref": ref},
    }
    return render(request, "notices/came_back.html", context)


@require_POST
def send_again(request: Asked, ref: str) -> HttpResponse:
    """The same words as a new letter, to the address of today."""
    notice = found(queries.get_notice, request, ref)
    request.customer_read = notice.claim.customer.ref
    try:
        fresh = verbs.send_letter_again(notice, by=request.post, now=request.now)
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": request.path.removesuffix("again/")}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, _("A new letter with the same words is on its way."))
    return redirect("notices:show", fresh.ref)


@form_view
@of_customer
def address_is_right(request: Asked, customer: Any) -> HttpResponse:
    """Somebody asked: the customer lives there."""
    form = AddressRightForm(posted(request))
    settled = tried(
        form, lambda data: verbs.address_is_right(customer, **data, by=request.post, now=request.now)
    )
    if settled is not None:
        messages.success(request, _("Letters may go to this address again."))
        return redirect("notices:of_customer", customer.ref)
    address = ", ".join(part for part in (customer.address, customer.postcode) if part)
    intro = _("The address we have is: %(address)s.") % {"address": address or _("none")}
    return form_page(request, customer, form, _("The address is right"), _("Save"), intro=intro)


@form_view
@of_customer
def email_is_right(request: Asked, customer: Any) -> HttpResponse:
    """Somebody asked: the customer reads e-mails there."""
    form = AddressRightForm(posted(request))
    settled = tried(
        form, lambda data: verbs.email_is_right(customer, **data, by=request.post, now=request.now)
    )
    if settled is not None:
        messages.success(request, _("E-mails may go to this address again."))
        return redirect("notices:of_customer", customer.ref)
    intro = _("The e-mail address we have is: %(email)s.") % {"email": customer.email or _("none")}
    return form_page(request, customer, form, _("The e-mail address is right"), _("Save"), intro=intro)


def _after(request: Asked, ref: str) -> tuple[str, ...]:
    """To the letter, for whoever may read it; to the list of what was printed for others."""
    return ("notices:show", ref) if request.post.role in SEES_CUSTOMERS else ("notices:printed",)
