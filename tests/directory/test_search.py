"""A search finds what fits the need at the place, says why, and ranks by fit alone."""

from uuid import uuid4

import pytest

from tests import factories
from tests.directory.making import organisation, service
from tests.factories import NOW, TODAY
from waymark.directory import verbs
from waymark.directory.enums import Knowledge
from waymark.directory.models import Service
from waymark.directory.queries import Wanted, judge, search
from waymark.organisations.enums import Role

pytestmark = pytest.mark.django_db


def found(by=None, **asked) -> list[str]:
    return [one.name for one in search(Wanted(on=TODAY, **asked), by=by).services]


def verdict(name: str, of: Service, **asked) -> str:
    [judged] = judge([of.ref], Wanted(on=TODAY, **asked), by=None)
    return getattr(judged, f"fit_{name}")


def test_a_service_is_found_by_the_need_it_meets(codes):
    service(codes, name="Debt advice", needs=["debt"])
    service(codes, name="Walking group", needs=["confidence"])
    assert found(needs=("debt",)) == ["Debt advice"]


def test_one_that_names_no_need_is_found_by_its_words_and_said_to_be_unknown(codes):
    made = service(codes, name="Help with letters from banks", about="Debt and bailiffs", needs=[])
    asked = {"needs": ("debt",), "need_words": '"debt"'}
    assert found(**asked) == [made.name]
    assert verdict("need", made, **asked) == "ask"


def test_words_are_found_in_another_form(codes):
    service(codes, name="Plastering course")
    assert found(words="plasterer courses") == ["Plastering course"]


def test_words_with_a_slip_find_what_is_spelt_nearly_like_them(codes):
    service(codes, name="Counselling in Calder")
    answer = search(Wanted(on=TODAY, words="councelling"), by=None)
    assert ([one.name for one in answer.services], answer.slip) == (["Counselling in Calder"], True)


def test_a_withdrawn_service_is_never_offered_but_can_still_be_read(codes):
    made = service(codes, name="Gone", needs=["debt"])
    verbs.withdraw(made, why="The funding ended.", on=TODAY, by=None, now=NOW)
    assert found(needs=("debt",)) == []
    assert Service.objects.get(ref=made.ref).withdrawn_why == "The funding ended."


def test_a_service_for_some_postcodes_does_not_fit_people_from_others(codes):
    """R:L504, case V17: the customer lives outside, so it does not fit, and the search says why."""
    made = service(codes, postcodes=["CA1", "CA2"])
    assert verdict("area", made, postcode="CA2 1AB") == "yes"
    assert verdict("area", made, postcode="CA9 1AB") == "no"
    assert verdict("area", made, district=factories.district().pk) == "ask"


def test_a_service_of_another_district_does_not_fit(codes):
    here, there = factories.district(), factories.district()
    made = service(codes, districts=[there])
    assert verdict("area", made, district=here.pk) == "no"
    assert verdict("area", made, district=there.pk) == "yes"


def test_an_area_in_words_has_to_be_asked_about(codes):
    assert verdict("area", service(codes, area_words="the old town"), postcode="CA1 1AB") == "ask"


def test_who_will_not_travel_far_is_offered_what_is_near(codes):
    """R:L504, case V16. A degree of latitude is 69 miles."""
    near = service(codes, name="Near", where=[("CA1 1AB", 54.00, -2.0)])
    far = service(codes, name="Far", where=[("CA5 1AB", 54.20, -2.0)])
    unknown = service(codes, name="Unknown")
    asked = {"postcode": "CA1 9ZZ", "travel": "near", "miles": 3}
    assert [verdict("travel", one, **asked) for one in (near, far, unknown)] == ["yes", "no", "ask"]
    assert found(**asked) == ["Near", "Unknown", "Far"]


def test_who_wants_to_be_away_from_their_neighbourhood_is_offered_what_is_elsewhere(codes):
    """R:L504: some customers prefer groups outside their own neighbourhood."""
    here = service(codes, name="Here", where=["CA1 1AB"])
    elsewhere = service(codes, name="Elsewhere", where=["CA5 1AB"])
    asked = {"postcode": "CA1 9ZZ", "travel": "outside"}
    assert [verdict("travel", one, **asked) for one in (here, elsewhere)] == ["no", "yes"]


