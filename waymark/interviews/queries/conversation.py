"""Reading calls and conversations: the queue, the conversation as it stands, questions between colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from waymark.customers import queries as customers
from waymark.customers.models import Claim, Stop
from waymark.customers.queries import MustKnow
from waymark.interviews import access, notice_words
from waymark.interviews.advice import Advice, advise, authority_for, facts_of
from waymark.interviews.enums import CallState, Choice
from waymark.interviews.models import (
    Appointment,
    Conversation,
    CustomerView,
    Decision,
    Deferral,
    Interview,
    Question,
)
from waymark.interviews.rules import SoFar, missing_facts, recontact_day
from waymark.interviews.script import Heard, Script, facts_to_show, script_of
from waymark.interviews.script import Question as Page
from waymark.interviews.verbs.common import rules_for, team
from waymark.interviews.verbs.talking import answers_of
from waymark.interviews.verbs.wishes import Wish, because_for, days_for, reason_for
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.notices import verbs as notices
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations import queries as organisations
from waymark.organisations.enums import TeamKind
from waymark.organisations.models import Office, Person, Post
from waymark.policy import NOT_KNOWN
from waymark.policy.explanation import answer_in_words, explain
from waymark.programme.pack import Guidance
from waymark.programme.queries import Rules
from waymark.record.enums import Happened
from waymark.record.models import Event
from waymark.record.queries import events_of
from waymark.worklist import queries as worklist
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

CALLS = (TaskKind.FIRST_CALL, TaskKind.CALL_BACK, TaskKind.FINISH_CALL)
NOW, LATE, DUE, LATER = 0, 1, 2, 3
SETTLED_FACTS = frozenset({"wants_interview"})


# The queue


def calls_to_make(post: Post, on: date, now: datetime) -> QuerySet[Any]:
    """The calls of a post in working order: times asked for that are now, then late, then due, then later.

    Each task has `turn` (NOW, LATE, DUE or LATER), `attempts`, `stopped` and `talk` (the conversation to finish).
    """
    unfinished = Conversation.objects.filter(interview__claim=OuterRef("claim")).exclude(
        state=CallState.FINISHED
    )
    attempts = (
        Interview.objects.filter(claim=OuterRef("claim"))
        .order_by()
        .values("claim")
        .annotate(n=Count("call_attempts"))
        .values("n")
    )
    turn = Case(
        When(window_from__lte=now, window_until__gte=now, then=Value(NOW)),
        When(Q(due_on__lt=on) | Q(window_until__lt=now), then=Value(LATE)),
        When(Q(due_on=on) & (Q(window_from=None) | Q(window_from__lte=now)), then=Value(DUE)),
        default=Value(LATER),
        output_field=IntegerField(),
    )
    return (
        worklist.tasks_of(post, on)
        .filter(kind__in=CALLS)
        .annotate(
            turn=turn,
            attempts=Subquery(attempts, output_field=IntegerField()),
            # By the claim, so that counting and sorting the tasks need not read all their claims.
            stopped=Exists(Stop.objects.filter(customer__claims=OuterRef("claim"), lifted_at=None)),
            talk=Subquery(unfinished.values("ref")[:1]),
        )
        .order_by("turn", F("window_from").asc(nulls_last=True), "due_on", "id")
    )


def next_calls(post: Post, on: date, now: datetime, limit: int = 5) -> list[Any]:
    """The calls to make next that nobody else has taken and that may be made; the first is the next one."""
    found = calls_to_make(post, on, now).filter(Q(person=None) | Q(person=post.person_id), stopped=False)
    return list(found.exclude(turn=LATER)[:limit])


def offices_called_for(post: Post) -> list[Office]:
    """The offices for whose customers this post makes calls."""
    return _called_for(post.team.office.district_id)


@composed
def _called_for(district: int) -> QuerySet[Office]:
    return organisations.offices().filter(district=district).exclude(kind="contact_centre")


# One claim, before the call


@dataclass(frozen=True)
class Calling:
    """A claim whose customer is to be rung: what must be known before the number is."""

    claim: Claim
    interview: Interview | None
    must_know: MustKnow
    talk: Conversation | None
    task: Task | None
    attempts: tuple[Any, ...]
    rules: Rules

    @property
    def may_not_ring(self) -> Refused | None:
        """Why the number stays hidden, or nothing."""
        return access.may_ring(self.claim, self.must_know.stop)


def calling(post: Post, claim_ref: str, on: date) -> Calling:
    """What is needed before ringing. Raises Claim.DoesNotExist for strangers."""
    claim = (
        customers.claims_visible_to(post)
        .select_related("office__district", "customer__safe_contact", "customer__access_needs")
        .get(ref=claim_ref)
    )
    interview = open_interview(claim)
    unfinished = Conversation.objects.filter(interview__claim=claim).exclude(state=CallState.FINISHED)
    attempts = interview.call_attempts.select_related("by__person").order_by("-at") if interview else ()
    return Calling(
        claim=claim,
        interview=interview,
        must_know=customers.must_know(claim.customer, on),
        talk=unfinished.select_related("agent__person").first(),
        task=Task.objects.filter(claim=claim, closed_at=None, kind__in=CALLS)
        .select_related("person")
        .order_by("due_on", "id")
        .first(),
        attempts=tuple(attempts),
        rules=rules_for(claim, on),
    )


def open_interview(claim: Claim) -> Interview | None:
    """The interview that is still to be settled, or the last one."""
    return claim.interviews.order_by("-number").first()


def get_task(post: Post, ref: str, on: date, now: datetime) -> Task:
    """A call of the queue by its reference. Raises Task.DoesNotExist for strangers."""
    return calls_to_make(post, on, now).get(ref=ref)


# The conversation


def conversations_of(post: Post) -> QuerySet[Conversation]:
    return Conversation.objects.filter(interview__claim__in=customers.claims_visible_to(post).values("pk"))


def get_conversation(post: Post, ref: str) -> Conversation:
    """A conversation with all that its pages show of whose it is. Raises Conversation.DoesNotExist for strangers.

    `benefit_moved`: the benefit was changed while the call was going on.
    """
    moved = Event.objects.filter(
        kind=Happened.BENEFIT_CHANGED,
        customer_ref=OuterRef("interview__claim__customer__ref"),
        claim_ref=OuterRef("interview__claim__ref"),
        at__gte=OuterRef("started_at"),
    )
    return (
        conversations_of(post)
        .select_related(
            "interview__claim__customer__safe_contact",
            "interview__claim__customer__access_needs",
            "interview__claim__office__district",
            "agent__person",
            "agent__team",
            "view",
            "pack",
        )
        .defer("pack__files")
        .annotate(benefit_moved=Exists(moved))
        .get(ref=ref)
    )


@dataclass(frozen=True)
class Answered:
    """An answer in words, and the page on which it can be changed."""

    fact: str
    question: str
    answer: str
    page: str


@dataclass(frozen=True)
class Prompt:
    """A cue that came up in the notes. `followed`: something on its page has been answered."""

    heard: Heard
    page: Page | None
    followed: bool


@dataclass(frozen=True)
class BenefitChanged:
    """The benefit was changed while the call was going on: the titles, the day from which, and why."""

    old: str
    new: str
    on: date
    why: str


@dataclass(frozen=True)
class Talk:
    """A conversation as it stands: what was said, what the tables make of it, and what comes next."""

    conversation: Conversation
    on: date
    rules: Rules
    script: Script
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    advice: Advice
    said: frozenset[str]
    questions: tuple[Question, ...]
    must_know: MustKnow
    benefit_changed: BenefitChanged | None = None

    @property
    def claim(self) -> Claim:
        return self.conversation.interview.claim

    @property
    def view(self) -> CustomerView | None:
        return getattr(self.conversation, "view", None)

    @property
    def group(self) -> str:
        return str(self.answers.get("group") or self.claim.group)

    @property
    def wants_interview(self) -> bool:
        return self.facts.get("wants_interview") is True

    @property
    def so_far(self) -> SoFar:
        c = self.conversation
        return SoFar(c.support_explained_at, c.offered_at, self.view is not None)

    @cached_property
    def answered(self) -> list[Answered]:
        """Everything answered, in the order of the script."""
        book = self.rules.facts
        names = sorted((name for name in self.answers if name in book), key=book.position)
        found = []
        for name in names:
            page = self.script.page_of(name)
            value = self.facts.get(name)
            if page is not None and value is not None:
                found.append(Answered(name, book[name].question, answer_in_words(value, book[name]), page.id))
        return found

    @property
    def told(self) -> list[Answered]:
        """The answers that say something."""
        return [one for one in self.answered if not self._denied(one)]

    @property
    def denied(self) -> list[Answered]:
        """What was answered with no or not known."""
        return [one for one in self.answered if self._denied(one)]

    def _denied(self, one: Answered) -> bool:
        return self.facts[one.fact] is False or self.facts[one.fact] is NOT_KNOWN

    @property
    def reason_words(self) -> str:
        """The title of the advised reason, as it follows "because of"."""
        for name in ("deferral", "waiver"):
            reason = self.rules.reasons(name).get(self.advice.reason)
            if reason is not None:
                return reason.title[:1].lower() + reason.title[1:]
        return ""

    def page(self, skipped: frozenset[str] = frozenset()) -> Page | None:
        """The page that is asked now: the one jumped to, or the next that can still change the advice."""
        jumped = self.script.questions.get(self.conversation.current)
        return jumped or self.script.next_page(self.advice.to_ask, skipped)

    def facts_on(self, page: Page) -> list[str]:
        return facts_to_show(page, self.rules.facts, self.facts, self.on)

    @property
    def prompts(self) -> list[Prompt]:
        """The cues in the notes; those not followed up yet stand first."""
        found = []
        for heard in self.script.heard_in(self.conversation.notes):
            page = self.script.questions.get(heard.cue.question)
            followed = page is not None and any(fact in self.answers for fact in page.facts)
            found.append(Prompt(heard, page, followed))
        return sorted(found, key=lambda prompt: prompt.followed)

    @property
    def guidance(self) -> list[Guidance]:
        return self.rules.guidance(self.advice.show)

    def probes(self, *reasons: str) -> list[Page]:
        """Pages that can be asked before the decision though they no longer change the advice."""
        pages = [self.script.page_of(fact) for fact in self.unasked(*reasons)]
        return list({page.id: page for page in pages if page is not None}.values())

    def unasked(self, *reasons: str) -> list[str]:
        """Facts that the advice or a reason would like to know and nobody has asked about."""
        rules, deferrals = self.rules, self.rules.reasons("deferral")
        waivers = rules.reasons("waiver")
        asks = [name for name in self.advice.probe if name in rules.facts]
        for code in (self.advice.reason, *reasons):
            reason = deferrals.get(code) or waivers.get(code)
            asks += reason.words("asks_next") if reason else ()
        applicable = [n for n in rules.facts if rules.facts.applicable(n, self.facts, self.on)]
        return [
            n for n in dict.fromkeys(missing_facts(asks, self.facts, applicable)) if n not in SETTLED_FACTS
        ]

    @property
    def open_probes(self) -> list[str]:
        """Questions in words that the advised row adds: asked freely, written into the notes."""
        return [words for words in self.advice.probe if words not in self.rules.facts]


def talk(conversation: Conversation, on: date) -> Talk:
    """Read a conversation that came from `get_conversation`."""
    rules = rules_for(conversation.interview.claim, on)
    # What an older version of the rules asked and today's no longer knows cannot move today's advice.
    answers = {name: value for name, value in answers_of(conversation).items() if name in rules.facts}
    facts = facts_of(conversation, answers, rules, on)
    return Talk(
        conversation=conversation,
        on=on,
        rules=rules,
        script=script_of(rules.pack),
        answers=answers,
        facts=facts,
        advice=advise(rules, facts, on),
        said=frozenset(conversation.said.values_list("item", flat=True)),
        questions=tuple(questions_in(conversation)),
        must_know=customers.must_know(conversation.interview.claim.customer, on),
        benefit_changed=benefit_changed(conversation, rules),
    )


def benefit_changed(conversation: Conversation, rules: Rules) -> BenefitChanged | None:
    """The last change of benefit since the conversation began, or nothing; asked only where there is one."""
    if not getattr(conversation, "benefit_moved", False):
        return None
    claim = conversation.interview.claim
    noted = events_of([claim.customer.ref]).filter(kind=Happened.BENEFIT_CHANGED, claim_ref=claim.ref)
    event = noted.order_by("-at", "-id")[0]
    old, new = (rules.benefits.get(event.details[name], event.details[name]) for name in ("old", "new"))
    return BenefitChanged(old, new, date.fromisoformat(event.details["on"]), event.why)


def questions_in(conversation: Conversation) -> QuerySet[Question]:
    return conversation.questions.select_related("asked_by__person", "answered_by__person").order_by(
        "-asked_at"
    )


# Questions to team leaders


def open_questions(post: Post) -> QuerySet[Question]:
    """Questions from colleagues that this leader's team has to answer, the oldest first."""
    return (
        Question.objects.filter(
            answer="",
            task__team__office=post.team.office_id,
            conversation__interview__claim__in=customers.claims_visible_to(post).values("pk"),
        )
        .select_related(
            "asked_by__person",
            "conversation__interview__claim__customer",
            "conversation__interview__claim__office",
        )
        .order_by("asked_at")
    )


