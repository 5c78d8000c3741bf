"""The environment in .venv: made, filled from the hashed lists, known to be whole by a stamp written last."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from way_console import Trouble, last_lines, step
from way_places import BIN, LOGS, ROOT, RUN, VENV, one_at_a_time, write_whole

PYTHON = BIN / "python"
UV = BIN / "uv"
STAMP = VENV / "waymark-stamp.json"
FOR_RUNNING = "requirements.txt"
FOR_TESTING = "requirements-dev.txt"

# What the installers say, and what it means to the person. Looked for in this order, in small letters.
MEANINGS = (
    (
        ("hash mismatch", "do not match the hashes", "doesn't match the hash"),
        "A downloaded package is not the one Waymark was locked to: the download was damaged or "
        "changed on its way. "
        "Try again; if it stays so, do not install it, and tell whoever runs your package mirror.",
    ),
    (
        ("no space left",),
        "The disk is full: free about 500 MB and start again.",
    ),
    (
        (
            "failed to fetch",
            "error sending request",
            "name resolution",
            "name or service not known",
            "connection refused",
            "connection error",
            "newconnectionerror",
            "connecttimeout",
            "read timed out",
            "network is unreachable",
            "network was disabled",
            "could not find a version",
            "no matching distribution",
            "no solution found",
            "proxyerror",
            "certificate",
        ),
        "The Python package index cannot be reached, or does not have what Waymark needs: check the "
        "network, and set "
        "HTTPS_PROXY, or PIP_INDEX_URL for a mirror of your own, then start again.",
    ),
    (
        ("permission denied", "read-only file system"),
        "The folder .venv cannot be written: make the project folder yours, or remove .venv and start again.",
    ),
)


@dataclass(frozen=True)
class Lists:
    """What is to be installed: the stamp of it, and the file that holds it."""

    file: str
    stamp: dict[str, str]


def wanted(file: str, root: Path = ROOT, version: str = sys.version.split()[0]) -> Lists:
    """What an environment with this list in it must have been made from."""
    names = {"pyproject.toml", FOR_RUNNING, file}
    digests = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in sorted(names)}
    return Lists(file, {"python": version, "project": str(root), **digests})


def is_in(lists: Lists, stamp_file: Path = STAMP) -> bool:
    """Does the stamp say that all of it is installed? The list for testing holds the list for running too."""
    try:
        stamp = json.loads(stamp_file.read_text())
    except (OSError, ValueError):
        return False
    return isinstance(stamp, dict) and all(stamp.get(key) == value for key, value in lists.stamp.items())


def put_stamp(lists: Lists, stamp_file: Path = STAMP) -> None:
    write_whole(stamp_file, json.dumps(lists.stamp, indent=1) + "\n")


def make_ready(file: str = FOR_RUNNING) -> None:
    """See to it that .venv holds the list and the project itself. Quick when the stamp says so."""
    lists = wanted(file)
    if is_in(lists) and PYTHON.exists():
        return
    waiting = "Another `way` is installing; waiting for it."
    with one_at_a_time(RUN / "install.lock", waiting, with_children=True):
        if is_in(lists) and PYTHON.exists():
            return
        with step("Installing what Waymark needs") as remarks:
            STAMP.unlink(missing_ok=True)
            make_venv()
            remarks.append(f"with {install(file)}")
            install_project()
            put_stamp(lists)


def make_venv() -> None:
    """A working .venv of this Python: the one that is there, or a new one in its place."""
    if venv_version() == sys.version_info[:2] and can_pip():
        return
    try:
        import_check = subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True)
        if import_check.returncode:
            raise Trouble(
                f"This Python has no venv: on Debian or Ubuntu install it with "
                f"`apt install python3.{sys.version_info[1]}-venv`, elsewhere take a Python from python.org."
            )
        log = LOGS / "venv.log"
        code = logged([sys.executable, "-m", "venv", "--clear", str(VENV)], log)
    except OSError as error:
        raise Trouble(f"The folder .venv cannot be made in {ROOT}: {error.strerror}.") from error
    if code:
        raise Trouble(f"The folder .venv could not be made. {meaning(log)}\n{last_lines(log)}")


def venv_version() -> tuple[int, int] | None:
    """The version of the Python in .venv, or None when there is none that runs."""
    if not PYTHON.exists():
        return None
    told = subprocess.run(
        [str(PYTHON), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True
    )
    numbers = told.stdout.split()
    return (int(numbers[0]), int(numbers[1])) if told.returncode == 0 and len(numbers) == 2 else None


def can_pip() -> bool:
    """A .venv that was interrupted while it was made has a Python and no pip yet."""
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0


def install(file: str) -> str:
    """Install a hashed list; says with what. uv first, because it is far faster; pip if uv will not."""
    log = LOGS / "install.log"
    if have_uv():
        code = logged(
            [str(UV), "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", file],
            log,
            quiet_uv(),
        )
        if code == 0:
            return "uv"
        if MEANINGS[0][1] == meaning(log) or MEANINGS[1][1] == meaning(log):
            raise Trouble(f"{meaning(log)}\n{last_lines(log, 8)}")
    # pip reads settings of the machine (a mirror, a certificate) that uv does not, so it may manage
    # where uv did not.
    code = logged([str(PYTHON), "-m", "pip", "install", "--require-hashes", "-r", file], log)
    if code:
        raise Trouble(f"{meaning(log)}\n{last_lines(log, 8)}")
    return "pip"


def have_uv() -> bool:
    """Is the pinned uv in .venv? If not, put it there."""
    pin = (ROOT / "tools" / "uv.txt").read_text().split("==")[1].split()[0]
    if UV.exists():
        told = subprocess.run([str(UV), "--version"], capture_output=True, text=True)
        if told.returncode == 0 and told.stdout.split()[1:2] == [pin]:
            return True
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "-r", "tools/uv.txt"]
    return logged(command, LOGS / "uv.log") == 0 and UV.exists()


def install_project() -> None:
    """The project itself, in place, so that `waymark` is a command. The build backend is in the list."""
    log = LOGS / "install-project.log"
    options = ["--no-deps", "--no-build-isolation"]
    command = [str(PYTHON), "-m", "pip", "install", "--no-index", "--quiet", *options, "-e", str(ROOT)]
    if UV.exists():
        command = [str(UV), "pip", "install", "--python", str(PYTHON), "--offline", *options, "-e", str(ROOT)]
    if logged(command, log, quiet_uv()):
        raise Trouble(
            "Waymark itself could not be installed in .venv: remove .venv and start "
            f"again.\n{last_lines(log)}"
        )


def quiet_uv() -> dict[str, str]:
    return {**os.environ, "UV_NO_PROGRESS": "1"}


def logged(command: list[str], log: Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the project, all it says in a log. Its exit code."""
    with log.open("w") as stream:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
    return done.returncode


def meaning(log: Path) -> str:
    """What the end of an installer's log means to the person, and the cure."""
    said = log.read_text(errors="replace").lower()
    for signs, sentence in MEANINGS:
        if any(sign in said for sign in signs):
            return sentence
    return f"Installing did not work; the whole log is {log}."


def lock(options: list[str]) -> None:
    """Compile the lists of the packages anew, with hashes and without the address of any index."""
    make_venv()
    if not have_uv():
        raise Trouble(f"Locking needs uv, which could not be installed. {meaning(LOGS / 'uv.log')}")
    lists: tuple[tuple[str, list[str]], ...] = (
        ("requirements", []),
        ("requirements-dev", ["-c", "requirements.txt"]),
        ("tools/uv", []),
    )
    for name, more in lists:
        with step(f"Locking {name}.txt"):
            log = LOGS / "lock.log"
            command = [str(UV), "pip", "compile", f"{name}.in", "--universal", "--python-version", "3.11"]
            command += ["--generate-hashes", "--no-emit-index-url", "--no-header", *more, *options]
            if logged([*command, "-o", f"{name}.txt"], log, quiet_uv()):
                raise Trouble(f"{name}.in cannot be locked.\n{last_lines(log)}")
