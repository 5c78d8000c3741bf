"""The one button of a task: which page does what the task asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from waymark.web.access_table import ACCESS
from waymark.web.ui.components import Action, Text
from waymark.worklist.enums import TaskKind

Ref = Callable[[Any], str]


def of_claim(task: Any) -> str:
    return str(task.claim.ref)


def of_task(task: Any) -> str:
    return str(task.ref)


def of_interview(task: Any) -> str:
    return task.interview_ref or ""


def of_conversation(task: Any) -> str:
    return task.conversation_ref or ""


def of_question(task: Any) -> str:
    return task.question_ref or ""


def of_message(task: Any) -> str:
    return task.message_ref or ""


def of_decision(task: Any) -> str:
    return task.decision_ref or ""


@dataclass(frozen=True)
class Door:
    """A page that does what a task asks for, and the reference it is opened with."""

    label: Text
    page: str
    ref: Ref = of_claim


DOORS: Mapping[str, Door] = {
    TaskKind.FIRST_CALL: Door(_("Call"), "first_contact:attempt"),
    TaskKind.CALL_BACK: Door(_("Call"), "first_contact:attempt"),
    TaskKind.FINISH_CALL: Door(_("Resume"), "first_contact:talk", of_conversation),
    TaskKind.ANSWER_QUESTION: Door(_("Answer"), "first_contact:question", of_question),
    TaskKind.AUTHORISE: Door(_("Look at it"), "checks:show", of_decision),
    TaskKind.CHECK: Door(_("Check"), "checks:show", of_decision),
    TaskKind.ANSWER_CHECK: Door(_("Answer"), "checks:answer", of_task),
    TaskKind.BOOK: Door(_("Book"), "interviews:book", of_interview),
    TaskKind.REBOOK: Door(_("Find another time"), "managers:move_for_task", of_task),
    TaskKind.HOLD_INTERVIEW: Door(_("Open"), "sittings:of_interview", of_interview),
    TaskKind.RECONTACT: Door(_("Call sheet"), "recontact:sheet"),
    TaskKind.SEND_RECONTACT_LETTER: Door(_("Book by letter"), "recontact:by_letter"),
    TaskKind.HOME_VISIT: Door(_("Arrange"), "interviews:book", of_interview),
    TaskKind.REVIEW_WAIVER: Door(_("Review"), "interviews:review_waiver", of_interview),
    TaskKind.TRIGGER_MEETING: Door(_("Offer"), "interviews:review_waiver", of_interview),
    TaskKind.PROMISE: Door(_("Kept it"), "record:keep_promise", of_task),
    TaskKind.STOPPED: Door(_("Look again"), "customers:stop", lambda task: str(task.claim.customer.ref)),
    TaskKind.ANSWER_MESSAGE: Door(_("Answer"), "inbound:message", of_message),
    TaskKind.HEAR_REASON: Door(_("Open the case"), "sanctions:of_claim"),
    TaskKind.JUDGE_REASON: Door(_("Decide"), "sanctions:of_claim"),
    TaskKind.SAFEGUARD_VISIT: Door(_("Open the case"), "sanctions:of_claim"),
    TaskKind.SUPPLY_MISSING: Door(_("Open the case"), "sanctions:of_claim"),
    TaskKind.DECIDE_SANCTION: Door(_("Open the case"), "sanctions:of_claim"),
    TaskKind.PUT_INTO_EFFECT: Door(_("Open"), "sanctions:money_of_claim"),
    TaskKind.WELFARE_CALL: Door(_("Open"), "sanctions:money_of_claim"),
    TaskKind.LIFT: Door(_("Lift it"), "sanctions:money_of_claim"),
    TaskKind.RECONSIDER: Door(_("Open"), "sanctions:money_of_claim"),
    TaskKind.PRE_CALL: Door(_("Call"), "series:pre_call", of_interview),
    TaskKind.FIND_OUT: Door(_("Find out"), "series:missed", of_interview),
    TaskKind.WRITE_UP: Door(_("Finish"), "sittings:of_interview", of_interview),
    TaskKind.SERIES_REVIEW: Door(_("Review"), "series:review"),
    TaskKind.FOLLOW_UP: Door(_("Be in touch"), "series:follow_up"),
    TaskKind.NEXT_STEP: Door(_("Be in touch"), "series:follow_up"),
    TaskKind.ANSWER_INTEREST: Door(_("Answer"), "series:interest", of_task),
    TaskKind.ARRANGE_HELP: Door(_("Arrange"), "series:help"),
    TaskKind.TAKE_OVER: Door(_("Read"), "series:take_over"),
    TaskKind.DEBRIEF: Door(_("Talk"), "series:debrief"),
    TaskKind.FIND_ADDRESS: Door(_("Ask"), "notices:of_customer", lambda task: str(task.claim.customer.ref)),
    TaskKind.READ_LETTER: Door(
        _("Read out"), "notices:of_customer", lambda task: str(task.claim.customer.ref)
    ),
    TaskKind.REFERRAL_SEND: Door(_("Go on"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_ANSWER: Door(_("Open"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_WAIT: Door(_("Look"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_VISIT: Door(_("Ask"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_RING: Door(_("Ring"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_FEEDBACK: Door(_("Hear"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_REPORT: Door(_("Open"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_MEETING: Door(_("Meet"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_RETURNED: Door(_("Find another way"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_SIGNPOST: Door(_("Ask"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_QUESTION: Door(_("Answer"), "referrals:of_task", of_task),
    TaskKind.ARRANGE_WAY: Door(_("Arrange"), "referrals:of_task", of_task),
    TaskKind.REFERRAL_NEWS: Door(_("Look after it"), "referrals:of_task", of_task),
    TaskKind.AGREE_AWARD: Door(_("Look at it"), "awards:money"),
    TaskKind.AWARD_ENDING: Door(_("Open"), "awards:money"),
    TaskKind.AWARD_CHANGE: Door(_("Open"), "awards:money"),
    TaskKind.AWARD_EVIDENCE: Door(_("Open"), "awards:money"),
    TaskKind.BETTER_OFF_AGAIN: Door(_("Work it out"), "awards:better_off"),
    TaskKind.PLAN_STEP: Door(_("How does it stand?"), "actionplans:of_task", of_task),
    TaskKind.STEP_LOOK_BACK: Door(_("Look back"), "actionplans:of_task", of_task),
    TaskKind.PLAN_REVIEW: Door(_("Look at it"), "actionplans:review"),
    TaskKind.JOB_START: Door(_("Ask"), "employment:work"),
    TaskKind.OFFER_IN_WORK: Door(_("Offer"), "employment:work"),
    TaskKind.IN_WORK_CALL: Door(_("Ring"), "employment:due_call"),
    TaskKind.SUSTAINED_CHECK: Door(_("See"), "employment:work"),
    TaskKind.AFTER_JOB: Door(_("Ring"), "employment:work"),
    TaskKind.TRANSITION: Door(_("Agree"), "employment:transition"),
    TaskKind.APPEAL_CONTACT: Door(_("Be in touch"), "employment:transition"),
    TaskKind.ANSWER_TRANSFER: Door(_("Answer"), "casework:case"),
    TaskKind.TRANSFER_DECLINED: Door(_("Open"), "casework:case"),
    TaskKind.ASK_RETURN: Door(_("Open"), "casework:case"),
    TaskKind.PLAN_HANDOVER: Door(_("Plan it"), "casework:plan_meeting"),
    TaskKind.CASE_MEETING: Door(_("Open"), "casework:case"),
    TaskKind.AFTER_SERVICE: Door(_("Plan it"), "casework:plan_meeting"),
    TaskKind.AGREED_STEP: Door(_("Open"), "casework:case"),
    TaskKind.CASE_CONTACT: Door(_("Be in touch"), "casework:log"),
    TaskKind.ENQUIRY: Door(_("Open"), "casework:case"),
    TaskKind.MOVE_MEETING: Door(_("Open"), "casework:case"),
    TaskKind.TELL_BY_WORD: Door(_("I have told them"), "casework:told_by_word", of_task),
    TaskKind.NAME_MANAGER: Door(_("Name them"), "casework:name"),
    TaskKind.MEND_NOTICE: Door(_("Mend"), "notices:of_customer", lambda task: str(task.claim.customer.ref)),
}


def open_page(role: str, page: str, *refs: str) -> str:
    """The address of a page, or nothing where it does not exist or this role may not open it."""
    if role not in ACCESS.get(page, frozenset()) or not all(refs):
        return ""
    try:
        return reverse(page, args=refs)
    except NoReverseMatch:
        return ""


def next_action(task: Any, role: str) -> Action:
    """What to press to do a task; the customer's record where it has no page of its own for this role."""
    about = task.claim.customer.name
    door = DOORS.get(task.kind)
    url = open_page(role, door.page, door.ref(task)) if door else ""
    if door and url:
        return Action(door.label, url, primary=True, about=about)
    return Action(_("Open record"), reverse("customers:record", args=[task.claim.customer.ref]), about=about)
