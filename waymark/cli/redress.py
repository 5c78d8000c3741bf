"""`waymark redress`: which decisions a corrected rule or fact would have made otherwise; letters drafted on request."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from waymark.cli.rules import DAY
from waymark.programme.pack import read_pack
from waymark.programme.queries import Rules
from waymark.sanctions.redress import KINDS, Corrected, Finding, affected, how_many
from waymark.sanctions.rules import pounds
from waymark.sanctions.verbs import draft_letters

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--programme", required=True, help="the pack's name, such as jobcentre-plus-2002")
@click.option("--since", type=DAY, required=True, help="decisions of this day and later")
@click.option("--until", "until_", type=DAY, default=None, help="decisions up to this day (today)")
@click.option("--pack", "folder", type=FOLDER, default=None, help="the corrected programme pack")
@click.option("--fact", "facts", multiple=True, help="a corrected fact, name=value, as JSON where it can be")
@click.option("--undelivered", multiple=True, help="the reference of a letter that never arrived")
@click.option("--only", "kinds", multiple=True, type=click.Choice(KINDS), help="one kind of decision")
@click.option(
    "--because", default="", help="what was wrong, in words the customer may read; needed with --draft"
)
@click.option("--draft", is_flag=True, help="draft a letter for each; a person sends it or leaves it")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def redress(
    programme: str,
    since: Any,
    until_: Any,
    folder: Path | None,
    facts: tuple[str, ...],
    undelivered: tuple[str, ...],
    kinds: tuple[str, ...],
    because: str,
    draft: bool,
    as_json: bool,
) -> None:
    """Find decisions that would have been different. Nothing is changed and nothing is sent by it."""
    if draft and not because.strip():
        raise click.UsageError("--draft needs --because: what was wrong, for the customer to read.")
    now = timezone.now()
    until = until_.date() if until_ else timezone.localdate(now)
    corrected = Corrected(
        rules=Rules(read_pack(folder), until) if folder else None,
        facts=dict(fact_of(each) for each in facts),
        undelivered=frozenset(undelivered),
        because=because,
    )
    found = look(programme, since.date(), until, corrected, kinds or KINDS)
    made = draft_letters(found, because=because, by=None, now=now) if draft and found else []
    if as_json:
        click.echo(json.dumps({"findings": [as_row(one) for one in found], "drafted": len(made)}))
        return
    for one in found:
        stake = f" About {pounds(one.pence)} was withheld." if one.pence else ""
        click.echo(f"{one.about}  {one.what}: {one.was}; {one.would_be}. {one.because}{stake}")
    click.echo(
        f"{len(found)} would have been different." + (f" {len(made)} letters drafted." if draft else "")
    )


def look(
    programme: str, since: date, until: date, corrected: Corrected, kinds: tuple[str, ...]
) -> list[Finding]:
    """Everything found, with a bar on the standard error while it is looked for."""
    total = how_many(programme, since, until, kinds)
    with click.progressbar(length=total, label="decisions", file=sys.stderr) as bar:
        return list(
            affected(
                corrected, programme=programme, since=since, until=until, kinds=kinds, progress=bar.update
            )
        )


def fact_of(text: str) -> tuple[str, Any]:
    """`name=value`; the value as JSON, or as the word it is."""
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"“{text}” is no name=value.", param_hint="--fact")
    try:
        return name.strip(), json.loads(value)
    except json.JSONDecodeError:
        return name.strip(), value.strip()


def as_row(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "decision": one.about,
        "claim": one.claim.ref,
        "what": one.what,
        "was": one.was,
        "would_be": one.would_be,
        "because": one.because,
        "pence": one.pence,
    }
