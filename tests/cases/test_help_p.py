"""Handing over in the report on provider-led Pathways: both sides of a referral, and after a benefit. See `report_p.toml`."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from tests.awards.making import DAY, claim_in, credit, later
from tests.cases.doing import authorised
from tests.cases.helping import (
    again,
    entry,
    hints,
    nothing_follows,
    plan_now,
    send,
    step,
    tell_more,
    told,
    waits,
)
from tests.cases.series import decide_before, latest, no_interview_wish, refusal, task
from tests.factories import NOW, TODAY, customer
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.actionplans import verbs as plans
from waymark.actionplans.models import Plan
from waymark.actionplans.owners import StepOwner
from waymark.awards import verbs as money
from waymark.casework import verbs as cases
from waymark.casework.enums import ContactChannel, LedTo
from waymark.casework.queries import manager_of
from waymark.casework.queries.cases import case_of
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.enums import Channel
from waymark.directory.queries import Wanted, judge
from waymark.employment import verbs as work
from waymark.employment.enums import GoesOn, JobKind
from waymark.employment.models import TransitionPlan
from waymark.employment.verbs import Help, NewJob
from waymark.interviews.models import Interview
from waymark.interviews.verbs import end_claim
from waymark.notices.models import Notice
from waymark.referrals import outbox, queries, verbs
from waymark.referrals.enums import FixedBy, ReferralKind, ReferralState
from waymark.referrals.models import Dispatch, Pass
from waymark.referrals.rules import Stuck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
HOUR = timedelta(hours=1)


@pytest.fixture
def claim(place):
    return place.claim().claim


@pytest.fixture
def codes(pack) -> Catalogue:
    return catalogue(TODAY)


def waived(claim, place) -> None:
    """No interview is asked for, as a leader agreed."""
    interview = latest(claim)
    decision = decide_before(place, interview, no_interview_wish(), now=NOW)
    authorised(decision, place, NOW)
    assert latest(claim).state == "waived"


# V5: overheard


def test_a_first_time_there_is_made_in_the_system_and_what_is_medical_is_behind_the_link(place, claim):
    first = verbs.FirstTime(NOW + timedelta(days=3), "The Old School, Mill Road")
    wanted = {"fixed_by": FixedBy.TOGETHER, "first": first, "contact_by": None}
    referral = making.sent(claim, place.adviser, NOW, **wanted)
    assert "painful back" in told(referral)["health"]
    assert outbox.deliver_due(NOW) == 1
    assert "painful back" not in mail.outbox[-1].body
    assert claim.customer.name not in mail.outbox[-1].body


# V7: never invited


def test_a_referral_that_nobody_answers_or_invites_stands_on_the_list_with_who_has_to_act(place, claim):
    silent = making.sent(claim, place.adviser, NOW)
    arrived = making.sent(place.claim().claim, place.adviser, NOW)
    verbs.acknowledge(arrived, by=making.by_link(arrived), now=NOW)
    on = TODAY + timedelta(days=14)
    listed = {one.referral.pk: one for one in queries.orphans(place.adviser, on)}
    assert listed[silent.pk].first == Stuck.NO_ANSWER
    assert Stuck.NO_CONTACT in listed[arrived.pk].why
    assert all(one.who for one in listed.values())


def test_what_has_an_answer_and_a_time_to_come_is_not_on_the_list(place, claim):
    making.with_time(claim, place.adviser, NOW, days=20)
    assert queries.orphans(place.adviser, TODAY + timedelta(days=14)) == []


# V8, V25, V26 and V37: by choice, and at once


def test_where_nothing_is_compulsory_somebody_is_referred_by_choice(place, claim):
    waived(claim, place)
    referral = making.sent(claim, place.adviser, NOW)
    assert again(referral).state == ReferralState.SENT
    assert "your choice" in Notice.objects.get(claim=claim, kind="referral_confirmed").html


def test_who_asks_is_referred_and_the_service_owes_a_contact_by_a_day(place, claim):
    undated = refusal(making.sent, claim, place.adviser, NOW, contact_by=None)
    assert undated.code == "no_contact_day"
    other = place.claim().claim
    referral = making.sent(other, place.adviser, NOW, chosen_by_customer=True, chosen_because=["wish"])
    kept = again(referral)
    assert (kept.chosen_by_customer, kept.contact_by) == (True, TODAY + timedelta(days=10))


def test_who_heard_of_a_service_can_go_there_herself(place, claim):
    slip = making.proposed(
        claim,
        place.adviser,
        NOW,
        kind=ReferralKind.SIGNPOST,
        purpose="Heard of it in hospital, and would like to go.",
        chosen_by_customer=True,
    )
    slip = verbs.signpost(slip, by=place.adviser, now=NOW)
    assert told(slip) == {}
    assert slip.slip_code in Notice.objects.get(claim=claim, kind="referral_confirmed").html


def test_who_is_keen_begins_at_once_and_the_wait_is_looked_at(place, claim):
    referral = making.sent(claim, place.adviser, NOW + HOUR)
    verbs.acknowledge(referral, by=making.by_link(referral), now=NOW + 2 * HOUR)
    assert Interview.objects.get(claim=claim).state == "due"
    assert (waits(referral).kind, waits(referral).due_on) == ("referral_wait", TODAY + timedelta(days=13))


# V10, V14 and V31: doubts, and what comes back


def test_a_doubt_about_a_referral_is_asked_answered_and_has_its_outcome(place, claim):
    cases.take_on(claim, by=place.adviser, now=NOW)
    asked = cases.enquire(
        making.service(),
        question="Can you help somebody who cannot sit for long?",
        channel=ContactChannel.PHONE,
        case=case_of(claim),
        by=place.adviser,
        now=NOW,
    )
    assert (asked.named, asked.task.person) == (False, place.adviser.person)
    cases.answer_enquiry(asked, answer="Not at present.", answered_name="Jo Lund", by=place.adviser, now=NOW)
    settled = cases.settle_enquiry(
        asked, led_to=LedTo.NOT_REFERRED, why="They cannot help her.", by=place.adviser, now=NOW
    )
    assert (settled.answer, settled.led_to) == ("Not at present.", LedTo.NOT_REFERRED)


def test_whoever_referred_somebody_who_was_too_ill_hears_of_it(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    words = "She struggled in, ill; not now."
    verbs.give_it_back(referral, "not_well_enough", words=words, by=making.by_link(referral), now=NOW)
    assert again(referral).returned_words == words
    assert waits(referral).person == place.adviser.person


def test_who_is_returned_comes_with_a_reason_and_another_way(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.give_it_back(referral, "too_severe", by=making.by_link(referral), now=NOW)
    assert waits(referral).kind == "referral_returned"
    assert "Look for a service that gives more" in waits(referral).words
    instead = making.proposed(claim, place.adviser, NOW, after=again(referral))
    assert instead.after == referral


# V11: sixty part-way


def test_help_that_outlasts_the_age_it_is_for_is_said_so_beforehand(place):
    fifty_nine = place.claim(
        customer=customer(added_by=place.agent, born_on=TODAY.replace(year=1944, month=6))
    )
    to = making.service(greatest_age=59, lasts_weeks=26)
    referral = making.proposed(fifty_nine.claim, place.adviser, NOW, to)
    said = hints(referral, {}, place=place, now=NOW)
    assert "The customer reaches the age limit before this help is usually over." in said


def test_help_that_outlasts_the_age_goes_with_a_reason_or_not_at_all(place):
    fifty_nine = place.claim(
        customer=customer(added_by=place.agent, born_on=TODAY.replace(year=1944, month=6))
    )
    to = making.service(greatest_age=59, lasts_weeks=26)
    referral = making.consented(fifty_nine.claim, place.adviser, NOW, to)
    wanted = {"channel": Channel.LINK, "fixed_by": FixedBy.CUSTOMER, "by": place.adviser, "now": NOW}
    assert refusal(verbs.send, referral, **wanted).code == "needs_a_reason"
    sent = verbs.send(referral, despite="She wants the first ten weeks of it.", **wanted)
    assert (sent.state, sent.despite) == ("sent", "She wants the first ten weeks of it.")


# V19: less help now


def moved_on(claim, place) -> TransitionPlan:
    moved = {"reason": "other_benefit", "moved_to": "Jobseeker's Allowance"}
    end_claim(claim, **moved, on=TODAY, by=place.adviser, now=NOW)
    return TransitionPlan.objects.get(claim=claim)


def test_after_the_benefit_he_can_stay_in_what_was_begun_by_choice(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    plan = moved_on(claim, place)
    assert again(begun).state == ReferralState.STARTED
    work.agree_transition(
        plan,
        help=[Help("The ten mornings", GoesOn.YES, "as before, by choice", "Sally Webb")],
        person=place.adviser.person,
        contact_on=TODAY + timedelta(days=14),
        told_on=TODAY,
        by=place.adviser,
        now=NOW,
    )
    assert "The ten mornings" in Notice.objects.get(claim=claim, kind="transition").html


# V26: heard in hospital


def test_where_she_heard_of_it_is_kept(client, place, claim):
    heard = making.proposed(
        claim, place.adviser, NOW, chosen_by_customer=True, heard_from="In hospital, from the ward sister"
    )
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:show", args=[heard.ref])).content.decode()
    assert "Where they heard of it" in page
    assert "In hospital, from the ward sister" in page


# V28 and V29: between the referral and the first time there


def test_until_the_first_time_there_the_referring_adviser_has_him(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.accept(referral, by=making.by_link(referral), now=NOW)
    assert manager_of(claim).post == place.adviser
    job = NewJob("Calder Mill", JobKind.EMPLOYED, Decimal(20), TODAY + timedelta(days=7))
    work.record_job(claim, job, by=place.adviser, now=NOW)
    assert task(claim, "job_start").person == place.adviser.person


def test_when_the_claim_ends_the_referral_is_taken_back_and_the_service_is_told(place, claim):
    referral = making.with_time(claim, place.adviser, NOW)
    outbox.deliver_due(NOW)
    end_claim(claim, reason="started_work", on=TODAY, by=place.adviser, now=NOW + HOUR)
    assert again(referral).state == ReferralState.WITHDRAWN
    assert Dispatch.objects.latest("pk").about == "taken_back"
    assert outbox.deliver_due(NOW + HOUR) == 1
    letter = mail.outbox[-1]
    assert letter.subject == f"A referral to {referral.service.name} has been taken back"
    assert "that we sent you on 4 May 2004 has been taken back. Please wait for nobody" in letter.body
    assert "/provider/l/" not in letter.body
    assert claim.customer.name not in letter.body
    assert not Pass.objects.filter(referral=referral, ended_at=None).exists()


# V38 and V40: plans


def test_a_kept_job_leads_to_a_step_of_the_employer(place, claim):
    made = step(
        claim,
        place,
        "A chair, and shorter days at first",
        now=NOW,
        who=StepOwner.provider(name="Calder Mill"),
    )
    assert made.task.words == "Calder Mill: A chair, and shorter days at first"


def test_a_pause_in_the_help_has_its_day_and_until_then_nothing_is_late(place, claim):
    plans.set_aim(claim, words="To get well first.", by=place.adviser, now=NOW)
    until = TODAY + timedelta(days=56)
    plan = plans.review(
        Plan.objects.get(claim=claim), words="Too soon: a pause.", next_on=until, by=place.adviser, now=NOW
    )
    assert (plan.review_on, plan_now(claim)["aim"]) == (until, "To get well first.")
    assert task(claim, "plan_review").due_on == until
    nothing_follows(claim, letters=Notice.objects.filter(claim=claim).count())


# V41: support withdrawn


def test_what_help_there_is_already_is_asked_before_any_help_begins(client, place, claim):
    referral = making.proposed(claim, place.adviser, NOW, making.service(provision="job_broker"))
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:fit", args=[referral.ref])).content.decode()
    assert "Does anybody help with the same already?" in page
    said = hints(referral, {"help_already": "yes"}, place=place, now=NOW)
    assert any("the employer offered something like it" in one for one in said)


# V43: shoved on


def test_the_customers_yes_stands_with_each_form_of_help(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    assert refusal(send, referral, place, NOW).code == "no_consent"
    tell_more(referral, place, NOW, name=claim.customer.name)
    send(referral, place, NOW)
    assert told(referral) == {"name": claim.customer.name}
    assert queries.told_without_consent() == []


# V47: how many were referred


def test_both_sides_see_the_same_referrals(place, claim):
    to = making.service()
    worker = making.provider(to.organisation)
    sent = [making.sent(one, place.adviser, NOW, to) for one in (claim, place.claim().claim)]
    verbs.accept(sent[0], by=making.by_account(worker), now=NOW)
    [day] = queries.reconciliation(place.manager, TODAY, TODAY)
    assert (day.balance.sent, day.balance.acknowledged, day.balance.pending) == (2, 1, 1)
    assert day.balance.holds
    assert {one.pk for one in queries.to_service(worker)} == {one.pk for one in sent}


# V50: thirteen weeks


def test_payments_to_customers_have_their_days_and_their_evidence(place, packs):
    award = credit(place, claim_in(place))
    assert award.evidence.get().seen_on == DAY
    first = award.instalments.earliest("due_on")
    assert (first.due_on > DAY, first.paid_at) == (True, None)
    money.pay(first.due_on, by=None, now=later(14))
    first.refresh_from_db()
    assert first.paid_at is not None


# V52: excused here


def test_no_referral_makes_an_excused_interview_compulsory_again(place, claim):
    waived(claim, place)
    before = list(Interview.objects.filter(claim=claim).values())
    referral = making.with_time(claim, place.adviser, NOW)
    letters = Notice.objects.filter(claim=claim).count()
    a_week_on = NOW + timedelta(days=7)
    verbs.attend(referral, a_week_on.date(), came=False, by=making.by_link(referral), now=a_week_on)
    assert list(Interview.objects.filter(claim=claim).values()) == before
    nothing_follows(claim, letters=letters)


# V55: many do not come


def test_meeting_the_service_beforehand_is_kept_with_the_referral(place, claim):
    referral = making.with_time(claim, place.adviser, NOW)
    verbs.introduced(referral, TODAY, by=place.adviser, now=NOW)
    assert again(referral).introduced_on == TODAY


# V59: again and again


def test_earlier_claims_are_at_hand_and_nobody_is_taken_for_ready(client, place, claim):
    end_claim(claim, reason="started_work", on=TODAY, by=place.adviser, now=NOW)
    later = place.claim(customer=claim.customer).claim
    referral = making.proposed(later, place.adviser, NOW)
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:fit", args=[referral.ref])).content.decode()
    assert "Claims before" in page
    verbs.ask_fit(referral, {}, by=place.adviser, now=NOW)
    hint = next(one for one in referral.fits.get().hints if "claims before this one" in one["because"])
    assert "do not take them for ready" in hint["do"]
    first = making.proposed(place.claim().claim, place.adviser, NOW)
    assert not any("claims before" in one for one in hints(first, {}, place=place, now=NOW))


# V65: above the courses


def test_the_level_of_a_course_is_set_beside_what_the_customer_can_do(codes):
    made = entry(codes, name="First steps on a computer", needs=["computer"], level="first_steps")
    [judged] = judge([made.ref], Wanted(on=TODAY, needs=("computer",), level="job_ready"), by=None)
    assert judged.fit_level == "no"
