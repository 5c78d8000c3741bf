"""E-mails to colleagues and services that wait or could not be sent. They name no customer, and neither does the list."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waymark.kernel.refusal import Refused
from waymark.notices import mailing
from waymark.notices.enums import NoticeState
from waymark.web.asking import Asked
from waymark.web.notices.words import state_tag
from waymark.web.ui.components import Action, Column, Table
from waymark.web.ui.templatetags.ui import day_time

MOST = 25


def mails_table(request: Asked) -> Table | None:
    """Those of the district, the failed ones first; None where all have gone."""
    rows = list(mailing.mails_to_mend(request.post)[:MOST])
    if not rows:
        return None
    return Table(
        _("E-mails to colleagues and services"),
        [
            Column(_("To")),
            Column(_("What")),
            Column(_("Office")),
            Column(_("Written")),
            Column(_("State")),
            Column(_("Send")),
            Column(_("Keep back")),
        ],
        [
            [
                mail.to_name,
                mail.get_kind_display(),
                mail.office.name,
                day_time(mail.queued_at, request.today),
                format_html("{}<br>{}", state_tag(mail.state), mail.last_error),
                Action(_("Try again"), reverse("notices:retry_mail", args=[mail.ref]), "post", about=mail.ref)
                if mail.state == NoticeState.FAILED
                else "",
                Action(
                    _("Withdraw"), reverse("notices:withdraw_mail", args=[mail.ref]), "post", about=mail.ref
                ),
            ]
            for mail in rows
        ],
        late_rows=frozenset(n for n, mail in enumerate(rows) if mail.state == NoticeState.FAILED),
    )


@require_POST
def retry(request: Asked, ref: str) -> HttpResponse:
    """Put an e-mail back among the waiting."""
    return _mended(request, ref, mailing.retry_mail, _("The e-mail is tried again now."))


@require_POST
def withdraw(request: Asked, ref: str) -> HttpResponse:
    """Keep an e-mail from going."""
    return _mended(request, ref, mailing.withdraw_mail, _("The e-mail is withdrawn."))


def _mended(request: Asked, ref: str, act: Callable[..., object], said: str) -> HttpResponse:
    try:
        mail = mailing.get_to_mend(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    try:
        act(mail, by=request.post, now=request.now)
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": reverse("notices:outbox")}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, said)
    return redirect("notices:outbox")
