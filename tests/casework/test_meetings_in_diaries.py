"""A meeting of three stands in the diaries of those who take part; it moves, it is cancelled, it is written up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.casework.making import (
    check_now,
    claim_with,
    day,
    disability_adviser,
    helpers,
    manager_of,
    moment,
    open_tasks,
    taken_on,
    wanted,
)
from waymark.casework import daily, queries, verbs
from waymark.casework.enums import MeetingKind, MeetingState, Told
from waymark.casework.models import Case, Meeting
from waymark.casework.verbs import Held, Invited
from waymark.interviews.diary import feed
from waymark.interviews.diary import verbs as diary
from waymark.interviews.diary.queries import person_week
from waymark.interviews.models import DiaryEntry
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Absence, Post
from waymark.record.models import Event

pytestmark = pytest.mark.django_db


def asked(post: Post) -> Invited:
    return Invited(post.person.name, post.team.office.name, post=post)


def meet(case: Case, *posts: Post, by: Post, **more) -> Meeting:
    wish = {
        "kind": MeetingKind.CONFERENCE,
        "starts_at": moment(1, 11),
        "place": "Calder office",
        "objectives": "What comes after the course.",
        "invited": [asked(post) for post in posts],
        "by": by,
        "now": moment(),
        **more,
    }
    return verbs.plan_meeting(case, **wish)


def filled(post: Post) -> list:
    return list(DiaryEntry.objects.filter(person=post.person, live=True).exclude(meeting=""))


def test_it_stands_in_the_diary_of_every_colleague_who_takes_part(place):
    case, dea = taken_on(place), disability_adviser(place)
    meeting = meet(case, place.adviser, dea, by=place.adviser, minutes=45)
    for post in (place.adviser, dea):
        [entry] = filled(post)
        assert (entry.during.lower, entry.during.upper) == (
            moment(1, 11),
            moment(1, 11) + timedelta(minutes=45),
        )
        assert entry.meeting == meeting.ref
        week = person_week(place.office, post.person, day(1), now=moment())
        assert [item.meeting_ref for one in week for item in one.items if item.kind == "other"] == [
            meeting.ref
        ]


def test_neither_diary_nor_calendar_says_the_name_of_the_customer(place):
    case = taken_on(place)
    meet(case, place.adviser, by=place.adviser)
    [entry] = filled(place.adviser)
    customer = case.claim.customer
    assert customer.ref in entry.what
    shown = feed.calendar_of(place.adviser.person, moment()).decode()
    assert customer.family_name not in entry.what + shown


def test_whoever_has_something_else_then_is_named_and_nothing_is_planned(place):
    case, dea = taken_on(place), disability_adviser(place)
    span = (moment(1, 11), moment(1, 12))
    diary.block(dea.person, span, "a visit", by=None, now=moment())
    with pytest.raises(Refused, match=rf"{dea.person.name} has a visit"):
        meet(case, place.adviser, dea, by=place.adviser)
    assert not Meeting.objects.exists()
    assert not filled(place.adviser)


def test_two_meetings_never_take_the_same_person_at_the_same_time(place):
    meet(taken_on(place), place.adviser, by=place.adviser)
    with pytest.raises(Refused, match="has Case conference"):
        meet(
            taken_on(place), place.adviser, by=place.adviser, starts_at=moment(1, 11) + timedelta(minutes=15)
        )


def test_the_times_offered_leave_out_an_interview_of_the_customer(place):
    case = taken_on(place)
    found = queries.times_for(
        case,
        [place.adviser.person, place.second_adviser.person],
        minutes=30,
        not_before=moment(1, 9),
        with_customer=True,
        now=moment(),
    )
    assert found.times[0] == moment(1, 9) + timedelta(minutes=15)
    assert len({day_of(time) for time in found.times}) > 1


def test_a_moved_meeting_stands_at_its_new_time_with_its_task_and_the_move_is_kept(place):
    case = taken_on(place)
    meeting = meet(case, place.adviser, by=place.adviser)
    verbs.move_meeting(
        meeting,
        starts_at=moment(3, 14),
        place="By telephone",
        why="The college is closed.",
        customer_knows=True,
        by=place.adviser,
        now=moment(),
    )
    [entry] = filled(place.adviser)
    assert entry.during.lower == moment(3, 14)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.task.due_on, meeting.task.window_from) == (
        "By telephone",
        day(3),
        moment(3, 14),
    )
    kept = meeting.moves.get()
    assert (kept.was_at, kept.was_in, kept.why) == (moment(1, 11), "Calder office", "The college is closed.")
    assert Event.objects.filter(kind="case_meeting_moved").count() == 1


def test_a_customer_who_has_not_been_told_is_told_the_same_day(place):
    case = taken_on(place)
    meeting = meet(case, place.adviser, by=place.adviser)
    verbs.move_meeting(
        meeting,
        starts_at=moment(3, 14),
        place="Calder office",
        why="I am ill.",
        customer_knows=False,
        by=place.adviser,
        now=moment(),
    )
    [task] = [task for task in open_tasks(case, "case_contact") if "Tell the customer" in task.words]
    assert task.due_on == day(0)


def test_it_is_moved_and_cancelled_for_a_reason_only(place):
    case = taken_on(place)
    meeting = meet(case, place.adviser, by=place.adviser)
    with pytest.raises(Refused, match="moved for a reason"):
        verbs.move_meeting(
            meeting,
            starts_at=moment(3, 14),
            place="Calder office",
            why=" ",
            customer_knows=True,
            by=place.adviser,
            now=moment(),
        )
    with pytest.raises(Refused, match="cancelled for a reason"):
        verbs.cancel_meeting(
            meeting, why="", again=False, customer_knows=True, by=place.adviser, now=moment()
        )


def cancel(meeting: Meeting, by: Post, *, again: bool = False) -> Meeting:
    return verbs.cancel_meeting(
        meeting, why="The course goes on.", again=again, customer_knows=True, by=by, now=moment()
    )


def test_a_cancelled_meeting_frees_every_diary_and_nobody_is_lost(place):
    case, dea = taken_on(place), disability_adviser(place)
    meeting = cancel(meet(case, place.adviser, dea, by=place.adviser), place.adviser)
    assert meeting.state == MeetingState.CANCELLED
    assert not filled(place.adviser) and not filled(dea)
    check_now()
    meet(case, place.adviser, dea, by=place.adviser)


def test_a_cancelled_handover_for_which_the_customer_waits_is_always_planned_again(place):
    case, dea = taken_on(place), disability_adviser(place)
    wish = wanted(dea, reason="disability_adviser", remit=("complex_health",), hold_until_met=True)
    transfer = verbs.propose_transfer(case, wish, by=place.adviser, now=moment())
    verbs.answer_transfer(transfer, accept=True, by=dea, now=moment())
    meeting = meet(case, place.adviser, dea, by=place.adviser, kind=MeetingKind.HANDOVER, transfer=transfer)
    assert not open_tasks(case, "plan_handover")
    cancel(meeting, place.adviser, again=False)
    assert len(open_tasks(case, "plan_handover")) == 1


def test_before_its_time_it_is_moved_or_cancelled_and_did_not_fall_through(place):
    meeting = meet(taken_on(place), place.adviser, by=place.adviser)
    with pytest.raises(Refused, match="still to come"):
        verbs.meeting_fell_through(meeting, why="Nobody came.", by=place.adviser, now=moment())
    late = moment(1, 12)
    with pytest.raises(Refused, match="has come"):
        verbs.cancel_meeting(
            meeting, why="Too late.", again=False, customer_knows=True, by=place.adviser, now=late
        )
    verbs.meeting_fell_through(meeting, why="Nobody came.", by=place.adviser, now=late)
    assert filled(place.adviser), "its time was kept, as that of an appointment that was missed"


def test_who_came_from_outside_is_noted_by_name_asked_or_not(place):
    case, there = taken_on(place), helpers()
    meeting = meet(
        case,
        by=place.adviser,
        invited=[
            asked(place.adviser),
            Invited(there.contact.name, there.organisation.name, contact=there.contact),
        ],
    )
    held = Held(came=[there.contact.name], also=[Invited("Ida Frost", "Northgate Clinic")])
    verbs.settle_meeting(meeting, held, by=place.adviser, now=moment(1, 12))
    assert set(meeting.attendees.filter(came=True).values_list("name", "organisation")) == {
        (there.contact.name, there.organisation.name),
        ("Ida Frost", "Northgate Clinic"),
    }


def test_a_case_that_closes_gives_everybody_their_time_back(place):
    case = taken_on(place)
    meeting = meet(case, place.adviser, by=place.adviser)
    verbs.close_case(case, reason="work", by=place.adviser, now=moment())
    meeting.refresh_from_db()
    assert (meeting.state, filled(place.adviser)) == (MeetingState.CANCELLED, [])
    check_now()


def test_where_a_colleague_falls_ill_somebody_is_asked_to_move_it_once(place):
    case, dea = taken_on(place), disability_adviser(place)
    meet(case, place.adviser, dea, by=place.adviser)
    Absence.objects.create(person=dea.person, reason="ill", first_day=day(0), last_day=day(4))
    for _time in (1, 2):
        daily.run(day(0), moment())
    [task] = open_tasks(case, "move_meeting")
    assert dea.person.name in task.words


def test_the_customer_sees_the_meeting_with_both_and_their_numbers(place):
    case, there = taken_on(place), helpers()
    meet(
        case,
        by=place.adviser,
        kind=MeetingKind.HANDOVER,
        invited=[
            asked(place.adviser),
            Invited(there.contact.name, there.organisation.name, contact=there.contact),
        ],
    )
    [found] = queries.customers_meetings(case.claim.customer, moment())
    assert {(row.name, row.telephone) for row in found.attendees.all() if not row.is_customer} == {
        (place.adviser.person.name, place.office.telephone),
        (there.contact.name, there.contact.telephone),
    }
    assert any(label == "meeting" for label, *_rest in queries.card_of(case.claim, day(0)).lines)


def test_a_meeting_without_the_customer_is_not_on_their_page(place):
    case = taken_on(place)
    meet(case, place.adviser, by=place.adviser, with_customer=False)
    assert queries.customers_meetings(case.claim.customer, moment()) == []


# The pages


@pytest.fixture
def page(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(0, 14))

    def ask(post: Post, address: str, data: dict | None = None):
        client.force_login(post.person, backend="waymark.web.signin.Backend")
        return client.get(address) if data is None else client.post(address, data)

    return ask


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_offers_times_at_which_all_are_free(place, page):
    case, dea = taken_on(place), disability_adviser(place)
    verbs.set_party(case, dea, part="advises", may_be_told=Told.YES, by=place.adviser, now=moment())
    diary.block(dea.person, (moment(1, 9), moment(1, 17)), "a course", by=None, now=moment())
    address = reverse("casework:plan_meeting", args=[case.claim.ref])
    asked_for = f"?minutes=30&start_day=5&start_month=5&start_year=2004&who=post:{place.adviser.pk}"
    alone = text(page(place.adviser, address + asked_for))
    assert f'value="{moment(1, 9).isoformat()}"' in alone
    both = text(page(place.adviser, f"{address}{asked_for}&who=post:{dea.pk}"))
    assert f'value="{moment(1, 9).isoformat()}"' not in both
    assert f'value="{moment(2, 9).isoformat()}"' in both


def test_a_time_taken_meanwhile_is_refused_in_the_form(place, page):
    case = taken_on(place)
    diary.block(place.adviser.person, (moment(1, 9), moment(1, 10)), "a visit", by=None, now=moment())
    sent = page(
        place.adviser,
        reverse("casework:plan_meeting", args=[case.claim.ref]) + f"?minutes=30&who=post:{place.adviser.pk}",
        {"kind": "conference", "when": moment(1, 9).isoformat(), "place": "Office"},
    )
    assert sent.status_code == 200
    assert "has a visit on" in text(sent)


def test_it_is_moved_and_cancelled_on_its_pages(place, page):
    case = taken_on(place)
    meeting = meet(case, place.adviser, by=place.adviser)
    shown = text(page(place.adviser, reverse("casework:meeting", args=[meeting.ref])))
    assert "Move the meeting" in shown and "Who came?" not in shown
    move = reverse("casework:move_meeting", args=[meeting.ref])
    assert page(place.adviser, move).status_code == 200
    sent = {
        "when": "other",
        "on_day": "7",
        "on_month": "5",
        "on_year": "2004",
        "at": "15:00",
        "place": "Library",
        "why": "Nearer for her.",
        "knows": "yes",
    }
    assert page(place.adviser, move, sent).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (moment(3, 15), "Library")
    assert "Nearer for her." in text(page(place.adviser, reverse("casework:meeting", args=[meeting.ref])))
    cancelled = reverse("casework:cancel_meeting", args=[meeting.ref])
    assert page(place.adviser, cancelled).status_code == 200
    page(place.adviser, cancelled, {"why": "She has begun to work.", "again": "no", "knows": "yes"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.not_held_why) == ("cancelled", "She has begun to work.")


def test_a_meeting_of_today_stands_among_the_appointments(place, page):
    case, dea = taken_on(place), disability_adviser(place)
    meet(case, place.adviser, dea, by=place.adviser, starts_at=moment(0, 16))
    for post in (place.adviser, dea):
        shown = text(page(post, reverse("today")))
        assert "16:00–16:30" in shown and "Case conference" in shown


def test_the_diary_leads_to_the_meeting_for_those_who_may_open_it(place, page):
    meeting = meet(taken_on(place), place.adviser, by=place.adviser)
    link = reverse("casework:meeting", args=[meeting.ref])
    week = reverse("diaries:person", args=[place.adviser.person.ref])
    assert link in text(page(place.adviser, week))
    assert link not in text(page(place.agent, f"{week}"))


def test_strangers_find_no_meeting(place, page):
    meeting = meet(taken_on(place), place.adviser, by=place.adviser)
    other = place.elsewhere
    for name in ("meeting", "move_meeting", "cancel_meeting"):
        assert page(other, reverse(f"casework:{name}", args=[meeting.ref])).status_code in {403, 404}


def test_a_claim_that_ends_frees_the_diaries(place):
    claim = claim_with(place)
    case = verbs.take_on(claim, by=place.adviser, now=moment()).case
    meet(case, place.adviser, by=place.adviser)
    assert manager_of(case).post == place.adviser
    verbs.cases.end_with_claim(claim, by=place.adviser, now=moment())
    assert filled(place.adviser) == []
