"""What the verbs of a case share: the row held, the moment a manager changes, the next step that never goes missing."""

from datetime import date, datetime, timedelta

from waymark.casework import access
from waymark.casework.enums import Held
from waymark.casework.models import Case, CaseManager
from waymark.casework.rules import During, NextContact, contact_rule, next_contact
from waymark.customers.enums import ClaimStatus
from waymark.customers.models import Claim
from waymark.directory.enums import ContactDuring
from waymark.directory.models import Contact
from waymark.interviews.series.queries import adviser_of
from waymark.interviews.verbs.common import next_worked_day, refs, rules_for, team
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.kernel.working_days import add_working_days, next_working_day
from waymark.organisations import queries as organisations
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Person, Post, Team
from waymark.programme.pack import Reason
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task
from waymark.worklist.verbs import close_task, close_tasks, open_task

__all__ = [
    "CASE_TASKS",
    "Holder",
    "close_task",
    "keep_a_next_step",
    "lock",
    "lock_claim",
    "manager_now",
    "name_of",
    "next_worked_day",
    "open_task",
    "plan_contact",
    "post_of",
    "reason_in",
    "refs",
    "rules_for",
    "somebody_here",
    "succeed",
    "task_for",
    "team",
    "working_day",
]

Holder = Post | Contact
OWNERS = (TeamKind.ADVISERS, TeamKind.MANAGERS, TeamKind.LEADERS, TeamKind.FIRST_CONTACT)
# Tasks that are about the case alone: they end with it.
CASE_TASKS = (
    TaskKind.ANSWER_TRANSFER,
    TaskKind.TRANSFER_DECLINED,
    TaskKind.ASK_RETURN,
    TaskKind.PLAN_HANDOVER,
    TaskKind.CASE_MEETING,
    TaskKind.CASE_CONTACT,
    TaskKind.NAME_MANAGER,
    TaskKind.MOVE_MEETING,
    TaskKind.TELL_BY_WORD,
)


def lock_claim(claim: Claim) -> Claim:
    """The claim, held against others: two people who take it on at once do it one after the other."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related("customer", "office__district")
        .get(pk=claim.pk)
    )


def lock(case: Case) -> Case:
    """The case and its claim, held against others."""
    claim = lock_claim(Claim(pk=case.claim_id))
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    held.claim = claim
    return held


def manager_now(case: Case) -> CaseManager:
    """Who is responsible now. The tables see to it that there is one."""
    found = (
        CaseManager.objects.filter(case=case, until=None)
        .select_related("post__person", "post__team__office", "contact__organisation", "lent_by")
        .first()
    )
    if found is None:
        raise Refused("case_closed", "This case is closed.", "Take the customer on again first.")
    found.case = case
    return found


def succeed(
    before: CaseManager,
    holder: Holder,
    *,
    now: datetime,
    kind: Held = Held.OVERARCHING,
    lent_by: CaseManager | None = None,
    made_as: str = "",
    why: str = "",
    agreed_with: str = "",
) -> CaseManager:
    """One manager ends and the next begins, at the same moment."""
    moment = max(now, before.since)
    before.until = moment
    before.save(update_fields=["until"])
    post, contact = (holder, None) if isinstance(holder, Post) else (None, holder)
    return CaseManager.objects.create(
        case=before.case,
        kind=kind,
        post=post,
        contact=contact,
        made_as=made_as or (post.role if post else ""),
        since=moment,
        lent_by=lent_by,
        why=why[:300],
        agreed_with=agreed_with[:200],
    )


def name_of(holder: Holder) -> str:
    return holder.person.name if isinstance(holder, Post) else holder.name


def post_of(person: Person, claim: Claim, on: date) -> Post | None:
    """The post in which somebody can be responsible for a claim today: at its office first, else in its district."""
    district = claim.office.district_id
    posts = [
        post
        for post in organisations.posts_of(person, on)
        if post.role in access.MANAGES_CASES and post.team.office.district_id == district
    ]
    return next(
        (post for post in posts if post.team.office_id == claim.office_id), posts[0] if posts else None
    )


def somebody_here(claim: Claim, on: date, *, but_not: Person | None = None) -> Post | None:
    """Who is responsible when nobody is named: the claim's adviser, else the manager of its office, else an adviser."""
    adviser = adviser_of(claim)
    if adviser is not None and (but_not is None or adviser.pk != but_not.pk):
        post = post_of(adviser, claim, on)
        if post is not None:
            return post
    held = (
        Post.objects.filter(
            team__office=claim.office_id,
            role__in=[Role.ADVISER_MANAGER, Role.ADVISER],
            starts_on__lte=on,
            person__left_on=None,
            team__closed_on=None,
        )
        .exclude(ends_on__lt=on)
        .select_related("person", "team__office__district")
    )
    if but_not is not None:
        held = held.exclude(person=but_not)
    return held.order_by("-role", "id").first()


