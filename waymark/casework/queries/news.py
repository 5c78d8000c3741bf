"""What is told of cases: a colleague's own unread news, and what a link opens."""

from datetime import datetime

from django.db.models import QuerySet

from waymark.casework.enums import Told
from waymark.casework.models import CaseNews, Party
from waymark.customers.access import claims_within_reach
from waymark.customers.models import Claim
from waymark.organisations.models import Post


def news_of(post: Post) -> QuerySet[CaseNews]:
    """What a person has not read yet of cases they have to do with, the newest first."""
    return (
        CaseNews.objects.filter(person=post.person_id, read_at=None)
        .select_related("case__claim__customer", "case__claim__office", "by__person")
        .order_by("-at", "-id")
    )


def how_many_news(post: Post) -> int:
    return CaseNews.objects.filter(person=post.person_id, read_at=None).count()


def news_for(post: Post, ref: str) -> CaseNews:
    """One of a person's own. Raises CaseNews.DoesNotExist for everybody else."""
    return CaseNews.objects.select_related("case__claim__customer").get(ref=ref, person=post.person_id)


def reached_of(post: Post, news: list[CaseNews]) -> set[int]:
    """The claims, of these, whose customers a person may open. One query."""
    claims = [one.case.claim_id for one in news]
    return set(Claim.objects.filter(claims_within_reach(post), pk__in=claims).values_list("pk", flat=True))


def link_exists(digest: str, now: datetime) -> CaseNews | None:
    """The link with this digest, while it opens; what is behind it, and whether the yes still holds, is asked later."""
    return (
        CaseNews.objects.filter(digest=digest, opens_until__gt=now)
        .exclude(digest="")
        .select_related("contact__organisation", "case__claim__office")
        .first()
    )


def news_of_task(post: Post, ref: str) -> CaseNews:
    """What a task asks to say by telephone. Raises CaseNews.DoesNotExist for strangers."""
    return (
        CaseNews.objects.filter(case__claim__in=Claim.objects.filter(claims_within_reach(post)))
        .select_related(
            "case__claim__customer", "case__claim__office__district", "contact__organisation", "task", "mail"
        )
        .get(task__ref=ref)
    )


def still_agreed(news: CaseNews) -> bool:
    """Whether the customer's yes to this person holds. Where the case is over, as it was on its last day. One query."""
    parties = Party.objects.filter(case=news.case_id, contact=news.contact_id, may_be_told=Told.YES)
    if news.case.closed_at is None:
        parties = parties.filter(until=None)
    return parties.exists()
