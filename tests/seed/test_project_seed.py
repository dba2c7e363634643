"""The project's own seed: it loads, and it is the session as of its day."""

from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW
from tracker.items.models import Asked, Item, ItemPassage, Position, Progress, ResponseState, Stance
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Person
from tracker.seed.checking import check
from tracker.seed.format import SeedFile
from tracker.seed.loading import load
from tracker.seed.reading import read

PATH = Path(__file__).parents[2] / "seed_actions.yaml"


@pytest.fixture(scope="module")
def file() -> SeedFile:
    read_file, lines = read(PATH)
    check(read_file, lines)
    return read_file


def test_the_whole_file_loads(any_session: Session, file: SeedFile) -> None:
    assert load(any_session, PATH, now=NOW)["items"] == len(file.items)
    any_session.commit()
    assert set(any_session.exec(select(Item.progress))) == {Progress.NOT_STARTED}
    assert set(any_session.exec(select(Item.visibility))) == {Visibility.INTERNAL}
    assert set(any_session.exec(select(Asked.response))) == {ResponseState.NOT_YET_PUT}


def test_every_item_has_its_passage_and_every_position_too(session: Session) -> None:
    load(session, PATH, now=NOW)
    bare = select(Item.number).where(col(Item.id).not_in(select(ItemPassage.item_id)))
    assert session.exec(bare).all() == []
    assert session.exec(select(Position.id).where(col(Position.passage_id).is_(None))).all() == []


def test_no_real_person_can_be_written_to(session: Session) -> None:
    load(session, PATH, now=NOW)
    addresses = session.exec(select(Person.email).where(col(Person.email).is_not(None))).all()
    assert addresses
    assert all(address and address.endswith("@example.org") for address in addresses)


def test_the_calendar_is_that_of_the_design(session: Session) -> None:
    load(session, PATH, now=NOW)
    slugs = session.exec(select(Milestone.slug).order_by(col(Milestone.starts_on))).all()
    assert slugs == [
        "igf-2012", "wsis10-feb-2013", "feb-2013-consultations", "wsis-forum-2013", "may-2013-consultations",
        "igf-2013", "wsis10-2015",
    ]  # fmt: skip


def test_titles_have_at_most_twelve_words(file: SeedFile) -> None:
    assert [item.title for item in file.items if len(item.title.split()) > 12] == []


def test_somebody_objects_to_something(file: SeedFile) -> None:
    stances = {position.stance for item in file.items for position in item.positions}
    assert {Stance.SUPPORTS, Stance.OBJECTS_TO_THE_AIM, Stance.HAS_A_CONCERN} <= stances
