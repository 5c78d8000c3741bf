"""Which process is alive, which is the one that was meant, and what a killed run has left."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import way_processes

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
# A leader that starts a child, tells its number and waits.
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)",
]


@contextlib.contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        yield process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def wait_for_death(pid: int) -> bool:
    until = time.monotonic() + 10
    while way_processes.started(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return way_processes.started(pid) is None


def test_a_living_process_has_one_start() -> None:
    with running(SLEEPER) as process:
        first = way_processes.started(process.pid)
        assert first
        assert way_processes.started(process.pid) == first
        assert first != way_processes.started(1)


def test_a_number_that_nobody_has_is_dead() -> None:
    assert way_processes.started(way_processes.NEVER_A_PROCESS) is None


def test_a_zombie_is_dead() -> None:
    with running(SLEEPER) as process:
        process.kill()
        assert wait_for_death(process.pid)
        # The kernel still knows the number, because nobody has asked how it ended.
        os.kill(process.pid, 0)


def test_a_leftover_is_stopped_and_forgotten(tmp_path: Path) -> None:
    with running(SLEEPER) as process:
        way_processes.write_down(tmp_path, "web", process.pid)
        assert way_processes.stop_leftover(tmp_path, "web")
        assert wait_for_death(process.pid)
        assert way_processes.written_down(tmp_path, "web") is None


def test_the_children_of_a_leftover_are_stopped_even_when_it_is_dead_itself(tmp_path: Path) -> None:
    with running(PARENT) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        way_processes.write_down(tmp_path, "web", process.pid)
        process.kill()
        process.wait()
        assert way_processes.started(child)
        assert way_processes.stop_leftover(tmp_path, "web")
        assert wait_for_death(child)


def test_a_stranger_with_a_used_number_is_left_alone(tmp_path: Path) -> None:
    with running(SLEEPER) as stranger:
        (tmp_path / "web.json").write_text(json.dumps({"pid": stranger.pid, "started": "at another time"}))
        assert not way_processes.stop_leftover(tmp_path, "web")
        assert way_processes.started(stranger.pid)
        assert way_processes.written_down(tmp_path, "web") is None


@pytest.mark.parametrize("text", ["", "{", '{"pid": "x"}', "[]", '{"pid": 1}'])
def test_a_damaged_note_stops_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "web.json").write_text(text)
    assert not way_processes.stop_leftover(tmp_path, "web")


def test_a_process_that_ignores_the_request_is_ended() -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('up', flush=True); time.sleep(60)"
    )
    with running([sys.executable, "-c", stubborn]) as process:
        assert process.stdout
        process.stdout.readline()
        way_processes.stop_family(process.pid, patience=0.3)
        assert wait_for_death(process.pid)
