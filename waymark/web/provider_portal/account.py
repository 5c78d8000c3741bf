"""The pages of a service that has an account: what was sent to it, and nothing of anybody else."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Through
from waymark.web.asking import Asked
from waymark.web.fields import choice_field
from waymark.web.people.pages import done
from waymark.web.provider_portal.changes import new_changes
from waymark.web.provider_portal.forms import NewsForm
from waymark.web.provider_portal.pages import act_page, page, referral_page
from waymark.web.referrals.words import state_tag
from waymark.web.ui.components import Action, Count

A_PAGE = 25
GROUPS = [
    ("new", _("new")),
    ("waiting", _("waiting to begin")),
    ("under_way", _("under way")),
    ("report", _("report to write")),
    ("over", _("over")),
]


@require_safe
def home(request: Asked) -> HttpResponse:
    """What has been sent to us, what is new first."""
    organisation = queries.organisation_of(request.post)
    chosen = request.GET.get("show", "")
    groups = dict(GROUPS)
    rows = queries.to_service(request.post, state=chosen if chosen in groups else "open")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    numbers = queries.counts_for_service(request.post)
    counts = [Count(numbers[name], label, f"?show={name}") for name, label in GROUPS if name in numbers]
    names = queries.names_told(list(shown))
    return page(
        request,
        "home",
        heading=organisation.name if organisation else _("Referrals"),
        counts=counts,
        chosen=groups.get(chosen, ""),
        page=shown,
        rows=[(row, names.get(row.pk) or _("Name taken back"), *state_tag(row)) for row in shown],
        actions=[
            Action(_("What has changed"), reverse("provider:changes")),
            Action(_("Tell us what has changed"), reverse("provider:news")),
            Action(_("Ask us to see somebody"), reverse("provider:ask_us")),
        ]
        if organisation
        else [],
        over_url="?show=over",
        new_changes=new_changes(organisation, request) if organisation else "",
    )


@require_safe
def show(request: Asked, ref: str) -> HttpResponse:
    """One referral to us."""
    referral = _found(request, ref)
    return referral_page(request, referral, by_link=False, name=request.post.person.name)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Asked, ref: str, act: str) -> HttpResponse:
    """One thing we tell."""
    referral = _found(request, ref)
    by = Receiver(request.post.person.name, Through.ACCOUNT, request.post)
    return act_page(request, referral, act, by, by_link=False)


@require_http_methods(["GET", "HEAD", "POST"])
def news(request: Asked) -> HttpResponse:
    """Somebody is away, places have changed: each customer with us has somebody who looks after it."""
    organisation = queries.organisation_of(request.post)
    if organisation is None:
        raise Http404
    form = NewsForm(request.POST if request.method == "POST" else None)
    services = {one.ref: one for one in organisation.services.all()}
    field = choice_field(form, "service")
    field.choices = [("", _("All of them")), *[(ref, one.name) for ref, one in services.items()]]
    made: list[Any] = []

    def act(data: dict[str, Any]) -> None:
        by = Receiver(request.post.person.name, Through.ACCOUNT, request.post)
        made.append(
            verbs.tell_news(
                organisation,
                data["words"],
                service=services.get(data["service"]),
                until=data["until"],
                by=by,
                now=request.now,
            )
        )

    if done(request, form, act):
        messages.success(request, _("Thank you. Whoever looks after your customers knows it now."))
        return redirect("provider:home")
    return page(
        request,
        "act",
        heading=_("What has changed?"),
        form=form,
        intro=_("People with you should hear of it from somebody, and not be left waiting."),
        button_label=_("Tell us"),
        back_url=reverse("provider:home"),
        back_label=_("Referrals"),
    )


def _found(request: Asked, ref: str) -> Any:
    try:
        referral = queries.get_referral(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    request.customer_read = referral.claim.customer.ref
    return referral
