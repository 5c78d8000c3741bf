"""Two workers at once: every letter goes exactly once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import NOW
from tests.notices.makers import claim, queued
from waymark.notices.models import Notice
from waymark.notices.outbox import deliver_due
from waymark.record.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, LETTERS = 4, 24


def test_racing_workers_send_every_letter_once(mail_server):
    for n in range(LETTERS):
        queued(claim(email=f"customer{n}@waymark.example", safe={"may_write": False}))
    start = Barrier(WORKERS)

    def work() -> int:
        start.wait()
        try:
            return deliver_due(NOW).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        sent = [future.result() for future in [pool.submit(work) for _ in range(WORKERS)]]
    assert sum(sent) == LETTERS
    ids = Counter(message["Message-ID"] for message in mail_server.messages)
    assert len(ids) == LETTERS and set(ids.values()) == {1}
    assert Notice.objects.filter(state="sent").count() == LETTERS
    assert Event.objects.filter(kind="notice_sent").count() == LETTERS
