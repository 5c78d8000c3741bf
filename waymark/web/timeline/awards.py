"""What is noted about money to the customer."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.awards.enums import Answer, AwardKind, ChangeKind, HeldBecause
from waymark.awards.rules import pounds
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _kind(told: Told) -> str:
    return told.word("award_kind", AwardKind) or _("an award")


def award_facts_noted(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s noted answers about money the customer could have.")))


def award_offered(told: Told) -> Sentence:
    answer = told.word("answer", Answer) or _("an answer that was not kept")
    said = told.say(_("%(who)s noted about the %(kind)s: %(answer)s."), kind=_kind(told), answer=answer)
    return Sentence(said, words=told.why)


def award_proposed(told: Told) -> Sentence:
    said = told.say(_("%(who)s would give the %(kind)s; a second person agrees first."), kind=_kind(told))
    return Sentence(said, more=told.get("because"), words=told.why, main=True)


def award_agreed(told: Told) -> Sentence:
    if told.event.details.get("second"):
        said = told.say(_("%(who)s agreed to the %(kind)s as the second person."), kind=_kind(told))
    else:
        said = told.say(_("%(who)s gave the %(kind)s."), kind=_kind(told))
    return Sentence(said, words=told.why, main=True)


def award_refused(told: Told) -> Sentence:
    said = told.say(_("%(who)s did not give the %(kind)s."), kind=_kind(told))
    return Sentence(said, more=told.get("reason"), words=told.why, main=True)


def award_began(told: Told) -> Sentence:
    return Sentence(_("The %(kind)s began.") % {"kind": _kind(told)})


def award_changed(told: Told) -> Sentence:
    change = told.word("change", ChangeKind) or _("a change")
    said = told.say(
        _("%(who)s noted %(change)s for the %(kind)s; it goes on."), change=change, kind=_kind(told)
    )
    return Sentence(said, words=told.why)


def award_stopped(told: Told) -> Sentence:
    said = because(told.say(_("%(who)s stopped the %(kind)s"), kind=_kind(told)), told.get("reason").lower())
    over = told.number("overpaid")
    more = (
        _("%(sum)s was paid for time after its last day; nothing is taken back by itself.")
        % {"sum": pounds(over)}
        if over
        else ""
    )
    return Sentence(said, more=more, words=told.why, main=True)


def award_ended(told: Told) -> Sentence:
    return Sentence(_("The %(kind)s came to its end.") % {"kind": _kind(told)})


def award_evidence_seen(told: Told) -> Sentence:
    what = told.get("what").lower() or _("something")
    return Sentence(told.say(_("%(who)s noted for the %(kind)s: %(what)s."), kind=_kind(told), what=what))


def award_end_talked(told: Told) -> Sentence:
    said = told.say(_("%(who)s talked with the customer about the end of the %(kind)s."), kind=_kind(told))
    return Sentence(said, words=told.why)


def award_ending_soon(told: Told) -> Sentence:
    said = _("The %(kind)s ends on %(day)s; somebody talks with the customer before.") % {
        "kind": _kind(told),
        "day": told.day("last_day"),
    }
    return Sentence(said, more=_told_or_not(told))


def award_asked_after(told: Told) -> Sentence:
    said = _("Asked for the %(kind)s whether what it is for goes on, by %(day)s.") % {
        "kind": _kind(told),
        "day": told.day("show_by"),
    }
    return Sentence(said, more=_told_or_not(told))


def _told_or_not(told: Told) -> str:
    if told.event.details.get("told"):
        return _("A letter tells the customer.")
    return _("There was no safe way to write to the customer: it is said by word.")


def award_payment_held(told: Told) -> Sentence:
    said = _("A payment of the %(kind)s waits: %(sum)s.") % {
        "kind": _kind(told),
        "sum": pounds(told.number("pence")),
    }
    return Sentence(said, more=told.word("held_because", HeldBecause), main=True)


def award_payment_released(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s let payments of the %(kind)s go that had waited: %(sum)s."),
        kind=_kind(told),
        sum=pounds(told.number("pence")),
    )
    return Sentence(said, words=told.why, main=True)


def awards_paid(told: Told) -> Sentence:
    return Sentence(_("The file of payments of %(day)s was made.") % {"day": told.day("on")})


def fund_changed(told: Told) -> Sentence:
    office = told.get("office") or _("an office")
    said = told.say(_("%(who)s changed the fund of %(office)s"), office=office)
    return Sentence(because(said, told.why))


def better_off_worked_out(told: Told) -> Sentence:
    said = told.say(_("%(who)s worked out whether the customer would be better off in work."))
    if "first" not in told.event.details:
        return Sentence(said)
    more = _("First year %(first)s a week, second year %(second)s a week.") % {
        "first": pounds(int(told.event.details["first"])),
        "second": pounds(int(told.event.details.get("second", 0))),
    }
    return Sentence(said, more=more)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.AWARD_FACTS_NOTED: award_facts_noted,
    Happened.AWARD_OFFERED: award_offered,
    Happened.AWARD_PROPOSED: award_proposed,
    Happened.AWARD_AGREED: award_agreed,
    Happened.AWARD_REFUSED: award_refused,
    Happened.AWARD_BEGAN: award_began,
    Happened.AWARD_CHANGED: award_changed,
    Happened.AWARD_STOPPED: award_stopped,
    Happened.AWARD_ENDED: award_ended,
    Happened.AWARD_EVIDENCE_SEEN: award_evidence_seen,
    Happened.AWARD_END_TALKED: award_end_talked,
    Happened.AWARD_ENDING_SOON: award_ending_soon,
    Happened.AWARD_ASKED_AFTER: award_asked_after,
    Happened.AWARD_PAYMENT_HELD: award_payment_held,
    Happened.AWARD_PAYMENT_RELEASED: award_payment_released,
    Happened.AWARDS_PAID: awards_paid,
    Happened.FUND_CHANGED: fund_changed,
    Happened.BETTER_OFF_WORKED_OUT: better_off_worked_out,
}
