"""What a day brings to referrals: some are made and sent, and what the services and the customers do then."""

from collections.abc import Callable
from datetime import datetime, time

from django.db.models import QuerySet

from waymark.customers.models import Claim
from waymark.demo.half_year.world import DAY, Fate, Temper, World
from waymark.directory.models import Service
from waymark.kernel.clock import at
from waymark.kernel.composed import composed
from waymark.organisations.models import Post
from waymark.referrals import queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import FeedbackKind, FixedBy, Given, ReferralKind, Through
from waymark.referrals.models import Referral


def refer(world: World, claim: Claim, service: Service, temper: Temper, by: Post, now: datetime) -> None:
    """Somebody who might help is thought of, the customer asked, the referral sent; or not, at each of these."""
    signpost = world.chance(12)
    kind = (
        ReferralKind.SIGNPOST if signpost else world.dice.choice([ReferralKind.FORMAL, ReferralKind.INFORMAL])
    )
    made = verbs.propose(
        claim,
        service,
        kind=kind,
        purpose="To see what it is like.",
        chosen_because=["need"],
        by=by,
        now=now,
    )
    fate = world.fates[made.ref] = Fate(made.ref, temper)
    day = now.date()
    if signpost:
        verbs.signpost(made, by=by, now=now)
        if world.chance(60):
            world.later(day + DAY * world.dice.randrange(3, 15), "found it", made.ref)
    elif world.chance(7):
        verbs.decline(made, "not_now", by=by, now=now)
        fate.over = True
    elif world.chance(97):
        said = {item.code: not world.chance(5) or item.code == "name" for item in made.items.all()}
        said["feedback"] = world.chance(85)
        verbs.consent(made, said, how=Given.IN_PERSON, by=by, now=now)
        _send(world, made, fate, by, now)
    # The rest is forgotten on the desk: the list has to name it.


def _send(world: World, made: Referral, fate: Fate, by: Post, now: datetime) -> None:
    day, temper = now.date(), fate.temper
    verbs.send(
        made,
        channel=temper.channel,
        fixed_by=FixedBy.SERVICE,
        contact_by=day + DAY * 14,
        by=by,
        now=now,
    )
    fate.sent_on = day
    if not world.chance(temper.lost):
        fate.reached = True
        answer = day + DAY * (1 + world.dice.randrange(2 * temper.answer_days))
        world.later(answer, "send back" if world.chance(temper.back) else "arrived", made.ref)


def _found(ref: str) -> Referral:
    return _of_ref.one(ref)


@composed
def _of_ref(ref: str) -> QuerySet[Referral]:
    return Referral.objects.filter(ref=ref).select_related("service__organisation")


def _service(referral: Referral) -> Receiver:
    return Receiver("Somebody of the service", Through.LINK, None, referral.service.organisation)


def _arrived(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    verbs.acknowledge(referral, by=_service(referral), now=now)
    # With some a person is away, and the customer waits (R:L680).
    if not world.chance(5):
        world.later(now.date() + DAY * world.dice.randrange(2, 8), "make a time", ref)


def _make_time(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    days = world.dice.randrange(3, max(4, world.fates[ref].temper.wait_days))
    when = at(now.date() + DAY * days, time(10))
    verbs.make_time(referral, at=when, where="Their place", by=_service(referral), now=now)
    if not world.chance(4):
        world.later(when.date(), "first time", ref)


def _first_time(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    came = world.chance(82)
    verbs.attend(
        referral, now.date(), came=came, minutes=60 if came else None, by=_service(referral), now=now
    )
    if came:
        for week in range(3, 10, 4):
            if not world.chance(15):
                world.later(now.date() + DAY * 7 * week, "tell", ref)
        if not world.chance(6):
            world.later(now.date() + DAY * world.dice.randrange(20, 75), "end", ref)


def _tell(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    verbs.give_feedback(
        referral, FeedbackKind.PROGRESS, words="Comes and takes part.", by=_service(referral), now=now
    )


def _end(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    told = queries.tells_us(referral) and not world.chance(12)
    report = "Has done all of it." if told else ""
    verbs.end_help(referral, "completed", on=now.date(), report=report, by=_service(referral), now=now)


def _send_back(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    code = (
        "full" if world.fates[ref].temper.name == "full" else world.dice.choice(["not_willing", "too_severe"])
    )
    verbs.give_it_back(referral, code, by=_service(referral), now=now)


def _found_it(world: World, ref: str, now: datetime) -> None:
    referral = _found(ref)
    verbs.arrived(referral, on=now.date(), by=_service(referral), now=now)


STEPS: dict[str, Callable[[World, str, datetime], None]] = {
    "arrived": _arrived,
    "make a time": _make_time,
    "first time": _first_time,
    "tell": _tell,
    "end": _end,
    "send back": _send_back,
    "found it": _found_it,
}
