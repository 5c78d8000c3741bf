"""The claim goes on under another benefit while somebody may be talking about it."""

from datetime import date, datetime

from django.db import transaction

from waymark.customers import verbs as customers
from waymark.customers.models import BenefitChange, Claim
from waymark.interviews.enums import CallState
from waymark.interviews.models import Conversation
from waymark.interviews.series import verbs as series
from waymark.interviews.verbs.talking import save_answers
from waymark.organisations.models import Post

BENEFIT = "benefit"


@transaction.atomic
def change_benefit(
    claim: Claim, new_benefit: str, *, why: str, on: date, by: Post, now: datetime
) -> BenefitChange:
    """Another benefit from a day on; a conversation that is not finished goes on with it (D:L1986-1998).

    Whether interviews are compulsory is looked at again by the rules of the new benefit.
    Its answer is brought up to date, so that the advice rests on the benefit that is claimed; the pages of the
    conversation say so. Refused as `customers.verbs.change_benefit` refuses.
    """
    change = customers.change_benefit(claim, new_benefit, why=why, on=on, by=by, now=now)
    unfinished = Conversation.objects.select_for_update().filter(interview__claim=claim)
    for conversation in unfinished.exclude(state=CallState.FINISHED):
        save_answers(conversation, {BENEFIT: new_benefit}, now)
    claim.refresh_from_db(fields=["benefit"])
    series.recheck(claim, by=by, now=now)
    return change
