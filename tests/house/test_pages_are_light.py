"""The pages people live in ask the database at most twelve times, however many rows there are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.interviews.talking import talk
from tests.today.seeing import sign_in
from waymark.interviews import verbs
from waymark.interviews.verbs import Wish

pytestmark = pytest.mark.django_db
MOST = 12
# A server's transaction begins read-only by itself; only a test's, begun already, has to be told with these.
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET TRANSACTION")


def statements(client, address: str) -> list[str]:
    """What a page asks of the database, session and sign-in included."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(CONTROL)]


@pytest.fixture
def busy(place):
    """A district with something of everything."""
    now = timezone.now()
    for _ in range(3):
        young = factories.customer(born_on=date(now.year - 30, 1, 1), added_by=place.agent)
        interview = place.claim(now=now, customer=young, claimed_on=now.date(), period_from=now.date())
        conversation = talk(place, interview, {"distressed": True}, now=now)
        verbs.decide(
            conversation,
            Wish(choice="defer", reason="distress", until=now.date() + timedelta(days=14)),
            by=place.agent,
            now=now,
        )
        place.claim(now=now, claimed_on=now.date(), period_from=now.date())
    return place


PAGES = [
    ("agent", "today", ""),
    ("leader", "today", ""),
    ("adviser", "today", ""),
    ("manager", "today", ""),
    ("agent", "customers:search", "?q=Price"),
    ("agent", "customers:record", ""),
    ("adviser", "customers:record", ""),
    ("leader", "checks:queue", ""),
    ("adviser", "diaries:week", ""),
    ("agent", "first_contact:queue", ""),
]


@pytest.mark.parametrize(("role", "name", "query"), PAGES)
def test_a_page_asks_at_most_twelve_times(busy, client, role, name, query):
    sign_in(client, getattr(busy, role))
    args = [busy.claim().claim.customer.ref] if name == "customers:record" else []
    asked = statements(client, reverse(name, args=args) + query)
    assert len(asked) <= MOST, f"{len(asked)}:\n" + "\n".join(sql[:230] for sql in asked)
