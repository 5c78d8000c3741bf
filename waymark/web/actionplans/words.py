"""What the pages of a plan say: each step with whose turn it is, and the one thing to do next."""

from typing import Any

from django.utils.translation import gettext as _

from waymark.actionplans.enums import OwnerKind, StepState
from waymark.actionplans.queries import PlanPage
from waymark.actionplans.wording import who_does
from waymark.web.asking import Asked
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import day, long_day
from waymark.web.worklist.next_action import open_page


def plan_words(request: Asked, claim: Any, page: PlanPage) -> dict[str, Any]:
    """The context of the plan's page."""
    return {
        "steps": [step_words(request, step) for step in page.open_steps],
        "closed": [closed_words(step, request) for step in reversed(page.closed_steps)],
        "state": state_words(page, request),
        "main_action": main_action(request, claim, page),
        "actions": other_actions(request, claim, page),
        "wishes": [
            {
                "words": one.words,
                "who": one.owner.name,
                "by": day(one.answer_by, request.today),
                "late": one.answer_by < request.today,
                "action": Action(
                    _("Put it into the plan"),
                    open_page(request.post.role, "actionplans:take_wish", claim.ref, one.ref),
                    method="post",
                    about=one.words,
                ),
            }
            for one in page.wishes
        ],
        "promises": [
            {
                "words": one.words,
                "who": one.person.name if one.person else one.team.name,
                "by": day(one.due_on, request.today),
                "late": one.due_on < request.today,
                "action": Action(
                    _("Put it into the plan"),
                    open_page(request.post.role, "actionplans:take_promise", claim.ref, one.ref),
                    method="post",
                    about=one.words,
                ),
            }
            for one in page.promises
        ],
    }


def step_words(request: Asked, step: Any) -> dict[str, Any]:
    """One open step: who, what, by when, and the way to say how it stands."""
    late = step.due_on < request.today
    mine = step.owner == OwnerKind.CUSTOMER
    if late:
        state, tone = (_("look back"), "waiting") if mine else (_("late"), "late")
    else:
        state, tone = (_("the customer’s turn"), "info") if mine else (_("our turn"), "new")
    if step.owner == OwnerKind.PROVIDER and not late:
        state = _("their turn")
    return {
        "step": step,
        "who": _("The customer") if mine else who_does(step),
        "words": step.words,
        "by": day(step.due_on, request.today),
        "origin": step.get_origin_display(),
        "state": state,
        "tone": tone,
        "url": open_page(request.post.role, "actionplans:step", step.ref),
    }


def closed_words(step: Any, request: Asked) -> dict[str, Any]:
    done = step.state == StepState.DONE
    return {
        "words": step.words,
        "who": _("The customer") if step.owner == OwnerKind.CUSTOMER else who_does(step),
        "when": day(step.closed_on, request.today),
        "why": step.closed_why,
        "state": _("done") if done else _("dropped"),
        "tone": "good" if done else "quiet",
    }


def state_words(page: PlanPage, request: Asked) -> str:
    """Whether the customer has agreed, in a sentence."""
    if page.version is None:
        return _("Nothing stands in the plan yet.")
    if not page.draft and page.answer is not None:
        return _("Version %(number)s, agreed with the customer on %(day)s.") % {
            "number": page.version.number,
            "day": long_day(page.answer.on, request.today),
        }
    if page.answer is not None:
        return _("Version %(number)s: the customer does not agree yet.") % {"number": page.version.number}
    if page.agreed is not None:
        return _("Version %(number)s is a draft: the customer agreed version %(agreed)s.") % {
            "number": page.version.number,
            "agreed": page.agreed.number,
        }
    return _("Version %(number)s is a draft: the customer has not been asked yet.") % {
        "number": page.version.number
    }


def main_action(request: Asked, claim: Any, page: PlanPage) -> Action | None:
    """The one thing to do next on this page."""
    role = request.post.role
    if claim.status != "live":
        return None
    if page.draft:
        url = open_page(role, "actionplans:agree", claim.ref)
        return Action(_("Go through it with the customer"), url, primary=True) if url else None
    url = open_page(role, "actionplans:add_step", claim.ref)
    return Action(_("Add a step"), url, primary=True) if url else None


def other_actions(request: Asked, claim: Any, page: PlanPage) -> list[Action]:
    """The rest, as far as the role may and the claim is live."""
    role = request.post.role
    live = claim.ref if claim.status == "live" else ""
    begun = claim.ref if page.plan else ""
    wanted = [
        (_("Add a step"), "actionplans:add_step", live if page.draft else ""),
        (_("Look at it together"), "actionplans:review", live and begun),
        (_("Print"), "actionplans:paper", begun),
        (_("Distance travelled"), "actionplans:distance", claim.ref),
        (_("Work"), "employment:work", claim.ref),
    ]
    found = [(label, open_page(role, page_name, ref)) for label, page_name, ref in wanted]
    return [Action(label, url) for label, url in found if url]
