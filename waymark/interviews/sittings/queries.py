"""Reading the workspace: what stands in it, and what must be known before the customer comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from waymark.customers.access import READS_RESTRICTED
from waymark.customers.models import Claim, Customer
from waymark.customers.queries import claims_visible_to
from waymark.interviews.enums import Effect, Explored, SittingState
from waymark.interviews.holding import rules_for
from waymark.interviews.models import (
    Appointment,
    Correction,
    HelpToAttend,
    Interest,
    Interview,
    Objection,
    PreCall,
    Preferences,
    Sitting,
    Wording,
)
from waymark.interviews.queries.checks import four_answers
from waymark.interviews.queries.recontact import last_view
from waymark.interviews.series.objecting import objections_of
from waymark.interviews.series.queries import Way, adviser_of, pre_call_of, preferences_of, way
from waymark.interviews.sittings.rules import RESTRICTED
from waymark.interviews.sittings.verbs import latest
from waymark.interviews.taken_hours import Taken, taken_of
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules
from waymark.worklist.enums import TaskKind
from waymark.worklist.models import Task

LAST_TIMES = 3


@dataclass(frozen=True)
class Text:
    """A text of the workspace as it stands; revision 0 while nothing was written."""

    field: str
    text: str = ""
    revision: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""


@dataclass(frozen=True)
class Line:
    """One entry of a checklist: what the pack says of it, how it was marked, and the words about it.

    state: a `Depth` for a form of help, an `Explored` for a topic or a barrier, empty while nobody marked it.
    """

    code: str
    title: str
    about: str
    state: str
    text: Text
    why_not: str = ""
    present: bool = False
    main: bool = False


@dataclass(frozen=True)
class Workspace:
    """An appointment with all that is written about it. `sitting` is None until somebody opens it."""

    appointment: Appointment
    sitting: Sitting | None
    rules: Rules
    way: Way
    texts: Mapping[str, Text]
    topics: tuple[Line, ...]
    options: tuple[Line, ...]
    barriers: tuple[Line, ...]
    sees_restricted: bool

    @property
    def interview(self) -> Interview:
        return self.appointment.interview

    @property
    def claim(self) -> Claim:
        return self.appointment.interview.claim

    @property
    def customer(self) -> Customer:
        return self.appointment.interview.claim.customer

    @property
    def first(self) -> bool:
        """The first compulsory interview, at which every form of help is shown."""
        return self.interview.mandatory and self.way.counted == 0

    @property
    def open(self) -> bool:
        return self.sitting is not None and self.sitting.state == SittingState.OPEN

    def text(self, field: str) -> Text:
        return self.texts.get(field, Text(field))


def appointments_for(post: Post) -> QuerySet[Appointment]:
    """The appointments of the claims a post reaches, with what every page of the workspace needs."""
    return Appointment.objects.filter(
        interview__isnull=False, interview__claim__in=claims_visible_to(post).order_by().values("pk")
    ).select_related(
        "interview__claim__customer__safe_contact",
        "interview__claim__customer__access_needs",
        "interview__claim__office__district",
        "adviser",
        "office__district",
        "room",
    )


def workspace(post: Post, ref: str, on: date) -> Workspace:
    """The workspace of an appointment. Raises Appointment.DoesNotExist for strangers."""
    appointment = appointments_for(post).get(ref=ref)
    claim = appointment.interview.claim
    rules = rules_for(claim, on)
    sitting = (
        Sitting.objects.select_related("adviser__person", "settled_by__person")
        .prefetch_related("topics", "options", "barriers", "present", "interests__owner")
        .filter(appointment=appointment)
        .first()
    )
    found = way(claim, on, rules)
    texts = _texts(sitting)
    sees = post.role in READS_RESTRICTED
    shown = texts if sees else {name: text for name, text in texts.items() if name != RESTRICTED}
    first = appointment.interview.mandatory and found.counted == 0
    return Workspace(
        appointment=appointment,
        sitting=sitting,
        rules=rules,
        way=found,
        texts=shown,
        topics=_topics(rules, sitting, texts, first),
        options=_options(rules, sitting),
        barriers=_barriers(rules, sitting, texts),
        sees_restricted=sees,
    )


def _texts(sitting: Sitting | None) -> dict[str, Text]:
    if sitting is None:
        return {}
    sitting_texts = Wording.objects.filter(sitting=sitting).select_related("saved_by__person")
    newest = latest(sitting)
    names = {
        w.pk: w.saved_by.person.name for w in sitting_texts.filter(pk__in=[w.pk for w in newest.values()])
    }
    return {
        field: Text(field, w.text, w.revision, w.saved_at, names.get(w.pk, "")) for field, w in newest.items()
    }


def _topics(
    rules: Rules, sitting: Sitting | None, texts: Mapping[str, Text], first: bool
) -> tuple[Line, ...]:
    marked = {one.topic: one.explored for one in sitting.topics.all()} if sitting else {}
    wanted = [
        entry
        for entry in rules.pack.interview["topics"]
        if entry["code"] in marked
        or (first and not entry.get("later_only"))
        or (not first and not entry.get("first_only"))
    ]
    return tuple(_line(entry, "prompt", marked.get(entry["code"], ""), "topic", texts) for entry in wanted)


def _options(rules: Rules, sitting: Sitting | None) -> tuple[Line, ...]:
    marked = {one.option: one for one in sitting.options.all()} if sitting else {}
    found = []
    for entry in rules.pack.interview["options"]:
        one = marked.get(entry["code"])
        state, why_not = (one.depth, one.why_not) if one else ("", "")
        found.append(Line(entry["code"], entry["title"], entry["text"], state, Text(""), why_not))
    return tuple(found)


def _barriers(rules: Rules, sitting: Sitting | None, texts: Mapping[str, Text]) -> tuple[Line, ...]:
    marked = {one.kind: one for one in sitting.barriers.all()} if sitting else {}
    found = []
    for entry in rules.pack.interview["barriers"]:
        one = marked.get(entry["code"])
        field = f"barrier:{entry['code']}"
        found.append(
            Line(
                entry["code"],
                entry["title"],
                "",
                one.explored if one else "",
                texts.get(field, Text(field)),
                present=bool(one and one.present),
                main=bool(one and one.main),
            )
        )
    return tuple(found)


def _line(entry: Mapping[str, Any], about: str, state: str, kind: str, texts: Mapping[str, Text]) -> Line:
    field = f"{kind}:{entry['code']}"
    return Line(entry["code"], entry["title"], entry.get(about, ""), state, texts.get(field, Text(field)))


def colleagues_of(claim: Claim, post: Post, on: date) -> list[Person]:
    """Who may owe an answer: the people with a post at the claim's office on this day, and the asking person."""
    held = Post.objects.filter(team__office=claim.office_id, starts_on__lte=on).exclude(ends_on__lt=on)
    people = Person.objects.filter(
        pk__in=[*held.values_list("person", flat=True), post.person_id], left_on=None
    )
    return list(people.order_by("name"))


