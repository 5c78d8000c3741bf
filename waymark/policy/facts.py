"""The book of facts: what can be asked, in the order of the script, and how answers are read and written."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waymark.policy.cells import Test, parse_cell, part_of, split_name
from waymark.policy.dates import iso_date
from waymark.policy.findings import Finding, LintErrors, Malformed, Severity, errors
from waymark.policy.kinds import (
    EARLIEST,
    LATEST,
    NOT_KNOWN,
    Fact,
    Facts,
    FactType,
    Interval,
    NotKnown,
    Value,
    did_you_mean,
)

NAME = re.compile(r"[a-z][a-z0-9_]*")
CONDITION = re.compile(r"([a-z][a-z0-9_]*(?:\.start|\.end)?)\s*(=|(?=[<>]))\s*(.+)", re.DOTALL)
HEADING = re.compile(r"\s*\[\s*facts\.([A-Za-z0-9_-]+)\s*\]")
TOML_LINE = re.compile(r"at line (\d+)")
KEYS = (
    "type",
    "choices",
    "question",
    "help",
    "sensitivity",
    "source",
    "minimum",
    "maximum",
    "asked_when",
    "derived",
)
SENSITIVITIES = ("ordinary", "sensitive")
ALWAYS: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken, and an example of one that can."""

    fact: str
    given: object
    message: str
    would_be_right: str

    def __str__(self) -> str:
        return f"{self.fact}: {self.message} {self.would_be_right}".rstrip()


class BadFacts(ValueError):
    """Answers that cannot be taken. ``problems`` has one entry for each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a guard: this fact's answer must pass this test."""

    fact: str
    part: str
    test: Test


Guard = tuple[Condition, ...]


