"""The fund of an office: what was put in, promised, paid, and is left."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from waymark.awards.enums import EntryKind
from waymark.awards.models import Entry, Fund, Instalment
from waymark.awards.rules import financial_year
from waymark.organisations.enums import OfficeKind
from waymark.organisations.models import Office, Post


@dataclass(frozen=True)
class FundView:
    """A fund in sums, pence. promised: to customers, paid or not; paid: of it what has gone out."""

    office: Office
    year: int
    put_in: int
    promised: int
    paid: int
    left: int
    fund: Fund | None


def offices_of(post: Post) -> QuerySet[Office]:
    """The offices whose funds a post may read: its own, or those of its district."""
    place = post.team.office
    offices = Office.objects.filter(kind=OfficeKind.OFFICE).order_by("name")
    if place.kind in OfficeKind.of_the_district():
        return offices.filter(district=place.district_id)
    return offices.filter(pk=place.pk)


def get_office(post: Post, code: str) -> Office:
    """Raises Office.DoesNotExist for strangers."""
    return offices_of(post).get(code=code)


def fund_view(office: Office, year: int) -> FundView:
    """Three statements."""
    fund = Fund.objects.filter(office=office, year=year).first()
    if fund is None:
        return FundView(office, year, 0, 0, 0, 0, None)
    sums = Entry.objects.filter(fund=fund).aggregate(
        put_in=Sum("pence", filter=Q(kind__in=[EntryKind.PUT_IN, EntryKind.TAKEN_OUT])),
        promised=Sum("pence", filter=Q(kind__in=[EntryKind.PROMISED, EntryKind.GIVEN_BACK])),
    )
    paid = Instalment.objects.filter(award__entries__fund=fund, batch__isnull=False).aggregate(
        paid=Sum("pence")
    )
    return FundView(
        office, year, sums["put_in"] or 0, -(sums["promised"] or 0), paid["paid"] or 0, fund.left_pence, fund
    )


def ledger(fund: Fund) -> QuerySet[Entry]:
    """Its lines, newest first, with whose award it was."""
    return Entry.objects.filter(fund=fund).select_related(
        "award__claim__customer", "award__claim__office", "by__person"
    )


def years_of(office: Office, on: date) -> list[int]:
    """The years there is a fund for, and the present one, newest first."""
    known = set(Fund.objects.filter(office=office).values_list("year", flat=True))
    return sorted(known | {financial_year(on)}, reverse=True)
