"""Letters as a pack writes them: read, checked by the letter checker, filled with the words of one customer.

A letter lives in `letters/<language>/<kind>.toml` of a pack:

    title = "Your interview is put off until {until}"
    stance = "compulsory"                     # compulsory | voluntary | neutral
    channels = ["post", "email"]              # the ways it may go, the best first; `text` needs [short]
    subject = "Your interview is put off"
    required = ["reason", "until"]            # what the customer must be told
    [[blocks]]
    kind = "paragraph"                        # heading | paragraph | list | key_facts | contact
    text = "We put it off because {reason}."
    carries = ["reason"]                      # which of the required things this block tells
    when = "promised"                         # only where this word is there (`unless`: where it is not)
    [short]
    text = "Please ring {contact_phone}."     # the same as a text message

A list has `items` (or one item a line of `text`), key facts have items or lines "Label: value"; an item may
be a table with `label`, `text`, `when` and `unless`. A gentler or fuller version for some people is kept beside
it as `<kind>.<variant>.toml`. Pure: neither Django nor tables of the database.
"""

from waymark.notices.rules.checking import OLDEST_READING_AGE, RULES, lint_letter
from waymark.notices.rules.faults import LetterFinding
from waymark.notices.rules.filling import Filled, MissingContent, Words, check_content, fill
from waymark.notices.rules.kinds import GENTLE, KINDS, LetterKind, kind_of
from waymark.notices.rules.letters import (
    BY_POST_OR_MAIL,
    BadLetter,
    Block,
    Item,
    Letter,
    letter_path,
    parse_letter,
    words_in,
)
from waymark.notices.rules.placeholders import PLACEHOLDERS, USUAL
from waymark.notices.rules.reading import reading_age, syllables
from waymark.notices.rules.reminding import Due, ReminderStep, due_steps, steps_of
from waymark.notices.rules.sending import NO_WAY, Way, next_try, way_to
from waymark.notices.rules.texting import LONGEST_TEXT, mobile_of, plain, texting_time
from waymark.notices.rules.wording import base_language, fixed, in_words, long_day

__all__ = [
    "BY_POST_OR_MAIL",
    "GENTLE",
    "KINDS",
    "LONGEST_TEXT",
    "NO_WAY",
    "OLDEST_READING_AGE",
    "PLACEHOLDERS",
    "RULES",
    "USUAL",
    "BadLetter",
    "Block",
    "Due",
    "Filled",
    "Item",
    "Letter",
    "LetterFinding",
    "LetterKind",
    "MissingContent",
    "ReminderStep",
    "Way",
    "Words",
    "base_language",
    "check_content",
    "due_steps",
    "fill",
    "fixed",
    "in_words",
    "kind_of",
    "letter_path",
    "lint_letter",
    "long_day",
    "mobile_of",
    "next_try",
    "parse_letter",
    "plain",
    "reading_age",
    "steps_of",
    "syllables",
    "texting_time",
    "way_to",
    "words_in",
]
