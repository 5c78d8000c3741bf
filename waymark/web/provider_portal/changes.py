"""What has changed on our side since a service last looked, by account and by link."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from waymark.interviews.holding import rules_for
from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import Through
from waymark.referrals.queries import Change, Changed
from waymark.web.asking import Asked
from waymark.web.provider_portal.pages import page
from waymark.web.provider_portal.visits import Visit, by_link
from waymark.web.referrals.pages import titles
from waymark.web.ui.components import Text
from waymark.web.ui.templatetags.ui import long_day

WORDS: Mapping[Changed, Text] = {
    Changed.ANSWERED: gettext_lazy("Your question is answered"),
    Changed.YES_TAKEN_BACK: gettext_lazy("The person has taken back what you may know"),
    Changed.MORE_TOLD: gettext_lazy("The person has agreed that you know more"),
    Changed.TAKEN_BACK: gettext_lazy("The referral has been taken back: do not wait any more"),
    Changed.ENDED: gettext_lazy("The person comes no longer; that is all right"),
}
ITEMS = (Changed.YES_TAKEN_BACK, Changed.MORE_TOLD)
POSTED = require_http_methods(["GET", "HEAD", "POST"])


def new_changes(organisation: Any, request: Asked) -> str:
    """How many changes somebody with an account has not read; empty where there are none."""
    found = queries.changes(organisation, request.now, person=request.post.person)
    count = sum(one.new for one in found)
    return (
        ngettext("%(n)d change since you last looked", "%(n)d changes since you last looked", count)
        % {"n": count}
        if count
        else ""
    )


@POSTED
def by_account(request: Asked) -> HttpResponse:
    """Everything of one's own organisation, with names where the person agrees."""
    organisation = queries.organisation_of(request.post)
    if organisation is None:
        raise Http404
    if request.method == "POST":
        by = Receiver(request.post.person.name, Through.ACCOUNT, request.post)
        return _read(request, organisation, by, "provider:changes")
    found = queries.changes(organisation, request.now, person=request.post.person)
    names, named = queries.names_told([one.referral for one in found]), _items(found, request)
    rows = [
        _row(
            one,
            request,
            names.get(one.referral.pk, ""),
            reverse("provider:show", args=[one.referral.ref]),
            _said(one, named),
        )
        for one in found
    ]
    return _page(request, rows, back_url=reverse("provider:home"), back_label=_("Referrals"))


@by_link
def here(request: Asked, visit: Visit) -> HttpResponse:
    """By link: the same without a name, and with a way to the one referral that the link opens."""
    organisation = visit.found.organisation
    if request.method == "POST":
        return _read(request, organisation, visit.receiver, "provider:here_changes")
    found = queries.changes(organisation, request.now)
    named = _items(found, request)
    rows = []
    for one in found:
        mine = one.referral.pk == visit.referral.pk
        url, said = (reverse("provider:here"), _said(one, named)) if mine else ("", "")
        rows.append(_row(one, request, "", url, said))
    return _page(
        request,
        rows,
        by_link=True,
        name=visit.name,
        back_url=reverse("provider:here"),
        back_label=_("The referral"),
    )


def _row(one: Change, request: Asked, name: str, url: str, said: str) -> dict[str, Any]:
    """A change in words. said: what it says of the person, where this reader may read that."""
    return {
        "new": one.new,
        "what": WORDS[one.what],
        "who": name or _("Referral sent on %(day)s") % {"day": long_day(one.referral.sent_at, request.today)},
        "service": one.referral.service.name,
        "at": one.at,
        "words": said,
        "url": url,
    }


def _items(found: list[Change], request: Asked) -> Mapping[str, str]:
    """The titles of the items of information, where a change is about some; read once."""
    first = next((one for one in found if one.what in ITEMS), None)
    return titles(rules_for(first.referral.claim, request.today), "information") if first else {}


def _said(one: Change, named: Mapping[str, str]) -> str:
    if one.what not in ITEMS:
        return one.words
    return ", ".join(named.get(item, item) for item in one.words.split())


def _read(request: Asked, organisation: Any, by: Receiver, back: str) -> HttpResponse:
    verbs.read_changes(organisation, by=by, now=request.now)
    messages.success(request, _("Thank you. What comes from now on is shown as new."))
    return redirect(back)


def _page(request: Asked, rows: list[dict[str, Any]], **more: Any) -> HttpResponse:
    return page(
        request,
        "changes",
        heading=_("What has changed"),
        rows=rows,
        any_new=any(row["new"] for row in rows),
        **more,
    )