def test_only_those_who_may_refer_are_told_that_they_may(codes):
    made = service(codes, referred_by=["disability_adviser"])
    assert verdict("role", made, roles=("adviser",)) == "no"
    assert verdict("role", made, roles=("adviser", "disability_adviser")) == "yes"
    assert verdict("role", service(codes, name="Open to all"), roles=("adviser",)) == "yes"


def test_a_benefit_that_a_service_does_not_take_does_not_fit(codes):
    """R:L631: differences in benefit confuse advisers over who can go where."""
    made = service(codes, benefits=["ib"])
    assert [verdict("benefit", made, benefit=one) for one in ("ib", "jsa")] == ["yes", "no"]


def test_age_limits_hold(codes):
    made = service(codes, least_age=18, greatest_age=24)
    assert [verdict("age", made, age=age) for age in (17, 18, 24, 25)] == ["no", "yes", "yes", "no"]


def test_what_is_known_of_the_customer_leaves_them_out_and_what_is_not_known_has_to_be_asked(codes):
    """R:L627: some providers do not take people who are using drugs or alcohol."""
    made = service(codes, excludes=["using_drugs_alcohol"])
    assert verdict("excludes", made, exclusions=("using_drugs_alcohol",)) == "no"
    assert verdict("excludes", made) == "ask"
    assert verdict("excludes", service(codes, name="For all"), exclusions=("using_drugs_alcohol",)) == "yes"


@pytest.mark.parametrize(
    ("taking", "wait", "most", "expected"),
    [
        ("places", None, None, "yes"),
        ("waiting", None, None, "yes"),
        ("unknown", None, None, "ask"),
        ("full", None, None, "no"),
        ("stopped", None, None, "no"),
        ("waiting", 6, 6, "yes"),
        ("waiting", 7, 6, "no"),
        ("waiting", None, 6, "ask"),
        ("places", None, 6, "yes"),
        ("full", 1, 6, "no"),
    ],
)
def test_a_wait_fits_when_it_is_short_enough_and_is_asked_about_when_nobody_knows(
    codes, taking, wait, most, expected
):
    made = service(codes, taking=taking, wait_weeks=wait)
    assert verdict("wait", made, max_wait=most) == expected


@pytest.mark.parametrize(
    ("effect", "expected"), [("none", "yes"), ("may", "ask"), ("unknown", "ask"), ("changes", "no")]
)
def test_who_must_keep_their_benefits_hears_what_a_service_does_to_them(codes, effect, expected):
    """R:L482: fear for benefits keeps people from taking up training."""
    assert verdict("effect", service(codes, benefit_effect=effect), keep_benefits=True) == expected


def test_the_best_fit_comes_first_then_what_has_to_be_asked_then_what_does_not_fit(codes):
    service(codes, name="A full one", needs=["debt"], taking="full")
    service(codes, name="B unknown", needs=["debt"])
    service(codes, name="C with places", needs=["debt"], taking="places")
    assert found(needs=("debt",)) == ["C with places", "B unknown", "A full one"]


def test_what_one_knows_or_uses_changes_nothing_in_the_order_and_the_unknown_stays_visible(codes):
    """C23 (R:L1073): search ranks by match to need, not by past use."""
    by = factories.post(Role.ADVISER)
    service(codes, name="Alpha", needs=["debt"], taking="places")
    beta = service(codes, name="Beta", needs=["debt"], taking="places")
    verbs.say_knowledge(beta, level=Knowledge.DETAIL, often=True, by=by, now=NOW)
    answer = search(Wanted(on=TODAY, needs=("debt",)), by=by)
    assert [(one.name, vars(one)["my_level"]) for one in answer.services] == [("Alpha", None), ("Beta", "1")]
    assert found(by, needs=("debt",), only_new_to_me=True) == ["Alpha"]


def test_a_service_called_just_like_the_words_comes_first(codes):
    service(codes, name="Walking", taking="full")
    service(codes, name="Talking and walking", taking="places")
    assert found(words="walking")[0] == "Walking"


def test_services_are_compared_in_the_order_they_were_chosen(codes):
    one, two = service(codes, name="One"), service(codes, name="Two", at=organisation("Other"))
    assert judge([two.ref, one.ref, two.ref, f"S{uuid4().hex[:9]}"], Wanted(on=TODAY), by=None) == [two, one]
