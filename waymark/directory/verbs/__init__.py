"""Every write in the directory."""

from waymark.directory.verbs.entries import (
    add,
    add_with_organisation,
    amend,
    bring_back,
    confirm,
    give,
    withdraw,
)
from waymark.directory.verbs.knowing import (
    note_change,
    note_experience,
    note_liaison,
    note_unmet,
    note_view,
    say_knowledge,
)
from waymark.directory.verbs.organisations import (
    add_contact,
    add_location,
    add_organisation,
    amend_location,
    amend_organisation,
    end_contact,
)

__all__ = [
    "add",
    "add_contact",
    "add_location",
    "add_organisation",
    "add_with_organisation",
    "amend",
    "amend_location",
    "amend_organisation",
    "bring_back",
    "confirm",
    "end_contact",
    "give",
    "note_change",
    "note_experience",
    "note_liaison",
    "note_unmet",
    "note_view",
    "say_knowledge",
    "withdraw",
]
