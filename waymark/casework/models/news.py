"""What somebody with an interest in a case hears of it: a colleague on Today, somebody of a service by e-mail and link."""

from django.db import models
from django.db.models import Q

from waymark.casework.enums import news_kinds
from waymark.casework.models.cases import Case
from waymark.directory.models import Contact
from waymark.notices.models import Mail
from waymark.organisations.models import Person, Post
from waymark.worklist.models import Task


class CaseNews(models.Model):
    """One thing one person is told of a case, and whether they have read it."""

    ref = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="news")
    kind = models.CharField(max_length=20, choices=news_kinds)
    words = models.CharField(max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    mail = models.OneToOneField(Mail, models.PROTECT, null=True, blank=True, related_name="case_news")
    digest = models.CharField(
        max_length=64, blank=True, help_text="of the secret in the link; never the secret"
    )
    opens_until = models.DateTimeField(null=True, blank=True)
    task = models.OneToOneField(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_news",
        help_text="to say it by telephone, where the e-mail did not go out",
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_as = models.CharField(
        max_length=100, blank=True, help_text="who opened the link, by their own word, or was rung"
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "case news"
        indexes = [
            models.Index(fields=["person", "-at"], condition=Q(read_at=None), name="case_news_unread"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, contact=None) | Q(person=None, contact__isnull=False),
                name="case_news_is_for_one",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="case_news_link_is_one_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(digest="") | (Q(contact__isnull=False) & Q(opens_until__isnull=False)),
                name="case_news_link_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ref}"
