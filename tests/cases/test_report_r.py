"""The cases of the report on referral, through the real verbs, rules, letters and pages: until help begins.

Which point of which case is checked where, and which are open, stands in `report_r.toml`. What happens once help
has begun stands in `test_report_r_help.py`.
"""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from tests import factories
from tests.cases.doing import kinds
from tests.cases.series import letter, letters, refusal, task
from tests.casework.making import (
    check_now,
    claim_with,
    disability_adviser,
    manager_of,
    moment,
    taken_on,
    wanted,
)
from tests.directory import making as entries
from tests.factories import NOW, TODAY
from tests.interviews.sitting import book, sit
from tests.place import Place
from tests.referrals import making
from tests.today.seeing import sign_in
from waymark.casework import queries as cases
from waymark.casework import verbs as casework
from waymark.casework.models import Case
from waymark.customers.models import Claim
from waymark.directory import queries as directory
from waymark.directory import verbs as entering
from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.enums import Channel, NeedOrigin
from waymark.directory.queries import Wanted, judge, search
from waymark.interviews.enums import Explored
from waymark.interviews.sittings import settling
from waymark.interviews.sittings import verbs as sittings
from waymark.interviews.sittings.rules import Ended, NextWish
from waymark.kernel.clock import day_of
from waymark.notices.models import Notice
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post
from waymark.programme.models import LocalSetting
from waymark.programme.queries import Place as Where
from waymark.programme.queries import holding
from waymark.record.models import Event
from waymark.referrals import daily, outbox, queries, verbs
from waymark.referrals.enums import FeedbackKind, FixedBy, Given, NotThere, ReferralKind, WayAnswer, WayHelp
from waymark.referrals.models import Dispatch, Referral, Sent
from waymark.referrals.rules import Stuck
from waymark.referrals.verbs.proposing import directive
from waymark.sanctions.models import Breach
from waymark.staffing.verbs import set_local_value

pytestmark = pytest.mark.django_db
HINDRANCES = ("health", "money", "confidence")
TO_A_SPECIALIST = {"reason": "disability_adviser", "remit": ("complex_health",)}


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


def local(
    office: Office, key: str, value: str, because: str = "Advisers give this help themselves"
) -> LocalSetting:
    """The district holds another value than the programme, set by its administrator."""
    return set_local_value(
        slug="jobcentre-plus-2002",
        key=key,
        text=value,
        place=office.district,
        valid_from=TODAY,
        valid_until=None,
        because=because,
        by=factories.post(Role.ADMINISTRATOR, office=office),
        now=NOW,
    )


def seen_with_hindrances(place: Place) -> Case:
    """A first interview at which much stands in the way, health among it."""
    appointment = book(place, place.claim(), now=NOW)
    sitting = sit(place, appointment)
    seen = {"explored": Explored.YES, "present": True, "by": place.adviser, "now": appointment.starts_at}
    for kind in HINDRANCES:
        sittings.see_barrier(sitting, kind, **seen)
    ended = Ended("held", understood="yes", agreed="yes")
    settling.settle(sitting, ended, NextWish("end_series"), by=place.adviser, now=appointment.ends_at)
    case = cases.case_of(appointment.interview.claim)
    assert case is not None
    return case


def send(referral: Referral, by: Post, **how) -> Referral:
    usual = {"channel": Channel.LINK, "fixed_by": FixedBy.CUSTOMER}
    return verbs.send(referral, **{**usual, **how}, by=by, now=NOW)


# V1: held on to


def test_who_meets_the_remit_of_the_disability_adviser_shows_as_such(place):
    case = seen_with_hindrances(place)
    assert cases.seems_for_a_disability_adviser(case, TODAY)
    assert not cases.seems_for_a_disability_adviser(taken_on(place), TODAY)


