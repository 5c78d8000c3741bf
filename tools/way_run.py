"""`way run`: from nothing to a page, and everything stopped again in the right order."""

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import way_app
import way_install
import way_postgres
import way_processes
from way_console import Trouble, last_lines, say, step
from way_places import BIN, DATA, ROOT, RUN, take_lock, write_whole

HOST = "127.0.0.1"
PORT = 8000
# The order in which they are started; they are stopped in the other.
SERVICES = ("worker", "web")
LOCK = RUN / "lock"
WHERE = RUN / "where.json"


@dataclass
class Service:
    """A process that stays: what to start, and how often it has ended of itself lately."""

    name: str
    title: str
    command: list[str]
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    falls: int = 0
    again_at: float | None = None

    def start(self) -> None:
        with way_app.log_of(self.name).open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.since = time.monotonic()
        self.again_at = None
        way_processes.write_down(RUN, self.name, self.process.pid)

    def stop(self) -> None:
        if self.process is not None:
            way_processes.stop_family(self.process.pid)
            self.process.poll()
            self.process = None
        (RUN / f"{self.name}.json").unlink(missing_ok=True)

    def look_after(self, now: float) -> None:
        """Start it again if it has ended, after 1, 2, 4, ... 30 seconds; a good minute clears the count."""
        if self.again_at is not None:
            if now >= self.again_at:
                self.start()
            return
        if self.process is None or (code := self.process.poll()) is None:
            return
        # Its children may live on and hold the port.
        way_processes.stop_family(self.process.pid, 3)
        self.falls = 0 if now - self.since > 60 else self.falls
        wait = pause(self.falls)
        self.falls += 1
        self.again_at = now + wait
        log = way_app.log_of(self.name)
        say(
            f"The {self.title} ended by itself ({ending(code)}); starting it again in {wait} s. Its "
            f"log is {log}."
        )


def pause(falls: int) -> int:
    """Seconds to wait before a process that has fallen so many times lately is started again."""
    return min(30, 1 << falls)


def ending(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def run(*, port: int | None, demo: bool) -> int:
    lock = take_lock(LOCK)
    if lock is None:
        say(f"Waymark is already running{at_address()}. Stop it with: python3 way stop")
        return 1
    with lock:
        write_where({"pid": os.getpid()})
        began = time.monotonic()
        say("Waymark")
        way_install.make_ready(way_install.FOR_RUNNING)
        clear_leftovers()
        port = free_port(port)
        # Nobody may press Ctrl-C too early: whatever was started is stopped by these two blocks.
        with way_app.database(title="Starting the database", stops=True) as url:
            services: list[Service] = []
            try:
                env = run_environment(url, port, demo)
                prepare(env, demo=demo)
                services = make_services(env, port)
                with step("Starting the web server and the worker"):
                    for service in services:
                        service.start()
                    wait_for_page(services, port)
                write_where({"pid": os.getpid(), "address": address(port)})
                welcome(env, port, demo=demo, seconds=time.monotonic() - began)
                watch(services)
            finally:
                # A second Ctrl-C must not leave half of it running.
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                say("\nStopping.")
                for service in reversed(services):
                    service.stop()
                WHERE.unlink(missing_ok=True)
    return 0


def address(port: int) -> str:
    return f"http://{HOST}:{port}"


def write_where(facts: dict[str, object]) -> None:
    write_whole(WHERE, json.dumps(facts))


def where() -> dict[str, object]:
    try:
        facts = json.loads(WHERE.read_text())
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def at_address() -> str:
    found = where().get("address")
    return f" at {found}" if found else " (it is just starting)"


def clear_leftovers() -> list[str]:
    """Stop the web server and the worker that a killed `way` left behind."""
    found = [name for name in reversed(SERVICES) if way_processes.stop_leftover(RUN, name)]
    if found:
        say(f"  Stopped what an earlier run had left: {', '.join(found)}.")
    return found


def free_port(asked: int | None) -> int:
    """The port that was asked for, or the first free one from 8000 on."""
    if asked is not None:
        if not is_free(asked):
            raise Trouble(f"Port {asked} is taken: stop what uses it, or choose another with --port.")
        return asked
    for port in range(PORT, PORT + 100):
        if is_free(port):
            if port != PORT:
                say(f"  Port {PORT} is taken; taking {port}.")
            return port
    raise Trouble(f"The ports {PORT} to {PORT + 99} are all taken: choose another with --port.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that has just been left counts as free; one that is listened on does not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} is for root only: choose one above 1023 with --port.") from error
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EADDRNOTAVAIL):
                return False
            raise
    return True


