"""A case of not attending in a few lines: a customer who was told, did not come, and was asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests import factories
from tests.diaries.makers import slot
from tests.place import Place
from waymark.inbound.enums import About, Way
from waymark.inbound.models import Message
from waymark.interviews import verbs as interviews
from waymark.interviews.models import Appointment
from waymark.interviews.sittings.settling import missed
from waymark.kernel.clock import at
from waymark.kernel.refs import new_ref
from waymark.notices.outbox import deliver_due
from waymark.organisations.enums import Role
from waymark.organisations.models import Office, Post
from waymark.sanctions import verbs
from waymark.sanctions.enums import Answer, BreachKind, Channel, RulingOutcome
from waymark.sanctions.models import Breach, Bundle, Ruling, Sanction

TODAY = factories.TODAY  # Tuesday 4 May 2004
DAY_OF_IT = 9  # Thursday 13 May
VIEW = "She has always come before, and rang when she could not. I do not know what happened this time."
PAID = 7220
NO = {
    "mental_health_condition": Answer.NO,
    "able_to_answer": Answer.YES,
    "hospital_or_treatment": Answer.NO,
    "someone_to_speak": Answer.NO,
    "harm_or_crisis": Answer.NO,
    "cannot_travel": Answer.NO,
    "recent_loss": Answer.NO,
    "effect_of_less_money": Answer.NO,
}


def moment(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """So many days after Tuesday 4 May 2004."""
    return at(TODAY + timedelta(days=day), time(hour, minute))


def day(count: int) -> date:
    return TODAY + timedelta(days=count)


@dataclass
class Centre:
    """Where it is decided: an office of the district, with two people."""

    office: Office
    decider: Post
    second: Post


def make_centre(place: Place) -> Centre:
    office = factories.delivery_centre(
        district=place.district, code="calder-payments", name="Calder benefit delivery centre"
    )
    return Centre(
        office=office,
        decider=factories.post(Role.DECISION_MAKER, office=office),
        second=factories.post(Role.DECISION_MAKER, office=office),
    )


def booked(
    place: Place, *, start: int = 0, on: int = DAY_OF_IT, hour: int = 10, told: bool = True, **claim
) -> Appointment:
    """An interview with its appointment; the letter has gone, unless `told` is no."""
    now = moment(start)
    interview = place.claim(now=now, **claim)
    appointment = interviews.book_interview(
        interview, slot(place.adviser, moment(on, hour)), by=place.agent, now=now
    )
    if told:
        deliver_due(moment(start, 11))
    return appointment


def missed_one(place: Place, *, start: int = 0, on: int = DAY_OF_IT, **more) -> Appointment:
    """The customer did not come; the adviser has marked it."""
    appointment = booked(place, start=start, on=on, **more)
    missed(appointment, by=place.adviser, now=moment(on, 16))
    return Appointment.objects.get(pk=appointment.pk)


def opened(place: Place, appointment: Appointment | None = None, *, on: int = DAY_OF_IT + 1) -> Breach:
    """Friday 14 May: the adviser opens a case; the letter that asks why goes out. Time to answer: until Friday 21."""
    appointment = appointment or missed_one(place)
    breach = verbs.open_breach(appointment, BreachKind.NOT_ATTENDING, by=place.adviser, now=moment(on))
    deliver_due(moment(on, 11))
    return fresh(breach)


def fresh(breach: Breach) -> Breach:
    return Breach.objects.select_related(
        "interview__claim__customer", "interview__claim__office__district", "appointment"
    ).get(pk=breach.pk)


def tried(place: Place, breach: Breach, *, on: int = DAY_OF_IT + 4) -> Breach:
    """Two calls on two more days, nobody there."""
    for later in (0, 1):
        verbs.note_attempt(breach, Channel.PHONE, reached=False, by=place.adviser, now=moment(on + later, 14))
    return fresh(breach)


def safe(place: Place, breach: Breach, *, on: int = DAY_OF_IT + 6, **other: Answer) -> Breach:
    """Every question about health and vulnerability answered, so that none asks for a visit unless `other` says so."""
    said = {code: verbs.Said(answer, "", "the record") for code, answer in {**NO, **other}.items()}
    verbs.answer_safeguards(breach, said, by=place.adviser, now=moment(on))
    return fresh(breach)


READY = DAY_OF_IT + 11  # Monday 24 May: the time to answer is over


def ready(place: Place, **more) -> Breach:
    """A case of which every gate is passed on Monday 24 May."""
    return safe(place, tried(place, opened(place, missed_one(place, **more))))


def referred(place: Place, **more) -> Bundle:
    return verbs.refer(
        ready(place, **more), adviser_view=VIEW, paid_now=PAID, by=place.adviser, now=moment(READY)
    )


def decided(place: Place, centre: Centre, outcome: RulingOutcome, **more) -> Ruling:
    """Wednesday 26 May."""
    verdict = verbs.Verdict(outcome, "You did not come, and we could not reach you.", **more)
    return verbs.rule(referred(place), verdict, by=centre.decider, now=moment(READY + 2))


def reduced(place: Place, centre: Centre, *, sent: bool = True) -> Sanction:
    """A reduction decided on Wednesday 26 May, the letter gone."""
    ruling = decided(place, centre, RulingOutcome.SANCTION)
    if sent:
        deliver_due(moment(READY + 2, 11))
    return Sanction.objects.get(ruling=ruling)


def in_effect(place: Place, centre: Centre) -> Sanction:
    sanction = reduced(place, centre)
    start = at(sanction.starts_on, time(9))
    return verbs.put_into_effect(sanction, by=centre.second, now=start)


def message(
    breach_or_claim, about: About = About.EXPLAIN, *, now: datetime, answered: bool = False
) -> Message:
    """Something the customer has told us."""
    claim = getattr(breach_or_claim, "interview", None)
    claim = claim.claim if claim else breach_or_claim
    return Message.objects.create(
        ref=new_ref("M"),
        claim=claim,
        way=Way.CALL,
        about=about,
        words="My sister was taken ill.",
        received_at=now,
        answer_by=now.date() + timedelta(days=2),
    )
