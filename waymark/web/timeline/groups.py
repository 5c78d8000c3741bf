"""What the timeline can be narrowed to."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from waymark.record.enums import Happened
from waymark.web.ui.components import Text

GROUPS: Mapping[str, tuple[Text, frozenset[str]]] = {
    "decisions": (
        gettext_lazy("Decisions and interviews"),
        frozenset(
            {
                Happened.INTERVIEW_OFFERED,
                Happened.VIEW_GIVEN,
                Happened.INTERVIEW_BOOKED,
                Happened.INTERVIEW_MOVED,
                Happened.INTERVIEW_CANCELLED,
                Happened.INTERVIEW_DEFERRED,
                Happened.INTERVIEW_WAIVED,
                Happened.INTERVIEW_HELD,
                Happened.INTERVIEW_NOT_HELD,
                Happened.BROUGHT_FORWARD,
                Happened.RECONTACT_SETTLED,
                Happened.BOOKED_BY_LETTER,
                Happened.WAIVER_REVIEWED,
                Happened.REQUIREMENT_SETTLED,
                Happened.SCREENED,
                Happened.INTERVIEW_MISSED,
                Happened.MISSED_TAKEN_BACK,
                Happened.SITTING_SETTLED,
                Happened.SUMMARY_CORRECTED,
                Happened.CORRECTION_ANSWERED,
                Happened.VOLUNTARY_AGREED,
                Happened.SERIES_REVIEWED,
                Happened.DECISION_PROPOSED,
                Happened.DECISION_AUTHORISED,
                Happened.DECISION_CHECKED,
                Happened.DECISION_ASKED_BACK,
                Happened.DECISION_ANSWERED,
                Happened.DECISION_REVERSED,
            }
        ),
    ),
    "not_attending": (
        gettext_lazy("Not attending"),
        frozenset(
            {
                Happened.BREACH_OPENED,
                Happened.BREACH_ATTEMPTED,
                Happened.BREACH_REASON_GIVEN,
                Happened.BREACH_REASON_JUDGED,
                Happened.SAFEGUARDS_ANSWERED,
                Happened.VISIT_PLANNED,
                Happened.VISIT_DONE,
                Happened.BREACH_CLOSED,
                Happened.BREACH_REFERRED,
                Happened.BREACH_RETURNED,
                Happened.BREACH_DECIDED,
                Happened.SANCTION_IN_EFFECT,
                Happened.SANCTION_LIFTED,
                Happened.WELFARE_CALLED,
                Happened.DECISION_CHALLENGED,
                Happened.CHALLENGE_DECIDED,
                Happened.PUT_RIGHT,
            }
        ),
    ),
    "contact": (
        gettext_lazy("Calls and contacts"),
        frozenset(
            {
                Happened.CALL_STARTED,
                Happened.CALL_ATTEMPTED,
                Happened.CALL_BACK_AGREED,
                Happened.CALL_BROKEN_OFF,
                Happened.CALL_ON_HOLD,
                Happened.CALL_RESUMED,
                Happened.CALL_FINISHED,
                Happened.SUPPORT_EXPLAINED,
                Happened.QUESTION_PUT,
                Happened.QUESTION_ANSWERED,
                Happened.RECONTACT_ATTEMPTED,
                Happened.NOTE_WRITTEN,
                Happened.PROMISE_MADE,
                Happened.PROMISE_KEPT,
                Happened.CALLED_BEFORE,
                Happened.INTEREST_ANSWERED,
                Happened.FOLLOWED_UP,
                Happened.MESSAGE_LOGGED,
                Happened.MESSAGE_READ,
                Happened.MESSAGE_ANSWERED,
                Happened.PAGE_OPENED,
            }
        ),
    ),
    "letters": (
        gettext_lazy("Letters"),
        frozenset(
            {
                Happened.MAIL_SENT,
                Happened.MAIL_FAILED,
                Happened.MAIL_RETRIED,
                Happened.MAIL_WITHDRAWN,
                Happened.NOTICE_QUEUED,
                Happened.NOTICE_SENT,
                Happened.NOTICE_CAME_BACK,
                Happened.NOTICE_SENT_AGAIN,
                Happened.NOTICE_READ_ALOUD,
                Happened.NOTICES_TO_READ,
                Happened.NOTICE_FAILED,
                Happened.NOTICE_HELD,
                Happened.NOTICE_RELEASED,
                Happened.NOTICE_WITHDRAWN,
                Happened.NOTICE_RETRIED,
            }
        ),
    ),
    "person": (
        gettext_lazy("The person and the claim"),
        frozenset(
            {
                Happened.CUSTOMER_ADDED,
                Happened.CUSTOMER_AMENDED,
                Happened.CUSTOMERS_MERGED,
                Happened.SAFE_CONTACT_SET,
                Happened.ACCESS_NEEDS_SET,
                Happened.REPRESENTATIVE_ADDED,
                Happened.REPRESENTATIVE_ENDED,
                Happened.STOPPED,
                Happened.STOP_LIFTED,
                Happened.CLAIM_MADE,
                Happened.CLAIM_IMPORTED,
                Happened.BENEFIT_CHANGED,
                Happened.CLAIM_ENDED,
            }
        ),
    ),
    "money": (
        gettext_lazy("Money"),
        frozenset(
            {
                Happened.AWARD_FACTS_NOTED,
                Happened.AWARD_OFFERED,
                Happened.AWARD_PROPOSED,
                Happened.AWARD_AGREED,
                Happened.AWARD_REFUSED,
                Happened.AWARD_BEGAN,
                Happened.AWARD_CHANGED,
                Happened.AWARD_STOPPED,
                Happened.AWARD_ENDED,
                Happened.AWARD_EVIDENCE_SEEN,
                Happened.AWARD_END_TALKED,
                Happened.AWARD_ENDING_SOON,
                Happened.AWARD_ASKED_AFTER,
                Happened.AWARD_PAYMENT_HELD,
                Happened.AWARD_PAYMENT_RELEASED,
                Happened.BETTER_OFF_WORKED_OUT,
            }
        ),
    ),
    "work": (
        gettext_lazy("Tasks"),
        frozenset({Happened.TASK_TAKEN, Happened.TASK_GIVEN, Happened.TASK_MOVED, Happened.TASK_ESCALATED}),
    ),
}
