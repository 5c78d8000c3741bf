"""How many customers are in which state, and the writing of them all in batches."""

from collections.abc import Callable

from django.db import transaction

from waymark.demo.bulk.maker import Maker
from waymark.demo.bulk.rows import Rows
from waymark.demo.bulk.states import STATES

BATCH = 500


WHOLE = 100

# Of a hundred customers: how many are where on their way.
SHARES = [
    ("to_call", 10),
    ("call_back", 4),
    ("broken_off", 1),
    ("booked", 14),
    ("deferred", 22),
    ("waived", 9),
    ("to_authorise", 1),
    ("held", 29),
    ("ended", 10),
]


def fill(maker: Maker, customers: int, progress: Callable[[int], None]) -> None:
    """Make so many customers, in batches that are each a whole."""
    order = [where for where, share in SHARES for _ in range(share)]
    maker.random.shuffle(order)
    done = 0
    while done < customers:
        count = min(BATCH, customers - done)
        maker.rows = Rows()
        for index in range(done, done + count):
            _customer(maker, order[index % WHOLE])
        with transaction.atomic():
            maker.rows.write()
        done += count
        progress(count)


def _customer(maker: Maker, where: str) -> None:
    STATES[where](maker, maker.claim(where))
    maker.number += 1
