"""When `way` installs, and when it knows that it need not."""

from pathlib import Path

import pytest
import way_install
from way_console import Trouble


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"the first {name}")
    return tmp_path


def installed(project: Path, file: str) -> Path:
    stamp = project / "stamp.json"
    way_install.put_stamp(way_install.wanted(file, project), stamp)
    return stamp


def test_nothing_is_in_without_a_stamp(project: Path) -> None:
    wanted = way_install.wanted(way_install.FOR_RUNNING, project)
    assert not way_install.is_in(wanted, project / "stamp.json")


def test_the_same_lists_need_no_second_installation(project: Path) -> None:
    stamp = installed(project, way_install.FOR_RUNNING)
    assert way_install.is_in(way_install.wanted(way_install.FOR_RUNNING, project), stamp)


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt"])
def test_a_changed_list_is_installed_again(project: Path, name: str) -> None:
    stamp = installed(project, way_install.FOR_RUNNING)
    (project / name).write_text("another")
    assert not way_install.is_in(way_install.wanted(way_install.FOR_RUNNING, project), stamp)


def test_what_was_installed_for_testing_serves_for_running(project: Path) -> None:
    stamp = installed(project, way_install.FOR_TESTING)
    assert way_install.is_in(way_install.wanted(way_install.FOR_RUNNING, project), stamp)


def test_what_was_installed_for_running_does_not_serve_for_testing(project: Path) -> None:
    stamp = installed(project, way_install.FOR_RUNNING)
    assert not way_install.is_in(way_install.wanted(way_install.FOR_TESTING, project), stamp)


def test_another_python_is_another_installation(project: Path) -> None:
    stamp = installed(project, way_install.FOR_RUNNING)
    assert not way_install.is_in(way_install.wanted(way_install.FOR_RUNNING, project, "3.99.0"), stamp)


def test_a_project_that_was_moved_is_installed_again(project: Path) -> None:
    stamp = installed(project, way_install.FOR_RUNNING)
    moved = project.rename(project.with_name("moved"))
    assert not way_install.is_in(
        way_install.wanted(way_install.FOR_RUNNING, moved), moved / stamp.relative_to(project)
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '"half"'])
def test_a_damaged_stamp_counts_as_none(project: Path, text: str) -> None:
    stamp = project / "stamp.json"
    stamp.write_text(text)
    assert not way_install.is_in(way_install.wanted(way_install.FOR_RUNNING, project), stamp)


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the one Waymark was locked to",
        ),
        ("error: Hash mismatch for `click==8.5.1`", "not the one Waymark was locked to"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error sending request: dns error: name resolution failed", "package index cannot be reached"),
        (
            "ERROR: Could not find a version that satisfies the requirement uv",
            "package index cannot be reached",
        ),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written"),
        ("something nobody has seen before", "the whole log is"),
    ],
)
def test_what_an_installer_says_becomes_a_sentence_with_the_cure(
    tmp_path: Path, said: str, cure: str
) -> None:
    log = tmp_path / "install.log"
    log.write_text(said)
    assert cure in way_install.meaning(log)


def test_every_meaning_is_one_that_a_person_can_act_on() -> None:
    for _, sentence in way_install.MEANINGS:
        assert isinstance(Trouble(sentence), Exception)
        assert sentence[0].isupper() and sentence.endswith(".")
