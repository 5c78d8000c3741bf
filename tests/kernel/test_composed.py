"""Statements composed once: other values, other answers; what a composed one asks is what Django would ask."""

from collections.abc import Collection
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from waymark.kernel.composed import composed
from waymark.organisations.enums import Role
from waymark.organisations.models import Person, Post

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2004, 7, 1), date(2004, 8, 1)


@composed
def posts_of(person: Person | int, on: date) -> QuerySet[Post]:
    held = Post.objects.filter(person=person, starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return held.select_related("team__office").order_by("id")


@composed
def in_roles(roles: Collection[str]) -> QuerySet[Post, int]:
    return Post.objects.filter(role__one_of=roles).order_by("id").values_list("pk", flat=True)


@composed
def at_teams(teams: Collection[int], *, ended: bool) -> QuerySet[Post, int]:
    return Post.objects.filter(team__one_of=teams, ends_on__isnull=not ended).values_list("pk", flat=True)


def test_the_same_statement_answers_for_other_values() -> None:
    adviser, agent = make.post(Role.ADVISER), make.post(Role.AGENT)

    assert posts_of(adviser.person, make.TODAY) == [adviser]
    assert posts_of(agent.person.pk, on=make.TODAY) == [agent]
    assert posts_of(agent.person, date(1999, 1, 1)) == []


def test_the_first_row_or_none() -> None:
    adviser = make.post(Role.ADVISER)

    assert posts_of.first(adviser.person, make.TODAY) == adviser
    assert posts_of.first(adviser.person, date(1999, 1, 1)) is None


def test_the_only_row_is_there_or_the_model_says_that_it_is_not() -> None:
    adviser = make.post(Role.ADVISER)

    assert posts_of.one(adviser.person, make.TODAY) == adviser
    with pytest.raises(Post.DoesNotExist, match="posts_of"):
        posts_of.one(adviser.person, date(1999, 1, 1))


def test_rows_come_with_what_was_joined() -> None:
    adviser = make.post(Role.ADVISER)
    [found] = posts_of(adviser.person, make.TODAY)

    with CaptureQueriesContext(connection) as asked:
        assert found.team.office == adviser.team.office
    assert not asked.captured_queries


def test_a_list_is_one_value_and_an_empty_one_finds_nothing() -> None:
    adviser, agent = make.post(Role.ADVISER), make.post(Role.AGENT)

    assert in_roles([Role.ADVISER, Role.AGENT]) == sorted([adviser.pk, agent.pk])
    assert in_roles({"agent"}) == [agent.pk]
    assert in_roles([]) == []
    assert at_teams([adviser.team_id], ended=False) == [adviser.pk]


def test_each_shape_has_a_text_of_its_own() -> None:
    post = make.post(Role.ADVISER)

    assert at_teams([post.team_id], ended=False) == [post.pk]
    assert at_teams([post.team_id], ended=True) == []
    assert set(at_teams.texts) == {(False,), (True,)}


def test_a_text_is_composed_once() -> None:
    composing = 0

    @composed
    def everybody(on: date) -> QuerySet[Post]:
        nonlocal composing
        composing += 1
        return Post.objects.filter(starts_on__lte=on)

    everybody(JULY), everybody(AUGUST), everybody(on=JULY)

    assert composing == 1


def test_a_function_that_looks_at_its_value_is_refused() -> None:
    @composed
    def posts(role: str) -> QuerySet[Post]:
        return Post.objects.filter(role=role) if role else Post.objects.all()

    with pytest.raises(TypeError, match="role is not known yet"):
        posts("agent")


def test_a_row_is_locked_inside_a_transaction_only(transactional_db: None) -> None:
    @composed
    def locked(person: int) -> QuerySet[Person]:
        return Person.objects.select_for_update().filter(pk=person)

    post = make.post(Role.ADVISER)
    with transaction.atomic():
        assert locked(post.person_id) == [post.person]
    with pytest.raises(TransactionManagementError):
        locked(post.person_id)


def test_what_can_never_be_found_is_not_asked() -> None:
    @composed
    def nobody(on: date) -> QuerySet[Post]:
        return Post.objects.filter(pk__in=[], starts_on=on)

    with CaptureQueriesContext(connection) as asked:
        assert nobody(JULY) == []
    assert not asked.captured_queries
