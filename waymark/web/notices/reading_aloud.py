"""A letter read to somebody who cannot read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waymark.interviews import verbs
from waymark.notices import queries
from waymark.web.asking import Asked
from waymark.web.customers.pages import form_page, found, posted, tried
from waymark.web.notices.forms import ReadAloudForm
from waymark.web.notices.returned import form_view


@form_view
def read_aloud(request: Asked, ref: str) -> HttpResponse:
    """The letter as it stands, to be read out, and when that was done."""
    notice = found(queries.get_notice, request, ref)
    customer = notice.claim.customer
    request.customer_read = customer.ref
    form = ReadAloudForm(posted(request), initial={"on": request.today})
    kept = tried(form, lambda data: verbs.letter_read_aloud(notice, **data, by=request.post, now=request.now))
    if kept is not None:
        messages.success(request, _("It is kept that the letter was read to the customer."))
        return redirect("notices:of_customer", customer.ref)
    return form_page(
        request,
        customer,
        form,
        _("Read a letter to %(name)s") % {"name": customer.name},
        _("It was read to them"),
        template="notices/read_aloud.html",
        notice=notice,
    )
