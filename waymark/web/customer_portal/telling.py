"""Asking and telling, with the day by which somebody answers; and what was answered."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from waymark.inbound import queries, verbs
from waymark.inbound.enums import About, Way
from waymark.web.asking import Asked
from waymark.web.customer_portal.forms import ASKED, AskForm
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.people.pages import done


@visited("POST")
def ask(request: Asked, visit: Visit) -> HttpResponse:
    """Anything the customer wants to ask or tell us."""
    claim = visit.own.claim
    if claim is None:
        raise Http404
    wanted = request.GET.get("about", "")
    known = wanted if wanted in {str(about) for about, _label in ASKED} else ""
    form = AskForm(request.POST if request.method == "POST" else None, initial={"about": known})
    made: list[Any] = []
    if done(
        request,
        form,
        lambda data: made.append(
            verbs.log(
                claim,
                way=Way.PORTAL,
                about=About(data["about"]),
                words=data["words"],
                by=None,
                now=request.now,
            )
        ),
    ):
        return redirect("my:message", made[0].ref)
    return page(request, "ask", visit, heading=_("Ask us or tell us something"), form=form)


@visited()
def index(request: Asked, visit: Visit) -> HttpResponse:
    """Everything the customer told us, with our answers."""
    return page(
        request,
        "messages",
        visit,
        heading=_("Your messages and our answers"),
        found=queries.from_customer(visit.customer),
    )


@visited()
def message(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """One message: what was said, and the answer or the day by which it comes."""
    found = get_object_or_404(queries.from_customer(visit.customer), ref=ref)
    waits = found.answered_at is None
    return page(
        request,
        "message",
        visit,
        heading=_("We have your message") if waits else _("Our answer"),
        found=found,
        waits=waits,
        stops_all=found.about in {About.CANNOT_COME, About.MOVE, About.EXPLAIN},
    )
