"""What every write in the directory needs: what is looked through, and the one event."""

from datetime import datetime
from typing import Any

from waymark.directory.catalogue import Catalogue
from waymark.directory.models import Organisation, Service
from waymark.directory.rules import pieces, words_of
from waymark.organisations.models import Post
from waymark.record.enums import Happened
from waymark.record.verbs import note_event


def index(service: Service, codes: Catalogue, towns: list[str]) -> None:
    """Set what the search looks through: names, words, and the titles of needs and provision. Saves nothing."""
    kinds = [*codes.words("need", service.needs), codes.title("provision", service.provision)]
    service.words = words_of(
        [
            service.name,
            service.organisation.name,
            service.about,
            service.for_whom,
            *kinds,
            *towns,
            service.area_words,
            service.approach,
        ]
    )
    service.pieces = " ".join(pieces(" ".join([service.name, service.organisation.name, *kinds])))


def note(
    kind: Happened,
    about: Service | Organisation,
    *,
    by: Post | None,
    now: datetime,
    why: str = "",
    customer: str = "",
    claim: str = "",
    **details: Any,
) -> None:
    """One event, with the names its sentence needs."""
    service = about if isinstance(about, Service) else None
    organisation = about.organisation if isinstance(about, Service) else about
    note_event(
        kind,
        by=by,
        now=now,
        why=why,
        customer=customer,
        claim=claim,
        service=service.ref if service else "",
        service_name=service.name if service else "",
        organisation=organisation.ref,
        organisation_name=organisation.name,
        **details,
    )
