"""`waymark letters`: the letters of the packs checked, and made with made-up words to be looked at."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from django.conf import settings

from waymark.notices import catalogue


@click.group()
def letters() -> None:
    """The letters of the programme packs."""


@letters.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def lint(as_json: bool) -> None:
    """Check every letter of every pack. Exit code 1 when one is refused."""
    findings = catalogue.lint_packs(settings.PROGRAMMES)
    count = len(catalogue.letters_of(settings.PROGRAMMES))
    if as_json:
        rows = [{**asdict(f), "severity": str(f.severity)} for f in findings]
        click.echo(json.dumps({"letters": count, "findings": rows}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(f"{count} letters, {len(findings)} faults.")
    sys.exit(1 if findings else 0)


@letters.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pictures-only", is_flag=True, help="No PDFs: what the documentation keeps.")
def make(folder: Path, pictures_only: bool) -> None:
    """Make every letter with made-up words in FOLDER, with an index."""
    kept = catalogue.letters_of(settings.PROGRAMMES)
    made = list(catalogue.write_letters(kept, folder, pictures_only=pictures_only))
    (folder / "README.md").write_text(catalogue.page(kept, folder / "refused"), encoding="utf-8")
    click.echo(f"{len(kept)} letters, {len(made)} files in {folder}")
