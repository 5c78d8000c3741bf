"""Two months of a small district through the real verbs, lived once for all the tests of this file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.db.models import F

from tests.properties.walking import LEFT_ALONE, empty
from waymark.cli.simulate import simulation
from waymark.demo.year import figures, run
from waymark.demo.year.day import Day
from waymark.demo.year.work import NOT_LIVED, WORK
from waymark.inbound.models import Message
from waymark.insight import integrity
from waymark.interviews.models import Appointment, Interview, Sitting
from waymark.kernel.clock import LONDON, at
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.organisations.rules import read_holidays
from waymark.programme.verbs import load_packs
from waymark.sanctions.models import Bundle, Sanction
from waymark.staffing.verbs import load_holidays
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import DayRun, Task

CUSTOMERS, DAYS, MORE = 90, 54, 6
START = date(2006, 1, 2)
PLAN = run.Plan(CUSTOMERS, DAYS, START, seed=2006)
LOST = """
    SELECT c.ref FROM customers_claim c WHERE c.status = 'live' AND NOT EXISTS (
        SELECT 1 FROM worklist_task t JOIN organisations_team m ON m.id = t.team_id
         WHERE t.claim_id = c.id AND t.closed_at IS NULL AND m.closed_on IS NULL)
"""


@dataclass
class Lived:
    """The run, and who was found lost at the end of which day."""

    run: run.Run
    more: run.Run = field(default_factory=run.Run)
    lost: dict[date, list[str]] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[Lived]:
    """Committed for real, as in life, and taken out again."""
    seen = Lived(run.Run())

    def look(day: Day, _so_far: run.Run) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LOST)
            seen.lost[day.on] = [row[0] for row in cursor.fetchall()]
        seen.days.append(day.on)

    with django_db_blocker.unblock():
        empty()
        load_packs(settings.PROGRAMMES, now=at(START, run.EARLY))
        load_holidays(
            read_holidays("day,name\n2006-01-02,New Year's Day (substitute day)\n").days,
            by=None,
            now=at(START, run.EARLY),
        )
        try:
            seen.run = run.simulate(PLAN, on_day=look)
            seen.more = run.go_on(PLAN, days=MORE, on_day=look)
            yield seen
        finally:
            empty(LEFT_ALONE)


@pytest.fixture
def reading(lived, django_db_blocker) -> Iterator[Lived]:
    with django_db_blocker.unblock():
        yield lived


def test_there_is_somebody_to_do_every_kind_of_task():
    assert set(WORK) | NOT_LIVED == set(TaskKind)
    assert not set(WORK) & NOT_LIVED


def test_no_verb_fails(reading):
    """Refused in words is an answer; anything else is an error of ours."""
    assert dict(reading.run.tally.failed) == {}
    assert dict(reading.more.tally.failed) == {}


def test_every_rule_holds_at_the_end(reading):
    assert [(f.rule.sentence, f.named) for f in integrity.check(replays=50) if f.count] == []


def test_nobody_is_lost_on_any_evening(reading):
    assert {day: lost for day, lost in reading.lost.items() if lost} == {}
    assert len(reading.lost) == reading.run.days + reading.more.days


def test_only_working_days_are_lived(reading):
    assert START not in reading.days
    assert all(day.weekday() < 5 for day in reading.days)
    assert DayRun.objects.exclude(finished_at=None).count() >= len(reading.days)


def test_everybody_has_come_in_by_the_last_day(reading):
    assert figures.of_the_district(reading.days[-1])["customers"]["customers"] >= CUSTOMERS - 2


def test_figures_add_up(reading):
    """What is counted by heading is what is there, none twice."""
    found = figures.of_the_district(reading.days[-1])
    assert found["appointments"]["took_place"] == sum(found["sittings"].values())
    assert found["customers"]["live"] + found["customers"].get("ended", 0) == sum(
        found["customers"].get(slug, 0)
        for slug in ("pathways-2003", "pathways-existing-2005", "jobcentre-plus-2002")
    )
    messages = found["messages"]
    assert messages["came"] == messages["answered in time"] + messages["answered late"] + messages["waiting"]
    assert found["letters"]["sent"] == reading.run.letters.sent + reading.more.letters.sent
    assert sum(found["interviews"].values()) == Interview.objects.count()


def test_no_letter_of_an_appointment_comes_after_it(reading):
    told_late = Notice.objects.filter(kind__startswith="reminder", sent_at__gt=F("not_after"))
    assert not told_late.exists()


def test_nobody_is_marked_as_missing_while_a_message_waits(reading):
    waiting = Message.objects.filter(answered_at=None).values("claim")
    assert not Task.objects.filter(kind="hear_reason", closed_at=None, claim__in=waiting).exists()


def test_no_reduction_without_a_bundle_that_passed_every_gate(reading):
    for sanction in Sanction.objects.select_related("ruling__bundle"):
        assert all(gate["passed"] for gate in sanction.ruling.bundle.content["gates"])
        if sanction.in_effect_at is not None:
            assert sanction.notice.sent_at < sanction.in_effect_at
            assert sanction.in_effect_at.astimezone(LONDON).date() >= sanction.starts_on
    for bundle in Bundle.objects.select_related("breach__interview"):
        assert bundle.breach.interview.mandatory


def test_every_kind_of_day_was_lived(reading):
    """Held, missed and moved at least, so that the rest is no emptiness that holds by itself."""
    states = set(Appointment.objects.values_list("state", flat=True))
    assert {"took_place", "missed", "moved", "booked"} <= states
    assert Sitting.objects.filter(state="settled", outcome="held").exists()
    assert not Sitting.objects.filter(state="open").exists()


def test_it_goes_on_where_the_database_stands(reading):
    """No day twice, none left out, and new claims go on coming as they came."""
    assert reading.more.days >= MORE // 2
    assert reading.days == sorted(set(reading.days))
    assert reading.days[-1] > reading.days[reading.run.days - 1]
    assert reading.more.tally.calls["open_claim"] > 0


def test_it_begins_only_in_an_empty_database(reading):
    with pytest.raises(Refused, match="customers or districts"):
        run.simulate(PLAN)


@pytest.mark.django_db
def test_the_command_says_why_it_cannot_go_on():
    said = CliRunner().invoke(simulation, ["--more-days", "2"])
    assert said.exit_code == 2
    assert "no simulation" in said.output
