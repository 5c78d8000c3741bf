"""What is noted about a customer's plan, and what was seen of their progress."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.actionplans.enums import AgreedHow
from waymark.record.enums import Happened
from waymark.web.timeline.telling import Presenter, Sentence, Told, because


def _url(told: Told) -> str:
    return (
        reverse("actionplans:plan", args=[told.event.claim_ref])
        if getattr(told.event, "claim_ref", "")
        else ""
    )


def _step(told: Told) -> dict[str, str]:
    return {
        "step": told.get("step") or _("a step"),
        "does": told.get("who") or _("somebody"),
        "due": told.get("due") or _("a day that was not kept"),
    }


def step_added(told: Told) -> Sentence:
    said = told.say(
        _("A step was put into the plan: “%(step)s”. %(does)s does it by %(due)s."), **_step(told)
    )
    return Sentence(said, more=told.why, url=_url(told), main=True)


def step_changed(told: Told) -> Sentence:
    said = told.say(_("A step of the plan was changed: “%(step)s”, %(does)s, by %(due)s."), **_step(told))
    return Sentence(said, more=told.why, url=_url(told))


def step_done(told: Told) -> Sentence:
    said = told.say(_("A step of the plan is done: “%(step)s” (%(does)s)."), **_step(told))
    return Sentence(said, more=told.why, url=_url(told), main=True)


def step_dropped(told: Told) -> Sentence:
    said = told.say(_("A step is no longer in the plan: “%(step)s”"), **_step(told))
    return Sentence(because(said, told.why), url=_url(told))


def step_looked_back(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s looked back at a step with the customer: “%(step)s”. It goes on until %(due)s."),
        **_step(told),
    )
    return Sentence(said, words=told.why, url=_url(told))


def goal_set(told: Told) -> Sentence:
    goal = told.get("goal") or _("a goal")
    if told.event.details.get("aim"):
        return Sentence(
            _("What the customer hopes for was written down."), words=goal, url=_url(told), main=True
        )
    said = told.say(_("A goal was put into the plan: “%(goal)s”."), goal=goal)
    return Sentence(said, more=told.why, url=_url(told), main=True)


def goal_closed(told: Told) -> Sentence:
    goal = told.get("goal") or _("a goal")
    if told.event.details.get("reached"):
        said = told.say(_("A goal was reached: “%(goal)s”."), goal=goal)
        return Sentence(said, more=told.why, url=_url(told), main=True)
    return Sentence(
        because(told.say(_("“%(goal)s” is no longer a goal"), goal=goal), told.why), url=_url(told)
    )


def barriers_set(told: Told) -> Sentence:
    named = ", ".join(told.event.details.get("barriers") or []) or _("nothing named")
    said = told.say(_("What stands in the way, as it is in the plan: %(named)s."), named=named)
    return Sentence(said, more=told.why, url=_url(told))


def plan_agreed(told: Told) -> Sentence:
    said = told.say(
        _("The customer agreed the plan (version %(version)s, %(how)s)."),
        version=told.get("version") or "–",
        how=told.word("how", AgreedHow),
    )
    written = told.event.details.get("written")
    more = _("It goes to them in writing.") if written else _("No letter went with it.")
    return Sentence(said, more=more, words=told.why, url=_url(told), main=True)


def plan_not_agreed(told: Told) -> Sentence:
    said = told.say(
        _("The customer does not agree with the plan yet (version %(version)s)."),
        version=told.get("version") or "–",
    )
    return Sentence(said, words=told.why, url=_url(told), main=True)


def plan_reviewed(told: Told) -> Sentence:
    said = told.say(
        _("%(who)s looked at the plan with the customer; the next time is on %(next)s."),
        next=told.get("next_on") or _("a day that was not kept"),
    )
    return Sentence(said, more=told.why, url=_url(told))


def sign_seen(told: Told) -> Sentence:
    signs = "; ".join(told.event.details.get("signs") or []) or _("nothing named")
    said = told.say(
        _("Signs of progress, as %(seer)s sees them: %(signs)s."),
        seer=told.get("who") or _("somebody"),
        signs=signs,
    )
    return Sentence(said, more=told.why)


PRESENTERS: Mapping[str, Presenter] = {
    Happened.STEP_ADDED: step_added,
    Happened.STEP_CHANGED: step_changed,
    Happened.STEP_DONE: step_done,
    Happened.STEP_DROPPED: step_dropped,
    Happened.STEP_LOOKED_BACK: step_looked_back,
    Happened.GOAL_SET: goal_set,
    Happened.GOAL_CLOSED: goal_closed,
    Happened.PLAN_BARRIERS_SET: barriers_set,
    Happened.PLAN_AGREED: plan_agreed,
    Happened.PLAN_NOT_AGREED: plan_not_agreed,
    Happened.PLAN_REVIEWED: plan_reviewed,
    Happened.SIGN_SEEN: sign_seen,
}
