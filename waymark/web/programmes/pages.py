"""What the pages of versions have in common."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.programme import queries as programme
from waymark.web.asking import Asked
from waymark.web.ui.components import Link
from waymark.web.ui.templatetags.ui import day_time


def version_or_404(slug: str, number: int) -> Any:
    found = programme.version_numbered(slug, number)
    if found is None:
        raise Http404
    return found


def held_of(slug: str) -> Any:
    """The version that holds; None before the first."""
    return programme.versions().filter(slug=slug).first()


def state_of(version: Any, held: Any) -> tuple[str, str]:
    """A version's state as a word, and the tone of its tag."""
    publication = version.publication
    if held is not None and version.pk == held.pk:
        return _("holds"), "good"
    if publication.published_at is not None:
        return _("replaced"), "quiet"
    if publication.withdrawn_at is not None:
        return _("withdrawn"), "quiet"
    return _("proposed"), "waiting"


def history(version: Any, request: Asked) -> list[tuple[str, object]]:
    """Who proposed, published or withdrew a version, when and why."""
    one = version.publication
    rows: list[tuple[str, object]] = [(_("Version"), version.digest[:12])]
    if one.installed:
        rows.append((_("Installed"), day_time(one.published_at, request.today)))
        return rows
    rows += [
        (_("Proposed"), _by(one.proposed_by_name, one.proposed_at, request)),
        (_("Why"), one.why),
    ]
    if one.published_at:
        rows.append((_("Published"), _by(one.published_by_name, one.published_at, request)))
    if one.withdrawn_at:
        rows.append((_("Withdrawn"), _by(one.withdrawn_by_name, one.withdrawn_at, request)))
        rows.append((_("Because"), one.withdrawn_because))
    return rows


def pages(version: Any, number: int, current: str) -> list[Link]:
    """The pages of one version."""
    args = [version.slug, number]
    return [
        Link(label, reverse(name, args=args), name == current)
        for label, name in (
            (_("Rules"), "programmes:version"),
            (_("Differences"), "programmes:differences"),
            (_("Whom it touches"), "programmes:touched"),
        )
    ]


def _by(name: str, at: Any, request: Asked) -> str:
    return _("%(name)s, %(when)s") % {"name": name, "when": day_time(at, request.today)}
