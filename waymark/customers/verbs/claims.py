"""Claims: made, moved to another benefit, ended. Their next steps are seen to above, in interviews."""

from datetime import date, datetime

from django.db import transaction

from waymark.customers import access
from waymark.customers.enums import CLAIM_LIFE, ClaimStatus, Route
from waymark.customers.models import BenefitChange, Claim, Customer
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import OfficeKind
from waymark.organisations.models import Office, Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules, holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def make_claim(
    customer: Customer,
    *,
    benefit: str,
    group: str,
    programme: str,
    office: Office,
    claimed_on: date,
    period_from: date,
    period_until: date | None = None,
    route: Route,
    by: Post | None,
    now: datetime,
) -> Claim:
    """The claim alone. Whoever calls opens its first task in the same transaction: the database insists."""
    insist(access.may_work_on(customer, by))
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    insist(_may_claim(customer, programme))
    on = _day_that_holds(programme, claimed_on, day_of(now))
    insist(_right_words(programme, benefit, group, on))
    insist(_fitting(programme, benefit, group, on))
    insist(_right_days(claimed_on, period_from, period_until, day_of(now)))
    insist(_right_office(office))
    claim = Claim.objects.create(
        ref=new_ref("L"),
        customer=customer,
        programme=programme,
        benefit=benefit,
        group=group,
        office=office,
        claimed_on=claimed_on,
        period_from=period_from,
        period_until=period_until,
        route=route,
        added_at=now,
    )
    note_event(
        Happened.CLAIM_MADE,
        by=by,
        now=now,
        customer=customer.ref,
        claim=claim.ref,
        benefit=benefit,
        office=office.name,
        route=str(route),
    )
    return claim


@transaction.atomic
def change_benefit(
    claim: Claim, new_benefit: str, *, why: str, on: date, by: Post | None, now: datetime
) -> BenefitChange:
    """The claim goes on under another benefit: who started it and why is kept (D:L1986-1998)."""
    claim = _locked(claim)
    insist(access.may_work_on(claim.customer, by))
    insist(_right_words(claim.programme, new_benefit, claim.group, on))
    if claim.status != ClaimStatus.LIVE:
        raise Refused("claim_ended", "This claim has ended.", "A new benefit needs a new claim.")
    if new_benefit == claim.benefit:
        raise Refused("same_benefit", "The claim is for this benefit already.", "Choose another one.")
    if not why.strip():
        raise Refused("no_reason", "A change of benefit needs a reason.", "Write who started it and why.")
    if on < claim.claimed_on:
        raise Refused(
            "before_claim", "The change lies before the claim.", f"Choose {_day(claim.claimed_on)} or later."
        )
    old, claim.benefit = claim.benefit, new_benefit
    claim.save(update_fields=["benefit"])
    change = BenefitChange.objects.create(
        claim=claim, old_benefit=old, new_benefit=new_benefit, on=on, why=why.strip()
    )
    note_event(
        Happened.BENEFIT_CHANGED,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        why=change.why,
        old=old,
        new=new_benefit,
        on=on.isoformat(),
    )
    return change


@transaction.atomic
def end_claim(
    claim: Claim,
    reason: Reason,
    *,
    on: date,
    why: str = "",
    moved_to: str = "",
    told: bool | None = None,
    by: Post | None,
    now: datetime,
) -> Claim:
    """The claim ends on a day. Whoever calls closes its tasks and its interview in the same transaction.

    reason: a row of reasons/claim_end.csv, found by `reason_of_end`; `why` in words; `moved_to` the benefit the
    customer has from then on; `told`: whether a letter about it is on its way, None where none was to go.
    """
    claim = _locked(claim)
    insist(access.may_work_on(claim.customer, by))
    CLAIM_LIFE.insist(claim.status, ClaimStatus.ENDED)
    if on < claim.claimed_on:
        raise Refused(
            "before_claim",
            "The claim cannot end before it was made.",
            f"Choose {_day(claim.claimed_on)} or later.",
        )
    said = [": ".join(part for part in (reason.title, moved_to) if part), why.strip()]
    claim.status, claim.ended_on, claim.end_code = ClaimStatus.ENDED, on, reason.code
    claim.end_reason, claim.told_of_end = ". ".join(part for part in said if part)[:200], told
    claim.save(update_fields=["status", "ended_on", "end_code", "end_reason", "told_of_end"])
    note_event(
        Happened.CLAIM_ENDED,
        by=by,
        now=now,
        customer=claim.customer.ref,
        claim=claim.ref,
        why=claim.end_reason,
        on=on.isoformat(),
        reason=reason.code,
        told=told,
    )
    return claim