def run_environment(url: str, port: int, demo: bool) -> dict[str, str]:
    more = {"DATABASE_URL": url, "WAYMARK_BASE_URL": address(port)}
    if demo:
        more["WAYMARK_DEMO"] = "1"
    return way_app.environment(**more)


def prepare(env: dict[str, str], *, demo: bool) -> None:
    """Everything that must be so before the first page: tables, the programme packs, people, static files."""
    patient = {**env, "WAYMARK_STATEMENT_TIMEOUT": env.get("WAYMARK_STATEMENT_TIMEOUT", "0")}
    with ThreadPoolExecutor(1) as beside:
        # It asks nothing of the database, so it goes on beside the others.
        static = beside.submit(way_app.obey, ["collectstatic", "--noinput"], env)
        with step("Bringing the tables up to date"):
            way_app.obey(["migrate", "--noinput"], patient)
        with step("Loading the programmes"):
            way_app.obey(["programme", "load", "--publish-as-installed"], patient)
        if demo:
            with step("Filling the demo district, if it is empty", opens_out=True):
                way_app.obey(["demo", "--if-empty"], patient, visible=True)
        with step("Laying out the static files"):
            static.result()


def make_services(env: dict[str, str], port: int) -> list[Service]:
    web = [str(BIN / "granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2"]
    web += ["--blocking-threads", "4", "--no-access-log", "config.wsgi:application"]
    return [
        Service("worker", "worker", way_app.command("worker"), env),
        Service("web", "web server", web, env),
    ]


def wait_for_page(services: list[Service], port: int, patience: float = 90) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for service in services:
            if service.process is not None and (code := service.process.poll()) is not None:
                log = way_app.log_of(service.name)
                raise Trouble(f"The {service.title} did not start ({ending(code)}).\n{last_lines(log)}")
        if healthy(port):
            return
        time.sleep(0.05)
    log = way_app.log_of("web")
    raise Trouble(f"The web server does not answer at {address(port)}/health.\n{last_lines(log)}")


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(env: dict[str, str], port: int, *, demo: bool, seconds: float) -> None:
    who = way_app.answer(["demo", "--who"], env) if demo else ""
    say(f"\nWaymark is ready after {seconds:.1f} s at {address(port)}")
    if demo:
        say("This is the demonstration: whoever opens that address may be anybody in it.")
    if who:
        say(f"\n{who}")
    say(f"\nCtrl-C stops everything. Logs are in {DATA / 'log'}.")


def watch(services: list[Service], forever: Callable[[], bool] = lambda: True) -> None:
    """Until somebody stops it: start again what falls, the database before those who use it."""
    cluster = None if way_app.given_url() else way_postgres.place("pg")
    while forever():
        time.sleep(0.5)
        if cluster and way_postgres.postmaster(cluster) is None:
            say("The database ended by itself; starting it again.")
            way_postgres.start(cluster)
        for service in services:
            service.look_after(time.monotonic())


# Stop


def stop() -> int:
    """Stop a run, or what a killed one has left: web, worker, then the databases."""
    found = stop_run() + clear_leftovers()
    if (BIN / "python").exists():
        for name in ("pg", "pg-test"):
            found += [name] if stop_database(name) else []
    say("Stopped." if found else "Nothing was running.")
    return 0


def stop_run() -> list[str]:
    """Ask the `way run` that holds the lock to stop, and wait until it has."""
    lock = take_lock(LOCK)
    if lock is not None:
        lock.close()
        return []
    pid = where().get("pid")
    if isinstance(pid, int):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if lock := take_lock(LOCK):
            lock.close()
            return ["run"]
        time.sleep(0.1)
    raise Trouble(
        f"The running `way` (process {pid}) does not stop: end it with kill -9 {pid}, then stop again."
    )


def stop_database(name: str) -> bool:
    try:
        cluster = way_postgres.place(name)
    except Trouble:
        return False
    if way_postgres.postmaster(cluster) is None:
        return False
    if not way_postgres.stop_if_unused(cluster):
        say("  A database is left running: another `way` command is using it.")
        return False
    return True
