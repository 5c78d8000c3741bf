"""What the pages of work say: a job in a few lines, the clock in sentences."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.employment.enums import Answer, CallState, JobKind, JobState
from waymark.employment.queries import WorkPage, weekly_pay, wished
from waymark.employment.rules import Clock, hints
from waymark.employment.taking_part import TookPart
from waymark.web.asking import Asked
from waymark.web.ui.components import Action, Row
from waymark.web.ui.templatetags.ui import day, day_time, long_day
from waymark.web.worklist.next_action import open_page

TONES = {
    JobState.AGREED: "new",
    JobState.RUNNING: "good",
    JobState.ENDED: "quiet",
    JobState.NOT_TAKEN: "quiet",
}
OUTCOMES = {CallState.PLANNED: "new", CallState.TALKED: "good"}


def pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


def job_words(request: Asked, job: Any, page: WorkPage, rules: Any, part: TookPart | None) -> dict[str, Any]:
    """A job with its calls and what may be done about it."""
    running = job.state == JobState.RUNNING
    calls = list(job.calls.all())
    next_one = next((call for call in calls if running and call.state == CallState.PLANNED), None)
    said = hints(wished(page.wishes), hours=job.hours) if running or job.state == JobState.AGREED else []
    return {
        "job": job,
        "tone": TONES[JobState(job.state)],
        "kind": str(job.get_kind_display()).capitalize(),
        "rows": rows_of(job, request, rules),
        "hints": said if page.wishes else [],
        "took_part": part_words(part.of(job), request.today) if part else [],
        "calls": [call_words(request, call, next_one) for call in calls],
        "welcome": job.calls_welcome,
        "actions": actions_of(request, job, page),
    }


def part_words(part: TookPart, today: date) -> list[str]:
    """Everybody who took part, in sentences: who held interviews, who was there for everything, who for a part."""
    said = []
    for talks in part.talks:
        words = {"name": talks.name, "place": talks.place, "count": talks.count}
        days = {"first": day(talks.first, today), "last": day(talks.last, today)}
        said.append(
            ngettext(
                "%(name)s, %(place)s: an interview on %(first)s",
                "%(name)s, %(place)s: %(count)d interviews from %(first)s to %(last)s",
                talks.count,
            )
            % {**words, **days}
        )
    for one in part.helped:
        who = one.name if one.place in {"", one.name} else f"{one.name}, {one.place}"
        words = {"who": who, "part": one.part or _("case manager"), "since": day(one.since, today)}
        if one.until is None:
            said.append(_("%(who)s: %(part)s, since %(since)s") % words)
        else:
            until = day(one.until, today)
            said.append(_("%(who)s: %(part)s, %(since)s to %(until)s") % {**words, "until": until})
    return said


def rows_of(job: Any, request: Asked, rules: Any) -> list[Row]:
    """What is known of a job."""
    today = request.today
    pay = _("not known")
    if job.pay_pence is not None:
        pay = f"{pounds(job.pay_pence)} {job.get_pay_period_display()}"
        weekly = weekly_pay(job)
        if weekly is not None and job.pay_period != "week":
            pay = _("%(pay)s, about %(weekly)s a week") % {"pay": pay, "weekly": pounds(weekly)}
    elif job.kind == JobKind.VOLUNTARY:
        pay = _("unpaid")
    known = rules.pack.reasons("adjustment")
    rows = [
        Row(_("From"), long_day(job.starts_on, today)),
        Row(_("Hours"), _("%(hours)s a week") % {"hours": f"{job.hours.normalize():f}"}),
        Row(_("Pay before tax"), pay),
    ]
    if job.work:
        rows.insert(0, Row(_("What they do"), job.work))
    if job.adjustments:
        rows.append(
            Row(_("The employer"), ", ".join(known[code].title for code in job.adjustments if code in known))
        )
    offers = list(job.offers.all())
    if offers:
        last = offers[-1]
        rows.append(
            Row(
                _("Support offered"),
                _("%(day)s: %(answer)s") % {"day": day(last.on, today), "answer": Answer(last.answer).label},
            )
        )
    seen = list(job.evidence.all())
    if seen:
        rows.append(
            Row(
                _("Seen"),
                "; ".join(
                    f"{one.get_kind_display()}, {day(one.seen_on, today)}: {one.shows}" for one in seen
                ),
            )
        )
    if job.state == JobState.ENDED:
        why = rules.pack.reasons("job_ended").get(job.ended_because)
        words = [why.title if why else job.ended_because, job.ended_words]
        rows.append(Row(_("Last day"), long_day(job.ended_on, today)))
        rows.append(Row(_("Why"), ". ".join(one for one in words if one)))
        if job.next_on:
            rows.append(
                Row(
                    _("What came next"),
                    _("%(words)s, by %(day)s") % {"words": job.next_words, "day": day(job.next_on, today)},
                )
            )
    return rows


def call_words(request: Asked, call: Any, next_one: Any) -> dict[str, Any]:
    """One call; only the next one can be late, and is rung from here."""
    late = call is next_one and call.due_on < request.today
    when = day_time(call.held_at, request.today) if call.held_at else day(call.due_on, request.today)
    going = call.get_going_display() if call.going else ""
    return {
        "call": call,
        "when": when,
        "state": _("late") if late else call.get_state_display(),
        "tone": "late" if late else OUTCOMES.get(CallState(call.state), "quiet"),
        "going": going,
        "url": open_page(request.post.role, "employment:call", call.ref) if call is next_one else "",
    }


def actions_of(request: Asked, job: Any, page: WorkPage) -> list[Action]:
    """What may be done about a job, the next thing first."""
    role, ref = request.post.role, job.ref
    if job.state == JobState.AGREED:
        wanted = [(_("Has it begun?"), "employment:start")]
    elif job.state == JobState.RUNNING:
        wanted = [
            (_("Offer support") if not job.support else _("Offer support again"), "employment:offer"),
            (_("Hours or pay changed"), "employment:change"),
            (_("Evidence seen"), "employment:evidence"),
            (_("It has ended"), "employment:leave"),
        ]
    elif job.state == JobState.ENDED and "after_job" in page.open_kinds:
        wanted = [(_("We talked after it"), "employment:after")]
    else:
        wanted = []
    found = [(label, open_page(role, name, ref)) for label, name in wanted]
    first = not job.support or job.state != JobState.RUNNING
    return [
        Action(label, url, primary=first and number == 0, about=job.employer)
        for number, (label, url) in enumerate(found)
        if url
    ]


def clock_words(clock: Clock, request: Asked) -> list[str]:
    """Where sustained work stands, in sentences."""
    today = request.today
    weeks = clock.full_weeks
    said = [
        ngettext(
            "%(weeks)d full week of work counts since %(day)s.",
            "%(weeks)d full weeks of work count since %(day)s.",
            weeks,
        )
        % {"weeks": weeks, "day": long_day(clock.since, today)}
    ]
    for one in clock.milestones:
        if one.reached_on:
            said.append(
                _("%(weeks)d weeks were reached on %(day)s.")
                % {"weeks": one.weeks, "day": long_day(one.reached_on, today)}
            )
        elif one.expected_on:
            said.append(
                _("%(weeks)d weeks would be reached on %(day)s.")
                % {"weeks": one.weeks, "day": long_day(one.expected_on, today)}
            )
    for gap in clock.breaks:
        words = (
            _("Between %(first)s and %(last)s the clock stood still; the jobs are linked.")
            if gap.linked
            else _("The break from %(first)s to %(last)s is bridged; its days do not count.")
        )
        said.append(words % {"first": day(gap.first, today), "last": day(gap.last, today)})
    if clock.lapses_on:
        said.append(
            _(
                "Nobody works now. Work that begins by %(day)s goes on with this clock; later, a new one begins."
            )
            % {"day": long_day(clock.lapses_on, today)}
        )
    return said