def test_who_is_neither_passed_on_nor_kept_for_a_reason_is_listed_for_the_manager(place):
    passed, kept, forgotten = (seen_with_hindrances(place) for _ in range(3))
    later = moment(30)
    handing = wanted(disability_adviser(place), **TO_A_SPECIALIST)
    casework.propose_transfer(passed, handing, by=place.adviser, now=later)
    said = casework.keep_case(kept, reason="advised_by_one", words="On Mondays.", by=place.adviser, now=later)
    assert [one.case for one in cases.held_on(place.manager, day_of(later))] == [forgotten]
    assert (said.reason, said.words, said.by) == ("advised_by_one", "On Mondays.", place.adviser)


# V2: picked and chosen


def test_to_pass_somebody_on_needs_a_reason_of_the_remit(place):
    case, specialist = taken_on(place), disability_adviser(place)
    for remit, code in (((), "no_remit"), (("preference_only",), "no_such_reason")):
        handing = wanted(specialist, reason="disability_adviser", remit=remit)
        assert refusal(casework.propose_transfer, case, handing, by=place.adviser, now=NOW).code == code
    assert manager_of(case).person == place.adviser.person


def test_the_disability_adviser_sends_back_what_they_can_add_nothing_to(place):
    case, specialist = taken_on(place), disability_adviser(place)
    transfer = casework.propose_transfer(
        case, wanted(specialist, **TO_A_SPECIALIST), by=place.adviser, now=NOW
    )
    casework.answer_transfer(transfer, accept=False, reason="nothing_to_add", by=specialist, now=moment(1))
    again = task(case.claim, "transfer_declined")
    assert again.person == manager_of(case).person == place.adviser.person
    assert "They can add nothing to what the adviser can offer" in again.words


# V4 and V5: sent back by the disability adviser


def sent_back_by_specialist(place: Place, claim: Claim, code: str) -> Referral:
    referral = making.sent(claim, place.adviser, NOW, making.service(provision="disability_adviser"))
    return verbs.give_it_back(referral, code, by=making.by_link(referral), now=moment(1))


def test_where_health_is_not_what_stands_in_the_way_it_is_sent_back_and_other_help_is_looked_for(
    place, claim
):
    referral = sent_back_by_specialist(place, claim, "health_not_barrier")
    next_step = task(claim, "referral_returned")
    assert (referral.state, referral.returned_code) == ("returned", "health_not_barrier")
    assert "Look for help with what does" in next_step.words
    assert next_step.person == place.adviser.person


def test_where_nothing_can_be_added_it_is_sent_back_with_that_reason(place, claim):
    referral = sent_back_by_specialist(place, claim, "nothing_additional")
    assert referral.returned_code == "nothing_additional"
    assert "The service can add nothing" in task(claim, "referral_returned").words


# V7: a new manager agreed


def test_the_permission_is_a_value_of_the_district_with_who_set_it_and_since_when(place):
    made = local(
        place.office, "referrals.may_also_refer", "disability_adviser", because="The new manager agreed"
    )
    held = holding("jobcentre-plus-2002", TODAY, Where(place.district.code)).held("referrals.may_also_refer")
    assert (held.value, held.local, held.because) == (["disability_adviser"], True, "The new manager agreed")
    assert (made.valid_from, bool(made.set_by)) == (TODAY, True)


def test_the_referral_keeps_in_which_role_it_was_made_where_a_district_allows_it(place, claim):
    to, specialist = making.service(referred_by=["adviser"]), disability_adviser(place)
    assert refusal(making.proposed, claim, specialist, NOW, to).code == "role_may_not_refer"
    local(place.office, "referrals.may_also_refer", "disability_adviser", because="The new manager agreed")
    assert making.proposed(claim, specialist, NOW, to).made_as == "disability_adviser"


# V8: on another benefit


def test_the_benefit_is_looked_at_before_a_referral_and_what_does_not_fit_is_said(place, claim, codes):
    ours = entries.service(codes, benefits=["ib"])
    [found] = judge([ours.ref], Wanted(on=TODAY, benefit="jsa"), by=disability_adviser(place))
    assert vars(found)["fit_benefit"] == "no"
    referral = making.proposed(claim, place.adviser, NOW, making.service(benefits=["jsa"]))
    hints = verbs.ask_fit(referral, {}, by=place.adviser, now=NOW).hints
    assert any(one["do"] == "Look for a service that takes this benefit." for one in hints)


