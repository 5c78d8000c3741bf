"""Writing plans: steps, goals, what is in the way, agreement, and what was seen of progress."""

from waymark.actionplans.owners import StepOwner
from waymark.actionplans.verbs.agreeing import agree, review
from waymark.actionplans.verbs.goals import close_goal, set_aim, set_barriers, set_goal
from waymark.actionplans.verbs.signs import see_signs
from waymark.actionplans.verbs.steps import (
    add_step,
    change_step,
    do_step,
    drop_step,
    from_promise,
    from_wish,
    look_back,
    step_reached,
)

__all__ = [
    "StepOwner",
    "add_step",
    "agree",
    "change_step",
    "close_goal",
    "do_step",
    "drop_step",
    "from_promise",
    "from_wish",
    "look_back",
    "review",
    "see_signs",
    "set_aim",
    "set_barriers",
    "set_goal",
    "step_reached",
]
