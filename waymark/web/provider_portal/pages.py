"""What every page of a service shares, by account and by link: what stands round it, a referral, an act."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.casework import queries as casework
from waymark.interviews.holding import rules_for
from waymark.referrals import queries
from waymark.referrals.access import Receiver
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.referrals.acts import ACTS, form_of, possible
from waymark.web.referrals.pages import titles
from waymark.web.referrals.words import first_words, state_tag
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import long_day


def page(request: Asked, template: str, **context: Any) -> HttpResponse:
    return render(request, f"provider_portal/{template}.html", context)


def address(referral: Any, by_link: bool, act: str = "") -> str:
    """The page of a referral or of an act on it."""
    if by_link:
        return reverse("provider:here_act", args=[act]) if act else reverse("provider:here")
    return (
        reverse("provider:act", args=[referral.ref, act])
        if act
        else reverse("provider:show", args=[referral.ref])
    )


def referral_page(request: Asked, referral: Any, *, by_link: bool, name: str) -> HttpResponse:
    """One referral as its service sees it: only what the customer agreed to, and what can be told now."""
    rules = rules_for(referral.claim, request.today)
    named = titles(rules, "information")
    tells_us = queries.tells_us(referral)
    acts = possible(referral, tells_us)
    told = queries.told_to_service(referral)
    return page(
        request,
        "referral",
        heading=_title(told, referral),
        referral=referral,
        by_link=by_link,
        name=name,
        state=state_tag(referral),
        told=[(named.get(one.item, one.item), one.value, one.withdrawn_at) for one in told],
        rows=_rows(referral, request),
        tells_us=tells_us,
        actions=[
            Action(act.label, address(referral, by_link, act.name), primary=place == 0)
            for place, act in enumerate(acts)
        ],
        attendances=list(referral.attendances.all()[:40]),
        feedback=list(referral.feedback.all()[:20]),
        questions=list(referral.questions.all()),
        back_url="" if by_link else reverse("provider:home"),
        back_label=_("Referrals"),
    )


def _title(told: list[Any], referral: Any) -> str:
    name = next((one.value for one in told if one.item == "name" and one.value), "")
    return name or _("A referral to %(service)s") % {"service": referral.service.name}


def _rows(referral: Any, request: Asked) -> list[tuple[str, str]]:
    sender = referral.sent_by or referral.made_by
    office = referral.claim.office
    rows = [
        (_("Service"), referral.service.name),
        (_("Sent by"), f"{sender.person.name}, {office.name}, {office.telephone}"),
        (_("Case manager"), _manager(referral)),
        (_("Sent"), long_day(referral.sent_at, request.today)),
        (_("First appointment"), first_words(referral, request.today)),
    ]
    if referral.started_on:
        rows.append((_("Began"), long_day(referral.started_on, request.today)))
    if referral.ends_expected and referral.ended_on is None:
        rows.append((_("Should end"), long_day(referral.ends_expected, request.today)))
    if referral.ended_on:
        rows.append((_("Ended"), long_day(referral.ended_on, request.today)))
    return [(label, value) for label, value in rows if value]


def _manager(referral: Any) -> str:
    """Who is in charge, which services did not know (R:L889-895).

    Somebody of another service is not named: that would tell this one where else the customer gets help.
    """
    manager = casework.manager_of(referral.claim)
    if manager is None or manager.post is None:
        return ""
    return f"{manager.name}, {manager.place}, {manager.telephone}"


def act_page(request: Asked, referral: Any, act: str, by: Receiver, *, by_link: bool) -> HttpResponse:
    """One thing a service tells us."""
    tells_us = queries.tells_us(referral)
    wanted = ACTS.get(act)
    if wanted is None or wanted not in possible(referral, tells_us):
        raise Http404
    form = form_of(
        wanted,
        referral,
        rules_for(referral.claim, request.today),
        request.POST if request.method == "POST" else None,
        asks_name=False,
        tells_us=tells_us,
        today=request.today,
    )
    if done(request, form, lambda data: wanted.do(referral, data, form, by, request.now)):
        messages.success(request, str(wanted.said))
        over = by_link and act in {"return", "report"}
        return redirect("provider:over" if over else address(referral, by_link))
    return page(
        request,
        "act",
        heading=str(wanted.heading),
        form=form,
        intro=wanted.intro,
        by_link=by_link,
        name=by.name,
        button_label=_("Save"),
        back_url=address(referral, by_link),
        back_label=_("The referral"),
    )
