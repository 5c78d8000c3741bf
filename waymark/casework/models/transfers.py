"""A case goes to somebody else: for a time, and comes back by itself; or for good, when they accept (R:L1120)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from waymark.casework.enums import WAITING, TransferKind, TransferState
from waymark.casework.models.cases import Case, CaseManager
from waymark.directory.models import Contact
from waymark.organisations.enums import roles
from waymark.organisations.models import Post
from waymark.worklist.models import Task


class Transfer(models.Model):
    """One agreement about who is responsible, with the four things it was weighed by (R:L1120, R15-R17)."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=12, choices=TransferKind)
    state = models.CharField(max_length=12, choices=TransferState, default=TransferState.PROPOSED)
    from_manager = models.ForeignKey(CaseManager, models.PROTECT, related_name="given_away")
    to_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    to_contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    manager = models.OneToOneField(
        CaseManager, models.PROTECT, null=True, blank=True, related_name="came_by", help_text="once it holds"
    )

    reason = models.CharField(max_length=40, help_text="a code of reasons/transfer.csv")
    remit = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="to a disability adviser: codes of reasons/disability_adviser.csv (R:L563)",
    )
    why = models.TextField(blank=True)
    made_as = models.CharField(
        max_length=20, choices=roles, blank=True, help_text="the role in which it was made"
    )
    received_as = models.CharField(max_length=20, choices=roles, blank=True)
    customer_prefers = models.TextField(blank=True)
    customer_needs = models.TextField(blank=True)
    knows_the_case = models.TextField(blank=True)
    can_provide = models.TextField(blank=True)
    customer_agreed = models.BooleanField()
    agreed_with = models.CharField(max_length=200, blank=True)
    lender_hears = models.BooleanField(
        default=False, help_text="the customer agrees that the one who hands over goes on hearing how it goes"
    )

    back_to = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="to whom it comes back, where the lender has handed over their customers meanwhile",
    )
    returns_on = models.DateField(null=True, blank=True)
    returns_when = models.CharField(max_length=300, blank=True)
    ask_on = models.DateField(null=True, blank=True, help_text="the day to ask whether that has come")
    hold_until_met = models.BooleanField(
        default=False, help_text="it goes over only when the customer has met them (R:L964)"
    )
    met_on = models.DateField(null=True, blank=True)
    introduced = models.BooleanField(null=True, blank=True)

    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answer_reason = models.CharField(max_length=40, blank=True)
    answer_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ended_words = models.CharField(max_length=300, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="case_transfer")

    class Meta:
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["returns_on"], condition=Q(state="running"), name="transfer_comes_back"),
            models.Index(fields=["to_post"], condition=Q(state="proposed"), name="transfer_to_answer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[str(state) for state in WAITING]),
                name="one_transfer_at_a_time",
                violation_error_message="This case is being handed over already: settle that first.",
            ),
            models.CheckConstraint(
                condition=Q(to_post__isnull=False, to_contact=None)
                | Q(to_post=None, to_contact__isnull=False),
                name="transfer_goes_to_somebody",
                violation_error_message="Say who takes it over: a colleague or somebody of a service.",
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.PERMANENT, returns_on=None, returns_when="", ask_on=None)
                | (
                    Q(kind=TransferKind.TEMPORARY)
                    & (Q(returns_on__isnull=False) | (~Q(returns_when="") & Q(ask_on__isnull=False)))
                ),
                name="a_loan_says_when_it_ends",
                violation_error_message="Say on which day it comes back, or what must have happened and when to ask.",
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.TEMPORARY) | ~Q(can_provide=""),
                name="for_good_only_with_capacity",
                violation_error_message="For good: say how they can give or find all the help that is needed.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "done", "returned"]) | Q(manager__isnull=False),
                name="a_transfer_that_holds_has_a_manager",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer_reason="") | ~Q(answer_words=""),
                name="declined_says_why",
                violation_error_message="Say why you cannot take it.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "done", "returned"])
                | Q(hold_until_met=False)
                | Q(met_on__isnull=False),
                name="held_until_they_have_met",
                violation_error_message="The customer has not met the new case manager yet.",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.ref}"

    @property
    def receiver(self) -> Post | Contact:
        """Who takes the case over: a colleague, or somebody of a service. The table has one of them."""
        found = self.to_post or self.to_contact
        assert found is not None
        return found

    @property
    def to_name(self) -> str:
        return self.to_post.person.name if self.to_post else self.to_contact.name if self.to_contact else ""

    @property
    def to_place(self) -> str:
        if self.to_post:
            return self.to_post.team.office.name
        return self.to_contact.organisation.name if self.to_contact else ""
