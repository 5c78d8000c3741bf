"""Who may work on a plan: whoever helps the customer. There is no plan that a customer must have."""

from waymark.employment.access import may_go_on_helping, may_help

__all__ = ["may_go_on_helping", "may_help"]
