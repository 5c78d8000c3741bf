"""Lifecycles: one literal dict of moves a noun, and one door that moves.

    LIFE = Lifecycle("deferral", {State.OPEN: {State.ENDED}, State.ENDED: set()})
    LIFE.insist(deferral.state, State.ENDED)

`docs/lifecycles.md` is drawn from these, and a test walks all pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from waymark.kernel.refusal import Refused


@dataclass(frozen=True)
class Lifecycle:
    """`noun` is the word on the screen; `moves` says which states follow which."""

    noun: str
    moves: Mapping[StrEnum, frozenset[StrEnum] | set[StrEnum]]

    def allows(self, old: str, new: str) -> bool:
        return any(str(target) == new for target in self._targets(old))

    def insist(self, old: str, new: str) -> None:
        """Refuse a move that is not in the dict, and say which are."""
        if self.allows(old, new):
            return
        ways = ", ".join(sorted(_word(t) for t in self._targets(old))) or "nothing: it is over"
        raise Refused(
            f"{self.noun.replace(' ', '_')}_cannot_become_{new}",
            f"This {self.noun} is “{self._word_of(old)}” and cannot become “{self._word_of(new)}”.",
            f"From here it can become: {ways}.",
        )

    def _word_of(self, state: str) -> str:
        """The word on the screen, also where the state comes from the database as bare text."""
        return _word(next((known for known in self.moves if str(known) == state), state))

    def _targets(self, old: str) -> frozenset[StrEnum] | set[StrEnum]:
        for state, targets in self.moves.items():
            if str(state) == old:
                return targets
        raise ValueError(f"{old!r} is no state of a {self.noun}")


def _word(state: str) -> str:
    return str(getattr(state, "label", state)).replace("_", " ")
