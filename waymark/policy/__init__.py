"""Decision tables: rules that people who write policy can read, and that explain themselves.

``load_facts`` reads what can be asked, ``load_table`` a table of rules over it. ``table.evaluate`` answers
with advice or with what to ask next; ``table.trace`` with the reasons as well, which ``explain`` puts into
words. How it works is told in ``matrix.py``. Pure Python, no clock, no database.
"""

from waymark.policy.evaluation import Contradiction, Evaluation
from waymark.policy.explanation import Explanation, answer_in_words, explain
from waymark.policy.facts import BadFacts, FactBook, Problem, lint_facts, load_facts
from waymark.policy.findings import Finding, LintErrors, Severity
from waymark.policy.kinds import NOT_KNOWN, Fact, Facts, FactType, Interval, Value
from waymark.policy.lint import lint_table
from waymark.policy.reading import Hit, Row
from waymark.policy.table import Table, load_table, what_to_ask
from waymark.policy.trace import Cell, Trace, Verdict

__all__ = [
    "NOT_KNOWN",
    "BadFacts",
    "Cell",
    "Contradiction",
    "Evaluation",
    "Explanation",
    "Fact",
    "FactBook",
    "FactType",
    "Facts",
    "Finding",
    "Hit",
    "Interval",
    "LintErrors",
    "Problem",
    "Row",
    "Severity",
    "Table",
    "Trace",
    "Value",
    "Verdict",
    "answer_in_words",
    "explain",
    "lint_facts",
    "lint_table",
    "load_facts",
    "load_table",
    "what_to_ask",
]
