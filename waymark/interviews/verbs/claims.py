"""Claims come and go: the first next step, and the last word."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.customers import verbs as customers
from waymark.customers.enums import Route
from waymark.customers.models import Claim, Customer
from waymark.interviews import access, notice_words
from waymark.interviews.announcing import Said, announce
from waymark.interviews.diary import verbs as diary
from waymark.interviews.enums import CausedBy, InterviewState
from waymark.interviews.series import verbs as series
from waymark.interviews.verbs.checks import overtake_checks
from waymark.interviews.verbs.common import lock, rules_for, set_state
from waymark.interviews.verbs.putting_off import end_deferral, end_waiver
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.rules import NO_WAY
from waymark.organisations.models import Office, Post
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
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
def end_claim(
    claim: Claim, *, reason: str, on: date, why: str = "", moved_to: str = "", by: Post, now: datetime
) -> Claim:
    """The claim ends, and with it all that waited for it: interview, appointment, deferral, checks, letters, tasks.

    reason: a code of reasons/claim_end.csv, which says whether the customer is told what is over and where to go
    now (P:L257, P:L1153, P:L1364); why: more about it in words, which the letter does not repeat; moved_to: the
    benefit they have from then on, where they move to another. Where there is no safe way to write the claim ends
    all the same, and the record says that nobody was told in writing.
    """
    claim = _locked(claim)
    insist(access.may_reach(claim, by))
    rules = rules_for(claim, day_of(now))
    row = customers.reason_of_end(rules, reason, why=why, moved_to=moved_to, by=by)
    booked = _close_interviews(claim, words=row.title, by=by, now=now)
    notices.withdraw_waiting(claim, why="The claim has ended.", by=by, now=now)
    told = None
    if row.yes("tells"):
        words = words_of_end(claim, row, rules, on=on, moved_to=moved_to, booked=booked)
        told = _told(claim, words, rules=rules, by=by, now=now)
    customers.end_claim(claim, row, on=on, why=why, moved_to=moved_to, told=told, by=by, now=now)
    close_tasks(claim, outcome=Outcome.OVERTAKEN, by=by, now=now)
    # After its tasks: help that goes on after the claim opens tasks of its own (P:L1539).
    announce(claim, Said.CLAIM_ENDED, by=by, now=now)
    claim.refresh_from_db()
    return claim


def _close_interviews(claim: Claim, *, words: str, by: Post, now: datetime) -> datetime | None:
    """Nothing of the claim is left open. Says what was booked and is free again, the next first."""
    booked: list[datetime] = []
    for interview in claim.interviews.exclude(state__in=[InterviewState.HELD, InterviewState.CLOSED]):
        interview = lock(interview)
        end_deferral(interview, outcome="claim_ended", now=now)
        end_waiver(interview, outcome="claim_ended", now=now)
        for appointment in interview.appointments.filter(state="booked"):
            booked.append(appointment.starts_at)
            diary.cancel(
                appointment, caused_by=CausedBy.OTHER, reason="claim_ended", words=words, by=by, now=now
            )
        interview.conversations.exclude(state="finished").update(state="finished", finished_at=now)
        overtake_checks(interview, by=by, now=now)
        set_state(interview, InterviewState.CLOSED)
    return min((moment for moment in booked if moment > now), default=None)


def words_of_end(
    claim: Claim, reason: Reason, rules: Rules, *, on: date, moved_to: str, booked: datetime | None
) -> dict[str, Any]:
    """What the letter says that tells of the end."""
    others = rules.value("sanctions.other_benefits") if reason.yes("names_other_benefits") else []
    return {
        **notice_words.advisers_of(claim.office),
        "last_day": on,
        "reason": reason.columns["letter_words"],
        "new_benefit": moved_to,
        "cancelled_on": booked,
        "now_words": reason.columns["now_words"],
        "help_words": reason.columns["help_words"],
        "other_benefits": list(others),
    }


def _told(claim: Claim, words: dict[str, Any], *, rules: Rules, by: Post, now: datetime) -> bool:
    try:
        notices.queue_notice(claim, NoticeKind.CLAIM_ENDED, words=words, rules=rules, by=by, now=now)
    except Refused as refused:
        if refused.code not in NO_WAY:
            raise
        return False
    return True


def _locked(claim: Claim) -> Claim:
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )
