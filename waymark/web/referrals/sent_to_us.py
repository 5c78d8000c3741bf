"""Whom services ask us to see: the list of those who wait, one of them with its answer, what we were told by word."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from waymark.customers import queries as customers
from waymark.kernel.refusal import Refused
from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import SentAnswer, Through
from waymark.web.asking import Asked
from waymark.web.fields import choice_field
from waymark.web.people.pages import done
from waymark.web.referrals.forms import area
from waymark.web.referrals.pages import form_view, found, posted
from waymark.web.ui.components import Action
from waymark.web.ui.forms import DateField, look

A_PAGE = 25
NOBODY = "nobody"


class SeeForm(forms.Form):
    """Whom we should see, and why. `offices`: those that can be asked; none where it is clear."""

    office = look(forms.ChoiceField(label=gettext_lazy("Which office is near them?")), width=20)
    name = look(forms.CharField(label=gettext_lazy("Their name"), max_length=200), width=20)
    reach = look(
        forms.CharField(
            label=gettext_lazy("How can we reach them?"),
            max_length=200,
            help_text=gettext_lazy("A telephone number or an address that is safe for them"),
        ),
        width=20,
    )
    born_on = DateField(
        label=gettext_lazy("Date of birth, if they want to say it"),
        what=gettext_lazy("the date of birth"),
        required=False,
    )
    words = area(gettext_lazy("What do they hope for?"), help_text=gettext_lazy("In their words, if you can"))
    agreed = forms.BooleanField(
        label=gettext_lazy("They know that you tell us this, and agree"),
        required=False,
    )

    def __init__(self, *args: Any, offices: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in offices]
        if listed:
            choice_field(self, "office").choices = listed
        else:
            del self.fields["office"]


class ToldForm(SeeForm):
    """What a service or somebody else told us by word."""

    from_whom = look(
        forms.CharField(
            label=gettext_lazy("Who asks?"),
            max_length=200,
            help_text=gettext_lazy("The service, surgery or hospital"),
        ),
        width=20,
    )
    said_by = look(forms.CharField(label=gettext_lazy("Who told you?"), max_length=100), width=20)

    field_order = ("from_whom", "said_by")


class AnswerForm(forms.Form):
    """Whose request it is, or that we cannot help; and what the service reads."""

    claim = look(forms.ChoiceField(label=gettext_lazy("Who is it?"), widget=forms.RadioSelect), small=True)
    due_on = look(
        DateField(
            label=gettext_lazy("Be in touch by"),
            what=gettext_lazy("the day by which somebody is in touch"),
            required=False,
            help_text=gettext_lazy("Where it is somebody of ours"),
        ),
        optional_word=False,
    )
    words = area(
        gettext_lazy("Your answer to the service"),
        rows=3,
        help_text=gettext_lazy("Nothing of the person’s, not even whether they have a claim."),
    )

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "claim").choices = [
            *[(one.claim_ref, _described(one)) for one in people],
            (NOBODY, _("Nobody with a live claim here: we cannot help")),
        ]


def _described(one: Any) -> str:
    born = one.born_on.strftime("%-d %B %Y") if one.born_on else _("date of birth not known")
    return f"{one.name}, {born}, {one.office}"


def somebody(data: dict[str, Any]) -> verbs.Somebody:
    """The person of a form that was filled in."""
    return verbs.Somebody(data["name"], data["reach"], data["born_on"])


@require_safe
def index(request: Asked) -> HttpResponse:
    """Who waits for an answer, the first due first; or those who were answered."""
    waiting = request.GET.get("show") != "answered"
    page = Paginator(queries.sent_to_us(request.post, waiting=waiting), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "heading": _("Sent to us"),
        "page": page,
        "waiting": waiting,
        "actions": [Action(_("A service told us of somebody"), reverse("referrals:sent_to_us_new"))],
        "back_url": reverse("referrals:list"),
        "back_label": _("Referrals"),
    }
    return render(request, "referrals/sent_to_us.html", context)


@form_view
def add(request: Asked) -> HttpResponse:
    """What somebody told us on the telephone or in person."""
    offices = {one.code: one for one in queries.offices_to_ask(request.post)}
    own = request.post.team.office.code
    form = ToldForm(posted(request), offices=offices.values(), initial={"office": own})
    if done(
        request,
        form,
        lambda data: verbs.ask_us_to_see(
            offices[data["office"]],
            somebody(data),
            words=data["words"],
            agreed=data["agreed"],
            organisation=None,
            from_whom=data["from_whom"],
            by=Receiver(data["said_by"], Through.TOLD_US, request.post),
            now=request.now,
        ),
    ):
        messages.success(request, _("Written down. It is answered within three working days."))
        return redirect("referrals:sent_to_us")
    context = {
        "heading": _("Whom should we see?"),
        "form": form,
        "button_label": _("Save"),
        "back_url": reverse("referrals:sent_to_us"),
        "back_label": _("Sent to us"),
    }
    return render(request, "referrals/form.html", context)


@form_view
def show(request: Asked, ref: str) -> HttpResponse:
    """One of them, with customers it may be; and the answer."""
    asked = found(queries.get_sent_to_us, request.post, ref)
    words = request.GET.get("q", "").strip() or asked.name
    people = _people(request, words) if asked.state == SentAnswer.WAITING else []
    form = AnswerForm(posted(request), people=people)

    def act(data: dict[str, Any]) -> object:
        if data["claim"] == NOBODY:
            return verbs.cannot_see(asked, words=data["words"], by=request.post, now=request.now)
        if data["due_on"] is None:
            raise Refused(
                "no_day", _("It is not said by when."), _("Give the day by which somebody is in touch.")
            )
        claim = customers.get_claim(request.post, data["claim"])
        return verbs.take_up(
            asked, claim, words=data["words"], due_on=data["due_on"], by=request.post, now=request.now
        )

    if done(request, form, act):
        messages.success(request, _("Answered. The service reads it on its own page, or you tell them."))
        return redirect("referrals:sent_to_us")
    context = {
        "heading": asked.name,
        "asked": asked,
        "form": form,
        "searched": words,
        "back_url": reverse("referrals:sent_to_us"),
        "back_label": _("Sent to us"),
    }
    return render(request, "referrals/sent_to_us_one.html", context)


def _people(request: Asked, words: str) -> list[Any]:
    return [one for one in customers.search(request.post, words, request.today) if one.claim_live][:10]
