"""A file that takes a while: a page leads to it, it is made once, and nobody gets what another may see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, SYSTEM, TODAY, make_item, make_milestone
from tests.web.browsing import Browser
from tests.web.world import World
from tracker import clock
from tracker.db import thawed
from tracker.items.changes import publish
from tracker.items.models import Item
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.reports.changes import issue
from tracker.reports.formats import Printed
from tracker.reports.models import Report
from tracker.web.reports import files_in_the_making

FILE = "/reports/feb-2013-consultations/draft.docx"


@pytest.fixture
def made(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> list[Printed]:
    """What was made into a file of a board with one item; the child process is left out."""
    with app.extensions["sessions"].writing() as session:
        clock.start_at(session, NOW)
        board = session.get_one(Body, world.register)
        make_item(session, board, title="Paint it blue", milestone_id=make_milestone(session, board).id)
    files: list[Printed] = []

    def making(printed: Printed, _ending: str) -> Callable[[], bytes]:
        files.append(printed)
        return lambda: printed.wording.picture.scope.encode()

    monkeypatch.setattr(files_in_the_making, "_making", making)
    return files


def test_a_file_quickly_made_is_sent_at_once(made: list[Printed], member: Browser) -> None:
    assert member.get(FILE).headers["Content-Disposition"].startswith("attachment")


def test_a_slow_one_is_led_to_by_a_page_that_works_without_script(
    app: Flask, made: list[Printed], member: Browser
) -> None:
    app.extensions["file_room"].patience = 0
    app.extensions["file_room"]._busy = 99  # nothing goes on
    page = member.follow(member.get(f"{FILE}?as_of=2012-11-12"))
    assert "See whether it is ready" in page.text
    assert "data-live" in page.text
    assert '<a href="/reports/feb-2013-consultations">' in page.text
    app.extensions["file_room"]._busy, app.extensions["file_room"].patience = 0, 60
    with app.extensions["file_room"]._changed:
        app.extensions["file_room"]._changed.notify_all()
    assert member.get(f"{FILE}?as_of=2012-11-12").status_code == 200
    ready = member.get(f"{FILE}?as_of=2012-11-12&waiting=1").text
    assert f'content="0; url={FILE}?as_of=2012-11-12"' in ready


def test_the_page_that_waits_looks_once_and_answers(
    app: Flask, made: list[Printed], member: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = app.extensions["file_room"]
    waits: list[float] = []

    def wait_for(is_done: Callable[[], bool], timeout: float | None = None) -> bool:
        if timeout is not None:  # a request; the thread that makes the file waits without end
            waits.append(timeout)
        return bool(real(is_done, 0 if timeout is not None else None))

    real = room._changed.wait_for
    monkeypatch.setattr(room._changed, "wait_for", wait_for)
    room._busy = 99  # nothing goes on
    assert "is being made" in member.get(f"{FILE}?waiting=1").text
    assert waits == [0]
    monkeypatch.undo()
    room._busy = 0
    with room._changed:
        room._changed.notify_all()


def test_a_file_is_made_again_only_when_history_has_moved_on(
    app: Flask, made: list[Printed], world: World, member: Browser
) -> None:
    member.get(FILE)
    member.get(FILE)
    assert len(made) == 1
    with app.extensions["sessions"].writing() as session:
        make_item(session, session.get_one(Body, world.register), title="Count the books")
    member.get(FILE)
    assert len(made) == 2


def test_a_report_with_the_number_of_one_that_is_gone_has_a_file_of_its_own(
    app: Flask, made: list[Printed], visitor: Browser
) -> None:
    with app.extensions["sessions"].writing() as session:
        milestone = session.exec(select(Milestone)).one()
        publish(session, session.exec(select(Item)).one(), by=SYSTEM, now=NOW)
        report = issue(session, milestone, as_of=TODAY, by=SYSTEM, now=NOW)
        values = {**report.model_dump(), "issued_at": NOW + timedelta(hours=1)}
    path = FILE.replace("draft", "v1")
    assert [visitor.get(path).status_code, visitor.get(path).status_code, len(made)] == [200, 200, 1]
    # An example with its reports was deleted, and another report has been issued.
    with app.extensions["sessions"].writing() as session, thawed(session, "report"):
        session.connection().execute(sa.delete(Report))
        session.connection().execute(sa.insert(Report).values(**values))
    visitor.get(path)
    assert len(made) == 2


def test_a_file_is_the_same_whatever_name_this_machine_was_asked_by(made: list[Printed], member: Browser) -> None:
    for host in ("localhost", "localhost:9", "localhost:10"):
        assert member.get(FILE, headers={"Host": host}).status_code == 200
    assert len(made) == 1
    assert made[0].wording.root == "http://localhost:8000"


def test_what_is_internal_is_kept_apart_from_what_is_published(made: list[Printed], member: Browser) -> None:
    kinds = {member.get(path).data for path in (FILE, f"{FILE}?items=published")}
    assert len(made) == 2
    assert kinds


def test_a_kept_file_is_for_those_who_may_see_it(
    made: list[Printed], member: Browser, visitor: Browser, stranger_member: Browser
) -> None:
    member.get(FILE)
    assert visitor.get(FILE).status_code != 200
    assert stranger_member.get(FILE).status_code == 404


def test_an_address_cannot_lead_away(app: Flask, made: list[Printed], member: Browser) -> None:
    app.extensions["file_room"].patience = 0
    app.extensions["file_room"]._busy = 99
    location = member.get(f"{FILE}?_scheme=javascript&_external=1").location
    assert location.startswith(FILE)
    app.extensions["file_room"]._busy = 0
    with app.extensions["file_room"]._changed:
        app.extensions["file_room"]._changed.notify_all()
