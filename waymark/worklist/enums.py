"""Words of the worklist."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    FIRST_CALL = "first_call", _("First call")
    CALL_BACK = "call_back", _("Call back")
    FINISH_CALL = "finish_call", _("Finish a call")
    ANSWER_QUESTION = "answer_question", _("Answer a colleague's question")
    AUTHORISE = "authorise", _("Authorise a decision")
    CHECK = "check", _("Check a decision")
    ANSWER_CHECK = "answer_check", _("Answer a question about a decision")
    BOOK = "book", _("Book the interview")
    REBOOK = "rebook", _("Move an appointment: we cannot keep it")
    HOLD_INTERVIEW = "hold_interview", _("Hold the interview")
    RECONTACT = "recontact", _("Re-contact before the deferral ends")
    SEND_RECONTACT_LETTER = "recontact_letter", _("Book by letter: nobody answered")
    HOME_VISIT = "home_visit", _("Arrange a home visit")
    REVIEW_WAIVER = "review_waiver", _("Review the waiver")
    TRIGGER_MEETING = "trigger_meeting", _("Offer a trigger meeting")
    NEXT_STEP = "next_step", _("Agree what comes next")
    PROMISE = "promise", _("Keep a promise")
    STOPPED = "stopped", _("Look again: contact is stopped")
    PRE_CALL = "pre_call", _("Ring before the first letter")
    FIND_OUT = "find_out", _("Find out why the customer did not come")
    WRITE_UP = "write_up", _("Finish the record of an interview")
    SERIES_REVIEW = "series_review", _("Review the series with the customer")
    FOLLOW_UP = "follow_up", _("Be in touch, as agreed")
    ANSWER_MESSAGE = "answer_message", _("Answer a message")
    ANSWER_INTEREST = "answer_interest", _("Answer what the customer would like")
    ARRANGE_HELP = "arrange_help", _("Arrange help to come")
    TAKE_OVER = "take_over", _("Get to know a customer handed over")
    DEBRIEF = "debrief", _("Talk after a hard interview")
    HEAR_REASON = "hear_reason", _("Reach the customer and hear the reason")
    SAFEGUARD_VISIT = "safeguard_visit", _("Visit the customer at home")
    JUDGE_REASON = "judge_reason", _("Decide about the reason given")
    DECIDE_SANCTION = "decide_sanction", _("Decide a case of not attending")
    SUPPLY_MISSING = "supply_missing", _("Supply what the decision maker misses")
    PUT_INTO_EFFECT = "put_into_effect", _("Put a change in payment into effect")
    WELFARE_CALL = "welfare_call", _("Ring about a change in payment")
    LIFT = "lift", _("Lift a reduction")
    RECONSIDER = "reconsider", _("Look at a decision again")
    ANSWER_TRANSFER = "answer_transfer", _("Say whether you take a customer over")
    TRANSFER_DECLINED = "transfer_declined", _("Decide what is next: not taken over")
    ASK_RETURN = "ask_return", _("Ask whether a customer comes back")
    PLAN_HANDOVER = "plan_handover", _("Bring the customer and the next case manager together")
    CASE_MEETING = "case_meeting", _("Hold a meeting about a customer")
    AFTER_SERVICE = "after_service", _("Meet about what is next: a service has ended")
    AGREED_STEP = "agreed_step", _("Do what a meeting agreed")
    CASE_CONTACT = "case_contact", _("Be in touch with the customer")
    ENQUIRY = "enquiry", _("Hear what a service answers")
    NAME_MANAGER = "name_manager", _("Name the case manager")
    MOVE_MEETING = "move_meeting", _("Move a meeting: somebody cannot be there")
    TELL_BY_WORD = "tell_by_word", _("Tell somebody by telephone: an e-mail did not go out")
    MEND_NOTICE = "mend_notice", _("Mend a notice that did not go out")
    FIND_ADDRESS = "find_address", _("Find out where the customer lives: a letter came back")
    READ_LETTER = "read_letter", _("Read a letter to the customer")
    # plans and work
    PLAN_STEP = "plan_step", _("Do a step of the plan")
    STEP_LOOK_BACK = "step_look_back", _("Look back at a step with the customer")
    PLAN_REVIEW = "plan_review", _("Look at the plan with the customer")
    JOB_START = "job_start", _("See whether the job has begun")
    OFFER_IN_WORK = "offer_in_work", _("Offer support beside the job")
    IN_WORK_CALL = "in_work_call", _("Ring in the first weeks of a job")
    SUSTAINED_CHECK = "sustained_check", _("See whether the work goes on")
    AFTER_JOB = "after_job", _("Ring kindly: a job has ended")
    TRANSITION = "transition", _("Agree what goes on when a benefit ends")
    APPEAL_CONTACT = "appeal_contact", _("Be in touch after a benefit has ended")

    # referrals
    REFERRAL_SEND = "referral_send", _("Send a referral")
    REFERRAL_ANSWER = "referral_answer", _("See that a referral has arrived")
    REFERRAL_WAIT = "referral_wait", _("Watch the wait for a service")
    REFERRAL_VISIT = "referral_visit", _("Hear whether the first appointment took place")
    REFERRAL_RING = "referral_ring", _("Ring kindly: not there at a service")
    REFERRAL_FEEDBACK = "referral_feedback", _("Hear how the help goes")
    REFERRAL_REPORT = "referral_report", _("Get the report on help that has ended")
    REFERRAL_MEETING = "referral_meeting", _("Meet about what is next after help")
    REFERRAL_RETURNED = "referral_returned", _("Find another way: a referral came back")
    REFERRAL_SIGNPOST = "referral_signpost", _("Ask whether they found the service")
    REFERRAL_QUESTION = "referral_question", _("Answer a service’s question")
    ARRANGE_WAY = "arrange_way", _("Arrange the way to a service")
    REFERRAL_NEWS = "referral_news", _("Look after a customer: their service has told us something")
    # money to the customer
    AGREE_AWARD = "agree_award", _("Agree to an award")
    AWARD_ENDING = "award_ending", _("Talk before an award ends")
    BETTER_OFF_AGAIN = "better_off_again", _("Look at the better-off sum again")
    AWARD_CHANGE = "award_change", _("Look at an award: the job has changed")
    AWARD_EVIDENCE = "award_evidence", _("Ask whether what an award is for goes on")


def task_kinds() -> Sequence[tuple[str, str | Promise]]:
    """The words and their labels. A function, so that a new word needs no migration."""
    return TaskKind.choices


# Help that goes on when a benefit has ended: the only open tasks an ended claim may have (P:L1539, M:L3987). The
# credit is paid to people who have left the benefit for work (E:L365-367), and a service goes on with its help.
OUTLIVES_THE_CLAIM = frozenset(
    {
        TaskKind.AGREE_AWARD,
        TaskKind.AWARD_CHANGE,
        TaskKind.AWARD_ENDING,
        TaskKind.AWARD_EVIDENCE,
        TaskKind.REFERRAL_FEEDBACK,
        TaskKind.REFERRAL_MEETING,
        TaskKind.REFERRAL_NEWS,
        TaskKind.REFERRAL_QUESTION,
        TaskKind.REFERRAL_REPORT,
        TaskKind.REFERRAL_RETURNED,
        TaskKind.REFERRAL_RING,
        TaskKind.OFFER_IN_WORK,
        TaskKind.IN_WORK_CALL,
        TaskKind.SUSTAINED_CHECK,
        TaskKind.AFTER_JOB,
        TaskKind.TRANSITION,
        TaskKind.APPEAL_CONTACT,
    }
)


class Outcome(TextChoices):
    DONE = "done", _("done")
    OVERTAKEN = "overtaken", _("no longer needed")
