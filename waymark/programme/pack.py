"""A programme pack as read from its files: settings, facts, tables, reasons, scripts, letters, guidance.

Pure: a mapping of path to text goes in, so that a pack kept in the database years ago reads the same.
"""

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from waymark.policy import (
    FactBook,
    Finding,
    LintErrors,
    Table,
    lint_facts,
    lint_table,
    load_facts,
    load_table,
)

SUFFIXES = {".toml", ".csv", ".md"}


@dataclass(frozen=True)
class Setting:
    """One value of a pack for a stretch of time, with where it comes from."""

    key: str
    value: Any
    unit: str
    source: str
    note: str
    holds_from: date
    holds_until: date | None
    variants: tuple[Mapping[str, Any], ...] = ()

    def holds_on(self, on: date) -> bool:
        return self.holds_from <= on and (self.holds_until is None or on <= self.holds_until)


@dataclass(frozen=True)
class Reason:
    """A reason code: a dated row whose columns do the work. Code never tests a row's name."""

    code: str
    title: str
    columns: Mapping[str, str]

    def yes(self, column: str) -> bool:
        return self.columns.get(column, "") == "yes"

    def number(self, column: str) -> int | None:
        text = self.columns.get(column, "")
        return int(text) if text else None

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.columns.get(column, "").split(";") if word.strip())

    def may_be_used_by(self, role: str) -> bool:
        roles = self.words("who_may_use")
        return not roles or role in roles

    def holds_on(self, on: date) -> bool:
        since, until = self.columns.get("from", ""), self.columns.get("until", "")
        return (not since or date.fromisoformat(since) <= on) and (
            not until or on <= date.fromisoformat(until)
        )


@dataclass(frozen=True)
class Guidance:
    """A guidance item in our own words, with the level it comes from and its source."""

    code: str
    title: str
    topics: tuple[str, ...]
    level: str
    source: str
    valid_from: date
    body: str


class NotInPack(KeyError):
    """The software asks for something this pack does not hold: most often, the pack was loaded before it was there."""


class UnknownSetting(NotInPack):
    """The pack holds no such value on that day."""


