"""Every gate, one by one: the verb refuses with a sentence, and the database refuses a row that goes round the verb."""

import pytest
from django.db import IntegrityError, transaction

from tests.sanctions import making
from tests.sanctions.making import PAID, READY, VIEW, moment
from waymark.customers.models import AccessNeeds, Stop
from waymark.inbound.enums import About
from waymark.interviews.models import Requirement
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.sanctions import queries, verbs
from waymark.sanctions.enums import Answer, Channel
from waymark.sanctions.models import Attempt, Breach, Bundle, HomeVisit, Safeguard

pytestmark = pytest.mark.django_db


def to_choice(breach, place):
    """Interviews are a choice from now on; the row alone, so that the gate itself is seen."""
    day = breach.opened_on
    claim = breach.interview.claim
    held = Requirement.objects.get(claim=claim, until=None)
    Requirement.objects.filter(pk=held.pk).update(until=day)
    Requirement.objects.create(
        claim=claim, standing="voluntary", because="own_choice", pack=held.pack, since=day
    )


def to_asked_beforehand(breach, place):
    one = making.message(breach, About.MOVE, now=moment(making.DAY_OF_IT - 1))
    type(one).objects.filter(pk=one.pk).update(
        read_at=moment(9),
        read_by=place.adviser,
        answered_at=moment(9),
        answered_by=place.adviser,
        answer="No.",
        told_by="call",
    )


def to_unanswered(breach, place):
    making.message(breach, now=moment(READY - 1))


def to_stopped(breach, place):
    Stop.objects.create(
        customer=breach.interview.claim.customer,
        reason="bereavement",
        set_by=place.adviser,
        set_at=moment(READY - 1),
        look_again_on=making.day(60),
    )


def to_untold(breach, place):
    told = Notice.objects.filter(claim=breach.interview.claim, queued_at__lt=breach.appointment.starts_at)
    told.update(sent_at=moment(making.DAY_OF_IT, 12))


def came_back(notices, place):
    """The post brought them back, whatever else happened; the rows alone, so that the gate itself is seen."""
    notices.update(
        came_back_on=moment(READY - 1).date(), came_back_reason="gone_away", came_back_by=place.adviser
    )


def to_notice_that_came_back(breach, place):
    told = Notice.objects.filter(claim=breach.interview.claim, queued_at__lt=breach.appointment.starts_at)
    came_back(told, place)


def to_question_that_came_back(breach, place):
    came_back(Notice.objects.filter(pk=breach.asked_by_notice_id), place)


def to_notice_not_read_out(breach, place):
    """They cannot read, and whoever read them the letter did so the day after the appointment (E:L3053-3061)."""
    AccessNeeds.objects.create(customer=breach.interview.claim.customer, read_aloud=True)
    told = Notice.objects.filter(claim=breach.interview.claim, queued_at__lt=breach.appointment.starts_at)
    told.update(read_aloud_on=making.day(making.DAY_OF_IT + 1), read_aloud_by=place.adviser)


def to_question_not_read_out(breach, place):
    AccessNeeds.objects.create(customer=breach.interview.claim.customer, read_aloud=True)
    told = Notice.objects.filter(claim=breach.interview.claim, queued_at__lt=breach.appointment.starts_at)
    told.update(read_aloud_on=making.day(1), read_aloud_by=place.adviser)


def to_attempt_that_came_back(breach, place):
    Attempt.objects.filter(breach=breach, channel="phone").update(reached=True)
    came_back(Notice.objects.filter(pk=breach.asked_by_notice_id), place)


def to_unasked(breach, place):
    Notice.objects.filter(pk=breach.asked_by_notice_id).update(sent_at=moment(READY - 1))


def to_too_few(breach, place):
    Attempt.objects.filter(breach=breach, channel="phone").order_by("-id").first().delete()


def to_one_way(breach, place):
    Attempt.objects.filter(breach=breach).update(channel=Channel.LETTER)


def to_unsent_letter(breach, place):
    Attempt.objects.filter(breach=breach, channel="phone").update(reached=True)
    Notice.objects.filter(pk=breach.asked_by_notice_id).update(state="failed", sent_at=None)


def to_time_left(breach, place):
    Breach.objects.filter(pk=breach.pk).update(reply_by=making.day(READY))


def to_unjudged(breach, place):
    Breach.objects.filter(pk=breach.pk).update(reason_words="Ill.", reason_given_at=moment(READY - 1))


def to_good_cause(breach, place):
    Breach.objects.filter(pk=breach.pk).update(
        cause="hospital",
        cause_good=True,
        cause_why="Seen.",
        cause_by=place.adviser,
        cause_at=moment(READY - 1),
    )


def to_unanswered_questions(breach, place):
    Safeguard.objects.filter(breach=breach, question="harm_or_crisis").delete()


def to_visit_first(breach, place):
    Breach.objects.filter(pk=breach.pk).update(visit_needed=True, visit_because="The third in a row.")


