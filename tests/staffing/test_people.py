"""People join, hold posts, are away, leave and come back."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.factories import NOW, TODAY
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Absence, Person, Post
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.staffing import queries, verbs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def admin(office):
    return make.post(Role.ADMINISTRATOR, office=office)


def add(admin, office, **fields):
    values = {
        "name": "Nina Holt",
        "email": "Nina.Holt@waymark.example",
        "role": Role.ADVISER,
        "team": make.team(TeamKind.ADVISERS, office=office),
        "started_on": TODAY,
        "by": admin,
        "now": NOW,
    }
    return verbs.add_person(**{**values, **fields})


def noted(kind):
    return Event.objects.filter(kind=kind).count()


def refused(code, act):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_a_new_person_has_a_post_from_the_first_day_and_cannot_sign_in_yet(admin, office):
    person = add(admin, office)
    assert person.email == "nina.holt@waymark.example"
    assert not person.has_usable_password()
    assert [post.role for post in queries.posts_of(person)] == [Role.ADVISER]
    assert person.posts.get().starts_on == TODAY
    assert noted(Happened.PERSON_ADDED) == 1
    assert Event.objects.count() == 1


def test_an_email_address_belongs_to_one_person_however_it_is_written(admin, office):
    add(admin, office)
    refused("email_known", lambda: add(admin, office, email="NINA.holt@waymark.example"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_add_people(role, office):
    refused("not_administrator", lambda: add(make.post(role, office=office), office))


def test_an_administrator_adds_nobody_in_another_district(office):
    stranger = make.post(Role.ADMINISTRATOR, office=make.office())
    refused("district_of_others", lambda: add(stranger, office))


def test_nobody_gets_a_post_in_a_closed_team(admin, office):
    closed = make.team(TeamKind.DEFERRALS, office=office, closed_on=TODAY)
    refused("team_closed", lambda: add(admin, office, team=closed))


def test_a_person_may_hold_several_posts(admin, office):
    person = add(admin, office)
    leaders = make.team(TeamKind.LEADERS, office=office)
    verbs.give_post(person, role=Role.TEAM_LEADER, team=leaders, starts_on=TODAY, by=admin, now=NOW)
    assert {post.role for post in queries.posts_of(person)} == {Role.ADVISER, Role.TEAM_LEADER}
    assert noted(Happened.POST_GIVEN) == 1


def test_the_same_post_is_not_held_twice_at_a_time_but_may_be_held_again_later(admin, office):
    person = add(admin, office)
    post = person.posts.get()
    again = {"role": post.role, "team": post.team, "by": admin, "now": NOW}
    refused("post_held", lambda: verbs.give_post(person, starts_on=TODAY + DAY, **again))
    verbs.end_post(post, ends_on=TODAY, by=admin, now=NOW)
    verbs.give_post(person, starts_on=TODAY + DAY, **again)
    assert person.posts.count() == 2


def test_a_post_does_not_end_before_it_starts(admin, office):
    post = add(admin, office).posts.get()
    refused("ends_before_start", lambda: verbs.end_post(post, ends_on=TODAY - DAY, by=admin, now=NOW))


def test_a_post_that_is_over_stays_as_it_ended(admin, office):
    post = make.post(Role.ADVISER, office=office, ends_on=TODAY - DAY)
    refused("post_over", lambda: verbs.end_post(post, ends_on=TODAY, by=admin, now=NOW))


def test_the_last_administrator_of_a_district_stays(admin, office):
    refused("last_administrator", lambda: verbs.end_post(admin, ends_on=TODAY, by=admin, now=NOW))
    make.post(Role.ADMINISTRATOR, office=office)
    verbs.end_post(admin, ends_on=TODAY, by=admin, now=NOW)
    assert noted(Happened.POST_ENDED) == 1


def test_an_administrator_whose_own_post_ends_too_does_not_count_as_the_one_who_stays(admin, office):
    make.post(Role.ADMINISTRATOR, office=office, ends_on=TODAY + DAY)
    refused("last_administrator", lambda: verbs.end_post(admin, ends_on=TODAY + 5 * DAY, by=None, now=NOW))


def test_who_leaves_can_no_longer_sign_in_and_holds_no_post_after_the_last_day(admin, office):
    person = add(admin, office)
    leaders = make.team(TeamKind.LEADERS, office=office)
    later = verbs.give_post(
        person, role=Role.TEAM_LEADER, team=leaders, starts_on=TODAY + 30 * DAY, by=admin, now=NOW
    )
    verbs.leave(person, on=TODAY, by=admin, now=NOW)
    person.refresh_from_db()
    later.refresh_from_db()
    assert (person.is_active, person.left_on) == (False, TODAY)
    assert not queries.held_on(TODAY + DAY).filter(person=person).exists()
    assert later.ends_on == later.starts_on
    assert noted(Happened.PERSON_LEFT) == 1


def test_cover_given_by_who_leaves_ends(admin, office):
    person, colleague = (
        make.post(Role.ADVISER, office=office).person,
        make.post(Role.ADVISER, office=office).person,
    )
    absence = verbs.note_absence(
        colleague, first_day=TODAY, last_day=TODAY + DAY, reason="leave", cover=person, by=admin, now=NOW
    )
    verbs.leave(person, on=TODAY, by=admin, now=NOW)
    absence.refresh_from_db()
    assert absence.cover is None


def test_leaving_is_noted_when_the_day_has_come(admin, office):
    person = add(admin, office)
    refused("leaves_later", lambda: verbs.leave(person, on=TODAY + DAY, by=admin, now=NOW))
    refused("left_before_start", lambda: verbs.leave(person, on=TODAY - DAY, by=admin, now=NOW))


def test_nobody_leaves_twice_nor_notes_their_own_leaving(admin, office):
    person = add(admin, office)
    make.post(Role.ADMINISTRATOR, office=office)
    refused("yourself", lambda: verbs.leave(admin.person, on=TODAY, by=admin, now=NOW))
    verbs.leave(person, on=TODAY, by=admin, now=NOW)
    refused("has_left", lambda: verbs.leave(person, on=TODAY, by=admin, now=NOW))


def test_who_has_left_gets_no_post_no_absence_and_no_link_before_coming_back(admin, office):
    person = add(admin, office)
    team = person.posts.get().team
    verbs.leave(person, on=TODAY, by=admin, now=NOW)
    refused(
        "has_left",
        lambda: verbs.give_post(person, role=Role.AGENT, team=team, starts_on=TODAY, by=admin, now=NOW),
    )
    refused("has_left", lambda: verbs.note_sign_in_link(person, by=admin, now=NOW))
    refused(
        "has_left",
        lambda: verbs.note_absence(
            person, first_day=TODAY, last_day=TODAY, reason="leave", cover=None, by=admin, now=NOW
        ),
    )


def test_who_comes_back_has_a_new_post_and_may_sign_in(admin, office):
    person = add(admin, office)
    team = person.posts.get().team
    verbs.leave(person, on=TODAY, by=admin, now=NOW)
    back = {"role": Role.ADVISER, "team": team, "by": admin, "now": NOW}
    refused("back_before_leaving", lambda: verbs.come_back(person, on=TODAY, **back))
    verbs.come_back(person, on=TODAY + DAY, **back)
    person.refresh_from_db()
    assert (person.is_active, person.left_on) == (True, None)
    assert queries.held_on(TODAY + DAY).filter(person=person).count() == 1
    assert noted(Happened.PERSON_RETURNED) == 1


def test_an_administrator_of_elsewhere_changes_nobody_here(admin, office):
    person = add(admin, office)
    stranger = make.post(Role.ADMINISTRATOR, office=make.office())
    refused("person_of_elsewhere", lambda: verbs.leave(person, on=TODAY, by=stranger, now=NOW))
    refused("person_of_elsewhere", lambda: verbs.note_sign_in_link(person, by=stranger, now=NOW))


def away(person, by, *, first=TODAY, last=TODAY + DAY, cover=None):
    return verbs.note_absence(
        person, first_day=first, last_day=last, reason="leave", cover=cover, by=by, now=NOW
    )


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.ADVISER_MANAGER, Role.ADMINISTRATOR])
def test_managers_and_leaders_note_absences_of_their_own_office(role, office):
    person = make.post(Role.ADVISER, office=office).person
    absence = away(person, make.post(role, office=office))
    assert absence.noted_at == NOW
    assert noted(Happened.ABSENCE_NOTED) == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADVISER, Role.ASSESSOR, Role.POLICY_OWNER])
def test_others_note_no_absence(role, office):
    person = make.post(Role.ADVISER, office=office).person
    refused("not_a_manager", lambda: away(person, make.post(role, office=office)))


def test_a_manager_notes_no_absence_of_another_office(office):
    person = make.post(Role.ADVISER, office=office).person
    manager = make.post(Role.ADVISER_MANAGER, office=make.office(district=office.district))
    refused("person_of_elsewhere", lambda: away(person, manager))


def test_absences_of_a_person_do_not_overlap(admin, office):
    person = make.post(Role.ADVISER, office=office).person
    away(person, admin)
    refused("away_already", lambda: away(person, admin, first=TODAY + DAY, last=TODAY + 5 * DAY))
    away(person, admin, first=TODAY + 2 * DAY, last=TODAY + 5 * DAY)


def test_an_absence_does_not_end_before_it_starts(admin, office):
    person = make.post(Role.ADVISER, office=office).person
    refused("ends_before_start", lambda: away(person, admin, last=TODAY - DAY))


def test_cover_is_somebody_of_the_same_office_who_is_there(admin, office):
    person = make.post(Role.ADVISER, office=office).person
    colleague = make.post(Role.ADVISER, office=office).person
    elsewhere = make.post(Role.ADVISER, office=make.office(district=office.district)).person
    refused("covers_oneself", lambda: away(person, admin, cover=person))
    refused("cover_of_elsewhere", lambda: away(person, admin, cover=elsewhere))
    away(colleague, admin, first=TODAY + DAY, last=TODAY + DAY)
    refused("cover_away", lambda: away(person, admin, cover=colleague))


def test_an_absence_gets_another_last_day_or_never_was(admin, office):
    person = make.post(Role.ADVISER, office=office).person
    absence = away(person, admin, last=TODAY + 9 * DAY)
    verbs.end_absence(absence, last_day=TODAY, by=admin, now=NOW)
    absence.refresh_from_db()
    assert absence.last_day == TODAY
    verbs.end_absence(absence, last_day=None, by=admin, now=NOW)
    assert not Absence.objects.exists()
    assert (noted(Happened.ABSENCE_ENDED), noted(Happened.ABSENCE_CALLED_OFF)) == (1, 1)


def test_an_absence_is_not_lengthened_into_the_next_one(admin, office):
    person = make.post(Role.ADVISER, office=office).person
    absence = away(person, admin)
    away(person, admin, first=TODAY + 5 * DAY, last=TODAY + 6 * DAY)
    refused("away_already", lambda: verbs.end_absence(absence, last_day=TODAY + 5 * DAY, by=admin, now=NOW))


def test_administrators_see_the_people_of_their_district_and_managers_those_of_their_office(admin, office):
    here = make.post(Role.ADVISER, office=office).person
    near = make.post(Role.ADVISER, office=make.office(district=office.district)).person
    far = make.post(Role.ADVISER).person
    manager = make.post(Role.ADVISER_MANAGER, office=office)
    assert {here, near} <= set(queries.people_seen_by(admin))
    assert far not in queries.people_seen_by(admin)
    assert set(queries.people_seen_by(manager)) == {here, manager.person, admin.person}


def test_the_list_of_people_is_filtered_by_words_office_role_and_state(admin, office):
    anna = make.post(Role.ADVISER, office=office, person=make.person(name="Anna Bell")).person
    gone = make.post(
        Role.ADVISER, office=office, person=make.person(name="Ann Gone", is_active=False, left_on=TODAY)
    ).person
    away(anna, admin)
    near = make.office(district=office.district)
    bert = make.post(Role.AGENT, office=near, person=make.person(name="Bert Annis")).person

    def found(**wanted):
        return set(queries.people(admin, TODAY, **wanted))

    assert found() == {admin.person, anna, bert}
    assert found(text="ann") == {anna, bert}
    assert found(text="bell ann") == {anna}
    assert found(office=near.code) == {bert}
    assert found(role=Role.ADVISER) == {anna}
    assert found(state="away") == {anna}
    assert found(state="left") == {gone}
    assert found(state="all") == {admin.person, anna, bert, gone}


@pytest.mark.parametrize("many", [1, 25])
def test_the_list_of_people_takes_three_queries(many, admin, office, django_assert_num_queries):
    for _ in range(many):
        away(make.post(Role.ADVISER, office=office).person, admin)
    with django_assert_num_queries(3):
        people = list(queries.people(admin, TODAY))
        assert all(post.team.office for person in people for post in person.posts_now)
    assert len(people) == many + 1


def test_newcomers_are_found_by_their_reference_only_in_their_district(admin, office):
    person = add(admin, office)
    assert Person.objects.get(ref=person.ref) == person
    assert not queries.people_seen_by(make.post(Role.ADMINISTRATOR)).filter(ref=person.ref).exists()
    assert Post.objects.filter(person=person).count() == 1


def test_the_administrators_today_says_what_to_see_to(admin, office):
    leaver = make.post(Role.ADVISER, office=office, ends_on=TODAY + 5 * DAY)
    moves_on = make.post(Role.ADVISER, office=office, ends_on=TODAY + 5 * DAY)
    make.post(Role.AGENT, office=office, person=moves_on.person)
    forgotten = make.post(Role.ADVISER, office=office, ends_on=TODAY - DAY).person
    empty = make.team(TeamKind.MANAGERS, office=office)
    uncovered = away(make.post(Role.ADVISER, office=office).person, admin)
    seen = queries.admin_today(admin, TODAY)
    assert seen.leaving == (leaver,)
    assert seen.without_post == (forgotten,)
    assert seen.empty_teams == (empty,)
    assert seen.without_cover == (uncovered,)
    assert seen.away == 1
    assert seen.holidays_run_out
    assert not seen.quiet


def test_the_administrators_today_takes_the_same_queries_for_one_and_for_many(
    admin, office, django_assert_num_queries
):
    for many in (1, 20):
        for _ in range(many):
            away(make.post(Role.ADVISER, office=office, ends_on=TODAY + DAY).person, admin)
        with django_assert_num_queries(7):
            seen = queries.admin_today(admin, TODAY)
            assert [post.team.office.name for post in seen.leaving]


@pytest.mark.parametrize(
    ("last", "run_out"),
    [(date(2005, 12, 27), False), (date(2004, 12, 28), True)],
)
def test_holidays_run_out_when_they_do_not_reach_18_months_ahead(last, run_out):
    verbs.load_holidays({last: "Boxing Day"}, by=None, now=NOW)
    assert queries.holidays_run_out(TODAY) is run_out
