"""`waymark outbox`: what waits to go out, what failed, and sending it now."""

import json
from dataclasses import asdict
from typing import Any, BinaryIO

import click
from django.utils import timezone

from waymark.casework.verbs.hearing import mail_failed
from waymark.interviews.reactions import letter_failed
from waymark.interviews.verbs import email_bounced
from waymark.notices import mailing, queries
from waymark.notices import outbox as sending


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--limit", default=1000, show_default=True, help="How many letters to list at most.")
@click.pass_context
def outbox(context: click.Context, as_json: bool, limit: int) -> None:
    """Show the letters that wait, are held or could not be sent."""
    if context.invoked_subcommand is not None:
        return
    counts, rows = queries.counts(), [_row(notice) for notice in queries.pending(limit)]
    if as_json:
        click.echo(json.dumps({"counts": counts, "letters": rows}, indent=2))
        return
    click.echo(", ".join(f"{number} {state}" for state, number in counts.items()))
    for row in rows:
        click.echo(
            "  ".join(
                str(row[key]) for key in ("ref", "state", "kind", "channel", "try_at", "tries", "error")
            )
        )


@outbox.command()
@click.option("--limit", default=1000, show_default=True, help="How many letters to send at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def deliver(limit: int, as_json: bool) -> None:
    """Send the letters that are due now; ends with 1 when one was given up or left behind."""
    done = sending.deliver_due(timezone.now(), limit, on_failed=letter_failed)
    mails = mailing.deliver_mails(timezone.now(), limit, on_failed=mail_failed)
    if as_json:
        click.echo(json.dumps({**asdict(done), "mails": mails}))
    else:
        click.echo(
            f"{done.sent} sent, {done.later} to be tried again, {done.held} held, {done.failed} given up,"
            f" {done.stuck} left as they were, {done.late} too late and withdrawn; {mails} e-mails to colleagues and services"
        )
    if done.failed or done.stuck:
        raise SystemExit(1)


@outbox.command()
@click.argument("report", type=click.File("rb"), default="-")
def bounced(report: BinaryIO) -> None:
    """Read what a mail server reports of an e-mail it could not deliver (REPORT, or the standard input).

    An alias of the mail server hands every report over. It never ends with a fault for a report that is not ours:
    that would be reported in its turn.
    """
    notice = email_bounced(report.read(), now=timezone.now())
    if notice is None:
        click.echo("Nothing of ours came back.")
    else:
        click.echo(f"{notice.ref} came back: {notice.came_back_words}")


def _row(notice: Any) -> dict[str, object]:
    """One letter without the customer's name or address: who looks after the sending needs neither."""
    return {
        "ref": notice.ref,
        "claim": notice.claim.ref,
        "office": notice.claim.office.name,
        "kind": notice.kind,
        "channel": notice.channel,
        "state": notice.state,
        "queued_at": notice.queued_at.isoformat(timespec="seconds"),
        "try_at": notice.try_at.isoformat(timespec="seconds"),
        "tries": notice.tries,
        "error": notice.last_error,
    }
