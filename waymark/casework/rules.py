"""When to be in touch, and how a case is looked at. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

AS_USUAL, MONTHLY, OFTEN = "as_usual", "monthly", "often"
HOLD_OFF, LAST_SESSION = "hold_off", "last_session"
EARLIER = 2  # "more often than once a month": twice in the usual time


@dataclass(frozen=True)
class During:
    """A service somebody is with: how to keep in touch meanwhile, and its last day where that is known."""

    rule: str
    ends_on: date | None


@dataclass(frozen=True)
class NextContact:
    """The day to be in touch by, and why then: a word of `BECAUSE`."""

    on: date
    because: str


AGREED, USUAL, WAITS, WAITS_LONG, SESSION, MORE = "agreed", "usual", "waits", "waits_long", "session", "more"
BECAUSE = (AGREED, USUAL, WAITS, WAITS_LONG, SESSION, MORE)


def contact_rule(service_rule: str, provision: str, overrides: Iterable[str]) -> str:
    """How to keep in touch during a service: the rule of the place for its kind, else what its entry says.

    overrides: "kind:rule" words of the setting, such as "cmp:hold_off": guidance says to wait until condition
    management is over, some managers say to keep in touch throughout, one district comes to the last session
    (R:L812).
    """
    found = dict(each.split(":", 1) for each in overrides if ":" in each)
    return found.get(provision, service_rule) if provision else service_rule


def next_contact(
    last: date, *, usual: int, agreed: int | None, services: Sequence[During], after: int, longest: int
) -> NextContact:
    """By when to be in touch after the last contact.

    usual: days, the same for everybody (R:L958); agreed: days agreed with this customer, which go before every
    rule (R:L1116); after: days after the end of a service one waits for; longest: days to wait at most where
    nobody knows that end, since help of unknown length ends unnoticed (R:L812).
    """
    if agreed is not None:
        return NextContact(last + timedelta(days=agreed), AGREED)
    if not services:
        return NextContact(last + timedelta(days=usual), USUAL)
    return min(
        (_during(last, each, usual=usual, after=after, longest=longest) for each in services),
        key=lambda found: found.on,
    )


def _during(last: date, service: During, *, usual: int, after: int, longest: int) -> NextContact:
    as_usual = last + timedelta(days=usual)
    if service.rule == HOLD_OFF:
        if service.ends_on is not None and service.ends_on >= last:
            return NextContact(service.ends_on + timedelta(days=after), WAITS)
        return NextContact(last + timedelta(days=longest), WAITS_LONG)
    if service.rule == LAST_SESSION and service.ends_on is not None and service.ends_on >= last:
        return NextContact(service.ends_on, SESSION)
    if service.rule == OFTEN:
        return NextContact(last + timedelta(days=usual // EARLIER), MORE)
    return NextContact(as_usual, USUAL)


@dataclass(frozen=True)
class Stretch:
    """A time somebody was responsible: who (a key), from and until a day, and whether for a time only."""

    who: str
    since: date
    until: date
    lent: bool = False


@dataclass(frozen=True)
class Continuity:
    """How steady it was: people who were responsible, changes from one to another, days with the longest of them.

    A case that comes back to its lender is no new person; each change is still a change.
    """

    days: int
    people: int
    changes: int
    longest_days: int

    @property
    def share(self) -> int | None:
        """Of all days: those with the person who had it longest, in hundredths; None on the first day."""
        return round(100 * self.longest_days / self.days) if self.days else None


def continuity(stretches: Sequence[Stretch]) -> Continuity:
    """Figures of one case from its managers in order of time."""
    days: dict[str, int] = {}
    for each in stretches:
        days[each.who] = days.get(each.who, 0) + max((each.until - each.since).days, 0)
    changes = sum(before.who != after.who for before, after in zip(stretches, stretches[1:], strict=False))
    return Continuity(sum(days.values()), len(days), changes, max(days.values(), default=0))


def for_a_disability_adviser(barriers: Iterable[str], *, health: Iterable[str], needed: int) -> bool:
    """Whether a customer seems to be one for a disability adviser: the most complex problems (R:L563).

    barriers: those seen as present at the last interview; health: the ones that are about health or disability;
    needed: how many barriers together count as complex. No health barrier, no such case: then health is not what
    stands in the way (R:L576).
    """
    seen = set(barriers)
    return len(seen) >= needed and bool(seen & set(health))
