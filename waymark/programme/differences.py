"""What differs between two versions of a pack: settings, facts, table rows, reasons, and texts. Pure."""

import csv
import difflib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waymark.programme.pack import Pack, Setting

ADDED, GONE, CHANGED = "added", "gone", "changed"
LINES = 400  # of a text's difference: more is not read on a page


@dataclass(frozen=True)
class Cell:
    """A column of a row, or a part of a fact, that is another one now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RowDiffers:
    """A row that was added, has gone, or was changed in some cells. `words` say what it is."""

    id: str
    how: str
    cells: tuple[Cell, ...]
    words: str = ""
    source: str = ""


@dataclass(frozen=True)
class TableDiffers:
    """The differing rows of a table, or of a list of reasons. moved: the order of the others is another one."""

    name: str
    rows: tuple[RowDiffers, ...]
    moved: bool = False


@dataclass(frozen=True)
class SettingDiffers:
    """A value for a stretch of time that was added, has gone, or is another one."""

    key: str
    how: str
    before: str
    after: str
    holds_from: date
    source: str


@dataclass(frozen=True)
class TextDiffers:
    """A letter, a script, guidance or another file; `lines` as a difference is usually written (+ and -)."""

    path: str
    how: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs between two versions."""

    settings: tuple[SettingDiffers, ...]
    tables: tuple[TableDiffers, ...]
    reasons: tuple[TableDiffers, ...]
    texts: tuple[TextDiffers, ...]

    @property
    def count(self) -> int:
        rows = sum(len(table.rows) + table.moved for table in (*self.tables, *self.reasons))
        return len(self.settings) + rows + len(self.texts)

    @property
    def first_day(self) -> date | None:
        """The first day from which a changed value holds, for a comparison on that day."""
        return min((one.holds_from for one in self.settings), default=None)

    def days_after(self, on: date) -> list[date]:
        """The days after `on` from which changed values hold."""
        return sorted({one.holds_from for one in self.settings if one.holds_from > on})


def differences(before: Pack, after: Pack) -> Differences:
    """What is otherwise in `after`."""
    return Differences(
        settings=tuple(_settings(before, after)),
        tables=tuple(_tables(before.files, after.files, "tables/", "id")),
        reasons=tuple(_tables(before.files, after.files, "reasons/", "code")),
        texts=tuple(_texts(before.files, after.files)),
    )


def _settings(before: Pack, after: Pack) -> Iterable[SettingDiffers]:
    old, new = _by_day(before), _by_day(after)
    for key, day in sorted(old.keys() | new.keys()):
        was, now = old.get((key, day)), new.get((key, day))
        if was is not None and now is not None and _plain(was) == _plain(now):
            continue
        how = ADDED if was is None else GONE if now is None else CHANGED
        kept = now or was
        source = kept.source if kept else ""
        yield SettingDiffers(key, how, _value(was), _value(now), day, source)


def _by_day(pack: Pack) -> dict[tuple[str, date], Setting]:
    return {(key, each.holds_from): each for key, dated in pack.settings.items() for each in dated}


def _plain(setting: Setting) -> tuple[Any, ...]:
    return (setting.value, setting.unit, setting.holds_until, setting.source)


def _value(setting: Setting | None) -> str:
    if setting is None:
        return ""
    value = ", ".join(map(str, setting.value)) if isinstance(setting.value, list) else str(setting.value)
    until = f" until {setting.holds_until:%d %b %Y}" if setting.holds_until else ""
    unit = setting.unit.removesuffix("s") if value == "1" else setting.unit
    return f"{value} {unit.replace('_', ' ')}".strip() + until


def _tables(
    before: Mapping[str, str], after: Mapping[str, str], folder: str, key: str
) -> Iterable[TableDiffers]:
    paths = sorted(path for path in before.keys() | after.keys() if path.startswith(folder))
    for path in paths:
        old, new = rows_of(before.get(path, ""), key), rows_of(after.get(path, ""), key)
        rows = tuple(_rows(old, new))
        kept_before = [row for row in old if row in new]
        kept_after = [row for row in new if row in old]
        moved = kept_before != kept_after
        if rows or moved:
            yield TableDiffers(Path(path).stem, rows, moved)


def rows_of(text: str, key: str) -> dict[str, dict[str, str]]:
    """The rows of a CSV file by the word that names them, comments left out."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        row[key]: {name: (cell or "").strip() for name, cell in row.items() if name}
        for row in csv.DictReader(io.StringIO("\n".join(lines)))
        if row.get(key)
    }


def _rows(old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]) -> Iterable[RowDiffers]:
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name, {}), new.get(name, {})
        if was == now:
            continue
        how = ADDED if not was else GONE if not now else CHANGED
        cells = tuple(
            Cell(column, was.get(column, ""), now.get(column, ""))
            for column in dict.fromkeys([*was, *now])
            if was.get(column, "") != now.get(column, "")
        )
        kept = now or was
        yield RowDiffers(name, how, cells, kept.get("because", kept.get("title", "")), kept.get("source", ""))


def _texts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[TextDiffers]:
    for path in sorted(before.keys() | after.keys()):
        if path.startswith(("tables/", "reasons/")) or before.get(path) == after.get(path):
            continue
        how = ADDED if path not in before else GONE if path not in after else CHANGED
        lines = difflib.unified_diff(
            before.get(path, "").splitlines(), after.get(path, "").splitlines(), n=1, lineterm=""
        )
        yield TextDiffers(path, how, tuple(list(lines)[2 : LINES + 2]))
