"""What is noted about what customers tell us, and about the way to their own page."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.inbound.enums import About, Way
from waymark.portal.enums import KeyKind
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _url(told: Told) -> str:
    return reverse("inbound:message", args=[told.get("message")]) if told.get("message") else ""


def message_logged(told: Told) -> Sentence:
    """The customer’s own words stand under it."""
    words = {
        "about": told.word("about", About),
        "way": told.word("way", Way),
        "from": told.get("from_name") or _("The customer"),
    }
    said = _("%(from)s got in touch (%(way)s): %(about)s.")
    if told.event.details.get("complete") is False:
        said = _("%(from)s got in touch (%(way)s), and the call broke off.")
    more = ""
    if told.event.by:
        more = told.say(_("Written down by %(who)s."))
    return Sentence(told.say(said, **words), more=more, words=told.why, url=_url(told), main=True)


def message_read(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s read the message.")), url=_url(told))


def message_answered(told: Told) -> Sentence:
    said = told.say(_("%(who)s answered the message (%(way)s)."), way=told.word("told_by", Way))
    return Sentence(said, more=told.why, url=_url(told))


def key_made(told: Told) -> Sentence:
    said = _("A %(kind)s to the customer’s own page was made; it works until %(until)s.")
    return Sentence(told.say(said, kind=told.word("key_kind", KeyKind), until=told.moment("until")))


def key_ended(told: Told) -> Sentence:
    said = told.say(
        _("The %(kind)s to the customer’s own page no longer works"), kind=told.word("key_kind", KeyKind)
    )
    return Sentence(because(said, told.why))


def page_opened(told: Told) -> Sentence:
    said = _("The customer’s own page was opened (%(kind)s).")
    return Sentence(told.say(said, kind=told.word("key_kind", KeyKind)))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.MESSAGE_LOGGED: message_logged,
    Happened.MESSAGE_READ: message_read,
    Happened.MESSAGE_ANSWERED: message_answered,
    Happened.KEY_MADE: key_made,
    Happened.KEY_ENDED: key_ended,
    Happened.PAGE_OPENED: page_opened,
}
