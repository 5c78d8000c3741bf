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

    UNKNOWN = "unknown", _("not known")
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


class ChangeKind(TextChoices):
    """What news of a service is about (R:L402, R:L416, R:L431, R:L680)."""

    STAFF = "staff", _("staff")
    CONTENT = "content", _("what is offered")
    CAPACITY = "capacity", _("places and waits")
    FUNDING = "funding", _("funding")
    PLACE = "place", _("where it is")
    ROUTE = "route", _("how to get there")
    OTHER = "other", _("something else")


class Source(TextChoices):
    """Where a colleague's knowledge comes from (R:L373-423, R:L992-1002)."""

    USED = "used", _("sent people there")
    CUSTOMER = "customer", _("heard from customers")
    VISIT = "visit", _("visited them")
    THEIR_VISIT = "their_visit", _("they visited us or presented")
    PHONE = "phone", _("rang them")
    COLLEAGUE = "colleague", _("heard from a colleague")
    MANAGER = "manager", _("heard from a manager")
    GUIDANCE = "guidance", _("written guidance")
    LEAFLET = "leaflet", _("their leaflet or website")
    EVENT = "event", _("a local event or an open day")
    CONFERENCE = "conference", _("a case conference")
    PROFESSIONAL = "professional", _("a health or social care worker")
    PRESS = "press", _("a newspaper")
    OTHER = "other", _("something else")


class LiaisonKind(TextChoices):
    """How people of both sides met (R:L408-410, R:L672-674, R:L684, R:L1104-1108)."""

    VISIT = "visit", _("we visited them")
    THEIR_VISIT = "their_visit", _("they visited us")
    PRESENTATION = "presentation", _("they presented their services")
    OPEN_DAY = "open_day", _("open day")
    SHADOWING = "shadowing", _("one worked beside the other for a day")
    SAT_IN = "sat_in", _("they sat in on interviews")
    DESK = "desk", _("they worked at our office")
    CONFERENCE = "conference", _("case conference")
    BUSINESS = "business", _("business meeting")
    NETWORK = "network", _("local network event")
    HEALTH = "health", _("talk to doctors or nurses")


class Useful(TextChoices):
    """Whether a customer found a service useful."""

    YES = "yes", _("useful")
    PARTLY = "partly", _("partly useful")
    NO = "no", _("not useful")


class NeedOrigin(TextChoices):
    """How an unmet need came to light (R:L633, R:L1032, R:L1075)."""

    SEARCH = "search", _("a search found nothing")
    NO_OPTION = "no_option", _("there was no other option")
    WAIT = "wait", _("the wait was too long")
    TRAVEL = "travel", _("it was too far away")
    ELIGIBILITY = "eligibility", _("nobody takes this customer")
