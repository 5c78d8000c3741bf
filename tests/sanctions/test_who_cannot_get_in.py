"""Voluntary customers, voluntary interviews and everything of the help side have no way in: by verb, by row, by import."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.sanctions import making
from tests.sanctions.making import moment
from waymark.inbound.enums import About
from waymark.interviews.models import Appointment, Interview, Requirement, Sitting
from waymark.interviews.series.verbs import settle_requirement
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.sanctions import verbs
from waymark.sanctions.enums import BreachKind
from waymark.sanctions.models import Breach

MAY_KNOW = {"web", "cli", "insight", "daily", "demo", "sanctions"}


def open_case(appointment, place, kind=BreachKind.NOT_ATTENDING, **more):
    return verbs.open_breach(appointment, kind, by=place.adviser, now=moment(10), **more)


def a_row(appointment, place, kind="not_attending"):
    """A row that goes round the verb."""
    return Breach.objects.create(
        ref=new_ref("F"),
        interview=appointment.interview,
        appointment=appointment,
        kind=kind,
        why="" if kind == "not_attending" else "He would not talk.",
        pack=Requirement.objects.first().pack,
        opened_on=making.day(10),
        opened_at=moment(10),
        opened_by=place.adviser,
        miss_number=1,
        reply_by=making.day(17),
        attempts_needed=0,
        ways_needed=0,
        questions_needed=[],
    )


def voluntary(interview: Interview) -> Appointment:
    """The same interview as one by choice: whether it is compulsory is settled when it is made."""
    claim = interview.claim
    interview.claim.interviews.filter(pk=interview.pk).update(state="closed")
    by_choice = Interview.objects.create(
        ref=new_ref("V"), claim=claim, number=2, mandatory=False, due_by=making.day(9), state="due"
    )
    old = interview.appointments.get()
    old.pk, old.ref, old.interview, old.moved_from = None, new_ref("A"), by_choice, None
    old.save(force_insert=True)
    return old


@pytest.mark.django_db
def test_a_voluntary_interview_has_no_case(place):
    appointment = voluntary(making.missed_one(place).interview)
    with pytest.raises(Refused, match="A voluntary interview has no consequences"):
        open_case(appointment, place)
    with (
        pytest.raises(IntegrityError, match="A voluntary interview has no consequences"),
        transaction.atomic(),
    ):
        a_row(appointment, place)


@pytest.mark.django_db
def test_a_customer_for_whom_interviews_are_a_choice_has_no_case(place):
    appointment = making.missed_one(place)
    claim = appointment.interview.claim
    settle_requirement(claim, because="own_choice", words="By choice.", by=place.adviser, now=moment(9, 17))
    appointment = Appointment.objects.get(pk=appointment.pk)
    with pytest.raises(Refused, match="interviews are a choice"):
        open_case(appointment, place)
    with pytest.raises(IntegrityError, match="interviews are a choice"), transaction.atomic():
        a_row(appointment, place)


@pytest.mark.django_db
def test_an_interview_never_becomes_compulsory_afterwards(place):
    appointment = voluntary(making.missed_one(place).interview)
    with pytest.raises(Exception, match="compulsory_never_changes|Cannot update"), transaction.atomic():
        Interview.objects.filter(pk=appointment.interview_id).update(mandatory=True)


@pytest.mark.django_db
def test_who_asked_for_another_time_beforehand_has_failed_in_nothing(place):
    appointment = making.booked(place)
    message = making.message(appointment.interview.claim, About.MOVE, now=moment(8))
    type(message).objects.filter(pk=message.pk).update(
        read_at=moment(8, 11),
        read_by=place.adviser,
        answered_at=moment(8, 11),
        answered_by=place.adviser,
        answer="We could not find another time.",
        told_by="call",
    )
    Appointment.objects.filter(pk=appointment.pk).update(state="missed")
    appointment = Appointment.objects.get(pk=appointment.pk)
    with pytest.raises(Refused, match="that is no failure to come"):
        open_case(appointment, place)
    with pytest.raises(IntegrityError, match="asked for another time beforehand"), transaction.atomic():
        a_row(appointment, place)


@pytest.mark.django_db
def test_while_a_message_waits_for_its_answer_no_case_is_opened(place):
    appointment = making.missed_one(place)
    making.message(appointment.interview.claim, now=moment(9, 15))
    with pytest.raises(Refused, match="nobody has answered yet"):
        open_case(appointment, place)
    with pytest.raises(IntegrityError, match="nobody has answered yet"), transaction.atomic():
        a_row(appointment, place)


@pytest.mark.django_db
def test_an_appointment_that_nobody_missed_has_no_case(place):
    appointment = making.booked(place)
    with pytest.raises(Refused, match="nobody has missed it"):
        open_case(appointment, place)
    with pytest.raises(IntegrityError, match="This appointment was not missed"), transaction.atomic():
        a_row(appointment, place)


def came(place, outcome: str) -> Appointment:
    appointment = making.booked(place)
    Appointment.objects.filter(pk=appointment.pk).update(state="took_place")
    Sitting.objects.create(
        ref=new_ref("W"),
        appointment=appointment,
        adviser=place.adviser,
        opened_at=moment(9),
        state="settled",
        outcome=outcome,
        outcome_why="" if outcome == "held" else "Not well.",
        counts=outcome == "held",
        counts_because="It was held.",
        next="rebook",
        settled_at=moment(9, 11),
        settled_by=place.adviser,
    )
    return Appointment.objects.get(pk=appointment.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["unable_today", "stopped"])
def test_who_was_not_able_to_take_part_has_failed_in_nothing(place, outcome):
    with pytest.raises(Refused, match="not able to take part"):
        open_case(came(place, outcome), place, BreachKind.NOT_TAKING_PART, why="He said nothing.")


@pytest.mark.django_db
def test_not_taking_part_is_a_case_of_its_own_with_the_advisers_words(place):
    appointment = came(place, "held")
    with pytest.raises(Refused, match="described before anything follows"):
        open_case(appointment, place, BreachKind.NOT_TAKING_PART)
    breach = open_case(appointment, place, BreachKind.NOT_TAKING_PART, why="He read his paper all the time.")
    assert (breach.kind, breach.why) == ("not_taking_part", "He read his paper all the time.")


@pytest.mark.django_db
def test_a_second_case_waits_until_the_first_is_settled(place):
    breach = making.opened(place)
    with pytest.raises(Refused, match="There is a case about this appointment already"):
        open_case(breach.appointment, place)


def test_nothing_but_screens_commands_figures_days_and_the_demonstration_imports_sanctions():
    """Promise 4 as a rule of imports: a part that comes later, for help, cannot start a case either."""
    root = Path(settings.ROOT) / "waymark"
    offenders = []
    for path in root.rglob("*.py"):
        part = path.relative_to(root).parts[0].removesuffix(".py")
        if part in MAY_KNOW:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        ]
        if any(name.startswith("waymark.sanctions") for name in named):
            offenders.append(str(path))
    assert offenders == []


def test_sanctions_know_nothing_of_help():
    helping = ("referrals", "actionplans", "awards", "contracts", "employment", "directory")
    for path in (Path(settings.ROOT) / "waymark" / "sanctions").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"waymark.{part}" in text for part in helping), path
