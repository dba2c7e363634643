"""Updates in the browser: a note, a progress, a link or a file; kept as it came and handed out as bytes."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import select

from tests.factories import NOW
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker import upload_limits
from tracker.history import Actor, ChangeWay
from tracker.items.models import Progress
from tracker.meetings.models import Visibility
from tracker.updates.changes import record
from tracker.updates.models import Evidence, Update

HOSTILE = b"<html><script>alert(1)</script></html>"


def sent(**values: Any) -> dict[str, Any]:
    return {"note": "Wrote to the hall", "progress": "", "visibility": "internal", "version": "1", **values}


def told(shelf: Shelf, number: int, author: str = "member", **values: Any) -> int:
    """An update that somebody has written; its number."""
    moment = values.pop("now", NOW)
    with shelf.item(number) as (session, item):
        person = shelf.person(session, author)
        update = record(session, item, person, "A note", by=Actor(person.id, ChangeWay.BROWSER), now=moment, **values)
        return update.id


def progress_of(shelf: Shelf, number: int) -> Progress:
    with shelf.item(number) as (_session, item):
        return item.progress


def test_a_member_writes_what_happened(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    assert "Write an update" in member.get(f"/items/{number}/update").text
    page = member.follow(
        member.post(f"/items/{number}/update", sent(progress="in-progress", link="https://example.org/a"))
    )
    assert "Wrote to the hall" in page.text
    assert 'href="https://example.org/a"' in page.text
    assert progress_of(shelf, number) is Progress.IN_PROGRESS


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"note": " "}, "Say what happened"),
        ({"progress": "waiting"}, "Say for whom or what it waits."),
        ({"progress": "agreed"}, "valid choice"),
        ({"progress": "done-in-part", "done": "5", "total": "2"}, "to below the second"),
        ({"progress": "done-in-part", "done": "x"}, "valid integer"),
        ({"link": "javascript:alert(1)"}, "begins with https://"),
        ({"note": "x" * 10_001}, "longer than 10000"),
        ({"visibility": "nobody"}, "valid choice"),
    ],
)
def test_an_update_that_is_refused_keeps_what_was_typed(
    shelf: Shelf, member: Browser, values: dict[str, str], message: str
) -> None:
    number = shelf.put()
    answer = member.post(f"/items/{number}/update", sent(reason="", **values))
    assert answer.status_code == 422
    assert message in plain(answer.text)
    assert values.get("note", "Wrote to the hall")[:200] in answer.text
    with shelf.writing() as session:
        assert session.exec(select(Update)).all() == []


def test_two_who_move_the_progress_see_each_other(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    told(shelf, number, "chair", progress=Progress.IN_PROGRESS)
    answer = member.post(f"/items/{number}/update", sent(progress="done", note="<b>Mine</b>"))
    assert answer.status_code == 409
    assert "A note" in answer.text
    assert "&lt;b&gt;Mine&lt;/b&gt;" in answer.text
    assert progress_of(shelf, number) is Progress.IN_PROGRESS
    member.follow(member.post(f"/items/{number}/update", sent(progress="done", version="2")))
    assert progress_of(shelf, number) is Progress.DONE


def test_a_file_is_handed_out_as_bytes_to_keep(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    file = (BytesIO(HOSTILE), "../минуты<x>.html", "text/html")
    page = member.follow(member.post(f"/items/{number}/update", sent(file=file)))
    with shelf.writing() as session:
        kept = session.exec(select(Evidence)).one()
        path = f"/evidence/{kept.id}"
    assert path in page.text
    answer = member.get(path)
    assert answer.data == HOSTILE
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_an_internal_note_is_for_members(shelf: Shelf, member: Browser, visitor: Browser) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    member.post(f"/items/{number}/update", sent(file=(BytesIO(b"x"), "x.txt")))
    assert visitor.get("/evidence/1").status_code == 404
    assert member.get("/evidence/1").status_code == 200


def test_a_file_that_is_too_large_is_refused_and_the_note_kept(
    shelf: Shelf, member: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_limits, "EVIDENCE", 9)
    answer = member.post(f"/items/{shelf.put()}/update", sent(file=(BytesIO(b"0123456789"), "large.bin")))
    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.text
    assert "Wrote to the hall" in answer.text


def test_ones_own_update_is_taken_back(shelf: Shelf, member: Browser, chair: Browser) -> None:
    number = shelf.put()
    path = f"/items/{number}/updates/{told(shelf, number, progress=Progress.DONE)}/undo"
    assert path in member.get(f"/items/{number}").text
    assert path not in chair.get(f"/items/{number}").text
    assert chair.post(path).status_code == 422
    page = member.follow(member.post(path))
    assert "Undone by its author." in page.text
    assert progress_of(shelf, number) is Progress.NOT_STARTED
    assert member.post(path).status_code == 422


def test_an_update_that_was_taken_back_is_not_published(shelf: Shelf, member: Browser, secretariat: Browser) -> None:
    number = shelf.put()
    path = f"/items/{number}/updates/{told(shelf, number)}"
    assert "Publish this note" in secretariat.get(f"/items/{number}").text
    member.post(f"{path}/undo")
    assert "Publish this note" not in secretariat.get(f"/items/{number}").text
    assert secretariat.post(f"{path}/show", {"visibility": "published"}).status_code == 422


def test_a_published_note_that_was_taken_back_may_be_made_internal(
    shelf: Shelf, member: Browser, secretariat: Browser
) -> None:
    number = shelf.put()
    path = f"/items/{number}/updates/{told(shelf, number, visibility=Visibility.PUBLISHED)}"
    member.post(f"{path}/undo")
    assert "Make this note internal" in secretariat.get(f"/items/{number}").text
    assert secretariat.post(f"{path}/show", {"visibility": "internal"}).status_code == 302


def test_an_old_update_stands(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    told(shelf, number, now=NOW - timedelta(days=2))
    assert "/undo" not in member.get(f"/items/{number}").text


def test_an_update_of_another_item_is_not_found(shelf: Shelf, member: Browser) -> None:
    number, other = shelf.put(), shelf.put()
    assert member.post(f"/items/{other}/updates/{told(shelf, number)}/undo").status_code == 404


def test_a_note_is_published_by_the_secretariat(shelf: Shelf, secretariat: Browser, visitor: Browser) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    update = f"/items/{number}/updates/{told(shelf, number)}"
    path = f"{update}/show"
    assert f'href="{update}/publish"' in secretariat.get(f"/items/{number}").text
    assert "A note" in secretariat.get(f"{update}/publish").text
    assert "A note" not in visitor.get(f"/items/{number}").text
    done = secretariat.follow(secretariat.post(f"{path}?visibility=published"))
    assert f'action="{path}?visibility=internal"' in done.text
    assert "A note" in visitor.get(f"/items/{number}").text
    assert secretariat.post(path, {"visibility": "x"}).status_code == 400


def test_an_internal_note_is_no_reason_that_anyone_reads(shelf: Shelf, member: Browser, visitor: Browser) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    path, given_up = f"/items/{number}/update", {"note": "They quarrelled", "progress": "no-longer-pursued"}
    refused = member.post(path, sent(reason=" ", **given_up))
    assert refused.status_code == 422
    assert "Say why it is no longer pursued." in refused.text
    member.follow(member.post(path, sent(reason="Nobody asks any more", **given_up)))
    page = visitor.get(f"/items/{number}").text
    assert "Nobody asks any more" in page
    assert "They quarrelled" not in page


def test_the_form_says_who_reads_a_reason(shelf: Shelf, member: Browser) -> None:
    page = plain(member.get(f"/items/{shelf.put()}/update").text)
    assert "Everybody who may read the item can read this." in page


def test_what_an_item_waits_for_is_chosen_told_and_found(shelf: Shelf, member: Browser) -> None:
    number = shelf.put(title="Build the ramp")
    values = sent(progress="waiting", waiting_kind="funding", reason="the grant of spring")
    page = member.follow(member.post(f"/items/{number}/update", values))
    assert "for funding" in plain(page.text)
    assert "Kind of waiting: funding" in plain(member.get(f"/items/{number}/history").text)
    assert "Build the ramp" in member.get("/items?waiting=funding").text
    assert "Build the ramp" not in member.get("/items?waiting=decision").text


def test_a_kind_that_nobody_stated_is_told_as_such(shelf: Shelf, member: Browser) -> None:
    number = shelf.put(title="Build the ramp")
    page = member.follow(member.post(f"/items/{number}/update", sent(progress="waiting", reason="the grant")))
    assert "Kind not stated" in page.text
    assert "Build the ramp" in member.get("/items?waiting=kind-not-stated").text
