"""What must hold of the series, of what customers tell us, and of consequences: read from rows, not from the verbs."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from waymark.customers.models import Claim
from waymark.inbound.models import Message
from waymark.interviews.models import Appointment, Interview, Requirement
from waymark.sanctions.models import Breach, Bundle, Sanction
from waymark.worklist.models import Task

OPEN = ("due", "booked", "deferred")


def claims_without_requirement() -> Iterable[str]:
    held = Exists(Requirement.objects.filter(claim=OuterRef("pk"), until=None))
    return (f"claim {r}" for r in Claim.objects.filter(~held, status="live").values_list("ref", flat=True))


def compulsory_where_it_is_a_choice() -> Iterable[str]:
    """An open compulsory interview of a customer for whom interviews are a choice."""
    choice = Exists(Requirement.objects.filter(claim=OuterRef("claim"), until=None, standing="voluntary"))
    found = Interview.objects.filter(choice, mandatory=True, state__in=OPEN, claim__status="live")
    return (f"interview {ref}" for ref in found.values_list("ref", flat=True))


def messages_nobody_has() -> Iterable[str]:
    owned = Exists(Task.objects.filter(pk=OuterRef("task"), closed_at=None))
    found = Message.objects.filter(~owned, answered_at=None, claim__status="live")
    return (f"message {ref}" for ref in found.values_list("ref", flat=True))


def missed_against_a_message() -> Iterable[str]:
    """Marked as missed although the customer had asked beforehand about this very appointment (M:L1671)."""
    asked = Message.objects.filter(
        claim=OuterRef("interview__claim"),
        appointment=OuterRef("ref"),
        about__in=["cannot_come", "move"],
        received_at__lt=OuterRef("starts_at"),
    )
    breached = Exists(Breach.objects.filter(appointment=OuterRef("pk")).exclude(state="closed"))
    found = Appointment.objects.filter(breached, Exists(asked), state="missed")
    return (f"appointment {ref}" for ref in found.values_list("ref", flat=True))


def cases_of_a_choice() -> Iterable[str]:
    found = Breach.objects.filter(interview__mandatory=False)
    return (f"case {ref}" for ref in found.values_list("ref", flat=True))


def handed_over_without_a_gate() -> Iterable[str]:
    """Bundles that lack a gate, counted afresh: notice, attempts, questions, visit, time or reason."""
    bundles = Bundle.objects.select_related("breach__appointment", "proof").prefetch_related(
        "breach__attempts", "breach__safeguards", "breach__visits"
    )
    for bundle in bundles.iterator(chunk_size=500):
        lacking = _lacking(bundle)
        if lacking:
            yield f"bundle {bundle.ref}: {', '.join(lacking)}"


def _lacking(bundle: Bundle) -> list[str]:
    breach, made = bundle.breach, bundle.made_at
    tried = [attempt for attempt in breach.attempts.all() if attempt.at <= made]
    answered = {answer.question for answer in breach.safeguards.all() if answer.at <= made}
    sent = bundle.proof.sent_at
    gates = {
        "notice": sent is not None
        and sent < breach.appointment.starts_at
        and (bundle.proof.came_back_on is None or bundle.proof.came_back_on > made.date()),
        "attempts": len({attempt.on for attempt in tried}) >= breach.attempts_needed
        and len({attempt.channel for attempt in tried}) >= breach.ways_needed,
        "questions": set(breach.questions_needed) <= answered,
        "visit": not breach.visit_needed or any(visit.done_on for visit in breach.visits.all()),
        "time": breach.cause_good is not None or made.date() > breach.reply_by,
    }
    return [name for name, passed in gates.items() if not passed]


def decided_by_who_referred() -> Iterable[str]:
    found = Sanction.objects.filter(ruling__decided_by__person=F("ruling__bundle__made_by__person"))
    return (f"sanction {ref}" for ref in found.values_list("ref", flat=True))


def paid_less_unannounced() -> Iterable[str]:
    """In effect before the customer was told, before its day, or below what is always left."""
    untold = Q(notice__sent_at=None) | Q(notice__sent_at__gte=F("in_effect_at"))
    early = Q(in_effect_at__date__lt=F("starts_on"))
    found = Sanction.objects.filter(
        Q(in_effect_at__isnull=False) & (untold | early) | Q(paid_after__lt=F("floor"))
    )
    return (f"sanction {ref}" for ref in found.values_list("ref", flat=True))