def get_question(post: Post, ref: str) -> Question:
    """A question with its conversation. Raises Question.DoesNotExist for strangers."""
    return Question.objects.select_related("asked_by__person", "answered_by__person", "conversation").get(
        ref=ref, conversation__interview__claim__in=customers.claims_visible_to(post).values("pk")
    )


# The decision


def why_and_why_not(talk: Talk) -> list[str]:
    """The advice explained, the other rows and why not, in sentences."""
    return list(explain(talk.advice.trace, talk.rules.facts).sentences())


def authority_of(talk: Talk, wish: Wish, by: Post) -> str:
    """Who must agree to this wish: none, check_after or authorise_before."""
    until, _review_on = days_for(wish, talk.advice, talk.rules, talk.on)
    current = (
        talk.conversation.interview.deferrals.filter(ended_on=None).values_list("in_a_row", flat=True).first()
    )
    return authority_for(
        talk.rules,
        choice=wish.choice,
        days=(until - talk.on).days if until else 0,
        in_a_row=(current or 0) + 1,
        role=by.role,
        on=talk.on,
    )


def notice_of(talk: Talk, wish: Wish, *, by: Post, now: datetime) -> notices.Preview | None:
    """The letter that deciding so would send, before anything is written; None where none is sent yet."""
    claim, rules = talk.claim, talk.rules
    told: dict[str, Any] = {}
    advised = talk.advice.choice if talk.advice.settled else ""
    because = because_for(wish, talk.advice, advised, reason_for(wish, rules, by))
    until, review_on = days_for(wish, talk.advice, rules, talk.on)
    if wish.choice == Choice.BOOK:
        if wish.slot is None:
            return None
        told |= notice_words.of_appointment(_as_booked(talk, wish))
        kind = NoticeKind.BOOKED
    elif wish.choice == Choice.DEFER:
        assert until is not None
        callers = team(claim.office, TeamKind.DEFERRALS, TeamKind.ADVISERS)
        told |= notice_words.team_that_rings(callers, claim.office)
        told |= notice_words.of_deferral(because, until, recontact_on(talk, until))
        kind = NoticeKind.DEFERRED
    else:
        assert review_on is not None
        told |= notice_words.advisers_of(claim.office)
        told |= {"reason": because, "review_on": review_on}
        kind = NoticeKind.WAIVED
    return notices.preview(claim, kind, words=told, rules=rules, now=now)


