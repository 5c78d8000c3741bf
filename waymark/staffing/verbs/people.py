"""People join, hold posts, leave and come back."""

import secrets
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q

from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import Role
from waymark.organisations.models import Absence, District, Person, Post, Team
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.verbs.insisting import (
    insist_open,
    insist_works_here,
    iso,
    locked,
    save_new,
    today_of,
    words,
)


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


def email_known() -> Refused:
    return Refused(
        "email_known",
        "Somebody has this e-mail address already.",
        "Look for them under People: they may have left and come back.",
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


def of_post(post: Post) -> dict[str, str]:
    return {"role": post.role, "team": post.team.name, "office": post.team.office.name}
