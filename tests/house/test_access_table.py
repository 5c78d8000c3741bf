"""Every page of ours stands in the access table, and is closed to whom the table does not let in."""

from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import factories as make
from waymark.organisations.enums import Role
from waymark.web.access_table import ACCESS, ANYBODY, is_ours

# What stands in an address instead of a real reference, by the kind of its part.
DUMMIES = {"int": 1, "slug": "X000000000", "str": "2004-05-04", "path": "nothing", "uuid": UUID(int=0)}


def patterns(resolver=None, namespace="", converters=()):
    """Every address: its name with the namespace, the view, and the converters of its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        known = (*converters, *entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, known)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", entry.callback, dict(known)


OURS = {name: parts for name, view, parts in patterns() if is_ours(view)}


def address(name):
    words = {
        part: DUMMIES.get(type(converter).__name__.removesuffix("Converter").lower(), "X000000000")
        for part, converter in OURS[name].items()
    }
    return reverse(name, kwargs=words)


def test_every_page_of_ours_stands_in_the_access_table():
    assert sorted(set(OURS) - set(ACCESS)) == []


def test_every_line_of_the_access_table_is_a_page():
    assert sorted(set(ACCESS) - set(OURS)) == []


def test_every_line_names_roles_that_exist():
    for name, allowed in ACCESS.items():
        assert allowed is ANYBODY or allowed <= set(Role.values), name
        assert allowed, name


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name in OURS if ACCESS.get(name) is not ANYBODY))
def test_a_page_sends_who_has_not_signed_in_to_the_door(name, client):
    for method in (client.get, client.post):
        response = method(address(name))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_no_page_that_the_table_does_not_give_it(role, client):
    client.force_login(make.post(role).person)
    closed = [name for name in OURS if ACCESS.get(name, ANYBODY) is not ANYBODY and role not in ACCESS[name]]
    answers = {
        (name, method.__name__): method(address(name)).status_code
        for name in closed
        for method in (client.get, client.post)
    }
    assert {answer for answer, status in answers.items() if status not in {403, 404}} == set()


@pytest.mark.django_db
def test_somebody_without_a_post_opens_nothing(client):
    client.force_login(make.person())
    for name in OURS:
        if ACCESS.get(name, ANYBODY) is not ANYBODY:
            assert client.get(address(name)).status_code == 403, name
