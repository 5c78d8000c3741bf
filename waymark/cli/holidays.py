"""Bank holidays."""

import json
from pathlib import Path

import click
from django.utils import timezone

from waymark.organisations import rules
from waymark.staffing import verbs

SHIPPED = Path(rules.__file__).with_name("bank_holidays.csv")


@click.group()
def holidays() -> None:
    """Bank holidays, without which no day is reckoned right."""


@holidays.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SHIPPED)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def load(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Load bank holidays from FILE: CSV with the columns day and name.

    Without FILE: those of England and Wales from 2002 to 2028, which come with Waymark. Loading again changes
    nothing. Ends with 1 when rows could not be used, 2 when the file cannot be read.
    """
    found = rules.read_holidays(text_of(file))
    new = verbs.load_holidays(found.days, by=None, now=timezone.now()) if found.days else 0
    if as_json:
        bad = [{"line": row.line, "text": row.text, "problem": row.problem} for row in found.bad]
        click.echo(json.dumps({"days": len(found.days), "new": new, "bad": bad}))
    else:
        click.echo(f"{len(found.days)} bank holidays read, {new} of them new.")
        for row in found.bad:
            click.echo(f"Line {row.line}: {row.text}: {row.problem}", err=True)
    ctx.exit(1 if found.bad else 0)


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        click.echo(f"{file} cannot be read as text: {problem}. Save it as CSV in UTF-8.", err=True)
        raise click.exceptions.Exit(2) from None
