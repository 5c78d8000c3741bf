"""Reads a decision table from CSV into a sheet: its settings, columns and rows, every cell understood.

Nothing is guessed: what cannot be read becomes a finding with its line, and the row is left out.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from waymark.policy.cells import ANYTHING, Asks, Test, parse_cell, part_type, split_name
from waymark.policy.dates import DateExpression, parse_date
from waymark.policy.findings import Finding, Malformed, Severity
from waymark.policy.kinds import Fact, FactType, did_you_mean, nearest

SETTING = re.compile(r"#\s*([a-z][a-z_ ]*?)\s*:\s*(.*)")
OUTPUT = "-> "
OWN_COLUMNS = ("id", "rank", "layer", "because", "source")
SETTINGS = ("name", "title", "hit", "complete", "dates", "lists")
LAYERS = ("G", "L")
MOST_CELLS = 32
"""What one row may ask. A row that asks more is two rules, and the trace has room for this many."""
Read = TypeVar("Read")


class Hit(StrEnum):
    FIRST = "first"
    UNIQUE = "unique"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a person would cite it: number, why, on whose word."""

    id: str
    because: str
    source: str
    layer: str
    line: int
    rank: int


Output = str | tuple[str, ...] | DateExpression | None


@dataclass(frozen=True, slots=True)
class Column:
    """An input column: a fact, or the start or end of an interval."""

    fact: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.fact}.{self.part}" if self.part else self.fact


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was read. ``tests`` has only the cells that ask something."""

    row: Row
    tests: Mapping[Column, Test]
    outputs: Mapping[str, Output]

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts its dates are computed from."""
        dates = [output for output in self.outputs.values() if not isinstance(output, str | tuple | None)]
        return tuple(sorted({split_name(name)[0] for expression in dates for name in expression.needs()}))


@dataclass(slots=True)
class Sheet:
    path: str
    name: str
    title: str = ""
    hit: Hit = Hit.FIRST
    complete: bool = False
    dates: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    outputs: tuple[str, ...] = ()
    rows: list[SheetRow] = field(default_factory=list)
    line: int = 1


def read_sheet(text: str, path: str, facts: Mapping[str, Fact]) -> tuple[Sheet, list[Finding]]:
    """The sheet, its rows in order of precedence, and what was wrong with the text."""
    reader = _SheetReader(text, path, facts)
    reader.read()
    if reader.sheet.hit is Hit.COLLECT:
        reader.sheet.rows.sort(key=lambda row: row.row.rank)
    return reader.sheet, reader.findings


