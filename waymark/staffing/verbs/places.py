"""Districts, offices, rooms and teams."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import OfficeKind, TeamKind
from waymark.organisations.models import District, Office, Post, Room, Team
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.verbs.insisting import DAY, save_new


def find_or_add_district(name: str, *, now: datetime) -> District:
    """The district of this name, made when there is none: only the command that adds an administrator does."""
    found = District.objects.filter(name__iexact=name.strip()).first()
    if found is not None:
        return found
    district = District.objects.create(code=slugify(name)[:20], name=name.strip())
    note_event(Happened.DISTRICT_ADDED, by=None, now=now, district=district.name)
    return district


@transaction.atomic
def add_office(
    district: District,
    *,
    name: str,
    code: str,
    kind: OfficeKind,
    address: str,
    telephone: str,
    opens: time,
    closes: time,
    by: Post | None,
    now: datetime,
) -> Office:
    """A contact centre or an office opens in a district. `telephone` is printed in letters."""
    insist(access.may_administer(by, district))
    if closes <= opens:
        raise Refused(
            "closes_before_opening", "The office closes before it opens.", "Give a later closing time."
        )
    office = Office(
        district=district,
        name=name.strip(),
        code=code.strip().upper(),
        kind=kind,
        address=address.strip(),
        telephone=telephone.strip(),
        opens=opens,
        closes=closes,
    )
    save_new(office, Refused("code_known", f"The code {office.code} is used already.", "Choose another."))
    note_event(Happened.OFFICE_ADDED, by=by, now=now, office=office.name, district=district.name)
    return office


@transaction.atomic
def add_room(
    office: Office, *, name: str, private: bool, step_free: bool, by: Post | None, now: datetime
) -> Room:
    """A room that interviews can be booked in."""
    insist(access.may_administer(by, office.district))
    room = Room(office=office, name=name.strip(), private=private, step_free=step_free)
    save_new(room, Refused("room_known", f"{office.name} has a room of that name.", "Choose another name."))
    note_event(Happened.ROOM_ADDED, by=by, now=now, office=office.name, room=room.name)
    return room


@transaction.atomic
def open_team(office: Office, *, kind: TeamKind, name: str, by: Post | None, now: datetime) -> Team:
    """A team opens; tasks of its kind find it from now on. One open team a kind and office."""
    insist(access.may_administer(by, office.district))
    earlier = Team.objects.filter(office=office, kind=kind).count()
    code = f"{office.code}-{kind}" + (f"-{earlier + 1}" if earlier else "")
    team = Team(office=office, kind=kind, name=name.strip(), code=code[:40])
    save_new(
        team,
        Refused(
            "team_known",
            f"{office.name} has an open team of this kind.",
            "Give that team further people, or close it first.",
        ),
    )
    note_event(Happened.TEAM_OPENED, by=by, now=now, team=team.name, office=office.name)
    return team


@transaction.atomic
def move_posts(team: Team, successor: Team, *, on: date, now: datetime) -> int:
    """The people of a team go on in another from `on`. Part of closing a team, which notes the event."""
    posts = list(Post.objects.select_for_update().filter(Q(ends_on=None) | Q(ends_on__gte=on), team=team))
    for post in posts:
        until = post.ends_on
        if not successor.posts.filter(person=post.person_id, role=post.role, ends_on=None).exists():
            Post.objects.create(
                person=post.person,
                role=post.role,
                team=successor,
                starts_on=max(on, post.starts_on),
                ends_on=until,
            )
        post.ends_on = max(post.starts_on, on - DAY)
        post.save(update_fields=["ends_on"])
    return len(posts)
