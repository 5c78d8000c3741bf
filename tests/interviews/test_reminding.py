"""Reminders of appointments through the real days: sent once, safely, and never too late (M:L1668-1669, M:L1711-1715)."""

from datetime import timedelta

import pytest

from tests import factories
from tests.recontact.makers import slot
from waymark.customers.models import SafeContact, Stop
from waymark.daily import run_day, run_days
from waymark.interviews import verbs
from waymark.interviews.models import Appointment, Reminder
from waymark.interviews.reminding import pause_of, pause_reminders, reminders_of, resume_reminders, run
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.programme.models import LocalSetting
from waymark.record.models import Event

pytestmark = pytest.mark.django_db
AHEAD = 20


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.PRINT_QUEUE, settings.TEXT_QUEUE, settings.TEXT_GATEWAY = tmp_path / "p", tmp_path / "t", ""


def booked(place, now, *, days=AHEAD, texts=True, **customer) -> Appointment:
    """An interview booked `days` ahead with somebody who has agreed to texts."""
    who = factories.customer(**{"telephone": "+447700900123", "added_by": place.agent, **customer})
    if texts:
        SafeContact.objects.create(customer=who, may_text=True)
    interview = place.claim(customer=who, now=now)
    return verbs.book_interview(interview, slot(place, now, days=days), by=place.agent, now=now)


def on(moment, day):
    return moment(day=day).date()


def reminders() -> list[Notice]:
    return list(Notice.objects.filter(kind="reminder").order_by("id"))


def steps(appointment) -> list[tuple[str, bool]]:
    return [(r.step, r.notice is not None) for r in reminders_of(appointment)]


def test_a_week_before_and_the_day_before_each_once_however_often_the_day_is_run(place, moment):
    appointment = booked(place, moment())
    for day in range(1, AHEAD + 2):
        for _twice in range(2):
            run(on(moment, day), moment(day=day, hour=7))
    assert steps(appointment) == [("first_week_before", True), ("first_day_before", True)]
    days = [(appointment.starts_at.date() - n.queued_at.date()).days for n in reminders()]
    assert days == [7, 1] and {n.channel for n in reminders()} == {"text"}


def test_a_reminder_says_day_time_and_the_number_to_ring(place, moment):
    appointment = booked(place, moment())
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    said = reminders()[0].content["short"]
    assert f"{appointment.starts_at:%A}" in said and place.office.telephone in said


def test_what_was_missed_while_nothing_ran_is_caught_up_with_one_reminder(place, moment):
    appointment = booked(place, moment())
    run_days(on(moment, 1), now=moment(day=1))
    run_days(on(moment, AHEAD - 1), now=moment(day=AHEAD - 1))
    assert len(reminders()) == 1
    assert sorted(steps(appointment)) == [("first_day_before", True), ("first_week_before", False)]


def test_days_caught_up_after_the_appointment_remind_of_nothing(place, moment):
    booked(place, moment())
    run_days(on(moment, 1), now=moment(day=1))
    run_days(on(moment, AHEAD + 3), now=moment(day=AHEAD + 3))
    assert reminders() == []


def test_where_texts_were_not_agreed_the_next_safe_way_is_taken(place, moment):
    booked(place, moment(), texts=False, email="joan@waymark.example")
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    assert [n.channel for n in reminders()] == ["email"]


def test_where_no_way_of_a_step_is_safe_it_is_kept_why_there_is_none(place, moment):
    appointment = booked(place, moment(), texts=False)
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    run(on(moment, AHEAD - 1), moment(day=AHEAD - 1))
    assert [n.channel for n in reminders()] == ["post"]
    kept = Reminder.objects.get(appointment=appointment, step="first_day_before")
    assert kept.notice is None and "no safe number" in kept.skipped_because


def test_nothing_goes_while_contact_is_stopped_and_it_goes_when_the_stop_is_lifted(place, moment):
    appointment = booked(place, moment())
    stop = Stop.objects.create(
        customer=appointment.interview.claim.customer,
        reason="bereavement",
        set_by=place.agent,
        set_at=moment(),
        look_again_on=on(moment, 30),
    )
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    assert reminders() == [] and steps(appointment) == []
    Stop.objects.filter(pk=stop.pk).update(lifted_at=moment(day=AHEAD - 6), lifted_by=place.agent)
    run(on(moment, AHEAD - 5), moment(day=AHEAD - 5))
    assert steps(appointment) == [("first_week_before", True)]


def test_an_office_can_choose_the_day_of_the_last_reminder_for_itself(place, moment):
    appointment = booked(place, moment())
    LocalSetting.objects.create(
        slug="jobcentre-plus-2002",
        key="timings.reminder_days_before",
        value=3,
        office_code=place.office.code,
        valid_from=on(moment, 0),
        because="Buses must be booked two days before.",
        set_by="test",
        set_at=moment(),
    )
    for day in (AHEAD - 7, AHEAD - 3, AHEAD - 1):
        run(on(moment, day), moment(day=day))
    days = [(appointment.starts_at.date() - n.queued_at.date()).days for n in reminders()]
    assert days == [7, 3]


