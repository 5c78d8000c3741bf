"""What must still hold before a payment goes out: that what a weekly award is for goes on, as far as anybody has seen.

The reports ask for papers at the beginning and say nothing of the time after it. How often something is seen again
is a local value of the programme; the customer is asked before a payment would have to wait, and their word is enough.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from waymark.awards.enums import WEEKLY, AwardState, HeldBecause
from waymark.awards.models import Award, AwardEvidence, Instalment
from waymark.awards.rules import enough_until
from waymark.employment.enums import EvidenceKind, JobState
from waymark.employment.models import Job, JobEvidence
from waymark.interviews.holding import rules_for
from waymark.programme.queries import Rules

# A payment of an award that somebody stopped is for days that somebody has looked at.
ASKED = frozenset({AwardState.AGREED, AwardState.RUNNING, AwardState.ENDED})
Key = TypeVar("Key")
NOT_BEGUN = frozenset({JobState.AGREED, JobState.NOT_TAKEN})


class Shown:
    """What was seen of some awards by a day, read once for all of them. `on`: the day whose rules hold."""

    def __init__(self, awards: Iterable[Award], on: date) -> None:
        """Awards with their claim, office and district. Three statements, and the rules once a place."""
        self._awards = {award.pk: award for award in awards if award.kind in WEEKLY}
        self._rules: dict[tuple[str, int], Rules] = {}
        self._on = on
        refs = {award.job_ref for award in self._awards.values() if award.job_ref}
        self._jobs = dict(Job.objects.filter(ref__in=refs).values_list("ref", "state"))
        self._of_jobs = _newest(
            JobEvidence.objects.filter(job__ref__in=refs)
            .exclude(kind=EvidenceKind.CONTRACT)
            .values_list("job__ref", "seen_on")
        )
        self._of_awards = self._seen_for_awards()

    def rules(self, award: Award) -> Rules:
        where = (award.claim.programme, award.claim.office_id)
        if where not in self._rules:
            self._rules[where] = rules_for(award.claim, self._on)
        return self._rules[where]

    def last(self, award: Award) -> date | None:
        """When something last showed that it goes on: seen for the award, or for the job beside it."""
        days = [self._of_awards.get(award.pk), self._of_jobs.get(award.job_ref)]
        return max((day for day in days if day is not None), default=None)

    def enough_until(self, award: Award) -> date | None:
        """The last day that may be paid for; None where nothing is asked of this award."""
        if award.pk not in self._awards or award.starts_on is None:
            return None
        weeks = self.rules(award).value("awards.evidence_every_weeks")
        return enough_until(award.starts_on, self.last(award), weeks)

    def why_waits(self, part: Instalment) -> HeldBecause | None:
        """Why a payment cannot go out yet; None: it can."""
        award = self._awards.get(part.award_id)
        if award is None or part.released_at is not None or award.state not in ASKED:
            return None
        if self._jobs.get(award.job_ref) in NOT_BEGUN:
            return HeldBecause.NOT_BEGUN
        enough = self.enough_until(award)
        return HeldBecause.NOT_SHOWN if enough is not None and part.covers_until > enough else None

    def _seen_for_awards(self) -> dict[int, date]:
        rows = AwardEvidence.objects.filter(award__in=self._awards).values_list("award", "kind", "seen_on")
        shows: dict[tuple[str, int], Collection[str]] = {}
        found: list[tuple[int, date]] = []
        for award_id, kind, day in rows:
            award = self._awards[award_id]
            where = (award.claim.programme, award.claim.office_id)
            if where not in shows:
                listed = self.rules(award).pack.reasons("award_evidence")
                shows[where] = {code for code, reason in listed.items() if reason.yes("shows_it_goes_on")}
            if kind in shows[where]:
                found.append((award_id, day))
        return _newest(found)


def _newest(rows: Iterable[tuple[Key, date]]) -> dict[Key, date]:
    newest: dict[Key, date] = {}
    for key, day in rows:
        newest[key] = max(day, newest.get(key, day))
    return newest
