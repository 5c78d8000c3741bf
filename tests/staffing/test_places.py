"""Offices, rooms, teams, bank holidays and local values."""

from datetime import date, time, timedelta

import pytest

from tests import factories as make
from tests.factories import NOW, TODAY
from waymark.kernel.refusal import Refused
from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.programme.models import LocalSetting
from waymark.programme.queries import Place, holding
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.staffing import queries, verbs
from waymark.staffing.rules import may_differ, read_value

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SLUG = "jobcentre-plus-2002"
KEY = "timings.recontact_days_before_end"


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def admin(office):
    return make.post(Role.ADMINISTRATOR, office=office)


def refused(code, act):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def add_office(admin, **fields):
    values = {
        "name": "Mill Street",
        "code": "mill",
        "kind": OfficeKind.OFFICE,
        "address": "3 Mill Street, Calder",
        "telephone": "01632 960044",
        "opens": time(9),
        "closes": time(17),
    }
    return verbs.add_office(admin.office.district, **{**values, **fields}, by=admin, now=NOW)


def test_an_office_opens_in_the_administrators_district(admin):
    office = add_office(admin)
    assert (office.code, office.district) == ("MILL", admin.office.district)
    assert Event.objects.get().kind == Happened.OFFICE_ADDED


def test_an_office_code_is_used_once_and_an_office_closes_after_it_opens(admin):
    add_office(admin)
    refused("code_known", lambda: add_office(admin, name="Other"))
    refused("closes_before_opening", lambda: add_office(admin, code="X", closes=time(9)))


def test_a_room_name_is_used_once_an_office(admin, office):
    room = {"name": "Room 1", "private": True, "step_free": False, "by": admin, "now": NOW}
    verbs.add_room(office, **room)
    refused("room_known", lambda: verbs.add_room(office, **room))
    refused(
        "not_administrator",
        lambda: verbs.add_room(office, **{**room, "by": make.post(Role.TEAM_LEADER, office=office)}),
    )


def test_an_office_has_one_open_team_of_a_kind_and_a_new_one_after_it_closed(admin, office):
    team = {"kind": TeamKind.ADVISERS, "name": "Advisers", "by": admin, "now": NOW}
    first = verbs.open_team(office, **team)
    refused("team_known", lambda: verbs.open_team(office, **team))
    first.closed_on = TODAY
    first.save()
    second = verbs.open_team(office, **team)
    assert second.code != first.code
    assert organisations.team_of(office, TeamKind.ADVISERS) == second


def test_the_offices_of_a_district_take_three_queries(admin, django_assert_num_queries):
    for n in range(5):
        office = add_office(admin, code=f"M{n}")
        verbs.open_team(office, kind=TeamKind.ADVISERS, name="Advisers", by=admin, now=NOW)
    with django_assert_num_queries(3):
        offices = list(queries.offices_of(admin.office.district, TODAY))
        assert sum(team.people for office in offices for team in office.open_teams) == 1
        assert [list(office.rooms.all()) for office in offices] == [[]] * 6


def test_bank_holidays_are_added_once_and_take_a_new_name(admin):
    days = {date(2027, 12, 27): "Christmas Day", date(2027, 12, 28): "Boxing Day"}
    assert verbs.load_holidays(days, by=admin, now=NOW) == 2
    assert verbs.load_holidays({date(2027, 12, 27): "Christmas (substitute)"}, by=admin, now=NOW) == 0
    assert organisations.holidays() == frozenset(days)
    assert queries.holidays_from(date(2027, 1, 1)).first().name == "Christmas (substitute)"


def test_a_bank_holiday_is_taken_off_with_a_reason(admin):
    verbs.load_holidays({date(2027, 12, 27): "Christmas Day"}, by=admin, now=NOW)
    refused("no_reason", lambda: verbs.remove_holiday(date(2027, 12, 27), why=" ", by=admin, now=NOW))
    verbs.remove_holiday(date(2027, 12, 27), why="typed wrongly", by=admin, now=NOW)
    assert organisations.holidays() == frozenset()
    refused(
        "no_such_holiday", lambda: verbs.remove_holiday(date(2027, 12, 27), why="again", by=admin, now=NOW)
    )


