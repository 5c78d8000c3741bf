"""The columns of a file of claims, and how long what stands in them may be."""

from collections.abc import Mapping

NEEDS = (
    "large_print",
    "step_free",
    "private_room",
    "companion",
    "home_visit",
    "phone_only",
    "cannot_sit_long",
    "read_aloud",
)
NEED_TEXTS = ("interpreter", "communication")
COLUMNS: Mapping[str, str] = {
    "reference": "the sender's own key of the claim; the same file can then be read again",
    "title": "Mr, Mrs, Ms, Miss, Dr ...",
    "given_names": "must be there",
    "family_name": "must be there",
    "date_of_birth": "1961-03-12 or 12/03/1961",
    "ni_number": "AB 12 34 56 C; may be empty when the next column says why",
    "ni_unknown_because": "why the NI number is not known",
    "another_than": "reference of a known customer of this name and date of birth who is somebody else",
    "address": "without the postcode",
    "postcode": "CA1 1AB",
    "telephone": "01632 960001",
    "email": "",
    "benefit": "must be there: code or title of the programme",
    "group": "must be there: code or title of the programme's customer groups",
    "office": "must be there: code or name of the office the customer would visit",
    "claimed_on": "must be there: the day of the claim",
    "period_from": "the day of the claim when empty",
    "period_until": "only for a claim for a closed period",
    "route": "call, form or file (file when empty)",
    "safe_to_ring": "yes or no (yes when empty)",
    "safe_to_leave_message": "yes or no (yes when empty)",
    "safe_to_write": "yes or no (yes when empty)",
    "contact_warning": "what whoever rings or writes must know",
    **dict.fromkeys(NEEDS, "yes or no (no when empty)"),
    "interpreter": "language, or British Sign Language",
    "communication": "how the customer communicates best",
}
MUST_BE_THERE = ("given_names", "family_name", "benefit", "group", "office", "claimed_on")
PROBLEM = "problem"  # the extra column of rejected rows; passed over when they come back mended
LONGEST = {
    "title": 20,
    "given_names": 100,
    "family_name": 100,
    "ni_unknown_because": 200,
    "another_than": 12,
    "address": 300,
    "contact_warning": 200,
    "interpreter": 60,
    "communication": 200,
}
LONGEST_KEY = 80
