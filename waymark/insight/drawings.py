"""Drawings made from the code itself, so that they cannot be out of date: `docs/lifecycles.md`."""

from collections.abc import Iterator
from enum import StrEnum

from django.utils import translation

from waymark.actionplans.enums import GOAL_LIFE, STEP_LIFE
from waymark.awards.enums import AWARD_LIFE
from waymark.casework.enums import TRANSFER_LIFE
from waymark.customers.enums import CLAIM_LIFE
from waymark.employment.enums import APPEAL_LIFE, IN_WORK_CALL_LIFE, JOB_LIFE, TRANSITION_LIFE
from waymark.interviews.enums import (
    APPOINTMENT_LIFE,
    CALL_LIFE,
    CHECK_LIFE,
    DECISION_LIFE,
    INTERVIEW_LIFE,
    SITTING_LIFE,
)
from waymark.kernel.lifecycle import Lifecycle
from waymark.notices.enums import NOTICE_LIFE
from waymark.referrals.enums import REFERRAL_LIFE
from waymark.sanctions.enums import BREACH_LIFE, SANCTION_LIFE

LIFECYCLES = (
    CLAIM_LIFE,
    INTERVIEW_LIFE,
    APPOINTMENT_LIFE,
    CALL_LIFE,
    DECISION_LIFE,
    CHECK_LIFE,
    SITTING_LIFE,
    NOTICE_LIFE,
    TRANSFER_LIFE,
    REFERRAL_LIFE,
    BREACH_LIFE,
    SANCTION_LIFE,
    GOAL_LIFE,
    STEP_LIFE,
    JOB_LIFE,
    IN_WORK_CALL_LIFE,
    TRANSITION_LIFE,
    APPEAL_LIFE,
    AWARD_LIFE,
)
INTRODUCTION = """# Lifecycles

Which state may follow which. Each drawing is made from the one dict in the code that allows the moves, and a
test walks all pairs of states. This page is written by `waymark drawings`; what is changed here by hand is lost.
"""


def lifecycles_page() -> str:
    """The whole page as Markdown with a Mermaid drawing and a list of moves for every noun; in English."""
    with translation.override("en"):
        return "\n".join([INTRODUCTION, *(part for life in LIFECYCLES for part in _section(life))]) + "\n"


def _section(life: Lifecycle) -> Iterator[str]:
    yield f"## {life.noun.capitalize()}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f'    state "{_label(state)}" as {state.value}' for state in life.moves)
    yield from (f"    {arrow}" for arrow in _arrows(life))
    yield "```\n"
    yield from (f"- **{_label(state)}**: {_ways(life, state)}" for state in life.moves)
    yield ""


def _arrows(life: Lifecycle) -> Iterator[str]:
    yield f"[*] --> {next(iter(life.moves)).value}"
    for state in life.moves:
        targets = _targets(life, state)
        yield from (f"{state.value} --> {target.value}" for target in targets)
        if not targets:
            yield f"{state.value} --> [*]"


def _ways(life: Lifecycle, state: StrEnum) -> str:
    targets = _targets(life, state)
    return f"can become {', '.join(_label(t) for t in targets)}." if targets else "is the end."


def _targets(life: Lifecycle, state: StrEnum) -> list[StrEnum]:
    """What follows a state, in the order of the dict: a set has none."""
    return [target for target in life.moves if target in life.moves[state]]


def _label(state: StrEnum) -> str:
    return str(getattr(state, "label", state.value))
