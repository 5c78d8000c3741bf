"""The administrator's and the managers' pages about people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.factories import NOW
from waymark.interviews.enums import AppointmentState, InterviewState, Mode
from waymark.interviews.models import Appointment, DiaryEntry, Interview
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Person
from waymark.staffing import verbs
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def office():
    return make.office(name="Calder office")


@pytest.fixture
def admin(office):
    return make.post(Role.ADMINISTRATOR, office=office, person=make.person(name="Olive Marsh"))


@pytest.fixture
def adviser(office):
    return make.post(Role.ADVISER, office=office, person=make.person(name="Tom Walsh"))


def signed_in(client, post):
    client.force_login(post.person)
    return client


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_the_list_shows_who_is_here_in_which_post_and_who_is_away(client, admin, adviser, today):
    make_away(adviser.person, today)
    shown = page(signed_in(client, admin).get(reverse("people:list")))
    assert "Tom Walsh" in shown
    assert "Personal adviser" in shown
    assert "nobody covers" in shown


def make_away(person, today):
    return verbs.note_absence(
        person, first_day=today, last_day=today + DAY, reason="leave", cover=None, by=None, now=timezone.now()
    )


def test_the_list_is_filtered_sorted_and_downloaded(client, admin, adviser):
    make.post(Role.AGENT, office=admin.office, person=make.person(name='=HYPERLINK("x")'))
    signed_in(client, admin)
    shown = page(client.get(reverse("people:list"), {"role": "adviser"}))
    assert "Tom Walsh" in shown
    assert "Olive Marsh</a>" not in shown
    shown = page(client.get(reverse("people:list"), {"sort": "-name"}))
    assert shown.index("Tom Walsh") < shown.index("Olive Marsh</a>")
    lines = page(client.get(reverse("people:list"), {"format": "csv"})).splitlines()
    assert lines[0] == "\ufeffreference,name,email,started,left,posts,away until,covered by"
    assert len(lines) == 4
    assert any(""""'=HYPERLINK(""x"")\"""" in line for line in lines)


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_takes_the_same_queries_for_one_and_for_many(
    many, client, admin, office, today, django_assert_num_queries
):
    for _ in range(many):
        make_away(make.post(Role.ADVISER, office=office).person, today)
    signed_in(client, admin).get(reverse("people:list"))
    with django_assert_num_queries(11):
        page(client.get(reverse("people:list")))


def test_the_list_goes_on_on_a_second_page(client, admin, office):
    for n in range(60):
        make.post(Role.ADVISER, office=office, person=make.person(name=f"Adviser {n:02}"))
    shown = page(signed_in(client, admin).get(reverse("people:list"), {"page": 2}))
    assert "Adviser 59" in shown
    assert "Adviser 01" not in shown


def test_a_manager_sees_only_the_own_office(client, office):
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    near = make.post(
        Role.ADVISER, office=make.office(district=office.district), person=make.person(name="Nell Far")
    )
    shown = page(signed_in(client, manager).get(reverse("people:list")))
    assert "Nell Far" not in shown
    assert client.get(reverse("people:show", args=[near.person.ref])).status_code == 404


def test_people_of_another_district_do_not_exist_for_an_administrator(client, admin):
    stranger = make.post(Role.ADVISER).person
    signed_in(client, admin)
    for name in ("show", "give_post", "absence", "leave", "come_back"):
        assert client.get(reverse(f"people:{name}", args=[stranger.ref])).status_code == 404
    assert client.post(reverse("people:sign_in_link", args=[stranger.ref])).status_code == 404


def test_an_administrator_adds_a_person(client, admin, office, today):
    team = make.team(TeamKind.ADVISERS, office=office)
    sent = {"name": "Nina Holt", "email": "nina@waymark.example", "role": "adviser", "team": team.code}
    response = signed_in(client, admin).post(reverse("people:add"), sent | day("started_on", today))
    person = Person.objects.get(email="nina@waymark.example")
    assert response.url == reverse("people:show", args=[person.ref])
    shown = page(client.get(response.url))
    assert "Nina Holt is added" in shown
    assert "never: make a sign-in link" in shown


def test_a_refusal_stands_in_the_form_with_its_cure(client, admin, adviser, office, today):
    sent = {"name": "Other", "email": adviser.person.email, "role": "adviser", "team": adviser.team.code}
    shown = page(signed_in(client, admin).post(reverse("people:add"), sent | day("started_on", today)))
    assert "Somebody has this e-mail address already. Look for them under People" in shown
    assert "<title>Error:" in shown


def test_a_team_of_another_district_cannot_be_chosen(client, admin, today):
    team = make.team(TeamKind.ADVISERS)
    sent = {"name": "Nina", "email": "nina@waymark.example", "role": "adviser", "team": team.code}
    shown = page(signed_in(client, admin).post(reverse("people:add"), sent | day("started_on", today)))
    assert "Select a valid choice" in shown
    assert not Person.objects.filter(email="nina@waymark.example").exists()


def test_a_post_is_given_and_ended(client, admin, adviser, office, today):
    leaders = make.team(TeamKind.LEADERS, office=office)
    sent = {"role": "team_leader", "team": leaders.code} | day("starts_on", today)
    signed_in(client, admin).post(reverse("people:give_post", args=[adviser.person.ref]), sent)
    given = adviser.person.posts.get(role="team_leader")
    assert given.starts_on == today
    response = client.post(reverse("people:end_post", args=[adviser.person.ref, 2]), day("ends_on", today))
    given.refresh_from_db()
    assert (response.status_code, given.ends_on) == (302, today)
    assert client.get(reverse("people:end_post", args=[adviser.person.ref, 3])).status_code == 404


