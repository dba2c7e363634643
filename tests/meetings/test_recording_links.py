"""A recording's address is a plain https one, and each second of it has its own."""

import pytest

from tracker.errors import Refused
from tracker.meetings.recording_links import at_second, checked_address, clock_of


@pytest.mark.parametrize(
    "address", ["https://media.example.org/talk.mp4", "https://youtu.be/abc?si=1", " https://e.org/ "]
)
def test_a_plain_address_is_taken(address: str) -> None:
    assert checked_address(address) == address.strip()


def test_no_address_is_none() -> None:
    assert (checked_address(""), checked_address(None)) == (None, None)


@pytest.mark.parametrize(
    "address",
    [
        "http://media.example.org/talk.mp4",
        "javascript:alert(1)",
        "https://",
        "https://me:secret@example.org/",
        "https://example.org/a b",
        'https://example.org/"onclick=',
        "https://example.org:port/",
        "https://[::1/",
        "//example.org/talk",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="https"):
        checked_address(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=75s"),
        ("https://youtu.be/abc?t=3", "https://youtu.be/abc?t=75s"),
        ("https://media.example.org/talk.mp4", "https://media.example.org/talk.mp4#t=75"),
        ("https://media.example.org/talk.mp4#t=1", "https://media.example.org/talk.mp4#t=75"),
    ],
)
def test_a_second_has_its_address(address: str, expected: str) -> None:
    assert at_second(address, 75) == expected


@pytest.mark.parametrize(("seconds", "said"), [(5, "0:05"), (75, "1:15"), (3_723, "1:02:03")])
def test_a_second_is_said_as_players_do(seconds: int, said: str) -> None:
    assert clock_of(seconds) == said
