"""While it runs: changes, stops, warnings, the job that ends; and who could have had it and was not asked."""

from datetime import timedelta

import pytest

from tests.awards.making import (
    CREDIT,
    DAY,
    FUND,
    JOB,
    NOW,
    PREMIUM,
    ask_fund,
    claim_in,
    credit,
    fund,
    give,
    know,
    later,
)
from waymark.awards import daily, queries, verbs
from waymark.awards.better_off import Household, Job
from waymark.awards.enums import Answer, AwardState, ChangeKind
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, check=lambda e: e.code == code)


def test_a_job_that_ends_stops_the_credit_and_says_what_was_paid_too_much(paying, place):
    award = credit(place, claim_in(place))
    verbs.pay(DAY + timedelta(days=28), by=None, now=later(28))
    stopped = verbs.note_change(
        award,
        ChangeKind.JOB_ENDED,
        effective_on=DAY + timedelta(days=14),
        goes_on=False,
        by=place.adviser,
        now=later(30),
    )
    assert stopped.state == AwardState.STOPPED
    assert stopped.ended_on == DAY + timedelta(days=13)
    assert (stopped.weeks, stopped.overpaid_pence) == (2, 8000)
    text = Notice.objects.get(kind="award_stopped").html
    assert "£80" in text and "Nothing is taken back by this letter" in text


def test_nothing_is_recovered_and_nothing_more_is_paid_after_a_stop(paying, place):
    award = credit(place, claim_in(place))
    verbs.pay(DAY + timedelta(days=28), by=None, now=later(28))
    verbs.stop(award, "job_ended", last_day=DAY + timedelta(days=13), by=place.adviser, now=later(30))
    assert verbs.pay(DAY + timedelta(days=400), by=None, now=later(400)).lines == 0
    assert all(part.pence == 8000 for part in award.instalments.filter(batch__isnull=False))


def test_what_is_still_due_is_paid_after_a_stop(paying, place):
    award = credit(place, claim_in(place))
    verbs.stop(award, "job_ended", last_day=DAY + timedelta(days=16), by=place.adviser, now=later(17))
    batch = verbs.pay(DAY + timedelta(days=60), by=None, now=later(60))
    assert batch.pence == 3 * 4000


def test_fewer_hours_advise_to_stop_and_going_on_needs_a_reason(paying, place):
    award = credit(place, claim_in(place))
    change = {"effective_on": DAY + timedelta(days=20), "given": {"job_hours": "12"}, "by": place.adviser}
    with refused("other_than_advised"):
        verbs.note_change(award, ChangeKind.HOURS, goes_on=True, now=later(20), **change)
    kept = verbs.note_change(
        award, ChangeKind.HOURS, goes_on=True, why="For two weeks only.", now=later(20), **change
    )
    assert kept.state == AwardState.RUNNING
    assert kept.changes.get().why == "For two weeks only."


def test_more_hours_below_the_limit_go_on_without_a_word(paying, place):
    award = credit(place, claim_in(place))
    kept = verbs.note_change(
        award,
        ChangeKind.HOURS,
        effective_on=DAY + timedelta(days=20),
        given={"job_hours": "25"},
        goes_on=True,
        by=place.adviser,
        now=later(20),
    )
    assert kept.state == AwardState.RUNNING


def test_what_was_not_bought_goes_back_into_the_fund(paying, place):
    account = fund(place, 100)
    award = ask_fund(place, claim_in(place), 60)
    verbs.stop(award, "not_bought", last_day=DAY, by=place.adviser, now=later(3))
    account.refresh_from_db()
    assert account.left_pence == 10_000
    assert verbs.pay(DAY + timedelta(days=5), by=None, now=later(5)).lines == 0


def test_somebody_talks_before_an_award_ends_and_then_it_ends(paying, place):
    claim = claim_in(place)
    award = credit(place, claim, weeks=8)
    soon, over = DAY + timedelta(days=30), DAY + timedelta(days=56)
    assert daily.run(soon, later(30))["awards_ending_soon"] == 1
    assert daily.run(soon, later(30))["awards_ending_soon"] == 0
    asked = Task.objects.get(claim=claim, kind="award_ending")
    assert asked.person == place.adviser.person
    verbs.talk_about_end(award, words_about="Asks for more hours in June.", by=place.adviser, now=later(31))
    asked.refresh_from_db()
    assert asked.closed_at
    assert daily.run(over, later(56))["awards_ended"] == 1
    award.refresh_from_db()
    assert award.state == AwardState.ENDED


