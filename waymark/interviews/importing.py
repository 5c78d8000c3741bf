"""A file of claims: customers, claims, their first interview and first call, in whole batches.

The same file can be read again at any time: a claim is known by its source key. Every row that cannot come
in is given back with all that is wrong with it and what would be right.
"""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import NamedTuple, TextIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from waymark.customers.enums import ClaimStatus, Route
from waymark.customers.models import AccessNeeds, Claim, Customer, SafeContact
from waymark.customers.rules import Identity, NotRight, name_keys, near, tidy
from waymark.interviews.models import Interview
from waymark.kernel.copying import analyse, copy_rows, next_ids, text_array
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import add_working_days
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, TeamKind
from waymark.organisations.models import District, Office, Post, Team
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

NEEDS = (
    "large_print",
    "step_free",
    "private_room",
    "companion",
    "home_visit",
    "phone_only",
    "cannot_sit_long",
)
NEED_TEXTS = ("interpreter", "communication")
COLUMNS: Mapping[str, str] = {
    "reference": "the sender's own key of the claim; the same file can then be read again",
    "title": "Mr, Mrs, Ms, Miss, Dr ...",
    "given_names": "must be there",
    "family_name": "must be there",
    "date_of_birth": "1961-03-12 or 12/03/1961",
    "ni_number": "AB 12 34 56 C; may be empty when the next column says why",
    "ni_unknown_because": "why the NI number is not known",
    "address": "without the postcode",
    "postcode": "CA1 1AB",
    "telephone": "01632 960001",
    "email": "",
    "benefit": "must be there: code or title of the programme",
    "group": "must be there: code or title of the programme's customer groups",
    "office": "must be there: code or name of the office the customer would visit",
    "claimed_on": "must be there: the day of the claim",
    "period_from": "the day of the claim when empty",
    "period_until": "only for a claim for a closed period",
    "route": "call, form or file (file when empty)",
    "safe_to_ring": "yes or no (yes when empty)",
    "safe_to_leave_message": "yes or no (yes when empty)",
    "safe_to_write": "yes or no (yes when empty)",
    "contact_warning": "what whoever rings or writes must know",
    **dict.fromkeys(NEEDS, "yes or no (no when empty)"),
    "interpreter": "language, or British Sign Language",
    "communication": "how the customer communicates best",
}
MUST_BE_THERE = ("given_names", "family_name", "benefit", "group", "office", "claimed_on")
PROBLEM = "problem"  # the extra column of rejected rows; passed over when they come back mended
LONGEST = {
    "title": 20,
    "given_names": 100,
    "family_name": 100,
    "ni_unknown_because": 200,
    "address": 300,
    "contact_warning": 200,
    "interpreter": 60,
    "communication": 200,
}
LONGEST_KEY = 80
BATCH = 1000
ANALYSE_FROM = 1000  # so many new rows change which way to them is the quickest
SAME_PERSON = 0.75  # how near the names of one NI number must be
CUSTOMER_COLUMNS = (
    "id",
    "ref",
    "title",
    "given_names",
    "family_name",
    "born_on",
    "ni_number",
    "ni_unknown_because",
    "address",
    "postcode",
    "telephone",
    "email",
    "language",
    "added_at",
    "added_by_id",
    "name_keys",
)
CONTACT_COLUMNS = ("customer_id", "may_ring", "may_leave_message", "may_write", "may_email", "warning")
CLAIM_COLUMNS = (
    "id",
    "ref",
    "customer_id",
    "programme",
    "benefit",
    "group",
    "office_id",
    "claimed_on",
    "period_from",
    "period_until",
    "route",
    "status",
    "end_reason",
    "source_key",
    "added_at",
)
TASK_COLUMNS = (
    "ref",
    "kind",
    "claim_id",
    "team_id",
    "due_on",
    "origin",
    "words",
    "opened_at",
    "opened_by_id",
    "escalation",
    "outcome",
)
EVENT_COLUMNS = ("kind", "at", "by_id", "customer_ref", "claim_ref", "why", "details")
YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
BRITISH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Unreadable(Exception):
    """The file is not one of claims; the message says why and what would be right."""


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
    offices: Mapping[str, Office]
    teams: Mapping[int, Team]
    due_by: Callable[[date], date]
    call_due: date


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


