"""Whom to choose, and the case that a page is about."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from waymark.casework import queries
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.casework import words

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]
MOST_CONTACTS = 300


def open_case(request: Asked, claim: Any) -> Any:
    """The open case of a claim; a page that is not there without one."""
    case = queries.case_of(claim)
    if case is None:
        raise Http404
    case.claim = claim
    return case


def people_to_choose(claim: Any, request: Asked, *, contacts: bool = True, but_not: Any = None) -> Groups:
    """Whom to choose: colleagues by role, then people of services."""
    here: dict[str, list[tuple[str, str]]] = {}
    for post in queries.holders_for(claim, request.today):
        if but_not is not None and post.pk == but_not.pk:
            continue
        label = str(post.get_role_display())
        place = post.team.office.name if post.team.office_id != claim.office_id else ""
        here.setdefault(label[:1].upper() + label[1:], []).append(
            (f"post:{post.pk}", words.named(post.person.name, place))
        )
    groups: list[tuple[str, Sequence[tuple[str, str]]]] = list(here.items())
    if contacts:
        found = queries.contacts_for(claim, request.today)[:MOST_CONTACTS]
        shown = [(f"contact:{c.ref}", words.named(c.name, c.organisation.name)) for c in found]
        groups += [(_("Services"), shown)] if shown else []
    return groups


def holder_chosen(claim: Any, request: Asked, chosen: str) -> Any:
    """The post or the contact behind a choice."""
    kind, _sep, key = chosen.partition(":")
    if kind == "post":
        found: Any = queries.holders_for(claim, request.today).filter(pk=key).first()
    else:
        found = queries.contacts_for(claim, request.today).filter(ref=key).first()
    if found is None:
        raise Refused("nobody_chosen", _("Nobody was chosen."), _("Choose one from the list."))
    return found
