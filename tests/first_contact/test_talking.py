"""The conversation on the screen: what is typed is never lost, wrong input is told, others stay out."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.first_contact import makers
from waymark.interviews import verbs
from waymark.interviews.models import Conversation, Question
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(agent, claim):
    return makers.begin(agent, claim)


def kept(call) -> Conversation:
    return Conversation.objects.get(ref=call.ref)


def test_every_button_keeps_the_notes(call):
    steps = {
        "": {"page": "which_matters", "rest_no": "1"},
        "go/": {"question": "gravest"},
        "skip/": {"page": "gravest"},
        "say/": {"said": ["say:what_it_is"]},
        "ask/": {"consult": "Is this a case for a waiver?"},
        "support/": {"items": ["training"]},
        "offer/": {"wanted": "no"},
        "view/": makers.VIEW,
    }
    for place, (step, data) in enumerate(steps.items()):
        assert call.post(step, notes=f"note {place}", **data).status_code == 302, step
        assert kept(call).notes == f"note {place}", step


def test_answers_half_given_are_kept_when_another_button_is_pressed(call):
    call.post("go/", question="which_caring", page="which_matters", health_matters="yes")
    assert verbs.talking.answers_of(kept(call))["health_matters"] is True
    assert call.page().context["question"].id == "which_caring"


def test_notes_saved_in_the_background_are_confirmed(call):
    response = call.client.post(f"{call.url}notes/", {"notes": "quiet"}, headers={"X-Quiet": "yes"})
    assert response.json()["saved"] is True
    assert kept(call).notes == "quiet"


def test_notes_of_a_conversation_somebody_else_took_over_are_not_overwritten(call, where):
    verbs.resume(kept(call), by=where.colleague, now=kept(call).touched_at)
    response = call.client.post(f"{call.url}notes/", {"notes": "mine"}, headers={"X-Quiet": "yes"})
    assert response.status_code == 409 and "Lee Grant" in response.json()["why"]
    shown = call.client.post(f"{call.url}notes/", {"notes": "typed at length"})
    assert "typed at length" in shown.content.decode(), "what could not be saved is still there to copy"
    assert kept(call).notes == ""


def test_after_the_browser_was_closed_everything_is_there(call, where):
    call.answer("which_matters", health_matters="yes", notes="oxygen at night", rest_no="1")
    call.post("support/", items=["training"])
    call.post("go/", question="getting_here")
    again = makers.Call(makers.signed_in(where.agent), call.url).page()
    body = again.content.decode()
    assert "oxygen at night" in body
    assert again.context["question"].id == "getting_here"
    assert "health_matters" in {one.fact for one in again.context["talk"].answered}
    assert "training" in again.context["talk"].said


def test_cues_in_the_notes_raise_their_question_with_one_click(call):
    call.post("notes/", notes="bad lungs, uses oxygen")
    shown = call.page()
    prompt = shown.context["prompts"][0]
    assert prompt.heard.words == ("lung", "lungs", "oxygen") and not prompt.followed
    call.post("go/", question=prompt.page.id)
    question = call.page().context["question"]
    assert question.id == "getting_here"
    call.answer("getting_here", health_matters="yes", cannot_travel="yes", rest_no="1")
    assert call.page().context["prompts"][0].followed


def test_an_empty_answer_is_told_and_can_be_skipped(call):
    response = call.post(page="consultant")
    assert response.status_code == 200
    assert "Choose or write an answer" in response.content.decode()
    assert call.post("skip/", page="consultant").status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"consultant_on_day": "31", "consultant_on_month": "2", "consultant_on_year": "2027"}, "real date"),
        (
            {"consultant_on_day": "3", "consultant_on_month": "", "consultant_on_year": "2027"},
            "include a month",
        ),
        ({"consultant_on_day": "3", "consultant_on_month": "2", "consultant_on_year": "1066"}, "1900"),
        (
            {
                "consultant_on_day": "3",
                "consultant_on_month": "2",
                "consultant_on_year": "2027",
                "consultant_on_unknown": "on",
            },
            "not both",
        ),
    ],
)
def test_a_wrong_date_is_told_and_what_was_typed_stays(call, typed, said):
    call.answer("which_matters", health_matters="yes")
    call.answer("gravest", awaiting_consultant_or_operation="yes")
    response = call.post(page="consultant", notes="still here", **typed)
    body = response.content.decode()
    assert said in body
    assert f'value="{typed["consultant_on_year"]}"' in body
    assert kept(call).notes == "still here"
    assert "consultant_on" not in verbs.talking.answers_of(kept(call))


def test_a_number_out_of_range_and_a_stay_the_wrong_way_round_are_told(call):
    call.answer("which_matters", health_matters="yes")
    call.answer("gravest", in_rehabilitation="yes")
    assert "from 1 to 60" in call.post(page="rehabilitation", rehab_programme_months="99").content.decode()
    wrong = {
        "hospital_stay_start_day": "9",
        "hospital_stay_start_month": "2",
        "hospital_stay_start_year": "2027",
        "hospital_stay_end_day": "1",
        "hospital_stay_end_month": "2",
        "hospital_stay_end_year": "2027",
    }
    assert "cannot be before the first" in call.post(page="hospital_dates", **wrong).content.decode()


def test_answers_can_be_taken_back(call):
    call.answer("which_matters", health_matters="yes", rest_no="1")
    call.post(page="which_matters", take_back="1")
    assert "health_matters" not in verbs.talking.answers_of(kept(call))


def test_another_agents_call_is_read_and_taken_over_only_on_purpose(call, where):
    colleague = makers.Call(makers.signed_in(where.colleague), call.url)
    body = colleague.page().content.decode()
    assert "Ana Reid has this conversation" in body and "Take it over" in body
    refused = colleague.post(page="which_matters", rest_no="1")
    assert "Ana Reid has this conversation" in refused.content.decode()
    assert colleague.post("resume/").status_code == 302
    assert kept(call).agent == where.colleague
    assert colleague.post(page="which_matters", rest_no="1").status_code == 302


def test_a_stranger_finds_neither_call_nor_claim(call, claim):
    stranger = makers.signed_in(make.post(Role.AGENT, office=make.contact_centre()))
    for step in ("", "support/", "decide/", "check/", "done/", "answers/"):
        assert stranger.get(f"{call.url}{step}").status_code == 404, step
    for step in ("go/", "notes/", "hold/", "resume/", "ask/", "say/", "skip/"):
        assert stranger.post(f"{call.url}{step}").status_code == 404, step
    assert stranger.get(f"/customers/{claim.ref}/attempt/").status_code == 404
    assert stranger.post(f"/customers/{claim.ref}/call/").status_code == 404


def test_a_question_typed_and_not_yet_put_is_kept(call):
    call.post("go/", question="gravest", consult="Is this a case for")
    assert "Is this a case for</textarea>" in call.page().content.decode()
    call.post("ask/", consult="Is this a case for a waiver?")
    assert "a waiver?</textarea>" not in call.page().content.decode()


def test_the_page_says_where_the_advice_leans(call):
    call.answer("which_matters", health_matters="yes", distressed="no")
    call.answer("consultant", awaiting_consultant_or_operation="yes", consultant_on_unknown="on")
    shown = call.page().context
    assert not shown["talk"].advice.settled
    assert shown["leaning"] == "Leaning to: defer, because of: waiting for a consultant or an operation"


def test_a_call_on_hold_goes_on_where_it_was(call):
    call.post("go/", question="gravest")
    call.post("hold/")
    assert "This conversation is on hold" in call.page().content.decode()
    call.post("resume/")
    assert call.page().context["question"].id == "gravest"


def test_a_call_that_breaks_off_is_to_be_finished_at_the_time_agreed(call, claim, where, now):
    day = now.date() + timedelta(days=2)
    data = {"why": "Medical certificate to be fetched", "starts": "9:30am", "ends": "11:00"}
    response = call.post("break-off/", notes="up to the certificate", **data, **makers.in_parts("day", day))
    assert response.status_code == 302
    task = Task.objects.get(claim=claim, closed_at=None)
    assert (task.kind, task.person, task.due_on) == (TaskKind.FINISH_CALL, where.agent.person, day)
    assert kept(call).notes == "up to the certificate"
    assert "Resume" in call.client.get("/calls/").content.decode()


def test_breaking_off_needs_a_reason(call):
    assert "Write why the call breaks off" in call.post("break-off/", why="").content.decode()


def test_a_question_to_a_team_leader_is_answered_in_place(call, where):
    call.post("ask/", consult="Home visit asked for, lung cancer: waive?")
    leader = makers.signed_in(where.leader)
    listed = leader.get("/calls/questions/").content.decode()
    assert "Home visit asked for" in listed
    question = Question.objects.get()
    page = f"/calls/questions/{question.ref}/"
    assert "Write what to do, and why" in leader.post(page, {"answer": ""}).content.decode()
    assert leader.post(page, {"answer": "Yes: ask how severe it is first."}).status_code == 302
    assert "Yes: ask how severe it is first." in call.page().content.decode()
    assert "Mina Shah" in call.page("answers/").content.decode()
    assert not Task.objects.filter(kind=TaskKind.ANSWER_QUESTION, closed_at=None).exists()


def test_agents_do_not_answer_questions(agent):
    assert agent.get("/calls/questions/").status_code == 403


def test_what_a_customer_says_is_shown_as_text(call):
    call.post("notes/", notes="</textarea><script>alert(1)</script>")
    body = call.page().content.decode()
    assert "<script>alert(1)" not in body


def test_the_claim_of_a_jobseeker_is_never_put_off(agent, where, now):
    """D:L493, V16: the benefit must change before a deferral is possible."""
    claim = makers.claim(where, now, benefit="jsa", group="jobseeker")
    call = makers.begin(agent, claim)
    call.up_to_the_decision(wanted="no", health_matters=True, distressed=True)
    sent = call.post(
        "decide/",
        choice="defer",
        reason="distress",
        otherwise_code="",
        **makers.in_parts("until", now.date() + timedelta(days=20)),
    )
    body = sent.content.decode()
    assert sent.status_code == 200
    assert "decide otherwise" in body or "never deferred" in body
    codes = [c for c, _t in sent.context["form"].fields["otherwise_code"].choices if c]
    insisting = call.post(
        "decide/",
        choice="defer",
        reason="distress",
        otherwise_code=codes[0],
        otherwise_words="She is in tears.",
        **makers.in_parts("until", now.date() + timedelta(days=20)),
    )
    assert "is never deferred" in insisting.content.decode()


def test_depression_without_how_it_affects_a_day_is_no_reason(where, claim, now):
    """D:L880, D:L928, V28."""
    by = where.agent
    conversation = verbs.start_conversation(makers.interview_of(claim), direction="in", by=by, now=now)
    verbs.answer(conversation, {"health_matters": True, "mental_health_condition": True}, by=by, now=now)
    verbs.explain_support(conversation, ["training"], by=by, now=now)
    verbs.offer_interview(conversation, wanted=False, by=by, now=now)
    verbs.give_view(conversation, **makers.VIEW, by=by, now=now)
    codes = list(first(conversation).reasons("other_than_advised", by.role))
    wish = verbs.Wish(
        "defer",
        reason="mental_health",
        until=now.date() + timedelta(days=30),
        otherwise_code=codes[0],
        otherwise_words="Suffering from depression.",
    )
    with pytest.raises(Refused) as refusal:
        verbs.decide(conversation, wish, by=by, now=now)
    assert refusal.value.code == "not_asked_yet"


def first(conversation):
    return verbs.common.rules_for(conversation.interview.claim, conversation.started_at.date())


def test_home_visit_and_certificate_that_work_is_over_lead_to_a_waiver(agent, claim):
    """D:L1659, V13: severity asked because of the home visit, and no interview in the end."""
    call = makers.begin(agent, claim)
    call.post("notes/", notes="asks for a home visit")
    assert call.page().context["prompts"][0].page.id == "gravest"
    call.up_to_the_decision(wanted="no", health_matters=True, severe_condition=True, could_ever_work="no")
    advice = call.page("decide/").context["advice"]
    assert (advice.choice, advice.reason) == ("waive", "never_able_to_work")


def test_not_going_out_alone_offers_other_ways_before_waiting(agent, claim):
    """D:L1639, V10."""
    call = makers.begin(agent, claim)
    call.up_to_the_decision(
        wanted="unsure",
        health_matters=True,
        able_to_take_part=True,
        cannot_go_out_alone=True,
        help_to_attend_accepted=True,
    )
    advice = call.page("decide/").context["advice"]
    assert advice.choice == "book" and set(advice.modes) & {"home", "phone"}
