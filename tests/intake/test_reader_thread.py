"""The reading room goes on, whatever befalls its thread."""

import threading

import pytest

from tracker.db import Sessions
from tracker.intake import reader_thread
from tracker.intake.reader_thread import ReadingRoom


def test_a_room_reads_on_after_any_fault(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def fail_once(_sessions: Sessions) -> bool:
        read.append(threading.current_thread().name)
        if len(read) == 1:
            raise UnicodeError
        return False

    monkeypatch.setattr(reader_thread, "read_next", fail_once)
    place = ReadingRoom(sessions, patience=10)
    for count in (1, 2):
        place.nudge()
        assert place.wait_until(lambda count=count: len(read) == count)  # type: ignore[misc]
    assert set(read) == {"reading room"}


def test_a_thread_that_died_is_replaced(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()

    def read_one(_sessions: Sessions) -> bool:
        read.set()
        return False

    monkeypatch.setattr(reader_thread, "read_next", read_one)
    place = ReadingRoom(sessions, patience=10)
    dead = threading.Thread(target=lambda: None)
    dead.start()
    dead.join()
    place._thread = dead
    place.nudge()
    assert place.wait_until(read.is_set)
