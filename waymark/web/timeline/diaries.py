"""What is noted about working hours and diaries."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told


def _weekdays(told: Told) -> str:
    names = (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )
    return ", ".join(names[day] for day in told.event.details.get("weekdays", []))


def _hours(told: Told) -> dict[str, str]:
    return {
        "person": told.get("person"),
        "office": told.get("office"),
        "weekday": _weekdays(told),
        "starts": told.get("starts"),
        "ends": told.get("ends"),
    }


def hours_set(told: Told) -> Sentence:
    said = _("%(who)s set the hours of %(person)s at %(office)s on %(weekday)s: %(starts)s to %(ends)s.")
    return Sentence(told.say(said, **_hours(told)))


def hours_ended(told: Told) -> Sentence:
    said = _(
        "%(who)s ended the hours of %(person)s at %(office)s on %(weekday)s, with %(day)s as the last day."
    )
    return Sentence(told.say(said, day=told.day("last_day"), **_hours(told)))


def time_blocked(told: Told) -> Sentence:
    said = _("%(who)s kept time of %(person)s from %(start)s for: %(what)s.")
    return Sentence(
        told.say(said, person=told.get("person"), start=told.moment("start"), what=told.get("what"))
    )


def time_freed(told: Told) -> Sentence:
    said = _("%(who)s freed the time of %(person)s from %(start)s: %(what)s.")
    return Sentence(
        told.say(said, person=told.get("person"), start=told.moment("start"), what=told.get("what"))
    )


def calendar_key_renewed(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s made a new calendar address for %(person)s."), person=told.get("person"))
    )


PRESENTERS: Mapping[str, Presenter] = {
    Happened.HOURS_SET: hours_set,
    Happened.HOURS_ENDED: hours_ended,
    Happened.TIME_BLOCKED: time_blocked,
    Happened.TIME_FREED: time_freed,
    Happened.CALENDAR_KEY_RENEWED: calendar_key_renewed,
}
