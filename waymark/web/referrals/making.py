"""From the first word to the moment it leaves: choosing, weighing, consent, papers, check your answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waymark.customers import queries as customers
from waymark.directory import queries as directory
from waymark.directory.enums import Channel
from waymark.interviews.holding import rules_for
from waymark.kernel.refusal import Refused
from waymark.referrals import queries, verbs
from waymark.referrals.access import may_go_by
from waymark.referrals.enums import FixedBy, Given, ReferralKind
from waymark.referrals.verbs.proposing import directive, usual_kind
from waymark.referrals.verbs.sending import what_stops
from waymark.referrals.verbs.weighing import derived_facts, wants_a_reason
from waymark.web.asking import Asked
from waymark.web.customers.pages import of_customer
from waymark.web.people.pages import done
from waymark.web.referrals import forms
from waymark.web.referrals.pages import (
    about,
    act_page,
    around,
    form_view,
    found,
    posted,
    rules_of,
    titles,
    url_of,
)
from waymark.web.ui.templatetags.ui import day, long_day

FIT_FACTS = ("help_", "cmp_", "dea_")


@require_safe
@of_customer
def choose(request: Asked, customer: Any) -> HttpResponse:
    """Which service. The directory finds by need and place; here by name."""
    form = forms.ChooseForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    context = {
        "heading": _("Which service?"),
        "customer": customer,
        "form": form,
        "services": queries.services_to_choose(words),
        "back_url": reverse("referrals:of_customer", args=[customer.ref]),
        "back_label": _("Referrals"),
    }
    return render(request, "referrals/choose.html", context)


@form_view
@of_customer
def propose(request: Asked, customer: Any, service: str) -> HttpResponse:
    """What was spoken about with the customer."""
    claim = queries.live_claim(customer)
    if claim is None:
        raise Http404
    entry = found(queries.get_service, service)
    rules = rules_for(claim, request.today)
    against = directive(rules, entry)
    form = forms.ProposeForm(
        posted(request),
        reasons=rules.reasons("chosen_because"),
        needs=_needs(entry, rules),
        directive=against,
        initial={"kind": usual_kind(entry)},
    )
    made: list[Any] = []

    def act(data: dict[str, Any]) -> None:
        others = [verbs.Other(data["other_name"], data["other_why"])] if data["other_name"] else []
        talk = None
        if data["prior_talk_with"]:
            talk = verbs.PriorTalk(request.today, data["prior_talk_with"], data["prior_talk_words"])
        made.append(
            verbs.propose(
                claim,
                entry,
                kind=ReferralKind(data["kind"]),
                purpose=data["purpose"],
                chosen_because=data["chosen_because"],
                chosen_by_customer=data["chosen_by_customer"],
                heard_from=data["heard_from"],
                need=data["need"],
                alternatives=others,
                prior_talk=talk,
                override_reason=data.get("override_reason", ""),
                by=request.post,
                now=request.now,
            )
        )

    if done(request, form, act):
        messages.success(request, _("Noted. Nothing has left yet."))
        return redirect(url_of(made[0]))
    context = {
        "heading": _("%(service)s for %(name)s") % {"service": entry.name, "name": customer.name},
        "customer": customer,
        "must_know": customers.must_know(customer, request.today).sentences,
        "form": form,
        "service": entry,
        "service_rows": service_rows(entry),
        "intro": _("Going there is the customer’s choice, and so is every word that is passed on."),
        "button_label": _("Save and go on"),
        "back_url": reverse("referrals:choose", args=[customer.ref]),
        "back_label": _("Services"),
    }
    return render(request, "referrals/form.html", context)


def _needs(entry: Any, rules: Any) -> dict[str, str]:
    """What the customer may need help with: what the service is for, where its entry says so; else all there is."""
    listed = rules.reasons("need")
    codes = [code for code in entry.needs if code in listed] or list(listed)
    return {code: listed[code].title for code in codes}


def service_rows(entry: Any) -> list[tuple[str, str]]:
    """What one must know of a service before speaking of it."""
    wait = _("%(weeks)s weeks, as they say") % {"weeks": entry.wait_weeks} if entry.wait_weeks else ""
    rows = [
        (_("Offered by"), entry.organisation.name),
        (_("For whom"), entry.for_whom),
        (_("Not for"), entry.not_for),
        (_("Places"), entry.get_taking_display()),
        (_("Wait"), wait),
        (_("Benefits"), entry.benefit_words or entry.get_benefit_effect_display()),
        (_("Takes referrals"), ", ".join(str(Channel(one).label) for one in entry.channels)),
    ]
    return [(label, str(value)) for label, value in rows if value]


@form_view
@about
def fit(request: Asked, referral: Any) -> HttpResponse:
    """Questions to think of, and what the tables say. It advises, and never stands in the way."""
    rules = rules_of(referral, request)
    known = derived_facts(referral, rules, request.today)
    facts = [
        fact
        for name, fact in _asked(rules).items()
        if (not name.startswith("cmp_") or known["referral_provision"] == "cmp")
        and (not name.startswith("dea_") or known["referral_provision"] == "disability_adviser")
        and (name != "help_substances_now" or known["service_excludes_substances"])
    ]
    last = referral.fits.first()
    form = forms.FitForm(posted(request), facts=facts, answers=last.facts if last else {})
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.ask_fit(referral, form.answers, by=request.post, now=request.now),
        heading=_("Does it fit %(name)s?"),
        button=_("See what speaks for and against"),
        said=_("Kept. What the rules say stands on the referral; you decide with the customer."),
        intro=_("Answer what you know. Nothing here decides: it is to think with."),
        facts=_claims_before(referral, request),
    )


def _claims_before(referral: Any, request: Asked) -> list[tuple[str, str]]:
    """The claims before this one, so that nobody is taken for new or for ready (P:L1094)."""
    before = [one for one in customers.claims_of(referral.claim.customer) if one.pk != referral.claim_id]
    said = [
        _("%(benefit)s from %(since)s to %(until)s")
        % {
            "benefit": rules_of(referral, request).benefits.get(one.benefit, one.benefit),
            "since": day(one.claimed_on, request.today),
            "until": day(one.ended_on, request.today) if one.ended_on else _("today"),
        }
        for one in before
    ]
    return [(_("Claims before"), "; ".join(said))] if said else []


def _asked(rules: Any) -> dict[str, Any]:
    return {name: rules.facts[name] for name in rules.facts if name.startswith(FIT_FACTS)}


@form_view
@about
def consent(request: Asked, referral: Any) -> HttpResponse:
    """Item by item: what would be told, and whether it may."""
    rules = rules_of(referral, request)
    form = forms.ItemsForm(
        posted(request),
        items=list(referral.items.all()),
        agreed=queries.consents_of(referral),
        titles=titles(rules, "information"),
    )

    def act(data: dict[str, Any]) -> object:
        return verbs.consent(
            referral,
            form.said,
            values=form.values,
            how=Given(data["how"]),
            by=request.post,
            now=request.now,
        )

    return act_page(
        request,
        referral,
        form,
        act,
        heading=_("What may they be told?"),
        button=_("Save"),
        said=_("Kept, item by item. Nothing has left yet."),
        intro=_(
            "Read each line to %(name)s. A no is all right and changes nothing; each yes can be taken back on any day."
        )
        % {"name": referral.claim.customer.name},
    )


@form_view
@about
def check(request: Asked, referral: Any) -> HttpResponse:
    """Check your answers: exactly what goes to whom. Then it goes."""
    rules = rules_of(referral, request)
    agreed = queries.consents_of(referral)
    named = titles(rules, "information")
    place = referral.service.locations.first()
    form = forms.SendForm(
        posted(request),
        channels=referral.service.channels or [Channel.LINK, Channel.PAPER, Channel.PHONE],
        where=str(place) if place else "",
        wants_why=wants_a_reason(referral, rules, request.today),
    )

    def act(data: dict[str, Any]) -> object:
        first_at = form.first_at
        first = verbs.FirstTime(first_at, data["first_where"], data["first_with"]) if first_at else None
        return verbs.send(
            referral,
            channel=Channel(data["channel"]),
            fixed_by=FixedBy(data["fixed_by"]),
            first=first,
            despite=data.get("despite", ""),
            contact_by=data["contact_by"] if data["fixed_by"] == FixedBy.SERVICE else None,
            by=request.post,
            now=request.now,
        )

    items = list(referral.items.all())
    return act_page(
        request,
        referral,
        form,
        act,
        heading=_("Check before it goes"),
        button=_("Send it"),
        said=_("It is sent. The customer gets it confirmed in writing where that is safe."),
        template="referrals/check.html",
        goes=[
            (named.get(item.code, item.code), item.value, _said_words(agreed[item.code], request))
            for item in items
            if item.code in agreed and item.value.strip()
        ],
        stays=[
            (
                named.get(item.code, item.code),
                _("nothing is written") if item.code in agreed else _("the customer has not said yes"),
            )
            for item in items
            if item.code not in agreed or not item.value.strip()
        ],
        hears="feedback" in agreed,
        stops=what_stops(referral, rules),
        hints=_hints(referral),
        forbidden=[
            refusal
            for channel in (Channel.EMAIL, Channel.LINK)
            if referral.service.channels and (refusal := may_go_by(referral.service, channel))
        ][:1],
    )


def _said_words(consent: Any, request: Asked) -> str:
    return _("yes, %(how)s on %(day)s") % {
        "how": consent.get_how_display(),
        "day": long_day(consent.given_at, request.today),
    }


def _hints(referral: Any) -> list[dict[str, str]]:
    last = referral.fits.first()
    return list(last.hints) if last else []


@form_view
@about
def paper(request: Asked, referral: Any, kind: str) -> HttpResponse:
    """A document the service asks for."""
    row = referral.papers.filter(kind=kind).first()
    if row is None:
        raise Http404
    listed = rules_of(referral, request).reasons("document")
    title = listed[kind].title if kind in listed else kind
    form = forms.PaperForm(posted(request), initial={"held": "yes" if row.held else "no", "where": row.where})
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.note_paper(
            referral, kind, held=data["held"] == "yes", where=data["where"], by=request.post, now=request.now
        ),
        heading=title,
        button=_("Save"),
        said=_("Noted."),
    )


@form_view
@about
def other(request: Asked, referral: Any) -> HttpResponse:
    """What else was thought of."""
    return act_page(
        request,
        referral,
        forms.OtherForm(posted(request)),
        lambda data: verbs.think_of(
            referral, verbs.Other(data["name"], data["why_not"]), by=request.post, now=request.now
        ),
        heading=_("What else was considered"),
        button=_("Save"),
        said=_("Noted."),
    )


@form_view
@about
def decline(request: Asked, referral: Any) -> HttpResponse:
    """They would rather not."""
    form = forms.ReasonForm(
        posted(request),
        reasons=rules_of(referral, request).reasons("declined"),
        label=_("What did they say? “Did not say” is a good answer."),
    )
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.decline(
            referral, data["reason"], words=data["words"], by=request.post, now=request.now
        ),
        heading=_("%(name)s would rather not"),
        button=_("Save"),
        said=_("Noted. Nothing follows from it."),
        intro=_("Help is a choice. It can be spoken about again whenever the customer likes."),
    )


@form_view
@about
def slip(request: Asked, referral: Any) -> HttpResponse:
    """The slip for the customer's hand."""
    if referral.kind != ReferralKind.SIGNPOST:
        raise Http404
    refused = None
    if request.method == "POST":
        try:
            verbs.signpost(referral, by=request.post, now=request.now)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("Given. Somebody asks in two weeks whether they found it."))
            return redirect("referrals:slip", referral.ref)
    context = around(
        request,
        referral,
        heading=referral.service.name,
        refused=refused,
        place=referral.service.locations.first(),
        contact=directory.contact_of(referral.service, request.today),
    )
    return render(request, "referrals/slip.html", context)
