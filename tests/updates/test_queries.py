"""Reading updates: who sees which, with what evidence."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, make_item, make_person, make_register, make_term
from tracker.history import Actor, ChangeWay
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.people.queries import STRANGER, Sight, sight_of
from tracker.updates import queries
from tracker.updates.changes import record, undo_update
from tracker.updates.evidence import File, Link
from tracker.updates.models import EvidenceKind

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def ana(any_session: Session, board: Body) -> Person:
    person = make_person(any_session)
    make_term(any_session, person, board)
    return person


@pytest.fixture
def sight(any_session: Session, ana: Person) -> Sight:
    return sight_of(any_session, ana, NOW)


@pytest.fixture
def item(any_session: Session, board: Body, ana: Person) -> Item:
    """A published item with an internal note and a published one that has a link and a file."""
    made = make_item(any_session, board, visibility=Visibility.PUBLISHED)
    record(any_session, made, ana, "Ours", by=BY, now=NOW)
    proofs = [Link("https://example.org"), File("a.txt", "text/plain", b"a")]
    later = NOW + timedelta(hours=1)
    record(any_session, made, ana, "All", evidence=proofs, visibility=Visibility.PUBLISHED, by=BY, now=later)
    return made


def notes(session: Session, item: Item, sight: Sight) -> list[str]:
    return [entry.update.note for entry in queries.updates_of(session, [item.id], sight)]


def test_strangers_read_published_notes_and_members_all(any_session: Session, item: Item, sight: Sight) -> None:
    assert notes(any_session, item, STRANGER) == ["All"]
    assert notes(any_session, item, sight) == ["All", "Ours"]


def test_a_published_note_is_public_only_once_its_item_is(any_session: Session, item: Item, sight: Sight) -> None:
    item.visibility = Visibility.INTERNAL
    any_session.flush()
    assert notes(any_session, item, STRANGER) == []
    assert notes(any_session, item, sight) == ["All", "Ours"]


def test_an_update_comes_with_author_and_evidence(any_session: Session, item: Item, sight: Sight) -> None:
    entry = queries.updates_of(any_session, [item.id], sight)[0]
    assert entry.author == "Ana Silva"
    assert [(proof.kind, proof.url or proof.filename) for proof in entry.evidence] == [
        (EvidenceKind.LINK, "https://example.org"),
        (EvidenceKind.FILE, "a.txt"),
    ]


def test_updates_since_a_moment_are_later_than_it(any_session: Session, item: Item, sight: Sight) -> None:
    found = queries.updates_of(any_session, [item.id], sight, since=NOW)
    assert [entry.update.note for entry in found] == ["All"]


def test_what_was_taken_back_does_not_stand(any_session: Session, item: Item, ana: Person, sight: Sight) -> None:
    wrong = record(any_session, item, ana, "Wrong", by=BY, now=NOW)
    undo_update(any_session, wrong, ana, by=BY, now=NOW)
    found = queries.updates_of(any_session, [item.id], sight, standing_only=True)
    assert [entry.update.note for entry in found] == ["All", "Ours"]
    assert len(notes(any_session, item, sight)) == 4


def test_a_file_is_for_those_who_may_read_its_update(any_session: Session, item: Item, sight: Sight) -> None:
    link, file = queries.updates_of(any_session, [item.id], sight)[0].evidence
    found = queries.evidence_file(any_session, file.id, STRANGER)
    assert found is not None
    assert found.content == b"a"
    assert queries.evidence_file(any_session, link.id, sight) is None
    item.visibility = Visibility.INTERNAL
    any_session.flush()
    assert queries.evidence_file(any_session, file.id, STRANGER) is None


def test_the_last_news_of_an_item_is_its_last_update(any_session: Session, item: Item, board: Body) -> None:
    quiet = make_item(any_session, board)
    sight = Sight(None, frozenset({board.id}), frozenset())
    assert queries.last_news(any_session, [item.id, quiet.id], sight) == {item.id: NOW + timedelta(hours=1)}
