"""Messages to services on their way: one at a time, whoever takes it first. They hold a link and name nobody."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from waymark.notices.rules import next_try
from waymark.referrals.enums import DispatchState
from waymark.referrals.models import Dispatch
from waymark.referrals.verbs.posting import secret_part

log = logging.getLogger(__name__)
LATER = timedelta(hours=4)


def address_of(secret: str) -> str:
    """The address a link opens."""
    return f"{settings.BASE_URL.rstrip('/')}/provider/l/{secret}/"


def deliver_due(now: datetime, limit: int = 100) -> int:
    """Send what is due, at most `limit`; says how many went. What cannot be sent is tried again, then a person sees it."""
    return sum(_one(now) for _turn in range(limit) if _due(now))


def _due(now: datetime) -> bool:
    return Dispatch.objects.filter(state=DispatchState.WAITING, try_at__lte=now).exists()


@transaction.atomic
def _one(now: datetime) -> bool:
    found = (
        Dispatch.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("made_pass", "referral__service__organisation", "referral__made_by__person")
        .filter(state=DispatchState.WAITING, try_at__lte=now)
        .order_by("try_at", "id")
        .first()
    )
    if found is None:
        return False
    try:
        message(found).send()
    except OSError as error:
        log.warning("message %s not sent: %s", found.ref, error)
        return _not_sent(found, str(error), now)
    found.state, found.sent_at, found.last_error = DispatchState.SENT, now, ""
    found.save(update_fields=["state", "sent_at", "last_error"])
    return True


def message(found: Dispatch) -> EmailMessage:
    """The e-mail: which service, who sends it, and the link."""
    referral = found.referral
    body = render_to_string(
        "provider_portal/mail.txt",
        {
            "about": found.about,
            "service": referral.service,
            "who": referral.sent_by.person.name if referral.sent_by else referral.made_by.person.name,
            "office": referral.claim.office,
            "sent_on": referral.sent_at,
            "link": address_of(secret_part(found.made_pass.ref)) if found.made_pass else "",
            "until": found.made_pass.expires_at if found.made_pass else None,
        },
    )
    subject = {
        "referral": _("A referral to %(service)s"),
        "reminder": _("Please look at a referral to %(service)s"),
        "answer": _("An answer about a referral to %(service)s"),
        "more": _("More about a referral to %(service)s"),
        "taken_back": _("A referral to %(service)s has been taken back"),
    }[found.about] % {"service": referral.service.name}
    headers = {"Message-ID": f"<{found.ref}@waymark.invalid>"}
    return EmailMessage(subject, body, to=[found.address], headers=headers)


def _not_sent(found: Dispatch, error: str, now: datetime) -> bool:
    found.tries += 1
    found.last_error = " ".join(error.split())[:300]
    again = next_try(found.tries, now)
    found.state = DispatchState.WAITING if again else DispatchState.FAILED
    found.try_at = again or now
    found.save(update_fields=["tries", "last_error", "state", "try_at"])
    return False
