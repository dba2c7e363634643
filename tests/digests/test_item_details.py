"""What a digest adds to its items: quotes of requests, last notes, and the question whether it is done."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.digests.stage import MONDAY, Stage, make_stage, steward_of
from tests.digests.test_content import heard
from tests.factories import (
    made,
    make_item,
    make_meeting,
    make_register,
    make_transcript,
)
from tracker.digests.parts import DigestItem, LastNote, RequestQuote, SectionKind
from tracker.items import changes as items
from tracker.items import closing_views, ownership
from tracker.items.models import Item, ItemPassage, Progress, ProposerView, Relation, SpeakerPart
from tracker.items.party_models import Position, Stance
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.transcripts.models import Passage
from tracker.updates import changes as updates

SAID = "We should keep an archive, and somebody should read it."


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def only_line(stage: Stage, person: Person | None = None) -> DigestItem:
    [line] = [line for section in heard(stage, person).sections for line in section.lines]
    return line


def request(stage: Stage, item: Item) -> None:
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), by=stage.by(stage.sara), now=MONDAY)


def cite(stage: Stage, item: Item, words: str = SAID, relation: Relation = Relation.NEW, **values: Any) -> None:
    meeting = make_meeting(stage.session, stage.board, slug=f"meeting-{relation}", **values)
    transcript = make_transcript(stage.session, meeting, f"MR NG: {words}")
    passage = Passage(sha256=transcript.sha256, start=7, end=7 + len(words), transcript_id=transcript.id)
    stage.session.add(passage)
    stage.session.flush()
    made(stage.session, ItemPassage(item_id=item.id, passage_id=passage.id, relation=relation))


def test_a_request_carries_the_words_in_which_the_item_was_put_forward(stage: Stage) -> None:
    item = stage.item()
    cite(stage, item, "As was said, an archive.", Relation.REPEATS)
    cite(stage, item)
    request(stage, item)
    asked = only_line(stage).request
    assert asked
    assert asked.quote == RequestQuote(SAID, "MR NG", "Taking stock", date(2012, 11, 9))


def test_words_of_a_meeting_that_the_reader_may_not_see_are_not_quoted(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item = make_item(stage.session, park, visibility=Visibility.PUBLISHED)
    cite(replace(stage, board=park), item)
    request(stage, item)
    asked = only_line(stage).request
    assert asked
    assert asked.quote is None


def note(stage: Stage, item: Item, text: str, days: int = 20) -> updates.Update:
    at = MONDAY - timedelta(days=days)
    return updates.record(stage.session, item, stage.ben, text, by=stage.by(stage.ben), now=at)


def test_what_is_owed_has_its_last_note(stage: Stage) -> None:
    item = stage.overdue()
    note(stage, item, "The first one.", 30)
    note(stage, item, "We **wrote** to\nthe hall.")
    slip = note(stage, item, "A slip.", 15)
    updates.undo_update(stage.session, slip, stage.ben, by=stage.by(stage.ben), now=MONDAY - timedelta(days=15))
    assert only_line(stage).last_note == LastNote(date(2012, 10, 23), "Ben Ng", "We wrote to the hall.")


def test_a_note_of_this_week_stands_among_the_changes_alone(stage: Stage) -> None:
    note(stage, stage.overdue(), "News.", 1)
    line = only_line(stage)
    assert [change.note for change in line.changes] == ["News."]
    assert line.last_note is None


def test_the_day_of_a_note_is_that_of_the_reader(stage: Stage) -> None:
    stage.ana.timezone = "Pacific/Auckland"
    item = stage.overdue()
    at = MONDAY.replace(day=1, hour=20)  # the second, in Auckland
    updates.record(stage.session, item, stage.ben, "Late at night.", by=stage.by(stage.ben), now=at)
    found = only_line(stage).last_note
    assert found
    assert found.day == date(2012, 11, 2)


def test_a_note_is_cut(stage: Stage) -> None:
    note(stage, stage.overdue(), "word " * 100)
    found = only_line(stage).last_note
    assert found
    assert len(found.text) <= 160
    assert found.text.endswith("word …")


def close(stage: Stage, item: Item, progress: Progress = Progress.DONE) -> None:
    by = stage.by(stage.ben)
    updates.record(stage.session, item, stage.ben, "It is there.", progress=progress, by=by, now=MONDAY)


def supports(stage: Stage, item: Item, **values: Any) -> None:
    made(stage.session, Position(item_id=item.id, party_id=stage.party(stage.ana), stance=Stance.SUPPORTS, **values))
    items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)


@pytest.mark.parametrize(
    ("tie", "is_asked"),
    [
        ("proposer", True),
        ("supporter", True),
        ("follower", False),
        # what somebody reports of the reader asks nothing of them
        ("reported supporter", False),
    ],
)
def test_who_put_it_forward_or_supports_it_is_asked_whether_it_is_done(stage: Stage, tie: str, is_asked: bool) -> None:
    item = stage.item()
    match tie:
        case "proposer":
            item.put_forward_by = stage.party(stage.ana)
        case "supporter":
            supports(stage, item)
        case "reported supporter":
            supports(stage, item, reported_by=stage.ben.id)
        case _:
            items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    close(stage, item)
    assert only_line(stage).asks_view is is_asked


def test_who_has_said_it_already_is_not_asked_again(stage: Stage) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana))
    close(stage, item)
    by = stage.by(stage.ana)
    closing_views.record_closing_view(stage.session, item, ProposerView.SATISFIED, by=by, now=MONDAY)
    assert not only_line(stage).asks_view


def test_what_moves_on_without_being_closed_asks_nothing(stage: Stage) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana))
    close(stage, item, Progress.IN_PROGRESS)
    assert not only_line(stage).asks_view


@pytest.mark.parametrize("how", ["reported by", "part of the speaker"])
def test_who_is_only_said_to_have_proposed_it_hears_nothing(stage: Stage, how: str) -> None:
    values: dict[str, Any] = {"reported_by": stage.ben.id}
    if how == "part of the speaker":
        values = {"speaker_part": SpeakerPart.REPORTER}
    item = stage.item(put_forward_by=stage.party(stage.ana), **values)
    close(stage, item)
    assert heard(stage).is_empty
    items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    assert heard(stage).section(SectionKind.CHANGED)
    assert not only_line(stage).asks_view


def test_a_steward_is_asked_for_the_body_that_put_it_forward(stage: Stage) -> None:
    item = stage.item(put_forward_by=steward_of(stage.session, "hosts", stage.ana).id)
    close(stage, item)
    assert only_line(stage).asks_view
