"""The customers of the district dealt out, so that several processes can live the same day side by side."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, QuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


@dataclass(frozen=True)
class Part:
    """One part of so many, by number. Whoever is in it, is in it every day."""

    number: int = 0
    of: int = 1

    def has(self, key: int) -> bool:
        return key % self.of == self.number

    def only(self, rows: Rows, key: str) -> Rows:
        """Those of the rows whose `key` (the path to a number, that of the claim say) is in this part."""
        if self.of == 1:
            return rows
        chosen: Rows = rows.alias(_turn=F(key) % self.of).filter(_turn=self.number)
        return chosen


WHOLE = Part()


def parts(count: int) -> list[Part]:
    return [Part(number, count) for number in range(count)]
