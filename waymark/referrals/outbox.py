"""Messages to services on their way: one at a time, whoever takes it first. They hold a link and name nobody."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from waymark.notices.mailing import send_due
from waymark.referrals.models import Dispatch
from waymark.referrals.verbs.posting import secret_part


def address_of(secret: str) -> str:
    """The address a link opens."""
    return f"{settings.BASE_URL.rstrip('/')}/provider/l/{secret}/"


def deliver_due(now: datetime, limit: int = 100) -> int:
    """Send what is due, at most `limit`; says how many went. What cannot be sent is tried again, then a person sees it."""
    rows = Dispatch.objects.select_related(
        "made_pass", "referral__service__organisation", "referral__made_by__person"
    )
    return send_due(rows, message, now=now, limit=limit)


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
