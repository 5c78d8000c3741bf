"""What a service can tell, each with its form and its verb: the same for an account, a link, and us on the telephone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from waymark.referrals import verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import FeedbackKind, ReferralKind, ReferralState, Vetting
from waymark.web.referrals import service_forms as forms
from waymark.web.ui.components import Text

S = ReferralState
Do = Callable[[Any, dict[str, Any], Any, Receiver, Any], object]


@dataclass(frozen=True)
class Act:
    """`label` is the button, `said` what stands there afterwards."""

    name: str
    label: Text
    heading: Text
    said: Text
    do: Do
    intro: Text = ""


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "acknowledge",
            _("It has arrived"),
            _("Say that it has arrived"),
            _("Thank you. Whoever sent it knows that it has arrived."),
            lambda row, data, form, by, now: verbs.acknowledge(row, by=by, now=now),
            _("You have it, and somebody will look at it. This says nothing yet about a place."),
        ),
        Act(
            "accept",
            _("We take this person"),
            _("Take this person"),
            _("Thank you. A first appointment can be made now or later."),
            lambda row, data, form, by, now: verbs.accept(row, words=data["words"], by=by, now=now),
        ),
        Act(
            "vet",
            _("Assessor’s decision"),
            _("The assessor’s decision"),
            _("Kept."),
            lambda row, data, form, by, now: verbs.vet(
                row,
                admitted=data["admitted"] == "yes",
                words=data["words"],
                code=data["code"],
                by=by,
                now=now,
            ),
            _("Nobody begins before the assessor has said that it suits."),
        ),
        Act(
            "time",
            _("Offer an appointment"),
            _("The first appointment"),
            _("Kept. It stands on the customer’s own page."),
            lambda row, data, form, by, now: verbs.make_time(
                row, at=form.at, where=data["where"], with_whom=data["with_whom"], by=by, now=now
            ),
            _("Tell the customer as well, in the way they can be reached."),
        ),
        Act(
            "attend",
            _("Who was there"),
            _("A day at the service"),
            _("Kept."),
            lambda row, data, form, by, now: verbs.attend(
                row,
                data["on"],
                came=data["came"] == "yes",
                minutes=data["minutes"],
                words=data["words"],
                ends_expected=data["ends_expected"],
                by=by,
                now=now,
            ),
            _("If somebody was not there, their adviser rings kindly. Nothing else follows."),
        ),
        Act(
            "feedback",
            _("How it goes"),
            _("How it goes"),
            _("Thank you. Everybody with an interest that the customer agrees to can read it."),
            lambda row, data, form, by, now: verbs.give_feedback(
                row,
                FeedbackKind(data["kind"]),
                words=data["words"],
                hoped_for=data["hoped_for"],
                by=by,
                now=now,
            ),
        ),
        Act(
            "report",
            _("Write the report"),
            _("The report"),
            _("Thank you. The customer is met about what is next."),
            lambda row, data, form, by, now: verbs.give_feedback(
                row, FeedbackKind.REPORT, words=data["words"], hoped_for=data["hoped_for"], by=by, now=now
            ),
        ),
        Act(
            "end",
            _("It has ended"),
            _("The help has ended"),
            _("Kept. The customer is met about what is next."),
            lambda row, data, form, by, now: verbs.end_help(
                row,
                data["code"],
                on=data["on"],
                report=data.get("report", ""),
                hoped_for=data.get("hoped_for", ""),
                by=by,
                now=now,
            ),
        ),
        Act(
            "return",
            _("Send it back"),
            _("Send it back"),
            _("Sent back, with your reason. Their adviser finds another way."),
            lambda row, data, form, by, now: verbs.give_it_back(
                row, data["code"], words=data["words"], by=by, now=now
            ),
        ),
        Act(
            "ask",
            _("Ask something"),
            _("Ask something"),
            _("Asked. You find the answer here, and get a message where we may write."),
            lambda row, data, form, by, now: verbs.ask(row, data["words"], by=by, now=now),
        ),
    )
}


def possible(referral: Any, tells_us: bool) -> list[Act]:
    """What a service can tell now, the likeliest first."""
    state = referral.state
    names: list[str] = []
    if referral.kind == ReferralKind.SIGNPOST:
        return []
    if state == S.SENT:
        names = ["acknowledge", "accept", "time", "attend", "return", "ask"]
    elif state in {S.ACKNOWLEDGED, S.ACCEPTED}:
        names = [*(["accept"] if state == S.ACKNOWLEDGED else []), "time", "attend", "return", "ask"]
    elif state in {S.APPOINTMENT, S.NOT_COME}:
        names = ["attend", "time", "return", "ask"]
    elif state in S.under_way():
        names = ["attend", *(["feedback"] if tells_us else []), "end", "ask"]
    elif state == S.ENDED and tells_us and referral.reported_at is None:
        names = ["report"]
    if referral.vetting == Vetting.NEEDED and state in S.waiting():
        names = ["vet", *[name for name in names if name not in {"accept"}]]
    return [ACTS[name] for name in names]


def form_of(
    act: Act, referral: Any, rules: Any, data: Any, *, asks_name: bool, tells_us: bool, today: Any
) -> BaseForm:
    """The form of an act, with the reasons of the programme."""
    name = {"asks_name": asks_name}
    place = referral.service.locations.first()
    made: Mapping[str, Callable[[], BaseForm]] = {
        "acknowledge": lambda: forms.AcknowledgeForm(data, **name),
        "accept": lambda: forms.AcceptForm(data, **name),
        "vet": lambda: forms.VetForm(data, reasons=rules.reasons("returned"), **name),
        "time": lambda: forms.TimeForm(data, initial={"where": str(place) if place else ""}, **name),
        "attend": lambda: forms.AttendForm(data, initial={"on": today}, **name),
        "feedback": lambda: forms.FeedbackForm(data, **name),
        "report": lambda: forms.ReportForm(data, **name),
        "end": lambda: forms.EndForm(
            data, reasons=rules.reasons("ended"), tells_us=tells_us, initial={"on": today}, **name
        ),
        "return": lambda: forms.ReturnForm(data, reasons=rules.reasons("returned"), **name),
        "ask": lambda: forms.AskForm(data, **name),
    }
    return made[act.name]()
