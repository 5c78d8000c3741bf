"""Seeding the demonstration: refused where real people are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from waymark.customers.models import Customer
from waymark.daily import run_day
from waymark.demo.bulk import Maker, fill
from waymark.demo.cases import make_cases
from waymark.demo.district import PROGRAMME, build
from waymark.demo.help_awards import make_awards
from waymark.demo.help_casework import make_casework
from waymark.demo.help_directory import make_directory
from waymark.demo.help_plans import make_plans
from waymark.demo.help_referrals import make_referrals
from waymark.demo.series import make_series
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.organisations import queries as organisations
from waymark.organisations.enums import Role
from waymark.organisations.models import District, Post
from waymark.programme.queries import Place, holding

CUSTOMERS_AN_ADVISER = 1200
WHOLE_LETTERS = 400


@dataclass(frozen=True)
class Seeded:
    customers: int
    cases: int
    staff: int


def is_empty() -> bool:
    return not Customer.objects.exists() and not District.objects.exists()


def seed(
    customers: int, *, now: datetime, progress: Callable[[int], None], random_seed: int = 2002
) -> Seeded:
    """A whole district with `customers` in every state and the report's cases. Refused when anybody is there already.

    The same seed makes the same people, apart from references, which are never the same twice.
    """
    if not is_empty():
        raise Refused(
            "not_empty",
            "There are customers or districts in this database.",
            "The demonstration fills an empty one: give it a database of its own.",
        )
    more = max(0, round(customers / CUSTOMERS_AN_ADVISER / 3) - 3)
    demo = build(now, more_advisers=more)
    rules = {
        office.pk: holding(PROGRAMME, day_of(now), Place(demo.district.code, office.code))
        for office in demo.offices
    }
    make_directory(demo, now)
    maker = Maker(
        demo=demo,
        rules=rules,
        holidays=organisations.holidays(),
        now=now,
        random=Random(random_seed),
        whole_letters=WHOLE_LETTERS,
    )
    fill(maker, customers, progress)
    cases = make_cases(demo, now) + make_series(demo, now) + make_awards(demo, now)
    cases += make_casework(demo, now)
    cases += make_referrals(demo, now)
    cases += make_plans(demo, now)
    run_day(day_of(now) - timedelta(days=1), now=now)
    run_day(day_of(now), now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Seeded(customers, cases, Post.objects.values("person").distinct().count())


def who() -> list[tuple[str, str, str]]:
    """A person to be for each role: role, name, place."""
    posts = [(role, somebody(role)) for role in Role]
    return [
        (str(role.label), post.person.name, post.team.office.name) for role, post in posts if post is not None
    ]


def somebody(role: Role) -> Post | None:
    """The first post of a role in the demonstration district."""
    posts = Post.objects.filter(role=role, team__office__district__code="demo-calder")
    return posts.select_related("person", "team__office").order_by("id").first()
