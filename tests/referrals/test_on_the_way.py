"""A referral from the first word to the meeting at the end; each step has an owner and a day (rules 6, R:L615-637)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.factories import NOW, TODAY
from tests.referrals import making
from waymark.directory.enums import Channel, Taking
from waymark.directory.models import UnmetNeed
from waymark.interviews import verbs as interviews
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.enums import Role
from waymark.programme.models import LocalSetting
from waymark.record.models import Event
from waymark.referrals import daily, verbs
from waymark.referrals.enums import FeedbackKind, FixedBy, NotThere, ReferralKind, ReferralState
from waymark.referrals.models import Dispatch, Referral
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def refused(act) -> Refused:
    with pytest.raises(Refused) as found:
        act()
    return found.value


def task_of(referral: Referral) -> Task:
    found = Referral.objects.get(pk=referral.pk).task
    assert found is not None
    assert found.closed_at is None
    return found


def test_the_whole_way(place, claim):
    """Proposed, agreed, sent, arrived, a time, started, under way, ended with report, looked back on."""
    adviser = place.adviser
    referral = making.sent(claim, adviser, NOW)
    service = making.by_link(referral)
    assert task_of(referral).kind == "referral_answer"
    verbs.acknowledge(referral, by=service, now=NOW)
    assert task_of(referral).kind == "referral_wait"
    verbs.accept(referral, by=service, now=NOW)
    verbs.make_time(referral, at=NOW + timedelta(days=6), where="The Old School", by=service, now=NOW)
    assert task_of(referral).kind == "referral_visit"
    later = NOW + timedelta(days=7)
    verbs.attend(referral, day_of(later), came=True, minutes=90, by=service, now=later)
    assert task_of(referral).kind == "referral_feedback"
    verbs.give_feedback(referral, FeedbackKind.PROGRESS, words="Comes gladly.", by=service, now=later)
    referral.refresh_from_db()
    assert referral.state == ReferralState.IN_PROGRESS
    end = later + timedelta(weeks=6)
    verbs.end_help(referral, "completed", on=day_of(end), report="Did all of it.", by=service, now=end)
    assert task_of(referral).kind == "referral_meeting"
    verbs.close(referral, words="A course at the college in autumn.", met_on=day_of(end), by=adviser, now=end)
    referral.refresh_from_db()
    assert (referral.state, referral.task) == (ReferralState.CLOSED, None)
    connection.check_constraints()


def test_every_step_writes_one_event_of_its_own(place, claim):
    before = set(Event.objects.values_list("pk", flat=True))
    referral = making.ended(claim, place.adviser, NOW)
    verbs.close(referral, words="Rest first.", met_on=TODAY, by=place.adviser, now=NOW)
    kinds = list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("kind", flat=True))
    own = [kind for kind in kinds if kind.startswith(("referral", "consent", "help"))]
    assert own == [
        "referral_proposed",
        "consent_given",
        "referral_link_made",
        "referral_sent",
        "referral_started",
        "help_feedback_given",
        "help_ended",
        "referral_closed",
    ]


def test_the_customer_may_say_no_and_that_is_all(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    others = Task.objects.filter(claim=claim, closed_at=None).exclude(pk=referral.task_id).count()
    verbs.decline(referral, "does_not_want", by=place.adviser, now=NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.DECLINED
    assert Task.objects.filter(claim=claim, closed_at=None).count() == others
    assert not Notice.objects.filter(claim=claim).exists()


def test_where_it_was_the_only_next_step_another_takes_its_place(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    Task.objects.filter(claim=claim, closed_at=None).exclude(pk=referral.task_id).update(
        closed_at=NOW, outcome="done"
    )
    verbs.decline(referral, "not_now", by=place.adviser, now=NOW)
    assert Task.objects.get(claim=claim, closed_at=None).kind == "next_step"
    connection.check_constraints()


def test_without_the_customers_purpose_and_a_reason_it_is_not_proposed(place, claim):
    assert refused(lambda: making.proposed(claim, place.adviser, NOW, purpose=" ")).code == "no_purpose"
    assert refused(lambda: making.proposed(claim, place.adviser, NOW, chosen_because=[])).code == "no_reason"


def test_two_open_referrals_to_one_service_are_one_too_many(place, claim):
    to = making.service()
    making.proposed(claim, place.adviser, NOW, to)
    assert refused(lambda: making.proposed(claim, place.adviser, NOW, to)).code == "referred_already"


def test_a_withdrawn_service_takes_no_referral(place, claim):
    to = making.service(taking=Taking.WITHDRAWN, withdrawn_on=TODAY, withdrawn_why="No money left.")
    assert refused(lambda: making.proposed(claim, place.adviser, NOW, to)).code == "service_takes_nobody"


def test_a_role_that_the_entry_does_not_name_is_told_whom_to_ask(place, claim):
    to = making.service(referred_by=["disability_adviser"])
    refusal = refused(lambda: making.proposed(claim, place.adviser, NOW, to))
    assert refusal.code == "role_may_not_refer"
    assert "disability employment adviser" in refusal.message


def test_a_signpost_needs_no_role(place, claim):
    to = making.service(referred_by=["disability_adviser"])
    assert making.proposed(claim, place.adviser, NOW, to, kind=ReferralKind.SIGNPOST).ref


def test_agents_and_strangers_do_not_refer(place, claim):
    stranger = factories.post(Role.ADVISER)
    assert refused(lambda: making.proposed(claim, place.agent, NOW)).code == "not_an_adviser"
    assert refused(lambda: making.proposed(claim, stranger, NOW)).code == "claim_of_elsewhere"


def test_a_channel_the_service_forbids_is_refused_with_the_cure(place, claim):
    """One provider takes paper only, for data protection (R:L635, R V23)."""
    to = making.service(channels=[Channel.PAPER])
    referral = making.consented(claim, place.adviser, NOW, to)
    refusal = refused(
        lambda: verbs.send(
            referral,
            channel=Channel.EMAIL,
            fixed_by=FixedBy.CUSTOMER,
            by=place.adviser,
            now=NOW,
        )
    )
    assert refusal.code == "channel_forbidden"
    assert "on paper by post" in refusal.message
    assert "Print it" in refusal.cure
    verbs.send(referral, channel=Channel.PAPER, fixed_by=FixedBy.CUSTOMER, by=place.adviser, now=NOW)
    assert Dispatch.objects.get().channel == Channel.PAPER


def test_a_missing_paper_stops_it_and_says_who_makes_it(place, claim):
    """Advisers are not equipped for a medical report (R:L615, R:L655, R V47)."""
    to = making.service(documents=["medical_report"])
    referral = making.consented(claim, place.adviser, NOW, to)

    def send():
        verbs.send(referral, channel=Channel.LINK, fixed_by=FixedBy.CUSTOMER, by=place.adviser, now=NOW)

    refusal = refused(send)
    assert refusal.code == "paper_missing"
    assert "Medical report" in refusal.message
    assert "not from you" in refusal.cure
    verbs.note_paper(referral, "medical_report", held=True, where="the file", by=place.adviser, now=NOW)
    send()
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


def test_workstep_asks_what_else_was_considered(place, claim):
    """R:L488, R V11."""
    to = making.service(provision="workstep")
    referral = making.consented(claim, place.adviser, NOW, to)

    def send():
        verbs.send(referral, channel=Channel.LINK, fixed_by=FixedBy.CUSTOMER, by=place.adviser, now=NOW)

    assert refused(send).code == "alternatives_missing"
    verbs.think_of(referral, verbs.Other("Work trial", "No place before winter."), by=place.adviser, now=NOW)
    send()


def test_the_first_appointment_made_in_the_room_is_in_the_letter(place, claim):
    """R:L615-619."""
    first = verbs.FirstTime(NOW + timedelta(days=3), "The Old School, Mill Road", "Sally Webb")
    referral = making.sent(claim, place.adviser, NOW, fixed_by=FixedBy.TOGETHER, first=first, contact_by=None)
    notice = Notice.objects.get(claim=claim, kind="referral_confirmed")
    assert "The Old School, Mill Road" in notice.html
    assert "Friday 7 May 2004" in notice.html
    assert "your choice" in notice.html
    referral.refresh_from_db()
    assert referral.told_customer is True


def test_made_together_without_a_time_is_refused(place, claim):
    refusal = refused(
        lambda: making.sent(claim, place.adviser, NOW, fixed_by=FixedBy.TOGETHER, contact_by=None)
    )
    assert refusal.code == "no_first_time"


def test_the_service_rings_by_a_day_that_the_customer_knows(place, claim):
    """R:L623, R V26."""
    refusal = refused(lambda: making.sent(claim, place.adviser, NOW, contact_by=None))
    assert refusal.code == "no_contact_day"
    claim_two = place.claim().claim
    making.sent(claim_two, place.adviser, NOW)
    assert "by Friday 14 May 2004" in Notice.objects.get(kind="referral_confirmed").html


def test_a_service_that_is_silent_is_reminded_and_then_raised(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    assert task_of(referral).due_on == TODAY + timedelta(days=7)
    for days, reminded, raised in (
        (13, False, False),
        (14, True, False),
        (27, True, False),
        (28, True, True),
    ):
        on = TODAY + timedelta(days=days)
        daily.run(on, NOW + timedelta(days=days))
        daily.run(on, NOW + timedelta(days=days))
        referral.refresh_from_db()
        assert (bool(referral.reminded_at), bool(referral.raised_at)) == (reminded, raised), days
    assert task_of(referral).team == place.manager.team
    assert list(Dispatch.objects.order_by("pk").values_list("about", flat=True)) == ["referral", "reminder"]


def test_what_comes_back_has_a_reason_and_a_next_step(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.give_it_back(referral, "full", words="Places in autumn.", by=making.by_link(referral), now=NOW)
    task = task_of(referral)
    assert task.kind == "referral_returned"
    assert "Look for another service" in task.words
    referral.refresh_from_db()
    verbs.close(referral, words="The health clinic instead.", by=place.adviser, now=NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.CLOSED


def test_who_was_not_there_is_rung_kindly_and_nothing_else(place, claim):
    """R:L776-778, R V29."""
    referral = making.with_time(claim, place.adviser, NOW)
    later = NOW + timedelta(days=7)
    letters = Notice.objects.filter(claim=claim).count()
    verbs.attend(referral, day_of(later), came=False, by=making.by_link(referral), now=later)
    assert task_of(referral).kind == "referral_ring"
    verbs.ring_kindly(referral, NotThere.ACCOMPANY, reason="anxious", by=place.adviser, now=later)
    assert "goes along" in task_of(referral).words
    assert Notice.objects.filter(claim=claim).count() == letters


@pytest.mark.parametrize("agreed", list(NotThere))
def test_whatever_is_agreed_after_not_being_there_leaves_the_customer_with_a_next_step(place, claim, agreed):
    referral = making.with_time(claim, place.adviser, NOW)
    later = NOW + timedelta(days=7)
    verbs.attend(referral, day_of(later), came=False, by=making.by_link(referral), now=later)
    verbs.ring_kindly(referral, agreed, reason="not_said", by=place.adviser, now=later)
    assert Task.objects.filter(claim=claim, closed_at=None).exists()
    connection.check_constraints()


def test_condition_management_admits_first(place, claim):
    """E:L1890, REQ-19: no beginning without the assessor's decision, in the verb and in the table."""
    referral = making.sent(claim, place.adviser, NOW, making.service(provision="cmp"))
    service = making.by_link(referral)

    def begin():
        verbs.attend(referral, TODAY, came=True, by=service, now=NOW)

    assert refused(begin).code == "not_admitted"
    with pytest.raises(IntegrityError, match="referral_admitted_first"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="started", started_on=TODAY)
    verbs.vet(referral, admitted=True, by=service, now=NOW)
    begin()
    referral.refresh_from_db()
    assert referral.state == ReferralState.STARTED


