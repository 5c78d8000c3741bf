"""Action plans: steps with owners and days, versions, agreement, wishes, and what the database insists on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests import factories
from waymark.actionplans import verbs
from waymark.actionplans.enums import AgreedHow, Origin, Seen, SeenBy, StepState
from waymark.actionplans.models import Observation, Plan, Step, Version
from waymark.actionplans.owners import StepOwner
from waymark.casework.queries import manager_of
from waymark.interviews.models import Interest
from waymark.interviews.verbs import end_claim
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.record.models import Event
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import make_promise

TODAY, NOW = factories.TODAY, factories.NOW
FRIDAY = TODAY + timedelta(days=10)  # Friday 14 May 2004


@pytest.fixture
def claim(place):
    return place.claim().claim


def add(claim, place, **fields) -> Step:
    values = {
        "words": "Find out what the course costs",
        "who": StepOwner.adviser(place.adviser.person),
        "due_on": FRIDAY,
        "origin": Origin.INTERVIEW,
        "by": place.adviser,
        "now": NOW,
    }
    return verbs.add_step(claim, **{**values, **fields})


def settle_the_books():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def newest(claim) -> Version:
    return Plan.objects.get(claim=claim).versions.last()


def test_the_first_step_begins_the_plan_with_somebody_responsible_and_a_day_to_look_again(claim, place):
    add(claim, place)
    plan = Plan.objects.get(claim=claim)
    assert plan.review_on == TODAY + timedelta(days=28)
    assert plan.review_task.kind == TaskKind.PLAN_REVIEW
    assert manager_of(claim) is not None


def test_a_step_of_an_adviser_is_their_task_by_its_day(claim, place):
    step = add(claim, place)
    assert (step.task.kind, step.task.person, step.task.due_on) == (
        TaskKind.PLAN_STEP,
        place.adviser.person,
        FRIDAY,
    )


def test_a_step_of_the_customer_is_looked_back_at_some_days_after_and_never_chased(claim, place):
    letters = Notice.objects.filter(claim=claim).count()
    step = add(claim, place, words="Ring the college", who=StepOwner.customer())
    assert step.task.kind == TaskKind.STEP_LOOK_BACK
    assert step.task.due_on == date(2004, 5, 17)  # three days after Friday, a Monday
    assert Notice.objects.filter(claim=claim).count() == letters


def test_a_step_of_a_provider_has_an_adviser_who_watches_it(claim, place):
    """Training was promised by a provider and not followed up (M:L2614-2628)."""
    step = add(claim, place, words="Job preparation", who=StepOwner.provider(name="Calder Works"))
    assert step.task.kind == TaskKind.PLAN_STEP
    assert step.task.words == "Calder Works: Job preparation"


def test_a_step_needs_words_an_owner_and_a_day_to_come(claim, place):
    with pytest.raises(Refused, match="no words"):
        add(claim, place, words=" ")
    with pytest.raises(Refused, match="Nobody does this step"):
        add(claim, place, who=StepOwner.provider(name=" "))
    with pytest.raises(Refused, match="lies in the past"):
        add(claim, place, due_on=TODAY - timedelta(days=1))


def test_the_database_keeps_an_open_step_from_being_left_without_a_task(claim, place):
    step = add(claim, place)
    settle_the_books()
    with pytest.raises(IntegrityError, match="nobody who looks after it"), transaction.atomic():
        Task.objects.filter(pk=step.task_id).update(closed_at=NOW, outcome="done")
        settle_the_books()
    with pytest.raises(IntegrityError, match="nobody who looks after it"), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(task=None)
        settle_the_books()


def test_a_step_done_closes_its_task_and_stays_in_the_plan_as_done(claim, place):
    step = verbs.do_step(add(claim, place), words="It costs £40.", by=place.adviser, now=NOW)
    assert step.state == StepState.DONE
    step.task.refresh_from_db()
    assert step.task.closed_at is not None
    settle_the_books()


def test_a_step_dropped_says_why_and_nothing_else_follows(claim, place):
    step = add(claim, place, who=StepOwner.customer())
    with pytest.raises(Refused, match="dropped for a reason"):
        verbs.drop_step(step, why="", by=place.adviser, now=NOW)
    before = set(Event.objects.values_list("pk", flat=True))
    verbs.drop_step(step, why="Too much just now.", by=place.adviser, now=NOW)
    assert [event.kind for event in Event.objects.exclude(pk__in=before)] == ["step_dropped"]
    assert newest(claim).changed.startswith("No longer in the plan:")


def test_more_time_for_a_customers_step_is_a_new_day_and_a_new_look_back(claim, place):
    step = add(claim, place, who=StepOwner.customer())
    step = verbs.look_back(
        step, words="She was ill.", again_on=FRIDAY + timedelta(days=14), by=place.adviser, now=NOW
    )
    assert step.state == StepState.OPEN
    assert step.task.due_on == date(2004, 5, 31)
    settle_the_books()


def test_every_change_leaves_a_version_that_says_what_changed_and_why(claim, place):
    step = add(claim, place)
    verbs.change_step(
        step, due_on=FRIDAY + timedelta(days=7), why="The college is shut.", by=place.adviser, now=NOW
    )
    kept = list(Plan.objects.get(claim=claim).versions.values_list("number", "why"))
    assert kept == [(1, ""), (2, "The college is shut.")]
    assert "by Friday 14 May 2004" in newest(claim).changed
    assert "by Friday 21 May 2004" in newest(claim).changed


def test_no_version_is_ever_altered(claim, place):
    add(claim, place)
    for change in (lambda rows: rows.update(changed="Other"), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change(Version.objects.all())


def test_a_version_is_a_draft_until_the_customer_agrees_and_then_goes_to_them_in_writing(claim, place):
    add(claim, place)
    version = newest(claim)
    assert not version.agreements.exists()
    verbs.agree(version, agreed=True, on=TODAY, how=AgreedHow.TOGETHER, by=place.adviser, now=NOW)
    letter = Notice.objects.get(claim=claim, kind=NoticeKind.ACTION_PLAN)
    assert "Find out what the course costs, by Friday 14 May 2004" in letter.html
    assert "your choice" in letter.html
    with pytest.raises(Refused, match="agreed already"):
        verbs.agree(version, agreed=True, on=TODAY, how=AgreedHow.PHONE, by=place.adviser, now=NOW)


def test_the_letter_says_what_has_changed_since_the_customer_agreed_last(claim, place):
    add(claim, place)
    verbs.agree(newest(claim), agreed=True, on=TODAY, how=AgreedHow.TOGETHER, by=place.adviser, now=NOW)
    add(claim, place, words="Ask the doctor", who=StepOwner.customer())
    verbs.set_goal(claim, words="Go out alone", by=place.adviser, now=NOW)
    verbs.agree(newest(claim), agreed=True, on=TODAY, how=AgreedHow.PHONE, by=place.adviser, now=NOW)
    first, second = Notice.objects.filter(claim=claim, kind=NoticeKind.ACTION_PLAN).order_by("pk")
    assert "What has changed" not in first.html
    assert "Added: “Ask the doctor” (you), by Friday 14 May 2004." in second.html
    assert "New goal: Go out alone." in second.html


def test_only_the_newest_version_can_be_agreed(claim, place):
    step = add(claim, place)
    first = newest(claim)
    verbs.change_step(step, words="Ask the college", why="Simpler", by=place.adviser, now=NOW)
    with pytest.raises(Refused, match="changed meanwhile"):
        verbs.agree(first, agreed=True, on=TODAY, how=AgreedHow.TOGETHER, by=place.adviser, now=NOW)


def test_a_customer_who_does_not_agree_is_heard_within_days(claim, place):
    add(claim, place)
    with pytest.raises(Refused, match="What is not right"):
        verbs.agree(newest(claim), agreed=False, on=TODAY, how=AgreedHow.PHONE, by=place.adviser, now=NOW)
    verbs.agree(
        newest(claim),
        agreed=False,
        on=TODAY,
        how=AgreedHow.PHONE,
        words="I want a smaller step.",
        by=place.adviser,
        now=NOW,
    )
    plan = Plan.objects.get(claim=claim)
    assert plan.review_task.due_on == TODAY + timedelta(days=3)
    assert "I want a smaller step." in plan.review_task.words
    assert not Notice.objects.filter(claim=claim, kind=NoticeKind.ACTION_PLAN).exists()


def test_where_it_is_not_safe_to_write_the_plan_is_agreed_all_the_same(claim, place):
    claim.customer.address = ""
    claim.customer.save(update_fields=["address"])
    add(claim, place)
    made = verbs.agree(
        newest(claim), agreed=True, on=TODAY, how=AgreedHow.TOGETHER, by=place.adviser, now=NOW
    )
    assert made.notice is None


def wish_of(claim, place) -> Interest:
    return Interest.objects.create(
        ref=new_ref("W"),
        claim=claim,
        words="Voluntary work",
        owner=place.second_adviser.person,
        answer_by=FRIDAY,
        task=factories.open_task(
            claim,
            kind=TaskKind.ANSWER_INTEREST,
            team=place.second_adviser.team,
            person=place.second_adviser.person,
            due_on=FRIDAY,
        ),
    )


def test_a_wish_becomes_a_step_of_who_owed_the_answer_in_one_act(claim, place):
    """A customer wanted voluntary work and was told “that is fine”: nothing was done (M:L3282-3319)."""
    wish = wish_of(claim, place)
    step = verbs.from_wish(wish, by=place.adviser, now=NOW)
    assert (step.words, step.person, step.due_on) == ("Voluntary work", place.second_adviser.person, FRIDAY)
    wish.refresh_from_db()
    assert wish.answered_on == TODAY
    wish.task.refresh_from_db()
    assert wish.task.closed_at is not None
    late = Task.objects.filter(closed_at=None, due_on__lt=FRIDAY + timedelta(days=1), claim=claim)
    assert step.task in late
    with pytest.raises(Refused, match="answered already"):
        verbs.from_wish(wish, by=place.adviser, now=NOW)


def test_a_promise_becomes_a_step_of_who_made_it(claim, place):
    task = make_promise(claim, words="Information on the course", due_on=FRIDAY, by=place.adviser, now=NOW)
    step = verbs.from_promise(task, by=place.adviser, now=NOW)
    assert (step.origin, step.made_of, step.person) == (Origin.PROMISE, task.ref, place.adviser.person)
    task.refresh_from_db()
    assert task.closed_at is not None
    settle_the_books()


def test_a_step_made_of_a_referral_is_done_when_the_referral_says_so(claim, place):
    step = add(claim, place, made_of="R12345678", origin=Origin.REFERRAL)
    with pytest.raises(Refused, match="in the plan already"):
        add(claim, place, made_of="R12345678", origin=Origin.REFERRAL)
    assert verbs.step_reached("R12345678", by=place.adviser, now=NOW) == 1
    assert verbs.step_reached("R12345678", by=place.adviser, now=NOW) == 0
    assert verbs.step_reached("", by=place.adviser, now=NOW) == 0
    step.refresh_from_db()
    assert step.state == StepState.DONE


def test_the_only_next_step_of_a_claim_is_not_closed_without_another(claim, place):
    step = add(claim, place)
    Task.objects.filter(claim=claim).exclude(pk=step.task_id).update(closed_at=NOW, outcome="done")
    with pytest.raises(Refused, match="only next step"):
        verbs.do_step(step, by=place.adviser, now=NOW)


def test_goals_and_what_is_in_the_way_are_the_customers_and_can_change(claim, place):
    verbs.set_aim(claim, words="To work with plants again.", by=place.adviser, now=NOW)
    goal = verbs.set_goal(claim, words="Go out alone twice a week", by=place.adviser, now=NOW)
    plan = verbs.set_barriers(claim, ["health", "confidence"], by=place.adviser, now=NOW)
    assert plan.barriers == ["health", "confidence"]
    with pytest.raises(Refused, match="knows no"):
        verbs.set_barriers(claim, ["laziness"], by=place.adviser, now=NOW)
    with pytest.raises(Refused, match="given up for a reason"):
        verbs.close_goal(goal, reached=False, by=place.adviser, now=NOW)
    verbs.close_goal(goal, reached=True, by=place.adviser, now=NOW)
    content = newest(claim).content
    assert content["aim"] == "To work with plants again."
    assert content["goals"] == []
    assert content["barriers"] == ["Health", "Confidence and skills"]


def test_looking_at_the_plan_together_names_the_next_day(claim, place):
    add(claim, place)
    plan = Plan.objects.get(claim=claim)
    verbs.review(plan, words="Two steps done.", next_on=TODAY + timedelta(days=42), by=place.adviser, now=NOW)
    plan.refresh_from_db()
    assert plan.review_on == date(2004, 6, 15)
    assert Task.objects.filter(claim=claim, kind=TaskKind.PLAN_REVIEW, closed_at=None).count() == 1


def test_a_claim_that_ends_takes_the_tasks_of_the_plan_with_it(claim, place):
    add(claim, place)
    end_claim(claim, reason="claims_no_more", on=TODAY, by=place.adviser, now=NOW)
    settle_the_books()
    assert not Task.objects.filter(claim=claim, closed_at=None).exists()


def test_a_stranger_cannot_change_a_plan(claim, place):
    with pytest.raises(Refused, match="belongs to another place"):
        add(claim, place, by=place.elsewhere)


# Distance travelled


def test_the_seven_signs_of_progress_are_those_of_the_report(pack):
    """M:L3149-3169 lists seven, (a) to (g)."""
    assert len(pack.reasons("sign_of_progress")) == 7


def test_signs_are_only_ever_added_and_setbacks_are_seen_too(claim, place):
    verbs.see_signs(claim, {"confidence": Seen.CLEARLY}, on=TODAY, by=place.adviser, now=NOW)
    later = NOW + timedelta(days=30)
    verbs.see_signs(
        claim,
        {"confidence": Seen.A_LITTLE},
        seen_by=SeenBy.CUSTOMER,
        on=later.date(),
        by=place.adviser,
        now=later,
    )
    rows = list(Observation.objects.filter(claim=claim).values_list("seen", "who"))
    assert rows == [("clearly", place.adviser.person.name), ("a_little", claim.customer.name)]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Observation.objects.all().delete()


def test_a_sign_needs_somebody_who_saw_it_and_a_day_that_has_come(claim, place):
    with pytest.raises(Refused, match="Who saw it"):
        verbs.see_signs(
            claim, {"drive": Seen.CLEARLY}, seen_by=SeenBy.PROVIDER, on=TODAY, by=place.adviser, now=NOW
        )
    with pytest.raises(Refused, match="not come yet"):
        verbs.see_signs(
            claim, {"drive": Seen.CLEARLY}, on=TODAY + timedelta(days=1), by=place.adviser, now=NOW
        )
    with pytest.raises(Refused, match="knows no sign"):
        verbs.see_signs(claim, {"smiles": Seen.CLEARLY}, on=TODAY, by=place.adviser, now=NOW)
