"""What is noted about who is responsible, who helps with a part, and how we keep in touch."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.casework.enums import BegunBy, ContactChannel, MeetingKind, NewsKind, Told, TransferKind, With
from waymark.record.enums import Happened
from waymark.web.timeline import telling
from waymark.web.timeline.telling import Presenter, Sentence, because, lower


def taken_on(told: telling.Told) -> Sentence:
    said = told.say(
        _("%(who)s took the customer on. Case manager: %(manager)s."), manager=told.get("manager")
    )
    return Sentence(said, main=True)


def closed(told: telling.Told) -> Sentence:
    reason = told.get("reason")
    if reason == "claim_ended":
        return Sentence(_("The case was closed, since the claim has ended."), main=True)
    words = told.why if told.why != reason else ""
    return Sentence(because(told.say(_("%(who)s closed the case")), reason), words=words, main=True)


def manager_changed(told: telling.Told) -> Sentence:
    said = _("%(manager)s is case manager now, after %(before)s.") % {
        "manager": told.get("manager"),
        "before": told.get("before"),
    }
    return Sentence(said, more=told.why, main=True)


def worker_added(told: telling.Told) -> Sentence:
    said = _("%(helper)s helps now with one part: %(part)s.") % {
        "helper": _named(told),
        "part": lower(told.get("part")),
    }
    until = _("Until about %(day)s.") % {"day": told.day("until")} if told.get("until") else ""
    return Sentence(said, more=until, main=True)


def worker_ended(told: telling.Told) -> Sentence:
    said = _("The help of %(helper)s has ended: %(part)s") % {
        "helper": _named(told),
        "part": lower(told.get("part")),
    }
    return Sentence(because(said, told.why), main=True)


def party_set(told: telling.Told) -> Sentence:
    sentences = {
        Told.YES: _("The customer agrees that %(one)s (%(part)s) hears how it goes."),
        Told.NO: _("The customer does not want %(one)s (%(part)s) to hear how it goes."),
        Told.NOT_ASKED: _(
            "%(one)s (%(part)s) has an interest in the case; the customer has not been asked yet."
        ),
    }
    sentence = sentences.get(Told(told.get("told") or Told.NOT_ASKED), "")
    return Sentence(sentence % {"one": told.get("who"), "part": lower(told.get("part"))})


def transfer_proposed(told: telling.Told) -> Sentence:
    if told.get("how") == TransferKind.TEMPORARY:
        said = told.say(_("%(who)s asked %(to)s to take the customer over for a time"), to=told.get("to"))
    else:
        said = told.say(_("%(who)s asked %(to)s to take the customer over for good"), to=told.get("to"))
    return Sentence(because(said, told.why))


def transfer_answered(told: telling.Told) -> Sentence:
    if told.event.details.get("accepted"):
        return Sentence(_("%(to)s takes the customer over.") % {"to": told.get("to")})
    said = _("%(to)s does not take the customer over") % {"to": told.get("to")}
    return Sentence(because(said, told.why))


def transfer_lapsed(told: telling.Told) -> Sentence:
    said = _("%(to)s has not answered. The customer stays with %(before)s.")
    return Sentence(said % {"to": told.get("to"), "before": told.get("before")})


def transfer_withdrawn(told: telling.Told) -> Sentence:
    said = told.say(_("%(who)s took back the question to %(to)s"), to=told.get("to"))
    return Sentence(because(said, told.why))


def lent(told: telling.Told) -> Sentence:
    words = {"manager": told.get("manager"), "before": told.get("before")}
    if told.get("until"):
        said = _("%(manager)s is case manager until %(day)s; then it is %(before)s again.") % {
            **words,
            "day": told.day("until"),
        }
    else:
        said = _("%(manager)s is case manager for a time; then it is %(before)s again.") % words
    when = _("It comes back when: %(what)s") % {"what": told.get("when")} if told.get("when") else ""
    return Sentence(said, more=when or told.why, main=True)


def prolonged(told: telling.Told) -> Sentence:
    said = told.say(
        _("%(who)s left the customer with %(to)s until %(day)s"), to=told.get("to"), day=told.day("until")
    )
    return Sentence(because(said, told.why))


def returned(told: telling.Told) -> Sentence:
    said = _("The customer came back: %(manager)s is case manager again, after %(before)s.") % {
        "manager": told.get("manager"),
        "before": told.get("before"),
    }
    return Sentence(said, words=told.why, main=True)


def meeting_planned(told: telling.Told) -> Sentence:
    who = ", ".join(told.event.details.get("who") or [])
    said = told.say(
        _("%(who)s planned a meeting with %(others)s on %(when)s: %(kind)s."),
        others=who,
        when=told.moment("starts"),
        kind=lower(told.word("sort", MeetingKind)),
    )
    return Sentence(said, more=told.get("place"), words=told.why)


def meeting_settled(told: telling.Told) -> Sentence:
    kind = told.word("sort", MeetingKind)
    if not told.event.details.get("held"):
        return Sentence(because(_("%(kind)s: it did not take place") % {"kind": kind}, told.why))
    n = told.number("steps")
    steps = ngettext("%(n)d step was agreed.", "%(n)d steps were agreed.", n) % {"n": n} if n else ""
    met = _("They have met.") if told.event.details.get("introduced") else ""
    said = told.say(_("%(who)s wrote up a meeting: %(kind)s."), kind=lower(kind))
    return Sentence(said, more=" ".join(filter(None, (met, steps))), words=told.why, main=True)


def meeting_moved(told: telling.Told) -> Sentence:
    said = told.say(
        _("%(who)s moved a meeting from %(old)s to %(when)s"),
        old=told.moment("old"),
        when=told.moment("starts"),
    )
    return Sentence(because(said, told.why), more=told.get("place"))


def meeting_cancelled(told: telling.Told) -> Sentence:
    said = told.say(_("%(who)s cancelled the meeting on %(when)s"), when=told.moment("starts"))
    return Sentence(because(said, told.why))


def news_told(told: telling.Told) -> Sentence:
    """Who was told; colleagues read it on Today, people of services behind a link in an e-mail."""
    what = lower(told.word("news", NewsKind)) or _("news of the case")
    names = told.event.details.get("who") or []
    by_word = told.event.details.get("by_word") or []
    rings = (
        _("Without an e-mail address, to be rung: %(names)s.") % {"names": ", ".join(by_word)}
        if by_word
        else ""
    )
    if not names:
        return Sentence(_("Nobody was told in writing: %(what)s.") % {"what": what}, more=rings)
    words = {"names": ", ".join(names), "what": what}
    if told.event.details.get("by_telephone"):
        return Sentence(told.say(_("%(who)s rang %(names)s: %(what)s."), **words))
    said = _("Told to %(names)s: %(what)s.") % words
    return Sentence(said, more=rings)


def news_read(told: telling.Told) -> Sentence:
    what = lower(told.word("news", NewsKind)) or _("news of the case")
    return Sentence(told.say(_("%(who)s read the news: %(what)s."), what=what))


def news_opened(told: telling.Told) -> Sentence:
    what = lower(told.word("news", NewsKind)) or _("news of the case")
    who = ", ".join(filter(None, (told.get("said_by"), told.get("place")))) or _("Somebody of a service")
    return Sentence(_("%(one)s opened the link to the news: %(what)s.") % {"one": who, "what": what})


def step_ended(told: telling.Told) -> Sentence:
    if told.event.details.get("done"):
        return Sentence(told.say(_("%(who)s: what was agreed is done: %(words)s"), words=told.get("words")))
    said = told.say(_("%(who)s dropped what was agreed, “%(words)s”"), words=told.get("words"))
    return Sentence(because(said, told.why))


def wish_noted(told: telling.Told) -> Sentence:
    if not told.get("whom"):
        return Sentence(
            told.say(_("%(who)s noted that the customer has no wish for a certain case manager."))
        )
    return Sentence(
        told.say(
            _("%(who)s noted whom the customer would like as case manager: %(whom)s."), whom=told.get("whom")
        )
    )


def rhythm_set(told: telling.Told) -> Sentence:
    days = told.number("days")
    if not days:
        said = told.say(_("%(who)s set that we are in touch as usual."))
    else:
        said = because(told.say(_("%(who)s set that we are in touch every %(n)d days"), n=days), told.why)
    via = _("Through %(one)s.") % {"one": told.get("via")} if told.get("via") else ""
    return Sentence(said, more=via)


def contact_made(told: telling.Told) -> Sentence:
    whom = told.get("who") or told.word("whom", With)
    words = {"whom": whom, "channel": told.word("channel", ContactChannel)}
    if not told.event.details.get("reached", True):
        said = told.say(_("%(who)s tried to reach %(whom)s (%(channel)s)."), **words)
    elif told.get("begun_by") == BegunBy.US:
        said = told.say(_("%(who)s was in touch with %(whom)s (%(channel)s)."), **words)
    else:
        said = told.say(_("%(by)s got in touch with %(who)s (%(channel)s)."), by=_began(told, whom), **words)
    next_on = _("Next by %(day)s.") % {"day": told.day("next")} if told.get("next") else ""
    return Sentence(said, more=next_on, words=told.why)


def enquiry_made(told: telling.Told) -> Sentence:
    if told.event.details.get("named"):
        said = told.say(
            _("%(who)s asked %(service)s about the customer, with their yes."), service=told.get("service")
        )
    else:
        said = told.say(_("%(who)s asked %(service)s without naming anybody."), service=told.get("service"))
    return Sentence(said, words=told.why)


def enquiry_answered(told: telling.Told) -> Sentence:
    who = told.get("who") or told.get("service")
    said = _("%(one)s answered about %(service)s.") % {"one": who, "service": told.get("service")}
    return Sentence(said, words=told.why)


def enquiry_settled(told: telling.Told) -> Sentence:
    if told.event.details.get("referred"):
        return Sentence(
            _("The question to %(service)s led to a referral.") % {"service": told.get("service")}
        )
    said = _("The question to %(service)s led to no referral") % {"service": told.get("service")}
    return Sentence(because(said, told.why))


def kept(told: telling.Told) -> Sentence:
    said = told.say(_("%(who)s kept the customer, who may be one for a disability adviser"))
    words = told.why if told.why != told.get("reason") else ""
    return Sentence(because(said, told.get("reason")), words=words)


def _named(told: telling.Told) -> str:
    who, place = told.get("who"), told.get("place")
    return who if who == place or not place else f"{who}, {place}"


def _began(told: telling.Told, whom: str) -> str:
    label = whom if told.get("begun_by") == BegunBy.SERVICE else told.word("begun_by", BegunBy)
    return label[:1].upper() + label[1:]


PRESENTERS: Mapping[str, Presenter] = {
    Happened.CASE_TAKEN_ON: taken_on,
    Happened.CASE_CLOSED: closed,
    Happened.CASE_MANAGER_CHANGED: manager_changed,
    Happened.CASE_WORKER_ADDED: worker_added,
    Happened.CASE_WORKER_ENDED: worker_ended,
    Happened.CASE_PARTY_SET: party_set,
    Happened.TRANSFER_PROPOSED: transfer_proposed,
    Happened.TRANSFER_ANSWERED: transfer_answered,
    Happened.TRANSFER_LAPSED: transfer_lapsed,
    Happened.TRANSFER_WITHDRAWN: transfer_withdrawn,
    Happened.CASE_LENT: lent,
    Happened.LOAN_PROLONGED: prolonged,
    Happened.CASE_RETURNED: returned,
    Happened.CASE_MEETING_PLANNED: meeting_planned,
    Happened.CASE_MEETING_MOVED: meeting_moved,
    Happened.CASE_MEETING_CANCELLED: meeting_cancelled,
    Happened.CASE_MEETING_SETTLED: meeting_settled,
    Happened.AGREED_STEP_ENDED: step_ended,
    Happened.CASE_WISH_NOTED: wish_noted,
    Happened.CONTACT_RHYTHM_SET: rhythm_set,
    Happened.CONTACT_MADE: contact_made,
    Happened.ENQUIRY_MADE: enquiry_made,
    Happened.ENQUIRY_ANSWERED: enquiry_answered,
    Happened.ENQUIRY_SETTLED: enquiry_settled,
    Happened.CASE_KEPT: kept,
    Happened.CASE_NEWS_TOLD: news_told,
    Happened.CASE_NEWS_READ: news_read,
    Happened.CASE_NEWS_OPENED: news_opened,
}
