"""What is to be raised at a milestone: chosen, put in order, noted in the room; two who do it at once lose nothing."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    party_of,
)
from tracker.agendas.changes import (
    PointOutcome,
    agenda_entries,
    move_point,
    note_outcome,
    put_on_agenda,
    show_agenda,
    take_off_agenda,
    write_chair_note,
)
from tracker.agendas.models import Agenda, AgendaEntry, AgendaOutcome
from tracker.agendas.queries import (
    SuggestionReason,
    agenda_points,
    agendas_of,
    entry_of,
    point_counts,
    shown_agenda,
    suggestions,
)
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject, wordings
from tracker.items.models import Item, Progress, ProposerView
from tracker.meetings.models import Milestone, Visibility
from tracker.people.queries import STRANGER, Sight


class Room:
    """February with three points, May after it, and Ana who writes."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.board = make_register(session)
        self.by = Actor(make_person(session).id, ChangeWay.BROWSER)
        self.february = make_milestone(session, self.board)
        self.may = make_milestone(session, self.board, slug="may", title="May", starts_on=date(2013, 5, 21))
        self.items = [make_item(session, self.board, title=title) for title in ("Alpha", "Beta", "Gamma")]
        self.points = [self.sent_on(self.february, item) for item in self.items]
        session.commit()

    @property
    def inside(self) -> Sight:
        return Sight(self.by.person_id, frozenset({self.board.id}), frozenset())

    def sent_on(self, milestone: Milestone, item: Item, note: str = "") -> AgendaEntry:
        return put_on_agenda(self.session, milestone, item, note=note, by=self.by, now=NOW)

    def version(self) -> int:
        return self.session.get_one(Agenda, self.february.id).version

    def place(self, entry: AgendaEntry, position: int, seen: int | None = None) -> None:
        seen = self.version() if seen is None else seen
        move_point(self.session, entry, position, seen_version=seen, by=self.by, now=NOW)
        self.session.commit()

    def note(
        self, entry: AgendaEntry, outcome: AgendaOutcome | None, note: str = "", to: Milestone | None = None
    ) -> None:
        what, seen = PointOutcome(outcome, note, to), entry.version
        note_outcome(self.session, entry, what, seen_version=seen, by=self.by, now=NOW)
        self.session.commit()

    def order(self, milestone: Milestone | None = None) -> list[str]:
        there = agenda_entries(self.session, milestone or self.february)
        assert [entry.position for entry in there] == list(range(1, len(there) + 1))
        return [self.session.get_one(Item, entry.item_id).title for entry in there]

    def last_line(self, subject: Any) -> tuple[str, dict[str, Any]]:
        line = of_subject(self.session, subject.history_key())[-1]
        return line.verb, line.after


@pytest.fixture
def room(any_session: Session) -> Room:
    return Room(any_session)


@pytest.fixture
def here(session: Session) -> Room:
    return Room(session)


@pytest.mark.parametrize(("position", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (0, "CAB"), (99, "ABC")])
def test_a_point_gets_the_place_it_is_given_and_the_others_close_up(here: Room, position: int, order: str) -> None:
    here.place(here.points[2], position)
    short = {"A": "Alpha", "B": "Beta", "C": "Gamma"}
    assert here.order() == [short[letter] for letter in order]


def test_of_two_who_order_at_once_the_second_is_shown_what_the_first_did(room: Room) -> None:
    seen = room.version()
    room.place(room.points[2], 1, seen)
    with pytest.raises(Stale):
        room.place(room.points[0], 3, seen)
    room.session.rollback()
    assert room.order() == ["Gamma", "Alpha", "Beta"]


def test_an_order_that_stays_leaves_nothing(here: Room) -> None:
    here.place(here.points[1], 2)
    assert here.last_line(here.february)[0] == "put on the agenda"


def test_what_is_taken_off_leaves_no_gap_and_tells_both_histories(room: Room) -> None:
    take_off_agenda(room.session, room.points[0], by=room.by, now=NOW)
    room.session.commit()
    assert room.order() == ["Beta", "Gamma"]
    assert room.last_line(room.items[0]) == ("taken off the agenda", {"milestone": room.february.id})
    assert room.last_line(room.february) == ("taken off the agenda", {"item": room.items[0].number})


def test_no_item_is_a_point_twice(here: Room) -> None:
    with pytest.raises(Refused, match="already"):
        here.sent_on(here.february, here.items[0])


def test_nothing_is_raised_at_what_is_not_held_or_not_ours(here: Room) -> None:
    elsewhere = make_milestone(here.session, make_register(here.session, slug="park"))
    here.may.is_cancelled = True
    for milestone in (elsewhere, here.may):
        with pytest.raises(Refused, match="of this register"):
            here.sent_on(milestone, here.items[0])
    here.session.rollback()


def test_a_note_for_the_chair_is_kept_apart_with_who_wrote_it(room: Room) -> None:
    write_chair_note(room.session, room.points[0], " Ask Ben first. ", seen_version=1, by=room.by, now=NOW)
    room.session.commit()
    assert (room.points[0].note, room.points[0].note_by, room.points[0].version) == (
        "Ask Ben first.",
        room.by.person_id,
        2,
    )
    line = of_subject(room.session, room.february.history_key())[-1]
    assert list(wordings(room.session, [line]).values()) == ["Ask Ben first."]
    with pytest.raises(Stale):
        write_chair_note(room.session, room.points[0], "Or Eve.", seen_version=1, by=room.by, now=NOW)


