"""The rows of one batch, written by COPY in the order in which they need each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import models
from psycopg.types.json import Jsonb

from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.interviews.models import (
    Answer,
    Appointment,
    Check,
    Conversation,
    CustomerView,
    Decision,
    Deferral,
    DiaryEntry,
    Interview,
    Requirement,
    Waiver,
)
from waymark.kernel.copying import copy_rows, next_ids
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.models import Task

# In the order in which rows need each other.
KINDS: list[type[models.Model]] = [
    Customer,
    SafeContact,
    AccessNeeds,
    Claim,
    Requirement,
    Interview,
    Task,
    Conversation,
    Answer,
    CustomerView,
    Decision,
    Check,
    Deferral,
    Waiver,
    Appointment,
    DiaryEntry,
    Notice,
    Event,
]


@dataclass
class Rows:
    """What one batch writes, by table."""

    by_kind: dict[type[models.Model], list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def add(self, row: Any) -> Any:
        self.by_kind[type(row)].append(row)
        return row

    def write(self) -> None:
        for kind in KINDS:
            _copy(kind, self.by_kind[kind])


def _copy(kind: type[models.Model], rows: list[Any]) -> None:
    """Write model instances by COPY; those they point at have been written before and have their ids."""
    for row, key in zip(rows, next_ids(kind, len(rows)), strict=True):
        row.pk = key
    # What the database fills in by itself is left to it.
    columns = [column for column in kind._meta.local_concrete_fields if not column.has_db_default()]
    readers = [_reader(column) for column in columns]
    copy_rows(
        kind, [str(column.column) for column in columns], ([read(row) for read in readers] for row in rows)
    )


def _reader(column: Any) -> Callable[[Any], Any]:
    """How a row's value is taken for COPY; only JSON needs more than the value itself."""
    if column.is_relation:
        return lambda row: _key(row, column)
    if isinstance(column, models.JSONField):
        return lambda row: Jsonb(getattr(row, column.attname))
    return attrgetter(column.attname)


def _key(row: Any, column: Any) -> Any:
    other = row._state.fields_cache.get(column.name)
    return other.pk if other is not None else getattr(row, column.attname)
