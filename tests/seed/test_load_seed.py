"""A seed brings in what is missing, once, and never touches what people have changed since."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, made, make_meeting, make_person, make_register
from tests.seed.sample import SHA256, write
from tracker.history import ChangeWay, Event
from tracker.items.models import Item, ItemPassage, Progress, Relation
from tracker.items.party_models import Addressee, Position, ResponseState
from tracker.meetings.models import Visibility
from tracker.people.changes import edit_person
from tracker.people.details import PersonDetails
from tracker.people.models import Body, Label, Party, Person, Subscription
from tracker.people.queries import party_by_slug
from tracker.proposals.models import Proposal, TriageState
from tracker.seed.load_seed import load
from tracker.seed.read_file import SeedError
from tracker.transcripts.models import Passage, Transcript


def loaded(session: Session, folder: Path, *changes: tuple[str, str]) -> dict[str, int]:
    return dict(load(session, write(folder, *changes), now=NOW))


def events(session: Session) -> int:
    return session.exec(select(sa.func.count(col(Event.id)))).one()


def item(session: Session, number: int = 1) -> Item:
    return session.exec(select(Item).where(col(Item.number) == number)).one()


def person(session: Session, slug: str) -> Person:
    return session.exec(select(Person).where(col(Person.slug) == slug)).one()


def test_a_seed_says_how_much_it_brought(any_session: Session, tmp_path: Path) -> None:
    added = loaded(any_session, tmp_path)
    any_session.commit()
    assert (added["bodies"], added["people"], added["accounts"], added["items"]) == (2, 1, 2, 2)


def test_a_second_load_changes_nothing(any_session: Session, tmp_path: Path) -> None:
    loaded(any_session, tmp_path)
    any_session.commit()
    before = events(any_session)
    added = loaded(any_session, tmp_path)
    any_session.commit()
    assert (sum(added.values()), events(any_session)) == (0, before)


def test_what_people_changed_since_is_left(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    edit_person(session, person(session, "bo-berg"), PersonDetails("Bo Bergman"), version=1, by=SYSTEM, now=NOW)
    loaded(session, tmp_path)
    assert person(session, "bo-berg").name == "Bo Bergman"


def test_a_longer_file_adds_only_what_is_new(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    added = loaded(session, tmp_path, ("number: 2", "number: 3"))
    assert added["items"] == 1
    assert session.exec(select(Item.number).order_by(col(Item.number))).all() == [1, 2, 3]


def test_every_line_of_its_history_says_import(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    assert set(session.exec(select(Event.way))) == {ChangeWay.IMPORT}
    assert set(session.exec(select(Event.actor))) == {"system"}


def test_an_item_begins_unpublished_not_started_and_put_to_nobody(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    first = item(session)
    assert (first.visibility, first.progress) == (Visibility.INTERNAL, Progress.NOT_STARTED)
    assert set(session.exec(select(Addressee.response))) == {ResponseState.NOT_YET_SENT}


@pytest.mark.parametrize(("number", "day"), [(1, date(2013, 2, 15)), (2, date(2013, 5, 1))])
def test_the_promised_day_comes_from_the_due_rule(session: Session, tmp_path: Path, number: int, day: date) -> None:
    loaded(session, tmp_path)
    assert item(session, number).promised_on == day


def test_a_due_rule_may_count_from_the_last_day_of_a_milestone(session: Session, tmp_path: Path) -> None:
    load(session, write(tmp_path, ("{milestone: spring,", "{milestone: spring, from: last-day,")), now=NOW)
    assert item(session).promised_on == date(2013, 2, 16)


def test_who_else_says_it_repeats_it(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    told = select(Passage.start, ItemPassage.relation).join(ItemPassage, col(ItemPassage.passage_id) == col(Passage.id))
    assert session.exec(told.order_by(col(Passage.start))).all() == [(0, Relation.NEW), (10, Relation.REPEATS)]


def test_a_position_points_to_its_passage(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    position = session.exec(select(Position)).one()
    readers = party_by_slug(session, "readers")
    assert (position.party_id, position.condition) == (readers and readers.id, "Someone pays.")
    assert session.get_one(Passage, position.passage_id).start == 30


def test_a_passage_waits_for_its_file(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    assert set(session.exec(select(Passage.transcript_id))) == {None}
    assert set(session.exec(select(Passage.sha256))) == {SHA256}


def imported(session: Session, text: str) -> Transcript:
    meeting = make_meeting(session, make_register(session, slug="other"))
    kept = {"sha256": sha256(text.encode()).hexdigest(), "filename": "a.txt", "media_type": "text/plain"}
    told = {"original": text.encode(), "text": text, "imported_at": NOW}
    return made(session, Transcript(meeting_id=meeting.id, number=1, **kept, **told))


def test_a_passage_of_an_imported_file_is_tied_to_it(session: Session, tmp_path: Path) -> None:
    transcript = imported(session, "x" * 50)
    loaded(session, tmp_path, (SHA256, transcript.sha256))
    assert set(session.exec(select(Passage.transcript_id))) == {transcript.id}


def test_a_passage_beyond_the_text_is_told_with_its_line(session: Session, tmp_path: Path) -> None:
    transcript = imported(session, "x" * 15)
    with pytest.raises(SeedError, match=r"items 1, passages 2: .* 19, but the text has 15"):
        loaded(session, tmp_path, (SHA256, transcript.sha256))


def test_labels_are_the_registers(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    bo = person(session, "bo-berg")
    assert set(session.exec(select(Label.text).where(col(Label.person_id) == bo.id))) == {"MR BERG", "BO BERG"}


def test_a_person_without_labels_is_known_by_their_name(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    ana = person(session, "ana-silva")
    assert session.exec(select(Label.text).where(col(Label.person_id) == ana.id)).all() == ["Ana Silva"]


def test_the_first_secretariat_account_runs_the_installation(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    assert session.exec(select(Person.slug).where(col(Person.is_operator))).all() == ["ana-silva"]


def test_nobody_becomes_operator_beside_one_who_is(session: Session, tmp_path: Path) -> None:
    make_person(session, "Dot Dean", is_operator=True)
    loaded(session, tmp_path)
    assert not person(session, "ana-silva").is_operator


def test_digests_begin_with_that_day_where_the_register_is(any_session: Session, tmp_path: Path) -> None:
    loaded(any_session, tmp_path)
    any_session.commit()
    ana = any_session.get_one(Subscription, person(any_session, "ana-silva").id)
    cy = any_session.get_one(Subscription, person(any_session, "cy-cole").id)
    assert ana.subscribed_at == datetime(2012, 11, 4, 23, tzinfo=UTC)
    assert cy.subscribed_at == NOW


def test_a_body_gets_its_steward(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path)
    readers = party_by_slug(session, "readers")
    assert readers is not None
    assert readers.steward_id == person(session, "ana-silva").id


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cy@example.org", "ana@example.org", "accounts 2: .* belongs to another person already"),
        ("ana@example.org", "ana", "accounts 1: .* not a mail address"),
        ("Europe/Zurich", "Baku", "bodies 1: .* is not a time zone"),
    ],
)
def test_what_the_rules_refuse_is_told_with_its_line(
    session: Session, tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(SeedError, match=said):
        loaded(session, tmp_path, (old, new))


def test_a_slug_that_is_something_else_here_is_told(session: Session, tmp_path: Path) -> None:
    made(session, Party(slug="bo-berg", class_name="Mountains"))
    with pytest.raises(SeedError, match=r"people 1, slug: .* something else"):
        loaded(session, tmp_path)


def test_a_party_that_is_here_already_is_shared(session: Session, tmp_path: Path) -> None:
    schools = made(session, Party(slug="schools", class_name="All schools"))
    loaded(session, tmp_path)
    assert schools.class_name == "All schools"
    assert session.exec(select(Addressee).where(col(Addressee.party_id) == schools.id)).one()


def test_unseen_signs_do_not_get_in(session: Session, tmp_path: Path) -> None:
    loaded(session, tmp_path, ("name: Library Board", 'name: "Library\\u202e Board"'), ("Open on", "Open\u200b on"))
    assert session.exec(select(Body.name).where(col(Body.is_register))).one() == "Library Board"
    assert item(session).title == "Open on Sundays"


SAMPLE = Path(__file__).parents[2] / "tracker/seed/sample/seed.yaml"


def test_every_body_of_a_sample_is_marked_as_such(session: Session) -> None:
    load(session, SAMPLE, now=NOW)
    assert set(session.exec(select(Body.is_sample))) == {True}


def test_items_added_later_cover_what_an_imported_transcript_proposes(session: Session, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    for name in ("session.txt", "spring.txt"):
        (tmp_path / name).write_bytes((SAMPLE.parent / name).read_bytes())
    short = tmp_path / "short.yaml"
    # An agenda names items, and a report counts them.
    without_agendas = re.sub(r"\n    agenda:(\n      .*)+", "", text.partition("\nitems:")[0])
    short.write_text(without_agendas, encoding="utf-8")
    load(session, short, now=NOW)
    covered = select(Proposal.id).where(col(Proposal.state) == TriageState.ATTACHED)
    before = session.exec(covered).all()
    load(session, SAMPLE, now=NOW)
    assert (len(before), bool(session.exec(covered).all())) == (0, True)
