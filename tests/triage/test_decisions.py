"""A person decides of a proposal, and may take it back."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, col, select

from tests.factories import (
    NOW,
    make_item,
    make_meeting,
    make_milestone,
    make_person,
    make_proposal,
    make_register,
)
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items.changes import follow
from tracker.items.create import NewItem
from tracker.items.models import Item, ItemKind, ItemPassage, Relation
from tracker.items.ownership import add_helper
from tracker.items.party_models import Addressee, Position, Stance
from tracker.items.positions import NewPosition, add_position
from tracker.people.models import Body, Person
from tracker.proposals.models import Proposal, TriageState
from tracker.triage.decisions import accept, attach, speaker_party, undo


@dataclass
class Room:
    """A register with somebody who spoke and somebody who decides."""

    body: Body
    speaker: Person
    by: Actor
    proposal: Proposal

    @property
    def body_id(self) -> int:
        return self.body.id


@pytest.fixture
def room(any_session: Session) -> Room:
    body = make_register(any_session)
    speaker, secretary = make_person(any_session), make_person(any_session, "Sam Lee")
    proposal = make_proposal(any_session, make_meeting(any_session, body), speaker)
    any_session.commit()
    return Room(body, speaker, Actor(secretary.id, ChangeWay.BROWSER), proposal)


def new_item(**values: object) -> NewItem:
    return NewItem(**{"title": "Keep an archive", "kind": ItemKind.RECOMMENDATION, **values})  # type: ignore[arg-type]


def accepted(session: Session, room: Room, **values: object) -> Item:
    item = accept(session, room.proposal, new_item(**values), body_id=room.body_id, by=room.by, now=NOW)
    session.commit()
    return item


def test_an_accepted_proposal_is_an_item_put_forward_by_who_spoke(any_session: Session, room: Room) -> None:
    item = accepted(any_session, room)
    assert item.put_forward_by == speaker_party(any_session, room.proposal)
    assert room.proposal.state is TriageState.ITEM
    tied = any_session.exec(select(ItemPassage)).one()
    assert (tied.item_id, tied.passage_id) == (item.id, room.proposal.passage_id)


def test_accepting_leaves_its_line_on_both_sides(any_session: Session, room: Room) -> None:
    item = accepted(any_session, room)
    lines = of_subject(any_session, f"item:{item.id}")
    assert [line.verb for line in lines] == ["created", "proposal accepted"]
    assert of_subject(any_session, f"proposal:{room.proposal.id}")[-1].after == {"item": 1}


def test_who_is_asked_is_asked_and_not_owner(any_session: Session, room: Room) -> None:
    party = speaker_party(any_session, room.proposal)
    item = accepted(any_session, room, addressees=(party,))
    assert any_session.exec(select(Addressee.response).where(col(Addressee.item_id) == item.id)).one() == "not-yet-sent"


def test_the_day_first_promised_comes_from_the_milestone(any_session: Session, room: Room) -> None:
    milestone = make_milestone(any_session, room.body)
    item = accepted(any_session, room, milestone_id=milestone.id, offset_days=-14)
    assert str(item.promised_on) == "2013-02-14"


def test_a_decided_proposal_cannot_be_decided_again(any_session: Session, room: Room) -> None:
    accepted(any_session, room)
    with pytest.raises(Refused, match="already"):
        accept(any_session, room.proposal, new_item(), body_id=room.body_id, by=room.by, now=NOW)


def test_a_repeat_brings_its_passage_to_the_item(any_session: Session, room: Room) -> None:
    item = make_item(any_session, room.body)
    attach(any_session, room.proposal, item, Relation.REPEATS, by=room.by, now=NOW)
    any_session.commit()
    assert any_session.exec(select(ItemPassage.relation)).one() is Relation.REPEATS
    assert room.proposal.state is TriageState.ATTACHED


@pytest.mark.parametrize(
    ("relation", "stance"),
    [
        (Relation.SUPPORTS, Stance.SUPPORTS),
        (Relation.OBJECTS, Stance.HAS_A_CONCERN),
        (Relation.ASKS, Stance.ASKS),
    ],
)
def test_a_position_is_read_at_its_weakest(session: Session, relation: Relation, stance: Stance) -> None:
    body = make_register(session)
    proposal = make_proposal(session, make_meeting(session, body), make_person(session))
    attach(session, proposal, make_item(session, body), relation, by=Actor(None, ChangeWay.JOB), now=NOW)
    position = session.exec(select(Position)).one()
    assert (position.stance, position.passage_id) == (stance, proposal.passage_id)


def test_a_position_needs_somebody_who_takes_it(session: Session) -> None:
    body = make_register(session)
    proposal = make_proposal(session, make_meeting(session, body))
    with pytest.raises(Refused, match="Name the speaker"):
        attach(session, proposal, make_item(session, body), Relation.SUPPORTS, by=Actor(None, ChangeWay.JOB), now=NOW)


def test_undoing_unmakes_the_item_and_keeps_its_number_used(any_session: Session, room: Room) -> None:
    item = accepted(any_session, room, addressees=(speaker_party(any_session, room.proposal),))
    key = f"item:{item.id}"
    undo(any_session, room.proposal, by=room.by, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Item)).all() == []
    assert of_subject(any_session, key)[-1].verb == "proposal detached"
    assert accepted(any_session, room).number == 2


def test_undoing_an_attachment_leaves_the_item(any_session: Session, room: Room) -> None:
    item = make_item(any_session, room.body)
    attach(any_session, room.proposal, item, Relation.SUPPORTS, by=room.by, now=NOW)
    undo(any_session, room.proposal, by=room.by, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Position)).all() == []
    assert (room.proposal.state, any_session.get(Item, item.id)) == (TriageState.WAITING, item)


def test_an_item_that_others_joined_is_not_unmade(any_session: Session, room: Room) -> None:
    item = accepted(any_session, room)
    further = make_proposal(any_session, make_meeting(any_session, room.body, slug="second"), room.speaker)
    attach(any_session, further, item, Relation.REPEATS, by=room.by, now=NOW)
    any_session.commit()
    with pytest.raises(Refused, match="worked on"):
        undo(any_session, room.proposal, by=room.by, now=NOW)


def test_an_item_that_somebody_changed_in_any_way_is_not_unmade(any_session: Session, room: Room) -> None:
    item = accepted(any_session, room)
    add_helper(any_session, item, room.speaker.id, by=room.by, now=NOW)
    with pytest.raises(Refused, match="worked on"):
        undo(any_session, room.proposal, by=room.by, now=NOW)


def test_an_item_that_somebody_only_follows_is_unmade(any_session: Session, room: Room) -> None:
    follow(any_session, accepted(any_session, room), room.speaker.id, by=room.by, now=NOW)
    undo(any_session, room.proposal, by=room.by, now=NOW)
    assert any_session.exec(select(Item)).all() == []


def test_undoing_a_decision_leaves_a_position_that_somebody_added_by_hand(any_session: Session, room: Room) -> None:
    item = make_item(any_session, room.body)
    attach(any_session, room.proposal, item, Relation.SUPPORTS, by=room.by, now=NOW)
    other = speaker_party(
        any_session,
        make_proposal(
            any_session, make_meeting(any_session, room.body, slug="later"), make_person(any_session, "Bo Berg")
        ),
    )
    position = NewPosition(party_id=other, stance=Stance.ASKS, passage_id=room.proposal.passage_id)
    add_position(any_session, item, position, by=room.by, now=NOW)
    undo(any_session, room.proposal, by=room.by, now=NOW)
    assert [position.party_id for position in any_session.exec(select(Position))] == [other]
