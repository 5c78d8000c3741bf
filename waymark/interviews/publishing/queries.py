"""Reading a change: whom it touches, by office and claim by claim, and for whom it is still to be settled."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from waymark.customers.queries import claims_visible_to
from waymark.interviews.models import Replay, TouchedClaim, TouchedDecision
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.programme.queries import newest


@dataclass(frozen=True)
class OfficeTouched:
    """How many claims of an office a change touches, in which way; one claim may be counted in several."""

    code: str
    name: str
    claims: int
    called_in: int
    freed: int
    number: int
    pace: int


def policy_post(email: str, on: date) -> Post | None:
    """The post in which somebody owns policy on a day, by their e-mail address."""
    return (
        Post.objects.filter(person__email__iexact=email, role=Role.POLICY_OWNER, starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=on))
        .select_related("person", "team__office__district")
        .first()
    )


def replays_of(version: PackVersion) -> QuerySet[Replay]:
    return Replay.objects.filter(version=version).select_related("against", "made_by__person")


def touched_by_office(replay: Replay) -> list[OfficeTouched]:
    """The touched claims by office. One query."""
    rows = (
        TouchedClaim.objects.filter(replay=replay)
        .values(code=F("claim__office__code"), name=F("claim__office__name"))
        .annotate(
            claims=Count("pk"),
            called_in=Count("pk", filter=Q(standing_before="voluntary", standing_after="mandatory")),
            freed=Count("pk", filter=Q(standing_before="mandatory", standing_after="voluntary")),
            number=Count(
                "pk",
                filter=Q(standing_before="mandatory", standing_after="mandatory")
                & ~Q(total_before=F("total_after")),
            ),
            pace=Count(
                "pk",
                filter=Q(standing_before="mandatory", standing_after="mandatory")
                & ~Q(next_before=F("next_after")),
            ),
        )
        .order_by("name")
    )
    return [OfficeTouched(**row) for row in rows]


def touched_claims(replay: Replay, *, office: str = "") -> QuerySet[TouchedClaim]:
    """The touched claims, by reference: who owns policy sees no names."""
    found = TouchedClaim.objects.filter(replay=replay).select_related("claim__office")
    if office:
        found = found.filter(claim__office__code=office)
    return found.order_by("claim__office__name", "claim__ref")


def touched_decisions(replay: Replay) -> QuerySet[TouchedDecision]:
    return (
        TouchedDecision.objects.filter(replay=replay)
        .select_related("decision__interview__claim__office")
        .order_by("-decision__on", "-pk")
    )


def advice_moves(replay: Replay) -> list[tuple[str, str, int]]:
    """How often the advice would go from what to what. One query."""
    return list(
        TouchedDecision.objects.filter(replay=replay)
        .values_list("advice_before", "advice_after")
        .annotate(n=Count("pk"))
        .order_by("-n", "advice_before", "advice_after")
    )


def to_settle(post: Post) -> QuerySet[TouchedClaim]:
    """Claims within a post's reach whose standing a published change moves, and nobody has settled yet.

    Only by the newest comparison of the version that holds: an older change is settled by a newer one.
    """
    later = Replay.objects.filter(version=OuterRef("version"), pk__gt=OuterRef("pk"))
    replays = Replay.objects.filter(~Exists(later), version__in=newest()).values("pk")
    return (
        TouchedClaim.objects.filter(
            replay__in=replays, settled_at=None, claim__status="live", claim__in=claims_visible_to(post)
        )
        .exclude(standing_before=F("standing_after"))
        .select_related("claim__customer", "claim__office", "replay__version")
        .order_by("claim__customer__family_name", "claim__customer__given_names", "id")
    )
