"""What is noted while a customer is on the telephone."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.interviews.enums import Direction
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because, lower


def call_started(told: Told) -> Sentence:
    if told.get("direction") == Direction.IN:
        return Sentence(told.say(_("The customer rang; %(who)s took the call.")))
    return Sentence(told.say(_("%(who)s rang the customer and spoke with them.")))


def call_attempted(told: Told) -> Sentence:
    said = told.say(_("%(who)s tried to ring: %(outcome)s."), outcome=lower(told.get("outcome")))
    return Sentence(said, more=told.why)


def call_back_agreed(told: Told) -> Sentence:
    said = told.say(_("The customer asked %(who)s to ring again on %(when)s."), when=told.moment("when"))
    return Sentence(said, more=told.why)


def call_broken_off(told: Told) -> Sentence:
    if told.event.by is None:
        return Sentence(_("A conversation was left unfinished; finishing it is the next step."))
    return Sentence(because(told.say(_("%(who)s broke the call off; it is to be finished")), told.why))


def call_on_hold(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked the customer to hold.")))


def call_resumed(told: Told) -> Sentence:
    if told.event.details.get("taken_over"):
        return Sentence(told.say(_("%(who)s took the conversation over and went on with it.")))
    return Sentence(told.say(_("%(who)s went on with the conversation.")))


def call_finished(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s finished the conversation.")))


def support_explained(told: Told) -> Sentence:
    n = told.number("items")
    said = ngettext(
        "%(who)s explained the support there is (%(n)d point).",
        "%(who)s explained the support there is (%(n)d points).",
        n,
    )
    return Sentence(told.say(said, n=n))


def interview_offered(told: Told) -> Sentence:
    said = _("%(who)s offered the interview. Did the customer want it? %(wanted)s.")
    return Sentence(told.say(said, wanted=_wanted(told.get("wanted"))))


def _wanted(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No"), "not sure": _("Not sure")}.get(answer, answer)


def view_given(told: Told) -> Sentence:
    if told.get("not_asked"):
        said = _("%(who)s did not ask for the customer’s own view: %(reason)s.")
        return Sentence(told.say(said, reason=lower(told.get("not_asked"))))
    named = {
        "appropriate_now": _("An interview now?"),
        "when": _("When?"),
        "return_circumstances": _("What would have to change for work?"),
        "support_wanted": _("What help?"),
    }
    answers = " ".join(f"{question} {told.get(name)}" for name, question in named.items() if told.get(name))
    return Sentence(told.say(_("The customer told %(who)s how they see it.")), words=answers)


def question_put(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked a team leader.")), words=told.why)


def question_answered(told: Told) -> Sentence:
    asked = _("Asked: %(question)s") % {"question": told.get("question")}
    return Sentence(told.say(_("%(who)s answered a colleague’s question.")), more=asked, words=told.why)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.CALL_STARTED: call_started,
    Happened.CALL_ATTEMPTED: call_attempted,
    Happened.CALL_BACK_AGREED: call_back_agreed,
    Happened.CALL_BROKEN_OFF: call_broken_off,
    Happened.CALL_ON_HOLD: call_on_hold,
    Happened.CALL_RESUMED: call_resumed,
    Happened.CALL_FINISHED: call_finished,
    Happened.SUPPORT_EXPLAINED: support_explained,
    Happened.INTERVIEW_OFFERED: interview_offered,
    Happened.VIEW_GIVEN: view_given,
    Happened.QUESTION_PUT: question_put,
    Happened.QUESTION_ANSWERED: question_answered,
}
