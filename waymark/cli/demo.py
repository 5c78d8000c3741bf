"""A made-up district to try Waymark in."""

import json
import sys

import click
from django.conf import settings
from django.utils import timezone

from waymark.cli.holidays import SHIPPED, text_of
from waymark.demo import verbs
from waymark.kernel.refusal import Refused
from waymark.organisations.rules import read_holidays
from waymark.programme.verbs import load_packs
from waymark.staffing.verbs import load_holidays


@click.command()
@click.option("--customers", default=2000, show_default=True, help="how many made-up customers")
@click.option("--if-empty", is_flag=True, help="do nothing when somebody is there already")
@click.option("--who", is_flag=True, help="only say who one can be")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def demo(customers: int, if_empty: bool, who: bool, as_json: bool) -> None:
    """Fill an empty database with a demonstration district. Every person in it is synthetic."""
    if who:
        _say_who(as_json)
        return
    if if_empty and not verbs.is_empty():
        if not as_json:
            click.echo("The demonstration district is there already.")
        return
    now = timezone.now()
    load_packs(settings.PROGRAMMES, now=now)
    load_holidays(read_holidays(text_of(SHIPPED)).days, by=None, now=now)
    try:
        with click.progressbar(length=customers, label="customers", file=sys.stderr) as bar:
            seeded = verbs.seed(customers, now=now, progress=bar.update)
    except Refused as refused:
        click.echo(f"{refused.message} {refused.cure}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps({"customers": seeded.customers, "cases": seeded.cases, "staff": seeded.staff}))
    else:
        click.echo(
            f"Calder (demonstration): {seeded.customers} customers, {seeded.cases} named cases, {seeded.staff} staff."
        )


def _say_who(as_json: bool) -> None:
    rows = verbs.who()
    if as_json:
        click.echo(json.dumps([{"role": role, "name": name, "place": place} for role, name, place in rows]))
        return
    for role, name, place in rows:
        click.echo(f"  {name}, {role}, {place}")
