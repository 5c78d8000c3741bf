"""What is noted about versions of programmes, and what a published change meant for a customer."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def pack_proposed(told: Told) -> Sentence:
    return Sentence(
        because(told.say(_("%(who)s proposed a change of %(title)s"), title=_title(told)), told.why)
    )


def pack_tried(told: Told) -> Sentence:
    said = _(
        "%(who)s compared a version of %(title)s with the one that holds: it touches %(claims)d claims, and the "
        "advice of %(decisions)d decisions."
    )
    words = {"claims": told.number("claims"), "decisions": told.number("decisions")}
    return Sentence(told.say(said, title=_title(told), **words))


def pack_published(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s published the change of %(title)s that %(other)s proposed"),
        title=_title(told),
        other=told.get("proposed_by"),
    )
    return Sentence(because(said, told.why))


def pack_withdrawn(told: Told) -> Sentence:
    said = told.say(_("%(who)s withdrew a proposed change of %(title)s"), title=_title(told))
    return Sentence(because(said, told.why))


def change_settled(told: Told) -> Sentence:
    said = told.say(_("%(who)s settled what the changed rules mean for the customer."))
    return Sentence(said, more=told.why)


def _title(told: Told) -> str:
    return told.get("title") or _("a programme")


PRESENTERS: Mapping[str, Presenter] = {
    Happened.PACK_PROPOSED: pack_proposed,
    Happened.PACK_TRIED: pack_tried,
    Happened.PACK_PUBLISHED: pack_published,
    Happened.PACK_WITHDRAWN: pack_withdrawn,
    Happened.CHANGE_SETTLED: change_settled,
}
