"""Commands that Django brings, under our own name."""

import click
from django.core.management import execute_from_command_line

PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}


def passed_on(name: str, summary: str) -> click.Command:
    """A command of ours that hands its arguments to Django's of the same name."""

    @click.command(name=name, context_settings=PASSED_ON, help=summary)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(arguments: tuple[str, ...]) -> None:
        execute_from_command_line(["waymark", name, *arguments])

    return command


COMMANDS = [
    passed_on("migrate", "Bring the database's tables up to date."),
    passed_on("makemigrations", "Write migrations for changed tables."),
    passed_on("collectstatic", "Gather styles and scripts for the web server."),
    passed_on("compilemessages", "Compile translations."),
    passed_on("shell", "A Python shell with everything set up."),
    passed_on("axes_reset", "Lift the lock-outs after failed sign-ins."),
]
