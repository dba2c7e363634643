"""The sample shows every kind of thing, so that every page is worth looking at; and it is about nobody."""

import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW
from tests.texts import SAMPLE
from tracker.agendas.models import AgendaEntry
from tracker.db import Sessions, make_engine
from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import Channel, Item, Progress
from tracker.items.party_models import Addressee, Position, Stance
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Person
from tracker.reports.models import Report
from tracker.reports.snapshot import from_json
from tracker.seed.load_seed import load
from tracker.updates.models import Evidence

SEED = SAMPLE.parent / "seed.yaml"


@pytest.fixture(scope="module")
def sessions(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """A database that holds the sample."""
    path = shutil.copy(migrated, tmp_path_factory.mktemp("rich") / "sample.sqlite")
    made = Sessions(make_engine(f"sqlite:///{path}"))
    with made.writing() as session:
        load(session, SEED, now=NOW)
    yield made
    made.engine.dispose()


@pytest.fixture
def sample(sessions: Sessions) -> Iterator[Session]:
    with sessions.reader() as session:
        yield session


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (Item.progress, Progress),
        (Item.visibility, Visibility),
        (Meeting.visibility, Visibility),
        (Addressee.response, {"not-yet-sent", "sent", "under-consideration", "taken-up-in-part", "not-taken-up"}),
        (Position.stance, Stance),
        (Position.channel, {Channel.IN_THE_ROOM, Channel.THROUGH_INTERPRETATION}),
    ],
)
def test_it_has_one_of_each(sample: Session, column: Any, values: type[StrEnum] | set[str]) -> None:
    assert set(values) - set(sample.exec(select(column))) == set()


def test_somebody_reports_where_another_stands(sample: Session) -> None:
    assert sample.exec(select(Position.id).where(col(Position.reported_by).is_not(None))).first()


def test_there_is_evidence_and_a_date_that_moved_for_a_reason(sample: Session) -> None:
    assert len(sample.exec(select(Evidence.url)).all()) >= 3
    subjects = sample.exec(select(Event.subject).where(col(Event.verb).in_([Verb.MOVED, Verb.DUE_DATE_SET]))).all()
    assert {subject.partition(":")[0] for subject in subjects} >= {"item", "milestone"}


def test_its_next_meeting_has_an_agenda(sample: Session) -> None:
    points = select(Item.number).join(AgendaEntry).order_by(col(AgendaEntry.position))
    assert sample.exec(points).all() == [10, 1, 5]


def test_its_report_is_of_an_earlier_day_and_another_state(sample: Session) -> None:
    report = sample.exec(select(Report)).one()
    then = {entry.number: entry.progress for entry in from_json(report.picture).entries}
    now = dict(sample.exec(select(Item.number, Item.progress)).all())
    assert len(then) < len(now)
    assert (then[7], now[7]) == (Progress.IN_PROGRESS, Progress.DONE)


def test_a_second_load_changes_nothing(sessions: Sessions) -> None:
    with sessions.writing() as session:
        assert not +load(session, SEED, now=NOW)


def test_none_of_its_people_can_be_written_to(sample: Session) -> None:
    addresses = sample.exec(select(Person.email).where(col(Person.email).is_not(None))).all()
    assert all(address and address.endswith("@example.org") for address in addresses)
