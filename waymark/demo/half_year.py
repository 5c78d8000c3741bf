"""Half a year of referrals in a made-up district: silent services, lost letters, full ones, forgetful people.

The world keeps its own account of what happened to each referral, apart from Waymark's tables, so that at the end the
list of what stands still can be held against it: nobody may be missing from it, and each line must name who acts.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random

from django.db import transaction

from waymark.customers.models import Claim, Customer
from waymark.customers.rules import name_keys
from waymark.directory.enums import Channel, Taking
from waymark.directory.models import Contact, Organisation, Service
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days, is_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import District, Office, Person, Post, Team
from waymark.record.enums import Happened
from waymark.referrals import daily, queries, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import (
    FeedbackKind,
    FixedBy,
    Given,
    NotThere,
    ReferralKind,
    ReferralState,
    Through,
)
from waymark.referrals.models import Referral
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

PROGRAMME = "jobcentre-plus-2002"
FIRST_DAY = date(2004, 1, 5)
OFFICES, ADVISERS = 4, 6
DAY = timedelta(days=1)
NO_ANSWER_AFTER = 5


@dataclass(frozen=True)
class Size:
    """How much happens: referrals in all, services, calendar days, and the dice."""

    referrals: int = 10_000
    services: int = 60
    days: int = 182
    seed: int = 2004


@dataclass(frozen=True)
class Temper:
    """How a service behaves, in hundredths: letters that never arrive, places refused, days to an answer and to a place."""

    name: str
    lost: int
    back: int
    answer_days: int
    wait_days: int
    channel: Channel


# One in ten answers nobody; one in six loses post; one in eight is full (R:L500, R:L635, P:L738).
TEMPERS = (
    *[Temper("usual", 1, 6, 3, 21, Channel.LINK)] * 34,
    *[Temper("with an account", 0, 6, 2, 18, Channel.ACCOUNT)] * 6,
    *[Temper("loses post", 30, 6, 4, 24, Channel.PAPER)] * 9,
    *[Temper("silent", 100, 0, 0, 0, Channel.LINK)] * 5,
    *[Temper("full", 1, 45, 4, 60, Channel.LINK)] * 6,
)


@dataclass
class Fate:
    """What the world knows of one referral: its service's temper, and whether word ever reached it and came back."""

    ref: str
    temper: Temper
    sent_on: date | None = None
    reached: bool = False
    over: bool = False


