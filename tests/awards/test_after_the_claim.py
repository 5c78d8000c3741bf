"""Money that goes on when the claim has ended because of work, and the payments that wait until somebody has heard.

The credit is for those who leave the benefit for a job of 16 hours or more, for 52 weeks at most (E:L365-367, P:L997).
That it ends must not come as a surprise (M:L1342-1345, M:L3042-3044). The premium and permitted work go with the
benefit (E:L394-396, M:L4782). How often something is seen again is a local value: 13 weeks, asked 21 days before.
"""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.awards.making import (
    CREDIT,
    DAY,
    JOB,
    NOW,
    PERMITTED,
    SMALL_JOB,
    ask_fund,
    claim_in,
    credit,
    fund,
    give,
    know,
    later,
)
from waymark.awards import daily, queries, verbs
from waymark.awards.enums import AwardState, HeldBecause
from waymark.awards.models import Fund, Instalment
from waymark.awards.rules import enough_until
from waymark.insight import integrity
from waymark.interviews.verbs.claims import end_claim
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, check=lambda e: e.code == code)


def end(place, claim, days=7, reason="started_work", **fields):
    ended = end_claim(
        claim, reason=reason, on=DAY + timedelta(days=days), by=place.adviser, now=later(days), **fields
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return ended


def open_tasks(claim, kind):
    return Task.objects.filter(claim=claim, kind=kind, closed_at=None)


def run_to(days):
    """Every day of the daily work until then."""
    for day in range(0, days + 1, 7):
        daily.run(DAY + timedelta(days=day), later(day))
    daily.run(DAY + timedelta(days=days), later(days))


def test_thirteen_weeks_from_what_was_last_seen_are_enough():
    assert enough_until(date(2005, 5, 9), None, 13) == date(2005, 8, 8)
    assert enough_until(date(2005, 5, 9), date(2005, 6, 6), 13) == date(2005, 9, 5)
    assert enough_until(date(2005, 5, 9), None, 0) is None


def test_a_credit_goes_on_when_the_claim_ends_because_of_work(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    end(place, claim)
    award.refresh_from_db()
    assert award.state == AwardState.RUNNING
    assert verbs.pay(DAY + timedelta(days=14), by=None, now=later(14)).pence == 8000


def test_somebody_who_is_there_warns_of_its_end_after_the_claim_has_ended(paying, place):
    claim = claim_in(place)
    award = credit(place, claim, weeks=8)
    end(place, claim)
    assert daily.run(DAY + timedelta(days=30), later(30))["awards_ending_soon"] == 1
    asked = open_tasks(claim, "award_ending").get()
    assert asked.person == place.adviser.person
    assert "3 July 2005" in asked.words
    letter = Notice.objects.get(claim=claim, kind="award_ends_soon")
    assert "Sunday 3 July 2005" in letter.html and "£320 in 4 payments" in letter.html
    verbs.talk_about_end(award, words_about="She has saved a little.", by=place.adviser, now=later(31))
    assert not open_tasks(claim, "award_ending").exists()


def test_the_end_of_permitted_work_is_told_without_a_sum(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**SMALL_JOB, "job_weekly_pay": "50"})
    verbs.decide(claim, PERMITTED, give(employer="A shop", weeks=8), by=place.adviser, now=NOW)
    daily.run(DAY + timedelta(days=30), later(30))
    letter = Notice.objects.get(claim=claim, kind="award_ends_soon")
    assert "permitted work" in letter.html and "Still to come" not in letter.html


def test_a_warning_that_is_out_goes_on_when_the_claim_ends_after_it(paying, place):
    claim = claim_in(place)
    credit(place, claim, weeks=8)
    daily.run(DAY + timedelta(days=30), later(30))
    before = open_tasks(claim, "award_ending").get()
    end(place, claim, days=33)
    after = open_tasks(claim, "award_ending").get()
    assert after.pk != before.pk
    assert (after.due_on, after.person, after.words) == (before.due_on, before.person, before.words)


def test_a_second_person_is_still_asked_after_the_claim_has_ended(paying, place):
    claim = claim_in(place)
    know(place, claim, **{**JOB, "job_hours": "14"})
    wish = give(why_other="fact_not_in_questions", why="Two more hours begin next month, in writing.")
    award = verbs.decide(claim, CREDIT, wish, by=place.adviser, now=NOW)
    assert award.state == AwardState.PROPOSED
    end(place, claim)
    award.refresh_from_db()
    assert award.authorise_task.closed_at is None
    agreed = verbs.agree(award, by=place.leader, now=later(8))
    assert agreed.state == AwardState.RUNNING
    assert not open_tasks(claim, "agree_award").exists()


def test_what_goes_with_the_benefit_stops_with_it_and_the_customer_is_told(paying, place):
    claim = claim_in(place)
    know(place, claim, **SMALL_JOB)
    award = verbs.decide(claim, PERMITTED, give(employer="A shop"), by=place.adviser, now=NOW)
    end(place, claim)
    award.refresh_from_db()
    assert (award.state, award.stopped_code) == (AwardState.STOPPED, "benefit_ended")
    assert award.ended_on == DAY + timedelta(days=7)
    assert "The benefit that it went with has ended" in Notice.objects.get(kind="award_stopped").html


def test_nothing_is_paid_or_written_when_a_customer_has_died(paying, place):
    fund(place, 100)
    claim = claim_in(place)
    award = credit(place, claim)
    ask_fund(place, claim, 60)
    Notice.objects.all().delete()
    end(place, claim, reason="died")
    award.refresh_from_db()
    assert (award.state, award.stopped_code) == (AwardState.STOPPED, "died")
    assert Fund.objects.get().left_pence == 10_000
    assert not Notice.objects.exists()


def test_the_customer_is_asked_before_a_payment_would_have_to_wait(paying, place):
    claim = claim_in(place)
    credit(place, claim)
    end(place, claim)
    enough = DAY + timedelta(weeks=13)
    assert daily.run(enough - timedelta(days=22), later(91 - 22))["awards_asked_after"] == 0
    assert daily.run(enough - timedelta(days=21), later(91 - 21))["awards_asked_after"] == 1
    assert daily.run(enough - timedelta(days=20), later(91 - 20))["awards_asked_after"] == 0
    asked = open_tasks(claim, "award_evidence").get()
    assert (asked.due_on, asked.person) == (enough, place.adviser.person)
    letter = Notice.objects.get(kind="award_still_there")
    assert "your own word is enough" in letter.html and "8 August 2005" in letter.html


def test_a_short_credit_is_never_asked_after(paying, place):
    credit(place, claim_in(place), weeks=12)
    run_to(100)
    assert not Notice.objects.filter(kind="award_still_there").exists()


def test_a_payment_that_nothing_shows_is_due_waits_and_somebody_asks(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    end(place, claim)
    batch = verbs.pay(DAY + timedelta(weeks=16), by=None, now=later(112))
    # Six instalments end within thirteen weeks; the seventh, which ends in the fourteenth, and the eighth wait.
    assert (batch.lines, batch.pence) == (6, 6 * 8000)
    held = Instalment.objects.filter(held_at__isnull=False)
    assert [part.number for part in held.order_by("number")] == [7, 8]
    assert {part.held_because for part in held} == {HeldBecause.NOT_SHOWN}
    told = Event.objects.get(kind="award_payment_held")
    assert (told.details["award"], told.details["pence"]) == (award.ref, 16_000)
    assert open_tasks(claim, "award_evidence").get().person == place.adviser.person
    assert not queries.held_by_nobody()


def test_waiting_again_is_told_once_and_asked_once(paying, place):
    claim = claim_in(place)
    credit(place, claim)
    verbs.pay(DAY + timedelta(weeks=14), by=None, now=later(98))
    verbs.pay(DAY + timedelta(weeks=14, days=1), by=None, now=later(99))
    assert Event.objects.filter(kind="award_payment_held").count() == 1
    assert open_tasks(claim, "award_evidence").count() == 1


def test_a_pay_slip_lets_the_payments_go_in_full(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    end(place, claim)
    verbs.pay(DAY + timedelta(weeks=16), by=None, now=later(112))
    verbs.see_evidence(award, "pay_slip", on=DAY + timedelta(weeks=16), by=place.adviser, now=later(113))
    assert not Instalment.objects.filter(held_at__isnull=False).exists()
    assert not open_tasks(claim, "award_evidence").exists()
    assert verbs.pay(DAY + timedelta(days=114), by=None, now=later(114)).pence == 16_000


def test_an_offer_of_the_job_does_not_show_that_it_goes_on(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    verbs.pay(DAY + timedelta(weeks=14), by=None, now=later(98))
    verbs.see_evidence(award, "job_offer", on=DAY + timedelta(weeks=14), by=place.adviser, now=later(98))
    assert Instalment.objects.filter(held_at__isnull=False).count() == 1


def test_a_person_can_let_it_go_and_says_why(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    with refused("nothing_waits"):
        verbs.let_go(award, why="Seen at the nursery.", by=place.adviser, now=later(98))
    verbs.pay(DAY + timedelta(weeks=14), by=None, now=later(98))
    with refused("no_words"):
        verbs.let_go(award, why=" ", by=place.adviser, now=later(98))
    with refused("not_an_adviser"):
        verbs.let_go(award, why="Seen at the nursery.", by=place.agent, now=later(98))
    assert verbs.let_go(award, why="Seen at the nursery.", by=place.adviser, now=later(98)) == 8000
    assert verbs.pay(DAY + timedelta(weeks=14, days=1), by=None, now=later(99)).pence == 8000
    assert Event.objects.get(kind="award_payment_released").why == "Seen at the nursery."


def test_a_payment_may_wait_beyond_the_last_day_and_is_paid_then(paying, place):
    claim = claim_in(place)
    award = credit(place, claim, weeks=16)
    end(place, claim)
    verbs.pay(DAY + timedelta(weeks=16), by=None, now=later(112))
    daily.run(DAY + timedelta(weeks=17), later(119))
    award.refresh_from_db()
    assert award.state == AwardState.ENDED
    verbs.see_evidence(
        award, "customers_word", on=DAY + timedelta(days=119), by=place.adviser, now=later(119)
    )
    assert verbs.pay(DAY + timedelta(days=120), by=None, now=later(120)).pence == 16_000


def test_what_waits_is_paid_without_a_paper_up_to_the_day_somebody_says_the_job_ended(paying, place):
    claim = claim_in(place)
    award = credit(place, claim)
    verbs.pay(DAY + timedelta(weeks=16), by=None, now=later(112))
    verbs.stop(
        award, "job_ended", last_day=DAY + timedelta(weeks=15, days=-1), by=place.adviser, now=later(113)
    )
    assert verbs.pay(DAY + timedelta(days=120), by=None, now=later(120)).pence == 3 * 4000
    assert not open_tasks(claim, "award_evidence").exists()


def test_the_database_refuses_a_payment_that_waits_without_a_reason(paying, place):
    award = credit(place, claim_in(place))
    with pytest.raises(Exception, match="instalment_held_for_a_reason"):
        Instalment.objects.filter(award=award, number=1).update(held_at=NOW)


def test_the_proof_names_a_payment_that_waits_and_nobody_sees_to(paying, place):
    award = credit(place, claim_in(place))
    Instalment.objects.filter(award=award, number=1).update(held_at=NOW, held_because="not_shown")
    found = {one.rule.name: one for one in integrity.check(replays=0)}
    assert found["waiting_money_has_somebody"].named == [f"payment {award.ref}-1"]


def test_an_ended_claim_with_money_that_goes_on_is_sound(paying, place):
    claim = claim_in(place)
    credit(place, claim)
    end(place, claim)
    verbs.pay(DAY + timedelta(weeks=16), by=None, now=later(112))
    found = {one.rule.name: one.count for one in integrity.check(replays=0)}
    assert found["ended_is_ended"] == 0 and found["waiting_money_has_somebody"] == 0
