"""What we do about a referral that is out: one form and one act each."""

from typing import Any

from django.forms import Form as BareForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waymark.portal.squares import square
from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Given, NotThere, Through
from waymark.referrals.outbox import address_of
from waymark.web.asking import Asked
from waymark.web.people.pages import done
from waymark.web.referrals import forms
from waymark.web.referrals.acts import ACTS, form_of, possible
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
from waymark.web.referrals.service_forms import EndForm
from waymark.web.ui.components import Action


@form_view
@about
def told_us(request: Asked, referral: Any) -> HttpResponse:
    """What somebody of the service said on the telephone or in person: which of these?"""
    acts = possible(referral, queries.tells_us(referral))
    context = around(
        request,
        referral,
        heading=_("What did the service tell us?"),
        actions=[Action(act.label, f"{url_of(referral)}told/{act.name}/") for act in acts],
    )
    return render(request, "referrals/told_us.html", context)


@form_view
@about
def told_us_one(request: Asked, referral: Any, act: str) -> HttpResponse:
    """One thing they said, written down with their name."""
    tells_us = queries.tells_us(referral)
    wanted = ACTS.get(act)
    if wanted is None or wanted not in possible(referral, tells_us):
        raise Http404
    form = form_of(
        wanted,
        referral,
        rules_of(referral, request),
        posted(request),
        asks_name=True,
        tells_us=tells_us,
        today=request.today,
    )

    def write(data: dict[str, Any]) -> object:
        by = Receiver(data["said_by"], Through.TOLD_US, request.post)
        return wanted.do(referral, data, form, by, request.now)

    return act_page(
        request,
        referral,
        form,
        write,
        heading=str(wanted.heading),
        button=_("Save"),
        said=str(_("Written down, with the name of who said it.")),
        intro=wanted.intro,
    )


@form_view
@about
def ring(request: Asked, referral: Any) -> HttpResponse:
    """A kind call, because somebody was not there. Nothing else follows."""
    form = forms.RingForm(
        posted(request),
        reasons=rules_of(referral, request).reasons("not_come"),
        label=_("What did they say?"),
    )
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.ring_kindly(
            referral,
            NotThere(data["agreed"]),
            reason=data["reason"],
            words=data["words"],
            by=request.post,
            now=request.now,
        ),
        heading=_("A call to %(name)s"),
        button=_("Save"),
        said=_("Noted."),
        intro=_(
            "Ask how they are, and what would help: somebody who goes along, another day, something else. Leaving it"
            " is all right too. This help is a choice, and nothing follows from not going."
        ),
    )


@form_view
@about
def wait(request: Asked, referral: Any) -> HttpResponse:
    """The wait, looked at with the customer or the service."""
    return act_page(
        request,
        referral,
        forms.WaitForm(posted(request)),
        lambda data: verbs.look_at_wait(
            referral,
            words=data["words"],
            alternative=data["alternative"] == "yes",
            by=request.post,
            now=request.now,
        ),
        heading=_("The wait of %(name)s"),
        button=_("Save"),
        said=_("Noted. It is looked at again."),
        intro=_("After six weeks something else is offered. The customer may still rather wait."),
    )


@form_view
@about
def chase(request: Asked, referral: Any) -> HttpResponse:
    """The service is asked again."""
    form = forms.WordsForm(
        posted(request), label=_("What did you ask, and what did they say?"), required=False
    )
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.chase(referral, words=data["words"], by=request.post, now=request.now),
        heading=_("Ask the service"),
        button=_("Ask again"),
        said=_("Asked. Where the service takes messages, one with a new link is on its way."),
    )


@form_view
@about
def hear(request: Asked, referral: Any) -> HttpResponse:
    """How it goes, as the customer tells it."""
    form = forms.WordsForm(posted(request), label=_("How does it go, in the customer’s words?"))
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.hear_from_customer(referral, data["words"], by=request.post, now=request.now),
        heading=_("How does it go, %(name)s?"),
        button=_("Save"),
        said=_("Noted."),
    )


@form_view
@about
def end(request: Asked, referral: Any) -> HttpResponse:
    """The help has ended, as we or the customer say."""
    rules = rules_of(referral, request)
    form = EndForm(
        posted(request),
        reasons=rules.reasons("ended"),
        tells_us=False,
        asks_name=False,
        initial={"on": request.today},
    )

    def act(data: dict[str, Any]) -> object:
        by = Receiver(request.post.person.name, Through.TOLD_US, request.post)
        return verbs.end_help(referral, data["code"], on=data["on"], by=by, now=request.now)

    return act_page(
        request,
        referral,
        form,
        act,
        heading=_("The help for %(name)s has ended"),
        button=_("Save"),
        said=_("Noted. Next is the report, or the meeting about what is next."),
        intro=_("The customer may stop on any day. Nothing follows from it."),
    )


@form_view
@about
def take_back(request: Asked, referral: Any) -> HttpResponse:
    """Taken back before it has begun."""
    listed = rules_of(referral, request).reasons("ended")
    reasons = {code: row for code, row in listed.items() if row.yes("before_start")}
    return act_page(
        request,
        referral,
        forms.ReasonForm(posted(request), reasons=reasons, words=_("In words")),
        lambda data: verbs.take_back(
            referral, data["reason"], words=data["words"], by=request.post, now=request.now
        ),
        heading=_("Take the referral back"),
        button=_("Take it back"),
        said=_("Taken back. Tell the service, so that nobody is waited for."),
    )


