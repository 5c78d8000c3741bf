"""All of Waymark on a port of its own, in a folder of its own: started as people start it, and killed."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import way_postgres
import way_processes
from way_postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; a busy machine takes long to make the tables


@dataclass
class Stack:
    """A `way run` of the folder `data` on `port`, with `cluster` as its database. Nobody is in it at first."""

    data: Path
    cluster: Cluster
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Nothing of the tests' own settings: as in the shell of a person who tries the demonstration."""
        ours = ("WAYMARK_", "DJANGO_", "PYTEST_", "DATABASE_URL")
        outside = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        return outside | {"WAYMARK_DATA": str(self.data), "WAYMARK_DEMO": "1"}

    def way(self, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
        """A `way` command in a session of its own, so that it can be killed with its children."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / "way"), *arguments],
            env=self.env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )

    def start(self) -> None:
        with (self.data.parent / "way.log").open("ab") as log:
            self.process = self.way("run", "--no-demo", "--port", str(self.port), stdout=log, stderr=log)
        where = self.data / "run" / "where.json"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if where.exists() and json.loads(where.read_text()) == {
                "pid": self.process.pid,
                "address": self.address,
            }:
                return
            time.sleep(0.05)
        raise AssertionError((self.data.parent / "way.log").read_text())

    def command(self, *arguments: str) -> tuple[int, str]:
        """Run one command of Waymark to its end: its exit code and what it printed."""
        process = self.way("manage", *arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said, _nothing = process.communicate(timeout=PATIENCE)
        return process.returncode, said.decode()

    def lines(self, sql: str) -> list[str]:
        return way_postgres.lines(self.cluster, sql, "waymark")

    def number(self, sql: str) -> int:
        return int(self.lines(sql)[0])

    def kill(self, *others: subprocess.Popen[bytes]) -> None:
        """As a power cut: whoever watches, web, worker, the database with all its children, and `others`."""
        assert self.process is not None
        services = [way_processes.written_down(self.data / "run", name) for name in ("web", "worker")]
        server = way_postgres.postmaster(self.cluster)
        assert server and all(services)
        leaders = [self.process.pid, *(one.pid for one in others), *(one.pid for one in services if one)]
        # Whoever watches goes first, or it would start again what falls.
        doomed = [pid for leader in leaders for pid in way_processes.family(leader)]
        doomed += [server, *way_postgres.children(self.cluster)]
        way_processes.signal_all(doomed, signal.SIGKILL)
        for process in (self.process, *others):
            process.communicate()
        self.process = None

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


class Browser:
    """Pages and forms over real HTTP, without a script. `url` is where the last answer came from."""

    def __init__(self, address: str) -> None:
        self.address, self.url, self.page, self.token = address, "", "", ""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        return self._ask(urllib.request.Request(self._whole(path)))

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> str:
        """Send a form with the token of the last page; what stands where it leads."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return self._ask(urllib.request.Request(self._whole(path), sent, headers or {}))

    def _whole(self, path: str) -> str:
        return urllib.parse.urljoin(self.url or self.address, path)

    def _ask(self, request: urllib.request.Request) -> str:
        with self.opener.open(request, timeout=30) as answer:
            text: str = answer.read().decode()
            if answer.headers.get_content_type() == "text/html":
                self.url, self.page = answer.url, text
                found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
                self.token = found[1] if found else self.token
        return text

    def found(self, pattern: str) -> str:
        """The first group of a pattern in the page."""
        match = re.search(pattern, self.page)
        assert match, f"{pattern} is not on {self.url}"
        return match[1]