def test_an_award_agreed_for_later_begins_on_its_day(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    award = verbs.decide(claim, CREDIT, give(starts_on=DAY + timedelta(days=7)), by=place.adviser, now=NOW)
    assert award.state == AwardState.AGREED
    daily.run(DAY + timedelta(days=7), later(7))
    award.refresh_from_db()
    assert award.state == AwardState.RUNNING


# Who could have had it


def names(place):
    return [(one.claim.pk, one.kind) for one in queries.could_have(place.adviser, DAY)]


def test_who_could_have_it_and_was_not_asked_stands_in_the_list(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    assert names(place) == [(claim.pk, CREDIT)]


def test_who_declined_it_does_not(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    verbs.note_offer(claim, CREDIT, Answer.DECLINES, by=place.adviser, now=NOW)
    assert names(place) == []


def test_who_has_it_does_not_either(paying, place):
    credit(place, claim_in(place))
    assert names(place) == []


def test_who_was_not_told_for_a_reason_stays_in_it_with_the_reason(paying, place):
    """PP60 of report E: silence about the premium is made visible (E:L2688-2698)."""
    claim = claim_in(place)
    know(place, claim, preparing_for_work="yes", preparing_agreed="yes")
    verbs.note_offer(
        claim,
        PREMIUM,
        Answer.NOT_MENTIONED,
        not_mentioned_because="not_sure_of_it",
        by=place.adviser,
        now=NOW,
    )
    found = queries.could_have(place.adviser, DAY)
    assert [(one.kind, one.not_mentioned) for one in found] == [(PREMIUM, "I do not know enough about it")]


def test_who_is_not_yet_known_enough_is_no_chance(paying, place):
    claim = claim_in(place)
    know(place, claim, has_job="yes")
    assert names(place) == []


def test_strangers_are_not_listed(paying, place):
    claim = claim_in(place)
    know(place, claim, **JOB)
    assert queries.could_have(place.elsewhere, DAY) == []


def test_the_list_asks_the_database_as_often_for_twenty_as_for_one(
    paying, place, django_assert_max_num_queries
):
    for _ in range(20):
        know(place, claim_in(place), **JOB)
    with django_assert_max_num_queries(9):
        assert len(queries.could_have(place.adviser, DAY)) == 20


# Better off


HOME = Household(incapacity_benefit=7645, rent=5000, housing_benefit=5000)


def test_the_credit_is_in_the_sums_only_where_the_rules_give_it(paying, place):
    """REQ-53 of report E: 16 hours and less than 15,000 a year."""
    claim = claim_in(place)
    for hours, gross, better in ((16, 10_000, 4000), (15, 10_000, 0), (40, 28_847, 0)):
        made = verbs.work_it_out(claim, HOME, Job(hours=hours, gross=gross), by=place.adviser, now=NOW)
        assert made.first_year_pence - made.second_year_pence == better


def test_it_is_looked_at_again_near_the_job_and_once_only(paying, place):
    """M:L1977-1979."""
    claim = claim_in(place)
    starts = DAY + timedelta(days=60)
    verbs.work_it_out(claim, HOME, Job(hours=20, gross=12_000), by=place.adviser, now=NOW)
    verbs.work_it_out(
        claim, HOME, Job(hours=20, gross=12_000), starts_on=starts, by=place.adviser, now=later(1)
    )
    asked = Task.objects.get(claim=claim, kind="better_off_again", closed_at=None)
    assert asked.due_on <= starts - timedelta(days=14)
    last = verbs.work_it_out(
        claim,
        HOME,
        Job(hours=20, gross=12_000),
        starts_on=starts,
        explained=True,
        by=place.adviser,
        now=later(50),
    )
    assert last.number == 3
    assert not Task.objects.filter(claim=claim, kind="better_off_again", closed_at=None).exists()


def test_what_went_in_is_kept_and_never_changed(paying, place):
    made = verbs.work_it_out(claim_in(place), HOME, Job(hours=20, gross=12_000), by=place.adviser, now=NOW)
    home, job = queries.inputs(made)
    assert home == HOME
    assert job.credit == 4000
    with pytest.raises(Exception, match="calculations_are_kept"):
        type(made).objects.filter(pk=made.pk).update(now_pence=0)


def test_only_the_fund_and_weekly_money_are_paid(paying, place):
    fund(place)
    claim = claim_in(place)
    credit(place, claim, weeks=2)
    ask_fund(place, claim, 20)
    assert verbs.pay(DAY + timedelta(days=30), by=None, now=later(30)).pence == 8000 + 2000
    assert queries.awards_of(claim)[0].kind == FUND
