"""Writing work: jobs, calls, disclosure, and the time after a benefit."""

from waymark.employment.verbs.calls import not_reached, offer_support, talk
from waymark.employment.verbs.checks import note_sustained
from waymark.employment.verbs.disclosing import talk_of_disclosure
from waymark.employment.verbs.jobs import (
    NewJob,
    change_job,
    not_taken,
    record_job,
    see_evidence,
    set_wishes,
    start_job,
)
from waymark.employment.verbs.leaving import called_after, leave_job
from waymark.employment.verbs.transition import (
    Help,
    agree_transition,
    begin_transition,
    close_transition,
    in_touch,
    note_appeal,
)

__all__ = [
    "Help",
    "NewJob",
    "agree_transition",
    "begin_transition",
    "called_after",
    "change_job",
    "close_transition",
    "in_touch",
    "leave_job",
    "not_reached",
    "not_taken",
    "note_appeal",
    "note_sustained",
    "offer_support",
    "record_job",
    "see_evidence",
    "set_wishes",
    "start_job",
    "talk",
    "talk_of_disclosure",
]
