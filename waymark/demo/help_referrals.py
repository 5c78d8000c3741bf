"""Customers with a referral in every state, made through the real verbs: each note says what to try."""

from collections.abc import Callable
from datetime import datetime, timedelta

from waymark.demo.district import Demo
from waymark.demo.series import Maker
from waymark.directory.enums import Channel
from waymark.directory.models import Contact, Organisation, Service
from waymark.kernel.clock import at, day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.organisations.models import Office, Person, Post, Team
from waymark.referrals import daily, verbs
from waymark.referrals.access import Receiver
from waymark.referrals.enums import FeedbackKind, FixedBy, Given, ReferralKind, Through, WayAnswer, WayHelp
from waymark.referrals.models import Referral

FIRST_NUMBER = 3_970_000
PURPOSE = "To find out how much I can do on a bad day, and to meet people again."
WITH_ACCOUNT = ("job_broker", "intermediate")


def make_referrals(demo: Demo, now: datetime) -> int:
    """One customer a state. Says how many; none where the directory has no services yet."""
    services = _services()
    if not services:
        return 0
    maker = Maker(demo, now, FIRST_NUMBER)
    _accounts(demo, maker, services)
    cases: list[Callable[[Maker, dict[str, Service]], object]] = [
        spoken_about,
        to_check,
        silent,
        waits_long,
        time_to_come,
        was_not_there,
        to_be_vetted,
        under_way,
        asks_us,
        came_back,
        to_meet,
        signposted,
        looked_back,
    ]
    for case in cases:
        case(maker, services)
    _asked_to_see_somebody(maker)
    daily.run(day_of(now), now)
    return len(cases)


def _asked_to_see_somebody(maker: Maker) -> None:
    """A ward rang for somebody who may or may not be a customer: it waits for an answer."""
    verbs.ask_us_to_see(
        maker.adviser.team.office,
        verbs.Somebody("Case H14 Sent by a ward", "01632 960146, not before ten"),
        words="She would like to hear what she could do beside her treatment.",
        agreed=True,
        organisation=None,
        from_whom="Calder Infirmary, ward 7",
        by=Receiver("Sister Blake", Through.TOLD_US, maker.adviser),
        now=maker.ago(1),
    )


def _services() -> dict[str, Service]:
    """A service for each kind of help, and one of any kind under the empty word."""
    found: dict[str, Service] = {}
    rows = Service.objects.exclude(taking__in=["withdrawn", "stopped"]).select_related("organisation")
    for service in rows.order_by("pk"):
        if not service.referred_by or Role.ADVISER in service.referred_by:
            found.setdefault(service.provision, service)
            if not service.documents:
                found.setdefault("", service)
    return found


def _accounts(demo: Demo, maker: Maker, services: dict[str, Service]) -> None:
    """Two organisations have people who sign in here."""
    for code, name in zip(WITH_ACCOUNT, ("Moira Fell", "Stan Okafor"), strict=True):
        service = services.get(code)
        if service is None or service.organisation.office_id is not None:
            continue
        organisation = service.organisation
        office = organisation.office = Office.objects.create(
            code=f"demo-{code.replace('_', '-')}",
            name=organisation.name,
            kind=OfficeKind.PROVIDER,
            district=demo.district,
            address="8 Canal Street, Calder",
            telephone=organisation.telephone or "01632 960700",
        )
        organisation.save(update_fields=["office"])
        _sign_in(organisation, office, name, maker)


def _sign_in(organisation: Organisation, office: Office, name: str, maker: Maker) -> Post:
    team = Team.objects.create(
        code=f"{office.code}-team",
        name=organisation.name,
        kind=TeamKind.PROVIDER,
        office=office,
    )
    person = Person.objects.create(
        ref=new_ref("P"),
        email=f"{name.lower().replace(' ', '.')}@demo.example",
        name=name,
        password="!",
        started_on=day_of(maker.now) - timedelta(days=700),
        calendar_key=new_ref("K"),
    )
    return Post.objects.create(person=person, role=Role.PROVIDER, team=team, starts_on=person.started_on)


def _said(referral: Referral) -> Receiver:
    worker = Contact.objects.filter(organisation=referral.service.organisation, until=None).first()
    name = worker.name if worker else "Moira Fell"
    return Receiver(name, Through.LINK, None, referral.service.organisation)


def _proposed(
    maker: Maker,
    to: Service,
    code: str,
    title: str,
    tries: str,
    *,
    days: int,
    kind: ReferralKind | None = None,
) -> Referral:
    when = maker.ago(days)
    claim = maker.volunteer(code, title, tries, when=when)
    return verbs.propose(
        claim,
        to,
        kind=kind or ReferralKind.FORMAL,
        purpose=PURPOSE,
        chosen_because=["need", "near"],
        chosen_by_customer=True,
        by=maker.adviser,
        now=when,
    )


def _consented(maker: Maker, to: Service, code: str, title: str, tries: str, *, days: int) -> Referral:
    referral = _proposed(maker, to, code, title, tries, days=days)
    when = maker.ago(days)
    for paper in referral.papers.all():
        verbs.note_paper(referral, paper.kind, held=True, where="In the file", by=maker.adviser, now=when)
    if to.provision == "workstep" or "alternatives" in to.documents:
        verbs.think_of(
            referral, verbs.Other("Work trial", "Too soon, she thinks."), by=maker.adviser, now=when
        )
    items = {item.code: True for item in referral.items.all()}
    values = {
        item.code: item.value or "Mornings are hard; sitting for half an hour is all right."
        for item in referral.items.all()
    }
    return verbs.consent(
        referral, items | {"feedback": True}, values=values, how=Given.IN_PERSON, by=maker.adviser, now=when
    )


