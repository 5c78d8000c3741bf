"""Before anything leaves: spoken about with the customer, weighed, the papers, and the customer's no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.directory.enums import Route
from waymark.directory.models import Service
from waymark.interviews.holding import rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.referrals import access, around
from waymark.referrals.common import (
    clocks_of,
    draft,
    in_working_days,
    keep,
    lock,
    move,
    next_task,
    no_more_tasks,
    note,
    reason_of,
    rules_on,
)
from waymark.referrals.enums import ReferralKind, ReferralState, Vetting
from waymark.referrals.models import Alternative, Item, Paper, Referral
from waymark.referrals.verbs.missing import note_missing, the_need_of
from waymark.worklist.enums import TaskKind

ALTERNATIVES = "alternatives"


@dataclass(frozen=True)
class Other:
    """Another service that was thought of: its entry where it has one, its name, and why it was not taken."""

    name: str
    why_not: str
    service: Service | None = None


@dataclass(frozen=True)
class PriorTalk:
    """A word with the service beforehand (R:L631)."""

    on: date
    with_whom: str
    words: str = ""


@transaction.atomic
def propose(
    claim: Claim,
    service: Service,
    *,
    kind: ReferralKind,
    purpose: str,
    chosen_because: Sequence[str],
    chosen_by_customer: bool = False,
    heard_from: str = "",
    need: str = "",
    alternatives: Iterable[Other] = (),
    prior_talk: PriorTalk | None = None,
    override_reason: str = "",
    after: Referral | None = None,
    by: Post,
    now: datetime,
) -> Referral:
    """A service is spoken about with the customer. Nothing leaves yet.

    purpose: what the customer hopes for, in their words (E:L2674-2678). chosen_because: codes of
    reasons/chosen_because.csv. need: a code of reasons/need.csv, where the service meets several. heard_from: where
    the customer heard of it, such as in hospital (P:L1179). override_reason: where the district asks for something
    else (R:L492). after: the referral that this one takes the place of. The first of a claim gives it its case manager.
    """
    claim = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )
    service = Service.objects.select_related("organisation").get(pk=service.pk)
    rules = rules_for(claim, day_of(now))
    insist(access.may_work(claim, by))
    insist(access.is_live(claim))
    insist(access.takes_people(service))
    if kind != ReferralKind.SIGNPOST:
        insist(access.may_refer_to(service, by.role, rules.value("referrals.may_also_refer")))
    insist(_complete(rules, service, purpose, chosen_because, override_reason))
    if Referral.objects.filter(claim=claim, service=service, state__in=_UNSETTLED).exists():
        raise Refused(
            "referred_already",
            f"There is an open referral to {service.name} already.",
            "Go on with that one, or take it back first.",
        )
    referral = Referral.objects.create(
        ref=new_ref("R"),
        claim=claim,
        service=service,
        kind=kind,
        pack=rules.version,
        made_by=by,
        made_as=by.role,
        made_at=now,
        chosen_because=list(chosen_because),
        chosen_by_customer=chosen_by_customer,
        purpose=purpose.strip(),
        need=need or the_need_of(service),
        heard_from=heard_from.strip()[:200],
        prior_talk_on=prior_talk.on if prior_talk else None,
        prior_talk_with=prior_talk.with_whom if prior_talk else "",
        prior_talk_words=prior_talk.words if prior_talk else "",
        override_reason=override_reason.strip(),
        after=after,
        vetting=Vetting.NEEDED
        if kind != ReferralKind.SIGNPOST and service.provision in rules.value("referrals.vetted")
        else Vetting.NONE,
    )
    _write_down(referral, service, alternatives, now)
    for code in chosen_because:
        note_missing(referral, reason_of(rules, "chosen_because", code), by=by, now=now)
    around.take_on(referral, by=by, now=now)
    next_task(
        referral,
        TaskKind.REFERRAL_SEND,
        in_working_days(now, clocks_of(rules).send),
        origin=Happened.REFERRAL_PROPOSED,
        by=by,
        now=now,
    )
    note(
        Happened.REFERRAL_PROPOSED,
        referral,
        by=by,
        now=now,
        why=referral.purpose,
        wish=chosen_by_customer,
        override=referral.override_reason,
    )
    return referral


_UNSETTLED = sorted(ReferralState.open() - {ReferralState.ENDED, ReferralState.RETURNED})


def _complete(
    rules: Rules, service: Service, purpose: str, because: Sequence[str], override: str
) -> Refused | None:
    if not purpose.strip():
        return Refused(
            "no_purpose", "It is not said what the customer hopes for.", "Write it in their words."
        )
    if not because:
        return Refused("no_reason", "It is not said why this service.", "Choose at least one reason.")
    for code in because:
        reason_of(rules, "chosen_because", code)
    against = directive(rules, service)
    if against and not override.strip():
        return Refused(
            "other_than_local_rule", against, "Where it is better for this customer, write why and go on."
        )
    return None


def directive(rules: Rules, service: Service) -> str:
    """What the district asks for instead of this service; empty where it asks for nothing. It never forbids."""
    if service.provision and service.provision in rules.value("referrals.not_used"):
        return f"This district asks not to use this kind of help at present: {_because(rules, 'not_used')}"
    wanted = rules.value("referrals.used_first")
    if wanted and service.provision not in wanted:
        titles = rules.reasons("provision")
        names = ", ".join(titles[code].title if code in titles else code for code in wanted)
        return f"This district asks to think of {names} first: {_because(rules, 'used_first')}"
    return ""


def _because(rules: Rules, key: str) -> str:
    held = rules.held(f"referrals.{key}")
    return f"{held.because.rstrip('.')}." if held.local else "a rule of the programme."


def _write_down(referral: Referral, service: Service, others: Iterable[Other], now: datetime) -> None:
    Alternative.objects.bulk_create(
        Alternative(
            referral=referral, service=one.service, name=one.name.strip(), why_not=one.why_not.strip()
        )
        for one in others
        if one.name.strip()
    )
    if referral.kind == ReferralKind.SIGNPOST:
        return
    Paper.objects.bulk_create(
        Paper(referral=referral, kind=code, noted_at=now)
        for code in service.documents
        if code != ALTERNATIVES
    )
    Item.objects.bulk_create(
        Item(referral=referral, code=code, value=value) for code, value in first_items(referral).items()
    )


def first_items(referral: Referral) -> dict[str, str]:
    """What this service needs, with what we hold already: what is asked for always, and what its entry names (R:L645)."""
    rules = rules_for(referral.claim, referral.made_at.date())
    customer = referral.claim.customer
    listed = rules.reasons("information")
    wanted = [code for code, row in listed.items() if row.yes("always")]
    wanted += [code for code in referral.service.information if code in listed and code not in wanted]
    address = ", ".join(part for part in (customer.address, customer.postcode) if part)
    known = {
        "name": f"{customer.title} {customer.name}".strip(),
        "contact": "; ".join(part for part in (address, customer.telephone, customer.email) if part),
        "ni_number": customer.ni_number or "",
        "goals": referral.purpose,
        "benefit": rules.benefits.get(referral.claim.benefit, ""),
    }
    return {code: known.get(code, "") for code in wanted}


@transaction.atomic
def think_of(referral: Referral, other: Other, *, by: Post, now: datetime) -> Alternative:
    """Something else that was thought of, and why it was not taken (R:L488)."""
    referral = draft(referral, by)
    if not other.name.strip() or not other.why_not.strip():
        raise Refused(
            "alternative_incomplete", "Half of it is missing.", "Name the service and say why not that one."
        )
    made = Alternative.objects.create(
        referral=referral, service=other.service, name=other.name.strip(), why_not=other.why_not.strip()
    )
    note(
        Happened.REFERRAL_PAPER_NOTED, referral, by=by, now=now, why=made.why_not, paper=made.name, held=None
    )
    return made


@transaction.atomic
def note_paper(
    referral: Referral, kind: str, *, held: bool, where: str = "", by: Post, now: datetime
) -> Paper:
    """A document the service asks for is there, or not yet."""
    referral = draft(referral, by)
    paper = Paper.objects.select_for_update().filter(referral=referral, kind=kind).first()
    if paper is None:
        raise Refused("paper_not_asked_for", "This service does not ask for that document.", "")
    if held and not where.strip():
        raise Refused("paper_where", "It is not said where the document is.", "Say where it is kept.")
    paper.held, paper.where = held, where.strip() if held else ""
    paper.noted_by, paper.noted_at = by, now
    paper.save(update_fields=["held", "where", "noted_by", "noted_at"])
    title = rules_on(referral, now).reasons("document").get(kind)
    note(
        Happened.REFERRAL_PAPER_NOTED,
        referral,
        by=by,
        now=now,
        paper=title.title if title else kind,
        held=held,
    )
    return paper


@transaction.atomic
def decline(referral: Referral, code: str, *, words: str = "", by: Post | None, now: datetime) -> Referral:
    """The customer does not want it. That is the end of it, and nothing else follows (R:L480)."""
    referral = lock(referral)
    if by is not None:
        insist(access.may_work(referral.claim, by))
    reason = reason_of(rules_on(referral, now), "declined", code)
    move(
        referral,
        ReferralState.DECLINED,
        ended_on=day_of(now),
        ended_code=code,
        ended_words=words.strip(),
    )
    no_more_tasks(referral, origin=Happened.REFERRAL_DECLINED, words="was declined", by=by, now=now)
    note(Happened.REFERRAL_DECLINED, referral, by=by, now=now, why=words.strip(), reason=reason.title)
    return referral


def usual_kind(service: Service) -> ReferralKind:
    """The kind that the route of an entry asks for."""
    return {
        Route.FORMAL: ReferralKind.FORMAL,
        Route.INFORMAL: ReferralKind.INFORMAL,
        Route.SIGNPOST: ReferralKind.SIGNPOST,
    }[Route(service.route)]


def introduced(referral: Referral, on: date, *, by: Post, now: datetime) -> Referral:
    """They met the service before the first appointment, which helps people who are unsure (R:L625)."""
    referral = lock(referral)
    insist(access.may_work(referral.claim, by))
    keep(referral, introduced_on=on)
    note(Happened.REFERRAL_PAPER_NOTED, referral, by=by, now=now, paper="introduction", held=True)
    return referral
