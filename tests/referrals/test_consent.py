"""Nothing leaves without the customer's yes to that item and that service: in the verbs and in the tables (R:L645)."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOW
from tests.referrals import making
from waymark.directory.enums import Channel
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.referrals import queries, verbs
from waymark.referrals.enums import FeedbackKind, FixedBy, Given, Through
from waymark.referrals.models import Consent, Feedback, Sent

pytestmark = pytest.mark.django_db
ITEMS = ("name", "contact", "ni_number", "health", "employment")


def send(referral, by: Post):
    return verbs.send(referral, channel=Channel.LINK, fixed_by=FixedBy.CUSTOMER, by=by, now=NOW)


def test_only_what_the_customer_agreed_to_is_told(place, claim):
    referral = making.consented(claim, place.adviser, NOW, said={"health": False, "ni_number": False})
    send(referral, place.adviser)
    assert set(referral.sent.values_list("item", flat=True)) == {"name", "contact"}


def test_without_a_yes_to_being_named_nothing_is_sent_at_all(place, claim):
    """R V58: only signposting is possible."""
    referral = making.proposed(claim, place.adviser, NOW)
    verbs.consent(referral, {"name": False, "health": True}, how=Given.TELEPHONE, by=place.adviser, now=NOW)
    with pytest.raises(Refused) as refused:
        send(referral, place.adviser)
    assert refused.value.code == "no_consent"
    assert not Sent.objects.exists()


def test_only_what_this_service_needs_can_be_agreed_to(place, claim):
    referral = making.proposed(claim, place.adviser, NOW, making.service(information=[]))
    assert set(referral.items.values_list("code", flat=True)) == {"name", "contact", "ni_number"}
    with pytest.raises(Refused) as refused:
        verbs.consent(referral, {"convictions": True}, how=Given.IN_PERSON, by=place.adviser, now=NOW)
    assert refused.value.code == "item_not_needed"


def test_a_yes_to_one_service_is_no_yes_to_another_of_the_same_organisation(place, claim):
    """R:L680: one provider had two programmes and mixed them up."""
    both = making.organisation()
    first = making.consented(claim, place.adviser, NOW, making.service(organisation=both))
    second = making.proposed(claim, place.adviser, NOW, making.service(organisation=both))
    with pytest.raises(IntegrityError, match="has not agreed"), transaction.atomic():
        Sent.objects.create(referral=second, item="name", value="x", sent_at=NOW, sent_by=place.adviser)
    Sent.objects.create(referral=first, item="name", value="x", sent_at=NOW, sent_by=place.adviser)


def test_what_was_told_stays_as_it_was(place, claim):
    making.sent(claim, place.adviser, NOW)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Sent.objects.update(value="something else")
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        Sent.objects.all().delete()


def test_a_consent_cannot_be_changed_into_another(place, claim):
    making.consented(claim, place.adviser, NOW)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Consent.objects.filter(item="name").update(item="convictions")


def test_one_consent_an_item_and_service_is_open(place, claim):
    referral = making.consented(claim, place.adviser, NOW)
    with pytest.raises(IntegrityError, match="one_open_consent"), transaction.atomic():
        Consent.objects.create(
            claim=claim, service=referral.service, item="name", given_at=NOW, how=Given.IN_PERSON
        )


def test_taken_back_it_is_no_longer_shown_to_the_service(place, claim):
    referral = making.sent(claim, place.adviser, NOW)
    verbs.withdraw_consent(referral, ["health"], how=Given.OWN_PAGE, by=None, now=NOW)
    shown = {one.item: (one.value, one.withdrawn_at) for one in queries.told_to_service(referral)}
    assert shown["health"] == ("", NOW)
    assert shown["name"][0]


def test_taken_back_before_it_left_it_does_not_leave(place, claim):
    referral = making.consented(claim, place.adviser, NOW)
    verbs.withdraw_consent(referral, ["health"], how=Given.TELEPHONE, by=place.adviser, now=NOW)
    referral.refresh_from_db()
    send(referral, place.adviser)
    assert "health" not in set(referral.sent.values_list("item", flat=True))


def test_without_a_yes_the_service_tells_us_coming_and_going_only(place, claim):
    """R:L861."""
    referral = making.started(claim, place.adviser, NOW, said={"feedback": False})
    service = making.by_link(referral)
    with pytest.raises(Refused) as refused:
        verbs.give_feedback(referral, FeedbackKind.PROGRESS, words="Well.", by=service, now=NOW)
    assert refused.value.code == "customer_told_nothing"
    with pytest.raises(IntegrityError, match="how it goes"), transaction.atomic():
        Feedback.objects.create(
            ref="F1",
            referral=referral,
            kind="progress",
            words="Well.",
            said_by="Sally",
            through=Through.LINK,
            at=NOW,
        )
    verbs.end_help(referral, "completed", on=NOW.date(), by=service, now=NOW)
    referral.refresh_from_db()
    assert referral.task.kind == "referral_meeting"


def test_without_the_trigger_the_proof_finds_what_went_wrong(place, claim):
    """The rule of `waymark check` does not lean on the trigger it proves."""
    referral = making.sent(claim, place.adviser, NOW)
    assert queries.told_without_consent() == []
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE referrals_sent DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO referrals_sent (referral_id, item, value, sent_at, sent_by_id) VALUES (%s, %s, %s, %s, %s)",
            [referral.pk, "convictions", "x", NOW, place.adviser.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE referrals_sent ENABLE TRIGGER USER")
    assert queries.told_without_consent() == [f"{referral.ref} convictions"]


STEPS = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "back", "send", "more"]), st.sampled_from(ITEMS), st.booleans()),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_said_and_taken_back_nothing_leaves_without_a_yes_that_stands(place, claim, steps):
    """Two services, any order of yes, no, taking back and sending: each item that left had its own yes at that moment."""
    with transaction.atomic():
        by = place.adviser
        two = [
            making.proposed(claim, by, NOW, making.service(information=["health", "employment"]))
            for _ in range(2)
        ]
        model: set[tuple[int, str]] = set()
        left: set[tuple[int, str]] = set()
        for what, item, second in steps:
            referral = two[second]
            referral.refresh_from_db()
            before = {(one.referral_id, one.item) for one in Sent.objects.all()}
            try:
                _step(what, item, referral, by)
            except Refused:
                pass
            else:
                if what == "yes":
                    model.add((referral.pk, item))
                elif what in {"no", "back"}:
                    model.discard((referral.pk, item))
            new = {(one.referral_id, one.item) for one in Sent.objects.all()} - before
            assert new <= model
            left |= new
        assert queries.told_without_consent() == []
        assert {(one.referral_id, one.item) for one in Sent.objects.all()} == left
        transaction.set_rollback(True)


def _step(what: str, item: str, referral, by: Post) -> None:
    if what in {"yes", "no"}:
        values = {item: f"about {item}"}
        verbs.consent(referral, {item: what == "yes"}, values=values, how=Given.IN_PERSON, by=by, now=NOW)
    elif what == "back":
        verbs.withdraw_consent(referral, [item], how=Given.IN_PERSON, by=by, now=NOW)
    elif what == "send":
        send(referral, by)
    else:
        verbs.send_more(referral, by=by, now=NOW)
