"""Commands about versions of programmes: loaded, proposed, and whom a change touches."""

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from waymark.awards import better_off
from waymark.interviews.publishing import verbs as publishing
from waymark.interviews.publishing.counting import counted_pack, counted_proposal
from waymark.interviews.publishing.queries import policy_post
from waymark.interviews.publishing.trying import DAYS, size_of
from waymark.kernel.clock import day_of
from waymark.kernel.refusal import Refused
from waymark.notices.catalogue import lint_packs
from waymark.policy.findings import Finding
from waymark.programme.pack import Pack, pack_folders, read_pack
from waymark.programme.verbs import is_changed, load_pack

DAY = click.DateTime(["%Y-%m-%d"])
REFUSED, NOT_LOADED = 2, 3


@click.group()
def programme() -> None:
    """Programme packs."""


@programme.command()
@click.option(
    "--publish-as-installed", is_flag=True, help="an upgrade of Waymark: its changed packs hold at once"
)
def load(publish_as_installed: bool) -> None:
    """Load every pack of the programmes folder; one that is loaded already is left as it is.

    The first version of a programme holds at once. A changed one is published by two people (`propose`), or comes
    with an upgrade: then --publish-as-installed; a version that people have published here stays all the same.
    A letter that the letter checker refuses, or a rate with neither a source nor the mark unconfirmed, keeps them all
    from being loaded. Exit code 1 then, 3 when a changed pack was not loaded.
    """
    if wrong := [*lint_packs(settings.PROGRAMMES), *_wrong_rates(settings.PROGRAMMES)]:
        for finding in wrong:
            click.echo(str(finding), err=True)
        sys.exit(1)
    left = [
        slug
        for folder in pack_folders(settings.PROGRAMMES)
        if (slug := _load(read_pack(folder), publish_as_installed))
    ]
    if left:
        sys.exit(NOT_LOADED)


def _wrong_rates(root: Path) -> list[Finding]:
    """Each finding once, though packs share their files."""
    found = [one for folder in pack_folders(root) for one in better_off.lint(read_pack(folder).files)]
    return list(dict.fromkeys(found))


def _load(pack: Pack, publish_as_installed: bool) -> str:
    """Load one pack and say so; the name of a changed one that is not loaded."""
    if is_changed(pack) and not publish_as_installed:
        click.echo(
            f"{pack.slug}  {pack.digest[:12]}  changed, not loaded: propose it, or --publish-as-installed",
            err=True,
        )
        return pack.slug
    try:
        version, is_new = load_pack(pack, now=timezone.now())
    except Refused as refused:
        click.echo(f"{pack.slug}  {pack.digest[:12]}  not loaded: {refused}", err=True)
        return pack.slug
    click.echo(f"{version.slug}  {version.digest[:12]}  {'loaded' if is_new else 'as it was'}")
    return ""


@programme.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", "email", required=True, help="the e-mail address of the policy owner who proposes it")
@click.option("--why", required=True, help="what the change is for")
def propose(folder: Path, email: str, why: str) -> None:
    """Propose the changed pack in FOLDER. A second policy owner publishes it, on the page or nowhere."""
    now = timezone.now()
    post = policy_post(email, day_of(now))
    if post is None:
        raise click.UsageError(f"Nobody with the address {email} is a policy owner today.")
    try:
        made = publishing.propose(read_pack(folder), why=why, by=post, now=now)
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(REFUSED)
    version = made.version
    click.echo(f"{version.slug}  {version.digest[:12]}  proposed by {made.proposed_by_name}")


@programme.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--proposal", "slug", default="", help="the proposed version of this programme instead of a folder"
)
@click.option("--on", type=DAY, default=None, help="the day whose rules are compared; today")
@click.option("--days", default=DAYS, show_default=True, help="decisions of so many days back")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def touched(folder: Path | None, slug: str, on: Any, days: int, as_json: bool) -> None:
    """Whom a changed pack touches: live claims by office, and past decisions it would advise otherwise.

    Of a proposal the result is kept, and can be read on its page. Of a FOLDER nothing is kept.
    """
    now = timezone.now()
    day = on.date() if on else None
    if bool(folder) == bool(slug):
        raise click.UsageError("Name a folder, or a proposal with --proposal.")
    try:
        size = size_of(slug or read_pack(folder or Path()).slug, day_of(now) - timedelta(days=days))
        with click.progressbar(length=size, label="claims and decisions", file=sys.stderr) as bar:
            found = (
                counted_proposal(slug, on=day, days=days, now=now, progress=bar.update)
                if slug
                else counted_pack(
                    read_pack(folder or Path()), on=day, days=days, now=now, progress=bar.update
                )
            )
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(REFUSED)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    click.echo(f"{found.touched} of {found.claims} live claims are touched.")
    for office in found.offices:
        click.echo(
            f"  {office.name}: {office.claims} (compulsory anew {office.called_in}, no longer {office.freed}, "
            f"another number {office.number}, another day {office.pace})"
        )
    click.echo(f"{found.advised} of {found.decisions} past decisions would be advised otherwise.")
    for before, after, number in found.moves:
        click.echo(f"  {before} -> {after}: {number}")