# V10: only one was told


def told_after_handing_over(place: Place, *, hears: bool) -> tuple[Post, set]:
    """A disability adviser took over and referred; says who they are, and who reads what the service reports."""
    case, specialist = taken_on(place), disability_adviser(place)
    handing = wanted(specialist, **TO_A_SPECIALIST, lender_hears=hears)
    transfer = casework.propose_transfer(case, handing, by=place.adviser, now=NOW)
    casework.answer_transfer(transfer, accept=True, by=specialist, now=moment(1))
    referral = making.started(case.claim, specialist, moment(2))
    made = verbs.give_feedback(
        referral,
        FeedbackKind.PROGRESS,
        words="She comes gladly.",
        by=making.by_link(referral),
        now=moment(9),
    )
    return specialist, {reader.person for reader in made.readers.all()}


def test_what_the_service_says_reaches_the_adviser_who_met_her_first(place):
    specialist, readers = told_after_handing_over(place, hears=True)
    assert readers == {specialist.person, place.adviser.person}


def test_whom_she_has_not_agreed_to_is_not_told(place):
    specialist, readers = told_after_handing_over(place, hears=False)
    assert readers == {specialist.person}


# V11: all else considered


def test_without_what_else_was_considered_it_does_not_go(place, claim):
    referral = making.consented(claim, place.adviser, NOW, making.service(provision="workstep"))
    refused = refusal(send, referral, place.adviser)
    assert (refused.code, Sent.objects.count()) == ("alternatives_missing", 0)
    assert refused.cure == "Write down what you and the customer thought of, and why not that."


def test_with_what_else_was_considered_it_goes(place, claim):
    referral = making.consented(claim, place.adviser, NOW, making.service(provision="workstep"))
    verbs.think_of(referral, verbs.Other("Work trial", "None before winter."), by=place.adviser, now=NOW)
    assert send(referral, place.adviser).state == "sent"


# V13: pushed here, barred there


def test_what_a_district_wishes_holds_there_alone_and_shows_as_advice(place):
    elsewhere = factories.office()
    here, there = Where(place.district.code), Where(elsewhere.district.code)
    local(place.office, "referrals.used_first", "job_broker", because="They are paid for already")
    local(elsewhere, "referrals.not_used", "job_broker")
    broker, other = making.service(provision="job_broker"), making.service(provision="volunteering")
    said = {
        where: [directive(holding("jobcentre-plus-2002", TODAY, where), one) for one in (broker, other)]
        for where in (here, there)
    }
    assert said[here][0] == said[there][1] == ""
    assert said[here][1].endswith("job broker first: They are paid for already.")
    assert said[there][0].endswith("at present: Advisers give this help themselves.")


def test_what_a_district_wishes_is_set_aside_with_a_reason(place, claim):
    local(place.office, "referrals.not_used", "job_broker")
    broker = making.service(provision="job_broker")
    assert refusal(making.proposed, claim, place.adviser, NOW, broker).code == "other_than_local_rule"
    made = making.proposed(claim, place.adviser, NOW, broker, override_reason="She trusts them.")
    assert made.state == "proposed"


# V14: what is best


def test_to_do_what_is_best_has_no_penalty_and_the_manager_reads_the_reason(client, place, claim):
    before = kinds(claim)
    local(place.office, "referrals.not_used", "job_broker")
    made = making.proposed(
        claim,
        place.adviser,
        NOW,
        making.service(provision="job_broker"),
        override_reason="She knows them and trusts them.",
    )
    assert kinds(claim) - before == {"referral_send"}
    assert Event.objects.get(kind="referral_proposed").details["override"] == made.override_reason
    sign_in(client, place.manager)
    page = client.get(reverse("referrals:show", args=[made.ref])).content.decode()
    assert "She knows them and trusts them." in page


# V16: too far


