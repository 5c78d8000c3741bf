"""What the passing of a day does to the directory: who keeps entries is told once a week which are to be confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.directory.catalogue import Catalogue, catalogue
from waymark.directory.models import Service
from waymark.kernel.clock import day_of, words
from waymark.notices.enums import MailKind
from waymark.notices.mailing import queue_mail
from waymark.organisations import queries as organisations
from waymark.organisations.models import Office, Person
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


def run(on: date, now: datetime) -> dict[str, int]:
    """Run twice it changes nothing."""
    return {"owners_asked_to_confirm": _ask_owners(on, now)}


def _ask_owners(on: date, now: datetime) -> int:
    """One e-mail an owner and week. Of weeks that were missed nothing is made up: the list would be the same."""
    if on.isocalendar()[:2] != day_of(now).isocalendar()[:2]:
        return 0
    catalogues: dict[int, Catalogue] = {}
    asked = 0
    for owner, entries in _kept(on).items():
        post = next(iter(organisations.posts_of(owner, on)), None)
        if post is None:
            continue
        office = post.team.office
        if office.pk not in catalogues:
            catalogues[office.pk] = catalogue(on, office)
        codes = catalogues[office.pk]
        before = on - timedelta(days=codes.confirm_every_days)
        old = [one for one in entries if one.confirmed_on is None or one.confirmed_on < before]
        if old and codes.value("owners_by_email", True):
            asked += _ask(owner, office, old, on, now)
    if asked:
        note_event(Happened.OWNERS_ASKED_TO_CONFIRM, by=None, now=now, owners=asked)
    return asked


def _kept(on: date) -> dict[Person, list[Service]]:
    """The entries of everybody who is here and keeps any, those confirmed longest ago first. One query."""
    rows = (
        Service.objects.filter(owner__left_on=None, owner__is_active=True, withdrawn_on=None)
        .select_related("owner", "organisation")
        .defer("published")
        .order_by("confirmed_on", "name", "id")
    )
    found: dict[Person, list[Service]] = defaultdict(list)
    for service in rows:
        if service.owner is not None:
            found[service.owner].append(service)
    return found


def _ask(owner: Person, office: Office, entries: Sequence[Service], on: date, now: datetime) -> bool:
    year, week, _day = on.isocalendar()
    mail = queue_mail(
        MailKind.CONFIRM_ENTRIES,
        office=office,
        to_name=owner.name,
        address=owner.email,
        subject=_("Entries of the directory to confirm: %(n)d") % {"n": len(entries)},
        body=_(
            "Hello %(name)s,\n\nyou keep these entries of the directory true, and nobody has confirmed them for a long"
            " time:\n\n%(entries)s\n\nPlease look at them, and confirm them or put them right:\n{link}\n"
        )
        % {"name": owner.name, "entries": "\n".join(f"- {_line(one)}" for one in entries)},
        link=reverse("directory:to_confirm"),
        once=f"confirm {owner.ref} {year}-W{week:02d}",
        by=None,
        now=now,
    )
    return mail is not None


def _line(entry: Service) -> str:
    if entry.confirmed_on is None:
        last = _("never confirmed")
    else:
        last = _("last confirmed on %(day)s") % {"day": words(entry.confirmed_on)}
    return f"{entry.name}, {entry.organisation.name}: {last}"
