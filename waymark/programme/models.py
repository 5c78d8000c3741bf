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
