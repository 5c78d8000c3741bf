"""Finding customers, and who sees whom."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import TODAY
from waymark.customers import queries
from waymark.customers.models import Customer
from waymark.organisations.enums import Role
from waymark.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def agent(office):
    return make.post(Role.AGENT, office=make.contact_centre(district=office.district))


@pytest.fixture
def joan(office):
    joan = make.customer(
        given_names="Joan", family_name="O'Price", ni_number="AB123456C", telephone="+441632960777"
    )
    make.claim(customer=joan, office=office)
    return joan


def acting(post):
    """The post as the middleware hands it out, with its office."""
    return Post.objects.select_related("person", "team__office__district").get(pk=post.pk)


def refs(post, text):
    return [one.ref for one in queries.search(acting(post), text, TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "Joan O'Price",
        "oprice",
        "Jaon Price",
        "Joan Opryce",
        "AB 12 34 56 C",
        "ab123456",
        "01632 960777",
        "12/3/1961",
        "12 March 1961",
        "1961-03-12",
        "price 12/3/1961",
    ],
)
def test_a_customer_is_found_by_whatever_is_at_hand(agent, joan, text):
    assert refs(agent, text) == [joan.ref]


def test_a_customer_is_found_by_both_references(agent, joan):
    assert refs(agent, joan.ref) == [joan.ref]
    assert refs(agent, joan.claims.get().ref.lower()) == [joan.ref]


def test_what_was_found_says_where_and_how(agent, joan):
    found = queries.search(acting(agent), "Joan O'Price", TODAY)[0]
    assert (found.office, found.claim_live, found.by, found.exact) == ("Calder office", True, "name", True)


def test_exact_names_come_before_near_ones(agent, office):
    for family in ("Smyth", "Smith", "Smithe"):
        make.claim(customer=make.customer(given_names="Ann", family_name=family), office=office)
    found = queries.search(acting(agent), "Smith", TODAY)
    assert found[0].name == "Ann Smith"
    assert [one.exact for one in found] == [True, False, False]


def test_the_live_claim_is_shown_before_an_ended_one(agent, joan, office):
    ended = make.claim(customer=joan, office=office, claimed_on=TODAY + timedelta(days=1), task=None)
    type(ended).objects.filter(pk=ended.pk).update(status="ended", ended_on=TODAY, end_reason="work")
    assert queries.search(acting(agent), "AB123456C", TODAY)[0].claim_live


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "C00000000", "99/99/1961", "12/3/2061", "(", "0"])
def test_nonsense_finds_nobody_and_breaks_nothing(agent, joan, text):
    assert refs(agent, text) == []


def test_an_office_sees_its_own_and_the_contact_centre_the_district(agent, joan, office):
    colleague = make.post(Role.ADVISER, office=office)
    neighbour = make.post(Role.ADVISER, office=make.office(district=office.district))
    stranger = make.post(Role.AGENT, office=make.contact_centre())
    seen = {name: bool(refs(post, joan.ref)) for name, post in locals().items() if isinstance(post, Post)}
    assert seen == {"agent": True, "colleague": True, "neighbour": False, "stranger": False}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.POLICY_OWNER])
def test_administrators_and_policy_owners_see_no_customers(role, joan, office):
    post = make.post(role, office=office)
    assert refs(post, "Price") == []
    assert not queries.claims_visible_to(acting(post)).exists()
    with pytest.raises(Customer.DoesNotExist):
        queries.get_customer(acting(post), joan.ref)


def test_a_customer_without_a_claim_is_seen_in_the_district_that_added_them(agent):
    made = make.customer(family_name="Newcomer", added_by=agent)
    stranger = make.post(Role.AGENT, office=make.contact_centre())
    assert refs(agent, "Newcomer") == [made.ref]
    assert refs(stranger, "Newcomer") == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_takes_the_same_few_queries_however_many_are_found(
    agent, office, count, django_assert_num_queries
):
    for _ in range(count):
        make.claim(customer=make.customer(given_names="Mary", family_name="Holt"), office=office)
    post = acting(agent)
    with django_assert_num_queries(3):
        assert len(queries.search(post, "Mary Holt", TODAY)) == count


def test_no_more_than_fifty_are_given(agent, office):
    for _ in range(55):
        make.claim(customer=make.customer(given_names="Mary", family_name="Holt"), office=office)
    assert len(refs(agent, "Holt")) == 50


def test_what_must_be_known_takes_few_queries(agent, joan, django_assert_num_queries):
    customer = queries.get_customer(acting(agent), joan.ref)
    with django_assert_num_queries(3):
        queries.must_know(customer, date(2004, 5, 4))