def test_a_pause_spares_the_customer_and_ends_by_itself(place, moment):
    appointment = booked(place, moment())
    claim = appointment.interview.claim
    pause_reminders(claim, until=on(moment, AHEAD - 5), why="They worry her.", by=place.adviser, now=moment())
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    assert reminders() == []
    run(on(moment, AHEAD - 4), moment(day=AHEAD - 4))
    assert steps(appointment) == [("first_week_before", True)]


def test_a_pause_takes_back_what_has_not_gone_and_says_so_once(place, moment):
    appointment = booked(place, moment())
    claim = appointment.interview.claim
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    before = Event.objects.filter(kind="reminders_paused").count()
    pause_reminders(
        claim, until=on(moment, AHEAD), why="They worry her.", by=place.adviser, now=moment(day=AHEAD - 7)
    )
    assert [n.state for n in reminders()] == ["withdrawn"]
    event = Event.objects.get(kind="reminders_paused")
    assert before == 0 and (event.why, event.details["withdrawn"]) == ("They worry her.", 1)


def test_reminders_are_resumed_and_go_again(place, moment):
    appointment = booked(place, moment())
    claim = appointment.interview.claim
    pause_reminders(claim, until=on(moment, AHEAD), why="They worry her.", by=place.adviser, now=moment())
    resume_reminders(claim, by=place.adviser, now=moment(day=1))
    assert pause_of(claim, on(moment, 1)) is None
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    assert len(reminders()) == 1 and Event.objects.filter(kind="reminders_resumed").count() == 1


@pytest.mark.parametrize(
    ("days", "why", "who", "code"),
    [
        (0, "They worry her.", "adviser", "pause_past"),
        (5, "  ", "adviser", "no_reason"),
        (5, "They worry her.", "elsewhere", "claim_of_elsewhere"),
    ],
)
def test_a_pause_needs_a_day_to_come_a_reason_and_somebody_who_works_on_the_claim(
    place, moment, days, why, who, code
):
    claim = booked(place, moment()).interview.claim
    with pytest.raises(Refused) as refusal:
        pause_reminders(claim, until=on(moment, days), why=why, by=getattr(place, who), now=moment())
    assert refusal.value.code == code and (refusal.value.cure or code == "claim_of_elsewhere")


def test_a_pause_is_not_made_twice_nor_ended_where_there_is_none(place, moment):
    claim = booked(place, moment()).interview.claim
    with pytest.raises(Refused) as refusal:
        resume_reminders(claim, by=place.adviser, now=moment())
    assert refusal.value.code == "not_paused"
    pause_reminders(claim, until=on(moment, 5), why="They worry her.", by=place.adviser, now=moment())
    with pytest.raises(Refused) as refusal:
        pause_reminders(claim, until=on(moment, 9), why="Still.", by=place.adviser, now=moment())
    assert refusal.value.code == "paused_already"
    later = pause_reminders(claim, until=on(moment, 9), why="Again.", by=place.adviser, now=moment(day=6))
    assert pause_of(claim, on(moment, 7)) == later


def test_a_reminder_that_has_not_gone_is_taken_back_when_the_day_is_changed(place, moment):
    appointment = booked(place, moment())
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7, hour=1))
    now = moment(day=AHEAD - 7, hour=8)
    verbs.move_interview(
        appointment,
        slot(place, now, days=12),
        caused_by="customer",
        reason="customer_asked_to_move",
        by=place.agent,
        now=now,
    )
    assert [n.state for n in reminders()] == ["withdrawn"]


def test_a_reminder_held_until_after_the_appointment_does_not_go(place, moment):
    booked(place, moment())
    run(on(moment, AHEAD - 7), moment(day=AHEAD - 7))
    Notice.objects.exclude(kind="reminder").update(state="withdrawn")
    assert deliver_due(moment(day=AHEAD + 1)).late == 1
    assert [n.state for n in reminders()] == ["withdrawn"]


def test_the_daily_run_counts_its_reminders(place, moment):
    booked(place, moment())
    assert run_day(on(moment, AHEAD - 7), now=moment(day=AHEAD - 7)).figures["reminders"] == 1


def test_a_waiting_caseload_costs_a_few_statements_and_not_some_for_each(
    place, moment, django_assert_max_num_queries
):
    for _ in range(3):
        booked(place, moment() + timedelta(minutes=1), days=AHEAD)
    with django_assert_max_num_queries(8):
        run(on(moment, 2), moment(day=2))
