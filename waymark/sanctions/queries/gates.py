"""What the gates of a case rest on, read from the rows."""

from datetime import date

from django.db.models import Q, QuerySet

from waymark.customers.models import AccessNeeds, Claim, Stop
from waymark.inbound.enums import About
from waymark.inbound.models import Message
from waymark.interviews.enums import Standing
from waymark.interviews.models import Appointment, Interview, Requirement
from waymark.interviews.verbs.common import rules_for
from waymark.kernel.clock import day_of
from waymark.notices.enums import NoticeKind
from waymark.notices.models import Notice
from waymark.programme.queries import Rules
from waymark.sanctions.enums import BreachKind
from waymark.sanctions.models import Breach
from waymark.sanctions.rules import Gate, Known, Tried, gates

# Letters that tell of an appointment.
TELL_OF_IT = (
    NoticeKind.BOOKED,
    NoticeKind.BOOKED_BY_LETTER,
    NoticeKind.CANCELLED_BY_US,
    NoticeKind.FIRST_INTERVIEW,
    NoticeKind.NEXT_INTERVIEW,
)
# What asks for another time; kept beside the trigger that says the same.
ASKS_FOR_ANOTHER_TIME = (About.CANNOT_COME, About.MOVE, About.PAUSE)


def gates_of(breach: Breach, on: date) -> list[Gate]:
    """Every gate of a case on a day, each with its proof or with what is lacking."""
    return gates(known_of(breach, on))


def known_of(breach: Breach, on: date) -> Known:
    """What the gates are judged by: some ten small queries, for one case."""
    claim, appointment = breach.interview.claim, breach.appointment
    told = proof_of_notice(appointment)
    gone = [] if told else list(letters_about(appointment))
    back = next((letter for letter in gone if letter.came_back_on is not None), None)
    asked = breach.asked_by_notice
    visit = breach.visits.exclude(done_on=None).order_by("done_on").first()
    titles = question_titles(rules_for(claim, on))
    cause = rules_for(claim, on).pack.reasons("good_cause").get(breach.cause)
    return Known(
        on=on,
        attended=breach.kind == BreachKind.NOT_TAKING_PART,
        compulsory=breach.interview.mandatory,
        required=is_required(claim),
        asked_beforehand=asked_beforehand(appointment),
        unanswered=unanswered(claim),
        stopped=is_stopped(claim),
        starts_at=appointment.starts_at,
        told_at=told.sent_at if told else None,
        told_ref=told.ref if told else "",
        came_back_on=back.came_back_on if back else None,
        not_read_out=bool(gone) and back is None and cannot_read(claim.customer_id),
        asked_at=asked.sent_at if asked and _told_by(asked, breach) else None,
        tried=[
            Tried(one.on, one.channel, one.reached)
            for one in breach.attempts.filter(
                Q(notice=None) | Q(notice__sent_at__isnull=False, notice__came_back_on=None)
            )
        ],
        attempts_needed=breach.attempts_needed,
        ways_needed=breach.ways_needed,
        reply_by=breach.reply_by,
        reason_given=breach.reason_given_at is not None,
        cause_good=breach.cause_good,
        cause_title=cause.title if cause else breach.cause,
        questions={code: titles.get(code, code) for code in breach.questions_needed},
        answered=set(breach.safeguards.values_list("question", flat=True)),
        visit_because=breach.visit_because if breach.visit_needed else "",
        visited_on=visit.done_on if visit else None,
    )


def rules_of(breach: Breach, on: date) -> Rules:
    """What the claim's programme says on a day."""
    return rules_for(breach.interview.claim, on)


def question_titles(rules: Rules) -> dict[str, str]:
    return {code: reason.title for code, reason in rules.pack.reasons("safeguard").items()}


def proof_of_notice(appointment: Appointment) -> Notice | None:
    """The first letter that told of this appointment, went out before it and did not come back.

    To somebody who cannot read, one that was read to them by then (E:L3053-3061).
    """
    letters = letters_about(appointment).filter(came_back_on=None)
    if cannot_read(appointment.interview.claim.customer_id):
        letters = letters.filter(read_aloud_on__lte=day_of(appointment.starts_at))
    return letters.first()


def cannot_read(customer_id: int) -> bool:
    """Whether letters are read out to this customer."""
    return AccessNeeds.objects.filter(customer=customer_id, read_aloud=True).exists()


def _told_by(letter: Notice, breach: Breach) -> bool:
    """Whether the letter asking why told the customer anything in time: not one that came back, or that nobody read out
    to somebody who cannot read."""
    if letter.came_back_on is not None:
        return False
    read = letter.read_aloud_on is not None and letter.read_aloud_on < breach.reply_by
    return read or not cannot_read(breach.interview.claim.customer_id)


def letters_about(appointment: Appointment) -> QuerySet[Notice]:
    """What went out beforehand to tell of an appointment, the first first; `pdf` is left where it is."""
    return (
        Notice.objects.filter(
            claim=appointment.interview.claim_id,
            kind__in=TELL_OF_IT,
            queued_at__gte=appointment.made_at,
            sent_at__lt=appointment.starts_at,
        )
        .defer("pdf", "html")
        .order_by("sent_at")
    )


def is_required(claim: Claim) -> bool:
    """Whether the claim's interviews are compulsory today."""
    return Requirement.objects.filter(claim=claim, until=None, standing=Standing.MANDATORY).exists()


def asked_beforehand(appointment: Appointment) -> bool:
    """Another time was asked for, by whatever way, between the booking and the appointment (M:L1671)."""
    return Message.objects.filter(
        claim=appointment.interview.claim_id,
        about__in=ASKS_FOR_ANOTHER_TIME,
        received_at__gte=appointment.made_at,
        received_at__lt=appointment.starts_at,
        appointment__in=["", appointment.ref],
    ).exists()


def unanswered(claim: Claim) -> int:
    return Message.objects.filter(claim=claim, answered_at=None).count()


def is_stopped(claim: Claim) -> bool:
    return Stop.objects.filter(customer=claim.customer_id, lifted_at=None).exists()


def missed_before(interview: Interview, appointment: Appointment) -> int:
    """Which missed compulsory interview of the claim this one is."""
    return Appointment.objects.filter(
        interview__claim=interview.claim_id,
        interview__mandatory=True,
        state="missed",
        starts_at__lte=appointment.starts_at,
    ).count()