class _SheetReader:
    def __init__(self, text: str, path: str, facts: Mapping[str, Fact]) -> None:
        self.text = text.removeprefix("\ufeff")
        self.facts = facts
        self.findings: list[Finding] = []
        stem = path.replace("\\", "/").rpartition("/")[2].removesuffix(".csv")
        self.sheet = Sheet(path=path, name=stem, title=stem)
        self.header: list[str] = []
        self.lines_of_ids: dict[str, int] = {}
        self.setting_lines: dict[str, int] = {}

    def note(self, line: int, message: str, cure: str = "") -> None:
        self.findings.append(Finding(self.sheet.path, line, Severity.ERROR, message, cure))

    def read(self) -> None:
        lines = self.text.splitlines(keepends=True)
        start = self.read_settings(lines)
        reader = csv.reader(lines[start:], strict=True)
        line = start + 1
        try:
            for cells in reader:
                if cells and any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                    self.read_line(cells, line)
                line = start + reader.line_num + 1
        except csv.Error as error:
            self.note(line, f"This is not CSV: {error}.", "Check the quotes of this row.")
        if not self.header:
            self.note(
                start + 1, "There is no header row.", "Start with id, then the facts, then the outputs."
            )
        elif not self.sheet.rows and not self.findings:
            self.note(self.sheet.line, "There are no rows.", "Add at least one.")

    def read_line(self, cells: list[str], line: int) -> None:
        if not self.header:
            self.read_header([cell.strip() for cell in cells], line)
        else:
            self.read_row(cells, line)

    # Settings

    def read_settings(self, lines: list[str]) -> int:
        given: dict[str, tuple[int, str]] = {}
        number = 0
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                number -= 1
                break
            found = SETTING.match(line.strip())
            if found:
                self.read_setting(found[1], found[2].strip(), number, given)
        self.apply_settings(given)
        return number

    def read_setting(self, key: str, value: str, line: int, given: dict[str, tuple[int, str]]) -> None:
        if key in given:
            self.note(line, f"{key} is set twice.", "Keep one of them.")
        elif key in SETTINGS or key.startswith("words "):
            given[key] = (line, value)
        elif nearest(key, SETTINGS):
            self.note(line, f"{key} is not a setting.", did_you_mean(key, SETTINGS))

    def apply_settings(self, given: dict[str, tuple[int, str]]) -> None:
        sheet = self.sheet
        sheet.name = given.get("name", (0, sheet.name))[1]
        sheet.title = given.get("title", (0, sheet.name))[1]
        line, hit = given.get("hit", (1, ""))
        hit = hit.split(" ")[0]
        if hit in list(Hit):
            sheet.hit = Hit(hit)
        else:
            self.note(
                line, f"The hit policy is {hit or 'missing'}.", f"Write # hit: and one of {', '.join(Hit)}."
            )
        line, complete = given.get("complete", (1, "no"))
        if complete.split(" ")[0] not in ("yes", "no"):
            self.note(line, f"complete is {complete}.", "Write yes or no.")
        sheet.complete = complete.split(" ")[0] == "yes"
        sheet.dates = _names(given.get("dates", (0, ""))[1])
        sheet.lists = _names(given.get("lists", (0, ""))[1])
        sheet.words = {
            key[6:].strip(): _names(value) for key, (_, value) in given.items() if key.startswith("words ")
        }
        self.setting_lines = {key: line for key, (line, _) in given.items()}

    # Header

    def read_header(self, header: list[str], line: int) -> None:
        self.header = header
        self.sheet.line = line
        for name in {name for name in header if header.count(name) > 1}:
            self.note(line, f"The column {name or 'without a name'} is there twice.", "Keep one of them.")
        wanted = [name for name in OWN_COLUMNS if name != "rank" or self.sheet.hit is Hit.COLLECT]
        for name in wanted:
            if name not in header:
                self.note(line, f"There is no column {name}.", f"Add {name} to the header.")
        self.sheet.outputs = tuple(name[len(OUTPUT) :].strip() for name in header if name.startswith(OUTPUT))
        if not self.sheet.outputs:
            self.note(line, "There is no output column.", 'Begin its name with "-> ".')
        self.sheet.columns = tuple(
            column for name in header if self.is_input(name) and (column := self.read_column(name, line))
        )
        self.check_output_settings(line)

    def is_input(self, name: str) -> bool:
        return name not in OWN_COLUMNS and not name.startswith(OUTPUT)

    def read_column(self, name: str, line: int) -> Column | None:
        stem, part = split_name(name)
        fact = self.facts.get(stem)
        if fact is None:
            self.note(line, f"There is no fact {name or 'without a name'}.", did_you_mean(name, self.facts))
            return None
        if part and fact.type is not FactType.DATE_INTERVAL:
            self.note(line, f"{stem} has no {part}.", f"Name the column {stem}.")
            return None
        return Column(stem, part)

    def check_output_settings(self, line: int) -> None:
        sheet = self.sheet
        named = {"dates": sheet.dates, "lists": sheet.lists} | {
            f"words {name}": (name,) for name in sheet.words
        }
        for key, names in named.items():
            for name in names:
                if name not in sheet.outputs:
                    where = self.setting_lines.get(key, line)
                    self.note(where, f"{key}: there is no output {name}.", did_you_mean(name, sheet.outputs))

    # Rows

    def read_row(self, cells: list[str], line: int) -> None:
        if len(cells) != len(self.header):
            message = f"This row has {len(cells)} cells, the header has {len(self.header)}."
            self.note(line, message, "Count the commas; quote a text that has a comma in it.")
            return
        by_name = {name: cell.strip() for name, cell in zip(self.header, cells, strict=True)}
        before = len(self.findings)
        row = self.read_own_columns(by_name, line)
        tests = {column: self.read_cell(by_name[str(column)], column, line) for column in self.sheet.columns}
        outputs = {
            name: self.read_output(name, by_name[OUTPUT + name], line) for name in self.output_names(by_name)
        }
        if len(self.findings) == before:
            asked = {column: test for column, test in tests.items() if test.asks is not Asks.ANYTHING}
            if len(asked) > MOST_CELLS:
                self.note(
                    line,
                    f"{row.id} asks {len(asked)} things.",
                    f"Ask at most {MOST_CELLS}, or make two tables.",
                )
            self.sheet.rows.append(SheetRow(row, asked, outputs))

    def output_names(self, by_name: dict[str, str]) -> list[str]:
        return [name for name in self.sheet.outputs if OUTPUT + name in by_name]

    def read_own_columns(self, by_name: dict[str, str], line: int) -> Row:
        id, layer = by_name.get("id", ""), by_name.get("layer", "")
        if not id:
            self.note(line, "This row has no id.", "Give it one that no other row has.")
        elif id in self.lines_of_ids:
            self.note(line, f"{id} is the id of line {self.lines_of_ids[id]} too.", "Give each row its own.")
        self.lines_of_ids.setdefault(id, line)
        for name in ("because", "source"):
            if name in by_name and not by_name[name]:
                self.note(line, f"{id} has no {name}.", f"Every rule needs its {name}.")
        if "layer" in by_name and layer not in LAYERS:
            message = f"{id}: {layer or 'nothing'} is not a layer."
            self.note(line, message, "Write G for national guidance, L for a local rule.")
        rank = self.read_rank(id, by_name, line) if self.sheet.hit is Hit.COLLECT else 0
        return Row(id, by_name.get("because", ""), by_name.get("source", ""), layer, line, rank)

    def read_rank(self, id: str, by_name: dict[str, str], line: int) -> int:
        rank = by_name.get("rank", "")
        if "rank" in by_name and not re.fullmatch(r"\d+", rank):
            message = f"{id}: the rank is {rank or 'missing'}."
            self.note(line, message, "Write a whole number; the lowest wins.")
        return int(rank) if rank.isdecimal() else 0

    def read_cell(self, text: str, column: Column, line: int) -> Test:
        fact = self.facts[column.fact]
        return self.or_note(line, str(column), lambda: parse_cell(text, fact, column.part)) or ANYTHING

    def read_output(self, name: str, text: str, line: int) -> Output:
        if name in self.sheet.lists:
            words = tuple(word.strip() for word in text.split(";") if word.strip() not in ("", "-"))
            self.check_words(name, words, line)
            return words
        if text in ("", "-"):
            return None
        if name in self.sheet.dates:
            return self.or_note(line, name, lambda: self.read_date(text))
        self.check_words(name, (text,), line)
        return text

    def read_date(self, text: str) -> DateExpression:
        expression = parse_date(text)
        for name in sorted(expression.needs()):
            self.check_date_fact(text, name)
        return expression

    def check_date_fact(self, text: str, name: str) -> None:
        stem, part = split_name(name)
        fact = self.facts.get(stem)
        if fact is None:
            raise Malformed(f"{text}: there is no fact {stem}.", did_you_mean(stem, self.facts))
        if part and fact.type is not FactType.DATE_INTERVAL:
            raise Malformed(f"{text}: {stem} has no {part}.", f"Write {stem} alone.")
        if part_type(fact, part) is not FactType.DATE:
            cure = (
                f"Write {stem}.start or {stem}.end."
                if fact.type is FactType.DATE_INTERVAL
                else "Name a date."
            )
            raise Malformed(f"{text}: {stem} is not a date.", cure)

    def check_words(self, name: str, words: tuple[str, ...], line: int) -> None:
        allowed = self.sheet.words.get(name)
        for word in words:
            if allowed is not None and word not in allowed:
                self.note(line, f"{name}: {word} is not one of its words.", did_you_mean(word, allowed))

    def or_note(self, line: int, name: str, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except Malformed as malformed:
            self.note(line, f"{name}: {malformed.message}", malformed.cure)
            return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
