"""Where a web process has its files made: one at a time for each reader, kept until others need the room.

A key says all that a file depends on, the state of the history with it, so that nothing old is ever handed out. It is
held in memory: another process, or this one after a restart, makes the file again.
"""

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

from tracker.errors import Refused

log = logging.getLogger("tracker.jobs")

#: seconds that a request waits for its file before it shows a page that leads to it
PATIENCE = 1.5
#: bytes of files that are kept
MOST_KEPT = 48_000_000
#: children that work at once, whoever they work for, and files that may wait for one reader
AT_ONCE = 2
MOST_WAITING = 8
FULL = "Many files are being made for you already. Wait until they are ready."

Work = Callable[[], bytes]


class FileRoom:
    """Makes files in threads that wait for a child process, and keeps them."""

    def __init__(self, patience: float = PATIENCE, most_kept: int = MOST_KEPT) -> None:
        self.patience = patience
        self.most_kept = most_kept
        self._changed = threading.Condition()
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._failed: OrderedDict[Hashable, Exception] = OrderedDict()
        self._queues: dict[Hashable, deque[Hashable]] = {}
        self._under_way: set[Hashable] = set()
        self._busy = 0

    def fetch(
        self, key: Hashable, reader: Hashable, prepare: Callable[[], Work], *, patience: float | None = None
    ) -> bytes | None:
        """Return the file; None while it is being made, after waiting a moment. Raises what its making raised.

        `prepare` is called in the request and returns what a thread can do without it. A `patience` of 0 only looks.
        """
        if patience is None:
            patience = self.patience
        if (content := self._ready(key)) is not None:
            return content
        if not self._is_under_way(key, reader):
            self._begin(key, reader, prepare())
        with self._changed:
            # The files of one reader are made in turn, so that nobody's ten keep others waiting.
            self._changed.wait_for(lambda: key not in self._under_way, timeout=patience)
        return self._ready(key)

    def _ready(self, key: Hashable) -> bytes | None:
        with self._changed:
            if failure := self._failed.pop(key, None):
                raise failure
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _is_under_way(self, key: Hashable, reader: Hashable) -> bool:
        with self._changed:
            if key not in self._under_way and len(self._queues.get(reader, ())) >= MOST_WAITING:
                raise Refused(FULL)
            return key in self._under_way

    def _begin(self, key: Hashable, reader: Hashable, work: Work) -> None:
        with self._changed:
            if key in self._under_way:
                # Somebody else was quicker.
                return
            self._under_way.add(key)
            self._queues.setdefault(reader, deque()).append(key)
        threading.Thread(target=self._work, args=(key, reader, work), name="file room", daemon=True).start()

    def _work(self, key: Hashable, reader: Hashable, work: Work) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._queues[reader][0] == key and self._busy < AT_ONCE)
            self._busy += 1
        outcome: bytes | Exception
        try:
            outcome = work()
        except Exception as error:
            # Whoever asked is told; the thread has nobody else to tell.
            if not isinstance(error, Refused):
                log.exception("a file could not be made")
            outcome = error
        with self._changed:
            self._busy -= 1
            self._leave_queue(reader)
            self._under_way.remove(key)
            self._keep(key, outcome)
            self._changed.notify_all()

    def _leave_queue(self, reader: Hashable) -> None:
        self._queues[reader].popleft()
        if not self._queues[reader]:
            del self._queues[reader]

    def _keep(self, key: Hashable, outcome: bytes | Exception) -> None:
        """Keep the file, the newest one in any case; a failure until it is told, or sixteen others are."""
        if isinstance(outcome, Exception):
            self._failed[key] = outcome
            # Whoever closes the page never asks again, and nothing else would forget the failure.
            while len(self._failed) > 2 * MOST_WAITING:
                self._failed.popitem(last=False)
            return
        self._kept[key] = outcome
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self.most_kept:
            self._kept.popitem(last=False)
