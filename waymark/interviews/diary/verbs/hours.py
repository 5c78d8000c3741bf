"""The hours in which somebody takes appointments."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from waymark.interviews.diary import access
from waymark.interviews.diary.verbs.entering import lock_people
from waymark.interviews.models import WorkingPattern
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Office, Person, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def set_hours(
    person: Person,
    office: Office,
    *,
    weekdays: Iterable[int],
    starts: time,
    ends: time,
    in_office: bool = True,
    by_phone: bool = True,
    at_home: bool = False,
    valid_from: date,
    valid_until: date | None = None,
    by: Post | None,
    now: datetime,
) -> list[WorkingPattern]:
    """Hours of some weekdays (0 Monday) in which a person takes appointments, from a day on.

    Hours of the same weekday that would overlap are refused: end those first.
    """
    if by is not None:
        insist(access.may_set_hours(office, by))
    made = [
        WorkingPattern(
            person=person,
            office=office,
            weekday=weekday,
            starts=starts,
            ends=ends,
            in_office=in_office,
            by_phone=by_phone,
            at_home=at_home,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        for weekday in sorted(set(weekdays))
    ]
    if not made:
        raise Refused("no_weekday", _("Say on which days of the week."), _("Choose at least one."))
    lock_people([person.pk])
    for hours in made:
        _insist_hours(hours)
        hours.save()
    note_event(
        Happened.HOURS_SET,
        by=by,
        now=now,
        weekdays=[hours.weekday for hours in made],
        **_hours_details(made[0]),
    )
    return made


def _insist_hours(hours: WorkingPattern) -> None:
    try:
        hours.full_clean()
    except ValidationError as error:
        raise Refused("hours_wrong", " ".join(error.messages), _("Correct the hours.")) from error
    if not (hours.in_office or hours.by_phone or hours.at_home):
        raise Refused(
            "hours_for_nothing",
            _("These hours serve no kind of meeting."),
            _("Choose at the office, by telephone or at home."),
        )
    if hours.valid_until is not None and hours.valid_until < hours.valid_from:
        raise Refused("wrong_order", _("The last day comes before the first."), _("Give a later last day."))
    other = (
        WorkingPattern.objects.filter(person=hours.person_id, weekday=hours.weekday)
        .filter(starts__lt=hours.ends, ends__gt=hours.starts)
        .filter(Q(valid_until=None) | Q(valid_until__gte=hours.valid_from))
    )
    if hours.valid_until is not None:
        other = other.filter(valid_from__lte=hours.valid_until)
    found = other.first()
    if found is not None:
        raise Refused(
            "hours_overlap",
            _("%(name)s has hours from %(starts)s to %(ends)s on that day of the week already.")
            % {"name": hours.person.name, "starts": f"{found.starts:%H:%M}", "ends": f"{found.ends:%H:%M}"},
            _("End those first, or choose other hours."),
        )


@transaction.atomic
def end_hours(hours: WorkingPattern, *, last_day: date, by: Post | None, now: datetime) -> WorkingPattern:
    """The last day on which these hours hold. Appointments booked in them stay and must be moved."""
    hours = (
        WorkingPattern.objects.select_for_update(of=("self",))
        .select_related("person", "office")
        .get(pk=hours.pk)
    )
    if by is not None:
        insist(access.may_set_hours(hours.office, by))
    hours.valid_until = last_day
    hours.save(update_fields=["valid_until"])
    note_event(
        Happened.HOURS_ENDED,
        by=by,
        now=now,
        weekdays=[hours.weekday],
        last_day=last_day.isoformat(),
        **_hours_details(hours),
    )
    return hours


def _hours_details(hours: WorkingPattern) -> dict[str, str]:
    return {
        "person": hours.person.name,
        "office": hours.office.name,
        "starts": f"{hours.starts:%H:%M}",
        "ends": f"{hours.ends:%H:%M}",
        "valid_from": hours.valid_from.isoformat(),
    }
