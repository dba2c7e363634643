"""The reading room of a web process: a thread that reads what was just uploaded, so that nobody waits for a timetable.

A thread is started when there is something to read and ends when there is not. What it leaves when the process ends is
taken up by whoever comes next, when its lease is over.
"""

import logging
import threading
from collections.abc import Callable

from tracker.db import Sessions
from tracker.intake.read_uploads import read_next

log = logging.getLogger("tracker.jobs")

#: seconds that an upload waits for its file to be read before it shows how far that is
PATIENCE = 1.5


class ReadingRoom:
    """Reads one file after the other, in a thread of its own."""

    def __init__(self, sessions: Sessions, patience: float = PATIENCE) -> None:
        self.sessions = sessions
        self.patience = patience
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_more = False

    def nudge(self) -> None:
        """Say that there is something to read."""
        with self._changed:
            self._is_more = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="reading room", daemon=True)
                self._thread.start()

    def wait_until(self, is_done: Callable[[], bool]) -> bool:
        """Wait for this to come true, but not for longer than one's patience; tell whether it has."""
        with self._changed:
            return self._changed.wait_for(is_done, timeout=self.patience)

    def _work(self) -> None:
        while self._goes_on():
            while self._read():
                pass

    def _goes_on(self) -> bool:
        with self._changed:
            is_more = self._is_more
            self._is_more = False
            if not is_more:
                self._thread = None
            return is_more

    def _read(self) -> bool:
        try:
            return read_next(self.sessions)
        except Exception:  # the thread outlives whatever befalls it
            log.exception("the reading room cannot go on")
            return False  # the timetable comes back to it
        finally:
            with self._changed:
                self._changed.notify_all()
