"""Keys open one customer's page, with something only they know, for a time, and to nobody who guesses."""

from datetime import date, timedelta

import pytest

from tests import factories
from waymark.customers.models import Customer, SafeContact
from waymark.kernel.refusal import Refused
from waymark.portal import verbs
from waymark.portal.models import Key, WrongTry
from waymark.portal.queries import still_open
from waymark.portal.rules import Known, as_typed, fits, in_groups
from waymark.programme.queries import holding
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
BORN = Known(born_on=date(1961, 3, 12))
WRONG = Known(born_on=date(1961, 12, 3))
HERE = "192.0.2.7"


@pytest.fixture
def rules(pack):
    return holding("jobcentre-plus-2002", factories.TODAY)


@pytest.fixture
def joan(place) -> Customer:
    customer = factories.customer(
        given_names="Joan", family_name="Price", ni_number="AB123456C", added_by=place.agent
    )
    place.claim(customer=customer)
    return customer


@pytest.fixture
def code(joan, rules, moment) -> verbs.Made:
    return verbs.make_code(joan, rules=rules, now=moment())


def opened(secret, said=BORN, *, now, came_from=HERE) -> Key:
    return verbs.open_with(secret, said, came_from=came_from, now=now)


def refused(secret, said=BORN, *, now, came_from=HERE) -> Refused:
    with pytest.raises(Refused) as refusal:
        opened(secret, said, now=now, came_from=came_from)
    return refusal.value


def test_a_code_is_eight_characters_in_two_groups_that_are_not_misread(code):
    assert len(code.printed) == 9
    assert code.printed[4] == " "
    assert not set(code.printed) & set("ILOU")


def test_a_code_opens_the_page_of_its_customer_with_the_date_of_birth(code, joan, moment):
    assert opened(code.printed, now=moment()).customer == joan


def test_a_code_opens_with_the_end_of_the_ni_number_instead(code, joan, moment):
    assert opened(code.secret, Known(ni_ending="456c"), now=moment()).customer == joan


def test_a_code_is_taken_however_it_is_typed(code, moment):
    typed = code.secret[:4].lower().replace("0", "o").replace("1", "l") + " - " + code.secret[4:]
    assert opened(typed, now=moment())


def test_nothing_opens_without_an_answer(code, moment):
    assert refused(code.secret, Known(), now=moment()).code == "opens_nothing"


def test_the_database_does_not_hold_the_secret(code, joan):
    key = Key.objects.get()
    held = [str(value) for value in Key.objects.values_list()[0]]
    assert code.secret not in held
    assert key.digest != code.secret


def test_a_letter_that_is_printed_again_carries_the_same_code(code):
    assert verbs.printed_code(code.key.ref) == code.printed


def test_the_answer_is_the_same_for_an_unknown_a_wrong_an_old_and_an_ended_key(code, joan, rules, moment):
    ended = verbs.make_code(joan, rules=rules, now=moment())
    verbs.end_key(ended.key, because="The letter was lost.", by=None, now=moment())
    answers = {
        str(refused("ZZZZ ZZZZ", now=moment())),
        str(refused(code.secret, WRONG, now=moment())),
        str(refused(ended.secret, now=moment())),
        str(refused(code.secret, now=moment() + timedelta(days=61))),
    }
    assert len(answers) == 1


def test_a_code_lasts_sixty_days_and_a_link_fourteen(joan, rules, moment):
    code = verbs.make_code(joan, rules=rules, now=moment())
    link = verbs.make_link(joan, rules=rules, by=None, now=moment())
    assert code.key.expires_at == moment() + timedelta(days=60)
    assert link.key.expires_at == moment() + timedelta(days=14)
    assert opened(code.secret, now=moment() + timedelta(days=59))
    assert refused(link.secret, now=moment() + timedelta(days=15))


def test_five_wrong_answers_lock_a_key_even_for_the_right_one(code, moment):
    for _ in range(5):
        refused(code.secret, WRONG, now=moment())
    assert refused(code.secret, now=moment()).code == "opens_nothing"
    key = Key.objects.get()
    assert key.ended_because == "five wrong tries"
    assert Event.objects.filter(kind="key_ended", customer_ref=key.customer.ref).count() == 1


