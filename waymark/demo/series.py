"""Customers in every state of the series, made through the real verbs: each record's note says what to try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from waymark.customers import verbs as customers
from waymark.customers.enums import NoteKind, Route
from waymark.customers.models import Claim, Customer
from waymark.customers.rules import name_keys
from waymark.demo.district import Demo
from waymark.inbound import verbs as inbound
from waymark.inbound.enums import About, Way
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.enums import Capacity, Depth, Explored, HelpKind, Privacy, TimeOfDay
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.series import before
from waymark.interviews.series import verbs as talks
from waymark.interviews.sittings import afterwards, settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import at, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import add_working_days, last_working_day
from waymark.notices.outbox import deliver_due
from waymark.organisations import queries as organisations
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.models import LocalSetting
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.sanctions import verbs as sanctions
from waymark.sanctions.enums import Answer, BreachKind, Channel, RulingOutcome
from waymark.sanctions.models import Bundle

SERIES, EXISTING = "pathways-2003", "pathways-existing-2005"
FIRST_NUMBER = 3_950_000
WEEKS_MONEY = 7220  # pence
BORN = date(1975, 9, 14)
SAFE = {"able_to_answer": Answer.YES}
BEFORE_THE_COHORTS = date(1991, 5, 13)


@dataclass
class Maker:
    """Makes one customer after the other, at the first office, at moments of the past."""

    demo: Demo
    now: datetime
    first_number: int = FIRST_NUMBER

    def __post_init__(self) -> None:
        self.office = self.demo.offices[0]
        self.adviser = self.demo.advisers[self.office.pk][0]
        self.manager = self.demo.managers[self.office.pk]
        self.holidays = organisations.holidays()
        self._numbers = count(self.first_number)
        self._volunteers = count()

    def ago(self, working_days: int, hour: int = 10) -> datetime:
        """A moment so many working days back."""
        day = day_of(self.now)
        for _ in range(working_days):
            day = last_working_day(day - timedelta(days=1), self.holidays)
        return at(day, time(hour))

    def claim(
        self,
        code: str,
        title: str,
        tries: str,
        *,
        when: datetime,
        programme: str = SERIES,
        claimed_on: date | None = None,
    ) -> Claim:
        """A synthetic customer with a claim; the note says what to try."""
        number = next(self._numbers)
        customer = _customer(f"Case {code}", title, number, self.adviser, when)
        on = claimed_on or day_of(when)
        claim = verbs.open_claim(
            customer,
            benefit="ib",
            group="sick_or_disabled",
            programme=programme,
            office=self.office,
            claimed_on=on,
            period_from=on,
            route=Route.FORM,
            by=self.adviser,
            now=when,
        )
        text = f"Demonstration case {code}: {title}.\n\nTry: {tries}"
        customers.write_note(customer, kind=NoteKind.ORDINARY, text=text, by=self.adviser, now=when)
        return claim

    def volunteer(self, code: str, title: str, tries: str, *, when: datetime) -> Claim:
        """Likewise, of somebody no programme calls in: rung on that day, wants help, and is rung again on a day to come.

        No letter waits for a call and no interview for a time, so what stands on Today is what the note is about.
        """
        claim = self.claim(code, title, tries, when=when, programme=EXISTING, claimed_on=BEFORE_THE_COHORTS)
        days_ahead = 2 + next(self._volunteers) % 9
        talks.follow_up(
            claim,
            words="Rang to say what help there is. Comes by choice, and would like some.",
            next_on=add_working_days(day_of(self.now), days_ahead, self.holidays),
            by=self.adviser,
            now=when,
        )
        return claim

    def first(self, code: str, title: str, tries: str, *, when: datetime) -> Interview:
        """Likewise, in the series of six; gives its first interview."""
        claim = self.claim(code, title, tries, when=when)
        return Interview.objects.select_related("claim__customer", "claim__office__district").get(claim=claim)

    def book(self, interview: Interview, *, now: datetime, on: datetime) -> Appointment:
        """A time with the first adviser, on or after a moment."""
        found = find_slots(
            self.office,
            kind="adviser_interview" if interview.number == 1 else "adviser_later",
            minutes=45 if interview.number == 1 else 30,
            mode="office",
            not_before=on,
            until=day_of(on) + timedelta(days=21),
            only_with=self.adviser.person,
        )
        booked = verbs.book_interview(interview, found.slots[0], by=self.adviser, now=now)
        deliver_due(now + timedelta(hours=1))
        return booked

    def hold(self, appointment: Appointment, wish: NextWish, *, hard: bool = False) -> Interview:
        """The talk, settled; gives the interview that is next, or the one held. hard: for the adviser (M:L300)."""
        start, by = appointment.starts_at, self.adviser
        sitting = sittings.arrive(appointment, by=by, now=start)
        ends = appointment.ends_at
        sittings.note_state(
            sitting,
            capacity=Capacity.ABLE,
            started_at=start,
            ended_at=ends,
            hard=hard or None,
            by=by,
            now=start,
        )
        pack = holding(SERIES, day_of(start)).pack
        every = {entry["code"]: Depth.SHOWN for entry in pack.interview["options"]}
        sittings.show_options(sitting, every, by=by, now=start)
        for topic in holding(SERIES, day_of(start)).value("series.needed_topics"):
            sittings.cover_topic(sitting, topic, Explored.YES, by=by, now=start)
        sittings.save_wording(
            sitting,
            "own_words",
            "Mornings are hard. Would like to work with plants one day.",
            based_on=0,
            by=by,
            now=start,
        )
        ended = Ended(
            "held",
            agreed="yes",
            understood="yes",
            said=("Mornings are hard for you.", "You would like to work with plants one day."),
            agreed_steps=(f"{by.person.name} asks what courses there are at the nursery.",),
        )
        settling.settle(sitting, ended, wish, by=by, now=ends)
        if hard:
            words = "We talked about it over tea. A quieter afternoon after such a morning."
            afterwards.debrief(sitting, words=words, by=self.manager, now=ends + timedelta(hours=3))
        return (
            Interview.objects.filter(claim=appointment.interview.claim)
            .select_related("claim__customer", "claim__office__district")
            .order_by("-number")[0]
        )


def make_series(demo: Demo, now: datetime) -> int:
    """One customer a state. Says how many."""
    maker = Maker(demo, now)
    _area(demo, now)
    cases: list[Callable[[Maker], object]] = [
        ring_first,
        first_one_booked,
        in_mid_series,
        somebody_wrote,
        did_not_come,
        reason_asked,
        with_the_decision_maker,
        told_of_a_reduction,
        last_one_held,
        by_choice,
    ]
    for case in cases:
        case(maker)
    return len(cases)


def _area(demo: Demo, now: datetime) -> None:
    LocalSetting.objects.create(
        slug=EXISTING,
        key="regime.area",
        value="first_areas",
        office_code=demo.offices[0].code,
        valid_from=date(2005, 2, 7),
        because="One of the areas in which the programme began (E:L326-337).",
        set_by="Rosa Finch",
        set_at=now,
    )


def ring_first(maker: Maker) -> None:
    maker.claim(
        "S1",
        "Ring first",
        "as an adviser, the call before the letter: what worries the customer, what they need, then book.",
        when=maker.ago(3),
        programme=EXISTING,
        claimed_on=date(2002, 6, 3),
    )


def first_one_booked(maker: Maker) -> None:
    when = maker.ago(8)
    interview = maker.first(
        "S2",
        "First one booked",
        "the workspace, before: what was said, what is asked for; then make a personal link.",
        when=when,
    )
    before.set_preferences(
        interview.claim,
        privacy=Privacy.PRIVATE,
        time_of_day=TimeOfDay.AFTERNOON,
        medication="Drowsy until noon.",
        companion="her sister Jean",
        by=maker.adviser,
        now=when,
    )
    before.ask_for_help(
        interview, kind=HelpKind.TRAVEL, words="Two buses each way.", by=maker.adviser, now=when
    )
    maker.book(interview, now=when, on=at(add_working_days(day_of(maker.now), 2, maker.holidays), time(13)))


def in_mid_series(maker: Maker) -> None:
    first = maker.first(
        "S3",
        "In mid series",
        "as Tom Walsh, open today's or the next workspace, write, settle it with what comes next.",
        when=maker.ago(60),
    )
    held = maker.book(first, now=maker.ago(58), on=maker.ago(45))
    second = maker.hold(held, NextWish("find_time", about="courses at the nursery"))
    held = maker.book(second, now=maker.ago(40), on=maker.ago(25))
    third = maker.hold(held, NextWish("find_time", about="the open day at the nursery"))
    maker.book(third, now=maker.ago(20), on=max(maker.now + timedelta(minutes=20), maker.ago(0, 9)))


def somebody_wrote(maker: Maker) -> None:
    interview = maker.first(
        "S4",
        "Somebody wrote",
        "read the message and answer it; until then nobody can mark the appointment as missed.",
        when=maker.ago(15),
    )
    booked = maker.book(
        interview, now=maker.ago(14), on=at(add_working_days(day_of(maker.now), 1, maker.holidays), time(9))
    )
    inbound.log(
        interview.claim,
        way=Way.CALL,
        about=About.CANNOT_COME,
        words="My boy is ill, I have nobody for him.",
        appointment=booked.ref,
        by=maker.demo.agents[0],
        now=maker.ago(0, 9) if maker.ago(0, 9) < maker.now else maker.now,
    )


def did_not_come(maker: Maker) -> None:
    _missed(maker, "S5", "Did not come", "find out why: most of the time that is the end of it.", days=2)


def reason_asked(maker: Maker) -> None:
    appointment = _missed(
        maker, "S6", "Reason is asked", "the case with its gates: what is open, and why.", days=4
    )
    sanctions.open_breach(appointment, BreachKind.NOT_ATTENDING, by=maker.adviser, now=maker.ago(3))
    deliver_due(maker.ago(3, 12))


def with_the_decision_maker(maker: Maker) -> None:
    _referred(
        maker,
        "S7",
        "With the decision maker",
        "as a decision maker, read the bundle: decide, return it, or find good cause.",
    )


def told_of_a_reduction(maker: Maker) -> None:
    bundle = _referred(
        maker,
        "S8",
        "Told of a reduction",
        "set it aside, or see what the customer is told: nothing changes before the day in the letter.",
    )
    decider = _decider(maker)
    verdict = sanctions.Verdict(
        RulingOutcome.SANCTION,
        "You did not come, and we have heard no reason by letter, by telephone or at your door.",
    )
    sanctions.rule(bundle, verdict, by=decider, now=maker.ago(1))
    deliver_due(maker.ago(1, 15))


def last_one_held(maker: Maker) -> None:
    interview = maker.first(
        "S9",
        "Last one held",
        "look back with the customer: a day to be in touch, or an explicit end.",
        when=maker.ago(130),
    )
    for number in range(1, 7):
        held = maker.book(interview, now=maker.ago(130 - 20 * number + 8), on=maker.ago(130 - 20 * number))
        wish = NextWish("find_time", about="how things are") if number < 6 else NextWish("end_series")
        interview = maker.hold(held, wish, hard=number == 6)


def by_choice(maker: Maker) -> None:
    """Claimed long before the years that are called in: no interview, and an offer of help with a day."""
    maker.claim(
        "S10",
        "By choice",
        "offer a talk by choice; there is no way from here to any consequence.",
        when=maker.ago(4),
        programme=EXISTING,
        claimed_on=BEFORE_THE_COHORTS,
    )


def _missed(maker: Maker, code: str, title: str, tries: str, *, days: int) -> Appointment:
    interview = maker.first(code, title, tries, when=maker.ago(days + 20))
    booked = maker.book(interview, now=maker.ago(days + 15), on=maker.ago(days, 9))
    return settling.missed(booked, by=maker.adviser, now=max(booked.ends_at, maker.ago(days, 16)))


def _referred(maker: Maker, code: str, title: str, tries: str) -> Bundle:
    """Everything tried and asked, then handed over; who opens it sees every gate with its proof."""
    appointment = _missed(maker, code, title, tries, days=15)
    by = maker.adviser
    breach = sanctions.open_breach(appointment, BreachKind.NOT_ATTENDING, by=by, now=maker.ago(14))
    deliver_due(maker.ago(14, 12))
    for days, channel in ((13, Channel.PHONE), (11, Channel.PHONE), (9, Channel.VISIT)):
        sanctions.note_attempt(
            breach, channel, reached=False, words="Nobody there.", by=by, now=maker.ago(days)
        )
    answers = {
        question: sanctions.Said(SAFE.get(question, Answer.NO), "", "the record and a neighbour")
        for question in breach.questions_needed
    }
    sanctions.answer_safeguards(breach, answers, by=by, now=maker.ago(8))
    view = "Came to the first call in good spirits. I could not find out what happened."
    bundle = sanctions.refer(breach, adviser_view=view, paid_now=WEEKS_MONEY, by=by, now=maker.ago(3))
    deliver_due(maker.ago(3, 15))
    return bundle


def _decider(maker: Maker) -> Post:
    return Post.objects.filter(role=Role.DECISION_MAKER, team__office__district=maker.demo.district).order_by(
        "id"
    )[0]


def _customer(given: str, family: str, number: int, by: Post, when: datetime) -> Customer:
    """Written as a row: a synthetic NI number is refused by the verb, and rightly so."""
    customer = Customer.objects.create(
        ref=new_ref("C"),
        given_names=given,
        family_name=family,
        born_on=BORN,
        ni_number=f"QQ{number // 4:06d}{'ABCD'[number % 4]}",
        address="1 Example Street, Calder",
        postcode="ZZ1 9ZZ",
        telephone=f"+44770090{number % 1000:04d}",
        added_at=when,
        added_by=by,
        name_keys=sorted(name_keys(f"{given} {family}")),
    )
    note_event(Happened.CUSTOMER_ADDED, by=by, now=when, customer=customer.ref)
    return customer
