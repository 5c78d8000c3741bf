"""Commands about money to customers: the file of payments."""

import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from waymark.awards import queries, verbs
from waymark.awards.rules import pounds
from waymark.cli.rules import DAY


@click.group()
def awards() -> None:
    """Money to customers."""


@awards.command()
@click.option("--on", type=DAY, required=True, help="everything due up to this day")
@click.option(
    "--file", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="where to write it"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def pay(on: Any, path: Path, as_json: bool) -> None:
    """Write the file of payments of a day. Made once: run again, it is the same file and pays nothing twice."""
    batch = verbs.pay(on.date(), by=None, now=timezone.now())
    path.write_bytes(batch.content.encode())
    if as_json:
        click.echo(
            json.dumps(
                {
                    "on": batch.on.isoformat(),
                    "payments": batch.lines,
                    "pence": batch.pence,
                    "sha256": batch.digest,
                    "waiting": queries.waiting_now(),
                    "file": str(path),
                }
            )
        )
        return
    click.echo(f"{batch.on}: {batch.lines} payments, {pounds(batch.pence)}, in {path}")
    waiting = queries.waiting_now()
    if waiting:
        click.echo(f"{waiting} due payments wait until somebody has heard from the customer.")