def test_only_administrators_change_bank_holidays(office):
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    refused("not_administrator", lambda: verbs.load_holidays({TODAY: "x"}, by=manager, now=NOW))


def set_value(admin, place, **fields):
    values = {
        "slug": SLUG,
        "key": KEY,
        "text": "7",
        "valid_from": TODAY,
        "valid_until": None,
        "because": "The deferrals diary is read weekly (D:L856)",
    }
    return verbs.set_local_value(**{**values, **fields}, place=place, by=admin, now=NOW)


def value_at(office, on=TODAY):
    return holding(SLUG, on, Place(office.district.code, office.code)).held(KEY)


def test_an_office_holds_another_value_than_the_programme_from_its_day(pack, admin, office):
    set_value(admin, office)
    held = value_at(office)
    assert (held.value, held.local, held.because) == (7, True, "The deferrals diary is read weekly (D:L856)")
    assert value_at(office, TODAY - DAY).value == 5
    assert value_at(make.office(district=office.district)).value == 5
    setting = LocalSetting.objects.get()
    assert (setting.set_by, setting.set_at) == (str(admin), NOW)
    event = Event.objects.get()
    assert (event.kind, event.by, event.details["value"]) == (Happened.LOCAL_VALUE_SET, admin, 7)


def test_a_district_value_holds_in_its_offices_and_an_office_value_goes_before_it(pack, admin, office):
    other = make.office(district=office.district)
    set_value(admin, office.district, text="3")
    set_value(admin, office, text="7")
    assert (value_at(office).value, value_at(other).value) == (7, 3)


def test_a_new_local_value_ends_the_earlier_one_the_day_before(pack, admin, office):
    first = set_value(admin, office)
    set_value(admin, office, text="3", valid_from=TODAY + 10 * DAY)
    first.refresh_from_db()
    assert first.valid_until == TODAY + 9 * DAY
    assert [value_at(office, TODAY + n * DAY).value for n in (0, 9, 10)] == [7, 7, 3]


def test_a_local_value_does_not_overlap_a_later_one(pack, admin, office):
    set_value(admin, office, valid_from=TODAY + 10 * DAY)
    refused("value_set_already", lambda: set_value(admin, office, text="3"))
    set_value(admin, office, text="3", valid_until=TODAY + 9 * DAY)
    assert [value_at(office, TODAY + n * DAY).value for n in (0, 9, 10)] == [3, 3, 7]


@pytest.mark.parametrize("text", ["", "five", "-1", "2.5", "٣"])
def test_a_value_of_the_wrong_sort_is_refused_with_what_would_be_right(text, pack, admin, office):
    with pytest.raises(Refused) as refusal:
        set_value(admin, office, text=text)
    assert (refusal.value.code, refusal.value.cure) == ("wrong_sort", "Enter a whole number, 0 or more.")


def test_a_word_must_be_one_the_programme_knows(pack, admin, office):
    set_value(admin, office, key="authority.defer", text="authorise_before")
    refused("wrong_sort", lambda: set_value(admin, office, key="authority.waive", text="perhaps"))


@pytest.mark.parametrize("key", ["regime.mandatory_interviews", "principles.order"])
def test_what_is_law_is_the_same_everywhere(key, pack, admin, office):
    refused("same_everywhere", lambda: set_value(admin, office, key=key, text="2"))


def test_a_local_value_needs_a_known_setting_a_reason_and_days_in_order(pack, admin, office):
    refused("unknown_setting", lambda: set_value(admin, office, key="timings.nothing"))
    refused("no_reason", lambda: set_value(admin, office, because="  "))
    refused("ends_before_start", lambda: set_value(admin, office, valid_until=TODAY - DAY))