@pytest.mark.parametrize("outcome", [AgendaOutcome.RAISED, AgendaOutcome.NOT_REACHED])
def test_what_became_of_a_point_is_noted_with_who_and_when(here: Room, outcome: AgendaOutcome) -> None:
    here.note(here.points[0], outcome, "Ben will look.")
    point = here.points[0]
    assert (point.outcome, point.outcome_note, point.outcome_by, point.outcome_at) == (
        outcome, "Ben will look.", here.by.person_id, NOW
    )  # fmt: skip
    verb, told = here.last_line(here.items[0])
    assert (verb, told["outcome"], told["milestone"]) == ("outcome noted", outcome.value, here.february.id)


def test_what_is_put_off_is_a_point_of_the_next_with_its_note(room: Room) -> None:
    write_chair_note(room.session, room.points[0], "Ask Ben.", seen_version=1, by=room.by, now=NOW)
    room.note(room.points[0], AgendaOutcome.POSTPONED, to=room.may)
    assert room.order(room.may) == ["Alpha"]
    assert agenda_entries(room.session, room.may)[0].note == "Ask Ben."
    assert point_counts(room.session, room.february, room.inside) == (3, 1)


def test_putting_off_names_another_milestone(here: Room) -> None:
    for to in (None, here.february):
        with pytest.raises(Refused) as refusal:
            here.note(here.points[0], AgendaOutcome.POSTPONED, to=to)
        assert refusal.value.field == "to"


def test_noting_it_otherwise_takes_it_off_where_it_was_put_off_to(room: Room) -> None:
    room.note(room.points[0], AgendaOutcome.POSTPONED, to=room.may)
    room.note(room.points[0], AgendaOutcome.RAISED)
    assert room.order(room.may) == []
    room.note(room.points[0], None)
    assert room.points[0].outcome is None


def test_what_was_dealt_with_there_stays_there(here: Room) -> None:
    here.note(here.points[0], AgendaOutcome.POSTPONED, to=here.may)
    here.note(agenda_entries(here.session, here.may)[0], AgendaOutcome.RAISED)
    here.note(here.points[0], AgendaOutcome.RAISED)
    assert here.order(here.may) == ["Alpha"]


def test_a_point_of_which_something_is_noted_is_not_taken_off(here: Room) -> None:
    here.note(here.points[0], AgendaOutcome.RAISED)
    with pytest.raises(Refused, match="is recorded"):
        take_off_agenda(here.session, here.points[0], by=here.by, now=NOW)


def test_of_two_who_note_at_once_the_second_is_told(here: Room) -> None:
    here.note(here.points[0], AgendaOutcome.RAISED)
    what = PointOutcome(AgendaOutcome.NOT_REACHED)
    with pytest.raises(Stale):
        note_outcome(here.session, here.points[0], what, seen_version=1, by=here.by, now=NOW)


def test_strangers_read_a_published_agenda_as_far_as_its_items_are_published(here: Room) -> None:
    assert shown_agenda(here.session, here.february, STRANGER) is None
    here.items[1].visibility = Visibility.PUBLISHED
    show_agenda(here.session, here.february, Visibility.PUBLISHED, by=here.by, now=NOW)
    assert shown_agenda(here.session, here.february, STRANGER) is not None
    assert [point.line.item.title for point in agenda_points(here.session, here.february, STRANGER, TODAY)] == ["Beta"]
    assert len(agenda_points(here.session, here.february, here.inside, TODAY)) == 3
    assert entry_of(here.session, here.february, here.items[0].number, STRANGER) is None
    here.session.rollback()


def test_an_item_knows_where_it_is_raised(here: Room) -> None:
    here.note(here.points[0], AgendaOutcome.POSTPONED, to=here.may)
    assert [milestone.title for _, milestone in agendas_of(here.session, here.items[0])] == [
        "February consultations", "May"
    ]  # fmt: skip


def test_each_item_is_suggested_once_for_its_first_reason(room: Room) -> None:
    board, session = room.board, room.session
    make_item(session, board, title="Due", own_due_on=date(2013, 2, 28))
    addressee = make_item(session, board, title="Asked")
    make_addressee(session, addressee, party_of(session, board))
    make_item(session, board, title="Disputed", progress=Progress.DONE, proposer_view=ProposerView.DISPUTES)
    make_item(session, board, title="Unowned", own_due_on=date(2013, 3, 1))
    owned = make_item(session, board, title="Owned")
    make_ownership(session, owned, party_of(session, board))
    make_item(session, board, title="Done", progress=Progress.DONE, own_due_on=date(2013, 1, 1))
    found = suggestions(session, room.february, room.inside, TODAY)
    assert {one.why: [line.item.title for line in one.lines] for one in found} == {
        SuggestionReason.DUE: ["Due"],
        SuggestionReason.ADDRESSED: ["Asked"],
        SuggestionReason.DISPUTED: ["Disputed"],
        SuggestionReason.UNOWNED: ["Unowned"],
    }


def test_of_many_suggestions_the_first_are_shown(here: Room) -> None:
    for _ in range(14):
        make_item(here.session, here.board)
    (unowned,) = suggestions(here.session, here.february, here.inside, TODAY)
    assert (len(unowned.lines), unowned.has_more) == (12, True)
