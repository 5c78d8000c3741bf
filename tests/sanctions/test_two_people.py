"""Who refers does not decide, who decides does not look again; nobody is paid less untold, or less than the floor."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.sanctions import making
from tests.sanctions.making import READY, moment
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.organisations.enums import Role
from waymark.sanctions import verbs
from waymark.sanctions.enums import ChallengeOutcome, LiftedBecause, RulingOutcome
from waymark.sanctions.models import Breach, Ruling, Sanction

pytestmark = pytest.mark.django_db
VERDICT = verbs.Verdict(RulingOutcome.SANCTION, "You did not come.")


def test_who_referred_a_case_does_not_decide_it_in_another_role_either(place, centre):
    also = factories.post(Role.DECISION_MAKER, office=centre.office, person=place.adviser.person)
    bundle = making.referred(place)
    with pytest.raises(Refused, match="Who referred the case cannot decide it"):
        verbs.rule(bundle, VERDICT, by=also, now=moment(READY + 1))
    with pytest.raises(IntegrityError, match="Who referred the case cannot decide it"), transaction.atomic():
        Ruling.objects.create(
            ref=new_ref("R"),
            bundle=bundle,
            outcome="sanction",
            because="x",
            decided_by=also,
            decided_at=moment(READY + 1),
        )


def test_only_a_decision_maker_decides(place, centre):
    with pytest.raises(Refused, match="A decision maker decides about payments"):
        verbs.rule(making.referred(place), VERDICT, by=place.manager, now=moment(READY + 1))


def test_a_message_that_came_meanwhile_stops_the_decision(place, centre):
    bundle = making.referred(place)
    making.message(bundle.breach, now=moment(READY, 12))
    with pytest.raises(Refused, match="nobody has answered yet"):
        verbs.rule(bundle, VERDICT, by=centre.decider, now=moment(READY + 1))
    with pytest.raises(IntegrityError, match="nobody has answered yet"), transaction.atomic():
        Ruling.objects.create(
            ref=new_ref("R"),
            bundle=bundle,
            outcome="sanction",
            because="x",
            decided_by=centre.decider,
            decided_at=moment(READY + 1),
        )
    assert verbs.rule(
        bundle,
        verbs.Verdict(RulingOutcome.NO_SANCTION, "Let it be."),
        by=centre.decider,
        now=moment(READY + 1),
    )


def test_a_reason_that_comes_late_brings_the_case_back_from_the_decision_maker(place, centre):
    bundle = making.referred(place)
    verbs.give_reason(
        making.fresh(bundle.breach),
        "I was in hospital.",
        way="portal",
        said_by_customer=True,
        by=None,
        now=moment(READY, 12),
    )
    assert Breach.objects.get().state == "returned"
    with pytest.raises(Refused):
        verbs.rule(bundle, VERDICT, by=centre.decider, now=moment(READY + 1))


def test_nothing_takes_effect_before_the_letter_has_gone(place, centre):
    sanction = making.reduced(place, centre, sent=False)
    start = at(sanction.starts_on, time(9))
    with pytest.raises(Refused, match="The customer has not been told yet"):
        verbs.put_into_effect(sanction, by=centre.second, now=start)
    with pytest.raises(IntegrityError, match="has not been told yet"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            state="in_effect", in_effect_at=start, in_effect_by=centre.second
        )


def test_nothing_takes_effect_before_its_day(place, centre):
    sanction = making.reduced(place, centre)
    early = at(sanction.starts_on - timedelta(days=1), time(9))
    with pytest.raises(Refused, match="has not come yet"):
        verbs.put_into_effect(sanction, by=centre.second, now=early)
    with pytest.raises(IntegrityError, match="has not come yet"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            state="in_effect", in_effect_at=early, in_effect_by=centre.second
        )


def test_a_letter_that_went_out_late_gives_the_customer_the_same_time(place, centre):
    sanction = making.reduced(place, centre, sent=False)
    deliver_due(at(sanction.starts_on - timedelta(days=1), time(9)))
    sanction = Sanction.objects.get()
    with pytest.raises(Refused, match="has not come yet"):
        verbs.put_into_effect(
            sanction, by=centre.second, now=at(sanction.starts_on + timedelta(days=7), time(9))
        )


def test_while_it_is_challenged_nothing_takes_effect(place, centre):
    sanction = making.reduced(place, centre)
    verbs.challenge(
        sanction.ruling, "It is wrong.", asked_on=making.day(28), by=place.adviser, now=moment(28)
    )
    start = at(sanction.starts_on, time(9))
    with pytest.raises(Refused, match="The customer has challenged the decision"):
        verbs.put_into_effect(sanction, by=centre.second, now=start)
    with pytest.raises(IntegrityError, match="has challenged the decision"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            state="in_effect", in_effect_at=start, in_effect_by=centre.second
        )


def test_nobody_is_left_with_less_than_the_floor(place, centre):
    sanction = making.reduced(place, centre)
    with pytest.raises(IntegrityError, match="never_below_the_floor"), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(reduction=7210, paid_after=10)
    with pytest.raises(Refused, match="nothing could be taken off"):
        verbs.refer(
            making.ready(place, hour=14), adviser_view="x", paid_now=3990, by=place.adviser, now=moment(READY)
        )


def test_who_decided_does_not_look_at_it_again(place, centre):
    sanction = making.reduced(place, centre)
    asked = verbs.challenge(
        sanction.ruling, "I was ill.", asked_on=making.day(28), by=place.adviser, now=moment(28)
    )
    with pytest.raises(Refused, match="Who made the decision cannot look at it again"):
        verbs.decide_challenge(
            asked, ChallengeOutcome.UPHELD, "It stands.", by=centre.decider, now=moment(29)
        )
    with pytest.raises(IntegrityError, match="cannot look at it again"), transaction.atomic():
        type(asked).objects.filter(pk=asked.pk).update(
            outcome="upheld", because="x", decided_by=centre.decider, decided_at=moment(29)
        )


def test_a_changed_decision_is_undone_from_its_first_day_with_the_money(place, centre):
    sanction = making.in_effect(place, centre)
    day = sanction.starts_on + timedelta(days=14)
    now = at(day, time(10))
    asked = verbs.challenge(sanction.ruling, "I was in hospital.", asked_on=day, by=place.adviser, now=now)
    third = factories.post(Role.DECISION_MAKER, office=centre.office)
    verbs.decide_challenge(asked, ChallengeOutcome.CHANGED, "The hospital confirms it.", by=third, now=now)
    sanction = Sanction.objects.get()
    assert (sanction.state, sanction.lifted_from) == ("lifted", sanction.starts_on)
    assert "£28.88" in Notice.objects.get(kind="reconsidered").html  # two weeks of £14.44


def test_a_decision_that_stands_says_so_and_nothing_changes(place, centre):
    sanction = making.in_effect(place, centre)
    now = at(sanction.starts_on, time(11))
    asked = verbs.challenge(sanction.ruling, "It is unfair.", asked_on=now.date(), by=place.adviser, now=now)
    verbs.decide_challenge(asked, ChallengeOutcome.UPHELD, "No reason was given.", by=centre.second, now=now)
    assert Sanction.objects.get().state == "in_effect"
    assert "The decision stands." in Notice.objects.get(kind="reconsidered").html


def test_a_mistake_of_ours_is_lifted_for_the_whole_time(place, centre):
    sanction = making.in_effect(place, centre)
    now = at(sanction.starts_on + timedelta(days=7), time(10))
    with pytest.raises(Refused, match="put right for the whole time"):
        verbs.lift(sanction, LiftedBecause.OUR_MISTAKE, from_day=now.date(), by=place.adviser, now=now)


def test_rulings_and_bundles_are_never_changed(place, centre):
    ruling = making.decided(place, centre, RulingOutcome.NO_SANCTION)
    for row in (ruling, ruling.bundle):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(ref="X")
