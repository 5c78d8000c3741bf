"""The first administrator, who adds everybody else."""

from datetime import time

import click
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from waymark.organisations import queries as organisations
from waymark.organisations.enums import OfficeKind, Role, TeamKind
from waymark.staffing import verbs


@click.group()
def administrator() -> None:
    """People who add people."""


@administrator.command()
@click.option("--name", required=True, help="their name")
@click.option("--email", required=True, help="what they sign in with")
@click.option("--district", "district_name", required=True, help="the district, made if it is new")
@click.option("--centre", "centre_name", required=True, help="its contact centre, made if it is new")
@click.option("--address", default="", help="of a new contact centre, as letters print it")
@click.option("--telephone", default="", help="of a new contact centre: a number that is answered")
def add(name: str, email: str, district_name: str, centre_name: str, address: str, telephone: str) -> None:
    """Add an administrator and print the link by which they set a password."""
    if not settings.SIGNS:
        raise click.UsageError("Set WAYMARK_SECRET_KEY to the one the web server has: it signs the link.")
    now = timezone.now()
    district = verbs.find_or_add_district(district_name, now=now)
    centre = organisations.offices().filter(name=centre_name, district=district).first()
    if centre is None:
        if not (address and telephone):
            raise click.UsageError("A new contact centre needs --address and --telephone.")
        centre = verbs.add_office(
            district,
            name=centre_name,
            code=f"{district.code}-centre",
            kind=OfficeKind.CONTACT_CENTRE,
            address=address,
            telephone=telephone,
            opens=time(9),
            closes=time(17),
            by=None,
            now=now,
        )
    team = organisations.team_of(centre, TeamKind.ADMINISTRATION) or verbs.open_team(
        centre, kind=TeamKind.ADMINISTRATION, name=f"Administration, {centre.name}", by=None, now=now
    )
    person = verbs.add_person(
        name=name,
        email=email,
        role=Role.ADMINISTRATOR,
        team=team,
        started_on=timezone.localdate(now),
        by=None,
        now=now,
    )
    verbs.note_sign_in_link(person, by=None, now=now)
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    click.echo(f"{person.name} sets a password here, once:")
    click.echo(f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}")
