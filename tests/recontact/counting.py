"""How many queries a page asks for itself, beside what stands round every page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Who is signed in, in which post; the read-only transaction; who looked at whose record.
FRAME = (
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET ",
    "BEGIN",
    "COMMIT",
    'INSERT INTO "record_read"',
)
WHO_ASKS = (
    'FROM "django_session"',
    'FROM "organisations_person" WHERE "organisations_person"."id" = ',
    'FROM "organisations_post" INNER JOIN "organisations_person"',
)


def own_queries(client, address: str) -> int:
    """The queries of one GET, without those of the frame."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    return sum(not sql.startswith(FRAME) and not any(words in sql for words in WHO_ASKS) for sql in asked)
