"""The way to a service: what is offered so that the customer gets there, what they say, how it is arranged."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.referrals import queries, verbs
from waymark.referrals.enums import WayAnswer, WayHelp
from waymark.web.asking import Asked
from waymark.web.referrals.forms import area, labels
from waymark.web.referrals.pages import about, act_page, form_view, found, posted
from waymark.web.ui.forms import look


def _answer(choices: list[tuple[str, str]]) -> Any:
    return look(
        forms.ChoiceField(
            label=gettext_lazy("What does the customer say?"), choices=choices, widget=forms.RadioSelect
        ),
        small=True,
    )


class OfferForm(forms.Form):
    """What is offered, and the answer."""

    what = look(
        forms.ChoiceField(
            label=gettext_lazy("What do you offer?"), choices=labels(WayHelp), widget=forms.RadioSelect
        ),
        small=True,
    )
    words = look(
        forms.CharField(
            label=gettext_lazy("More exactly"),
            required=False,
            max_length=300,
            help_text=gettext_lazy("For example: the bus fares for ten mornings"),
        ),
        width=20,
    )
    answer = _answer(labels(WayAnswer))
    said = area(
        gettext_lazy("In their words"),
        required=False,
        rows=2,
        help_text=gettext_lazy("A no needs no reason."),
    )


class AnswerForm(forms.Form):
    """What the customer says after thinking about it."""

    answer = _answer([one for one in labels(WayAnswer) if one[0] != WayAnswer.THINKING])
    said = area(gettext_lazy("In their words"), required=False, rows=2)


class ArrangeForm(forms.Form):
    """How it is arranged."""

    arrangement = look(
        forms.CharField(
            label=gettext_lazy("How is it arranged?"),
            max_length=300,
            help_text=gettext_lazy(
                "As the customer should hear it. If it cannot be done, what is done instead."
            ),
        ),
        width=20,
    )


@form_view
@about
def offer(request: Asked, referral: Any) -> HttpResponse:
    """Fares, a taxi, somebody who goes along: offered and answered (R:L504)."""
    return act_page(
        request,
        referral,
        OfferForm(posted(request)),
        lambda data: verbs.offer_way(
            referral,
            WayHelp(data["what"]),
            answer=WayAnswer(data["answer"]),
            words=data["words"],
            said=data["said"],
            by=request.post,
            now=request.now,
        ),
        heading=_("The way there for %(name)s"),
        button=_("Save"),
        said=_("Kept, with the answer."),
        intro=_("Not everybody is persuaded by it. A no is all right, and nothing follows from it."),
    )


@form_view
@about
def go_on(request: Asked, referral: Any, offered: str) -> HttpResponse:
    """The answer after some thought; or, once it is taken, how it is arranged."""
    one = found(queries.get_way_offer, referral, offered)
    if one.answer == WayAnswer.DECLINED or one.arranged_at is not None:
        raise Http404
    facts = [(_("Offered"), one.what_words)]
    if one.answer == WayAnswer.THINKING:
        return act_page(
            request,
            referral,
            AnswerForm(posted(request)),
            lambda data: verbs.answer_way(
                one, WayAnswer(data["answer"]), said=data["said"], by=request.post, now=request.now
            ),
            heading=_("What does %(name)s say?"),
            button=_("Save"),
            said=_("Kept, with the answer."),
            facts=facts,
        )
    return act_page(
        request,
        referral,
        ArrangeForm(posted(request)),
        lambda data: verbs.arrange_way(one, **data, by=request.post, now=request.now),
        heading=_("The way there for %(name)s"),
        button=_("Save"),
        said=_("It is arranged. Tell the customer."),
        facts=facts,
    )
