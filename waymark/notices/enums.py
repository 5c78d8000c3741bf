"""Words of notices."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class NoticeKind(TextChoices):
    BOOKED = "booked", _("Interview booked")
    DEFERRED = "deferred", _("Interview deferred")
    WAIVED = "waived", _("Interview waived")
    RECONTACT = "recontact", _("Please get in touch before your deferral ends")
    BOOKED_BY_LETTER = "booked_by_letter", _("Interview booked by letter")
    CANCELLED_BY_US = "cancelled_by_us", _("Interview cancelled by us")
    TRIGGER_MEETING = "trigger_meeting", _("Trigger meeting offered")
    # the series
    FIRST_INTERVIEW = "first_interview", _("First interview of the series")
    NEXT_INTERVIEW = "next_interview", _("Next interview of the series")
    VOLUNTARY_INTERVIEW = "voluntary_interview", _("Voluntary interview")
    REMINDER = "reminder", _("Reminder of an appointment")
    UNABLE_TODAY = "unable_today", _("Not well enough to take part")
    SHORTENED = "shortened", _("Interview cut short: how it counts")
    SUMMARY = "summary", _("Summary of the interview")
    END_OF_SERIES = "end_of_series", _("End of the series")
    # not attending
    MISSED = "missed", _("Interview missed: please tell us why")
    MISSED_TAKEN_BACK = "missed_taken_back", _("Not missed: our mistake")
    REASON_ACCEPTED = "reason_accepted", _("Reason for not attending accepted")
    HOME_VISIT = "home_visit", _("Home visit")
    SENT_TO_DECISION_MAKER = "sent_to_decision_maker", _("Sent to the decision maker")
    PAYMENT_CHANGE = "payment_change", _("Payments will be lower")
    NO_CHANGE = "no_change", _("Decided: payments stay as they are")
    PAYMENT_RESTORED = "payment_restored", _("Payments restored")
    RECONSIDERED = "reconsidered", _("Decision looked at again")
    REDRESS = "redress", _("A mistake of ours put right")
    # what is asked of the customer
    REQUIREMENT_ENDED = "requirement_ended", _("Interviews no longer required")
    REQUIREMENT_CHANGED = "requirement_changed", _("Rules about interviews changed")
    CLAIM_ENDED = "claim_ended", _("The claim has ended")
    ADVISER_CHANGED = "adviser_changed", _("New adviser")
    CASE_MANAGER_CHANGED = "case_manager_changed", _("Who is there for the customer")
    # help
    REFERRAL_CONFIRMED = "referral_confirmed", _("Help: what, where and when")
    # money to the customer
    AWARD_AGREED = "award_agreed", _("Money or leave to work agreed")
    AWARD_REFUSED = "award_refused", _("Money or leave to work not agreed")
    AWARD_STOPPED = "award_stopped", _("An award stops")
    AWARD_ENDS_SOON = "award_ends_soon", _("An award ends soon")
    AWARD_STILL_THERE = "award_still_there", _("Does it still go on, for an award")
    # plans and work
    ACTION_PLAN = "action_plan", _("Your plan")
    JOB_STARTED = "job_started", _("A job has begun: what can be had beside it")
    JOB_ENDED = "job_ended", _("A job has ended: what is next")
    TRANSITION = "transition", _("What goes on after a benefit")
    # small messages
    PERSONAL_LINK = "personal_link", _("Personal link")
    CALL_MISSED = "call_missed", _("We tried to ring")
    MESSAGE_ANSWERED = "message_answered", _("Answer to a message")


def notice_kinds() -> Sequence[tuple[str, str | Promise]]:
    """The words and their labels. A function, so that a new word needs no migration."""
    return NoticeKind.choices


class MailKind(TextChoices):
    """E-mails to colleagues and to people of services. None of them names a customer."""

    CASE_NEWS = "case_news", _("News of a case")
    CONFIRM_ENTRIES = "confirm_entries", _("Entries to confirm")


def mail_kinds() -> Sequence[tuple[str, str | Promise]]:
    return MailKind.choices


class Channel(TextChoices):
    POST = "post", _("letter by post")
    EMAIL = "email", _("e-mail")
    TEXT = "text", _("text message")


class NoticeState(TextChoices):
    WAITING = "waiting", _("waiting to go out")
    HELD = "held", _("held: contact is stopped")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn")


NOTICE_LIFE = Lifecycle(
    "notice",
    {
        NoticeState.WAITING: {NoticeState.SENT, NoticeState.HELD, NoticeState.FAILED, NoticeState.WITHDRAWN},
        NoticeState.HELD: {NoticeState.WAITING, NoticeState.WITHDRAWN},
        NoticeState.FAILED: {NoticeState.WAITING, NoticeState.WITHDRAWN},
        NoticeState.SENT: set(),
        NoticeState.WITHDRAWN: set(),
    },
)
