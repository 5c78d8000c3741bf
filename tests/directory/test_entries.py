"""Entries are kept true: by their owners, confirmed, withdrawn with a reason, with what colleagues and customers know."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.directory.making import organisation, service
from tests.factories import NOW, TODAY
from waymark.directory import queries, verbs
from waymark.directory.enums import ChangeKind, Knowledge, LiaisonKind, NeedOrigin, Source, Useful
from waymark.directory.models import Knowing, Service
from waymark.directory.rules import cell_of, districts_in, freshness, pieces, weeks_in
from waymark.directory.sheet import sheet_of
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=91)


@pytest.fixture
def adviser():
    return factories.post(Role.ADVISER)


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.cure
    return refusal.value.code


def test_a_new_entry_is_confirmed_on_the_day_it_is_written(codes, adviser):
    made = service(codes, owner=adviser.person)
    assert made.confirmed_on == TODAY
    assert Event.objects.get(kind="service_added").details["service_name"] == made.name


def test_the_owner_changes_an_entry_and_that_confirms_it(codes, adviser):
    made = service(codes, owner=adviser.person)
    verbs.amend(made, fields={"taking": "full"}, codes=codes, by=adviser, now=LATER)
    made.refresh_from_db()
    assert (made.taking, made.confirmed_on, made.confirmed_by) == ("full", LATER.date(), adviser.person)


def test_nothing_changed_is_nothing_noted(codes, adviser):
    made = service(codes, owner=adviser.person)
    verbs.amend(made, fields={"name": made.name}, codes=codes, by=adviser, now=LATER)
    assert not Event.objects.filter(kind="service_amended").exists()


def test_an_entry_of_somebody_else_is_left_to_them_and_to_managers(codes, adviser):
    made = service(codes, owner=factories.person(name="Ruth Bell"))
    assert refused(lambda: verbs.confirm(made, by=adviser, now=NOW)) == "entry_of_somebody_else"
    manager = factories.post(Role.ADVISER_MANAGER)
    assert verbs.amend(made, fields={"fees": "£2"}, codes=codes, by=manager, now=NOW).fees == "£2"


def test_an_entry_without_an_owner_may_be_taken_by_who_finds_it(codes, adviser):
    made = service(codes)
    assert verbs.give(made, to=adviser, by=adviser, now=NOW).owner == adviser.person


def test_an_agent_reads_and_does_not_change(codes):
    agent = factories.post(Role.AGENT)
    assert refused(lambda: verbs.confirm(service(codes), by=agent, now=NOW)) == "not_for_this_role"


def test_an_entry_is_stale_when_its_days_are_over_and_fresh_again_with_one_confirmation(codes, adviser):
    made = service(codes, owner=adviser.person)
    every = codes.confirm_every_days
    last_day = TODAY + timedelta(days=every)
    assert list(queries.to_confirm(adviser, last_day, every)) == []
    assert list(queries.to_confirm(adviser, last_day + timedelta(days=1), every)) == [made]
    assert queries.how_many_to_confirm(adviser, last_day + timedelta(days=1)) == 1
    verbs.confirm(made, by=adviser, now=LATER)
    assert list(queries.to_confirm(adviser, LATER.date(), every)) == []


def test_freshness_says_until_when_it_holds():
    assert freshness(TODAY, TODAY, 90).due_on == TODAY + timedelta(days=90)
    assert freshness(None, TODAY, 90).stale


def test_a_service_is_withdrawn_with_a_reason_and_comes_back_with_its_places_unknown(codes, adviser):
    made = service(codes, owner=adviser.person, taking="places")
    assert refused(lambda: verbs.withdraw(made, why=" ", on=TODAY, by=adviser, now=NOW)) == "no_reason"
    verbs.withdraw(made, why="Closed.", on=TODAY, by=adviser, now=NOW)
    assert refused(lambda: verbs.amend(made, fields={}, codes=codes, by=adviser, now=NOW)) == "withdrawn"
    assert verbs.bring_back(made, by=adviser, now=NOW).taking == "unknown"


def test_the_database_knows_no_withdrawal_without_a_reason(codes):
    made = service(codes)
    with pytest.raises(IntegrityError, match="service_withdrawn_for_a_reason"), transaction.atomic():
        Service.objects.filter(pk=made.pk).update(taking="withdrawn", withdrawn_on=TODAY)


def test_a_code_that_the_programme_does_not_know_is_refused(codes):
    assert refused(lambda: service(codes, needs=["juggling"])) == "no_such_code"


def test_news_of_an_organisation_stands_on_all_its_entries_until_it_is_over(codes, adviser):
    """R:L680, case V32: nobody was told that staff were away."""
    made = service(codes)
    until = TODAY + timedelta(days=9)
    verbs.note_change(
        made.organisation,
        kind=ChangeKind.STAFF,
        words="Amina is away.",
        on=TODAY,
        until=until,
        by=adviser,
        now=NOW,
    )
    assert [one.words for one in queries.changes_of(made, until)] == ["Amina is away."]
    assert queries.changes_of(made, until + timedelta(days=1)) == []


def test_a_provider_notes_news_of_its_own_services_and_of_no_others(codes):
    """R:L1100: providers take the initiative."""
    office = factories.office()
    provider = factories.post(Role.PROVIDER, team=factories.team("provider", office=office))
    own = service(codes, at=organisation("Own", office=office))
    other = service(codes, at=organisation("Other"))
    news = {"kind": ChangeKind.CAPACITY, "words": "Two places.", "on": TODAY, "by": provider, "now": NOW}
    assert verbs.note_change(own, **news).service == own
    assert refused(lambda: verbs.note_change(other, **news)) == "organisation_not_theirs"


def test_what_a_colleague_knows_stands_with_where_they_know_it_from(codes, adviser):
    made = service(codes)
    verbs.note_experience(made, source=Source.USED, words="They ring back.", by=adviser, now=NOW)
    [one] = queries.experiences_of(made)
    assert (one.words, one.source, one.by) == ("They ring back.", "used", adviser)


def test_the_last_contact_is_the_last_meeting_that_has_been(codes, adviser):
    """R:L1018: how often both sides are in touch."""
    mother = organisation()
    for days in (-40, -3, 5):
        on = TODAY + timedelta(days=days)
        verbs.note_liaison(mother, kind=LiaisonKind.VISIT, on=on, by=adviser, now=NOW)
    assert queries.last_contact(mother, TODAY) == TODAY - timedelta(days=3)


def test_how_well_somebody_knows_a_service_is_what_they_said_last(codes, adviser):
    made = service(codes)
    verbs.say_knowledge(made, level=Knowledge.NOT_HEARD, often=False, by=adviser, now=NOW)
    verbs.say_knowledge(made, level=Knowledge.BASICS, often=True, by=adviser, now=LATER)
    assert list(Knowing.objects.values_list("level", "often")) == [("2", True)]


@pytest.mark.parametrize(
    ("level", "often", "letter"),
    [("1", False, "A"), ("2", True, "B"), ("3", False, "C"), ("4", True, "D")],
)
def test_the_four_fields_are_those_of_the_report(level, often, letter):
    """R:L1653-1662: A good knowledge, little use; B good, high; C little, little; D little, high."""
    assert cell_of(level, often) == letter


def test_a_customers_view_is_read_without_whose_it_is(codes, place, django_assert_num_queries):
    """P18: feedback is kept with the service; colleagues read the words, not the claim."""
    claim, made = place.claim().claim, service(codes)
    verbs.note_view(made, useful=Useful.PARTLY, words="Too cold.", claim=claim, by=place.adviser, now=NOW)
    with django_assert_num_queries(1):
        views = queries.views_of(made)
        assert (views.partly, [one.words for one in views.words]) == (1, ["Too cold."])
    assert "claim_ref" in views.words[0].get_deferred_fields()
    assert Event.objects.get(kind="customer_view_noted").customer_ref == claim.customer.ref


def test_unmet_needs_are_ranked_by_how_often_they_were_met_with(codes, place):
    """C14, case V20: better an unmet need than a referral for want of another option (R:L633)."""
    district, by = place.district, place.adviser
    noted = {"district": district, "codes": codes, "by": by, "now": NOW}
    claim = place.claim().claim
    verbs.note_unmet("alcohol", origin=NeedOrigin.NO_OPTION, claim=claim, **noted)
    verbs.note_unmet("alcohol", origin=NeedOrigin.SEARCH, postcode="CA1 1AB", **noted)
    verbs.note_unmet("bereavement", origin=NeedOrigin.SEARCH, **noted)
    service(codes, name="Sober", needs=["alcohol"])
    ranked = queries.ranked_unmet(district, TODAY)
    assert [(one.need, one.times, one.customers, one.offered) for one in ranked] == [
        ("alcohol", 2, 1, 1),
        ("bereavement", 1, 0, 0),
    ]


def test_an_unmet_need_is_one_of_the_programmes_needs(codes, place):
    noted = {
        "district": place.district,
        "origin": NeedOrigin.SEARCH,
        "codes": codes,
        "by": place.adviser,
        "now": NOW,
    }
    assert refused(lambda: verbs.note_unmet("juggling", **noted)) == "no_such_need"


def test_coverage_counts_services_and_free_places_by_need_and_area(codes):
    district = factories.district()
    service(
        codes, name="A", needs=["debt"], taking="places", places=3, postcodes=["CA1"], districts=[district]
    )
    service(codes, name="B", needs=["debt"], taking="full", postcodes=["CA1"], districts=[district])
    service(codes, name="C", needs=["debt"], taking="places", districts=[factories.district()])
    covered = queries.coverage(district, ["CA1", "CA2"])
    assert covered[("debt", "CA1")] == queries.Covered(services=2, organisations=1, places=3, full=1)
    assert ("debt", "CA2") not in covered


def test_the_sheet_is_in_the_order_of_the_alphabet_and_says_that_it_is_a_choice(codes):
    """R:L480, R:L539: the customer alone decides, and should not feel pressed."""
    services = [service(codes, name=name) for name in ("Zumba", "Allotment")]
    sheet = sheet_of(
        services, codes, on=TODAY, name="Joan Price", adviser="Tom Walsh", office=factories.office()
    )
    assert [one["name"] for one in sheet["options"]] == ["Allotment", "Zumba"]
    text = str(sheet).casefold()
    assert "it is your choice" in text
    for word in ("best", "recommend", "fits", "suitable", "should", "must", "rank"):
        assert not re.search(rf"\b{word}", text), word


def test_first_parts_of_postcodes_are_read_from_a_line():
    assert districts_in(" ca1, CA2 1AB ca1 ") == ["CA1", "CA2"]
    with pytest.raises(ValueError, match="NOWHERE"):
        districts_in("CA1 nowhere")


def test_weeks_are_read_from_words():
    assert [weeks_in(text) for text in ("4 to 6 weeks", "about 1 week", "soon")] == [6, 1, None]


def test_words_with_a_slip_share_most_of_their_pieces():
    typed, meant = set(pieces("councelling")), set(pieces("counselling"))
    assert len(typed & meant) >= 0.6 * len(typed)
