"""An appointment in the diaries, and the note of it."""

from datetime import datetime

from psycopg.types.range import TimestamptzRange

from waymark.customers.models import Claim
from waymark.demo.bulk.diary import Diary
from waymark.demo.bulk.maker import Maker
from waymark.interviews.models import Appointment, Decision, DiaryEntry, Interview
from waymark.kernel.refs import new_ref
from waymark.organisations.models import Post
from waymark.record.enums import Happened


def book_appointment(
    maker: Maker,
    interview: Interview,
    adviser: Post,
    starts: datetime,
    state: str,
    by: Post,
    moment: datetime,
) -> Appointment:
    ends = starts + Diary.LENGTH
    appointment: Appointment = maker.rows.add(
        Appointment(
            ref=new_ref("A"),
            interview=interview,
            kind="adviser_interview",
            mode="office",
            office=interview.claim.office,
            starts_at=starts,
            ends_at=ends,
            adviser=adviser.person,
            state=state,
            made_by=by,
            made_at=moment,
        )
    )
    maker.rows.add(
        DiaryEntry(person=adviser.person, appointment=appointment, during=TimestamptzRange(starts, ends))
    )
    return appointment


def note_booking(
    maker: Maker, claim: Claim, decision: Decision, appointment: Appointment, agent: Post, moment: datetime
) -> None:
    maker.event(
        claim,
        Happened.INTERVIEW_BOOKED,
        agent,
        at_=moment,
        why=decision.because,
        starts=appointment.starts_at.isoformat(),
        adviser=appointment.adviser.name,
        mode=appointment.mode,
        office=claim.office.name,
    )
