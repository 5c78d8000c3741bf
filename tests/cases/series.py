"""What the tests of cases do again and again once a series has begun: call in, hold, put off, read what was sent."""

from datetime import date, datetime, timedelta

import pytest

from tests.interviews.sitting import book, hold, sit
from tests.interviews.talking import VIEW
from tests.place import Place
from waymark.customers.models import Claim
from waymark.interviews import verbs
from waymark.interviews.advice import FIRST_CONTACT
from waymark.interviews.models import Appointment, Decision, Interview, Sitting
from waymark.interviews.sittings import queries as sittings
from waymark.interviews.sittings import settling
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.interviews.verbs import Wish
from waymark.kernel.clock import LONDON, day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.programme.models import LocalSetting
from waymark.worklist.models import Task

NOW = datetime(2006, 5, 2, 9, 30, tzinfo=LONDON)  # a Tuesday
TODAY = NOW.date()
HOUR = timedelta(hours=1)
OWN_WAY = {"otherwise_code": "customer_wishes", "otherwise_words": "It was agreed so in the talk."}


def refusal(act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value


def first_areas(place: Place) -> None:
    """The office lies in one of the first three areas of the programme for existing customers."""
    LocalSetting.objects.create(
        slug="pathways-existing-2005",
        key="regime.area",
        value="first_areas",
        office_code=place.office.code,
        valid_from=date(2005, 2, 7),
        because="One of the first three areas.",
        set_by="test",
        set_at=NOW,
    )


def called_in(place: Place, **fields) -> Interview:
    """The first interview of somebody who claimed in 2002 and is called in today for up to three (E:L5-10)."""
    first_areas(place)
    claimed = date(2002, 6, 3)
    wanted = {"programme": "pathways-existing-2005", "claimed_on": claimed, "period_from": claimed}
    return place.claim(now=NOW, **wanted, **fields)


def of_six(place: Place, *, programme: str = "pathways-2003", now: datetime = NOW, **fields) -> Interview:
    """The first interview of a claim made today, in a series of six."""
    day = now.date()
    return place.claim(now=now, programme=programme, claimed_on=day, period_from=day, **fields)


def latest(claim: Claim) -> Interview:
    """The newest interview of a claim."""
    return claim.interviews.select_related("claim__customer", "claim__office__district").latest("number")


def held_so_far(
    place: Place, interview: Interview, count: int, last: NextWish, *, now: datetime = NOW, by=None
) -> tuple[Claim, datetime]:
    """So many interviews, one after another; what follows the last is said. Gives the claim and the moment after."""
    claim = interview.claim
    for number in range(1, count + 1):
        appointment = book(place, latest(claim), now=now)
        hold(place, appointment, last if number == count else NextWish("find_time"), by=by)
        now = appointment.ends_at
    return claim, now


def put_off_wish(until: date, reason: str = "other_circumstance", **fields) -> Wish:
    return Wish("defer", reason=reason, until=until, **{"because": "We agreed to wait.", **OWN_WAY, **fields})


def no_interview_wish(reason: str = "never_able_to_work", **fields) -> Wish:
    return Wish("waive", reason=reason, **{"because": "You are too ill.", **OWN_WAY, **fields})


def decide_before(
    place: Place, interview: Interview, wish: Wish, *, now: datetime, words="Too much just now.", view=VIEW
) -> Decision:
    """Decided by the adviser before the interview, outside a first contact."""
    return verbs.decide_again(
        interview,
        wish,
        stage="before_interview",
        table=FIRST_CONTACT,
        given={},
        words=words,
        view=view,
        by=place.adviser,
        now=now,
    )


def end(
    place: Place, appointment: Appointment, outcome: str, next: NextWish, *, why="", capacity="able", **more
) -> Sitting:
    """An interview that was cut short or could not be held."""
    sitting = sit(place, appointment, capacity=capacity)
    ended = Ended(outcome, why=why, **more)
    return settling.settle(sitting, ended, next, by=place.adviser, now=appointment.ends_at)


def read_beforehand(place: Place, appointment: Appointment, *, by=None) -> sittings.Beforehand:
    """What the adviser reads before the customer comes."""
    found = sittings.workspace(by or place.adviser, appointment.ref, day_of(appointment.starts_at))
    return sittings.beforehand(found)


def letters(claim: Claim) -> list[str]:
    return list(Notice.objects.filter(claim=claim).order_by("id").values_list("kind", flat=True))


def letter(claim: Claim, kind: str) -> str:
    """The newest letter of a kind, as the customer reads it."""
    return Notice.objects.filter(claim=claim, kind=kind).latest("id").html


def task(claim: Claim, kind: str) -> Task:
    """The one open task of a kind."""
    return Task.objects.get(claim=claim, kind=kind, closed_at=None)
