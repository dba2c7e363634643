"""Where to go next: only ever to a page of this installation."""

import re
from urllib.parse import urlsplit

#: browsers drop some of these and read the rest in ways of their own
STRANGE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
LONGEST = 2000


def own_path(wanted: str | None, otherwise: str = "/") -> str:
    """Return the path if it can only mean a page of ours, else the other one."""
    if not wanted or len(wanted) > LONGEST or STRANGE.search(wanted):
        return otherwise
    if not wanted.startswith("/") or wanted.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc:
        return otherwise
    return wanted
