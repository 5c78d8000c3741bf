"""What a transfer must be to be asked for: somebody who can, a reason, an end, the customer's yes (R:L1120)."""

from dataclasses import dataclass
from datetime import date

from waymark.casework import access
from waymark.casework.enums import WAITING, Held, TransferKind
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.verbs.common import Holder, reason_in
from waymark.directory.models import Contact
from waymark.interviews.models import Preferences
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import Role
from waymark.organisations.models import Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules


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


def insist_on_sense(
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
