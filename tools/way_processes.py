"""Processes: is this one alive and the one I mean, stop it, find what a killed run left behind.

A process number alone proves nothing, numbers are used again: the moment a process started is kept with it.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from way_places import write_whole

PROC = Path("/proc")
# A number higher than any system gives out: PostgreSQL takes it for dead.
NEVER_A_PROCESS = 2**31 - 2


@dataclass(frozen=True)
class Known:
    """A process that was written down: its number, when it started (as the system says it), its name."""

    pid: int
    started: str
    name: str


def started(pid: int) -> str | None:
    """When a process started, as a text to compare; None when it is dead. A zombie is dead."""
    if not PROC.joinpath("self/stat").exists():
        told = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True)
        state, _, moment = told.stdout.strip().partition(" ")
        return None if not moment or state.startswith("Z") else moment.strip()
    try:
        fields = stat_fields(pid)
    except (OSError, IndexError):
        return None
    if fields[0] in "ZX":
        return None
    # Ticks count from the start of the machine, so the machine's start belongs to the moment.
    with contextlib.suppress(OSError):
        return f"{PROC.joinpath('sys/kernel/random/boot_id').read_text().strip()} {fields[19]}"
    return fields[19]


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on; the name before them may hold spaces and brackets."""
    return (PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()


def alive(known: Known) -> bool:
    return started(known.pid) == known.started


def commands() -> Iterator[tuple[int, str]]:
    """Every living process with its command line."""
    if not PROC.joinpath("self/stat").exists():
        told = subprocess.run(["ps", "-axo", "pid=,stat=,command="], capture_output=True, text=True)
        for line in told.stdout.splitlines():
            pid, state, command = line.split(None, 2) if line.count(" ") > 1 else ("0", "Z", "")
            if not state.startswith("Z"):
                yield int(pid), command
        return
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if command := command_line(entry):
                    yield int(entry.name), command


def command_of(pid: int) -> str:
    if PROC.joinpath("self/stat").exists():
        with contextlib.suppress(OSError):
            return command_line(PROC / str(pid))
        return ""
    return next((command for number, command in commands() if number == pid), "")


def command_line(entry: Path) -> str:
    return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()


def family(leader: int) -> list[int]:
    """The living members of the session that `leader` opened. Systems without /proc: the leader alone."""
    if not PROC.joinpath("self/stat").exists():
        return [leader] if started(leader) else []
    members = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                fields = stat_fields(int(entry.name))
                if fields[3] == str(leader) and fields[0] not in "ZX":
                    members.append(int(entry.name))
    return members


def write_down(folder: Path, name: str, pid: int) -> Known:
    known = Known(pid, started(pid) or "", name)
    write_whole(folder / f"{name}.json", json.dumps({"pid": known.pid, "started": known.started}))
    return known


def written_down(folder: Path, name: str) -> Known | None:
    try:
        kept = json.loads((folder / f"{name}.json").read_text())
        return Known(int(kept["pid"]), str(kept["started"]), name)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def stop_family(leader: int, patience: float = 10.0) -> None:
    """Ask the leader to stop, wait, and end whoever of its session is left after `patience` seconds."""
    signal_all([leader], signal.SIGTERM)
    until = time.monotonic() + patience
    while family(leader) and time.monotonic() < until:
        reap(leader)
        if not started(leader):
            signal_all(family(leader), signal.SIGTERM)
        time.sleep(0.05)
    signal_all(family(leader), signal.SIGKILL)
    reap(leader)


def reap(pid: int) -> None:
    """Let go of a child that has ended; of no meaning for the children of others."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def stop_leftover(folder: Path, name: str) -> bool:
    """Stop what an earlier run wrote down and did not stop. True when there was something to stop.

    The leader may be dead and its children alive. A number that has gone to a stranger is left alone: the
    stranger started at another moment, and a number is not given out while a session still carries it.
    """
    known = written_down(folder, name)
    found = False
    if known:
        moment = started(known.pid)
        if moment in (None, known.started) and family(known.pid):
            stop_family(known.pid)
            found = True
    (folder / f"{name}.json").unlink(missing_ok=True)
    return found
