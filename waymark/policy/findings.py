"""What a linter finds in a pack: where, what, how bad, and how to put it right."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    path: str
    line: int
    severity: Severity
    message: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} {self.cure}".rstrip()


class LintErrors(ValueError):
    """A file of a pack cannot be used. ``findings`` says why, line by line."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))


class Malformed(ValueError):
    """A cell, a guard or an expression cannot be read. The reader turns it into a finding with its line."""

    def __init__(self, message: str, cure: str = "") -> None:
        self.message = message
        self.cure = cure
        super().__init__(f"{message} {cure}".rstrip())


def errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]
