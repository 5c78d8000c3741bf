"""The file of payments of a day. Made once; asked for again it is the same, and nothing is paid twice."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from waymark.awards.enums import AWARD_LIFE, AwardKind, AwardState
from waymark.awards.models import Award, Batch, Instalment
from waymark.awards.verbs.waiting import hold, waiting
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event

COLUMNS = (
    "payment",
    "award",
    "kind",
    "customer",
    "ni_number",
    "name",
    "office",
    "covers_from",
    "covers_until",
    "due_on",
    "pounds",
)
PAYABLE = (AwardState.AGREED, AwardState.RUNNING, AwardState.STOPPED, AwardState.ENDED)


@transaction.atomic
def pay(on: date, *, by: Post | None, now: datetime) -> Batch:
    """Everything due up to a day, in one file. The batch of a day is made once, whoever asks and however often.

    What falls due later for days before goes into the next batch. Two that ask at once get the same one: the
    second waits for the first. A payment for which something must be seen first waits, is said to wait, and has
    somebody who asks (`verbs/waiting.py`).
    """
    batch = Batch.objects.filter(on=on).first()
    if batch is not None:
        return batch
    # Held first, so that a second run waits here and then finds nothing left.
    due = list(_due(on))
    waits = waiting(due, on)
    rows = [row for row in due if row.pk not in waits]
    content = as_csv(rows, on)
    batch, made = Batch.objects.get_or_create(
        on=on,
        defaults={
            "made_at": now,
            "made_by": by,
            "lines": len(rows),
            "pence": sum(row.pence for row in rows),
            "content": content,
            "digest": hashlib.sha256(content.encode()).hexdigest(),
        },
    )
    if not made:
        return batch
    Instalment.objects.filter(pk__in=[row.pk for row in rows]).update(
        batch=batch, paid_at=now, held_at=None, held_because=""
    )
    held = hold([row for row in due if row.pk in waits], waits, now=now)
    _end_paid_out([row.award for row in rows], on)
    note_event(
        Happened.AWARDS_PAID,
        by=by,
        now=now,
        on=on.isoformat(),
        lines=batch.lines,
        pence=batch.pence,
        held=held,
    )
    return batch


def _due(on: date) -> Iterable[Instalment]:
    return (
        Instalment.objects.select_for_update(of=("self",))
        .filter(due_on__lte=on, batch=None, dropped_at=None, award__state__in=PAYABLE)
        .select_related(
            "award__claim__customer",
            "award__claim__office__district",
            "award__decided_by__person",
            "award__decided_by__team",
        )
        .order_by("due_on", "award__ref", "number")
    )


def as_csv(rows: Iterable[Instalment], on: date) -> str:
    """The file: one line a payment, with its own key, sums in pounds with two decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        award, claim = row.award, row.award.claim
        writer.writerow(
            [
                f"{award.ref}-{row.number}",
                award.ref,
                award.kind,
                claim.customer.ref,
                claim.customer.ni_number or "",
                plain(claim.customer.name),
                plain(claim.office.name),
                row.covers_from.isoformat(),
                row.covers_until.isoformat(),
                row.due_on.isoformat(),
                f"{row.pence // 100}.{row.pence % 100:02d}",
            ]
        )
    return out.getvalue()


def plain(text: str) -> str:
    """A cell that a spreadsheet cannot take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _end_paid_out(awards: Iterable[Award], on: date) -> None:
    """An award from the fund is over when it is paid."""
    over = [
        award.pk
        for award in awards
        if award.kind == AwardKind.DISCRETION_FUND and award.state == AwardState.AGREED
    ]
    AWARD_LIFE.insist(AwardState.AGREED, AwardState.ENDED)
    Award.objects.filter(pk__in=over).update(state=AwardState.ENDED, ended_on=on)
