"""A customer put in touch with a service, what was weighed, and the papers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When

from waymark.customers.models import Claim
from waymark.directory.enums import Channel
from waymark.directory.models import Service
from waymark.organisations.models import Post
from waymark.programme.models import PackVersion
from waymark.referrals import gates
from waymark.referrals.enums import FixedBy, ReferralKind, ReferralState, Vetting
from waymark.worklist.models import Task

S = ReferralState
# States a referral has only once it has left us.
LEFT = [
    S.SENT,
    S.ACKNOWLEDGED,
    S.ACCEPTED,
    S.APPOINTMENT,
    S.NOT_COME,
    S.RETURNED,
]
BEGUN = [S.STARTED, S.IN_PROGRESS, S.ENDED]


# What is urgent comes first in every list; the index holds this order for what is open.
URGENT = (S.NOT_COME, S.RETURNED, S.SENT, S.ENDED, S.PROPOSED, S.CONSENTED)


def urgency() -> Case:
    """How urgent a referral is by its state, 0 first. The same expression wherever it orders, for the index's sake."""
    places = [When(state=state.value, then=Value(place)) for place, state in enumerate(URGENT)]
    return Case(*places, default=Value(len(URGENT)), output_field=IntegerField())


class Referral(models.Model):
    """One person, one service. It is a choice from beginning to end: nothing follows from not going on (R:L480)."""

    ref = models.CharField(max_length=12, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=10, choices=ReferralKind)
    state = models.CharField(max_length=12, choices=ReferralState, default=ReferralState.PROPOSED)
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="referral", help_text="its next step"
    )
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")

    # How it came about (R:L445-451, R:L453, R:L492, R:L1010).
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_as = models.CharField(max_length=20, help_text="the role in which it was made (R:L1014)")
    made_at = models.DateTimeField()
    chosen_because = ArrayField(
        models.CharField(max_length=60), help_text="codes of reasons/chosen_because.csv"
    )
    chosen_by_customer = models.BooleanField(default=False)
    purpose = models.TextField(help_text="what the customer hopes for, in their words")
    need = models.CharField(
        max_length=40, blank=True, help_text="what it is for: a code of reasons/need.csv; empty: not said"
    )
    heard_from = models.CharField(
        max_length=200, blank=True, help_text="where the customer heard of the service (P:L1179)"
    )
    prior_talk_on = models.DateField(null=True, blank=True)
    prior_talk_with = models.CharField(max_length=100, blank=True)
    prior_talk_words = models.TextField(blank=True)
    introduced_on = models.DateField(null=True, blank=True, help_text="met before the first appointment")
    override_reason = models.TextField(blank=True, help_text="why other than the local rule says (R:L492)")
    despite = models.TextField(blank=True, help_text="why it goes although a rule speaks against it (P:L783)")
    after = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="instead of this one",
    )

    # How it left.
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    fixed_by = models.CharField(max_length=10, choices=FixedBy, blank=True)
    contact_by = models.DateField(null=True, blank=True, help_text="the service rings the customer by then")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    told_customer = models.BooleanField(
        null=True, blank=True, help_text="confirmed in writing; no: there was no safe way"
    )
    slip_code = models.CharField(
        max_length=12, unique=True, null=True, blank=True, help_text="on a signpost’s slip"
    )

    # What came back.
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    vetting = models.CharField(max_length=12, choices=Vetting, default=Vetting.NONE)
    vetted_at = models.DateTimeField(null=True, blank=True)
    vetted_by = models.CharField(max_length=100, blank=True)
    vetting_words = models.TextField(blank=True)
    appointment_at = models.DateTimeField(null=True, blank=True)
    appointment_where = models.CharField(max_length=300, blank=True)
    appointment_with = models.CharField(max_length=100, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_code = models.CharField(max_length=60, blank=True, help_text="a code of reasons/returned.csv")
    returned_words = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    ends_expected = models.DateField(null=True, blank=True)
    feedback_due_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_code = models.CharField(
        max_length=60,
        blank=True,
        help_text="of reasons/ended.csv; declined.csv where it never began and the customer said no",
    )
    ended_words = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    alternative_offered_on = models.DateField(
        null=True, blank=True, help_text="since the wait is long (R:L500)"
    )
    met_on = models.DateField(null=True, blank=True, help_text="the meeting about what is next (R:L964)")
    next_words = models.TextField(blank=True, help_text="what was agreed to do next")
    reminded_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["claim", "-made_at"], name="referral_of_claim"),
            models.Index(fields=["service", "state"], name="referral_of_service"),
            models.Index(fields=["state", "sent_at"], name="referral_by_state"),
            models.Index(fields=["sent_at", "service"], name="referral_sent"),
            models.Index(
                urgency(),
                "sent_at",
                "made_at",
                "id",
                condition=Q(state__in=sorted(S.open())),
                name="referral_in_order",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "service"],
                condition=Q(state__in=sorted(S.open() - {S.ENDED, S.RETURNED})),
                name="one_open_referral_a_service",
                violation_error_message="This customer has an open referral to this service already.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="referral_sent_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(LEFT)) | Q(sent_at__isnull=False),
                name="referral_left_at_a_time",
                violation_error_message="A referral that has left has the moment at which it did.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.APPOINTMENT) | Q(appointment_at__isnull=False),
                name="referral_appointment_has_a_time",
                violation_error_message="Say when the first appointment is.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(BEGUN)) | Q(started_on__isnull=False),
                name="referral_begun_on_a_day",
                violation_error_message="Say on which day the help began.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RETURNED) | (Q(returned_at__isnull=False) & ~Q(returned_code="")),
                name="referral_returned_for_a_reason",
                violation_error_message="A referral is sent back with a reason.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.ENDED, S.WITHDRAWN, S.DECLINED])
                | (Q(ended_on__isnull=False) & ~Q(ended_code="")),
                name="referral_ends_on_a_day_for_a_reason",
                violation_error_message="Say on which day it ended and why.",
            ),
            models.CheckConstraint(
                condition=Q(vetting__in=[Vetting.NONE, Vetting.ADMITTED]) | ~Q(state__in=sorted(BEGUN)),
                name="referral_admitted_first",
                violation_error_message=gates.ADMITTED_FIRST,
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReferralKind.SIGNPOST) | ~Q(state__in=sorted({*LEFT, S.CONSENTED})),
                name="signpost_tells_the_customer_only",
                violation_error_message="A signpost tells the customer; nothing is sent to the service.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.TOLD) | (Q(kind=ReferralKind.SIGNPOST) & Q(slip_code__isnull=False)),
                name="only_a_signpost_is_told",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="referral_ends_after_it_begins",
                violation_error_message="Help cannot end before it began.",
            ),
        ]
        triggers = [gates.NO_REFERRAL_LEFT]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"


class Alternative(models.Model):
    """Another service that was thought of, and why it was not taken (R:L488)."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="alternatives")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    why_not = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(why_not=""),
                name="alternative_says_why_not",
                violation_error_message="Name what else was thought of, and say why it was not taken.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A document that the service asks for: who holds it and where (R:L615, R:L655)."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=60, help_text="a code of reasons/document.csv")
    held = models.BooleanField(default=False)
    where = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind"], name="one_paper_a_kind"),
            models.CheckConstraint(
                condition=Q(held=False) | ~Q(where=""),
                name="paper_held_somewhere",
                violation_error_message="Say where the document is.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Fit(models.Model):
    """The questions asked before a referral and what the tables said to the answers. It advises; people decide."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="fits")
    facts = models.JSONField()
    hints = models.JSONField(help_text="rows that matched: table, row, hint, because, source")
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.at:%Y-%m-%d}"


class WatchedTask(Task):
    """The same table as `Task`: an open referral’s next step is not closed under it."""

    class Meta:
        proxy = True
        triggers = [gates.NO_TASK_CLOSED_UNDER_IT]
