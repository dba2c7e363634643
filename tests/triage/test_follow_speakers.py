"""An item or position keeps to the turn it comes from: who is found to have spoken there is its proposer or party."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_item, make_meeting, make_person, make_proposal, make_register, make_transcript
from tracker.history import Actor, ChangeWay, leave
from tracker.history_queries import of_subject
from tracker.items.changes import edit
from tracker.items.create import ItemContent, NewItem
from tracker.items.models import Capacity, Item, ItemKind, Relation
from tracker.items.party_models import Position, Stance
from tracker.items.positions import NewPosition, add_position, edit_position
from tracker.items.reported_words import is_own
from tracker.people.models import Body, Party, Person
from tracker.proposals.models import Proposal, TriageState
from tracker.proposals.undo_speaker_decisions import undo as undo_speaker
from tracker.transcripts.models import Transcript
from tracker.transcripts.passages import cite
from tracker.transcripts.speakers.attribution import assign_turns, turns_of
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, note_speaking
from tracker.triage.decisions import accept, attach, undo
from tracker.triage.follow_speakers import follow_speakers
from tracker.triage.whose_words import WhoseWords

TEXT = "NEW SPEAKER: We should keep an archive.\n\nCHAIR: Thank you."


@dataclass
class Room:
    """A transcript whose first turn is nobody's, with a proposal found in it."""

    session: Session
    body: Body
    by: Actor
    transcript: Transcript
    proposal: Proposal

    def settle(self, person: Person | None) -> int | None:
        """Give the turn to the person; return the number of the decision."""
        turn = turns_of(self.session, self.transcript)[0]
        event = assign_turns(self.session, self.transcript, [turn], person, by=self.by, now=NOW)
        follow_speakers(self.session, self.transcript, by=self.by, now=NOW)
        self.session.commit()
        return event.id

    def speak_as(self, capacity: str | None) -> None:
        """Note in what capacity the first turn was spoken, or that nobody says."""
        turn = turns_of(self.session, self.transcript)[0]
        spoken = SpokenCapacity(capacity)
        note_speaking(self.session, self.transcript, turn, spoken, version=turn.version, by=self.by, now=NOW)
        follow_speakers(self.session, self.transcript, by=self.by, now=NOW)
        self.session.commit()

    def person(self, name: str) -> tuple[Person, int]:
        """Return a new person, and the number of their party."""
        person = make_person(self.session, name)
        return person, self.session.exec(select(Party.id).where(Party.person_id == person.id)).one()

    def accept(self, whose: WhoseWords | None = None, **values: object) -> Item:
        """Make an item of the proposal."""
        new = NewItem("Keep an archive", ItemKind.RECOMMENDATION, **values)  # type: ignore[arg-type]
        item = accept(self.session, self.proposal, new, body_id=self.body.id, whose=whose, by=self.by, now=NOW)
        self.session.commit()
        return item


@pytest.fixture
def room(any_session: Session) -> Room:
    body = make_register(any_session)
    secretary = make_person(any_session, "Sam Lee")
    meeting = make_meeting(any_session, body)
    transcript = make_transcript(any_session, meeting, TEXT)
    passage = cite(any_session, transcript.sha256, 13, 39)
    turn = turns_of(any_session, transcript)[0]
    ids = {"transcript_id": transcript.id, "passage_id": passage.id, "turn_id": turn.id}
    proposal = make_proposal(any_session, meeting, **ids)
    any_session.commit()
    return Room(any_session, body, Actor(secretary.id, ChangeWay.BROWSER), transcript, proposal)


def test_a_speaker_settled_later_is_the_proposer(room: Room) -> None:
    item = room.accept()
    assert item.put_forward_by is None
    ana, party = room.person("Ana Silva")
    room.settle(ana)
    assert item.put_forward_by == party
    line = of_subject(room.session, item.history_key())[-1]
    assert (line.verb, line.before["put_forward_by"], line.after["put_forward_by"]) == ("speaker followed", None, party)


def test_undoing_the_speaker_takes_the_proposer_back(room: Room) -> None:
    item = room.accept()
    number = room.settle(room.person("Ana Silva")[0])
    [decision] = [line for line in of_subject(room.session, room.transcript.history_key()) if line.id == number]
    undo_speaker(room.session, room.transcript, decision, by=room.by, now=NOW)
    follow_speakers(room.session, room.transcript, by=room.by, now=NOW)
    assert item.put_forward_by is None


def test_a_proposer_whom_a_person_named_stays(room: Room) -> None:
    item = room.accept()
    _, party = room.person("Bo Berg")
    content = ItemContent(**{**vars(ItemContent.of(item)), "put_forward_by": party})
    edit(room.session, item, content, seen_version=item.version, by=room.by, now=NOW)
    room.settle(room.person("Ana Silva")[0])
    assert item.put_forward_by == party


