"""Who is responsible, who helps with a part, and who hears how it goes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from waymark.casework.enums import Told
from waymark.casework.models import Case, CaseManager, Party
from waymark.customers.models import Claim
from waymark.directory.models import Contact
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post
from waymark.programme.pack import UnknownSetting
from waymark.programme.queries import Place, holding, versions

WHO = ("post__person", "post__team__office", "contact__organisation")


def case_of(claim: Claim) -> Case | None:
    """The open case of a claim. One query."""
    return Case.objects.filter(claim=claim, closed_at=None).select_related("claim").first()


def manager_of(claim: Claim) -> CaseManager | None:
    """Who is responsible for a customer now, with where they work and their number; None before anybody is.

    One query. `name`, `place` and `telephone` serve colleagues and people of services alike; `person` is the
    colleague, if it is one.
    """
    return _managing.first(claim)


@composed
def _managing(claim: Claim) -> QuerySet[CaseManager]:
    return CaseManager.objects.filter(case__claim=claim, until=None).select_related("case__claim", *WHO)[:1]


@dataclass(frozen=True)
class Interested:
    """Somebody who hears how it goes: a colleague (`post`) or somebody of a service (`contact`)."""

    name: str
    part: str
    post: Post | None
    contact: Contact | None


def interested(claim: Claim, on: date) -> list[Interested]:
    """To whom feedback goes: the case manager, and everybody the customer agreed to on a day (R:L412, R:L960).

    A colleague who manages the case hears by their task; somebody of a service only with the customer's yes. Two
    queries; each of them once, the manager first.
    """
    manager = manager_of(claim)
    parties = (
        Party.objects.filter(
            Q(until=None) | Q(until__gt=on), case__claim=claim, may_be_told=Told.YES, since__lte=on
        )
        .select_related(*WHO)
        .order_by("since", "id")
    )
    found: dict[tuple[str, int | None], Interested] = {}
    if manager is not None and manager.post is not None:
        found[("post", manager.post_id)] = Interested(manager.name, "", manager.post, None)
    for party in parties:
        key = ("post", party.post_id) if party.post_id else ("contact", party.contact_id)
        found.setdefault(key, Interested(party.name, party.part, party.post, party.contact))
    return list(found.values())


def cases_without_one_manager() -> QuerySet[Case]:
    """Open cases with no manager or with two: always empty, since the tables refuse it."""
    holding = (
        CaseManager.objects.filter(case=OuterRef("pk"), until=None)
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Case.objects.filter(closed_at=None)
        .annotate(holding=Coalesce(Subquery(holding, output_field=IntegerField()), 0))
        .exclude(holding=1)
        .select_related("claim__customer", "claim__office")
    )


def meaning_of_role(post: Post, on: date) -> str:
    """What a case manager is for, as the programme says it where this post works; empty where none does. Two queries."""
    slug = versions().order_by("slug").values_list("slug", flat=True).first()
    if slug is None:
        return ""
    office = post.team.office
    try:
        rules = holding(slug, on, Place(office.district.code, office.code))
        return str(rules.value("casework.meaning"))
    except (Refused, UnknownSetting):
        return ""