def test_not_suitable_comes_back_with_words(place, claim):
    referral = making.sent(claim, place.adviser, NOW, making.service(provision="cmp"))
    service = making.by_link(referral)
    refusal = refused(lambda: verbs.vet(referral, admitted=False, by=service, now=NOW))
    assert refusal.code == "no_words"
    verbs.vet(
        referral, admitted=False, code="treatment_first", words="See the nurse first.", by=service, now=NOW
    )
    referral.refresh_from_db()
    assert (referral.state, referral.returned_code) == (ReferralState.RETURNED, "treatment_first")


def test_help_that_ends_without_a_report_waits_for_it(place, claim):
    """R:L849, R V40."""
    referral = making.ended(claim, place.adviser, NOW, report="")
    assert task_of(referral).kind == "referral_report"
    verbs.give_feedback(
        referral, FeedbackKind.REPORT, words="It went well.", by=making.by_link(referral), now=NOW
    )
    assert task_of(referral).kind == "referral_meeting"


def test_a_long_wait_asks_for_something_else_before_a_time_that_is_far_off(place, claim):
    """Up to six weeks to wait, or find an alternative (R:L500)."""
    referral = making.with_time(claim, place.adviser, NOW, days=50)
    task = task_of(referral)
    assert task.kind == "referral_wait"
    assert "offer something else" in task.words
    verbs.look_at_wait(
        referral, words="Would rather wait.", alternative=True, by=place.adviser, now=NOW + timedelta(days=28)
    )
    assert task_of(referral).kind == "referral_visit"


