"""What happens by itself: people fall ill, customers ring, change their plans, or claim no more."""

from datetime import timedelta

from django.db.models import QuerySet

from waymark.customers.enums import StopReason
from waymark.customers.models import Claim
from waymark.demo.year.booking import move, times_for
from waymark.demo.year.day import Day
from waymark.demo.year.place import away_on, somebody_is_away
from waymark.demo.year.putting_off import bring_forward
from waymark.inbound import verbs as inbound
from waymark.interviews import verbs
from waymark.interviews.diary.rules import Slot
from waymark.interviews.managing import verbs as managing
from waymark.interviews.managing.proposing import appointments_of
from waymark.interviews.models import Appointment, Interview
from waymark.interviews.series.queries import caseload
from waymark.kernel.clock import at
from waymark.kernel.working_days import add_working_days
from waymark.organisations.models import Absence, Post
from waymark.worklist import verbs as worklist

LONGEST_ILL = 3
FOUND_LATER = 0.1  # of appointments that move: no time is chosen at once (local)
MOST_HANDED_OVER = 15
AHEAD = 2  # working days before an appointment at which customers ring about it
OTHER_BENEFIT = {"ib": "is", "is": "ib"}
ENDS = ("claims_no_more", "started_work", "not_entitled", "no_certificate", "started_work", "died")
QUESTIONS = ("Must I come?", "May my sister come with me?", "What happens with my money?")
SENT_BY = ("call", "call", "text", "email", "letter", "desk")


def to_staff(day: Day) -> None:
    """The morning, before anybody works on a task."""
    people_fall_ill(day)
    somebody_hands_over(day)


def to_customers(day: Day) -> None:
    customers_ring_beforehand(day)
    lives_go_on(day)


def people_fall_ill(day: Day) -> None:
    """Advisers who are not there: what was in their diaries moves to another time, or is asked to be moved."""
    for posts in day.place.advisers.values():
        for post in posts:
            if post.person_id in day.place.away or not day.chance(day.rates.staff_away):
                continue
            days = day.random.randrange(1, LONGEST_ILL + 1)
            manager = day.place.managers[post.team.office_id]
            absence = day.do(somebody_is_away, post.person, on=day.on, days=days, by=manager)
            if absence is not None:
                day.place.away = away_on(day.on)
                _move_all(day, absence, manager)


def _move_all(day: Day, absence: Absence, manager: Post) -> None:
    booked = appointments_of(absence.person, absence.first_day, absence.last_day, day.now)
    if not booked:
        return
    slots: dict[str, Slot | None] = {}
    for appointment in booked:
        first = add_working_days(day.on, AHEAD, day.holidays)
        found = times_for(day, appointment.interview, first=first, mode=appointment.mode)
        slots[appointment.ref] = found[0] if found and not day.chance(FOUND_LATER) else None
        if found:
            day.times.taken(found[0])
    person, first_day, last_day = absence.person, absence.first_day, absence.last_day
    day.do(managing.rebook_absence, person, first_day, last_day, slots, by=manager)


def somebody_hands_over(day: Day) -> None:
    """Now and then an adviser gives customers to a colleague of the office."""
    if not day.chance(day.rates.hands_over):
        return
    posts = day.random.choice(list(day.place.advisers.values()))
    giver, taker = day.random.sample(posts, 2)
    manager = day.place.managers[giver.team.office_id]
    claims = list(caseload(giver.person)[:MOST_HANDED_OVER])
    if claims and taker.person_id not in day.place.away:
        notes = {claim.ref: (taker.person, "Comes best in the morning.") for claim in claims}
        day.do(managing.hand_over_caseload, giver.person, notes, by=manager)


def customers_ring_beforehand(day: Day) -> None:
    """Some ask for another time, some only leave word (M:L1671, P:L1291)."""
    soon = add_working_days(day.on, AHEAD, day.holidays)
    of_the_day = day.part.only(_booked(), "interview__claim_id").filter(
        starts_at__gte=at(soon, day.now.time().min)
    )
    for appointment in of_the_day.filter(starts_at__lt=at(soon + timedelta(days=1), day.now.time().min)):
        dice, claim = day.random.random(), appointment.interview.claim
        if dice < day.rates.moved_before:
            by = day.agent() if day.chance(0.5) else day.adviser(claim)
            move(day, appointment, by, caused_by="customer", reason="customer_asked_to_move")
        elif dice < day.rates.moved_before + day.rates.message_before:
            day.do(
                inbound.log,
                claim,
                way=day.random.choice(SENT_BY),
                about=day.random.choice(["cannot_come", "move"]),
                words="I cannot come on that day.",
                appointment=appointment.ref,
                by=day.agent(),
            )


def lives_go_on(day: Day) -> None:
    """Of all live claims, so many a day."""
    claims = day.part.only(Claim.objects.filter(status="live"), "pk")
    live = list(claims.order_by("pk").values_list("pk", flat=True))
    rates = day.rates
    for pk in _some(day, live, rates.asks_something):
        words = day.random.choice(QUESTIONS)
        way, about = day.random.choice(SENT_BY), day.random.choice(["question", "other", "pause"])
        day.do(inbound.log, _claim(pk), way=way, about=about, words=words, by=day.agent())
    for pk in _some(day, live, rates.promise):
        claim = _claim(pk)
        due = add_working_days(day.on, 5, day.holidays)
        day.do(
            worklist.make_promise, claim, words="We send you the leaflet.", due_on=due, by=day.adviser(claim)
        )
    for pk in _some(day, live, rates.benefit_changes):
        claim = _claim(pk)
        if claim.group == "sick_or_disabled" and claim.benefit in OTHER_BENEFIT:
            other = OTHER_BENEFIT[claim.benefit]
            day.do(verbs.change_benefit, claim, other, why="So decided.", on=day.on, by=day.adviser(claim))
    for pk in _some(day, live, rates.contact_stopped):
        claim = _claim(pk)
        day.do(
            verbs.stop_contact,
            claim.customer,
            reason=StopReason.BEREAVEMENT,
            words="The mother has died.",
            look_again_on=add_working_days(day.on, 15, day.holidays),
            by=day.adviser(claim),
        )
    for interview in _deferred(day):
        bring_forward(day, interview)
    for pk in _some(day, live, rates.claim_ends):
        day.do(verbs.end_claim, _claim(pk), reason=ENDS[pk % len(ENDS)], on=day.on, by=day.agent())


def _deferred(day: Day) -> list[Interview]:
    deferred = day.part.only(Interview.objects.filter(state="deferred"), "claim_id")
    found = list(deferred.order_by("pk").values_list("pk", flat=True))
    chosen = _some(day, found, day.rates.brings_forward)
    rows = Interview.objects.filter(pk__in=chosen).order_by("pk")
    return list(rows.select_related("claim__customer", "claim__office__district"))


def _some(day: Day, among: list[int], share: float) -> list[int]:
    """So many of them in the mean, whoever they are."""
    wanted = share * len(among)
    count = int(wanted) + (1 if day.chance(wanted % 1) else 0)
    return day.random.sample(among, min(count, len(among)))


def _claim(pk: int) -> Claim:
    return Claim.objects.select_related("customer", "office__district").get(pk=pk)


def _booked() -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(state="booked").order_by("starts_at", "pk")
    return rows.select_related("interview__claim__customer", "interview__claim__office__district", "adviser")
