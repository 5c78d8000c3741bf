"""A random walk over all that can be done to claims, people and teams, as a hypothesis state machine.

Every step is one verb in its own transaction, committed for real. A verb may refuse; it may not fail.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import factories
from tests.cases.doing import settle
from tests.conftest import pack_of
from tests.diaries.makers import slot as slot_of
from tests.place import Place, make_place
from waymark.customers.models import Claim
from waymark.daily import run_days
from waymark.insight import integrity
from waymark.interviews import verbs
from waymark.interviews.advice import FIRST_CONTACT, RECONTACT
from waymark.interviews.diary.rules import Slot
from waymark.interviews.managing import verbs as managing
from waymark.interviews.models import Decision, Interview
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.interviews.sittings.taking_back import take_back_miss
from waymark.interviews.verbs import Wish
from waymark.kernel.clock import at, day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Post, Team
from waymark.programme.queries import Rules
from waymark.staffing import verbs as staffing
from waymark.worklist import people
from waymark.worklist import verbs as worklist
from waymark.worklist.models import Task

MOST_CLAIMS = 3
HEALTHY: dict[str, Any] = {}
NO_JOURNEY = {
    "health_matters": True,
    "able_to_take_part": True,
    "cannot_travel": True,
    "help_to_attend_accepted": False,
}
TERMINAL = {"health_matters": True, "terminal_illness": True}
VIEW = {
    "appropriate_now": "Not now.",
    "when": "Later.",
    "return_circumstances": "When I am well.",
    "support_wanted": "Advice.",
}
STILL_THE_SAME = {
    "recontact_answer": "reached",
    "claim_has_ended": False,
    "started_work": False,
    "what_has_changed": "nothing",
    "reason_resolved": "no",
    "wants_to_come_now": False,
}
WISHES = ("book", "book_a_time", "defer", "defer_long", "waive", "waive_and_stop")
LOST = """
    SELECT c.ref FROM customers_claim c WHERE c.status = 'live' AND NOT EXISTS (
        SELECT 1 FROM worklist_task t JOIN organisations_team m ON m.id = t.team_id
         WHERE t.claim_id = c.id AND t.closed_at IS NULL AND t.due_on IS NOT NULL AND m.closed_on IS NULL)
