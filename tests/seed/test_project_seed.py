"""The project's own seed: it loads, and it is the session as of its day."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW
from tracker.db import Sessions, make_engine
from tracker.items.models import Item, ItemPassage, Progress
from tracker.items.party_models import Addressee, Position, ResponseState, Stance
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Person
from tracker.seed.check_file import check
from tracker.seed.file_format import SeedFile
from tracker.seed.load_seed import load
from tracker.seed.read_file import read

PATH = Path(__file__).parents[2] / "seed_actions.yaml"


@pytest.fixture(scope="module")
def file() -> SeedFile:
    read_file, lines = read(PATH)
    check(read_file, lines)
    return read_file


@pytest.fixture(scope="module")
def loaded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A reader of a database into which the file was loaded."""
    path = shutil.copy(migrated, tmp_path_factory.mktemp("project") / "loaded.sqlite")
    sessions = Sessions(make_engine(f"sqlite:///{path}"))
    with sessions.writing() as session:
        load(session, PATH, now=NOW)
    with sessions.reader() as session:
        yield session
    sessions.engine.dispose()


def test_the_whole_file_loads(any_session: Session, file: SeedFile) -> None:
    assert load(any_session, PATH, now=NOW)["items"] == len(file.items)
    any_session.commit()
    assert set(any_session.exec(select(Item.progress))) == {Progress.NOT_STARTED}
    assert set(any_session.exec(select(Item.visibility))) == {Visibility.INTERNAL}
    assert set(any_session.exec(select(Addressee.response))) == {ResponseState.NOT_YET_SENT}


def test_every_item_has_its_passage_and_every_position_too(loaded: Session) -> None:
    bare = select(Item.number).where(col(Item.id).not_in(select(ItemPassage.item_id)))
    assert loaded.exec(bare).all() == []
    assert loaded.exec(select(Position.id).where(col(Position.passage_id).is_(None))).all() == []


def test_no_real_person_can_be_written_to(loaded: Session) -> None:
    addresses = loaded.exec(select(Person.email).where(col(Person.email).is_not(None))).all()
    assert addresses
    assert all(address and address.endswith("@example.org") for address in addresses)


def test_the_calendar_is_that_of_the_design(loaded: Session) -> None:
    slugs = loaded.exec(select(Milestone.slug).order_by(col(Milestone.starts_on))).all()
    assert slugs == [
        "igf-2012", "wsis10-feb-2013", "feb-2013-consultations", "wsis-forum-2013", "may-2013-consultations",
        "igf-2013", "wsis10-2015",
    ]  # fmt: skip


def test_titles_have_at_most_twelve_words(file: SeedFile) -> None:
    assert [item.title for item in file.items if len(item.title.split()) > 12] == []


def test_somebody_objects_to_something(file: SeedFile) -> None:
    stances = {position.stance for item in file.items for position in item.positions}
    assert {Stance.SUPPORTS, Stance.OBJECTS_TO_THE_AIM, Stance.HAS_A_CONCERN} <= stances