def working_day(days: int, now: datetime) -> date:
    return add_working_days(day_of(now), days, organisations.holidays())


def reason_in(rules: Rules, name: str, code: str, *, column: str = "") -> Reason:
    """A row of a list of reasons that holds today, and whose `column` says yes where one is named."""
    row = rules.reasons(name).get(code)
    if row is None or (column and not row.yes(column)):
        raise Refused("no_such_reason", "That is no reason for this.", "Choose one from the list.")
    return row


def plan_contact(case: Case, *, since: date, rules: Rules) -> NextContact:
    """Put down by when to be in touch next, counted from the last contact."""
    found = next_contact(
        since,
        usual=rules.value("casework.contact_every_days"),
        agreed=case.contact_days,
        services=[
            During(rule_of(worker.service, rules), worker.expected_until)
            for worker in case.workers.filter(ended_on=None).select_related("service")
        ],
        after=rules.value("casework.contact_after_service_days"),
        longest=rules.value("casework.hold_off_longest_days"),
    )
    case.next_contact_on = next_working_day(found.on, organisations.holidays())
    case.save(update_fields=["next_contact_on"])
    return NextContact(case.next_contact_on, found.because)


def rule_of(service: object, rules: Rules) -> str:
    """How we keep in touch while somebody is with a service, here. No entry: as usual."""
    own = str(getattr(service, "contact_during", "") or ContactDuring.AS_USUAL)
    provision = str(getattr(service, "provision", ""))
    return contact_rule(own, provision, rules.value("casework.contact_during"))


def task_for(
    claim: Claim,
    kind: TaskKind,
    owner: Post | CaseManager | None,
    *,
    due_on: date,
    origin: Happened,
    words: str,
    by: Post | None,
    now: datetime,
    window: tuple[datetime, datetime] | None = None,
) -> Task:
    """A next step of whoever is responsible; of the office's team where that is nobody who signs in."""
    post = owner.post if isinstance(owner, CaseManager) else owner
    whose, person = _owner(post, claim, day_of(now))
    return open_task(
        claim,
        kind,
        team=whose,
        person=person,
        due_on=next_working_day(due_on, organisations.holidays()),
        origin=origin,
        words=words[:300],
        window=window,
        by=by,
        now=now,
    )


def _owner(post: Post | None, claim: Claim, on: date) -> tuple[Team, Person | None]:
    if post is None or not post.holds_on(on) or post.person.left_on is not None:
        return team(claim.office, *OWNERS), None
    if post.team.closed_on is not None:
        return team(claim.office, *OWNERS), post.person
    return post.team, post.person


def keep_a_next_step(
    claim: Claim, *kinds: TaskKind, words: str, origin: Happened, by: Post | None, now: datetime
) -> None:
    """End these tasks; where they were all there was, agreeing what comes next takes their place."""
    others = Task.objects.filter(claim=claim, closed_at=None).exclude(kind__in=kinds).exists()
    if claim.status == ClaimStatus.LIVE and not others:
        open_task(
            claim,
            TaskKind.NEXT_STEP,
            team=team(claim.office, *OWNERS),
            person=adviser_of(claim),
            due_on=next_worked_day(now),
            origin=origin,
            words=words[:300],
            by=by,
            now=now,
        )
    close_tasks(claim, *kinds, by=by, now=now)


def in_days(now: datetime, days: int) -> date:
    return day_of(now) + timedelta(days=days)
