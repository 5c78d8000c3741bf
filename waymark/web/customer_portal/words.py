"""What stands on the customer's pages, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waymark.insight.own_page import Own
from waymark.interviews.enums import Choice, InterviewState, Mode
from waymark.web.ui.components import Action, Link, Stop, StopState, Text
from waymark.web.ui.templatetags.ui import clock, long_day, minutes
from waymark.worklist.enums import TaskKind

HEADING = gettext_lazy("Your way with us")
WHY_HEADING = gettext_lazy("Why it is like this")
STATION: Mapping[str, StopState] = {
    "held": "done",
    "not_counted": "done",
    "booked": "here",
    "due": "here",
    "deferred": "deferred",
    "waived": "waived",
    "planned": "later",
}
HOW: Mapping[str, Text] = {
    Mode.OFFICE: gettext_lazy("at %(office)s"),
    Mode.PHONE: gettext_lazy("by telephone: we ring you"),
    Mode.HOME: gettext_lazy("at your home"),
    Mode.OUTREACH: gettext_lazy("at a place near you"),
}


@dataclass(frozen=True)
class Next:
    """What is next: a line before, the day in large letters, lines after; then what it asks of the customer."""

    before: str
    main: str
    after: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def next_words(own: Own, today: date) -> Next:
    """What is next for the customer, whatever the state."""
    if own.claim is None:
        return Next(_("There is nothing planned for you here."), "")
    if not own.live:
        return Next(
            _("Your claim has ended. We ask nothing of you now."),
            "",
            (_("You can still read what we sent you."),),
        )
    if own.appointment is not None:
        return _booked(own, today)
    if own.now is None or not own.now.unsettled:
        return _nothing_booked(own, today)
    if own.now.state == InterviewState.DEFERRED:
        return _put_off(own, today)
    return _to_be_found(own, today)


def _booked(own: Own, today: date) -> Next:
    visit = own.appointment
    assert visit is not None
    long = int((visit.ends_at - visit.starts_at).total_seconds() // 60)
    how = str(HOW[Mode(visit.mode)]) % {"office": visit.office.name}
    after = (
        _("with %(name)s") % {"name": visit.adviser.name},
        _("%(how)s, about %(long)s") % {"how": how, "long": minutes(long)},
    )
    main = _("%(day)s, %(time)s") % {"day": long_day(visit.starts_at, today), "time": clock(visit.starts_at)}
    return Next(_("You have an interview on"), main, after, _asks(own))


def _asks(own: Own) -> tuple[str, ...]:
    """Whether it is compulsory, which one it is, and that help is a choice."""
    if own.now is None or not own.now.mandatory:
        return (
            _("This talk is your choice."),
            _("If you do not come, nothing changes for you and your money stays the same."),
        )
    help_is_choice = _("Help we talk about there is your choice.")
    if own.way is None or own.way.total < 2:
        return (_("This one you must come to."), help_is_choice)
    said = _("This one you must come to. It is number %(n)d of %(total)d at most.")
    return (said % {"n": own.way.number, "total": own.way.total}, help_is_choice)


def _put_off(own: Own, today: date) -> Next:
    assert own.now is not None
    until = long_day(own.now.deferred_until, today)
    after = [own.now.deferred_because] if own.now.deferred_because else []
    if own.now.recontact_on:
        day = long_day(own.now.recontact_on, today)
        after.append(_("We get in touch with you on %(day)s.") % {"day": day})
    asks = (
        _("You do not have to do anything until then."),
        _("You can come sooner if you want to. Just ask."),
    )
    return Next(_("Your interview is put off until"), until, tuple(after), asks)


def _to_be_found(own: Own, today: date) -> Next:
    task = own.next_task
    rings = task is not None and task.kind in {TaskKind.FIRST_CALL, TaskKind.CALL_BACK, TaskKind.PRE_CALL}
    said = (
        _("We ring you to talk about an interview.") if rings else _("We look for a time for your interview.")
    )
    after: tuple[str, ...] = ()
    if task is not None and task.due_on >= today:
        after = (_("You hear from us by %(day)s.") % {"day": long_day(task.due_on, today)},)
    return Next(said, "", after, _asks(own) if own.now and own.now.mandatory else ())


def _nothing_booked(own: Own, today: date) -> Next:
    now = own.now
    if now is not None and now.state == InterviewState.WAIVED:
        after = [now.waived_because] if now.waived_because else []
        if now.waiver_review_on:
            day = long_day(now.waiver_review_on, today)
            after.append(_("We look at this again on %(day)s.") % {"day": day})
        return Next(
            _("You do not have to come to an interview."),
            "",
            tuple(after),
            (_("You can ask for one on any day."),),
        )
    if own.next_task is not None and own.next_task.kind == TaskKind.FOLLOW_UP:
        day = long_day(own.next_task.due_on, today)
        return Next(_("We get in touch with you, as we agreed, on"), day)
    return Next(
        _("Nothing is planned for you now."),
        "",
        (),
        (_("You can ask for a talk with an adviser on any day. It is your choice."),),
    )


def next_actions(own: Own) -> list[Action]:
    """The buttons under what is next."""
    if not own.live:
        return []
    if own.appointment is not None:
        return [
            Action(_("Change the time"), reverse("my:time"), primary=True),
            Action(_("I cannot come"), reverse("my:cannot_come")),
        ]
    if own.now is not None and own.now.state == InterviewState.DEFERRED:
        return [Action(_("I want to come sooner"), f"{reverse('my:ask')}?about=bring_forward", primary=True)]
    if own.now is not None and own.now.unsettled:
        return [Action(_("Tell us what suits you"), reverse("my:needs"), primary=True)]
    return [Action(_("Ask for an interview"), f"{reverse('my:ask')}?about=ask_interview", primary=True)]


def stops(own: Own, today: date) -> list[Stop]:
    """The compulsory interviews as a line of stations; one alone makes no line."""
    if own.way is None or not own.live or len(own.way.stops) < 2:
        return []
    return [
        Stop(_("Interview %(n)d") % {"n": stop.number}, STATION[stop.state], _note(stop, today))
        for stop in own.way.stops
    ]


def _note(stop: Any, today: date) -> str:
    """The day where there is one that means something; what is only planned has none yet."""
    if stop.state == "not_counted":
        return _("but it did not count")
    if stop.state in {"booked", "held"} and stop.on is not None:
        return str(long_day(stop.on, today))
    return ""


def caption(own: Own) -> str:
    """1 done, 5 at most to come."""
    if own.way is None:
        return ""
    return _("%(done)d done, at most %(left)d to come.") % {"done": own.way.counted, "left": own.way.to_come}


def standing_words(own: Own) -> list[str]:
    """What is compulsory and what is not, and why."""
    if own.way is None or not own.live:
        return [_("We ask nothing of you now.")]
    if not own.way.compulsory:
        said = [_("Interviews are your choice. If you do not come, your money stays the same.")]
    else:
        said = [
            ngettext(
                "You must come to one interview.", "You must come to %(n)d interviews at most.", own.way.total
            )
            % {"n": own.way.total}
        ]
        said.append(_("Everything else is your choice: courses, plans, help with work or health."))
    if own.way.because:
        said.append(_("The reason: %(because)s") % {"because": _sentence(own.way.because)})
    return said


def decision_words(decision: Any) -> dict[str, Any]:
    """A decision as the customer reads it: what, why, who, when."""
    said = {
        Choice.BOOK: _("We booked an interview with you."),
        Choice.DEFER: _("We put your interview off until %(day)s.") % {"day": long_day(decision.until)},
        Choice.WAIVE: _("We do not ask you to come to this interview."),
    }[Choice(decision.choice)]
    by = _("Decided on %(day)s by a %(role)s at %(office)s.") % {
        "day": long_day(decision.on),
        "role": decision.decided_by.get_role_display(),
        "office": decision.decided_by.team.office.name,
    }
    return {"said": said, "because": decision.because, "by": by}


def places(own: Own) -> list[Link]:
    """Where one can go from the first page."""
    found = [
        Link(_("Why is it like this?"), reverse("my:why")),
        Link(_("Your letters"), reverse("my:letters")),
        Link(_("What we agreed"), reverse("my:agreed")),
        Link(_("Who helps you"), reverse("my:helpers")),
        Link(_("Your plan"), reverse("my:plan")),
        Link(_("Help you have chosen"), reverse("my:services")),
        Link(_("Your messages and our answers"), reverse("my:messages")),
        Link(_("Money and work"), reverse("my:money")),
    ]
    if own.live:
        found += [
            Link(_("Ask us or tell us something"), reverse("my:ask")),
            Link(_("Say what you need, and who comes with you"), reverse("my:needs")),
            Link(_("Say how we may reach you"), reverse("my:reach")),
        ]
    return found


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].lower()}{text[1:]}." if not text[1:2].isupper() else f"{text}."
