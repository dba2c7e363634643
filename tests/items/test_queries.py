"""Lists of items: who sees what, what is asked for, in what order, in how many statements."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    TODAY,
    made,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    make_term,
    party_id_of,
    party_of,
)
from tests.statements import statements
from tracker.items import queries
from tracker.items.due import due_on, is_overdue
from tracker.items.list_conditions import due_day
from tracker.items.list_filter import ItemFilter, Order
from tracker.items.models import DueFrom, Follow, Item, ItemKind, Progress
from tracker.items.party_models import Helper, OwnerState, ResponseState
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Party, Person
from tracker.people.queries import STRANGER, Sight, sight_of

LATER = TODAY + timedelta(days=200)


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


def titles(session: Session, board: Body, sight: Sight, today: date = TODAY, **wanted: Any) -> list[str]:
    return [line.item.title for line in queries.everything(session, board.id, sight, ItemFilter(**wanted), today=today)]


def test_a_stranger_sees_what_is_published(any_session: Session, board: Body, sight: Sight) -> None:
    make_item(any_session, board, title="Open", visibility=Visibility.PUBLISHED)
    make_item(any_session, board, title="Ours")
    assert titles(any_session, board, STRANGER) == ["Open"]
    assert titles(any_session, board, sight) == ["Open", "Ours"]


def test_another_register_has_its_own_list(any_session: Session, board: Body, sight: Sight) -> None:
    other = make_register(any_session, slug="council", name="Council")
    make_item(any_session, other, title="Theirs", visibility=Visibility.PUBLISHED)
    assert titles(any_session, board, sight) == []
    assert titles(any_session, other, sight) == ["Theirs"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": ItemKind.CALL}, ["Call"]),
        ({"theme": "access"}, ["Access"]),
        ({"progress": frozenset({Progress.DONE, Progress.WAITING})}, ["Done"]),
        ({"milestone": "feb-2013-consultations"}, ["By February"]),
        ({"text": "FEBRUARY by"}, ["By February"]),
        ({"text": "50%"}, ["Access"]),
        ({"text": "#77"}, ["Call"]),
        ({"text": "nothing such"}, []),
        ({"is_overdue": True}, ["Late"]),
        ({"owner": "library-board"}, ["Done"]),
        ({"addressee": "library-board"}, ["Late"]),
        ({"addressee": "library-board", "response": ResponseState.TAKEN_UP}, []),
        ({"response": ResponseState.SENT}, ["Late"]),
        ({"put_forward_by": "library-board"}, ["Call"]),
        ({"owner": "nobody-such"}, []),
    ],
)
def test_a_filter_finds_what_it_names(
    any_session: Session, board: Body, sight: Sight, wanted: dict[str, Any], found: list[str]
) -> None:
    party = party_of(any_session, board)
    make_item(any_session, board, title="Call", kind=ItemKind.CALL, number=77, put_forward_by=party.id)
    make_item(any_session, board, title="Access", theme="access", text="reach 50% of homes")
    make_ownership(any_session, make_item(any_session, board, title="Done", progress=Progress.DONE), party)
    make_item(any_session, board, title="By February", milestone_id=make_milestone(any_session, board).id)
    late = make_item(any_session, board, title="Late", own_due_on=TODAY - timedelta(days=1))
    make_addressee(any_session, late, party, response=ResponseState.SENT)
    bo = party_of(any_session, make_person(any_session, "Bo Berg"))
    make_addressee(any_session, late, bo, response=ResponseState.TAKEN_UP)
    assert titles(any_session, board, sight, **wanted) == found


def test_mine_is_what_i_own_answer_for_or_help_with(
    any_session: Session, board: Body, ana: Person, sight: Sight
) -> None:
    of_ana, of_board = party_of(any_session, ana), party_of(any_session, board)
    make_ownership(any_session, make_item(any_session, board, title="Own"), of_ana)
    make_ownership(any_session, make_item(any_session, board, title="Answer for"), of_board, answers_for_id=ana.id)
    made(any_session, Helper(item_id=make_item(any_session, board, title="Help").id, person_id=ana.id))
    make_ownership(any_session, make_item(any_session, board, title="Asked"), of_ana, state=OwnerState.REQUESTED)
    make_ownership(any_session, make_item(any_session, board, title="Of the board"), of_board)
    assert titles(any_session, board, sight, mine_of=ana.id) == ["Own", "Answer for", "Help"]


def test_the_steward_of_a_class_answers_for_it(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    readers = made(any_session, Party(slug="readers", class_name="Readers", steward_id=ana.id))
    make_ownership(any_session, make_item(any_session, board, title="Of the readers"), readers)
    assert titles(any_session, board, sight, mine_of=ana.id) == ["Of the readers"]


def test_followed_and_unowned(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    owned = make_item(any_session, board, title="Owned")
    make_ownership(any_session, owned, party_of(any_session, ana))
    make_ownership(
        any_session,
        make_item(any_session, board, title="Asked"),
        party_of(any_session, ana),
        state=OwnerState.REQUESTED,
    )
    any_session.add(Follow(person_id=ana.id, item_id=owned.id))
    assert titles(any_session, board, sight, is_unowned=True) == ["Asked"]
    assert titles(any_session, board, sight, followed_by=ana.id) == ["Owned"]


def test_declined_and_addressed_to_nobody(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    party = party_of(any_session, ana)
    for title, states in (
        ("Declined", (OwnerState.DECLINED,)),
        ("Asked again", (OwnerState.DECLINED, OwnerState.REQUESTED)),
        ("Taken then", (OwnerState.DECLINED, OwnerState.ACCEPTED)),
        ("Asked", (OwnerState.REQUESTED,)),
    ):
        item = make_item(any_session, board, title=title)
        for state in states:
            make_ownership(any_session, item, party, state=state)
    make_addressee(any_session, make_item(any_session, board, title="Addressed"), party)
    assert titles(any_session, board, sight, is_declined=True) == ["Declined"]
    assert titles(any_session, board, sight, is_unaddressed=True) == ["Declined", "Asked again", "Taken then", "Asked"]


def rules(session: Session, board: Body) -> None:
    firm = make_milestone(session, board)
    tentative = make_milestone(session, board, slug="some-day", ends_on=date(2013, 12, 31), tentative=True)
    running = make_milestone(
        session, board, slug="now", starts_on=TODAY - timedelta(days=1), ends_on=TODAY + timedelta(days=1)
    )
    for progress in (Progress.IN_PROGRESS, Progress.DONE):
        for condition in (None, "", "if asked"):
            values: dict[str, Any] = {"progress": progress, "condition": condition}
            make_item(session, board, **values)
            make_item(session, board, own_due_on=TODAY, **values)
            make_item(session, board, milestone_id=firm.id, offset_days=-14, **values)
            make_item(session, board, milestone_id=tentative.id, offset_days=3, **values)
            make_item(session, board, milestone_id=firm.id, condition_met_on=TODAY, **values)
            # From a day before the running meeting to a day after it, counted from either end.
            for due_from, offset in product(DueFrom, range(-4, 5)):
                make_item(session, board, milestone_id=running.id, due_from=due_from, offset_days=offset, **values)


def test_the_database_works_out_the_same_day_as_the_rule(any_session: Session, board: Body) -> None:
    rules(any_session, board)
    statement = select(Item, Milestone, due_day()).outerjoin(Milestone).order_by(Item.id)  # type: ignore[arg-type]
    for item, milestone, day in any_session.exec(statement):
        assert day == due_on(item, milestone)


def accept_every_second(session: Session, board: Body) -> None:
    for item in session.exec(select(Item)).all()[::2]:
        make_ownership(session, item, party_of(session, board))


def test_the_database_finds_the_same_items_overdue_as_the_rule(any_session: Session, board: Body, sight: Sight) -> None:
    rules(any_session, board)
    accept_every_second(any_session, board)
    everything = queries.everything(any_session, board.id, sight, today=LATER)
    late = queries.everything(any_session, board.id, sight, ItemFilter(is_overdue=True), today=LATER)
    by_rule = [line.item.id for line in everything if is_overdue(line.item, line.due, LATER)]
    assert [line.item.id for line in late] == by_rule != []
    assert [line.item.id for line in everything if line.is_overdue] == by_rule


def test_what_nobody_has_accepted_is_past_its_day_and_not_overdue(
    any_session: Session, board: Body, ana: Person, sight: Sight
) -> None:
    party, states = party_of(any_session, ana), (ResponseState.TAKEN_UP, ResponseState.NOT_TAKEN_UP)
    for state in states:
        make_addressee(any_session, make_item(any_session, board, title=state, own_due_on=TODAY), party, response=state)
    for owner in OwnerState:
        item = make_item(any_session, board, title=owner, own_due_on=TODAY)
        make_ownership(any_session, item, party, state=owner)
    overdue = titles(any_session, board, sight, LATER, is_overdue=True)
    past = titles(any_session, board, sight, LATER, is_past_unpromised=True)
    assert overdue == ["taken-up", "accepted"]
    assert past == ["not-taken-up", "requested", "declined", "passed-on", "withdrawn", "ended"]


@pytest.mark.parametrize(
    ("order", "descending", "expected"),
    [
        (Order.NUMBER, False, ["a", "B", "c"]),
        (Order.NUMBER, True, ["c", "B", "a"]),
        (Order.TITLE, False, ["a", "B", "c"]),
        (Order.PROGRESS, False, ["B", "c", "a"]),
        (Order.DUE, False, ["c", "a", "B"]),
        (Order.DUE, True, ["a", "c", "B"]),
        (Order.CHANGED, True, ["B", "a", "c"]),
    ],
)
def test_a_list_is_sorted(
    any_session: Session, board: Body, sight: Sight, order: Order, descending: bool, expected: list[str]
) -> None:
    february = make_milestone(any_session, board)
    make_item(any_session, board, title="a", progress=Progress.DONE, milestone_id=february.id)
    make_item(any_session, board, title="B", changed_at=NOW + timedelta(days=1))
    make_item(
        any_session,
        board,
        title="c",
        progress=Progress.WAITING,
        own_due_on=TODAY,
        changed_at=NOW - timedelta(days=1),
    )
    found = queries.listing(any_session, board.id, sight, today=TODAY, order=order, descending=descending)
    assert [line.item.title for line in found.lines] == expected


@pytest.mark.parametrize(
    ("page", "shown", "titles"), [(1, 1, ["1", "2"]), (3, 3, ["5"]), (9, 3, ["5"]), (0, 1, ["1", "2"])]
)
def test_a_page_past_the_end_is_the_last_one(
    any_session: Session, board: Body, sight: Sight, page: int, shown: int, titles: list[str]
) -> None:
    for title in "12345":
        make_item(any_session, board, title=title)
    found = queries.listing(any_session, board.id, sight, today=TODAY, page=page, size=2)
    assert (found.total, found.pages, found.page) == (5, 3, shown)
    assert [line.item.title for line in found.lines] == titles


def test_an_empty_list_has_one_page(any_session: Session, board: Body, sight: Sight) -> None:
    found = queries.listing(any_session, board.id, sight, today=TODAY)
    assert (found.lines, found.total, found.page, found.pages) == ([], 0, 1, 1)


def full_item(session: Session, board: Body, party: Party, person: Person, milestone: Milestone) -> None:
    item = make_item(
        session, board, put_forward_by=party.id, reported_by=person.id, waiting_for=party.id, milestone_id=milestone.id
    )
    make_addressee(session, item, party, response=ResponseState.TAKEN_UP)
    make_ownership(session, item, party)


def test_a_line_has_the_names_that_go_with_it(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    full_item(any_session, board, party_of(any_session, board), ana, make_milestone(any_session, board))
    [line] = queries.everything(any_session, board.id, sight, today=TODAY)
    assert (line.put_forward_by, line.owner, line.waiting_for) == ("Library Board",) * 3
    assert (line.reported_by, line.due and line.due.day) == ("Ana Silva", date(2013, 2, 28))
    assert line.addressees == ((party_id_of(any_session, board), "Library Board", ResponseState.TAKEN_UP),)


def test_statements_do_not_grow_with_the_rows(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    february, party = make_milestone(any_session, board), party_of(any_session, board)
    counts = []
    for more in (1, 30):
        for _ in range(more):
            full_item(any_session, board, party, ana, february)
        any_session.commit()
        body_id = board.id  # read again after the commit, before the count
        with statements(any_session) as seen:
            queries.listing(any_session, body_id, sight, today=TODAY)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7


def test_an_item_is_found_by_its_number_if_one_may_see_it(any_session: Session, board: Body, sight: Sight) -> None:
    item = make_item(any_session, board, number=14)
    assert queries.item_by_number(any_session, board.id, 14, sight) is item
    assert queries.item_by_number(any_session, board.id, 14, STRANGER) is None
    assert queries.item_by_number(any_session, board.id, 15, sight) is None


def test_requests_to_own_wait_for_whoever_answers(any_session: Session, board: Body, ana: Person) -> None:
    item, party = make_item(any_session, board), party_of(any_session, ana)
    request = make_ownership(any_session, item, party, state=OwnerState.REQUESTED)
    make_ownership(any_session, item, party, state=OwnerState.DECLINED)
    assert queries.requested_to_own(any_session, ana.id, board.id) == [(request, item)]
    assert queries.requested_to_own(any_session, 0) == []


def test_themes_in_use_are_listed_once(any_session: Session, board: Body, sight: Sight) -> None:
    for theme in ("b", "a", "b", None):
        make_item(any_session, board, theme=theme)
    assert queries.themes(any_session, board.id, sight) == ["a", "b"]