def reason_of_end(rules: Rules, code: str, *, why: str = "", moved_to: str = "", by: Post | None) -> Reason:
    """The row of reasons/claim_end.csv. Refused when it is none, and where words or the new benefit are lacking."""
    reason = rules.reasons("claim_end", by.role if by else "").get(code)
    if reason is None:
        raise Refused("no_reason", "The end of a claim needs a reason.", "Choose one from the list.")
    if reason.yes("needs_words") and not why.strip():
        raise Refused("no_words", "The end of a claim needs a reason.", "Write in words why it ends.")
    if reason.yes("moves_to") and not moved_to.strip():
        raise Refused("no_new_benefit", "The new benefit is missing.", "Say which benefit it is.")
    return reason


def _locked(claim: Claim) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("customer").get(pk=claim.pk)


def _may_claim(customer: Customer, programme: str) -> Refused | None:
    if customer.merged_into_id is not None:
        return Refused("merged", "This record was made one with another.", "Go on from that one.")
    live = customer.claims.filter(status=ClaimStatus.LIVE, programme=programme).first()
    if live is None:
        return None
    return Refused(
        "claim_is_live",
        f"There is a live claim in this programme already ({live.ref}, since {_day(live.claimed_on)}).",
        "Change its benefit, or end it first.",
    )


def _day_that_holds(programme: str, claimed_on: date, today: date) -> date:
    """The day whose rules a claim must fit: its own; today's where claims of long ago are called in (E:L5-10)."""
    calls_in_old_claims = "existing" in holding(programme, today).value("regime.claim_kinds")
    return today if calls_in_old_claims else claimed_on


def _right_words(programme: str, benefit: str, group: str, on: date) -> Refused | None:
    rules = holding(programme, on)
    if benefit not in rules.benefits:
        return Refused(
            "no_such_benefit", f"“{benefit}” is no benefit of this programme.", _one_of(rules.benefits)
        )
    if group not in rules.groups:
        return Refused(
            "no_such_group", f"“{group}” is no customer group of this programme.", _one_of(rules.groups)
        )
    return None


def _fitting(programme: str, benefit: str, group: str, on: date) -> Refused | None:
    rules = holding(programme, on)
    may = rules.groups_of(benefit)
    if group in may:
        return None
    return Refused(
        "group_does_not_fit",
        f"{rules.benefits[benefit]} is not claimed by somebody in the group “{rules.groups[group]}”.",
        f"It is for: {', '.join(rules.groups[one] for one in may)}. Choose another group or another benefit.",
    )


def _right_days(
    claimed_on: date, period_from: date, period_until: date | None, today: date
) -> Refused | None:
    if claimed_on > today:
        return Refused("claim_in_future", "The day of the claim is in the future.", "Check the day.")
    if period_until is not None and period_until < period_from:
        return Refused("period_order", "The period claimed for ends before it starts.", "Check the two days.")
    return None


def _right_office(office: Office) -> Refused | None:
    if office.kind != OfficeKind.OFFICE:
        return Refused(
            "no_office", f"{office.name} is a contact centre.", "Choose the office the customer would visit."
        )
    return None


def _one_of(titles: dict[str, str]) -> str:
    return f"It can be: {', '.join(f'{code} ({title})' for code, title in titles.items())}."


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
