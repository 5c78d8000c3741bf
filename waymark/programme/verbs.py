"""Loading programme packs."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from waymark.policy import LintErrors
from waymark.policy.findings import errors
from waymark.programme.models import PackVersion
from waymark.programme.pack import Pack, pack_folders, read_pack


@transaction.atomic
def load_pack(pack: Pack, *, now: datetime) -> tuple[PackVersion, bool]:
    """Keep a pack as it is now; says whether it is new. A pack with lint errors raises `LintErrors`."""
    current = PackVersion.objects.filter(slug=pack.slug).defer("files").first()
    if current is not None and current.digest == pack.digest:
        return current, False
    wrong = errors(pack.lint())
    if wrong:
        raise LintErrors(wrong)
    version = PackVersion.objects.create(
        slug=pack.slug,
        title=pack.title,
        digest=pack.digest,
        files=dict(pack.files),
        valid_from=pack.valid_from,
        loaded_at=now,
    )
    return version, True


def load_packs(root: Path, *, now: datetime) -> list[tuple[PackVersion, bool]]:
    """Load every pack below `root`; loading the same files again changes nothing."""
    return [load_pack(read_pack(folder), now=now) for folder in pack_folders(root)]
