"""Reading people and places. What a post sees starts from that post."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Absence, BankHoliday, District, Office, Person, Post, Room, Team
from waymark.programme.models import LocalSetting, PackVersion
from waymark.programme.pack import Setting
from waymark.programme.queries import Rules, local_settings, newest
from waymark.staffing.rules import may_differ

# How far ahead an administrator should know of a leaving, and how far holidays must reach.
SOON = timedelta(days=28)
HOLIDAYS_AHEAD = timedelta(days=548)
# A team of these kinds that has nobody would keep tasks that nobody sees.
NEEDS_PEOPLE = frozenset({TeamKind.FIRST_CONTACT, TeamKind.LEADERS, TeamKind.ADVISERS, TeamKind.MANAGERS})


# People


def held_on(on: date) -> QuerySet[Post]:
    """The posts held on a day, by anybody."""
    return Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


def people_seen_by(post: Post) -> QuerySet[Person]:
    """Administrators see the people of their district and those without a post; managers their own office."""
    posts = Post.objects.filter(person=OuterRef("pk"))
    if post.role == Role.ADMINISTRATOR:
        here = Exists(posts.filter(team__office__district=post.office.district_id))
        return Person.objects.filter(here | ~Exists(posts))
    return Person.objects.filter(Exists(posts.filter(team__office=post.office.pk)))


def people(
    post: Post, on: date, *, text: str = "", office: str = "", role: str = "", state: str = "here"
) -> QuerySet[Person]:
    """The list of people, each with `posts_now` and `away_now` (an absence or nothing): three queries.

    text: part of a name or an e-mail address. office: a code. state: here, away, left or all.
    """
    found = people_seen_by(post).prefetch_related(
        Prefetch(
            "posts", held_on(on).select_related("team__office").order_by("starts_on", "id"), "posts_now"
        ),
        Prefetch("absences", away_on(on).select_related("cover"), "away_now"),
    )
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    posts = held_on(on).filter(person=OuterRef("pk"))
    if office:
        found = found.filter(Exists(posts.filter(team__office__code=office)))
    if role:
        found = found.filter(Exists(posts.filter(role=role)))
    away = Exists(away_on(on).filter(person=OuterRef("pk")))
    states = {"here": Q(left_on=None), "away": Q(away) & Q(left_on=None), "left": Q(left_on__isnull=False)}
    return found.filter(states.get(state, Q()))


def away_on(on: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first_day__lte=on, last_day__gte=on)


def posts_of(person: Person) -> QuerySet[Post]:
    """Every post the person ever held, the present ones first."""
    return person.posts.select_related("person", "team__office__district").order_by("-starts_on", "-id")


def absences_of(person: Person) -> QuerySet[Absence]:
    """The person's absences, the latest first."""
    return person.absences.select_related("person", "cover").order_by("-first_day")


def covers_for(person: Person, on: date) -> QuerySet[Absence]:
    """Whose work this person covers on a day, or will."""
    return (
        Absence.objects.filter(cover=person, last_day__gte=on).select_related("person").order_by("first_day")
    )


def may_be_cover(person: Person, on: date) -> QuerySet[Person]:
    """Those who work in an office of this person's and are not the person."""
    offices = held_on(on).filter(person=person).values("team__office")
    colleagues = held_on(on).filter(person=OuterRef("pk"), team__office__in=offices)
    return Person.objects.filter(Exists(colleagues), is_active=True).exclude(pk=person.pk)


def away_in(post: Post, on: date) -> QuerySet[Absence]:
    """Who of the people this post sees is away on a day, with their cover."""
    return (
        away_on(on)
        .filter(person__in=people_seen_by(post))
        .select_related("person", "cover")
        .order_by("person__name")
    )


# Places


def districts() -> QuerySet[District]:
    return District.objects.all()


def teams_of(district: District) -> QuerySet[Team]:
    """The open teams of a district."""
    return Team.objects.filter(office__district=district, closed_on=None).select_related("office__district")


def offices_seen_by(post: Post) -> QuerySet[Office]:
    """The offices whose people this post sees: those of the district, or the own one."""
    if post.role == Role.ADMINISTRATOR:
        return Office.objects.filter(district=post.office.district_id)
    return Office.objects.filter(pk=post.office.pk)


def offices_of(district: District, on: date) -> QuerySet[Office]:
    """The offices of a district with `open_teams` (each with `people`, a number) and rooms: three queries."""
    counted = Count(
        "posts", filter=Q(posts__starts_on__lte=on) & (Q(posts__ends_on=None) | Q(posts__ends_on__gte=on))
    )
    teams = Team.objects.filter(closed_on=None).annotate(people=counted).order_by("name")
    return (
        Office.objects.filter(district=district)
        .select_related("district")
        .prefetch_related(
            Prefetch("teams", teams, "open_teams"), Prefetch("rooms", Room.objects.order_by("name"))
        )
    )


def people_by_role(district: District, on: date) -> dict[tuple[int, str], int]:
    """How many people hold a role in an office of the district, by (office key, role). One query."""
    rows = (
        held_on(on)
        .filter(team__office__district=district)
        .values("team__office", "role")
        .annotate(people=Count("person", distinct=True))
        .order_by("team__office")
    )
    return {(row["team__office"], row["role"]): row["people"] for row in rows}


def holidays_from(on: date) -> QuerySet[BankHoliday]:
    return BankHoliday.objects.filter(day__gte=on)


