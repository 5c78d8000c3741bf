"""Who does a step."""

from dataclasses import dataclass
from typing import Any

from waymark.actionplans.enums import OwnerKind
from waymark.directory.models import Contact, Organisation
from waymark.organisations.models import Person


@dataclass(frozen=True)
class StepOwner:
    """The customer, a colleague, or somebody who helps: a contact, an organisation, or a name."""

    kind: OwnerKind
    person: Person | None = None
    contact: Contact | None = None
    organisation: Organisation | None = None
    name: str = ""

    @classmethod
    def customer(cls) -> "StepOwner":
        return cls(OwnerKind.CUSTOMER)

    @classmethod
    def adviser(cls, person: Person) -> "StepOwner":
        return cls(OwnerKind.ADVISER, person=person)

    @classmethod
    def provider(
        cls, *, contact: Contact | None = None, organisation: Organisation | None = None, name: str = ""
    ) -> "StepOwner":
        """A contact of the directory, an organisation as a whole, or a name that the directory does not know."""
        return cls(OwnerKind.PROVIDER, contact=contact, organisation=organisation, name=name.strip()[:100])

    @property
    def columns(self) -> dict[str, Any]:
        """What a step keeps of it."""
        return {
            "owner": self.kind,
            "person": self.person,
            "contact": self.contact,
            "organisation": self.organisation,
            "owner_name": self.name,
        }

    @property
    def named(self) -> bool:
        """Whether it is said who: a step of nobody is done by nobody."""
        if self.kind == OwnerKind.CUSTOMER:
            return True
        if self.kind == OwnerKind.ADVISER:
            return self.person is not None
        return bool(self.contact or self.organisation or self.name)
