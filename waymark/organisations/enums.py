"""Words of organisations: kinds of place, roles of people."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OfficeKind(TextChoices):
    CONTACT_CENTRE = "contact_centre", _("contact centre")
    OFFICE = "office", _("office")
    DELIVERY_CENTRE = "delivery_centre", _("benefit delivery centre")
    PROVIDER = "provider", _("provider's office")

    @classmethod
    def of_the_district(cls) -> frozenset["OfficeKind"]:
        """Places that work for every office of their district."""
        return frozenset({cls.CONTACT_CENTRE, cls.DELIVERY_CENTRE})


def office_kinds() -> Sequence[tuple[str, str | Promise]]:
    """The words and their labels. A function, so that a new word needs no migration."""
    return OfficeKind.choices


class TeamKind(TextChoices):
    """What a team is for; tasks find their team by it."""

    FIRST_CONTACT = "first_contact", _("first contact")
    LEADERS = "leaders", _("team leaders")
    ADVISERS = "advisers", _("personal advisers")
    DEFERRALS = "deferrals", _("deferrals")
    ASSESSORS = "assessors", _("financial assessors")
    MANAGERS = "managers", _("adviser managers")
    DECISION_MAKERS = "decision_makers", _("decision makers")
    DISABILITY_ADVISERS = "disability_advisers", _("disability employment advisers")
    PROVIDER = "provider", _("provider's staff")
    ADMINISTRATION = "administration", _("administration")


def team_kinds() -> Sequence[tuple[str, str | Promise]]:
    """The words and their labels. A function, so that a new word needs no migration."""
    return TeamKind.choices


class Role(TextChoices):
    AGENT = "agent", _("contact-centre agent")
    TEAM_LEADER = "team_leader", _("team leader")
    ADVISER = "adviser", _("personal adviser")
    ASSESSOR = "assessor", _("financial assessor")
    ADVISER_MANAGER = "adviser_manager", _("adviser manager")
    DECISION_MAKER = "decision_maker", _("decision maker")
    DISABILITY_ADVISER = "disability_adviser", _("disability employment adviser")
    PROVIDER = "provider", _("provider")
    ADMINISTRATOR = "administrator", _("administrator")
    POLICY_OWNER = "policy_owner", _("policy owner")

    @classmethod
    def of_the_district(cls) -> frozenset["Role"]:
        """Roles that work for every office of their district, wherever they sit (R:L551-563)."""
        return frozenset({cls.DISABILITY_ADVISER})


def roles() -> Sequence[tuple[str, str | Promise]]:
    """The words and their labels. A function, so that a new word needs no migration."""
    return Role.choices
