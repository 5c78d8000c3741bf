"""Action plans and distance travelled."""

from waymark.actionplans.models.plans import Agreement, Goal, Plan, Step, TaskOfAStep, Version
from waymark.actionplans.models.signs import Observation

__all__ = ["Agreement", "Goal", "Observation", "Plan", "Step", "TaskOfAStep", "Version"]