def test_an_offer_of_fares_or_a_taxi_is_kept_with_the_answer(client, place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    taxi = verbs.offer_way(
        referral,
        WayHelp.TAXI,
        answer=WayAnswer.DECLINED,
        said="Everybody in the street would see it.",
        by=place.adviser,
        now=NOW,
    )
    fares = verbs.offer_way(
        referral,
        WayHelp.FARES,
        answer=WayAnswer.THINKING,
        words="Bus fares for ten mornings",
        by=place.adviser,
        now=NOW,
    )
    assert "arrange_way" not in kinds(claim)
    verbs.answer_way(fares, WayAnswer.TAKEN, by=place.adviser, now=moment(2))
    arrange = task(claim, "arrange_way")
    assert (arrange.person, arrange.due_on) == (place.adviser.person, day_of(moment(6)))
    assert (
        refusal(verbs.arrange_way, taxi, arrangement="At nine.", by=place.adviser, now=moment(2)).code
        == "not_taken"
    )
    verbs.arrange_way(fares, arrangement="A ticket for the month.", by=place.adviser, now=moment(3))
    assert "arrange_way" not in kinds(claim)
    sign_in(client, place.adviser)
    page = client.get(reverse("referrals:show", args=[referral.ref])).content.decode()
    for words in (
        "A taxi</strong>: no, thank you",
        "Everybody in the street would see it.",
        "Bus fares for ten mornings</strong>: yes",
        "A ticket for the month.",
    ):
        assert words in page
    assert not Breach.objects.exists()


def test_what_was_to_be_arranged_for_the_way_is_over_when_nobody_goes_there(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    verbs.offer_way(referral, WayHelp.TAXI, answer=WayAnswer.TAKEN, by=place.adviser, now=NOW)
    verbs.decline(referral, "not_now", by=place.adviser, now=moment(1))
    assert "arrange_way" not in kinds(claim)
    refused = refusal(
        verbs.offer_way, referral, WayHelp.FARES, answer=WayAnswer.TAKEN, by=place.adviser, now=moment(1)
    )
    assert refused.code == "way_over"


def test_a_place_away_from_home_can_be_preferred(place, claim, codes):
    entries.service(codes, name="In his street", where=["CA1 1AB"])
    away = entries.service(codes, name="In the next town", where=["CA5 1AB"])
    found = search(Wanted(on=TODAY, postcode="CA1 9ZZ", travel="outside"), by=place.adviser).services
    assert [one.name for one in found] == ["In the next town", "In his street"]
    referral = making.proposed(claim, place.adviser, NOW, away, chosen_because=["away_from_home"])
    assert referral.chosen_because == ["away_from_home"]


# V17: the wrong postcode


def test_the_search_says_that_the_place_is_outside(place, codes):
    some_streets = entries.service(codes, postcodes=["CA1", "CA2"])
    [found] = judge([some_streets.ref], Wanted(on=TODAY, postcode="CA9 1AB"), by=place.adviser)
    assert vars(found)["fit_area"] == "no"


# V19: not well enough


def test_whether_he_is_well_and_willing_is_asked_before_and_it_advises_and_never_stops(place, claim):
    referral = making.consented(claim, place.adviser, NOW)
    answers = {"help_wanted": "no", "help_well_enough": "no"}
    hints = verbs.ask_fit(referral, answers, by=place.adviser, now=NOW).hints
    assert {one["hint"] for one in hints} == {"think_again"}
    assert "Agree a day to look at it again." in {one["do"] for one in hints}
    assert send(referral, place.adviser).state == "sent"


def test_the_service_returns_who_is_not_well_enough_and_the_adviser_has_a_next_step(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.give_it_back(referral, "not_well_enough", by=making.by_link(referral), now=moment(1))
    next_step = task(claim, "referral_returned")
    assert next_step.words.endswith("Agree when to look at it again.")
    assert (next_step.person, next_step.due_on > TODAY) == (place.adviser.person, True)


# V20: nothing else there


def test_a_need_that_nothing_meets_is_written_down_and_counted(place, claim, codes):
    missing = {"district": place.district, "origin": NeedOrigin.NO_OPTION, "codes": codes}
    for words in ("No group for grief.", "Still none."):
        entering.note_unmet("bereavement", **missing, words=words, claim=claim, by=place.adviser, now=NOW)
    [found] = directory.ranked_unmet(place.district, TODAY)
    assert (found.need, found.times, found.customers) == ("bereavement", 2, 1)
    assert not Referral.objects.exists()


# V22: slow papers


def test_the_day_it_was_sent_and_the_day_it_arrived_are_both_kept(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.acknowledge(referral, by=making.by_link(referral), now=moment(6))
    verbs.accept(referral, by=making.by_link(referral), now=moment(8))
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.sent_at, kept.acknowledged_at) == (NOW, moment(6))


def test_who_has_not_acknowledged_in_time_is_reminded_and_then_it_rises(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    outbox.deliver_due(NOW)
    assert daily.run(TODAY + timedelta(days=13), moment(13))["services_reminded"] == 0
    assert daily.run(TODAY + timedelta(days=14), moment(14))["services_reminded"] == 1
    outbox.deliver_due(moment(14))
    assert "have not heard from you" in mail.outbox[-1].body
    assert task(claim, "referral_answer").person == place.adviser.person
    assert daily.run(TODAY + timedelta(days=28), moment(28))["silent_services_raised"] == 1
    assert task(claim, "referral_answer").team == place.manager.team
    assert Referral.objects.get(pk=referral.pk).state == "sent"


# V23: on paper only


def on_paper_only(place: Place, claim: Claim) -> Referral:
    return making.consented(claim, place.adviser, NOW, making.service(channels=[Channel.PAPER]))


def test_where_paper_alone_is_taken_email_is_refused_with_the_way_that_is_open(place, claim):
    refused = refusal(send, on_paper_only(place, claim), place.adviser, channel=Channel.EMAIL)
    assert refused.message.endswith("takes referrals on paper by post only.")
    assert refused.cure.startswith("Print it and post it")


def test_what_was_printed_is_kept_with_when_it_went(place, claim):
    referral = send(on_paper_only(place, claim), place.adviser, channel=Channel.PAPER)
    went = Dispatch.objects.get(referral=referral)
    assert (went.channel, went.sent_at) == ("paper", NOW)
    assert set(referral.sent.values_list("item", flat=True)) >= {"name", "contact"}


# V25: never went


def told_where_to_go(place: Place, claim: Claim) -> Referral:
    referral = making.proposed(claim, place.adviser, NOW, kind=ReferralKind.SIGNPOST)
    return verbs.signpost(referral, by=place.adviser, now=NOW)


def test_a_signpost_has_a_day_to_ask_how_it_went(place, claim):
    told_where_to_go(place, claim)
    asking = task(claim, "referral_signpost")
    assert asking.person == place.adviser.person
    assert TODAY < asking.due_on <= TODAY + timedelta(weeks=5)


def test_that_a_signpost_was_not_followed_up_is_kept_and_nothing_follows(place, claim):
    before, referral = kinds(claim), told_where_to_go(place, claim)
    written = letters(claim)
    verbs.not_taken_up(referral, reason="anxious", by=place.adviser, now=moment(20))
    referral.refresh_from_db()
    assert (referral.state, referral.ended_code) == ("not_taken_up", "anxious")
    assert (kinds(claim), letters(claim)) == (before, written)
    assert not Breach.objects.exists()


# V26: nobody rang


def test_the_service_has_a_day_to_be_in_touch_by_and_the_customer_knows_it(place, claim):
    assert refusal(making.sent, claim, place.adviser, NOW, contact_by=None).code == "no_contact_day"
    by_friday = making.sent(place.claim().claim, place.adviser, NOW, contact_by=date(2004, 5, 14))
    told = letter(by_friday.claim, "referral_confirmed")
    assert "They get in touch with you by Friday 14 May 2004." in told
    assert "If you hear nothing by then, ring us." in told


def test_when_that_day_passes_the_adviser_knows_it_and_the_service_is_asked_again(place, claim):
    referral = making.sent(claim, place.adviser, NOW, contact_by=date(2004, 5, 14))
    verbs.acknowledge(referral, by=making.by_link(referral), now=NOW)
    waits = task(claim, "referral_wait")
    assert (waits.person, waits.due_on) == (place.adviser.person, date(2004, 5, 17))  # the Monday after
    [stuck] = queries.orphans(place.adviser, date(2004, 5, 17))
    assert (stuck.first, stuck.who) == (Stuck.NO_CONTACT, place.adviser.person.name)
    verbs.chase(referral, words="Please ring him.", by=place.adviser, now=moment(13))
    outbox.deliver_due(moment(13))
    assert Dispatch.objects.get(about="reminder").state == "sent"


# V28: introduced first


def test_a_first_meeting_before_the_referral_is_kept_as_such(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    verbs.introduced(referral, TODAY, by=place.adviser, now=NOW)
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.introduced_on, kept.state, kept.sent_at) == (TODAY, "proposed", None)


# V29: missed the first time


def did_not_come(place: Place, claim: Claim) -> Referral:
    referral = making.with_time(claim, place.adviser, NOW)
    by = making.by_link(referral)
    return verbs.attend(referral, day_of(moment(7)), came=False, by=by, now=moment(7, 15))


def test_who_did_not_come_the_first_time_is_rung_kindly_and_why_is_kept(place, claim):
    referral = did_not_come(place, claim)
    ringing = task(claim, "referral_ring")
    assert ringing.person == place.adviser.person
    assert "ring and ask how they are. Nothing follows from not going." in ringing.words
    verbs.ring_kindly(referral, NotThere.ENCOURAGED, reason="anxious", by=place.adviser, now=moment(8))
    missed = referral.attendances.get()
    assert (missed.reason, missed.agreed, missed.asked_by) == ("anxious", "encouraged", place.adviser)


@pytest.mark.parametrize(
    ("agreed", "kind", "words"),
    [
        (NotThere.ACCOMPANY, "referral_wait", "Somebody goes along."),
        (NotThere.ALTERNATIVE, "promise", "Find something else"),
    ],
)
def test_coming_along_or_another_service_can_be_offered(place, claim, agreed, kind, words):
    referral = did_not_come(place, claim)
    verbs.ring_kindly(referral, agreed, reason="anxious", by=place.adviser, now=moment(8))
    assert words in task(claim, kind).words


def test_nothing_goes_from_there_to_the_benefit(place, claim):
    written, before = letters(claim), kinds(claim)
    referral = did_not_come(place, claim)
    verbs.ring_kindly(referral, NotThere.STOPS, reason="not_said", by=place.adviser, now=moment(8))
    assert set(letters(claim)) - set(written) == {"referral_confirmed"}
    assert kinds(claim) == before
    assert not Breach.objects.exists()
    assert Claim.objects.get(pk=claim.pk).status == "live"


# V58: no, thank you


def test_without_her_yes_nothing_that_names_her_goes_out(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    verbs.consent(referral, {"name": False, "contact": False}, how=Given.IN_PERSON, by=place.adviser, now=NOW)
    refused = refusal(send, referral, place.adviser)
    assert refused.code == "no_consent"
    assert "make it a signpost" in refused.cure
    assert not Sent.objects.exists()
    assert not Dispatch.objects.exists()


def test_being_told_where_to_go_remains_open_to_her(place, claim):
    referral = told_where_to_go(place, claim)
    assert referral.slip_code in Notice.objects.get(claim=claim, kind="referral_confirmed").html
    assert not Sent.objects.exists()
    assert not Dispatch.objects.exists()


# V52: the doctor said so


def test_that_a_doctor_recommended_it_is_kept_as_the_reason(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, making.service(), chosen_because=["doctor"])
    assert Referral.objects.get(pk=referral.pk).chosen_because == ["doctor"]
