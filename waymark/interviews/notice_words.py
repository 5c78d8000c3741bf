"""The words that letters about interviews are filled with."""

from datetime import date
from typing import Any

from waymark.customers.models import Claim
from waymark.interviews.models import Appointment
from waymark.kernel.clock import LONDON, clock_words, words
from waymark.organisations.models import Office, Team
from waymark.programme.queries import Rules

MODE_WORDS = {
    "office": "at the office",
    "phone": "by telephone",
    "home": "at your home",
    "outreach": "at a place near you",
}


def about_claim(claim: Claim, rules: Rules, on: date) -> dict[str, Any]:
    """What every letter says: who, when, from which office, which number answers."""
    office = claim.office
    return {
        "customer_name": claim.customer.name,
        "today": words(on),
        "office_name": office.name,
        "office_address": office.address,
        "contact_name": f"the advisers at {office.name}",
        "contact_phone": office.telephone,
        "bring_forward_phone": office.telephone,
        "claim_benefit": rules.benefits.get(claim.benefit, claim.benefit),
    }


def about_contact(team: Team, office: Office) -> dict[str, Any]:
    """Who will get in touch, and the number that is answered."""
    return {"contact_name": f"the {team.name.lower()} team at {office.name}", "contact_phone": office.telephone}


def about_appointment(appointment: Appointment, rules: Rules) -> dict[str, Any]:
    """Day, time, how long in all, with whom and where."""
    starts = appointment.starts_at.astimezone(LONDON)
    minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    adviser = f"{appointment.adviser.name}, personal adviser"
    with_whom = f"somebody who goes through your claim form, then {adviser}" if appointment.with_assessor else adviser
    return {
        "appointment_date": words(starts.date()),
        "appointment_time": clock_words(starts),
        "total_minutes": str(minutes),
        "who_with": with_whom,
        "mode_words": MODE_WORDS[appointment.mode],
    }


def about_deferral(because: str, until: date, recontact_on: date) -> dict[str, Any]:
    return {
        "reason": because,
        "until": words(until),
        "likely_when": f"soon after {words(until)}",
        "recontact_on": words(recontact_on),
    }
