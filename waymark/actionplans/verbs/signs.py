"""Signs of progress, as somebody saw them on a day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from waymark.actionplans import access
from waymark.actionplans.enums import Seen, SeenBy
from waymark.actionplans.models import Observation
from waymark.customers.models import Claim
from waymark.employment.common import lock, refs, rules_of
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def see_signs(
    claim: Claim,
    seen: Mapping[str, Seen],
    *,
    seen_by: SeenBy = SeenBy.ADVISER,
    who: str = "",
    words: str = "",
    on: date,
    by: Post,
    now: datetime,
) -> list[Observation]:
    """Keep what was seen on a day, each sign by its code of reasons/sign_of_progress.csv; a setback is seen too.

    who: the name of who saw it; the adviser's or the customer's own is known. Nothing follows from any answer.
    """
    claim = lock(claim)
    insist(access.may_help(claim, by))
    known = rules_of(claim, now).reasons("sign_of_progress")
    unknown = [code for code in seen if code not in known]
    if unknown:
        raise Refused("no_such_code", f"The programme knows no sign “{unknown[0]}”.", "Choose from the list.")
    if not seen:
        raise Refused(
            "nothing_seen", "Nothing is marked.", "Mark at least one sign; the others stay as they are."
        )
    if on > day_of(now):
        raise Refused("day_to_come", "That day has not come yet.", "Give the day on which it was seen.")
    names = {SeenBy.ADVISER: by.person.name, SeenBy.CUSTOMER: claim.customer.name}
    name = who.strip() or names.get(SeenBy(seen_by), "")
    if not name:
        raise Refused("no_name", "Who saw it?", "Give the name of who helps the customer.")
    rows = [
        Observation(
            claim=claim,
            sign=code,
            seen=value,
            seen_by=seen_by,
            who=name[:100],
            words=words.strip()[:300],
            on=on,
            noted_at=now,
            noted_by=by,
        )
        for code, value in seen.items()
    ]
    made = Observation.objects.bulk_create(rows)
    note_event(
        Happened.SIGN_SEEN,
        by=by,
        now=now,
        why=words.strip(),
        signs=[f"{known[code].title}: {Seen(value).label}" for code, value in seen.items()],
        who=name,
        **refs(claim),
    )
    return made
