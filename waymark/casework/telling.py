"""What the customer is told when somebody else is responsible for them: in words of help, never of duty."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from waymark.casework.enums import Held
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.interviews.holding import rules_for
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.notices.rules import NO_WAY
from waymark.organisations.models import Post


def tell_customer(
    case: Case, *, before: str, manager: CaseManager, by: Post | None, now: datetime
) -> Notice | None:
    """A letter on who is responsible now, until when, and at which number. None where there is no safe way to write.

    The change is in the customer's favour and was agreed with them: it holds without the letter; their own page
    says it too.
    """
    try:
        return notices.queue_notice(
            case.claim,
            NoticeKind.CASE_MANAGER_CHANGED,
            words=words_of_change(case, before=before, manager=manager, on=day_of(now)),
            rules=rules_for(case.claim, day_of(now)),
            by=by,
            now=now,
        )
    except Refused as refused:
        if refused.code not in NO_WAY:
            raise
        return None


def words_of_change(case: Case, *, before: str, manager: CaseManager, on: date) -> dict[str, Any]:
    """The words of that letter."""
    loan = Transfer.objects.filter(manager=manager).first() if manager.kind == Held.TEMPORARY else None
    helpers = case.workers.filter(ended_on=None).select_related("organisation", "contact", "post__person")
    return {
        "old_adviser": before,
        "new_adviser": manager.name,
        "provider_name": manager.place,
        "effective_date": on,
        "until": loan.returns_on if loan and loan.returns_on else "",
        "next_words": _("That is until this has happened: %(what)s") % {"what": loan.returns_when}
        if loan and not loan.returns_on
        else "",
        "help_list": [f"{helper.name}: {helper.part}" for helper in helpers] or "",
        "contact_name": manager.name,
        "contact_phone": manager.telephone or case.claim.office.telephone,
    }
