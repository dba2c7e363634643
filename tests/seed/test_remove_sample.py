"""The sample goes whole, and takes nothing else with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from tests.conftest import administer, database_of
from tests.factories import (
    NOW,
    SYSTEM,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    make_term,
    make_transcript,
)
from tests.mail.offices import letter
from tests.seed.sample import write
from tracker.db import Sessions, make_engine
from tracker.digests.models import DigestHold, Notice, NoticeKind
from tracker.digests.runs.holds import hold_digests
from tracker.errors import Refused
from tracker.history import Event, leave
from tracker.history_verbs import Verb
from tracker.inbound.models import IncomingMessage, ReplyFate
from tracker.items.models import Item
from tracker.items.status import OPEN
from tracker.mail import outbox
from tracker.mail.models import MailKind
from tracker.meetings.models import Meeting
from tracker.people.changes import add_class
from tracker.people.merged_records import merge
from tracker.people.models import Body, Party, Person, Term
from tracker.people.queries import party_by_slug, register_by_slug
from tracker.people.row_references import references
from tracker.people.terms import set_stewards
from tracker.reports.models import Report
from tracker.seed.load_seed import load
from tracker.seed.remove_sample import OWNED, remove_sample, was_removed
from tracker.transcripts.models import Transcript
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor

SAMPLE = Path(__file__).parents[2] / "tracker" / "seed" / "sample" / "seed.yaml"


def rows_left(session: Session) -> dict[str, int]:
    """How many rows stand in each table that the sample may fill, the lasting history aside."""
    lasting = {"event", "wording", "stakeholder_group"}
    tables = [table for name, table in SQLModel.metadata.tables.items() if name not in lasting]
    counts = {table.name: session.connection().scalar(select(func.count()).select_from(table)) for table in tables}
    return {name: count for name, count in counts.items() if count}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def with_sample(request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of either kind that holds the sample, to be copied."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated, tmp_path_factory.mktemp('sample') / 'sample.sqlite')}"
    else:
        server = request.getfixturevalue("postgresql_server")
        administer(server, "DROP DATABASE IF EXISTS sampled WITH (FORCE)")
        administer(server, "CREATE DATABASE sampled TEMPLATE migrated")
        url = database_of(server, "sampled")
    sessions = Sessions(make_engine(url))
    with sessions.writing() as session:
        load(session, SAMPLE, now=NOW)
    sessions.engine.dispose()
    return url


@pytest.fixture
def sampled(with_sample: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A writer's session on a database that holds the sample: the test runs twice."""
    origin = sa.make_url(with_sample).database or ""
    if with_sample.startswith("sqlite"):
        yield from written(f"sqlite:///{shutil.copy(origin, tmp_path / 'copy.sqlite')}")
        return
    server = request.getfixturevalue("postgresql_server")
    administer(server, f"CREATE DATABASE copied TEMPLATE {origin}")
    yield from written(database_of(server, "copied"))
    administer(server, "DROP DATABASE copied WITH (FORCE)")


def written(url: str) -> Iterator[Session]:
    sessions = Sessions(make_engine(url))
    with sessions.writer() as session:
        yield session
    sessions.engine.dispose()


@pytest.fixture
def sample(sampled: Session) -> Body:
    return the_sample(sampled)


def test_nothing_of_the_sample_is_left_but_who_runs_the_installation(sampled: Session, sample: Body) -> None:
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    operator = sampled.exec(select(Person)).one()
    assert operator.is_operator
    assert set(rows_left(sampled)) <= {"person", "party", "subscription"}


def test_the_history_keeps_that_it_was_there(sampled: Session, sample: Body) -> None:
    before = sampled.exec(select(func.count(col(Event.id)))).one()
    items = sampled.exec(select(Item.id)).all()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert sampled.exec(select(func.count(col(Event.id)))).one() > before
    told = sampled.exec(select(Event.subject).where(col(Event.verb) == "removed"))
    assert {f"item:{number}" for number in items} <= set(told)
    assert was_removed(sampled)


def every_row(session: Session) -> dict[str, list[str]]:
    """Every row but those of the history, by table."""
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in ("event", "wording")]
    return {table.name: sorted(map(repr, session.connection().execute(table.select()))) for table in tables}


def test_beside_another_register_all_is_as_if_it_had_never_been(any_session: Session, tmp_path: Path) -> None:
    load(any_session, write(tmp_path), now=NOW)
    any_session.commit()
    before = every_row(any_session)
    load(any_session, SAMPLE, now=NOW)
    any_session.commit()
    remove_sample(any_session, the_sample(any_session), by=SYSTEM, now=NOW)
    any_session.commit()
    assert every_row(any_session) == before


def the_sample(session: Session) -> Body:
    register = register_by_slug(session, "tarrow-basin")
    assert register is not None
    return register


def test_what_another_register_names_stays(sampled: Session, sample: Body) -> None:
    slugs = ("mirela-stan", "tarrow-power", "upstream-sawmills")
    proposer, addressee, owner = (party_by_slug(sampled, slug) for slug in slugs)
    assert proposer
    assert addressee
    assert owner
    item = make_item(sampled, make_register(sampled), put_forward_by=proposer.id)
    make_addressee(sampled, item, addressee)
    make_ownership(sampled, item, owner)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    kept = set(sampled.exec(select(Party.slug)))
    assert {slug for slug in kept if slug != "tomas-reyk"} == {"library-board", *slugs}  # Tomas runs the installation


