"""Words of the worklist."""

from django.db.models import TextChoices
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
    HOLD_INTERVIEW = "hold_interview", _("Hold the interview")
    RECONTACT = "recontact", _("Re-contact before the deferral ends")
    SEND_RECONTACT_LETTER = "recontact_letter", _("Book by letter: nobody answered")
    HOME_VISIT = "home_visit", _("Arrange a home visit")
    REVIEW_WAIVER = "review_waiver", _("Review the waiver")
    TRIGGER_MEETING = "trigger_meeting", _("Offer a trigger meeting")
    NEXT_STEP = "next_step", _("Agree what comes next")
    PROMISE = "promise", _("Keep a promise")
    STOPPED = "stopped", _("Look again: contact is stopped")
    MEND_NOTICE = "mend_notice", _("Mend a notice that did not go out")


class Outcome(TextChoices):
    DONE = "done", _("done")
    OVERTAKEN = "overtaken", _("no longer needed")
