"""What letters about interviews say, beyond what every letter knows of a claim. Dates are written out there."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from waymark.interviews.models import Appointment
from waymark.kernel.clock import LONDON
from waymark.organisations.models import Office, Team


def advisers_of(office: Office) -> dict[str, Any]:
    """Who a question goes to when nobody is named."""
    return {"contact_name": _("the advisers at %(office)s") % {"office": office.name}}


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
    }


def of_deferral(because: str, until: date, recontact_on: date) -> dict[str, Any]:
    return {"reason": because, "until": until, "likely_when": until, "recontact_on": recontact_on}


def mode_words(mode: str) -> str:
    return {
        "office": _("at the office"),
        "phone": _("by telephone"),
        "home": _("at your home"),
        "outreach": _("at a place near you"),
    }[mode]
