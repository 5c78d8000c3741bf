"""The options for a customer on a sheet: neutral, in plain words, in the order of the alphabet (R:L480, R:L539)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import BenefitEffect, Route, Taking
from waymark.directory.models import Service
from waymark.organisations.models import Office

CHOICE = "It is your choice. You can choose one, several or none, and you can change your mind."
NOTHING_FOLLOWS = "If you choose none, nothing happens to your benefit."
BENEFITS = {
    BenefitEffect.NONE: "Your benefits stay as they are.",
    BenefitEffect.MAY: "It may change a benefit. Ask your adviser before you start.",
    BenefitEffect.CHANGES: "It changes a benefit. Ask your adviser before you start.",
    BenefitEffect.UNKNOWN: "We do not know yet what it does to your benefits. We can find out.",
}
WAITS = {
    Taking.FULL: "It is full at the moment.",
    Taking.STOPPED: "It takes nobody at the moment.",
    Taking.UNKNOWN: "We do not know yet how long people wait. We can find out.",
    Taking.WITHDRAWN: "It is not offered any more.",
}
GETTING_THERE = {
    Route.FORMAL: "Your adviser can ask for a place with you. Only what you agree to is passed on.",
    Route.INFORMAL: "Your adviser can ring them with you, or you can get in touch yourself.",
    Route.SIGNPOST: "You can get in touch yourself.",
}


def sheet_of(
    services: Iterable[Service], codes: Catalogue, *, on: date, name: str, adviser: str, office: Office
) -> dict[str, Any]:
    """What the sheet says, as plain JSON. `services` with their organisations and places; `name` may be empty."""
    return {
        "title": "Help you could choose",
        "name": name,
        "on": on.isoformat(),
        "choice": [CHOICE, NOTHING_FOLLOWS],
        "options": [option_of(one, codes) for one in sorted(services, key=lambda s: s.name.casefold())],
        "contact": {"adviser": adviser, "office": office.name, "telephone": office.telephone},
    }


def option_of(service: Service, codes: Catalogue) -> dict[str, Any]:
    """One option: its name, who offers it, and lines of label and words. Nothing about how good it is."""
    needs = ", ".join(title[:1].lower() + title[1:] for title in codes.words("need", service.needs))
    lines = [
        ("What happens there", service.about),
        ("Can help with", needs),
        ("Who it is for", service.for_whom),
        ("Where", "; ".join(str(place) for place in service.locations.all())),
        ("Getting there", "; ".join(place.travel for place in service.locations.all() if place.travel)),
        ("When", service.hours),
        ("How long it lasts", f"About {service.lasts_weeks} weeks" if service.lasts_weeks else ""),
        ("How soon", _wait(service)),
        ("What you pay", service.fees),
        ("Your benefits", _benefits(service)),
        ("How to get a place", service.how or GETTING_THERE[Route(service.route)]),
        ("Telephone", service.telephone or service.organisation.telephone),
        ("Website", service.website or service.organisation.website),
    ]
    return {
        "name": service.name,
        "organisation": service.organisation.name,
        "lines": [[label, words] for label, words in lines if words],
    }


def _wait(service: Service) -> str:
    if service.taking in WAITS:
        return WAITS[Taking(service.taking)]
    if service.wait_weeks:
        return f"People wait about {service.wait_weeks} week{'' if service.wait_weeks == 1 else 's'}."
    if service.taking == Taking.PLACES:
        return "There are places."
    return "There is a waiting list. We do not know yet how long."


def _benefits(service: Service) -> str:
    said = BENEFITS[BenefitEffect(service.benefit_effect)]
    return f"{said} {service.benefit_words}".strip()
