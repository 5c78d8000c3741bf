"""The claim goes on under another benefit while somebody may be talking about it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from waymark.customers import verbs as customers
from waymark.customers.models import Claim
from waymark.interviews.enums import CallState
from waymark.interviews.models import Conversation
from waymark.interviews.series import verbs as series
from waymark.interviews.verbs.claims import end_claim
from waymark.interviews.verbs.common import rules_for
from waymark.interviews.verbs.talking import save_answers
from waymark.kernel.clock import day_of, words
from waymark.kernel.refusal import Refused
from waymark.organisations.models import Post

BENEFIT = "benefit"


@transaction.atomic
def change_benefit(claim: Claim, new_benefit: str, *, why: str, on: date, by: Post, now: datetime) -> Claim:
    """Another benefit from a day on; a conversation that is not finished goes on with it (D:L1986-1998).

    Whether interviews are compulsory is looked at again by the rules of the new benefit. Its answer is brought up
    to date, so that the advice rests on the benefit that is claimed; the pages of the conversation say so.
    A benefit that is none of this programme's ends the claim on the day before, and the customer is told what that
    means (P:L1153, P:L1434). Refused as `customers.verbs.change_benefit` refuses. Says the claim as it is then.
    """
    elsewhere = rules_for(claim, on).benefits_elsewhere.get(new_benefit)
    if elsewhere is not None:
        return _moved_away(claim, elsewhere, why=why, on=on, by=by, now=now)
    customers.change_benefit(claim, new_benefit, why=why, on=on, by=by, now=now)
    unfinished = Conversation.objects.select_for_update().filter(interview__claim=claim)
    for conversation in unfinished.exclude(state=CallState.FINISHED):
        save_answers(conversation, {BENEFIT: new_benefit}, now)
    claim.refresh_from_db(fields=["benefit"])
    series.recheck(claim, by=by, now=now)
    return claim


def _moved_away(claim: Claim, benefit: str, *, why: str, on: date, by: Post, now: datetime) -> Claim:
    """The claim has its last day the day before the other benefit begins."""
    if not why.strip():
        raise Refused("no_reason", "A change of benefit needs a reason.", "Write who started it and why.")
    if on < claim.claimed_on:
        raise Refused(
            "before_claim", "The change lies before the claim.", f"Choose {words(claim.claimed_on)} or later."
        )
    moves = [
        row for row in rules_for(claim, day_of(now)).reasons("claim_end").values() if row.yes("moves_to")
    ]
    if not moves:
        raise Refused(
            "no_such_benefit", f"This programme does not know a move to {benefit}.", "End the claim instead."
        )
    last_day = max(claim.claimed_on, on - timedelta(days=1))
    return end_claim(claim, reason=moves[0].code, on=last_day, why=why, moved_to=benefit, by=by, now=now)
