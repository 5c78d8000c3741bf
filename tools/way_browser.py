"""Find a Chromium for the browser tests, or get one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from way_console import Trouble, step
from way_install import logged
from way_places import BIN, LOGS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DEBIAN_PACKAGES = ("chromium", "libatomic1", "fonts-dejavu-core")
FROM_PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")


def chromium() -> str | None:
    """The program of a Chromium that runs: the one named, one that is there, or one that is installed now."""
    named = os.environ.get("WAYMARK_CHROMIUM")
    if named:
        if not runs(named):
            raise Trouble(
                f"WAYMARK_CHROMIUM names {named}, which does not run: correct it, or unset it to have "
                "one found."
            )
        return named
    return present() or installed()


def present() -> str | None:
    """A Chromium that is on this machine already."""
    return next((program for program in candidates() if runs(program)), None)


def candidates() -> Iterator[str]:
    for name in NAMES:
        if program := shutil.which(name):
            yield program
    for program in ON_A_MAC:
        if Path(program).exists():
            yield program
    yield from sorted(
        (str(found) for pattern in FROM_PLAYWRIGHT for found in playwright_home().glob(pattern)), reverse=True
    )


def playwright_home() -> Path:
    """Where Playwright keeps the browsers it has downloaded."""
    if named := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(named)
    linux, mac = Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"
    return mac if mac.exists() else linux


def runs(program: str) -> bool:
    """A package may be a stub and a download may lack libraries: a program that tells its version counts."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and "chrom" in told.stdout.lower()


def installed() -> str | None:
    """Install a Chromium, by the system's packages where `way` may, else by Playwright's download."""
    log = LOGS / "chromium.log"
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        with step("Installing Chromium from Debian"):
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            logged(["apt-get", "update"], log, quiet)
            logged(["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES], log, quiet)
        if found := present():
            return found
    with step("Downloading Chromium with Playwright"):
        logged([str(BIN / "playwright"), "install", "chromium"], log)
    return present()
