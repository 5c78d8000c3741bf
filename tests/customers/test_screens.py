"""The pages about customers and their claims."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from waymark.customers import queries, verbs
from waymark.customers.enums import NoteKind, StopReason
from waymark.customers.models import Claim, Customer
from waymark.record.models import Event, Read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def joan(place):
    joan = make.customer(given_names="Joan", family_name="Price", ni_number="AB123456C")
    make.claim(customer=joan, office=place.office)
    return joan


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def signed_in(client, post):
    client.force_login(post.person)
    return client


def to(name, *args):
    return reverse(f"customers:{name}", args=args)


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def joan_again(**changes):
    return {
        "given_names": "Jone",
        "family_name": "Price",
        "born_on_day": "12",
        "born_on_month": "3",
        "born_on_year": "1961",
        "ni_unknown_because": "letter lost",
        **changes,
    }


OF_A_CUSTOMER = ("new_claim", "identity", "merge", "contact", "needs", "people", "notes", "stop")


@pytest.mark.parametrize("name", OF_A_CUSTOMER)
def test_every_page_of_a_customer_opens_and_the_look_is_kept(client, place, joan, name):
    shown = page(signed_in(client, place.manager).get(to(name, joan.ref)))
    assert "Joan Price" in shown
    assert Read.objects.filter(customer_ref=joan.ref, person_ref=place.manager.person.ref).count() == 1


@pytest.mark.parametrize("name", [n for n in OF_A_CUSTOMER if n != "merge"])
def test_a_strangers_district_finds_no_such_customer(client, place, joan, name):
    page(signed_in(client, place.elsewhere).get(to(name, joan.ref)), 404)
    assert not Read.objects.exists()


@pytest.mark.parametrize("name", ["benefit", "end_claim"])
def test_a_strangers_district_finds_no_such_claim(client, place, joan, name):
    page(signed_in(client, place.elsewhere).get(to(name, joan.claims.get().ref)), 404)


def test_an_administrator_opens_no_customer(client, place, joan):
    page(signed_in(client, place.administrator).get(to("record", joan.ref)), 403)
    page(signed_in(client, place.administrator).get(to("search")), 403)


def test_the_search_finds_by_number_and_links_to_the_record(client, place, joan):
    shown = page(signed_in(client, place.agent).get(to("search"), {"q": "AB 12 34 56 C"}))
    assert to("record", joan.ref) in shown
    assert "Calder office" in shown


def test_the_search_says_when_nobody_is_found_and_offers_to_add(client, place):
    shown = page(signed_in(client, place.agent).get(to("search"), {"q": "Zachary Quill"}))
    assert "Nobody found" in shown
    assert f"{to('new')}?given_names=Zachary&amp;family_name=Quill" in shown


@pytest.mark.parametrize("count", [1, 20])
def test_the_search_page_takes_the_same_queries_for_one_and_many(
    client, place, count, django_assert_max_num_queries
):
    for _ in range(count):
        make.claim(customer=make.customer(given_names="Mary", family_name="Holt"), office=place.office)
    signed_in(client, place.agent)
    with django_assert_max_num_queries(10):
        client.get(to("search"), {"q": "Mary Holt"})


def holts(place):
    """Three of one name, born on three days, the one in the middle first."""
    for given, year in (("Mary", 1960), ("Anne", 1970), ("Zoe", 1950)):
        who = make.customer(given_names=given, family_name="Holt", born_on=date(year, 5, 4))
        make.claim(customer=who, office=place.office)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Anne", "Mary", "Zoe"]),
        ("-name", ["Zoe", "Mary", "Anne"]),
        ("born", ["Zoe", "Mary", "Anne"]),
        ("-born", ["Anne", "Mary", "Zoe"]),
    ],
)
def test_what_is_found_can_be_sorted(client, place, sort, order):
    holts(place)
    shown = page(signed_in(client, place.agent).get(to("search"), {"q": "Holt", "sort": sort}))
    places = [shown.index(f"{given} Holt") for given in order]
    assert places == sorted(places)


def test_what_is_found_can_be_taken_away_as_a_csv_file(client, place):
    holts(place)
    response = signed_in(client, place.agent).get(
        to("search"), {"q": "Holt", "sort": "born", "format": "csv"}
    )
    head, *rows = list(csv.reader(io.StringIO(page(response).removeprefix("\ufeff"))))
    assert head[:3] == ["customer", "name", "born"]
    assert [row[1] for row in rows] == ["Zoe Holt", "Mary Holt", "Anne Holt"]
    assert rows[0][2] == "1950-05-04"


def test_more_than_a_page_of_customers_stand_on_several(client, place):
    for _ in range(26):
        make.claim(customer=make.customer(given_names="Mary", family_name="Holt"), office=place.office)
    address = to("search")
    first = page(signed_in(client, place.agent).get(address, {"q": "Holt"}))
    second = page(client.get(address, {"q": "Holt", "page": 2}))
    assert (first.count("Mary Holt</a>"), second.count("Mary Holt</a>")) == (25, 1)


# Adding


def test_likely_duplicates_are_shown_before_anybody_is_added(client, place, joan):
    shown = page(signed_in(client, place.agent).post(to("new"), joan_again()))
    assert "Is it one of these?" in shown
    assert to("record", joan.ref) in shown
    assert "nearly the same name and the same date of birth" in shown
    assert Customer.objects.count() == 1


def test_after_looking_the_customer_can_be_added_and_their_claim_comes_next(client, place, joan):
    response = signed_in(client, place.agent).post(to("new"), joan_again(none_of=joan.ref))
    added = Customer.objects.exclude(pk=joan.pk).get()
    assert response.url == to("new_claim", added.ref)


def test_a_likely_duplicate_of_elsewhere_shows_its_office_and_no_name(client, place, joan):
    shown = page(signed_in(client, place.elsewhere).post(to("new"), joan_again()))
    assert "A customer of Calder office" in shown
    assert "AB" not in shown.split("Is it one of these?")[1].split("<form")[0]
    assert to("record", joan.ref) not in shown


def test_a_known_number_is_not_added_even_when_said_to_be_somebody_else(client, place, joan):
    given = joan_again(ni_number="AB123456C", none_of=joan.ref)
    shown = page(signed_in(client, place.agent).post(to("new"), given))
    assert "has this NI number and is known already" in shown
    assert Customer.objects.count() == 1


def test_what_is_wrong_with_a_form_is_said_at_its_field(client, place):
    shown = page(
        signed_in(client, place.agent).post(to("new"), {"given_names": "Joan", "ni_number": "TN120361F"})
    )
    assert "Error:" in shown
    assert Customer.objects.count() == 0


# Changing


def test_an_amendment_keeps_old_and_new(client, place, joan):
    given = joan_again(given_names="Joan", ni_number="AB 12 34 56 C", why="she told us")
    response = signed_in(client, place.adviser).post(to("identity", joan.ref), given)
    assert response.url == to("record", joan.ref)
    assert "telephone" in Event.objects.get(kind="customer_amended").details["changes"]


def test_safe_contact_and_needs_are_shown_on_every_page_of_the_customer(client, place, joan):
    signed_in(client, place.adviser)
    client.post(to("contact", joan.ref), {"may_ring": "on", "may_write": "on", "ring_until": "5pm"})
    client.post(to("needs", joan.ref), {"step_free": "on"})
    for name in ("notes", "people", "new_claim"):
        shown = page(client.get(to(name, joan.ref)))
        assert "do not ring after 17:00" in shown
        assert "do not leave a message" in shown
        assert "needs step-free access" in shown


def test_a_refused_verb_shows_why_and_what_to_do_in_the_form(client, place, joan):
    shown = page(signed_in(client, place.adviser).post(to("contact", joan.ref), {}))
    assert "No safe way to reach the customer is left." in shown
    assert "Agree at least one with the customer" in shown


def test_somebody_who_may_be_told_is_added_and_ended(client, place, joan, today):
    signed_in(client, place.adviser)
    client.post(
        to("people", joan.ref),
        {"name": "Mary Holt", "relationship": "sister", "may": "told", **day("from_day", today)},
    )
    [mary] = queries.representatives(joan, today)
    assert "Mary Holt (sister) may be told" in page(client.get(to("people", joan.ref)))
    client.post(to("end_person", joan.ref, mary.ref), {**day("on", today), "why": "moved away"})
    assert not queries.representatives(joan, today + DAY)


def test_the_person_of_another_customer_is_not_ended_here(client, place, joan, today):
    other = make.customer(added_by=place.agent)
    mary = verbs.add_representative(
        other,
        name="Mary",
        relationship="sister",
        may_be_told=True,
        from_day=today,
        by=None,
        now=make.NOW,
    )
    page(signed_in(client, place.adviser).get(to("end_person", joan.ref, mary.ref)), 404)


def test_a_restricted_note_is_hidden_from_those_who_do_not_need_it(client, place, joan):
    verbs.write_note(
        joan, kind=NoteKind.RESTRICTED, text="violent former partner", by=place.adviser, now=make.NOW
    )
    shown = page(signed_in(client, place.leader).get(to("notes", joan.ref)))
    assert "violent former partner" in shown
    for post in (place.agent, place.assessor):
        shown = page(signed_in(client, post).get(to("notes", joan.ref)))
        assert "violent former partner" not in shown
        assert "There is a restricted note" in shown


def test_what_is_written_in_a_note_is_never_markup(client, place, joan):
    signed_in(client, place.adviser).post(
        to("notes", joan.ref), {"kind": "ordinary", "text": "<script>x</script>"}
    )
    shown = page(client.get(to("notes", joan.ref)))
    assert "&lt;script&gt;" in shown
    assert "<script>x" not in shown


def test_an_assessor_reads_notes_and_is_told_why_not_to_write(client, place, joan):
    shown = page(signed_in(client, place.assessor).get(to("notes", joan.ref)))
    assert "you cannot change a customer" in shown
    assert "Write the note" not in shown


def test_contact_is_stopped_and_let_go_on_again(client, place, joan, today):
    signed_in(client, place.adviser)
    client.post(to("stop", joan.ref), {"reason": StopReason.BEREAVEMENT, **day("look_again_on", today + DAY)})
    assert "no calls or letters: bereavement" in page(client.get(to("notes", joan.ref)))
    assert queries.open_stop(joan) is not None
    client.post(to("stop", joan.ref), {"why": "she asked us to call"})
    assert queries.open_stop(joan) is None


# Merging


def test_two_records_are_compared_made_one_and_both_stay_to_be_seen(client, place, joan):
    other = make.customer(
        given_names="Joanna",
        family_name="Prise",
        ni_number=None,
        ni_unknown_because="lost",
        added_by=place.agent,
    )
    address = f"{to('merge', other.ref)}?other={joan.ref.lower()}"
    shown = page(signed_in(client, place.leader).get(address))
    assert "Joanna Prise" in shown
    assert "Joan Price" in shown
    response = client.post(address, {"stays": joan.ref, "why": "the same voice and address"})
    assert response.url == to("record", joan.ref)
    assert f"Joanna Prise, {other.ref}" in page(client.get(to("identity", joan.ref)))
    assert client.get(to("notes", other.ref)).url == to("notes", joan.ref)
    assert set(queries.record_refs(joan)) == {joan.ref, other.ref}


def test_merging_with_a_record_out_of_reach_or_with_itself_is_refused_in_words(client, place, joan):
    stranger = make.customer(added_by=place.elsewhere)
    signed_in(client, place.leader)
    assert "no record with this reference" in page(client.get(to("merge", joan.ref), {"other": stranger.ref}))
    assert "the record you came from" in page(client.get(to("merge", joan.ref), {"other": joan.ref}))


# Claims


def test_a_claim_is_taken_and_its_first_call_is_due(client, place, today):
    joan = make.customer(added_by=place.agent)
    given = {
        "benefit": "ib",
        "group": "sick_or_disabled",
        "office": place.office.code,
        "route": "call",
        **day("claimed_on", today),
    }
    response = signed_in(client, place.agent).post(to("new_claim", joan.ref), given)
    assert response.status_code == 302
    claim = Claim.objects.get(customer=joan)
    assert claim.period_from == today
    assert claim.tasks.get().kind == "first_call"


def test_a_second_live_claim_is_refused_in_the_form(client, place, joan, today):
    given = {
        "benefit": "ib",
        "group": "sick_or_disabled",
        "office": place.office.code,
        "route": "call",
        **day("claimed_on", today),
    }
    shown = page(signed_in(client, place.agent).post(to("new_claim", joan.ref), given))
    assert "There is a live claim in this programme already" in shown


def test_the_benefit_of_a_claim_changes_with_a_reason(client, place, joan, today):
    claim = joan.claims.get()
    given = {"new_benefit": "is", "why": "the customer asked", **day("on", today)}
    signed_in(client, place.adviser).post(to("benefit", claim.ref), given)
    claim.refresh_from_db()
    assert claim.benefit == "is"


def test_a_claim_ends_and_its_tasks_with_it(client, place, joan, today):
    claim = joan.claims.get()
    signed_in(client, place.adviser).post(
        to("end_claim", claim.ref), {"reason": "started_work", **day("on", today)}
    )
    claim.refresh_from_db()
    assert claim.status == "ended"
    assert not claim.tasks.filter(closed_at=None).exists()
