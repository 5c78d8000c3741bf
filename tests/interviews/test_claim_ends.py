"""A claim ends: the customer is told what is over and where to go now (P:L257, P:L1153, P:L1364)."""

from datetime import datetime, timedelta

import pytest

from tests import factories
from tests.cases.series import of_six
from tests.interviews.sitting import HOUR, book
from waymark.customers.models import Claim, SafeContact
from waymark.interviews import verbs
from waymark.interviews.models import Appointment
from waymark.kernel.clock import LONDON
from waymark.kernel.refusal import Refused
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.record.models import Event
from waymark.web.timeline import present
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]
LED = datetime(2008, 2, 5, 9, 30, tzinfo=LONDON)
LATER = LED + timedelta(days=1)


@pytest.fixture
def booked(place) -> Appointment:
    """The first interview of somebody in the provider-led programme, told of by a letter that went."""
    appointment = book(
        place, of_six(place, programme="provider-led-2007", now=LED), now=LED, after=LED + timedelta(days=14)
    )
    deliver_due(LED + HOUR)
    return appointment


def end(place, claim: Claim, reason: str, **more) -> Claim:
    wanted = {"on": LATER.date(), "by": place.adviser, "now": LATER, **more}
    return verbs.end_claim(claim, reason=reason, **wanted)


def letters_of_the_end() -> list[Notice]:
    return list(Notice.objects.filter(kind="claim_ended"))


def plain(notice: Notice) -> str:
    return " ".join(
        text
        for block in notice.content["blocks"]
        for text in [block["text"], *(item["text"] for item in block["items"])]
    )


def test_who_loses_the_benefit_is_told_what_is_over_what_is_cancelled_and_whom_to_ring(place, booked):
    claim = end(place, booked.interview.claim, "not_entitled")
    [letter] = letters_of_the_end()
    said = plain(letter)
    assert "The last day of your claim for Incapacity Benefit is Wednesday 6 February 2008." in said
    assert "You do not have to come to interviews with us any more." in said
    day = booked.starts_at.astimezone(LONDON)
    assert f"Your interview on {day:%A} {day.day} {day:%B %Y}" in said and "is cancelled" in said
    assert "you can appeal" in said
    assert "may go on while you wait or under another benefit" in said
    assert claim.office.telephone in said


def test_who_loses_the_benefit_is_told_what_else_there_is(place, booked):
    end(place, booked.interview.claim, "not_entitled")
    [letter] = letters_of_the_end()
    assert "Jobseeker’s Allowance, if you could take a job" in plain(letter)


def test_who_is_in_work_is_not_sent_a_list_of_benefits(place, booked):
    end(place, booked.interview.claim, "started_work")
    [letter] = letters_of_the_end()
    assert "Ask about these" not in plain(letter)


def test_where_nothing_is_booked_the_letter_says_so(place):
    claim = of_six(place, programme="provider-led-2007", now=LED).claim
    end(place, claim, "claims_no_more")
    [letter] = letters_of_the_end()
    assert "Nothing is booked for you with us." in plain(letter)
    assert "is cancelled" not in plain(letter)


@pytest.mark.parametrize("reason", ["died", "taken_twice"])
def test_nobody_is_written_to_about_somebody_who_has_died_or_a_claim_taken_twice(place, booked, reason):
    claim = end(place, booked.interview.claim, reason)
    assert not letters_of_the_end()
    assert claim.status == "ended" and claim.told_of_end is None
    assert not Notice.objects.filter(state="waiting").exists()


def test_letters_that_had_not_gone_are_kept_from_going_and_only_the_last_word_goes(place):
    interview = of_six(place, programme="provider-led-2007", now=LED)
    book(place, interview, now=LED, after=LED + timedelta(days=14))
    end(place, interview.claim, "claims_no_more")
    waiting = Notice.objects.filter(state="waiting")
    assert [notice.kind for notice in waiting] == ["claim_ended"]


def test_a_claim_ends_though_there_is_no_safe_way_to_write_and_the_record_says_so(place, booked):
    claim = booked.interview.claim
    SafeContact.objects.create(customer=claim.customer, may_write=False, may_email=False)
    claim = end(place, claim, "not_entitled")
    assert claim.status == "ended" and claim.told_of_end is False
    assert not letters_of_the_end()
    [event] = Event.objects.filter(kind="claim_ended")
    assert "not told by letter" in str(present(event, LATER.date(), {}))


def test_while_contact_is_stopped_the_letter_is_held(place, booked):
    claim = booked.interview.claim
    verbs.stop_contact(
        claim.customer,
        reason="bereavement",
        words="The mother has died.",
        look_again_on=LATER.date() + timedelta(days=30),
        by=place.adviser,
        now=LED + 2 * HOUR,
    )
    end(place, claim, "claims_no_more")
    [letter] = letters_of_the_end()
    assert letter.state == "held"


def test_another_reason_is_said_in_words_and_the_letter_does_not_repeat_them(place, booked):
    claim = booked.interview.claim
    with pytest.raises(Refused) as refused:
        end(place, claim, "other")
    assert refused.value.code == "no_words"
    claim = end(place, claim, "other", why="Gone to sea")
    assert claim.end_reason == "Another reason. Gone to sea"
    [letter] = letters_of_the_end()
    assert "sea" not in plain(letter)


def test_an_end_without_a_reason_of_the_list_is_refused_and_changes_nothing(place, booked):
    with pytest.raises(Refused) as refused:
        end(place, booked.interview.claim, "whatever")
    assert refused.value.code == "no_reason"
    assert Claim.objects.get().status == "live" and Appointment.objects.get().state == "booked"


# To another benefit


def test_moving_to_jobseekers_allowance_ends_the_claim_the_day_before_and_tells_the_customer(place, booked):
    claim = booked.interview.claim
    moved = verbs.change_benefit(
        claim, "jsa", why="Found fit for work.", on=LATER.date(), by=place.adviser, now=LATER
    )
    assert (moved.status, moved.ended_on, moved.end_code) == ("ended", LED.date(), "other_benefit")
    assert (
        moved.end_reason
        == "The customer moves to another benefit: Jobseeker's Allowance. Found fit for work."
    )
    assert Appointment.objects.get().state == "cancelled"
    # Nothing is open but to agree with them what goes on (P:L1539).
    assert [task.kind for task in Task.objects.filter(claim=claim, closed_at=None)] == ["transition"]
    [letter] = letters_of_the_end()
    assert "Jobseeker's Allowance" in plain(letter)
    assert "Help that you have begun may go on under the new benefit, as your choice." in plain(letter)


def test_a_benefit_of_the_programme_lets_the_claim_go_on(place, booked):
    claim = verbs.change_benefit(
        booked.interview.claim, "is", why="So decided.", on=LATER.date(), by=place.adviser, now=LATER
    )
    assert (claim.status, claim.benefit) == ("live", "is")
    assert not letters_of_the_end()


def test_a_move_without_a_word_why_is_refused(place, booked):
    with pytest.raises(Refused) as refused:
        verbs.change_benefit(
            booked.interview.claim, "jsa", why=" ", on=LATER.date(), by=place.adviser, now=LATER
        )
    assert refused.value.code == "no_reason"


def test_in_the_first_programme_a_jobseeker_still_comes_to_the_first_contact(place):
    interview = place.claim()
    claim = verbs.change_benefit(
        interview.claim,
        "jsa",
        why="So decided.",
        on=factories.TODAY,
        by=place.adviser,
        now=factories.NOW,
    )
    assert (claim.status, claim.benefit) == ("live", "jsa")
