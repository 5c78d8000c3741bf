"""The files of payments, and what falls due next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from waymark.awards.models import Batch, Instalment
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim
from waymark.organisations.models import Post
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task


@dataclass(frozen=True)
class Due:
    """What is due up to a day and in no file yet, of the customers a post reaches. held: of it what waits."""

    lines: int
    pence: int
    late: int
    held: int = 0
    held_pence: int = 0


def batches() -> QuerySet[Batch]:
    """Every file, newest first, without its text."""
    return Batch.objects.defer("content").select_related("made_by__person")


def get_batch(on: date) -> Batch:
    """Raises Batch.DoesNotExist."""
    return batches().get(on=on)


def lines_of(post: Post, batch: Batch) -> QuerySet[Instalment]:
    """The payments of a file that go to customers this post reaches."""
    return (
        _seen_by(post)
        .filter(batch=batch)
        .select_related("award__claim__customer", "award__claim__office")
        .order_by("due_on", "award__ref", "number")
    )


def shares(post: Post, found: list[Batch]) -> dict[int, tuple[int, int]]:
    """Of each file, how many payments and how much go to customers this post reaches. One statement."""
    rows = (
        _seen_by(post)
        .filter(batch__in=[batch.pk for batch in found])
        .values("batch")
        .annotate(lines=Count("pk"), pence=Sum("pence"))
        .order_by("batch")
    )
    return {row["batch"]: (row["lines"], row["pence"]) for row in rows}


def due(post: Post, on: date) -> Due:
    """What the next file would hold, and what waits. One statement, whatever the number of payments."""
    late_before = date.fromordinal(on.toordinal() - 7)
    goes, waits = Q(held_at=None), Q(held_at__isnull=False)
    rows = _seen_by(post).filter(due_on__lte=on, batch=None, dropped_at=None).exclude(award__state="proposed")
    found = rows.aggregate(
        lines=Count("pk", filter=goes),
        goes_pence=Sum("pence", filter=goes, default=0),
        late=Count("pk", filter=goes & Q(due_on__lt=late_before)),
        held=Count("pk", filter=waits),
        held_pence=Sum("pence", filter=waits, default=0),
    )
    return Due(pence=found.pop("goes_pence"), **found)


@dataclass(frozen=True)
class Held:
    """A payment that waits, why, and who sees to it: a person, else their team; empty: nobody does."""

    part: Instalment
    who: str
    task: Task | None


def held(post: Post) -> QuerySet[Instalment]:
    """The payments that wait, of the customers a post reaches, the longest first."""
    return (
        _seen_by(post)
        .filter(held_at__isnull=False)
        .select_related("award__claim__customer", "award__claim__office")
        .defer("award__trace", "award__facts")
        .order_by("held_at", "id")
    )


def with_who_acts(parts: Collection[Instalment]) -> list[Held]:
    """The payments of a page with who sees to each. One statement."""
    tasks = Task.objects.filter(
        claim__in={part.award.claim_id for part in parts}, kind=TaskKind.AWARD_EVIDENCE, closed_at=None
    ).select_related("person", "team")
    by_claim = {task.claim_id: task for task in tasks}
    found = []
    for part in parts:
        task = by_claim.get(part.award.claim_id)
        who = "" if task is None else task.person.name if task.person else task.team.name
        found.append(Held(part, who, task))
    return found


def waiting_now() -> int:
    """How many payments wait, of everybody."""
    return Instalment.objects.filter(held_at__isnull=False).count()


def held_by_nobody() -> list[str]:
    """Payments that wait and nobody sees to: none, or the database has been tampered with."""
    asked = Task.objects.filter(claim=OuterRef("award__claim"), kind=TaskKind.AWARD_EVIDENCE, closed_at=None)
    rows = Instalment.objects.filter(~Exists(asked), held_at__isnull=False)
    return [f"{ref}-{number}" for ref, number in rows.values_list("award__ref", "number")]


def _seen_by(post: Post) -> QuerySet[Instalment]:
    claims = Claim.objects.filter(claims_within_reach(post))
    return Instalment.objects.filter(award__claim__in=claims.values("pk"))
