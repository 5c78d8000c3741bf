"""Reading a customer's way through the series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.customers.models import Claim
from waymark.customers.queries import claims_visible_to
from waymark.interviews.enums import CallBefore, InterviewState, Standing
from waymark.interviews.holding import rules_for
from waymark.interviews.models import (
    Appointment,
    Caseload,
    Interview,
    PreCall,
    Preferences,
    Requirement,
    Sitting,
)
from waymark.interviews.series.beginning import regime_of
from waymark.interviews.series.rules import Past, Station, compulsory_until, stations
from waymark.kernel.clock import day_of
from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.notices.enums import NoticeKind
from waymark.organisations.models import Person, Post
from waymark.programme.queries import Rules

OPEN = frozenset({InterviewState.DUE, InterviewState.BOOKED, InterviewState.DEFERRED})
COUNTING = {
    "telephone": "counting.telephone_interview_counts",
    "home": "counting.home_interview_counts",
    "shortened": "counting.shortened_interview_counts",
    "unable": "counting.unable_on_the_day_counts",
    "voluntary": "counting.voluntary_interview_counts",
}
STATE_WORDS = {
    "held": gettext_lazy("held"),
    "not_counted": gettext_lazy("held, did not count"),
    "booked": gettext_lazy("booked"),
    "due": gettext_lazy("a time is to be found"),
    "deferred": gettext_lazy("put off"),
    "waived": gettext_lazy("not required"),
    "planned": gettext_lazy("to come"),
}


@dataclass(frozen=True)
class Stop:
    """A station as it is shown: its number, its state in a word, and its day where there is one."""

    number: int
    state: str
    state_words: str
    on: date | None


@dataclass(frozen=True)
class Way:
    """What is compulsory for a claim and how far it has come.

    counted: compulsory interviews that count; total: at most so many; what_counts: the rules of counting in
    sentences, so that every count says what it counted.
    """

    standing: str
    because: str
    since: date | None
    total: int
    counted: int
    stops: tuple[Stop, ...]
    next: Interview | None
    ends_on: date | None
    what_counts: tuple[str, ...]

    @property
    def compulsory(self) -> bool:
        return self.standing == Standing.MANDATORY

    @property
    def to_come(self) -> int:
        return max(self.total - self.counted, 0) if self.compulsory else 0

    @property
    def number(self) -> int:
        """The number of the interview that is next, among the compulsory ones."""
        return min(self.counted + 1, self.total) if self.total else 0


def requirement_of(claim: Claim) -> Requirement | None:
    """What is in force for the claim."""
    return _in_force.first(claim)


@composed
def _in_force(claim: Claim) -> QuerySet[Requirement]:
    return Requirement.objects.filter(claim=claim, until=None)[:1]


def counts_of(interview: Interview) -> bool:
    """Whether a compulsory interview counts: as its last sitting settled it; one held without, counts."""
    sittings = [a.sitting for a in interview.appointments.all() if hasattr(a, "sitting")]
    settled = [s for s in sittings if s.counts is not None]
    if interview.state != InterviewState.HELD:
        return False
    return bool(settled[-1].counts) if settled else True


def compulsory(claim: Claim) -> list[Interview]:
    """The claim's compulsory interviews in their order, with their appointments and sittings. Two queries."""
    found = _compulsory(claim)
    for interview in found:
        interview.claim = claim
    return found


@composed
def _compulsory(claim: Claim) -> QuerySet[Interview]:
    return (
        Interview.objects.filter(claim=claim, mandatory=True)
        .exclude(state=InterviewState.CLOSED)
        .prefetch_related(Prefetch("appointments", Appointment.objects.select_related("sitting")))
        .order_by("number")
    )


def past_of(interviews: Iterable[Interview]) -> list[Past]:
    """Compulsory interviews in their order, as the rules of the series take them."""
    return [Past(number, i.state, _day(i), counts_of(i)) for number, i in enumerate(interviews, start=1)]


def counted(claim: Claim) -> int:
    return sum(counts_of(interview) for interview in compulsory(claim))


def way(
    claim: Claim, on: date, rules: Rules | None = None, interviews: Sequence[Interview] | None = None
) -> Way:
    """The way of a claim as it looks on a day, by the rules of that day.

    interviews: the claim's `compulsory` ones, where they were read already.
    """
    if interviews is None:
        interviews = compulsory(claim)
    following = next((i for i in interviews if i.state in OPEN), None)
    rules = rules or rules_for(claim, on)
    return assemble(claim, requirement_of(claim), past_of(interviews), following, rules, on)


def assemble(
    claim: Claim,
    held: Requirement | None,
    past: Sequence[Past],
    following: Interview | None,
    rules: Rules,
    on: date,
) -> Way:
    """The way from what was read already: the requirement in force, and the compulsory interviews in order."""
    regime = regime_of(rules)
    standing = held.standing if held else Standing.VOLUNTARY
    ends_on = compulsory_until(regime, claim.customer.born_on)
    planned = regime.total if standing == Standing.MANDATORY else 0
    found = stations(past, total=planned, interval_days=regime.interval_days, ends_on=ends_on, today=on)
    return Way(
        standing=standing,
        because=because_of(held, rules) if held else "",
        since=held.since if held else None,
        total=regime.total,
        counted=sum(p.counts for p in past),
        stops=tuple(_stop(s) for s in found),
        next=following,
        ends_on=ends_on,
        what_counts=what_counts(rules),
    )