def test_a_team_leader_notes_an_absence_with_cover_and_changes_it(client, adviser, office, today):
    leader = make.post(Role.TEAM_LEADER, office=office)
    cover = make.post(Role.ADVISER, office=office).person
    signed_in(client, leader)
    shown = page(client.get(reverse("people:show", args=[adviser.person.ref])))
    assert "Note an absence" in shown
    assert "Give a post" not in shown
    sent = {"reason": "leave", "cover": cover.ref} | day("first_day", today) | day("last_day", today + DAY)
    client.post(reverse("people:absence", args=[adviser.person.ref]), sent)
    absence = adviser.person.absences.get()
    assert (absence.cover, absence.last_day) == (cover, today + DAY)
    change = reverse("people:end_absence", args=[adviser.person.ref, today.isoformat()])
    assert "Enter the last day away" in page(client.post(change, {"how": "day"}))
    client.post(change, {"how": "day"} | day("last_day", today))
    absence.refresh_from_db()
    assert absence.last_day == today
    client.post(change, {"how": "never"})
    assert not adviser.person.absences.exists()
    assert client.get(change).status_code == 404


def test_before_somebody_leaves_the_page_says_what_goes_back(client, admin, adviser, office, today):
    claim = make.claim(office=office, task=None)
    make.open_task(claim, team=adviser.team, person=adviser.person)
    url = reverse("people:leave", args=[adviser.person.ref])
    assert f"First call: 1 (1 late), {adviser.team.name}" in page(signed_in(client, admin).get(url))
    response = client.post(url, day("on", today))
    shown = page(client.get(response.url))
    assert "1 task went back to its team." in shown
    assert Task.objects.get().person is None
    assert "has left and cannot sign in" in shown
    assert "Has come back" in shown


@pytest.fixture
def appointment(adviser, office, today):
    """An interview booked with the adviser for tomorrow."""
    interview = Interview.objects.create(
        ref=new_ref("I"), claim=make.claim(office=office), number=1, state=InterviewState.BOOKED, due_by=today
    )
    starts_at = timezone.now() + DAY
    booked = Appointment.objects.create(
        ref=new_ref("A"),
        interview=interview,
        kind="adviser_interview",
        mode=Mode.OFFICE,
        office=office,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=45),
        adviser=adviser.person,
        state=AppointmentState.BOOKED,
        made_at=timezone.now(),
    )
    during = (booked.starts_at, booked.ends_at)
    DiaryEntry.objects.create(person=adviser.person, appointment=booked, during=during)
    return booked


def test_who_leaves_or_is_away_with_appointments_has_them_named(client, admin, adviser, appointment, today):
    signed_in(client, admin)
    leave = reverse("people:leave", args=[adviser.person.ref])
    assert "1 appointment after today is booked with them" in page(client.get(leave))
    refused = client.post(leave, day("on", today))
    assert "1 appointment is still booked with them after that day" in page(refused)
    away = {"reason": "leave"} | day("first_day", today) | day("last_day", today + 2 * DAY)
    response = client.post(reverse("people:absence", args=[adviser.person.ref]), away)
    assert "1 appointment stands in their diary then: move it." in page(client.get(response.url))


def test_somebody_comes_back(client, admin, adviser, today):
    verbs.leave(adviser.person, on=today - DAY, by=None, now=NOW.replace(year=today.year + 1))
    sent = {"role": "adviser", "team": adviser.team.code} | day("on", today)
    signed_in(client, admin).post(reverse("people:come_back", args=[adviser.person.ref]), sent)
    adviser.person.refresh_from_db()
    assert adviser.person.is_active


def test_ones_own_leaving_is_refused_beside_the_button(client, admin):
    shown = page(signed_in(client, admin).get(reverse("people:show", args=[admin.person.ref])))
    assert "Another administrator notes that you have left." in shown


@pytest.mark.parametrize("many", [1, 20])
def test_a_persons_page_takes_the_same_queries_for_one_and_for_many(
    many, client, admin, adviser, office, today, django_assert_num_queries
):
    for n in range(many):
        cover = make.post(Role.ADVISER, office=office).person
        verbs.note_absence(
            adviser.person,
            first_day=today + n * DAY,
            last_day=today + n * DAY,
            reason="leave",
            cover=cover,
            by=None,
            now=NOW,
        )
    url = reverse("people:show", args=[adviser.person.ref])
    signed_in(client, admin).get(url)
    with django_assert_num_queries(12):
        page(client.get(url))


def test_a_sign_in_link_sets_a_password_once(client, admin, office, today):
    person = verbs.add_person(
        name="Nina Holt",
        email="nina@waymark.example",
        role=Role.ADVISER,
        team=make.team(TeamKind.ADVISERS, office=office),
        started_on=today,
        by=admin,
        now=timezone.now(),
    )
    shown = page(signed_in(client, admin).post(reverse("people:sign_in_link", args=[person.ref])))
    link = shown.split('readonly value="http://testserver')[1].split('"')[0]
    client.logout()
    form = client.get(link, follow=True)
    there = form.request["PATH_INFO"]
    word = "a stile beyond the birches"
    client.post(there, {"password1": word, "password2": word})
    person.refresh_from_db()
    assert person.check_password(word)
    client.logout()
    assert 'name="password1"' not in page(client.get(link, follow=True))
    assert client.post(reverse("account_login"), {"login": person.email, "password": word}).status_code == 302


def test_no_link_is_made_for_who_has_left(client, admin, adviser, today):
    verbs.leave(adviser.person, on=today, by=None, now=timezone.now())
    response = signed_in(client, admin).post(reverse("people:sign_in_link", args=[adviser.person.ref]))
    assert "What would make it possible" in page(response, 409)
