"""Whatever is done with cases in whatever order: never two case managers, never none (R:L1118)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.making import check_now, claim_with, disability_adviser, helpers, moment, wanted
from waymark.casework import queries, verbs
from waymark.casework.daily import run
from waymark.casework.enums import TransferKind, TransferState
from waymark.casework.models import Case, CaseManager, Transfer
from waymark.casework.models.gates import CASE_HAS_ONE, MANAGER_IS_FOLLOWED
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
STEPS = (
    "take_on", "lend", "lend_until_met", "hand_over", "accept", "decline", "withdraw", "meet", "bring_back",
    "close", "caseload", "a_day", "a_month", "end_directly", "second_directly", "gap_directly",
)  # fmt: skip
WALK = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Walk:
    """One claim and what can be done with it; each step is looked at as its commit would be."""

    def __init__(self, place) -> None:
        self.place, self.now = place, moment()
        self.claim = claim_with(place)
        self.dea = disability_adviser(place)
        self.there = helpers()
        self.people = [place.adviser, place.second_adviser, place.manager]

    def step(self, name: str, pick: int) -> None:
        """Do one thing. A verb may refuse, the database may refuse what is written past the verbs; nothing else."""
        self.now += timedelta(minutes=7)
        try:
            with transaction.atomic():
                getattr(self, name)(pick)
                check_now()
        except (Refused, IntegrityError) as refused:
            direct = name.endswith("_directly")
            assert isinstance(refused, Refused) != direct, f"{name}: {refused}"

    @property
    def case(self) -> Case:
        found = queries.case_of(self.claim)
        if found is None:
            raise Refused("no_case", "There is no open case.")
        return found

    def waiting(self, *states: str) -> Transfer:
        found = (
            Transfer.objects.filter(case__claim=self.claim, state__in=states).select_related("case").first()
        )
        if found is None:
            raise Refused("no_transfer", "There is no such transfer.")
        return found

    def take_on(self, pick: int) -> None:
        verbs.take_on(self.claim, by=self.people[pick % 3], now=self.now)

    def lend(self, pick: int, *, met: bool = False) -> None:
        to = [*self.people, self.there.contact][pick % 4]
        until = day_of(self.now) + timedelta(days=10 + pick)
        wish = wanted(to, kind=TransferKind.TEMPORARY, returns_on=until, hold_until_met=met)
        verbs.propose_transfer(self.case, wish, by=self.place.manager, now=self.now)

    def lend_until_met(self, pick: int) -> None:
        self.lend(pick, met=True)

    def hand_over(self, pick: int) -> None:
        wish = wanted(
            self.dea, reason="disability_adviser", remit=("complex_health",), hold_until_met=pick % 2 == 1
        )
        if pick % 3:
            wish = wanted(self.people[pick % 3])
        verbs.propose_transfer(self.case, wish, by=self.place.adviser, now=self.now)

    def accept(self, pick: int) -> None:
        transfer = self.waiting(TransferState.PROPOSED)
        verbs.answer_transfer(transfer, accept=True, by=transfer.to_post, now=self.now)

    def decline(self, pick: int) -> None:
        transfer = self.waiting(TransferState.PROPOSED)
        verbs.answer_transfer(transfer, accept=False, words="Not now.", by=transfer.to_post, now=self.now)

    def withdraw(self, pick: int) -> None:
        transfer = self.waiting(TransferState.PROPOSED, TransferState.ACCEPTED)
        verbs.withdraw_transfer(transfer, words="Another day.", by=self.place.adviser, now=self.now)

    def meet(self, pick: int) -> None:
        transfer = self.waiting(TransferState.ACCEPTED)
        verbs.have_met(transfer, on=day_of(self.now), by=self.place.adviser, now=self.now)

    def bring_back(self, pick: int) -> None:
        verbs.return_case(self.waiting(TransferState.RUNNING), by=self.place.adviser, now=self.now)

    def close(self, pick: int) -> None:
        verbs.close_case(self.case, reason="wants_no_help", by=self.place.adviser, now=self.now)

    def caseload(self, pick: int) -> None:
        give_caseload(self.claim, self.people[pick % 2].person, by=self.place.manager, now=self.now)

    def a_day(self, pick: int, *, days: int = 1) -> None:
        self.now += timedelta(days=days)
        run(day_of(self.now), self.now)

    def a_month(self, pick: int) -> None:
        self.a_day(pick, days=31)

    # Past the verbs: always refused

    def end_directly(self, pick: int) -> None:
        changed = CaseManager.objects.filter(case__claim=self.claim, until=None).update(until=self.now)
        if not changed:
            raise IntegrityError("there is none to end")

    def second_directly(self, pick: int) -> None:
        case = Case.objects.filter(claim=self.claim, closed_at=None).first()
        if case is None:
            raise IntegrityError("there is no case")
        CaseManager.objects.create(case=case, post=self.place.manager, since=self.now)

    def gap_directly(self, pick: int) -> None:
        case = Case.objects.filter(claim=self.claim, closed_at=None).first()
        if case is None:
            raise IntegrityError("there is no case")
        CaseManager.objects.filter(case=case, until=None).update(until=self.now)
        later = self.now + timedelta(hours=1)
        CaseManager.objects.create(case=case, post=self.place.manager, since=later)


def managers_at(case: Case, when: datetime) -> int:
    return sum(
        1 for each in case.managers.all() if each.since <= when and (each.until is None or each.until > when)
    )


def held_throughout(walk: Walk) -> None:
    """At every moment of every case there was exactly one manager; before and after, none."""
    for case in Case.objects.filter(claim=walk.claim):
        edges = {each.since for each in case.managers.all()} | {case.opened_at}
        for edge in edges:
            if case.closed_at is None or edge < case.closed_at:
                assert managers_at(case, edge) == 1
        if case.closed_at is None:
            assert managers_at(case, walk.now) == 1
        else:
            assert managers_at(case, case.closed_at) == 0


@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), max_size=14))
@WALK
def test_never_two_case_managers_and_never_none(place, steps):
    with transaction.atomic():
        walk = Walk(place)
        check_now()
        for name, pick in steps:
            walk.step(name, pick)
            held_throughout(walk)
            assert not queries.cases_without_one_manager().exists()
        transaction.set_rollback(True)


def test_without_the_triggers_the_same_walk_leaves_a_customer_with_nobody(place):
    """What the walk would find if the database did not refuse."""
    walk = Walk(place)
    walk.step("take_on", 0)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {MANAGER_IS_FOLLOWED.get_pgid(CaseManager)} ON casework_casemanager")
        cursor.execute(f"DROP TRIGGER {CASE_HAS_ONE.get_pgid(Case)} ON casework_case")
    with pytest.raises(AssertionError):
        walk.step("end_directly", 0)
        held_throughout(walk)
