"""What colleagues and customers know of services, and what is missing."""

from datetime import date, datetime

from django.db import transaction

from waymark.customers.models import Claim
from waymark.directory import access
from waymark.directory.catalogue import Catalogue
from waymark.directory.enums import ChangeKind, Knowledge, LiaisonKind, NeedOrigin, Source, Useful
from waymark.directory.models import (
    Change,
    CustomerView,
    Experience,
    Knowing,
    Liaison,
    Organisation,
    Service,
    UnmetNeed,
)
from waymark.directory.rules import district_of
from waymark.directory.verbs.common import note
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import District, Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


@transaction.atomic
def note_change(
    about: Service | Organisation,
    *,
    kind: ChangeKind,
    words: str,
    on: date,
    until: date | None = None,
    by: Post | None,
    now: datetime,
) -> Change:
    """News of a service, or of all of an organisation: who is away, what is new, how full it is (R:L680)."""
    organisation, service = _both(about)
    insist(access.may_note(organisation, by))
    _insist_words(words, "Say what has changed.")
    if until is not None and until < on:
        raise Refused("ends_before", "The last day lies before the first.", "Change one of them.")
    made = Change.objects.create(
        organisation=organisation,
        service=service,
        kind=kind,
        words=words.strip(),
        on=on,
        until=until,
        by=by,
        noted_at=now,
    )
    note(Happened.SERVICE_NEWS_NOTED, about, by=by, now=now, why=words.strip(), topic=str(kind))
    return made


@transaction.atomic
def note_experience(
    about: Service | Organisation, *, source: Source, words: str, by: Post, now: datetime
) -> Experience:
    """What a colleague knows of a service, with where they know it from. Not for the open data."""
    organisation, service = _both(about)
    insist(access.may_note(organisation, by))
    _insist_words(words, "Write what you know.")
    made = Experience.objects.create(
        organisation=organisation, service=service, source=source, words=words.strip(), by=by, noted_at=now
    )
    note(Happened.EXPERIENCE_NOTED, about, by=by, now=now, why=words.strip(), source=str(source))
    return made


@transaction.atomic
def note_liaison(
    organisation: Organisation,
    *,
    kind: LiaisonKind,
    on: date,
    who: str = "",
    place: str = "",
    words: str = "",
    by: Post,
    now: datetime,
) -> Liaison:
    """A meeting of both sides, past or planned; the last past one is the last contact (R:L1018)."""
    insist(access.may_note(organisation, by))
    made = Liaison.objects.create(
        organisation=organisation,
        kind=kind,
        on=on,
        who=who.strip(),
        place=place.strip(),
        words=words.strip(),
        by=by,
        noted_at=now,
    )
    note(
        Happened.LIAISON_NOTED,
        organisation,
        by=by,
        now=now,
        why=words.strip(),
        how=str(kind),
        on=on.isoformat(),
    )
    return made


@transaction.atomic
def say_knowledge(service: Service, *, level: Knowledge, often: bool, by: Post, now: datetime) -> Knowing:
    """How well who asks knows a service, 1 to 4, and whether they use it much. The last word counts."""
    insist(access.may_know(by))
    said, _new = Knowing.objects.update_or_create(
        person=by.person, service=service, defaults={"level": level, "often": often, "said_on": day_of(now)}
    )
    note(Happened.KNOWLEDGE_SAID, service, by=by, now=now, level=str(level))
    return said


@transaction.atomic
def note_view(
    service: Service, *, useful: Useful, words: str = "", claim: Claim | None, by: Post, now: datetime
) -> CustomerView:
    """What a customer thought of a service. Beside the words nobody reads whose they are."""
    insist(access.may_hear_customers(by))
    made = CustomerView.objects.create(
        service=service,
        claim_ref=claim.ref if claim else "",
        words=words.strip(),
        useful=useful,
        said_on=day_of(now),
        by=by,
    )
    note(
        Happened.CUSTOMER_VIEW_NOTED,
        service,
        by=by,
        now=now,
        customer=claim.customer.ref if claim else "",
        claim=claim.ref if claim else "",
        why=words.strip(),
        useful=str(useful),
    )
    return made


@transaction.atomic
def note_unmet(
    need: str,
    *,
    district: District,
    postcode: str = "",
    origin: NeedOrigin,
    words: str = "",
    claim: Claim | None = None,
    codes: Catalogue,
    by: Post,
    now: datetime,
) -> UnmetNeed:
    """Somebody needed help that is not there. Better said than sent somewhere that does not fit (R:L633)."""
    insist(access.may_hear_customers(by))
    if need not in codes.rows("need"):
        raise Refused("no_such_need", f"“{need}” is no need that is known.", "Choose one of the list.")
    made = UnmetNeed.objects.create(
        need=need,
        district=district,
        postcode=district_of(postcode),
        claim=claim,
        origin=origin,
        words=words.strip(),
        noted_on=day_of(now),
        by=by,
    )
    note_event(
        Happened.UNMET_NEED_NOTED,
        by=by,
        now=now,
        customer=claim.customer.ref if claim else "",
        claim=claim.ref if claim else "",
        why=words.strip(),
        need=codes.title("need", need),
        origin=str(origin),
    )
    return made


def _both(about: Service | Organisation) -> tuple[Organisation, Service | None]:
    return (about.organisation, about) if isinstance(about, Service) else (about, None)


def _insist_words(words: str, cure: str) -> None:
    if not words.strip():
        raise Refused("no_words", "Nothing is written.", cure)
