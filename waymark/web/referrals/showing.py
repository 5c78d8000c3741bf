"""One referral: where it stands, what is next, what was told, what came back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.kernel.clock import day_of
from waymark.portal.squares import square
from waymark.record import queries as record
from waymark.referrals import queries
from waymark.referrals.common import clocks_of
from waymark.referrals.enums import ReferralKind, ReferralState
from waymark.referrals.outbox import address_of
from waymark.referrals.rules import GREEN, wait_tone
from waymark.referrals.verbs.posting import secret_part
from waymark.web.actionplans.things import plan_link
from waymark.web.asking import Asked
from waymark.web.referrals.pages import about, around, rules_of, titles
from waymark.web.referrals.words import about_rows, actions_of, next_title, state_tag, wait_words, way_of
from waymark.web.timeline import present
from waymark.web.ui.components import Link

MOST_EVENTS = 60


@require_safe
@about
def show(request: Asked, referral: Any) -> HttpResponse:
    """Everything about one referral on one page."""
    rules = rules_of(referral, request)
    tone = wait_tone(day_of(referral.sent_at), request.today, clocks_of(rules)) if referral.sent_at else GREEN
    named, papers = titles(rules, "information"), rules.reasons("document")
    agreed = queries.consents_of(referral)
    returned = rules.reasons("returned")
    code = returned.get(referral.returned_code)
    signpost = referral.kind == ReferralKind.SIGNPOST
    context = around(
        request,
        referral,
        heading=referral.service.name,
        state=state_tag(referral),
        way=way_of(referral),
        next_title=next_title(referral, request.today),
        wait=wait_words(referral, tone, request.today),
        wait_tone=tone,
        actions=actions_of(referral),
        rows=about_rows(referral, rules.reasons("chosen_because"), request.today),
        told=[
            (named.get(one.item, one.item), one.value, one.withdrawn_at)
            for one in queries.told_to_service(referral)
        ],
        agreed=[named.get(item, item) for item in agreed],
        may_take_back=bool(agreed) and referral.state in ReferralState.open(),
        way_offers=list(referral.way_offers.select_related("arranged_by__person")),
        may_offer_way=referral.state in ReferralState.before_the_end(),
        more_to_send=_more(referral, agreed),
        signpost=signpost,
        papers=[
            (papers[row.kind].title if row.kind in papers else row.kind, row) for row in referral.papers.all()
        ],
        alternatives=list(referral.alternatives.all()),
        draft=referral.state in {ReferralState.PROPOSED, ReferralState.CONSENTED},
        hints=_hints(referral),
        returned=code.title if code else "",
        attendances=list(referral.attendances.all()[:40]),
        feedback=[(row, _to_read(row, request)) for row in referral.feedback.prefetch_related("readers")],
        questions=list(referral.questions.all()),
        failed=referral.dispatches.filter(state="failed").first(),
        entries=[present(event, request.today, {}) for event in _events(referral)],
        back_url=reverse("referrals:of_customer", args=[referral.claim.customer.ref]),
        back_label=referral.claim.customer.name,
        pages=_pages(referral),
        in_plan=plan_link(request, referral.claim, referral.ref)
        if referral.state in ReferralState.open()
        else None,
    )
    return render(request, "referrals/show.html", context)


def _more(referral: Any, agreed: Any) -> bool:
    if referral.state not in ReferralState.with_the_service():
        return False
    told = set(referral.sent.values_list("item", flat=True))
    return any(item.code in agreed and item.code not in told and item.value for item in referral.items.all())


def _hints(referral: Any) -> list[dict[str, str]] | None:
    last = referral.fits.first()
    return list(last.hints) if last else None


def _to_read(row: Any, request: Asked) -> bool:
    return any(one.person_id == request.post.person_id and one.read_at is None for one in row.readers.all())


def _events(referral: Any) -> list[Any]:
    rows = record.events_of([referral.claim.customer.ref]).filter(details__referral=referral.ref)
    return list(rows[:MOST_EVENTS])


def _pages(referral: Any) -> list[Link]:
    if referral.sent_at is None:
        return []
    return [
        Link(label, reverse(page, args=[referral.ref]))
        for label, page in (("Print for the service", "referrals:print"), ("A secure link", "referrals:link"))
    ]


@require_safe
@about
def print_out(request: Asked, referral: Any) -> HttpResponse:
    """The referral on paper: what was told, and the square that opens the way to answer."""
    rules = rules_of(referral, request)
    named = titles(rules, "information")
    last = referral.passes.filter(ended_at=None, expires_at__gt=request.now).first()
    address = address_of(secret_part(last.ref)) if last else ""
    context = around(
        request,
        referral,
        heading=referral.service.name,
        told=[
            (named.get(one.item, one.item), one.value)
            for one in queries.told_to_service(referral)
            if one.value
        ],
        address=address,
        square=square(address) if address else "",
        until=last.expires_at if last else None,
    )
    response = render(request, "referrals/print.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
