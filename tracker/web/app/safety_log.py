"""What those who watch over an installation read: one line of JSON for each event that matters to its safety.

JSON escapes control signs, so that nobody can forge a line; no token, password or address goes in.
"""

import json
import logging

from flask import request

from tracker.people.sign_in_rules import network_of

log = logging.getLogger("tracker.safety")


def note(event: str, *, person_id: int | None = None, level: int = logging.INFO, **values: object) -> None:
    """Log an event with where it came from."""
    line = {"event": event, "person": person_id, "page": request.endpoint, "network": network_of(request.remote_addr)}
    log.log(level, json.dumps({**line, **values}))


def refused(reason: str, *, person_id: int | None = None) -> None:
    """Log something that was refused."""
    note("refused", person_id=person_id, level=logging.WARNING, what=reason)
