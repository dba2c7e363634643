"""A session of the Library Board with three speakers, two passages that wait, and one that nobody has found."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import make_item, make_meeting, make_passage, make_proposal, make_transcript
from tests.web.world import World
from tracker.items.models import Item
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals.models import Proposal, ProposalKind
from tracker.transcripts.models import Transcript, Turn

ARCHIVE = "We should keep an archive of every session."
SUNDAYS = "I call on the board to open on Sundays."
PIANO = "Somebody could buy a piano."
TEXT = f"CHAIR: Welcome. {ARCHIVE} Thank you (inaudible).\n\nMS SILVA: Good. {SUNDAYS}\n\nMR BERG: Well. {PIANO} Yes."


@dataclass(frozen=True)
class Room:
    """Numbers of its rows."""

    meeting: int
    transcript: int
    archive: int
    sundays: int


def make_room(app: Flask, world: World, text: str = TEXT, **meeting: Any) -> Room:
    """Write it into the database of the application."""
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        sitting = make_meeting(session, board, **meeting)
        transcript = make_transcript(session, sitting, text)
        return Room(
            meeting=sitting.id,
            transcript=transcript.id,
            archive=found(session, transcript, ARCHIVE, title="Keep an archive").id,
            sundays=found(session, transcript, SUNDAYS, title="Open on Sundays", kind=ProposalKind.CALL).id,
        )


def found(session: Session, transcript: Transcript, words: str, **values: Any) -> Proposal:
    """A proposal that the detector found in the transcript."""
    passage = make_passage(session, transcript, words)
    of_transcript = select(Turn).where(col(Turn.transcript_id) == transcript.id)
    turn = session.exec(of_transcript.where(col(Turn.start) <= passage.start, col(Turn.end) >= passage.end)).one()
    sitting = session.get_one(Meeting, transcript.meeting_id)
    ids = {"transcript_id": transcript.id, "passage_id": passage.id, "turn_id": turn.id}
    return make_proposal(session, sitting, **{**ids, **values})


def make_board_item(app: Flask, world: World, **values: Any) -> int:
    """An item of the Library Board; returns its number."""
    with app.extensions["sessions"].writing() as session:
        item: Item = make_item(session, session.get_one(Body, world.register), **values)
        return item.number
