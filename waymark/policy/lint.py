"""Looks for what is wrong with a table that can be read: gaps, overlaps and rows that can never match."""

from collections.abc import Iterable

from waymark.policy.facts import FactBook
from waymark.policy.findings import Finding, Severity, errors
from waymark.policy.matrix import Matrix
from waymark.policy.partition import Space, TooLarge, Witness, days_to_try
from waymark.policy.reading import Hit, Sheet, read_sheet


def lint_table(text: str, path: str, facts: FactBook) -> list[Finding]:
    """Everything wrong with the text of a table, by line. Rows are compared only once every cell can be
    read."""
    sheet, findings = read_sheet(text, path, facts)
    if not errors(findings):
        findings = findings + lint_sheet(sheet, facts)
    return sorted(findings, key=lambda finding: finding.line)


def lint_sheet(sheet: Sheet, facts: FactBook) -> list[Finding]:
    """What is wrong between the rows of a sheet in which every cell could be read."""
    matrix = Matrix(sheet, facts)
    days, all_days = days_to_try(matrix)
    linter = _Linter(sheet, [Space(matrix, facts, day) for day in days])
    dead = linter.never_matching()
    if sheet.hit is Hit.UNIQUE:
        linter.overlaps()
    else:
        linter.covered(skip=dead)
    if sheet.complete:
        linter.gap()
    if not all_days:
        linter.note(sheet.line, Severity.INFO, f"The rows were compared on {len(days)} days only.", "")
    return linter.findings


class _Linter:
    def __init__(self, sheet: Sheet, spaces: list[Space]) -> None:
        self.sheet = sheet
        self.spaces = spaces
        self.findings: list[Finding] = []

    def note(self, line: int, severity: Severity, message: str, cure: str) -> None:
        self.findings.append(Finding(self.sheet.path, line, severity, message, cure))

    def never_matching(self) -> set[int]:
        """Rows whose own cells, or their facts' guards, contradict each other."""
        dead = {
            bit
            for bit in range(len(self.sheet.rows))
            if all(space.possible((bit,)) is None for space in self.spaces)
        }
        for bit in dead:
            row = self.sheet.rows[bit].row
            message = (
                f"{row.id} can never match: its cells contradict each other or the guards of their facts."
            )
            self.note(row.line, Severity.ERROR, message, "Loosen a cell, or take the row out.")
        return dead

    def overlaps(self) -> None:
        for second in range(len(self.sheet.rows)):
            for first in range(second):
                witness = self.overlap(first, second)
                if witness is not None:
                    one, other = self.sheet.rows[first].row, self.sheet.rows[second].row
                    both = f"both match when {in_words(witness)}"
                    message = f"{other.id} overlaps {one.id} of line {one.line}: {both}."
                    self.note(other.line, Severity.ERROR, message, "Make their cells exclude each other.")

    def overlap(self, first: int, second: int) -> Witness | None:
        for space in self.spaces:
            together = space.possible((first, second))
            if together is not None:
                return space.example(together)
        return None

    def covered(self, skip: set[int]) -> None:
        """Rows that match only where a row before them does."""
        for bit in range(1, len(self.sheet.rows)):
            if bit not in skip:
                self.covered_row(bit)

    def covered_row(self, bit: int) -> None:
        row = self.sheet.rows[bit].row
        first = self.sheet.hit is Hit.FIRST
        try:
            free = any(space.unmatched((1 << bit) - 1, within=(bit,)) is not None for space in self.spaces)
        except TooLarge:
            message = f"{row.id}: too many combinations to say whether the rows before it leave it any."
            self.note(row.line, Severity.INFO, message, "")
            return
        if not free and first:
            message = f"{row.id} can never match: the rows before it cover all that it asks for."
            self.note(row.line, Severity.ERROR, message, "Move it up, or take it out.")
        elif not free:
            message = f"{row.id} can match but never win: rows of a lower rank cover all that it asks for."
            self.note(
                row.line, Severity.INFO, message, "Give it a lower rank if it should ever be the advice."
            )

    def gap(self) -> None:
        if any(not row.tests for row in self.sheet.rows):
            return
        try:
            witnesses = (space.unmatched(space.rows) for space in self.spaces)
            witness = next((each for each in witnesses if each is not None), None)
        except TooLarge:
            message = "There are too many combinations to prove that every one is matched by a row."
            self.note(self.sheet.line, Severity.ERROR, message, "Add a last row that asks nothing.")
            return
        if witness is not None:
            message = f"There is a gap: no row matches when {in_words(witness)}."
            cure = "Add a row for it, or a last row that asks nothing, or set complete to no."
            self.note(self.sheet.line, Severity.ERROR, message, cure)


def in_words(witness: Witness) -> str:
    """A combination as part of a sentence."""
    return _list(witness.values()) or "anything is answered"


def _list(words: Iterable[str]) -> str:
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last
