"""Pages of handing over: asking somebody, their answer, taking it back, coming back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import TransferKind
from waymark.casework.verbs import Wanted
from waymark.organisations.enums import Role
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.choosing import holder_chosen, open_case, people_to_choose
from waymark.web.casework.forms.reasons import WordsForm
from waymark.web.casework.forms.transfers import AnswerForm, NameForm, ProlongForm, ReturnForm, TransferForm
from waymark.web.casework.pages import about, act_page, form_view
from waymark.web.ui.components import Row
from waymark.web.ui.templatetags.ui import day, long_day
from waymark.web.worklist.next_action import open_page


@form_view
@about(queries.claim_for)
def hand_over(request: Asked, claim: Any) -> HttpResponse:
    """Ask somebody to be responsible, for a time or for good."""
    case = open_case(request, claim)
    rules = queries.rules_of(claim, request.today)
    manager = queries.manager_of(claim)
    form = TransferForm(
        request.POST or None,
        holders=people_to_choose(claim, request, but_not=manager.post if manager else None),
        reasons=rules.reasons("transfer"),
        remit=_remit(rules),
        roles=queries.roles_of(request.post, rules),
        initial={"customer_prefers": case.preferred_manager},
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.propose_transfer(
            case, _wanted(claim, request, data), by=request.post, now=request.now
        ),
        said=_("It is kept, and everybody concerned is told."),
        heading=_("Hand %(name)s over"),
        button=_("Hand over"),
        arrangement=words.arrangement_words(queries.arrangement_of(rules)),
        grounds=[
            row.title for row in rules.reasons("disability_adviser").values() if row.yes("for_declining")
        ],
        template="casework/hand_over.html",
    )


def _remit(rules: Any) -> dict[str, Any]:
    rows = rules.reasons("disability_adviser")
    return {code: row for code, row in rows.items() if row.yes("for_passing")}


def _wanted(claim: Any, request: Asked, data: dict[str, Any]) -> Wanted:
    temporary = data["kind"] == TransferKind.TEMPORARY
    return Wanted(
        kind=TransferKind(data["kind"]),
        to=holder_chosen(claim, request, data["who"]),
        reason=data["reason"],
        customer_agreed=data["customer_agreed"] == "yes",
        remit=tuple(data.get("remit") or ()),
        why=data["why"],
        made_as=data.get("made_as") or "",
        customer_prefers=data["customer_prefers"],
        customer_needs=data["customer_needs"],
        knows_the_case=data["knows_the_case"],
        can_provide=data["can_provide"],
        agreed_with=data["agreed_with"],
        lender_hears=data["lender_hears"],
        returns_on=data["returns_on"] if temporary else None,
        returns_when=data["returns_when"] if temporary else "",
        ask_on=data["ask_on"] if temporary and not data["returns_on"] else None,
        hold_until_met=data["hold_until_met"],
    )


@form_view
@about(queries.transfer_for, lambda row: row.case.claim)
def transfer(request: Asked, row: Any) -> HttpResponse:
    """One question to take a customer over: what it says, and the answer."""
    claim = row.case.claim
    rules = queries.rules_of(claim, request.today)
    answers = row.state == "proposed" and (
        row.to_post is None or row.to_post.person_id == request.post.person_id
    )
    asks_reason = row.to_post is not None and row.to_post.role == Role.DISABILITY_ADVISER
    reasons = rules.reasons("disability_adviser") if asks_reason else {}
    form = AnswerForm(
        request.POST or None,
        reasons={code: one for code, one in reasons.items() if one.yes("for_declining")},
    )
    withdraw = open_page(request.post.role, "casework:withdraw", row.ref)
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.answer_transfer(
            row,
            accept=data["accept"] == "yes",
            reason=data.get("reason") or "",
            words=data["words"],
            by=request.post,
            now=request.now,
        ),
        said=_("Your answer is kept."),
        heading=_("Take %(name)s over?") if answers else _("Handing over %(name)s"),
        button=_("Answer"),
        facts=transfer_rows(row, rules, request.today),
        answers=answers,
        withdraw_url=withdraw if row.state in ("proposed", "accepted") else "",
        template="casework/transfer.html",
    )


def transfer_rows(row: Any, rules: Any, today: Any) -> list[Row]:
    reasons, remit = rules.pack.reasons("transfer"), rules.pack.reasons("disability_adviser")
    rows = [
        Row(_("From"), row.from_manager.name),
        Row(_("To"), words.named(row.to_name, row.to_place)),
        Row(_("For how long"), words.how_long(row, today)),
        Row(_("Why"), reasons[row.reason].title if row.reason in reasons else row.reason),
    ]
    if row.remit:
        titles = [remit[code].title if code in remit else code for code in row.remit]
        rows.append(Row(_("Which part of a disability adviser’s work"), "; ".join(titles)))
    said = [
        (_("What they must know"), row.why),
        (_("The customer agrees"), _("yes") if row.customer_agreed else _("was not asked")),
        (_("Also agreed with"), row.agreed_with),
        (_("The customer prefers"), row.customer_prefers),
        (_("The customer needs"), row.customer_needs),
        (_("Who knows the customer best"), row.knows_the_case),
        (_("How they can give or find the help"), row.can_provide),
        (_("It waits until they have met"), _("yes") if row.hold_until_met and not row.met_on else ""),
        (_("They met on"), long_day(row.met_on, today) if row.met_on else ""),
    ]
    rows += [Row(label, value) for label, value in said if value]
    if row.proposed_by:
        as_role = f", {Role(row.made_as).label}" if row.made_as else ""
        rows.append(
            Row(_("Asked by"), f"{row.proposed_by.person.name}{as_role}, {day(row.proposed_at, today)}")
        )
    if row.answered_at:
        title = remit[row.answer_reason].title if row.answer_reason in remit else ""
        answer = ". ".join(filter(None, (str(row.get_state_display()), title, row.answer_words)))
        rows.append(Row(_("Answer"), answer))
    elif row.answer_by and row.state == "proposed":
        rows.append(Row(_("Answer by"), long_day(row.answer_by, today)))
    if row.ended_words:
        rows.append(Row(_("How it ended"), f"{row.get_state_display()}: {row.ended_words}"))
    return rows


@form_view
@about(queries.transfer_for, lambda row: row.case.claim)
def withdraw(request: Asked, row: Any) -> HttpResponse:
    """Take a question back."""
    return act_page(
        request,
        row.case.claim,
        WordsForm(request.POST or None),
        lambda data: verbs.withdraw_transfer(row, words=data["words"], by=request.post, now=request.now),
        said=_("It is taken back. Nothing has changed for the customer."),
        heading=_("Do not hand %(name)s over"),
        button=_("Take it back"),
        facts=[Row(_("To"), words.named(row.to_name, row.to_place))],
    )


@form_view
@about(queries.transfer_for, lambda row: row.case.claim)
def bring_back(request: Asked, row: Any) -> HttpResponse:
    """A loan is over before its day, or because what it waited for has happened."""
    rows = [
        Row(_("With"), words.named(row.to_name, row.to_place)),
        Row(_("For how long"), words.how_long(row, request.today)),
        Row(_("Comes back to"), row.from_manager.name),
    ]
    return act_page(
        request,
        row.case.claim,
        ReturnForm(request.POST or None),
        lambda data: verbs.return_case(row, words=data["words"], by=request.post, now=request.now),
        said=_("The customer is back with their case manager, and is told."),
        heading=_("Bring %(name)s back"),
        button=_("Bring back"),
        facts=rows,
    )


@form_view
@about(queries.transfer_for, lambda row: row.case.claim)
def prolong(request: Asked, row: Any) -> HttpResponse:
    """A loan lasts longer."""
    return act_page(
        request,
        row.case.claim,
        ProlongForm(request.POST or None),
        lambda data: verbs.prolong(row, **data, by=request.post, now=request.now),
        said=_("The new day is kept."),
        heading=_("Leave %(name)s with them longer"),
        button=_("Keep the new day"),
        facts=[
            Row(_("With"), words.named(row.to_name, row.to_place)),
            Row(_("Until now"), words.how_long(row, request.today)),
        ],
    )


@form_view
@about(queries.claim_for)
def name_manager(request: Asked, claim: Any) -> HttpResponse:
    """Name who is responsible, where who was is not here any more."""
    case = open_case(request, claim)
    return act_page(
        request,
        claim,
        NameForm(request.POST or None, holders=people_to_choose(claim, request)),
        lambda data: verbs.name_manager(
            case,
            holder_chosen(claim, request, data["who"]),
            why=data["why"],
            by=request.post,
            now=request.now,
        ),
        said=_("The case manager is named."),
        heading=_("Name the case manager of %(name)s"),
        button=_("Name them"),
    )
