"""Programme packs are kept, and one version of each is published at a time.

Only rows: who may propose and publish, and what is noted, is `waymark.interviews.publishing`.
"""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from waymark.kernel.refusal import Refused
from waymark.policy import LintErrors
from waymark.policy.findings import errors
from waymark.programme.models import PackVersion, Publication
from waymark.programme.pack import Pack, pack_folders, read_pack
from waymark.programme.queries import proposals, versions


@transaction.atomic
def load_pack(pack: Pack, *, now: datetime) -> tuple[PackVersion, bool]:
    """Publish a pack that comes with the software; says whether it is new. Lint errors raise `LintErrors`.

    Files that have not changed since the last installation change nothing, whatever people published since. Where
    people have published a version of their own, changed files are refused: they are proposed instead.
    """
    held = versions().filter(slug=pack.slug).first()
    if held is not None and not is_changed(pack):
        return held, False
    if held is not None and not held.publication.installed:
        raise Refused(
            "own_version_holds",
            f"{held.title} holds as {held.publication.published_by_name} published it.",
            "Propose the changed files: waymark programme propose.",
        )
    version = keep(pack, now=now)
    Publication.objects.create(
        version=version, slug=version.slug, installed=True, proposed_at=now, published_at=now
    )
    return version, True


def is_changed(pack: Pack) -> bool:
    """Whether files are otherwise than what holds and than what was installed last; False for a new programme."""
    held = versions().filter(slug=pack.slug).first()
    installed = versions().filter(slug=pack.slug, publication__installed=True).first()
    return held is not None and pack.digest not in {one.digest for one in (held, installed) if one}


def load_packs(root: Path, *, now: datetime) -> list[tuple[PackVersion, bool]]:
    """Load every pack below `root`; loading the same files again changes nothing."""
    return [load_pack(read_pack(folder), now=now) for folder in pack_folders(root)]


def keep(pack: Pack, *, now: datetime) -> PackVersion:
    """Keep the files of a pack as they are. A pack with lint errors raises `LintErrors`."""
    wrong = errors(pack.lint())
    if wrong:
        raise LintErrors(wrong)
    return PackVersion.objects.create(
        slug=pack.slug,
        title=pack.title,
        digest=pack.digest,
        files=dict(pack.files),
        valid_from=pack.valid_from,
        loaded_at=now,
    )


@transaction.atomic
def keep_proposal(pack: Pack, *, who: str, name: str, why: str, now: datetime) -> Publication:
    """Keep a changed pack as a proposal of a person (`who`: their reference). It does not hold yet."""
    held = versions().filter(slug=pack.slug).first()
    if held is not None and held.digest == pack.digest:
        raise Refused("nothing_changed", f"{pack.title} holds exactly like this already.")
    if (waiting := proposals().filter(slug=pack.slug).first()) is not None:
        raise Refused(
            "proposed_already",
            f"{waiting.publication.proposed_by_name} has proposed a change of {pack.title} that is still open.",
            "Publish or withdraw that one first.",
        )
    version = keep(pack, now=now)
    try:
        with transaction.atomic():
            return Publication.objects.create(
                version=version,
                slug=version.slug,
                proposed_by=who,
                proposed_by_name=name,
                proposed_at=now,
                why=why,
            )
    except IntegrityError as problem:
        raise Refused(
            "proposed_already", "A change of this programme is proposed already.", "Settle that one first."
        ) from problem


@transaction.atomic
def mark_published(version: PackVersion, *, who: str, name: str, now: datetime) -> Publication:
    """From now on this version holds. Refused for the proposer: a second person publishes."""
    found = _open(version)
    if found.proposed_by == who:
        raise Refused(
            "own_proposal",
            "You have proposed this change yourself.",
            "Somebody else who owns policy looks at it and publishes it.",
        )
    found.published_by, found.published_by_name, found.published_at = who, name, now
    found.save(update_fields=["published_by", "published_by_name", "published_at"])
    return found


@transaction.atomic
def mark_withdrawn(version: PackVersion, *, who: str, name: str, because: str, now: datetime) -> Publication:
    """The proposal is not published. It stays to be read, with the reason."""
    found = _open(version)
    if not because.strip():
        raise Refused("no_reason", "Withdrawing a proposal needs a reason.", "Write why.")
    found.withdrawn_by, found.withdrawn_by_name, found.withdrawn_at = who, name, now
    found.withdrawn_because = because.strip()
    found.save(update_fields=["withdrawn_by", "withdrawn_by_name", "withdrawn_at", "withdrawn_because"])
    return found


def _open(version: PackVersion) -> Publication:
    found = Publication.objects.select_for_update(of=("self",)).select_related("version").get(version=version)
    if not found.is_open:
        word = "published" if found.published_at else "withdrawn"
        raise Refused("settled_already", f"This version is {word} already.", "Propose another.")
    return found
