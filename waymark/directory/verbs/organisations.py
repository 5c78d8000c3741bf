"""Organisations, the places where they work, and whom to ring there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waymark.directory import access
from waymark.directory.catalogue import Catalogue
from waymark.directory.models import Contact, Location, Organisation, Service
from waymark.directory.verbs.common import index, note
from waymark.kernel.refs import new_ref
from waymark.kernel.refusal import Refused, insist
from waymark.organisations.models import Post
from waymark.record.enums import Happened


@transaction.atomic
def add_organisation(*, fields: Mapping[str, Any], by: Post | None, now: datetime) -> Organisation:
    """A new organisation. Refused when one of this name is known already."""
    insist(access.may_add(by))
    name = str(fields.get("name", "")).strip()
    _insist_name(name)
    twin = Organisation.objects.filter(name__iexact=name).first()
    if twin is not None:
        raise Refused(
            "organisation_known", f"{twin.name} is in the directory already.", "Add the service to that one."
        )
    made = Organisation.objects.create(ref=new_ref("O"), **{**fields, "name": name})
    note(Happened.ORGANISATION_ADDED, made, by=by, now=now)
    return made


@transaction.atomic
def amend_organisation(
    organisation: Organisation, *, fields: Mapping[str, Any], codes: Catalogue, by: Post | None, now: datetime
) -> Organisation:
    """Change what is known of an organisation; the entries of its services follow a new name."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    insist(access.may_change_organisation(organisation, by))
    _insist_name(str(fields.get("name", organisation.name)).strip())
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    if not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.save()
    if "name" in changed:
        for service in organisation.services.prefetch_related("locations"):
            service.organisation = organisation
            index(service, codes, [place.town for place in service.locations.all()])
            service.save(update_fields=["words", "pieces"])
    note(Happened.ORGANISATION_AMENDED, organisation, by=by, now=now, changed=sorted(changed))
    return organisation


@transaction.atomic
def add_location(
    organisation: Organisation, *, fields: Mapping[str, Any], by: Post | None, now: datetime
) -> Location:
    """A place where the organisation works. It needs an address or a town, so that somebody can find it."""
    insist(access.may_change_organisation(organisation, by))
    _insist_found(fields)
    made = Location.objects.create(ref=new_ref("W"), organisation=organisation, **fields)
    note(Happened.LOCATION_ADDED, organisation, by=by, now=now, place=str(made))
    return made


@transaction.atomic
def amend_location(
    location: Location, *, fields: Mapping[str, Any], by: Post | None, now: datetime
) -> Location:
    location = (
        Location.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=location.pk)
    )
    insist(access.may_change_organisation(location.organisation, by))
    _insist_found(fields)
    for name, value in fields.items():
        setattr(location, name, value)
    location.save()
    note(Happened.LOCATION_AMENDED, location.organisation, by=by, now=now, place=str(location))
    return location


@transaction.atomic
def add_contact(
    organisation: Organisation,
    *,
    fields: Mapping[str, Any],
    service: Service | None = None,
    by: Post | None,
    now: datetime,
) -> Contact:
    """Somebody to ring, for one service or for all. Only with `public` do they stand in open data."""
    insist(access.may_note(organisation, by))
    if not str(fields.get("name", "")).strip():
        raise Refused("no_name", "The contact has no name.", "Write whom to ask for.")
    if not fields.get("telephone") and not fields.get("email"):
        raise Refused(
            "no_way", "There is no way to reach this contact.", "Give a telephone number or an e-mail."
        )
    made = Contact.objects.create(ref=new_ref("K"), organisation=organisation, service=service, **fields)
    note(Happened.SERVICE_CONTACT_ADDED, service or organisation, by=by, now=now, contact=made.name)
    return made


@transaction.atomic
def end_contact(contact: Contact, *, on: date, by: Post | None, now: datetime) -> Contact:
    """This person is not the one to ring any more; whoever reads the entry sees it (R:L1018)."""
    contact = (
        Contact.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contact.pk)
    )
    insist(access.may_note(contact.organisation, by))
    if contact.until is not None:
        raise Refused("contact_ended", "This contact has ended already.", "")
    contact.until = on
    contact.save(update_fields=["until"])
    note(
        Happened.SERVICE_CONTACT_ENDED,
        contact.organisation,
        by=by,
        now=now,
        contact=contact.name,
        until=on.isoformat(),
    )
    return contact


def _insist_name(name: str) -> None:
    if not name:
        raise Refused("no_name", "The organisation has no name.", "Write the name it goes by.")


def _insist_found(fields: Mapping[str, Any]) -> None:
    if not any(str(fields.get(name, "")).strip() for name in ("address", "town", "postcode")):
        raise Refused(
            "no_address", "Nobody can find a place without an address.", "Give the address or the town."
        )
