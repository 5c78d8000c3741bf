"""A file of services comes in, in whole batches; the same file again changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TextIO

from django.db import DataError, IntegrityError, transaction

from waymark.directory.catalogue import Catalogue
from waymark.directory.hsds.checking import problems_of
from waymark.directory.hsds.reading import Document, Records, read_file
from waymark.directory.hsds.storing import Count, store_batch, store_loose, store_organisations
from waymark.directory.models import Contact, Location, Organisation, Service
from waymark.kernel.copying import analyse
from waymark.organisations.models import Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

BATCH = 250
ANALYSE_FROM = 500
Reject = Callable[[Any, list[str]], None]


@dataclass
class Report:
    """What came of an import: services read, added, changed by the file, as they were, and refused."""

    services: int = 0
    added: int = 0
    changed: int = 0
    already_there: int = 0
    organisations: int = 0
    rejected: int = 0


def import_services(
    file: TextIO,
    *,
    codes: Catalogue,
    on: date,
    now: datetime,
    reject: Reject,
    owner: Person | None = None,
    by: Post | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    started: Callable[[int], None] = lambda rows: None,
    batch: int = BATCH,
) -> Report:
    """Bring in an open JSON file of services.

    owner: who keeps entries that are new; `reject(record, problems)` takes each record that cannot come in;
    `started(n)` hears how many there are, `progress(n)` of n more. What our people have changed since the last file
    stays, unless the file now says something new about it. Raises Unreadable; what came in before stays.
    """
    records = read_file(file)
    started(len(records.services) + len(records.organisations))
    report = Report()
    _organisations(records, codes, now, reject, report)
    progress(len(records.organisations))
    for rows in _batches(records.services, batch):
        _services(rows, codes, on, now, owner, reject, report)
        progress(len(rows))
    with transaction.atomic():
        store_loose(records.loose)
        if report.added or report.changed or report.organisations:
            note_event(
                Happened.SERVICES_IMPORTED,
                by=by,
                now=now,
                services=report.services,
                added=report.added,
                changed=report.changed,
                rejected=report.rejected,
            )
    if report.added >= ANALYSE_FROM:
        analyse(Organisation, Location, Service, Contact, Service.locations.through)
    return report


def _organisations(records: Records, codes: Catalogue, now: datetime, reject: Reject, report: Report) -> None:
    good = []
    for path, document in records.organisations:
        problems = problems_of("organization", document, path)
        if problems:
            reject(document, problems)
            report.rejected += 1
        else:
            good.append(document)
    with transaction.atomic():
        report.organisations += store_organisations(good, codes)


def _services(
    rows: Sequence[tuple[str, Any]],
    codes: Catalogue,
    on: date,
    now: datetime,
    owner: Person | None,
    reject: Reject,
    report: Report,
) -> None:
    """One batch: what is right comes in together; where the database refuses one, each by itself."""
    known = _known_organisations(rows)
    good: list[tuple[str, Document]] = []
    for path, document in rows:
        report.services += 1
        problems = problems_of("service", document, path, known=known)
        if not problems and any(document["id"] == other["id"] for _path, other in good):
            problems = [f"{path}.id: “{document['id']}” stands in the file twice. Each service has its own."]
        if problems:
            reject(document, problems)
            report.rejected += 1
        else:
            good.append((path, document))
    try:
        with transaction.atomic():
            _add(report, store_batch([document for _path, document in good], codes, on, owner))
    except (IntegrityError, DataError):
        for path, document in good:
            try:
                with transaction.atomic():
                    _add(report, store_batch([document], codes, on, owner))
            except (IntegrityError, DataError) as problem:
                reject(document, [f"{path}: the database refuses it: {str(problem).splitlines()[0]}"])
                report.rejected += 1


def _known_organisations(rows: Sequence[tuple[str, Any]]) -> frozenset[str]:
    """Organisations that services name by their id alone, and that are known."""
    named = {
        uid
        for _path, row in rows
        if isinstance(row, dict)
        for uid in (row.get("organization_id"), _id_of(row.get("organization")))
        if isinstance(uid, str) and not problems_of("part", {"id": uid})
    }
    return frozenset(
        str(uid) for uid in Organisation.objects.filter(uid__in=named).values_list("uid", flat=True)
    )


def _id_of(found: Any) -> Any:
    return found.get("id") if isinstance(found, dict) else None


def _add(report: Report, count: Count) -> None:
    report.added += count.added
    report.changed += count.changed
    report.already_there += count.unchanged
    report.organisations += count.organisations


def _batches(rows: Sequence[Any], size: int) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while found := list(islice(waiting, size)):
        yield found
