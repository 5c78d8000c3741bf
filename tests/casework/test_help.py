"""Who helps with a part, who hears of it, and the contact meanwhile (R:L810-814, R:L849, R:L958, R:L1116)."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.casework.making import day, helpers, manager_of, moment, open_tasks, taken_on
from tests.interviews.sitting import book, hold
from waymark.casework import queries, verbs
from waymark.casework.daily import run
from waymark.casework.enums import BegunBy, ContactChannel, Purpose, Told, With
from waymark.casework.models import Case, CaseWorker, ContactMade
from waymark.casework.rules import (
    HOLD_OFF,
    LAST_SESSION,
    OFTEN,
    During,
    Stretch,
    contact_rule,
    continuity,
    for_a_disability_adviser,
    next_contact,
)
from waymark.interviews.sittings.rules import NextWish
from waymark.kernel.refusal import Refused
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def begins(case: Case, there, *, origin: str = "R1", until: date | None = None, service=None) -> CaseWorker:
    return verbs.add_worker(
        case.claim,
        organisation=there.organisation,
        contact=there.contact,
        service=service,
        part="confidence",
        until=until,
        origin_ref=origin,
        by=case.managers.get(until=None).post,
        now=moment(),
    )


def talk(case: Case, by, *, now=None, **said) -> ContactMade:
    usual = {"channel": ContactChannel.PHONE, "purpose": Purpose.ENCOURAGE, "minutes": 10}
    return verbs.log_contact(case, **{**usual, **said}, by=by, now=now or moment(3))


# Case workers


def test_whoever_helps_with_a_part_stands_beside_the_case_manager_and_not_in_their_place(place):
    """C18: two relationships, not one."""
    case = taken_on(place)
    worker = begins(case, helpers())
    assert manager_of(case).person == place.adviser.person
    assert (worker.name, worker.part) == ("Lee of Calder Steps", "confidence")


def test_the_first_help_takes_the_customer_on(place):
    there = helpers()
    claim = place.claim().claim
    verbs.add_worker(
        claim,
        organisation=there.organisation,
        contact=None,
        part="a course",
        until=None,
        origin_ref="R1",
        by=place.adviser,
        now=moment(),
    )
    assert queries.manager_of(claim).person == place.adviser.person


def test_the_same_referral_brings_one_case_worker(place):
    case, there = taken_on(place), helpers()
    assert begins(case, there) == begins(case, there)
    assert case.workers.count() == 1


def test_when_a_service_ends_the_case_manager_meets_the_customer_about_what_is_next(place):
    """R:L849: handing back without contact from person to person was harmful; R:L964."""
    case, there = taken_on(place), helpers()
    begins(case, there)
    ended = verbs.end_worker(case.claim, origin_ref="R1", by=None, now=moment(10), why="The course is over.")
    assert (ended.ended_on, ended.ended_why) == (day(10), "The course is over.")
    (task,) = open_tasks(case, "after_service")
    assert task.person == place.adviser.person
    assert task.due_on == day(17)  # five working days after Friday 14 May
    assert verbs.end_worker(case.claim, origin_ref="R1", by=None, now=moment(11), why="") is None


def test_several_can_help_at_once_and_all_stand_on_the_customers_page_with_their_numbers(place):
    """R:L908: who helps, in one place."""
    case = taken_on(place)
    begins(case, helpers("Calder Steps"), origin="R1")
    begins(case, helpers("Northgate Clinic"), origin="R2")
    found = queries.helpers_of(case.claim)
    assert [one.name for one in found] == [
        place.adviser.person.name,
        "Lee of Calder Steps",
        "Lee of Northgate Clinic",
    ]
    assert all(one.telephone for one in found)
    assert [one.manages for one in found] == [True, False, False]


# Who hears of it


def test_feedback_goes_to_the_manager_and_to_whom_the_customer_agreed(place):
    case, there = taken_on(place), helpers()
    other = helpers("Northgate Clinic")
    verbs.set_party(
        case, there.contact, part="runs the course", may_be_told=Told.YES, by=place.adviser, now=moment()
    )
    verbs.set_party(
        case, other.contact, part="nurse", may_be_told=Told.NOT_ASKED, by=place.adviser, now=moment()
    )
    verbs.set_party(
        case, place.second_adviser, part="colleague", may_be_told=Told.NO, by=place.adviser, now=moment()
    )
    names = [one.name for one in queries.interested(case.claim, day(0))]
    assert names == [place.adviser.person.name, "Lee of Calder Steps"]


def test_a_yes_can_be_taken_back(place):
    case, there = taken_on(place), helpers()
    for answer, expected in ((Told.YES, 2), (Told.NO, 1)):
        verbs.set_party(
            case, there.contact, part="runs the course", may_be_told=answer, by=place.adviser, now=moment()
        )
        assert len(queries.interested(case.claim, day(0))) == expected
    assert case.parties.count() == 1


def test_a_service_that_manages_the_case_hears_nothing_without_the_customers_yes(place):
    """A colleague hears by their task; somebody outside only by consent."""
    case = taken_on(place)
    assert [one.post for one in queries.interested(case.claim, day(0))] == [place.adviser]


def test_nobody_is_told_who_was_not_asked_about_says_the_table(place):
    case, there = taken_on(place), helpers()
    party = verbs.set_party(
        case, there.contact, part="nurse", may_be_told=Told.NOT_ASKED, by=place.adviser, now=moment()
    )
    with pytest.raises(IntegrityError, match="told_only_when_asked"), transaction.atomic():
        type(party).objects.filter(pk=party.pk).update(may_be_told=Told.YES)


# Contact


def test_a_contact_is_planned_a_month_ahead_from_the_start(place):
    """R27: the default is monthly."""
    assert taken_on(place).next_contact_on == day(30)


def test_a_talk_plans_the_next_one_and_keeps_with_whom_how_long_and_what_for(place):
    case = taken_on(place)
    made = talk(case, place.adviser, begun_by=BegunBy.CUSTOMER, minutes=15, words="She has begun to swim.")
    case.refresh_from_db()
    assert (made.begun_by, made.minutes, made.purpose) == ("customer", 15, "encourage")
    assert case.next_contact_on == day(34)  # thirty days after day 3 is a Sunday; the Monday after


def test_a_call_nobody_answered_is_kept_and_is_no_contact(place):
    case = taken_on(place)
    talk(case, place.adviser, reached=False)
    case.refresh_from_db()
    assert case.next_contact_on == day(30)
    assert ContactMade.objects.get().reached is False


def test_talking_with_a_service_is_no_contact_with_the_customer(place):
    case, there = taken_on(place), helpers()
    talk(case, place.adviser, whom=With.SERVICE, contact=there.contact, purpose=Purpose.DELIVERED)
    case.refresh_from_db()
    assert case.next_contact_on == day(30)


def test_a_contact_that_has_been_stays_as_it_was_written(place):
    made = talk(taken_on(place), place.adviser)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ContactMade.objects.filter(pk=made.pk).update(minutes=60)


def test_nearly_due_it_becomes_a_task_of_the_case_manager_unless_somebody_is_in_touch_anyway(place):
    case = taken_on(place)
    assert Task.objects.filter(claim=case.claim, kind="first_call", closed_at=None).exists()
    assert run(day(28), moment(28))["contacts_due"] == 0  # the first call is still to be made
    Task.objects.filter(claim=case.claim, kind="first_call").update(kind="promise")
    assert run(day(20), moment(20))["contacts_due"] == 0
    assert run(day(25), moment(25))["contacts_due"] == 1
    (task,) = open_tasks(case, "case_contact")
    assert (task.person, task.due_on) == (place.adviser.person, day(30))
    assert run(day(25), moment(25))["contacts_due"] == 0


def test_with_one_customer_it_can_be_otherwise_for_a_reason_of_theirs(place):
    """R:L1116: circumstances are a reason, lack of time is none; V59: job-ready and motivated, less often."""
    case = taken_on(place)
    with pytest.raises(Refused, match="Another rhythm needs a reason"):
        verbs.set_rhythm(case, every_days=60, because=" ", by=place.adviser, now=moment())
    verbs.set_rhythm(
        case, every_days=14, because="Alone with it all at present.", by=place.adviser, now=moment()
    )
    case.refresh_from_db()
    assert case.next_contact_on == day(14)
    verbs.set_rhythm(case, every_days=None, because="", by=place.adviser, now=moment())
    case.refresh_from_db()
    assert (case.contact_days, case.next_contact_on) == (None, day(30))


def test_the_table_too_wants_a_reason_for_another_rhythm(place):
    case = taken_on(place)
    with pytest.raises(IntegrityError, match="other_contact_has_a_reason"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(contact_days=60)


def test_a_customer_who_would_rather_not_hear_from_us_is_reached_through_a_service(place):
    """R:L893, V35: intimidated by the adviser, they talk with the service."""
    case, there = taken_on(place), helpers()
    verbs.set_rhythm(
        case, every_days=30, because="She is afraid of us.", via=there.contact, by=place.adviser, now=moment()
    )
    Task.objects.filter(claim=case.claim, kind="first_call").update(kind="promise")
    run(day(28), moment(28))
    (task,) = open_tasks(case, "case_contact")
    assert "Lee of Calder Steps" in task.words


def test_during_condition_management_we_wait_until_it_is_over(place):
    """R:L812: guidance."""
    there = helpers(provision="cmp")
    case = taken_on(place)
    begins(case, there, until=day(56), service=there.service)
    case.refresh_from_db()
    assert case.next_contact_on == day(59)  # three days after its end, a Friday


def test_an_interview_counts_as_contact_and_takes_the_customer_on(place):
    interview = place.claim()
    appointment = book(place, interview, now=moment())
    hold(place, appointment, NextWish("end_series"))
    manager = queries.manager_of(interview.claim)
    assert manager.person == place.adviser.person
    assert manager.case.next_contact_on > appointment.starts_at.date()


# The rules, without a database


MAY = date(2004, 5, 4)
USUAL = {"usual": 30, "agreed": None, "after": 3, "longest": 42}


@pytest.mark.parametrize(
    ("services", "expected", "because"),
    [
        ([], date(2004, 6, 3), "usual"),
        ([During("as_usual", None)], date(2004, 6, 3), "usual"),
        ([During(HOLD_OFF, date(2004, 7, 1))], date(2004, 7, 4), "waits"),
        ([During(HOLD_OFF, None)], date(2004, 6, 15), "waits_long"),
        ([During(LAST_SESSION, date(2004, 6, 20))], date(2004, 6, 20), "session"),
        ([During(LAST_SESSION, None)], date(2004, 6, 3), "usual"),
        ([During(OFTEN, None)], date(2004, 5, 19), "more"),
        # Waiting for one is no reason to wait about another.
        ([During(HOLD_OFF, date(2004, 7, 1)), During("as_usual", None)], date(2004, 6, 3), "usual"),
    ],
)
def test_by_when_to_be_in_touch(services, expected, because):
    found = next_contact(MAY, services=services, **USUAL)
    assert (found.on, found.because) == (expected, because)


def test_what_was_agreed_with_the_customer_goes_before_every_rule():
    found = next_contact(MAY, services=[During(HOLD_OFF, None)], **{**USUAL, "agreed": 7})
    assert (found.on, found.because) == (date(2004, 5, 11), "agreed")


def test_a_district_may_see_contact_during_a_kind_of_help_otherwise():
    """R:L812: guidance, some managers, one district."""
    assert contact_rule("as_usual", "cmp", ["cmp:hold_off"]) == "hold_off"
    assert contact_rule("hold_off", "cmp", ["cmp:as_usual"]) == "as_usual"
    assert contact_rule("monthly", "training", ["cmp:hold_off"]) == "monthly"


def test_steadiness_counts_people_and_changes_and_days():
    found = continuity(
        [
            Stretch("a", date(2004, 5, 1), date(2004, 6, 1)),
            Stretch("b", date(2004, 6, 1), date(2004, 6, 11), lent=True),
            Stretch("a", date(2004, 6, 11), date(2004, 7, 1)),
        ]
    )
    assert (found.people, found.changes, found.days, found.longest_days, found.share) == (2, 2, 61, 51, 84)


@pytest.mark.parametrize(
    ("barriers", "expected"),
    [
        ({"health", "money", "confidence"}, True),
        ({"health"}, False),
        ({"money", "confidence", "age"}, False),  # R:L576: health is not what stands in the way
        (set(), False),
    ],
)
def test_who_may_be_one_for_a_disability_adviser(barriers, expected):
    assert for_a_disability_adviser(barriers, health=["health"], needed=3) is expected
