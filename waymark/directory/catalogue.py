"""The codes and values of the pack that the directory speaks with, on a day at a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from waymark.organisations.enums import Role
from waymark.organisations.models import Office
from waymark.programme.pack import Reason
from waymark.programme.queries import ANYWHERE, Place, Rules, newest, trying

LISTS = ("need", "provision", "exclusion", "level", "document", "information")


@dataclass(frozen=True)
class Catalogue:
    """Codes with their titles; `rules` is empty where no programme is loaded that knows the directory."""

    rules: Rules | None

    def rows(self, name: str) -> Mapping[str, Reason]:
        """The rows of one of the lists, by code."""
        if self.rules is None or f"reasons/{name}.csv" not in self.rules.pack.files:
            return {}
        return self.rules.reasons(name)

    def titles(self, name: str) -> dict[str, str]:
        return {code: row.title for code, row in self.rows(name).items()}

    def title(self, name: str, code: str) -> str:
        """The title of a code; of one that is not known any more, the code itself in words."""
        row = self.rows(name).get(code)
        return row.title if row else code.replace("_", " ")

    def words(self, name: str, codes: Iterable[str]) -> list[str]:
        return [self.title(name, code) for code in codes]

    def value(self, key: str, otherwise: Any) -> Any:
        """A setting `directory.<key>`, or what is given where no pack holds one."""
        if self.rules is None or f"directory.{key}" not in self.rules.pack.settings:
            return otherwise
        return self.rules.value(f"directory.{key}")

    @property
    def confirm_every_days(self) -> int:
        return int(self.value("confirm_every_days", 90))

    @property
    def benefits(self) -> dict[str, str]:
        return self.rules.benefits if self.rules else {}

    def may_refer_as(self, role: str) -> list[str]:
        """The capacities in which a role refers here: in some districts advisers are trained for both (R:L339)."""
        return list(self.value(f"{role}_may_refer_as", [role]))

    @cached_property
    def lexicon(self) -> dict[str, str]:
        """Words in small letters to codes of needs: titles, codes and what else each need is called."""
        found: dict[str, str] = {}
        for code, row in self.rows("need").items():
            for word in (code, row.title, *row.words("also")):
                found.setdefault(word.casefold(), code)
        return found


def catalogue(on: date, office: Office | None = None) -> Catalogue:
    """What holds on a day at an office (its own local values, then its district's). Two queries."""
    begun = [version for version in newest() if version.valid_from <= on]
    version = min(begun, key=lambda one: (one.valid_from, one.slug), default=None)
    if version is None:
        return Catalogue(None)
    place = Place(office.district.code, office.code) if office else ANYWHERE
    return Catalogue(trying(version, on, place))


REFERS = (Role.ADVISER, Role.DISABILITY_ADVISER)
