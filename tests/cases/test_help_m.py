"""The services of the report on mental health: arriving, coming back, work and money. Its points: `report_m.toml`."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

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
from tests.cases.series import refusal, task
from tests.casework.making import claim_with
from tests.factories import NOW, TODAY
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.actionplans import verbs as plans
from waymark.actionplans.distance import distance
from waymark.actionplans.enums import Seen
from waymark.actionplans.owners import StepOwner
from waymark.awards import verbs as money
from waymark.awards.better_off.shapes import Household
from waymark.awards.better_off.shapes import Job as Asked
from waymark.casework import verbs as cases
from waymark.casework.queries.pages import helpers_of
from waymark.directory import verbs as directory
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.enums import LiaisonKind
from waymark.directory.queries import Wanted, judge
from waymark.directory.queries.reading import last_contact, liaisons_of
from waymark.employment import queries as work_queries
from waymark.employment import rules as work_rules
from waymark.employment import verbs as work
from waymark.employment.enums import Answer, JobKind
from waymark.employment.verbs import NewJob
from waymark.interviews.holding import rules_for
from waymark.interviews.verbs import end_claim
from waymark.notices.models import Notice
from waymark.referrals import verbs
from waymark.referrals.enums import FixedBy, ReferralKind, ReferralState
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
SHOP = NewJob("Calder Shop", JobKind.EMPLOYED, Decimal(16), TODAY, pay_pence=520, pay_period="hour")


@pytest.fixture
def claim(place):
    return claim_with(place)


@pytest.fixture
def codes(pack) -> Catalogue:
    return catalogue(TODAY)


def at_work(claim, place, job: NewJob = SHOP):
    return work.record_job(claim, job, by=place.adviser, now=NOW)


# V4, V5, V19, V22, V32 and V34: into work, and in it


def test_support_in_work_is_offered_at_the_start_and_no_answer_has_a_price(place, claim):
    job = at_work(claim, place)
    assert task(claim, "offer_in_work").due_on >= TODAY
    offer = work.offer_support(job, forms=["calls"], answer=Answer.DECLINED, by=place.adviser, now=NOW)
    assert offer.answer == Answer.DECLINED
    nothing_follows(claim, letters=Notice.objects.filter(claim=claim).count())


def test_her_limits_are_held_against_a_job_before_it_begins(place, claim):
    work.set_wishes(
        claim,
        work="my own profession",
        most_hours=Decimal(16),
        most_travel_minutes=30,
        avoid="selling in the street",
        by=place.adviser,
        now=NOW,
    )
    street = NewJob("Fund-raisers", JobKind.EMPLOYED, Decimal(30), TODAY + timedelta(days=7))
    job = at_work(claim, place, street)
    wishes = work_queries.work_page(claim, rules_for(claim, TODAY), TODAY).wishes
    assert work_rules.hints(work_queries.wished(wishes), hours=job.hours) == [
        "These are more hours than the customer wants: at most 16 a week.",
        "The customer wants to avoid: selling in the street.",
    ]


def test_contact_goes_on_in_work_on_set_days(place, claim):
    job = at_work(claim, place)
    days = [(call.due_on - TODAY).days for call in job.calls.all()]
    assert days == [7, 21, 42, 84]
    assert task(claim, "in_work_call").person == place.adviser.person


def test_who_hesitates_to_ring_is_rung_by_their_adviser(place, claim):
    at_work(claim, place)
    first = task(claim, "in_work_call")
    assert (first.person, first.due_on) == (place.adviser.person, TODAY + timedelta(days=7))


def test_the_broker_reads_the_goal_in_her_words(place, claim):
    to = making.service(provision="job_broker", information=["goals"])
    referral = making.sent(claim, place.adviser, NOW, to, purpose="Part time, in my own profession.")
    assert told(referral)["goals"] == "Part time, in my own profession."


def test_a_job_left_on_a_doctors_word_leads_back_to_a_talk(place, claim):
    job = at_work(claim, place)
    later = NOW + timedelta(days=20)
    work.leave_job(
        job,
        on=later.date(),
        because="doctor",
        next_words="Talk about the garden",
        next_on=later.date() + timedelta(days=7),
        by=place.adviser,
        now=later,
    )
    assert "What did the doctor say" in task(claim, "after_job").words


def test_what_a_doctor_began_stands_among_those_who_help(place, claim):
    garden = making.organisation(name="The hospital garden")
    cases.add_worker(
        claim,
        organisation=garden,
        contact=None,
        part="work in the garden, found by the doctor",
        until=None,
        origin_ref="",
        by=place.adviser,
        now=NOW,
    )
    assert "work in the garden, found by the doctor" in [one.part for one in helpers_of(claim)]


def test_her_hours_go_with_the_goal_and_childcare_with_the_calculation(place, claim):
    plans.set_goal(claim, words="Sixteen hours, in school hours", by=place.adviser, now=NOW)
    assert "Sixteen hours, in school hours" in str(plan_now(claim)["goals"])
    home = Household(children=2, childcare=4000, incapacity_benefit=7415)
    made = money.work_it_out(claim, home, Asked(hours=16, gross=9600), by=place.adviser, now=NOW)
    assert made.inputs["household"]["childcare"] == 4000
    assert "hildcare" in str(made.outcome)


# V7, V8, V14 to V17 and V20: on the way to help, and after it


def test_somebody_who_drinks_is_referred_to_help_that_takes_them(place, claim, codes):
    closed = entry(codes, name="Job club", needs=["alcohol"], excludes=["using_drugs_alcohol"])
    sober = entry(codes, name="Calder Sober", needs=["alcohol"], provision="drug_alcohol")
    asked = Wanted(on=TODAY, needs=("alcohol",), exclusions=("using_drugs_alcohol",))
    assert [one.fit_excludes for one in judge([closed.ref, sober.ref], asked, by=None)] == ["no", "yes"]
    referral = making.proposed(claim, place.adviser, NOW, sober, purpose="To drink less.")
    assert (referral.service, waits(referral).kind) == (sober, "referral_send")


def test_what_a_group_gave_somebody_is_seen_as_a_sign_of_progress(place, claim):
    plans.see_signs(
        claim,
        {"confidence": Seen.CLEARLY},
        words="The group gave him hope.",
        on=TODAY,
        by=place.adviser,
        now=NOW,
    )
    signs = {sign.code: sign for sign in distance(claim, rules_for(claim, TODAY)).signs}
    assert signs["confidence"].last.words == "The group gave him hope."


def test_the_end_of_help_brings_a_meeting_by_a_day(place, claim):
    referral = making.ended(claim, place.adviser, NOW)
    assert (waits(referral).kind, waits(referral).person) == ("referral_meeting", place.adviser.person)


def test_how_he_likes_it_goes_with_the_next_referral(place, claim):
    to = making.service(information=["access_needs"])
    referral = making.consented(claim, place.adviser, NOW, to)
    tell_more(referral, place, NOW, access_needs="One to one; no group.")
    send(referral, place, NOW)
    assert told(referral)["access_needs"] == "One to one; no group."


def test_age_is_looked_at_before_anybody_is_sent(codes):
    made = entry(codes, name="Young starters", needs=["training"], least_age=18, greatest_age=50)
    [judged] = judge([made.ref], Wanted(on=TODAY, needs=("training",), age=58), by=None)
    assert judged.fit_age == "no"


def test_the_next_service_reads_what_was_done_before_if_he_agrees(place, claim):
    to = making.service(information=["action_plan"])
    referral = making.consented(claim, place.adviser, NOW, to, said={"action_plan": True})
    tell_more(referral, place, NOW, action_plan="Done: a course on anxiety, a work trial.")
    send(referral, place, NOW)
    assert told(referral)["action_plan"] == "Done: a course on anxiety, a work trial."


def test_where_she_wishes_it_the_first_appointment_is_made_with_her_there(place, claim):
    first = verbs.FirstTime(NOW + timedelta(days=3), "The Old School, Mill Road")
    making.sent(claim, place.adviser, NOW, fixed_by=FixedBy.TOGETHER, first=first, contact_by=None)
    letter = Notice.objects.get(claim=claim, kind="referral_confirmed").html
    assert "Friday 7 May 2004" in letter


def test_a_leaflet_alone_leaves_a_task_to_ask_how_it_went(place, claim):
    leaflet = making.proposed(claim, place.adviser, NOW, kind=ReferralKind.SIGNPOST)
    leaflet = verbs.signpost(leaflet, by=place.adviser, now=NOW)
    assert (waits(leaflet).kind, waits(leaflet).person) == ("referral_signpost", place.adviser.person)


def test_what_a_provider_promised_has_a_day_and_is_late_like_anything_else(place, claim):
    promised = step(claim, place, "Training in accounts", now=NOW, who=StepOwner.provider(name="Job broker"))
    assert promised.task.words == "Job broker: Training in accounts"
    day_after = promised.due_on + timedelta(days=1)
    assert promised.task in Task.objects.filter(claim=claim, closed_at=None, due_on__lt=day_after)


# V23, V26 and V28: the course


def test_who_is_not_taken_comes_back_with_what_to_do_and_a_day(place, claim):
    referral = making.sent(claim, place.adviser, NOW, making.service(provision="cmp"))
    by = making.by_link(referral)
    verbs.vet(referral, admitted=False, code="not_well_enough", words="Too ill for now.", by=by, now=NOW)
    assert "Agree when to look at it again" in waits(referral).words
    assert waits(referral).due_on > TODAY
    refused = refusal(verbs.close, referral, words=" ", by=place.adviser, now=NOW)
    assert refused.code == "no_words"
    verbs.close(referral, words="The day centre; again in August.", by=place.adviser, now=NOW)
    assert again(referral).next_words == "The day centre; again in August."


def test_help_beside_a_doctors_is_asked_about_first(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, making.service(provision="cmp"))
    said = hints(referral, {"cmp_other_goals": "yes", "cmp_clash": "yes"}, place=place, now=NOW)
    assert "Two treatments with different goals get in each other’s way." in said
    assert "Hospital appointments that clash put it off." in said


def test_how_long_a_course_lasts_is_said_before_she_agrees(place, claim, codes):
    made = entry(codes, name="Six months in the garden", lasts_weeks=26)
    assert sheet(place, codes, made, on=TODAY)["Six months in the garden"]["How long it lasts"] == (
        "About 26 weeks"
    )


def test_without_her_yes_nothing_leaves_for_the_course(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, making.service(provision="cmp", lasts_weeks=26))
    assert refusal(send, referral, place, NOW).code == "no_consent"
    assert again(referral).state == ReferralState.PROPOSED


# V35 and V37: partners, debts


def test_a_visit_to_partners_is_kept_as_work_with_what_was_said(place):
    charity = making.organisation(name="Calder Mind Matters")
    directory.note_liaison(
        charity,
        kind=LiaisonKind.VISIT,
        on=TODAY,
        who="Six of their staff",
        words="Asked about sanctions: help is a choice, and nothing follows.",
        by=place.adviser,
        now=NOW,
    )
    [visit] = liaisons_of(charity)
    assert (visit.who, last_contact(charity, TODAY)) == ("Six of their staff", TODAY)
    assert "help is a choice" in visit.words


def test_there_is_something_to_hand_out_to_partners(client, place):
    charity = making.organisation(name="Calder Mind Matters")
    sign_in(client, place.adviser)
    address = reverse("directory:handout", args=[charity.ref])
    assert address in client.get(reverse("directory:organisation", args=[charity.ref])).content.decode()
    page = client.get(address).content.decode()
    for words in (
        "Calder Mind Matters",
        "Is your help compulsory?",
        "We ask the reason first.",
        place.adviser.person.name,
    ):
        assert words in page
    pdf = client.get(f"{address}?format=pdf")
    assert "Is your help compulsory?" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


def test_debt_advice_is_found_in_the_directory(codes):
    entry(codes, name="Calder Debt Advice", needs=["debt"])
    assert found(TODAY, needs=("debt",)) == ["Calder Debt Advice"]


def test_a_change_of_benefit_brings_somebody_who_is_in_touch_the_next_working_day(place, claim):
    moved = {"reason": "other_benefit", "moved_to": "Jobseeker's Allowance"}
    end_claim(claim, **moved, on=TODAY, by=place.adviser, now=NOW)
    assert task(claim, "transition").due_on == date(2004, 5, 5)
