"""What is noted about absences, handing over, and appointments we cannot keep."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def absence_rebooked(told: Told) -> Sentence:
    n = told.number("moved")
    said = ngettext(
        "%(who)s moved %(n)d appointment of %(person)s, who is away from %(first)s to %(last)s.",
        "%(who)s moved %(n)d appointments of %(person)s, who is away from %(first)s to %(last)s.",
        n,
    )
    words = {"person": told.get("person"), "first": told.day("first"), "last": told.day("last")}
    left = told.number("left")
    more = ngettext("%(n)d waits for another time.", "%(n)d wait for another time.", left) % {"n": left}
    return Sentence(told.say(said, n=n, **words), more=more if left else "")


def rebooking_asked(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s asked for another time instead of %(when)s with %(adviser)s"),
        when=told.moment("starts"),
        adviser=told.get("adviser"),
    )
    return Sentence(because(said, told.why))


def caseload_handed_over(told: Told) -> Sentence:
    n = told.number("customers")
    said = ngettext(
        "%(who)s handed %(n)d customer of %(person)s over to colleagues.",
        "%(who)s handed %(n)d customers of %(person)s over to colleagues.",
        n,
    )
    return Sentence(told.say(said, n=n, person=told.get("person")))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.ABSENCE_REBOOKED: absence_rebooked,
    Happened.REBOOKING_ASKED: rebooking_asked,
    Happened.CASELOAD_HANDED_OVER: caseload_handed_over,
}