def test_only_an_administrator_of_the_district_sets_its_values(pack, office):
    refused("not_administrator", lambda: set_value(make.post(Role.ADVISER_MANAGER, office=office), office))
    refused("district_of_others", lambda: set_value(make.post(Role.ADMINISTRATOR), office))


def test_after_a_local_value_ends_the_programmes_own_holds_again(pack, admin, office):
    setting = set_value(admin, office)
    verbs.end_local_value(setting, last_day=TODAY, by=admin, now=NOW)
    assert (value_at(office).value, value_at(office, TODAY + DAY).value) == (7, 5)
    refused("ended_already", lambda: verbs.end_local_value(setting, last_day=TODAY, by=admin, now=NOW))


def test_local_values_stand_beside_the_programmes_own(pack, admin, office):
    set_value(admin, office)
    (value,) = queries.local_values(office.district, {SLUG: holding(SLUG, TODAY)})
    assert (value.place, value.pack_value, value.unit, value.setting.value) == (office.name, 5, "days", 7)
    assert value.holds_on(TODAY)
    assert not value.holds_on(TODAY - DAY)


def test_only_how_a_place_organises_itself_may_differ(pack):
    keys = {setting.key for setting in queries.settable(holding(SLUG, TODAY))}
    assert KEY in keys
    assert {key.partition(".")[0] for key in keys} <= {
        "authority",
        "casework",
        "counting",
        "directory",
        "limits",
        "referrals",
        "timings",
        "visit",
    }


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("yes", False, True),
        ("No", True, False),
        ("12", 5, 12),
        ("12.5", 1.0, 12.5),
        ("none", "check", "none"),
    ],
)
def test_a_typed_value_becomes_one_of_the_same_sort(text, like, value):
    assert read_value(text, like, {"none"}) == value


@pytest.mark.parametrize(
    ("text", "like"), [("maybe", True), ("nan", 1.0), ("-1", 1.0), ("x", 1.0), ("x", "check")]
)
def test_a_typed_value_of_another_sort_is_no_value(text, like):
    with pytest.raises(ValueError, match=r"Enter|Choose"):
        read_value(text, like, {"none"})


def test_rates_and_regimes_are_not_set_locally():
    assert not may_differ("rates.credit", 40)
    assert not may_differ("regime.benefits", ["ib"])


def test_a_list_is_read_from_codes_with_commas_and_knows_its_words():
    """A district may bar a provision, or ask for it to be used (R:L486-488), and set how to keep in touch (R:L812)."""
    assert read_value("nddp, cmp:hold_off", [], {"nddp", "cmp", "hold_off"}) == ["nddp", "cmp:hold_off"]
    assert read_value(" ", ["cmp"], {"cmp"}) == []
    with pytest.raises(ValueError, match=r"“course” is not known here. Choose from: cmp, nddp."):
        read_value("cmp, course", [], {"nddp", "cmp"})


def test_a_text_the_pack_leaves_empty_is_the_offices_own_words():
    assert read_value(" Blue door, second floor. ", "", set()) == "Blue door, second floor."
    with pytest.raises(ValueError, match="at most 300"):
        read_value("x" * 301, "", set())


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("referrals.not_used", "job_broker", ["job_broker"]),
        ("referrals.may_also_refer", "disability_adviser", ["disability_adviser"]),
        ("casework.contact_during", "cmp:last_session", ["cmp:last_session"]),
        ("casework.dea_arrangement", "merged", "merged"),
        ("casework.dea_may_refer_to_pathways", "yes", True),
        ("visit.directions", "Blue door, second floor.", "Blue door, second floor."),
    ],
)
def test_a_district_sets_its_own_rules_of_the_help_by_an_administrator(pack, admin, office, key, text, value):
    """R:L486-488, R:L589, R:L812, R:L1128: what one district asks for another forbids."""
    set_value(admin, office, key=key, text=text)
    here = holding(SLUG, TODAY, Place(office.district.code, office.code))
    assert here.value(key) == value
    assert here.held(key).local
