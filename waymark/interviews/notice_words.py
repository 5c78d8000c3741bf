"""What letters about interviews say, beyond what every letter knows of a claim. Dates are written out there."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.customers.models import AccessNeeds, Claim
from waymark.interviews.enums import Mode
from waymark.interviews.models import Appointment
from waymark.kernel.clock import LONDON
from waymark.organisations.models import Office, Post, Team


def advisers_of(office: Office) -> dict[str, Any]:
    """Who a question goes to when nobody is named."""
    return {"contact_name": _("the advisers at %(office)s") % {"office": office.name}}


def of_adviser(by: Post, office: Office) -> dict[str, Any]:
    """A named person to ask for, on the number of their office."""
    return {"contact_name": by.person.name, "contact_phone": office.telephone}


def team_that_rings(team: Team, office: Office) -> dict[str, Any]:
    """Who will get in touch, and the number that is answered."""
    name = _("the %(team)s team at %(office)s") % {"team": team.name.lower(), "office": office.name}
    return {"contact_name": name, "contact_phone": office.telephone}


def of_appointment(appointment: Appointment) -> dict[str, Any]:
    """Day, time, how long in all, with whom and where."""
    starts = appointment.starts_at.astimezone(LONDON)
    minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    with_whom = _("%(name)s, personal adviser") % {"name": appointment.adviser.name}
    if appointment.with_assessor:
        with_whom = _("somebody who goes through your claim form, then %(adviser)s") % {"adviser": with_whom}
    return {
        **advisers_of(appointment.office),
        "appointment_date": starts.date(),
        "appointment_time": starts.time(),
        "total_minutes": str(minutes),
        "who_with": with_whom,
        "mode_words": mode_words(appointment.mode),
        **({} if appointment.mode == Mode.OFFICE else {"directions": ""}),
    }


def help_asked_for(claim: Claim) -> dict[str, Any]:
    """What the customer needs and has asked for, in their letter: so that they see it was heard."""
    needs = getattr(claim.customer, "access_needs", None)
    wishes = getattr(claim, "preferences", None)
    heard = [
        (_("a private room"), _says(needs, "private_room") or getattr(wishes, "privacy", "") == "private"),
        (_("a step-free way in"), _says(needs, "step_free")),
        (_("a chair you can get up from"), _says(needs, "cannot_sit_long")),
        (
            _("you bring somebody with you"),
            _says(needs, "companion") or bool(getattr(wishes, "companion", "")),
        ),
        (_("your letters read out to you"), _says(needs, "read_aloud")),
        (_("an interpreter"), bool(getattr(needs, "interpreter", ""))),
    ]
    words = "; ".join(title for title, asked in heard if asked)
    return {"access_help": words} if words else {}


def _says(needs: AccessNeeds | None, name: str) -> bool:
    return bool(getattr(needs, name, False))


def of_deferral(because: str, until: date, recontact_on: date) -> dict[str, Any]:
    return {"reason": because, "until": until, "likely_when": until, "recontact_on": recontact_on}


def mode_words(mode: str) -> str:
    return {
        "office": _("at the office"),
        "phone": _("by telephone"),
        "home": _("at your home"),
        "outreach": _("at a place near you"),
    }[mode]
