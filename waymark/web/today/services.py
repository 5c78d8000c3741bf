"""Today of a service: what has been sent to it, what waits, what it owes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.referrals import queries
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Count


def provider(request: Asked) -> dict[str, Any]:
    """Four numbers, each opening its list."""
    here = reverse("provider:home")
    numbers = queries.counts_for_service(request.post)
    labels = {
        "new": _("new"),
        "waiting": _("waiting to begin"),
        "under_way": _("under way"),
        "report": _("report to write"),
    }
    return {
        "parts": [],
        "counts": [Count(numbers[name], label, f"{here}?show={name}") for name, label in labels.items()],
        "actions": [
            Action(_("Referrals to us"), here, primary=True),
            Action(_("Tell us what has changed"), reverse("provider:news")),
            Action(_("Ask us to see somebody"), reverse("provider:ask_us")),
        ],
        "tables": [],
        "sentences": [] if any(numbers.values()) else [_("Nothing has been sent to you.")],
    }
