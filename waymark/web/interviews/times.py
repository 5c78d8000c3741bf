"""Free times for an interview, as a filter beside the page and radios in its form."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waymark.interviews.diary import queries as diary
from waymark.interviews.diary.queries import SlotSearch
from waymark.interviews.enums import Mode
from waymark.interviews.series.beginning import regime_of
from waymark.interviews.series.preferences import Wishes, usual_adviser, wishes_of
from waymark.interviews.taken_hours import by_weekday
from waymark.kernel.clock import day_of
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
    taken_too = look(
        forms.BooleanField(label=gettext_lazy("Also hours in which they cannot come"), required=False),
        small=True,
    )
    wishes: Wishes | None = None

    def show_wishes(self, wishes: Wishes | None) -> None:
        """What the customer wishes stands beside the times; where no hours are taken, nobody is asked about them."""
        self.wishes = wishes
        if wishes is None or not wishes.taken:
            self.fields.pop("taken_too", None)


def times_for(
    interview: Any, rules: Rules, request: Asked, *, mode: str = "", not_before: date | None = None
) -> tuple[TimesForm, SlotSearch]:
    """The filter, and the times it finds, for an interview that is due by a day."""
    return times_for_claim(
        interview.claim, rules, request, mode=mode, not_before=not_before, due_by=interview.due_by
    )


def times_for_claim(
    claim: Any,
    rules: Rules,
    request: Asked,
    *,
    mode: str = "",
    not_before: date | None = None,
    due_by: date | None = None,
    later: bool = False,
) -> tuple[TimesForm, SlotSearch]:
    """The filter, and the times it finds. Without a choice of the asking person: `mode`, or what the customer wishes.

    The same adviser is looked for first where that is wished, and anybody where they have no time by the day wanted.
    later: one of a series that has begun, wanted about its usual distance from now.
    """
    office, wishes = claim.office, wishes_of(claim)
    people = list(diary.advisers_of(office, request.today))
    chosen = request.GET if "mode" in request.GET else None
    start_with = _needs(claim, mode, wishes)
    usual = usual_adviser(wishes, people)
    found = None
    if chosen is None and usual is not None:
        form = TimesForm(people, None, initial={**start_with, "adviser": usual.ref})
        found = _search(claim, form, rules, request, wishes, not_before, due_by, later=later)
    if found is None or not found.within_target:
        form = TimesForm(people, chosen, initial=start_with)
        found = _search(claim, form, rules, request, wishes, not_before, due_by, later=later)
    form.show_wishes(wishes)
    return form, found


def _search(
    claim: Any,
    form: TimesForm,
    rules: Rules,
    request: Asked,
    wishes: Wishes | None,
    not_before: date | None,
    due_by: date | None,
    *,
    later: bool,
) -> SlotSearch:
    start = form.first_moment(request.now)
    if not_before is not None:
        start = max(start, diary.moment(not_before, 0))
    days = regime_of(rules).interval_days if later else rules.value("timings.first_interview_within_days")
    until = day_of(start) + timedelta(days=days)
    assessor = rules.value("visit.financial_assessor_minutes") if form.said.get("with_assessor") else 0
    avoided = [person for person in form.people.values() if wishes and person.pk in wishes.avoid]
    return diary.find_slots(
        claim.office,
        kind=KIND,
        minutes=rules.value("visit.adviser_minutes"),
        home_visit_minutes=rules.value("visit.home_visit_minutes"),
        with_assessor_minutes=assessor,
        not_before=start,
        until=max(due_by, until) if due_by else until,
        not_with=avoided,
        not_at=by_weekday(wishes.taken) if wishes and not form.said.get("taken_too") else None,
        per_day=A_DAY,
        limit=SHOWN,
        now=request.now,
        **form.wish,
    )


def _needs(claim: Any, mode: str, wishes: Wishes | None) -> dict[str, Any]:
    """What the customer needs, and then what they wish."""
    needs = getattr(claim.customer, "access_needs", None)
    needed = ""
    if needs is not None:
        needed = Mode.PHONE if needs.phone_only else Mode.HOME if needs.home_visit else ""
    wished = wishes.mode if wishes else ""
    return {
        "mode": mode or needed or wished or Mode.OFFICE,
        "private_room": bool(needs and needs.private_room) or bool(wishes and wishes.private),
        "step_free": bool(needs and needs.step_free),
    }
