"""Whatever is done in whatever order on whatever day: no bundle and no reduction without every gate, told from the rows.

The proof does not use the gates of the code: it reads the tables by itself and counts.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.diaries.makers import slot
from tests.place import make_place
from tests.properties.walking import empty, lost_claims
from tests.sanctions import making
from waymark.customers.models import Claim
from waymark.inbound.enums import About
from waymark.inbound.models import Message
from waymark.interviews import verbs as interviews
from waymark.interviews.enums import InterviewState
from waymark.interviews.models import Appointment, Interview, Requirement
from waymark.interviews.series.verbs import settle_requirement
from waymark.interviews.sittings.settling import missed
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.outbox import deliver_due
from waymark.sanctions import verbs
from waymark.sanctions.enums import BreachKind, Channel, RulingOutcome
from waymark.sanctions.models import Breach, Bundle, Sanction

pytestmark = pytest.mark.django_db(transaction=True)
UNDER_WAY = ("open", "returned", "referred")


class NoSanctionWithoutEveryGate(RuleBasedStateMachine):
    """One claim, everything that can be done about it, each step a transaction of its own. A verb may refuse."""

    @initialize(by_choice=st.booleans())
    def begin(self, by_choice: bool) -> None:
        empty()
        self.place, self.day = make_place(), 0
        self.centre = making.make_centre(self.place)
        self.interview = self.place.claim(now=making.moment(0))
        self.by_choice = by_choice
        if by_choice:
            self.attempt(
                settle_requirement,
                self.claim,
                because="own_choice",
                words="By choice.",
                by=self.place.adviser,
            )

    @property
    def claim(self) -> Claim:
        return Claim.objects.select_related("customer", "office__district").get(pk=self.interview.claim_id)

    @property
    def now(self):
        return making.moment(self.day, 17)

    def attempt(self, verb, *args, **more):
        try:
            with transaction.atomic():
                return verb(*args, now=self.now, **more)
        except Refused:
            return None

    def case(self) -> Breach | None:
        found = Breach.objects.filter(interview__claim=self.claim, state__in=UNDER_WAY).first()
        return making.fresh(found) if found else None

    @rule()
    def book_and_tell(self) -> None:
        interview = Interview.objects.get(pk=self.interview.pk)
        if interview.state == InterviewState.DUE:
            when = making.moment(self.day + 3 + (-(self.day + 3 - 6)) % 7 % 2, 10)
            self.attempt(
                interviews.book_interview, interview, slot(self.place.adviser, when), by=self.place.adviser
            )

    @rule()
    def letters_go_out(self) -> None:
        deliver_due(self.now)

    @rule()
    def nobody_comes(self) -> None:
        for appointment in Appointment.objects.filter(interview__claim=self.claim, state="booked"):
            self.attempt(missed, appointment, by=self.place.adviser)

    @rule()
    def open_a_case(self) -> None:
        for appointment in Appointment.objects.filter(interview__claim=self.claim, state="missed"):
            self.attempt(verbs.open_breach, appointment, BreachKind.NOT_ATTENDING, by=self.place.adviser)

    @rule(channel=st.sampled_from([Channel.PHONE, Channel.VISIT]), reached=st.booleans())
    def try_to_reach(self, channel: Channel, reached: bool) -> None:
        if breach := self.case():
            self.attempt(verbs.note_attempt, breach, channel, reached=reached, by=self.place.adviser)

    @rule(risky=st.booleans())
    def ask_about_health(self, risky: bool) -> None:
        answers = {**making.NO, "harm_or_crisis": "yes" if risky else "no"}
        if breach := self.case():
            said = {code: verbs.Said(answer, "", "the record") for code, answer in answers.items()}
            self.attempt(verbs.answer_safeguards, breach, said, by=self.place.adviser)

    @rule()
    def visit(self) -> None:
        breach = self.case()
        if breach is None:
            return
        planned = breach.visits.filter(done_on=None).first()
        if planned is not None:
            self.attempt(verbs.note_visit, planned, met=False, found="Nobody in.", by=self.place.adviser)
        else:
            soon = self.now + timedelta(hours=1)
            self.attempt(verbs.plan_visit, breach, soon, visitor=self.place.adviser, by=self.place.adviser)

    @rule(answered=st.booleans())
    def the_customer_writes(self, answered: bool) -> None:
        made = making.message(self.claim, About.EXPLAIN, now=self.now)
        if answered:
            self._answer(made)

    @rule()
    def messages_are_answered(self) -> None:
        for one in Message.objects.filter(claim=self.claim, answered_at=None):
            self._answer(one)

    def _answer(self, message: Message) -> None:
        adviser = self.place.adviser
        Message.objects.filter(pk=message.pk).update(
            read_at=self.now,
            read_by=adviser,
            answered_at=self.now,
            answered_by=adviser,
            answer="Thank you.",
            told_by="call",
        )

    @rule(good=st.booleans())
    def a_reason_is_given_and_judged(self, good: bool) -> None:
        if breach := self.case():
            self.attempt(verbs.give_reason, breach, "I could not.", way="call", by=self.place.adviser)
            breach = making.fresh(breach)
            self.attempt(verbs.judge_reason, breach, "other", good=good, why="Heard.", by=self.place.adviser)

    @rule()
    def refer(self) -> None:
        if breach := self.case():
            self.attempt(verbs.refer, breach, adviser_view="View.", paid_now=7220, by=self.place.adviser)

    @rule(outcome=st.sampled_from(list(RulingOutcome)), who=st.sampled_from(["decider", "second"]))
    def decide(self, outcome: RulingOutcome, who: str) -> None:
        bundle = Bundle.objects.filter(breach__interview__claim=self.claim).order_by("-id").first()
        if bundle is not None:
            verdict = verbs.Verdict(outcome, "Because.", missing="More.", cause="other")
            self.attempt(verbs.rule, bundle, verdict, by=getattr(self.centre, who))

    @rule()
    def begin_to_pay_less(self) -> None:
        for sanction in Sanction.objects.filter(state="notified"):
            self.attempt(verbs.put_into_effect, sanction, by=self.centre.second)

    @rule()
    def interviews_become_a_choice(self) -> None:
        self.attempt(
            settle_requirement, self.claim, because="own_choice", words="By choice.", by=self.place.adviser
        )

    @rule(days=st.sampled_from([1, 1, 2, 5, 14]))
    def days_pass(self, days: int) -> None:
        self.day += days

    # What must hold after every step

    @invariant()
    def nothing_without_every_gate(self) -> None:
        if not hasattr(self, "interview"):
            return
        for bundle in Bundle.objects.filter(breach__interview__claim=self.claim):
            assert_every_gate(bundle)
        for sanction in Sanction.objects.filter(ruling__bundle__breach__interview__claim=self.claim):
            assert_in_order(sanction)
        if self.by_choice:
            assert not Breach.objects.filter(interview__claim=self.claim).exists()

    @invariant()
    def nobody_is_lost(self) -> None:
        assert lost_claims() == []


def assert_every_gate(bundle: Bundle) -> None:
    """Read from the rows, as they stood when the bundle was made."""
    breach, made = bundle.breach, bundle.made_at
    claim = breach.interview.claim_id
    assert breach.interview.mandatory
    held = Requirement.objects.filter(claim=claim, since__lte=day_of(made), standing="mandatory")
    assert held.exists()
    assert bundle.proof.sent_at < breach.appointment.starts_at
    waiting = Message.objects.filter(claim=claim, received_at__lt=made)
    assert not [m for m in waiting if m.answered_at is None or m.answered_at > made]
    tried = [
        one
        for one in breach.attempts.filter(at__lte=made)
        if one.notice is None or one.notice.sent_at is not None
    ]
    assert len({one.on for one in tried}) >= 3
    assert len({one.channel for one in tried}) >= 2
    answered = set(breach.safeguards.filter(at__lte=made).values_list("question", flat=True))
    assert answered or breach.safeguards.count() == len(making.NO)
    if breach.cause_good is None or breach.cause_at > made:
        assert day_of(made) > breach.reply_by or breach.reason_given_at is not None


def assert_in_order(sanction: Sanction) -> None:
    ruling = sanction.ruling
    bundle = ruling.bundle
    assert ruling.decided_by.person_id not in {bundle.made_by.person_id, bundle.breach.opened_by.person_id}
    assert sanction.paid_after >= sanction.floor
    assert sanction.starts_on > day_of(ruling.decided_at)
    if sanction.in_effect_at is not None:
        assert sanction.notice.sent_at < sanction.in_effect_at
        assert sanction.in_effect_by is not None


def test_no_sanction_without_every_gate(pack, settings_of_letters):
    run_state_machine_as_test(
        NoSanctionWithoutEveryGate,
        settings=how(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def settings_of_letters(settings, tmp_path):
    settings.PRINT_QUEUE = tmp_path / "print"
