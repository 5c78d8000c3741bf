"""What holds on a day: values, tables, reasons, letters and guidance of a programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from waymark.kernel.composed import composed
from waymark.kernel.refusal import Refused
from waymark.policy import FactBook, Table
from waymark.programme.models import LocalSetting, PackVersion, Publication
from waymark.programme.pack import Guidance, Pack, Reason


class Place(NamedTuple):
    """Where a rule is asked for, by the codes of district and office (the local layer)."""

    district: str = ""
    office: str = ""


ANYWHERE = Place()

# Asked by every verb, often by several parts of one: a statement as it stands costs a tenth of a composed one.
HOLDING = """
    SELECT (SELECT version_id FROM programme_publication
             WHERE slug = %(slug)s AND published_at IS NOT NULL
             ORDER BY published_at DESC, version_id DESC LIMIT 1),
           ARRAY(SELECT id FROM programme_localsetting
                  WHERE slug = %(slug)s AND valid_from <= %(on)s
                    AND (valid_until IS NULL OR valid_until >= %(on)s)
                    AND (district_code <> '' AND district_code = %(district)s
                         OR office_code <> '' AND office_code = %(office)s))
"""
LOCAL = "SELECT * FROM programme_localsetting WHERE id = ANY(%s) ORDER BY valid_from, id"


@dataclass(frozen=True)
class Held:
    """A value as it holds: the pack's own, or a local one with its reason."""

    key: str
    value: Any
    unit: str
    source: str
    local: bool
    because: str


@dataclass(frozen=True, eq=False)
class Rules:
    """Everything a programme says on a day at a place. Made by `holding`, or from files that are not loaded."""

    pack: Pack
    on: date
    local: Mapping[str, LocalSetting] = field(default_factory=dict)
    loaded: PackVersion | None = None

    @property
    def version(self) -> PackVersion:
        """The kept version, for a decision to point at. Files that were never loaded have none."""
        if self.loaded is None:
            raise ValueError(f"{self.pack.slug} was read from files and is not loaded")
        return self.loaded

    def value(self, key: str) -> Any:
        """The value of a setting such as `timings.first_interview_within_days`; local where there is one."""
        return self.held(key).value

    def held(self, key: str) -> Held:
        """The value with its unit, its source, and whether it is local."""
        setting = self.pack.setting(key, self.on)
        here = self.local.get(key)
        if here is None:
            return Held(key, setting.value, setting.unit, setting.source, False, setting.note)
        return Held(key, here.value, setting.unit, setting.source, True, here.because)

    def every_value(self) -> list[Held]:
        return [
            self.held(key)
            for key, dated in self.pack.settings.items()
            if any(s.holds_on(self.on) for s in dated)
        ]

    def reasons(self, name: str, role: str = "") -> dict[str, Reason]:
        """Reason codes of a list that hold today, and that this role may use when one is named."""
        return {
            code: reason
            for code, reason in self.pack.reasons(name).items()
            if reason.holds_on(self.on) and (not role or reason.may_be_used_by(role))
        }

    def guidance(self, codes: Iterable[str]) -> list[Guidance]:
        return [self.pack.guidance[code] for code in codes if code in self.pack.guidance]

    def letter(self, kind: str, language: str = "en") -> str:
        return self.pack.letter(kind, language)

    def table(self, name: str) -> Table:
        return self.pack.table(name)

    @property
    def facts(self) -> FactBook:
        return self.pack.facts

    @property
    def benefits(self) -> dict[str, str]:
        return self.pack.titles("benefits")

    @property
    def benefits_elsewhere(self) -> dict[str, str]:
        """Benefits that are none of this programme's: a claim that moves to one of them ends here."""
        return self.pack.titles("benefits_elsewhere")

    @property
    def groups(self) -> dict[str, str]:
        return self.pack.titles("groups")

    def groups_of(self, benefit: str) -> tuple[str, ...]:
        """The codes of the groups that may claim a benefit; every group where the pack names none."""
        return tuple(self.pack.entry("benefits", benefit).get("groups", self.groups))

    @property
    def appointment_kinds(self) -> dict[str, dict[str, Any]]:
        return {entry["code"]: entry for entry in self.pack.about["appointment_kinds"]}


def versions() -> QuerySet[PackVersion]:
    """Every published version of every pack, the one that holds first, without the weight of its files."""
    return (
        PackVersion.objects.filter(publication__published_at__isnull=False)
        .defer("files")
        .select_related("publication")
        .order_by("slug", "-publication__published_at", "-id")
    )


@composed
def _published(slug: str) -> QuerySet[PackVersion]:
    return versions().filter(slug=slug)[:1]


def holding_now(slug: str) -> PackVersion | None:
    """The version of a pack that holds now; None where none is published."""
    return _published.first(slug)


