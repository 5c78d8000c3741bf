"""Pages of the documentation that are drawn from the code."""

from pathlib import Path

import click

from waymark.insight.drawings import lifecycles_page


@click.command()
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"), show_default=True
)
def drawings(folder: Path) -> None:
    """Draw the lifecycles anew."""
    (folder / "lifecycles.md").write_text(lifecycles_page(), encoding="utf-8")
    click.echo(f"{folder / 'lifecycles.md'}")
