"""Whatever is done in whatever order, every live claim has a next step; and the database itself says so."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import factories
from tests.cases.doing import NO_JOURNEY_FACTS, days, talk
from tests.properties.walking import Walk, broken_rules, lost_claims
from waymark.insight import integrity
from waymark.interviews import verbs
from waymark.interviews.models import Deferral
from waymark.interviews.verbs import Wish
from waymark.organisations.models import Team
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
LAST_STEP = (
    "UPDATE worklist_task SET closed_at = now(), outcome = 'done' WHERE claim_id = %s AND closed_at IS NULL"
)


def test_a_random_walk_over_all_verbs_loses_nobody(pack):
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def deferred(place, moment) -> Deferral:
    conversation = talk(place, place.claim(), NO_JOURNEY_FACTS, now=moment())
    wish = Wish("defer", "cannot_travel", until=days(28))
    return verbs.decide(conversation, wish, by=place.agent, now=moment()).deferral


# The database refuses by itself


def test_the_last_next_step_cannot_be_closed(place):
    claim = place.claim().claim
    with pytest.raises(IntegrityError, match=f"Claim {claim.ref} would be left without a next step"):
        run(LAST_STEP, claim.pk)
    assert lost_claims() == []


def test_the_last_next_step_cannot_be_deleted(place):
    claim = place.claim().claim
    with pytest.raises(IntegrityError, match="would be left without a next step"):
        run("DELETE FROM worklist_task WHERE claim_id = %s", claim.pk)


def test_a_claim_cannot_come_without_a_next_step(pack):
    with pytest.raises(IntegrityError, match="would be left without a next step"), transaction.atomic():
        factories.claim(task=None)


def test_a_claim_that_has_ended_cannot_come_back_to_life_without_a_next_step(place, moment):
    claim = place.claim().claim
    verbs.end_claim(claim, reason="started_work", on=factories.TODAY, by=place.agent, now=moment())
    with pytest.raises(IntegrityError, match="would be left without a next step"):
        run(
            "UPDATE customers_claim SET status = 'live', ended_on = NULL, end_reason = '' WHERE id = %s",
            claim.pk,
        )


def test_a_step_may_be_closed_when_the_next_one_opens_in_the_same_transaction(place):
    claim = place.claim().claim
    with transaction.atomic():
        run(LAST_STEP, claim.pk)
        factories.open_task(claim)
    assert Task.objects.filter(claim=claim, closed_at=None).count() == 1


def test_a_team_cannot_close_while_it_owns_open_work(place):
    place.claim()
    team = place.agent.team
    with pytest.raises(IntegrityError, match="still owns open tasks"):
        Team.objects.filter(pk=team.pk).update(closed_on=factories.TODAY)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE record_event SET why = 'another' WHERE id = %s", "DELETE FROM record_event WHERE id = %s"],
)
def test_the_record_is_never_changed(place, statement):
    place.claim()
    event = Event.objects.first()
    with pytest.raises(DatabaseError, match="Cannot update or delete rows from record_event"):
        run(statement, event.pk)
    assert Event.objects.get(pk=event.pk).why == event.why


def test_deferrals_of_an_interview_do_not_overlap(place, moment):
    deferral = deferred(place, moment)
    Deferral.objects.filter(pk=deferral.pk).update(ended_on=days(20), outcome="book")
    later = {"starts_on": days(10), "until": days(40), "recontact_on": days(35), "in_a_row": 2}
    decision = deferral.decision
    decision.pk, decision.ref = None, "BX00000000"
    decision.save(force_insert=True)
    with pytest.raises(IntegrityError, match="deferrals_do_not_overlap"):
        Deferral.objects.create(interview=deferral.interview, decision=decision, **later)


def test_an_interview_is_deferred_once_at_a_time(place, moment):
    deferral = deferred(place, moment)
    decision = deferral.decision
    decision.pk, decision.ref = None, "BX00000000"
    decision.save(force_insert=True)
    later = {"starts_on": days(28), "until": days(40), "recontact_on": days(35), "in_a_row": 2}
    with pytest.raises(IntegrityError, match="one_open_deferral_an_interview"):
        Deferral.objects.create(interview=deferral.interview, decision=decision, **later)


def test_a_deferral_has_a_reason_and_says_why(place, moment):
    decision = deferred(place, moment).decision
    for field in ("reason", "because"):
        with pytest.raises(IntegrityError, match="decision_has_a_reason"):
            type(decision).objects.filter(pk=decision.pk).update(**{field: ""})


def test_a_deferral_ends_on_a_day_to_come(place, moment):
    decision = deferred(place, moment).decision
    with pytest.raises(IntegrityError, match="deferral_ends_after_today"):
        type(decision).objects.filter(pk=decision.pk).update(until=factories.TODAY)
    with pytest.raises(IntegrityError, match="deferral_days_in_order"):
        Deferral.objects.filter(decision=decision).update(recontact_on=days(29))


# The proof would see it, if the database did not


def test_without_the_trigger_a_lost_claim_is_found_and_named(place):
    claim = place.claim().claim
    assert broken_rules() == []
    run("ALTER TABLE worklist_task DISABLE TRIGGER USER")
    try:
        run(LAST_STEP, claim.pk)
        assert lost_claims() == [claim.ref]
        found = {finding.rule.name: finding.named for finding in integrity.check() if finding.count}
    finally:
        run("ALTER TABLE worklist_task ENABLE TRIGGER USER")
    assert found["nobody_is_lost"] == [f"claim {claim.ref}"]
    # Every trigger that watches tasks was off, and each of them is named.
    assert "nobody_is_lost_by_task on worklist_task" in found["the_database_refuses"]
    assert all(named.endswith(" on worklist_task") for named in found["the_database_refuses"])


def test_with_the_trigger_back_the_same_statement_is_refused(place, moment):
    claim = place.claim().claim
    with pytest.raises(IntegrityError, match="would be left without a next step"):
        run(LAST_STEP, claim.pk)
    later = moment() + timedelta(days=1)
    assert Task.objects.filter(claim=claim, closed_at=None, opened_at__lt=later).exists()
