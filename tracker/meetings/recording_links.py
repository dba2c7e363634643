"""The address of a meeting's recording, and of one second of it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.errors import Refused
from tracker.text import clean_or_none

#: characters of an address
LONGEST = 2_000
YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})
NOT_AN_ADDRESS = "Enter the recording's full address, beginning with https://."


def checked_address(text: str | None) -> str | None:
    """Return the address, or None for an empty one; raises Refused for anything but a plain https address."""
    address = clean_or_none(text)
    if address is None:
        return None
    if len(address) > LONGEST or not _is_plain_https(address):
        raise Refused(NOT_AN_ADDRESS, "recording_url")
    return address


def _is_plain_https(address: str) -> bool:
    if any(sign.isspace() or sign in "\"'<>\\`" for sign in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        # A port that is not a number, or brackets that do not close.
        return False


def at_second(address: str, seconds: int) -> str:
    """Return the address of that second: as YouTube writes it, else as W3C Media Fragments URI 1.0 does."""
    parts = urlsplit(address)
    if parts.hostname in YOUTUBE:
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{seconds}s")])))
    return urlunsplit(parts._replace(fragment=f"t={seconds}"))


def clock_of(seconds: int) -> str:
    """Return "1:02:03", or "2:03" within the first hour."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}"
