"""What is noted about places, the people who work there, and the day itself."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because
from waymark.web.ui.components import Text


def _of_person(sentence: Text) -> Presenter:
    """A presenter whose sentence needs only who, whom and a day or two."""

    def told_of(told: Told) -> Sentence:
        words = {
            name: told.get(name) for name in ("person", "role", "team", "office", "room", "place", "key")
        }
        days = {name: told.day(name) if told.get(name) else "" for name in ("on", "last")}
        return Sentence(because(told.say(str(sentence), **words, **days), told.why))

    return told_of


def absence_noted(told: Told) -> Sentence:
    said = _("%(who)s noted that %(person)s is away from %(first)s to %(last)s.")
    cover = (
        _("%(cover)s covers.") % {"cover": told.get("cover")}
        if told.get("cover")
        else _("Nobody covers yet.")
    )
    words = {"person": told.get("person"), "first": told.day("first"), "last": told.day("last")}
    return Sentence(told.say(said, **words), more=cover)


def team_closed(told: Told) -> Sentence:
    said = _("%(who)s closed %(team)s; its %(n)d open tasks went to %(successor)s.")
    words = {"team": told.get("team"), "successor": told.get("successor"), "n": told.number("tasks")}
    return Sentence(told.say(said, **words))


def holidays_loaded(told: Told) -> Sentence:
    n = told.number("new")
    said = ngettext("%(who)s loaded %(n)d new bank holiday.", "%(who)s loaded %(n)d new bank holidays.", n)
    return Sentence(told.say(said, n=n))


def holiday_removed(told: Told) -> Sentence:
    return Sentence(
        because(told.say(_("%(who)s took %(day)s off the bank holidays"), day=told.day("day")), told.why)
    )


def local_value_set(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s set “%(key)s” to %(value)s for %(place)s"),
        **{name: told.get(name) for name in ("key", "value", "place")},
    )
    return Sentence(because(said, told.why))


def day_run(told: Told) -> Sentence:
    return Sentence(told.say(_("The daily run of %(day)s finished."), day=told.day("on")))


def district_added(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s added the district %(district)s."), district=told.get("district")))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.PERSON_ADDED: _of_person(gettext_lazy("%(who)s added %(person)s")),
    Happened.PERSON_LEFT: _of_person(gettext_lazy("%(who)s noted that %(person)s has left")),
    Happened.PERSON_RETURNED: _of_person(gettext_lazy("%(who)s noted that %(person)s is back")),
    Happened.POST_GIVEN: _of_person(gettext_lazy("%(who)s gave %(person)s a post in %(team)s")),
    Happened.POST_ENDED: _of_person(gettext_lazy("%(who)s ended the post of %(person)s in %(team)s")),
    Happened.ABSENCE_NOTED: absence_noted,
    Happened.ABSENCE_ENDED: _of_person(
        gettext_lazy("%(who)s noted that %(person)s is away until %(last)s only")
    ),
    Happened.ABSENCE_CALLED_OFF: _of_person(
        gettext_lazy("%(who)s noted that %(person)s is not away after all")
    ),
    Happened.SIGN_IN_LINK_MADE: _of_person(gettext_lazy("%(who)s made a sign-in link for %(person)s")),
    Happened.DISTRICT_ADDED: district_added,
    Happened.OFFICE_ADDED: _of_person(gettext_lazy("%(who)s added %(office)s")),
    Happened.ROOM_ADDED: _of_person(gettext_lazy("%(who)s added %(room)s at %(office)s")),
    Happened.TEAM_OPENED: _of_person(gettext_lazy("%(who)s opened %(team)s at %(office)s")),
    Happened.TEAM_CLOSED: team_closed,
    Happened.HOLIDAYS_LOADED: holidays_loaded,
    Happened.HOLIDAY_REMOVED: holiday_removed,
    Happened.LOCAL_VALUE_SET: local_value_set,
    Happened.LOCAL_VALUE_ENDED: _of_person(
        gettext_lazy("%(who)s ended the local value of “%(key)s” for %(place)s")
    ),
    Happened.DAY_RUN: day_run,
}
