"""People join, hold posts, are away, leave; places open; local values are set. Each act is noted once.

Handing a leaver's tasks back is the worklist's part: `waymark.worklist.people` does both.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import Absence, BankHoliday, District, Office, Person, Post, Room, Team
from waymark.programme.models import LocalSetting
from waymark.programme.pack import Setting, UnknownSetting
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.rules import Value, may_differ, read_value

DAY = timedelta(days=1)


# People


@transaction.atomic
def add_person(
    *, name: str, email: str, role: Role, team: Team, started_on: date, by: Post | None, now: datetime
) -> Person:
    """Somebody starts work, in a first post. They cannot sign in before they have set a password.

    started_on: their first day, also the first day of the post. Refused when the e-mail address is known.
    """
    insist(access.may_administer(by, team.office.district))
    insist_open(team)
    address = email.strip().lower()
    if Person.objects.filter(email__iexact=address).exists():
        raise email_known()
    person = Person(
        ref=new_ref("P"),
        name=name.strip(),
        email=address,
        started_on=started_on,
        calendar_key=secrets.token_urlsafe(32),
    )
    person.set_unusable_password()
    save_new(person, email_known())
    post = Post.objects.create(person=person, role=role, team=team, starts_on=started_on)
    note_event(
        Happened.PERSON_ADDED,
        by=by,
        now=now,
        person=name,
        person_ref=person.ref,
        **of_post(post),
        on=iso(started_on),
    )
    return person


@transaction.atomic
def give_post(
    person: Person,
    *,
    role: Role,
    team: Team,
    starts_on: date,
    ends_on: date | None = None,
    by: Post | None,
    now: datetime,
) -> Post:
    """A further post: a person may hold several, in several teams."""
    insist(access.may_administer(by, team.office.district))
    insist(access.may_change_person(by, person))
    insist_open(team)
    person = locked(person)
    insist_works_here(person)
    if ends_on is not None and ends_on < starts_on:
        raise Refused("ends_before_start", "A post cannot end before it starts.", "Give a later last day.")
    held = person.posts.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), role=role, team=team)
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    if held.exists():
        raise Refused(
            "post_held",
            f"{person.name} holds this post in {team.name} in that time already.",
            "End the other one first, or choose other days.",
        )
    post = Post.objects.create(person=person, role=role, team=team, starts_on=starts_on, ends_on=ends_on)
    note_event(
        Happened.POST_GIVEN,
        by=by,
        now=now,
        person=person.name,
        person_ref=person.ref,
        **of_post(post),
        on=iso(starts_on),
        until=iso(ends_on),
    )
    return post


@transaction.atomic
def end_post(post: Post, *, ends_on: date, by: Post | None, now: datetime) -> Post:
    """The post ends with a last day, past or to come. The last administrator of a district stays."""
    insist(access.may_administer(by, post.team.office.district))
    person = locked(post.person)
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("team__office__district").get(pk=post.pk)
    )
    if ends_on < post.starts_on:
        raise Refused(
            "ends_before_start",
            f"This post starts on {words(post.starts_on)}.",
            "Give that day or a later one as its last day.",
        )
    if post.ends_on is not None and post.ends_on < today_of(now):
        raise Refused("post_over", f"This post ended on {words(post.ends_on)} already.")
    insist_an_administrator_stays([post], max(ends_on, today_of(now)))
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    note_event(
        Happened.POST_ENDED,
        by=by,
        now=now,
        person=person.name,
        person_ref=person.ref,
        **of_post(post),
        on=iso(ends_on),
    )
    return post


@transaction.atomic
def leave(person: Person, *, on: date, by: Post | None, now: datetime) -> Person:
    """The person has left: `on` was their last day. Posts end, signing in ends, cover they gave ends.

    Their tasks are handed back by `waymark.worklist.people.person_leaves`, which calls this.
    """
    insist(access.may_change_person(by, person))
    person = locked(person)
    insist_works_here(person)
    if by is not None and by.person_id == person.pk:
        raise Refused("yourself", "You cannot note that you have left.", "Ask another administrator.")
    if on > today_of(now):
        raise Refused(
            "leaves_later",
            f"{words(on)} has not come yet.",
            "End their posts on that day now, and note the leaving when it has come.",
        )
    if on < person.started_on:
        raise Refused(
            "left_before_start",
            f"{person.name} started on {words(person.started_on)}.",
            "Give a later last day.",
        )
    posts = person.posts.filter(Q(ends_on=None) | Q(ends_on__gt=on)).select_related("team__office__district")
    insist_an_administrator_stays(list(posts), today_of(now))
    ended = posts.count()
    posts.filter(starts_on__gt=on).update(ends_on=models.F("starts_on"))
    posts.filter(starts_on__lte=on).update(ends_on=on)
    Absence.objects.filter(cover=person, last_day__gt=on).update(cover=None)
    person.is_active, person.left_on = False, on
    person.save(update_fields=["is_active", "left_on"])
    note_event(
        Happened.PERSON_LEFT,
        by=by,
        now=now,
        person=person.name,
        person_ref=person.ref,
        on=iso(on),
        posts=ended,
    )
    return person


@transaction.atomic
def come_back(person: Person, *, role: Role, team: Team, on: date, by: Post | None, now: datetime) -> Post:
    """Somebody who had left works here again, in a new post from a day."""
    insist(access.may_administer(by, team.office.district))
    insist(access.may_change_person(by, person))
    insist_open(team)
    person = locked(person)
    if person.left_on is None:
        raise Refused("not_left", f"{person.name} has not left.", "Give them a post.")
    if on <= person.left_on:
        raise Refused(
            "back_before_leaving",
            f"{person.name} left on {words(person.left_on)}.",
            "Give a later first day.",
        )
    person.is_active, person.left_on = True, None
    person.save(update_fields=["is_active", "left_on"])
    post = Post.objects.create(person=person, role=role, team=team, starts_on=on)
    note_event(
        Happened.PERSON_RETURNED,
        by=by,
        now=now,
        person=person.name,
        person_ref=person.ref,
        **of_post(post),
        on=iso(on),
    )
    return post


@transaction.atomic
def note_sign_in_link(person: Person, *, by: Post | None, now: datetime) -> None:
    """An administrator made a link by which this person sets a password. The link itself is kept nowhere."""
    insist(access.may_change_person(by, person))
    insist_works_here(locked(person))
    note_event(Happened.SIGN_IN_LINK_MADE, by=by, now=now, person=person.name, person_ref=person.ref)


# Absences


@transaction.atomic
def note_absence(
    person: Person,
    *,
    first_day: date,
    last_day: date,
    reason: str,
    cover: Person | None,
    by: Post | None,
    now: datetime,
) -> Absence:
    """The person is away from `first_day` to `last_day`, both included; `cover` sees their tasks meanwhile.

    Without cover their tasks show as free in their teams.
    """
    insist(access.may_note_absence(by, person))
    person = locked(person)
    insist_works_here(person)
    insist_in_order(first_day, last_day)
    if away_between(person, first_day, last_day):
        raise Refused(
            "away_already",
            f"{person.name} is noted as away on some of these days already.",
            "End that absence first, or choose other days.",
        )
    if cover is not None:
        insist_may_cover(cover, person, first_day, last_day)
    absence = Absence.objects.create(
        person=person,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        cover=cover,
        noted_at=now,
    )
    note_event(
        Happened.ABSENCE_NOTED,
        by=by,
        now=now,
        person=person.name,
        person_ref=person.ref,
        first=iso(first_day),
        last=iso(last_day),
        cover=cover.name if cover else "",
    )
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, last_day: date | None, by: Post | None, now: datetime) -> None:
    """The person comes back sooner or later than noted: another last day. None: they were not away at all."""
    insist(access.may_note_absence(by, absence.person))
    person = locked(absence.person)
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    words_of_event = {"person": person.name, "person_ref": person.ref}
    if last_day is None:
        absence.delete()
        note_event(Happened.ABSENCE_CALLED_OFF, by=by, now=now, **words_of_event)
    else:
        change_last_day(absence, person, last_day)
        note_event(Happened.ABSENCE_ENDED, by=by, now=now, **words_of_event, last=iso(last_day))


def change_last_day(absence: Absence, person: Person, last_day: date) -> None:
    insist_in_order(absence.first_day, last_day)
    others = person.absences.exclude(pk=absence.pk).filter(
        first_day__lte=last_day, last_day__gte=absence.first_day
    )
    if others.exists():
        raise Refused(
            "away_already", f"{person.name} is noted as away then already.", "Choose an earlier last day."
        )
    absence.last_day = last_day
    absence.save(update_fields=["last_day"])


# Places


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


@transaction.atomic
def load_holidays(days: Mapping[date, str], *, by: Post | None, now: datetime) -> int:
    """Add bank holidays; a day that is known takes the new name. Says how many days are new."""
    insist(access.may_administer(by))
    known = set(BankHoliday.objects.filter(day__in=days).values_list("day", flat=True))
    BankHoliday.objects.bulk_create(
        [BankHoliday(day=day, name=name) for day, name in days.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["name"],
    )
    new = len(days.keys() - known)
    note_event(
        Happened.HOLIDAYS_LOADED, by=by, now=now, days=len(days), new=new, last=iso(max(days, default=None))
    )
    return new


@transaction.atomic
def remove_holiday(day: date, *, why: str, by: Post | None, now: datetime) -> None:
    """Take a day off the list that is no bank holiday."""
    insist(access.may_administer(by))
    if not why.strip():
        raise Refused("no_reason", "Taking a bank holiday off the list needs a reason.", "Write why.")
    gone, _each = BankHoliday.objects.filter(day=day).delete()
    if not gone:
        raise Refused("no_such_holiday", f"{words(day)} is not on the list.")
    note_event(Happened.HOLIDAY_REMOVED, by=by, now=now, why=why.strip(), day=iso(day))


# Local values


@transaction.atomic
def set_local_value(
    *,
    slug: str,
    key: str,
    text: str,
    place: District | Office,
    valid_from: date,
    valid_until: date | None,
    because: str,
    by: Post,
    now: datetime,
) -> LocalSetting:
    """A district or an office holds another value than the pack, from a day.

    text: the value as typed; it must be of the same sort as the pack's own. An earlier local value of the
    same place ends the day before; after `valid_until` the pack's own holds.
    """
    insist(access.may_administer(by, place if isinstance(place, District) else place.district))
    value = read_local(slug, key, text, valid_from)
    if not because.strip():
        raise Refused("no_reason", "A local value needs a reason.", "Say why this place differs.")
    if valid_until is not None:
        insist_in_order(valid_from, valid_until)
    # One at a time for a place, so that two people cannot leave two values that overlap.
    type(place).objects.select_for_update().get(pk=place.pk)
    end_earlier_value(slug, key, place, valid_from, valid_until)
    setting = LocalSetting.objects.create(
        slug=slug,
        key=key,
        value=value,
        **codes(place),
        valid_from=valid_from,
        valid_until=valid_until,
        because=because.strip(),
        set_by=str(by),
        set_at=now,
    )
    note_event(
        Happened.LOCAL_VALUE_SET,
        by=by,
        now=now,
        why=setting.because,
        programme=slug,
        key=key,
        value=value,
        place=place.name,
        on=iso(valid_from),
        until=iso(valid_until),
    )
    return setting


@transaction.atomic
def end_local_value(setting: LocalSetting, *, last_day: date, by: Post, now: datetime) -> LocalSetting:
    """The pack's own value holds again after `last_day`."""
    setting = LocalSetting.objects.select_for_update().get(pk=setting.pk)
    insist(access.may_administer(by, district_of(setting)))
    insist_in_order(setting.valid_from, last_day)
    if setting.valid_until is not None and setting.valid_until <= last_day:
        raise Refused("ended_already", f"This value ends on {words(setting.valid_until)} already.")
    setting.valid_until = last_day
    setting.save(update_fields=["valid_until"])
    note_event(
        Happened.LOCAL_VALUE_ENDED,
        by=by,
        now=now,
        programme=setting.slug,
        key=setting.key,
        place=setting.office_code or setting.district_code,
        on=iso(last_day),
    )
    return setting


