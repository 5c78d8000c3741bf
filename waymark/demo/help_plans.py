"""Customers in every state of plan and work, made through the real verbs: each record's note says what to try."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal

from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import AgreedHow, Origin, Seen, SeenBy
from waymark.actionplans.models import Plan, Step
from waymark.actionplans.owners import StepOwner
from waymark.actionplans.queries import newest_version
from waymark.customers.models import Claim
from waymark.demo.district import Demo
from waymark.demo.series import Maker
from waymark.employment import verbs as work
from waymark.employment.enums import Answer, Appeal, Disclosing, EvidenceKind, GoesOn, Going, JobKind
from waymark.employment.models import Job, TransitionPlan
from waymark.interviews import verbs as interviews
from waymark.interviews.enums import Next, Readiness
from waymark.interviews.models import Interview
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import NextWish
from waymark.kernel.clock import at, day_of
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.worklist.verbs import make_promise

FIRST_NUMBER = 3_980_000
DAY = timedelta(days=1)
COLLEGE = StepOwner.provider(name="Mary Holt of Calder College")


def make_plans(demo: Demo, now: datetime) -> int:
    """One customer a state. Says how many."""
    maker = Maker(demo, now, FIRST_NUMBER)
    cases: list[Callable[[Maker], object]] = [
        plan_agreed,
        plan_changed,
        plan_not_agreed,
        job_begun,
        job_that_lasts,
        job_to_come,
        job_left,
        small_work,
        benefit_lost,
        appeal_runs,
    ]
    for case in cases:
        case(maker)
    return len(cases)


def _step(
    maker: Maker,
    claim: Claim,
    words: str,
    who: StepOwner,
    days: int,
    when: datetime,
    origin: Origin = Origin.INTERVIEW,
    why: str = "",
) -> Step:
    """A step due so many days after it was agreed."""
    return plans.add_step(
        claim,
        words=words,
        who=who,
        due_on=day_of(when) + days * DAY,
        origin=origin,
        why=why,
        by=maker.adviser,
        now=when,
    )


def _agree(maker: Maker, claim: Claim, when: datetime) -> None:
    version = newest_version(claim)
    if version is not None:
        how = AgreedHow.TOGETHER
        plans.agree(version, agreed=True, on=day_of(when), how=how, by=maker.adviser, now=when)


def _job(
    maker: Maker, claim: Claim, employer: str, hours: int, begins: datetime, told: datetime, **more: object
) -> Job:
    kind = more.pop("kind", JobKind.EMPLOYED)
    new = work.NewJob(
        employer,
        JobKind(str(kind)),
        Decimal(hours),
        day_of(begins),
        pay_pence=None if kind == JobKind.VOLUNTARY else 520,
        pay_period="" if kind == JobKind.VOLUNTARY else "hour",
    )
    return work.record_job(claim, new, by=maker.adviser, now=told)


def plan_agreed(maker: Maker) -> None:
    """A way of three months: signs of progress, two views of how far work is, steps of all three owners."""
    title = "Plan, and distance travelled"
    tries = "the plan: say how a step stands; distance travelled; print the plan."
    interview = maker.first("A1", title, tries, when=maker.ago(70))
    claim, adviser = interview.claim, StepOwner.adviser(maker.adviser.person)
    _two_interviews(maker, interview)
    begun = maker.ago(58)
    plans.set_aim(claim, words="To work with plants, some mornings a week.", by=maker.adviser, now=begun)
    plans.set_barriers(claim, ["health", "confidence"], by=maker.adviser, now=begun)
    goal = plans.set_goal(claim, words="Go out alone twice a week", by=maker.adviser, now=begun)
    done = _step(maker, claim, "Look at the nursery on a Saturday", StepOwner.customer(), 10, begun)
    _step(maker, claim, "Find out what the course costs", adviser, 14, maker.ago(12))
    _agree(maker, claim, maker.ago(12) + timedelta(hours=1))
    plans.do_step(done, words="Went with her sister. Liked it.", by=maker.adviser, now=maker.ago(45))
    plans.close_goal(goal, reached=True, by=maker.adviser, now=maker.ago(20))
    _step(
        maker,
        claim,
        "Ask the doctor whether two mornings are all right",
        StepOwner.customer(),
        9,
        maker.ago(10),
    )
    _step(maker, claim, "Keep a place on the course", COLLEGE, 21, maker.ago(10))
    _agree(maker, claim, maker.ago(10) + timedelta(hours=1))
    plan = Plan.objects.get(claim=claim)
    words = "She goes out alone now. Next: the course."
    plans.review(plan, words=words, next_on=day_of(maker.now) + 18 * DAY, by=maker.adviser, now=maker.ago(10))
    for ago, confidence, more in ((58, Seen.NOT_YET, Seen.NOT_YET), (35, Seen.A_LITTLE, Seen.A_LITTLE)):
        signs = {"confidence": confidence, "does_more": more, "engages": Seen.CLEARLY}
        when = maker.ago(ago)
        plans.see_signs(claim, signs, on=day_of(when), by=maker.adviser, now=when)
    when = maker.ago(10)
    plans.see_signs(
        claim,
        {"confidence": Seen.CLEARLY, "drive": Seen.A_LITTLE},
        seen_by=SeenBy.CUSTOMER,
        words="Came by bus, alone.",
        on=day_of(when),
        by=maker.adviser,
        now=when,
    )


def _two_interviews(maker: Maker, interview: Interview) -> None:
    """Two talks, each with how far work seemed to the one and to the other; the third has its time."""
    views = ((Readiness.FURTHER, Readiness.NOT_SEEN), (Readiness.YEAR, Readiness.FURTHER))
    for ago, (ours, theirs) in zip((64, 40), views, strict=True):
        booked = maker.book(interview, now=maker.ago(ago + 3), on=maker.ago(ago))
        start = booked.starts_at
        sitting = sittings.arrive(booked, by=maker.adviser, now=start)
        sittings.note_state(
            sitting, distance_adviser=ours, distance_customer=theirs, by=maker.adviser, now=start
        )
        interview = maker.hold(booked, NextWish(Next.FIND_TIME))
    ahead = add_working_days(day_of(maker.now), 4, maker.holidays)
    maker.book(interview, now=maker.ago(10), on=at(ahead, time(9)))


def plan_changed(maker: Maker) -> None:
    """A draft after an agreed version, with a promise that can become a step."""
    title = "Plan changed since it was agreed"
    claim = maker.volunteer(
        "A2", title, "go through the draft; put the promise into the plan.", when=maker.ago(25)
    )
    begun = maker.ago(20)
    _step(maker, claim, "Write down three things you liked about work", StepOwner.customer(), 14, begun)
    _agree(maker, claim, begun + timedelta(hours=1))
    step = _step(maker, claim, "Try the computer course for a day", COLLEGE, 30, maker.ago(6))
    plans.change_step(
        step,
        due_on=step.due_on + 7 * DAY,
        why="The college is shut for a week.",
        by=maker.adviser,
        now=maker.ago(3),
    )
    due = day_of(maker.now) + 5 * DAY
    words = "Information on courses that are done at home"
    make_promise(claim, words=words, due_on=due, by=maker.adviser, now=maker.ago(2))


def plan_not_agreed(maker: Maker) -> None:
    claim = maker.volunteer(
        "A3", "Plan the customer does not agree with", "look at the plan with them.", when=maker.ago(12)
    )
    _step(maker, claim, "Go to the group on Mondays", StepOwner.customer(), 14, maker.ago(8))
    version = newest_version(claim)
    if version is not None:
        plans.agree(
            version,
            agreed=False,
            on=day_of(maker.ago(1)),
            how=AgreedHow.PHONE,
            words="Not a group. I would come to a talk with one person.",
            by=maker.adviser,
            now=maker.ago(1),
        )


def job_begun(maker: Maker) -> None:
    claim = maker.volunteer(
        "A4", "In work since last week", "ring; offer support; see the hints.", when=maker.ago(30)
    )
    work.set_wishes(
        claim,
        work="with plants",
        most_hours=Decimal(16),
        most_travel_minutes=45,
        avoid="pay by commission",
        by=maker.adviser,
        now=maker.ago(25),
    )
    work.talk_of_disclosure(
        claim,
        advice="Went through all four ways. Nobody has to tell; help is easier to get for who does.",
        decided=Disclosing.ONE_PERSON,
        whom="the supervisor",
        words="I would tell Jean, nobody else.",
        ways_shown=True,
        law_named=True,
        by=maker.adviser,
        now=maker.ago(20),
    )
    _job(maker, claim, "Calder Nurseries", 20, maker.ago(5), maker.ago(5))


def job_that_lasts(maker: Maker) -> None:
    title = "Fourteen weeks of work, two employers"
    claim = maker.volunteer("A5", title, "note the 13 weeks; see how the clock counts.", when=maker.ago(90))
    first = _job(maker, claim, "Mill Lane Bakery", 18, maker.ago(75), maker.ago(75))
    work.offer_support(
        first,
        forms=["calls", "return_to_work_credit"],
        answer=Answer.ACCEPTED,
        by=maker.adviser,
        now=maker.ago(74),
    )
    work.see_evidence(
        first,
        kind=EvidenceKind.PAYSLIP,
        shows="18 hours, £5.20 an hour",
        on=day_of(maker.ago(60)),
        by=maker.adviser,
        now=maker.ago(60),
    )
    for number, going in enumerate((Going.MIXED, Going.WELL)):
        call = first.calls.filter(state="planned").order_by("due_on").first()
        if call is not None:
            words = "Early starts are hard. The baker lets her begin at six." if going == Going.MIXED else ""
            work.talk(
                call,
                going=going,
                problems=["hours"] if words else [],
                words=words,
                by=maker.adviser,
                now=maker.ago(68 - 14 * number),
            )
    second = _job(maker, claim, "Bridge Street Café", 20, maker.ago(30), maker.ago(30))
    work.offer_support(second, forms=["calls"], answer=Answer.ACCEPTED, by=maker.adviser, now=maker.ago(30))
    for call in second.calls.filter(state="planned", due_on__lt=day_of(maker.now)).order_by("due_on"):
        due = at(next_working_day(call.due_on, maker.holidays), time(11))
        work.talk(call, going=Going.WELL, by=maker.adviser, now=min(due, maker.now))
    work.leave_job(
        first,
        on=day_of(maker.ago(32)),
        because="other_job",
        next_words="Ring once in the new job",
        next_on=day_of(maker.now) + DAY,
        by=maker.adviser,
        now=maker.ago(30),
    )


def job_to_come(maker: Maker) -> None:
    claim = maker.volunteer("A6", "A job begins next week", "say whether it has begun.", when=maker.ago(20))
    _job(maker, claim, "Northgate Stores", 16, maker.now + 7 * DAY, maker.ago(2))


def job_left(maker: Maker) -> None:
    title = "A job has ended: a step back in"
    claim = maker.volunteer(
        "A7", title, "ring kindly; see the step in the plan and the letter.", when=maker.ago(60)
    )
    job = _job(maker, claim, "Door-to-door sales", 14, maker.ago(40), maker.ago(40))
    work.leave_job(
        job,
        on=day_of(maker.ago(2)),
        because="demands",
        words="Too much walking, paid by what she sold.",
        next_words="Talk about work that would suit better",
        next_on=day_of(maker.now) + 6 * DAY,
        by=maker.adviser,
        now=maker.ago(1),
    )


def small_work(maker: Maker) -> None:
    """For both, help was offered on the day they began, and calls were not wanted."""
    claim = maker.volunteer(
        "A8", "Small and unpaid work", "both are seen, neither ends anything.", when=maker.ago(50)
    )
    for employer, hours, days, kind in (
        ("Calder Library", 8, 30, JobKind.PERMITTED),
        ("Day centre, art group", 4, 20, JobKind.VOLUNTARY),
    ):
        job = _job(maker, claim, employer, hours, maker.ago(days), maker.ago(days), kind=kind)
        work.offer_support(
            job,
            forms=["calls"],
            answer=Answer.DECLINED,
            calls_welcome=False,
            by=maker.adviser,
            now=maker.ago(days, 11),
        )


def benefit_lost(maker: Maker) -> None:
    title = "Found not entitled: what goes on?"
    claim = maker.volunteer("A9", title, "agree what goes on, and with whom.", when=maker.ago(45))
    _step(maker, claim, "Keep the place on the course", COLLEGE, 60, maker.ago(20))
    yesterday = maker.ago(1)
    interviews.end_claim(claim, reason="not_entitled", on=day_of(yesterday), by=maker.adviser, now=yesterday)


def appeal_runs(maker: Maker) -> None:
    title = "An appeal is under way"
    claim = maker.volunteer("A10", title, "be in touch; say how the appeal ended.", when=maker.ago(60))
    when = maker.ago(12)
    interviews.end_claim(claim, reason="not_entitled", on=day_of(when), by=maker.adviser, now=when)
    plan = TransitionPlan.objects.get(claim=claim)
    help_after = [
        work.Help(
            "The course at Calder College", GoesOn.YES, "until July, it is paid", maker.adviser.person.name
        ),
        work.Help("Talks with the job broker", GoesOn.TO_FIND_OUT, "the broker asks who pays, by Friday"),
    ]
    plan = work.agree_transition(
        plan,
        help=help_after,
        person=maker.adviser.person,
        other_benefits=plan.other_benefits,
        contact_on=day_of(maker.now) + DAY,
        told_on=day_of(when),
        by=maker.adviser,
        now=when,
    )
    work.note_appeal(
        plan,
        Appeal.RUNNING,
        words="The advice centre wrote it with him.",
        contact_on=day_of(maker.now) + 2 * DAY,
        by=maker.adviser,
        now=maker.ago(5),
    )
