"""What the record says of an act, in one sentence."""

from types import SimpleNamespace

import pytest

from tests.factories import NOW, TODAY
from waymark.record.enums import Happened
from waymark.web.timeline import present

ANA = SimpleNamespace(
    person=SimpleNamespace(name="Ana Reid"), get_role_display=lambda: "contact-centre agent"
)


def said(kind, why="", by=ANA, **details):
    return present(
        SimpleNamespace(kind=kind, at=NOW, by=by, why=why, details=details),
        TODAY,
        {"ib": "Incapacity Benefit"},
    )


def test_a_deferral_says_who_until_when_why_and_what_the_customer_would_like():
    entry = said(
        Happened.INTERVIEW_DEFERRED,
        "You told us that you are going into hospital.",
        until="2004-06-30",
        recontact_on="2004-06-25",
        in_a_row=1,
        view="Once I am home.",
    )
    assert entry.what == (
        "Ana Reid deferred the interview until Wednesday 30 June, because: You told us that you are going into hospital."
    )
    assert entry.more == "We get in touch on Friday 25 June."
    assert entry.words == "Once I am home."


def test_a_deferral_that_was_authorised_names_who_decided_and_who_authorised():
    entry = said(
        Happened.INTERVIEW_DEFERRED,
        "You are ill.",
        until="2004-06-30",
        recontact_on="2004-06-25",
        decided_by="Lee Grant",
        authorised_by="Ana Reid",
    )
    assert entry.what == (
        "Lee Grant deferred the interview until Wednesday 30 June, and Ana Reid authorised it, because: You are ill."
    )


def test_a_waiver_that_was_authorised_names_who_decided_and_who_authorised():
    entry = said(
        Happened.INTERVIEW_WAIVED,
        "Ill",
        review_on="2007-05-04",
        decided_by="Lee Grant",
        authorised_by="Ana Reid",
    )
    assert entry.what == (
        "Lee Grant decided that no interview is asked for, and Ana Reid authorised it, because: Ill."
    )


def test_a_second_deferral_says_that_it_is_the_second():
    entry = said(
        Happened.INTERVIEW_DEFERRED, "Ill", until="2004-06-30", recontact_on="2004-06-25", in_a_row=2
    )
    assert entry.more.startswith("It is deferral number 2 in a row.")


def test_another_year_is_said():
    entry = said(Happened.INTERVIEW_WAIVED, "Ill", review_on="2007-05-04")
    assert entry.more == "It is looked at again on Friday 4 May 2007."


def test_a_booking_says_when_with_whom_and_how():
    entry = said(
        Happened.INTERVIEW_BOOKED,
        starts="2004-05-06T11:00:00+01:00",
        adviser="Tom Walsh",
        mode="office",
        office="Calder",
    )
    assert (
        entry.what
        == "Ana Reid booked the interview for Thursday 6 May, 11:00 with Tom Walsh (at the office)."
    )


def test_a_booking_without_a_time_says_so():
    assert (
        "a time is still to be found"
        in said(Happened.INTERVIEW_BOOKED, "The customer wants it.", starts="").what
    )


def test_what_the_daily_run_does_is_done_by_waymark():
    entry = said(Happened.STOP_LIFTED, "Done", by=None)
    assert entry.what == "Waymark let calls and letters go on again, because: Done."


def test_a_note_is_told_without_its_words():
    entry = said(Happened.NOTE_WRITTEN, note="N1", kind_of_note="restricted")
    assert entry.what == "Ana Reid wrote something down (restricted note)."


def test_a_task_is_named_in_words_not_by_its_code():
    entry = said(Happened.TASK_ESCALATED, by=None, task="first_call", level=2, due="2004-05-03")
    assert entry.what == "The task “first call”, due on Monday 3 May, is late and was raised to the manager."


def test_a_claim_names_its_benefit():
    entry = said(Happened.CLAIM_MADE, benefit="ib", office="Calder", route="call")
    assert entry.what == "Ana Reid took a claim for Incapacity Benefit at Calder (the customer called)."


@pytest.mark.parametrize("kind", [Happened.CUSTOMER_AMENDED, Happened.SAFE_CONTACT_SET])
def test_changes_are_told_old_to_new(kind):
    entry = said(kind, changes={"may_ring": ["True", "False"]})
    assert entry.more == "may be rung: yes, now no"