def read_local(slug: str, key: str, text: str, on: date) -> Value:
    """The typed value as the pack's sort of value, or a refusal that says what would be right."""
    pack = holding(slug, on).pack
    try:
        own = pack.setting(key, on)
    except UnknownSetting:
        raise Refused(
            "unknown_setting", f"The programme holds no value “{key}” on {words(on)}.", "Choose another."
        )
    if not may_differ(key, own.value):
        raise Refused(
            "same_everywhere",
            f"“{key}” is the same everywhere.",
            "The policy owner can change it in the programme pack.",
        )
    try:
        return read_value(text, own.value, words_of(pack.settings, key))
    except ValueError as wrong:
        raise Refused("wrong_sort", "This value cannot be used.", str(wrong))


def words_of(settings: Mapping[str, tuple[Setting, ...]], key: str) -> frozenset[str]:
    """The words that settings of the same section of the pack use, their known variants among them."""
    section = key.partition(".")[0]
    found: set[str] = set()
    for name, dated in settings.items():
        if name.startswith(f"{section}."):
            for setting in dated:
                values = [setting.value, *(variant["value"] for variant in setting.variants)]
                found |= {value for value in values if isinstance(value, str)}
    return frozenset(found)


def end_earlier_value(
    slug: str, key: str, place: District | Office, valid_from: date, valid_until: date | None
) -> None:
    same = LocalSetting.objects.filter(slug=slug, key=key, **codes(place))
    later = same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from), valid_from__gte=valid_from)
    if valid_until is not None:
        later = later.filter(valid_from__lte=valid_until)
    clash = later.first()
    if clash is not None:
        raise Refused(
            "value_set_already",
            f"{place.name} has a local value from {words(clash.valid_from)} already.",
            "End that one first, or choose days before it.",
        )
    same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from), valid_from__lt=valid_from).update(
        valid_until=valid_from - DAY
    )


