"""`waymark simulate-referrals`: half a year of referrals to made-up services, and the proof that none is lost."""

import json
import sys
from dataclasses import asdict
from datetime import date
from time import perf_counter

import click
from django.conf import settings
from django.utils import timezone

from waymark.cli.holidays import SHIPPED, text_of
from waymark.demo.half_year import Size, World, simulate
from waymark.insight import integrity
from waymark.kernel.refusal import Refused
from waymark.organisations.rules import read_holidays
from waymark.programme.verbs import load_packs
from waymark.staffing.verbs import load_holidays

REFUSED = 2


@click.command("simulate-referrals")
@click.option("--referrals", default=10_000, show_default=True, help="how many")
@click.option("--services", default=60, show_default=True, help="to how many services")
@click.option("--days", default=182, show_default=True, help="how many calendar days")
@click.option("--seed", default=2004, show_default=True, help="the dice")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="processes beside each other"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON document at the end")
def referrals(referrals: int, services: int, days: int, seed: int, workers: int, as_json: bool) -> None:
    """Refer made-up customers to made-up services in an empty database, and prove that none is lost.

    Some services are silent, some lose letters, some are full, some people forget. At the end the list of what stands
    still is held against what the simulation knows, and every rule is proven as `waymark check` does. Exit code 0:
    nobody is missing, each line names who acts, and every rule holds.
    """
    started = perf_counter()

    def weekly(day: date, world: World) -> None:
        if day.weekday() == 0 and not as_json:
            spent = perf_counter() - started
            click.echo(
                f"{day}  {len(world.fates):>6,} referrals  {sum(world.calls.values()):>7,} steps  {spent:>6.0f} s"
            )

    try:
        load_packs(settings.PROGRAMMES, now=timezone.now())
        load_holidays(read_holidays(text_of(SHIPPED)).days, by=None, now=timezone.now())
        _world, proof = simulate(Size(referrals, services, days, seed), workers=workers, on_day=weekly)
    except Refused as refused:
        click.echo(f"{refused.message} {refused.cure}", err=True)
        sys.exit(REFUSED)
    seconds = round(perf_counter() - started, 1)
    broken = {found.rule.sentence: found.count for found in integrity.check(replays=0) if found.count}
    sound = proof.sound and not broken
    report = {"seconds": seconds, "sound": sound, "broken": broken, **asdict(proof)}
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 1))
    sys.exit(0 if sound else 1)