def recontact_on(talk: Talk, until: date) -> date:
    """The day on which somebody gets in touch before a deferral ends."""
    days = talk.rules.value("timings.recontact_days_before_end")
    return recontact_day(until, days, talk.on, organisations.holidays())


def _as_booked(talk: Talk, wish: Wish) -> Appointment:
    """The appointment a slot would become, not saved."""
    assert wish.slot is not None
    return Appointment(
        interview=talk.conversation.interview,
        kind=wish.slot.kind,
        office=talk.claim.office,
        mode=wish.slot.mode,
        starts_at=wish.slot.starts_at,
        ends_at=wish.slot.ends_at,
        adviser=Person.objects.get(pk=wish.slot.adviser_id),
        with_assessor=wish.slot.assessor_id is not None,
    )


@dataclass(frozen=True)
class Settled:
    """What came of a conversation: the decision, what happens next, what the customer is sent."""

    decision: Decision | None
    deferral: Deferral | None
    appointment: Appointment | None
    next_steps: tuple[Task, ...]
    notices: tuple[Notice, ...]


def settled(conversation: Conversation, now: datetime) -> Settled:
    """The outcome of a finished conversation."""
    interview = conversation.interview
    decision = conversation.decisions.select_related("decided_by__person").first()
    since = (decision.decided_at if decision else now) - timedelta(seconds=1)
    return Settled(
        decision=decision,
        deferral=Deferral.objects.filter(decision=decision).first() if decision else None,
        appointment=interview.appointments.filter(state="booked").select_related("adviser", "office").first(),
        next_steps=tuple(
            Task.objects.filter(claim=interview.claim_id, closed_at=None)
            .select_related("team", "person")
            .order_by("due_on", "id")
        ),
        notices=tuple(
            Notice.objects.filter(claim=interview.claim_id, queued_at__gte=since).defer("content", "pdf")
        ),
    )


def target_day(talk: Talk) -> date:
    """By when the interview should be (D:L572); it is a measure, never a reason to put it off."""
    return max(talk.conversation.interview.due_by, day_of_target(talk))


def day_of_target(talk: Talk) -> date:
    return talk.on + timedelta(days=talk.rules.value("timings.first_interview_within_days"))
