"""A case goes to somebody else: for good when they accept, for a time and back by itself (R:L1120, R:L768, R:L887)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.casework.making import (
    claim_with,
    day,
    disability_adviser,
    helpers,
    lend,
    manager_of,
    moment,
    open_tasks,
    taken_on,
    wanted,
)
from waymark.casework import queries, verbs
from waymark.casework.daily import run
from waymark.casework.enums import Told
from waymark.casework.models import Transfer
from waymark.interviews.managing import verbs as managing
from waymark.interviews.models import Preferences
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.enums import Role
from waymark.record.models import Event
from waymark.staffing import verbs as staffing

pytestmark = pytest.mark.django_db


# For good


def test_until_it_is_accepted_the_old_manager_stays(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    assert transfer.state == "proposed"
    assert manager_of(case).person == place.adviser.person
    (task,) = open_tasks(case, "answer_transfer")
    assert task.person == place.second_adviser.person
    assert task.due_on == day(7)  # five working days after a Tuesday


def test_accepted_it_holds_and_everybody_is_told(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    verbs.answer_transfer(transfer, accept=True, by=place.second_adviser, now=moment(1))
    manager = manager_of(case)
    assert (manager.person, manager.since) == (place.second_adviser.person, moment(1))
    (hello,) = open_tasks(case, "case_contact")
    assert hello.person == place.second_adviser.person
    letter = Notice.objects.get(kind="case_manager_changed")
    assert place.second_adviser.person.name in str(letter.content)
    assert not open_tasks(case, "answer_transfer")
    kinds = set(Event.objects.filter(claim_ref=case.claim.ref).values_list("kind", flat=True))
    assert {"transfer_proposed", "transfer_answered", "case_manager_changed"} <= kinds


def test_declined_the_customer_stays_and_who_asked_decides_again(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    with pytest.raises(Refused, match="A no needs a word why"):
        verbs.answer_transfer(transfer, accept=False, by=place.second_adviser, now=moment(1))
    verbs.answer_transfer(
        transfer, accept=False, words="I am away from June.", by=place.second_adviser, now=moment(1)
    )
    assert manager_of(case).person == place.adviser.person
    (again,) = open_tasks(case, "transfer_declined")
    assert again.person == place.adviser.person
    assert "I am away from June." in again.words
    assert not Notice.objects.filter(kind="case_manager_changed").exists()


def test_only_the_one_who_is_asked_answers(place):
    transfer = verbs.propose_transfer(
        taken_on(place), wanted(place.second_adviser), by=place.adviser, now=moment()
    )
    with pytest.raises(Refused, match="is asked, and answers"):
        verbs.answer_transfer(transfer, accept=True, by=place.adviser, now=moment(1))


def test_never_answered_it_lapses_and_the_customer_stays_where_they_are(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    assert run(day(20), moment(20))["transfers_lapsed"] == 0
    assert run(day(21), moment(21))["transfers_lapsed"] == 1  # due on day 7, ten working days later
    transfer.refresh_from_db()
    assert transfer.state == "lapsed"
    assert manager_of(case).person == place.adviser.person
    assert open_tasks(case, "transfer_declined")
    assert run(day(21), moment(21))["transfers_lapsed"] == 0


def test_taken_back_nothing_has_changed(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    verbs.withdraw_transfer(transfer, words="She would rather stay.", by=place.adviser, now=moment(1))
    assert manager_of(case).person == place.adviser.person
    with pytest.raises(Refused, match="nothing to answer"):
        verbs.answer_transfer(transfer, accept=True, by=place.second_adviser, now=moment(2))


def test_for_good_needs_a_word_on_how_they_can_give_all_the_help(place):
    """R:L1120, R17."""
    with pytest.raises(Refused, match="takes over all the help"):
        verbs.propose_transfer(
            taken_on(place), wanted(place.second_adviser, can_provide=" "), by=place.adviser, now=moment()
        )


def test_without_the_customers_yes_nobody_is_handed_over(place):
    with pytest.raises(Refused, match="The customer has not agreed"):
        verbs.propose_transfer(
            taken_on(place),
            wanted(place.second_adviser, customer_agreed=False),
            by=place.adviser,
            now=moment(),
        )


def test_an_absence_does_not_wait_for_a_yes(place):
    """R:L796: cover by a colleague while the adviser is ill."""
    transfer = lend(taken_on(place), place.second_adviser, place.adviser, customer_agreed=False)
    assert transfer.state == "running"


def test_nobody_is_handed_to_somebody_they_asked_not_to_meet(place):
    case = taken_on(place)
    Preferences.objects.create(claim=case.claim, asked_on=day(0), asked_by=place.adviser).avoid.add(
        place.second_adviser.person
    )
    with pytest.raises(Refused, match="has asked not to meet"):
        verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())


def test_one_question_at_a_time(place):
    case = taken_on(place)
    verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    with pytest.raises(Refused, match="handed over already"):
        verbs.propose_transfer(case, wanted(place.manager), by=place.adviser, now=moment())


def test_somebody_of_a_service_can_be_the_one_case_manager(place):
    """R:L887: a couple of providers were; their yes is written down by a colleague."""
    case, there = taken_on(place), helpers()
    transfer = verbs.propose_transfer(
        case, wanted(there.contact, reason="all_help_there"), by=place.adviser, now=moment()
    )
    (task,) = open_tasks(case, "answer_transfer")
    assert task.person == place.adviser.person
    verbs.answer_transfer(transfer, accept=True, by=place.adviser, now=moment(1))
    manager = queries.manager_of(case.claim)
    assert (manager.name, manager.person) == (there.contact.name, None)
    assert manager.telephone == "01632 960701"
    # Somebody here still looks whether they have been in touch.
    (hello,) = open_tasks(case, "case_contact")
    assert hello.person == place.adviser.person


def test_a_yes_to_the_handover_is_no_yes_to_hearing_how_it_goes(place):
    """ADR 0019: somebody outside is told only with a yes for that, which is asked by itself (R:L861)."""
    case, there = taken_on(place), helpers()
    transfer = verbs.propose_transfer(
        case, wanted(there.contact, reason="all_help_there"), by=place.adviser, now=moment()
    )
    assert transfer.customer_agreed
    verbs.answer_transfer(transfer, accept=True, by=place.adviser, now=moment(1))
    assert case.parties.get(contact=there.contact).may_be_told == Told.NOT_ASKED
    assert there.contact not in [one.contact for one in queries.interested(case.claim, day(1))]
    verbs.set_party(
        case, there.contact, part="is responsible", may_be_told=Told.YES, by=place.adviser, now=moment(2)
    )
    assert there.contact in [one.contact for one in queries.interested(case.claim, day(2))]


# For a time


def test_a_loan_says_when_it_comes_back(place):
    with pytest.raises(Refused, match="not said when the case comes back"):
        lend(taken_on(place), place.second_adviser, place.adviser, returns_on=None)


def test_while_it_is_lent_the_lender_stays_on_the_record(place):
    case = taken_on(place)
    lend(case, place.second_adviser, place.adviser)
    manager = manager_of(case)
    assert (manager.kind, manager.person) == ("temporary", place.second_adviser.person)
    assert manager.lent_by.post == place.adviser


def test_on_its_day_it_comes_back_by_itself(place):
    case = taken_on(place)
    lend(case, place.second_adviser, place.adviser)
    assert run(day(27), moment(27))["cases_came_back"] == 0
    assert run(day(28), moment(28))["cases_came_back"] == 1
    manager = manager_of(case)
    assert (manager.kind, manager.person) == ("overarching", place.adviser.person)
    assert run(day(28), moment(28))["cases_came_back"] == 0
    hello = open_tasks(case, "case_contact")[-1]
    assert hello.person == place.adviser.person


def test_a_day_that_was_missed_brings_it_back_the_day_after(place):
    case = taken_on(place)
    lend(case, place.second_adviser, place.adviser)
    assert run(day(40), moment(40))["cases_came_back"] == 1


def test_with_a_condition_somebody_asks_on_a_day_and_it_comes_back_when_it_is_met(place):
    """R:L1120: a clear agreement on when the adviser is to take it up again."""
    case = taken_on(place)
    transfer = lend(
        case,
        place.second_adviser,
        place.adviser,
        reason="health_first",
        returns_on=None,
        returns_when="the course has ended",
        ask_on=day(30),
    )
    (ask,) = open_tasks(case, "ask_return")
    assert (ask.person, ask.due_on) == (place.adviser.person, day(30))
    verbs.return_case(transfer, words="It ended on Friday.", by=place.adviser, now=moment(31))
    assert manager_of(case).person == place.adviser.person
    assert not open_tasks(case, "ask_return")


def test_a_loan_can_last_longer_for_a_reason(place):
    case = taken_on(place)
    transfer = lend(case, place.second_adviser, place.adviser)
    with pytest.raises(Refused, match="needs a reason"):
        verbs.prolong(transfer, returns_on=day(60), words="", by=place.adviser, now=moment(20))
    verbs.prolong(transfer, returns_on=day(60), words="Still ill.", by=place.adviser, now=moment(20))
    assert run(day(28), moment(28))["cases_came_back"] == 0
    assert run(day(60), moment(60))["cases_came_back"] == 1


def test_what_is_lent_is_not_lent_on(place):
    case = taken_on(place)
    lend(case, place.second_adviser, place.adviser)
    with pytest.raises(Refused, match="lent already"):
        lend(case, place.manager, place.second_adviser, now=moment(1))


def test_what_is_lent_can_be_handed_over_for_good(place):
    case = taken_on(place)
    loan = lend(case, place.second_adviser, place.adviser)
    transfer = verbs.propose_transfer(case, wanted(place.manager), by=place.adviser, now=moment(1))
    verbs.answer_transfer(transfer, accept=True, by=place.manager, now=moment(2))
    loan.refresh_from_db()
    assert (loan.state, manager_of(case).person) == ("overtaken", place.manager.person)
    assert run(day(28), moment(28))["cases_came_back"] == 0


def test_the_table_itself_wants_an_end_of_every_loan(place):
    transfer = lend(taken_on(place), place.second_adviser, place.adviser)
    with pytest.raises(IntegrityError, match="a_loan_says_when_it_ends"), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(returns_on=None)


# People come and go


def test_a_caseload_handed_over_takes_the_case_manager_with_it(place):
    case = taken_on(place)
    managing.hand_over_caseload(
        place.adviser.person,
        {case.claim.ref: (place.second_adviser.person, "Knows the course.")},
        by=place.manager,
        now=moment(1),
    )
    assert manager_of(case).person == place.second_adviser.person


def test_a_case_that_somebody_else_manages_stays_with_them(place):
    case = taken_on(place)
    dea = disability_adviser(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",)),
        by=place.adviser,
        now=moment(),
    )
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment())
    managing.hand_over_caseload(
        place.adviser.person,
        {case.claim.ref: (place.second_adviser.person, "Knows the course.")},
        by=place.manager,
        now=moment(1),
    )
    assert manager_of(case).person == dea.person


def test_what_a_leaver_had_lent_comes_back_to_who_has_their_customers_now(place):
    case = taken_on(place)
    lend(case, place.manager, place.adviser)
    managing.hand_over_caseload(
        place.adviser.person,
        {case.claim.ref: (place.second_adviser.person, "Knows the course.")},
        by=place.manager,
        now=moment(1),
    )
    managing.adviser_leaves(place.adviser.person, on=day(2), by=place.administrator, now=moment(3))
    run(day(28), moment(28))
    assert manager_of(case).person == place.second_adviser.person


def test_whoever_leaves_takes_no_case_with_them(place):
    """Somebody who manages a case without having the customer on their list."""
    claim = place.claim().claim
    case = verbs.take_on(claim, by=place.second_adviser, now=moment()).case
    managing.adviser_leaves(place.second_adviser.person, on=day(1), by=place.administrator, now=moment(2))
    assert manager_of(case).person == place.manager.person


def test_what_a_leaver_was_asked_to_take_stays_where_it_is(place):
    case = taken_on(place)
    transfer = verbs.propose_transfer(case, wanted(place.second_adviser), by=place.adviser, now=moment())
    managing.adviser_leaves(place.second_adviser.person, on=day(1), by=place.administrator, now=moment(2))
    transfer.refresh_from_db()
    assert transfer.state == "overtaken"
    assert open_tasks(case, "transfer_declined")
    assert manager_of(case).person == place.adviser.person


def test_who_changes_work_without_handing_over_is_followed_by_the_claims_adviser(place):
    """A post that ends leaves nobody without: the next daily run sees to it."""
    dea = disability_adviser(place)
    case = taken_on(place)
    lend(case, dea, place.adviser, reason="disability_adviser", remit=("complex_health",))
    staffing.end_post(dea, ends_on=day(3), by=place.administrator, now=moment(1))
    assert run(day(4), moment(4))["cases_given_a_manager"] == 1
    assert manager_of(case).person == place.adviser.person
    # What is lent still comes back, on its day.
    assert run(day(28), moment(28))["cases_came_back"] == 1


# A disability adviser (R:L563-593, R:L768)


def test_to_a_disability_adviser_one_says_which_part_of_their_work_it_is(place):
    """Against passing on whom one does not like (R:L579)."""
    dea = disability_adviser(place)
    with pytest.raises(Refused, match="which part of a disability adviser's work"):
        verbs.propose_transfer(
            taken_on(place), wanted(dea, reason="disability_adviser"), by=place.adviser, now=moment()
        )


def test_a_reason_to_decline_is_no_part_of_their_work(place):
    dea = disability_adviser(place)
    with pytest.raises(Refused, match="no reason for this"):
        verbs.propose_transfer(
            taken_on(place),
            wanted(dea, reason="disability_adviser", remit=("preference_only",)),
            by=place.adviser,
            now=moment(),
        )


@pytest.mark.parametrize("ground", ["no_interest", "not_health", "nothing_to_add"])
def test_a_disability_adviser_declines_on_each_of_the_three_grounds(place, ground):
    """R:L575-577."""
    dea, case = disability_adviser(place), taken_on(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",)),
        by=place.adviser,
        now=moment(),
    )
    declined = verbs.answer_transfer(transfer, accept=False, reason=ground, by=dea, now=moment(1))
    assert (declined.state, declined.answer_reason) == ("declined", ground)
    assert manager_of(case).person == place.adviser.person


def test_the_role_in_which_it_was_made_and_taken_is_kept(place):
    """R:L587, C7: who is both may act as one or the other."""
    dea, case = disability_adviser(place), taken_on(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",), made_as=Role.ADVISER),
        by=place.adviser,
        now=moment(),
    )
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment(1))
    assert (transfer.made_as, manager_of(case).made_as) == ("adviser", "disability_adviser")


def test_a_disability_adviser_reaches_the_customers_of_every_office_of_the_district(place):
    elsewhere = factories.office(district=place.district)
    dea = factories.post(Role.DISABILITY_ADVISER, office=elsewhere)
    case = taken_on(place)
    assert verbs.keep_case(case, reason="advised_by_one", by=dea, now=moment()).by == dea


def test_the_one_who_handed_over_goes_on_hearing_how_it_goes_when_the_customer_agrees(place):
    """R:L412: feedback went to the disability adviser only, and the first adviser never learned of it."""
    dea, case = disability_adviser(place), taken_on(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",), lender_hears=True),
        by=place.adviser,
        now=moment(),
    )
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment(1))
    names = [one.name for one in queries.interested(case.claim, day(1))]
    assert names == [dea.person.name, place.adviser.person.name]


def test_without_the_customers_yes_the_one_before_hears_nothing(place):
    dea, case = disability_adviser(place), taken_on(place)
    transfer = verbs.propose_transfer(
        case,
        wanted(dea, reason="disability_adviser", remit=("complex_health",), lender_hears=False),
        by=place.adviser,
        now=moment(),
    )
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment(1))
    assert [one.name for one in queries.interested(case.claim, day(1))] == [dea.person.name]


def test_a_claim_taken_on_twice_at_once_has_one_manager(place):
    claim = claim_with(place)
    first = verbs.take_on(claim, by=place.adviser, now=moment())
    second = verbs.take_on(claim, by=place.second_adviser, now=moment() + timedelta(seconds=1))
    assert first == second
    assert day_of(first.since) == day(0)
