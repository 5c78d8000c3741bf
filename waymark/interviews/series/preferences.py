"""Whether a time suits the customer: their wishes as plain values, and what each time makes of them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waymark.customers.models import Claim
from waymark.interviews.diary.rules import Slot
from waymark.interviews.enums import Mode, Privacy, TimeOfDay
from waymark.interviews.series.queries import adviser_of, preferences_of
from waymark.interviews.taken_hours import Taken, taken_of
from waymark.organisations.models import Person

NOON = 12


@dataclass(frozen=True)
class Wishes:
    """What was asked of a time. adviser: the one the claim is with, where the same is wished; avoid: people not to meet."""

    mode: str = ""
    private: bool = False
    time_of_day: str = TimeOfDay.ANY
    adviser_id: int | None = None
    adviser_name: str = ""
    avoid: Collection[int] = ()
    not_on: str = ""
    medication: str = ""
    taken: tuple[Taken, ...] = ()

    @property
    def in_words(self) -> tuple[str, ...]:
        """What a person has to weigh, since no clock can."""
        said = (
            (_("cannot come: %(words)s"), "; ".join(str(one) for one in self.taken)),
            (_("taken: %(words)s"), self.not_on),
            (_("medicine: %(words)s"), self.medication),
        )
        return tuple(sentence % {"words": words} for sentence, words in said if words)


def wishes_of(claim: Claim) -> Wishes | None:
    """The wishes of a claim; None where nobody has asked yet. Four queries at most."""
    held, taken = preferences_of(claim), taken_of(claim.pk)
    if held is None:
        return Wishes(taken=taken) if taken else None
    adviser = adviser_of(claim) if held.same_adviser else None
    return Wishes(
        mode=held.mode,
        private=held.privacy == Privacy.PRIVATE,
        time_of_day=held.time_of_day,
        adviser_id=adviser.pk if adviser else None,
        adviser_name=adviser.name if adviser else "",
        avoid=tuple(person.pk for person in held.avoid.all()),
        not_on=held.not_on,
        medication=held.medication,
        taken=taken,
    )


def honoured(slot: Slot, wishes: Wishes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which wishes a time honours and which not, in words. Pure: a wish that was not said is in neither."""
    kept: list[str] = []
    not_kept: list[str] = []

    def sort(asked: bool, given: bool, words: str) -> None:
        if asked:
            (kept if given else not_kept).append(words)

    morning = slot.starts_at.hour < NOON
    sort(bool(wishes.mode), slot.mode == wishes.mode, str(Mode(wishes.mode).label) if wishes.mode else "")
    sort(wishes.private and slot.mode == Mode.OFFICE, slot.private_room, _("private room"))
    sort(wishes.time_of_day == TimeOfDay.MORNING, morning, _("in the morning"))
    sort(wishes.time_of_day == TimeOfDay.AFTERNOON, not morning, _("in the afternoon"))
    sort(wishes.adviser_id is not None, slot.adviser_id == wishes.adviser_id, _("the same adviser"))
    for one in wishes.taken:
        sort(one.touches(slot), False, _("the customer cannot come then: %(hours)s") % {"hours": one})
    sort(slot.adviser_id in wishes.avoid, False, _("somebody the customer asked not to meet"))
    return tuple(kept), tuple(not_kept)


def usual_adviser(wishes: Wishes | None, people: Collection[Person]) -> Person | None:
    """The adviser to look for first, if this office has them."""
    wanted = wishes.adviser_id if wishes else None
    return next((one for one in people if one.pk == wanted), None)
