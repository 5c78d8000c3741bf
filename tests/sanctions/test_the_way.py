"""The whole chain, step by step, as the rules tell it."""

from datetime import timedelta

import pytest

from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.record.models import Event
from waymark.sanctions import verbs
from waymark.sanctions.enums import Channel, LiftedBecause, RulingOutcome
from waymark.sanctions.models import Breach, Sanction
from waymark.sanctions.queries.content import happenings
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def kinds(claim) -> set[str]:
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def letters(claim) -> list[str]:
    return list(Notice.objects.filter(claim=claim).order_by("id").values_list("kind", flat=True))


def happened(claim) -> list[str]:
    return list(Event.objects.filter(claim_ref=claim.ref).order_by("id").values_list("kind", flat=True))


def text_of(claim, kind: str) -> str:
    return Notice.objects.filter(claim=claim, kind=kind).latest("id").html


def test_a_case_is_opened_and_the_customer_is_asked_first(place):
    breach = making.opened(place)
    claim = breach.interview.claim
    assert breach.reply_by == making.day(making.DAY_OF_IT + 8)  # five working days after Friday 14 May
    assert letters(claim)[-1] == "missed"
    assert breach.attempts.get().channel == "letter"
    assert kinds(claim) == {"hear_reason"}
    assert breach.miss_number == 1
    assert not breach.visit_needed


def test_every_gate_passed_the_case_goes_to_somebody_else_with_everything(place, centre):
    bundle = making.referred(place)
    claim = bundle.breach.interview.claim
    assert Breach.objects.get().state == "referred"
    assert bytes(bundle.pdf).startswith(b"%PDF")
    assert bundle.would_be_paid == 5776  # twenty in a hundred less
    assert [gate["passed"] for gate in bundle.content["gates"]] == [True] * 11
    task = Task.objects.get(claim=claim, closed_at=None)
    assert (task.kind, task.team.kind) == ("decide_sanction", "decision_makers")
    assert letters(claim)[-1] == "sent_to_decision_maker"


def test_a_reduction_is_told_before_it_holds_with_all_that_must_be_told(place, centre):
    sanction = making.reduced(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    assert (sanction.paid_before, sanction.reduction, sanction.paid_after) == (7220, 1444, 5776)
    assert sanction.starts_on == making.day(
        making.READY + 2 + 15
    )  # ten working days after the next, Thursday
    told = text_of(claim, "payment_change")
    for said in (
        "£72.20 a week",
        "£57.76 a week",
        "Jobseeker’s Allowance",
        "tribunal",
        place.adviser.person.name,
        "You did not come, and we could not reach you.",
    ):
        assert said in told, said
    assert kinds(claim) == {"put_into_effect", "welfare_call", "book"}


def test_it_takes_effect_by_a_person_and_ends_on_the_day_the_customer_explains(place, centre):
    sanction = making.in_effect(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    start = sanction.in_effect_at
    assert sanction.in_effect_by == centre.second
    lifted = verbs.lift(
        sanction,
        LiftedBecause.EXPLAINED,
        from_day=sanction.starts_on + timedelta(days=7),
        words="Her sister was in hospital.",
        by=place.adviser,
        now=start + timedelta(days=14),
    )
    assert lifted.state == "lifted"
    told = text_of(claim, "payment_restored")
    assert "£72.20 a week" in told
    assert "£14.44" in told  # one week, paid back


def test_good_cause_ends_the_case_and_the_interview_is_booked_again(place):
    breach = making.opened(place)
    claim = breach.interview.claim
    verbs.give_reason(breach, "I was in hospital.", way="call", by=place.adviser, now=moment(11))
    assert kinds(claim) == {"judge_reason"}
    verbs.judge_reason(
        breach, "hospital", good=True, why="The hospital rang us.", by=place.adviser, now=moment(11, 11)
    )
    breach = Breach.objects.get()
    assert (breach.state, breach.closed_because) == ("good_cause", "In hospital")
    assert kinds(claim) == {"book"}
    assert letters(claim)[-1] == "reason_accepted"


def test_each_outcome_of_a_decision_leads_on(place, centre):
    ruling = making.decided(place, centre, RulingOutcome.NO_SANCTION)
    claim = ruling.bundle.breach.interview.claim
    assert Breach.objects.get().state == "no_sanction"
    assert letters(claim)[-1] == "no_change"
    assert kinds(claim) == {"book"}
    assert not Sanction.objects.exists()


def test_a_returned_case_goes_back_to_who_referred_it_and_can_come_again(place, centre):
    ruling = making.decided(
        place, centre, RulingOutcome.RETURNED, missing="Was the letter sent to the new address?"
    )
    breach = Breach.objects.get()
    claim = breach.interview.claim
    task = Task.objects.get(claim=claim, closed_at=None)
    assert (task.kind, task.words) == ("supply_missing", "Was the letter sent to the new address?")
    again = verbs.refer(
        making.fresh(breach),
        adviser_view="It was.",
        paid_now=7220,
        by=place.adviser,
        now=moment(making.READY + 3),
    )
    assert again.pk != ruling.bundle_id
    assert kinds(claim) == {"decide_sanction"}


def test_the_decision_maker_can_find_good_cause(place, centre):
    making.decided(place, centre, RulingOutcome.GOOD_CAUSE, cause="letter_not_received")
    breach = Breach.objects.get()
    assert (breach.state, breach.cause, breach.cause_by) == (
        "good_cause",
        "letter_not_received",
        centre.decider,
    )


def test_every_step_writes_one_event_of_its_own(place, centre):
    sanction = making.in_effect(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    steps = [kind for kind in happened(claim) if kind.startswith(("breach", "safeguards", "sanction"))]
    assert steps == [
        "breach_opened",
        "breach_attempted",
        "breach_attempted",
        "safeguards_answered",
        "breach_referred",
        "breach_decided",
        "sanction_in_effect",
    ]


def test_the_call_about_the_letter_is_kept(place, centre):
    sanction = making.reduced(place, centre)
    claim = sanction.ruling.bundle.breach.interview.claim
    verbs.welfare_called(
        sanction,
        "He has food in the house; told him about the Social Fund.",
        by=place.adviser,
        now=moment(24),
    )
    assert "welfare_call" not in kinds(claim)
    assert Sanction.objects.get().welfare_words.startswith("He has food")


def test_letters_of_a_case_go_out(place, centre):
    making.reduced(place, centre)
    done = deliver_due(moment(60))
    assert not Notice.objects.exclude(state="sent").exists(), done


def test_an_attempt_at_the_door_is_in_the_chronology_like_any_other(place):
    breach = making.opened(place)
    now = moment(making.DAY_OF_IT + 2)
    verbs.note_attempt(breach, Channel.VISIT, reached=False, words="No light.", by=place.adviser, now=now)
    told = [one.what for one in happenings(Breach.objects.get(pk=breach.pk))]
    assert any("tried by visit" in line for line in told)