# Before the customer comes


@dataclass(frozen=True)
class LastTime:
    """An earlier interview: when, with whom, how it ended, what was said and agreed, as the customer has it.

    not_yet: what was left for another time (E:L1756); hard_with: who was there and made it hard to talk (E:L1502).
    """

    sitting: Sitting
    said: Sequence[str]
    agreed: Sequence[str]
    corrections: Sequence[Correction]
    not_yet: Sequence[str] = ()
    hard_with: Sequence[str] = ()


@dataclass(frozen=True)
class Beforehand:
    """What is read before the customer comes (E:L1349-1355)."""

    last_times: tuple[LastTime, ...]
    interests: tuple[Interest, ...]
    promises: tuple[Task, ...]
    call: PreCall | None
    worries: tuple[tuple[str, bool, str], ...]
    preferences: Preferences | None
    help: tuple[HelpToAttend, ...]
    view: tuple[tuple[str, str], ...]
    adviser: Person | None
    objections: tuple[tuple[str, Objection], ...] = ()
    taken: tuple[Taken, ...] = ()


def beforehand(found: Workspace) -> Beforehand:
    """The reading before an interview: sixteen queries at most, whatever the length of the way."""
    claim, rules = found.claim, found.rules
    call = pre_call_of(found.interview) or PreCall.objects.filter(interview__claim=claim).first()
    titles = rules.pack.reasons("concern")
    worries = call.concerns.all() if call else ()
    against = rules.pack.reasons("against")
    return Beforehand(
        last_times=tuple(_last_times(found)),
        interests=tuple(open_interests(claim)),
        promises=tuple(
            Task.objects.filter(claim=claim, closed_at=None, kind=TaskKind.PROMISE)
            .select_related("person", "team")
            .order_by("due_on", "id")
        ),
        call=call,
        worries=tuple((titles[one.concern].title, one.settled, one.words) for one in worries),
        preferences=preferences_of(claim),
        help=tuple(HelpToAttend.objects.filter(interview=found.interview)),
        view=four_answers(last_view(found.interview)),
        adviser=adviser_of(claim),
        objections=tuple(
            (against[one.reason].title if one.reason in against else one.reason, one)
            for one in objections_of(found.interview)
        ),
        taken=taken_of(claim.pk),
    )