"""
LEFT_ALONE = frozenset({"django_migrations", "django_content_type"})
KEPT = LEFT_ALONE | {"programme_packversion", "programme_publication"}

claims = st.integers(0, MOST_CLAIMS - 1)
posts = st.sampled_from(["agent", "leader", "adviser", "second_adviser", "manager"])
lookers = st.sampled_from(["leader", "manager", "agent"])
sides = st.sampled_from(["adviser", "second_adviser"])
ahead = st.integers(1, 5)


def empty(kept: Collection[str] = KEPT) -> None:
    """Take everything out but the programme; with `kept=LEFT_ALONE` the programme as well."""
    tables = [name for name in connection.introspection.table_names() if name not in kept]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE {} CASCADE".format(", ".join(f'"{name}"' for name in tables)))


def lost_claims() -> list[str]:
    """Live claims without an open task that an open team owns and that has a day."""
    with connection.cursor() as cursor:
        cursor.execute(LOST)
        return [row[0] for row in cursor.fetchall()]


def broken_rules(replays: int = 0) -> list[str]:
    """What `waymark check` would find."""
    found = [finding for finding in integrity.check(replays=replays) if finding.count]
    return [f"{finding.rule.sentence}: {', '.join(finding.named)}" for finding in found]


@lru_cache
def answers(kind: str) -> dict[str, Any]:
    """Everything a conversation of this kind is asked, with the answers."""
    rules = Rules(pack_of("jobcentre-plus-2002"), factories.TODAY)
    facts = {"book": HEALTHY, "book_a_time": HEALTHY, "defer": NO_JOURNEY, "defer_long": NO_JOURNEY}
    said = facts.get(kind, TERMINAL)
    known = {"benefit": "ib", "group": "sick_or_disabled", "wants_interview": False}
    given, _found, _asked = settle(rules, said, **known)
    return {name: value for name, value in given.items() if not rules.facts[name].derived}


class Walk(RuleBasedStateMachine):
    """One district, a few claims, and a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.place: Place
        self.now: datetime = factories.NOW
        self.claims: list[Claim] = []
        self.done: list[str] = []
        self.looked_at = 0

    @initialize(first=st.sampled_from(WISHES), second=st.sampled_from(WISHES))
    def begin(self, first: str, second: str) -> None:
        """Two claims that are settled somehow; more come on the way."""
        empty()
        self.place = make_place()
        elsewhere = factories.office(district=self.place.district)
        # Where the work of a team that closes goes: a district keeps one first-contact team at least.
        other_centre = factories.contact_centre(district=self.place.district)
        self.spare = {
            TeamKind.DEFERRALS: factories.team(TeamKind.ADVISERS, office=elsewhere),
            TeamKind.LEADERS: factories.team(TeamKind.MANAGERS, office=elsewhere),
            TeamKind.FIRST_CONTACT: factories.team(TeamKind.FIRST_CONTACT, office=other_centre),
        }
        for number, kind in enumerate((first, second)):
            self.open_claim()
            self.talk_and_decide(number, "agent", kind, days=2 + number)

    # What every step needs

    @property
    def today(self) -> date:
        return day_of(self.now)

    def post(self, name: str) -> Post:
        held: Post = getattr(self.place, name)
        return Post.objects.select_related("person", "team__office__district").get(pk=held.pk)

    def attempt(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do it, and go on when it is refused in words; anything else that goes wrong is a failure."""
        self.now += timedelta(minutes=1)
        try:
            done = verb(*args, now=self.now, **kwargs)
        except Refused as refused:
            assert refused.message
            return None
        self.done.append(verb.__name__)
        return done

    def interview(self, number: int, *states: str) -> Interview:
        """One of the interviews in these states; any, where none is in them: then the verb has to refuse."""
        mine = Interview.objects.filter(claim__in=self.claims).order_by("id")
        every = list(mine.select_related("claim__customer", "claim__office__district"))
        fitting = [interview for interview in every if interview.state in states] or every
        return fitting[number % len(fitting)]

    def slot(self, name: str, days: int, hour: int = 10) -> Slot:
        day = next_working_day(self.today + timedelta(days=days), ())
        return slot_of(self.post(name), at(day, time(hour)))

    def wish(self, kind: str, days: int) -> Wish:
        why = {"otherwise_code": "customer_wishes", "otherwise_words": "So the customer says."}
        slot = self.slot("adviser", days, hour=9 + days) if kind == "book_a_time" else None
        until = self.today + timedelta(days=20 + days if kind == "defer" else 200)
        return {
            "book": Wish("book", **why),
            "book_a_time": Wish("book", slot=slot, **why),
            "defer": Wish("defer", "cannot_travel", until=until, **why),
            "defer_long": Wish("defer", "cannot_travel", until=until, length_reason="It is so.", **why),
            "waive": Wish("waive", "terminal_illness", **why),
            "waive_and_stop": Wish("waive", "terminal_illness", stop_contact=True, **why),
        }[kind]

    # Claims

    @rule()
    def open_claim(self) -> None:
        if len(self.claims) < MOST_CLAIMS:
            self.claims.append(self.place.claim(now=self.now).claim)
            self.done.append("open_claim")

    @rule(number=claims)
    def open_a_claim_again(self, number: int) -> None:
        old = self.claims[number % len(self.claims)]
        fields = {
            "benefit": "ib",
            "group": "sick_or_disabled",
            "programme": old.programme,
            "office": old.office,
            "claimed_on": self.today,
            "period_from": self.today,
            "route": "form",
            "by": self.post("agent"),
        }
        made = self.attempt(verbs.open_claim, old.customer, **fields)
        if made is not None:
            self.claims[number % len(self.claims)] = made

    @rule(number=claims, benefit=st.sampled_from(["is", "jsa", "ib"]))
    def change_the_benefit(self, number: int, benefit: str) -> None:
        claim = self.interview(number).claim
        self.attempt(
            verbs.change_benefit, claim, benefit, why="So decided.", on=self.today, by=self.post("agent")
        )

    @rule(number=claims, by=posts, sure=st.integers(0, 3))
    def end_a_claim(self, number: int, by: str, sure: int) -> None:
        if sure == 0:
            claim = self.interview(number).claim
            self.attempt(verbs.end_claim, claim, reason="started_work", on=self.today, by=self.post(by))

    # Calls and conversations

    @rule(
        number=claims,
        outcome=st.sampled_from(
            ["answered", "no_answer", "left_message", "wrong_number", "call_back_requested"]
        ),
    )
    def ring(self, number: int, outcome: str) -> None:
        later = (self.now + timedelta(days=1), self.now + timedelta(days=1, hours=2))
        window = later if outcome == "call_back_requested" else None
        by = self.post("agent")
        self.attempt(verbs.attempt_call, self.interview(number, "due"), outcome=outcome, window=window, by=by)

    @rule(number=claims, by=posts, direction=st.sampled_from(["in", "out"]))
    def begin_to_talk(self, number: int, by: str, direction: str) -> None:
        self.attempt(
            verbs.start_conversation, self.interview(number, "due"), direction=direction, by=self.post(by)
        )

    @rule(number=claims, what=st.sampled_from(["answer", "hold", "break_off", "resume", "consult", "finish"]))
    def go_on_talking(self, number: int, what: str) -> None:
        talk = self.interview(number).conversations.exclude(state="finished").first()
        if talk is None:
            return
        by = talk.agent
        if what == "answer":
            self.attempt(verbs.answer, talk, NO_JOURNEY, by=by)
        elif what == "break_off":
            self.attempt(verbs.break_off, talk, why="The line went dead.", by=by)
        elif what == "consult":
            self.attempt(verbs.consult, talk, "What would you do?", by=by)
        elif what in {"hold", "resume"}:
            self.attempt({"hold": verbs.hold, "resume": verbs.resume}[what], talk, by=self.post("agent"))

    @rule(number=claims, by=lookers)
    def answer_a_question(self, number: int, by: str) -> None:
        claim = self.interview(number).claim
        waiting = Task.objects.filter(claim=claim, closed_at=None, kind="answer_question").first()
        if waiting is not None:
            self.attempt(verbs.answer_question, waiting.question, "Ask her.", by=self.post(by))

    @rule(number=claims, by=posts, kind=st.sampled_from(WISHES), days=ahead)
    def talk_and_decide(self, number: int, by: str, kind: str, days: int) -> None:
        who = self.post(by)
        talk = self.attempt(verbs.start_conversation, self.interview(number, "due"), direction="in", by=who)
        if talk is None:
            return
        self.attempt(verbs.answer, talk, answers(kind), by=who)
        self.attempt(verbs.explain_support, talk, ["better_off"], by=who)
        self.attempt(verbs.offer_interview, talk, wanted=False, by=who)
        self.attempt(verbs.give_view, talk, **VIEW, by=who)
        talk.refresh_from_db()
        self.attempt(verbs.decide, talk, self.wish(kind, days), by=who)

    # The second look

    @rule(number=claims, by=lookers, what=st.sampled_from(["agree", "reverse", "ask_back", "answer_check"]))
    def look_again(self, number: int, by: str, what: str) -> None:
        mine = Decision.objects.filter(interview__claim__in=self.claims, check_made__isnull=False)
        waiting = mine.exclude(check_made__state__in=["agreed", "reversed", "overtaken"]).order_by("-id")
        decisions = list(waiting or mine)
        if not decisions:
            return
        decision = decisions[number % len(decisions)]
        words = {"agree": {"words": "Fine."}, "reverse": {"words": "She can come."}}.get(what, {})
        more = ["Why so long?"] if what == "ask_back" else ["So she said."] if what == "answer_check" else []
        self.attempt(getattr(verbs, what), decision.check_made, *more, **words, by=self.post(by))

    # Looking after deferrals and waivers

    @rule(
        number=claims,
        by=posts,
        outcome=st.sampled_from(
            ["answered", "no_answer", "left_message", "number_gone", "call_back_requested"]
        ),
    )
    def recontact(self, number: int, by: str, outcome: str) -> None:
        deferral = self.interview(number, "deferred").deferrals.last()
        later = (self.now + timedelta(days=1), self.now + timedelta(days=1, hours=2))
        window = later if outcome == "call_back_requested" else None
        if deferral is not None:
            self.attempt(verbs.attempt_recontact, deferral, outcome=outcome, window=window, by=self.post(by))

    @rule(number=claims, by=posts)
    def write_instead(self, number: int, by: str) -> None:
        deferral = self.interview(number, "deferred").deferrals.last()
        if deferral is not None:
            self.attempt(verbs.ask_by_letter, deferral, why="There is no number.", by=self.post(by))

    @rule(number=claims, by=posts, kind=st.sampled_from(WISHES), days=ahead)
    def settle_the_recontact(self, number: int, by: str, kind: str, days: int) -> None:
        self.attempt(
            verbs.decide_again,
            self.interview(number, "deferred"),
            self.wish(kind, days),
            stage="recontact",
            table=RECONTACT,
            given=STILL_THE_SAME,
            words="Nothing has changed.",
            view=VIEW,
            by=self.post(by),
        )

    @rule(number=claims, by=posts, kind=st.sampled_from(WISHES), days=ahead)
    def decide_at_the_interview(self, number: int, by: str, kind: str, days: int) -> None:
        self.attempt(
            verbs.decide_again,
            self.interview(number, "booked"),
            self.wish(kind, days),
            stage="at_interview",
            table=FIRST_CONTACT,
            given=answers(kind),
            words="As was seen.",
            view=VIEW,
            by=self.post(by),
        )

    @rule(number=claims, by=posts, outcome=st.sampled_from(["in_work", "claim_ended", "book"]))
    def end_after_recontact(self, number: int, by: str, outcome: str) -> None:
        deferral = self.interview(number, "deferred").deferrals.last()
        if deferral is not None:
            self.attempt(
                verbs.end_after_recontact,
                deferral,
                outcome=outcome,
                on=self.today,
                words="Has begun to work.",
                by=self.post(by),
            )

    @rule(number=claims, by=posts, days=ahead, with_time=st.booleans(), who=sides)
    def bring_forward(self, number: int, by: str, days: int, with_time: bool, who: str) -> None:
        self.attempt(
            verbs.bring_forward,
            self.interview(number, "deferred", "waived"),
            asked_by="customer",
            words="Would like to come.",
            slot=self.slot(who, days) if with_time else None,
            by=self.post(by),
        )

    @rule(number=claims, by=posts, trigger_meeting=st.booleans())
    def review_the_waiver(self, number: int, by: str, trigger_meeting: bool) -> None:
        waiver = self.interview(number, "waived").waivers.last()
        if waiver is not None:
            self.attempt(
                verbs.review_waiver,
                waiver,
                trigger_meeting=trigger_meeting,
                words="As before.",
                by=self.post(by),
            )

    # Appointments

    @rule(number=claims, by=posts, days=ahead, hour=st.integers(9, 11), who=sides)
    def book(self, number: int, by: str, days: int, hour: int, who: str) -> None:
        self.attempt(
            verbs.book_interview, self.interview(number, "due"), self.slot(who, days, hour), by=self.post(by)
        )

    @rule(number=claims, by=posts, days=ahead, who=sides)
    def book_by_letter(self, number: int, by: str, days: int, who: str) -> None:
        self.attempt(
            verbs.book_by_letter,
            self.interview(number, "deferred", "due"),
            self.slot(who, days + 3),
            by=self.post(by),
        )

    @rule(
        number=claims,
        by=posts,
        days=ahead,
        who=sides,
        why=st.sampled_from([("customer", "customer_asked_to_move"), ("us", "adviser_ill")]),
    )
    def move(self, number: int, by: str, days: int, who: str, why: tuple[str, str]) -> None:
        booked = self.interview(number, "booked").appointments.last()
        if booked is not None:
            self.attempt(
                verbs.move_interview,
                booked,
                self.slot(who, days, 14),
                caused_by=why[0],
                reason=why[1],
                by=self.post(by),
            )

    @rule(number=claims, by=posts, cause=st.sampled_from(["customer", "us", "other"]))
    def cancel(self, number: int, by: str, cause: str) -> None:
        booked = self.interview(number, "booked").appointments.last()
        reason = {"customer": "customer_care", "us": "no_room", "other": "weather_or_transport"}[cause]
        if booked is not None:
            self.attempt(verbs.cancel_interview, booked, caused_by=cause, reason=reason, by=self.post(by))

    @rule(number=claims, by=posts, came=st.booleans())
    def the_hour_comes(self, number: int, by: str, came: bool) -> None:
        booked = self.interview(number, "booked").appointments.last()
        if booked is None:
            return
        if booked.state == "booked":
            self.now = max(self.now, booked.ends_at)
        if came:
            self.sit_and_settle(booked, self.post(by))
        else:
            self.attempt(settling.missed, booked, by=self.post(by))

    @rule(number=claims, by=posts)
    def take_back_that_nobody_came(self, number: int, by: str) -> None:
        appointment = self.interview(number, "due").appointments.filter(state="missed").last()
        if appointment is not None:
            self.attempt(take_back_miss, appointment, words="She was there.", by=self.post(by))

    def sit_and_settle(self, booked, by) -> None:
        """The talk in a few lines, and its end with a day to be in touch."""
        sitting = self.attempt(sittings.open_sitting, booked, by=by)
        if sitting is None:
            return
        self.attempt(sittings.note_state, sitting, capacity="able", by=by)
        for entry in pack_of("jobcentre-plus-2002").interview["options"]:
            self.attempt(sittings.show_option, sitting, entry["code"], "shown", by=by)
        ended = Ended("held", why="It was soon said.", understood="yes")
        wish = NextWish("follow_up", on=self.today + timedelta(days=5), about="How the course goes.")
        self.attempt(settling.settle, sitting, ended, wish, by=by)

    @rule(number=claims, by=posts)
    def hear_why_they_did_not_come(self, number: int, by: str) -> None:
        self.attempt(settling.reason_heard, self.interview(number, "due"), words="The bus.", by=self.post(by))

    # Contact

    @rule(number=claims, by=posts)
    def stop_contact(self, number: int, by: str) -> None:
        customer = self.interview(number).claim.customer
        self.attempt(
            verbs.stop_contact,
            customer,
            reason="bereavement",
            words="Her mother has died.",
            look_again_on=self.today + timedelta(days=20),
            by=self.post(by),
        )

    @rule(number=claims, by=posts)
    def lift_the_stop(self, number: int, by: str) -> None:
        stop = self.interview(number).claim.customer.stops.filter(lifted_at=None).first()
        if stop is not None:
            self.attempt(verbs.lift_stop, stop, why="She has rung.", by=self.post(by))

    # The worklist

    @rule(number=claims, by=posts, what=st.sampled_from(["take", "give_back", "give", "move"]))
    def handle_a_task(self, number: int, by: str, what: str) -> None:
        task = Task.objects.filter(claim=self.interview(number).claim, closed_at=None).first()
        who = self.post(by)
        if task is None:
            return
        if what == "take":
            self.attempt(worklist.take, task, by=who)
        elif what == "move":
            due_on = self.today + timedelta(days=2)
            self.attempt(worklist.move, task, due_on=due_on, why="Asked for later.", by=who)
        else:
            person = who.person if what == "give" else None
            self.attempt(worklist.give, task, person=person, by=self.post("manager"))

    @rule(number=claims, by=posts)
    def promise(self, number: int, by: str) -> None:
        claim = self.interview(number).claim
        self.attempt(worklist.make_promise, claim, words="We ring you.", due_on=self.today, by=self.post(by))

    @rule(number=claims, by=posts)
    def keep_a_promise(self, number: int, by: str) -> None:
        claim = self.interview(number).claim
        task = Task.objects.filter(claim=claim, kind="promise", closed_at=None).first()
        if task is not None:
            self.attempt(worklist.keep_promise, task, words="Rung.", by=self.post(by))

    # People and teams

    @rule(who=posts, hand_over=st.booleans())
    def somebody_leaves_and_somebody_comes(self, who: str, hand_over: bool) -> None:
        """Half the time the person leaves, half the time only the post ends; a new colleague comes."""
        post, by = self.post(who), self.post("administrator")
        yesterday = self.today - timedelta(days=1)
        if hand_over:
            gone = self.attempt(managing.adviser_leaves, post.person, on=yesterday, by=by)
        else:
            gone = self.attempt(people.post_ends, post, ends_on=yesterday, by=by)
        team = Team.objects.filter(office=post.team.office, kind=post.team.kind, closed_on=None).first()
        if gone is not None and team is not None:
            setattr(self.place, who, factories.post(Role(post.role), team=team))

    @rule(who=posts)
    def somebody_is_away(self, who: str) -> None:
        self.attempt(
            staffing.note_absence,
            self.post(who).person,
            first_day=self.today,
            last_day=self.today + timedelta(days=3),
            reason="Holiday",
            cover=None,
            by=self.post("administrator"),
        )

    @rule(kind=st.sampled_from([TeamKind.DEFERRALS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT]))
    def a_team_closes(self, kind: TeamKind) -> None:
        """Into a team that stays: afterwards the district has one less, or none, of its kind."""
        here = [self.place.office, self.place.centre]
        team = Team.objects.filter(kind=kind, closed_on=None, office__in=here).first()
        if team is not None:
            by = self.post("administrator")
            self.attempt(people.team_closes, team, successor=self.spare[kind], on=self.today, by=by)
            for name in ("agent", "leader", "adviser", "second_adviser", "manager"):
                held = Post.objects.filter(person=self.post(name).person, ends_on=None).first()
                setattr(self.place, name, held or self.post(name))

    @rule(kind=st.sampled_from([TeamKind.DEFERRALS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT]))
    def a_team_opens(self, kind: TeamKind) -> None:
        office = self.place.office if kind == TeamKind.DEFERRALS else self.place.centre
        self.attempt(staffing.open_team, office, kind=kind, name=f"New {kind}", by=self.post("administrator"))

    # Time

    @rule(days=st.sampled_from([1, 1, 1, 3, 8, 30]))
    def days_pass(self, days: int) -> None:
        self.now = at(self.today + timedelta(days=days), time(9))
        run_days(self.today, now=self.now)
        self.done.append("run_days")

    # What must hold after every step

    @invariant()
    def nobody_is_lost_and_every_rule_holds(self) -> None:
        """A step in which nothing was done, because all of it was refused, has nothing new to look at."""
        if len(self.done) > self.looked_at:
            assert lost_claims() == []
            assert broken_rules() == []
            self.looked_at = len(self.done)

    def teardown(self) -> None:
        """At the end of a walk its decisions replay as well."""
        if self.claims:
            assert broken_rules(replays=5) == []