def test_a_speaker_found_to_be_another_is_the_proposer_instead(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    item = room.accept()
    bo, party = room.person("Bo Berg")
    room.settle(bo)
    assert item.put_forward_by == party


def test_of_what_a_speaker_reports_they_become_the_reporter(room: Room) -> None:
    _, party = room.person("Cem Ay")
    item = room.accept(put_forward_by=party)
    ana, _ = room.person("Ana Silva")
    room.settle(ana)
    assert (item.put_forward_by, item.reported_by) == (party, ana.id)


def test_a_reported_proposal_never_becomes_the_own_one_of_who_spoke(room: Room) -> None:
    room.proposal.reported = True
    item = room.accept(WhoseWords.REPORTED)
    ana, _ = room.person("Ana Silva")
    room.settle(ana)
    assert (item.put_forward_by, item.reported_by) == (None, ana.id)


def test_correcting_of_whom_it_was_reported_leaves_it_reported(room: Room) -> None:
    _, party = room.person("Cem Ay")
    _, other = room.person("Bo Berg")
    item = room.accept(WhoseWords.REPORTED, put_forward_by=party)
    content = ItemContent(**{**vars(ItemContent.of(item)), "put_forward_by": other})
    edit(room.session, item, content, seen_version=item.version, by=room.by, now=NOW)
    assert (item.put_forward_by, is_own(item)) == (other, False)
    ana, _ = room.person("Ana Silva")
    room.settle(ana)
    assert (item.put_forward_by, item.reported_by) == (other, ana.id)


def test_an_item_that_only_followed_its_speaker_can_be_unmade(room: Room) -> None:
    room.accept()
    room.settle(room.person("Ana Silva")[0])
    undo(room.session, room.proposal, by=room.by, now=NOW)
    room.session.flush()
    assert room.session.exec(select(Item)).all() == []


def supported(room: Room, **values: Any) -> Position:
    item = make_item(room.session, room.body)
    attach(room.session, room.proposal, item, Relation.SUPPORTS, by=room.by, now=NOW, **values)
    room.session.commit()
    return room.session.exec(select(Position)).one()


def test_a_position_goes_to_who_is_found_to_have_spoken(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    position = supported(room)
    bo, party = room.person("Bo Berg")
    room.settle(bo)
    assert position.party_id == party
    assert of_subject(room.session, position.history_key())[-1].verb == "position corrected"


def test_a_position_that_is_nobodys_again_waits_for_triage(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    supported(room)
    room.settle(None)
    assert room.session.exec(select(Position)).all() == []
    assert room.proposal.state is TriageState.WAITING


def test_a_position_that_a_person_corrected_stays(room: Room) -> None:
    ana, party = room.person("Ana Silva")
    room.settle(ana)
    position = supported(room)
    own = NewPosition(**{name: getattr(position, name) for name in vars(NewPosition(party, position.stance))})
    edit_position(room.session, position, own, by=room.by, now=NOW)
    room.settle(room.person("Bo Berg")[0])
    assert position.party_id == party


@pytest.mark.parametrize("is_added", [True, False])
def test_only_what_followed_the_speaker_goes_with_them(room: Room, *, is_added: bool) -> None:
    item = make_item(room.session, room.body)
    room.settle(room.person("Ana Silva")[0])
    attach(room.session, room.proposal, item, Relation.SUPPORTS, by=room.by, now=NOW)
    room.session.flush()
    first = room.session.exec(select(Position)).one()
    _, bo = room.person("Bo Berg")
    second = add_position(
        room.session, item, NewPosition(bo, Stance.ASKS, passage_id=first.passage_id), by=room.by, now=NOW
    )
    room.session.flush()
    if not is_added:
        # The other way round: the first is corrected, and the second is the one that follows.
        edit_position(
            room.session, first, NewPosition(bo, Stance.ASKS, passage_id=first.passage_id), by=room.by, now=NOW
        )
        second.follows_speaker = True
    room.settle(None)
    position = room.session.exec(select(Position)).one()
    assert (position.party_id, position.stance, position.follows_speaker) == (bo, Stance.ASKS, False)
    assert room.proposal.state is TriageState.ATTACHED
    assert of_subject(room.session, item.history_key())[-1].verb == "position removed"


def test_a_reported_position_keeps_its_party_and_changes_its_reporter(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    _, party = room.person("Cem Ay")
    position = supported(room, whose=WhoseWords.REPORTED, reported_of=party)
    bo, _ = room.person("Bo Berg")
    room.settle(bo)
    assert (position.party_id, position.reported_by) == (party, bo.id)
    room.settle(None)
    assert room.session.exec(select(Position)).all() == []


def test_following_twice_leaves_one_line(room: Room) -> None:
    item = room.accept()
    room.settle(room.person("Ana Silva")[0])
    before = len(of_subject(room.session, item.history_key()))
    assert follow_speakers(room.session, room.transcript, by=room.by, now=NOW) == 0
    assert len(of_subject(room.session, item.history_key())) == before


def test_a_capacity_noted_later_is_the_items_and_the_positions(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    item = room.accept()
    room.speak_as("chair")
    assert item.capacity is Capacity.CHAIR
    line = of_subject(room.session, item.history_key())[-1]
    assert (line.verb, line.before, line.after["capacity"]) == (
        "speaker followed", {"capacity": "not-stated", "put_forward_by": item.put_forward_by}, "chair",
    )  # fmt: skip


def test_a_capacity_that_is_undone_is_taken_back(room: Room) -> None:
    room.settle(room.person("Ana Silva")[0])
    position = supported(room)
    room.speak_as("chair")
    assert position.capacity is Capacity.CHAIR
    turn = turns_of(room.session, room.transcript)[0]
    turn.capacity = None
    leave(room.session, room.transcript, "capacity undone", by=room.by, now=NOW)
    follow_speakers(room.session, room.transcript, by=room.by, now=NOW)
    assert position.capacity is Capacity.NOT_STATED


def test_a_capacity_that_a_person_chose_stays(room: Room) -> None:
    item = room.accept(capacity=Capacity.GOVERNMENT)
    room.speak_as("chair")
    assert item.capacity is Capacity.GOVERNMENT
