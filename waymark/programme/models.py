"""Programme packs as they were on a day: loaded once, kept for ever, pointed at by every decision."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class PackVersion(models.Model):
    """One pack exactly as it was read: its files are kept, so that a decision of ten years ago can be replayed."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 over the names and texts of all files")
    files = models.JSONField(help_text="path -> text, with what was inherited from the base pack filled in")
    valid_from = models.DateField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["slug", "-loaded_at"]
        triggers = [pgtrigger.Protect(name="pack_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.slug} {self.digest[:8]}"


class Publication(models.Model):
    """Whether a version holds: put there by an installation, or proposed by one person and published by another.

    People are kept by reference and name, as they were called then: who works here is known further up.
    """

    version = models.OneToOneField(PackVersion, models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=60)
    installed = models.BooleanField(
        default=False, help_text="came with the software, or as the first of its name"
    )
    proposed_by = models.CharField(max_length=12, blank=True, help_text="the reference of a person")
    proposed_by_name = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    why = models.TextField(blank=True)
    published_by = models.CharField(max_length=12, blank=True, help_text="the reference of a person")
    published_by_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=12, blank=True, help_text="the reference of a person")
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["slug", "-proposed_at", "-id"]
        indexes = [
            models.Index(
                fields=["slug", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="publication_that_holds",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(published_at=None, withdrawn_at=None),
                name="one_open_proposal_a_programme",
                violation_error_message="A change of this programme is proposed already.",
            ),
            models.CheckConstraint(
                condition=Q(installed=True, proposed_by="", published_by="", published_at__isnull=False)
                | (Q(installed=False) & ~Q(proposed_by="") & ~Q(why="")),
                name="proposal_has_a_person_and_a_reason",
                violation_error_message="A proposed change names who proposes it, and why.",
            ),
            models.CheckConstraint(
                condition=Q(installed=True)
                | Q(published_at=None, published_by="")
                | (Q(published_at__isnull=False) & ~Q(published_by="") & ~Q(published_by=F("proposed_by"))),
                name="published_by_a_second_person",
                violation_error_message="Somebody else than the proposer publishes a changed programme.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False, published_at=None) & ~Q(withdrawn_by="")),
                name="published_or_withdrawn",
                violation_error_message="What is published is not withdrawn: propose the earlier version again.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="publication_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="publication_is_settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.published_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"publication of {self.version}"

    @property
    def is_open(self) -> bool:
        """Proposed, and neither published nor withdrawn yet."""
        return self.published_at is None and self.withdrawn_at is None


class LocalSetting(models.Model):
    """A district or an office holds another value than the pack: dated, with its reason, and shown as local."""

    slug = models.SlugField(max_length=60)
    key = models.CharField(max_length=120)
    value = models.JSONField()
    district_code = models.CharField(max_length=20, blank=True)
    office_code = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=500)
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(district_code="") ^ Q(office_code="")),
                name="local_setting_has_one_place",
                violation_error_message="A local value belongs to a district or to an office: name one of the two.",
            ),
            models.CheckConstraint(
                condition=~Q(because=""),
                name="local_setting_says_why",
                violation_error_message="Say why this place differs from the programme.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="local_setting_ends_after_start",
                violation_error_message="A local value cannot end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} at {self.office_code or self.district_code}"
