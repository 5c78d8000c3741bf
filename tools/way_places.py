"""Where things are kept. Nothing is written outside the project but what cannot live in it (way_postgres)."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from way_console import Trouble, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
DATA = Path(os.environ.get("WAYMARK_DATA") or ROOT / ".waymark").absolute()
LOGS = DATA / "log"
RUN = DATA / "run"


def make_places() -> None:
    """Make the folders `way` writes to, or say why they cannot be made."""
    try:
        for folder in (DATA, LOGS, RUN):
            folder.mkdir(parents=True, exist_ok=True)
        # The server of the database may be another user, who must be able to pass through but not to look.
        DATA.chmod(0o711)
        write_whole(RUN / "writable", "")
    except OSError as error:
        raise Trouble(
            f"Waymark keeps its data in {DATA} and cannot write there ({error.strerror}): "
            "free some space or make the folder yours, or name another with WAYMARK_DATA."
        ) from error


def write_whole(file: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that a reader, or a crash at any moment, leaves the old or the new, never half."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(draft, file)


def secret_key() -> str:
    """The key that signs sessions, made once and kept."""
    file = DATA / "secret"
    try:
        kept = file.read_text().strip()
    except FileNotFoundError:
        kept = ""
    if not kept:
        kept = secrets.token_urlsafe(50)
        write_whole(file, kept + "\n", 0o600)
    return kept


def take_lock(file: Path, *, shared: bool = False) -> IO[str] | None:
    """An open file that holds the lock until it is closed or its process dies, or None if another has it."""
    handle = file.open("a+")
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


@contextmanager
def one_at_a_time(file: Path, waiting: str, *, with_children: bool = False) -> Iterator[None]:
    """Hold a lock for a while; `waiting` is said once if another process has it.

    `with_children`: a child started with close_fds=False holds it too, so it outlasts a `way` that is killed.
    """
    with file.open("a+") as handle:
        os.set_inheritable(handle.fileno(), with_children)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  {waiting}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