def because_of(requirement: Requirement, rules: Rules) -> str:
    """Why, in a sentence; the reason's own title where nobody wrote more."""
    reason = rules.pack.reasons("standing").get(requirement.because)
    return requirement.words or (reason.title if reason else requirement.because)


def counting_settings(rules: Rules) -> dict[str, bool]:
    return {name: rules.value(key) for name, key in COUNTING.items()}


def what_counts(rules: Rules) -> tuple[str, ...]:
    """The rules of counting in sentences (the reports disagree, so each programme says its own)."""
    sentences = {
        "telephone": (
            _("An interview by telephone counts."),
            _("An interview by telephone does not count."),
        ),
        "home": (_("An interview at home counts."), _("An interview at home does not count.")),
        "shortened": (
            _("One that was cut short counts unless a person settles otherwise."),
            _("One that was cut short does not count unless a person settles otherwise."),
        ),
        "unable": (
            _("A day on which the customer could not take part counts."),
            _("A day on which the customer could not take part counts neither way."),
        ),
    }
    settings = counting_settings(rules)
    return tuple(yes if settings[name] else no for name, (yes, no) in sentences.items())


def adviser_of(claim: Claim) -> Person | None:
    """The adviser the claim is with."""
    line = _with_adviser.first(claim)
    return line.adviser if line else None


@composed
def _with_adviser(claim: Claim) -> QuerySet[Caseload]:
    return Caseload.objects.filter(claim=claim, until=None).select_related("adviser")[:1]


def caseload(adviser: Person) -> QuerySet[Claim]:
    """The live claims that are with an adviser."""
    return (
        Claim.objects.filter(caseload__adviser=adviser, caseload__until=None, status="live")
        .select_related("customer", "office")
        .order_by("customer__family_name", "customer__given_names", "id")
    )


def preferences_of(claim: Claim) -> Preferences | None:
    return Preferences.objects.filter(claim=claim).prefetch_related("avoid").first()


def pre_call_of(interview: Interview) -> PreCall | None:
    return PreCall.objects.filter(interview=interview).prefetch_related("concerns").first()


def needs_interpreter(claim: Claim) -> bool:
    needs = getattr(claim.customer, "access_needs", None)
    return bool(needs is not None and needs.interpreter)


def insist_on_other_person(claim: Claim, adviser_id: int) -> None:
    """Nobody is booked with somebody they asked not to meet (M:L1722-1749)."""
    avoided = Preferences.objects.filter(claim=claim, avoid=adviser_id).exists()
    if avoided:
        raise Refused(
            "asked_not_to_meet",
            "The customer has asked not to meet this adviser.",
            "Choose a colleague's time.",
        )


def letter_of(
    interview: Interview, notice: NoticeKind, rules: Rules, interviews: Iterable[Interview]
) -> tuple[NoticeKind, str]:
    """Which letter tells of an appointment, and in which variant. Only the plain booking letter is replaced.

    interviews: the claim's `compulsory` ones.
    gentle: where stress can harm (E:L1226); no_call: where nobody could talk with the customer first (E:L3259).
    """
    if notice != NoticeKind.BOOKED:
        return notice, ""
    if not interview.mandatory:
        return NoticeKind.VOLUNTARY_INTERVIEW, ""
    if rules.value("regime.mandatory_interviews") <= 1:
        return notice, ""
    call = PreCall.objects.filter(interview__claim=interview.claim_id).first()
    gentle = call is not None and call.gentle
    if any(other.state == InterviewState.HELD for other in interviews):
        return NoticeKind.NEXT_INTERVIEW, "gentle" if gentle else ""
    if gentle:
        return NoticeKind.FIRST_INTERVIEW, "gentle"
    unheard = call is not None and call.result in {CallBefore.UNREACHABLE, CallBefore.LEFT_OUT}
    return NoticeKind.FIRST_INTERVIEW, "no_call" if unheard else ""


def about_last_time(claim: Claim) -> str:
    """What it was agreed the next time would be about."""
    settled = Sitting.objects.filter(appointment__interview__claim=claim, state="settled")
    return settled.values_list("next_about", flat=True).first() or ""


def interview_for(post: Post, ref: str) -> Interview | None:
    """An interview this post may see, with its claim; None for a stranger."""
    return (
        Interview.objects.filter(ref=ref, claim__in=claims_visible_to(post))
        .select_related("claim__customer", "claim__office__district")
        .first()
    )


def words_of(found: Way) -> Mapping[str, Any]:
    """What letters say of the series."""
    return {"number": found.number, "series_total": found.total, "to_come": found.to_come}


def _stop(station: Station) -> Stop:
    return Stop(station.number, station.state, str(STATE_WORDS[station.state]), station.on)


def _day(interview: Interview) -> date | None:
    """The day an interview was held or will be: its appointment's, else the day by which it is due."""
    shown = [a for a in interview.appointments.all() if a.state in {"booked", "took_place"}]
    if shown:
        return day_of(shown[-1].starts_at)
    return interview.due_by