@dataclass
class World:
    """The district, its people, and what is still to happen: (day, order, what, reference)."""

    size: Size
    dice: Random
    advisers: list[Post] = field(default_factory=list)
    services: list[tuple[Service, Temper]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    fates: dict[str, Fate] = field(default_factory=dict)
    plan: list[tuple[date, int, str, str]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    order: int = 0

    def later(self, on: date, what: str, ref: str) -> None:
        self.order += 1
        heappush(self.plan, (on, self.order, what, ref))

    def chance(self, hundredths: int) -> bool:
        return self.dice.randrange(100) < hundredths


@dataclass(frozen=True)
class Proof:
    """What stands at the end: everything by state, what the list says, and what it should have said."""

    made: int
    by_state: dict[str, int]
    orphans: int
    by_reason: dict[str, int]
    missing: list[str]
    nobody_acts: list[str]
    left_to_nobody: list[str]
    without_consent: list[str]
    unbalanced: int
    refused: dict[str, int]

    @property
    def sound(self) -> bool:
        every = sum(self.by_state.values()) == self.made
        gaps = (self.missing, self.nobody_acts, self.left_to_nobody, self.without_consent, self.unbalanced)
        return every and not any(gaps)


def simulate(size: Size, *, on_day: Callable[[date, World], None] | None = None) -> tuple[World, Proof]:
    """Live through the days and prove the end. The packs must be loaded; refused where somebody is there already."""
    if Customer.objects.exists() or District.objects.exists():
        raise Refused(
            "not_empty",
            "There are customers or districts in this database.",
            "Give it an empty one of its own.",
        )
    world = World(size, Random(size.seed))
    _settle(world)
    holidays = organisations.holidays()
    worked = [
        day
        for day in (FIRST_DAY + DAY * number for number in range(size.days))
        if is_working_day(day, holidays)
    ]
    for place, day in enumerate(worked):
        until = size.referrals * (place + 1) // len(worked)
        _live(world, day, until)
        if on_day is not None:
            on_day(day, world)
    return world, prove(world, worked[-1])


def _live(world: World, day: date, until: int) -> None:
    morning, evening = at(day, time(9)), at(day, time(16))
    while len(world.fates) < until:
        _refer(world, world.claims[len(world.fates)], morning)
    while world.plan and world.plan[0][0] <= day:
        _on, _order, what, ref = heappop(world.plan)
        _try(world, what, partial(STEPS[what], world, ref, evening))
    _work(world, day, evening)
    daily.run(day, evening)


def _try(world: World, what: str, act: Callable[[], object]) -> None:
    """A verb may refuse: somebody else was quicker, or it is over. That is counted, and nothing goes wrong."""
    try:
        act()
        world.calls[what] += 1
    except Refused as refusal:
        world.refused[f"{what}: {refusal.code}"] += 1


def _refer(world: World, claim: Claim, now: datetime) -> None:
    service, temper = world.dice.choice(world.services)
    by = next(post for post in world.advisers if post.team.office_id == claim.office_id)
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
    return Referral.objects.select_related("service__organisation").get(ref=ref)


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


def _work(world: World, day: date, now: datetime) -> None:
    """Advisers do part of what is due; some of it stays, for days or for good."""
    due = (
        Referral.objects.filter(task__closed_at=None, task__due_on=day)
        .select_related("task", "made_by__person", "made_by__team__office", "service__organisation")
        .order_by("pk")
    )
    for referral in due:
        if world.chance(75):
            _try(world, f"adviser: {referral.state}", partial(_do, world, referral, now))


def _do(world: World, referral: Referral, now: datetime) -> None:
    by, state = referral.made_by, referral.state
    fate = world.fates[referral.ref]
    if state == ReferralState.NOT_COME or (referral.task and referral.task.kind == TaskKind.REFERRAL_RING):
        agreed = world.dice.choice([NotThere.ENCOURAGED, NotThere.ACCOMPANY, NotThere.STOPS])
        verbs.ring_kindly(referral, agreed, reason="not_said", by=by, now=now)
        if agreed != NotThere.STOPS:
            world.later(now.date() + DAY * 5, "make a time", referral.ref)
    elif state in {ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED}:
        verbs.look_at_wait(referral, words="Would rather wait.", alternative=True, by=by, now=now)
    elif state == ReferralState.SENT:
        # They ring; a letter that was lost is sent again, and may arrive.
        if fate.temper.name == "loses post" and world.chance(60):
            fate.reached = True
            world.later(now.date() + DAY * 3, "arrived", referral.ref)
    elif state in ReferralState.under_way():
        verbs.hear_from_customer(referral, "It is all right.", by=by, now=now)
    elif state == ReferralState.ENDED and referral.task and referral.task.kind == TaskKind.REFERRAL_MEETING:
        verbs.close(referral, words="Rest, and then a course.", met_on=now.date(), by=by, now=now)
        fate.over = True
    elif state == ReferralState.RETURNED:
        verbs.close(referral, words="Something else.", by=by, now=now)
        fate.over = True
    elif state == ReferralState.TOLD:
        verbs.not_taken_up(referral, reason="not_said", by=by, now=now)
        fate.over = True


def prove(world: World, on: date) -> Proof:
    """Hold Waymark's list against what the world knows on the last day."""
    listed = queries.all_orphans(on)
    refs = {one.referral.ref for one in listed}
    states = dict(Referral.objects.values_list("ref", "state"))
    reasons: Counter[str] = Counter(why for one in listed for why in one.why)
    return Proof(
        made=len(world.fates),
        by_state=dict(Counter(states.values())),
        orphans=len(listed),
        by_reason=dict(reasons.most_common()),
        missing=sorted(ref for ref in _should_be_listed(world, states, on) if ref not in refs),
        nobody_acts=sorted(one.referral.ref for one in listed if not one.who),
        left_to_nobody=queries.left_to_nobody(),
        without_consent=queries.told_without_consent(),
        unbalanced=queries.unbalanced_days(),
        refused=dict(world.refused),
    )


def _should_be_listed(world: World, states: dict[str, str], on: date) -> set[str]:
    """By the world's account: sent, never reached or never answered, and long enough ago."""
    holidays = organisations.holidays()
    return {
        fate.ref
        for fate in world.fates.values()
        if fate.sent_on is not None
        and not fate.reached
        and not fate.over
        and on > add_working_days(fate.sent_on, NO_ANSWER_AFTER, holidays)
    } | {
        fate.ref
        for fate in world.fates.values()
        if fate.sent_on is None
        and states[fate.ref] == ReferralState.PROPOSED
        and Referral.objects.filter(ref=fate.ref, made_at__lt=at(on - DAY * 7, time())).exists()
    }


@transaction.atomic
def _settle(world: World) -> None:
    """The place and its people, and as many customers with a claim as there will be referrals."""
    district = District.objects.create(code="sim-help", name="Made-up district (simulation)")
    offices = [_office(district, number) for number in range(OFFICES)]
    for office in offices:
        team = _team(office, TeamKind.ADVISERS)
        managers = _team(office, TeamKind.MANAGERS)
        world.advisers += [
            _post(f"Adviser {office.code} {number}", Role.ADVISER, team) for number in range(ADVISERS)
        ]
        _post(f"Manager {office.code}", Role.ADVISER_MANAGER, managers)
    tempers = [TEMPERS[number * len(TEMPERS) // world.size.services] for number in range(world.size.services)]
    world.services = [_service_of(number, temper) for number, temper in enumerate(tempers)]
    world.dice.shuffle(world.advisers)
    world.claims = _claims(world, offices)


def _office(district: District, number: int) -> Office:
    return Office.objects.create(
        code=f"sim-help-{number}",
        name=f"Office {number} (simulation)",
        kind=OfficeKind.OFFICE,
        district=district,
        address="1 High Street",
        telephone="01632 960001",
    )


def _team(office: Office, kind: TeamKind) -> Team:
    return Team.objects.create(code=f"{office.code}-{kind}", name=f"{kind.label}", kind=kind, office=office)


def _post(name: str, role: Role, team: Team) -> Post:
    person = Person.objects.create(
        ref=new_ref("P"),
        email=f"{name.lower().replace(' ', '-')}@sim.invalid",
        name=name,
        password="!",
        started_on=FIRST_DAY,
        calendar_key=new_ref("K"),
    )
    return Post.objects.create(person=person, role=role, team=team, starts_on=FIRST_DAY)


def _service_of(number: int, temper: Temper) -> tuple[Service, Temper]:
    office = None
    if temper.channel == Channel.ACCOUNT:
        district = District.objects.get(code="sim-help")
        office = Office.objects.create(
            code=f"sim-service-{number}",
            name=f"Service {number}",
            kind=OfficeKind.PROVIDER,
            district=district,
            address="2 Mill Lane",
            telephone="01632 960002",
        )
    organisation = Organisation.objects.create(
        ref=new_ref("O"),
        name=f"Organisation {number} (simulation)",
        email=f"service{number}@sim.invalid",
        telephone="01632 960003",
        office=office,
    )
    Contact.objects.create(
        ref=new_ref("Y"),
        organisation=organisation,
        name=f"Link worker {number}",
        email=f"link{number}@sim.invalid",
        link_worker=True,
    )
    service = Service.objects.create(
        ref=new_ref("V"),
        organisation=organisation,
        name=f"Help {number} ({temper.name})",
        taking=Taking.PLACES,
        channels=[temper.channel],
    )
    return service, temper


def _claims(world: World, offices: list[Office]) -> list[Claim]:
    """One customer and one live claim for each referral, each with its next step, in bulk."""
    now = at(FIRST_DAY, time(8))
    people = Customer.objects.bulk_create(
        [
            Customer(
                ref=new_ref("C"),
                given_names="Synthetic",
                family_name=f"Person{number}",
                ni_unknown_because="made up",
                address="2 Mill Lane",
                postcode="ZZ1 1ZZ",
                telephone="+441632960004",
                added_at=now,
                name_keys=sorted(name_keys(f"Synthetic Person{number}")),
            )
            for number in range(world.size.referrals)
        ],
        batch_size=2000,
    )
    claims = Claim.objects.bulk_create(
        [
            Claim(
                ref=new_ref("L"),
                customer=person,
                programme=PROGRAMME,
                benefit="ib",
                group="sick_or_disabled",
                office=offices[number % OFFICES],
                claimed_on=FIRST_DAY,
                period_from=FIRST_DAY,
                route="call",
                added_at=now,
            )
            for number, person in enumerate(people)
        ],
        batch_size=2000,
    )
    teams = {team.office_id: team for team in Team.objects.filter(kind=TeamKind.ADVISERS)}
    Task.objects.bulk_create(
        [
            Task(
                ref=new_ref("T"),
                claim=claim,
                office=claim.office,
                kind=TaskKind.FOLLOW_UP,
                team=teams[claim.office_id],
                due_on=FIRST_DAY + DAY * world.size.days * 2,
                origin=Happened.CLAIM_MADE,
                opened_at=now,
            )
            for claim in claims
        ],
        batch_size=2000,
    )
    return claims
