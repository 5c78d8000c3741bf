"""The database that comes along: real servers, killed and interrupted, and the data still there."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import way_postgres
import way_processes
from way_console import Trouble
from way_postgres import Cluster


def careful(cluster: Cluster) -> Cluster:
    """The same place with the settings of the real data: what is committed is kept."""
    return Cluster(cluster.programs, cluster.home, cluster.user)


def new_cluster(folder: Path) -> Cluster:
    home = folder / "pg"
    user = way_postgres.unprivileged(home / "data")
    programs = way_postgres.wheel_programs(Path(sys.prefix))
    if not user.can_run(programs / "initdb"):
        programs = way_postgres.copied(programs, folder)
    assert way_postgres.habitable(home, user)
    return Cluster(programs, home, user, careless=True)


@pytest.fixture(scope="session")
def blank(lasting_folder: Path) -> Path:
    """The data of a fresh server, made once for all these tests."""
    first = new_cluster(lasting_folder)
    way_postgres.initialise(first)
    return first.data


@pytest.fixture
def empty(short_folder: Path) -> Iterator[Cluster]:
    """A place for a server, with nothing in it yet."""
    made = new_cluster(short_folder)
    yield made
    way_postgres.stop(made)


@pytest.fixture
def cluster(empty: Cluster, blank: Path) -> Cluster:
    """A server with fresh data, not started."""
    subprocess.run(["cp", "-a", str(blank), str(empty.data)], check=True)
    return empty


def write_a_row(cluster: Cluster) -> None:
    way_postgres.lines(
        cluster, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')", "waymark"
    )


def rows(cluster: Cluster) -> list[str]:
    return way_postgres.lines(cluster, "SELECT word FROM kept", "waymark")


def test_it_starts_from_nothing_speaks_unicode_and_listens_on_no_network(empty: Cluster) -> None:
    assert way_postgres.start(empty)
    assert way_postgres.lines(empty, "SHOW listen_addresses") == [""]
    assert way_postgres.lines(empty, "SELECT upper('ŵŷ')", "waymark") == ["ŴŶ"]
    assert empty.url() == f"postgresql://postgres@/waymark?host={empty.socket}"


def test_its_socket_and_data_are_closed_to_other_users(cluster: Cluster) -> None:
    way_postgres.start(cluster)
    for folder in (cluster.socket, cluster.data):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_second_start_finds_the_first(cluster: Cluster) -> None:
    way_postgres.start(cluster)
    first = way_postgres.postmaster(cluster)
    assert not way_postgres.start(cluster)
    assert way_postgres.postmaster(cluster) == first


def test_rows_outlive_a_killed_server(cluster: Cluster) -> None:
    cluster = careful(cluster)
    way_postgres.start(cluster)
    write_a_row(cluster)
    killed = way_postgres.postmaster(cluster)
    assert killed
    os.kill(killed, signal.SIGKILL)
    assert way_postgres.start(cluster)
    assert way_postgres.postmaster(cluster) not in (None, killed)
    assert rows(cluster) == ["still here"]


def test_a_stranger_with_the_number_of_the_killed_server_is_no_obstacle(cluster: Cluster) -> None:
    cluster = careful(cluster)
    way_postgres.start(cluster)
    write_a_row(cluster)
    killed = way_postgres.postmaster(cluster)
    assert killed
    os.kill(killed, signal.SIGKILL)
    # The server's own user has now a process with the number in the file, so PostgreSQL alone would refuse.
    with subprocess.Popen(["sleep", "60"], cwd="/", **cluster.user.options) as stranger:
        note = cluster.data / "postmaster.pid"
        note.write_text("\n".join([str(stranger.pid), *note.read_text().split("\n")[1:]]))
        assert way_postgres.postmaster(cluster) is None
        assert way_postgres.start(cluster)
        assert rows(cluster) == ["still here"]
        assert stranger.poll() is None
        stranger.kill()


def test_the_children_of_a_killed_server_are_gone_before_the_next_one_writes(cluster: Cluster) -> None:
    cluster = careful(cluster)
    way_postgres.start(cluster)
    write_a_row(cluster)
    server = way_postgres.postmaster(cluster)
    assert server
    busy = "SELECT pg_sleep(0.01) FROM generate_series(1, 6000)"
    arguments = ["-XAtq", "-h", str(cluster.socket), "-U", "postgres", "-c", busy, "waymark"]
    with subprocess.Popen(
        [str(cluster.programs / "psql"), *arguments],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **cluster.user.options,
    ) as client:
        until = time.monotonic() + 10
        while not backends(cluster) and time.monotonic() < until:
            time.sleep(0.02)
        old = set(backends(cluster))
        assert old
        # A stopped child cannot notice that its server is gone.
        for pid in old:
            os.kill(pid, signal.SIGSTOP)
        os.kill(server, signal.SIGKILL)
        assert way_postgres.start(cluster)
        assert not old & set(way_postgres.children(cluster))
        assert rows(cluster) == ["still here"]
        client.kill()


def backends(cluster: Cluster) -> list[int]:
    """The children that serve the database waymark with a statement of some length."""
    return [
        pid
        for pid, command in way_processes.commands()
        if command.startswith(f"postgres: {cluster.name}:") and "SELECT" in command
    ]


def test_an_interrupted_initdb_is_noticed_and_done_again(empty: Cluster) -> None:
    draft = empty.home / "data.unfinished-1"
    draft.mkdir()
    empty.user.give(draft)
    half_done = subprocess.Popen(
        [str(empty.programs / "initdb"), f"--pgdata={draft}", "--auth=trust", "--locale=C"],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **empty.user.options,
    )
    until = time.monotonic() + 10
    while not (draft / "PG_VERSION").exists() and time.monotonic() < until:
        time.sleep(0.005)
    half_done.kill()
    half_done.wait()
    assert way_postgres.start(empty)
    assert not draft.exists()
    assert way_postgres.lines(empty, "SELECT 1", "waymark") == ["1"]


def test_a_broken_database_of_the_tests_is_made_again(cluster: Cluster) -> None:
    way_postgres.start(cluster)
    way_postgres.stop(cluster)
    (cluster.data / "global" / "pg_control").unlink()
    assert way_postgres.start(cluster)


def test_a_broken_database_with_data_is_never_thrown_away(empty: Cluster) -> None:
    precious = careful(empty)
    empty.data.mkdir()
    (empty.data / "PG_VERSION").write_text("18\n")
    with pytest.raises(Trouble, match="is not a whole database"):
        way_postgres.start(precious)
    assert (empty.data / "PG_VERSION").exists()


def test_the_data_of_another_major_version_is_not_touched(empty: Cluster) -> None:
    precious = careful(empty)
    (empty.data / "global").mkdir(parents=True)
    (empty.data / "global" / "pg_control").touch()
    (empty.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Trouble, match="written by PostgreSQL 17 and this is 18"):
        way_postgres.start(precious)


def test_whoever_still_uses_it_keeps_it_running(cluster: Cluster) -> None:
    with way_postgres.borrowed(cluster):
        with way_postgres.borrowed(cluster, stops=True):
            pass
        assert way_postgres.lines(cluster, "SELECT 1") == ["1"]
    assert way_postgres.postmaster(cluster) is None


def test_the_data_is_safe_by_default_and_fast_only_for_tests(cluster: Cluster) -> None:
    assert "fsync" not in careful(cluster).settings
    assert cluster.settings["fsync"] == "off"


def test_its_programs_run_from_a_copy(cluster: Cluster, short_folder: Path) -> None:
    copy = way_postgres.copied(way_postgres.wheel_programs(Path(sys.prefix)), short_folder)
    assert cluster.user.can_run(copy / "initdb")
    assert cluster.user.can_run(copy / "postgres")


@pytest.mark.parametrize(("length", "fits"), [(20, True), (82, True), (83, False), (200, False)])
def test_a_socket_path_that_the_kernel_would_cut_off_is_not_taken(length: int, fits: bool) -> None:
    home = Path("/" + "x" * (length - 1))
    # 103 letters at most, less the 21 of "/socket/.s.PGSQL.5432", leave 82 for the folder.
    assert way_postgres.fits(home) is fits


def test_a_folder_that_others_could_have_laid_as_a_trap_is_refused(tmp_path: Path) -> None:
    ours = way_postgres.outside(Path("/some/project"), tmp_path)
    assert way_postgres.outside(Path("/some/project"), tmp_path) == ours
    ours.chmod(0o777)
    with pytest.raises(Trouble, match="belongs to somebody else"):
        way_postgres.outside(Path("/some/project"), tmp_path)
    ours.rmdir()
    ours.symlink_to(tmp_path)
    with pytest.raises(Trouble, match="belongs to somebody else"):
        way_postgres.outside(Path("/some/project"), tmp_path)


def test_each_project_has_a_place_of_its_own(tmp_path: Path) -> None:
    assert way_postgres.outside(Path("/one"), tmp_path) != way_postgres.outside(Path("/two"), tmp_path)


def test_the_end_of_the_log_says_what_to_do(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("FATAL:  could not write lock file: No space left on device\n")
    assert "free some space" in way_postgres.cure(log)
    with contextlib.suppress(FileNotFoundError):
        log.unlink()
    assert "last lines" in way_postgres.cure(log)