def test_when_the_claim_ends_what_has_not_begun_is_taken_back(place, claim):
    """P:L559, P V29."""
    waiting = making.sent(claim, place.adviser, NOW)
    begun = making.started(claim, place.adviser, NOW)
    interviews.end_claim(claim, reason="started_work", on=TODAY, by=place.adviser, now=NOW)
    waiting.refresh_from_db()
    begun.refresh_from_db()
    assert (waiting.state, waiting.ended_code) == (ReferralState.WITHDRAWN, "claim_ended")
    assert begun.state == ReferralState.STARTED
    connection.check_constraints()


def test_what_is_taken_back_is_written_to_the_service_and_leaves_no_link(place, claim):
    """P:L559: nobody is waited for there."""
    referral = making.sent(claim, place.adviser, NOW)
    verbs.take_back(referral, "something_else", by=place.adviser, now=NOW)
    written = Dispatch.objects.latest("pk")
    assert (written.about, written.made_pass) == ("taken_back", None)
    assert Event.objects.get(kind="referral_withdrawn").details["written"] is True


def test_what_went_by_telephone_is_taken_back_by_telephone(place, claim):
    referral = making.sent(claim, place.adviser, NOW, channel=Channel.PHONE)
    verbs.take_back(referral, "something_else", by=place.adviser, now=NOW)
    assert not Dispatch.objects.filter(about="taken_back").exists()
    details = Event.objects.get(kind="referral_withdrawn").details
    assert (details["tell_service"], details["written"]) == (True, False)


