"""Which offices, people and appointments a post reaches, and what is known of each."""

from datetime import date

from django.db.models import Q, QuerySet

from waymark.interviews.diary.queries.moments import moment
from waymark.interviews.models import Appointment, DiaryEntry, WorkingPattern
from waymark.organisations.enums import OfficeKind, Role
from waymark.organisations.models import Office, Person, Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Place, holding


def offices_seen_by(post: Post) -> QuerySet[Office]:
    """The offices whose diaries a post sees: from a contact centre all of its district, else its own."""
    if post.works_for_district:
        return Office.objects.filter(district=post.team.office.district_id, kind=OfficeKind.OFFICE)
    return Office.objects.filter(pk=post.team.office_id)


def appointments_seen_by(post: Post) -> QuerySet[Appointment]:
    """Appointments a post may look at: of the claims and at the offices it sees."""
    offices = offices_seen_by(post)
    return Appointment.objects.filter(
        Q(office__in=offices) | Q(interview__claim__office__in=offices)
    ).select_related(
        "interview__claim__customer",
        "interview__claim__office__district",
        "office__district",
        "adviser",
        "room",
    )


def people_seen_by(post: Post, on: date) -> QuerySet[Person]:
    """Persons with a diary at an office the post sees: with a post there on the day, or with hours there."""
    offices = offices_seen_by(post)
    in_post = Post.objects.filter(team__office__in=offices, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gte=on)
    )
    return Person.objects.filter(
        Q(pk__in=in_post.values("person")) | Q(working_patterns__office__in=offices)
    ).distinct()


def office_of_diary(person: Person, post: Post, on: date) -> Office | None:
    """The office, of those the post sees, at which a person takes appointments on a day."""
    offices = offices_seen_by(post)
    return (
        offices.filter(teams__posts__person=person, teams__posts__starts_on__lte=on)
        .filter(Q(teams__posts__ends_on=None) | Q(teams__posts__ends_on__gte=on))
        .order_by("id")
        .first()
        or offices.filter(working_patterns__person=person).order_by("id").first()
    )


def hours_of(person: Person, on: date) -> QuerySet[WorkingPattern]:
    """The hours of a person that hold on a day or later."""
    return (
        WorkingPattern.objects.filter(person=person)
        .filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .select_related("office")
        .order_by("weekday", "starts", "valid_from")
    )


def blocks_of(person: Person, on: date) -> QuerySet[DiaryEntry]:
    """What else than appointments and meetings about customers fills a person's time from a day on."""
    return DiaryEntry.objects.filter(
        person=person, appointment=None, meeting="", live=True, during__endswith__gt=moment(on, 0)
    ).order_by("during")


def reasons_for_change(appointment: Appointment, post: Post, on: date) -> dict[str, Reason]:
    """Why an appointment may be moved or cancelled: the codes of the pack that a post may use on a day.

    Codes that ask for nothing next belong to other decisions (the interview is put off, the claim has ended).
    """
    claim = appointment.interview.claim
    place = Place(claim.office.district.code, claim.office.code)
    reasons = holding(claim.programme, on, place).reasons("appointment_cancelled", post.role)
    return {code: reason for code, reason in reasons.items() if reason.columns["asks_next"]}


def advisers_of(office: Office, on: date) -> QuerySet[Person]:
    """The advisers in post at an office on a day."""
    in_post = Post.objects.filter(team__office=office, role=Role.ADVISER, starts_on__lte=on)
    return Person.objects.filter(pk__in=in_post.filter(Q(ends_on=None) | Q(ends_on__gte=on)).values("person"))
