"""Deferred and waived customers for the tests after the first contact. Every person is synthetic."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tests import factories as make
from tests.interviews.talking import VIEW, talk
from waymark.customers.models import Customer
from waymark.interviews import verbs
from waymark.interviews.diary.queries import find_slots
from waymark.interviews.diary.rules import Slot
from waymark.interviews.models import Deferral, Interview, Waiver
from waymark.interviews.verbs import Wish
from waymark.kernel.clock import at, day_of
from waymark.worklist.models import Task

STILL_ILL = {"recontact_answer": "reached", "reason_resolved": "no", "what_has_changed": "nothing"}
GIVEN = {
    **STILL_ILL,
    "wants_to_come_now": False,
    "event_moved": False,
    "could_manage_at_home_or_by_phone": False,
}
GIVEN |= {"claim_has_ended": False, "started_work": False, "certificate_now_until": "not known"}
WELL = {**GIVEN, "reason_resolved": "yes", "what_has_changed": "better"}


def somebody(place, now: datetime, **fields) -> Customer:
    """A customer of working age on the day of the test, whenever that is."""
    born_on = date(day_of(now).year - 43, 3, 12)
    return make.customer(**{"born_on": born_on, "added_by": place.agent, **fields})


def hospital(on: date) -> dict:
    """Facts of somebody who goes into hospital in two weeks and is well again after eight."""
    return {
        "health_matters": True,
        "hospital": "due_within_two_weeks",
        "hospital_stay": {"start": str(on + timedelta(days=14)), "end": str(on + timedelta(days=21))},
        "recovered_by": str(on + timedelta(days=57)),
        "terminal_illness": False,
        "progressive_condition": False,
        "severe_condition": False,
        "contagious_disease": False,
    }


TERMINAL = {"health_matters": True, "terminal_illness": True, "contagious_disease": False, "hospital": "none"}


def deferred(place, now: datetime, *, by=None, customer=None) -> Deferral:
    """Deferred at first contact for eight weeks because of hospital treatment."""
    on = day_of(now)
    customer = customer or somebody(place, now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=customer)
    by = by or place.agent
    wish = Wish(
        choice="defer", reason="hospital_due", until=on + timedelta(days=57), evidence="customer_word"
    )
    decision = verbs.decide(talk(place, interview, hospital(on), by=by, now=now), wish, by=by, now=now)
    return decision.deferral


def waived(place, now: datetime) -> Waiver:
    """Waived at first contact because of a terminal illness, and authorised."""
    on = day_of(now)
    interview = place.claim(now=now, claimed_on=on, period_from=on, customer=somebody(place, now))
    wish = Wish(choice="waive", reason="terminal_illness")
    decision = verbs.decide(talk(place, interview, TERMINAL, now=now), wish, by=place.agent, now=now)
    verbs.agree(decision.check_made, by=place.leader, now=now + timedelta(minutes=30))
    return Waiver.objects.get(interview=interview)


def again(interview: Interview, wish: Wish, given=None, *, by, now, words="It is as before.", view=VIEW):
    """Settle a deferred interview at the re-contact."""
    return verbs.decide_again(
        interview,
        wish,
        stage="recontact",
        given=GIVEN if given is None else given,
        table="recontact",
        words=words,
        view=view,
        by=by,
        now=now,
    )


def put_off_again(interview: Interview, *, by, now, days: int = 28, **fields):
    wish = Wish(choice="defer", reason="recovering", until=day_of(now) + timedelta(days=days))
    return again(interview, replace(wish, evidence="customer_word"), by=by, now=now, **fields)


def slot(place, now: datetime, mode: str = "office", days: int = 3) -> Slot:
    """A free time some days ahead."""
    start = at(day_of(now) + timedelta(days=days), time(9))
    found = find_slots(
        place.office,
        kind="adviser_interview",
        minutes=45,
        mode=mode,
        not_before=start,
        until=start.date(),
        limit=1,
    )
    return found.slots[0]


def open_kinds(interview: Interview) -> set[str]:
    return set(Task.objects.filter(claim=interview.claim, closed_at=None).values_list("kind", flat=True))
