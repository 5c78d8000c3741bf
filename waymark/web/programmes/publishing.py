"""A change is proposed as a ZIP file, published by a second person, or withdrawn with a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import FileExtensionValidator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waymark.interviews.publishing import verbs
from waymark.interviews.publishing.queries import replays_of
from waymark.kernel.refusal import Refused
from waymark.programme import queries as programme
from waymark.programme.uploading import pack_from_zip
from waymark.web.asking import Asked
from waymark.web.people.pages import done, one_form
from waymark.web.programmes.pages import version_or_404
from waymark.web.ui.forms import look, refuse

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST_BYTES = 2_000_000


class ProposeForm(forms.Form):
    """A packed programme, and what the change is for."""

    pack = forms.FileField(
        label=gettext_lazy("The programme as a ZIP file"),
        help_text=gettext_lazy("The whole folder with programme.toml, tables, reasons and letters."),
        validators=[FileExtensionValidator(["zip"])],
        error_messages={"required": gettext_lazy("Choose the ZIP file")},
    )
    why = look(
        forms.CharField(
            label=gettext_lazy("What is the change for?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy("Who publishes it reads this, and it stays in the record."),
            error_messages={"required": gettext_lazy("Write what the change is for")},
        ),
        counter=2000,
    )

    def clean_pack(self) -> Any:
        sent = self.cleaned_data["pack"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB: pack the programme’s folder only"))
        return sent


class PublishForm(forms.Form):
    """Whoever publishes says that they have read what it does."""

    read = forms.BooleanField(
        label=gettext_lazy("I have read the differences and whom they touch"),
        error_messages={"required": gettext_lazy("Say that you have read them")},
    )


class WithdrawForm(forms.Form):
    because = look(
        forms.CharField(
            label=gettext_lazy("Why is it withdrawn?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": gettext_lazy("Write why it is withdrawn")},
        ),
        counter=2000,
    )


@form_view
def propose(request: Asked) -> HttpResponse:
    """Send in a changed programme. Nothing holds otherwise until a second person publishes it."""
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    made: list[Any] = []
    if done(request, form, lambda data: made.append(_propose(request, data))):
        version = made[0].version
        messages.success(request, _("The change is proposed. Look whom it touches before it is published."))
        return redirect("programmes:differences", version.slug, programme.number_of(version))
    context = {"heading": _("Propose a change"), "form": form, "back_url": reverse("programmes:list")}
    return render(request, "programmes/propose.html", context)


def _propose(request: Asked, data: dict[str, Any]) -> Any:
    pack = pack_from_zip(data["pack"].read())
    return verbs.propose(pack, why=data["why"], by=request.post, now=request.now)


@form_view
def publish(request: Asked, slug: str, number: int) -> HttpResponse:
    """A second person publishes a proposal, once it was seen whom it touches."""
    version = version_or_404(slug, number)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.publish(version, by=request.post, now=request.now)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(
                request, _("It holds now. The offices find the customers it touches under Managing.")
            )
            return redirect("programmes:version", slug, number)
    replay = replays_of(version).first()
    context = {
        "heading": _("Publish %(title)s, version %(n)d") % {"title": version.title, "n": number},
        "form": form,
        "version": version,
        "number": number,
        "replay": replay,
        "claims": replay.touched.count() if replay else 0,
        "decisions": replay.decisions_touched.count() if replay else 0,
        "back_url": reverse("programmes:version", args=[slug, number]),
    }
    return render(request, "programmes/publish.html", context)


@form_view
def withdraw(request: Asked, slug: str, number: int) -> HttpResponse:
    """A proposal is given up, with the reason."""
    version = version_or_404(slug, number)
    return one_form(
        request,
        WithdrawForm(request.POST if request.method == "POST" else None),
        lambda data: verbs.withdraw(version, because=data["because"], by=request.post, now=request.now),
        said=_("The proposal is withdrawn. It stays here to be read."),
        heading=_("Withdraw %(title)s, version %(n)d") % {"title": version.title, "n": number},
        button=_("Withdraw it"),
        back=reverse("programmes:version", args=[slug, number]),
    )
