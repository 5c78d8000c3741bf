"""What our own referrals say of services, beside what their entries say: real waits, and why people came back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.directory.catalogue import Catalogue
from waymark.referrals import queries as referrals


def real_waits(services: list[Any]) -> dict[int, str]:
    """How long people of ours really waited, in words, by the id of the service. One query."""
    return {pk: _wait(found) for pk, found in referrals.real_waits([one.pk for one in services]).items()}


def _wait(found: Any) -> str:
    half = ngettext("%(n)d day", "%(n)d days", found.days) % {"n": found.days}
    people = ngettext("%(n)d person", "%(n)d people", found.people) % {"n": found.people}
    words = {"half": half, "people": people, "longest": found.longest}
    return _("%(people)s of ours: half of them within %(half)s, the longest %(longest)s") % words


def came_back(service: Any, codes: Catalogue) -> list[str]:
    """Why people came back from a service, the most frequent reason first. One query."""
    titles = _titles(codes)
    return [
        f"{titles.get(back.code, back.code.replace('_', ' '))}: {back.times}"
        for back in referrals.return_reasons([service.pk]).get(service.pk, [])
    ]


def _titles(codes: Catalogue) -> Mapping[str, str]:
    return codes.titles("returned")
