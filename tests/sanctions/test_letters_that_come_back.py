"""A letter that came back has told nobody anything: what rests on it stops (P:L1229)."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.sanctions import making
from tests.sanctions.making import PAID, READY, VIEW, moment
from waymark.customers.models import AccessNeeds
from waymark.interviews import verbs as interviews
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.sanctions import verbs
from waymark.sanctions.enums import BreachState, RulingOutcome, SanctionState
from waymark.sanctions.models import Breach, Ruling, Sanction
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def back(place, notice: Notice, *, on: int, reason: str = "gone_away") -> Notice:
    return interviews.letter_came_back(
        notice, reason, on=making.day(on), by=place.adviser, now=moment(on, 12)
    )


def told_of(breach) -> Notice:
    return Notice.objects.filter(claim=breach.interview.claim).earliest("queued_at")


def waiting(claim) -> set[str]:
    return set(Task.objects.filter(claim=claim, closed_at=None).values_list("kind", flat=True))


def test_a_case_that_was_ready_is_not_referred_once_the_letter_came_back(place, centre):
    breach = making.ready(place)
    back(place, told_of(breach), on=READY)
    with pytest.raises(Refused) as refused:
        verbs.refer(
            making.fresh(breach), adviser_view=VIEW, paid_now=PAID, by=place.adviser, now=moment(READY, 13)
        )
    assert refused.value.code == "gate_notice"
    assert "the letter came back on Monday 24 May 2004" in refused.value.message


def test_a_case_with_the_decision_maker_is_with_us_again_and_is_not_theirs_to_decide(place, centre):
    bundle = making.referred(place)
    claim = bundle.breach.interview.claim
    back(place, told_of(bundle.breach), on=READY + 1)
    assert Breach.objects.get().state == BreachState.RETURNED
    assert {"supply_missing", "find_address"} <= waiting(claim)
    assert "decide_sanction" not in waiting(claim)
    supply = Task.objects.get(claim=claim, kind="supply_missing", closed_at=None)
    assert supply.words == "A letter on which the case rests came back."


def test_the_database_refuses_a_reduction_that_rests_on_a_letter_that_came_back(place, centre):
    bundle = making.referred(place)
    Notice.objects.filter(pk=bundle.proof_id).update(
        came_back_on=making.day(READY + 1), came_back_reason="gone_away", came_back_by=place.adviser
    )
    with pytest.raises(IntegrityError, match="came back"), transaction.atomic():
        Ruling.objects.create(
            ref=new_ref("R"),
            bundle=bundle,
            outcome=RulingOutcome.SANCTION,
            because="You did not come.",
            decided_by=centre.decider,
            decided_at=moment(READY + 2),
        )
    with pytest.raises(Refused) as refused:
        verdict = verbs.Verdict(RulingOutcome.SANCTION, "You did not come.")
        verbs.rule(bundle, verdict, by=centre.decider, now=moment(READY + 2))
    assert refused.value.code == "gate_notice"


def test_a_reduction_does_not_begin_when_its_letter_came_back(place, centre):
    sanction = making.reduced(place, centre)
    back(place, sanction.notice, on=READY + 5)
    start = at(sanction.starts_on, time(9))
    with pytest.raises(Refused) as refused:
        verbs.put_into_effect(sanction, by=centre.second, now=start)
    assert refused.value.code == "not_told"
    with pytest.raises(IntegrityError, match="not been told"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            state="in_effect", in_effect_at=start, in_effect_by=centre.second
        )


def test_a_reduction_does_not_begin_before_its_letter_was_read_to_somebody_who_cannot_read(place, centre):
    """What changes is told before it changes, in a way that reaches them (E:L3053-3061)."""
    sanction = making.reduced(place, centre)
    AccessNeeds.objects.create(customer=sanction.notice.claim.customer, read_aloud=True)
    start = at(sanction.starts_on, time(9))
    with pytest.raises(Refused) as refused:
        verbs.put_into_effect(sanction, by=centre.second, now=start)
    assert refused.value.code == "not_told"
    with pytest.raises(IntegrityError, match="not been told"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            state="in_effect", in_effect_at=start, in_effect_by=centre.second
        )
    gone = timezone.localdate(sanction.notice.sent_at)
    interviews.letter_read_aloud(sanction.notice, on=gone, by=place.adviser, now=sanction.notice.sent_at)
    assert verbs.put_into_effect(Sanction.objects.get(), by=centre.second, now=start).state == "in_effect"


def test_once_its_letter_has_gone_again_a_reduction_may_begin_no_sooner_than_the_customer_has_time(
    place, centre
):
    sanction = making.reduced(place, centre)
    back(place, sanction.notice, on=READY + 5, reason="refused")
    fresh = interviews.send_letter_again(
        Notice.objects.get(pk=sanction.notice_id), by=place.adviser, now=moment(READY + 6)
    )
    deliver_due(moment(READY + 6, 11))
    sanction = Sanction.objects.get()
    assert sanction.notice == fresh
    with pytest.raises(Refused) as refused:
        verbs.put_into_effect(sanction, by=centre.second, now=at(sanction.starts_on, time(9)))
    assert refused.value.code == "day_to_come"


def test_a_reduction_in_effect_is_due_to_be_lifted_the_day_its_letter_came_back(place, centre):
    sanction = making.in_effect(place, centre)
    later = (sanction.starts_on - making.TODAY).days + 1
    back(place, sanction.notice, on=later)
    claim = sanction.ruling.bundle.breach.interview.claim
    assert Sanction.objects.get().state == SanctionState.IN_EFFECT
    assert Task.objects.get(claim=claim, kind="lift", closed_at=None).due_on == making.day(later)


def test_a_question_sent_again_gives_the_whole_time_to_answer(place):
    breach = making.opened(place)
    asked = Notice.objects.get(pk=breach.asked_by_notice_id)
    back(place, asked, on=making.DAY_OF_IT + 4, reason="not_collected")
    fresh = interviews.send_letter_again(
        Notice.objects.get(pk=asked.pk), by=place.adviser, now=moment(making.DAY_OF_IT + 5)
    )
    now = Breach.objects.get()
    assert now.asked_by_notice == fresh
    assert now.reply_by > breach.reply_by


def test_after_a_letter_came_back_the_case_can_be_closed_and_the_interview_booked_anew(place):
    breach = making.ready(place)
    back(place, told_of(breach), on=READY)
    verbs.close(making.fresh(breach), "not_told", by=place.adviser, now=moment(READY, 13))
    assert "book" in waiting(breach.interview.claim)
