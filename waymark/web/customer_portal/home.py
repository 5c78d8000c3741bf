"""What is next, what is compulsory, how far the way has come, and why."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from waymark.casework import queries as casework
from waymark.casework.enums import MeetingKind
from waymark.inbound import queries as inbound
from waymark.insight import own_page
from waymark.web.asking import Asked
from waymark.web.customer_portal import words
from waymark.web.customer_portal.not_there import case_of
from waymark.web.customer_portal.visits import Visit, page, visited
from waymark.web.ui.templatetags.ui import long_day_time

MOST_DECISIONS = 20
MEETING_WORDS = {
    MeetingKind.HANDOVER: gettext_lazy("You meet the person who will be there for you"),
    MeetingKind.NEXT_STEPS: gettext_lazy("We talk about what is next for you"),
    MeetingKind.CONFERENCE: gettext_lazy("We talk together about what helps you"),
}


@visited()
def home(request: Asked, visit: Visit) -> HttpResponse:
    """The first page: the answer to "what is next for me?"."""
    own = visit.own
    stops = words.stops(own, request.today)
    return page(
        request,
        "home",
        visit,
        heading=words.HEADING,
        own=own,
        next=words.next_words(own, request.today),
        actions=words.next_actions(own),
        stops=stops,
        caption=words.caption(own),
        waiting=inbound.from_customer(visit.customer).filter(answered_at=None),
        case=case_of(visit, request.today),
        places=words.places(own),
        meetings=meetings_of(visit, request),
    )


def meetings_of(visit: Visit, request: Asked) -> list[dict[str, Any]]:
    """Meetings to come that the customer is asked to: when, where, and with whom, with numbers that are answered."""
    return [
        {
            "what": MEETING_WORDS[MeetingKind(one.kind)],
            "when": long_day_time(one.starts_at, request.today),
            "minutes": one.minutes,
            "place": one.place,
            "ring": one.case.claim.office.telephone,
            "others": [row for row in one.attendees.all() if not row.is_customer],
        }
        for one in casework.customers_meetings(visit.customer, request.now)
    ]


@visited()
def why(request: Asked, visit: Visit) -> HttpResponse:
    """Why something is compulsory or not, what was decided, by whom, and what to do when it is wrong."""
    own = visit.own
    decisions: list[Any] = (
        list(own_page.decisions_about(own.claim)[:MOST_DECISIONS]) if own.claim is not None else []
    )
    return page(
        request,
        "why",
        visit,
        heading=words.WHY_HEADING,
        own=own,
        standing=words.standing_words(own),
        counts=own.way.what_counts if own.way and own.way.compulsory else (),
        decisions=[words.decision_words(one) for one in decisions],
    )
