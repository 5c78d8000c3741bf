"""When a reminder of an appointment is due, by the steps of a programme pack."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from waymark.notices.rules.letters import BY_POST_OR_MAIL


@dataclass(frozen=True)
class ReminderStep:
    """One step of the ladder. kind: an appointment kind of the pack, or `*`; mandatory: None is for both.

    days_before: before the day of the appointment; channels: the ways to try, in order; notice: which letter.
    """

    code: str
    kind: str
    mandatory: bool | None
    days_before: int
    channels: tuple[str, ...]
    notice: str
    source: str

    def is_for(self, kind: str, mandatory: bool) -> bool:
        return self.kind in {"*", kind} and self.mandatory in {None, mandatory}


@dataclass(frozen=True)
class Due:
    """What is to be done today: `send` one reminder, or none; `overtaken` are earlier steps it makes needless."""

    send: ReminderStep | None = None
    overtaken: tuple[ReminderStep, ...] = ()


def steps_of(
    rows: Iterable[Mapping[str, Any]], values: Mapping[str, int] | None = None
) -> list[ReminderStep]:
    """The steps as a pack writes them. `days_before` may name a setting, whose value is then in `values`."""
    known = values or {}
    return [
        ReminderStep(
            code=str(row["code"]),
            kind=str(row.get("kind", "*")),
            mandatory=row.get("mandatory"),
            days_before=int(known.get(row["days_before"], row["days_before"])),
            channels=tuple(row.get("channels", BY_POST_OR_MAIL)),
            notice=str(row.get("notice", "reminder")),
            source=str(row["source"]),
        )
        for row in rows
    ]


def due_steps(
    appointment_day: date, on: date, booked_on: date, steps: Iterable[ReminderStep], already: Collection[str]
) -> Due:
    """What is due on a day for an appointment booked on `booked_on`; `already`: codes that were dealt with.

    A step is due from its day until the day before the appointment (on the day itself only when it says 0). One
    whose day had come when the appointment was made is not: the letter about it is fresh. Of several that were
    missed only the last is sent.
    """
    waiting = sorted(
        (
            step
            for step in steps
            if step.code not in already
            and booked_on < appointment_day - timedelta(days=step.days_before) <= on
            and on <= (appointment_day if step.days_before == 0 else appointment_day - timedelta(days=1))
        ),
        key=lambda step: step.days_before,
    )
    return Due(waiting[0], tuple(waiting[1:])) if waiting else Due()
