"""What is noted about the series: what is compulsory, the call before, the interview as it was held, what follows."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.interviews.enums import (
    CallBefore,
    HelpKind,
    Next,
    OtherWay,
    Privacy,
    ScreenedResult,
    SittingOutcome,
    Standing,
)
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because, lower


def requirement_settled(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s settled that interviews are %(standing)s"), standing=told.word("standing", Standing)
    )
    return Sentence(because(said, told.why), main=True)


def screened(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s kept the screening: %(result)s; settled as %(settled)s"),
        result=told.word("result", ScreenedResult),
        settled=told.word("settled", ScreenedResult),
    )
    return Sentence(because(said, told.why), main=True)


def called_before(told: Told) -> Sentence:
    said = told.say(_("%(who)s rang before the letter: %(result)s."), result=told.word("result", CallBefore))
    worries = told.event.details.get("unsettled") or []
    still = _("Still worried about: %(worries)s.") % {"worries": ", ".join(worries)} if worries else ""
    return Sentence(said, more=still, words=told.why, main=True)


def preferences_set(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s kept how the customer would like to be seen: %(privacy)s."),
        privacy=told.word("privacy", Privacy),
    )
    return Sentence(said)


def taken_hours_set(told: Told) -> Sentence:
    hours = told.event.details.get("hours")
    said = _("The customer said in which hours they cannot come.")
    if not hours:
        said = _("The customer can come at any hour again.")
    return Sentence(
        told.say(said), more="; ".join(str(one) for one in hours) if isinstance(hours, list) else ""
    )


def objection_noted(told: Told) -> Sentence:
    ways = told.event.details.get("ways")
    known = {way.value: str(way.label) for way in OtherWay}
    said = told.say(
        _("The customer is against the interview (%(reason)s)."), reason=lower(told.get("reason"))
    )
    offered = "; ".join(known.get(str(one), str(one)) for one in ways) if isinstance(ways, list) else ""
    return Sentence(said, more=_("Offered instead: %(ways)s") % {"ways": offered}, words=told.why)


def help_asked(told: Told) -> Sentence:
    said = told.say(_("Help to come was asked for: %(help)s."), help=told.word("help", HelpKind))
    return Sentence(said, more=told.why)


def help_arranged(told: Told) -> Sentence:
    said = told.say(_("%(who)s arranged help to come: %(help)s."), help=told.word("help", HelpKind))
    return Sentence(said, more=told.why)


def interview_missed(told: Told) -> Sentence:
    said = told.say(
        _("The customer did not come to interview %(number)s of %(starts)s."),
        number=told.get("number"),
        starts=told.moment("starts"),
    )
    choice = told.event.details.get("mandatory") is False
    more = _("It was their choice to come.") if choice else ""
    return Sentence(said, more=more, words=told.why, main=True)


def missed_taken_back(told: Told) -> Sentence:
    said = told.say(_("%(who)s took back that the customer did not come"))
    return Sentence(because(said, told.why), main=True)


def arrived(told: Told) -> Sentence:
    return Sentence(told.say(_("The customer came; %(who)s said so.")))


def sitting_opened(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s began interview %(number)s."), number=told.get("number")))


def sitting_settled(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s settled interview %(number)s: %(outcome)s. Next: %(next)s."),
        number=told.get("number"),
        outcome=told.word("outcome", SittingOutcome),
        next=told.word("next", Next),
    )
    return Sentence(said, more=told.get("counts_because"), words=told.why, main=True)


def summary_written(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s gave the customer a summary in writing.")))


def summary_corrected(told: Told) -> Sentence:
    return Sentence(_("The customer put something right in the summary."), words=told.why, main=True)


def correction_answered(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s answered what the customer put right.")), more=told.why)


def interest_answered(told: Told) -> Sentence:
    said = told.say(_("%(who)s answered what the customer would like: %(wish)s."), wish=told.get("wish"))
    return Sentence(said, more=told.why)


def voluntary_agreed(told: Told) -> Sentence:
    who = told.who if told.event.by else _("The customer")
    said = told.say(_("%(whose)s agreed a talk by choice"), whose=who)
    return Sentence(because(said, told.why), main=True)


def series_reviewed(told: Told) -> Sentence:
    said = told.say(_("%(who)s looked back at the series with the customer."))
    return Sentence(said, more=_what_follows(told, "follow_up_on"), words=told.why, main=True)


def followed_up(told: Told) -> Sentence:
    said = told.say(_("%(who)s was in touch."))
    return Sentence(said, more=_what_follows(told, "next_on"), words=told.why, main=True)


def _what_follows(told: Told, name: str) -> str:
    if told.get(name):
        return _("In touch again on %(day)s.") % {"day": told.day(name)}
    if told.get("no_contact"):
        return _("No further contact: %(why)s") % {"why": told.get("no_contact")}
    return ""


def debriefed(told: Told) -> Sentence:
    said = _("%(who)s talked with %(adviser)s after a hard interview.")
    return Sentence(told.say(said, adviser=told.get("adviser")))


def caseload_given(told: Told) -> Sentence:
    said = told.say(_("The customer is with %(adviser)s now."), adviser=told.get("adviser"))
    before = told.get("before")
    more = _("Before: %(name)s.") % {"name": before} if before else ""
    return Sentence(said, more=more, words=told.why)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.REQUIREMENT_SETTLED: requirement_settled,
    Happened.SCREENED: screened,
    Happened.CALLED_BEFORE: called_before,
    Happened.PREFERENCES_SET: preferences_set,
    Happened.TAKEN_HOURS_SET: taken_hours_set,
    Happened.OBJECTION_NOTED: objection_noted,
    Happened.HELP_TO_ATTEND_ASKED: help_asked,
    Happened.HELP_TO_ATTEND_ARRANGED: help_arranged,
    Happened.INTERVIEW_MISSED: interview_missed,
    Happened.MISSED_TAKEN_BACK: missed_taken_back,
    Happened.ARRIVED: arrived,
    Happened.SITTING_OPENED: sitting_opened,
    Happened.SITTING_SETTLED: sitting_settled,
    Happened.SUMMARY_WRITTEN: summary_written,
    Happened.SUMMARY_CORRECTED: summary_corrected,
    Happened.CORRECTION_ANSWERED: correction_answered,
    Happened.INTEREST_ANSWERED: interest_answered,
    Happened.VOLUNTARY_AGREED: voluntary_agreed,
    Happened.SERIES_REVIEWED: series_reviewed,
    Happened.FOLLOWED_UP: followed_up,
    Happened.DEBRIEFED: debriefed,
    Happened.CASELOAD_GIVEN: caseload_given,
}
