"""Who helps me: the one who is there for everything, and whoever helps with a part, with numbers that are answered."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from waymark.casework import queries
from waymark.web.asking import Asked
from waymark.web.customer_portal.visits import Visit, page, visited


@visited()
def helpers(request: Asked, visit: Visit) -> HttpResponse:
    """Everybody who helps, in one place; during a handover both the one who goes and the one who comes (R:L908)."""
    claim = visit.own.claim
    found = queries.helpers_of(claim) if claim is not None and visit.own.live else []
    return page(
        request,
        "helpers",
        visit,
        heading=_("Who helps you"),
        helpers=found,
    )
