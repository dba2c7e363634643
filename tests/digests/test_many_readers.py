"""Facts are read for many readers at once: each hears what they would hear alone, with few statements."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.digests.stage import MONDAY, SINCE, Stage, make_stage
from tests.factories import make_person, make_term
from tracker.digests.content import assemble
from tracker.digests.event_windows import Window
from tracker.digests.parts import DigestSection, SectionKind
from tracker.digests.queries import facts_for, facts_for_all
from tracker.digests.reader import DigestReader, reader_of
from tracker.items.models import Follow
from tracker.items.party_models import OwnerState, ResponseState
from tracker.people.models import Person
from tracker.updates import changes

WINDOW = Window(SINCE, MONDAY)


@pytest.fixture
def stage(any_session: Session) -> Stage:
    stage = make_stage(any_session)
    late = stage.overdue("Late")
    stage.owned(stage.item("Asked"), stage.ben, OwnerState.REQUESTED, requested_by=stage.sara.id, note="Will you?")
    stage.addressee(stage.coming(), stage.ben, ResponseState.SENT)
    any_session.add(Follow(person_id=stage.sara.id, item_id=late.id))
    for person in (stage.ana, stage.ben):
        at = MONDAY.replace(hour=1)
        changes.record(any_session, late, person, f"{person.name} wrote this", by=stage.by(person), now=at)
    merged = make_person(any_session, "Ana S.", email=None, merged_into_id=stage.ana.id)
    stage.owned(stage.item("Of her other record"), merged)
    return stage


def readers(stage: Stage, *people: Person) -> list[DigestReader]:
    return [reader_of(stage.session, person, MONDAY) for person in people]


def test_each_of_many_hears_what_they_would_hear_alone(stage: Stage) -> None:
    ana, ben, sara = readers(stage, stage.ana, stage.ben, stage.sara)
    together = facts_for_all(stage.session, [ana, ben], WINDOW)
    assert together == {reader.id: facts_for(stage.session, reader, WINDOW) for reader in (ana, ben)}
    assert (len(together[ana.id].owed), len(together[ben.id].requests), len(together[ben.id].put)) == (3, 1, 1)
    assert (ana.group == ben.group, ana.group == sara.group) == (True, False)


def test_nobody_is_told_what_they_did_themselves(stage: Stage) -> None:
    by_reader = facts_for_all(stage.session, readers(stage, stage.ana, stage.ben), WINDOW)
    notes = {
        number: [change.note for of_item in facts.changes.values() for change in of_item if change.note]
        for number, facts in by_reader.items()
    }
    assert notes == {stage.ana.id: ["Ben Ng wrote this"], stage.ben.id: ["Ana Silva wrote this"]}


def test_many_readers_cost_as_many_statements_as_one(stage: Stage) -> None:
    more = []
    for number in range(5):
        person = make_person(stage.session, f"Member {number}", email=f"m{number}@example.org")
        make_term(stage.session, person, stage.board)
        stage.owned(stage.item(f"Of member {number}"), person)
        more.append(person)
    assert _statements(stage, readers(stage, stage.ana, *more)) == _statements(stage, readers(stage, stage.ana))


def _statements(stage: Stage, readers_of_digests: list[DigestReader]) -> int:
    texts: list[str] = []
    engine = stage.session.get_bind()

    def count(*values: object) -> None:
        texts.append(str(values[2]))

    sa.event.listen(engine, "before_cursor_execute", count)
    facts_for_all(stage.session, readers_of_digests, WINDOW)
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(texts)


@pytest.mark.parametrize("most", [1, 4, 30])
def test_a_secretariat_reads_the_first_of_what_changed_and_how_many_there_are(stage: Stage, most: int) -> None:
    for number in range(9):
        item = stage.item(f"Changed {number}", own_due_on=[None, date(2013, 3, 9 - number)][number % 2])
        stage.noted(item, "A step", MONDAY.replace(hour=1))
    mine = stage.item("Changed by Sara alone")
    changes.record(stage.session, mine, stage.sara, "My own", by=stage.by(stage.sara), now=MONDAY.replace(hour=1))
    [sara] = readers(stage, stage.sara)

    def changed(limit: int | None) -> DigestSection:
        facts = facts_for_all(stage.session, [sara], WINDOW, most=limit)[sara.id]
        [section] = assemble(facts, "Sara", sara.today, most=most).of_kind(SectionKind.CHANGED)
        return section

    # One that she follows changed too, and is always read.
    assert (changed(most), changed(most).total) == (changed(None), 10)
