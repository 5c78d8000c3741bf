"""The record in sentences: one presenter for every kind of act. A test holds the two lists together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.customers.enums import NoteKind, Route, StopReason
from waymark.interviews.enums import CausedBy, Choice, Direction, Mode
from waymark.notices.enums import Channel, NoticeKind
from waymark.record.enums import Happened
from waymark.web.ui.components import Entry, Text
from waymark.web.ui.templatetags.ui import long_day, long_day_time
from waymark.worklist.enums import TaskKind
from waymark.worklist.rules import TO_MANAGER

MANY = 4  # how many changed fields a sentence names


@dataclass(frozen=True)
class Told:
    """One event and the day it is read on, with the small words its sentence is made of.

    `titles` gives the words of codes that belong to a programme: benefits.
    """

    event: Any
    today: date
    titles: Mapping[str, str]

    @property
    def who(self) -> str:
        return self.event.by.person.name if self.event.by else _("Waymark")

    @property
    def why(self) -> str:
        return str(self.event.why or "")

    def get(self, name: str) -> str:
        """A word of the details; empty where it was not kept."""
        found = self.event.details.get(name)
        return "" if found is None else str(found)

    def number(self, name: str) -> int:
        found = self.event.details.get(name)
        return len(found) if isinstance(found, list) else int(found or 0)

    def day(self, name: str) -> str:
        """A day in words: Wednesday 30 June."""
        text = self.get(name)
        return long_day(date.fromisoformat(text), self.today) if text else _("a day that was not kept")

    def moment(self, name: str) -> str:
        text = self.get(name)
        return long_day_time(datetime.fromisoformat(text), self.today) if text else _("a time to be found")

    def word(self, name: str, words: Any) -> str:
        """The label of an enum's value; the value itself where the enum no longer has it."""
        text = self.get(name)
        return str(words(text).label) if text in words.values else text.replace("_", " ")

    def title(self, name: str) -> str:
        return self.titles.get(self.get(name), self.get(name))

    def say(self, sentence: str, **words: object) -> str:
        return sentence % {"who": self.who, **words}


@dataclass(frozen=True)
class Sentence:
    """What happened, and what may stand under it: more words, somebody's own words, a page to open."""

    what: str
    more: Text = ""
    words: str = ""
    url: str = ""
    main: bool = False


Presenter = Callable[[Told], Sentence]


def present(event: Any, today: date, titles: Mapping[str, str]) -> Entry:
    """One event as an entry of a timeline. A kind without a presenter is told by its name alone."""
    presenter = PRESENTERS.get(event.kind, _plain)
    said = presenter(Told(event, today, titles))
    place = event.by.get_role_display() if event.by else ""
    return Entry(
        what=said.what,
        when=event.at,
        by=place,
        more=said.more,
        words=said.words,
        url=said.url,
        main=said.main,
    )


def _plain(told: Told) -> Sentence:
    return Sentence(f"{told.who}: {told.event.kind.replace('_', ' ')}.")


def because(sentence: str, why: str) -> str:
    """The sentence with its reason; without a full stop twice."""
    why = why.strip().rstrip(".")
    return (
        _("%(sentence)s, because: %(why)s.") % {"sentence": sentence, "why": why} if why else f"{sentence}."
    )


# Customers


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


# Claims


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
    return Sentence(
        because(told.say(_("%(who)s ended the claim on %(day)s"), day=told.day("on")), told.why), main=True
    )


# The worklist


def _task(told: Told) -> str:
    label = told.word("task", TaskKind)
    return label[:1].lower() + label[1:]


