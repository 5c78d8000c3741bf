"""The page of a case: who helps, since when, what is agreed, what is next."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waymark.casework import queries, verbs
from waymark.casework.enums import TransferState
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.casework import meeting_words, words
from waymark.web.casework.pages import about, case_url, page_about
from waymark.web.ui.components import Action
from waymark.web.ui.templatetags.ui import long_day
from waymark.web.worklist.next_action import open_page


@require_safe
@about(queries.claim_for)
def show(request: Asked, claim: Any) -> HttpResponse:
    """Who is responsible for a customer, who helps with a part, and all that was agreed."""
    case = queries.last_case_of(claim)
    context = page_about(
        request,
        claim,
        heading=_("Who helps %(name)s") % {"name": claim.customer.name},
        back_url=reverse("customers:record", args=[claim.customer.ref]),
        back_label=claim.customer.name,
    )
    if case is None or case.closed_at is not None:
        take = open_page(request.post.role, "casework:take_on", claim.ref)
        context["take_on"] = Action(_("Take the customer on"), take, "post", primary=True) if take else None
    if case is None:
        return render(request, "casework/case.html", context)
    case.claim = claim
    return render(request, "casework/case.html", {**context, **_of_case(request, claim, case)})


def _of_case(request: Asked, claim: Any, case: Any) -> dict[str, Any]:
    found = queries.case_page(case, request.now)
    today, rules = request.today, queries.rules_of(claim, request.today)
    helping = [w for w in found.workers if w.ended_on is None]
    ended = [w for w in found.workers if w.ended_on is not None]
    settled = [t for t in found.transfers if t is not found.waiting]
    asks = (
        case.closed_at is None
        and found.kept is None
        and not any(t.remit for t in found.transfers)
        and queries.seems_for_a_disability_adviser(case, today)
    )
    return {
        "case": case,
        "found": found,
        "waiting": found.waiting,
        "next_words": _next_words(found, today),
        "next_actions": _next_actions(request, claim, found),
        "manager_rows": words.manager_rows(found, today) if found.manager else [],
        "workers": words.workers_table([(w, queries.contact_words(w, rules)) for w in helping], today),
        "ended": words.ended_table(ended, today) if ended else None,
        "meetings": meeting_words.meeting_rows(found.meetings, today),
        "contacts": words.contacts_table(found.contacts, today),
        "more_contacts": found.contacts_total - len(found.contacts),
        "enquiries": words.enquiries_table(found.enquiries, today) if found.enquiries else None,
        "parties": words.parties_table(found.parties, today),
        "transfers": words.transfers_table(settled, today, caption=_("Handed over before"), names=False)
        if settled
        else None,
        "managers": words.managers_table(found.managers, today),
        "steady": words.steady_words(found.steady),
        "for_disability_adviser": asks,
        "kept": _kept(found, rules),
        "closed_reason": rules.pack.reasons("case_closed")[case.closed_why].title
        if case.closed_why in rules.pack.reasons("case_closed")
        else "",
        "actions": _actions(request, claim, found) if case.closed_at is None else [],
        "keep_url": open_page(request.post.role, "casework:keep", claim.ref),
    }


def _kept(found: Any, rules: Any) -> dict[str, Any] | None:
    if found.kept is None:
        return None
    row = rules.pack.reasons("disability_adviser").get(found.kept.reason)
    return {
        "title": row.title if row else found.kept.reason,
        "words": found.kept.words,
        "by": found.kept.by.person.name,
        "on": found.kept.on,
    }


def _next_words(found: Any, today: Any) -> str:
    """What is next for this case, in a sentence."""
    waiting = found.waiting
    if waiting is not None and waiting.state == TransferState.PROPOSED:
        return _("%(name)s is asked to take the customer over, and answers by %(day)s.") % {
            "name": waiting.to_name,
            "day": long_day(waiting.answer_by, today),
        }
    if waiting is not None:
        return _("%(name)s takes the customer over as soon as they have met.") % {"name": waiting.to_name}
    if found.case.next_contact_on is None:
        return ""
    return _("Be in touch by %(day)s.") % {"day": long_day(found.case.next_contact_on, today)}


def _next_actions(request: Asked, claim: Any, found: Any) -> list[Action]:
    role, waiting = request.post.role, found.waiting
    if found.case.closed_at is not None:
        return []
    if waiting is not None:
        page = open_page(role, "casework:transfer", waiting.ref)
        meet = open_page(role, "casework:plan_meeting", claim.ref)
        actions = [Action(_("Open"), page, primary=True)] if page else []
        if waiting.state == TransferState.ACCEPTED and meet:
            return [Action(_("Plan the meeting"), f"{meet}?kind=handover", primary=True), *actions[:0]]
        return actions
    log = open_page(role, "casework:log", claim.ref)
    return [Action(_("Write down a contact"), log, primary=True)] if log else []


def _actions(request: Asked, claim: Any, found: Any) -> list[Action]:
    role, ref = request.post.role, claim.ref
    pages: list[tuple[str, str, str]] = [
        (_("Write down a contact"), "casework:log", ref),
        (_("How often we are in touch"), "casework:rhythm", ref),
        (_("Whom the customer would like"), "casework:wish", ref),
        (_("Plan a meeting"), "casework:plan_meeting", ref),
        (_("Ask a service"), "casework:ask_about", ref),
        (_("Who hears how it goes"), "casework:party", ref),
        (_("Hand over"), "casework:hand_over", ref),
    ]
    if found.loan is not None:
        pages = [
            (_("Bring back"), "casework:bring_back", found.loan.ref),
            (_("Leave it longer"), "casework:prolong", found.loan.ref),
            *pages,
        ]
    pages.append((_("Close the case"), "casework:close", ref))
    return [Action(label, url) for label, page, key in pages if (url := open_page(role, page, key))]


@require_POST
@about(queries.claim_for)
def take_on(request: Asked, claim: Any) -> HttpResponse:
    """Somebody becomes responsible."""
    try:
        manager = verbs.take_on(claim, by=request.post, now=request.now)
    except Refused as refusal:
        context = {"refusal": refusal, "return_url": case_url(claim)}
        return render(request, "ui/refused.html", context, status=409)
    messages.success(request, _("%(name)s is the case manager now.") % {"name": manager.name})
    return redirect(case_url(claim))
