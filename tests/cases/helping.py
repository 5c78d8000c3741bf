"""What the tests of help do again and again: an entry, a search, a referral, and that nothing follows from any of it."""

from datetime import date, datetime, timedelta

from tests.directory.making import service as entry
from tests.place import Place
from waymark.actionplans import verbs as plans
from waymark.actionplans.enums import Origin
from waymark.actionplans.models import Plan, Step
from waymark.actionplans.owners import StepOwner
from waymark.customers.models import Claim
from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import Channel
from waymark.directory.models import Service
from waymark.directory.queries import Wanted, search
from waymark.directory.sheet import sheet_of
from waymark.notices.models import Notice
from waymark.referrals import verbs
from waymark.referrals.enums import FixedBy, Given
from waymark.referrals.models import Referral
from waymark.sanctions.models import Breach, Sanction
from waymark.worklist.models import Task

__all__ = ["entry"]


def found(on: date, **asked) -> list[str]:
    """The names of what a search finds, the best fit first."""
    return [one.name for one in search(Wanted(on=on, **asked), by=None).services]


def sheet(place: Place, codes: Catalogue, *services: Service, on: date) -> dict[str, dict[str, str]]:
    """The options sheet of the customer: name of each option, and its lines."""
    made = sheet_of(
        list(services), codes, on=on, name="", adviser=place.adviser.person.name, office=place.office
    )
    return {option["name"]: dict(option["lines"]) for option in made["options"]}


def hints(referral: Referral, answers: dict[str, object], *, place: Place, now: datetime) -> list[str]:
    """What the tables say to think of, row by row."""
    fit = verbs.ask_fit(referral, answers, by=place.adviser, now=now)
    return [hint["because"] for hint in fit.hints]


def step(
    claim: Claim, place: Place, words: str, *, now: datetime, who: StepOwner | None = None, **more
) -> Step:
    """A step of the plan, due in ten days."""
    return plans.add_step(
        claim,
        words=words,
        who=who or StepOwner.adviser(place.adviser.person),
        due_on=now.date() + timedelta(days=10),
        origin=Origin.INTERVIEW,
        by=place.adviser,
        now=now,
        **more,
    )


def plan_now(claim: Claim) -> dict[str, object]:
    """What the newest version of the plan says."""
    content: dict[str, object] = Plan.objects.get(claim=claim).versions.latest("number").content
    return content


def again(referral: Referral) -> Referral:
    """The same referral as the database has it now."""
    return Referral.objects.select_related("service__organisation", "task").get(pk=referral.pk)


def waits(referral: Referral) -> Task:
    """The one open task of a referral."""
    task = again(referral).task
    assert task is not None and task.closed_at is None
    return task


def told(referral: Referral) -> dict[str, str]:
    """What the service was told, item by item."""
    return dict(referral.sent.values_list("item", "value"))


def tell_more(referral: Referral, place: Place, now: datetime, **values: str) -> Referral:
    """The customer says yes to these items too, with these words."""
    said = dict.fromkeys(values, True)
    return verbs.consent(referral, said, values=values, how=Given.IN_PERSON, by=place.adviser, now=now)


def send(referral: Referral, place: Place, now: datetime) -> Referral:
    """By link; the service gets in touch within ten days."""
    return verbs.send(
        referral,
        channel=Channel.LINK,
        fixed_by=FixedBy.SERVICE,
        contact_by=now.date() + timedelta(days=10),
        by=place.adviser,
        now=now,
    )


def nothing_follows(claim: Claim, *, letters: int) -> None:
    """No letter since, no case, nothing taken; the claim goes on with a next step."""
    assert Notice.objects.filter(claim=claim).count() == letters
    assert not Breach.objects.exists()
    assert not Sanction.objects.exists()
    assert Claim.objects.get(pk=claim.pk).status == "live"
    assert Task.objects.filter(claim=claim, closed_at=None).exists()
