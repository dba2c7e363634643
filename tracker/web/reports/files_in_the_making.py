"""A report as a file: at once where it is ready or quickly made, else by a page that leads to it."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.jobs.file_requests import FileRoom
from tracker.meetings.models import Milestone
from tracker.reports.child_files import HEAVY, make_file
from tracker.reports.formats import Printed
from tracker.web.app import context
from tracker.web.reports.files import FILES

#: in an address: show how far it is, and lead to the file
WAITING = "waiting"


def report_file(
    milestone: Milestone, state: tuple[object, ...], name: str, ending: str, write: Callable[[], Printed]
) -> Response | str:
    """Send the file, or show that it is being made. `state` is all that its content depends on.

    The caller has made sure that the reader may see all of it. A light file is written at once, in this process.
    """
    # A page of HTML takes no longer to write than to ask for.
    if ending not in HEAVY:
        return _attached(FILES[ending].write(write()), name, ending)
    room: FileRoom = current_app.extensions["file_room"]
    is_waiting = bool(request.args.get(WAITING))
    patience = 0 if is_waiting else None  # the page that waits looks again by itself and must not hold a thread
    content = room.fetch((*state, ending), _reader(), lambda: _making(write(), ending), patience=patience)
    if is_waiting:
        return render_template(
            "reports/being_made.html",
            name=name,
            is_ready=content is not None,
            file=_address(""),
            milestone=milestone,
            back=_report_address(milestone),
        )
    if content is None:
        return redirect(_address("1"))
    return _attached(content, name, ending)


def _making(printed: Printed, ending: str) -> Callable[[], bytes]:
    return lambda: make_file(printed, ending)


def _reader() -> tuple[str, object]:
    """Return for whom a file is made: one person, or whoever comes from one address without an account."""
    person = context.person_or_none()
    if person:
        return ("person", person.id)
    return ("visitor", request.remote_addr)


def _report_address(milestone: Milestone) -> str:
    """Return the page that the file was asked for on: the draft, or the version that was issued."""
    number = (request.view_args or {}).get("number")
    if number is None:
        return url_for("reports.draft", slug=milestone.slug)
    return url_for("reports.version", slug=milestone.slug, number=number)


def _address(waiting: str) -> str:
    """Return the file's own address, or that of the page that waits for it."""
    values = {name: value for name, value in request.args.items() if name != WAITING}
    if waiting:
        values[WAITING] = waiting
    address = url_for(request.endpoint or "", **(request.view_args or {}))
    if values:
        address += f"?{urlencode(values)}"
    return address


def _attached(content: bytes, name: str, ending: str) -> Response:
    answer = current_app.response_class(content, content_type=FILES[ending].media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def register(app: Flask) -> None:
    """Open the room of this process."""
    app.extensions["file_room"] = FileRoom()
