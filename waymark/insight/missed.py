"""Missed interviews: of which kind, for which reason, how long after the letter, with or without a talk before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waymark.customers.queries import claims_visible_to
from waymark.interviews.diary.queries import moment
from waymark.interviews.enums import AppointmentState, CallBefore
from waymark.interviews.managing.rules import band_of
from waymark.interviews.models import Appointment, PreCall
from waymark.kernel.clock import day_of
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.organisations.models import Office, Post
from waymark.record.enums import Happened
from waymark.sanctions.models import Breach
from waymark.worklist.enums import Outcome, TaskKind
from waymark.worklist.models import Task

LETTERS = (
    NoticeKind.BOOKED,
    NoticeKind.BOOKED_BY_LETTER,
    NoticeKind.FIRST_INTERVIEW,
    NoticeKind.NEXT_INTERVIEW,
    NoticeKind.VOLUNTARY_INTERVIEW,
    NoticeKind.TRIGGER_MEETING,
    NoticeKind.CANCELLED_BY_US,
)
KINDS = {
    "first": gettext_lazy("Compulsory, the first"),
    "later": gettext_lazy("Compulsory, a later one"),
    "choice": gettext_lazy("By choice"),
}
LEADS = {
    "none": gettext_lazy("No letter left before the day"),
    "under_4": gettext_lazy("Letter up to 3 days before"),
    "4_to_7": gettext_lazy("4 to 7 days"),
    "8_to_14": gettext_lazy("8 to 14 days"),
    "15_to_28": gettext_lazy("15 to 28 days"),
    "over_28": gettext_lazy("More than 28 days"),
}
CALLS = {
    "talked": gettext_lazy("We talked before the first letter"),
    "not_talked": gettext_lazy("No talk before the first letter"),
    "not_asked": gettext_lazy("The programme asks for no call before"),
}
NOT_HEARD = "not_heard"
TALKED = frozenset({CallBefore.REACHED, CallBefore.RANG_US})


@dataclass(frozen=True)
class Coming:
    """One appointment that was kept or missed, and what the figures ask of it."""

    appointment: Appointment
    missed: bool
    kind: str
    lead: str
    call: str
    reason: str

    @property
    def customer(self) -> str:
        return self.appointment.interview.claim.customer.name


@dataclass(frozen=True)
class Group:
    """A line of a figure: how many appointments of a sort there were, and how many of them were missed."""

    code: str
    label: str
    missed: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.missed / self.whole) if self.whole else None


@dataclass(frozen=True)
class MissedFigures:
    """All of a stretch of days, by four sortings. `reasons` counts the missed alone."""

    rows: tuple[Coming, ...]
    kinds: tuple[Group, ...]
    leads: tuple[Group, ...]
    calls: tuple[Group, ...]
    reasons: tuple[Group, ...]

    @property
    def missed(self) -> int:
        return sum(row.missed for row in self.rows)

    @property
    def whole(self) -> int:
        return len(self.rows)


def missed_figures(
    post: Post, office: Office, first: date, last: date, *, causes: Mapping[str, str]
) -> MissedFigures:
    """Appointments of an office in these days that were kept or missed. One query.

    causes: the title of each code of reasons/good_cause.csv.
    """
    rows = tuple(_coming(each) for each in _appointments(post, office, first, last))
    reasons = {
        **causes,
        "heard": _("Heard, and another time agreed"),
        "said": _("Given in a case that is under way"),
        NOT_HEARD: _("No reason heard yet"),
    }
    only_missed = [row for row in rows if row.missed]
    return MissedFigures(
        rows,
        _groups(rows, KINDS, lambda row: row.kind),
        _groups(rows, LEADS, lambda row: row.lead),
        _groups(rows, CALLS, lambda row: row.call),
        _groups(only_missed, reasons, lambda row: row.reason),
    )


def _appointments(post: Post, office: Office, first: date, last: date) -> QuerySet[Appointment]:
    letter = Notice.objects.filter(
        claim=OuterRef("interview__claim"),
        kind__in=LETTERS,
        queued_at__gte=OuterRef("made_at"),
        sent_at__lt=OuterRef("starts_at"),
        came_back_on=None,
    ).order_by("sent_at")
    earlier = Appointment.objects.filter(
        interview__claim=OuterRef("interview__claim"),
        interview__mandatory=True,
        state=AppointmentState.TOOK_PLACE,
        starts_at__lt=OuterRef("starts_at"),
    )
    call = PreCall.objects.filter(interview__claim=OuterRef("interview__claim"))
    heard = Task.objects.filter(
        claim=OuterRef("interview__claim"),
        kind__in=[TaskKind.FIND_OUT, TaskKind.FOLLOW_UP],
        origin=Happened.INTERVIEW_MISSED,
        opened_at__gte=OuterRef("starts_at"),
        outcome=Outcome.DONE,
    )
    breach = Breach.objects.filter(appointment=OuterRef("pk"))
    return (
        Appointment.objects.filter(
            office=office,
            state__in=[AppointmentState.TOOK_PLACE, AppointmentState.MISSED],
            starts_at__range=(moment(first, 0), moment(last, 24 * 60)),
            interview__claim__in=claims_visible_to(post).values("pk"),
        )
        .annotate(
            letter_at=Subquery(letter.values("sent_at")[:1]),
            later=Exists(earlier),
            call_result=Subquery(call.values("result")[:1]),
            cause=Subquery(breach.values("cause")[:1]),
            said_at=Subquery(breach.values("reason_given_at")[:1]),
            heard=Exists(heard),
            mandatory=F("interview__mandatory"),
        )
        .select_related("interview__claim__customer", "adviser")
        .order_by("-starts_at", "-id")
    )


def _coming(each: Appointment) -> Coming:
    """The row as the query annotated it."""
    row = vars(each)
    letter_at, call = row["letter_at"], row["call_result"]
    days = (day_of(each.starts_at) - day_of(letter_at)).days if letter_at else None
    kind = ("later" if row["later"] else "first") if row["mandatory"] else "choice"
    return Coming(
        appointment=each,
        missed=each.state == AppointmentState.MISSED,
        kind=kind,
        lead=band_of(days),
        call="not_asked" if call is None else "talked" if call in TALKED else "not_talked",
        reason=row["cause"] or ("said" if row["said_at"] else "heard" if row["heard"] else NOT_HEARD),
    )


def _groups(
    rows: Sequence[Coming], labels: Mapping[str, object], code_of: Callable[[Coming], str]
) -> tuple[Group, ...]:
    counted: dict[str, list[bool]] = {}
    for row in rows:
        counted.setdefault(code_of(row), []).append(row.missed)
    known = [code for code in labels if code in counted] + sorted(set(counted) - set(labels))
    return tuple(
        Group(code, str(labels.get(code, code)), sum(counted[code]), len(counted[code])) for code in known
    )