def _sent(maker: Maker, to: Service, code: str, title: str, tries: str, *, days: int) -> Referral:
    referral = _consented(maker, to, code, title, tries, days=days)
    when = maker.ago(days)
    channel = Channel.PAPER if not to.channels or Channel.PAPER in to.channels else Channel(to.channels[0])
    return verbs.send(
        referral,
        channel=channel,
        fixed_by=FixedBy.SERVICE,
        contact_by=day_of(when) + timedelta(days=14),
        by=maker.adviser,
        now=when,
    )


def _of(services: dict[str, Service], code: str) -> Service:
    return services.get(code) or services.get("") or next(iter(services.values()))


def spoken_about(maker: Maker, services: dict[str, Service]) -> None:
    _proposed(
        maker,
        _of(services, "volunteering"),
        "H1",
        "Help spoken about",
        "Ask item by item what may be told.",
        days=1,
    )


def to_check(maker: Maker, services: dict[str, Service]) -> None:
    _consented(
        maker,
        _of(services, "intermediate"),
        "H2",
        "A referral to check and send",
        "Check and send it.",
        days=1,
    )


def silent(maker: Maker, services: dict[str, Service]) -> None:
    tries = "It stands in the list of what stands still, with a manager."
    _sent(maker, _of(services, "work_trial"), "H3", "A service that does not answer", tries, days=24)


def waits_long(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker,
        _of(services, "talking_therapies"),
        "H4",
        "A long wait",
        "Look at the wait and offer something else.",
        days=32,
    )
    verbs.accept(referral, words="A place in autumn, perhaps.", by=_said(referral), now=maker.ago(30))


def time_to_come(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker,
        _of(services, "job_broker"),
        "H5",
        "A first appointment",
        "See it as the service and as the customer.",
        days=6,
    )
    on = next_working_day(day_of(maker.now) + timedelta(days=3), maker.holidays)
    verbs.make_time(
        referral,
        at=at(on, maker.now.time().replace(hour=11, minute=0, second=0, microsecond=0)),
        where="Their office",
        by=_said(referral),
        now=maker.ago(2),
    )
    verbs.offer_way(
        referral,
        WayHelp.FARES,
        answer=WayAnswer.THINKING,
        words="The bus fares for the first ten mornings.",
        by=maker.adviser,
        now=maker.ago(1),
    )


def was_not_there(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "intermediate"), "H6", "Was not there", "Write down a kind call.", days=12
    )
    on = day_of(maker.ago(1))
    verbs.attend(referral, on, came=False, by=_said(referral), now=maker.ago(1, 16))


def to_be_vetted(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker,
        _of(services, "cmp"),
        "H7",
        "The assessor looks first",
        "Write down the assessor’s decision.",
        days=4,
    )
    verbs.acknowledge(referral, by=_said(referral), now=maker.ago(2))


def under_way(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "intermediate"), "H8", "Help under way", "Read what the service tells.", days=30
    )
    for days in (20, 15, 10):
        verbs.attend(
            referral,
            day_of(maker.ago(days)),
            came=True,
            minutes=90,
            by=_said(referral),
            now=maker.ago(days, 16),
        )
    verbs.give_feedback(
        referral,
        FeedbackKind.STEP,
        words="Came three times and spoke in the group the third time. She has helped somebody else to fill in a form.",
        hoped_for="To try the morning shift at the community garden.",
        by=_said(referral),
        now=maker.ago(3),
    )


def asks_us(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "job_broker"), "H9", "The service asks something", "Answer it.", days=3
    )
    verbs.ask(
        referral, "Would a morning suit better than an afternoon?", by=_said(referral), now=maker.ago(1)
    )


def came_back(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "education"), "H10", "A referral came back", "Say what is next.", days=9
    )
    verbs.give_it_back(
        referral, "full", words="The next course begins in October.", by=_said(referral), now=maker.ago(2)
    )


def to_meet(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "volunteering"), "H11", "Help has ended", "Write down the meeting.", days=50
    )
    verbs.attend(
        referral, day_of(maker.ago(45)), came=True, minutes=120, by=_said(referral), now=maker.ago(45, 16)
    )
    verbs.end_help(
        referral,
        "completed",
        on=day_of(maker.ago(2)),
        report="Two mornings a week in the shop, on time every day. She would like to be paid for it one day.",
        hoped_for="A course in bookkeeping.",
        by=_said(referral),
        now=maker.ago(2),
    )


def signposted(maker: Maker, services: dict[str, Service]) -> None:
    referral = _proposed(
        maker,
        _of(services, "advice"),
        "H12",
        "A signpost",
        "Ask whether they found it.",
        days=8,
        kind=ReferralKind.SIGNPOST,
    )
    verbs.signpost(referral, by=maker.adviser, now=maker.ago(8))


def looked_back(maker: Maker, services: dict[str, Service]) -> None:
    referral = _sent(
        maker, _of(services, "programme_centre"), "H13", "Looked back on", "Read how it went.", days=60
    )
    verbs.attend(
        referral, day_of(maker.ago(52)), came=True, minutes=60, by=_said(referral), now=maker.ago(52, 16)
    )
    verbs.end_help(
        referral,
        "completed",
        on=day_of(maker.ago(12)),
        report="Wrote three letters.",
        by=_said(referral),
        now=maker.ago(12),
    )
    verbs.close(
        referral,
        words="Sends two letters a week, and rings if one is answered.",
        met_on=day_of(maker.ago(5)),
        by=maker.adviser,
        now=maker.ago(5),
    )
