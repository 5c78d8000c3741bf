"""Many rows at once, by PostgreSQL's COPY: what a file of a hundred thousand needs."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.db import connection, models

COPY = 'COPY "{table}" ({columns}) FROM STDIN'


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody else will get, so that rows can point at each other before they are written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows, their values in the order of `columns` (database names); constraints and triggers hold."""
    rows = iter(rows)
    first = list(islice(rows, 1))
    if not first:
        return
    statement = COPY.format(table=model._meta.db_table, columns=", ".join(f'"{name}"' for name in columns))
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in chain(first, rows):
            copy.write_row(row)


def analyse(*tables: type[models.Model]) -> None:
    """Let the database count afresh, so that its plans fit what many new rows have made of the tables."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ANALYZE "{table._meta.db_table}"')


def text_array(words: Iterable[str]) -> str:
    """An array of plain words (letters and digits only) as COPY reads it."""
    return "{" + ",".join(words) + "}"
