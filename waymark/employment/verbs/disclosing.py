"""Telling an employer of one's health: talked about once, the same for every adviser after."""

from datetime import datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.employment import access
from waymark.employment.common import lock, refs
from waymark.employment.enums import Disclosing
from waymark.employment.models import Disclosure
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def talk_of_disclosure(
    claim: Claim,
    *,
    advice: str,
    decided: Disclosing,
    ways_shown: bool,
    law_named: bool,
    whom: str = "",
    words: str = "",
    otherwise_why: str = "",
    by: Post,
    now: datetime,
) -> Disclosure:
    """What was said about disclosure, and what the customer decided. It is shown at every later start.

    advice: what we said; words: what the customer said; whom: who is to be told. Where advice stands already,
    `otherwise_why` says why it is another now: customers were told to and told not to (M:L2911-2913).
    """
    claim = lock(claim)
    insist(access.may_go_on_helping(claim, by))
    if not advice.strip():
        raise Refused("no_words", "What did you say?", "Write it, so that the next adviser says the same.")
    if not ways_shown:
        raise Refused(
            "ways_not_shown",
            "All the ways have to be put neutrally: telling, telling later, telling one person, not telling.",
            "Go through the guidance with the customer, then come back.",
        )
    if decided == Disclosing.ONE_PERSON and not whom.strip():
        raise Refused("no_name", "Who is that one person?", "Write who: a manager, somebody in personnel.")
    before = Disclosure.objects.select_for_update().filter(claim=claim, until=None).first()
    if before is not None:
        if not otherwise_why.strip():
            raise Refused(
                "advice_stands",
                f"{before.by.person.name} talked about this on {before.on:%d %B %Y}, and that holds.",
                "Say the same; or write why it is otherwise now.",
            )
        before.until = day_of(now)
        before.save(update_fields=["until"])
    made = Disclosure.objects.create(
        claim=claim,
        on=day_of(now),
        by=by,
        ways_shown=ways_shown,
        law_named=law_named,
        advice=advice.strip(),
        decided=decided,
        whom=whom.strip()[:200],
        words=words.strip(),
        otherwise=before,
        otherwise_why=otherwise_why.strip()[:300] if before is not None else "",
    )
    note_event(
        Happened.DISCLOSURE_TALKED,
        by=by,
        now=now,
        why=otherwise_why.strip() if before is not None else "",
        decided=str(made.get_decided_display()),
        whom=made.whom,
        again=before is not None,
        **refs(claim),
    )
    return made
