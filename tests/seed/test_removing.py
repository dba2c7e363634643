"""The sample goes whole, and takes nothing else with it."""

from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from tests.factories import NOW, SYSTEM, make_item, make_milestone, make_register
from tracker.errors import Refused
from tracker.history import Event
from tracker.items.models import Item
from tracker.people.models import Body, Person
from tracker.people.queries import register_by_slug
from tracker.reports.models import Report
from tracker.seed.loading import load
from tracker.seed.removing import remove_sample
from tracker.transcripts.models import Transcript

SAMPLE = Path(__file__).parents[2] / "tracker" / "sample" / "seed.yaml"


def rows_left(session: Session) -> dict[str, int]:
    """How many rows stand in each table that the sample may fill, the lasting history aside."""
    lasting = {"event", "wording", "stakeholder_group"}
    tables = [table for name, table in SQLModel.metadata.tables.items() if name not in lasting]
    counts = {table.name: session.connection().scalar(select(func.count()).select_from(table)) for table in tables}
    return {name: count for name, count in counts.items() if count}


@pytest.fixture
def sample(any_session: Session) -> Body:
    load(any_session, SAMPLE, now=NOW)
    any_session.commit()
    register = register_by_slug(any_session, "tarrow-basin")
    assert register is not None
    return register


def test_nothing_of_the_sample_is_left_but_who_runs_the_installation(any_session: Session, sample: Body) -> None:
    remove_sample(any_session, sample, by=SYSTEM, now=NOW)
    any_session.commit()
    operator = any_session.exec(select(Person)).one()
    assert operator.is_operator
    assert set(rows_left(any_session)) <= {"person", "party", "subscription"}


def test_the_history_keeps_that_it_was_there(any_session: Session, sample: Body) -> None:
    before = any_session.exec(select(func.count(col(Event.id)))).one()
    remove_sample(any_session, sample, by=SYSTEM, now=NOW)
    any_session.commit()
    assert any_session.exec(select(func.count(col(Event.id)))).one() == before + 1


def test_another_register_keeps_what_is_its_own(session: Session) -> None:
    make_item(session, make_register(session))
    load(session, SAMPLE, now=NOW)
    sample = register_by_slug(session, "tarrow-basin")
    assert sample is not None
    remove_sample(session, sample, by=SYSTEM, now=NOW)
    session.commit()
    assert session.exec(select(Item.title)).all() == ["Keep an archive"]
    assert session.exec(select(Transcript)).all() == []


def test_a_register_that_is_no_sample_stays(session: Session) -> None:
    with pytest.raises(Refused, match="Only the sample"):
        remove_sample(session, make_register(session), by=SYSTEM, now=NOW)


def test_a_sample_with_an_issued_report_stays(session: Session) -> None:
    body = make_register(session, is_sample=True)
    milestone = make_milestone(session, body)
    frozen = {"number": 1, "as_of": NOW.date(), "issued_at": NOW, "picture": {}}
    session.add(Report(body_id=body.id or 0, milestone_id=milestone.id or 0, **frozen))
    session.flush()
    with pytest.raises(Refused, match="never changes"):
        remove_sample(session, body, by=SYSTEM, now=NOW)
