"""Processes beside this one, with Django set up and the same database. Nothing of ours is imported before that is so."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import django
from django.db import connection, connections

DATABASE = "default"
# As `map`: the function is called with each of the values, and what it answers comes in their order.
Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@contextmanager
def side_by_side(count: int) -> Iterator[Each]:
    """A `map` that so many processes share; with one it is `map` itself.

    Each has a connection of its own. They are begun anew and not forked: nothing is shared but the tables. What goes
    there and back must be plain values. An error in one of them is raised here.
    """
    if count == 1:
        yield map
        return
    database = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_begin, initargs=(database,)
    ) as executor:
        yield executor.map


def _begin(database: str) -> None:
    django.setup()
    connections[DATABASE].settings_dict["NAME"] = database
