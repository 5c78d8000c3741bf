"""The pieces of `way` live in tools/ and are no package of Waymark's: here they are put on the path."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


@contextlib.contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder with a short path through which every user may pass, as a database server needs it."""
    folder = Path(tempfile.mkdtemp(prefix="way-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def lasting_folder() -> Iterator[Path]:
    """The same for all tests of a session."""
    with passable_folder() as folder:
        yield folder