def test_who_answers_for_a_class_elsewhere_stays(sampled: Session, sample: Body) -> None:
    schools = add_class(sampled, "Schools", by=SYSTEM, now=NOW)
    mirela = sampled.exec(select(Person).where(col(Person.slug) == "mirela-stan")).one()
    set_stewards(sampled, schools, mirela, None, by=SYSTEM, now=NOW)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert schools.steward_id == mirela.id


def test_a_record_of_another_register_that_was_merged_into_a_sample_person_stays(
    sampled: Session, sample: Body
) -> None:
    board = make_register(sampled)
    mirela = sampled.exec(select(Person).where(col(Person.slug) == "mirela-stan")).one()
    real = make_person(sampled, "Mirela Stan", email=None)
    make_term(sampled, real, board)
    merge(sampled, real, mirela, by=SYSTEM, now=NOW)
    sampled.commit()
    numbers = {real.id, mirela.id}
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert set(sampled.exec(select(Person.id).where(col(Person.id).in_(numbers)))) == numbers
    assert sampled.exec(select(Term.person_id).where(col(Term.body_id) == board.id)).all() == [real.id]


def test_a_sample_record_that_was_merged_into_a_person_of_another_register_goes_alone(
    sampled: Session, sample: Body
) -> None:
    board = make_register(sampled)
    mirela = sampled.exec(select(Person).where(col(Person.slug) == "mirela-stan")).one()
    mirela_id = mirela.id
    real = make_person(sampled, "Mirela Stan", email="mirela@example.com")
    make_term(sampled, real, board)
    merge(sampled, mirela, real, by=SYSTEM, now=NOW)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert sampled.get(Person, mirela_id) is None
    assert sampled.get(Person, real.id) is not None


def test_two_merged_records_of_the_sample_both_go(sampled: Session, sample: Body) -> None:
    first, second = sampled.exec(select(Person).where(~col(Person.is_operator)).order_by(col(Person.email)).limit(2))
    merge(sampled, second, first, by=SYSTEM, now=NOW)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert sampled.exec(select(Person)).one().is_operator


def test_of_two_samples_the_other_stays(session: Session) -> None:
    load(session, SAMPLE, now=NOW)
    make_register(session, slug="second", is_sample=True)
    session.commit()
    remove_sample(session, the_sample(session), by=SYSTEM, now=NOW)
    session.commit()
    assert session.exec(select(Body.slug).where(col(Body.is_register))).all() == ["second"]


def test_digests_that_wait_for_its_secretariat_are_let_go(sampled: Session, sample: Body) -> None:
    hold_digests(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert sampled.exec(select(DigestHold)).all() == []


def test_notices_and_replies_of_its_people_go_too(sampled: Session, sample: Body) -> None:
    item = sampled.exec(select(Item).where(col(Item.progress).in_(OPEN))).first()
    reader = sampled.exec(select(Person).where(col(Person.email).is_not(None), ~col(Person.is_operator))).first()
    assert item is not None
    assert reader is not None
    row = outbox.put(sampled, letter(), person_id=reader.id, kind=MailKind.NOTICE, now=NOW)
    event = sampled.exec(select(Event.id)).first()
    values = {"outgoing_id": row.id, "person_id": reader.id, "item_id": item.id, "event_id": event}
    sampled.add(Notice(kind=NoticeKind.REQUEST, **values))
    sampled.add(IncomingMessage(name="1", person_id=reader.id, fate=ReplyFate.RECORDED, received_at=NOW))
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert set(rows_left(sampled)) <= {"person", "party", "subscription"}


def test_whatever_names_an_item_goes_with_it() -> None:
    """A table that is forgotten keeps the sample from going as soon as somebody has used it."""
    assert {table for table, _column in references("item")} - {table for table, _, _ in OWNED} == set()


def test_it_can_be_loaded_again(session: Session) -> None:
    load(session, SAMPLE, now=NOW)
    session.commit()
    remove_sample(session, the_sample(session), by=SYSTEM, now=NOW)
    session.commit()
    assert load(session, SAMPLE, now=NOW)["items"] == 13


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


def test_its_reports_go_and_those_of_others_stay_frozen(sampled: Session, sample: Body) -> None:
    board = make_register(sampled)
    milestone = make_milestone(sampled, board)
    frozen = {"number": 1, "as_of": NOW.date(), "issued_at": NOW, "picture": {}}
    report = Report(body_id=board.id, milestone_id=milestone.id, **frozen)
    sampled.add(report)
    leave(sampled, report, Verb.ISSUED, by=SYSTEM, now=NOW, body_id=board.id)
    sampled.commit()
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert sampled.exec(select(Report.body_id)).all() == [board.id]
    with pytest.raises(sa.exc.DatabaseError, match="append-only"):
        sampled.connection().execute(sa.text("DELETE FROM report"))


def test_a_sample_whose_transcript_was_corrected_goes_whole(sampled: Session, sample: Body) -> None:
    first = sampled.exec(select(Transcript).where(col(Transcript.filename) == "session.txt")).one()
    meeting = sampled.get_one(Meeting, first.meeting_id)
    second = make_transcript(sampled, meeting, first.text.replace("gauges", "gages"))
    reanchor(sampled, second, aligned(sampled, second), by=SYSTEM, now=NOW)
    sampled.commit()
    assert "anchor" in rows_left(sampled)
    remove_sample(sampled, sample, by=SYSTEM, now=NOW)
    sampled.commit()
    assert not {"anchor", "correction", "passage", "transcript"} & set(rows_left(sampled))
