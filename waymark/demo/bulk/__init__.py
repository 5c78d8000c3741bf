"""A caseload in every state, written in bulk: the rows that the verbs would have written, by the thousand.

Decisions are made by the real tables and keep a real trace, so that they replay; letters are really written.
`waymark check` holds on the result, and a test says so.
"""

from waymark.demo.bulk.caseload import fill
from waymark.demo.bulk.maker import Maker

__all__ = ["Maker", "fill"]
