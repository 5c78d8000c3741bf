"""A case goes to somebody else: asked, answered, lent, brought back (R:L1120)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from waymark.casework import access
from waymark.casework.enums import (
    TRANSFER_LIFE,
    WAITING,
    Held,
    Told,
    TransferKind,
    TransferState,
)
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.telling import tell_customer
from waymark.casework.verbs.cases import overtake
from waymark.casework.verbs.common import (
    Holder,
    close_task,
    keep_a_next_step,
    lock,
    manager_now,
    name_of,
    post_of,
    reason_in,
    refs,
    rules_for,
    somebody_here,
    succeed,
    task_for,
    working_day,
)
from waymark.casework.verbs.workers import keep_party
from waymark.directory.models import Contact
from waymark.interviews.models import Preferences
from waymark.kernel.clock import day_of, words
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.worklist.enums import Outcome, TaskKind


@dataclass(frozen=True)
class Wanted:
    """Who should be responsible, why, what it was weighed by, and when it comes back."""

    kind: TransferKind
    to: Holder
    reason: str
    customer_agreed: bool
    remit: tuple[str, ...] = ()
    why: str = ""
    made_as: str = ""
    customer_prefers: str = ""
    customer_needs: str = ""
    knows_the_case: str = ""
    can_provide: str = ""
    agreed_with: str = ""
    lender_hears: bool = False
    returns_on: date | None = None
    returns_when: str = ""
    ask_on: date | None = None
    hold_until_met: bool = False


@transaction.atomic
def propose_transfer(case: Case, wanted: Wanted, *, by: Post, now: datetime) -> Transfer:
    """Ask somebody to be responsible for a customer.

    For good, it holds when they accept; until then nothing changes. For a time, it holds at once, as an absence
    cannot wait, and comes back by itself. Either waits for the customer to have met them where that is wished
    (R:L964). Refused without the customer's yes, except for a reason that allows it, and for somebody whom the
    customer asked not to meet.
    """
    case = lock(case)
    claim, on = case.claim, day_of(now)
    insist(access.is_open(case))
    insist(access.may_help(claim, by))
    rules = rules_for(claim, on)
    held = manager_now(case)
    reason = reason_in(rules, "transfer", wanted.reason)
    _insist_on_sense(case, held, wanted, reason, rules, on)
    post, contact = _sides(wanted.to)
    transfer = Transfer.objects.create(
        ref=new_ref("H"),
        case=case,
        kind=wanted.kind,
        from_manager=held,
        to_post=post,
        to_contact=contact,
        reason=wanted.reason,
        remit=list(wanted.remit),
        why=wanted.why.strip(),
        made_as=wanted.made_as or by.role,
        received_as=post.role if post else "",
        customer_prefers=wanted.customer_prefers.strip(),
        customer_needs=wanted.customer_needs.strip(),
        knows_the_case=wanted.knows_the_case.strip(),
        can_provide=wanted.can_provide.strip(),
        customer_agreed=wanted.customer_agreed,
        agreed_with=wanted.agreed_with.strip()[:200],
        lender_hears=wanted.lender_hears,
        returns_on=wanted.returns_on,
        returns_when=wanted.returns_when.strip()[:300],
        ask_on=wanted.ask_on,
        hold_until_met=wanted.hold_until_met,
        proposed_at=now,
        proposed_by=by,
    )
    note_event(
        Happened.TRANSFER_PROPOSED,
        by=by,
        now=now,
        why=transfer.why or reason.title,
        until=transfer.returns_on.isoformat() if transfer.returns_on else "",
        **_about(transfer),
    )
    if wanted.kind == TransferKind.PERMANENT:
        _ask(transfer, rules, by=by, now=now)
        return transfer
    _move(transfer, TransferState.ACCEPTED)
    return _agreed(transfer, rules, by=by, now=now)


@transaction.atomic
def answer_transfer(
    transfer: Transfer, *, accept: bool, reason: str = "", words: str = "", by: Post, now: datetime
) -> Transfer:
    """The one who is asked says yes or no. A no needs a word why; the customer then stays where they are.

    reason: a code of reasons/disability_adviser.csv whose `for_declining` is yes, where a disability adviser was
    asked (R:L575-579).
    """
    transfer = _locked(transfer)
    insist(access.may_answer(transfer, by))
    _insist_waiting(transfer)
    rules = rules_for(transfer.case.claim, day_of(now))
    if reason:
        reason_in(rules, "disability_adviser", reason, column="for_declining")
    if not accept and not reason and not words.strip():
        raise Refused("no_reason", "A no needs a word why.", "Say it so that the next try is a better one.")
    transfer.answered_at, transfer.answered_by = now, by
    transfer.answer_reason, transfer.answer_words = reason, words.strip()
    _move(
        transfer,
        TransferState.ACCEPTED if accept else TransferState.DECLINED,
        "answered_at",
        "answered_by",
        "answer_reason",
        "answer_words",
    )
    _close_question(transfer, by=by, now=now)
    title = rules.pack.reasons("disability_adviser")[reason].title if reason else ""
    note_event(
        Happened.TRANSFER_ANSWERED,
        by=by,
        now=now,
        why=words.strip() or title,
        accepted=accept,
        **_about(transfer),
    )
    if accept:
        return _agreed(transfer, rules, by=by, now=now)
    _decide_again(transfer, f"{transfer.to_name} cannot take it: {words.strip() or title}", by=by, now=now)
    return transfer


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, words: str, by: Post, now: datetime) -> Transfer:
    """Take a question back, or an agreement that does not hold yet. Nothing has changed for the customer."""
    transfer = _locked(transfer)
    insist(access.may_help(transfer.case.claim, by))
    if not words.strip():
        raise Refused("no_reason", "It is taken back for a reason.", "Write why.")
    _end(transfer, TransferState.WITHDRAWN, words, by=by, now=now)
    note_event(Happened.TRANSFER_WITHDRAWN, by=by, now=now, why=words.strip(), **_about(transfer))
    return transfer


@transaction.atomic
def lapse_transfer(transfer: Transfer, *, now: datetime) -> Transfer:
    """Nobody has answered: the customer stays where they are, and who asked decides again."""
    transfer = _locked(transfer)
    _insist_waiting(transfer)
    _end(transfer, TransferState.LAPSED, "It was never answered.", by=None, now=now, again=False)
    note_event(Happened.TRANSFER_LAPSED, by=None, now=now, **_about(transfer))
    _decide_again(transfer, f"{transfer.to_name} has not answered.", by=None, now=now)
    return transfer


@transaction.atomic
def have_met(transfer: Transfer, *, on: date, by: Post | None, now: datetime) -> Transfer:
    """The customer has met the one who takes over. What waited for that goes over now."""
    transfer = _locked(transfer)
    transfer.met_on, transfer.introduced = on, True
    transfer.save(update_fields=["met_on", "introduced"])
    if transfer.state == TransferState.ACCEPTED:
        _takes_effect(transfer, rules_for(transfer.case.claim, day_of(now)), by=by, now=now)
    return transfer


@transaction.atomic
def return_case(transfer: Transfer, *, words: str = "", by: Post | None, now: datetime) -> CaseManager:
    """A loan is over: the case is with its lender again, on its day, or earlier when what it waited for has come."""
    transfer = _locked(transfer)
    if by is not None:
        insist(access.may_bring_back(transfer, by))
    TRANSFER_LIFE.insist(transfer.state, TransferState.RETURNED)
    held = manager_now(transfer.case)
    back = _back_to(transfer, now)
    manager = succeed(held, back, why="The case came back.", now=now)
    _end(transfer, TransferState.RETURNED, words or "The time agreed is over.", by=by, now=now, again=False)
    keep_a_next_step(
        transfer.case.claim,
        TaskKind.ASK_RETURN,
        words="The case came back.",
        origin=Happened.CASE_RETURNED,
        by=by,
        now=now,
    )
    _keep_interest(transfer.case, held, "was responsible for a time", told=Told.NOT_ASKED, by=by, now=now)
    note_event(
        Happened.CASE_RETURNED,
        by=by,
        now=now,
        why=words.strip(),
        before=held.name,
        manager=manager.name,
        **_refs(transfer),
    )
    _say_hello(transfer, manager, back=True, by=by, now=now)
    tell_customer(transfer.case, before=held.name, manager=manager, by=by, now=now)
    return manager


@transaction.atomic
def prolong(transfer: Transfer, *, returns_on: date, words: str, by: Post, now: datetime) -> Transfer:
    """A loan lasts longer, until another day, for a reason: a date that passes by itself is never forgotten."""
    transfer = _locked(transfer)
    insist(access.may_bring_back(transfer, by))
    if transfer.state != TransferState.RUNNING:
        raise Refused("not_lent", "This case is not lent at present.", "")
    if returns_on <= day_of(now):
        raise Refused("returns_in_past", "It comes back on a day to come.", "Choose a later day.")
    if not words.strip():
        raise Refused("no_reason", "A longer time needs a reason.", "Write why.")
    old, transfer.returns_on = transfer.returns_on, returns_on
    transfer.save(update_fields=["returns_on"])
    note_event(
        Happened.LOAN_PROLONGED,
        by=by,
        now=now,
        why=words.strip(),
        old=old.isoformat() if old else "",
        until=returns_on.isoformat(),
        **_about(transfer),
    )
    return transfer


# What follows


def _insist_on_sense(
    case: Case, held: CaseManager, wanted: Wanted, reason: Reason, rules: Rules, on: date
) -> None:
    if Transfer.objects.filter(case=case, state__in=WAITING).exists():
        raise Refused(
            "handed_over_already",
            "This case is being handed over already.",
            "Wait for the answer, or take the question back.",
        )
    if wanted.kind not in reason.words("kinds"):
        raise Refused("no_such_reason", "That is no reason for this.", "Choose one from the list.")
    _insist_on_holder(case, held, wanted.to, on)
    if not wanted.customer_agreed and not reason.yes("without_agreement"):
        raise Refused(
            "customer_not_agreed",
            "The customer has not agreed.",
            "Talk with them first: who is responsible for them is agreed with them.",
        )
    if wanted.kind == TransferKind.PERMANENT and not wanted.can_provide.strip():
        raise Refused(
            "no_capacity",
            "For good, somebody takes over all the help the customer needs.",
            "Say how they can give it or find it.",
        )
    if wanted.kind == TransferKind.TEMPORARY:
        if held.kind == Held.TEMPORARY:
            raise Refused("lent_already", "This case is lent already.", "Bring it back first.")
        _insist_on_end(wanted, on)
    goes_to_one = isinstance(wanted.to, Post) and wanted.to.role == Role.DISABILITY_ADVISER
    if goes_to_one or reason.yes("to_disability_adviser"):
        for code in wanted.remit:
            reason_in(rules, "disability_adviser", code, column="for_passing")
        if not wanted.remit:
            raise Refused(
                "no_remit",
                "It is not said which part of a disability adviser's work this is.",
                "Choose at least one from the list.",
            )


def _insist_on_end(wanted: Wanted, on: date) -> None:
    if wanted.returns_on is None and not (wanted.returns_when.strip() and wanted.ask_on):
        raise Refused(
            "no_return",
            "It is not said when the case comes back.",
            "Give a day, or what must have happened and a day to ask.",
        )
    if any(day is not None and day <= on for day in (wanted.returns_on, wanted.ask_on)):
        raise Refused("returns_in_past", "It comes back on a day to come.", "Choose a later day.")


def _insist_on_holder(case: Case, held: CaseManager, to: Holder, on: date) -> None:
    if isinstance(to, Contact):
        insist(access.contact_is_there(to, on))
        if held.contact_id == to.pk:
            raise Refused("same_manager", f"{to.name} is responsible already.", "Choose somebody else.")
        return
    insist(access.may_manage(to, on))
    if held.person is not None and held.person.pk == to.person_id and held.post_id == to.pk:
        raise Refused("same_manager", f"{to.person.name} is responsible already.", "Choose somebody else.")
    if to.team.office.district_id != case.claim.office.district_id:
        raise Refused(
            "of_elsewhere", f"{to.person.name} works in another district.", "Choose somebody of this one."
        )
    if Preferences.objects.filter(claim=case.claim, avoid=to.person_id).exists():
        raise Refused(
            "asked_not_to_meet",
            f"{case.claim.customer.name} has asked not to meet {to.person.name}.",
            "Choose another colleague.",
        )


def _ask(transfer: Transfer, rules: Rules, *, by: Post, now: datetime) -> None:
    """The question is a dated task of the one who is asked; of who asks, where they do not sign in here."""
    transfer.answer_by = working_day(rules.value("casework.transfer_answer_days"), now)
    asked = f"{transfer.case.claim.customer.name}, from {transfer.from_manager.name}. {transfer.why}"
    transfer.task = task_for(
        transfer.case.claim,
        TaskKind.ANSWER_TRANSFER,
        transfer.to_post or by,
        due_on=transfer.answer_by,
        origin=Happened.TRANSFER_PROPOSED,
        words=asked if transfer.to_post else f"Ask {transfer.to_name}, {transfer.to_place}. {transfer.why}",
        by=by,
        now=now,
    )
    transfer.save(update_fields=["answer_by", "task"])


def _agreed(transfer: Transfer, rules: Rules, *, by: Post, now: datetime) -> Transfer:
    """It holds now; or once the customer has met them, and bringing that about is the next step."""
    if not transfer.hold_until_met or transfer.met_on is not None:
        return _takes_effect(transfer, rules, by=by, now=now)
    task_for(
        transfer.case.claim,
        TaskKind.PLAN_HANDOVER,
        manager_now(transfer.case),
        due_on=working_day(rules.value("casework.meet_within_days"), now),
        origin=Happened.TRANSFER_ANSWERED,
        words=f"{transfer.to_name} takes over when they have met.",
        by=by,
        now=now,
    )
    return transfer


def _takes_effect(transfer: Transfer, rules: Rules, *, by: Post | None, now: datetime) -> Transfer:
    """The moment it holds: the old manager ends, the new one begins, everybody is told."""
    case = transfer.case
    held = manager_now(case)
    lent = transfer.kind == TransferKind.TEMPORARY
    for running in Transfer.objects.filter(case=case, state=TransferState.RUNNING):
        overtake(running, "The case was handed over for good.", by=by, now=now)
    manager = succeed(
        held,
        transfer.receiver,
        kind=Held.TEMPORARY if lent else Held.OVERARCHING,
        lent_by=held if lent else None,
        made_as=transfer.received_as,
        why=transfer.why,
        agreed_with=transfer.agreed_with,
        now=now,
    )
    transfer.manager = manager
    _move(transfer, TransferState.RUNNING if lent else TransferState.DONE, "manager")
    told = Told.YES if transfer.lender_hears else Told.NOT_ASKED
    _keep_interest(case, held, "was responsible before", told=told, by=by, now=now)
    if transfer.to_contact is not None and transfer.customer_agreed:
        keep_party(case, transfer.to_contact, part="is responsible", may_be_told=Told.YES, by=by, now=now)
    keep_a_next_step(
        case.claim,
        TaskKind.PLAN_HANDOVER,
        TaskKind.TRANSFER_DECLINED,
        words=f"With {manager.name} now.",
        origin=Happened.CASE_LENT if lent else Happened.CASE_MANAGER_CHANGED,
        by=by,
        now=now,
    )
    note_event(
        Happened.CASE_LENT if lent else Happened.CASE_MANAGER_CHANGED,
        by=by,
        now=now,
        why=transfer.why,
        before=held.name,
        manager=manager.name,
        place=manager.place,
        until=transfer.returns_on.isoformat() if transfer.returns_on else "",
        when=transfer.returns_when,
        **_refs(transfer),
    )
    _say_hello(transfer, manager, back=False, by=by, now=now)
    if lent and transfer.ask_on is not None:
        _ask_for_return(transfer, by=by, now=now)
    tell_customer(case, before=held.name, manager=manager, by=by, now=now)
    return transfer


def _say_hello(
    transfer: Transfer, manager: CaseManager, *, back: bool, by: Post | None, now: datetime
) -> None:
    """Who is responsible now gets in touch: a dated task, so that a handover is seen by the one it is to."""
    claim = transfer.case.claim
    days: int = rules_for(claim, day_of(now)).value("casework.meet_within_days")
    due = working_day(days, now)
    transfer.case.next_contact_on = due
    transfer.case.save(update_fields=["next_contact_on"])
    task_for(
        claim,
        TaskKind.CASE_CONTACT,
        manager if manager.post else transfer.from_manager,
        due_on=due,
        origin=Happened.CASE_RETURNED if back else Happened.CASE_LENT,
        words=_hello_words(transfer, manager, back),
        by=by,
        now=now,
    )


def _hello_words(transfer: Transfer, manager: CaseManager, back: bool) -> str:
    if back:
        return f"With you again, from {transfer.to_name}. Ask how it went."
    if manager.post is None:
        return f"{manager.name} is responsible now. Ask whether they have been in touch."
    until = f" until {words(transfer.returns_on)}" if transfer.returns_on else ""
    return f"With you{until}, from {transfer.from_manager.name}. {transfer.why}"


def _ask_for_return(transfer: Transfer, *, by: Post | None, now: datetime) -> None:
    task_for(
        transfer.case.claim,
        TaskKind.ASK_RETURN,
        transfer.from_manager,
        due_on=transfer.ask_on or day_of(now),
        origin=Happened.CASE_LENT,
        words=f"It comes back when: {transfer.returns_when}",
        by=by,
        now=now,
    )


def _keep_interest(
    case: Case, manager: CaseManager, part: str, *, told: Told, by: Post | None, now: datetime
) -> None:
    who = manager.post or manager.contact
    if who is not None:
        keep_party(case, who, part=part, may_be_told=told, by=by, now=now)


def _decide_again(transfer: Transfer, words: str, *, by: Post | None, now: datetime) -> None:
    task_for(
        transfer.case.claim,
        TaskKind.TRANSFER_DECLINED,
        transfer.proposed_by,
        due_on=working_day(1, now),
        origin=Happened.TRANSFER_ANSWERED,
        words=words,
        by=by,
        now=now,
    )


def _back_to(transfer: Transfer, now: datetime) -> Holder:
    """The lender; whoever has their customers by now; else whoever there is."""
    claim, on = transfer.case.claim, day_of(now)
    lender = transfer.from_manager
    if transfer.back_to is not None and access.may_manage(transfer.back_to, on) is None:
        return transfer.back_to
    if lender.contact is not None:
        if access.contact_is_there(lender.contact, on) is None:
            return lender.contact
    elif lender.post is not None:
        post = lender.post if access.may_manage(lender.post, on) is None else None
        post = post or (None if lender.post.person.left_on else post_of(lender.post.person, claim, on))
        if post is not None:
            return post
    found = somebody_here(claim, on)
    if found is None:
        raise Refused(
            "nobody_to_manage",
            f"{claim.office.name} has nobody who could be responsible for this customer.",
            "Give an adviser a post there first.",
        )
    return found


def _close_question(transfer: Transfer, *, by: Post | None, now: datetime) -> None:
    if transfer.task is not None:
        close_task(transfer.task, by=by, now=now)


def _end(
    transfer: Transfer,
    state: TransferState,
    words: str,
    *,
    by: Post | None,
    now: datetime,
    again: bool = True,
) -> None:
    transfer.ended_at, transfer.ended_by, transfer.ended_words = now, by, words.strip()[:300]
    _move(transfer, state, "ended_at", "ended_by", "ended_words")
    if transfer.task is not None:
        close_task(transfer.task, outcome=Outcome.OVERTAKEN, by=by, now=now)
    if again:
        keep_a_next_step(
            transfer.case.claim,
            TaskKind.PLAN_HANDOVER,
            words=words,
            origin=Happened.TRANSFER_WITHDRAWN,
            by=by,
            now=now,
        )


def _insist_waiting(transfer: Transfer) -> None:
    if transfer.state != TransferState.PROPOSED:
        raise Refused(
            "transfer_answered",
            f"This transfer is “{transfer.get_state_display()}”.",
            "There is nothing to answer any more.",
        )


def _move(transfer: Transfer, state: TransferState, *also: str) -> None:
    TRANSFER_LIFE.insist(transfer.state, state)
    transfer.state = state
    transfer.save(update_fields=["state", *also])


def _locked(transfer: Transfer) -> Transfer:
    case = lock(Case(pk=transfer.case_id, claim_id=transfer.case.claim_id))
    held = (
        Transfer.objects.select_for_update(of=("self",))
        .select_related(
            "from_manager__post__person",
            "from_manager__post__team__office",
            "from_manager__contact__organisation",
            "to_post__person",
            "to_post__team__office",
            "to_contact__organisation",
            "back_to__person",
            "back_to__team__office",
            "proposed_by__person",
            "proposed_by__team",
            "task",
        )
        .get(pk=transfer.pk)
    )
    held.case = case
    return held


def _sides(holder: Holder) -> tuple[Post | None, Contact | None]:
    return (holder, None) if isinstance(holder, Post) else (None, holder)


def _refs(transfer: Transfer) -> dict[str, str]:
    return {"transfer": transfer.ref, "case": transfer.case.ref, **refs(transfer.case.claim)}


def _about(transfer: Transfer) -> dict[str, str]:
    return {
        "how": transfer.kind,
        "before": transfer.from_manager.name,
        "to": name_of(transfer.receiver),
        "made_as": transfer.made_as,
        **_refs(transfer),
    }
