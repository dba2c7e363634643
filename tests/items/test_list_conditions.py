"""What a list can be narrowed to: parties, groups, days, disputes, what is nobody's."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_passage,
    make_person,
    make_register,
    make_term,
    make_transcript,
    party_of,
)
from tracker.items import queries
from tracker.items.list_filter import DueFilter, ItemFilter
from tracker.items.models import Item, ItemPassage, Progress, ProposerView
from tracker.items.party_models import OwnerState
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Party, Person
from tracker.people.queries import sight_of


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session, stakeholder_group="government")


@pytest.fixture
def ana(any_session: Session, board: Body) -> Person:
    person = make_person(any_session, stakeholder_group="academia")
    make_term(any_session, person, board)
    return person


def found(session: Session, board: Body, ana: Person, wanted: ItemFilter) -> list[str]:
    sight = sight_of(session, ana, NOW)
    return [one.item.title for one in queries.everything(session, board.id, sight, wanted, today=TODAY)]


def test_a_body_is_found_where_it_is_asked_and_where_it_owns(any_session: Session, board: Body, ana: Person) -> None:
    party = party_of(any_session, board)
    make_addressee(any_session, make_item(any_session, board, title="Asked"), party)
    make_ownership(any_session, make_item(any_session, board, title="Owns"), party)
    make_ownership(any_session, make_item(any_session, board, title="Was let go"), party, state=OwnerState.ENDED)
    assert found(any_session, board, ana, ItemFilter(party="library-board")) == ["Asked", "Owns"]


def test_the_group_is_that_of_whoever_put_it_forward(any_session: Session, board: Body, ana: Person) -> None:
    readers = Party(slug="readers", class_name="Readers")
    any_session.add(readers)
    for title, party in (
        ("Board", party_of(any_session, board)),
        ("Ana", party_of(any_session, ana)),
        ("Class", readers),
    ):
        any_session.flush()
        make_item(any_session, board, title=title, put_forward_by=party.id)
    make_item(any_session, board, title="Nobody known")
    groups = ("government", "academia", "unknown", "media")
    by_group = [found(any_session, board, ana, ItemFilter(group=group)) for group in groups]
    assert by_group == [["Board"], ["Ana"], ["Class"], []]


def test_a_meeting_is_where_an_item_was_put_forward(any_session: Session, board: Body, ana: Person) -> None:
    sitting = make_meeting(any_session, board)
    passage = make_passage(any_session, make_transcript(any_session, sitting, "ANA: Mark the ford."), "Mark")
    put_forward = make_item(any_session, board, title="Put forward")
    any_session.add(ItemPassage(item_id=put_forward.id, passage_id=passage.id))
    make_item(any_session, board, title="Elsewhere")
    by_meeting = [found(any_session, board, ana, ItemFilter(meeting=slug)) for slug in (sitting.slug, "another")]
    assert by_meeting == [["Put forward"], []]


def test_how_an_item_stands_to_the_calendar(any_session: Session, board: Body, ana: Person) -> None:
    february = make_milestone(any_session, board)
    make_item(any_session, board, title="By February", milestone_id=february.id)
    make_item(any_session, board, title="Own day", own_due_on=TODAY)
    make_item(any_session, board, title="Waits", own_due_on=TODAY, condition="if asked")
    make_item(any_session, board, title="Waited", condition="if asked", condition_met_on=TODAY)
    make_item(any_session, board, title="Done", condition="if asked", progress=Progress.DONE)
    by_kind = {kind: found(any_session, board, ana, ItemFilter(dated=kind)) for kind in DueFilter}
    assert by_kind == {
        DueFilter.OWN_DAY: ["Own day"],
        DueFilter.CONDITION: ["Waits"],
        DueFilter.NO_DATE: ["Waited", "Done"],
    }


def test_due_before_a_day_leaves_out_that_day_and_what_waits(any_session: Session, board: Body, ana: Person) -> None:
    make_item(any_session, board, title="Today", own_due_on=TODAY)
    make_item(any_session, board, title="Tomorrow", own_due_on=TODAY + timedelta(days=1))
    make_item(any_session, board, title="If asked", own_due_on=TODAY, condition="if asked")
    assert found(any_session, board, ana, ItemFilter(due_before=TODAY + timedelta(days=1))) == ["Today"]


def test_disputed_is_what_is_closed_against_its_asker(any_session: Session, board: Body, ana: Person) -> None:
    for progress in (Progress.DONE, Progress.WAITING):
        make_item(any_session, board, title=progress.value, progress=progress, proposer_view=ProposerView.DISPUTES)
    make_item(any_session, board, title="Praised", progress=Progress.DONE, proposer_view=ProposerView.SATISFIED)
    make_item(any_session, board, title="Half", progress=Progress.DONE, proposer_view=ProposerView.PARTLY)
    assert found(any_session, board, ana, ItemFilter(is_disputed=True)) == ["done", "Half"]


def test_who_may_read_it(any_session: Session, board: Body, ana: Person) -> None:
    make_item(any_session, board, title="Open", visibility=Visibility.PUBLISHED)
    make_item(any_session, board, title="Ours")
    assert found(any_session, board, ana, ItemFilter(visibility=Visibility.INTERNAL)) == ["Ours"]


def test_open_to_me_is_what_i_am_asked_and_what_is_nobodys(any_session: Session, board: Body, ana: Person) -> None:
    of_ana, of_board = party_of(any_session, ana), party_of(any_session, board)
    for title, party, state in (
        ("I am asked", of_ana, OwnerState.REQUESTED),
        ("Mine", of_ana, OwnerState.ACCEPTED),
        ("Another is asked", of_board, OwnerState.REQUESTED),
        ("I declined", of_ana, OwnerState.DECLINED),
    ):
        make_ownership(any_session, make_item(any_session, board, title=title), party, state=state)
    make_item(any_session, board, title="Free")
    make_item(any_session, board, title="Done", progress=Progress.DONE)
    assert found(any_session, board, ana, ItemFilter(open_to=ana.id)) == ["I am asked", "I declined", "Free"]


def test_a_condition_from_downstream_narrows_too(any_session: Session, board: Body, ana: Person) -> None:
    make_item(any_session, board, title="One")
    make_item(any_session, board, title="Two")
    only = ItemFilter(further=(sa.func.lower(col(Item.title)) == "two",))
    assert found(any_session, board, ana, only) == ["Two"]
