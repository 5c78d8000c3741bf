"""After the interview: a wizard that does not end without what comes next (rules.md 4, D:L1115, M:L1766)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.conftest import pack_of
from tests.interviews.sitting import hold
from tests.interviews.talking import VIEW
from tests.recontact.makers import open_kinds
from waymark.interviews.diary.queries import slot_key
from waymark.interviews.models import Interview, Sitting
from waymark.interviews.sittings import verbs
from waymark.kernel.clock import day_of
from waymark.notices.models import Notice
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db

HELD = {"outcome": "held", "understood": "yes", "agreed": "yes", "began": "10:00", "ended": "10:50"}
SAID = {"said": "Your back hurts when you sit.", "agreed": "Tom finds a course by May."}


@pytest.fixture
def talked(place, began, sitting):
    """Everything was talked about; the wizard can begin."""
    by = {"by": place.adviser, "now": began.starts_at}
    verbs.note_state(sitting, capacity="able", **by)
    for entry in pack_of("pathways-2003").interview["options"]:
        verbs.show_option(sitting, entry["code"], "shown", **by)
    return began


def kinds_sent(interview) -> set[str]:
    return set(Notice.objects.filter(claim=interview.claim).values_list("kind", flat=True))


def test_what_is_missing_is_said_on_the_first_page(began, sitting, send):
    text = send("after", began, **HELD).content.decode()
    assert "It is not said whether the customer was able to take part today." in text
    assert "every form of help is shown" in text


def test_it_cannot_be_left_without_what_comes_next(talked, send, page, advises):
    send("after", talked, **HELD)
    assert "Choose what comes next" in send("next", talked).content.decode()
    answer = advises.post(reverse("sittings:check", args=[talked.ref]))
    assert answer.url == reverse("sittings:after", args=[talked.ref])
    assert Sitting.objects.get().state == "open"


def test_the_next_one_is_booked_on_the_spot_and_the_customer_reads_what_was_said(talked, send, page, advises):
    assert send("after", talked, **HELD).url == reverse("sittings:next", args=[talked.ref])
    assert "With it, 1 of 6 are done." in page("next", talked)
    answer = send("next", talked, kind="interview", about="how the course went")
    assert answer.url == reverse("sittings:time", args=[talked.ref])
    slots = advises.get(answer.url).context["search"].slots
    answer = send("time", talked, slot=slot_key(slots[0]))
    assert answer.url == reverse("sittings:summary", args=[talked.ref])
    send("summary", talked, **SAID)
    text = page("check", talked)
    for words in ("Your back hurts when you sit.", "Tom finds a course by May.", "how the course went"):
        assert words in text
    send("check", talked)
    following = Interview.objects.get(claim=talked.interview.claim, number=2)
    assert following.state == "booked"
    assert following.appointments.get().starts_at == slots[0].starts_at
    assert {"summary", "next_interview"} <= kinds_sent(following)
    assert "how the course went" in page("after", talked)


def test_the_summary_begins_with_what_was_written(talked, send, page):
    send("text", talked, field="own_words", text="You sleep badly.", based_on="0")
    send("text", talked, field="restricted", text="Afraid of her brother.", based_on="0")
    send("after", talked, **HELD)
    send("next", talked, kind="find_time")
    text = page("summary", talked)
    assert "You sleep badly." in text and "Afraid of her brother." not in text


def test_a_refusal_at_the_end_loses_nothing_that_was_chosen(talked, place, sitting, send, page):
    send("after", talked, **HELD)
    send("next", talked, kind="find_time", about="the course")
    send("summary", talked, **SAID)
    verbs.note_state(sitting, capacity="unable", by=place.adviser, now=talked.starts_at)
    text = send("check", talked).content.decode()
    assert "The customer was unable to take part today." in text
    assert "the course" in text
    assert "Your back hurts when you sit." in page("summary", talked)


def test_unable_today_counts_neither_way_and_gets_another_date(began, sitting, send, page):
    send("state", began, capacity="unable", part="able")
    send("after", began, outcome="unable_today", why="You felt faint.")
    assert "It does not count." in page("next", began)
    answer = send("next", began, kind="rebook")
    answer = send("time", began, slot="none")
    assert answer.url == reverse("sittings:check", args=[began.ref])
    assert "does not" in page("check", began) or "not counted" in page("check", began)
    send("check", began)
    began.interview.refresh_from_db()
    assert began.interview.state == "due"
    assert open_kinds(began.interview) == {"book"}
    assert "unable_today" in kinds_sent(began.interview)


@pytest.mark.parametrize(("counts", "state", "kind"), [("yes", "held", "find_time"), ("no", "due", "rebook")])
def test_one_that_was_cut_short_is_settled_by_a_person(talked, send, counts, state, kind):
    cut = {**HELD, "outcome": "shortened", "why": "The bus was late."}
    assert "Say whether it counts." in send("after", talked, **cut).content.decode()
    send("after", talked, **cut, counts=counts)
    send("next", talked, kind=kind)
    if kind == "rebook":
        send("time", talked, slot="none")
    send("summary", talked, **SAID)
    send("check", talked)
    talked.interview.refresh_from_db()
    assert talked.interview.state == state
    assert "shortened" in kinds_sent(talked.interview)


def test_the_next_one_is_put_off_by_the_usual_decision(talked, send, page, advises, now):
    send("after", talked, **HELD)
    assert send("next", talked, kind="defer").url == reverse("sittings:reason", args=[talked.ref])
    answer = send("reason", talked, reason="in_hospital")
    assert answer.url == reverse("sittings:facts", args=[talked.ref, "in_hospital"])
    until = day_of(now) + timedelta(days=40)
    facts = {"words": "He goes into hospital.", "wants_interview": "no", "health_matters": "yes"}
    facts |= {"hospital": "in", "hospital_stay_unknown": "on"}
    facts |= {
        "recovered_by_day": until.day,
        "recovered_by_month": until.month,
        "recovered_by_year": until.year,
    }
    answer = send("facts", talked, "in_hospital", **facts)
    assert answer.status_code == 302, answer.content.decode()
    chosen = {"outcome": "defer", "reason": "in_hospital", "because": "You are in hospital.", **VIEW}
    chosen |= {"until_day": until.day, "until_month": until.month, "until_year": until.year}
    chosen |= {
        "evidence": "customer_word",
        "otherwise_code": "customer_wishes",
        "otherwise_words": "As agreed.",
    }
    answer = send("decision", talked, **chosen)
    assert answer.status_code == 302, answer.content.decode()
    send("summary", talked, **SAID)
    assert "You are in hospital." in page("check", talked)
    send("check", talked)
    following = Interview.objects.get(claim=talked.interview.claim, number=2)
    assert following.state == "deferred"
    assert following.deferrals.get().decision.stage == "at_interview"


def test_a_hard_interview_is_followed_by_a_talk(talked, send, sitting):
    send("state", talked, asks_hard="yes", hard="on", part="notes")
    send("after", talked, **HELD)
    send("next", talked, kind="find_time")
    send("summary", talked, **SAID)
    send("check", talked)
    assert "debrief" in open_kinds(talked.interview)


def test_what_is_settled_is_not_written_again(place, talked, send, page):
    hold(place, talked)
    answer = send("text", talked, field="notes", text="Too late.", based_on="0", quiet=True)
    assert answer.status_code == 422
    assert "A correction is written beside the summary" in answer.json()["refused"]
    assert "disabled" in page("during", talked)


def test_what_the_customer_puts_right_stands_beside_the_summary_and_is_answered(place, talked, page, advises):
    sitting = hold(place, talked)
    one = verbs.say_it_is_wrong(sitting.summaries.get(), words="It was my knee.", by=None, now=talked.ends_at)
    assert "It was my knee." in page("after", talked)
    address = reverse("series:correction", args=[one.ref])
    answer = advises.post(address, {"words": "We have written that it is the knee."})
    assert answer.url == reverse("sittings:after", args=[talked.ref])
    assert "We have written that it is the knee." in page("after", talked)
    assert not Task.objects.filter(kind="write_up").exists()
