"""Adding, amending and merging customers; how they are reached; their claims."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories as make
from tests.customers.makers import JOAN
from tests.factories import NOW, TODAY
from waymark.customers import queries, verbs
from waymark.customers.enums import ClaimStatus, NoteKind, StopReason
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def adviser(office):
    return make.post(Role.ADVISER, office=office)


@pytest.fixture
def manager(office):
    return make.post(Role.ADVISER_MANAGER, office=office)


@pytest.fixture
def stranger():
    return make.post(Role.ADVISER, office=make.office())


def add(by, identity=JOAN, **more):
    return verbs.add_customer(identity, by=by, now=NOW, **more)


def refused(code):
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def kinds_of(customer):
    return list(Event.objects.filter(customer_ref=customer.ref).order_by("id").values_list("kind", flat=True))


# Adding


def test_a_customer_is_added_with_one_event(adviser):
    joan = add(adviser)
    assert joan.ref.startswith("C")
    assert kinds_of(joan) == [Happened.CUSTOMER_ADDED]


def test_the_same_ni_number_is_refused_and_leads_to_the_record(adviser):
    joan = add(adviser)
    with refused("known_already") as caught:
        add(adviser, replace(JOAN, given_names="Wholly", family_name="Different", telephone=""))
    assert joan.ref in caught.value.cure


def test_the_same_ni_number_in_another_district_names_the_office_and_nobody(adviser, stranger):
    make.claim(customer=add(adviser), office=adviser.office)
    with refused("known_elsewhere") as caught:
        add(stranger)
    assert "Calder office" in caught.value.message
    assert "Joan" not in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"given_names": "Jone", "family_name": "Prise"},
        {"born_on": date(1961, 12, 3)},
        {"born_on": None},
        {"born_on": date(1970, 1, 1), "telephone": "", "family_name": "Pryce"},
    ],
    ids=["two slips", "day and month exchanged", "no date of birth", "same postcode"],
)
def test_a_likely_duplicate_must_be_looked_at_first(adviser, change):
    joan = add(adviser)
    other = replace(JOAN, ni_number="", ni_unknown_because="letter lost", **change)
    with refused("likely_duplicate"):
        add(adviser, other)
    assert add(adviser, other, none_of=[joan.ref]).ref != joan.ref


def test_somebody_quite_different_is_no_likely_duplicate(adviser):
    add(adviser)
    tom = replace(
        JOAN, given_names="Tom", family_name="Walsh", ni_number="CE654321A", telephone="", postcode="CA2 2AB"
    )
    assert queries.likely_duplicates(tom, adviser) == []


def test_likely_duplicates_say_why_in_words_and_the_certain_one_comes_first(adviser):
    make.customer(given_names="Joan", family_name="Price", telephone="", postcode="", added_by=adviser)
    joan = make.customer(given_names="J", family_name="Pryce", ni_number=JOAN.ni_number, added_by=adviser)
    found = queries.likely_duplicates(JOAN, adviser)
    assert found[0].ref == joan.ref
    assert found[0].certain
    assert found[0].reasons[0] == "the same NI number"
    assert "the same name and the same date of birth" in found[1].reasons


def test_an_assessor_adds_nobody(office):
    with refused("not_a_caseworker"):
        add(make.post(Role.ASSESSOR, office=office))


# Amending


def test_amending_keeps_old_and_new_of_what_changed(adviser):
    joan = add(adviser)
    verbs.amend_customer(joan, replace(JOAN, family_name="Holt"), why="married", by=adviser, now=NOW)
    event = Event.objects.get(kind=Happened.CUSTOMER_AMENDED)
    assert event.details["changes"] == {"family_name": ["Price", "Holt"]}
    assert queries.search(adviser, "Holt", TODAY)[0].ref == joan.ref


def test_amending_nothing_notes_nothing(adviser):
    joan = add(adviser)
    verbs.amend_customer(joan, queries.identity_of(joan), why="", by=adviser, now=NOW)
    assert kinds_of(joan) == [Happened.CUSTOMER_ADDED]


def test_amending_needs_a_reason_and_cannot_take_the_number_of_another(adviser):
    joan = add(adviser)
    make.customer(ni_number="CE654321A", added_by=adviser)
    with refused("no_reason"):
        verbs.amend_customer(joan, replace(JOAN, family_name="Holt"), why=" ", by=adviser, now=NOW)
    with refused("known_already"):
        verbs.amend_customer(joan, replace(JOAN, ni_number="CE654321A"), why="typed", by=adviser, now=NOW)


def test_a_stranger_changes_nothing(adviser, stranger):
    joan = add(adviser)
    with refused("customer_of_elsewhere"):
        verbs.amend_customer(joan, replace(JOAN, family_name="Holt"), why="x", by=stranger, now=NOW)
    with refused("customer_of_elsewhere"):
        verbs.write_note(joan, kind=NoteKind.ORDINARY, text="x", by=stranger, now=NOW)


# Merging


@pytest.fixture
def pair(adviser, office):
    """Two records of Joan: the second without a number, with a claim, a note, somebody who speaks for her."""
    first = make.customer(given_names="Joan", family_name="Price", telephone="", added_by=adviser)
    second = make.customer(
        given_names="Joanna", family_name="Prise", ni_number=None, ni_unknown_because="lost", added_by=adviser
    )
    make.claim(customer=second, office=office)
    verbs.write_note(second, kind=NoteKind.DO_NOT_ASK, text="the accident", by=adviser, now=NOW)
    return first, second


def merge(gone, stays, by, why="same voice, same address"):
    return verbs.merge(gone, stays, why=why, by=by, now=NOW)


def test_merging_moves_everything_and_keeps_the_history_of_both(pair, adviser, manager):
    first, second = pair
    stays = merge(second, first, manager)
    assert stays.claims.count() == 1
    assert queries.must_know(stays, TODAY).do_not_ask == ("the accident",)
    assert set(queries.record_refs(stays)) == {first.ref, second.ref}
    assert queries.get_customer(adviser, second.ref).ref == first.ref
    assert [one.ref for one in queries.merged_records(stays)] == [second.ref]
    assert kinds_of(stays)[-1] == Happened.CUSTOMERS_MERGED


def test_the_survivor_takes_the_number_and_what_was_blank_and_is_found_by_both_names(pair, manager):
    first, second = pair
    number = first.ni_number
    stays = merge(first, second, manager)
    assert stays.ni_number == number
    assert stays.ni_unknown_because == ""
    assert stays.telephone == second.telephone
    assert {one.ref for one in queries.search(manager, "Price", TODAY)} == {second.ref}


def test_contact_rules_of_two_records_add_up_to_the_more_careful(pair, adviser, manager):
    first, second = pair
    verbs.set_safe_contact(first, may_leave_message=False, ring_until=time(17), by=adviser, now=NOW)
    verbs.set_safe_contact(second, may_write=False, ring_until=time(12), by=adviser, now=NOW)
    verbs.set_access_needs(second, step_free=True, by=adviser, now=NOW)
    known = queries.must_know(queries.get_customer(manager, merge(second, first, manager).ref), TODAY)
    assert known.safe_contact == ("do not leave a message", "do not write", "do not ring after 12:00")
    assert known.access_needs == ("needs step-free access",)


def test_two_live_claims_in_one_programme_are_not_made_one(pair, manager, office):
    first, second = pair
    make.claim(customer=first, office=office)
    with refused("two_live_claims") as caught:
        merge(second, first, manager)
    assert "End one of the two claims first" in caught.value.cure


def test_two_ni_numbers_are_two_people_until_one_is_corrected(pair, manager):
    first, _second = pair
    other = make.customer(added_by=manager)
    with refused("two_ni_numbers"):
        merge(other, first, manager)


def test_an_adviser_does_not_merge_and_nobody_merges_without_a_reason(pair, adviser, manager):
    first, second = pair
    with refused("merge_needs_leader"):
        merge(second, first, adviser)
    with refused("no_reason"):
        merge(second, first, manager, why=" ")
    with refused("same_record"):
        merge(first, first, manager)


def test_a_merged_record_is_not_merged_again_and_chains_stay_flat(pair, manager):
    first, second = pair
    third = make.customer(ni_number=None, ni_unknown_because="lost", added_by=manager)
    merge(second, first, manager)
    with refused("merged"):
        merge(second, third, manager)
    third = merge(first, third, manager)
    assert set(queries.record_refs(third)) == {first.ref, second.ref, third.ref}


def test_an_open_stop_survives_a_merge_once(pair, adviser, manager):
    for customer in pair:
        verbs.stop_contact(
            customer, reason=StopReason.BEREAVEMENT, look_again_on=date(2004, 7, 1), by=adviser, now=NOW
        )
    first, second = pair
    stays = merge(second, first, manager)
    assert queries.open_stop(stays) is not None
    assert stays.stops.count() == 2


# Reaching


def test_what_must_be_known_is_said_in_words_with_the_stop_first(adviser):
    joan = add(adviser)
    verbs.set_safe_contact(joan, ring_until=time(17), warning="ask for Joan only", by=adviser, now=NOW)
    verbs.set_access_needs(joan, companion=True, interpreter="British Sign Language", by=adviser, now=NOW)
    verbs.add_representative(
        joan, name="Mary Holt", relationship="sister", may_be_told=True, from_day=TODAY, by=adviser, now=NOW
    )
    verbs.write_note(joan, kind=NoteKind.DO_NOT_ASK, text="the accident", by=adviser, now=NOW)
    verbs.stop_contact(
        joan, reason=StopReason.BEREAVEMENT, look_again_on=date(2004, 7, 1), by=adviser, now=NOW
    )
    assert queries.must_know(queries.get_customer(adviser, joan.ref), TODAY).sentences == [
        "no calls or letters: bereavement; to be looked at again on 1 July 2004",
        "do not ring after 17:00",
        "ask for Joan only",
        "comes with somebody",
        "needs an interpreter: British Sign Language",
        "Mary Holt (sister) may be told",
        "do not ask again: the accident",
    ]


def test_some_way_to_reach_the_customer_must_be_left(adviser):
    with refused("no_way_left"):
        verbs.set_safe_contact(
            add(adviser), may_ring=False, may_write=False, may_email=False, by=adviser, now=NOW
        )


def test_a_representative_ends_on_a_day_and_is_not_ended_twice(adviser):
    joan = add(adviser)
    mary = verbs.add_representative(
        joan, name="Mary Holt", relationship="sister", may_speak_for=True, from_day=TODAY, by=adviser, now=NOW
    )
    verbs.end_representative(mary, on=TODAY, why="moved away", by=adviser, now=NOW)
    assert not queries.representatives(joan, date(2004, 5, 5))
    with refused("ended_already"):
        verbs.end_representative(mary, on=TODAY, why="again", by=adviser, now=NOW)


def test_a_representative_who_may_do_nothing_is_refused(adviser):
    with refused("may_do_nothing"):
        verbs.add_representative(
            add(adviser), name="Mary", relationship="sister", from_day=TODAY, by=adviser, now=NOW
        )


def test_a_restricted_note_is_read_by_those_who_decide_and_its_author_and_never_in_the_record(
    adviser, office
):
    joan = add(adviser)
    make.claim(customer=joan, office=office)
    author = make.post(Role.AGENT, office=make.contact_centre(district=office.district))
    other_agent = make.post(Role.AGENT, office=author.office)
    verbs.write_note(joan, kind=NoteKind.RESTRICTED, text="violent former partner", by=author, now=NOW)
    assert queries.notes_for(joan, adviser)[0].text == "violent former partner"
    assert queries.notes_for(joan, author)[0].readable
    unread = queries.notes_for(joan, other_agent)[0]
    assert (unread.readable, unread.text) == (False, "")
    assert "partner" not in str(Event.objects.get(kind=Happened.NOTE_WRITTEN).details)


def test_a_stop_is_open_once_and_lifted_with_a_reason(adviser):
    joan = add(adviser)
    stop = verbs.stop_contact(
        joan, reason=StopReason.TERMINAL_ILLNESS, look_again_on=date(2004, 7, 1), by=adviser, now=NOW
    )
    with refused("stopped_already"):
        verbs.stop_contact(
            joan, reason=StopReason.BEREAVEMENT, look_again_on=date(2004, 7, 1), by=adviser, now=NOW
        )
    with refused("no_reason"):
        verbs.lift_stop(stop, why=" ", by=adviser, now=NOW)
    verbs.lift_stop(stop, why="asked to be called", by=adviser, now=NOW)
    assert queries.open_stop(joan) is None


def test_a_stop_is_looked_at_again_on_a_later_day(adviser):
    with refused("look_again_later"):
        verbs.stop_contact(
            add(adviser), reason=StopReason.BEREAVEMENT, look_again_on=TODAY, by=adviser, now=NOW
        )


# Claims


def claim_for(customer, by, **more):
    wanted = {
        "benefit": "ib",
        "group": "sick_or_disabled",
        "programme": "jobcentre-plus-2002",
        "office": by.office,
        "claimed_on": TODAY,
        "period_from": TODAY,
        "route": "call",
        **more,
    }
    return verbs.make_claim(customer, **wanted, by=by, now=NOW)


def test_a_claim_is_made_with_one_event_and_only_once(pack, adviser):
    joan = add(adviser)
    claim = claim_for(joan, adviser)
    make.open_task(claim)
    assert kinds_of(joan) == [Happened.CUSTOMER_ADDED, Happened.CLAIM_MADE]
    with refused("claim_is_live") as caught:
        claim_for(joan, adviser)
    assert claim.ref in caught.value.message


@pytest.mark.django_db(transaction=True)
def test_a_claim_alone_is_refused_by_the_database(pack, adviser):
    joan = add(adviser)
    with pytest.raises(IntegrityError, match="without a next step"), transaction.atomic():
        claim_for(joan, adviser)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"benefit": "esa"}, "no_such_benefit"),
        ({"group": "anybody"}, "no_such_group"),
        ({"claimed_on": date(2004, 5, 5)}, "claim_in_future"),
        ({"period_until": date(2004, 5, 3)}, "period_order"),
    ],
)
def test_a_claim_that_cannot_be_right_is_refused(pack, adviser, wrong, code):
    with refused(code):
        claim_for(add(adviser), adviser, **wrong)


def test_a_group_that_does_not_claim_the_benefit_is_refused_with_those_that_do(pack, adviser):
    with refused("group_does_not_fit") as caught:
        claim_for(add(adviser), adviser, benefit="ica", group="lone_parent")
    assert "It is for: Carer." in caught.value.cure


def test_a_claim_belongs_to_an_office_and_not_to_a_contact_centre(pack, adviser):
    with refused("no_office"):
        claim_for(add(adviser), adviser, office=make.contact_centre())


def test_a_change_of_benefit_keeps_what_it_was_and_why(pack, adviser):
    claim = make.claim(customer=add(adviser), office=adviser.office)
    change = verbs.change_benefit(claim, "is", why="her partner's claim ended", on=TODAY, by=adviser, now=NOW)
    claim.refresh_from_db()
    assert (change.old_benefit, claim.benefit) == ("ib", "is")
    with refused("same_benefit"):
        verbs.change_benefit(claim, "is", why="again", on=TODAY, by=adviser, now=NOW)


def test_a_claim_ends_once_with_a_day_and_a_reason(pack, adviser):
    claim = make.claim(customer=add(adviser), office=adviser.office)
    rules = holding(claim.programme, TODAY)
    with refused("no_reason"):
        verbs.reason_of_end(rules, "", by=adviser)
    with refused("no_words"):
        verbs.reason_of_end(rules, "other", why=" ", by=adviser)
    with refused("no_new_benefit"):
        verbs.reason_of_end(rules, "other_benefit", by=adviser)
    in_work = verbs.reason_of_end(rules, "started_work", by=adviser)
    ended = verbs.end_claim(claim, in_work, on=TODAY, why="Since Monday", by=adviser, now=NOW)
    assert (ended.status, ended.ended_on, ended.end_code) == (ClaimStatus.ENDED, TODAY, "started_work")
    assert ended.end_reason == "The customer is in work. Since Monday"
    with refused("claim_cannot_become_ended"):
        verbs.end_claim(claim, in_work, on=TODAY, by=adviser, now=NOW)


def test_the_database_itself_refuses_a_number_of_the_wrong_shape():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.customer(ni_number="AB12345")
    assert connection.is_usable()
