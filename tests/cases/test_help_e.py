"""The help of the report on existing customers: referrals, plans, the directory, money. Its points: `report_e.toml`."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.awards.making import CREDIT, DAY, PREMIUM, SMALL_JOB, claim_in, give, know
from tests.awards.making import JOB as SIXTEEN_HOURS
from tests.awards.making import NOW as PAYING_NOW
from tests.cases.helping import (
    again,
    entry,
    found,
    hints,
    nothing_follows,
    plan_now,
    send,
    sheet,
    step,
    tell_more,
    told,
    waits,
)
from tests.cases.series import NOW, TODAY, called_in, latest, letter, refusal
from tests.interviews.sitting import book, called_first, hold, sit
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.actionplans import verbs as plans
from waymark.actionplans.distance import distance
from waymark.awards import queries as awards
from waymark.awards import verbs as money
from waymark.awards.better_off.shapes import Household, Job
from waymark.awards.enums import Answer
from waymark.directory import verbs as directory
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.enums import NeedOrigin
from waymark.directory.queries import Wanted, get_service, judge, ranked_unmet
from waymark.interviews.enums import Readiness
from waymark.interviews.holding import rules_for
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import NextWish
from waymark.notices.models import Notice
from waymark.referrals import verbs
from waymark.referrals.enums import NotThere, ReferralState
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]


@pytest.fixture
def claim(place):
    return called_in(place).claim


@pytest.fixture
def codes(packs) -> Catalogue:
    return catalogue(TODAY)


def course(**fields):
    """A condition management course, whose assessor looks at each referral first."""
    return making.service(name="Living with a back condition", provision="cmp", **fields)


# V20, V22 and V29: what else there is


def test_english_tuition_stands_in_the_plan_as_a_goal_with_its_step(place, claim, codes):
    entry(codes, name="English at the college", needs=["language"])
    assert found(TODAY, needs=("language",)) == ["English at the college"]
    goal = plans.set_goal(claim, words="Speak English at work", by=place.adviser, now=NOW)
    made = step(claim, place, "Ask the college for a first lesson", goal=goal, now=NOW)
    assert "Speak English at work" in str(plan_now(claim)["goals"])
    assert (made.goal, made.task.person) == (goal, place.adviser.person)


def test_help_with_alcohol_is_found_and_named_on_the_sheet_for_the_customer(place, codes):
    made = entry(codes, name="Calder Sober", needs=["alcohol"], telephone="01632 960777")
    assert found(TODAY, needs=("alcohol",)) == ["Calder Sober"]
    lines = sheet(place, codes, made, on=TODAY)["Calder Sober"]
    assert lines["Can help with"] == "alcohol"
    assert lines["Telephone"] == "01632 960777"


def test_an_earlier_referral_has_a_day_to_be_looked_at_and_another_can_take_its_place(place, claim):
    for_the_legs = making.started(claim, place.adviser, NOW)
    assert waits(for_the_legs).kind == "referral_feedback"
    assert waits(for_the_legs).due_on > TODAY
    by = making.told_us(place.adviser)
    verbs.end_help(for_the_legs, "something_else", on=TODAY, by=by, now=NOW)
    instead = making.proposed(claim, place.adviser, NOW, after=again(for_the_legs))
    assert instead.after == for_the_legs


def test_what_is_newly_in_the_way_brings_that_day_forward(place, claim):
    plans.set_barriers(claim, ["health"], by=place.adviser, now=NOW)
    for_the_legs = making.started(claim, place.adviser, NOW)
    before = waits(for_the_legs)
    later = NOW + timedelta(days=1)
    plans.set_barriers(claim, ["health", "confidence"], by=place.adviser, now=later)
    sooner = waits(for_the_legs)
    assert (sooner.kind, sooner.due_on < before.due_on) == ("referral_feedback", True)
    assert "Is this still right?" in sooner.words
    plans.set_barriers(claim, ["confidence"], by=place.adviser, now=later)
    assert waits(for_the_legs) == sooner


# V34, V35, V37, V38: whether it fits


def test_help_that_does_not_meet_what_stands_in_the_way_is_marked_so(codes):
    made = entry(codes, name="Living with a back condition", provision="cmp", needs=["health_condition"])
    [judged] = judge([made.ref], Wanted(on=TODAY, needs=("debt", "childcare")), by=None)
    assert judged.fit_need == "no"
    assert found(TODAY, needs=("debt", "childcare")) == []


def test_who_manages_already_is_not_pressed_and_not_for_now_stays(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, course())
    said = hints(referral, {"cmp_manages_already": "yes"}, place=place, now=NOW)
    assert "Who manages the condition with confidence finds little new in it." in said
    verbs.decline(referral, "not_now", words="I manage.", by=place.adviser, now=NOW)
    kept = again(referral)
    assert (kept.state, kept.ended_code, kept.ended_words) == (ReferralState.DECLINED, "not_now", "I manage.")


def test_a_deep_rooted_illness_is_thought_of_before_the_course_is(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, course())
    said = hints(referral, {"cmp_too_much": "yes"}, place=place, now=NOW)
    assert any("mild and moderate" in words for words in said)


def test_a_referral_to_the_course_waits_for_the_assessors_word(place, claim):
    referral = making.sent(claim, place.adviser, NOW, course())
    service = making.by_link(referral)
    refused = refusal(verbs.attend, referral, TODAY, came=True, by=service, now=NOW)
    assert refused.code == "not_admitted"
    verbs.vet(
        referral,
        admitted=False,
        code="too_severe",
        words="Too much for now; the nurse first.",
        by=service,
        now=NOW,
    )
    assert again(referral).state == ReferralState.RETURNED
    assert waits(referral).kind == "referral_returned"


def test_declining_until_a_doctor_has_been_asked_is_kept_and_nothing_follows(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, course())
    before = Notice.objects.filter(claim=claim).count()
    verbs.decline(referral, "wants_clinical_advice", by=place.adviser, now=NOW)
    assert again(referral).ended_code == "wants_clinical_advice"
    nothing_follows(claim, letters=before)


# V40 and V41: in the group


def test_the_service_is_asked_to_keep_apart_whom_the_customer_names(place, claim):
    referral = making.consented(claim, place.adviser, NOW, course(information=["access_needs"]))
    said = hints(referral, {"cmp_group_all_right": "no"}, place=place, now=NOW)
    assert any("met a relative" in words for words in said)
    tell_more(referral, place, NOW, access_needs="Not in the same group as her mother.")
    send(referral, place, NOW)
    assert told(referral)["access_needs"] == "Not in the same group as her mother."


def test_who_stays_away_from_help_is_asked_why_the_adviser_hears_and_nothing_follows(place, claim):
    referral = making.with_time(claim, place.adviser, NOW)
    later = NOW + timedelta(days=7)
    before = Notice.objects.filter(claim=claim).count()
    verbs.attend(referral, later.date(), came=False, by=making.by_link(referral), now=later)
    assert (waits(referral).kind, waits(referral).person) == ("referral_ring", place.adviser.person)
    verbs.ring_kindly(
        referral,
        NotThere.STOPS,
        reason="anxious",
        words="The questions were too personal.",
        by=place.adviser,
        now=later,
    )
    assert referral.attendances.get(came=False).reason == "anxious"
    assert again(referral).state == ReferralState.WITHDRAWN
    nothing_follows(claim, letters=before)


# V47 and V58: two views of how far work is


def talked_of_distance(place, claim, adviser: Readiness, customer: Readiness):
    called_first(place, latest(claim), now=NOW)
    appointment = book(place, latest(claim), now=NOW)
    sitting = sit(place, appointment)
    views = {"distance_adviser": adviser, "distance_customer": customer}
    sittings.note_state(sitting, **views, by=place.adviser, now=appointment.starts_at)
    return distance(claim, rules_for(claim, appointment.starts_at.date()))


def test_where_adviser_and_customer_see_work_far_apart_it_is_marked(place, claim):
    seen = talked_of_distance(place, claim, Readiness.MONTHS, Readiness.FURTHER)
    assert (seen.views[-1].gap, seen.apart) == (2, True)


def test_work_in_months_beside_work_out_of_sight_is_marked_as_far_apart(place, claim):
    assert talked_of_distance(place, claim, Readiness.MONTHS, Readiness.NOT_SEEN).apart


def test_where_both_see_it_nearly_alike_nothing_is_marked(place, claim):
    assert not talked_of_distance(place, claim, Readiness.YEAR, Readiness.FURTHER).apart


def test_the_customers_own_pace_is_a_goal_of_the_plan(place, claim):
    plans.set_goal(claim, words="One thing at a time; no day for work yet", by=place.adviser, now=NOW)
    assert "One thing at a time; no day for work yet" in str(plan_now(claim)["goals"])


# V49, V52 and V53: the directory


def test_the_sheet_says_of_each_form_of_help_whom_it_is_for_in_plain_words(place, codes):
    made = entry(
        codes,
        name="Voluntary work at the hospital",
        about="Reading to patients, two hours a week.",
        for_whom="Anybody. You need no training.",
        provision="volunteering",
    )
    lines = sheet(place, codes, made, on=TODAY)["Voluntary work at the hospital"]
    assert lines["Who it is for"] == "Anybody. You need no training."
    assert lines["What happens there"] == "Reading to patients, two hours a week."


def test_the_page_of_a_training_says_how_to_refer_to_it(client, place, codes):
    made = entry(
        codes,
        name="Plastering course",
        route="formal",
        form_name="SL2",
        how="Ring Jo Lund, then send the form with the customer’s yes.",
    )
    sign_in(client, place.adviser)
    page = client.get(reverse("directory:entry", args=[made.ref])).content.decode()
    assert "SL2" in page
    assert "Ring Jo Lund, then send the form" in page


def test_what_was_withdrawn_can_still_be_read_and_the_gap_it_leaves_is_kept(place, claim, codes):
    made = entry(codes, name="Business start-up", needs=["self_employment"])
    directory.withdraw(made, why="The programme has ended.", on=TODAY, by=None, now=NOW)
    assert found(TODAY, needs=("self_employment",)) == []
    assert get_service(made.ref).withdrawn_why == "The programme has ended."
    directory.note_unmet(
        "self_employment",
        district=place.district,
        origin=NeedOrigin.NO_OPTION,
        claim=claim,
        codes=codes,
        by=place.adviser,
        now=NOW,
    )
    [missing] = ranked_unmet(place.district, TODAY)
    assert (missing.need, missing.customers, missing.offered) == ("self_employment", 1, 0)


# V50 and V61: why


def test_without_a_purpose_in_the_customers_words_nobody_is_referred(place, claim):
    to = making.service(provision="job_broker")
    refused = refusal(making.proposed, claim, place.adviser, NOW, to, purpose=" ")
    assert refused.code == "no_purpose"
    hope = "To see what jobs there are where I could sit."
    referral = making.proposed(claim, place.adviser, NOW, to, purpose=hope, chosen_because=["insight"])
    assert again(referral).purpose == hope


def test_the_service_reads_what_the_customer_hopes_for_in_their_words(place, claim):
    hope = "To begin with one morning, and see."
    to = making.service(information=["goals"])
    referral = making.sent(claim, place.adviser, NOW, to, purpose=hope)
    assert told(referral)["goals"] == hope


# V55, V56, V62 and V74: money


def test_a_premium_has_its_activity_its_reason_and_its_limit(place):
    claim = claim_in(place)
    know(place, claim, preparing_for_work="yes", preparing_agreed="yes")
    wish = {"purpose": "starting_a_business", "purpose_words": "Driving lessons and a first customer."}
    refused = refusal(money.decide, claim, PREMIUM, give(weeks=27, **wish), by=place.adviser, now=PAYING_NOW)
    assert refused.code == "too_many_weeks"
    made = money.decide(claim, PREMIUM, give(weeks=26, **wish), by=place.adviser, now=PAYING_NOW)
    assert (made.purpose, made.weeks, made.weekly_pence) == ("starting_a_business", 26, 2000)


def test_a_premium_that_was_not_mentioned_stands_in_the_list_with_the_reason(place):
    claim = claim_in(place)
    know(place, claim, preparing_for_work="yes", preparing_agreed="yes")
    missing = refusal(
        money.note_offer, claim, PREMIUM, Answer.NOT_MENTIONED, by=place.adviser, now=PAYING_NOW
    )
    assert missing.message
    money.note_offer(
        claim,
        PREMIUM,
        Answer.NOT_MENTIONED,
        not_mentioned_because="not_sure_of_it",
        by=place.adviser,
        now=PAYING_NOW,
    )
    [one] = awards.could_have(place.adviser, DAY, kind=PREMIUM)
    assert (one.claim, one.not_mentioned) == (claim, "I do not know enough about it")


def test_the_printed_calculation_has_the_partners_benefit_in_its_sums(client, place):
    home = Household(couple=True, incapacity_benefit=7645, partner_benefit=8730)
    asked = {"by": place.adviser, "now": PAYING_NOW}
    made = money.work_it_out(claim_in(place), home, Job(hours=16, gross=6000), **asked)
    sums = awards.outcome(made)
    partner = next(line for line in sums.first_year.lines if line.label == "Your partner's benefit")
    # £87.30 less what is earned above £10: £60 is below tax and National Insurance.
    assert (partner.basis, partner.pence) == ("falls with your wages", 8730 - 5000)
    assert any("partner" in note for note in sums.notes)
    sign_in(client, place.adviser)
    printed = client.get(reverse("awards:calculation_pdf", args=[made.ref]))
    assert printed["Content-Type"] == "application/pdf"


def test_without_them_the_sheet_says_that_only_what_was_entered_is_in_the_sums(place):
    asked = {"by": place.adviser, "now": PAYING_NOW}
    home = Household(couple=True, incapacity_benefit=7645)
    made = money.work_it_out(claim_in(place), home, Job(hours=16, gross=6000), **asked)
    assert "Your partner's money is in these sums as far as it was entered." in awards.outcome(made).notes


def test_the_credit_begins_at_sixteen_hours(place):
    enough, fewer = claim_in(place), claim_in(place)
    know(place, enough, **SIXTEEN_HOURS)
    know(place, fewer, **{**SMALL_JOB, "job_hours": "15"})
    can = {one.claim for one in awards.could_have(place.adviser, DAY, kind=CREDIT)}
    assert can == {enough}


# V70: it was left


def test_help_that_was_left_has_no_price_and_can_be_had_again(place, claim):
    referral = making.started(claim, place.adviser, NOW)
    before = Notice.objects.filter(claim=claim).count()
    by = making.told_us(place.adviser)
    verbs.end_help(referral, "customer_stopped", on=TODAY, report="Trouble at home.", by=by, now=NOW)
    assert waits(referral).kind == "referral_meeting"
    nothing_follows(claim, letters=before)
    verbs.close(referral, words="Again in autumn.", met_on=TODAY, by=place.adviser, now=NOW)
    once_more = making.proposed(claim, place.adviser, NOW, referral.service, after=referral)
    assert once_more.state == ReferralState.PROPOSED
    assert Task.objects.get(pk=once_more.task_id).closed_at is None


# V65: did not know what next


def test_the_summary_lists_appointments_with_services(place, claim):
    interview = latest(claim)
    called_first(place, interview, now=NOW)
    booked = book(place, interview, now=NOW)
    with_time = making.with_time(claim, place.adviser, NOW, course(), days=20)
    rings = making.sent(claim, place.adviser, NOW, contact_by=TODAY + timedelta(days=20))
    hold(place, booked, NextWish("find_time", about="the course"))
    written = letter(claim, "summary")
    assert "Monday 22 May 2006 at 9:30am: Living with a back condition, The Old School" in written
    assert f"{rings.service.name} gets in touch with you by Monday 22 May 2006" in written
    assert with_time.service.name in written


def test_a_summary_without_appointments_elsewhere_speaks_of_none(place, claim):
    interview = latest(claim)
    called_first(place, interview, now=NOW)
    hold(place, book(place, interview, now=NOW), NextWish("find_time"))
    assert "times with others" not in letter(claim, "summary")
