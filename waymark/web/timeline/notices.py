"""What is noted about letters."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.notices.enums import Channel, NoticeKind
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _letter(told: Told) -> dict[str, str]:
    return {"letter": told.word("notice_kind", NoticeKind), "channel": told.word("channel", Channel)}


def _letter_url(told: Told) -> str:
    return reverse("notices:show", args=[told.get("notice")]) if told.get("notice") else ""


def notice_queued(told: Told) -> Sentence:
    said = _("A letter was written: %(letter)s (%(channel)s).")
    if told.get("channel") == Channel.TEXT:
        said = _("A text was written: %(letter)s.")
    if told.event.details.get("held"):
        said = _("A letter was written and is held, because contact is stopped: %(letter)s.")
    return Sentence(told.say(said, **_letter(told)), url=_letter_url(told))


def notice_sent(told: Told) -> Sentence:
    return Sentence(
        told.say(_("The letter “%(letter)s” went out (%(channel)s)."), **_letter(told)), url=_letter_url(told)
    )


def notice_failed(told: Told) -> Sentence:
    said = told.say(_("The letter “%(letter)s” could not be sent."), **_letter(told))
    return Sentence(said, more=told.why, url=_letter_url(told))


def notice_held(told: Told) -> Sentence:
    n = told.number("notices") or 1
    return Sentence(
        ngettext("%(n)d waiting letter is held.", "%(n)d waiting letters are held.", n) % {"n": n}
    )


def notice_released(told: Told) -> Sentence:
    n = told.number("notices") or 1
    said = ngettext("%(n)d held letter may go out again.", "%(n)d held letters may go out again.", n)
    return Sentence(said % {"n": n})


def notice_withdrawn(told: Told) -> Sentence:
    said = told.say(_("%(who)s withdrew the letter “%(letter)s” before it went out"), **_letter(told))
    return Sentence(because(said, told.why), url=_letter_url(told))


def notice_retried(told: Told) -> Sentence:
    said = told.say(_("%(who)s had the letter “%(letter)s” tried again."), **_letter(told))
    return Sentence(said, url=_letter_url(told))


def notice_came_back(told: Told) -> Sentence:
    said = _("The letter “%(letter)s” came back on %(day)s")
    if told.get("channel") == Channel.EMAIL:
        said = _("The e-mail “%(letter)s” came back on %(day)s")
    said = told.say(said, **_letter(told), day=told.day("on"))
    return Sentence(because(said, told.why), url=_letter_url(told), main=True)


def notice_sent_again(told: Told) -> Sentence:
    said = told.say(_("%(who)s had the letter “%(letter)s” sent again, as a new one."), **_letter(told))
    return Sentence(said, url=_letter_url(told))


def notice_read_aloud(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s read the letter “%(letter)s” to the customer on %(day)s"),
        **_letter(told),
        day=told.day("on"),
    )
    return Sentence(because(said, told.why), url=_letter_url(told), main=True)


def notices_to_read(told: Told) -> Sentence:
    n = told.number("notices") or 1
    said = ngettext(
        "%(n)d letter is to be read to the customer.",
        "%(n)d letters are to be read to the customer.",
        n,
    )
    return Sentence(said % {"n": n})


def reminders_paused(told: Told) -> Sentence:
    said = told.say(_("%(who)s paused reminders of appointments until %(day)s"), day=told.day("until"))
    return Sentence(because(said, told.why))


def reminders_resumed(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s let reminders of appointments go again.")))


def mail_sent(told: Told) -> Sentence:
    return Sentence(_("An e-mail that names nobody was sent to %(to)s.") % {"to": told.get("who")})


def mail_failed(told: Told) -> Sentence:
    said = _("An e-mail to %(to)s could not be sent") % {"to": told.get("who")}
    return Sentence(because(said, told.why), main=True)


def mail_retried(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s had an e-mail to %(to)s tried again."), to=told.get("who")))


def mail_withdrawn(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s withdrew an e-mail to %(to)s."), to=told.get("who")))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.MAIL_SENT: mail_sent,
    Happened.MAIL_FAILED: mail_failed,
    Happened.MAIL_RETRIED: mail_retried,
    Happened.MAIL_WITHDRAWN: mail_withdrawn,
    Happened.NOTICE_QUEUED: notice_queued,
    Happened.NOTICE_SENT: notice_sent,
    Happened.NOTICE_FAILED: notice_failed,
    Happened.NOTICE_HELD: notice_held,
    Happened.NOTICE_RELEASED: notice_released,
    Happened.NOTICE_WITHDRAWN: notice_withdrawn,
    Happened.NOTICE_RETRIED: notice_retried,
    Happened.NOTICE_CAME_BACK: notice_came_back,
    Happened.NOTICE_SENT_AGAIN: notice_sent_again,
    Happened.NOTICE_READ_ALOUD: notice_read_aloud,
    Happened.NOTICES_TO_READ: notices_to_read,
    Happened.REMINDERS_PAUSED: reminders_paused,
    Happened.REMINDERS_RESUMED: reminders_resumed,
}