def import_claims(
    file: TextIO,
    *,
    programme: str,
    on: date,
    now: datetime,
    reject: Reject,
    by: Post | None = None,
    interview_within: int = 4,
    synthetic: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
    batch: int = BATCH,
) -> Report:
    """Read claims from an open CSV file (opened with newline="").

    `on`: today; `interview_within`: working days from claim to first interview (D:L572); `synthetic`: QQ
    numbers of made-up people pass; `reject(cells, problem)` takes each row that cannot come in; `progress(n)`
    hears of n more rows. Raises Unreadable; what came in before stays, whole batches only.
    """
    setting = _setting(programme, on, now, by, interview_within, synthetic)
    report = Report()
    for lines in _batches(_lines(file), batch):
        good = []
        for line in lines:
            incoming, problems = _understood(line, setting)
            if incoming is None:
                _turn_down(line, problems, reject, report)
            else:
                good.append(incoming)
        _store(good, setting, reject, report)
        report.rows += len(lines)
        progress(len(lines))
    if report.added >= ANALYSE_FROM:
        analyse(District, Office, Team, Post, Customer, Claim, Interview, Task, Event)
    return report


# Reading


def _setting(
    programme: str, on: date, now: datetime, by: Post | None, within: int, synthetic: bool
) -> Setting:
    rules = holding(programme, on)
    holidays = organisations.holidays()
    offices = [office for office in organisations.offices() if office.kind == OfficeKind.OFFICE]
    teams = {office.pk: organisations.team_of(office, TeamKind.FIRST_CONTACT) for office in offices}
    return Setting(
        programme=programme,
        begins=rules.version.valid_from,
        on=on,
        now=now,
        by=by,
        synthetic=synthetic,
        benefits=_by_code_and_title(rules.benefits),
        groups=_by_code_and_title(rules.groups),
        offices={word.casefold(): office for office in offices for word in (office.code, office.name)},
        teams={pk: team for pk, team in teams.items() if team is not None},
        due_by=cache(lambda claimed_on: add_working_days(claimed_on, within, holidays)),
        call_due=add_working_days(on, 1, holidays),
    )


def _by_code_and_title(titles: Mapping[str, str]) -> dict[str, str]:
    return {word.casefold(): code for code, title in titles.items() for word in (title, code)}


def _lines(file: TextIO) -> Iterator[Line]:
    try:
        head = file.readline()
        separator = ";" if head.count(";") > head.count(",") else ","
        names = [
            name.strip().lower().replace(" ", "_")
            for name in next(csv.reader([head], delimiter=separator), [])
        ]
        _check_names(names)
        reader = csv.reader(file, delimiter=separator)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(reader.line_num + 1, _named(names, cells))
    except UnicodeDecodeError as problem:
        raise Unreadable(
            "The file is not written in UTF-8. Save it as “CSV UTF-8” and try again."
        ) from problem
    except csv.Error as problem:
        raise Unreadable(f"The file is no proper CSV: {problem}.") from problem


