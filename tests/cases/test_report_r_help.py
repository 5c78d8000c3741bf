"""The cases of the report on referral, through the real verbs, rules, letters and pages: once help has begun, and who
is responsible meanwhile. What happens until then stands in `test_report_r.py`, what is open in `report_r.toml`.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.cases.doing import happened, kinds
from tests.cases.series import letter, refusal, task
from tests.casework.making import (
    check_now,
    claim_with,
    disability_adviser,
    helpers,
    manager_of,
    moment,
    taken_on,
    wanted,
)
from tests.directory import making as entries
from tests.factories import NOW, TODAY
from tests.interviews.sitting import book, hold
from tests.place import Place
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import Origin
from waymark.actionplans.owners import StepOwner
from waymark.actionplans.wording import sentence
from waymark.casework import queries as cases
from waymark.casework import verbs as casework
from waymark.casework.enums import MeetingKind
from waymark.casework.models import CaseManager
from waymark.customers.models import Claim
from waymark.directory import queries as directory
from waymark.directory import verbs as entering
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.queries import Wanted, search
from waymark.directory.rules import freshness
from waymark.employment import verbs as work
from waymark.employment.enums import JobKind
from waymark.inbound import verbs as inbound
from waymark.interviews.managing.verbs.handing_over import hand_over_caseload
from waymark.interviews.sittings.rules import NextWish
from waymark.kernel.clock import day_of
from waymark.programme.models import LocalSetting
from waymark.record.models import Event
from waymark.referrals import queries, verbs
from waymark.referrals.enums import FeedbackKind, Given
from waymark.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_at_a_commit(db):
    """At the end of each test the tables must hold."""
    yield
    if not connection.needs_rollback:
        check_now()


@pytest.fixture
def claim(place) -> Claim:
    return claim_with(place)


@pytest.fixture
def codes(pack) -> Catalogue:
    return catalogue(TODAY)


def tells(referral: Referral, kind: FeedbackKind, words: str, *, now):
    return verbs.give_feedback(referral, kind, words=words, by=making.by_link(referral), now=now)


def ends(referral: Referral, *, report: str, now) -> Referral:
    by = making.by_link(referral)
    return verbs.end_help(referral, "completed", on=day_of(now), report=report, by=by, now=now)


# V31: the last session


def test_the_districts_rule_on_contact_is_followed_during_the_course(place, claim):
    LocalSetting.objects.create(
        slug=claim.programme,
        key="casework.contact_during",
        value=["cmp:last_session"],
        district_code=place.district.code,
        valid_from=TODAY,
        because="An adviser comes to the last session",
        set_by="test",
        set_at=NOW,
    )
    referral = making.sent(claim, place.adviser, NOW, making.service(provision="cmp"))
    service = making.by_link(referral)
    verbs.vet(referral, admitted=True, by=service, now=NOW)
    last = TODAY + timedelta(days=56)  # Tuesday 29 June
    verbs.attend(referral, TODAY, came=True, ends_expected=last, by=service, now=NOW)
    assert manager_of(cases.case_of(claim)).case.next_contact_on == last


def test_the_end_of_a_service_brings_the_meeting_on_what_comes_next(place, claim):
    referral = making.started(claim, place.adviser, NOW)
    ends(referral, report="Ten mornings, all of them.", now=moment(40))
    meeting = task(claim, "referral_meeting")
    assert (meeting.person, meeting.due_on > day_of(moment(40))) == (place.adviser.person, True)
    words = "A course at the college in autumn."
    verbs.close(referral, words=words, met_on=day_of(moment(44)), by=place.adviser, now=moment(44))
    assert Referral.objects.get(pk=referral.pk).next_words == words
    assert "referral_meeting" not in kinds(claim)


# V32: staff away


def test_the_service_says_that_somebody_is_away_and_whom_it_touches_is_listed(place, claim):
    to = making.service()
    first, second = (
        making.started(one, place.adviser, NOW, to)
        for one in (claim, claim_with(place, place.second_adviser))
    )
    untouched = making.started(claim_with(place), place.adviser, NOW)
    news = verbs.tell_news(
        to.organisation, "Sally is away until June.", service=to, by=making.by_link(first), now=moment(5)
    )
    assert news.touches == 2
    for referral, adviser in ((first, place.adviser), (second, place.second_adviser)):
        look = task(referral.claim, "referral_news")
        assert look.words.endswith("Sally is away until June.")
        assert look.person == adviser.person
    assert "referral_news" not in kinds(untouched.claim)


# V34: taking the credit


def test_everybody_who_took_part_shows_beside_the_job(client, place, claim):
    hold(place, book(place, claim.interviews.get(), now=NOW), NextWish("follow_up", on=day_of(moment(40))))
    case = casework.take_on(claim, by=place.adviser, now=moment(3)).case
    course = making.started(claim, place.adviser, moment(4), making.service(name="Mornings out"))
    ends(course, report="Ten mornings, all of them.", now=moment(30))
    handing = wanted(place.second_adviser, reason="asked_for_another")
    transfer = casework.propose_transfer(case, handing, by=place.adviser, now=moment(31))
    casework.answer_transfer(transfer, accept=True, by=place.second_adviser, now=moment(32))
    work.record_job(
        claim,
        work.NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(20), day_of(moment(40))),
        by=place.second_adviser,
        now=moment(40),
    )
    sign_in(client, place.second_adviser)
    page = client.get(reverse("employment:work", args=[claim.ref])).content.decode()
    beside = page[page.index("Who took part") :]
    talked, *helped = [line.partition("<")[0] for line in beside.split("<li>")[1:5]]
    first, second = place.adviser.person.name, place.second_adviser.person.name
    assert talked == f"{first}, {place.office.name}: an interview on Tue 4 May 2004"
    over, course, now = sorted(helped, key=lambda line: (second in line, "Mornings out" in line))
    assert over.startswith(f"{first}, {place.office.name}: case manager, ")
    assert over.endswith(" to Sat 5 Jun 2004")
    assert course.endswith(": Mornings out, Sat 8 May 2004 to Thu 3 Jun 2004")
    assert now == f"{second}, {place.office.name}: case manager, since Sat 5 Jun 2004"


# V35: rather not the adviser


def test_she_can_ask_for_another_case_manager(place, claim):
    case = casework.take_on(claim, by=place.adviser, now=NOW).case
    asked = inbound.log(
        claim, way="portal", about="other_adviser", words="I fear the meetings.", by=None, now=NOW
    )
    assert task(claim, "answer_message") == asked.task
    handing = wanted(
        place.second_adviser, reason="asked_for_another", customer_prefers="Somebody who does not press her."
    )
    transfer = casework.propose_transfer(case, handing, by=place.adviser, now=moment(1))
    casework.answer_transfer(transfer, accept=True, by=place.second_adviser, now=moment(2))
    assert manager_of(case).person == place.second_adviser.person
    told = letter(claim, "case_manager_changed")
    assert place.second_adviser.person.name in told
    assert "press her" not in told


def test_that_contact_goes_through_the_provider_is_kept(place):
    case, there = taken_on(place), helpers()
    casework.set_rhythm(
        case, every_days=30, because="She is afraid of us.", via=there.contact, by=place.adviser, now=NOW
    )
    case.refresh_from_db()
    assert (case.contact_via, case.contact_because) == (there.contact, "She is afraid of us.")
    assert "contact_rhythm_set" in happened(case.claim)


# V37 and V38: nobody in charge, two in charge


def test_the_service_reads_in_a_referral_who_the_case_manager_is(client, place, claim):
    to = making.service(channels=["account"])
    worker = making.provider(to.organisation)
    referral = making.sent(claim, place.second_adviser, NOW, to, channel="account")
    sign_in(client, worker)
    page = client.get(reverse("provider:show", args=[referral.ref])).content.decode()
    assert manager_of(cases.case_of(claim)).person == place.adviser.person
    for name in (place.adviser.person.name, place.second_adviser.person.name):
        assert name in page


def test_a_referral_gives_the_customer_a_case_manager_and_no_open_case_is_left_without_one(place):
    claim = place.claim().claim
    making.proposed(claim, place.adviser, NOW)
    manager = cases.manager_of(claim)
    assert manager.person == place.adviser.person
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseManager.objects.filter(pk=manager.pk).update(until=moment(1))
        check_now()
    assert not cases.cases_without_one_manager().exists()


def test_there_is_never_a_second_case_manager(place):
    case = taken_on(place)
    assert casework.take_on(case.claim, by=place.second_adviser, now=moment(1)) == manager_of(case)
    with pytest.raises(IntegrityError, match="never_two_case_managers"), transaction.atomic():
        CaseManager.objects.create(
            case=case, post=place.second_adviser, made_as="adviser", since=manager_of(case).since
        )


def test_beside_the_manager_there_are_people_for_parts(place, claim):
    to = making.service(name="Mornings out")
    making.link_worker(to.organisation)
    making.started(claim, place.adviser, NOW, to)
    case = cases.case_of(claim)
    worker = case.workers.get()
    assert (worker.name, worker.part, worker.ended_on) == (making.SALLY, "Mornings out", None)
    assert manager_of(case).person == place.adviser.person
    assert [(one.name, one.manages) for one in cases.helpers_of(claim)] == [
        (place.adviser.person.name, True),
        (making.SALLY, False),
    ]


# V40: handed back without a word


def test_the_end_has_a_report_and_the_adviser_has_a_meeting_to_arrange(place, claim):
    referral = making.started(claim, place.adviser, NOW)
    ends(referral, report="", now=moment(40))
    assert task(claim, "referral_report").person == place.adviser.person
    assert "referral_meeting" not in kinds(claim)
    made = tells(referral, FeedbackKind.REPORT, "He can do mornings now.", now=moment(42))
    assert place.adviser.person in {reader.person for reader in made.readers.all()}
    meeting = task(claim, "referral_meeting")
    assert (meeting.person, meeting.words.endswith("best with the service")) == (place.adviser.person, True)
    refused = refusal(verbs.close, referral, words="The college.", by=place.adviser, now=moment(43))
    assert refused.code == "no_meeting"


# V41: sent on


def test_what_the_service_suggests_next_is_kept_and_seen_by_the_adviser(place, claim):
    referral = making.started(claim, place.adviser, NOW)
    words = "Told him of the walking group and of the library."
    made = tells(referral, FeedbackKind.ONWARD, words, now=moment(39))
    ends(referral, report="He finished the course.", now=moment(40))
    unread = [one.feedback.kind for one in queries.unread_for(place.adviser)]
    assert unread == ["onward", "report"]
    verbs.read_feedback(made, by=place.adviser, now=moment(41))
    assert referral.feedback.get(kind="onward").words == words
    assert made.readers.get(person=place.adviser.person).read_at == moment(41)


# V43: found work


def test_the_case_closes_with_work_and_help_in_work_goes_on(place, claim):
    referral = making.started(claim, place.adviser, NOW, making.service(provision="in_work_support"))
    case = cases.case_of(claim)
    job = work.NewJob("Calder Nurseries", JobKind.EMPLOYED, Decimal(20), TODAY)
    work.record_job(claim, job, by=place.adviser, now=NOW)
    closing = {"by": place.adviser, "now": moment(30)}
    assert refusal(casework.close_case, case, reason="needs_no_help", **closing).code == "help_goes_on"
    closed = casework.close_case(case, reason="work", **closing)
    assert (closed.closed_why, closed.workers.get().ended_on) == ("work", None)
    assert Referral.objects.get(pk=referral.pk).state == "started"
    assert "in_work_call" in kinds(claim)


# V44: the adviser fell ill


def test_the_case_manager_changes_with_the_caseload_and_the_change_is_kept(place):
    case = taken_on(place)
    note = {case.claim.ref: (place.second_adviser.person, "Knows the course.")}
    hand_over_caseload(place.adviser.person, note, by=place.manager, now=moment(1))
    before, after = case.managers.order_by("since")
    assert (before.person, before.until) == (place.adviser.person, moment(1))
    assert (after.person, after.since) == (place.second_adviser.person, moment(1))
    assert "case_manager_changed" in happened(case.claim)


# V46: a copy of the plan


@pytest.mark.parametrize("agrees", [True, False])
def test_a_copy_of_the_plan_goes_when_the_customer_agrees_and_not_otherwise(place, claim, agrees):
    step = plans.add_step(
        claim,
        words="Go swimming on Mondays",
        who=StepOwner.customer(),
        due_on=day_of(moment(10)),
        origin=Origin.INTERVIEW,
        by=place.adviser,
        now=NOW,
    )
    referral = making.proposed(claim, place.adviser, NOW, making.service(information=["action_plan"]))
    said = {"name": True, "contact": True, "action_plan": agrees}
    copy = {"action_plan": sentence(step)}
    verbs.consent(referral, said, values=copy, how=Given.IN_PERSON, by=place.adviser, now=NOW)
    by_post = {"channel": "paper", "fixed_by": "customer"}
    sent = verbs.send(referral, **by_post, by=place.adviser, now=NOW).sent.values_list("item", "value")
    assert (dict(sent).get("action_plan") == sentence(step)) is agrees
    assert ("action_plan" in dict(sent)) is agrees


# V47: a risk assessment


def test_a_risk_assessment_is_asked_of_who_treats_the_customer_and_never_of_the_adviser(place, claim):
    to = making.service(documents=["risk_assessment"])
    refused = refusal(making.sent, claim, place.adviser, NOW, to)
    assert refused.code == "paper_missing"
    assert refused.cure.startswith("It comes from somebody who treats the customer, not from you")


# V49: whose entry it is


def test_an_entry_has_an_owner_and_what_is_old_shows_as_old(place, codes):
    made = entries.service(codes, owner=place.adviser.person)
    other = {"by": place.second_adviser, "now": NOW}
    assert refusal(entering.confirm, made, **other).code == "entry_of_somebody_else"
    every = codes.confirm_every_days
    on_time, late = TODAY + timedelta(days=every), TODAY + timedelta(days=every + 1)
    assert not freshness(made.confirmed_on, on_time, every).stale
    assert freshness(made.confirmed_on, late, every).stale
    assert list(directory.to_confirm(place.adviser, late, every)) == [made]


# V50: not your business


def test_the_directory_is_open_to_advisers_and_disability_advisers_alike(client, place, codes):
    made = entries.service(codes, name="Mornings out")
    for post in (place.adviser, disability_adviser(place)):
        sign_in(client, post)
        page = client.get(reverse("directory:entry", args=[made.ref]))
        assert (page.status_code, "Mornings out" in page.content.decode()) == (200, True)
        own = entries.service(codes, name=f"Found by {post.person.name}")
        assert entering.give(own, to=post, by=post, now=NOW).owner == post.person


# V53: sent to us

NURSE = {
    "words": "She would like to see what work there is for mornings.",
    "agreed": True,
    "organisation": None,
    "from_whom": "The day hospital",
}


def test_a_service_can_ask_us_to_see_somebody_and_an_adviser_answers(client, place, claim):
    to = making.service(channels=["account"])
    worker = making.provider(to.organisation)
    making.sent(claim_with(place), place.adviser, NOW, to, channel="account")
    sign_in(client, worker)
    asked = {
        "office": place.office.code,
        "name": claim.customer.name,
        "reach": "01632 960777",
        "words": "He would like help to find a course.",
        "agreed": "on",
    }
    page = client.post(reverse("provider:ask_us"), asked, follow=True).content.decode()
    assert "An adviser answers by" in page
    waiting = queries.sent_to_us(place.adviser).get()
    assert waiting.organisation == to.organisation
    assert not queries.sent_to_us(place.elsewhere).exists()
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:sent_to_us_one", args=[waiting.ref])).content.decode()
    assert "He would like help to find a course." in page
    due = waiting.answer_by + timedelta(days=2)
    answer = {
        "claim": claim.ref,
        "due_on_day": str(due.day),
        "due_on_month": str(due.month),
        "due_on_year": str(due.year),
        "words": "Thank you. We are in touch with him.",
    }
    client.post(reverse("referrals:sent_to_us_one", args=[waiting.ref]), answer)
    answered = queries.get_sent_to_us(place.adviser, waiting.ref)
    assert (answered.state, answered.claim, answered.answered_by) == ("taken", claim, place.adviser)
    follow = task(claim, "follow_up")
    assert (follow.person, follow.due_on) == (place.adviser.person, due)
    assert "sent_to_us_answered" in happened(claim)
    sign_in(client, worker)
    page = client.get(reverse("provider:ask_us")).content.decode()
    assert "Thank you. We are in touch with him." in page
    assert claim.ref not in page


def test_nobody_is_sent_to_us_without_their_yes_and_who_has_no_claim_is_answered_too(place):
    who = verbs.Somebody("Rosa Lindt", "01632 960778")
    told = making.told_us(place.adviser, "Nurse Amin")
    without = {**NURSE, "agreed": False}
    assert refusal(verbs.ask_us_to_see, place.office, who, **without, by=told, now=NOW).code == "not_agreed"
    asked = verbs.ask_us_to_see(place.office, who, **NURSE, by=told, now=NOW)
    assert asked.answer_by == day_of(moment(3))
    note = Event.objects.get(kind="sent_to_us")
    assert "Rosa" not in f"{note.why} {note.details}"
    words = "She has no claim with us. The library has a list of groups for mornings."
    answered = verbs.cannot_see(asked, words=words, by=place.adviser, now=moment(1))
    assert (answered.state, answered.answer) == ("not_here", words)
    assert refusal(verbs.cannot_see, asked, words="No.", by=place.adviser, now=moment(1)).code == (
        "answered_already"
    )


# V55: three at the table


def test_who_was_there_and_what_was_agreed_is_kept_and_every_step_has_an_owner_and_a_day(place):
    case, there = taken_on(place), helpers()
    customer, adviser = case.claim.customer.name, place.adviser.person.name
    meeting = casework.plan_meeting(
        case,
        kind=MeetingKind.CONFERENCE,
        starts_at=moment(1),
        place="Calder office",
        objectives="What is left to do.",
        invited=[
            casework.Invited(adviser, post=place.adviser),
            casework.Invited(there.contact.name, there.organisation.name, contact=there.contact),
        ],
        by=place.adviser,
        now=NOW,
    )
    steps = [
        casework.StepWanted("Rings the college", adviser, day_of(moment(8))),
        casework.StepWanted("Looks at the timetable", customer, day_of(moment(10))),
    ]
    held = casework.Held(
        came=[customer, adviser, there.contact.name], not_reached="A place to practise.", steps=steps
    )
    casework.settle_meeting(meeting, held, by=place.adviser, now=moment(1, 11))
    meeting.refresh_from_db()
    assert meeting.not_reached == "A place to practise."
    assert {one.name for one in meeting.attendees.filter(came=True)} == {
        customer,
        adviser,
        there.contact.name,
    }
    kept = {(step.words, step.attendee.name, step.due_on) for step in meeting.steps.all()}
    assert kept == {(step.words, step.who, step.due_on) for step in steps}
    assert task(case.claim, "agreed_step").person == place.adviser.person


# V56: the money ran out


def without_money(place: Place, codes: Catalogue, *people: Claim):
    """A service that people are with, and whose funding has ended."""
    to = entries.service(codes, name="The unit", needs=["debt"], information=["health"])
    to.organisation.email = "office@unit.example"
    to.organisation.save()
    begun = [making.started(claim, place.adviser, NOW, to) for claim in people]
    entering.withdraw(to, why="The funding has ended.", on=TODAY, by=place.manager, now=NOW)
    return to, begun


def test_a_service_that_takes_nobody_cannot_be_referred_to_and_others_are_shown(place, claim, codes):
    to, _begun = without_money(place, codes)
    entries.service(codes, name="Another", needs=["debt"])
    refused = refusal(making.proposed, claim, place.adviser, NOW, to)
    assert (refused.code, "Look for another service" in refused.cure) == ("service_takes_nobody", True)
    found = search(Wanted(on=TODAY, needs=("debt",)), by=place.adviser).services
    assert [one.name for one in found] == ["Another"]


def test_who_is_with_a_service_that_takes_nobody_is_listed(place, claim, codes):
    to, begun = without_money(place, codes, claim, claim_with(place))
    listed = queries.listed(place.manager, state="under_way", organisation=to.organisation.ref)
    assert set(listed) == set(begun)


# V59: ready to start


def test_less_contact_can_be_agreed_with_the_reason(place):
    case = taken_on(place)
    asking = {"every_days": 60, "by": place.adviser, "now": NOW}
    assert refusal(casework.set_rhythm, case, because=" ", **asking).code == "no_reason"
    casework.set_rhythm(case, because="He is keen, and rings us himself.", **asking)
    case.refresh_from_db()
    assert (case.contact_days, case.contact_because) == (60, "He is keen, and rings us himself.")
    assert day_of(moment(60)) <= case.next_contact_on <= day_of(moment(63))
