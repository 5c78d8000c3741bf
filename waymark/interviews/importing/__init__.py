"""A file of claims: customers, claims, their first interview and first call, in whole batches.

The same file can be read again at any time: a claim is known by its source key. Every row that cannot come
in is given back with all that is wrong with it and what would be right.
"""

from waymark.interviews.importing.columns import COLUMNS, PROBLEM
from waymark.interviews.importing.file import Unreadable
from waymark.interviews.importing.run import import_claims
from waymark.interviews.importing.shapes import Report

__all__ = ["COLUMNS", "PROBLEM", "Report", "Unreadable", "import_claims"]
