"""Which Chromium the browser tests get."""

from pathlib import Path

import pytest
import way_browser
import way_verify
from way_console import Trouble


def program(folder: Path, name: str, body: str) -> str:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty path and an empty home."""
    path = tmp_path / "path"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.delenv("WAYMARK_CHROMIUM", raising=False)
    return path


CHROMIUM = "echo Chromium 140.0.1"


def test_the_one_that_is_named_is_taken(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium", CHROMIUM)
    named = program(tmp_path, "mine", CHROMIUM)
    monkeypatch.setenv("WAYMARK_CHROMIUM", named)
    assert way_browser.chromium() == named


def test_one_that_is_named_and_does_not_run_is_refused(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium", CHROMIUM)
    monkeypatch.setenv("WAYMARK_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Trouble, match="WAYMARK_CHROMIUM names /nowhere/chromium"):
        way_browser.chromium()


def test_one_on_the_path_is_found(bare: Path) -> None:
    found = program(bare, "google-chrome", "echo Google Chrome 140.0.1")
    assert way_browser.chromium() == found


def test_a_stub_that_does_not_run_is_passed_over(bare: Path) -> None:
    program(bare, "chromium", "echo 'install me by snap' >&2; exit 1")
    real = program(bare, "google-chrome", CHROMIUM)
    assert way_browser.chromium() == real


def test_one_that_playwright_has_downloaded_is_found(bare: Path, tmp_path: Path) -> None:
    found = program(tmp_path / "playwright/chromium-1255/chrome-linux64", "chrome", CHROMIUM)
    assert way_browser.present() == found


def test_an_empty_machine_has_none(bare: Path) -> None:
    assert not [found for found in way_browser.candidates() if str(bare.parent) in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["-m", "not browser"]),
        (["-q", "tests/kernel"], ["-m", "not browser", "-q", "tests/kernel"]),
        (["-m", "slow"], ["-m", "(slow) and not browser"]),
        (["-q", "-mslow or odd"], ["-q", "-m(slow or odd) and not browser"]),
    ],
)
def test_without_a_browser_its_tests_are_left_out_of_any_selection(
    given: list[str], expected: list[str]
) -> None:
    assert way_verify.without_browser(given) == expected
