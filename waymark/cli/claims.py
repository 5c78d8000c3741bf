"""`waymark import claims`: a file of claims comes in."""

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import click
from django.conf import settings
from django.utils import timezone

from waymark.interviews.importing import COLUMNS, PROBLEM, Report, Unreadable, import_claims
from waymark.kernel.refusal import Refused

ALL_IN, SOME_REJECTED, UNREADABLE = 0, 1, 2
SHOWN = 10


class Rejects:
    """Rejected rows: written to a file when one is named, the first few kept for the screen."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.first: list[str] = []
        self.file: IO[str] | None = None

    def __call__(self, cells: Mapping[str, str], problem: str) -> None:
        if len(self.first) < SHOWN:
            self.first.append(problem)
        if self.path is None:
            return
        if self.file is None:
            self.file = self.path.open("w", newline="", encoding="utf-8")
            csv.writer(self.file).writerow([*_own(cells), PROBLEM])
        csv.writer(self.file).writerow([*_own(cells).values(), problem])
        self.file.flush()

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def _own(cells: Mapping[str, str]) -> dict[str, str]:
    """The columns of the file, without an earlier reason and without what stood beyond the last column."""
    return {name: text for name, text in cells.items() if name not in {PROBLEM, ""}}


@click.group("import")
def import_() -> None:
    """Bring in what other systems send."""


COLUMN_HELP = "\b\nColumns (the first line names them, in any order):\n" + "\n".join(
    f"  {name:<22}{about}".rstrip() for name, about in COLUMNS.items()
)


@import_.command("claims", epilog=COLUMN_HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--programme", default="jobcentre-plus-2002", show_default=True, help="Which programme pack holds."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day (today).")
@click.option("--rejects", type=click.Path(path_type=Path, dir_okay=False), help="Where rejected rows go.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def claims(file: Path, programme: str, on: datetime | None, rejects: Path | None, as_json: bool) -> None:
    """Bring in a CSV FILE of claims: customers, claims, first interviews and first calls.

    The file can be given again: claims that are there stay as they are. Rejected rows come back with the
    reason; mended, the rejects file can be given as it is. Exit code 0: all in; 1: some rejected; 2: the file
    could not be read.
    """
    turned_down = Rejects(rejects)
    started = timezone.now()
    # Replaying a day of the past keeps the time of day of now.
    now = started if on is None else started + timedelta(days=(on.date() - timezone.localdate(started)).days)
    try:
        report = _bring_in(file, programme, now, turned_down, quiet=as_json)
    except (OSError, Unreadable, Refused) as problem:
        _complain(f"{problem}", as_json)
        raise SystemExit(UNREADABLE) from problem
    finally:
        turned_down.close()
    seconds = (timezone.now() - started).total_seconds()
    if as_json:
        click.echo(
            json.dumps({**asdict(report), "seconds": round(seconds, 1), "problems": turned_down.first})
        )
    else:
        _say(report, seconds, turned_down)
    raise SystemExit(SOME_REJECTED if report.rejected else ALL_IN)


def _bring_in(file: Path, programme: str, now: datetime, turned_down: Rejects, *, quiet: bool) -> Report:
    today = timezone.localdate(now)
    if turned_down.path is not None and turned_down.path.resolve() == file.resolve():
        raise Unreadable("The rejects would overwrite the file that is read. Name another file for them.")
    with file.open("rb") as counted:
        rows = max(sum(1 for _line in counted) - 1, 0)
    with (
        file.open(newline="", encoding="utf-8-sig") as opened,
        click.progressbar(length=rows, label=f"{rows:,} rows", hidden=quiet) as bar,
    ):
        return import_claims(
            opened,
            programme=programme,
            on=today,
            now=now,
            reject=turned_down,
            synthetic=settings.DEMO,
            progress=bar.update,
        )


def _complain(problem: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"error": problem}))
    else:
        click.echo(problem, err=True)


def _say(report: Report, seconds: float, turned_down: Rejects) -> None:
    click.echo(
        f"{report.rows:,} rows in {seconds:.0f} s: {report.added:,} claims added, {report.new_customers:,} of"
        f" them of new customers; {report.already_there:,} were already there; {report.rejected:,} rejected."
    )
    for problem in turned_down.first:
        click.echo(f"  {problem}")
    if report.rejected > len(turned_down.first):
        click.echo(f"  and {report.rejected - len(turned_down.first):,} more")
    if report.rejected and turned_down.path is not None:
        click.echo(f"Mend them in {turned_down.path} and import that file.")
    elif report.rejected:
        click.echo("Give --rejects FILE to get these rows with their reasons.")
