"""Waymark itself as `way` starts it: its environment, its commands, its database."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import way_postgres
from way_console import Trouble, last_lines
from way_places import BIN, DATA, LOGS, ROOT, secret_key, write_whole

OLDEST_SERVER = 15
ASK_VERSION = """
import os, sys, psycopg
try:
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=8) as connection:
        print(connection.info.server_version)
except Exception as error:
    print(" ".join(str(error).split()), file=sys.stderr)
    sys.exit(1)
"""


def environment(**more: str) -> dict[str, str]:
    """The environment of every process of Waymark. What the person has set stays; `way` fills the gaps."""
    return {
        "WAYMARK_DATA": str(DATA),
        "WAYMARK_SECRET_KEY": secret_key(),
        "PYTHONUNBUFFERED": "1",
        **more,
        **os.environ,
    }


def given_url() -> str | None:
    """The database the person brings; no server of our own is started beside it."""
    return os.environ.get("DATABASE_URL") or None


@contextmanager
def database(kind: str = "pg", title: str | None = None, *, stops: bool = False) -> Iterator[str]:
    """The address of the database, for as long as it is used: DATABASE_URL if it is set, else our own server.

    `kind`: "pg" for the one with the data, "pg-test" for the one of the tests, which trades safety for speed.
    """
    given = given_url()
    if given:
        check_server(given)
        yield given
        return
    cluster = way_postgres.place(kind, careless=kind == "pg-test")
    with way_postgres.borrowed(cluster, title, stops=stops):
        if kind == "pg":
            # So that `.venv/bin/waymark` finds the data without being told; config/settings.py reads it.
            write_whole(DATA / "database", cluster.url() + "\n", 0o600)
        yield cluster.url()


def check_server(url: str) -> None:
    """Can this database be reached, and is it new enough? If not, a sentence (without the password)."""
    if not re.match(r"postgres(ql)?://", url):
        raise Trouble(
            "DATABASE_URL must look like postgresql://user:password@host:5432/waymark; correct it or "
            "unset it."
        )
    told = subprocess.run(
        [str(BIN / "python"), "-c", ASK_VERSION],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    if told.returncode:
        raise Trouble(
            f"The database named by DATABASE_URL cannot be used ({told.stderr.strip().rstrip('.')}). "
            "Correct it, or unset it and Waymark starts a database of its own."
        )
    found = int(told.stdout) // 10_000
    if found < OLDEST_SERVER:
        raise Trouble(
            f"The database named by DATABASE_URL is PostgreSQL {found}, and Waymark needs "
            f"{OLDEST_SERVER} or newer: "
            "upgrade it, or unset DATABASE_URL and Waymark starts a database of its own."
        )


def command(*arguments: str) -> list[str]:
    return [str(BIN / "waymark"), *arguments]


def obey(arguments: list[str], env: dict[str, str], *, visible: bool = False) -> None:
    """Run one command of Waymark to its end. What it says goes to a log, unless it is `visible`."""
    log = LOGS / f"{arguments[0]}.log"
    if visible:
        code = subprocess.run(command(*arguments), cwd=ROOT, env=env).returncode
        said = ""
    else:
        with log.open("w") as stream:
            code = subprocess.run(
                command(*arguments),
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            ).returncode
        said = "\n" + last_lines(log)
    if code:
        raise Trouble(f"`waymark {' '.join(arguments)}` did not work (it ended with {code}).{said}")


def attend(arguments: list[str], env: dict[str, str]) -> int:
    """Run a program to its end in this terminal; its exit code. What Ctrl-C means is for it to say."""
    process = subprocess.Popen(arguments, cwd=ROOT, env=env)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # SIGTERM or SIGHUP came to `way` alone.
        process.terminate()
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def answer(arguments: list[str], env: dict[str, str]) -> str:
    """What a command prints, or nothing when it does not know how to answer."""
    told = subprocess.run(command(*arguments), cwd=ROOT, env=env, capture_output=True, text=True)
    return told.stdout.strip() if told.returncode == 0 else ""


def log_of(name: str) -> Path:
    """The log of a process that stays, put aside when it has grown."""
    log = LOGS / f"{name}.log"
    if log.exists() and log.stat().st_size > 5_000_000:
        log.replace(log.with_suffix(".log.1"))
    return log
