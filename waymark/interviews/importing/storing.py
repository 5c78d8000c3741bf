"""Which rows can be added to what is there; each batch is written whole or not at all."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim, Customer
from waymark.customers.rules import near
from waymark.interviews.importing.namesakes import born_as, may_be_known, remember
from waymark.interviews.importing.shapes import Drafts, Incoming, Known, Line, Reject, Report, Setting
from waymark.interviews.importing.writing import insert_batch
from waymark.kernel.copying import next_ids
from waymark.kernel.refs import new_ref

SAME_PERSON = 0.75  # how near the names of one NI number must be


def turn_down(line: Line, problems: Iterable[str], reject: Reject, report: Report) -> None:
    report.rejected += 1
    reject(line.cells, f"line {line.number}: {' '.join(problems)}")


def store_batch(rows: list[Incoming], setting: Setting, reject: Reject, report: Report) -> None:
    """One transaction. When the database refuses it, halves are tried, down to the row that is to blame."""
    if not rows:
        return
    refused: list[tuple[Incoming, str]] = []
    try:
        with transaction.atomic():
            counted = _write(rows, setting, refused)
    except IntegrityError as problem:
        if len(rows) == 1:
            turn_down(
                rows[0].line, [f"The database refuses it: {problem.args[0].splitlines()[0]}"], reject, report
            )
            return
        middle = len(rows) // 2
        store_batch(rows[:middle], setting, reject, report)
        store_batch(rows[middle:], setting, reject, report)
        return
    for row, why in refused:
        turn_down(row.line, [why], reject, report)
    report.added += counted.added
    report.new_customers += counted.new_customers
    report.already_there += counted.already_there


def _write(rows: list[Incoming], setting: Setting, refused: list[tuple[Incoming, str]]) -> Report:
    keys = [row.source_key for row in rows]
    known_keys = set(Claim.objects.filter(source_key__in=keys).values_list("source_key", flat=True))
    by_number = _customers_by_number(rows)
    by_birth = born_as(rows)
    live = _with_live_claim([who.pk for who in by_number.values()], setting.programme)
    ids = iter(next_ids(Customer, len(rows)))
    drafts, counted = Drafts(), Report()
    for row in rows:
        if row.source_key in known_keys:
            counted.already_there += 1
            continue
        who = by_number.get(row.identity.ni_number)
        why = _cannot_be_added(row, who, live) if who else may_be_known(row, by_birth)
        if why:
            refused.append((row, why))
            continue
        if who is None:
            who = Known(next(ids), new_ref("C"), row.identity.name, row.identity.born_on)
            drafts.new.append((who, row))
            remember(by_birth, who)
            if row.identity.ni_number:
                by_number[row.identity.ni_number] = who
        known_keys.add(row.source_key)
        live.add(who.pk)
        drafts.claims.append((who, row))
    insert_batch(drafts, setting)
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