def test_after_the_claim_has_ended_the_service_can_still_end_its_help(place, claim):
    begun = making.started(claim, place.adviser, NOW)
    interviews.end_claim(claim, reason="started_work", on=TODAY, by=place.adviser, now=NOW)
    verbs.end_help(begun, "job", on=TODAY, report="In work.", by=making.by_link(begun), now=NOW)
    begun.refresh_from_db()
    assert (begun.state, begun.task.kind) == (ReferralState.ENDED, "referral_meeting")


def test_a_referral_cannot_be_left_to_nobody(place, claim):
    referral = making.proposed(claim, place.adviser, NOW)
    with pytest.raises(IntegrityError, match="left to nobody"), transaction.atomic():
        Task.objects.filter(pk=referral.task_id).update(closed_at=NOW, outcome="done")
        connection.check_constraints()


def test_another_organisation_cannot_act_on_it(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    stranger = making.provider(making.organisation())
    refusal = refused(lambda: verbs.acknowledge(referral, by=making.by_account(stranger), now=NOW))
    assert refusal.code == "referral_of_another"


def test_with_an_account_the_same_acts_are_possible(place, claim):
    to = making.service(channels=[Channel.ACCOUNT])
    worker = making.provider(to.organisation)
    referral = making.sent(claim, place.adviser, NOW, to, channel=Channel.ACCOUNT)
    verbs.accept(referral, by=making.by_account(worker), now=NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.ACCEPTED
    assert not Dispatch.objects.exists()


def test_what_they_say_on_the_telephone_we_write_down_with_their_name(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.acknowledge(referral, by=making.told_us(place.adviser, "Jo Lund"), now=NOW)
    event = Event.objects.get(kind="referral_acknowledged")
    assert (event.details["said_by"], event.by) == ("Jo Lund", place.adviser)


def test_nobody_acts_without_a_name(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    assert (
        refused(lambda: verbs.acknowledge(referral, by=making.by_link(referral, " "), now=NOW)).code
        == "no_name"
    )


def test_a_question_is_answered_by_a_day(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    question = verbs.ask(referral, "Are mornings all right?", by=making.by_link(referral), now=NOW)
    assert question.task.due_on == TODAY + timedelta(days=2)
    verbs.answer(question, "Yes, from ten.", by=place.adviser, now=NOW)
    question.refresh_from_db()
    assert question.answer == "Yes, from ten."
    assert Task.objects.get(pk=question.task_id).closed_at


def test_feedback_has_no_limit_of_length_and_reaches_whoever_made_the_referral(place, claim):
    """R:L960, R:L412, R V10."""
    referral = making.started(claim, place.adviser, NOW)
    long = "Comes on time and helps others. " * 1000
    made = verbs.give_feedback(
        referral, FeedbackKind.PROGRESS, words=long, by=making.by_link(referral), now=NOW
    )
    assert made.words == long.strip()
    assert place.adviser.person in {reader.person for reader in made.readers.all()}
    verbs.read_feedback(made, by=place.adviser, now=NOW)
    assert made.readers.get(person=place.adviser.person).read_at


def test_a_signpost_is_followed_up_and_the_slip_is_known_by_its_code(place, claim):
    """R:L623, R:L637, R V25."""
    referral = making.proposed(claim, place.adviser, NOW, kind=ReferralKind.SIGNPOST)
    referral = verbs.signpost(referral, by=place.adviser, now=NOW)
    assert task_of(referral).kind == "referral_signpost"
    assert referral.slip_code in Notice.objects.get(kind="referral_confirmed").html
    verbs.arrived(referral, on=TODAY, by=making.by_link(referral), now=NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.STARTED


def test_a_signpost_that_nobody_took_up_is_counted_and_nothing_follows(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, kind=ReferralKind.SIGNPOST)
    referral = verbs.signpost(referral, by=place.adviser, now=NOW)
    verbs.not_taken_up(referral, reason="not_said", by=place.adviser, now=NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.NOT_TAKEN_UP


def test_somebody_away_at_the_service_is_a_task_for_each_customer_there(place, claim):
    """R:L680, R V32."""
    referral = making.started(claim, place.adviser, NOW)
    news = verbs.tell_news(
        referral.service.organisation, "Sally is away until June.", by=making.by_link(referral), now=NOW
    )
    assert news.touches == 1
    assert Task.objects.get(kind="referral_news").words.endswith("Sally is away until June.")


def test_other_than_the_district_asks_for_needs_a_reason_and_has_no_price(place, claim):
    """R:L486-492, R V13, V14."""
    LocalSetting.objects.create(
        slug=claim.programme,
        key="referrals.not_used",
        value=["job_broker"],
        district_code=place.district.code,
        valid_from=TODAY,
        because="Advisers give this help themselves",
        set_at=NOW,
    )
    to = making.service(provision="job_broker")
    refusal = refused(lambda: making.proposed(claim, place.adviser, NOW, to))
    assert refusal.code == "other_than_local_rule"
    assert "Advisers give this help themselves" in refusal.message
    made = making.proposed(claim, place.adviser, NOW, to, override_reason="She knows them and trusts them.")
    assert made.override_reason


# Help that is not there


def test_no_other_option_counts_the_need_as_unmet(place, claim):
    """R:L633: better said than hidden in a referral that was the only one there is."""
    to = making.service(needs=["confidence"])
    making.proposed(claim, place.adviser, NOW, to, chosen_because=["need", "only_one"])
    (missing,) = UnmetNeed.objects.all()
    assert (missing.need, missing.origin, missing.claim) == ("confidence", "no_option", claim)
    assert missing.district == claim.office.district


def test_where_a_service_meets_several_needs_one_says_which_is_unmet(place, claim):
    to = making.service(needs=["confidence", "mental_health"])
    with pytest.raises(Refused, match="not said for what"):
        making.proposed(claim, place.adviser, NOW, to, chosen_because=["only_one"])
    made = making.proposed(claim, place.adviser, NOW, to, chosen_because=["only_one"], need="mental_health")
    assert (made.need, UnmetNeed.objects.get().need) == ("mental_health", "mental_health")


def test_a_referral_chosen_for_other_reasons_counts_nothing_as_missing(place, claim):
    making.proposed(claim, place.adviser, NOW, making.service(needs=["confidence"]))
    assert not UnmetNeed.objects.exists()


@pytest.mark.parametrize(
    ("code", "origin"), [("full", "wait"), ("nothing_additional", "no_option"), ("papers_missing", None)]
)
def test_what_comes_back_for_want_of_a_place_is_counted(place, claim, code, origin):
    """R:L500, R:L577."""
    referral = making.sent(claim, place.adviser, NOW, making.service(needs=["confidence"]))
    verbs.give_it_back(referral, code, words="Full until May.", by=making.by_link(referral), now=NOW)
    found = [(one.need, one.origin, one.by) for one in UnmetNeed.objects.all()]
    assert found == ([("confidence", origin, place.adviser)] if origin else [])