def _last_times(found: Workspace) -> list[LastTime]:
    sittings = (
        Sitting.objects.filter(appointment__interview__claim=found.claim, state=SittingState.SETTLED)
        .exclude(appointment=found.appointment)
        .select_related("appointment__interview", "adviser__person")
        .prefetch_related("summaries__corrections", "topics", "barriers", "present")
        .order_by("-settled_at")[:LAST_TIMES]
    )
    return [
        replace(last_time_of(one), not_yet=_left_open(one, found.rules), hard_with=_hard_with(one))
        for one in sittings
    ]


def _left_open(sitting: Sitting, rules: Rules) -> list[str]:
    """The titles of topics and barriers that were marked as not talked about yet."""
    interview = rules.pack.interview
    marked = {one.topic for one in sitting.topics.all() if one.explored == Explored.NOT_YET}
    marked |= {one.kind for one in sitting.barriers.all() if one.explored == Explored.NOT_YET}
    known = {entry["code"]: entry["title"] for entry in (*interview["topics"], *interview["barriers"])}
    return [title for code, title in known.items() if code in marked]


def _hard_with(sitting: Sitting) -> list[str]:
    return [one.name for one in sitting.present.all() if one.effect == Effect.HINDERED]


def last_time_of(sitting: Sitting) -> LastTime:
    """What the customer has in writing of an interview, with what they put right."""
    summaries = list(sitting.summaries.all())
    if not summaries:
        return LastTime(sitting, (), (), ())
    newest = summaries[-1]
    corrections = [each for summary in summaries for each in summary.corrections.all()]
    return LastTime(sitting, newest.said, newest.agreed, corrections)


def open_interests(claim: Claim) -> QuerySet[Interest]:
    """What the customer would like and nobody has answered yet, the soonest owed first."""
    return Interest.objects.filter(claim=claim, answered_on=None).select_related("owner")


def interest_of_task(post: Post, task_ref: str) -> Interest:
    """What a task owes an answer to. Raises Interest.DoesNotExist for strangers."""
    claims = claims_visible_to(post).order_by().values("pk")
    return Interest.objects.select_related("claim__customer", "owner", "task").get(
        claim__in=claims, task__ref=task_ref
    )


def correction_for(post: Post, ref: str) -> Correction:
    """A correction with its summary. Raises Correction.DoesNotExist for strangers."""
    claims = claims_visible_to(post).order_by().values("pk")
    return Correction.objects.select_related("summary__sitting__appointment__interview__claim__customer").get(
        ref=ref, summary__sitting__appointment__interview__claim__in=claims
    )


def hard_one(claim: Claim) -> Sitting | None:
    """The last hard interview of a claim, after which somebody talks with its adviser."""
    return (
        Sitting.objects.filter(appointment__interview__claim=claim, hard=True, state=SittingState.SETTLED)
        .select_related("adviser__person", "appointment__interview__claim__customer")
        .order_by("-settled_at")
        .first()
    )


def suggested(found: Workspace) -> tuple[list[str], list[str]]:
    """Lines for the summary from what was written: the customer's own words, and what was promised."""
    said = [
        *_lines(found.text("own_words").text),
        *_lines(found.text("health").text),
        *_lines(found.text("hopes").text),
    ]
    wishes = found.sitting.interests.all() if found.sitting else ()
    agreed = [*_lines(found.text("promised").text), *(f"{one.owner.name}: {one.words}" for one in wishes)]
    return said, agreed


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
