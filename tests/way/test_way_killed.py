"""Everything killed at once in the middle of the work, and started again: nothing that was saved is lost."""

import contextlib
import json
import subprocess
import threading
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
import way_places
import way_postgres

from tests.customers.made_up import write_file
from tests.way.stack import PATIENCE, Browser, Stack, free_port

ROWS, BATCH = 10_000, 1000
ANSWERS = "SELECT fact || '=' || value FROM interviews_answer ORDER BY conversation_id, fact"
IMPORTED = "SELECT count(*) FROM customers_claim WHERE source_key LIKE '%:VAN-%'"


@pytest.fixture
def stack(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    data = short_folder / "data"
    data.mkdir()
    monkeypatch.setattr(way_places, "DATA", data)
    cluster = way_postgres.place("pg")
    # The server that is killed must be this test's own.
    assert short_folder in cluster.home.parents
    made = Stack(data, cluster, free_port())
    yield made
    made.stop()
    way_postgres.stop(cluster)


def sign_in_as_an_agent(browser: Browser) -> None:
    browser.get("/demo/")
    browser.post("/demo/", person=browser.found(r'name="person" value="([^"]+)"'))


def begin_a_conversation(browser: Browser) -> str:
    """Take a call of the queue as one in which the customer rings; the page of the conversation."""
    browser.get("/calls/")
    claim = browser.found(r'href="/customers/([^/"]+)/attempt/"')
    browser.get(f"/customers/{claim}/attempt/")
    browser.post(f"/customers/{claim}/call/", direction="in")
    return browser.url


def answer(browser: Browser, page: str, **fields: str) -> None:
    browser.post("go/", question=page)
    browser.post(browser.url, page=page, **fields)


class Typing(threading.Thread):
    """An agent who types notes without a break. `saved` is the last that was confirmed, `sent` the last tried."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(daemon=True)
        self.browser, self.sent, self.saved = browser, 0, 0

    def run(self) -> None:
        with contextlib.suppress(OSError, urllib.error.URLError):
            while True:
                self.sent += 1
                said = self.browser.post("notes/", {"X-Quiet": "yes"}, notes=f"typed {self.sent} times")
                assert json.loads(said)["saved"]
                self.saved = self.sent


def bring_in(stack: Stack, file: Path) -> subprocess.Popen[bytes]:
    return stack.way("manage", "import", "claims", str(file), "--json", stdout=subprocess.PIPE)


def wait_for_some_batches(stack: Stack, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while stack.number(IMPORTED) < 2 * BATCH and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)


def test_whatever_was_saved_outlives_a_kill_of_everything_and_the_work_goes_on(
    stack: Stack, tmp_path: Path
) -> None:
    stack.start()
    assert stack.command("demo", "--customers", "40")[0] == 0
    browser = Browser(stack.address)
    sign_in_as_an_agent(browser)
    talk = begin_a_conversation(browser)
    answer(browser, "which_matters", health_matters="yes", rest_no="1")
    answer(browser, "gravest", rest_no="1")
    answers = stack.lines(ANSWERS)
    assert "health_matters=true" in answers

    file = tmp_path / "claims.csv"
    offices = stack.lines("SELECT code FROM organisations_office WHERE kind = 'office' ORDER BY code")
    write_file(file, ROWS, offices)
    importing = bring_in(stack, file)
    typing = Typing(browser)
    typing.start()
    wait_for_some_batches(stack, importing)
    stack.kill(importing)
    typing.join(30)
    assert typing.saved > 0

    stack.start()
    # The answers, and the notes as they were last confirmed; one more may have been saved without a word.
    assert stack.lines(ANSWERS) == answers
    browser.get(talk)
    assert browser.url == talk
    assert f"typed {typing.saved} times" in browser.page or f"typed {typing.sent} times" in browser.page
    answer(browser, "which_caring", rest_no="1", notes="after the power came back")
    assert len(stack.lines(ANSWERS)) > len(answers)
    assert "after the power came back" in browser.page

    left = stack.number(IMPORTED)
    assert 0 < left < ROWS
    assert left % BATCH == 0
    said, _nothing = (again := bring_in(stack, file)).communicate(timeout=PATIENCE)
    report = json.loads(said)
    assert again.returncode == 0, report
    assert (report["already_there"], report["added"], report["rejected"]) == (left, ROWS - left, 0)
    assert stack.number(IMPORTED) == ROWS
    assert stack.number(IMPORTED.replace("count(*)", "count(DISTINCT source_key)")) == ROWS

    code, said_by_check = stack.command("check")
    assert code == 0, said_by_check
