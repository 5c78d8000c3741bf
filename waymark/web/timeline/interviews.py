"""What is noted about interviews: booked, put off, held, and brought back."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.interviews.enums import CausedBy, Mode
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because, lower


def _visit(told: Told) -> dict[str, str]:
    return {
        "starts": told.moment("starts"),
        "adviser": told.get("adviser"),
        "mode": told.word("mode", Mode),
        "office": told.get("office"),
    }


def interview_booked(told: Told) -> Sentence:
    if not told.get("starts"):
        said = told.say(_("%(who)s decided to book the interview; a time is still to be found"))
        return Sentence(because(said, told.why), main=True)
    said = told.say(
        _("%(who)s booked the interview for %(starts)s with %(adviser)s (%(mode)s)."), **_visit(told)
    )
    return Sentence(said, more=told.why, main=True)


def interview_moved(told: Told) -> Sentence:
    said = _(
        "%(who)s moved the interview from %(old)s to %(starts)s with %(adviser)s; the change came from %(cause)s"
    )
    cause = told.word("caused_by", CausedBy)
    return Sentence(
        because(told.say(said, old=told.moment("old"), cause=cause, **_visit(told)), told.why), main=True
    )


def interview_cancelled(told: Told) -> Sentence:
    said = _("%(who)s cancelled the interview of %(starts)s; the change came from %(cause)s")
    cause = told.word("caused_by", CausedBy)
    return Sentence(because(told.say(said, cause=cause, **_visit(told)), told.why), main=True)


def _and_who_authorised(told: Told, sentence: str, **words: str) -> str:
    """The sentence of who decided; where a proposal was authorised, with who did that."""
    if not told.get("authorised_by"):
        return told.say(sentence, **words)
    said = sentence % {**words, "who": told.get("decided_by")}
    return _("%(said)s, and %(leader)s authorised it") % {"said": said, "leader": told.get("authorised_by")}


def interview_deferred(told: Told) -> Sentence:
    said = _and_who_authorised(told, _("%(who)s deferred the interview until %(day)s"), day=told.day("until"))
    said = because(said, told.why)
    again = told.number("in_a_row")
    more = _("We get in touch on %(day)s.") % {"day": told.day("recontact_on")}
    if again > 1:
        more = _("It is deferral number %(n)d in a row. %(more)s") % {"n": again, "more": more}
    return Sentence(said, more=more, words=told.get("view"), main=True)


def interview_waived(told: Told) -> Sentence:
    said = _and_who_authorised(told, _("%(who)s decided that no interview is asked for"))
    said = because(said, told.why)
    more = _("It is looked at again on %(day)s.") % {"day": told.day("review_on")}
    return Sentence(said, more=more, words=told.get("view"), main=True)


def interview_held(told: Told) -> Sentence:
    said = _("%(who)s held interview %(number)s. Next, by %(day)s: %(next)s")
    words = {"number": told.get("number"), "day": told.day("next_on"), "next": told.why}
    return Sentence(told.say(said, **words), main=True)


def interview_not_held(told: Told) -> Sentence:
    said = told.say(_("The interview of %(starts)s with %(adviser)s did not take place"), **_visit(told))
    return Sentence(because(said, told.why), main=True)


def brought_forward(told: Told) -> Sentence:
    asked_by = _("the customer") if told.get("asked_by") == "customer" else told.get("asked_by")
    said = told.say(_("%(who)s brought the interview forward, asked by %(asked_by)s"), asked_by=asked_by)
    new = _("The new time is %(when)s.") % {"when": told.moment("starts")} if told.get("starts") else ""
    return Sentence(because(said, told.why), more=new, main=True)


def recontact_attempted(told: Told) -> Sentence:
    said = _("%(who)s got in touch before the deferral ends: %(outcome)s.")
    return Sentence(told.say(said, outcome=lower(told.get("outcome"))), more=told.why)


def recontact_settled(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s settled what follows the deferral: %(outcome)s."), outcome=lower(told.get("outcome"))
    )
    return Sentence(said, words=told.why, main=True)


def booked_by_letter(told: Told) -> Sentence:
    said = _(
        "Nobody could be reached: %(who)s booked the interview by letter for %(starts)s with %(adviser)s."
    )
    return Sentence(told.say(said, **_visit(told)), main=True)


def waiver_reviewed(told: Told) -> Sentence:
    offered = told.event.details.get("trigger_meeting")
    said = (
        _("%(who)s reviewed the waiver: a meeting is offered")
        if offered
        else _("%(who)s reviewed the waiver")
    )
    more = _("It is looked at again on %(day)s.") % {"day": told.day("review_on")}
    return Sentence(because(told.say(said), told.why), more=more, main=True)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.INTERVIEW_BOOKED: interview_booked,
    Happened.INTERVIEW_MOVED: interview_moved,
    Happened.INTERVIEW_CANCELLED: interview_cancelled,
    Happened.INTERVIEW_DEFERRED: interview_deferred,
    Happened.INTERVIEW_WAIVED: interview_waived,
    Happened.INTERVIEW_HELD: interview_held,
    Happened.INTERVIEW_NOT_HELD: interview_not_held,
    Happened.BROUGHT_FORWARD: brought_forward,
    Happened.RECONTACT_ATTEMPTED: recontact_attempted,
    Happened.RECONTACT_SETTLED: recontact_settled,
    Happened.BOOKED_BY_LETTER: booked_by_letter,
    Happened.WAIVER_REVIEWED: waiver_reviewed,
}