class FactBook(Mapping[str, Fact]):
    """Facts by name in the order of the file, with their guards read."""

    def __init__(self, facts: Mapping[str, Fact], guards: Mapping[str, Guard]) -> None:
        self._facts = dict(facts)
        self._guards = dict(guards)
        self._position = {name: position for position, name in enumerate(facts)}

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def position(self, name: str) -> int:
        return self._position[name]

    def guard(self, name: str) -> Guard:
        """When this fact is asked: all these conditions. An empty guard means always."""
        return self._guards.get(name, ALWAYS)

    def applicable(self, name: str, facts: Facts, on: date | None = None) -> bool | None:
        """Is there any sense in asking? None while the guard's own facts leave it open.

        ``on`` is needed only for guards that speak of today.
        """
        verdicts = [self._meets(condition, facts, on) for condition in self.guard(name)]
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def effective(self, name: str, facts: Facts, on: date | None = None) -> Value | None:
        """What a fact counts as: NOT_KNOWN where it does not apply or where a derived fact is missing,
        None while it is open whether it applies, and otherwise what was given."""
        applies = self.applicable(name, facts, on)
        if applies is False:
            return NOT_KNOWN
        if applies is None:
            return None
        given = facts.get(name)
        return NOT_KNOWN if given is None and self[name].derived else given

    def parse(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """Read answers from JSON. What is null or absent stays unknown and is left out.

        Raises BadFacts with every problem, not only the first.
        """
        problems: list[Problem] = []
        facts: dict[str, Value] = {}
        for name, raw in given.items():
            if name not in self:
                problems.append(
                    Problem(name, raw, f"There is no fact {name}.", did_you_mean(name, self._facts))
                )
            elif raw is not None:
                read = read_answer(self[name], raw)
                if isinstance(read, Problem):
                    problems.append(read)
                else:
                    facts[name] = read
        if problems:
            raise BadFacts(problems)
        return facts

    def to_json(self, facts: Facts) -> dict[str, Any]:
        """The same answers as plain JSON; ``parse`` reads them back."""
        return {name: answer_to_json(value) for name, value in facts.items() if value is not None}

    def _meets(self, condition: Condition, facts: Facts, on: date | None) -> bool | None:
        value = self.effective(condition.fact, facts, on)
        if value is None:
            return None
        if on is None and condition.test.relative():
            raise ValueError(f"{condition.fact}: the guard speaks of today, so the day is needed")
        return condition.test.accepts(part_of(value, condition.part), on or EARLIEST)


def answer_to_json(value: Value | None) -> Any:
    if isinstance(value, Interval):
        return {"start": value.start.isoformat(), "end": value.end.isoformat() if value.end else None}
    if isinstance(value, date):
        return value.isoformat()
    return str(NOT_KNOWN) if isinstance(value, NotKnown) else value


def read_answer(fact: Fact, raw: Any) -> Value | Problem:
    """Read one answer from JSON: the value, or the problem with it."""
    if raw is NOT_KNOWN or raw == "not known":
        return NOT_KNOWN
    match fact.type:
        case FactType.CHOICE:
            return _read_choice(fact, raw)
        case FactType.YES_NO:
            return _read_yes_no(fact, raw)
        case FactType.WHOLE_NUMBER:
            return _read_number(fact, raw)
        case FactType.DATE:
            return _read_date(fact, raw)
        case FactType.DATE_INTERVAL:
            return _read_interval(fact, raw)


def _read_choice(fact: Fact, raw: Any) -> Value | Problem:
    if isinstance(raw, str) and raw in fact.choices:
        return raw
    near = did_you_mean(str(raw), fact.choices) if isinstance(raw, str) else ""
    cure = f"Use one of: {', '.join(fact.choices)}."
    return Problem(
        fact.name, raw, f"{raw} is not a choice.", f"{near} {cure}" if near not in ("", cure) else cure
    )


def _read_yes_no(fact: Fact, raw: Any) -> Value | Problem:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in ("yes", "no"):
        return raw == "yes"
    return Problem(fact.name, raw, f"{raw} is neither yes nor no.", "Use true or false, yes or no.")


def _read_number(fact: Fact, raw: Any) -> Value | Problem:
    cure = _range_in_words(fact)
    if isinstance(raw, bool) or not isinstance(raw, int):
        return Problem(fact.name, raw, f"{raw} is not a whole number.", cure)
    if (fact.minimum is not None and raw < fact.minimum) or (fact.maximum is not None and raw > fact.maximum):
        return Problem(fact.name, raw, f"{raw} is out of range.", cure)
    return raw


def _range_in_words(fact: Fact) -> str:
    if fact.minimum is not None and fact.maximum is not None:
        return f"Use a whole number from {fact.minimum} to {fact.maximum}."
    if fact.minimum is not None:
        return f"Use a whole number of at least {fact.minimum}."
    return "Use a whole number." if fact.maximum is None else f"Use a whole number of at most {fact.maximum}."


def _read_date(fact: Fact, raw: Any) -> date | Problem:
    # A date of the calendar module is taken as it is: forms have read it already.
    try:
        day = raw if type(raw) is date else iso_date(raw if isinstance(raw, str) else str(raw))
    except Malformed as malformed:
        return Problem(fact.name, raw, malformed.message, malformed.cure)
    if not EARLIEST <= day <= LATEST:
        cure = f"Use a year from {EARLIEST.year} to {LATEST.year}."
        return Problem(fact.name, raw, f"{day.isoformat()} cannot be meant.", cure)
    return day


def _read_interval(fact: Fact, raw: Any) -> Value | Problem:
    if isinstance(raw, Interval):
        raw = {"start": raw.start, "end": raw.end}
    if not isinstance(raw, Mapping) or not set(raw) <= {"start", "end"} or raw.get("start") is None:
        cure = 'Use {"start": "2004-05-04", "end": "2004-05-20"}; the end may be null.'
        return Problem(fact.name, raw, "A start and an end are needed.", cure)
    start = _read_date(fact, raw["start"])
    end = None if raw.get("end") is None else _read_date(fact, raw["end"])
    if isinstance(start, Problem):
        return start
    if isinstance(end, Problem):
        return end
    if end is not None and end < start:
        message = f"It would end on {end.isoformat()}, before it starts on {start.isoformat()}."
        return Problem(fact.name, raw, message, "Give an end on or after the start.")
    return Interval(start, end)


def load_facts(source: str | Path, *, path: str = "") -> FactBook:
    """Read facts.toml, given as text or as the Path of a file. Raises LintErrors."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    book, findings = _read_book(text, path or (str(source) if isinstance(source, Path) else "facts.toml"))
    if errors(findings):
        raise LintErrors(findings)
    return book


def lint_facts(text: str, path: str) -> list[Finding]:
    """Everything wrong with the text of a facts.toml, in the order of its lines."""
    return _read_book(text, path)[1]


def _read_book(text: str, path: str) -> tuple[FactBook, list[Finding]]:
    reader = _BookReader(text, path)
    reader.read()
    return FactBook(reader.facts, reader.guards), sorted(reader.findings, key=lambda finding: finding.line)


class _BookReader:
    """Collects facts, guards and findings on the way through one file."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.lines = _lines_of_facts(text)
        self.facts: dict[str, Fact] = {}
        self.guards: dict[str, Guard] = {}
        self.findings: list[Finding] = []

    def read(self) -> None:
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = TOML_LINE.search(str(error))
            self.note(
                int(found[1]) if found else 1, f"This is not TOML: {error}.", "Check quotes and brackets."
            )
            return
        for key in data:
            if key != "facts":
                self.note(1, f"{key} has no place in this file.", "Put facts under [facts.name].")
        facts = data.get("facts", {})
        if not isinstance(facts, dict) or not facts:
            self.note(1, "There are no facts.", "Add [facts.name] with type, question and source.")
            return
        for name, entry in facts.items():
            self.read_fact(name, entry)
        for fact in self.facts.values():
            self.read_guard(fact)
        self.look_for_circles()

    def note(self, line: int, message: str, cure: str) -> None:
        self.findings.append(Finding(self.path, line, Severity.ERROR, message, cure))

    def read_fact(self, name: str, entry: Any) -> None:
        line = self.lines.get(name, 1)
        if not isinstance(entry, dict):
            self.note(line, f"{name} is not a fact.", f"Write [facts.{name}] and its type below.")
            return
        before = len(self.findings)
        if not NAME.fullmatch(name) or name in ("id", "rank", "layer", "because", "source", "today"):
            self.note(
                line,
                f"{name} cannot be the name of a fact.",
                "Use small letters, digits and _; no table word.",
            )
        for key in entry:
            if key not in KEYS:
                self.note(line, f"{name}: {key} is not a setting of a fact.", did_you_mean(key, KEYS))
        kind = entry.get("type")
        if kind not in list(FactType):
            self.note(line, f"{name}: {kind} is not a type.", f"Use one of: {', '.join(FactType)}.")
            return
        self.check_choices(name, kind, entry, line)
        self.check_range(name, kind, entry, line)
        self.check_texts(name, entry, line)
        if len(self.findings) == before:
            self.facts[name] = Fact(name=name, line=line, **{**entry, "type": FactType(kind)})

    def check_choices(self, name: str, kind: str, entry: dict[str, Any], line: int) -> None:
        choices = entry.get("choices")
        if kind != FactType.CHOICE:
            if choices is not None:
                self.note(line, f"{name}: only a choice has choices.", "Take them out, or make it a choice.")
        elif not isinstance(choices, dict) or not choices:
            self.note(line, f"{name} has no choices.", 'Write choices = { value = "Word on the screen" }.')
        else:
            for choice, title in choices.items():
                if not NAME.fullmatch(choice) or choice == "known":
                    self.note(
                        line, f"{name}: {choice} cannot be a choice.", "Use small letters, digits and _."
                    )
                if not isinstance(title, str) or not title.strip():
                    self.note(line, f"{name}: {choice} has no word for the screen.", "Add one in quotes.")

    def check_range(self, name: str, kind: str, entry: dict[str, Any], line: int) -> None:
        ends = [entry[key] for key in ("minimum", "maximum") if key in entry]
        if ends and kind != FactType.WHOLE_NUMBER:
            self.note(line, f"{name}: only a whole number has a range.", "Take out minimum and maximum.")
        elif not all(type(end) is int for end in ends):
            self.note(line, f"{name}: minimum and maximum are whole numbers.", "Write them without quotes.")
        elif len(ends) == 2 and ends[0] > ends[1]:
            self.note(line, f"{name}: the minimum is above the maximum.", "Exchange them.")

    def check_texts(self, name: str, entry: dict[str, Any], line: int) -> None:
        for key in ("question", "help", "sensitivity", "source", "asked_when", "derived"):
            if not isinstance(entry.get(key, ""), str):
                self.note(line, f"{name}: {key} is not text.", "Put it in quotes.")
                return
        if not entry.get("question", "").strip() and not entry.get("derived"):
            self.note(line, f"{name} has no question.", "Add one, or say what it is derived from.")
        if not entry.get("source", "").strip():
            self.note(line, f"{name} has no source.", 'Add source = "D:L286", or "local".')
        if entry.get("sensitivity", "ordinary") not in SENSITIVITIES:
            self.note(
                line, f"{name}: {entry['sensitivity']} is no sensitivity.", "Use ordinary or sensitive."
            )

    def read_guard(self, fact: Fact) -> None:
        try:
            self.guards[fact.name] = parse_guard(fact.asked_when, self.facts)
        except Malformed as malformed:
            self.note(fact.line, f"{fact.name}: asked_when: {malformed.message}", malformed.cure)

    def look_for_circles(self) -> None:
        for fact in self.facts.values():
            if fact.name in _all_guard_facts(fact.name, self.guards):
                message = f"{fact.name}: asked_when comes back to {fact.name} itself."
                self.note(fact.line, message, "Break the circle: one of its facts must be asked first.")


def parse_guard(text: str, facts: Mapping[str, Fact]) -> Guard:
    """Read ``asked_when``: conditions joined by and. Raises Malformed."""
    if not text.strip():
        return ALWAYS
    return tuple(_condition(part.strip(), facts) for part in re.split(r"\s+and\s+", text.strip()))


def _condition(text: str, facts: Mapping[str, Fact]) -> Condition:
    found = CONDITION.fullmatch(text)
    if not found:
        raise Malformed(f"{text} is not a condition.", "Write for example pregnant = yes, or age >= 16.")
    name, part = split_name(found[1])
    if name not in facts:
        raise Malformed(f"There is no fact {name}.", did_you_mean(name, facts))
    if part and facts[name].type is not FactType.DATE_INTERVAL:
        raise Malformed(f"{name} has no {part}.", f"Write {name} alone.")
    return Condition(name, part, parse_cell(found[3], facts[name], part))


def _all_guard_facts(name: str, guards: Mapping[str, Guard]) -> set[str]:
    seen: set[str] = set()
    waiting = [condition.fact for condition in guards.get(name, ALWAYS)]
    while waiting:
        fact = waiting.pop()
        if fact not in seen:
            seen.add(fact)
            waiting.extend(condition.fact for condition in guards.get(fact, ALWAYS))
    return seen


def _lines_of_facts(text: str) -> dict[str, int]:
    found = ((HEADING.match(line), number) for number, line in enumerate(text.splitlines(), 1))
    return {match[1]: number for match, number in found if match}