def _check_names(names: list[str]) -> None:
    if not any(names):
        raise Unreadable("The file is empty. Its first line must name the columns.")
    missing = [name for name in MUST_BE_THERE if name not in names]
    unknown = [name for name in names if name and name not in COLUMNS and name != PROBLEM]
    twice = sorted({name for name in names if names.count(name) > 1})
    complaints = [
        f"{said}: {', '.join(found)}."
        for said, found in (
            ("Columns missing", missing),
            ("Columns not known", unknown),
            ("Columns twice", twice),
        )
        if found
    ]
    if complaints:
        raise Unreadable(f"{' '.join(complaints)} It can have: {', '.join(COLUMNS)}.")


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    """The cells by column; what stands beyond the last column is kept so that the row is refused, not cut."""
    row = dict.fromkeys(names, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    return row if len(cells) <= len(names) else row | {"": " ".join(cells[len(names) :])}


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch


# Understanding a row by itself


class _Reader:
    """Takes one row apart and gathers all that is wrong with it."""

    def __init__(self, line: Line, setting: Setting) -> None:
        self.cells, self.setting = line.cells, setting
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        british = BRITISH_DATE.fullmatch(text)
        try:
            return (
                date(int(british[3]), int(british[2]), int(british[1]))
                if british
                else date.fromisoformat(text)
            )
        except ValueError:
            self.problems.append(f"{name}: “{text}” is no date. Write 2004-05-04 or 04/05/2004.")
            return None

    def truth(self, name: str, empty: bool) -> bool:
        text = self.text(name).casefold()
        if not text:
            return empty
        if text not in YES | NO:
            self.problems.append(f"{name}: “{text}” is neither yes nor no.")
        return text in YES

    def one_of(self, name: str, known: Mapping[str, str]) -> str:
        """The code of a benefit or group given by code or title."""
        text = self.text(name)
        code = known.get(text.casefold(), "")
        if not text:
            self.problems.append(f"{name}: is empty. It can be: {', '.join(dict.fromkeys(known.values()))}.")
        elif not code:
            self.problems.append(
                f"{name}: “{text}” is not known. It can be: {', '.join(dict.fromkeys(known.values()))}."
            )
        return code

    def office(self) -> Office | None:
        text = self.text("office")
        office = self.setting.offices.get(text.casefold())
        if office is None:
            codes = ", ".join(sorted({one.code for one in self.setting.offices.values()})[:20])
            self.problems.append(f"office: “{text}” is not known. Give a code, such as: {codes}.")
        elif office.pk not in self.setting.teams:
            self.problems.append(
                f"office: no first-contact team works for {office.name}. An administrator can open one."
            )
        return office

    def route(self) -> Route:
        text = self.text("route").casefold()
        if text and text not in Route.values:
            self.problems.append(f"route: “{text}” is not known. It can be: {', '.join(Route.values)}.")
            return Route.FILE
        return Route(text or Route.FILE)

    def identity(self) -> Identity | None:
        given = Identity(
            given_names=self.text("given_names"),
            family_name=self.text("family_name"),
            born_on=self.day("date_of_birth"),
            ni_number=self.text("ni_number"),
            ni_unknown_because=self.text("ni_unknown_because"),
            title=self.text("title"),
            address=self.text("address"),
            postcode=self.text("postcode"),
            telephone=self.text("telephone"),
            email=self.text("email"),
        )
        try:
            return tidy(given, self.setting.on, synthetic=self.setting.synthetic)
        except NotRight as problem:
            names = {"born_on": "date_of_birth"}
            self.problems += [f"{names.get(name, name)}: {said}" for name, said in problem.problems.items()]
            return None

    def dates(self) -> tuple[date | None, date | None, date | None]:
        """The day of the claim and the period claimed for, in order."""
        claimed_on, until = self.day("claimed_on"), self.day("period_until")
        start = self.day("period_from") or claimed_on
        if not self.text("claimed_on"):
            self.problems.append("claimed_on: is empty. Give the day of the claim.")
        if claimed_on and claimed_on > self.setting.on:
            self.problems.append(f"claimed_on: {claimed_on} is in the future.")
        if claimed_on and claimed_on < self.setting.begins:
            self.problems.append(f"claimed_on: the programme holds from {self.setting.begins} only.")
        if until and start and until < start:
            self.problems.append("period_until: lies before period_from.")
        return claimed_on, start, until

    def odd_text(self) -> None:
        """Too long, or with signs no keyboard makes."""
        for name, longest in LONGEST.items():
            if len(self.text(name)) > longest:
                self.problems.append(f"{name}: is longer than {longest} characters.")
        for name, text in self.cells.items():
            if CONTROL.search(text):
                self.problems.append(f"{name}: holds signs that cannot be read.")
        if self.text(""):
            self.problems.append(
                "The row has more cells than the first line. Put text with commas in quotation marks."
            )

    def email(self) -> None:
        if self.text("email"):
            try:
                validate_email(self.text("email"))
            except ValidationError:
                self.problems.append(f"email: “{self.text('email')}” is no e-mail address.")

    def contact(self) -> Contact:
        may_ring = self.truth("safe_to_ring", True)
        may_leave = self.truth("safe_to_leave_message", True)
        return Contact(
            may_ring,
            may_ring and may_leave,
            self.truth("safe_to_write", True),
            True,
            self.text("contact_warning"),
        )

    def needs(self) -> tuple[bool | str, ...]:
        return (*(self.truth(name, False) for name in NEEDS), *(self.text(name) for name in NEED_TEXTS))


def _understood(line: Line, setting: Setting) -> tuple[Incoming | None, list[str]]:
    """The row, or all that is wrong with it."""
    read = _Reader(line, setting)
    identity = read.identity()
    benefit, group = read.one_of("benefit", setting.benefits), read.one_of("group", setting.groups)
    office, route = read.office(), read.route()
    claimed_on, start, until = read.dates()
    contact, needs = read.contact(), read.needs()
    read.email()
    read.odd_text()
    if read.problems or not identity or not office or not claimed_on or not start:
        return None, read.problems
    key = _source_key(setting.programme, read.text("reference"), identity, benefit, claimed_on)
    if len(key) > LONGEST_KEY:
        return None, [f"reference: is longer than {LONGEST_KEY - len(setting.programme) - 1} characters."]
    return Incoming(
        line, identity, benefit, group, office, claimed_on, start, until, route, key, contact, needs
    ), []


def _source_key(programme: str, reference: str, identity: Identity, benefit: str, claimed_on: date) -> str:
    """The sender's own reference; without one, a digest of who claimed what and when."""
    if reference:
        return f"{programme}:{reference}"
    who = identity.ni_number or f"{identity.name.casefold()}|{identity.born_on}|{identity.postcode}"
    digest = hashlib.sha256(f"{programme}|{who}|{benefit}|{claimed_on}".encode()).hexdigest()
    return f"no-reference:{digest[:40]}"


def _turn_down(line: Line, problems: Iterable[str], reject: Reject, report: Report) -> None:
    report.rejected += 1
    reject(line.cells, f"line {line.number}: {' '.join(problems)}")


# Storing what is right


def _store(rows: list[Incoming], setting: Setting, reject: Reject, report: Report) -> None:
    """One transaction. When the database refuses it, halves are tried, down to the row that is to blame."""
    if not rows:
        return
    refused: list[tuple[Incoming, str]] = []
    try:
        with transaction.atomic():
            counted = _write(rows, setting, refused)
    except IntegrityError as problem:
        if len(rows) == 1:
            _turn_down(
                rows[0].line, [f"The database refuses it: {problem.args[0].splitlines()[0]}"], reject, report
            )
            return
        middle = len(rows) // 2
        _store(rows[:middle], setting, reject, report)
        _store(rows[middle:], setting, reject, report)
        return
    for row, why in refused:
        _turn_down(row.line, [why], reject, report)
    report.added += counted.added
    report.new_customers += counted.new_customers
    report.already_there += counted.already_there


def _write(rows: list[Incoming], setting: Setting, refused: list[tuple[Incoming, str]]) -> Report:
    keys = [row.source_key for row in rows]
    known_keys = set(Claim.objects.filter(source_key__in=keys).values_list("source_key", flat=True))
    by_number = _customers_by_number(rows)
    live = _with_live_claim([who.pk for who in by_number.values()], setting.programme)
    ids = iter(next_ids(Customer, len(rows)))
    drafts, counted = Drafts(), Report()
    for row in rows:
        if row.source_key in known_keys:
            counted.already_there += 1
            continue
        who = by_number.get(row.identity.ni_number)
        why = _cannot_be_added(row, who, live) if who else ""
        if why:
            refused.append((row, why))
            continue
        if who is None:
            who = Known(next(ids), new_ref("C"), row.identity.name, row.identity.born_on)
            drafts.new.append((who, row))
            if row.identity.ni_number:
                by_number[row.identity.ni_number] = who
        known_keys.add(row.source_key)
        live.add(who.pk)
        drafts.claims.append((who, row))
    _insert(drafts, setting)
    counted.added, counted.new_customers = len(drafts.claims), len(drafts.new)
    return counted


def _customers_by_number(rows: list[Incoming]) -> dict[str, Known]:
    """Known customers, locked so that nobody merges or amends them meanwhile."""
    numbers = [row.identity.ni_number for row in rows if row.identity.ni_number]
    known = Customer.objects.select_for_update().filter(ni_number__in=numbers).order_by("pk")
    return {c.ni_number or "": Known(c.pk, c.ref, c.name, c.born_on) for c in known}


def _with_live_claim(customers: list[int], programme: str) -> set[int]:
    live = Claim.objects.filter(customer__in=customers, programme=programme, status=ClaimStatus.LIVE)
    return set(live.values_list("customer", flat=True))


def _cannot_be_added(row: Incoming, who: Known, live: set[int]) -> str:
    """Why the claim cannot be given to the customer who has this NI number already."""
    other_birth = who.born_on and row.identity.born_on and who.born_on != row.identity.born_on
    if other_birth or near(who.name, row.identity.name) < SAME_PERSON:
        what = "date of birth" if other_birth else "name"
        return (
            f"ni_number: is known with another {what}. Check the number and the {what};"
            " if these are right, correct the customer's record first."
        )
    if who.pk in live:
        return (
            "ni_number: this customer has a live claim in this programme already."
            " End that one first, or leave the row out."
        )
    return ""


def _insert(drafts: Drafts, setting: Setting) -> None:
    """Everything of a batch, parents first. A claim's first call is written with it: nobody is lost."""
    copy_rows(Customer, CUSTOMER_COLUMNS, (_customer(who, row.identity, setting) for who, row in drafts.new))
    contacts = [(who.pk, *row.contact) for who, row in drafts.new if row.contact != ANYTHING_GOES]
    copy_rows(SafeContact, CONTACT_COLUMNS, contacts)
    needs = [(who.pk, *row.needs, "") for who, row in drafts.new if any(row.needs)]
    copy_rows(AccessNeeds, ("customer_id", *NEEDS, *NEED_TEXTS, "other"), needs)
    numbered = list(zip(next_ids(Claim, len(drafts.claims)), drafts.claims, strict=True))
    refs = [new_ref("L") for _ in numbered]
    copy_rows(
        Claim,
        CLAIM_COLUMNS,
        (_claim(pk, ref, who, row, setting) for ref, (pk, (who, row)) in zip(refs, numbered, strict=True)),
    )
    copy_rows(
        Interview,
        ("ref", "claim_id", "number", "mandatory", "state", "due_by"),
        ((new_ref("V"), pk, 1, True, "due", setting.due_by(row.claimed_on)) for pk, (_, row) in numbered),
    )
    copy_rows(Task, TASK_COLUMNS, (_first_call(pk, row, setting) for pk, (_, row) in numbered))
    copy_rows(
        Event,
        EVENT_COLUMNS,
        (_event(ref, who, row, setting) for ref, (_, (who, row)) in zip(refs, numbered, strict=True)),
    )


Values = tuple[object, ...]


def _customer(who: Known, identity: Identity, setting: Setting) -> Values:
    return (
        who.pk,
        who.ref,
        identity.title,
        identity.given_names,
        identity.family_name,
        identity.born_on,
        identity.ni_number or None,
        "" if identity.ni_number else identity.ni_unknown_because,
        identity.address,
        identity.postcode,
        identity.telephone,
        identity.email,
        identity.language,
        setting.now,
        setting.by.pk if setting.by else None,
        text_array(sorted(name_keys(identity.name))),
    )


def _claim(pk: int, ref: str, who: Known, row: Incoming, setting: Setting) -> Values:
    return (
        pk,
        ref,
        who.pk,
        setting.programme,
        row.benefit,
        row.group,
        row.office.pk,
        row.claimed_on,
        row.period_from,
        row.period_until,
        row.route.value,
        ClaimStatus.LIVE.value,
        "",
        row.source_key,
        setting.now,
    )


def _first_call(claim: int, row: Incoming, setting: Setting) -> Values:
    return (
        new_ref("T"),
        TaskKind.FIRST_CALL.value,
        claim,
        setting.teams[row.office.pk].pk,
        setting.call_due,
        Happened.CLAIM_IMPORTED.value,
        "",
        setting.now,
        setting.by.pk if setting.by else None,
        0,
        "",
    )


def _event(claim_ref: str, who: Known, row: Incoming, setting: Setting) -> Values:
    details = {
        "benefit": row.benefit,
        "office": row.office.name,
        "reference": row.line.cells.get("reference", ""),
    }
    return (
        Happened.CLAIM_IMPORTED.value,
        setting.now,
        setting.by.pk if setting.by else None,
        who.ref,
        claim_ref,
        "",
        json.dumps(details),
    )
