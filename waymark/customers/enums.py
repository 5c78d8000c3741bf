"""Words of customers and claims."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waymark.kernel.lifecycle import Lifecycle


class ClaimStatus(TextChoices):
    LIVE = "live", _("live")
    ENDED = "ended", _("ended")


CLAIM_LIFE = Lifecycle("claim", {ClaimStatus.LIVE: {ClaimStatus.ENDED}, ClaimStatus.ENDED: set()})


class Route(TextChoices):
    """How the claim reached us (D:L518)."""

    CALL = "call", _("the customer called")
    FORM = "form", _("a claim form from elsewhere")
    FILE = "file", _("a file of claims")


class NoteKind(TextChoices):
    ORDINARY = "ordinary", _("note")
    RESTRICTED = "restricted", _("restricted note")
    DO_NOT_ASK = "do_not_ask", _("do not ask again")


class StopReason(TextChoices):
    BEREAVEMENT = "bereavement", _("bereavement")
    TERMINAL_ILLNESS = "terminal_illness", _("terminal illness")
    CUSTOMER_DIED = "customer_died", _("the customer has died")
    OTHER = "other", _("another reason")
