"""What is noted about not attending."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.record.enums import Happened
from waymark.sanctions.enums import BreachKind, ChallengeOutcome, Channel, LiftedBecause, RulingOutcome
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def breach_opened(told: Told) -> Sentence:
    kind = told.word("kind_of", BreachKind) or _("did not attend")
    said = told.say(_("%(who)s opened a case: the customer %(kind)s."), kind=kind)
    more = _("Asked why; time to answer until %(day)s.") % {"day": told.day("reply_by")}
    return Sentence(said, more=more if told.get("reply_by") else "", words=told.why, main=True)


def breach_attempted(told: Told) -> Sentence:
    channel = told.word("channel", Channel)
    if told.event.details.get("reached"):
        said = told.say(_("%(who)s reached the customer about the missed interview (%(how)s)."), how=channel)
    else:
        said = told.say(
            _("%(who)s tried to reach the customer about the missed interview (%(how)s)."), how=channel
        )
    return Sentence(said, more=told.get("words"))


def breach_reason_given(told: Told) -> Sentence:
    return Sentence(
        _("The customer gave a reason for the missed interview."), words=told.get("words"), main=True
    )


def breach_reason_judged(told: Told) -> Sentence:
    if told.event.details.get("good"):
        said = told.say(_("%(who)s found good cause: %(cause)s."), cause=told.get("cause").lower())
    else:
        said = told.say(_("%(who)s did not find good cause."))
    return Sentence(said, more=told.why, main=True)


def safeguards_answered(told: Told) -> Sentence:
    more = _("A home visit comes first: %(why)s") % {"why": told.get("visit")} if told.get("visit") else ""
    return Sentence(told.say(_("%(who)s answered questions about health and vulnerability.")), more=more)


def visit_planned(told: Told) -> Sentence:
    said = told.say(_("%(who)s planned a visit at home by %(visitor)s."), visitor=told.get("visitor"))
    return Sentence(said, more=told.moment("when") if told.get("when") else "")


def visit_done(told: Told) -> Sentence:
    if told.event.details.get("met"):
        said = told.say(_("%(who)s visited the customer at home."))
    else:
        said = told.say(_("%(who)s went to the customer’s home and met nobody."))
    return Sentence(said, more=told.get("words"))


def breach_closed(told: Told) -> Sentence:
    return Sentence(because(told.say(_("%(who)s closed the case; nothing follows")), told.why), main=True)


def breach_referred(told: Told) -> Sentence:
    more = _("Paid now %(now)s a week; %(left)s would be left.") % {
        "now": told.get("paid_now"),
        "left": told.get("would_be_paid"),
    }
    said = told.say(_("%(who)s asked a decision maker to look at the missed interview."))
    return Sentence(said, more=more if told.get("paid_now") else "", words=told.why, main=True)


def breach_returned(told: Told) -> Sentence:
    said = told.say(_("%(who)s returned the case: something is missing."))
    return Sentence(said, more=told.get("missing"))


def breach_decided(told: Told) -> Sentence:
    outcome = told.word("outcome", RulingOutcome) or _("an outcome that was not kept")
    more = _("From %(day)s: %(after)s a week, instead of %(before)s.") % {
        "day": told.day("starts_on"),
        "after": told.get("paid_after"),
        "before": told.get("paid_before"),
    }
    said = told.say(_("%(who)s decided about the missed interview: %(outcome)s."), outcome=outcome)
    return Sentence(said, more=more if told.get("starts_on") else "", words=told.why, main=True)


def sanction_in_effect(told: Told) -> Sentence:
    more = (
        _("%(after)s a week is paid.") % {"after": told.get("paid_after")} if told.get("paid_after") else ""
    )
    return Sentence(told.say(_("%(who)s put the reduction into effect.")), more=more, main=True)


def sanction_lifted(told: Told) -> Sentence:
    why = told.word("because", LiftedBecause)
    if told.get("state") == "set_aside":
        return Sentence(
            because(told.say(_("%(who)s set the reduction aside")), why), more=told.why, main=True
        )
    said = because(told.say(_("%(who)s lifted the reduction")), why)
    more = (
        _("Paid in full from %(day)s.") % {"day": told.day("lifted_from")} if told.get("lifted_from") else ""
    )
    return Sentence(said, more=more, words=told.why, main=True)


def welfare_called(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s rang about the change in payment.")), more=told.get("words"))


def decision_challenged(told: Told) -> Sentence:
    more = _("After the day until which it could be.") if told.event.details.get("late") else ""
    return Sentence(_("The customer challenged the decision."), more=more, words=told.get("words"), main=True)


def challenge_decided(told: Told) -> Sentence:
    outcome = told.word("outcome", ChallengeOutcome) or _("an outcome that was not kept")
    said = told.say(_("%(who)s looked at the decision again: %(outcome)s."), outcome=outcome)
    return Sentence(said, more=told.why, main=True)


def put_right(told: Told) -> Sentence:
    if told.get("what") == "told":
        said = told.say(_("%(who)s put a mistake of ours right and wrote to the customer."))
    elif told.get("what") == "dropped":
        said = told.say(_("%(who)s looked at a decision that may have been wrong and left it as it is."))
    else:
        said = told.say(
            _("%(who)s found a decision that a corrected rule or fact would have made otherwise.")
        )
    return Sentence(said, more=told.get("decision"), words=told.why)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.BREACH_OPENED: breach_opened,
    Happened.BREACH_ATTEMPTED: breach_attempted,
    Happened.BREACH_REASON_GIVEN: breach_reason_given,
    Happened.BREACH_REASON_JUDGED: breach_reason_judged,
    Happened.SAFEGUARDS_ANSWERED: safeguards_answered,
    Happened.VISIT_PLANNED: visit_planned,
    Happened.VISIT_DONE: visit_done,
    Happened.BREACH_CLOSED: breach_closed,
    Happened.BREACH_REFERRED: breach_referred,
    Happened.BREACH_RETURNED: breach_returned,
    Happened.BREACH_DECIDED: breach_decided,
    Happened.SANCTION_IN_EFFECT: sanction_in_effect,
    Happened.SANCTION_LIFTED: sanction_lifted,
    Happened.WELFARE_CALLED: welfare_called,
    Happened.DECISION_CHALLENGED: decision_challenged,
    Happened.CHALLENGE_DECIDED: challenge_decided,
    Happened.PUT_RIGHT: put_right,
}
