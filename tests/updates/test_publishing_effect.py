"""What publishing would let anyone read, counted before it is done."""

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    made,
    make_item,
    make_meeting,
    make_passage,
    make_person,
    make_register,
    make_transcript,
    party_id_of,
)
from tracker.items import positions
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import Stance
from tracker.items.positions import NewPosition
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.updates.changes import record, undo_update
from tracker.updates.publishing_effect import effect_of_publishing, quotes_shown_by


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def cite(session: Session, item: Item, visibility: Visibility) -> int:
    """Let the item cite a passage of a meeting, and Cem support it there; return the meeting's number."""
    board = session.get_one(Body, item.body_id)
    meeting = make_meeting(session, board, slug=f"{visibility}-{item.number}", visibility=visibility)
    passage = make_passage(session, make_transcript(session, meeting, f"MS ONE: Lend {meeting.slug}."), "Lend")
    made(session, ItemPassage(item_id=item.id, passage_id=passage.id))
    cem = make_person(session, f"Cem {visibility}", email=None)
    stand = NewPosition(party_id_of(session, cem), Stance.SUPPORTS, reported_by=None, passage_id=passage.id)
    positions.add_position(session, item, stand, by=SYSTEM, now=NOW)
    return meeting.id


def test_positions_quotes_and_names_are_counted_each_once(any_session: Session, board: Body) -> None:
    ana = make_person(any_session, "Ana Archer")
    item = make_item(any_session, board, put_forward_by=party_id_of(any_session, ana), reported_by=ana.id)
    for visibility in Visibility:
        cite(any_session, item, visibility)
    effect = effect_of_publishing(any_session, [item.id])
    assert (effect.items, effect.positions, effect.quotes, effect.hidden_quotes) == (1, 2, 1, 1)
    assert effect.names == ("Ana Archer", "Cem internal", "Cem published")


def test_a_body_is_no_person_who_is_named(any_session: Session, board: Body) -> None:
    item = make_item(any_session, board, put_forward_by=party_id_of(any_session, board))
    assert effect_of_publishing(any_session, [item.id]).names == ()


def test_only_notes_for_anyone_become_readable_and_none_that_was_undone(any_session: Session, board: Body) -> None:
    ana = make_person(any_session, "Ana Archer")
    item = make_item(any_session, board)
    for visibility in (Visibility.PUBLISHED, Visibility.INTERNAL, Visibility.PUBLISHED):
        update = record(any_session, item, ana, "A note", visibility=visibility, by=SYSTEM, now=NOW)
    undo_update(any_session, update, ana, by=SYSTEM, now=NOW)
    effect = effect_of_publishing(any_session, [item.id])
    assert (effect.notes, effect.internal_notes) == (1, 1)


def test_a_meeting_shows_the_quotes_of_published_items_alone(any_session: Session, board: Body) -> None:
    counts = []
    for visibility in Visibility:
        item = make_item(any_session, board, visibility=visibility)
        counts.append(quotes_shown_by(any_session, cite(any_session, item, Visibility.INTERNAL)))
    assert counts == [0, 1]
