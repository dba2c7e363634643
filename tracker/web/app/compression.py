"""Answers go over slow lines: text is sent gzipped to whoever takes it.

Compression does not help to guess a form's token (BREACH): a token is signed anew at every page, and cookies do not
come along when another site asks.

Flask-Compress 1.25 was tried in its place. It gzips a part of a file (206) and so breaks the download, sends gzip to
clients that refuse it (`gzip;q=0`), leaves error pages and forms shown again (409, 422) plain, and does not close the
static files that it reads.
"""

import gzip

from flask import Flask, request
from werkzeug.wrappers import Response

KINDS = {
    "text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/calendar", "application/json",
    "image/svg+xml",
}  # fmt: skip
#: smaller ones fit into one packet anyway
SMALLEST = 1000
LEVEL = 6


def squeeze(answer: Response) -> Response:
    """Gzip a complete text; leave alone what is small, empty, a part of a file, or compressed already."""
    if answer.mimetype not in KINDS or answer.status_code not in range(200, 600):
        return answer
    answer.vary.add("Accept-Encoding")
    if answer.status_code in (204, 206, 304) or "Content-Encoding" in answer.headers or request.method == "HEAD":
        return answer
    is_small = answer.content_length is None or answer.content_length < SMALLEST
    if is_small or request.accept_encodings["gzip"] <= 0:
        return answer
    answer.direct_passthrough = False
    # Without the time of day in its head, the same page is the same bytes.
    answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
    answer.headers["Content-Encoding"] = "gzip"
    tag, _ = answer.get_etag()
    if tag:
        answer.set_etag(tag, weak=True)
    return answer


def register(app: Flask) -> None:
    """Compress every answer that is worth it."""
    app.after_request(squeeze)
