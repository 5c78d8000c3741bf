"""What the reading of a file hands on: the setting, the rows as read, the rows that are right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from waymark.customers.enums import Route
from waymark.customers.rules import Identity
from waymark.interviews.series.beginning import Beginning
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office, Post, Team
from waymark.programme.models import PackVersion


@dataclass
class Report:
    """What became of the rows."""

    rows: int = 0
    added: int = 0
    new_customers: int = 0
    already_there: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Setting:
    """All that the rows of one file have in common."""

    programme: str
    begins: date
    on: date
    now: datetime
    by: Post | None
    synthetic: bool
    benefits: Mapping[str, str]
    groups: Mapping[str, str]
    fits: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, Office]
    teams: Mapping[tuple[int, TeamKind], Team]
    pack: PackVersion
    begin: Callable[["Incoming"], Beginning]
    first_day: date


@dataclass(frozen=True)
class Line:
    """A row as it was read."""

    number: int
    cells: Mapping[str, str]


class Contact(NamedTuple):
    may_ring: bool = True
    may_leave_message: bool = True
    may_write: bool = True
    may_email: bool = True
    may_text: bool = False
    warning: str = ""


ANYTHING_GOES = Contact()


@dataclass(frozen=True)
class Incoming:
    """A row that is right in itself."""

    line: Line
    identity: Identity
    benefit: str
    group: str
    office: Office
    claimed_on: date
    period_from: date
    period_until: date | None
    route: Route
    source_key: str
    contact: Contact
    needs: tuple[bool | str, ...]
    another_than: str


class Known(NamedTuple):
    """A customer who is there, or will be when the batch is written."""

    pk: int
    ref: str
    name: str
    born_on: date | None


@dataclass
class Drafts:
    """What is to be written for one batch."""

    new: list[tuple[Known, Incoming]] = field(default_factory=list)
    claims: list[tuple[Known, Incoming]] = field(default_factory=list)


Reject = Callable[[Mapping[str, str], str], None]
