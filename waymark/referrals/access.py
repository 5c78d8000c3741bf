"""Who may refer, who of a service may act, and who sees what."""

from dataclasses import dataclass

from django.db.models import Q

from waymark.customers.access import claims_within_reach
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.directory.enums import Channel, Taking
from waymark.directory.models import Organisation, Service
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.referrals.enums import ReferralKind, Through
from waymark.referrals.models import Referral

REFERS = frozenset({Role.ADVISER, Role.DISABILITY_ADVISER, Role.TEAM_LEADER, Role.ADVISER_MANAGER})


@dataclass(frozen=True)
class Receiver:
    """Somebody of a service who tells us something: by name, and by account, by link, or told to a colleague.

    `post`: their own with an account; ours where we wrote down what they said; None by the secure link.
    """

    name: str
    through: Through
    post: Post | None = None
    organisation: Organisation | None = None


def may_work(claim: Claim, by: Post) -> Refused | None:
    """Advisers who reach the customer."""
    if by.role not in REFERS:
        return Refused(
            "not_an_adviser",
            f"As {by.get_role_display()} you do not make referrals.",
            "Ask the customer’s adviser.",
        )
    if Claim.objects.filter(claims_within_reach(by), pk=claim.pk).exists():
        return None
    return Refused(
        "claim_of_elsewhere", "This claim belongs to another place.", "Its own office makes referrals."
    )


def is_live(claim: Claim) -> Refused | None:
    if claim.status == ClaimStatus.LIVE:
        return None
    return Refused(
        "claim_ended", "This claim has ended.", "Tell the customer where to go; help there needs no claim."
    )


def takes_people(service: Service) -> Refused | None:
    """A withdrawn service is never offered (E:L2643-2650, R:L500)."""
    if service.taking in {Taking.WITHDRAWN, Taking.STOPPED}:
        return Refused(
            "service_takes_nobody",
            f"{service.name} is “{service.get_taking_display()}”.",
            "Look for another service; this one stays readable in the directory.",
        )
    return None


def may_refer_to(service: Service, role: str, also: list[str]) -> Refused | None:
    """The roles an entry names, and those the district adds (R:L439, R:L585-593)."""
    if not service.referred_by or role in service.referred_by or role in also:
        return None
    named = _and([str(Role(one).label) for one in service.referred_by if one in Role.values])
    return Refused(
        "role_may_not_refer",
        f"{service.name} takes referrals by {named or 'customers themselves'} only.",
        "Ask a colleague in that role to make it with the customer; a district may allow others.",
    )


def may_go_by(service: Service, channel: str) -> Refused | None:
    """Some services allow one way only, for the sake of data protection (R:L635)."""
    if channel == Channel.ACCOUNT and service.organisation.office_id is None:
        return Refused(
            "no_account",
            f"{service.organisation.name} has no account here.",
            "Send a secure link, or print it and post it.",
        )
    if not service.channels or channel in service.channels:
        return None
    ways = _and([str(Channel(one).label) for one in service.channels])
    return Refused(
        "channel_forbidden",
        f"{service.name} takes referrals {_in_words(ways)} only.",
        _CURES.get(Channel(service.channels[0]), "Choose that way."),
    )


_CURES = {
    Channel.PAPER: "Print it and post it: the paper carries a link with which they can answer.",
    Channel.PHONE: "Ring them, with the customer there, and write down what was said.",
    Channel.IN_PERSON: "Talk with them, and write down what was said.",
    Channel.LINK: "Send the secure link.",
    Channel.EMAIL: "Send the e-mail: it holds a secure link and nothing about the customer.",
    Channel.ACCOUNT: "Send it to their account.",
}


def may_answer(referral: Referral, by: Receiver) -> Refused | None:
    """Whoever speaks for the service says who they are, and acts on its own referrals only."""
    if not by.name.strip():
        return Refused("no_name", "It is not said who you are.", "Write your name.")
    if referral.kind == ReferralKind.SIGNPOST:
        return None
    if referral.sent_at is None:
        return Refused("not_sent", "This referral has not been sent.", "Wait until it is.")
    if by.through == Through.TOLD_US:
        return may_work(referral.claim, by.post) if by.post else None
    if by.through == Through.ACCOUNT and by.post is not None:
        office = referral.service.organisation.office_id
        if by.post.role != Role.PROVIDER or office is None or by.post.team.office_id != office:
            return _of_another()
        return None
    if by.organisation is not None and by.organisation.pk != referral.service.organisation_id:
        return _of_another()
    return None


def _of_another() -> Refused:
    return Refused(
        "referral_of_another", "This referral went to another organisation.", "Ask whoever sent it to you."
    )


def referrals_within_reach(post: Post) -> Q:
    """Of referrals: ours by the claim, a provider’s by its organisation, and then only what has left us."""
    if post.role == Role.PROVIDER:
        return Q(service__organisation__office=post.team.office_id, sent_at__isnull=False)
    return Q(claim__in=Claim.objects.filter(claims_within_reach(post)).values("pk"))


def sent_within_reach(post: Post) -> Q:
    """Of people whom services ask us to see: those asked of one’s office, or of one’s district where one works for it."""
    if post.role not in REFERS:
        return Q(pk__in=[])
    if post.works_for_district:
        return Q(office__district=post.team.office.district_id)
    return Q(office=post.team.office_id)


def _and(words: list[str]) -> str:
    return " or ".join(words)


def _in_words(ways: str) -> str:
    return ways if ways.startswith(("on ", "in ")) else f"by {ways}"
