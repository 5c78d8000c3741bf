"""Free times for an interview, as a filter beside the page and radios in its form."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.interviews.diary import queries as diary
from waymark.interviews.diary.queries import SlotSearch
from waymark.interviews.enums import Mode
from waymark.programme.queries import Rules
from waymark.web.asking import Asked
from waymark.web.diaries.forms import WishForm
from waymark.web.ui.forms import look

KIND = "adviser_interview"
A_DAY = 6
SHOWN = 24


class TimesForm(WishForm):
    """What a time must offer, and whether somebody goes through the claim form first."""

    with_assessor = look(
        forms.BooleanField(label=gettext_lazy("Financial assessor first"), required=False), small=True
    )


def times_for(
    interview: Any, rules: Rules, request: Asked, *, mode: str = "", not_before: date | None = None
) -> tuple[TimesForm, SlotSearch]:
    """The filter, and the times it finds. Without a choice of the asking person: `mode`, or what the customer needs."""
    office = interview.claim.office
    form = TimesForm(
        diary.advisers_of(office, request.today),
        request.GET if "mode" in request.GET else None,
        initial=_needs(interview, mode),
    )
    start = form.first_moment(request.now)
    if not_before is not None:
        start = max(start, diary.moment(not_before, 0))
    within = timedelta(days=rules.value("timings.first_interview_within_days"))
    assessor = rules.value("visit.financial_assessor_minutes") if form.said.get("with_assessor") else 0
    search = diary.find_slots(
        office,
        kind=KIND,
        minutes=rules.value("visit.adviser_minutes"),
        home_visit_minutes=rules.value("visit.home_visit_minutes"),
        with_assessor_minutes=assessor,
        not_before=start,
        until=max(interview.due_by, diary.day_of(start) + within),
        per_day=A_DAY,
        limit=SHOWN,
        now=request.now,
        **form.wish,
    )
    return form, search


def _needs(interview: Any, mode: str) -> dict[str, Any]:
    needs = getattr(interview.claim.customer, "access_needs", None)
    needed = ""
    if needs is not None:
        needed = Mode.PHONE if needs.phone_only else Mode.HOME if needs.home_visit else ""
    return {
        "mode": mode or needed or Mode.OFFICE,
        "private_room": bool(needs and needs.private_room),
        "step_free": bool(needs and needs.step_free),
    }
