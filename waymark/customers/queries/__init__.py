"""Reading customers and claims. What a person sees starts from their post."""

from waymark.customers.queries.card import (
    MustKnow,
    ReadableNote,
    merged_records,
    must_know,
    notes_for,
    open_stop,
    representative_words,
    representatives,
)
from waymark.customers.queries.duplicates import Likeness, likely_duplicates
from waymark.customers.queries.finding import MOST, Found, search
from waymark.customers.queries.reach import (
    claims_of,
    claims_visible_to,
    get_claim,
    get_customer,
    get_representative,
    identity_of,
    newest_claim,
    record_refs,
    visible_to,
)

__all__ = [
    "MOST",
    "Found",
    "Likeness",
    "MustKnow",
    "ReadableNote",
    "claims_of",
    "claims_visible_to",
    "get_claim",
    "get_customer",
    "get_representative",
    "identity_of",
    "likely_duplicates",
    "merged_records",
    "must_know",
    "newest_claim",
    "notes_for",
    "open_stop",
    "record_refs",
    "representative_words",
    "representatives",
    "search",
    "visible_to",
]
