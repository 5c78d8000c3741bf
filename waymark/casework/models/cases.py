"""A case: since when somebody is responsible for a customer's way, who that is, and who helps with a part."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from waymark.casework.enums import Held, Told
from waymark.casework.models import gates
from waymark.customers.models import Claim
from waymark.directory.models import Contact, Organisation, Service
from waymark.organisations.enums import roles
from waymark.organisations.models import Person, Post

ONE_HOLDER = Q(post__isnull=False, contact=None) | Q(post=None, contact__isnull=False)


class Case(models.Model):
    """Somebody has taken a claim on. Its end never ends the claim, nor what is next for it (R:L754, R:L1038)."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=40, blank=True, help_text="a code of reasons/case_closed.csv")
    closed_words = models.TextField(blank=True)
    closed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    # How often we are in touch: the pack says, unless it is agreed otherwise with this customer (R:L958, R:L1116).
    contact_days = models.PositiveSmallIntegerField(null=True, blank=True)
    contact_because = models.CharField(max_length=300, blank=True)
    contact_via = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="where the customer would rather hear from them than from us (R:L893)",
    )
    next_contact_on = models.DateField(null=True, blank=True)
    preferred_manager = models.CharField(
        max_length=200, blank=True, help_text="whom the customer would like to be responsible (R:L934)"
    )

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["next_contact_on"], condition=Q(closed_at=None), name="case_next_contact")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(closed_at=None),
                name="one_open_case_a_claim",
                violation_error_message="This claim has been taken on already.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_why="", closed_by=None)
                | (Q(closed_at__isnull=False) & ~Q(closed_why="")),
                name="case_closed_says_why",
                violation_error_message="Say why the case is closed.",
            ),
            models.CheckConstraint(
                condition=Q(contact_days=None, contact_because="")
                | (Q(contact_days__isnull=False) & ~Q(contact_because="")),
                name="other_contact_has_a_reason",
                violation_error_message="Say why you are in touch more or less often than usual.",
            ),
        ]
        triggers = [gates.CASE_HAS_ONE]

    def __str__(self) -> str:
        return f"case {self.ref}"


class CaseManager(models.Model):
    """Who is responsible, from a moment until a moment. At every moment of an open case there is exactly one.

    While a case is lent, the lender's line is over and stays beside the new one as `lent_by`: it is theirs again
    when the loan ends.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="managers")
    kind = models.CharField(max_length=12, choices=Held, default=Held.OVERARCHING)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="cases_managed")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="cases_managed")
    made_as = models.CharField(
        max_length=20,
        choices=roles,
        blank=True,
        help_text="in which role they manage it, where one has two (R:L587)",
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    lent_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="loans")
    why = models.CharField(max_length=300, blank=True)
    agreed_with = models.CharField(max_length=200, blank=True, help_text="with whom it was agreed (R:L1120)")

    class Meta:
        ordering = ["case", "since", "id"]
        indexes = [
            models.Index(fields=["post"], condition=Q(until=None), name="cases_of_post"),
            models.Index(fields=["contact"], condition=Q(until=None), name="cases_of_contact"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(until=None),
                name="never_two_case_managers",
                violation_error_message="This case has a case manager already.",
            ),
            ExclusionConstraint(
                name="never_two_case_managers_at_a_time",
                expressions=[
                    (Func(F("case"), F("case"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            Value("[)"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                violation_error_message="This case had another case manager at that time.",
            ),
            models.CheckConstraint(
                condition=ONE_HOLDER,
                name="case_manager_is_somebody",
                violation_error_message="A case manager is a colleague or somebody of a service: name one of them.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="case_manager_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind=Held.TEMPORARY, lent_by__isnull=False)
                | Q(kind=Held.OVERARCHING, lent_by=None),
                name="a_loan_knows_its_lender",
                violation_error_message="A case that is lent comes back to somebody.",
            ),
        ]
        triggers = [gates.MANAGER_IS_FOLLOWED, gates.MANAGER_IS_KEPT, gates.HOLDER_STAYS]

    def __str__(self) -> str:
        return self.name

    @property
    def claim(self) -> Claim:
        return self.case.claim

    @property
    def person(self) -> Person | None:
        """The colleague who manages it; None where somebody of a service does."""
        return self.post.person if self.post else None

    @property
    def name(self) -> str:
        return self.post.person.name if self.post else self.contact.name if self.contact else ""

    @property
    def place(self) -> str:
        """Where they work."""
        if self.post:
            return self.post.team.office.name
        return self.contact.organisation.name if self.contact else ""

    @property
    def telephone(self) -> str:
        """The number at which they answer."""
        if self.post:
            return self.post.team.office.telephone
        contact = self.contact
        return (contact.telephone or contact.organisation.telephone) if contact else ""


class CaseWorker(models.Model):
    """Somebody who helps with one part, for a time: an organisation, best with a name, or a colleague (R:L849)."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="workers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="case_workers"
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=200, help_text="what they help with, in the customer's words")
    since = models.DateField()
    expected_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    origin_ref = models.CharField(max_length=12, blank=True, help_text="the referral that began it")

    class Meta:
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["origin_ref"], name="case_worker_of_origin")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "origin_ref"],
                condition=Q(ended_on=None) & ~Q(origin_ref=""),
                name="one_case_worker_a_referral",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, post=None)
                | Q(organisation=None, contact=None, service=None, post__isnull=False),
                name="case_worker_is_somebody",
                violation_error_message="Who helps with a part is an organisation or a colleague: name one of them.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="") | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="case_worker_ended_says_why",
                violation_error_message="Say why this help has ended.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="case_worker_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(part=""), name="case_worker_has_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.part}"

    @property
    def name(self) -> str:
        if self.post:
            return self.post.person.name
        if self.contact:
            return self.contact.name
        return self.organisation.name if self.organisation else ""

    @property
    def place(self) -> str:
        if self.post:
            return self.post.team.office.name
        return self.organisation.name if self.organisation else ""

    @property
    def telephone(self) -> str:
        if self.post:
            return self.post.team.office.telephone
        own = self.contact.telephone if self.contact else ""
        return own or (self.organisation.telephone if self.organisation else "")


class Party(models.Model):
    """Somebody with an interest in a case, and whether the customer agrees that they hear how it goes (R:L412)."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=200, help_text="what their interest is")
    may_be_told = models.CharField(max_length=10, choices=Told, default=Told.NOT_ASKED)
    asked_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "post"],
                condition=Q(until=None, post__isnull=False),
                name="a_colleague_is_party_once",
                violation_error_message="This colleague is named already.",
            ),
            models.UniqueConstraint(
                fields=["case", "contact"],
                condition=Q(until=None, contact__isnull=False),
                name="a_contact_is_party_once",
                violation_error_message="This person is named already.",
            ),
            models.CheckConstraint(condition=ONE_HOLDER, name="party_is_somebody"),
            models.CheckConstraint(
                condition=Q(may_be_told=Told.NOT_ASKED, asked_on=None)
                | (~Q(may_be_told=Told.NOT_ASKED) & Q(asked_on__isnull=False)),
                name="told_only_when_asked",
                violation_error_message="Say on which day the customer was asked.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.post.person.name if self.post else self.contact.name if self.contact else ""

    @property
    def place(self) -> str:
        if self.post:
            return self.post.team.office.name
        return self.contact.organisation.name if self.contact else ""


class WatchedClaim(Claim):
    """The same table as `Claim`: a claim that ends closes its case."""

    class Meta:
        proxy = True
        triggers = [gates.CLAIM_TAKES_ITS_CASE]
