"""Reading the money a customer can have."""

from waymark.awards.queries.better_off import (
    calculations_of,
    get_calculation,
    inputs,
    outcome,
    own_calculations,
    rates_of,
    rules_of,
    schemes,
)
from waymark.awards.queries.card import Card, CardLine, card_of
from waymark.awards.queries.chances import Chance, could_have
from waymark.awards.queries.funds import FundView, fund_view, get_office, ledger, offices_of, years_of
from waymark.awards.queries.money import (
    KindOfMoney,
    Money,
    awards_of,
    awards_seen_by,
    get_award,
    is_asked,
    money_of,
    own_awards,
)
from waymark.awards.queries.payments import (
    Due,
    Held,
    batches,
    due,
    get_batch,
    held,
    held_by_nobody,
    lines_of,
    shares,
    waiting_now,
    with_who_acts,
)
from waymark.awards.verbs.beginning import purpose_words
from waymark.awards.verbs.deciding import who_may_agree

__all__ = [
    "Card",
    "CardLine",
    "Chance",
    "Due",
    "FundView",
    "Held",
    "KindOfMoney",
    "Money",
    "awards_of",
    "awards_seen_by",
    "batches",
    "calculations_of",
    "card_of",
    "could_have",
    "due",
    "fund_view",
    "get_award",
    "get_batch",
    "get_calculation",
    "get_office",
    "held",
    "held_by_nobody",
    "inputs",
    "is_asked",
    "ledger",
    "lines_of",
    "money_of",
    "offices_of",
    "outcome",
    "own_awards",
    "own_calculations",
    "purpose_words",
    "rates_of",
    "rules_of",
    "schemes",
    "shares",
    "waiting_now",
    "who_may_agree",
    "with_who_acts",
    "years_of",
]