def codes(place: District | Office) -> dict[str, str]:
    if isinstance(place, District):
        return {"district_code": place.code, "office_code": ""}
    return {"district_code": "", "office_code": place.code}


def district_of(setting: LocalSetting) -> District:
    if setting.district_code:
        return District.objects.get(code=setting.district_code)
    return Office.objects.select_related("district").get(code=setting.office_code).district


# What several verbs insist on


def locked(person: Person) -> Person:
    """The person's row, kept from changing until the transaction ends."""
    return Person.objects.select_for_update().get(pk=person.pk)


def save_new(row: models.Model, refusal: Refused) -> None:
    """Insert a row; what the database holds to be there already becomes the refusal."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusal from None


def email_known() -> Refused:
    return Refused(
        "email_known",
        "Somebody has this e-mail address already.",
        "Look for them under People: they may have left and come back.",
    )


def insist_open(team: Team) -> None:
    if team.closed_on is not None:
        raise Refused("team_closed", f"{team.name} is closed.", "Choose a team that is open.")


def insist_works_here(person: Person) -> None:
    if person.left_on is not None:
        raise Refused(
            "has_left",
            f"{person.name} left on {words(person.left_on)}.",
            "Note first that they have come back.",
        )


def insist_in_order(first: date, last: date) -> None:
    if last < first:
        raise Refused(
            "ends_before_start", "The last day is before the first.", f"Give {words(first)} or a later day."
        )


def insist_an_administrator_stays(posts: list[Post], last_day: date) -> None:
    """A district without an administrator could not be mended from inside."""
    for post in posts:
        if post.role == Role.ADMINISTRATOR and not others_administer(post, last_day):
            raise Refused(
                "last_administrator",
                f"{post.team.office.district.name} would have no administrator.",
                "Give another person that post first.",
            )


def others_administer(post: Post, last_day: date) -> bool:
    """Asked with the district locked, so that two administrators who end at once are not both let go."""
    district = District.objects.select_for_update().get(pk=post.team.office.district_id)
    others = Post.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=last_day),
        role=Role.ADMINISTRATOR,
        person__is_active=True,
        team__office__district=district,
    )
    return others.exclude(person=post.person_id).exists()


def away_between(person: Person, first: date, last: date) -> bool:
    return person.absences.filter(first_day__lte=last, last_day__gte=first).exists()


def insist_may_cover(cover: Person, person: Person, first: date, last: date) -> None:
    if cover.pk == person.pk:
        raise Refused("covers_oneself", "Nobody covers for themselves.", "Choose somebody else.")
    offices = person.posts.filter(Q(ends_on=None) | Q(ends_on__gte=first)).values("team__office")
    there = cover.posts.filter(
        Q(ends_on=None) | Q(ends_on__gte=last), starts_on__lte=first, team__office__in=offices
    )
    if not cover.is_active or not there.exists():
        raise Refused(
            "cover_of_elsewhere",
            f"{cover.name} does not work in the same office in all of that time.",
            "Choose a colleague who does.",
        )
    if away_between(cover, first, last):
        raise Refused(
            "cover_away", f"{cover.name} is away on some of these days.", "Choose somebody who is there."
        )


def of_post(post: Post) -> dict[str, str]:
    return {"role": post.role, "team": post.team.name, "office": post.team.office.name}


def today_of(now: datetime) -> date:
    return timezone.localdate(now)


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
