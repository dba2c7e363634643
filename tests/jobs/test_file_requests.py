"""Files are made once, one at a time for each reader, and kept until others need the room."""

import threading
from collections.abc import Callable

import pytest

from tracker.errors import Refused
from tracker.jobs.file_requests import AT_ONCE, MOST_WAITING, FileRoom, Work


def constant(content: bytes) -> Callable[[], Work]:
    return lambda: lambda: content


def never() -> Work:
    raise AssertionError("it was made twice")


@pytest.fixture
def room() -> FileRoom:
    return FileRoom(patience=60)


def test_a_file_is_made_once(room: FileRoom) -> None:
    assert room.fetch("a", "mira", constant(b"1")) == b"1"
    assert room.fetch("a", "sara", never) == b"1"


def test_another_state_is_another_file(room: FileRoom) -> None:
    assert room.fetch(("a", 1), "mira", constant(b"1")) == b"1"
    assert room.fetch(("a", 2), "mira", constant(b"2")) == b"2"


def test_a_file_on_its_way_is_none_and_then_there() -> None:
    room, may_end = FileRoom(patience=0), threading.Event()

    def slow() -> bytes:
        may_end.wait(60)
        return b"1"

    assert room.fetch("a", "mira", lambda: slow) is None
    assert room.fetch("a", "mira", never) is None
    room.patience = 60
    may_end.set()
    assert room.fetch("a", "mira", never) == b"1"


def test_a_reader_has_one_file_made_at_a_time_and_others_go_on() -> None:
    room, may_end = FileRoom(patience=0), threading.Event()

    def slow() -> bytes:
        may_end.wait(60)
        return b"1"

    room.fetch("a", "mira", lambda: slow)
    room.fetch("b", "mira", constant(b"2"))
    room.patience = 60
    assert room.fetch("c", "sara", constant(b"3")) == b"3"
    assert AT_ONCE == 2
    room.patience = 0
    assert room.fetch("b", "mira", never) is None
    may_end.set()
    room.patience = 60
    assert room.fetch("b", "mira", never) == b"2"


def test_a_refusal_is_told_once_and_then_tried_again(room: FileRoom) -> None:
    def refuse() -> bytes:
        raise Refused("too much")

    with pytest.raises(Refused):
        room.fetch("a", "mira", lambda: refuse)
    assert room.fetch("a", "mira", constant(b"1")) == b"1"


def test_nobody_fills_the_queue() -> None:
    room, may_end = FileRoom(patience=0), threading.Event()

    def slow() -> bytes:
        may_end.wait(60)
        return b"1"

    for number in range(MOST_WAITING):
        room.fetch(number, "mira", lambda: slow)
    with pytest.raises(Refused, match="being made for you already"):
        room.fetch("more", "mira", constant(b"1"))
    may_end.set()


def test_the_longest_unused_goes_when_there_is_no_room() -> None:
    room = FileRoom(patience=60, most_kept=5)
    for key in "abc":
        assert room.fetch(key, "mira", constant(b"22")) == b"22"
    assert room.fetch("a", "mira", constant(b"new")) == b"new"
    assert room.fetch("c", "mira", never) == b"22"
