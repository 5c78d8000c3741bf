"""What `way` says: a line a step with its time, and a sentence with the cure when something is wrong."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


class Trouble(Exception):
    """Something outside Waymark is in the way. The message is a sentence that names the cure."""


class Console:
    """Where the talk goes. Commands whose output another program reads talk on standard error instead."""

    stream: TextIO = sys.stdout


def say(text: str = "") -> None:
    print(text, file=Console.stream, flush=True)


@contextlib.contextmanager
def step(name: str, *, opens_out: bool = False) -> Iterator[list[str]]:
    """Say what is being done, and how long it took when it is done.

    Append to the list that is handed out to add a remark to the line. `opens_out` is for a step that prints
    lines of its own: its name stands above them. On a terminal the seconds are counted while it lasts.
    """
    began = time.monotonic()
    remarks: list[str] = []
    over = threading.Event()
    live = Console.stream.isatty() and not opens_out

    def count() -> None:
        while not over.wait(0.5):
            Console.stream.write(f"\r  {name:<42}{time.monotonic() - began:6.1f} s")
            Console.stream.flush()

    counter = threading.Thread(target=count, daemon=True)
    if live:
        counter.start()
    if opens_out:
        say(f"  {name}")
    ending = ["failed"]
    try:
        yield remarks
        ending = remarks
    except KeyboardInterrupt:
        ending = ["interrupted"]
        raise
    finally:
        over.set()
        if live:
            counter.join()
        remark = f"  {', '.join(ending)}" if ending else ""
        label = "" if opens_out else name
        say(f"{chr(13) if live else ''}  {label:<42}{time.monotonic() - began:6.1f} s{remark}")


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log, indented, for a message that must say what went wrong."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return "    (no log was written)"
    return "\n".join(f"    {line}" for line in lines[-count:]) or "    (the log is empty)"