@form_view
@about
def meeting(request: Asked, referral: Any) -> HttpResponse:
    """What is next, agreed in the meeting at the end."""
    form = forms.MeetingForm(posted(request), initial={"met_on": request.today})
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.close(
            referral, words=data["words"], met_on=data["met_on"], by=request.post, now=request.now
        ),
        heading=_("What is next for %(name)s?"),
        button=_("Save"),
        said=_("Noted. This referral is looked back on."),
        quoted=[row for row in referral.feedback.all() if row.kind == "report"],
    )


@form_view
@about
def next_way(request: Asked, referral: Any) -> HttpResponse:
    """It came back: what is next."""
    returned = rules_of(referral, request).reasons("returned").get(referral.returned_code)
    form = forms.WordsForm(
        posted(request),
        label=_("What did you agree with the customer?"),
        hint=returned.columns["next_words"] if returned else "",
    )
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.close(referral, words=data["words"], by=request.post, now=request.now),
        heading=_("Another way for %(name)s"),
        button=_("Save"),
        said=_("Noted."),
        facts=[
            (_("Sent back because"), returned.title if returned else ""),
            (_("In their words"), referral.returned_words),
        ],
    )


@form_view
@about
def arrived(request: Asked, referral: Any) -> HttpResponse:
    """The customer found it, and says so."""

    def act(data: dict[str, Any]) -> object:
        by = Receiver(referral.claim.customer.name, Through.TOLD_US, request.post)
        return verbs.arrived(referral, on=data["met_on"], by=by, now=request.now)

    form = forms.MeetingForm(posted(request), initial={"met_on": request.today})
    del form.fields["words"]
    form.fields["met_on"].label = _("When were they there?")
    return act_page(
        request,
        referral,
        form,
        act,
        heading=_("%(name)s found it"),
        button=_("Save"),
        said=_("Noted."),
    )


@form_view
@about
def not_taken(request: Asked, referral: Any) -> HttpResponse:
    """They did not go, and that is all right."""
    form = forms.ReasonForm(posted(request), reasons=rules_of(referral, request).reasons("not_come"))
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.not_taken_up(
            referral, reason=data["reason"], words=data["words"], by=request.post, now=request.now
        ),
        heading=_("%(name)s did not go"),
        button=_("Save"),
        said=_("Noted. Nothing follows from it."),
    )


@form_view
@about
def withdraw(request: Asked, referral: Any) -> HttpResponse:
    """The customer takes a yes back."""
    named = titles(rules_of(referral, request), "information")
    items = [(code, named.get(code, code)) for code in queries.consents_of(referral)]
    form = forms.TakeBackItemsForm(posted(request), items=items)
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.withdraw_consent(
            referral, data["items"], how=Given(data["how"]), by=request.post, now=request.now
        ),
        heading=_("%(name)s takes something back"),
        button=_("Save"),
        said=_(
            "Taken back. The service no longer sees it here; ask them to strike it from their own papers."
        ),
    )


@form_view
@about
def send_more(request: Asked, referral: Any) -> HttpResponse:
    """What was agreed since it left goes as well."""
    form = BareForm(posted(request))
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.send_more(referral, by=request.post, now=request.now),
        heading=_("Send what was agreed since"),
        button=_("Send it"),
        said=_("Sent."),
    )


@form_view
def answer(request: Asked, ref: str) -> HttpResponse:
    """Our answer to a service."""
    question = found(queries.get_question, request.post, ref)
    referral = question.referral
    request.customer_read = referral.claim.customer.ref
    form = forms.WordsForm(
        posted(request),
        label=_("Your answer"),
        hint=_("Nothing about the customer that they have not agreed to."),
    )
    return act_page(
        request,
        referral,
        form,
        lambda data: verbs.answer(question, data["words"], by=request.post, now=request.now),
        heading=_("A question about %(name)s"),
        button=_("Answer"),
        said=_("Answered."),
        asked=question,
    )


@form_view
@about
def link(request: Asked, referral: Any) -> HttpResponse:
    """A secure link, made and shown once; or all of them ended."""
    form = BareForm(posted(request))
    made: list[Any] = []
    if request.method == "POST" and "end" in request.POST:
        verbs.end_passes(referral, because=_("ended by an adviser"), by=request.post, now=request.now)
        return redirect(url_of(referral))
    if done(
        request, form, lambda data: made.append(verbs.make_pass(referral, by=request.post, now=request.now))
    ):
        address = address_of(made[0].secret)
        context = around(
            request,
            referral,
            heading=_("A secure link"),
            address=address,
            square=square(address),
            until=made[0].made.expires_at,
        )
        response = render(request, "referrals/link.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
    context = around(
        request,
        referral,
        heading=_("A secure link"),
        form=form,
        passes=list(referral.passes.all()[:20]),
    )
    return render(request, "referrals/link.html", context)
