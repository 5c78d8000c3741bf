"""What is noted about the customer and the claim."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.customers.enums import NoteKind, Route, StopReason
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because
from waymark.web.ui.components import Text

MANY = 4  # how many changed fields a sentence names


def customer_added(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s added this customer.")))


FIELD_WORDS: Mapping[str, Text] = {
    "title": gettext_lazy("title"),
    "given_names": gettext_lazy("first names"),
    "family_name": gettext_lazy("family name"),
    "born_on": gettext_lazy("date of birth"),
    "ni_number": gettext_lazy("NI number"),
    "ni_unknown_because": gettext_lazy("why the NI number is not known"),
    "address": gettext_lazy("address"),
    "postcode": gettext_lazy("postcode"),
    "telephone": gettext_lazy("telephone number"),
    "email": gettext_lazy("e-mail address"),
    "language": gettext_lazy("language"),
    "may_ring": gettext_lazy("may be rung"),
    "may_leave_message": gettext_lazy("a message may be left"),
    "may_write": gettext_lazy("may be written to"),
    "may_email": gettext_lazy("may be e-mailed"),
    "may_text": gettext_lazy("may be sent texts"),
    "ring_from": gettext_lazy("ring from"),
    "ring_until": gettext_lazy("ring until"),
    "warning": gettext_lazy("warning"),
    "large_print": gettext_lazy("large print"),
    "step_free": gettext_lazy("step-free access"),
    "private_room": gettext_lazy("private room"),
    "companion": gettext_lazy("comes with somebody"),
    "home_visit": gettext_lazy("visited at home"),
    "phone_only": gettext_lazy("telephone only"),
    "cannot_sit_long": gettext_lazy("cannot sit for long"),
    "read_aloud": gettext_lazy("letters read out"),
    "interpreter": gettext_lazy("interpreter"),
    "communication": gettext_lazy("how to communicate"),
    "other": gettext_lazy("other needs"),
}


def _changed(told: Told) -> str:
    """What changed, old to new, in the details as `{field: [old, new]}`."""
    changes: Mapping[str, Any] = told.event.details.get("changes") or {}
    parts = [
        _("%(field)s: %(old)s, now %(new)s")
        % {"field": FIELD_WORDS.get(name, name), "old": _value(old), "new": _value(new)}
        for name, (old, new) in list(changes.items())[:MANY]
    ]
    if len(changes) > MANY:
        parts.append(_("and %(n)d more") % {"n": len(changes) - MANY})
    return "; ".join(parts)


def _value(value: object) -> str:
    words = {"True": _("yes"), "False": _("no"), "": _("nothing"), "None": _("nothing")}
    return words.get(str(value), str(value))


def customer_amended(told: Told) -> Sentence:
    return Sentence(
        because(told.say(_("%(who)s corrected who this customer is")), told.why), more=_changed(told)
    )


def address_confirmed(told: Told) -> Sentence:
    said = _("%(who)s asked, and the address is right: letters may go there again")
    if told.get("way") == "email":
        said = _("%(who)s asked, and the e-mail address is right: e-mails may go there again")
    said = told.say(said)
    return Sentence(because(said, told.why))


def customers_merged(told: Told) -> Sentence:
    said = told.say(_("%(who)s made one record of this and %(ref)s"), ref=told.get("merged"))
    return Sentence(because(said, told.why), main=True)


def safe_contact_set(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s wrote down how this customer may safely be reached.")), more=_changed(told)
    )


def access_needs_set(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s wrote down what this customer needs to take part.")), more=_changed(told)
    )


def representative_added(told: Told) -> Sentence:
    said = _("%(who)s added %(name)s (%(relationship)s) as somebody who %(may)s.")
    speaks = told.event.details.get("may_speak_for")
    may = _("may speak for the customer") if speaks else _("may be told")
    return Sentence(told.say(said, name=told.get("name"), relationship=told.get("relationship"), may=may))


def representative_ended(told: Told) -> Sentence:
    said = told.say(_("%(who)s ended that %(name)s speaks or is told"), name=told.get("name"))
    return Sentence(because(said, told.why))


def note_written(told: Told) -> Sentence:
    """Never the words: a restricted note is read on the page that knows who may."""
    kind = told.word("kind_of_note", NoteKind)
    return Sentence(told.say(_("%(who)s wrote something down (%(kind)s)."), kind=kind))


def stopped(told: Told) -> Sentence:
    said = _("%(who)s stopped calls and letters (%(reason)s). To be looked at again on %(day)s.")
    reason = told.word("reason", StopReason)
    return Sentence(told.say(said, reason=reason, day=told.day("look_again_on")), more=told.why, main=True)


def stop_lifted(told: Told) -> Sentence:
    return Sentence(because(told.say(_("%(who)s let calls and letters go on again")), told.why), main=True)


def promise_made(told: Told) -> Sentence:
    said = _("%(who)s promised, by %(day)s: %(words)s")
    return Sentence(told.say(said, day=told.day("due"), words=told.get("words")))


def promise_kept(told: Told) -> Sentence:
    said = told.say(_("%(who)s kept the promise: %(words)s"), words=told.get("words"))
    return Sentence(said, more=told.why)


def claim_made(told: Told) -> Sentence:
    said = _("%(who)s took a claim for %(benefit)s at %(office)s (%(route)s).")
    words = {
        "benefit": told.title("benefit"),
        "office": told.get("office"),
        "route": told.word("route", Route),
    }
    return Sentence(told.say(said, **words), main=True)


def claim_imported(told: Told) -> Sentence:
    said = _("A claim for %(benefit)s at %(office)s came in with a file.")
    return Sentence(told.say(said, benefit=told.title("benefit"), office=told.get("office")), main=True)


def benefit_changed(told: Told) -> Sentence:
    said = _("%(who)s changed the benefit from %(old)s to %(new)s, from %(day)s on")
    words = {"old": told.title("old"), "new": told.title("new"), "day": told.day("on")}
    return Sentence(because(told.say(said, **words), told.why), main=True)


def claim_ended(told: Told) -> Sentence:
    untold = told.event.details.get("told") is False
    return Sentence(
        because(told.say(_("%(who)s ended the claim on %(day)s"), day=told.day("on")), told.why),
        more=_("There was no safe way to write: the customer was not told by letter.") if untold else "",
        main=True,
    )


PRESENTERS: Mapping[str, Presenter] = {
    Happened.CUSTOMER_ADDED: customer_added,
    Happened.CUSTOMER_AMENDED: customer_amended,
    Happened.CUSTOMERS_MERGED: customers_merged,
    Happened.ADDRESS_CONFIRMED: address_confirmed,
    Happened.SAFE_CONTACT_SET: safe_contact_set,
    Happened.ACCESS_NEEDS_SET: access_needs_set,
    Happened.REPRESENTATIVE_ADDED: representative_added,
    Happened.REPRESENTATIVE_ENDED: representative_ended,
    Happened.NOTE_WRITTEN: note_written,
    Happened.STOPPED: stopped,
    Happened.STOP_LIFTED: stop_lifted,
    Happened.PROMISE_MADE: promise_made,
    Happened.PROMISE_KEPT: promise_kept,
    Happened.CLAIM_MADE: claim_made,
    Happened.CLAIM_IMPORTED: claim_imported,
    Happened.BENEFIT_CHANGED: benefit_changed,
    Happened.CLAIM_ENDED: claim_ended,
}
