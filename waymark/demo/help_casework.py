"""Customers in every state of being responsible for somebody, made through the real verbs: each note says what to try."""

from collections.abc import Callable
from datetime import datetime, timedelta

from waymark.casework import daily, queries, verbs
from waymark.casework.enums import (
    BegunBy,
    ContactChannel,
    LedTo,
    MeetingKind,
    Purpose,
    Told,
    TransferKind,
)
from waymark.casework.models import Case
from waymark.casework.verbs import Held, Invited, StepWanted, Wanted
from waymark.demo.district import Demo
from waymark.demo.series import Maker
from waymark.directory.models import Contact, Service
from waymark.interviews.series.verbs import give_caseload
from waymark.kernel.clock import day_of
from waymark.kernel.refs import new_ref
from waymark.kernel.working_days import next_working_day
from waymark.organisations.enums import Role, TeamKind
from waymark.organisations.models import Person, Post, Team

FIRST_NUMBER = 3_985_000
DISABILITY_ADVISERS = ("Wendy Marlow", "Ivo Brandt")
YEARS = timedelta(days=365 * 10)


def make_casework(demo: Demo, now: datetime) -> int:
    """One customer a state. Says how many; none where the directory has nobody to ring yet."""
    advisers = _disability_advisers(demo, now)
    contact = Contact.objects.select_related("organisation", "service").order_by("-link_worker", "id").first()
    service = Service.objects.filter(withdrawn_on=None).select_related("organisation").order_by("id").first()
    if contact is None or service is None:
        return 0
    story = Story(Maker(demo, now, FIRST_NUMBER), advisers[0], contact, service)
    cases: list[Callable[[Story], object]] = [
        asked_to_take_over,
        goes_over_when_they_have_met,
        lent,
        helped_with_a_part,
        after_a_service,
        talked_about,
        asked_about,
    ]
    for case in cases:
        case(story)
    daily.run(day_of(now), now)
    return len(cases)


def _disability_advisers(demo: Demo, now: datetime) -> list[Post]:
    """Two of them, at the first office, for the whole district."""
    office, kind = demo.offices[0], TeamKind.DISABILITY_ADVISERS
    team = Team.objects.create(
        code=f"{office.code}-{kind}",
        name=f"{kind.label.capitalize()}, {office.name}",
        kind=kind,
        office=office,
    )
    demo.teams[office.pk, kind] = team
    started = day_of(now) - YEARS
    found = []
    for name in DISABILITY_ADVISERS:
        person = Person.objects.create(
            ref=new_ref("P"),
            email=f"{name.lower().replace(' ', '.')}@demo.waymark.example",
            name=name,
            password="!",
            started_on=started,
            calendar_key=new_ref("K"),
        )
        found.append(
            Post.objects.create(person=person, role=Role.DISABILITY_ADVISER, team=team, starts_on=started)
        )
    return found


class Story:
    """What every case needs: who is there, and a customer who has been taken on."""

    def __init__(self, maker: Maker, dea: Post, contact: Contact, service: Service) -> None:
        self.maker, self.dea, self.contact, self.service = maker, dea, contact, service
        self.adviser: Post = maker.adviser
        self.colleague: Post = maker.demo.advisers[maker.office.pk][1]

    def taken_on(self, code: str, title: str, tries: str, *, days: int = 20) -> Case:
        when = self.maker.ago(days)
        claim = self.maker.volunteer(code, title, tries, when=when)
        give_caseload(claim, self.adviser.person, by=self.adviser, now=when)
        return verbs.take_on(claim, by=self.adviser, now=when).case

    def to_dea(self, **more: object) -> Wanted:
        wish = {
            "kind": TransferKind.PERMANENT,
            "to": self.dea,
            "reason": "disability_adviser",
            "customer_agreed": True,
            "remit": ("complex_health", "talk_with_doctors"),
            "why": "Three conditions at once, and no doctor has been asked what work would be possible.",
            "customer_prefers": "Would like to talk with somebody who knows about pain.",
            "customer_needs": "Somebody to speak with the clinic.",
            "can_provide": "Sees her every two weeks, and refers to the pain programme.",
        }
        return Wanted(**{**wish, **more})  # type: ignore[arg-type]  # the fields of Wanted, by name


def asked_to_take_over(story: Story) -> None:
    case = story.taken_on(
        "D1",
        "a disability adviser is asked to take over",
        f"As {story.dea.person.name}, answer from Today. Until then {story.adviser.person.name} stays responsible.",
    )
    verbs.propose_transfer(case, story.to_dea(), by=story.adviser, now=story.maker.ago(2))


def _when_all_can(case: Case, posts: list[Post], *, not_before: datetime, now: datetime) -> datetime:
    """The first time at which all of them are free, as the page that plans a meeting offers it."""
    people = [post.person for post in posts]
    found = queries.times_for(case, people, minutes=30, not_before=not_before, with_customer=True, now=now)
    return found.times[0]


