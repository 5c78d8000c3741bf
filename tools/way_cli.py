"""The words after `way` and what each does."""

import argparse
import errno
import shutil
import signal
import subprocess
import sys
from types import FrameType
from typing import NoReturn

import way_app
import way_console
import way_install
import way_places
import way_postgres
import way_run
import way_verify
from way_console import Trouble, say, step
from way_places import LOGS, ROOT

HELP = """\
python3 way run [--port N] [--no-demo]   everything in one go: database, demo district, web server, worker
python3 way test [pytest's arguments]    every check, then every test (--no-check: the tests alone)
python3 way check                        style, types, imports, migrations
python3 way stop                         stop a run, or what a killed one has left behind
python3 way manage ...                   one command of Waymark, with the database it needs
python3 way database                     start the database, print its DATABASE_URL, leave it running
python3 way lock [uv's arguments]        lock the Python packages anew (for instance --upgrade)
python3 way assets                       build the stylesheet and the script anew (needs node)

Set DATABASE_URL to use a PostgreSQL 15 or newer of your own instead of the one that comes along.
"""
# Their output is for other programs or is not ours, so `way` talks beside it.
TALK_BESIDE = {"manage", "database"}


def main(arguments: list[str]) -> int:
    """One command; its exit code. Trouble and full disks become a sentence."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if word in TALK_BESIDE:
        way_console.Console.stream = sys.stderr
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        return obey(word, rest)
    except KeyboardInterrupt:
        return 0 if word == "run" else 130
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EDQUOT):
            raise
        print(
            f"\nWaymark cannot write {error.filename or 'a file'}: {error.strerror}. "
            "Free some space, or make the project folder yours.",
            file=sys.stderr,
        )
        return 1


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def obey(word: str, rest: list[str]) -> int:
    if word in {"help", "--help", "-h"}:
        say(HELP)
        return 0
    way_places.make_places()
    match word:
        case "run":
            return run(rest)
        case "test":
            return way_verify.test(rest)
        case "check":
            return way_verify.check()
        case "stop":
            return way_run.stop()
        case "manage":
            return manage(rest)
        case "database":
            return database()
        case "lock":
            way_install.lock(rest)
            return 0
        case "assets":
            return assets()
    say(f"`way {word}` is not a command. These are:\n\n{HELP}")
    return 2


def run(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="way run", description="Start Waymark and stop it with Ctrl-C.")
    parser.add_argument(
        "--port", type=port, help="the port of the web server (8000, or the next one that is free)"
    )
    parser.add_argument("--no-demo", action="store_true", help="no demo district and no choosing of roles")
    options = parser.parse_args(rest)
    return way_run.run(port=options.port, demo=not options.no_demo)


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def manage(rest: list[str]) -> int:
    """One command of Waymark."""
    way_install.make_ready(way_install.FOR_RUNNING)
    with way_app.database() as url:
        return way_app.attend(way_app.command(*rest), way_app.environment(DATABASE_URL=url))


def database() -> int:
    way_install.make_ready(way_install.FOR_RUNNING)
    if way_app.given_url():
        with way_app.database() as url:
            print(url)
        return 0
    cluster = way_postgres.place("pg")
    way_postgres.start(cluster)
    say("The database is running; stop it with: python3 way stop")
    print(cluster.url())
    return 0


def assets() -> int:
    if shutil.which("npm") is None:
        raise Trouble(
            "Building the stylesheet needs node and npm 20 or newer; running and testing Waymark does not."
        )
    log = LOGS / "assets.log"
    for title, command in (("Fetching the sources", ["npm", "ci"]), ("Building", ["npm", "run", "build"])):
        with step(title):
            with log.open("w") as stream:
                code = subprocess.run(
                    command,
                    cwd=ROOT / "assets",
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                ).returncode
            if code:
                raise Trouble(f"`{' '.join(command)}` did not work.\n{way_console.last_lines(log)}")
    return 0
