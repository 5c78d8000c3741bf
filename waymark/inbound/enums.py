"""Words of what customers tell us."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How it reached us."""

    CALL = "call", _("telephone")
    TEXT = "text", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    DESK = "desk", _("at the desk")
    PORTAL = "portal", _("the customer's own page")


class About(TextChoices):
    """What the customer wants, in one word."""

    CANNOT_COME = "cannot_come", _("cannot come")
    MOVE = "move", _("wants another time")
    BRING_FORWARD = "bring_forward", _("wants to come sooner")
    EXPLAIN = "explain", _("says why they did not come")
    ASK_INTERVIEW = "ask_interview", _("asks for an interview")
    PREFERENCES = "preferences", _("says what they need")
    CORRECTION = "correction", _("corrects what we wrote")
    OTHER_ADVISER = "other_adviser", _("asks for another adviser")
    PAUSE = "pause", _("asks for a pause")
    QUESTION = "question", _("asks something")
    OTHER = "other", _("something else")
    BROKEN_OFF = "broken_off", _("the call broke off")
