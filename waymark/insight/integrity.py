"""The proof that nobody is lost, and the other rules that must hold on any database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from waymark.awards import queries as awards
from waymark.casework.queries import cases_without_one_manager
from waymark.customers.models import Claim
from waymark.insight import consequences
from waymark.interviews.models import (
    Appointment,
    Decision,
    Deferral,
    DiaryEntry,
    Interview,
    Requirement,
    Waiver,
)
from waymark.interviews.verbs.decisions import replay
from waymark.notices.models import Notice
from waymark.organisations.models import Team
from waymark.referrals import queries as referrals
from waymark.worklist.enums import OUTLIVES_THE_CLAIM, TaskKind
from waymark.worklist.models import Task

NAMED = 20
TRIGGERS = {
    "nobody_is_lost_by_claim": "customers_claim",
    "nobody_is_lost_by_task": "worklist_task",
    "no_team_closes_on_its_work": "organisations_team",
    "record_is_kept": "record_event",
    "reads_are_kept": "record_read",
    "pack_is_kept": "programme_packversion",
    "publication_is_kept": "programme_publication",
    "publication_is_settled_once": "programme_publication",
    "nobody_leaves_customers_behind": "organisations_person",
    "caseload_is_with_somebody_here": "interviews_caseload",
    "compulsory_never_changes": "interviews_interview",
    "case_has_one_manager": "casework_case",
    "manager_is_followed": "casework_casemanager",
    "a_claim_that_ends_closes_its_case": "customers_claim",
    "nobody_missed_who_wrote": "interviews_appointment",
    "only_compulsory_interviews": "sanctions_breach",
    "every_gate_is_passed": "sanctions_bundle",
    "another_person_decides": "sanctions_ruling",
    "told_before_it_takes_effect": "sanctions_sanction",
    "open_step_has_an_open_task": "actionplans_step",
    "task_of_an_open_step_stays": "worklist_task",
    "versions_are_kept": "actionplans_version",
    "agreements_are_kept": "actionplans_agreement",
    "observations_are_kept": "actionplans_observation",
    "transition_has_an_open_task": "employment_transitionplan",
    "task_of_a_transition_stays": "worklist_task",
    "terms_are_kept": "employment_terms",
    "fund_never_overspent": "awards_entry",
    "ledger_is_kept": "awards_entry",
    "left_comes_from_the_ledger": "awards_fund",
    "no_more_weeks_than_there_are": "awards_award",
    "award_stays_as_decided": "awards_award",
    "paid_stays_paid": "awards_instalment",
    "batches_are_kept": "awards_batch",
    "sent_with_consent_only": "referrals_sent",
    "heard_with_consent_only": "referrals_feedback",
    "no_referral_left_to_nobody": "referrals_referral",
    "no_task_closed_under_a_referral": "worklist_task",
}


@dataclass(frozen=True)
class Rule:
    """`offenders` gives the references of the rows that break the rule."""

    name: str
    sentence: str
    offenders: Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    rule: Rule
    count: int
    named: list[str]


def check(*, replays: int = 100) -> list[Finding]:
    """Every rule with how many break it and the first of them by reference; a sound database gives zeros."""
    rules = [
        *RULES,
        Rule("decisions_replay", f"The last {replays} decisions replay", lambda: _unlike(replays)),
    ]
    return [_found(rule) for rule in rules]


def _found(rule: Rule) -> Finding:
    offenders = iter(rule.offenders())
    named = list(islice(offenders, NAMED))
    return Finding(rule, len(named) + sum(1 for _ in offenders), named)


def _open_task(**fields: object) -> Exists:
    return Exists(Task.objects.filter(claim=OuterRef("pk"), closed_at=None, **fields))


def _claim_refs(claims: Iterable[str]) -> Iterable[str]:
    return (f"claim {ref}" for ref in claims)


def _lost() -> Iterable[str]:
    return _claim_refs(Claim.objects.filter(~_open_task(), status="live").values_list("ref", flat=True))


def _ended_with_tasks() -> Iterable[str]:
    over = Task.objects.filter(claim=OuterRef("pk"), closed_at=None).exclude(kind__in=OUTLIVES_THE_CLAIM)
    return _claim_refs(Claim.objects.filter(Exists(over), status="ended").values_list("ref", flat=True))


def _cases_without_one() -> Iterable[str]:
    return (f"case {case.ref}" for case in cases_without_one_manager())


def _tasks_of_closed_teams() -> Iterable[str]:
    tasks = Task.objects.filter(closed_at=None, team__closed_on__isnull=False)
    return (f"task {ref}" for ref in tasks.values_list("ref", flat=True))


def _tasks_of_the_gone() -> Iterable[str]:
    tasks = Task.objects.filter(closed_at=None, person__left_on__isnull=False)
    return (f"task {ref}" for ref in tasks.values_list("ref", flat=True))


def _without_interview() -> Iterable[str]:
    """Where coming is a choice there need be none (E:L286-290, M:L1589)."""
    has = Exists(Interview.objects.filter(claim=OuterRef("pk")))
    asked = Exists(Requirement.objects.filter(claim=OuterRef("pk"), until=None, standing="mandatory"))
    return _claim_refs(Claim.objects.filter(asked, ~has, status="live").values_list("ref", flat=True))


def _state_and_rows_differ() -> Iterable[str]:
    """An interview is deferred, waived or booked exactly when the row that makes it so is there."""
    rows = {
        "deferred": Exists(Deferral.objects.filter(interview=OuterRef("pk"), ended_on=None)),
        "waived": Exists(Waiver.objects.filter(interview=OuterRef("pk"), ended_on=None)),
        "booked": Exists(Appointment.objects.filter(interview=OuterRef("pk"), state="booked")),
    }
    wrong = Q(pk__in=[])
    for state, has in rows.items():
        wrong |= (Q(state=state) & ~Q(has)) | (~Q(state=state) & Q(has))
    return (f"interview {ref}" for ref in Interview.objects.filter(wrong).values_list("ref", flat=True))


def _deferred_without_recontact() -> Iterable[str]:
    kinds = [TaskKind.RECONTACT, TaskKind.SEND_RECONTACT_LETTER, TaskKind.HOME_VISIT, TaskKind.AUTHORISE]
    task = Exists(Task.objects.filter(claim=OuterRef("interview__claim"), closed_at=None, kind__in=kinds))
    found = Deferral.objects.filter(~task, ended_on=None, interview__claim__status="live")
    return _claim_refs(found.values_list("interview__claim__ref", flat=True))


def _waived_without_review() -> Iterable[str]:
    kinds = [TaskKind.REVIEW_WAIVER, TaskKind.TRIGGER_MEETING, TaskKind.AUTHORISE]
    task = Exists(Task.objects.filter(claim=OuterRef("interview__claim"), closed_at=None, kind__in=kinds))
    found = Waiver.objects.filter(~task, ended_on=None, interview__claim__status="live")
    return _claim_refs(found.values_list("interview__claim__ref", flat=True))


def _unchecked() -> Iterable[str]:
    found = Decision.objects.filter(choice__in=["defer", "waive"], check_made=None).exclude(authority="none")
    return (f"decision {ref}" for ref in found.values_list("ref", flat=True))


def _checked_by_the_decider() -> Iterable[str]:
    found = Decision.objects.filter(check_made__looked_at_by__person=F("decided_by__person"))
    return (f"decision {ref}" for ref in found.values_list("ref", flat=True))


def _untold() -> Iterable[str]:
    """A deferral or waiver in force of which the customer was never told in writing."""
    told = Exists(
        Notice.objects.filter(
            claim=OuterRef("interview__claim"), queued_at__gte=OuterRef("decided_at")
        ).exclude(state="withdrawn")
    )
    found = Decision.objects.filter(~told, state="in_force", choice__in=["defer", "waive"])
    return (f"decision {ref}" for ref in found.values_list("ref", flat=True))


def _sent_but_not_kept() -> Iterable[str]:
    """A text has its words only."""
    unkept = Notice.objects.filter(state="sent", pdf=None).exclude(channel="text")
    return (f"notice {ref}" for ref in unkept.values_list("ref", flat=True))


def _double_booked() -> Iterable[str]:
    other = DiaryEntry.objects.filter(
        person=OuterRef("person"),
        live=True,
        over=False,
        during__overlap=OuterRef("during"),
        pk__lt=OuterRef("pk"),
    )
    found = DiaryEntry.objects.filter(Exists(other), live=True, over=False).select_related("person")
    return (f"diary entry {entry.pk} of {entry.person.ref}" for entry in found)


def _missing_triggers() -> Iterable[str]:
    """The rules the database keeps must be there, and switched on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
        there = cursor.fetchall()
    return (
        f"{name} on {table}"
        for name, table in TRIGGERS.items()
        if not any(tgname.startswith(f"pgtrigger_{name}_") and relname == table for tgname, relname in there)
    )


