"""Why a service fits, does not, or must be asked first: one sentence a criterion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import BenefitEffect, Taking
from waymark.directory.queries import Wanted
from waymark.directory.rules import district_of
from waymark.organisations.enums import Role
from waymark.web.ui.components import Tone


@dataclass(frozen=True)
class Why:
    """What a search found of one service: sentences by verdict, and the word that sums them up."""

    fits: list[str]
    asks: list[str]
    misses: list[str]

    @property
    def word(self) -> str:
        if self.misses:
            return _("does not fit")
        return _("ask first") if self.asks else _("fits")

    @property
    def tone(self) -> Tone:
        if self.misses:
            return "quiet"
        return "waiting" if self.asks else "good"


def why(service: Any, wanted: Wanted, codes: Catalogue, judged: tuple[str, ...]) -> Why:
    """Sentences for the verdicts that a search has given a service."""
    found: dict[str, list[str]] = {"yes": [], "no": [], "ask": []}
    for name in judged:
        verdict = getattr(service, f"fit_{name}")
        sentence = TELLING[name](service, wanted, codes, verdict)
        if sentence:
            found[verdict].append(capfirst(sentence))
    return Why(found["yes"], found["ask"], found["no"])


def _need(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if verdict == "ask":
        return _("The entry does not say which needs it meets, but its words fit")
    met = [code for code in wanted.needs if code in service.needs]
    return _("Helps with: %(needs)s") % {"needs": "; ".join(codes.words("need", met))}


def _area(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    first, areas = district_of(wanted.postcode), ", ".join(service.postcodes)
    if verdict == "no":
        if service.postcodes and first not in service.postcodes:
            return _("Only for people who live in %(areas)s") % {"areas": areas}
        return _("Works for another district")
    if verdict == "ask":
        if service.postcodes:
            return _("Only for people who live in %(areas)s: where does the customer live?") % {
                "areas": areas
            }
        return _("Its area is named in words only: %(area)s") % {"area": service.area_words}
    return _("Takes people from %(first)s") % {"first": first} if first else _("Works for this district")


def _travel(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if service.miles is not None:
        far = miles_words(service.miles)
        if verdict == "yes":
            return _("%(far)s away") % {"far": far}
        return _("%(far)s away: a fare or a taxi may be offered") % {"far": far}
    if verdict == "yes":
        return (
            _("In the same part of town") if wanted.travel != "outside" else _("Outside their neighbourhood")
        )
    if verdict == "no":
        return _("Not where they would go")
    return _("How far it is is not known")


def miles_words(miles: float) -> str:
    """1.2 miles; under a mile."""
    if miles < 1:
        return _("under a mile")
    shown = f"{miles:.0f}" if miles >= 10 else f"{miles:.1f}"
    return _("%(miles)s miles") % {"miles": shown}


def _role(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if verdict == "yes":
        return _("You may refer")
    return _("Not through you: %(who)s") % {"who": who_refers(service.referred_by)}


def who_refers(roles: list[str]) -> str:
    """Who may refer, in words."""
    if not roles:
        return _("any adviser")
    labels = {**dict(Role.choices), "self": _("customers themselves")}
    return _(" or ").join(str(labels.get(role, role)) for role in roles)


def _benefit(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    name = codes.benefits.get(wanted.benefit, wanted.benefit)
    if verdict == "yes":
        return _("Takes people on %(benefit)s") % {"benefit": name}
    others = ", ".join(codes.benefits.get(code, code) for code in service.benefits)
    return _("Only for people on %(benefits)s") % {"benefits": others}


def _age(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    return ages(service) if verdict == "no" else ""


def ages(service: Any) -> str:
    """From 18 to 64; empty where there is no limit."""
    least, greatest = service.least_age, service.greatest_age
    if least is not None and greatest is not None:
        return _("From %(least)s to %(greatest)s years old") % {"least": least, "greatest": greatest}
    if least is not None:
        return _("From %(least)s years on") % {"least": least}
    return _("Up to %(greatest)s years old") % {"greatest": greatest} if greatest is not None else ""


def _excludes(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if verdict == "yes":
        return ""
    left_out = [code for code in service.excludes if verdict == "ask" or code in wanted.exclusions]
    titles = "; ".join(title[:1].lower() + title[1:] for title in codes.words("exclusion", left_out))
    if verdict == "no":
        return _("Does not take somebody who %(what)s") % {"what": titles}
    return _("Ask before: it does not take somebody who %(what)s") % {"what": titles}


def _level(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if verdict == "ask":
        return _("The entry does not say how near to work people should be")
    return _("For people at: %(level)s") % {"level": codes.title("level", service.level)}


def _wait(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    if verdict == "no" and service.taking in (Taking.FULL, Taking.STOPPED):
        return capfirst(str(service.get_taking_display()))
    if verdict == "no":
        return _("Longer than they can wait: %(wait)s") % {"wait": wait_words(service)}
    if verdict == "ask":
        return _("Whether it has places, and how long people wait, is not known")
    return capfirst(wait_words(service))


def wait_words(service: Any) -> str:
    """Has places; has a waiting list, about 4 weeks."""
    parts = [str(service.get_taking_display())] if service.taking != Taking.UNKNOWN else []
    if service.taking == Taking.PLACES and service.places is not None:
        parts = [ngettext("%(n)d place free", "%(n)d places free", service.places) % {"n": service.places}]
    if service.wait_weeks is not None and service.taking not in (Taking.FULL, Taking.STOPPED):
        parts.append(weeks_words(service.wait_weeks))
    return ", ".join(parts) or _("not known")


def weeks_words(weeks: int) -> str:
    if weeks == 0:
        return _("no wait")
    return ngettext("a wait of about %(n)d week", "a wait of about %(n)d weeks", weeks) % {"n": weeks}


def _effect(service: Any, wanted: Wanted, codes: Catalogue, verdict: str) -> str:
    said = {
        BenefitEffect.NONE: _("Benefits stay as they are"),
        BenefitEffect.MAY: _("May change a benefit"),
        BenefitEffect.CHANGES: _("Changes a benefit"),
        BenefitEffect.UNKNOWN: _("What it does to benefits is not known"),
    }
    sentence = said[BenefitEffect(service.benefit_effect)]
    return f"{sentence}: {service.benefit_words}" if service.benefit_words else sentence


Telling = Callable[[Any, Wanted, Catalogue, str], str]
TELLING: dict[str, Telling] = {
    "need": _need,
    "area": _area,
    "travel": _travel,
    "role": _role,
    "benefit": _benefit,
    "age": _age,
    "excludes": _excludes,
    "level": _level,
    "wait": _wait,
    "effect": _effect,
}
