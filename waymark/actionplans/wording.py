"""A plan in words: for the customer, on paper and on screen, and as it is kept in a version."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from waymark.actionplans.enums import OwnerKind, StepState
from waymark.actionplans.models import Plan, Step
from waymark.kernel.clock import words as long_day
from waymark.programme.queries import Rules

YOU = "You"


def who_does(step: Step) -> str:
    """Who does the step, as the customer would say it: You; Tom Walsh; Mary Holt of Calder Trust."""
    if step.owner == OwnerKind.CUSTOMER:
        return YOU
    if step.owner == OwnerKind.ADVISER and step.person is not None:
        return step.person.name
    organisation = step.organisation or (step.contact.organisation if step.contact else None)
    if step.contact is not None and organisation is not None:
        return f"{step.contact.name} of {organisation.name}"
    return organisation.name if organisation is not None else step.owner_name


def sentence(step: Step) -> str:
    """A step in one line: “Ring the college” (you), by Friday 14 May 2004."""
    who = who_does(step)
    return f"“{step.words.rstrip('.')}” ({who.lower() if who == YOU else who}), by {long_day(step.due_on)}."


def content_of(plan: Plan, rules: Rules) -> dict[str, Any]:
    """The whole plan in words, as a version keeps it. Three statements."""
    titles = barrier_titles(rules)
    steps = plan.steps.select_related("person", "contact__organisation", "organisation").exclude(
        state=StepState.DROPPED
    )
    return {
        "aim": plan.aim,
        "goals": [goal.words for goal in plan.goals.all() if goal.state == "open"],
        "barriers": [titles.get(code, code) for code in plan.barriers],
        "steps": [
            {
                "ref": step.ref,
                "who": who_does(step),
                "words": step.words,
                "due_on": step.due_on.isoformat(),
                "done": step.state == StepState.DONE,
            }
            for step in steps
        ],
        "review_on": plan.review_on.isoformat(),
    }


def barrier_titles(rules: Rules) -> dict[str, str]:
    """Code to title of what can stand in the way, as the pack's interview names it (E:L821-966)."""
    return {entry["code"]: entry["title"] for entry in rules.pack.interview.get("barriers", [])}


def lines_of(content: Mapping[str, Any]) -> dict[str, list[Any]]:
    """A kept version as the letter's lists: goals, what makes it hard, who does what by when, and what is done.

    The last two are pairs of who and what.
    """
    open_steps = [step for step in content["steps"] if not step["done"]]
    return {
        "goals_list": [content["aim"]] * bool(content["aim"]) + list(content["goals"]),
        "barriers_list": list(content["barriers"]),
        "steps_list": [
            (step["who"], f"{step['words'].rstrip('.')}, by {long_day(date.fromisoformat(step['due_on']))}")
            for step in open_steps
        ],
        "done_list": [(step["who"], step["words"]) for step in content["steps"] if step["done"]],
    }
