"""The worker goes on whatever happens, and stops when it is told to."""

import json
import logging
from datetime import UTC, datetime
from threading import Event

import pytest
from click.testing import CliRunner

from tests.notices.makers import queued
from waymark.cli.notices import outbox
from waymark.cli.worker import Job, do, rest_of, work_until
from waymark.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW = datetime(2004, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keep_connections(monkeypatch):
    """The test's own connection is in a transaction and must not be given back."""
    monkeypatch.setattr("waymark.cli.worker.close_old_connections", lambda: None)


def test_an_error_is_one_line_in_the_log_and_the_job_rests_longer_each_time(caplog):
    def broken(now):
        raise RuntimeError("two\nlines")

    job = Job("broken", 1.0, broken)
    with caplog.at_level(logging.ERROR):
        assert [do(job, NOW) for _ in range(3)] == [False] * 3
    assert [r.message for r in caplog.records] == ["broken: RuntimeError: two lines"] * 3
    assert rest_of(job) == 8.0
    job.errors = 50
    assert rest_of(job) == 60.0


def test_a_broken_job_does_not_keep_the_others_and_stopping_stops():
    stopping, done = Event(), []

    def broken(now):
        raise RuntimeError("broken")

    def good(now):
        done.append(now)
        if len(done) == 2:
            stopping.set()

    work_until(stopping, [Job("broken", 0.01, broken), Job("good", 0.01, good)])
    assert len(done) == 2


def test_the_outbox_is_listed_without_names():
    notice = queued()
    result = CliRunner().invoke(outbox, ["--json"])
    told = json.loads(result.output)
    assert told["counts"] == {"waiting": 1, "held": 0, "failed": 0}
    assert told["letters"][0]["ref"] == notice.ref
    assert notice.claim.customer.family_name not in result.output
    assert notice.ref in CliRunner().invoke(outbox, []).output


def test_the_outbox_is_delivered_by_command_and_says_what_it_did():
    queued()
    Notice.objects.update(content={"blocks": [], "title": "", "subject": ""})
    queued()
    result = CliRunner().invoke(outbox, ["deliver", "--json"])
    assert json.loads(result.output) == {
        "sent": 1,
        "held": 0,
        "later": 0,
        "failed": 1,
        "stuck": 0,
        "late": 0,
        "mails": 0,
    }
    assert result.exit_code == 1
