"""How fast the pages people live in are, on this machine and this caseload."""

import json
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time

import click
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from waymark.customers import queries as customers
from waymark.demo import verbs as demo
from waymark.organisations.enums import Role

ROUNDS = 15
MILLISECONDS = 1000


@dataclass(frozen=True)
class Timed:
    """Server time of a page in milliseconds, the median of some rounds for one user, and its statements.

    `cpu_ms` is the processor time of this process alone, without the database's and without waiting: on a machine
    that does other work as well it says more than the rest.
    """

    page: str
    role: str
    median_ms: float
    worst_ms: float
    cpu_ms: float
    queries: int


@click.command()
@click.option("--rounds", default=ROUNDS, show_default=True, help="how often each page is asked for")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def speed(rounds: int, as_json: bool) -> None:
    """Time the main pages of a demonstration district, in this process, one user at a time."""
    agent = demo.somebody(Role.AGENT)
    if agent is None:
        raise click.UsageError("Pages are timed on a demonstration district: run `waymark demo` first.")
    found = customers.search(agent, "Price", timezone.localdate())
    pages = [
        ("Today", Role.AGENT, reverse("today")),
        ("Today", Role.TEAM_LEADER, reverse("today")),
        ("Today", Role.ADVISER, reverse("today")),
        ("Today", Role.ADVISER_MANAGER, reverse("today")),
        ("Search by family name", Role.AGENT, reverse("customers:search") + "?q=Price"),
        ("Search by full name, misheard", Role.AGENT, reverse("customers:search") + "?q=Jon+Prise"),
        ("Search by first name", Role.AGENT, reverse("customers:search") + "?q=Amir"),
        ("Customer's record", Role.AGENT, reverse("customers:record", args=[found[0].ref])),
        ("Calls to make", Role.AGENT, reverse("first_contact:queue")),
        ("Team leader's queue", Role.TEAM_LEADER, reverse("checks:queue")),
        ("Week's diary", Role.ADVISER, reverse("diaries:week")),
        ("All tasks", Role.AGENT, reverse("worklist:list")),
    ]
    timed = [time_page(name, role, address, rounds) for name, role, address in pages]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in timed]))
        return
    click.echo(f"{'page':<32}{'role':<24}{'median ms':>10}{'worst ms':>10}{'cpu ms':>10}{'queries':>9}")
    for each in timed:
        click.echo(
            f"{each.page:<32}{each.role:<24}{each.median_ms:>10.1f}{each.worst_ms:>10.1f}"
            f"{each.cpu_ms:>10.1f}{each.queries:>9}"
        )


def time_page(name: str, role: Role, address: str, rounds: int) -> Timed:
    """Ask for a page as somebody of a role, first to warm up, then to time it, then to count."""
    client, post = Client(), demo.somebody(role)
    if post is None:
        raise click.UsageError(f"There is no {role.label} in the demonstration district.")
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        client.force_login(post.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        seconds, worked = [], []
        for _ in range(rounds + 2):
            began, had_worked = perf_counter(), process_time()
            answer = client.get(address)
            seconds.append(perf_counter() - began)
            worked.append(process_time() - had_worked)
            if answer.status_code != 200:
                raise click.ClickException(f"{address} answered {answer.status_code} to a {role.label}.")
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
    kept = seconds[2:]
    # BEGIN and ROLLBACK travel with the statements between them.
    asked = [q for q in captured.captured_queries if q["sql"] not in {"BEGIN", "ROLLBACK", "COMMIT"}]
    return Timed(
        page=name,
        role=str(role.label),
        median_ms=median(kept) * MILLISECONDS,
        worst_ms=max(kept) * MILLISECONDS,
        cpu_ms=median(worked[2:]) * MILLISECONDS,
        queries=len(asked),
    )
