"""The home page of each role: what is late, due, waiting, and the one button that does the next thing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.today.seeing import sign_in
from waymark.customers.models import SafeContact, Stop
from waymark.interviews import verbs as interviews
from waymark.interviews.models import Appointment, DiaryEntry, Interview
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import DayRun, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def page(client):
    """Sign somebody in and read their Today."""

    def read(post) -> str:
        sign_in(client, post)
        response = client.get(reverse("today"))
        assert response.status_code == 200
        return response.content.decode()

    return read


def calls(place, count, due_on, **fields) -> list[Task]:
    claims = [make.claim(office=place.office, task=None) for _ in range(count)]
    return [make.open_task(claim, team=place.agent.team, due_on=due_on, **fields) for claim in claims]


def test_an_agent_meets_late_work_first_then_what_is_due(place, page, today):
    late = calls(place, 1, today - timedelta(days=1))[0]
    due = calls(place, 1, today)[0]
    later = calls(place, 1, today + timedelta(days=1))[0]
    text = page(place.agent)
    assert text.index(late.claim.customer.name) < text.index(due.claim.customer.name)
    assert later.claim.customer.name not in text
    assert "1 day late" in text


def test_what_a_colleague_has_taken_is_not_shown(place, page, today):
    taken = calls(place, 1, today, person=make.post(Role.AGENT, office=place.centre).person)[0]
    assert taken.claim.customer.name not in page(place.agent)


def test_a_time_that_was_asked_for_and_has_passed_is_late(place, page, today):
    now = timezone.now()
    window = {"window_from": now - timedelta(hours=2), "window_until": now - timedelta(hours=1)}
    calls(place, 1, today, kind=TaskKind.CALL_BACK, **window)
    text = page(place.agent)
    assert 'id="late"' in text
    assert "The customer asked for this time." in text


def test_the_first_ten_rows_are_shown_and_the_rest_can_be_opened(place, page, today):
    calls(place, 52, today)
    text = page(place.agent)
    assert "See all 52" in text
    assert "These are the first 10." in text
    assert text.count("govuk-table__row") == 11


def test_nothing_due_says_what_comes_tomorrow(place, page, today):
    calls(place, 2, today + timedelta(days=1))
    text = page(place.agent)
    assert "Nothing is due today" in text
    assert "Tomorrow: 2." in text


def test_a_missed_daily_run_is_said(place, page, today):
    DayRun.objects.create(on=today - timedelta(days=3), started_at=make.NOW, finished_at=make.NOW)
    assert "The daily run has not finished" in page(place.agent)


def test_a_finished_daily_run_says_nothing(place, page, today):
    DayRun.objects.create(on=today, started_at=make.NOW, finished_at=make.NOW)
    assert "The daily run has not finished" not in page(place.agent)


def test_what_must_be_minded_stands_in_the_row(place, page, today):
    task = calls(place, 1, today)[0]
    SafeContact.objects.create(customer=task.claim.customer, may_leave_message=False)
    Stop.objects.create(
        customer=task.claim.customer, reason="other", set_by=place.agent, set_at=make.NOW, look_again_on=today
    )
    text = page(place.agent)
    assert "contact is stopped" in text
    assert "do not leave a message" in text


def test_names_are_escaped(place, page, today):
    claim = make.claim(
        office=place.office, task=None, customer=make.customer(given_names="<script>alert(1)</script>")
    )
    make.open_task(claim, team=place.agent.team, due_on=today, words="<b>bold</b>")
    text = page(place.agent)
    assert "<script>alert" not in text
    assert "<b>bold" not in text


def test_a_question_to_a_leader_waits_with_the_agent_and_comes_to_the_leader(place, page, today):
    interview = place.claim(now=timezone.now())
    talk = interviews.start_conversation(interview, direction="out", by=place.agent, now=timezone.now())
    interviews.consult(talk, "May I waive this?", by=place.agent, now=timezone.now())
    assert "May I waive this?" in page(place.agent)
    text = page(place.leader)
    assert "Questions from colleagues" in text
    assert "May I waive this?" in text


def test_a_leader_sees_the_late_work_of_the_office(place, page, today):
    late = calls(place, 1, today - timedelta(days=4), person=place.agent.person, escalation=1)[0]
    text = page(place.leader)
    assert f"Late work of {place.centre.name}" in text
    assert late.claim.customer.name in text
    assert "Raised to the leader" in text


def appointment(place, today) -> Appointment:
    interview = Interview.objects.create(
        ref=new_ref("V"),
        claim=make.claim(office=place.office, task=TaskKind.HOLD_INTERVIEW),
        number=1,
        due_by=today,
        state="booked",
    )
    start = at(today, timezone.datetime(2004, 1, 1, 11).time())
    made = Appointment.objects.create(
        ref=new_ref("A"),
        interview=interview,
        kind="adviser_interview",
        mode="office",
        office=place.office,
        starts_at=start,
        ends_at=start + timedelta(minutes=45),
        adviser=place.adviser.person,
        state="booked",
        made_at=make.NOW,
    )
    DiaryEntry.objects.create(
        person=place.adviser.person, appointment=made, during=(made.starts_at, made.ends_at)
    )
    return made


def test_an_adviser_sees_the_days_appointments_with_what_must_be_known(place, page, today):
    made = appointment(place, today)
    customer = made.interview.claim.customer
    customer.notes.create(
        ref=new_ref("N"),
        kind="do_not_ask",
        text="the accident",
        written_by=place.adviser,
        written_at=make.NOW,
    )
    text = page(place.adviser)
    assert "11:00–11:45" in text
    assert customer.name in text
    assert "do not ask again: the accident" in text


def test_an_interview_of_today_stands_among_the_appointments_and_not_again_below(place, page, today):
    made = appointment(place, today)
    task = made.interview.claim.tasks.get()
    task.team, task.person, task.due_on = place.adviser.team, place.adviser.person, today
    task.window_from, task.window_until = made.starts_at, made.starts_at + timedelta(minutes=1)
    task.save()
    text = page(place.adviser)
    assert text.count(f">{made.interview.claim.customer.name}</a>") == 1
    task.due_on = today - timedelta(days=1)
    task.save()
    assert "Hold the interview" in page(place.adviser)


def test_an_adviser_sees_recontacts_and_promises_apart(place, page, today):
    claim = make.claim(office=place.office, task=None)
    make.open_task(claim, kind=TaskKind.RECONTACT, team=place.adviser.team, due_on=today)
    make.open_task(
        claim,
        kind=TaskKind.PROMISE,
        team=place.adviser.team,
        person=place.adviser.person,
        due_on=today,
        words="A leaflet",
    )
    text = page(place.adviser)
    assert "Re-contacts due" in text
    assert "Next steps and promises due" in text
    assert "A leaflet" in text


def test_a_manager_sees_raised_and_untaken_work_absences_and_diaries(place, page, today):
    claim = make.claim(office=place.office, task=None)
    make.open_task(claim, team=place.adviser.team, due_on=today - timedelta(days=9), escalation=2)
    Absence.objects.create(person=place.adviser.person, first_day=today, last_day=today, reason="ill")
    text = page(place.manager)
    for words in ("Raised to you", "nobody has taken it", "Away today", "nobody yet", "Diaries this week"):
        assert words in text


def test_an_administrator_sees_no_customer(place, page, today):
    late = calls(place, 1, today - timedelta(days=1))[0]
    text = page(place.administrator)
    assert late.claim.customer.name not in text
    assert "Programmes" in text


def test_a_policy_owner_sees_the_packs_with_their_versions(place, page):
    text = page(make.post(Role.POLICY_OWNER, office=place.centre))
    assert "Jobcentre Plus interviews, 2002" in text
    assert "No place differs from its programme." in text


def test_an_assessor_sees_own_appointments(place, page):
    assert "No appointments today" in page(place.assessor)


# Six of each are the frame: session, person, posts, and the transaction that cannot write.
QUERIES = {"agent": 15, "leader": 14, "adviser": 16, "manager": 16}


@pytest.mark.parametrize("role", list(QUERIES))
@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(place, client, today, django_assert_num_queries, role, rows):
    post = getattr(place, role)
    for _ in range(rows):
        claim = make.claim(office=place.office, task=None)
        make.open_task(claim, team=post.team, due_on=today - timedelta(days=1), escalation=2)
        make.open_task(claim, team=post.team, due_on=today)
    sign_in(client, post)
    client.get(reverse("today"))
    with django_assert_num_queries(QUERIES[role]):
        client.get(reverse("today"))
