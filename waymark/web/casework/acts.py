"""What is done about a case: handed over, met about, kept in touch, asked, closed. Each page is one form and one verb."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.casework import queries, verbs
from waymark.casework.enums import (
    BegunBy,
    ContactChannel,
    LedTo,
    MeetingKind,
    Purpose,
    StepState,
    Told,
    TransferKind,
    With,
)
from waymark.casework.verbs import Held, Invited, StepWanted, Wanted
from waymark.kernel.clock import at
from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.web.asking import Asked
from waymark.web.casework import words
from waymark.web.casework.forms import (
    AnswerForm,
    ContactForm,
    EnquiryAnswerForm,
    EnquiryForm,
    MeetingForm,
    NameForm,
    PartyForm,
    ProlongForm,
    ReasonForm,
    ReturnForm,
    RhythmForm,
    SettleForm,
    StepForm,
    TransferForm,
    WordsForm,
)
from waymark.web.casework.pages import about, act_page, case_url, form_view
from waymark.web.people.pages import one_form
from waymark.web.ui.components import Row
from waymark.web.ui.templatetags.ui import day, day_time, long_day
from waymark.web.worklist.next_action import open_page

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]
MOST_CONTACTS = 300
MOST_SERVICES = 300


def _case(request: Asked, claim: Any) -> Any:
    """The open case of a claim; a page that is not there without one."""
    case = queries.case_of(claim)
    if case is None:
        raise Http404
    case.claim = claim
    return case


def _people(claim: Any, request: Asked, *, contacts: bool = True, but_not: Any = None) -> Groups:
    """Whom to choose: colleagues by role, then people of services."""
    here: dict[str, list[tuple[str, str]]] = {}
    for post in queries.holders_for(claim, request.today):
        if but_not is not None and post.pk == but_not.pk:
            continue
        label = str(post.get_role_display())
        place = post.team.office.name if post.team.office_id != claim.office_id else ""
        here.setdefault(label[:1].upper() + label[1:], []).append(
            (f"post:{post.pk}", words.named(post.person.name, place))
        )
    groups: list[tuple[str, Sequence[tuple[str, str]]]] = list(here.items())
    if contacts:
        found = queries.contacts_for(claim, request.today)[:MOST_CONTACTS]
        shown = [(f"contact:{c.ref}", words.named(c.name, c.organisation.name)) for c in found]
        groups += [(_("Services"), shown)] if shown else []
    return groups


def _holder(claim: Any, request: Asked, chosen: str) -> Any:
    """The post or the contact behind a choice."""
    kind, _sep, key = chosen.partition(":")
    if kind == "post":
        found: Any = queries.holders_for(claim, request.today).filter(pk=key).first()
    else:
        found = queries.contacts_for(claim, request.today).filter(ref=key).first()
    if found is None:
        raise Refused("nobody_chosen", _("Nobody was chosen."), _("Choose one from the list."))
    return found


# Handing over


@form_view
@about(queries.claim_for)
def hand_over(request: Asked, claim: Any) -> HttpResponse:
    """Ask somebody to be responsible, for a time or for good."""
    case = _case(request, claim)
    rules = queries.rules_of(claim, request.today)
    manager = queries.manager_of(claim)
    form = TransferForm(
        request.POST or None,
        holders=_people(claim, request, but_not=manager.post if manager else None),
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
        to=_holder(claim, request, data["who"]),
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
    case = _case(request, claim)
    return act_page(
        request,
        claim,
        NameForm(request.POST or None, holders=_people(claim, request)),
        lambda data: verbs.name_manager(
            case, _holder(claim, request, data["who"]), why=data["why"], by=request.post, now=request.now
        ),
        said=_("The case manager is named."),
        heading=_("Name the case manager of %(name)s"),
        button=_("Name them"),
    )


# Meetings


@form_view
@about(queries.claim_for)
def plan_meeting(request: Asked, claim: Any) -> HttpResponse:
    """Plan a handover meeting, a meeting on what is next, or a case conference."""
    case = _case(request, claim)
    page = queries.case_page(case, request.now)
    people = _to_invite(page, request)
    kinds = {kind.value for kind in MeetingKind}
    wanted = request.GET.get("kind", "")
    form = MeetingForm(
        request.POST or None,
        people=[(key, label) for key, label, _one in people],
        initial={
            "kind": wanted if wanted in kinds else MeetingKind.CONFERENCE,
            "minutes": 30,
            "place": claim.office.name,
            "with_customer": True,
            "who": [key for key, _label, _one in people] if wanted == MeetingKind.HANDOVER else [],
        },
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: _plan(request, case, page, people, data),
        said=_("The meeting is planned, and stands in the tasks of its day."),
        heading=_("Plan a meeting about %(name)s"),
        button=_("Plan the meeting"),
    )


Invitees = list[tuple[str, str, Invited]]


def _to_invite(page: Any, request: Asked) -> Invitees:
    """Those who belong to the case: who is responsible, who is asked to be, who helps with a part, and I."""
    found: dict[str, tuple[str, str, Invited]] = {}

    def add(post: Any, contact: Any) -> None:
        if post is not None:
            name, place, key = post.person.name, post.team.office.name, f"post:{post.pk}"
        elif contact is not None:
            name, place, key = contact.name, contact.organisation.name, f"contact:{contact.ref}"
        else:
            return
        found.setdefault(
            name, (key, words.named(name, place), Invited(name, place, post=post, contact=contact))
        )

    if page.manager is not None:
        add(page.manager.post, page.manager.contact)
    if page.waiting is not None:
        add(page.waiting.to_post, page.waiting.to_contact)
    for worker in page.workers:
        if worker.ended_on is None:
            add(worker.post, worker.contact)
    for party in page.parties:
        add(party.post, party.contact)
    add(request.post, None)
    return list(found.values())


def _plan(request: Asked, case: Any, page: Any, people: Invitees, data: dict[str, Any]) -> Any:
    chosen = set(data["who"])
    invited = [one for key, _label, one in people if key in chosen]
    for written in data["others"].splitlines():
        name, _comma, place = written.partition(",")
        if name.strip():
            invited.append(Invited(name.strip(), place.strip()))
    kind = MeetingKind(data["kind"])
    return verbs.plan_meeting(
        case,
        kind=kind,
        starts_at=at(data["on"], data["at"]),
        minutes=data["minutes"],
        place=data["place"],
        objectives=data["objectives"],
        invited=invited,
        with_customer=data["with_customer"],
        transfer=page.waiting or page.loan if kind == MeetingKind.HANDOVER else None,
        by=request.post,
        now=request.now,
    )


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def meeting(request: Asked, row: Any) -> HttpResponse:
    """Write up a meeting that took place."""
    names = [one.name for one in row.attendees.all()]
    form = SettleForm(
        request.POST or None,
        names=names,
        handover=row.kind == MeetingKind.HANDOVER,
        on=request.today,
        initial={"minutes": row.minutes},
    )
    claim = row.case.claim
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.settle_meeting(row, _held(form, data), by=request.post, now=request.now),
        said=_("The meeting is written up."),
        heading=_("%(kind)s about %%(name)s") % {"kind": row.get_kind_display()},
        button=_("Keep it"),
        facts=[
            Row(_("When"), day_time(row.starts_at, request.today)),
            Row(_("Where"), row.place),
            *([Row(_("What it is about"), row.objectives)] if row.objectives else []),
        ],
        settled="" if row.state == "planned" else str(row.get_state_display()),
        other_url=reverse("casework:fell_through", args=[row.ref]) if row.state == "planned" else "",
        other_words=_("It did not take place"),
    )


def _held(form: SettleForm, data: dict[str, Any]) -> Held:
    return Held(
        came=data["came"],
        views=data["views"],
        problems=data["problems"],
        not_reached=data["not_reached"],
        introduced=data.get("introduced") == "yes",
        minutes=data["minutes"],
        steps=[StepWanted(text, who, by) for text, who, by in form.steps()],
    )


@form_view
@about(queries.meeting_for, lambda row: row.case.claim)
def fell_through(request: Asked, row: Any) -> HttpResponse:
    """A meeting did not take place."""
    return act_page(
        request,
        row.case.claim,
        WordsForm(request.POST or None),
        lambda data: verbs.meeting_fell_through(row, why=data["words"], by=request.post, now=request.now),
        said=_("It is kept. Finding another day is the next step."),
        heading=_("The meeting about %(name)s did not take place"),
        button=_("Keep it"),
        intro=_(
            "Of not coming nothing else follows: ring kindly, and find another day if they would like one."
        ),
    )


@form_view
@about(queries.step_for, lambda row: row.meeting.case.claim)
def step(request: Asked, row: Any) -> HttpResponse:
    """What became of a step that was agreed."""
    return act_page(
        request,
        row.meeting.case.claim,
        StepForm(request.POST or None),
        lambda data: verbs.end_step(
            row, state=StepState(data["state"]), words=data["words"], by=request.post, now=request.now
        ),
        said=_("It is kept."),
        heading=_("What was agreed about %(name)s"),
        button=_("Keep it"),
        facts=[
            Row(_("What"), row.words),
            Row(_("Who"), row.attendee.name),
            Row(_("By"), day(row.due_on, request.today)),
        ],
    )


# Being in touch


@form_view
@about(queries.claim_for)
def log(request: Asked, claim: Any) -> HttpResponse:
    """Write down a contact."""
    case = _case(request, claim)
    contacts = list(queries.contacts_of_case(case))
    form = ContactForm(
        request.POST or None,
        contacts=contacts,
        initial={
            "whom": With.CUSTOMER,
            "channel": ContactChannel.PHONE,
            "begun_by": BegunBy.US,
            "reached": "yes",
            "purpose": Purpose.ENCOURAGE,
        },
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.log_contact(
            case,
            whom=With(data["whom"]),
            contact=next((c for c in contacts if c.ref == data.get("contact")), None)
            if data["whom"] != With.CUSTOMER
            else None,
            channel=ContactChannel(data["channel"]),
            begun_by=BegunBy(data["begun_by"]),
            reached=data["reached"] == "yes",
            purpose=Purpose(data["purpose"]),
            minutes=data["minutes"] or 0,
            words=data["words"],
            next_on=data["next_on"],
            by=request.post,
            now=request.now,
        ),
        said=_("The contact is kept."),
        heading=_("A contact about %(name)s"),
        button=_("Keep it"),
    )


@form_view
@about(queries.claim_for)
def rhythm(request: Asked, claim: Any) -> HttpResponse:
    """How often we are in touch with this customer."""
    case = _case(request, claim)
    contacts = list(queries.contacts_of_case(case))
    usual: int = queries.rules_of(claim, request.today).value("casework.contact_every_days")
    form = RhythmForm(
        request.POST or None,
        usual=usual,
        contacts=contacts,
        initial={
            "how": "agreed" if case.contact_days else "usual",
            "every_days": case.contact_days,
            "because": case.contact_because,
            "via": case.contact_via.ref if case.contact_via else "",
        },
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: verbs.set_rhythm(
            case,
            every_days=_days(data),
            because=data["because"],
            via=next((c for c in contacts if c.ref == data["via"]), None),
            by=request.post,
            now=request.now,
        ),
        said=_("It is kept, and the next contact is planned with it."),
        heading=_("How often we are in touch with %(name)s"),
        button=_("Keep it"),
    )


def _days(data: dict[str, Any]) -> int | None:
    if data["how"] == "usual":
        return None
    if not data["every_days"]:
        raise Refused("no_such_rhythm", _("It is not said how often."), _("Give a number of days."))
    return int(data["every_days"])


@form_view
@about(queries.claim_for)
def party(request: Asked, claim: Any) -> HttpResponse:
    """Who has an interest in the case, and whether the customer agrees that they hear how it goes."""
    case = _case(request, claim)
    return act_page(
        request,
        claim,
        PartyForm(request.POST or None, holders=_people(claim, request)),
        lambda data: verbs.set_party(
            case,
            _holder(claim, request, data["who"]),
            part=data["part"],
            may_be_told=Told(data["may_be_told"]),
            by=request.post,
            now=request.now,
        ),
        said=_("It is kept."),
        heading=_("Who hears how it goes with %(name)s"),
        button=_("Keep it"),
        table=words.parties_table(queries.case_page(case, request.now).parties, request.today),
    )


# Asking services


@form_view
@about(queries.claim_for)
def ask_about(request: Asked, claim: Any) -> HttpResponse:
    """Ask a service whether it is right for this customer."""
    case = _case(request, claim)
    services = list(queries.services_for(claim)[:MOST_SERVICES])
    form = EnquiryForm(
        request.POST or None,
        services=services,
        case=True,
        today=request.today,
        initial={"channel": ContactChannel.PHONE, "service": request.GET.get("service", ""), "named": "no"},
    )
    return act_page(
        request,
        claim,
        form,
        lambda data: _enquire(request, services, data, case),
        said=_("The question is kept."),
        heading=_("Ask a service about %(name)s"),
        button=_("Keep it"),
    )


@form_view
def ask(request: Asked) -> HttpResponse:
    """Ask a service about what it offers, about nobody in particular."""
    services = list(queries.services_near(request.post)[:MOST_SERVICES])
    form = EnquiryForm(
        request.POST or None,
        services=services,
        case=False,
        today=request.today,
        initial={"channel": ContactChannel.PHONE, "service": request.GET.get("service", "")},
    )
    return one_form(
        request,
        form,
        lambda data: _enquire(request, services, data, None),
        said=_("The question is kept."),
        heading=_("Ask a service"),
        button=_("Keep it"),
        back=reverse("casework:enquiries"),
    )


def _enquire(request: Asked, services: Sequence[Any], data: dict[str, Any], case: Any) -> Any:
    service = next(s for s in services if s.ref == data["service"])
    return verbs.enquire(
        service,
        question=data["question"],
        channel=ContactChannel(data["channel"]),
        case=case,
        named=data.get("named") == "yes",
        consented_on=data.get("consented_on"),
        answer=data["answer"],
        answered_name=data["answered_name"],
        by=request.post,
        now=request.now,
    )


@form_view
@about(queries.enquiry_for, lambda row: row.case.claim if row.case else None)
def enquiry(request: Asked, row: Any) -> HttpResponse:
    """What a service answered, and what becomes of the question."""
    form = EnquiryAnswerForm(request.POST or None, answered=row.answered_at is not None)
    rows = [
        Row(_("Service"), words.named(row.service.name, row.service.organisation.name)),
        Row(_("Asked"), f"{row.asked_by.person.name}, {day(row.asked_at, request.today)}"),
        Row(_("Question"), row.question),
        Row(_("They know who it is"), _("yes, the customer agreed") if row.named else _("no")),
    ]
    if row.answered_at:
        rows.append(Row(_("Answer"), words.named(row.answer, row.answered_name)))
    if row.led_to:
        why = f": {row.led_to_why}" if row.led_to_why else ""
        rows.append(Row(_("What became of it"), f"{row.get_led_to_display()}{why}"))
    back = case_url(row.case.claim) if row.case else reverse("casework:enquiries")
    more: dict[str, Any] = {
        "said": _("It is kept."),
        "heading": _("A question to a service"),
        "button": _("Keep it"),
        "back": back,
        "facts": rows,
        "settled": str(row.get_led_to_display()) if row.led_to and row.answered_at else "",
    }
    if row.case is None:
        return one_form(request, form, lambda data: _answer(request, row, data), **more)
    return act_page(request, row.case.claim, form, lambda data: _answer(request, row, data), **more)


def _answer(request: Asked, row: Any, data: dict[str, Any]) -> Any:
    """The answer first, where there is one, then what becomes of it."""
    if data.get("answer"):
        row = verbs.answer_enquiry(
            row,
            answer=data["answer"],
            answered_name=data["answered_name"],
            by=request.post,
            now=request.now,
        )
    if data["led_to"] != "later":
        return verbs.settle_enquiry(
            row, led_to=LedTo(data["led_to"]), why=data["why"], by=request.post, now=request.now
        )
    if not data.get("answer"):
        raise Refused(
            "nothing_said", _("Nothing was entered."), _("Write the answer, or what becomes of it.")
        )
    return row


# Keeping and closing


@form_view
@about(queries.claim_for)
def keep(request: Asked, claim: Any) -> HttpResponse:
    """Say why a customer who may be for a disability adviser stays; or hand them over from here."""
    case = _case(request, claim)
    rules = queries.rules_of(claim, request.today)
    rows = {code: row for code, row in rules.reasons("disability_adviser").items() if row.yes("for_keeping")}
    return act_page(
        request,
        claim,
        ReasonForm(request.POST or None, reasons=rows),
        lambda data: verbs.keep_case(case, **data, by=request.post, now=request.now),
        said=_("The reason is kept."),
        heading=_("Is %(name)s one for a disability adviser?"),
        button=_("They stay, because of this"),
        intro=_(
            "A disability adviser works with the most complex problems of health or disability in moving into work or"
            " staying in it. Passing a customer on is right when they can add something, and never a matter of liking."
        ),
        other_url=reverse("casework:hand_over", args=[claim.ref]),
        other_words=_("Hand over to a disability adviser"),
    )


@form_view
@about(queries.claim_for)
def close(request: Asked, claim: Any) -> HttpResponse:
    """Nobody is responsible any more, for a reason. The claim and its next step go on."""
    case = _case(request, claim)
    rows = queries.rules_of(claim, request.today).reasons("case_closed")
    return act_page(
        request,
        claim,
        ReasonForm(
            request.POST or None,
            reasons={code: row for code, row in rows.items() if not row.yes("by_itself")},
        ),
        lambda data: verbs.close_case(case, **data, by=request.post, now=request.now),
        said=_("The case is closed. The customer can be taken on again on any day."),
        heading=_("Close the case of %(name)s"),
        button=_("Close the case"),
        intro=_(
            "This ends neither the claim nor what is next for the customer, and takes nothing from them."
        ),
    )
