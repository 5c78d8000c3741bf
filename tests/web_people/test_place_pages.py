"""The administrator's pages about offices, teams, bank holidays and local values."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.factories import NOW
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import BankHoliday, Office, Team
from waymark.programme.models import LocalSetting
from waymark.staffing import verbs
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SLUG = "jobcentre-plus-2002"
KEY = "timings.recontact_days_before_end"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def admin(office, client):
    post = make.post(Role.ADMINISTRATOR, office=office)
    client.force_login(post.person)
    return post


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_the_district_shows_each_team_with_its_people_and_its_work(client, admin, office):
    adviser = make.post(Role.ADVISER, office=office)
    claim = make.claim(office=office, task=None)
    make.open_task(claim, team=adviser.team, person=adviser.person)
    make.open_task(claim, team=adviser.team)
    rows = page(client.get(reverse("people:places"), {"format": "csv"})).splitlines()
    assert f"Calder office,{adviser.team.name},personal advisers,1,2,2,1" in rows
    shown = page(client.get(reverse("people:places")))
    assert "Calder office" in shown
    assert make.office(name="Elsewhere").name not in shown


@pytest.mark.parametrize("many", [1, 12])
def test_the_district_takes_the_same_queries_for_one_office_and_for_many(
    many, client, admin, office, django_assert_num_queries
):
    for _ in range(many):
        make.post(Role.ADVISER, office=make.office(district=office.district))
    client.get(reverse("people:places"))
    with django_assert_num_queries(11):
        page(client.get(reverse("people:places")))


def test_an_office_is_added_with_a_room_and_a_team(client, admin, office):
    sent = {
        "name": "Mill Street",
        "code": "mill",
        "kind": "office",
        "address": "3 Mill Street",
        "telephone": "01632 960044",
        "opens": "9am",
        "closes": "17:00",
    }
    response = client.post(reverse("people:add_office"), sent)
    assert response.url == reverse("people:office", args=["MILL"])
    client.post(reverse("people:add_room", args=["MILL"]), {"name": "Room 1", "private": "on"})
    client.post(reverse("people:open_team", args=["MILL"]), {"kind": "advisers", "name": "Mill advisers"})
    shown = page(client.get(response.url))
    assert "Room 1: private, with steps" in shown
    assert "Mill advisers" in shown
    assert Office.objects.get(code="MILL").district == office.district


def test_offices_and_teams_of_another_district_do_not_exist(client, admin):
    team = make.team(TeamKind.ADVISERS)
    code = team.office.code
    for name in ("office", "add_room", "open_team"):
        assert client.get(reverse(f"people:{name}", args=[code])).status_code == 404
    assert client.get(reverse("people:close_team", args=[team.code])).status_code == 404


def test_a_team_closes_into_another_with_its_work_and_its_people(client, admin, office, today):
    adviser = make.post(Role.ADVISER, office=office)
    claim = make.claim(office=office, task=None)
    make.open_task(claim, team=adviser.team, person=adviser.person)
    successor = make.team(TeamKind.DEFERRALS, office=office)
    url = reverse("people:close_team", args=[adviser.team.code])
    assert "Its open tasks (1 now)" in page(client.get(url))
    response = client.post(url, {"successor": successor.code} | day("on", today))
    assert "1 task went along." in page(client.get(response.url))
    assert Task.objects.get().team == successor
    assert Team.objects.get(pk=adviser.team.pk).closed_on == today
    assert adviser.person.posts.filter(team=successor, ends_on=None).exists()
    assert client.get(url).status_code == 404


def test_holidays_come_from_a_file_and_rows_to_mend_come_back(client, admin, today):
    year = today.year + 1
    text = f"day,name\n{year}-12-25,Christmas Day\n{year}-13-01,Nothing\n"
    file = SimpleUploadedFile("holidays.csv", text.encode())
    shown = page(client.post(reverse("people:holidays"), {"file": file}))
    assert "1 bank holiday is in." in shown
    assert "1 row could not be used" in shown
    assert f">\n{year}-13-01,Nothing</textarea>" in shown
    mended = client.post(reverse("people:holidays"), {"text": f"{year}-12-26,Boxing Day"})
    assert mended.status_code == 302
    assert BankHoliday.objects.count() == 2


def test_a_file_that_is_no_text_is_refused_in_words(client, admin):
    file = SimpleUploadedFile("holidays.xls", b"\xd0\xcf\x11\xe0")
    assert "Save it as CSV" in page(client.post(reverse("people:holidays"), {"file": file}))
    assert "Choose a file, or write the rows." in page(client.post(reverse("people:holidays"), {"text": ""}))


def test_the_page_warns_when_the_holidays_run_out(client, admin, today):
    assert "No bank holiday is known" in page(client.get(reverse("people:holidays")))
    verbs.load_holidays({date(today.year, 12, 25): "Christmas Day"}, by=None, now=NOW)
    assert "18 months ahead" in page(client.get(reverse("people:holidays")))
    verbs.load_holidays({date(today.year + 2, 12, 25): "Christmas Day"}, by=None, now=NOW)
    assert "18 months ahead" not in page(client.get(reverse("people:holidays")))


def test_a_bank_holiday_is_taken_off_the_list(client, admin, today):
    wrong = today + DAY
    verbs.load_holidays({wrong: "No holiday"}, by=None, now=NOW)
    url = reverse("people:remove_holiday", args=[wrong.isoformat()])
    client.post(url, {"why": "typed wrongly"})
    assert not BankHoliday.objects.exists()
    assert client.get(url).status_code == 404


def test_a_local_value_is_set_shown_beside_the_programmes_own_and_ended(client, admin, pack, office, today):
    url = reverse("people:set_value", args=[SLUG, KEY])
    assert "says 5 days (D:L838)" in page(client.get(url))
    sent = {"text": "7", "place": f"office-{office.code}", "because": "Read weekly"} | day(
        "valid_from", today
    )
    assert client.post(url, sent).status_code == 302
    shown = page(client.get(reverse("people:values")))
    assert "Read weekly" in shown
    assert "Calder office" in shown
    rows = page(client.get(reverse("people:values"), {"format": "csv"})).splitlines()
    assert f"{KEY},Calder office,7,5,days" in rows[1]
    end = reverse("people:end_value", args=[SLUG, KEY, office.code, today.isoformat()])
    client.post(end, day("last_day", today))
    assert LocalSetting.objects.get().valid_until == today


def test_a_wrong_local_value_is_refused_in_words(client, admin, pack, office, today):
    sent = {"text": "soon", "place": f"office-{office.code}", "because": "x"} | day("valid_from", today)
    shown = page(client.post(reverse("people:set_value", args=[SLUG, KEY]), sent))
    assert "Enter a whole number, 0 or more." in shown


def test_what_is_law_has_no_page_to_set_it(client, admin, pack):
    assert (
        client.get(reverse("people:set_value", args=[SLUG, "regime.mandatory_interviews"])).status_code == 404
    )
    assert client.get(reverse("people:set_value", args=["no-such", KEY])).status_code == 404


def test_local_values_of_another_district_do_not_exist(client, admin, pack, today):
    elsewhere = make.post(Role.ADMINISTRATOR)
    verbs.set_local_value(
        slug=SLUG,
        key=KEY,
        text="9",
        place=elsewhere.office,
        valid_from=today,
        valid_until=None,
        because="Theirs",
        by=elsewhere,
        now=NOW,
    )
    assert "Theirs" not in page(client.get(reverse("people:values")))
    end = reverse("people:end_value", args=[SLUG, KEY, elsewhere.office.code, today.isoformat()])
    assert client.get(end).status_code == 404
