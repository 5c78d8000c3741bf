"""Who is away, and who covers."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Absence, Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.verbs.insisting import insist_in_order, insist_works_here, iso, locked


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
