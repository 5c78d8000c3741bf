"""All commands in one tree."""

import click

from waymark.cli import administrator, days, holidays, manage, notices, programmes, rules, worker
from waymark.cli.awards import awards
from waymark.cli.claims import import_
from waymark.cli.demo import demo
from waymark.cli.directory import export
from waymark.cli.drawings import drawings
from waymark.cli.letters import letters
from waymark.cli.redress import redress
from waymark.cli.simulate import simulation
from waymark.cli.simulate_referrals import referrals as referrals_simulation
from waymark.cli.speed import speed


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def waymark() -> None:
    """Runs work-focused support programmes."""


waymark.add_command(import_)
waymark.add_command(export)
waymark.add_command(rules.facts)
waymark.add_command(rules.decide)
waymark.add_command(rules.policy)
waymark.add_command(programmes.programme)
waymark.add_command(days.daily)
waymark.add_command(days.check)
waymark.add_command(administrator.administrator)
waymark.add_command(demo)
waymark.add_command(drawings)
waymark.add_command(simulation)
waymark.add_command(referrals_simulation)
waymark.add_command(speed)
waymark.add_command(holidays.holidays)
waymark.add_command(notices.outbox)
waymark.add_command(letters)
waymark.add_command(worker.worker)
waymark.add_command(awards)
waymark.add_command(redress)
for command in manage.COMMANDS:
    waymark.add_command(command)
