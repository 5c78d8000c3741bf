"""Words of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """R:L1246-1253."""

    PUBLIC = "public", _("public")
    PRIVATE = "private", _("private")
    VOLUNTARY = "voluntary", _("voluntary or charitable")
    OTHER = "other", _("other")


class Funding(TextChoices):
    """Who pays for it (R:L254-256, R:L1255)."""

    CONTRACTED = "contracted", _("contracted")
    SUB_CONTRACTED = "sub_contracted", _("sub-contracted")
    NOT_CONTRACTED = "not_contracted", _("not contracted")
    IN_HOUSE = "in_house", _("our own")


class Taking(TextChoices):
    """Whether a service takes people now (R:L431, R:L500)."""

    PLACES = "places", _("has places")
    WAITING = "waiting", _("has a waiting list")
    FULL = "full", _("full")
    STOPPED = "stopped", _("takes nobody at present")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Route(TextChoices):
    """How people get there (R:L258, R:L615-637)."""

    FORMAL = "formal", _("referral with papers")
    INFORMAL = "informal", _("referral by word of mouth")
    SIGNPOST = "signpost", _("customers go there themselves")


class Channel(TextChoices):
    """How papers and personal details may travel: some providers allow one way only (R:L635)."""

    LINK = "link", _("secure link")
    ACCOUNT = "account", _("their own account here")
    PAPER = "paper", _("on paper by post")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    IN_PERSON = "in_person", _("in person")


class Cost(TextChoices):
    """What a place costs the programme (R:L508, R:L488). It limits nobody: it asks for a reason where a rule says so."""

    NONE = "none", _("nothing")
    ORDINARY = "ordinary", _("ordinary")
    HIGH = "high", _("high")


class BenefitEffect(TextChoices):
    """What taking part does to the customer's benefit (R:L482)."""

    NONE = "none", _("benefits stay as they are")
    MAY = "may", _("may change a benefit")
    CHANGES = "changes", _("changes a benefit")
    UNKNOWN = "unknown", _("not known")


class ContactDuring(TextChoices):
    """How we keep in touch while somebody is with the service (R:L780, R:L810-814)."""

    AS_USUAL = "as_usual", _("keep in touch as usual")
    MONTHLY = "monthly", _("once a month")
    OFTEN = "often", _("more often than once a month")
    HOLD_OFF = "hold_off", _("wait until it has ended")
    LAST_SESSION = "last_session", _("come to the last session")


class Knowledge(TextChoices):
    """How well an adviser knows a service, as the researchers asked it (R:L1542-1545)."""

    DETAIL = "1", _("I know it and can describe it in detail and answer questions")
    BASICS = "2", _("I know it and can describe the basics")
    HEARD = "3", _("I have heard of it but cannot say what it does")
    NOT_HEARD = "4", _("I have not heard of it")
