"""Commands for the passing of days and for proof: daily, check."""

import json
import sys
from typing import Any

import click
from django.utils import timezone

from waymark.cli.rules import DAY
from waymark.daily import missed_days, run_days
from waymark.insight import integrity


@click.command()
@click.option("--on", type=DAY, default=None, help="up to which day (today)")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def daily(on: Any, as_json: bool) -> None:
    """Do what a day brings: free what lapsed, raise what is late. Missed days are caught up; a done day stays."""
    now = timezone.now()
    day = on.date() if on else timezone.localdate(now)
    with click.progressbar(length=len(missed_days(day)), label="days", file=sys.stderr) as bar:
        runs = run_days(day, now=now, progress=lambda run: bar.update(1))
    if as_json:
        click.echo(json.dumps({"days": [{"on": run.on.isoformat(), **run.figures} for run in runs]}))
        return
    if not runs:
        click.echo(f"{day} is done already.")
    for run in runs:
        figures = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in run.figures.items())
        click.echo(f"{run.on}: {figures}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
@click.option("--replays", default=100, show_default=True, help="how many of the last decisions to replay")
def check(as_json: bool, replays: int) -> None:
    """Prove that nobody is lost and that the other rules hold. Exit code 1 when anything breaks one."""
    findings = integrity.check(replays=replays)
    broken = sum(finding.count for finding in findings)
    if as_json:
        rows = [
            {"rule": f.rule.name, "sentence": f.rule.sentence, "count": f.count, "offenders": f.named}
            for f in findings
        ]
        click.echo(json.dumps({"sound": broken == 0, "rules": rows}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{'broken' if finding.count else 'holds '}  {finding.rule.sentence}")
            for name in finding.named:
                click.echo(f"          {name}")
            if finding.count > len(finding.named):
                click.echo(f"          and {finding.count - len(finding.named)} more")
        click.echo("Everything holds." if not broken else f"{broken} offenders.")
    sys.exit(1 if broken else 0)