@composed
def newest() -> QuerySet[PackVersion]:
    """The version of each pack that holds now."""
    later = Publication.objects.filter(slug=OuterRef("slug")).filter(
        Q(published_at__gt=OuterRef("publication__published_at"))
        | Q(published_at=OuterRef("publication__published_at"), version__gt=OuterRef("pk"))
    )
    return versions().filter(~Exists(later))


def proposals() -> QuerySet[PackVersion]:
    """Versions that are proposed and neither published nor withdrawn."""
    return (
        PackVersion.objects.filter(publication__published_at=None, publication__withdrawn_at=None)
        .defer("files")
        .select_related("publication")
        .order_by("slug")
    )


def every_version(slug: str) -> QuerySet[PackVersion]:
    """All versions of a pack, proposed, published or withdrawn, the newest first."""
    return (
        PackVersion.objects.filter(slug=slug, publication__isnull=False)
        .defer("files")
        .select_related("publication")
        .order_by("-publication__proposed_at", "-id")
    )


def appointment_lengths(on: date) -> dict[str, int]:
    """Minutes of each kind of appointment on a day, for a search that is for no particular claim.

    Where programmes differ the longest, so that a time found serves anybody. One query.
    """
    longest: dict[str, int] = {}
    for version in newest():
        if version.valid_from > on:
            continue
        for entry in pack_of(version.pk).about["appointment_kinds"]:
            longest[entry["code"]] = max(longest.get(entry["code"], 0), entry["minutes"])
    return longest


def version_numbered(slug: str, number: int) -> PackVersion | None:
    """The version of a pack by its number, counted from the first that was kept."""
    kept = every_version(slug).order_by("pk")
    found = list(kept[number - 1 : number]) if number > 0 else []
    return found[0] if found else None


def number_of(version: PackVersion) -> int:
    """Which version of its pack it is, counted from the first."""
    return every_version(version.slug).filter(pk__lte=version.pk).count()


def holding(slug: str, on: date, place: Place = ANYWHERE) -> Rules:
    """The rules of a programme on a day at a place: the version published last, with the local values over it."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDING, {"slug": slug, "on": on, "district": place.district, "office": place.office})
        version_id, local_ids = cursor.fetchone()
    if version_id is None:
        raise Refused(
            "no_such_programme", f"No programme “{slug}” is loaded.", "Load it: waymark programme load."
        )
    version = _version(version_id)
    if on < version.valid_from:
        raise Refused(
            "programme_not_begun",
            f"{version.title} holds from {version.valid_from:%d %B %Y}.",
            "Choose a later day, or another programme.",
        )
    local = _by_key(LocalSetting.objects.raw(LOCAL, [local_ids])) if local_ids else {}
    return Rules(pack_of(version.pk), on, local, version)


def trying(version: PackVersion, on: date, place: Place = ANYWHERE) -> Rules:
    """The rules as a version that need not hold would have them, with the local values of a place over it."""
    return Rules(pack_of(version.pk), on, _local(version.slug, on, place), version)


def as_decided(version: PackVersion, on: date) -> Rules:
    """The rules exactly as a kept decision rested on them, to replay it."""
    return Rules(pack_of(version.pk), on, loaded=version)


def pack_of(version_id: int) -> Pack:
    """The pack of a kept version. Versions never change: a process reads and compiles the same files once."""
    return _pack(_Files(_version(version_id).digest, version_id))


@dataclass(frozen=True)
class _Files:
    """Files by their digest, and one of the versions that hold them."""

    digest: str
    version_id: int = field(compare=False)


@lru_cache(maxsize=16)
def _pack(kept: _Files) -> Pack:
    return Pack(PackVersion.objects.values_list("files", flat=True).get(pk=kept.version_id))


@lru_cache(maxsize=64)
def _version(version_id: int) -> PackVersion:
    """A published version without its files. Neither it nor its publication ever changes."""
    return PackVersion.objects.defer("files").get(pk=version_id)


def local_settings(slug: str = "") -> QuerySet[LocalSetting]:
    settings = LocalSetting.objects.all()
    return settings.filter(slug=slug) if slug else settings


def _local(slug: str, on: date, place: Place) -> dict[str, LocalSetting]:
    """Local values by key; an office's own goes before its district's."""
    here = Q(pk__in=[])
    if place.district:
        here |= Q(district_code=place.district)
    if place.office:
        here |= Q(office_code=place.office)
    found = LocalSetting.objects.filter(here, slug=slug, valid_from__lte=on)
    return _by_key(found.filter(Q(valid_until=None) | Q(valid_until__gte=on)).order_by("valid_from", "id"))


def _by_key(found: Iterable[LocalSetting]) -> dict[str, LocalSetting]:
    settings = list(found)
    return {s.key: s for s in settings if s.district_code} | {s.key: s for s in settings if s.office_code}
