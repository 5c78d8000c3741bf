"""A district or an office holds another value than the pack."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from waymark.kernel.refusal import Refused, insist
from waymark.organisations.enums import Role
from waymark.organisations.models import District, Office, Post
from waymark.programme.models import LocalSetting
from waymark.programme.pack import Pack, Setting, UnknownSetting
from waymark.programme.queries import holding
from waymark.record.enums import Happened
from waymark.record.verbs import note_event
from waymark.staffing import access
from waymark.staffing.rules import Value, may_differ, read_value
from waymark.staffing.verbs.insisting import DAY, insist_in_order, iso, words


@transaction.atomic
def set_local_value(
    *,
    slug: str,
    key: str,
    text: str,
    place: District | Office,
    valid_from: date,
    valid_until: date | None,
    because: str,
    by: Post,
    now: datetime,
) -> LocalSetting:
    """A district or an office holds another value than the pack, from a day.

    text: the value as typed; it must be of the same sort as the pack's own. An earlier local value of the
    same place ends the day before; after `valid_until` the pack's own holds.
    """
    insist(access.may_administer(by, place if isinstance(place, District) else place.district))
    value = read_local(slug, key, text, valid_from)
    if not because.strip():
        raise Refused("no_reason", "A local value needs a reason.", "Say why this place differs.")
    if valid_until is not None:
        insist_in_order(valid_from, valid_until)
    # One at a time for a place, so that two people cannot leave two values that overlap.
    type(place).objects.select_for_update().get(pk=place.pk)
    end_earlier_value(slug, key, place, valid_from, valid_until)
    setting = LocalSetting.objects.create(
        slug=slug,
        key=key,
        value=value,
        **codes(place),
        valid_from=valid_from,
        valid_until=valid_until,
        because=because.strip(),
        set_by=str(by),
        set_at=now,
    )
    note_event(
        Happened.LOCAL_VALUE_SET,
        by=by,
        now=now,
        why=setting.because,
        programme=slug,
        key=key,
        value=value,
        place=place.name,
        on=iso(valid_from),
        until=iso(valid_until),
    )
    return setting


@transaction.atomic
def end_local_value(setting: LocalSetting, *, last_day: date, by: Post, now: datetime) -> LocalSetting:
    """The pack's own value holds again after `last_day`."""
    setting = LocalSetting.objects.select_for_update().get(pk=setting.pk)
    insist(access.may_administer(by, district_of(setting)))
    insist_in_order(setting.valid_from, last_day)
    if setting.valid_until is not None and setting.valid_until <= last_day:
        raise Refused("ended_already", f"This value ends on {words(setting.valid_until)} already.")
    setting.valid_until = last_day
    setting.save(update_fields=["valid_until"])
    note_event(
        Happened.LOCAL_VALUE_ENDED,
        by=by,
        now=now,
        programme=setting.slug,
        key=setting.key,
        place=setting.office_code or setting.district_code,
        on=iso(last_day),
    )
    return setting


def read_local(slug: str, key: str, text: str, on: date) -> Value:
    """The typed value as the pack's sort of value, or a refusal that says what would be right."""
    pack = holding(slug, on).pack
    try:
        own = pack.setting(key, on)
    except UnknownSetting:
        raise Refused(
            "unknown_setting", f"The programme holds no value “{key}” on {words(on)}.", "Choose another."
        )
    if not may_differ(key, own.value):
        raise Refused(
            "same_everywhere",
            f"“{key}” is the same everywhere.",
            "The policy owner can change it in the programme pack.",
        )
    try:
        return read_value(text, own.value, allowed_words(pack, key, own.value))
    except ValueError as wrong:
        raise Refused("wrong_sort", "This value cannot be used.", str(wrong))


def allowed_words(pack: Pack, key: str, like: object) -> frozenset[str]:
    """The words a local value may be made of: for a list of roles or provisions those, and what its variants hold."""
    if not isinstance(like, list):
        return words_of(pack.settings, key)
    values = [value for dated in pack.settings[key] for value in _values(dated)]
    used = {word for value in values for code in value for word in code.split(":")}
    return frozenset(used | set(Role.values) | set(pack.reasons("provision")))


def _values(setting: Setting) -> list[list[str]]:
    return [setting.value, *(variant["value"] for variant in setting.variants)]


def words_of(settings: Mapping[str, tuple[Setting, ...]], key: str) -> frozenset[str]:
    """The words that settings of the same section of the pack use, their known variants among them."""
    section = key.partition(".")[0]
    found: set[str] = set()
    for name, dated in settings.items():
        if name.startswith(f"{section}."):
            for setting in dated:
                values = [setting.value, *(variant["value"] for variant in setting.variants)]
                found |= {value for value in values if isinstance(value, str)}
    return frozenset(found)


def end_earlier_value(
    slug: str, key: str, place: District | Office, valid_from: date, valid_until: date | None
) -> None:
    same = LocalSetting.objects.filter(slug=slug, key=key, **codes(place))
    later = same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from), valid_from__gte=valid_from)
    if valid_until is not None:
        later = later.filter(valid_from__lte=valid_until)
    clash = later.first()
    if clash is not None:
        raise Refused(
            "value_set_already",
            f"{place.name} has a local value from {words(clash.valid_from)} already.",
            "End that one first, or choose days before it.",
        )
    same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from), valid_from__lt=valid_from).update(
        valid_until=valid_from - DAY
    )


def codes(place: District | Office) -> dict[str, str]:
    if isinstance(place, District):
        return {"district_code": place.code, "office_code": ""}
    return {"district_code": "", "office_code": place.code}


def district_of(setting: LocalSetting) -> District:
    if setting.district_code:
        return District.objects.get(code=setting.district_code)
    return Office.objects.select_related("district").get(code=setting.office_code).district
