"""Who took part before a job began and beside it: nobody's work counts as somebody else's alone (R:L680)."""

from dataclasses import dataclass

from waymark.casework.queries import Helped, all_who_helped
from waymark.customers.models import Claim
from waymark.employment.models import Job
from waymark.interviews.sittings.held import Talks, held_by


@dataclass(frozen=True)
class TookPart:
    """Everybody who took part in a customer's way: who held interviews, and who helped with all or with a part."""

    talks: tuple[Talks, ...]
    helped: tuple[Helped, ...]

    def of(self, job: Job) -> "TookPart":
        """Those who had begun before the job was over; whose part ended earlier stays."""
        last = job.ended_on
        if last is None:
            return self
        return TookPart(
            tuple(one for one in self.talks if one.first <= last),
            tuple(one for one in self.helped if one.since <= last),
        )


def who_took_part(claim: Claim) -> TookPart:
    """Everybody who took part in a claim. Three queries."""
    return TookPart(tuple(held_by(claim)), tuple(all_who_helped(claim)))
