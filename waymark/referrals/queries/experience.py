"""What our own referrals say of services: real waits and why people were sent back (R:L351, C2)."""

from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from waymark.kernel.clock import day_of
from waymark.referrals.models import Referral

LATEST = 200


@dataclass(frozen=True)
class Wait:
    """How long people waited from our sending to the first day, of the last so many: the middle one and the longest."""

    people: int
    days: int
    longest: int


@dataclass(frozen=True)
class Back:
    """How often a service sent somebody back for a reason (a code of reasons/returned.csv)."""

    code: str
    times: int


def real_waits(service_ids: Collection[int]) -> dict[int, Wait]:
    """Days from sent to begun, by service; services without anybody are left out. One query."""
    rows = (
        Referral.objects.filter(service__in=service_ids, started_on__isnull=False, sent_at__isnull=False)
        .order_by("-started_on", "-id")
        .values_list("service", "started_on", "sent_at")
    )
    found: dict[int, list[int]] = {}
    for service, started_on, sent_at in rows:
        days = found.setdefault(service, [])
        if sent_at is not None and started_on is not None and len(days) < LATEST:
            days.append(max(0, (started_on - day_of(sent_at)).days))
    return {
        service: Wait(len(days), round(median(days)), max(days)) for service, days in found.items() if days
    }


def return_reasons(service_ids: Collection[int]) -> dict[int, list[Back]]:
    """Why referrals came back, by service, the most frequent reason first. One query."""
    rows = Referral.objects.filter(service__in=service_ids).exclude(returned_code="")
    counted: dict[int, dict[str, int]] = {}
    for service, code in rows.order_by("pk").values_list("service", "returned_code"):
        reasons = counted.setdefault(service, {})
        reasons[code] = reasons.get(code, 0) + 1
    return {
        service: [
            Back(code, times) for code, times in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        for service, reasons in counted.items()
    }
