"""Where a customer is on their way: one function a state."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta

from waymark.customers.models import Claim
from waymark.demo.bulk.decided import check, decide, have_talk
from waymark.demo.bulk.letters import send_letter
from waymark.demo.bulk.maker import Maker
from waymark.demo.bulk.meetings import book_appointment, note_booking
from waymark.demo.stories import BOOKED, STORIES, WAIVED
from waymark.interviews import notice_words
from waymark.interviews.models import Check, Decision, Deferral, Waiver
from waymark.interviews.rules import recontact_day
from waymark.kernel.clock import at, day_of
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.notices.enums import NoticeKind
from waymark.organisations.enums import TeamKind
from waymark.record.enums import Happened


def to_call(maker: Maker, claim: Claim) -> None:
    maker.task(claim, "first_call", maker.first_contact(), maker.worked(claim.claimed_on))


def call_back(maker: Maker, claim: Claim) -> None:
    on = next_working_day(maker.on + timedelta(days=maker.random.randrange(-1, 2)), maker.holidays)
    start = at(on, time(maker.random.choice([9, 11, 13, 15])))
    maker.task(
        claim,
        "call_back",
        maker.first_contact(),
        on,
        origin=Happened.CALL_BACK_AGREED,
        window_from=start,
        window_until=start + timedelta(hours=1),
        words="Asked to be called back",
    )
    maker.event(claim, Happened.CALL_BACK_AGREED, next(maker.agents), outcome="Asked to be called back")


def broken_off(maker: Maker, claim: Claim) -> None:
    agent = next(maker.agents)
    story = maker.random.choice(STORIES)
    talk = have_talk(
        maker, claim, story, agent, maker.now - timedelta(hours=2), state="broken_off", finished=False
    )
    maker.task(
        claim,
        "finish_call",
        maker.first_contact(),
        maker.on,
        person=agent.person,
        origin=Happened.CALL_BROKEN_OFF,
    )
    maker.event(claim, Happened.CALL_BROKEN_OFF, agent, at_=talk.touched_at, why="The line went dead.")


def booked(maker: Maker, claim: Claim) -> None:
    story, moment = maker.random.choice(BOOKED), maker.called(claim)
    agent = next(maker.agents)
    decision, _ = decide(maker, claim, story, agent, moment, "book")
    adviser, starts = next(maker.diaries[claim.office_id].ahead)
    appointment = book_appointment(maker, decision.interview, adviser, starts, "booked", agent, moment)
    maker.task(
        claim,
        "hold_interview",
        maker.advisers(claim.office),
        day_of(starts),
        person=adviser.person,
        origin=Happened.INTERVIEW_BOOKED,
        window_from=starts,
        window_until=starts + timedelta(minutes=15),
    )
    send_letter(maker, claim, NoticeKind.BOOKED, notice_words.of_appointment(appointment), agent, moment)
    note_booking(maker, claim, decision, appointment, agent, moment)


def deferred(maker: Maker, claim: Claim) -> None:
    story, moment = maker.story(STORIES), maker.called(claim)
    agent = next(maker.agents)
    decision, advice = decide(maker, claim, story, agent, moment, "defer")
    check(maker, decision, moment)
    until = decision.until or maker.on
    deferral = maker.rows.add(
        Deferral(
            interview=decision.interview,
            decision=decision,
            starts_on=day_of(moment),
            until=until,
            recontact_on=recontact_day(until, 5, day_of(moment), maker.holidays),
        )
    )
    team = maker.callers(claim.office)
    maker.task(
        claim,
        "recontact",
        team,
        deferral.recontact_on,
        origin=Happened.INTERVIEW_DEFERRED,
        words=decision.because[:300],
    )
    words = {
        **notice_words.team_that_rings(team, claim.office),
        **notice_words.of_deferral(decision.because, until, deferral.recontact_on),
    }
    send_letter(maker, claim, NoticeKind.DEFERRED, words, agent, moment)
    maker.event(
        claim,
        Happened.INTERVIEW_DEFERRED,
        agent,
        at_=moment,
        why=decision.because,
        until=until.isoformat(),
        recontact_on=deferral.recontact_on.isoformat(),
        in_a_row=1,
        decided_by=agent.person.name,
        view=story.view[1],
    )


def waived(maker: Maker, claim: Claim) -> None:
    story, moment = maker.story(WAIVED), maker.called(claim)
    agent = next(maker.agents)
    decision, _ = decide(maker, claim, story, agent, moment, "waive")
    assert decision.review_on is not None
    leader = check(maker, decision, moment, settled=True)
    waiver = maker.rows.add(
        Waiver(
            interview=decision.interview,
            decision=decision,
            starts_on=day_of(moment),
            review_on=decision.review_on,
        )
    )
    maker.task(
        claim,
        "review_waiver",
        maker.callers(claim.office),
        waiver.review_on,
        origin=Happened.INTERVIEW_WAIVED,
        words=decision.because[:300],
    )
    words = {
        **notice_words.advisers_of(claim.office),
        "reason": decision.because,
        "review_on": waiver.review_on,
    }
    send_letter(maker, claim, NoticeKind.WAIVED, words, agent, moment)
    maker.event(
        claim,
        Happened.INTERVIEW_WAIVED,
        leader,
        at_=moment,
        why=decision.because,
        review_on=waiver.review_on.isoformat(),
        decided_by=agent.person.name,
        authorised_by=leader.person.name,
    )


def to_authorise(maker: Maker, claim: Claim) -> None:
    """A waiver that a team leader has not agreed to yet."""
    moment = maker.now - timedelta(hours=maker.random.randrange(1, 20))
    decide(maker, claim, maker.story(WAIVED), next(maker.agents), moment, "waive", state="proposed")
    decision = maker.rows.by_kind[Decision][-1]
    decision.interview.state = "due"
    task = maker.task(
        claim,
        "authorise",
        maker.demo.team(claim.office, TeamKind.LEADERS),
        add_working_days(day_of(moment), 1, maker.holidays),
        origin=Happened.INTERVIEW_WAIVED,
        words=decision.because[:300],
    )
    maker.rows.add(Check(decision=decision, task=task))


def held(maker: Maker, claim: Claim) -> None:
    story, moment = maker.random.choice(BOOKED), maker.called(claim)
    agent = next(maker.agents)
    decision, _ = decide(maker, claim, story, agent, moment, "book", state="ended")
    adviser, starts = next(maker.diaries[claim.office_id].behind)
    appointment = book_appointment(maker, decision.interview, adviser, starts, "took_place", agent, moment)
    decision.interview.state = "held"
    note_booking(maker, claim, decision, appointment, agent, moment)
    due = next_working_day(maker.on + timedelta(days=maker.random.randrange(-2, 60)), maker.holidays)
    words = maker.random.choice(
        ["Ring about the course", "Look at the better-off sum", "Ask how the job search goes"]
    )
    maker.task(
        claim,
        "next_step",
        maker.advisers(claim.office),
        due,
        person=adviser.person,
        origin=Happened.INTERVIEW_HELD,
        words=words,
    )
    maker.event(
        claim, Happened.INTERVIEW_HELD, adviser, at_=starts, why=words, number=1, next_on=due.isoformat()
    )


def ended(maker: Maker, claim: Claim) -> None:
    claim.status, claim.ended_on = "ended", maker.on - timedelta(days=maker.random.randrange(1, 90))
    claim.end_reason = maker.random.choice(["Back at work", "Moved to another benefit", "Claim withdrawn"])
    maker.interview(claim).state = "closed"
    maker.event(
        claim,
        Happened.CLAIM_ENDED,
        maker.demo.advisers[claim.office_id][0],
        why=claim.end_reason,
        ended_on=claim.ended_on.isoformat(),
    )


STATES: Mapping[str, Callable[[Maker, Claim], None]] = {
    "to_call": to_call,
    "call_back": call_back,
    "broken_off": broken_off,
    "booked": booked,
    "deferred": deferred,
    "waived": waived,
    "to_authorise": to_authorise,
    "held": held,
    "ended": ended,
}
