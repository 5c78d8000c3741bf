"""What is noted about referrals: the way to a service, what came back, and how it ended. All of it is a choice."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.directory.enums import Channel
from waymark.record.enums import Happened
from waymark.referrals.enums import FeedbackKind, Given, NotThere, Through, WayAnswer, WayHelp
from waymark.web.timeline.telling import Presenter, Sentence, Told, because, lower


def _url(told: Told) -> str:
    return reverse("referrals:show", args=[told.get("referral")]) if told.get("referral") else ""


def _of(told: Told, sentence: str, **words: object) -> str:
    """A sentence about a service; who of the service said it, where somebody did."""
    by = told.get("said_by") or told.who
    service = told.get("service") or _("a service")
    return told.say(sentence, service=service, by=by, **words)


def _through(told: Told) -> str:
    """How the service told us, where we wrote it down for them."""
    if told.get("through") == Through.TOLD_US:
        return told.say(_("Written down by %(who)s."))
    return ""


def _listed(told: Told, name: str) -> str:
    found = told.event.details.get(name)
    return ", ".join(str(one) for one in found) if isinstance(found, list) else ""


def proposed(told: Told) -> Sentence:
    more = ""
    if told.get("override"):
        more = _("Other than the district asks for: %(why)s") % {"why": told.get("override")}
    said = _of(told, _("%(who)s spoke with the customer about %(service)s."))
    return Sentence(said, more=more, words=told.why, url=_url(told), main=True)


def declined(told: Told) -> Sentence:
    said = _of(
        told, _("The customer does not want %(service)s (%(reason)s)."), reason=lower(told.get("reason"))
    )
    return Sentence(said, words=told.why, url=_url(told))


def fit_asked(told: Told) -> Sentence:
    found = told.number("hints")
    said = _("%(who)s weighed whether %(service)s fits; nothing spoke against it.")
    if found:
        said = _("%(who)s weighed whether %(service)s fits; things to think of: %(found)s.")
    return Sentence(_of(told, said, found=found), url=_url(told))


def paper_noted(told: Told) -> Sentence:
    paper = told.get("paper") or _("a document")
    held = told.event.details.get("held")
    said = _("%(who)s wrote down what else was thought of for %(service)s: %(paper)s.")
    if held is True:
        said = _("For %(service)s there is now: %(paper)s.")
    elif held is False:
        said = _("For %(service)s it is missing again: %(paper)s.")
    return Sentence(_of(told, said, paper=paper), more=told.why, url=_url(told))


def consent_given(told: Told) -> Sentence:
    items = _listed(told, "items")
    refused = _listed(told, "refused")
    how = told.word("how", Given)
    said = _("The customer said what %(service)s may be told (%(how)s).")
    more = ". ".join(
        part
        for part in (
            _("Yes: %(items)s") % {"items": items} if items else "",
            _("No: %(items)s") % {"items": refused} if refused else "",
        )
        if part
    )
    return Sentence(_of(told, said, how=how), more=more, url=_url(told))


def consent_withdrawn(told: Told) -> Sentence:
    said = _("The customer took back what %(service)s may be told (%(how)s).")
    return Sentence(
        _of(told, said, how=told.word("how", Given)), more=_listed(told, "items"), url=_url(told), main=True
    )


def sent(told: Told) -> Sentence:
    said = _("%(who)s sent the referral to %(service)s (%(channel)s).")
    if told.event.details.get("more"):
        said = _("%(who)s told %(service)s more of what the customer agreed to.")
    more = ""
    if told.get("appointment"):
        more = _("First appointment: %(when)s") % {"when": told.moment("appointment")}
    channel = told.word("channel", Channel)
    return Sentence(_of(told, said, channel=channel), more=more, words=told.why, url=_url(told), main=True)


def reminded(told: Told) -> Sentence:
    said = _("%(service)s has not answered and was reminded.")
    if told.event.details.get("written") is False:
        said = _("%(service)s has not answered, and there is no way to write: somebody rings.")
    return Sentence(_of(told, said), url=_url(told))


def raised(told: Told) -> Sentence:
    return Sentence(
        _of(told, _("%(service)s has not answered for weeks: a manager takes it up.")), url=_url(told)
    )


def acknowledged(told: Told) -> Sentence:
    said = _("The referral arrived at %(service)s (%(by)s).")
    return Sentence(_of(told, said), more=_through(told), url=_url(told))


def accepted(told: Told) -> Sentence:
    said = _("%(service)s takes the customer; a first time is to be made (%(by)s).")
    return Sentence(_of(told, said), more=_through(told), words=told.why, url=_url(told))


def vetted(told: Told) -> Sentence:
    said = _("The assessor of %(service)s, %(by)s, found it not suitable at present.")
    if told.event.details.get("admitted"):
        said = _("The assessor of %(service)s, %(by)s, admitted the customer.")
    return Sentence(_of(told, said), words=told.why, url=_url(told))


def time_made(told: Told) -> Sentence:
    said = _("First appointment at %(service)s: %(when)s (%(by)s).")
    return Sentence(
        _of(told, said, when=told.moment("appointment")), more=_through(told), url=_url(told), main=True
    )


def returned(told: Told) -> Sentence:
    said = _of(told, _("%(service)s sent the referral back (%(by)s)"))
    return Sentence(
        because(said, told.get("reason")), more=_through(told), words=told.why, url=_url(told), main=True
    )


def started(told: Told) -> Sentence:
    said = _("The customer began at %(service)s on %(on)s (%(by)s).")
    return Sentence(_of(told, said, on=told.day("on")), more=_through(told), url=_url(told), main=True)


def wait_looked_at(told: Told) -> Sentence:
    said = _("%(who)s looked at the wait for %(service)s.")
    if told.event.details.get("alternative"):
        said = _("%(who)s offered something else than waiting for %(service)s.")
    return Sentence(_of(told, said), more=told.why, url=_url(told))


def withdrawn(told: Told) -> Sentence:
    said = because(_of(told, _("The referral to %(service)s was taken back")), lower(told.get("reason")))
    more = ""
    if told.event.details.get("written"):
        more = _("The service has been written to.")
    elif told.event.details.get("tell_service"):
        more = _("Tell the service, so that nobody is waited for.")
    return Sentence(said, more=more, words=told.why, url=_url(told))


def closed(told: Told) -> Sentence:
    said = _("%(who)s agreed with the customer what is next after %(service)s.")
    return Sentence(_of(told, said), words=told.why, url=_url(told))


def signposted(told: Told) -> Sentence:
    said = _("%(who)s gave the customer what is needed to go to %(service)s by themselves.")
    return Sentence(_of(told, said), url=_url(told), main=True)


def signpost_arrived(told: Told) -> Sentence:
    said = _("The customer found %(service)s and was there on %(on)s (%(by)s).")
    return Sentence(_of(told, said, on=told.day("on")), more=_through(told), url=_url(told))


def signpost_not_taken_up(told: Told) -> Sentence:
    said = _of(
        told, _("The customer did not go to %(service)s (%(reason)s)."), reason=lower(told.get("reason"))
    )
    return Sentence(said, more=_("Nothing follows from that."), words=told.why, url=_url(told))


def attended(told: Told) -> Sentence:
    said = _("The customer was at %(service)s on %(on)s.")
    if told.get("minutes"):
        said = _("The customer was at %(service)s on %(on)s, for %(minutes)s minutes.")
    return Sentence(
        _of(told, said, on=told.day("on"), minutes=told.get("minutes")), more=_through(told), url=_url(told)
    )


def not_attended(told: Told) -> Sentence:
    said = _("The customer was not at %(service)s on %(on)s. Somebody rings kindly; nothing else follows.")
    return Sentence(_of(told, said, on=told.day("on")), more=_through(told), url=_url(told))


def rung(told: Told) -> Sentence:
    said = _("%(who)s rang about %(service)s (%(reason)s). Agreed: %(agreed)s.")
    return Sentence(
        _of(told, said, reason=lower(told.get("reason")), agreed=told.word("agreed", NotThere)),
        words=told.why,
        url=_url(told),
    )


def feedback_given(told: Told) -> Sentence:
    said = _("%(by)s of %(service)s told us: %(kind)s.")
    names = _listed(told, "tell_by_word")
    more = _("Also to be told by word: %(names)s") % {"names": names} if names else _through(told)
    return Sentence(
        _of(told, said, kind=told.word("feedback_kind", FeedbackKind)),
        more=more,
        words=told.why,
        url=_url(told),
        main=True,
    )


def feedback_read(told: Told) -> Sentence:
    return Sentence(_of(told, _("%(who)s read what %(service)s told us.")), url=_url(told))


def feedback_asked(told: Told) -> Sentence:
    said = _("%(who)s asked %(service)s for news.")
    if told.event.details.get("from_customer"):
        said = _("%(who)s asked the customer how it goes at %(service)s.")
    return Sentence(_of(told, said), more=told.why, url=_url(told))


def changes_read(told: Told) -> Sentence:
    return Sentence(
        _("%(by)s of %(organisation)s read what has changed.")
        % {"by": told.get("said_by"), "organisation": told.get("organisation")}
    )


def outlives_claim(told: Told) -> Sentence:
    said = _(
        "The claim has ended, and %(service)s goes on: somebody asks how it goes and who stays in touch."
    )
    return Sentence(_of(told, said), url=_url(told))


def ended(told: Told) -> Sentence:
    said = because(
        _of(told, _("Help at %(service)s ended on %(on)s"), on=told.day("on")), lower(told.get("reason"))
    )
    return Sentence(said, more=_through(told), url=_url(told), main=True)


def question_asked(told: Told) -> Sentence:
    return Sentence(
        _of(told, _("%(by)s of %(service)s asks us something.")),
        more=_through(told),
        words=told.why,
        url=_url(told),
    )


def question_answered(told: Told) -> Sentence:
    return Sentence(_of(told, _("%(who)s answered %(service)s.")), more=told.why, url=_url(told))


def way_offered(told: Told) -> Sentence:
    said = _("For the way to %(service)s, %(who)s offered %(what)s. The customer: %(answer)s.")
    return Sentence(
        _of(told, said, what=_offered(told), answer=told.word("answer", WayAnswer)),
        words=told.why,
        url=_url(told),
    )


def way_answered(told: Told) -> Sentence:
    said = _("The customer thought about %(what)s for the way to %(service)s: %(answer)s.")
    return Sentence(
        _of(told, said, what=_offered(told), answer=told.word("answer", WayAnswer)),
        words=told.why,
        url=_url(told),
    )


def way_arranged(told: Told) -> Sentence:
    said = _("%(who)s arranged %(what)s for the way to %(service)s.")
    return Sentence(_of(told, said, what=_offered(told)), more=told.why, url=_url(told))


def _offered(told: Told) -> str:
    return told.get("words") or told.word("what", WayHelp)


def link_made(told: Told) -> Sentence:
    said = _("A secure link for %(service)s was made; it works until %(until)s.")
    return Sentence(_of(told, said, until=told.moment("until")), url=_url(told))


def link_ended(told: Told) -> Sentence:
    return Sentence(because(_of(told, _("The secure link for %(service)s no longer works")), told.why))


def link_opened(told: Told) -> Sentence:
    return Sentence(_of(told, _("%(by)s opened the secure link for %(service)s.")), url=_url(told))


def news_told(told: Told) -> Sentence:
    said = _("%(by)s of %(organisation)s told us something that touches %(touches)s customers.")
    return Sentence(
        _of(
            told,
            said,
            organisation=told.get("organisation") or _("a service"),
            touches=told.number("touches"),
        ),
        words=told.why,
    )


def sent_to_us(told: Told) -> Sentence:
    said = told.say(_("%(asks)s asked us to see somebody."), asks=told.get("from_whom") or _("A service"))
    return Sentence(said, more=_through(told))


def sent_to_us_answered(told: Told) -> Sentence:
    said = told.say(
        _("%(asks)s asked us to see the customer; %(who)s answered."),
        asks=told.get("from_whom") or _("A service"),
    )
    return Sentence(said, words=told.why)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.REFERRAL_PROPOSED: proposed,
    Happened.REFERRAL_DECLINED: declined,
    Happened.REFERRAL_FIT_ASKED: fit_asked,
    Happened.REFERRAL_PAPER_NOTED: paper_noted,
    Happened.CONSENT_GIVEN: consent_given,
    Happened.CONSENT_WITHDRAWN: consent_withdrawn,
    Happened.REFERRAL_SENT: sent,
    Happened.REFERRAL_REMINDED: reminded,
    Happened.REFERRAL_RAISED: raised,
    Happened.REFERRAL_ACKNOWLEDGED: acknowledged,
    Happened.REFERRAL_ACCEPTED: accepted,
    Happened.REFERRAL_VETTED: vetted,
    Happened.REFERRAL_TIME_MADE: time_made,
    Happened.REFERRAL_RETURNED: returned,
    Happened.REFERRAL_STARTED: started,
    Happened.REFERRAL_WAIT_LOOKED_AT: wait_looked_at,
    Happened.REFERRAL_OUTLIVES_CLAIM: outlives_claim,
    Happened.REFERRAL_WITHDRAWN: withdrawn,
    Happened.REFERRAL_CLOSED: closed,
    Happened.WAY_OFFERED: way_offered,
    Happened.WAY_ANSWERED: way_answered,
    Happened.WAY_ARRANGED: way_arranged,
    Happened.SIGNPOSTED: signposted,
    Happened.SIGNPOST_ARRIVED: signpost_arrived,
    Happened.SIGNPOST_NOT_TAKEN_UP: signpost_not_taken_up,
    Happened.HELP_ATTENDED: attended,
    Happened.HELP_NOT_ATTENDED: not_attended,
    Happened.HELP_RUNG: rung,
    Happened.HELP_FEEDBACK_GIVEN: feedback_given,
    Happened.HELP_FEEDBACK_READ: feedback_read,
    Happened.HELP_FEEDBACK_ASKED: feedback_asked,
    Happened.HELP_ENDED: ended,
    Happened.REFERRAL_QUESTION_ASKED: question_asked,
    Happened.REFERRAL_QUESTION_ANSWERED: question_answered,
    Happened.REFERRAL_LINK_MADE: link_made,
    Happened.REFERRAL_LINK_ENDED: link_ended,
    Happened.REFERRAL_LINK_OPENED: link_opened,
    Happened.SERVICE_NEWS_TOLD: news_told,
    Happened.SERVICE_READ_CHANGES: changes_read,
    Happened.SENT_TO_US: sent_to_us,
    Happened.SENT_TO_US_ANSWERED: sent_to_us_answered,
}
