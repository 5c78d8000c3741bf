"""What stands still is listed with who has to act; both sides' counts agree; a half-year loses nobody (P V7, R P12)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, TODAY
from tests.referrals import making
from waymark.demo import half_year
from waymark.demo.half_year import Size, simulate
from waymark.directory.models import Contact
from waymark.insight import integrity
from waymark.kernel.working_days import add_working_days
from waymark.referrals import queries, verbs
from waymark.referrals.enums import ReferralKind
from waymark.referrals.models import Referral
from waymark.referrals.rules import Balance, Clocks, Standing, Stuck, stuck, wait_tone

pytestmark = pytest.mark.django_db
CLOCKS = Clocks(3, 5, 10, 20, 4, 6, 2, 1, 2, 4, 5, 5, 10, 3, 2, 2, 42)


def standing(**fields) -> Standing:
    usual = {
        "state": "sent",
        "sent_on": TODAY,
        "acknowledged": False,
        "vetting": "none",
        "contact_by": None,
        "appointment_on": None,
        "feedback_due_on": None,
        "ended_on": None,
        "reported": False,
        "feedback_agreed": True,
        "made_on": TODAY,
        "alternative_on": None,
        "task_due_on": TODAY,
        "question_late": False,
        "reachable": True,
        "service_withdrawn": False,
    }
    return Standing(**{**usual, **fields})


def found(on: date, **fields) -> list[Stuck]:
    return stuck(standing(**fields), on, CLOCKS, frozenset())


def test_five_working_days_without_an_answer_are_in_time_and_six_are_not():
    fifth = add_working_days(TODAY, 5, frozenset())
    assert found(fifth) == []
    assert found(fifth + timedelta(days=1)) == [Stuck.NO_ANSWER]


def test_a_wait_is_amber_after_four_weeks_and_red_after_six():
    """P:L531, R:L500."""
    days = {27: "green", 28: "amber", 41: "amber", 42: "red"}
    for number, tone in days.items():
        assert wait_tone(TODAY, TODAY + timedelta(days=number), CLOCKS) == tone


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        (Stuck.NOT_SENT, {"state": "proposed", "sent_on": None}),
        (Stuck.APPOINTMENT_PAST, {"state": "appointment", "appointment_on": TODAY}),
        (Stuck.NOT_THERE, {"state": "not_come"}),
        (Stuck.NO_CONTACT, {"state": "acknowledged", "contact_by": TODAY}),
        (Stuck.NOT_ADMITTED, {"state": "acknowledged", "vetting": "needed"}),
        (Stuck.NO_FEEDBACK, {"state": "in_progress", "feedback_due_on": TODAY}),
        (Stuck.NO_REPORT, {"state": "ended", "ended_on": TODAY}),
        (Stuck.NO_MEETING, {"state": "ended", "ended_on": TODAY, "reported": True}),
        (Stuck.CAME_BACK, {"state": "returned"}),
        (Stuck.NOT_FOLLOWED_UP, {"state": "told", "sent_on": None}),
        (Stuck.QUESTION, {"state": "acknowledged", "question_late": True, "task_due_on": None}),
        (Stuck.NOBODY_TO_REACH, {"state": "acknowledged", "reachable": False, "task_due_on": None}),
        (Stuck.WITHDRAWN_SERVICE, {"state": "accepted", "service_withdrawn": True, "task_due_on": None}),
    ],
)
def test_each_way_of_standing_still_has_its_name(why, fields):
    assert why in found(TODAY + timedelta(days=12), **fields)


def test_a_long_wait_is_over_for_a_while_once_something_else_was_offered():
    long = {"state": "accepted", "alternative_on": TODAY + timedelta(days=43), "task_due_on": None}
    assert Stuck.LONG_WAIT in found(TODAY + timedelta(days=42), state="accepted", task_due_on=None)
    assert found(TODAY + timedelta(days=44), **long) == []
    assert found(TODAY + timedelta(days=60), **long) == [Stuck.LONG_WAIT]


def test_without_the_customers_yes_no_feedback_is_missed():
    late = {"state": "in_progress", "feedback_due_on": TODAY, "feedback_agreed": False}
    assert found(TODAY + timedelta(days=9), **late) == []


def test_the_list_names_who_has_to_act(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    assert queries.orphans(place.adviser, TODAY) == []
    later = TODAY + timedelta(days=9)
    one = queries.orphans(place.adviser, later)[0]
    assert (one.referral, one.first, one.who) == (referral, Stuck.NO_ANSWER, place.adviser.person.name)


def test_an_organisation_that_nobody_can_reach_is_named(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    organisation = referral.service.organisation
    organisation.email = organisation.telephone = ""
    organisation.save()
    Contact.objects.filter(organisation=organisation).delete()
    assert queries.orphans(place.adviser, TODAY)[0].why == (Stuck.NOBODY_TO_REACH,)


def test_the_list_takes_as_many_queries_for_many_as_for_one(place):
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            queries.orphans(place.adviser, TODAY + timedelta(days=30))
        return len(found)

    making.sent(place.claim().claim, place.adviser, NOW)
    one = count()
    for _ in range(4):
        making.sent(place.claim().claim, place.adviser, NOW)
    assert count() == one <= 6


def test_strangers_see_none_of_it(place, claim):
    making.sent(claim, place.adviser, NOW)
    assert queries.orphans(place.elsewhere, TODAY + timedelta(days=30)) == []
    assert queries.reconciliation(place.elsewhere, TODAY, TODAY) == []


def test_what_was_sent_is_what_arrived_waits_came_back_or_was_taken_back(place):
    to = making.service()
    rows = [making.sent(place.claim().claim, place.adviser, NOW, to) for _ in range(5)]
    service = making.by_link(rows[0])
    verbs.acknowledge(rows[0], by=service, now=NOW)
    verbs.accept(rows[1], by=service, now=NOW)
    verbs.give_it_back(rows[2], "full", by=service, now=NOW)
    verbs.take_back(rows[3], "customer_stopped", by=place.adviser, now=NOW)
    day = queries.reconciliation(place.adviser, TODAY, TODAY)[0]
    assert day.balance == Balance(sent=5, acknowledged=2, pending=1, returned=1, taken_back=1)
    assert day.balance.holds
    behind = queries.of_day(place.adviser, TODAY, to.organisation.ref, "pending")
    assert [row.ref for row in behind] == [rows[4].ref]


def test_a_row_that_does_not_add_up_is_seen():
    assert not Balance(5, 2, 1, 1, 0).holds


def test_the_three_kinds_are_counted_apart(place):
    making.sent(place.claim().claim, place.adviser, NOW)
    making.sent(place.claim().claim, place.adviser, NOW, kind=ReferralKind.INFORMAL)
    told = making.proposed(place.claim().claim, place.adviser, NOW, kind=ReferralKind.SIGNPOST)
    verbs.signpost(told, by=place.adviser, now=NOW)
    counted = {one.kind: one.made for one in queries.counts_by_kind(place.adviser, TODAY, TODAY)}
    assert counted == {"formal": 1, "informal": 1, "signpost": 1}


def test_real_waits_and_return_reasons_come_from_our_own_referrals(place):
    to = making.service()
    for days in (3, 10):
        referral = making.sent(place.claim().claim, place.adviser, NOW, to)
        later = NOW + timedelta(days=days)
        verbs.attend(referral, later.date(), came=True, by=making.by_link(referral), now=later)
    back = making.sent(place.claim().claim, place.adviser, NOW, to)
    verbs.give_it_back(back, "full", by=making.by_link(back), now=NOW)
    wait = queries.real_waits([to.pk])[to.pk]
    assert (wait.people, wait.longest) == (2, 10)
    assert [(one.code, one.times) for one in queries.return_reasons([to.pk])[to.pk]] == [("full", 1)]


def test_the_card_says_what_runs_and_what_is_next_in_one_query(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    with CaptureQueriesContext(connection) as asked:
        card = queries.card_of(claim, TODAY)
    assert len(asked) <= 2
    assert card.lines[0][0] == referral.service.name


def test_waymark_check_proves_it(place, claim):
    making.started(claim, place.adviser, NOW)
    rules = {finding.rule.name: finding.count for finding in integrity.check(replays=0)}
    assert rules["no_referral_left"] == rules["told_with_consent"] == 0


def test_half_a_year_with_silent_services_and_lost_letters_loses_nobody(pack):
    """The full size is `waymark simulate-referrals`; this is the same world, smaller."""
    _world, proof = simulate(Size(referrals=60, services=60, days=100, seed=7))
    assert proof.missing == []
    assert proof.nobody_acts == []
    assert proof.left_to_nobody == []
    assert proof.without_consent == []
    assert proof.unbalanced == 0
    assert sum(proof.by_state.values()) == proof.made == 60
    assert proof.by_reason["no_answer"] > 0
    assert proof.sound


def test_a_referral_that_the_list_forgot_would_be_found(pack):
    """The proof is worth something: with the list cut short it says who is missing."""
    world, _proof = simulate(Size(referrals=20, services=60, days=40, seed=3))
    gone = Referral.objects.filter(state="sent").order_by("sent_at").first()
    assert gone is not None
    world.fates[gone.ref].reached = False
    over = {"state": "withdrawn", "ended_on": date(2004, 2, 1), "ended_code": "in_error"}
    Referral.objects.filter(pk=gone.pk).update(**over)
    assert gone.ref in half_year.prove(world, date(2004, 6, 30)).missing
