"""`waymark import services` and `waymark export services`: the directory as published data."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from waymark.cli.claims import import_
from waymark.directory import hsds
from waymark.directory.catalogue import catalogue
from waymark.directory.hsds import Report, Unreadable
from waymark.directory.queries import services as every_service

ALL_IN, SOME_REJECTED, UNREADABLE = 0, 1, 2
SHOWN = 10


class Rejects:
    """Refused records with what is wrong, written to a file that can be mended and imported as it is."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.first: list[str] = []
        self.records: list[Any] = []
        self.more = 0

    def __call__(self, record: Any, problems: list[str]) -> None:
        for problem in problems:
            if len(self.first) < SHOWN:
                self.first.append(problem)
            else:
                self.more += 1
        mended = (
            {"problem": problems, **record}
            if isinstance(record, dict)
            else {"problem": problems, "was": record}
        )
        self.records.append(mended)

    def close(self) -> None:
        if self.path is not None and self.records:
            text = json.dumps({"contents": self.records}, ensure_ascii=False, indent=2)
            self.path.write_text(text, encoding="utf-8")


@import_.command("services")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day (today).")
@click.option("--rejects", type=click.Path(path_type=Path, dir_okay=False), help="Where refused services go.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def services(file: Path, on: datetime | None, rejects: Path | None, as_json: bool) -> None:
    """Bring in a JSON FILE of services: Open Referral (HSDS 3) or its UK profile.

    One service, a list, a page of an API, an organisation with its services, or tables side by side. The file can
    be given again: what it says is known by its ids, and what was changed here since stays. Refused services come
    back with what is wrong and what would be right; mended, that file can be given as it is. Exit code 0: all in;
    1: some refused; 2: the file could not be read.
    """
    turned_down = Rejects(rejects)
    now = timezone.now()
    try:
        report = _bring_in(
            file, on.date() if on else timezone.localdate(now), now, turned_down, quiet=as_json
        )
    except (OSError, Unreadable) as problem:
        click.echo(json.dumps({"error": str(problem)}) if as_json else str(problem), err=not as_json)
        raise SystemExit(UNREADABLE) from problem
    finally:
        turned_down.close()
    seconds = (timezone.now() - now).total_seconds()
    if as_json:
        click.echo(
            json.dumps({**asdict(report), "seconds": round(seconds, 1), "problems": turned_down.first})
        )
    else:
        _say(report, seconds, turned_down)
    raise SystemExit(SOME_REJECTED if report.rejected else ALL_IN)


def _bring_in(file: Path, on: Any, now: datetime, turned_down: Rejects, *, quiet: bool) -> Report:
    if turned_down.path is not None and turned_down.path.resolve() == file.resolve():
        raise Unreadable("The rejects would overwrite the file that is read. Name another file for them.")
    with (
        file.open(encoding="utf-8-sig") as opened,
        click.progressbar(length=0, label="services", hidden=quiet) as bar,
    ):

        def started(records: int) -> None:
            bar.length = records

        return hsds.import_services(
            opened,
            codes=catalogue(on),
            on=on,
            now=now,
            reject=turned_down,
            progress=bar.update,
            started=started,
        )


def _say(report: Report, seconds: float, turned_down: Rejects) -> None:
    click.echo(
        f"{report.services:,} services in {seconds:.0f} s: {report.added:,} added, {report.changed:,} changed,"
        f" {report.already_there:,} as they were; {report.organisations:,} organisations new or changed;"
        f" {report.rejected:,} refused."
    )
    for problem in turned_down.first:
        click.echo(f"  {problem}")
    if turned_down.more:
        click.echo(f"  and {turned_down.more:,} more")
    if report.rejected and turned_down.path is not None:
        click.echo(f"Mend them in {turned_down.path} and import that file.")
    elif report.rejected:
        click.echo("Give --rejects FILE to get these services with what is wrong.")


@click.group("export")
def export() -> None:
    """Give other systems what is here."""


@export.command("services")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--open", "open_only", is_flag=True, help="Only what anybody may read: no contacts that are not public."
)
def export_services(file: Path, open_only: bool) -> None:
    """Write every service to a JSON FILE: Open Referral (HSDS 3), valid also by its UK profile."""
    on = timezone.localdate()
    with click.progressbar(length=every_service().count(), label="services") as bar:
        made = hsds.bundle(catalogue(on), on, open_only=open_only, progress=bar.update)
    file.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{len(made['contents']):,} services in {file}.")
