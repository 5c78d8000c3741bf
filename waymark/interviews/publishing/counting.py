"""Whom a changed pack touches, counted: of a proposal, where the lines are kept, or of files, where nothing is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.customers.models import Claim
from waymark.interviews.models import Replay
from waymark.interviews.publishing.claims import Differs
from waymark.interviews.publishing.queries import OfficeTouched, advice_moves, touched_by_office
from waymark.interviews.publishing.trying import Progress, compare, try_out
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.programme.pack import Pack
from waymark.programme.queries import proposals, versions
from waymark.programme.verbs import keep


@dataclass(frozen=True)
class Touches:
    """The counts of a comparison; `moves`: advice before, advice after, how many decisions."""

    claims: int
    touched: int
    offices: tuple[OfficeTouched, ...]
    decisions: int
    advised: int
    unreadable: int
    moves: tuple[tuple[str, str, int], ...]


def counted_proposal(
    slug: str, *, on: date | None, days: int, now: datetime, progress: Progress | None = None
) -> Touches:
    """Compare the proposed version of a programme and keep the result."""
    version = proposals().filter(slug=slug).first()
    if version is None:
        raise Refused("no_proposal", f"No change of “{slug}” is proposed.", "Propose it first.")
    return of_replay(try_out(version, on=on, days=days, by=None, now=now, progress=progress))


@transaction.atomic
def counted_pack(
    pack: Pack, *, on: date | None, days: int, now: datetime, progress: Progress | None = None
) -> Touches:
    """Compare files with the version that holds. The version made for it is taken back at the end."""
    held = versions().filter(slug=pack.slug).first()
    if held is None:
        raise Refused("nothing_to_compare", f"No version of “{pack.slug}” holds yet: it touches nobody.")
    if held.digest == pack.digest:
        raise Refused("nothing_changed", f"{pack.title} holds exactly like this already.")
    found = compare(
        keep(pack, now=now),
        held,
        on=on or day_of(now),
        since=day_of(now) - timedelta(days=days),
        progress=progress,
    )
    moves = Counter((each.before[0], each.after[0]) for each in found.advised)
    offices = tuple(_by_office(found.touched))
    transaction.set_rollback(True)
    return Touches(
        claims=found.claims,
        touched=len(found.touched),
        offices=offices,
        decisions=found.decisions,
        advised=len(found.advised),
        unreadable=found.unreadable,
        moves=tuple((before, after, n) for (before, after), n in moves.most_common()),
    )


def of_replay(replay: Replay) -> Touches:
    """The counts of a kept comparison. Four queries."""
    return Touches(
        claims=replay.claims,
        touched=replay.touched.count(),
        offices=tuple(touched_by_office(replay)),
        decisions=replay.decisions,
        advised=replay.decisions_touched.count(),
        unreadable=replay.unreadable,
        moves=tuple(advice_moves(replay)),
    )


def _by_office(touched: list[Differs]) -> list[OfficeTouched]:
    places = {
        pk: (code, name)
        for pk, code, name in Claim.objects.filter(pk__in=[each.claim_id for each in touched]).values_list(
            "pk", "office__code", "office__name"
        )
    }
    grouped: dict[tuple[str, str], list[Differs]] = {}
    for each in touched:
        grouped.setdefault(places[each.claim_id], []).append(each)
    return [
        OfficeTouched(
            code=code,
            name=name,
            claims=len(some),
            called_in=sum(each.after.compulsory and not each.before.compulsory for each in some),
            freed=sum(each.before.compulsory and not each.after.compulsory for each in some),
            number=sum(_both(each) and each.before.total != each.after.total for each in some),
            pace=sum(_both(each) and each.before.next_on != each.after.next_on for each in some),
        )
        for (code, name), some in sorted(grouped.items(), key=lambda item: item[0][1])
    ]


def _both(each: Differs) -> bool:
    return each.before.compulsory and each.after.compulsory
