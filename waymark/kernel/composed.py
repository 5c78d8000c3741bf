"""Statements that are composed once and asked many times.

Django composes the text of a query anew each time it is asked: about a millisecond of processor time, more than most
of our statements take in the database. What every page and nearly every verb asks for is therefore written as a
function that is called once, with stand-ins for its values; the text is kept, and asking again only fills them in:

    @composed
    def posts_held(person: Person | int, on: date) -> QuerySet[Post]:
        return Post.objects.filter(person=person, starts_on__lte=on).select_related("team")

    posts_held(person, today)  # list[Post]

The function states one query: it may not look at its values, for it never sees them (a stand-in that is tested for
truth says so), and what it returns is not filtered further. `field__one_of=values` is `IN` for a list of values. What
stands after a star in the function's head shapes the text: the function sees it, and one text is kept for each.

    @composed
    def claims(place: int, *, reach: Reach) -> QuerySet[Claim]: ...
"""

import copy
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import update_wrapper
from inspect import Parameter, signature
from types import CodeType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Values = ParamSpec("Values")
Row = TypeVar("Row")


class StandIn(Expression):
    """Where a value comes later. It is a parameter of the statement, and its own mark among the parameters."""

    def __init__(self, name: str, seen_by: CodeType) -> None:
        super().__init__()
        self.name = name
        self.seen_by = seen_by

    def resolve_expression(self, *args: Any, **kwargs: Any) -> "StandIn":
        return self

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __bool__(self) -> bool:
        """Django may ask, which finds an expression; the function may not, for the answer would be kept for ever."""
        if sys._getframe(1).f_code is self.seen_by:
            raise TypeError(f"{self.name} is not known yet: a composed statement may not look at its values.")
        return True


@ForeignObject.register_lookup
@Field.register_lookup
class OneOf(Lookup):
    """`field__one_of=values`: as `__in`, with the whole list as one parameter. No value at all finds no row."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        left, had = self.process_lhs(compiler, connection)
        right, given = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*had, *given]


@dataclass(frozen=True)
class Text(Generic[Row]):
    """A statement as composed: its places hold constants and stand-ins. No words: no row can ever be found."""

    queryset: QuerySet[Any, Row]
    compiler: SQLCompiler
    words: str
    places: tuple[Any, ...]


class Composed(Generic[Values, Row]):
    """A statement with places for values; called with them, it answers the rows as a list."""

    def __init__(self, compose: Callable[Values, QuerySet[Any, Row]]) -> None:
        self.compose = compose
        self.signature = signature(compose)
        parameters = self.signature.parameters.values()
        self.values = [each.name for each in parameters if each.kind == Parameter.POSITIONAL_OR_KEYWORD]
        self.shapes = [each.name for each in parameters if each.kind == Parameter.KEYWORD_ONLY]
        self.texts: dict[tuple[Any, ...], Text[Row]] = {}
        update_wrapper(self, compose)

    def __call__(self, *args: Values.args, **kwargs: Values.kwargs) -> list[Row]:
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        shape = tuple(bound.arguments[name] for name in self.shapes)
        text = self.texts.get(shape) or self._composed(shape)
        given = {name: plain(bound.arguments[name]) for name in self.values}
        return list(_asked(text, given)) if text.words else []

    def first(self, *args: Values.args, **kwargs: Values.kwargs) -> Row | None:
        """The first row, or None. All are read: the statement should ask for no more than it needs."""
        return next(iter(self(*args, **kwargs)), None)

    def one(self, *args: Values.args, **kwargs: Values.kwargs) -> Row:
        """The only row. Raises the model's `DoesNotExist` where there is none, as `QuerySet.get` does."""
        found = self.first(*args, **kwargs)
        if found is None:
            # It has been asked, so there is a text; every text of a statement is of the same model.
            model = next(iter(self.texts.values())).queryset.model
            raise model.DoesNotExist(f"{self.compose.__name__}: there is no such row.")
        return found

    def _composed(self, shape: tuple[Any, ...]) -> Text[Row]:
        compose: Any = self.compose
        stand_ins = [StandIn(name, compose.__code__) for name in self.values]
        queryset = compose(*stand_ins, **dict(zip(self.shapes, shape, strict=True)))
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            words, places = compiler.as_sql()
        except EmptyResultSet:
            words, places = "", ()
        self.texts[shape] = Text(queryset, compiler, words, tuple(places))
        return self.texts[shape]


def composed(compose: Callable[Values, QuerySet[Any, Row]]) -> Composed[Values, Row]:
    """Compose the query of a function once, or once for each shape; see the module."""
    return Composed(compose)


def plain(value: Any) -> Any:
    """As the database takes it: a row by its key, a word by its text, several by their list."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return [plain(each) for each in value]
    return value


class _Query:
    """A composed query as its queryset sees it: all of it is there, and its compiler has the text already."""

    def __init__(self, query: Any, compiler: SQLCompiler) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _asked(text: Text[Row], given: Mapping[str, Any]) -> QuerySet[Any, Row]:
    """The queryset with these values. Each asking has a compiler of its own: threads share the text only."""
    queryset: Any = text.queryset
    connection = connections[DEFAULT_DB_ALIAS]
    if queryset.query.select_for_update and connection.get_autocommit():
        raise TransactionManagementError("A row is locked inside a transaction only.")
    values = tuple(given[each.name] if isinstance(each, StandIn) else each for each in text.places)
    compiler: Any = copy.copy(text.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *args, **kwargs: (text.words, values)
    query: Any = _Query(queryset.query, compiler)
    asked: Any = QuerySet(queryset.model, query=query)
    for part in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
        setattr(asked, part, getattr(queryset, part))
    return cast(QuerySet[Any, Row], asked)