GATES = [
    (to_choice, "compulsory", "For this customer interviews are a choice."),
    (to_asked_beforehand, "beforehand", "The customer asked for another time beforehand"),
    (to_unanswered, "message", "The customer has told us something that nobody has answered yet."),
    (to_stopped, "stop", "Contact with this customer is stopped."),
    (to_untold, "notice", "There is no proof that the customer was told of the appointment beforehand."),
    (
        to_unasked,
        "asked",
        "Nobody has asked the customer: no letter went out in time, and nobody was reached.",
    ),
    (
        to_notice_that_came_back,
        "notice",
        "There is no proof that the customer was told of the appointment beforehand",
    ),
    (
        to_question_that_came_back,
        "asked",
        "Nobody has asked the customer: no letter went out in time, and nobody was reached.",
    ),
    (
        to_notice_not_read_out,
        "notice",
        "There is no proof that the customer was told of the appointment beforehand",
    ),
    (
        to_question_not_read_out,
        "asked",
        "Nobody has asked the customer: no letter went out in time, and nobody was reached.",
    ),
    (to_attempt_that_came_back, "attempts", "Not enough has been tried to reach the customer."),
    (to_too_few, "attempts", "Not enough has been tried to reach the customer."),
    (to_one_way, "attempts", "Not enough has been tried to reach the customer."),
    (to_unsent_letter, "attempts", "Not enough has been tried to reach the customer."),
    (to_time_left, "time", "The customer still has time to give a reason"),
    (to_unjudged, "reason", "Nobody has decided about the reason the customer gave."),
    (to_good_cause, "reason", "There was good cause"),
    (
        to_unanswered_questions,
        "safeguards",
        "The questions about health and vulnerability are not all answered",
    ),
    (to_visit_first, "visit", "A home visit comes first"),
]
NAMES = [spoil.__name__.removeprefix("to_") for spoil, _code, _said in GATES]


def bundle_of(breach, place) -> Bundle:
    """A row that goes round the verb."""
    proof = Notice.objects.filter(claim=breach.interview.claim).order_by("id").first()
    return Bundle.objects.create(
        ref=new_ref("U"),
        breach=breach,
        made_by=place.adviser,
        made_at=moment(READY),
        adviser_view=VIEW,
        proof=proof,
        paid_now=PAID,
        would_be_paid=5000,
        content={},
        pdf=b"%PDF",
    )


def test_with_every_gate_passed_the_row_can_be_written(place):
    assert bundle_of(making.ready(place), place).pk


@pytest.mark.parametrize(("spoil", "code", "said"), GATES, ids=NAMES)
def test_a_shut_gate_is_shown_and_the_verb_refuses_with_the_same_sentence(place, centre, spoil, code, said):
    breach = making.ready(place)
    spoil(breach, place)
    found = queries.gates_of(making.fresh(breach), day_of(moment(READY)))
    shut = {gate.code: gate for gate in found if not gate.passed}
    assert said in shut[code].why
    with pytest.raises(Refused) as refused:
        verbs.refer(
            making.fresh(breach), adviser_view=VIEW, paid_now=PAID, by=place.adviser, now=moment(READY)
        )
    assert (refused.value.code, refused.value.message) == (f"gate_{code}", shut[code].why)
    assert not Bundle.objects.exists()


@pytest.mark.parametrize(("spoil", "code", "said"), GATES, ids=NAMES)
def test_the_database_refuses_at_a_shut_gate_whoever_writes_the_row(place, spoil, code, said):
    breach = making.ready(place)
    spoil(breach, place)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        bundle_of(making.fresh(breach), place)
    assert said.split(":")[0] in str(refused.value)


def test_rules_of_a_case_never_get_easier(place):
    breach = making.opened(place)
    for easier in (
        {"attempts_needed": 1},
        {"ways_needed": 1},
        {"questions_needed": []},
        {"reply_by": making.day(making.DAY_OF_IT + 2)},
    ):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            Breach.objects.filter(pk=breach.pk).update(**easier)


def test_a_visit_that_is_needed_stays_needed(place):
    breach = making.safe(place, making.opened(place), mental_health_condition=Answer.YES)
    assert breach.visit_needed
    assert breach.visit_because.endswith("Yes.")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(visit_needed=False)


def test_not_knowing_about_somebodys_health_asks_for_a_visit_too(place):
    breach = making.safe(place, making.opened(place), mental_health_condition=Answer.NOT_KNOWN)
    assert breach.visit_needed


def test_a_visit_opens_its_gate_whether_or_not_somebody_was_in(place):
    breach = making.safe(place, making.opened(place), harm_or_crisis=Answer.YES)
    visit = verbs.plan_visit(breach, moment(17), visitor=place.adviser, by=place.adviser, now=moment(16))
    with pytest.raises(Refused, match="still to come"):
        verbs.note_visit(visit, met=False, found="Nobody in.", by=place.adviser, now=moment(16, 12))
    verbs.note_visit(
        visit, met=False, found="Nobody was in; curtains drawn.", by=place.adviser, now=moment(17, 12)
    )
    found = {gate.code: gate for gate in queries.gates_of(making.fresh(breach), making.day(17))}
    assert found["visit"].passed
    assert "visit" in set(Attempt.objects.values_list("channel", flat=True))
    assert HomeVisit.objects.get().met is False


def test_a_reason_judged_as_none_needs_no_further_waiting(place, centre):
    breach = making.safe(place, making.tried(place, making.opened(place)))
    verbs.give_reason(
        breach, "I forgot, and then I did not care.", way="call", by=place.adviser, now=moment(15)
    )
    verbs.judge_reason(
        breach, "other", good=False, why="He says he will not come.", by=place.adviser, now=moment(15, 11)
    )
    bundle = verbs.refer(
        making.fresh(breach), adviser_view=VIEW, paid_now=PAID, by=place.adviser, now=moment(15, 12)
    )
    assert bundle.content["customers_words"][0]["words"] == "I forgot, and then I did not care."
