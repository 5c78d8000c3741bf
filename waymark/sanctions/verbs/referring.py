"""Closing a case, or handing it to a decision maker with everything there is about it."""

from datetime import datetime

from django.db import transaction

from waymark.interviews.verbs.common import team
from waymark.kernel.clock import day_of, words
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind, NoticeState
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Post
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.sanctions import access, rendering
from waymark.sanctions.enums import CASE_TASKS, UNDER_WAY, WITH_US, BreachState
from waymark.sanctions.models import Breach, Bundle
from waymark.sanctions.queries.content import content_of
from waymark.sanctions.queries.gates import gates_of, proof_of_notice
from waymark.sanctions.rules import pounds, reduction, shut
from waymark.sanctions.verbs.common import (
    after_the_case,
    become,
    end,
    insist_on_state,
    insist_on_words,
    lock,
    missed_day,
    note,
    reason_named,
    rules_today,
    tell,
    working_day,
)
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.verbs import close_tasks, open_task


@transaction.atomic
def close(breach: Breach, reason: str, *, words: str = "", by: Post, now: datetime) -> Breach:
    """Nothing follows: a person says why. Possible at every moment until it is decided (P:L485)."""
    breach = lock(breach)
    insist(access.may_pursue(breach.interview.claim, by))
    found = reason_named(rules_today(breach, now), "breach_closed", reason)
    return close_case(breach, found.code, words=words, origin=Happened.BREACH_CLOSED, by=by, now=now)


def close_case(
    breach: Breach, reason: str, *, words: str = "", origin: Happened, by: Post | None, now: datetime
) -> Breach:
    """What `close` does, also where it follows by itself from something that is in the customer's favour."""
    insist_on_state(breach, *UNDER_WAY)
    rules = rules_today(breach, now)
    found = reason_named(rules, "breach_closed", reason)
    because = f"{found.title}. {words.strip()}".strip() if words.strip() else found.title
    end(breach, BreachState.CLOSED, because, now)
    next_words = after_the_case(
        breach, origin=origin, text=f"The case is closed: {found.title}.", by=by, now=now
    )
    if found.yes("tells"):
        tell(
            breach.interview.claim,
            NoticeKind.NO_CHANGE,
            {"reason": found.columns["letter_words"], "next_words": next_words},
            contact=breach.opened_by,
            rules=rules,
            by=by,
            now=now,
        )
    note(Happened.BREACH_CLOSED, breach, by=by, now=now, why=because)
    return breach


def undo(breach: Breach, *, by: Post | None, now: datetime) -> Breach:
    """Nobody had missed it. The case closes, and the letter that asked why does not go, or is taken back."""
    end(breach, BreachState.CLOSED, "It was marked as missed by mistake.", now)
    close_tasks(breach.interview.claim, *CASE_TASKS, outcome=Outcome.OVERTAKEN, by=by, now=now)
    letter = breach.asked_by_notice
    if letter is not None and letter.state == NoticeState.SENT:
        tell(
            breach.interview.claim,
            NoticeKind.MISSED_TAKEN_BACK,
            missed_day(breach),
            contact=by or breach.opened_by,
            rules=rules_today(breach, now),
            by=by,
            now=now,
        )
    elif letter is not None and letter.state != NoticeState.WITHDRAWN:
        notices.withdraw(letter, "It was marked as missed by mistake.", by=by, now=now)
    note(Happened.BREACH_CLOSED, breach, by=by, now=now, why=breach.closed_because)
    return breach


@transaction.atomic
def refer(breach: Breach, *, adviser_view: str, paid_now: int, by: Post, now: datetime) -> Bundle:
    """Hand the case to a decision maker, with the bundle: refused, gate by gate, until every one is passed.

    paid_now: what the customer is paid now, in pence a week; what would be left is worked out and shown (P:L686).
    """
    breach = lock(breach)
    claim = breach.interview.claim
    insist(access.may_pursue(claim, by))
    insist_on_state(breach, *WITH_US)
    insist_on_gates(breach, now)
    view = insist_on_words(
        adviser_view, "Your own view is missing.", "Write it: the decision maker does not know the customer."
    )
    rules = rules_today(breach, now)
    left = would_be_paid(rules, paid_now)
    proof = proof_of_notice(breach.appointment)
    assert proof is not None
    ref = new_ref("U")
    content = content_of(
        breach, ref=ref, view=view, paid_now=paid_now, would_be_paid=left, rules=rules, by=by, now=now
    )
    bundle = Bundle.objects.create(
        ref=ref,
        breach=breach,
        made_by=by,
        made_at=now,
        adviser_view=view,
        proof=proof,
        paid_now=paid_now,
        would_be_paid=left,
        content=content,
        pdf=rendering.pdf(content),
    )
    become(breach, BreachState.REFERRED)
    close_tasks(claim, *CASE_TASKS, by=by, now=now)
    _to_decide(breach, rules, by, now)
    note(
        Happened.BREACH_REFERRED,
        breach,
        by=by,
        now=now,
        why=view,
        bundle=ref,
        paid_now=pounds(paid_now),
        would_be_paid=pounds(left),
    )
    return bundle


def insist_on_gates(breach: Breach, now: datetime) -> None:
    """Every gate: the first that is shut is the refusal, the number of the others stands with its cure."""
    closed = shut(gates_of(breach, day_of(now)))
    if not closed:
        return
    first, *others = closed
    more = f" {len(others)} more: see the list of what must be there." if others else ""
    raise Refused(f"gate_{first.code}", first.why, f"{first.cure}{more}".strip())


def would_be_paid(rules: Rules, paid_now: int) -> int:
    """What would be left a week, in pence; refused where nothing could be taken off."""
    if paid_now <= 0:
        raise Refused(
            "nothing_paid", "It is not known what the customer is paid.", "Ask, and enter the week's sum."
        )
    floor = rules.value("sanctions.floor_pence_weekly")
    off = reduction(
        paid_now,
        percent=rules.value("sanctions.reduction_percent"),
        pence=rules.value("sanctions.reduction_pence_weekly"),
        floor=floor,
    )
    if off <= 0:
        raise Refused(
            "nothing_to_take",
            f"{pounds(floor)} a week are always left: nothing could be taken off {pounds(paid_now)}.",
            "Close the case, and go on with the customer.",
        )
    return paid_now - off


def _to_decide(breach: Breach, rules: Rules, by: Post, now: datetime) -> None:
    claim = breach.interview.claim
    deciders = team(claim.office, TeamKind.DECISION_MAKERS)
    due = working_day(rules.value("sanctions.decide_within_working_days"), now)
    open_task(
        claim,
        TaskKind.DECIDE_SANCTION,
        team=deciders,
        due_on=due,
        origin=Happened.BREACH_REFERRED,
        by=by,
        now=now,
    )
    tell(
        claim,
        NoticeKind.SENT_TO_DECISION_MAKER,
        {
            **missed_day(breach),
            "decision_team": deciders.office.name,
            "likely_when": f"by {words(due)}",
        },
        contact=by,
        rules=rules,
        by=by,
        now=now,
    )
