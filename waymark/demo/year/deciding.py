"""The delivery centre: cases decided, reductions put into effect, lifted, and looked at again."""

from waymark.demo.year.day import Day
from waymark.organisations.models import Post
from waymark.sanctions import verbs
from waymark.sanctions.enums import ChallengeOutcome, LiftedBecause, RulingOutcome, SanctionState
from waymark.sanctions.models import Bundle, Challenge, Sanction
from waymark.worklist.models import Task

# How decision makers decide (local; the reports give no numbers).
OUTCOMES = {
    RulingOutcome.SANCTION: 45,
    RulingOutcome.NO_SANCTION: 30,
    RulingOutcome.GOOD_CAUSE: 10,
    RulingOutcome.RETURNED: 15,
}
BECAUSE = {
    RulingOutcome.SANCTION: "You did not come, and nobody could find out why.",
    RulingOutcome.NO_SANCTION: "Nothing should follow from this.",
    RulingOutcome.GOOD_CAUSE: "The letter came back to us.",
    RulingOutcome.RETURNED: "It is not clear where the letter went.",
}


def decide(task: Task, day: Day) -> None:
    bundle = (
        Bundle.objects.filter(breach__interview__claim=task.claim_id, breach__state="referred")
        .defer("pdf")
        .select_related("breach__interview", "made_by")
        .first()
    )
    if bundle is None:
        return
    outcome = day.random.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    verdict = verbs.Verdict(
        outcome,
        BECAUSE[outcome],
        missing="Was the letter sent to the address of today?" if outcome == RulingOutcome.RETURNED else "",
        cause="letter_not_received" if outcome == RulingOutcome.GOOD_CAUSE else "",
    )
    done = day.do(verbs.rule, bundle, verdict, by=day.decider())
    if done is None and outcome == RulingOutcome.SANCTION:
        mild = verbs.Verdict(RulingOutcome.NO_SANCTION, BECAUSE[RulingOutcome.NO_SANCTION])
        day.do(verbs.rule, bundle, mild, by=day.decider())


def put_into_effect(task: Task, day: Day) -> None:
    sanction = _sanction(task, SanctionState.NOTIFIED)
    if sanction is not None:
        day.do(verbs.put_into_effect, sanction, by=day.decider())


def welfare_call(task: Task, day: Day) -> None:
    """What the letter means, how it ends. The customer may challenge the decision, or explain after all."""
    sanction = _sanction(task, SanctionState.NOTIFIED, SanctionState.IN_EFFECT)
    if sanction is None:
        return
    by = day.adviser_owning(task)
    day.do(verbs.welfare_called, sanction, "Knows how it ends; has food in the house.", by=by)
    if day.chance(day.rates.challenges):
        ruling = sanction.ruling
        day.do(verbs.challenge, ruling, "I never got the letter.", asked_on=day.on, by=by)


def lift(task: Task, day: Day) -> None:
    sanction = _sanction(task, SanctionState.IN_EFFECT)
    if sanction is not None:
        _lift(day, sanction, day.adviser_owning(task))


def _lift(day: Day, sanction: Sanction, by: Post) -> None:
    day.do(
        verbs.lift, sanction, LiftedBecause.ATTENDED, from_day=day.on, words="Came to the interview.", by=by
    )


def reconsider(task: Task, day: Day) -> None:
    """Somebody who had no part in it looks again."""
    challenge = (
        Challenge.objects.filter(ruling__bundle__breach__interview__claim=task.claim_id, decided_at=None)
        .select_related("ruling__decided_by")
        .first()
    )
    if challenge is None:
        return
    outcome = ChallengeOutcome.CHANGED if day.chance(0.5) else ChallengeOutcome.UPHELD
    by = day.decider(challenge.ruling.decided_by.person_id)
    day.do(verbs.decide_challenge, challenge, outcome, "Looked at with what you have told us.", by=by)


def _sanction(task: Task, *states: SanctionState) -> Sanction | None:
    found = Sanction.objects.filter(ruling__bundle__breach__interview__claim=task.claim_id, state__in=states)
    return found.select_related("ruling__bundle__breach__interview").order_by("-id").first()