def test_the_right_answer_forgets_the_wrong_ones_before_it(code, moment):
    for _ in range(4):
        refused(code.secret, WRONG, now=moment())
    opened(code.secret, now=moment())
    assert Key.objects.get().wrong_tries == 0


def test_a_machine_that_guesses_from_one_place_is_stopped_and_others_are_not(code, moment):
    for number in range(30):
        refused(f"ZZZZ{number:04d}", now=moment())
    assert refused(code.secret, now=moment()).code == "too_many_tries"
    assert opened(code.secret, now=moment(), came_from="192.0.2.8")
    assert opened(code.secret, now=moment() + timedelta(minutes=16))


def test_addresses_are_not_kept_to_be_read_and_are_forgotten(moment):
    refused("ZZZZ0000", now=moment())
    assert HERE not in WrongTry.objects.get().came_from
    refused("ZZZZ0000", now=moment(day=2))
    assert WrongTry.objects.count() == 1


def test_opening_the_page_stands_in_the_record(code, joan, moment):
    opened(code.secret, now=moment())
    assert Event.objects.filter(kind="page_opened", customer_ref=joan.ref).count() == 1


def test_an_ended_key_ends_the_visit_too(code, moment):
    assert still_open(code.key.ref)
    verbs.end_key(code.key, because="Asked for by the customer.", by=None, now=moment())
    assert still_open(code.key.ref) is None


def test_a_key_is_ended_for_a_reason(code, moment):
    with pytest.raises(Refused) as refusal:
        verbs.end_key(code.key, because=" ", by=None, now=moment())
    assert refusal.value.code == "no_reason"


def test_a_key_of_a_merged_customer_opens_the_page_of_the_survivor(code, joan, moment):
    survivor = factories.customer(born_on=date(1961, 3, 12))
    Customer.objects.filter(pk=joan.pk).update(merged_into=survivor)
    assert verbs.owner_of(opened(code.secret, now=moment())) == survivor


def test_no_key_where_nothing_could_be_asked(place, rules, moment):
    nobody = factories.customer(born_on=None, ni_number=None, ni_unknown_because="waiting")
    with pytest.raises(Refused) as refusal:
        verbs.make_link(nobody, rules=rules, by=None, now=moment())
    assert refusal.value.code == "nothing_to_ask"


def test_a_letter_carries_no_code_where_it_is_not_safe_to_write(joan, rules, moment):
    claim = joan.claims.get()
    assert verbs.code_for_letter(claim, rules=rules, now=moment())
    SafeContact.objects.create(customer=joan, may_write=False)
    assert verbs.code_for_letter(claim, rules=rules, now=moment()) is None


def test_a_stranger_makes_no_key(joan, place, rules, moment):
    with pytest.raises(Refused):
        verbs.make_link(joan, rules=rules, by=place.elsewhere, now=moment())


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (Known(), False),
        (Known(born_on=date(1961, 3, 12)), True),
        (Known(born_on=date(1961, 3, 13)), False),
        (Known(ni_ending="456C"), True),
        (Known(ni_ending="56C"), False),
        (Known(ni_ending="4 5 6 c"), True),
        (Known(born_on=date(1961, 3, 13), ni_ending="456C"), False),
    ],
)
def test_everything_that_is_said_must_fit(said, right):
    assert fits(said, date(1961, 3, 12), "AB123456C") is right


def test_what_we_do_not_hold_never_fits():
    assert not fits(Known(born_on=date(1961, 3, 12)), None, "")
    assert not fits(Known(ni_ending="456C"), date(1961, 3, 12), "")


def test_a_code_is_read_as_it_was_printed():
    assert in_groups("K7QM2XPA") == "K7QM 2XPA"
    assert as_typed(" k7qm-2xpa ") == "K7QM2XPA"
    assert as_typed("OIL0") == "0110"
