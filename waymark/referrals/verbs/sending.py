"""A referral leaves: only what the customer agreed to, by a way the service takes; or a slip in the customer's hand."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from waymark.directory.enums import Channel
from waymark.directory.queries import contact_of
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices.enums import NoticeKind
from waymark.notices.rules.sending import NO_WAY
from waymark.notices.verbs import queue_notice
from waymark.organisations import queries as organisations
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.referrals import access
from waymark.referrals.common import clocks_of, keep, lock, move, next_task, note, rules_on
from waymark.referrals.enums import REFERRAL_LIFE, FixedBy, ReferralKind, ReferralState
from waymark.referrals.models import Item, Referral, Sent
from waymark.referrals.rules import Clocks, missing_papers, working_day_after
from waymark.referrals.verbs.consenting import NAME, open_items
from waymark.referrals.verbs.posting import dispatch
from waymark.referrals.verbs.weighing import wants_a_reason
from waymark.worklist.enums import TaskKind


@dataclass(frozen=True)
class FirstTime:
    """The first appointment, where it was made at once with the customer there (R:L615)."""

    at: datetime
    where: str
    with_whom: str = ""


def what_stops(referral: Referral, rules: Rules) -> list[Refused]:
    """What must be there before it can leave, each with what would put it right. Reads only."""
    found = []
    service = referral.service
    held = set(referral.papers.filter(held=True).values_list("kind", flat=True))
    asked = [paper.kind for paper in referral.papers.all()]
    titles = rules.reasons("document")
    for code in missing_papers(asked, held):
        title = titles[code].title if code in titles else code
        who = titles[code].columns.get("who_provides", "") if code in titles else ""
        found.append(
            Refused(
                "paper_missing",
                f"{service.name} needs: {title}.",
                _FROM.get(who, "Say where it is, as soon as it is there."),
            )
        )
    needs_others = "alternatives" in service.documents or service.provision in rules.value(
        "referrals.alternatives_first"
    )
    if needs_others and not referral.alternatives.exists():
        found.append(
            Refused(
                "alternatives_missing",
                f"{service.name} asks what else was considered.",
                "Write down what you and the customer thought of, and why not that.",
            )
        )
    return found


_FROM = {
    "health_practitioner": "It comes from somebody who treats the customer, not from you: ask them, with the customer’s"
    " consent.",
    "manager": "Ask your manager for it.",
    "customer": "Help the customer to fill it in.",
    "adviser": "Fill it in, and say where it is kept.",
}


@transaction.atomic
def send(
    referral: Referral,
    *,
    channel: Channel,
    fixed_by: FixedBy,
    first: FirstTime | None = None,
    contact_by: date | None = None,
    despite: str = "",
    by: Post,
    now: datetime,
) -> Referral:
    """It leaves: what the customer agreed to, item by item, and nothing else; the customer gets it confirmed.

    fixed_by: who makes the first appointment. first: the appointment where it was made at once; contact_by: the
    day by which the service gets in touch otherwise (R:L623). despite: why it goes where a row of the tables asks for
    a reason, such as help that outlasts the age it is for (P:L783). Refused without consent, with papers missing, and by a
    way that the service does not take.
    """
    referral = lock(referral)
    rules = rules_on(referral, now)
    insist(access.may_work(referral.claim, by))
    insist(access.is_live(referral.claim))
    insist(access.takes_people(referral.service))
    insist(access.may_go_by(referral.service, channel))
    if referral.kind == ReferralKind.SIGNPOST:
        raise Refused("signpost_is_told", "A signpost goes with the customer.", "Give the customer the slip.")
    agreed = open_items(referral.claim, referral.service)
    if NAME not in agreed:
        raise Refused(
            "no_consent",
            f"The customer has not agreed that {referral.service.name} is told who they are.",
            "Ask them, item by item; or make it a signpost, with which nothing is told.",
        )
    for refusal in what_stops(referral, rules):
        raise refusal
    insist(_says_why(referral, rules, despite, now))
    _when_is_there(fixed_by, first, contact_by, now)
    REFERRAL_LIFE.insist(referral.state, ReferralState.SENT)
    items = [item for item in referral.items.all() if item.code in agreed and item.value.strip()]
    _send_items(referral, items, by, now)
    clocks = clocks_of(rules)
    move(
        referral,
        ReferralState.SENT,
        channel=channel,
        fixed_by=fixed_by,
        contact_by=contact_by,
        sent_at=now,
        sent_by=by,
        despite=despite.strip(),
        appointment_at=first.at if first else None,
        appointment_where=first.where.strip() if first else "",
        appointment_with=first.with_whom.strip() if first else "",
    )
    keep(referral, told_customer=confirm(referral, rules, by=by, now=now))
    dispatch(referral, "referral", days=clocks.link_days, by=by, now=now)
    note(
        Happened.REFERRAL_SENT,
        referral,
        by=by,
        now=now,
        why=despite.strip(),
        channel=channel,
        items=[item.code for item in items],
        appointment=first.at.isoformat() if first else "",
    )
    wait_for_answer(referral, clocks, by, now)
    return referral


def _says_why(referral: Referral, rules: Rules, despite: str, now: datetime) -> Refused | None:
    because = wants_a_reason(referral, rules, day_of(now))
    if not because or despite.strip():
        return None
    return Refused(
        "needs_a_reason", because, "Where it is right for this customer all the same, write why and send it."
    )


def wait_for_answer(referral: Referral, clocks: Clocks, by: Post | None, now: datetime) -> None:
    """The clock of the answer. A first appointment that was made is heard of when it is over, answer or not."""
    holidays = organisations.holidays()
    next_task(
        referral,
        TaskKind.REFERRAL_ANSWER,
        working_day_after(day_of(now), clocks.acknowledge, holidays),
        origin=Happened.REFERRAL_SENT,
        words="has it arrived?",
        by=by,
        now=now,
    )


@transaction.atomic
def send_more(referral: Referral, *, by: Post, now: datetime) -> list[str]:
    """What the customer has agreed to since it left goes as well; says which items."""
    referral = lock(referral)
    insist(access.may_work(referral.claim, by))
    if referral.state not in ReferralState.with_the_service():
        raise Refused("not_with_service", "The service does not have this referral now.", "")
    told = set(referral.sent.values_list("item", flat=True))
    agreed = open_items(referral.claim, referral.service) - told
    items = [item for item in referral.items.all() if item.code in agreed and item.value.strip()]
    if not items:
        raise Refused("nothing_more", "There is nothing more that the customer agrees to.", "Ask them first.")
    _send_items(referral, items, by, now)
    dispatch(referral, "more", days=clocks_of(rules_on(referral, now)).link_days, by=by, now=now)
    codes = [item.code for item in items]
    note(Happened.REFERRAL_SENT, referral, by=by, now=now, channel=referral.channel, items=codes, more=True)
    return codes


@transaction.atomic
def signpost(referral: Referral, *, by: Post, now: datetime) -> Referral:
    """The customer gets a slip: what it is, where, whom to ring, and a code by which the service can say that they came."""
    referral = lock(referral)
    rules = rules_on(referral, now)
    insist(access.may_work(referral.claim, by))
    insist(access.is_live(referral.claim))
    if referral.kind != ReferralKind.SIGNPOST:
        raise Refused("no_signpost", "This is a referral.", "Ask for consent and send it.")
    clocks = clocks_of(rules)
    code = new_ref("")[:8]
    while Referral.objects.filter(slip_code=code).exists():
        code = new_ref("")[:8]
    move(referral, ReferralState.TOLD, slip_code=code)
    keep(referral, told_customer=confirm(referral, rules, by=by, now=now))
    holidays = organisations.holidays()
    next_task(
        referral,
        TaskKind.REFERRAL_SIGNPOST,
        working_day_after(day_of(now), 5 * clocks.signpost_weeks, holidays),
        origin=Happened.SIGNPOSTED,
        by=by,
        now=now,
    )
    note(Happened.SIGNPOSTED, referral, by=by, now=now)
    return referral


def confirm(referral: Referral, rules: Rules, *, by: Post, now: datetime) -> bool:
    """The letter to the customer: what, where, when, how to get there, whom to ring, that it is their choice.

    Says whether one could be written; where there is no safe way the customer is told by word.
    """
    try:
        queue_notice(
            referral.claim,
            NoticeKind.REFERRAL_CONFIRMED,
            words=letter_words(referral, by, day_of(now)),
            rules=rules,
            by=by,
            now=now,
        )
    except Refused as refusal:
        if refusal.code in NO_WAY:
            return False
        raise
    return True


def letter_words(referral: Referral, by: Post, on: date) -> dict[str, object]:
    service = referral.service
    place = service.locations.order_by("id").first()
    contact = contact_of(service, on)
    number = (contact.telephone if contact else "") or service.telephone or service.organisation.telephone
    return {
        "service_name": service.name,
        "service_provider": service.organisation.name,
        "service_about": service.about.strip() or service.for_whom.strip(),
        "first_time": referral.appointment_at or "",
        "first_where": referral.appointment_where or (str(place) if place else ""),
        "getting_there": place.travel if place else "",
        "ring_whom": _ring(contact.name if contact else service.organisation.name, number),
        "who_starts": _who_starts(referral),
        "told_list": told_in_words(referral, rules_on(referral, referral.sent_at or referral.made_at)),
        "slip_code": referral.slip_code or "",
        "contact_name": by.person.name,
    }


def _ring(name: str, number: str) -> str:
    return f"{name}, {number}" if number else name


def _who_starts(referral: Referral) -> str:
    if referral.kind == ReferralKind.SIGNPOST:
        return _("You can go there or ring them whenever you like. They know nothing about you from us.")
    if referral.appointment_at:
        return ""
    if referral.fixed_by == FixedBy.CUSTOMER:
        return _("Ring them to agree a first time. They know that you may ring.")
    if referral.contact_by:
        day = f"{referral.contact_by:%A} {referral.contact_by.day} {referral.contact_by:%B %Y}"
        return _("They get in touch with you by %(day)s. If you hear nothing by then, ring us.") % {
            "day": day
        }
    return _("They get in touch with you. If you hear nothing within two weeks, ring us.")


def told_in_words(referral: Referral, rules: Rules) -> list[str]:
    """What the service was told, by the titles of the items."""
    listed = rules.reasons("information")
    codes = referral.sent.values_list("item", flat=True)
    return [listed[code].title if code in listed else code for code in codes]


def _send_items(referral: Referral, items: list[Item], by: Post, now: datetime) -> None:
    Sent.objects.bulk_create(
        Sent(referral=referral, item=item.code, value=item.value, sent_at=now, sent_by=by) for item in items
    )


def _when_is_there(
    fixed_by: FixedBy, first: FirstTime | None, contact_by: date | None, now: datetime
) -> None:
    if fixed_by == FixedBy.TOGETHER and (first is None or not first.where.strip()):
        raise Refused(
            "no_first_time",
            "The first appointment was made, but it is not said when and where.",
            "Write the day, the time and the place.",
        )
    if first is not None and first.at < now:
        raise Refused("first_time_past", "That time has passed.", "Give a time that is still to come.")
    if fixed_by == FixedBy.SERVICE and contact_by is None:
        raise Refused(
            "no_contact_day",
            "It is not said by when the service gets in touch.",
            "Agree a day with them: the customer waits for it.",
        )
    if contact_by is not None and contact_by < day_of(now):
        raise Refused("contact_day_past", "That day has passed.", "Give a day that is still to come.")
