"""What the pages of referrals share: finding one, the head of its page, a page with one form and one act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waymark.customers import queries as customers
from waymark.interviews.holding import rules_for
from waymark.referrals import queries
from waymark.web.asking import Asked
from waymark.web.people.pages import done

form_view = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponse]


def found(find: Callable[..., Any], *args: Any) -> Any:
    """What a query finds for who is asking; a page that is not there for strangers."""
    try:
        return find(*args)
    except ObjectDoesNotExist:
        raise Http404 from None


def about(view: Page) -> Page:
    """Give a view the referral of its address, and keep that the customer’s record was read."""

    @wraps(view)
    def shown(request: Asked, ref: str, **more: str) -> HttpResponse:
        referral = found(queries.get_referral, request.post, ref)
        request.customer_read = referral.claim.customer.ref
        return view(request, referral, **more)

    return shown


def rules_of(referral: Any, request: Asked) -> Any:
    return rules_for(referral.claim, request.today)


def url_of(referral: Any) -> str:
    return reverse("referrals:show", args=[referral.ref])


def around(request: Asked, referral: Any, **more: Any) -> dict[str, Any]:
    """The context of every page on one referral."""
    customer = referral.claim.customer
    return {
        "referral": referral,
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        "back_url": url_of(referral),
        "back_label": referral.service.name,
        **more,
    }


def act_page(
    request: Asked,
    referral: Any,
    form: BaseForm,
    act: Callable[[dict[str, Any]], object],
    *,
    heading: str,
    button: str,
    said: str,
    then: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form: the verb is called with what was entered, a refusal stands in the form."""
    if done(request, form, act):
        messages.success(request, said)
        return redirect(then or url_of(referral))
    name = referral.claim.customer.name
    context = around(
        request, referral, form=form, heading=heading % {"name": name}, button_label=button, **more
    )
    return render(request, more.get("template", "referrals/form.html"), context)


def titles(rules: Any, name: str) -> dict[str, str]:
    return {code: reason.title for code, reason in rules.reasons(name).items()} | {
        "feedback": _("How it goes there")
    }


def posted(request: Asked) -> Any:
    return request.POST if request.method == "POST" else None
