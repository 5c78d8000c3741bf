"""The lines of a file of claims, by column."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from waymark.interviews.importing.columns import COLUMNS, MUST_BE_THERE, PROBLEM
from waymark.interviews.importing.shapes import Line


class Unreadable(Exception):
    """The file is not one of claims; the message says why and what would be right."""


def lines_of(file: TextIO) -> Iterator[Line]:
    try:
        head = file.readline()
        separator = ";" if head.count(";") > head.count(",") else ","
        names = [
            name.strip().lower().replace(" ", "_")
            for name in next(csv.reader([head], delimiter=separator), [])
        ]
        _check_names(names)
        reader = csv.reader(file, delimiter=separator)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(reader.line_num + 1, _named(names, cells))
    except UnicodeDecodeError as problem:
        raise Unreadable(
            "The file is not written in UTF-8. Save it as “CSV UTF-8” and try again."
        ) from problem
    except csv.Error as problem:
        raise Unreadable(f"The file is no proper CSV: {problem}.") from problem


def _check_names(names: list[str]) -> None:
    if not any(names):
        raise Unreadable("The file is empty. Its first line must name the columns.")
    missing = [name for name in MUST_BE_THERE if name not in names]
    unknown = [name for name in names if name and name not in COLUMNS and name != PROBLEM]
    twice = sorted({name for name in names if names.count(name) > 1})
    complaints = [
        f"{said}: {', '.join(found)}."
        for said, found in (
            ("Columns missing", missing),
            ("Columns not known", unknown),
            ("Columns twice", twice),
        )
        if found
    ]
    if complaints:
        raise Unreadable(f"{' '.join(complaints)} It can have: {', '.join(COLUMNS)}.")


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    """The cells by column; what stands beyond the last column is kept so that the row is refused, not cut."""
    row = dict.fromkeys(names, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    return row if len(cells) <= len(names) else row | {"": " ".join(cells[len(names) :])}


def in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch
