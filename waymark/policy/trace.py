"""An evaluation with its reasons, as it is frozen into a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from waymark.policy.dates import ISO_DATE
from waymark.policy.evaluation import Evaluation, OutputValue, Told
from waymark.policy.facts import answer_to_json
from waymark.policy.kinds import NOT_KNOWN, Facts, Interval, Value
from waymark.policy.reading import Row


class Cell(NamedTuple):
    """A cell that asks something: the name of its column (``due_date``, ``hospital_stay.end``) and its
    text."""

    column: str
    text: str


class Verdict(NamedTuple):
    """``matched``, ``not matched`` or ``undecided``, and the cells that spoke against the row or are still
    open."""

    row: Row
    verdict: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything a decision rested on. Two traces are equal when the same facts gave the same answer for the
    same reasons, so replaying a decision is ``table.trace(old.facts, old.on) == old``.

    ``facts`` has every fact that this table uses, None where nobody has asked; ``inapplicable`` names those
    that did not apply.
    """

    table: str
    title: str
    version: str
    hit: str
    on: date
    facts: Facts
    inapplicable: tuple[str, ...]
    evaluation: Evaluation
    verdicts: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, complete: ``from_json`` gives an equal trace."""
        return {
            "table": self.table,
            "title": self.title,
            "version": self.version,
            "hit": str(self.hit),
            "on": self.on.isoformat(),
            "facts": {name: answer_to_json(value) for name, value in self.facts.items()},
            "inapplicable": list(self.inapplicable),
            "settled": self.evaluation.settled,
            "row": self.evaluation.row.id if self.evaluation.row else None,
            "leaning": self.evaluation.leaning.id if self.evaluation.leaning else None,
            "outputs": _outputs_to_json(self.evaluation.outputs),
            "dates": _names_of_dates(self.evaluation.outputs),
            "matches": [row.id for row in self.evaluation.matches],
            "undecided": [row.id for row in self.evaluation.undecided],
            "ask": list(self.evaluation.ask),
            "rows": [_verdict_to_json(verdict) for verdict in self.verdicts],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Trace":
        verdicts = tuple(_verdict_from_json(each) for each in data["rows"])
        return cls(
            table=data["table"],
            title=data["title"],
            version=data["version"],
            hit=data["hit"],
            on=date.fromisoformat(data["on"]),
            facts={name: None if value is None else _value(value) for name, value in data["facts"].items()},
            inapplicable=tuple(data["inapplicable"]),
            evaluation=_evaluation_from_json(data, {verdict.row.id: verdict.row for verdict in verdicts}),
            verdicts=verdicts,
        )


def _outputs_to_json(outputs: Mapping[str, OutputValue] | None) -> dict[str, Any] | None:
    if outputs is None:
        return None
    return {name: _output_to_json(value) for name, value in outputs.items()}


def _output_to_json(value: OutputValue) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _names_of_dates(outputs: Mapping[str, OutputValue] | None) -> list[str]:
    return [name for name, value in (outputs or {}).items() if isinstance(value, date)]


def _verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    row = verdict.row
    return {
        "id": row.id,
        "verdict": verdict.verdict,
        "cells": [list(cell) for cell in verdict.cells],
        "because": row.because,
        "source": row.source,
        "layer": row.layer,
        "line": row.line,
        "rank": row.rank,
    }


def _verdict_from_json(data: Mapping[str, Any]) -> Verdict:
    row = Row(data["id"], data["because"], data["source"], data["layer"], data["line"], data["rank"])
    return Verdict(row, data["verdict"], tuple(Cell(column, text) for column, text in data["cells"]))


def _evaluation_from_json(data: Mapping[str, Any], rows: Mapping[str, Row]) -> Evaluation:
    return Evaluation.told(
        settled=data["settled"],
        outputs=_outputs_from_json(data["outputs"], data["dates"]),
        row=rows[data["row"]] if data["row"] else None,
        leaning=rows[data["leaning"]] if data["leaning"] else None,
        rest=Told(
            matches=tuple(rows[id] for id in data["matches"]),
            undecided=tuple(rows[id] for id in data["undecided"]),
            ask=tuple(data["ask"]),
        ),
    )


def _outputs_from_json(outputs: Mapping[str, Any] | None, dates: list[str]) -> dict[str, OutputValue] | None:
    if outputs is None:
        return None
    return {name: _output(value, name in dates) for name, value in outputs.items()}


def _output(value: Any, is_date: bool) -> OutputValue:
    if is_date:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _value(value: Any) -> Value:
    """An answer by its shape alone, so that an old trace can be read when its book of facts is gone."""
    if isinstance(value, Mapping):
        end = value["end"]
        return Interval(date.fromisoformat(value["start"]), date.fromisoformat(end) if end else None)
    if value == str(NOT_KNOWN):
        return NOT_KNOWN
    return date.fromisoformat(value) if isinstance(value, str) and ISO_DATE.fullmatch(value) else value
