"""Ports, restarts and the door that lets in one run at a time."""

import ast
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import way_places
import way_run
from way_console import Trouble

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken_is_refused(taken: int) -> None:
    with pytest.raises(Trouble, match=f"Port {taken} is taken"):
        way_run.free_port(taken)


def test_a_port_is_free_again_when_its_listener_has_gone(taken: int) -> None:
    assert not way_run.is_free(taken)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        number = other.getsockname()[1]
    assert way_run.is_free(number)


def test_without_a_wish_some_free_port_is_found() -> None:
    assert way_run.is_free(way_run.free_port(None))


def test_the_wait_before_a_restart_grows_and_has_an_end() -> None:
    assert [way_run.pause(falls) for falls in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_lock_lets_in_one_and_then_the_next(tmp_path: Path) -> None:
    first = way_places.take_lock(tmp_path / "lock")
    assert first
    assert way_places.take_lock(tmp_path / "lock") is None
    first.close()
    second = way_places.take_lock(tmp_path / "lock")
    assert second
    second.close()


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'tools')!r}); import pathlib, time, way_places;"
        f"lock = way_places.take_lock(pathlib.Path({str(tmp_path / 'lock')!r})); print('held', flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        assert way_places.take_lock(tmp_path / "lock") is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        lock = way_places.take_lock(tmp_path / "lock")
        assert lock
        lock.close()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    way_places.write_whole(file, "first", 0o600)
    way_places.write_whole(file, "second", 0o600)
    assert file.read_text() == "second"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]


def test_an_old_python_can_read_the_way_and_be_told_what_is_missing() -> None:
    ast.parse((ROOT / "way").read_text(), feature_version=(3, 4))


def test_the_tools_import_nothing_but_the_standard_library() -> None:
    own = {file.stem for file in (ROOT / "tools").glob("way_*.py")}
    for file in (ROOT / "way", *(ROOT / "tools").glob("way_*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in own | sys.stdlib_module_names


def test_help_names_every_command() -> None:
    began = time.monotonic()
    told = subprocess.run([sys.executable, str(ROOT / "way"), "help"], capture_output=True, text=True)
    assert told.returncode == 0
    for word in ("run", "test", "check", "stop", "manage", "database", "lock", "assets"):
        assert f"way {word}" in told.stdout
    assert time.monotonic() - began < 5


def test_an_unknown_word_is_answered_with_those_that_are_known() -> None:
    told = subprocess.run([sys.executable, str(ROOT / "way"), "sing"], capture_output=True, text=True)
    assert told.returncode == 2
    assert "`way sing` is not a command" in told.stdout
