"""`way check` and `way test`: style, types, imports and migrations, then every test, a browser among them."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import way_app
import way_browser
import way_install
from way_console import Trouble, say
from way_places import BIN, ROOT

CHECKS = (
    ("style", ["ruff", "check", "--output-format", "concise", "."]),
    ("layout", ["ruff", "format", "--check", "--output-format", "concise", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("letters", ["waymark", "letters", "lint"]),
    ("migrations", ["waymark", "makemigrations", "--check", "--dry-run"]),
)
NO_BROWSER = "not browser"


def test_environment(url: str) -> dict[str, str]:
    """Nothing of a running Waymark's settings may colour a test."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("WAYMARK_")}
    return {
        # Playwright runs a loop in the thread in which the tests use the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        **outside,
        "DATABASE_URL": url,
        "WAYMARK_NO_SECRET": "1",
        # Tools are looked up in .venv first, also those that tests or other tools start.
        "PATH": f"{BIN}{os.pathsep}{outside.get('PATH', '')}",
    }


def check() -> int:
    way_install.make_ready(way_install.FOR_TESTING)
    with way_app.database("pg-test") as url:
        failed = run_checks(test_environment(url))
    say("All checks passed." if not failed else f"Checks failed: {', '.join(failed)}.")
    return 1 if failed else 0


def run_checks(env: dict[str, str]) -> list[str]:
    """Run every check, two at a time; what a failed one said is shown. The names of those that failed."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for (name, arguments), (code, seconds, said) in zip(
            CHECKS, pool.map(lambda item: run_check(item[1], env), CHECKS), strict=True
        ):
            say(f"  {name:<42}{seconds:6.1f} s{'' if code == 0 else '  failed'}")
            if code:
                failed.append(name)
                say(f"\n$ {' '.join(arguments)}\n{said}\n")
    return failed


def run_check(arguments: list[str], env: dict[str, str]) -> tuple[int, float, str]:
    began = time.monotonic()
    done = subprocess.run(
        [str(BIN / arguments[0]), *arguments[1:]],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, time.monotonic() - began, done.stdout.strip()


def test(arguments: list[str]) -> int:
    """Checks, then pytest with these arguments. The exit code is pytest's, or 1 when only a check failed."""
    checks = "--no-check" not in arguments
    arguments = [argument for argument in arguments if argument != "--no-check"]
    say("Waymark's tests")
    way_install.make_ready(way_install.FOR_TESTING)
    browser = way_browser.chromium()
    if browser is None and os.environ.get("CI", "").lower() == "true":
        raise Trouble(
            "No Chromium runs here and none could be installed, so the browser tests cannot: install one "
            "(chromium, libatomic1 and a font) or name it with WAYMARK_CHROMIUM."
        )
    with way_app.database("pg-test", "Starting the test database") as url:
        env = test_environment(url)
        failed = run_checks(env) if checks else []
        if browser:
            env["WAYMARK_CHROMIUM"] = browser
        else:
            arguments = without_browser(arguments)
        code = way_app.attend([str(BIN / "python"), "-m", "pytest", *arguments], env)
    sys.stdout.flush()
    if code == 5:
        say("No test ran, and that counts as a failure.")
    if failed:
        say(f"CHECKS FAILED: {', '.join(failed)} (see above the tests).")
    if browser is None:
        say(
            "THE BROWSER TESTS DID NOT RUN: no Chromium was found or could be installed; set "
            "WAYMARK_CHROMIUM."
        )
    return code or (1 if failed else 0)


def without_browser(arguments: list[str]) -> list[str]:
    """The arguments for pytest without the tests that need a browser; a selection already made is kept."""
    for place, argument in enumerate(arguments):
        if argument == "-m" and place + 1 < len(arguments):
            return [
                *arguments[: place + 1],
                f"({arguments[place + 1]}) and {NO_BROWSER}",
                *arguments[place + 2 :],
            ]
        if argument.startswith("-m") and argument != "-m":
            return [
                *arguments[:place],
                f"-m({argument[2:].lstrip('=')}) and {NO_BROWSER}",
                *arguments[place + 1 :],
            ]
    return ["-m", NO_BROWSER, *arguments]
