"""Claims come and go: the first next step, and the last word."""

from datetime import date, datetime

from django.db import transaction

from waymark.customers import verbs as customers
from waymark.customers.enums import Route
from waymark.customers.models import Claim, Customer
from waymark.interviews import access
from waymark.interviews.announcing import Said, announce
from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import CausedBy, InterviewState
from waymark.interviews.series import verbs as series
from waymark.interviews.verbs.checks import overtake_checks
from waymark.interviews.verbs.common import lock, rules_for, set_state
from waymark.interviews.verbs.putting_off import end_deferral, end_waiver
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import insist
from waymark.notices import verbs as notices
from waymark.organisations.models import Office, Post
from waymark.worklist.enums import Outcome
from waymark.worklist.verbs import close_tasks


@transaction.atomic
def open_claim(
    customer: Customer,
    *,
    benefit: str,
    group: str,
    programme: str,
    office: Office,
    claimed_on: date,
    period_from: date,
    period_until: date | None = None,
    route: Route,
    by: Post,
    now: datetime,
) -> Claim:
    """A new claim: whether interviews are compulsory, and its first step: a call, or an offer of help."""
    claim = customers.make_claim(
        customer,
        benefit=benefit,
        group=group,
        programme=programme,
        office=office,
        claimed_on=claimed_on,
        period_from=period_from,
        period_until=period_until,
        route=route,
        by=by,
        now=now,
    )
    rules = rules_for(claim, day_of(now))
    series.begin(claim, rules=rules, by=by, now=now)
    return claim


@transaction.atomic
def end_claim(claim: Claim, *, on: date, why: str, by: Post, now: datetime) -> Claim:
    """The claim ends, and with it all that waited for it: interview, appointment, deferral, checks, letters, tasks."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    insist(access.may_reach(claim, by))
    for interview in claim.interviews.exclude(state__in=[InterviewState.HELD, InterviewState.CLOSED]):
        interview = lock(interview)
        end_deferral(interview, outcome="claim_ended", now=now)
        end_waiver(interview, outcome="claim_ended", now=now)
        for appointment in interview.appointments.filter(state="booked"):
            diary.cancel(
                appointment, caused_by=CausedBy.OTHER, reason="claim_ended", words=why, by=by, now=now
            )
        interview.conversations.exclude(state="finished").update(state="finished", finished_at=now)
        overtake_checks(interview, by=by, now=now)
        set_state(interview, InterviewState.CLOSED)
    notices.withdraw_waiting(claim, why="The claim has ended.", by=by, now=now)
    customers.end_claim(claim, on=on, why=why, by=by, now=now)
    announce(claim, Said.CLAIM_ENDED, by=by, now=now)
    close_tasks(claim, outcome=Outcome.OVERTAKEN, by=by, now=now)
    return claim
