"""Figures of cases: how steady, how often in touch, who may be for a disability adviser. None of them is a target.

A number of contacts that is wanted from advisers would be met and would help nobody: what matters is what the
customer needs (R:L958, R:L1088, R:L1116). So none of these is compared with anything but the customer's own plan.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from waymark.casework.enums import MeetingKind, MeetingState, TransferKind, TransferState
from waymark.casework.models import Case, CaseManager, ContactMade, KeptWhy, Meeting, Transfer
from waymark.casework.queries.cases import WHO
from waymark.casework.queries.pages import cases_seen_by
from waymark.casework.rules import for_a_disability_adviser
from waymark.customers.models import Claim
from waymark.interviews.holding import rules_for
from waymark.interviews.models import Barrier, Sitting
from waymark.kernel.clock import at, day_of
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfAdviser:
    """What one adviser's cases show. Minutes and contacts are of the days asked for; the rest is as it stands."""

    person: str
    ref: str
    cases: int
    lent: int
    contacts: int
    minutes: int
    overdue: int


@dataclass(frozen=True)
class Figures:
    """Cases a post reaches, from one day to another, as at `at`.

    between: the usual days from one contact with a customer to the next (median); None where nobody was met twice.
    met: of the handovers that hold, those at which the customer had met who takes over.
    """

    since: date
    until: date
    at: datetime
    open: int
    taken_on: int
    closed: int
    changes: int
    one_person: int
    handed_over: int
    met: int
    contacts: int
    minutes: int
    begun_by_customer: int
    overdue: int
    between: int | None
    declined: int
    advisers: tuple[OfAdviser, ...]

    @property
    def one_person_share(self) -> int | None:
        """Open cases with the same person since they were taken on, in hundredths."""
        return round(100 * self.one_person / self.open) if self.open else None

    @property
    def met_share(self) -> int | None:
        return round(100 * self.met / self.handed_over) if self.handed_over else None


def figures(post: Post, since: date, until: date, now: datetime) -> Figures:
    """From one day to another, both counted. Nine queries."""
    start, end = at(since, time(0)), at(until + DAY, time(0))
    cases = cases_seen_by(post)
    held = CaseManager.objects.filter(case__in=cases.values("pk"))
    another = held.filter(case=OuterRef("pk"), lent_by=None).exclude(until=None)
    counted = cases.aggregate(
        open=Count("pk", filter=Q(closed_at=None)),
        taken_on=Count("pk", filter=Q(opened_at__gte=start, opened_at__lt=end)),
        closed=Count("pk", filter=Q(closed_at__gte=start, closed_at__lt=end)),
        one_person=Count("pk", filter=Q(~Exists(another), closed_at=None)),
        overdue=Count("pk", filter=Q(closed_at=None, next_contact_on__lt=day_of(now))),
    )
    transfers = Transfer.objects.filter(case__in=cases.values("pk"))
    holds = Q(
        manager__since__gte=start,
        manager__since__lt=end,
        state__in=[TransferState.DONE, TransferState.RUNNING, TransferState.RETURNED],
    )
    met = Exists(
        Meeting.objects.filter(
            transfer=OuterRef("pk"), kind=MeetingKind.HANDOVER, state=MeetingState.HELD, introduced=True
        )
    )
    handed = transfers.aggregate(
        handed_over=Count("pk", filter=holds & Q(kind=TransferKind.PERMANENT)),
        met=Count("pk", filter=Q(holds, met, kind=TransferKind.PERMANENT)),
        declined=Count(
            "pk", filter=Q(state=TransferState.DECLINED, answered_at__gte=start, answered_at__lt=end)
        ),
    )
    made = ContactMade.objects.filter(
        case__in=cases.values("pk"), at__gte=start, at__lt=end, whom="customer", reached=True
    )
    contacts = made.aggregate(
        n=Count("pk"), minutes=Sum("minutes"), by_customer=Count("pk", filter=Q(begun_by="customer"))
    )
    return Figures(
        since=since,
        until=until,
        at=now,
        open=counted["open"],
        taken_on=counted["taken_on"],
        closed=counted["closed"],
        changes=held.filter(since__gte=start, since__lt=end, case__opened_at__lt=start).count(),
        one_person=counted["one_person"],
        handed_over=handed["handed_over"],
        met=handed["met"],
        contacts=contacts["n"],
        minutes=contacts["minutes"] or 0,
        begun_by_customer=contacts["by_customer"],
        overdue=counted["overdue"],
        between=_between(made),
        declined=handed["declined"],
        advisers=tuple(_of_advisers(held, made, now)),
    )


def _between(made: QuerySet[ContactMade]) -> int | None:
    moments: dict[int, list[datetime]] = defaultdict(list)
    for case_id, moment in made.order_by("at").values_list("case_id", "at"):
        moments[case_id].append(moment)
    gaps = [
        (later - earlier).days
        for of_case in moments.values()
        for earlier, later in zip(of_case, of_case[1:], strict=False)
    ]
    return round(median(gaps)) if gaps else None