def _districts_without_teams() -> Iterable[str]:
    offices = Team.objects.filter(closed_on=None, kind="first_contact").values("office__district")
    found = Claim.objects.filter(status="live").exclude(office__district__in=offices)
    return _claim_refs(found.values_list("ref", flat=True))


def _unlike(replays: int) -> Iterable[str]:
    for decision in (
        Decision.objects.select_related("pack").defer("pack__files").order_by("-decided_at")[:replays]
    ):
        if not replay(decision)[1]:
            yield f"decision {decision.ref}"


RULES = [
    Rule("nobody_is_lost", "Every live claim has an open, owned, dated task", _lost),
    Rule(
        "the_database_refuses",
        "The triggers that keep the rules are in place and switched on",
        _missing_triggers,
    ),
    Rule(
        "ended_is_ended", "An ended claim has no open tasks but those of help that goes on", _ended_with_tasks
    ),
    Rule(
        "waiting_money_has_somebody",
        "Every payment that waits has somebody who asks about it",
        lambda: (f"payment {ref}" for ref in awards.held_by_nobody()),
    ),
    Rule("one_case_manager", "Every open case has exactly one case manager", _cases_without_one),
    Rule("owners_work_here", "No open task belongs to a closed team", _tasks_of_closed_teams),
    Rule("takers_work_here", "No open task is taken by somebody who has left", _tasks_of_the_gone),
    Rule(
        "somebody_calls",
        "Every live claim has a first-contact team in its district",
        _districts_without_teams,
    ),
    Rule(
        "claims_have_interviews", "Every live claim of which interviews are asked has one", _without_interview
    ),
    Rule(
        "states_have_rows",
        "Booked, deferred and waived interviews have their row, others none",
        _state_and_rows_differ,
    ),
    Rule("deferred_are_recontacted", "Every deferral has a re-contact ahead", _deferred_without_recontact),
    Rule("waivers_are_reviewed", "Every waiver has a review ahead", _waived_without_review),
    Rule("decisions_are_checked", "Every deferral and waiver that needs a second person has one", _unchecked),
    Rule("second_is_another", "Nobody checks their own decision", _checked_by_the_decider),
    Rule("customers_are_told", "Every deferral and waiver in force was told in writing", _untold),
    Rule("sent_is_kept", "Every letter sent is kept as sent", _sent_but_not_kept),
    Rule("no_double_booking", "Nobody is booked in two places at once", _double_booked),
    Rule(
        "every_claim_has_a_requirement",
        "Every live claim says whether its interviews are compulsory",
        consequences.claims_without_requirement,
    ),
    Rule(
        "choice_is_choice",
        "Nobody for whom interviews are a choice has a compulsory one open",
        consequences.compulsory_where_it_is_a_choice,
    ),
    Rule(
        "messages_are_owned",
        "Every message that waits for its answer has an open task",
        consequences.messages_nobody_has,
    ),
    Rule(
        "asking_beforehand_is_no_miss",
        "No case is open about an appointment the customer had asked to move",
        consequences.missed_against_a_message,
    ),
    Rule(
        "no_case_of_a_choice",
        "No voluntary interview has a case of not attending",
        consequences.cases_of_a_choice,
    ),
    Rule(
        "every_gate_was_passed",
        "Every case with a decision maker has passed every gate",
        consequences.handed_over_without_a_gate,
    ),
    Rule("another_decides", "Nobody decides a case they referred", consequences.decided_by_who_referred),
    Rule(
        "told_first",
        "No payment is lower before the customer was told, before its day, or below the floor",
        consequences.paid_less_unannounced,
    ),
    Rule(
        "no_referral_left",
        "Every open referral of a live claim has an open task",
        lambda: (f"referral {ref}" for ref in referrals.left_to_nobody()),
    ),
    Rule(
        "told_with_consent",
        "Nothing was told to a service without the customer’s yes to that item and that service",
        lambda: (f"referral {ref}" for ref in referrals.told_without_consent()),
    ),
]
