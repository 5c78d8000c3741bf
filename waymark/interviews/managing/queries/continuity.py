"""Whether customers meet the same adviser again (E:L1476-1478)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from waymark.customers.queries import claims_visible_to
from waymark.interviews.diary.queries import moment
from waymark.interviews.enums import AppointmentState
from waymark.interviews.models import Appointment
from waymark.organisations.models import Office, Post


@dataclass(frozen=True)
class Meeting:
    """An interview that was held, and who held the one before it."""

    appointment: Appointment
    who: str
    before: str
    same: bool


@dataclass(frozen=True)
class Continuity:
    """Interviews held in some days that were not the first, the latest first."""

    held: tuple[Meeting, ...]

    @property
    def same(self) -> int:
        return sum(each.same for each in self.held)

    @property
    def whole(self) -> int:
        return len(self.held)

    @property
    def percent(self) -> int | None:
        return round(100 * self.same / self.whole) if self.whole else None


def continuity(post: Post, office: Office, first: date, last: date) -> Continuity:
    """The share of held interviews with the same adviser as the held one before it. One query.

    Who held it is who settled its workspace, else who had the appointment.
    """
    return Continuity(tuple(_meeting(each) for each in _held(post, office, first, last)))


def _meeting(each: Appointment) -> Meeting:
    """The row as the query annotated it."""
    row = vars(each)
    return Meeting(each, row["who_name"], row["before_name"], row["who_id"] == row["before_id"])


def _held(post: Post, office: Office, first: date, last: date) -> QuerySet[Appointment]:
    took_place = Appointment.objects.filter(state=AppointmentState.TOOK_PLACE).annotate(
        who_id=Coalesce(F("sitting__adviser__person"), F("adviser")),
        who_name=Coalesce(F("sitting__adviser__person__name"), F("adviser__name")),
    )
    before = took_place.filter(
        interview__claim=OuterRef("interview__claim"), starts_at__lt=OuterRef("starts_at")
    ).order_by("-starts_at")
    return (
        took_place.filter(
            office=office,
            starts_at__range=(moment(first, 0), moment(last, 24 * 60)),
            interview__claim__in=claims_visible_to(post).values("pk"),
        )
        .annotate(
            before_id=Subquery(before.values("who_id")[:1]),
            before_name=Subquery(before.values("who_name")[:1]),
        )
        .filter(Q(before_id__isnull=False))
        .select_related("interview__claim__customer", "adviser")
        .order_by("-starts_at", "-id")
    )
