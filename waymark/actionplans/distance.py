"""Distance travelled: the seven signs, and how far from work two people see somebody, over time (M:L390, M:L3149)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.actionplans.enums import Seen, SeenBy
from waymark.actionplans.models import Observation
from waymark.customers.models import Claim
from waymark.interviews.enums import Readiness
from waymark.interviews.models import Sitting
from waymark.kernel.clock import day_of
from waymark.programme.queries import Rules

# From far to near: the nearer to work, the higher it is drawn.
NEARNESS = (Readiness.NOT_SEEN, Readiness.FURTHER, Readiness.YEAR, Readiness.MONTHS, Readiness.READY)
CLEARNESS = (Seen.NOT_YET, Seen.A_LITTLE, Seen.CLEARLY)


@dataclass(frozen=True)
class Glimpse:
    """One sign as it was seen on a day. `step` counts from 0: not yet."""

    on: date
    step: int
    seen: str
    who: str
    whose: SeenBy
    words: str


@dataclass(frozen=True)
class Sign:
    """A sign of progress with everything seen of it, the oldest first."""

    code: str
    title: str
    ask: str
    glimpses: tuple[Glimpse, ...]

    @property
    def first(self) -> Glimpse | None:
        return self.glimpses[0] if self.glimpses else None

    @property
    def last(self) -> Glimpse | None:
        return self.glimpses[-1] if self.glimpses else None

    @property
    def moved(self) -> int:
        """How many steps further than at the beginning; less than nought is a setback, and is no fault."""
        return self.glimpses[-1].step - self.glimpses[0].step if self.glimpses else 0


@dataclass(frozen=True)
class View:
    """How far from work somebody seemed on a day: as the adviser saw it, and the customer. None: not asked."""

    on: date
    adviser: int | None
    customer: int | None
    adviser_words: str
    customer_words: str
    who: str

    @property
    def gap(self) -> int:
        """How many steps apart the two views are; nought where one of them is missing (E:L3093-3098)."""
        return (
            abs(self.adviser - self.customer) if self.adviser is not None and self.customer is not None else 0
        )


@dataclass(frozen=True)
class Distance:
    """What is known of the distance travelled. `apart`: the last views differ so much that it is to be talked about."""

    signs: tuple[Sign, ...]
    views: tuple[View, ...]
    apart: bool

    @property
    def begun(self) -> bool:
        return bool(self.views) or any(sign.glimpses for sign in self.signs)


def distance(claim: Claim, rules: Rules) -> Distance:
    """Two statements, however many were seen."""
    views = tuple(_views(claim))
    gap = rules.value("plans.distance_gap")
    return Distance(tuple(_signs(claim, rules)), views, bool(views) and views[-1].gap >= gap)


def _signs(claim: Claim, rules: Rules) -> list[Sign]:
    seen: dict[str, list[Glimpse]] = {}
    for row in Observation.objects.filter(claim=claim).order_by("on", "id"):
        seen.setdefault(row.sign, []).append(
            Glimpse(
                on=row.on,
                step=CLEARNESS.index(Seen(row.seen)),
                seen=str(row.get_seen_display()),
                who=row.who,
                whose=SeenBy(row.seen_by),
                words=row.words,
            )
        )
    known = rules.pack.reasons("sign_of_progress")
    return [
        Sign(code, row.title, row.columns["ask"], tuple(seen.get(code, ())))
        for code, row in known.items()
        if row.holds_on(rules.on) or code in seen
    ]


def _views(claim: Claim) -> Sequence[View]:
    sittings = (
        Sitting.objects.filter(appointment__interview__claim=claim)
        .exclude(distance_adviser="", distance_customer="")
        .select_related("adviser__person")
        .order_by("opened_at")
    )
    return [
        View(
            on=day_of(one.started_at or one.opened_at),
            adviser=_nearness(one.distance_adviser),
            customer=_nearness(one.distance_customer),
            adviser_words=str(one.get_distance_adviser_display()),
            customer_words=str(one.get_distance_customer_display()),
            who=one.adviser.person.name,
        )
        for one in sittings
    ]


def _nearness(value: str) -> int | None:
    return NEARNESS.index(Readiness(value)) if value else None