def task_taken(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s took the task “%(task)s”."), task=_task(told)))


def task_given(told: Told) -> Sentence:
    return Sentence(
        told.say(_("%(who)s gave the task “%(task)s” to %(to)s."), task=_task(told), to=told.get("to"))
    )


def task_moved(told: Told) -> Sentence:
    said = _("%(who)s moved the task “%(task)s” from %(old)s to %(new)s")
    words = {"task": _task(told), "old": told.day("old"), "new": told.day("new")}
    return Sentence(because(told.say(said, **words), told.why))


def task_escalated(told: Told) -> Sentence:
    to = _("the manager") if told.number("level") >= TO_MANAGER else _("the team leader")
    said = _("The task “%(task)s”, due on %(day)s, is late and was raised to %(to)s.")
    return Sentence(told.say(said, task=_task(told), day=told.day("due"), to=to))


def work_handed_over(told: Told) -> Sentence:
    n = told.number("tasks")
    said = ngettext(
        "%(n)d task of %(person)s went back to the team.",
        "%(n)d tasks of %(person)s went back to the team.",
        n,
    )
    return Sentence(told.say(said, n=n, person=told.get("person")))


# First contact


def call_started(told: Told) -> Sentence:
    if told.get("direction") == Direction.IN:
        return Sentence(told.say(_("The customer rang; %(who)s took the call.")))
    return Sentence(told.say(_("%(who)s rang the customer and spoke with them.")))


def call_attempted(told: Told) -> Sentence:
    said = told.say(_("%(who)s tried to ring: %(outcome)s."), outcome=_lower(told.get("outcome")))
    return Sentence(said, more=told.why)


def call_back_agreed(told: Told) -> Sentence:
    said = told.say(_("The customer asked %(who)s to ring again on %(when)s."), when=told.moment("when"))
    return Sentence(said, more=told.why)


def call_broken_off(told: Told) -> Sentence:
    if told.event.by is None:
        return Sentence(_("A conversation was left unfinished; finishing it is the next step."))
    return Sentence(because(told.say(_("%(who)s broke the call off; it is to be finished")), told.why))


def call_on_hold(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked the customer to hold.")))


def call_resumed(told: Told) -> Sentence:
    if told.event.details.get("taken_over"):
        return Sentence(told.say(_("%(who)s took the conversation over and went on with it.")))
    return Sentence(told.say(_("%(who)s went on with the conversation.")))


def call_finished(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s finished the conversation.")))


def support_explained(told: Told) -> Sentence:
    n = told.number("items")
    said = ngettext(
        "%(who)s explained the support there is (%(n)d point).",
        "%(who)s explained the support there is (%(n)d points).",
        n,
    )
    return Sentence(told.say(said, n=n))


def interview_offered(told: Told) -> Sentence:
    said = _("%(who)s offered the interview. Did the customer want it? %(wanted)s.")
    return Sentence(told.say(said, wanted=_wanted(told.get("wanted"))))


def _wanted(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No"), "not sure": _("Not sure")}.get(answer, answer)


def view_given(told: Told) -> Sentence:
    if told.get("not_asked"):
        said = _("%(who)s did not ask for the customer’s own view: %(reason)s.")
        return Sentence(told.say(said, reason=_lower(told.get("not_asked"))))
    named = {
        "appropriate_now": _("An interview now?"),
        "when": _("When?"),
        "return_circumstances": _("What would have to change for work?"),
        "support_wanted": _("What help?"),
    }
    answers = " ".join(f"{question} {told.get(name)}" for name, question in named.items() if told.get(name))
    return Sentence(told.say(_("The customer told %(who)s how they see it.")), words=answers)


def question_put(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked a team leader.")), words=told.why)


def question_answered(told: Told) -> Sentence:
    asked = _("Asked: %(question)s") % {"question": told.get("question")}
    return Sentence(told.say(_("%(who)s answered a colleague’s question.")), more=asked, words=told.why)


# The decision and what follows


def _visit(told: Told) -> dict[str, str]:
    return {
        "starts": told.moment("starts"),
        "adviser": told.get("adviser"),
        "mode": told.word("mode", Mode),
        "office": told.get("office"),
    }


def interview_booked(told: Told) -> Sentence:
    if not told.get("starts"):
        said = told.say(_("%(who)s decided to book the interview; a time is still to be found"))
        return Sentence(because(said, told.why), main=True)
    said = told.say(
        _("%(who)s booked the interview for %(starts)s with %(adviser)s (%(mode)s)."), **_visit(told)
    )
    return Sentence(said, more=told.why, main=True)


def interview_moved(told: Told) -> Sentence:
    said = _(
        "%(who)s moved the interview from %(old)s to %(starts)s with %(adviser)s; the change came from %(cause)s"
    )
    cause = told.word("caused_by", CausedBy)
    return Sentence(
        because(told.say(said, old=told.moment("old"), cause=cause, **_visit(told)), told.why), main=True
    )


def interview_cancelled(told: Told) -> Sentence:
    said = _("%(who)s cancelled the interview of %(starts)s; the change came from %(cause)s")
    cause = told.word("caused_by", CausedBy)
    return Sentence(because(told.say(said, cause=cause, **_visit(told)), told.why), main=True)


def interview_deferred(told: Told) -> Sentence:
    said = because(
        told.say(_("%(who)s deferred the interview until %(day)s"), day=told.day("until")), told.why
    )
    again = told.number("in_a_row")
    more = _("We get in touch on %(day)s.") % {"day": told.day("recontact_on")}
    if again > 1:
        more = _("It is deferral number %(n)d in a row. %(more)s") % {"n": again, "more": more}
    return Sentence(said, more=more, words=told.get("view"), main=True)


def interview_waived(told: Told) -> Sentence:
    said = because(told.say(_("%(who)s decided that no interview is asked for")), told.why)
    more = _("It is looked at again on %(day)s.") % {"day": told.day("review_on")}
    return Sentence(said, more=more, words=told.get("view"), main=True)


def interview_held(told: Told) -> Sentence:
    said = _("%(who)s held interview %(number)s. Next, by %(day)s: %(next)s")
    words = {"number": told.get("number"), "day": told.day("next_on"), "next": told.why}
    return Sentence(told.say(said, **words), main=True)


def interview_not_held(told: Told) -> Sentence:
    said = told.say(_("The interview of %(starts)s with %(adviser)s did not take place"), **_visit(told))
    return Sentence(because(said, told.why), main=True)


def brought_forward(told: Told) -> Sentence:
    asked_by = _("the customer") if told.get("asked_by") == "customer" else told.get("asked_by")
    said = told.say(_("%(who)s brought the interview forward, asked by %(asked_by)s"), asked_by=asked_by)
    new = _("The new time is %(when)s.") % {"when": told.moment("starts")} if told.get("starts") else ""
    return Sentence(because(said, told.why), more=new, main=True)


def recontact_attempted(told: Told) -> Sentence:
    said = _("%(who)s got in touch before the deferral ends: %(outcome)s.")
    return Sentence(told.say(said, outcome=_lower(told.get("outcome"))), more=told.why)


def recontact_settled(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s settled what follows the deferral: %(outcome)s."), outcome=_lower(told.get("outcome"))
    )
    return Sentence(said, words=told.why, main=True)


def booked_by_letter(told: Told) -> Sentence:
    said = _(
        "Nobody could be reached: %(who)s booked the interview by letter for %(starts)s with %(adviser)s."
    )
    return Sentence(told.say(said, **_visit(told)), main=True)


def waiver_reviewed(told: Told) -> Sentence:
    offered = told.event.details.get("trigger_meeting")
    said = (
        _("%(who)s reviewed the waiver: a meeting is offered")
        if offered
        else _("%(who)s reviewed the waiver")
    )
    more = _("It is looked at again on %(day)s.") % {"day": told.day("review_on")}
    return Sentence(because(told.say(said), told.why), more=more, main=True)


CHOSEN: Mapping[str, Text] = {
    Choice.BOOK: gettext_lazy("to book"),
    Choice.DEFER: gettext_lazy("to defer"),
    Choice.WAIVE: gettext_lazy("to waive"),
}


def _decision(told: Told) -> dict[str, str]:
    chosen = CHOSEN.get(told.get("choice"), told.get("choice"))
    return {"choice": str(chosen), "decider": told.get("decided_by")}


def decision_proposed(told: Told) -> Sentence:
    said = told.say(_("%(who)s proposed %(choice)s; it holds once a team leader agrees"), **_decision(told))
    until = _("Until %(day)s.") % {"day": told.day("until")} if told.get("until") else ""
    return Sentence(because(said, told.why), more=until, main=True)


def decision_authorised(told: Told) -> Sentence:
    said = told.say(_("%(who)s authorised the decision of %(decider)s %(choice)s."), **_decision(told))
    return Sentence(said, more=told.why)


def decision_checked(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s checked the decision of %(decider)s %(choice)s, and agrees."), **_decision(told)
    )
    return Sentence(said, more=told.why)


def decision_asked_back(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s asked about a decision before agreeing.")), words=told.why)


def decision_answered(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s answered the question about a decision.")), words=told.why)


def decision_reversed(told: Told) -> Sentence:
    said = told.say(_("%(who)s reversed the decision of %(decider)s %(choice)s"), **_decision(told))
    return Sentence(because(said, told.why), main=True)


# Notices


def _letter(told: Told) -> dict[str, str]:
    return {"letter": told.word("notice_kind", NoticeKind), "channel": told.word("channel", Channel)}


def _letter_url(told: Told) -> str:
    return reverse("notices:show", args=[told.get("notice")]) if told.get("notice") else ""


def notice_queued(told: Told) -> Sentence:
    said = _("A letter was written: %(letter)s (%(channel)s).")
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


# Diaries


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


# Places and people


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


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def district_added(told: Told) -> Sentence:
    return Sentence(told.say(_("%(who)s added the district %(district)s."), district=told.get("district")))


PRESENTERS: Mapping[str, Presenter] = {
    Happened.CUSTOMER_ADDED: customer_added,
    Happened.CUSTOMER_AMENDED: customer_amended,
    Happened.CUSTOMERS_MERGED: customers_merged,
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
    Happened.TASK_TAKEN: task_taken,
    Happened.TASK_GIVEN: task_given,
    Happened.TASK_MOVED: task_moved,
    Happened.TASK_ESCALATED: task_escalated,
    Happened.WORK_HANDED_OVER: work_handed_over,
    Happened.CALL_STARTED: call_started,
    Happened.CALL_ATTEMPTED: call_attempted,
    Happened.CALL_BACK_AGREED: call_back_agreed,
    Happened.CALL_BROKEN_OFF: call_broken_off,
    Happened.CALL_ON_HOLD: call_on_hold,
    Happened.CALL_RESUMED: call_resumed,
    Happened.CALL_FINISHED: call_finished,
    Happened.SUPPORT_EXPLAINED: support_explained,
    Happened.INTERVIEW_OFFERED: interview_offered,
    Happened.VIEW_GIVEN: view_given,
    Happened.QUESTION_PUT: question_put,
    Happened.QUESTION_ANSWERED: question_answered,
    Happened.INTERVIEW_BOOKED: interview_booked,
    Happened.INTERVIEW_MOVED: interview_moved,
    Happened.INTERVIEW_CANCELLED: interview_cancelled,
    Happened.INTERVIEW_DEFERRED: interview_deferred,
    Happened.INTERVIEW_WAIVED: interview_waived,
    Happened.INTERVIEW_HELD: interview_held,
    Happened.INTERVIEW_NOT_HELD: interview_not_held,
    Happened.BROUGHT_FORWARD: brought_forward,
    Happened.RECONTACT_ATTEMPTED: recontact_attempted,
    Happened.RECONTACT_SETTLED: recontact_settled,
    Happened.BOOKED_BY_LETTER: booked_by_letter,
    Happened.WAIVER_REVIEWED: waiver_reviewed,
    Happened.DECISION_PROPOSED: decision_proposed,
    Happened.DECISION_AUTHORISED: decision_authorised,
    Happened.DECISION_CHECKED: decision_checked,
    Happened.DECISION_ASKED_BACK: decision_asked_back,
    Happened.DECISION_ANSWERED: decision_answered,
    Happened.DECISION_REVERSED: decision_reversed,
    Happened.NOTICE_QUEUED: notice_queued,
    Happened.NOTICE_SENT: notice_sent,
    Happened.NOTICE_FAILED: notice_failed,
    Happened.NOTICE_HELD: notice_held,
    Happened.NOTICE_RELEASED: notice_released,
    Happened.NOTICE_WITHDRAWN: notice_withdrawn,
    Happened.NOTICE_RETRIED: notice_retried,
    Happened.HOURS_SET: hours_set,
    Happened.HOURS_ENDED: hours_ended,
    Happened.TIME_BLOCKED: time_blocked,
    Happened.TIME_FREED: time_freed,
    Happened.CALENDAR_KEY_RENEWED: calendar_key_renewed,
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

# What the timeline can be narrowed to.
GROUPS: Mapping[str, tuple[Text, frozenset[str]]] = {
    "decisions": (
        gettext_lazy("Decisions and interviews"),
        frozenset(
            {
                Happened.INTERVIEW_OFFERED,
                Happened.VIEW_GIVEN,
                Happened.INTERVIEW_BOOKED,
                Happened.INTERVIEW_MOVED,
                Happened.INTERVIEW_CANCELLED,
                Happened.INTERVIEW_DEFERRED,
                Happened.INTERVIEW_WAIVED,
                Happened.INTERVIEW_HELD,
                Happened.INTERVIEW_NOT_HELD,
                Happened.BROUGHT_FORWARD,
                Happened.RECONTACT_SETTLED,
                Happened.BOOKED_BY_LETTER,
                Happened.WAIVER_REVIEWED,
                Happened.DECISION_PROPOSED,
                Happened.DECISION_AUTHORISED,
                Happened.DECISION_CHECKED,
                Happened.DECISION_ASKED_BACK,
                Happened.DECISION_ANSWERED,
                Happened.DECISION_REVERSED,
            }
        ),
    ),
    "contact": (
        gettext_lazy("Calls and contacts"),
        frozenset(
            {
                Happened.CALL_STARTED,
                Happened.CALL_ATTEMPTED,
                Happened.CALL_BACK_AGREED,
                Happened.CALL_BROKEN_OFF,
                Happened.CALL_ON_HOLD,
                Happened.CALL_RESUMED,
                Happened.CALL_FINISHED,
                Happened.SUPPORT_EXPLAINED,
                Happened.QUESTION_PUT,
                Happened.QUESTION_ANSWERED,
                Happened.RECONTACT_ATTEMPTED,
                Happened.NOTE_WRITTEN,
                Happened.PROMISE_MADE,
                Happened.PROMISE_KEPT,
            }
        ),
    ),
    "letters": (
        gettext_lazy("Letters"),
        frozenset(
            {
                Happened.NOTICE_QUEUED,
                Happened.NOTICE_SENT,
                Happened.NOTICE_FAILED,
                Happened.NOTICE_HELD,
                Happened.NOTICE_RELEASED,
                Happened.NOTICE_WITHDRAWN,
                Happened.NOTICE_RETRIED,
            }
        ),
    ),
    "person": (
        gettext_lazy("The person and the claim"),
        frozenset(
            {
                Happened.CUSTOMER_ADDED,
                Happened.CUSTOMER_AMENDED,
                Happened.CUSTOMERS_MERGED,
                Happened.SAFE_CONTACT_SET,
                Happened.ACCESS_NEEDS_SET,
                Happened.REPRESENTATIVE_ADDED,
                Happened.REPRESENTATIVE_ENDED,
                Happened.STOPPED,
                Happened.STOP_LIFTED,
                Happened.CLAIM_MADE,
                Happened.CLAIM_IMPORTED,
                Happened.BENEFIT_CHANGED,
                Happened.CLAIM_ENDED,
            }
        ),
    ),
    "work": (
        gettext_lazy("Tasks"),
        frozenset({Happened.TASK_TAKEN, Happened.TASK_GIVEN, Happened.TASK_MOVED, Happened.TASK_ESCALATED}),
    ),
}
