"""Never two case managers, never none: the verbs, and the database whoever writes (R:L1118, R:L1120)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import factories
from tests.casework.making import check_now, claim_with, day, helpers, manager_of, moment, taken_on
from waymark.casework import queries, verbs
from waymark.casework.models import Case, CaseManager
from waymark.casework.models.gates import MANAGER_IS_FOLLOWED
from waymark.interviews import verbs as interviews
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@contextmanager
def committing(problem: str) -> Iterator[None]:
    """What would be refused at the commit of these statements; the tables are as they were afterwards."""
    with pytest.raises(IntegrityError, match=problem), transaction.atomic():
        yield
        check_now()


TRIGGER = MANAGER_IS_FOLLOWED.get_pgid(CaseManager)


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# Taking on


def test_the_adviser_the_claim_is_with_becomes_the_case_manager(place):
    claim = claim_with(place, place.second_adviser)
    manager = verbs.take_on(claim, by=place.agent, now=moment())
    assert manager.person == place.second_adviser.person
    assert queries.manager_of(claim) == manager


def test_without_an_adviser_it_is_whoever_takes_the_customer_on(place):
    claim = place.claim().claim
    assert verbs.take_on(claim, by=place.second_adviser, now=moment()).person == place.second_adviser.person


def test_an_agent_of_the_contact_centre_does_not_become_a_case_manager(place):
    claim = place.claim().claim
    manager = verbs.take_on(claim, by=place.agent, now=moment())
    assert manager.post.role in {Role.ADVISER, Role.ADVISER_MANAGER}
    assert manager.post.team.office == place.office


def test_taking_on_twice_changes_nothing(place):
    claim = claim_with(place)
    first = verbs.take_on(claim, by=place.adviser, now=moment())
    events = Event.objects.count()
    assert verbs.take_on(claim, by=place.manager, now=moment(3)) == first
    assert CaseManager.objects.count() == 1
    assert Event.objects.count() == events


def test_a_claim_that_has_ended_is_not_taken_on(place):
    claim = place.claim().claim
    ended = interviews.end_claim(
        claim, reason="claims_no_more", on=factories.TODAY, by=place.agent, now=moment()
    )
    with pytest.raises(Refused, match="This claim has ended"):
        verbs.take_on(ended, by=place.adviser, now=moment())


def test_nobody_is_a_case_manager_before_the_customer_is_taken_on(place):
    assert queries.manager_of(place.claim().claim) is None


# The database says no


def test_a_second_open_manager_is_refused(place):
    case = taken_on(place)
    with committing("never_two_case_managers"):
        CaseManager.objects.create(case=case, post=place.second_adviser, since=moment(1))


def test_two_managers_at_the_same_time_are_refused_even_when_one_of_them_is_over(place):
    case = taken_on(place)
    with committing("never_two_case_managers_at_a_time"):
        CaseManager.objects.create(case=case, post=place.second_adviser, since=moment(1), until=moment(2))


def test_ending_a_manager_without_the_next_is_refused_at_commit(place):
    case = taken_on(place)
    with committing(f"Case {case.ref} would have 0 case managers"):
        CaseManager.objects.filter(case=case).update(until=moment(1))
    assert manager_of(case).person == place.adviser.person


def test_the_next_manager_begins_when_the_last_one_ends(place):
    case = taken_on(place)
    with committing("without a case manager for a while"):
        CaseManager.objects.filter(case=case).update(until=moment(1))
        CaseManager.objects.create(case=case, post=place.second_adviser, since=moment(2))


def test_one_manager_may_follow_another_in_one_transaction(place):
    case = taken_on(place)
    CaseManager.objects.filter(case=case).update(until=moment(1))
    CaseManager.objects.create(case=case, post=place.second_adviser, since=moment(1))
    check_now()
    assert manager_of(case).person == place.second_adviser.person


def test_a_case_without_a_manager_cannot_be_opened(place):
    claim = claim_with(place)
    with committing("would have 0 case managers"):
        Case.objects.create(ref=new_ref("K"), claim=claim, opened_at=moment())


def test_a_claim_has_one_open_case(place):
    case = taken_on(place)
    with committing("one_open_case_a_claim"):
        Case.objects.create(ref=new_ref("K"), claim=case.claim, opened_at=moment(1))


def test_a_closed_case_keeps_no_manager(place):
    case = taken_on(place)
    with committing("is closed and would still have a case manager"):
        Case.objects.filter(pk=case.pk).update(closed_at=moment(1), closed_why="work")


def test_a_manager_is_a_colleague_or_somebody_of_a_service_and_not_both(place):
    case, there = taken_on(place), helpers()
    for holder in ({}, {"post": place.second_adviser, "contact": there.contact}):
        with committing("case_manager_is_somebody"):
            CaseManager.objects.filter(case=case, until=None).update(until=moment(1))
            CaseManager.objects.create(case=case, since=moment(1), **holder)


def test_who_was_responsible_stays_on_the_record(place):
    case = taken_on(place)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        run("DELETE FROM casework_casemanager WHERE case_id = %s", case.pk)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        CaseManager.objects.filter(case=case).update(post=place.second_adviser)


def test_a_claim_cannot_end_and_leave_its_case_open(place):
    case = taken_on(place)
    with committing("has ended and would still have an open case"):
        run(
            "UPDATE customers_claim SET status = 'ended', ended_on = %s, end_reason = 'x' WHERE id = %s",
            day(1),
            case.claim_id,
        )


# And the proof would see it, if the database did not


def test_without_the_trigger_a_case_is_left_with_nobody(place):
    """The same statement that is refused above: it is the trigger that refuses it, and nothing else."""
    case = taken_on(place)
    check_now()
    run(f"DROP TRIGGER {TRIGGER} ON casework_casemanager")
    CaseManager.objects.filter(case=case).update(until=moment(1))
    check_now()
    assert not CaseManager.objects.filter(case=case, until=None).exists()
    assert [each.ref for each in queries.cases_without_one_manager()] == [case.ref]


def test_with_the_trigger_no_case_is_without_a_manager(place):
    taken_on(place)
    check_now()
    assert list(queries.cases_without_one_manager()) == []


# Closing


def test_closing_a_case_ends_neither_the_claim_nor_its_next_step(place):
    case = taken_on(place)
    closed = verbs.close_case(case, reason="wants_no_help", by=place.adviser, now=moment(2))
    closed.claim.refresh_from_db()
    assert closed.claim.status == "live"
    assert Task.objects.filter(claim=closed.claim, closed_at=None).exists()
    assert queries.manager_of(closed.claim) is None


def test_where_the_case_was_all_the_next_step_there_was_agreeing_on_one_takes_its_place(place):
    case = taken_on(place)
    Task.objects.filter(claim=case.claim).update(closed_at=moment(1), outcome="done")
    factories.open_task(case.claim, kind="case_contact")
    verbs.close_case(case, reason="needs_no_help", by=place.adviser, now=moment(2))
    assert [t.kind for t in Task.objects.filter(claim=case.claim, closed_at=None)] == ["next_step"]


def test_a_case_is_closed_when_the_compulsory_interviews_are_over_and_nobody_came_back(place):
    """R:L1038."""
    case = verbs.close_case(taken_on(place), reason="did_not_return", by=place.adviser, now=moment(2))
    assert case.closed_why == "did_not_return"


def test_while_somebody_still_helps_a_case_is_not_closed_except_into_work(place):
    """R:L802: support in work goes on when the adviser's part is over."""
    case, there = taken_on(place), helpers()
    verbs.add_worker(
        case.claim,
        organisation=there.organisation,
        contact=there.contact,
        part="support in the job",
        until=None,
        origin_ref="R1",
        by=place.adviser,
        now=moment(1),
    )
    with pytest.raises(Refused, match="Somebody still helps with a part"):
        verbs.close_case(case, reason="wants_no_help", by=place.adviser, now=moment(2))
    assert verbs.close_case(case, reason="work", by=place.adviser, now=moment(2)).closed_at


def test_only_the_claims_end_closes_a_case_by_itself(place):
    with pytest.raises(Refused, match="closes a case by itself"):
        verbs.close_case(taken_on(place), reason="claim_ended", by=place.adviser, now=moment(1))


def test_the_end_of_the_claim_closes_the_case(place):
    case = taken_on(place)
    interviews.end_claim(case.claim, reason="started_work", on=day(3), by=place.adviser, now=moment(3))
    case.refresh_from_db()
    assert (case.closed_why, case.next_contact_on) == ("claim_ended", None)


def test_a_customer_who_comes_back_is_taken_on_again(place):
    case = verbs.close_case(taken_on(place), reason="wants_no_help", by=place.adviser, now=moment(2))
    again = verbs.take_on(case.claim, by=place.adviser, now=moment(60))
    assert again.case != case
    assert again.since - moment(2) == timedelta(days=58)
