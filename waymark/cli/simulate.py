"""`waymark simulate`: a year of a made-up district, day by day, through the real verbs."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from time import perf_counter
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from waymark.cli.holidays import SHIPPED, text_of
from waymark.demo.year import figures
from waymark.demo.year.day import Day
from waymark.demo.year.run import Plan, Run, go_on, simulate
from waymark.insight import integrity
from waymark.kernel.refusal import Refused
from waymark.organisations.rules import read_holidays
from waymark.programme.verbs import load_packs
from waymark.staffing.verbs import load_holidays

DAY = click.DateTime(["%Y-%m-%d"])
REFUSED = 2
MOST = 12


@click.command("simulate")
@click.option("--customers", default=20_000, show_default=True, help="how many made-up customers come in")
@click.option("--days", default=366, show_default=True, help="how many calendar days")
@click.option("--seed", default=2006, show_default=True, help="the dice")
@click.option("--from", "start", type=DAY, default="2006-01-02", show_default=True, help="the first day")
@click.option("--more-days", type=int, help="go on where the database stands, so many days")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="how many processes live a day side by side",
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON document at the end")
def simulation(
    customers: int, days: int, seed: int, start: datetime, more_days: int | None, workers: int, as_json: bool
) -> None:
    """Live through a year of a made-up district, in an empty database, by the verbs that people use.

    Customers come in, are rung, come or do not come; staff fall ill; letters leave. Stopped half-way, it goes on
    with the same options and --more-days. At the end the rules are proven as `waymark check` does. Exit code 0:
    all hold; 1: some are broken, or a verb failed; 2: this database is no place for it.
    """
    plan = Plan(customers, days, start.date(), seed)
    said, started = Weekly(quiet=as_json), perf_counter()
    try:
        if more_days is None:
            load_packs(settings.PROGRAMMES, now=timezone.now())
            load_holidays(read_holidays(text_of(SHIPPED)).days, by=None, now=timezone.now())
            run = simulate(plan, workers=workers, on_day=said)
        else:
            run = go_on(plan, days=more_days, workers=workers, on_day=said)
    except Refused as refused:
        click.echo(f"{refused.message} {refused.cure}", err=True)
        sys.exit(REFUSED)
    report = report_of(run, said.last or start.date(), perf_counter() - started)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        say(report)
    sys.exit(0 if report["sound"] else 1)


class Weekly:
    """A line of progress for each week."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.last: date | None = None
        self.week: Any = None
        self.started, self.calls = perf_counter(), 0

    def __call__(self, day: Day, run: Run) -> None:
        self.last = day.on
        week = day.on.isocalendar()[:2]
        if week == self.week:
            return
        self.week = week
        calls, seconds = sum(run.tally.calls.values()), perf_counter() - self.started
        if not self.quiet:
            click.echo(
                f"{day.on}  day {run.days:>3}  {calls:>7,} verbs  {run.letters.sent:>6,} letters"
                f"  {seconds:>6.0f} s  {(calls - self.calls) / max(seconds, 0.001):>5.0f} verbs/s",
            )


def report_of(run: Run, on: date, seconds: float) -> dict[str, Any]:
    """Everything that is printed, as plain values."""
    findings = integrity.check(replays=200)
    calls = sum(run.tally.calls.values())
    broken = {f.rule.sentence: f.count for f in findings if f.count}
    return {
        "sound": not broken and not run.tally.failed,
        "days worked": run.days,
        "seconds": round(seconds, 1),
        "seconds a day": round(seconds / max(run.days, 1), 2),
        "verbs": calls,
        "verbs a second": round(calls / max(seconds, 0.001), 1),
        "letters": asdict(run.letters),
        "seconds by part": {part: round(spent, 1) for part, spent in run.seconds.items()},
        "figures": figures.of_the_district(on),
        "verbs by seconds": by_seconds(run),
        "refused": dict(run.tally.refused.most_common()),
        "failed": dict(run.tally.failed.most_common()),
        "broken": broken,
        "offenders": {f.rule.sentence: f.named for f in findings if f.count},
    }


def by_seconds(run: Run) -> dict[str, dict[str, float]]:
    """Each verb: how often, how many milliseconds each, how many seconds in all."""
    spent = Counter(run.tally.seconds).most_common()
    return {
        name: {
            "calls": run.tally.calls[name],
            "ms": round(1000 * seconds / run.tally.calls[name], 1),
            "s": round(seconds, 1),
        }
        for name, seconds in spent
    }


def say(report: dict[str, Any]) -> None:
    click.echo("")
    click.echo(
        f"{report['days worked']} working days in {report['seconds']:.0f} s ({report['seconds a day']} s a day):"
        f" {report['verbs']:,} verbs, {report['verbs a second']} a second; {report['letters']['sent']:,} letters."
    )
    _lines("where the time went (s, of all processes)", report["seconds by part"])
    for heading, counted in report["figures"].items():
        _lines(heading, counted)
    click.echo("\nslowest verbs")
    for name, row in list(report["verbs by seconds"].items())[:MOST]:
        click.echo(f"  {name:<28}{row['calls']:>9,}  {row['ms']:>7} ms  {row['s']:>7} s")
    _lines("refused", dict(list(report["refused"].items())[: 2 * MOST]))
    _lines("failed", report["failed"])
    _lines("broken rules", report["broken"])
    for named in report["offenders"].values():
        click.echo(f"    {', '.join(named[:MOST])}")
    click.echo("\nEverything holds." if report["sound"] else "\nNot everything holds.")


def _lines(heading: str, counted: dict[str, Any]) -> None:
    if counted:
        click.echo(f"\n{heading}")
        for name, value in counted.items():
            click.echo(f"  {name:<60}{value:>10,}")