def holidays_until() -> date | None:
    """The last bank holiday known."""
    last: date | None = BankHoliday.objects.aggregate(last=Max("day"))["last"]
    return last


def holidays_run_out(on: date) -> bool:
    """Whether dates 18 months ahead would be reckoned without bank holidays."""
    return runs_out(holidays_until(), on)


def runs_out(last: date | None, on: date) -> bool:
    """The list ends before 18 months from `on`: the last holiday known stands for the year to its end."""
    return last is None or date(last.year, 12, 31) < on + HOLIDAYS_AHEAD


# Local values


@dataclass(frozen=True)
class LocalValue:
    """A value a place holds instead of the pack's."""

    setting: LocalSetting
    place: str
    pack_value: Any
    unit: str
    source: str

    def holds_on(self, day: date) -> bool:
        until = self.setting.valid_until
        return self.setting.valid_from <= day and (until is None or day <= until)


def local_settings_of(district: District) -> QuerySet[LocalSetting]:
    """The local values of a district and of its offices, the latest first."""
    offices = Office.objects.filter(district=district).values("code")
    here = Q(district_code=district.code) | Q(office_code__in=offices)
    return local_settings().filter(here).order_by("slug", "key", "-valid_from")


def local_values(district: District, rules: Mapping[str, Rules]) -> list[LocalValue]:
    """Local values beside the pack's own: two queries. `rules`: those of each programme, by slug."""
    names = dict(Office.objects.filter(district=district).values_list("code", "name"))
    return [local_value(s, names, district, rules.get(s.slug)) for s in local_settings_of(district)]


def local_value(
    setting: LocalSetting, offices: Mapping[str, str], district: District, rules: Rules | None
) -> LocalValue:
    dated = rules.pack.settings.get(setting.key, ()) if rules else ()
    own = next((s for s in dated if rules and s.holds_on(rules.on)), None)
    return LocalValue(
        setting,
        offices.get(setting.office_code, district.name),
        own.value if own else None,
        own.unit if own else "",
        own.source if own else "",
    )


def settings_of(rules: Rules) -> list[Setting]:
    """The pack's own settings that hold on the day of `rules`, whatever is set locally."""
    return [rules.pack.setting(value.key, rules.on) for value in rules.every_value()]


def settable(rules: Rules) -> list[Setting]:
    """Those of them that a place may hold otherwise."""
    return [setting for setting in settings_of(rules) if may_differ(setting.key, setting.value)]


# The administrator's Today


@dataclass(frozen=True)
class AdminToday:
    """What an administrator should see to."""

    leaving: tuple[Post, ...]
    without_post: tuple[Person, ...]
    empty_teams: tuple[Team, ...]
    without_cover: tuple[Absence, ...]
    away: int
    holidays_until: date | None
    holidays_run_out: bool
    packs: tuple[PackVersion, ...]

    @property
    def quiet(self) -> bool:
        lists: Iterable[object] = (self.leaving, self.without_post, self.empty_teams, self.without_cover)
        return not any(lists) and not self.holidays_run_out and bool(self.packs)


def admin_today(post: Post, on: date) -> AdminToday:
    """What the administrator holding `post` should see to: seven queries whatever its size."""
    last = holidays_until()
    return AdminToday(
        leaving=tuple(leaving_soon(post, on)),
        without_post=tuple(without_post(post, on)),
        empty_teams=tuple(empty_teams(post.office.district, on)),
        without_cover=tuple(absences_without_cover(post, on)),
        away=away_in(post, on).count(),
        holidays_until=last,
        holidays_run_out=runs_out(last, on),
        packs=tuple(newest()),
    )


def leaving_soon(post: Post, on: date) -> QuerySet[Post]:
    """Posts that end within four weeks with none after them: the person could do nothing then."""
    goes_on = Post.objects.filter(person=OuterRef("person")).filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on"))
    )
    return (
        held_on(on)
        .filter(~Exists(goes_on), ends_on__lte=on + SOON, person__left_on=None)
        .filter(person__in=people_seen_by(post))
        .select_related("person", "team__office")
        .order_by("ends_on", "person__name")
    )


def without_post(post: Post, on: date) -> QuerySet[Person]:
    """People who can sign in and hold no post, now or to come: they left, or were forgotten."""
    any_post = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person=OuterRef("pk"))
    return people_seen_by(post).filter(~Exists(any_post), is_active=True)


def empty_teams(district: District, on: date) -> QuerySet[Team]:
    """Open teams that own work and have nobody today."""
    holders = held_on(on).filter(team=OuterRef("pk"), person__is_active=True)
    return teams_of(district).filter(~Exists(holders), kind__in=NEEDS_PEOPLE)


def absences_without_cover(post: Post, on: date) -> QuerySet[Absence]:
    """Absences now or within four weeks whose work nobody covers."""
    return (
        Absence.objects.filter(cover=None, last_day__gte=on, first_day__lte=on + SOON)
        .filter(person__in=people_seen_by(post), person__left_on=None)
        .select_related("person")
        .order_by("first_day", "person__name")
    )


# The demonstration


def demo_people(on: date) -> QuerySet[Post]:
    """The posts one can be in the demonstration: everybody who may sign in, by role."""
    return (
        held_on(on)
        .filter(person__is_active=True)
        .select_related("person", "team__office__district")
        .order_by("role", "team__office__name", "person__name")
    )