@dataclass(frozen=True, eq=False)
class Pack:
    """`files` maps paths such as `tables/first-contact.csv` to their text."""

    files: Mapping[str, str]
    folder: str = field(default="")

    @cached_property
    def about(self) -> dict[str, Any]:
        return tomllib.loads(self.files["programme.toml"])

    @property
    def slug(self) -> str:
        return str(self.about["slug"])

    @property
    def title(self) -> str:
        return str(self.about["title"])

    @property
    def valid_from(self) -> date:
        value: date = self.about["valid_from"]
        return value

    @cached_property
    def digest(self) -> str:
        body = json.dumps(dict(self.files), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(body.encode()).hexdigest()

    @cached_property
    def settings(self) -> dict[str, tuple[Setting, ...]]:
        """Every setting by its key, such as `timings.first_interview_within_days`."""
        return {
            f"{section}.{name}": tuple(_setting(f"{section}.{name}", entry) for entry in entries)
            for section, names in self.about["settings"].items()
            for name, entries in names.items()
        }

    def setting(self, key: str, on: date) -> Setting:
        for setting in self.settings.get(key, ()):
            if setting.holds_on(on):
                return setting
        raise UnknownSetting(f"{self.slug} holds no value for {key} on {on}")

    @cached_property
    def facts(self) -> FactBook:
        return load_facts(self.files["facts.toml"], path=self._path("facts.toml"))

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        return tuple(sorted(Path(p).stem for p in self.files if p.startswith("tables/")))

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {
            name: load_table(
                self.files[f"tables/{name}.csv"], path=self._path(f"tables/{name}.csv"), facts=self.facts
            )
            for name in self.table_names
        }

    def table(self, name: str) -> Table:
        if name not in self._tables:
            raise NotInPack(f"{self.slug} holds no table {name}")
        return self._tables[name]

    @cached_property
    def _reasons(self) -> dict[str, dict[str, Reason]]:
        found = {}
        for path, text in self.files.items():
            if path.startswith("reasons/"):
                rows = csv.DictReader(io.StringIO(text))
                found[Path(path).stem] = {row["code"]: Reason(row["code"], row["title"], row) for row in rows}
        return found

    def reasons(self, name: str) -> dict[str, Reason]:
        """The rows of `reasons/<name>.csv` by code."""
        if name not in self._reasons:
            raise NotInPack(f"{self.slug} holds no reasons {name}")
        return self._reasons[name]

    @cached_property
    def scripts(self) -> dict[str, dict[str, Any]]:
        return {
            Path(path).stem: tomllib.loads(text)
            for path, text in self.files.items()
            if path.startswith("scripts/")
        }

    def letter(self, kind: str, language: str = "en") -> str:
        """The template text of a letter; English where there is none in that language."""
        for tongue in (language, "en"):
            if text := self.files.get(f"letters/{tongue}/{kind}.toml"):
                return text
        raise NotInPack(f"{self.slug} holds no letter {kind}")

    @cached_property
    def guidance(self) -> dict[str, Guidance]:
        items = (_guidance(text) for path, text in self.files.items() if path.startswith("guidance/"))
        return {item.code: item for item in items}

    @cached_property
    def must_do(self) -> list[dict[str, Any]]:
        """The must-do list: what belongs in every first contact (D:L2363)."""
        return list(tomllib.loads(self.files.get("must-do.toml", "")).get("items", []))

    @cached_property
    def reminders(self) -> list[dict[str, Any]]:
        """The ladder of reminders before appointments, as `reminders.toml` writes it."""
        return list(tomllib.loads(self.files.get("reminders.toml", "")).get("steps", []))

    @cached_property
    def interview(self) -> dict[str, list[dict[str, Any]]]:
        """`interview.toml`: `topics`, `options`, `barriers` and `reassurance`, each a list of entries."""
        return tomllib.loads(self.files.get("interview.toml", ""))

    def titles(self, section: str) -> dict[str, str]:
        """Code to title of `groups`, `benefits` or `appointment_kinds`."""
        return {entry["code"]: entry["title"] for entry in self.about.get(section, [])}

    def entry(self, section: str, code: str) -> dict[str, Any]:
        found: dict[str, Any] = next(entry for entry in self.about.get(section, []) if entry["code"] == code)
        return found

    def lint(self) -> list[Finding]:
        """Everything wrong with facts and tables; worked out once."""
        return self._findings

    @cached_property
    def _findings(self) -> list[Finding]:
        findings = list(lint_facts(self.files["facts.toml"], self._path("facts.toml")))
        if findings:
            return findings
        for name in self.table_names:
            path = f"tables/{name}.csv"
            findings += lint_table(self.files[path], self._path(path), self.facts)
        return findings

    def _path(self, path: str) -> str:
        return f"{self.folder}/{path}" if self.folder else path


def read_pack(folder: Path) -> Pack:
    """Read a pack from its folder, with what it does not hold itself taken from the pack it extends."""
    files = _files(folder)
    base = tomllib.loads(files["programme.toml"]).get("extends")
    if base:
        files = {**read_pack(folder.parent / base).files, **files}
    return Pack(files, folder=f"{folder.parent.name}/{folder.name}")


def pack_folders(root: Path) -> list[Path]:
    """The folders below `root` that hold a pack."""
    return sorted(path.parent for path in root.glob("*/programme.toml"))


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES and path.is_file()
    }


def _setting(key: str, entry: Mapping[str, Any]) -> Setting:
    return Setting(
        key=key,
        value=entry["value"],
        unit=entry.get("unit", ""),
        source=entry["source"],
        note=entry.get("note", ""),
        holds_from=entry["from"],
        holds_until=entry.get("until"),
        variants=tuple(entry.get("variants", ())),
    )


def _guidance(text: str) -> Guidance:
    _, front, body = text.split("+++", 2)
    about = tomllib.loads(front)
    return Guidance(
        code=about["code"],
        title=about["title"],
        topics=tuple(about.get("topics", ())),
        level=about.get("level", "national"),
        source=about["source"],
        valid_from=about["valid_from"],
        body=body.strip(),
    )


__all__ = [
    "Guidance",
    "LintErrors",
    "Pack",
    "Reason",
    "Setting",
    "NotInPack",
    "UnknownSetting",
    "pack_folders",
    "read_pack",
]
