"""The PDFs of the letters that come next, set by other processor cores while the one before is on its way.

It looks at what is due and takes nothing: which letter goes, and whether, is said when its turn comes. What was set
ahead is used only where the letter still says exactly that; else it is set anew. So a look ahead can be wrong, late or
missing, and no letter changes by it.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, QuerySet

from waymark.notices import keys, rendering
from waymark.notices.enums import Channel, NoticeState
from waymark.notices.models import Notice
from waymark.notices.rendering import Content

# Setting leaves the interpreter to others (Typst is no Python), so threads are enough.
THREADS = min(os.cpu_count() or 1, 4)
FEW, MANY = 8, 24
Sheet = tuple[Content, bytes]


class Ahead:
    """What is being set of the letters due at a moment, in the order in which they go."""

    def __init__(self, pool: ThreadPoolExecutor, now: datetime, most: int) -> None:
        self._pool, self._now, self._left = pool, now, most
        self._jobs: dict[int, Future[list[Sheet]]] = {}
        self._last: tuple[datetime, int] | None = None

    def look(self) -> None:
        """See what comes next, unless enough of it is known."""
        if len(self._jobs) >= FEW or self._left <= 0:
            return
        found = list(self._next()[: min(MANY, self._left)])
        self._left = self._left - len(found) if len(found) == MANY else 0
        for pk, try_at, channel, content in found:
            self._last = (try_at, pk)
            if channel != Channel.TEXT:
                self._jobs[pk] = self._pool.submit(_set, content)

    def pdf(self, notice: Notice, content: Content) -> bytes:
        """The letter as PDF, as `rendering.pdf` gives it."""
        job = self._jobs.get(notice.pk)
        for said, pdf in job.result() if job is not None else ():
            if said == content:
                return pdf
        return rendering.pdf(content)

    def turn_of(self, pk: int) -> None:
        """A letter is taken: those before it went another way or were taken by others."""
        while pk in self._jobs and (first := next(iter(self._jobs))) != pk:
            self._jobs.pop(first).cancel()

    def done(self, pk: int) -> None:
        self._jobs.pop(pk, None)

    def _next(self) -> "QuerySet[Notice, tuple[int, datetime, str, Content]]":
        due = Notice.objects.filter(state=NoticeState.WAITING, try_at__lte=self._now)
        if self._last is not None:
            try_at, pk = self._last
            due = due.filter(Q(try_at__gt=try_at) | Q(try_at=try_at, pk__gt=pk))
        return due.order_by("try_at", "id").values_list("pk", "try_at", "channel", "content")


@contextmanager
def looking_ahead(now: datetime, most: int) -> Iterator[Ahead]:
    """For a run of the outbox that may send so many more letters than the first."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="letters") as pool:
        try:
            yield Ahead(pool, now, most)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _set(content: Content) -> list[Sheet]:
    """The letter as it goes out, and as it is kept where that is another. Nothing, where it cannot be set: the one
    whose turn it is meets the error itself, and says what comes of it."""
    try:
        going_out = keys.going_out(content)
        return [
            (said, rendering.pdf(said))
            for said in ([content] if going_out is content else [going_out, content])
        ]
    except Exception:
        return []
