"""Referrals in words: what a state means, what can be done now, what stands still and why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.referrals.enums import ReferralKind, ReferralState, Vetting
from waymark.referrals.rules import AMBER, RED, Stuck
from waymark.web.ui.components import Action, Row, Stop, Text, Tone
from waymark.web.ui.templatetags.ui import day, long_day, long_day_time

S = ReferralState
TONES: Mapping[str, Tone] = {
    S.PROPOSED: "new",
    S.CONSENTED: "new",
    S.SENT: "waiting",
    S.ACKNOWLEDGED: "waiting",
    S.ACCEPTED: "waiting",
    S.APPOINTMENT: "info",
    S.NOT_COME: "held",
    S.STARTED: "good",
    S.IN_PROGRESS: "good",
    S.RETURNED: "held",
    S.TOLD: "info",
    S.ENDED: "info",
}
STUCK_WORDS: Mapping[str, Text] = {
    Stuck.NOT_SENT: gettext_lazy("Spoken about, and not sent"),
    Stuck.NO_ANSWER: gettext_lazy("No answer from the service"),
    Stuck.NOT_ADMITTED: gettext_lazy("The assessor has not decided"),
    Stuck.NO_CONTACT: gettext_lazy("The service has not been in touch with the customer"),
    Stuck.LONG_WAIT: gettext_lazy("Waiting for more than six weeks"),
    Stuck.APPOINTMENT_PAST: gettext_lazy("First appointment over, nothing heard"),
    Stuck.NOT_THERE: gettext_lazy("Was not there, and has not been rung"),
    Stuck.NO_FEEDBACK: gettext_lazy("Nothing heard for a while"),
    Stuck.NO_REPORT: gettext_lazy("Ended without a report"),
    Stuck.CAME_BACK: gettext_lazy("Sent back, and no other way found"),
    Stuck.NO_MEETING: gettext_lazy("Ended, and nobody has met the customer"),
    Stuck.NOT_FOLLOWED_UP: gettext_lazy("Nobody has asked whether they found it"),
    Stuck.QUESTION: gettext_lazy("The service waits for an answer of ours"),
    Stuck.NOBODY_TO_REACH: gettext_lazy("Nobody at the service can be reached"),
    Stuck.WITHDRAWN_SERVICE: gettext_lazy("The service has closed"),
    Stuck.AFTER_CLAIM: gettext_lazy("Goes on after the claim has ended, and nobody has asked"),
}
CURES: Mapping[str, Text] = {
    Stuck.NOT_SENT: gettext_lazy("Ask for consent and send it, or write down that it is not wanted."),
    Stuck.NO_ANSWER: gettext_lazy("Ring the service, or find something else with the customer."),
    Stuck.NOT_ADMITTED: gettext_lazy("Ring the assessor."),
    Stuck.NO_CONTACT: gettext_lazy("Ring the service, then the customer."),
    Stuck.LONG_WAIT: gettext_lazy("Offer something else."),
    Stuck.APPOINTMENT_PAST: gettext_lazy("Ask whether it took place."),
    Stuck.NOT_THERE: gettext_lazy("Ring kindly."),
    Stuck.NO_FEEDBACK: gettext_lazy("Ask the service, and the customer."),
    Stuck.NO_REPORT: gettext_lazy("Ask for the report, or meet without it."),
    Stuck.CAME_BACK: gettext_lazy("Agree with the customer what is next."),
    Stuck.NO_MEETING: gettext_lazy("Meet the customer."),
    Stuck.NOT_FOLLOWED_UP: gettext_lazy("Ask the customer."),
    Stuck.QUESTION: gettext_lazy("Answer it."),
    Stuck.NOBODY_TO_REACH: gettext_lazy("Find a number, or something else."),
    Stuck.WITHDRAWN_SERVICE: gettext_lazy("Find something else with the customer."),
    Stuck.AFTER_CLAIM: gettext_lazy("Ask the customer how it goes, and agree who stays in touch; or end it."),
}


def state_tag(referral: Any) -> tuple[str, Tone]:
    return str(referral.get_state_display()), TONES.get(referral.state, "quiet")


def whose(referral: Any) -> str:
    task = referral.task
    if task is None or task.closed_at is not None:
        return ""
    return str(task.person.name if task.person else task.team.name)


def next_title(referral: Any, today: date) -> str:
    """What is next, by whom, by when."""
    task = referral.task
    if task is None or task.closed_at is not None:
        return _("Nothing more is to be done")
    words = {"what": task.get_kind_display(), "who": whose(referral), "day": long_day(task.due_on, today)}
    if task.due_on < today:
        return _("%(what)s: late since %(day)s (%(who)s)") % words
    return _("%(what)s: by %(day)s (%(who)s)") % words


def wait_words(referral: Any, tone: str, today: date) -> str:
    """How long the customer has waited."""
    if referral.sent_at is None or referral.state not in S.waiting():
        return ""
    weeks = max(0, (today - referral.sent_at.date()).days // 7)
    said = _("%(weeks)s weeks since it was sent") % {"weeks": weeks}
    if tone == RED:
        return _("%(said)s: offer something else") % {"said": said}
    return _("%(said)s: longer than usual") % {"said": said} if tone == AMBER else said


def way_of(referral: Any) -> list[Stop]:
    """The way as a line: what is behind, what is here, what is to come."""
    if referral.kind == ReferralKind.SIGNPOST:
        names = [
            (_("Spoken about"), {S.PROPOSED}),
            (_("Told"), {S.TOLD}),
            (_("Found it"), S.under_way()),
            (_("Ended"), {S.ENDED}),
            (_("Looked back"), {S.CLOSED}),
        ]
    else:
        names = [
            (_("Spoken about"), {S.PROPOSED}),
            (_("Agreed"), {S.CONSENTED}),
            (_("Sent"), {S.SENT}),
            (_("Arrived"), {S.ACKNOWLEDGED, S.ACCEPTED}),
            (_("First time"), {S.APPOINTMENT, S.NOT_COME}),
            (_("Under way"), set(S.under_way())),
            (_("Ended"), {S.ENDED}),
            (_("Looked back"), {S.CLOSED}),
        ]
    places = [place for place, (_label, states) in enumerate(names) if referral.state in states]
    here = places[0] if places else -1
    return (
        [
            Stop(label, "done" if place < here else "here" if place == here else "later")
            for place, (label, _states) in enumerate(names)
        ]
        if here >= 0
        else []
    )


def about_rows(referral: Any, reasons: Mapping[str, Any], today: date) -> list[Row]:
    """The referral, line by line."""
    chosen = ", ".join(reasons[code].title if code in reasons else code for code in referral.chosen_because)
    rows = [
        Row(_("Kind"), capfirst(referral.get_kind_display())),
        Row(_("Made by"), f"{referral.made_by.person.name}, {long_day(referral.made_at, today)}"),
        Row(_("Why this service"), chosen),
    ]
    if referral.chosen_by_customer:
        rows.append(Row(_("Whose wish"), _("The customer asked for it")))
    if referral.heard_from:
        rows.append(Row(_("Where they heard of it"), referral.heard_from))
    if referral.prior_talk_with:
        rows.append(
            Row(_("Asked beforehand"), f"{referral.prior_talk_with}. {referral.prior_talk_words}".strip())
        )
    if referral.override_reason:
        rows.append(Row(_("Other than the district asks for"), referral.override_reason))
    if referral.despite:
        rows.append(Row(_("Why it went all the same"), referral.despite))
    if referral.sent_at:
        rows.append(
            Row(_("Sent"), f"{long_day_time(referral.sent_at, today)}, {referral.get_channel_display()}")
        )
        rows.append(Row(_("First appointment"), first_words(referral, today)))
    if referral.vetting != Vetting.NONE:
        rows.append(Row(_("Assessor"), capfirst(referral.get_vetting_display())))
    if referral.started_on:
        rows.append(Row(_("Began"), long_day(referral.started_on, today)))
    if referral.ends_expected and referral.ended_on is None:
        rows.append(Row(_("Should end"), long_day(referral.ends_expected, today)))
    if referral.ended_on:
        rows.append(Row(_("Ended"), long_day(referral.ended_on, today)))
    if referral.told_customer is False:
        rows.append(Row(_("In writing"), _("There was no safe way to write: tell the customer yourself")))
    return rows


def first_words(referral: Any, today: date) -> str:
    if referral.appointment_at:
        parts = [
            long_day_time(referral.appointment_at, today),
            referral.appointment_where,
            referral.appointment_with,
        ]
        return ", ".join(part for part in parts if part)
    if referral.contact_by:
        return _("The service gets in touch by %(day)s") % {"day": long_day(referral.contact_by, today)}
    return capfirst(referral.get_fixed_by_display()) if referral.fixed_by else _("not made yet")


def actions_of(referral: Any) -> list[Action]:
    """What can be done now, the likeliest first. Every one is a page of its own."""
    here = referral.ref
    state = referral.state
    signpost = referral.kind == ReferralKind.SIGNPOST
    wanted: list[tuple[Any, str, bool]] = []
    if state == S.PROPOSED:
        ask = (_("Ask item by item"), "referrals:consent", True)
        wanted = [
            (_("Give the slip"), "referrals:slip", True) if signpost else ask,
            (_("Does it fit?"), "referrals:fit", False),
            (_("They would rather not"), "referrals:decline", False),
        ]
    elif state == S.CONSENTED:
        wanted = [
            (_("Check and send"), "referrals:check", True),
            (_("Change what may be told"), "referrals:consent", False),
            (_("Does it fit?"), "referrals:fit", False),
            (_("They would rather not"), "referrals:decline", False),
        ]
    elif state in {S.SENT, S.ACKNOWLEDGED, S.ACCEPTED}:
        wanted = [
            (_("The service told us something"), "referrals:told_us", True),
            (_("Ask the service again"), "referrals:chase", False),
            (_("Look at the wait"), "referrals:wait", False),
            (_("Take it back"), "referrals:take_back", False),
        ]
    elif state == S.APPOINTMENT:
        wanted = [
            (_("The service told us something"), "referrals:told_us", True),
            (_("Look at the wait"), "referrals:wait", False),
            (_("Take it back"), "referrals:take_back", False),
        ]
    elif state == S.NOT_COME:
        wanted = [
            (_("Write down the call"), "referrals:ring", True),
            (_("The service told us something"), "referrals:told_us", False),
            (_("Take it back"), "referrals:take_back", False),
        ]
    elif state in S.under_way():
        wanted = [(_("How does it go?"), "referrals:hear", True)]
        if not signpost:
            wanted += [
                (_("The service told us something"), "referrals:told_us", False),
                (_("Ask the service"), "referrals:chase", False),
            ]
        if referral.task is not None and referral.task.kind == "referral_ring":
            wanted.insert(0, (_("Write down the call"), "referrals:ring", True))
        wanted.append((_("It has ended"), "referrals:end", False))
    elif state == S.ENDED:
        wanted = [
            (_("Write down the meeting"), "referrals:meeting", True),
            (_("The service told us something"), "referrals:told_us", False),
        ]
    elif state == S.RETURNED:
        wanted = [(_("Say what is next"), "referrals:next", True)]
    elif state == S.TOLD:
        wanted = [
            (_("They found it"), "referrals:arrived", True),
            (_("They did not go"), "referrals:not_taken", False),
            (_("Show the slip"), "referrals:slip", False),
        ]
    return [Action(label, reverse(page, args=[here]), primary=primary) for label, page, primary in wanted]


def short_day(value: Any, today: date) -> str:
    return day(value, today) if value else ""
