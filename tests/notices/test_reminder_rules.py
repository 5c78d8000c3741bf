"""Which reminder is due on a day, and that every pack's ladder can be read and stands in letters there are."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import pack_of
from waymark.notices.enums import Channel, NoticeKind
from waymark.notices.rules import due_steps, parse_letter, steps_of

DAY = date(2004, 5, 20)
WEEK, EVE = steps_of(
    [
        {"code": "week", "days_before": 7, "channels": ["text", "post"], "source": "local"},
        {"code": "eve", "days_before": "timings.eve", "channels": ["text"], "source": "local"},
    ],
    {"timings.eve": 1},
)


def due(on: date, *already: str, booked: date = date(2004, 4, 20)):
    found = due_steps(DAY, on, booked, [WEEK, EVE], already)
    return found.send and found.send.code, [step.code for step in found.overtaken]


@pytest.mark.parametrize(
    ("on", "already", "said"),
    [
        (date(2004, 5, 12), [], (None, [])),
        (date(2004, 5, 13), [], ("week", [])),
        (date(2004, 5, 13), ["week"], (None, [])),
        (date(2004, 5, 16), [], ("week", [])),
        (date(2004, 5, 19), ["week"], ("eve", [])),
        (date(2004, 5, 19), [], ("eve", ["week"])),
        (date(2004, 5, 20), [], (None, [])),
        (date(2004, 5, 21), [], (None, [])),
    ],
)
def test_a_step_is_due_from_its_day_on_and_never_on_the_day_itself_or_later(on, already, said):
    assert due(on, *already) == said


def test_who_has_just_been_told_the_day_is_not_reminded_of_it():
    assert due(date(2004, 5, 14), booked=date(2004, 5, 13)) == (None, [])
    assert due(date(2004, 5, 19), booked=date(2004, 5, 13)) == ("eve", [])


def test_a_step_may_be_on_the_day_itself():
    [same] = steps_of([{"code": "same", "days_before": 0, "source": "local"}])
    assert due_steps(DAY, DAY, date(2004, 4, 20), [same], ()).send == same


def test_a_step_is_for_its_kind_and_for_what_is_compulsory_or_not():
    [step] = steps_of(
        [{"code": "x", "kind": "home_visit", "mandatory": True, "days_before": 1, "source": "local"}]
    )
    assert step.is_for("home_visit", True)
    assert not step.is_for("home_visit", False) and not step.is_for("adviser_later", True)
    assert WEEK.is_for("anything", True) and WEEK.is_for("anything", False)


@given(st.lists(st.integers(0, 60), max_size=60), st.integers(1, 60))
def test_whatever_days_are_run_each_step_is_dealt_with_at_most_once_and_none_after_the_day(days, ahead):
    booked, dealt, sent_on = DAY - timedelta(days=ahead), [], []
    for day in sorted(days):
        on = booked + timedelta(days=day)
        found = due_steps(DAY, on, booked, [WEEK, EVE], dealt)
        dealt += [step.code for step in (*found.overtaken, *([found.send] if found.send else []))]
        sent_on += [on] if found.send else []
    assert len(dealt) == len(set(dealt))
    assert all(on < DAY for on in sent_on) and len(sent_on) == len(set(sent_on))


@pytest.mark.parametrize("slug", [p.name for p in sorted(settings.PROGRAMMES.iterdir()) if p.is_dir()])
def test_every_step_of_a_pack_is_sourced_and_stands_in_letters_and_ways_there_are(slug):
    pack = pack_of(slug)
    kinds = {"*", *pack.titles("appointment_kinds")}
    named = {row["days_before"] for row in pack.reminders if isinstance(row["days_before"], str)}
    steps = steps_of(pack.reminders, {key: int(pack.settings[key][0].value) for key in named})
    assert steps and len({step.code for step in steps}) == len(steps)
    for step in steps:
        assert step.kind in kinds and step.source and set(step.channels) <= set(Channel.values)
        assert NoticeKind(step.notice) and parse_letter(pack.letter(step.notice)).short
