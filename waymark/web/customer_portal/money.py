"""Money and work on the customer's own page: what was agreed, what is paid when, and the last better-off sums."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from waymark.awards import queries
from waymark.web.asking import Asked
from waymark.web.awards.better_off import better_words, sheet, sums_table
from waymark.web.awards.pages import kind_words, sum_words
from waymark.web.awards.words import instalments_table, until_words
from waymark.web.customer_portal.visits import Visit, page, visited

SHOWN = ("agreed", "running", "stopped", "ended")


@visited()
def money(request: Asked, visit: Visit) -> HttpResponse:
    """What was agreed with its payments, and the last calculation line by line."""
    awards = [one for one in queries.own_awards(visit.customer) if one.state in SHOWN]
    last = queries.own_calculations(visit.customer).first()
    outcome = queries.outcome(last) if last else None
    return page(
        request,
        "money",
        visit,
        heading=_("Money and work"),
        awards=[
            {
                "award": one,
                "title": kind_words(one.kind),
                "sum": sum_words(one),
                "until": until_words(one, request.today),
                "instalments": instalments_table(one, request.today) if one.instalments.all() else None,
            }
            for one in awards
        ],
        last=last,
        words=better_words(outcome) if outcome else [],
        table=sums_table(outcome) if outcome else None,
        notes=outcome.notes if outcome else [],
    )


@visited()
def money_pdf(request: Asked, visit: Visit, ref: str) -> HttpResponse:
    """A calculation of one's own, as one page to keep."""
    try:
        found = queries.own_calculations(visit.customer).get(ref=ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    return sheet(found)