def goes_over_when_they_have_met(story: Story) -> None:
    case = story.taken_on(
        "D2", "goes over when they have met", "Write up the handover meeting: then the customer goes over."
    )
    maker = story.maker
    transfer = verbs.propose_transfer(
        case, story.to_dea(hold_until_met=True), by=story.adviser, now=maker.ago(6)
    )
    verbs.answer_transfer(transfer, accept=True, by=story.dea, now=maker.ago(4))
    verbs.plan_meeting(
        case,
        kind=MeetingKind.HANDOVER,
        starts_at=_when_all_can(
            case,
            [story.adviser, story.dea],
            not_before=maker.now + timedelta(days=2),
            now=maker.now,
        ),
        place=maker.office.name,
        objectives="That they get to know each other, and what is not reached yet.",
        invited=[
            Invited(post.person.name, maker.office.name, post=post) for post in (story.adviser, story.dea)
        ],
        transfer=transfer,
        by=story.adviser,
        now=maker.now,
    )


def lent(story: Story) -> None:
    case = story.taken_on(
        "D3",
        "with a colleague for a time",
        "Bring the customer back before the day, or leave them longer. On its day it comes back by itself.",
    )
    maker = story.maker
    wish = Wanted(
        kind=TransferKind.TEMPORARY,
        to=story.colleague,
        reason="away",
        customer_agreed=True,
        why="I am away for an operation.",
        returns_on=next_working_day(day_of(maker.now) + timedelta(days=21), maker.holidays),
    )
    verbs.propose_transfer(case, wish, by=story.adviser, now=maker.ago(5))


def _helps(story: Story, case: Case, *, when: datetime, until_days: int) -> None:
    verbs.add_worker(
        case.claim,
        organisation=story.contact.organisation,
        contact=story.contact,
        service=story.contact.service,
        part="finding out what I can do on a bad day",
        until=day_of(story.maker.now) + timedelta(days=until_days),
        origin_ref=new_ref("D"),
        by=story.adviser,
        now=when,
    )
    verbs.set_party(
        case,
        story.contact,
        part="runs the course",
        may_be_told=Told.YES,
        by=story.adviser,
        now=when,
    )


def helped_with_a_part(story: Story) -> None:
    case = story.taken_on(
        "D4",
        "helped with one part by a service",
        "Write down a contact, or change how often we are in touch.",
    )
    maker = story.maker
    _helps(story, case, when=maker.ago(15), until_days=30)
    for days, said in ((12, "Found the first day hard, and went again."), (4, "Has made a friend there.")):
        verbs.log_contact(
            case,
            channel=ContactChannel.PHONE,
            purpose=Purpose.ENCOURAGE,
            begun_by=BegunBy.US if days > 10 else BegunBy.CUSTOMER,
            minutes=10 + days,
            words=said,
            by=story.adviser,
            now=maker.ago(days),
        )
    verbs.set_rhythm(
        case,
        every_days=14,
        because="Alone with it all at present.",
        by=story.adviser,
        now=maker.ago(4, hour=11),
    )


def after_a_service(story: Story) -> None:
    case = story.taken_on(
        "D5", "a service has ended", "Plan the meeting on what is next, with the service if it can come."
    )
    maker = story.maker
    _helps(story, case, when=maker.ago(15), until_days=-1)
    worker = case.workers.get()
    verbs.end_worker(
        case.claim,
        origin_ref=worker.origin_ref,
        by=story.adviser,
        now=maker.ago(2),
        why="The course is over.",
    )


def talked_about(story: Story) -> None:
    case = story.taken_on("D6", "talked about at a case conference", "Close the steps that are done.")
    maker = story.maker
    when = _when_all_can(case, [story.adviser], not_before=maker.ago(6, hour=14), now=maker.ago(9))
    meeting = verbs.plan_meeting(
        case,
        kind=MeetingKind.CONFERENCE,
        starts_at=when,
        place=maker.office.name,
        objectives="Would like to work mornings, and is afraid of losing the benefit.",
        invited=[
            Invited(story.adviser.person.name, maker.office.name, post=story.adviser),
            Invited(story.contact.name, story.contact.organisation.name, contact=story.contact),
        ],
        by=story.adviser,
        now=maker.ago(9),
    )
    held = Held(
        came=[one.name for one in meeting.attendees.all()],
        views="All agree that a placement of two mornings is the right next step.",
        not_reached="Nobody has worked out yet what a few hours of work would mean for the money.",
        minutes=45,
        steps=[
            StepWanted(
                "Work out what ten hours a week would mean",
                story.adviser.person.name,
                day_of(maker.now) + timedelta(days=3),
            ),
            StepWanted(
                "Ask the nursery about two mornings",
                story.contact.name,
                day_of(maker.now) + timedelta(days=10),
            ),
        ],
    )
    verbs.settle_meeting(meeting, held, by=story.adviser, now=when + timedelta(hours=1))


def asked_about(story: Story) -> None:
    case = story.taken_on(
        "D7", "a service was asked before a referral", "Write down what they answer, and what becomes of it."
    )
    maker = story.maker
    first = verbs.enquire(
        story.service,
        question="Is it right for somebody who cannot sit for longer than half an hour?",
        channel=ContactChannel.PHONE,
        case=case,
        answer="Yes: people stand up whenever they like.",
        answered_name="Fay Ogden",
        by=story.adviser,
        now=maker.ago(8),
    )
    verbs.settle_enquiry(
        first, led_to=LedTo.NOT_REFERRED, why="Too far to go.", by=story.adviser, now=maker.ago(7)
    )
    verbs.enquire(
        story.contact.service or story.service,
        question="Could she begin with one morning a week?",
        channel=ContactChannel.EMAIL,
        case=case,
        by=story.adviser,
        now=maker.ago(2),
    )
