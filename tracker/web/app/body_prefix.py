"""/b/SLUG/…: the same pages for a further register.

The prefix moves from the path to the script's name, so that every link the pages make keeps it by itself.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

PREFIX = re.compile(r"^/b/([a-z0-9][a-z0-9-]*)(?=/|$)")


class BodyPrefix:
    """WSGI middleware that turns /b/SLUG/items into /items of that register."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Note the register and pass the request on."""
        found = PREFIX.match(environ.get("PATH_INFO", ""))
        if found:
            environ["tracker.body"] = found[1]
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + found[0]
            environ["PATH_INFO"] = environ["PATH_INFO"][found.end() :] or "/"
        return self.app(environ, start_response)
