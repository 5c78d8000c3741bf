"""Words of keys."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeyKind(TextChoices):
    LINK = "link", _("personal link")
    CODE = "code", _("code from a letter")