def _of_advisers(
    held: QuerySet[CaseManager], made: QuerySet[ContactMade], now: datetime
) -> Iterable[OfAdviser]:
    talked = {
        row["by__person"]: row
        for row in made.order_by().values("by__person").annotate(n=Count("pk"), minutes=Sum("minutes"))
    }
    rows = (
        held.filter(until=None, post__isnull=False)
        .order_by("post__person__name")
        .values("post__person", "post__person__name", "post__person__ref")
        .annotate(
            cases=Count("pk"),
            lent=Count("pk", filter=Q(kind="temporary")),
            overdue=Count("pk", filter=Q(case__next_contact_on__lt=day_of(now))),
        )
    )
    for row in rows:
        said = talked.get(row["post__person"], {"n": 0, "minutes": 0})
        yield OfAdviser(
            person=row["post__person__name"],
            ref=row["post__person__ref"],
            cases=row["cases"],
            lent=row["lent"],
            contacts=said["n"],
            minutes=said["minutes"] or 0,
            overdue=row["overdue"],
        )


# Holding on (R:L581, R:L1010)


@dataclass(frozen=True)
class HeldOn:
    """A customer who may be one for a disability adviser, and was neither passed on nor kept for a reason."""

    case: Case
    manager: CaseManager
    barriers: int
    seen_on: date


def held_on(post: Post, on: date) -> list[HeldOn]:
    """Cases that meet the criteria of the place and were neither passed on nor explained, the longest first.

    It lists; it passes nobody on: there is no firm trigger, a person decides (R:L593). A reason for keeping holds
    until a later interview shows something else. Four queries and one a programme and office.
    """
    managers = list(
        CaseManager.objects.filter(
            case__in=cases_seen_by(post).filter(closed_at=None).values("pk"), until=None
        )
        .exclude(post__role=Role.DISABILITY_ADVISER)
        .select_related("case__claim__customer", "case__claim__office__district", *WHO)
    )
    seen = _last_barriers([manager.case.claim_id for manager in managers])
    passed = set(
        Transfer.objects.filter(
            case__in=[m.case_id for m in managers], to_post__role=Role.DISABILITY_ADVISER
        ).values_list("case_id", flat=True)
    )
    kept: dict[int, date] = dict(
        KeptWhy.objects.filter(case__in=[m.case_id for m in managers])
        .order_by("on")
        .values_list("case_id", "on")
    )
    criteria: dict[tuple[str, int], tuple[int, list[str]]] = {}
    found = []
    for manager in managers:
        claim = manager.case.claim
        barriers, when = seen.get(claim.pk, (set(), on))
        if not barriers or manager.case_id in passed:
            continue
        if manager.case_id in kept and kept[manager.case_id] >= when:
            continue
        needed, health = _criteria(claim, on, criteria)
        if for_a_disability_adviser(barriers, health=health, needed=needed):
            found.append(HeldOn(manager.case, manager, len(barriers), when))
    return sorted(found, key=lambda each: (each.seen_on, each.case.pk))


def seems_for_a_disability_adviser(case: Case, on: date) -> bool:
    """Whether the last interview says so, by the criteria of the place. Three queries."""
    barriers, _when = _last_barriers([case.claim_id]).get(case.claim_id, (set(), on))
    needed, health = _criteria(case.claim, on, {})
    return for_a_disability_adviser(barriers, health=health, needed=needed)


def _criteria(
    claim: Claim, on: date, known: dict[tuple[str, int], tuple[int, list[str]]]
) -> tuple[int, list[str]]:
    key = (claim.programme, claim.office_id)
    if key not in known:
        rules = rules_for(claim, on)
        known[key] = (rules.value("casework.dea_barriers"), rules.value("casework.dea_health_barriers"))
    return known[key]


def _last_barriers(claims: list[int]) -> dict[int, tuple[set[str], date]]:
    """Of each claim: the barriers present at its last settled interview, and the day of it. Two queries."""
    last: dict[int, tuple[int, date]] = {}
    sittings = Sitting.objects.filter(
        appointment__interview__claim__in=claims, state="settled", settled_at__isnull=False
    ).order_by("settled_at")
    for pk, claim, settled in sittings.values_list("pk", "appointment__interview__claim", "settled_at"):
        if settled is not None:
            last[claim] = (pk, day_of(settled))
    of_sitting: dict[int, set[str]] = defaultdict(set)
    present = Barrier.objects.filter(sitting__in=[pk for pk, _day in last.values()], present=True)
    for sitting, kind in present.values_list("sitting", "kind"):
        of_sitting[sitting].add(kind)
    return {claim: (of_sitting[pk], when) for claim, (pk, when) in last.items() if of_sitting[pk]}
