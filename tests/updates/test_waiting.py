"""What a waiting item waits for: a party, funding, a decision or an event; told by a person, or not stated."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_item, make_person, make_register, party_of
from tests.reports.papers import wording, written
from tests.reports.pictures import entry, picture
from tracker.bulk.rules import waits_otherwise
from tracker.history import Actor, ChangeWay
from tracker.items.list_conditions import conditions
from tracker.items.list_filter import ItemFilter, NotStated
from tracker.items.models import Item, Progress, WaitingKind
from tracker.reports import take_snapshot
from tracker.reports.past_state import last_event
from tracker.reports.snapshot import Scope
from tracker.reports.waiting import waiting
from tracker.updates.changes import record, undo_update
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep

BY = Actor(None, ChangeWay.BROWSER)


class Here:
    """A register with an item, and somebody who writes updates."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.board, self.ana = make_register(session), make_person(session)
        self.item = make_item(session, self.board)
        session.flush()

    def waits(self, kind: WaitingKind | None, party: int | None = None) -> Update:
        step = ProgressStep(Progress.WAITING, "until then", party, waiting_kind=kind)
        return record(self.session, self.item, self.ana, "So it is", progress=step, by=BY, now=NOW)

    def numbers(self, wanted: WaitingKind | NotStated) -> list[int]:
        addressee = conditions(ItemFilter(waiting=wanted), date(2012, 11, 12))
        return list(self.session.exec(select(Item.number).where(*addressee)))

    def drafted(self, through: int) -> WaitingKind | None:
        wanted = take_snapshot.SnapshotRequest("may", NOW.date(), through, Scope.INTERNAL)
        return take_snapshot.take(self.session, self.board, wanted).entries[0].waiting_kind


@pytest.fixture
def here(any_session: Session) -> Here:
    return Here(any_session)


@pytest.mark.parametrize("kind", WaitingKind)
def test_an_item_keeps_what_it_waits_for_until_it_moves_on(here: Here, kind: WaitingKind) -> None:
    here.waits(kind)
    here.session.flush()
    here.session.refresh(here.item)
    assert here.item.waiting_kind is kind
    record(here.session, here.item, here.ana, "", progress=Progress.IN_PROGRESS, by=BY, now=NOW)
    assert here.item.waiting_kind is None


def test_who_names_a_party_waits_for_a_party(here: Here) -> None:
    here.waits(None, party_of(here.session, here.board).id)
    assert here.item.waiting_kind is WaitingKind.PARTY


def test_what_nobody_states_stays_unstated(here: Here) -> None:
    here.waits(None)
    assert here.item.waiting_kind is None
    assert here.numbers(NotStated.KIND) == [here.item.number]


def test_the_list_is_filtered_by_what_is_waited_for(here: Here) -> None:
    here.waits(WaitingKind.FUNDING)
    assert here.numbers(WaitingKind.FUNDING) == [here.item.number]
    assert here.numbers(WaitingKind.DECISION) == here.numbers(NotStated.KIND) == []


def test_an_update_that_is_taken_back_takes_its_kind_with_it(here: Here) -> None:
    here.waits(WaitingKind.FUNDING)
    later = here.waits(WaitingKind.EVENT)
    undo_update(here.session, later, here.ana, by=BY, now=NOW)
    assert here.item.waiting_kind is WaitingKind.FUNDING


def test_a_draft_of_an_earlier_day_tells_the_kind_of_that_day(here: Here) -> None:
    lines = [last_event(here.session)]
    for kind in (WaitingKind.FUNDING, WaitingKind.EVENT, None):
        here.waits(kind)
        here.session.flush()
        lines.append(last_event(here.session))
    record(here.session, here.item, here.ana, "Built", progress=Progress.DONE, by=BY, now=NOW)
    here.session.flush()
    assert [here.drafted(line) for line in lines] == [None, WaitingKind.FUNDING, WaitingKind.EVENT, None]


def test_many_waiting_items_can_be_given_a_kind(here: Here) -> None:
    here.waits(None)
    step = ProgressStep(Progress.WAITING, "until then", waiting_kind=WaitingKind.FUNDING)
    assert waits_otherwise(here.item, step)
    here.waits(WaitingKind.FUNDING)
    assert not waits_otherwise(here.item, step)


def test_a_report_lists_what_waits_by_kind() -> None:
    kinds = (None, WaitingKind.EVENT, WaitingKind.FUNDING, WaitingKind.FUNDING)
    waits = [entry(n, progress=Progress.WAITING, waiting_kind=kind) for n, kind in enumerate(kinds, 1)]
    [section] = waiting(wording(*waits, entry(9)))
    told = [(table.caption, [row[0].text for row in table.rows]) for table in section.tables]
    assert told == [("For funding", ["3", "4"]), ("For an event", ["2"]), ("Kind not stated", ["1"])]


def test_a_report_in_which_nothing_waits_has_no_such_list() -> None:
    assert waiting(wording(entry(1))) == ()


def test_the_list_stands_in_the_report() -> None:
    waits = entry(1, progress=Progress.WAITING, waiting_kind=WaitingKind.FUNDING, progress_reason="the grant")
    paper = written(picture(waits))
    assert paper.section("waiting").tables[0].rows[0][2].text == "the grant"


def test_a_report_names_no_person_who_is_waited_for() -> None:
    values = {"progress": Progress.WAITING, "waiting_kind": WaitingKind.PARTY, "waiting_for": "person:7"}
    [section] = waiting(wording(entry(1, **values), names={"person:7": "Ana Silva"}))
    assert section.tables[0].rows[0][2].text == "a volunteer"
