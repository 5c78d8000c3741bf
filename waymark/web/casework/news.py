"""News of cases: what a colleague has to read, what somebody of a service opens by a link, what is said by telephone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.casework import queries, verbs
from waymark.kernel.refusal import Refused
from waymark.portal.rules import as_typed
from waymark.portal.secrets import digest_of
from waymark.web.asking import Asked
from waymark.web.casework.pages import about, case_url, found, page_about
from waymark.web.provider_portal.forms import NameForm
from waymark.web.provider_portal.visits import unseen
from waymark.web.ui.components import Row
from waymark.web.ui.forms import refuse
from waymark.web.ui.templatetags.ui import long_day, telephone

A_PAGE = 25


@require_safe
def unread(request: Asked) -> HttpResponse:
    """What there is for me to read of cases I have to do with."""
    page = Paginator(queries.news_of(request.post), A_PAGE).get_page(request.GET.get("page"))
    reached = queries.reached_of(request.post, list(page))
    context = {
        "heading": _("News of your customers"),
        "page": page,
        "rows": [(one, case_url(one.case.claim) if one.case.claim_id in reached else "") for one in page],
        "back_url": reverse("today"),
        "back_label": _("Today"),
    }
    return render(request, "casework/news.html", context)


@require_POST
def read(request: Asked, ref: str) -> HttpResponse:
    """I have read it."""
    verbs.read_news(found(request, queries.news_for, ref), by=request.post, now=request.now)
    messages.success(request, _("Noted as read."))
    return redirect("casework:news")


@require_http_methods(["GET", "HEAD", "POST"])
@about(queries.news_of_task, lambda row: row.case.claim)
def by_word(request: Asked, row: Any) -> HttpResponse:
    """An e-mail to somebody of a service did not go out: whom to ring, and what to say."""
    claim = row.case.claim
    if request.method == "POST":
        try:
            verbs.told_by_word(row, by=request.post, now=request.now)
        except Refused as refusal:
            context = {"refusal": refusal, "return_url": case_url(claim)}
            return render(request, "ui/refused.html", context, status=409)
        messages.success(request, _("It is kept that they have been told."))
        return redirect(case_url(claim))
    contact = row.contact
    facts = [
        Row(_("Whom to ring"), f"{contact.name}, {contact.organisation.name}"),
        Row(_("Number"), telephone(contact.telephone or contact.organisation.telephone)),
        Row(_("What to say"), row.words),
        Row(_("Why the e-mail did not go out"), row.mail.last_error if row.mail else ""),
    ]
    context = page_about(
        request,
        claim,
        heading=_("Tell %(name)s by telephone") % {"name": contact.name},
        facts=facts,
        agrees=queries.still_agreed(row),
        back_url=case_url(claim),
        back_label=_("Who helps"),
    )
    return render(request, "casework/by_word.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: Asked, secret: str) -> HttpResponse:
    """A link in an e-mail to somebody of a service. No name is shown before they have said theirs.

    What is behind it is shown in the answer itself and nowhere kept: there is nothing to leave.
    """
    known = queries.link_exists(digest_of(as_typed(secret)), request.now)
    if known is None or known.contact is None:
        return _closed(request)
    form = NameForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "heading": _("News from %(office)s") % {"office": known.case.claim.office.name},
        "organisation": known.contact.organisation,
        "form": form,
        "by_link": True,
    }
    if request.method == "POST" and form.is_valid():
        try:
            news = verbs.open_news(as_typed(secret), said_by=form.cleaned_data["said_by"], now=request.now)
        except Refused as refusal:
            if refusal.code == "link_opens_nothing":
                return _closed(request)
            refuse(form, refusal)
        else:
            office = news.case.claim.office
            context |= {
                "news": news,
                "facts": [
                    Row(_("Who it is about"), news.case.claim.customer.name),
                    Row(_("What is new"), news.words),
                    Row(_("Since"), long_day(news.at, request.today)),
                    Row(_("To ask us"), f"{office.name}, {office.telephone}"),
                    Row(_("Reference"), news.case.ref),
                ],
            }
    return unseen(render(request, "casework/outside.html", context))


def _closed(request: Asked) -> HttpResponse:
    context = {"heading": _("This page is closed"), "by_link": True, "closed": True}
    return unseen(render(request, "casework/outside.html", context, status=410))
