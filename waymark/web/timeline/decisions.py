"""What is noted about decisions that need a second pair of eyes."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.interviews.enums import Choice
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because
from waymark.web.ui.components import Text

CHOSEN: Mapping[str, Text] = {
    Choice.BOOK: gettext_lazy("to book"),
    Choice.DEFER: gettext_lazy("to defer"),
    Choice.WAIVE: gettext_lazy("to waive"),
}


def _decision(told: Told) -> dict[str, str]:
    chosen = CHOSEN.get(told.get("choice"), told.get("choice"))
    return {"choice": str(chosen), "decider": told.get("decided_by")}


def decision_proposed(told: Told) -> Sentence:
    said = told.say(_("%(who)s proposed %(choice)s; it holds once a team leader agrees"), **_decision(told))
    until = _("Until %(day)s.") % {"day": told.day("until")} if told.get("until") else ""
    return Sentence(because(said, told.why), more=until, main=True)


def decision_authorised(told: Told) -> Sentence:
    said = told.say(_("%(who)s authorised the decision of %(decider)s %(choice)s."), **_decision(told))
    return Sentence(said, more=told.why)


def decision_checked(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s checked the decision of %(decider)s %(choice)s, and agrees."), **_decision(told)
    )
    return Sentence(said, more=told.why)


def decision_asked_back(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked about a decision before agreeing.")), words=told.why)


def decision_answered(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s answered the question about a decision.")), words=told.why)


def decision_reversed(told: Told) -> Sentence:
    said = told.say(_("%(who)s reversed the decision of %(decider)s %(choice)s"), **_decision(told))
    return Sentence(because(said, told.why), main=True)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.DECISION_PROPOSED: decision_proposed,
    Happened.DECISION_AUTHORISED: decision_authorised,
    Happened.DECISION_CHECKED: decision_checked,
    Happened.DECISION_ASKED_BACK: decision_asked_back,
    Happened.DECISION_ANSWERED: decision_answered,
    Happened.DECISION_REVERSED: decision_reversed,
}
