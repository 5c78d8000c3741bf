"""Reading places and people."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from waymark.kernel.composed import composed
from waymark.organisations.enums import OfficeKind, TeamKind
from waymark.organisations.models import Absence, BankHoliday, Office, Person, Post, Team


def offices() -> QuerySet[Office]:
    return Office.objects.select_related("district")


@composed
def posts_of(person: Person | int, on: date) -> QuerySet[Post]:
    """The posts a person holds on a day, with team, office and district."""
    return (
        Post.objects.filter(person=person, starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .select_related("person", "team__office__district")
        .order_by("starts_on", "id")
    )


def signed_in(person_id: int, on: date) -> Person | None:
    """The person of a session with `posts_held` on a day: one query, asked by every page."""
    posts = posts_of(person_id, on)
    person = posts[0].person if posts else Person.objects.filter(pk=person_id).first()
    if person is not None:
        person.posts_held = posts
    return person


@composed
def _days() -> QuerySet[BankHoliday, date]:
    return BankHoliday.objects.values_list("day", flat=True)


def holidays() -> frozenset[date]:
    """Every bank holiday known."""
    return frozenset(_days())


# Of the first kind there is one of, in the order they are asked for: more than a composed statement can say.
TEAM_OF = """
    SELECT t.* FROM organisations_team t JOIN organisations_office o ON o.id = t.office_id
     WHERE t.kind = ANY(%(kinds)s) AND t.closed_on IS NULL AND o.district_id = %(district)s
     ORDER BY array_position(%(kinds)s, t.kind::text), t.office_id = %(office)s DESC,
              CASE WHEN t.office_id = %(office)s THEN t.name END, o.kind, t.id
     LIMIT 1
"""


def team_of(office: Office, *kinds: TeamKind) -> Team | None:
    """The open team that works for `office`: its own, or the one of its district; of the first kind there is one of."""
    wanted = {"kinds": [str(kind) for kind in kinds], "district": office.district_id, "office": office.pk}
    found = next(iter(Team.objects.raw(TEAM_OF, wanted)), None)
    if found is not None and found.office_id == office.pk:
        found.office = office
    return found


def contact_centre_of(office: Office) -> Office | None:
    return Office.objects.filter(district=office.district_id, kind=OfficeKind.CONTACT_CENTRE).first()


def away(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Those of `people` who are absent on a day."""
    absences = Absence.objects.filter(person=OuterRef("pk"), first_day__lte=on, last_day__gte=on)
    return people.filter(Exists(absences))
