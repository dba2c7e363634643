"""Items and positions that count a speaker's own words though their turn is said to report others: a person decides.

A turn may be marked as reporting when items have been made of it. Nothing of them changes by itself, for whoever
reports may offer something of their own in between; until somebody has decided, the desk of triage names them.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.history import Actor
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.closing_views import drop_unentitled
from tracker.items.models import Item, Origin, Relation, SpeakerPart
from tracker.items.party_models import Position
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Passage, Turn
from tracker.triage.decisions import STANDS
from tracker.triage.follow_speakers import remove_followers
from tracker.triage.whose_words import WhoseWords

_OF_REPORTING_TURNS = select(Proposal.id).where(
    col(Proposal.turn_id).in_(select(Turn.id).where(col(Turn.is_reporting).is_(True)))
)


@dataclass(frozen=True)
class FiledAsOwn:
    """What was made of a passage as its speaker's own words, and the turn that is said to report others."""

    item: Item
    proposal: Proposal
    turn: Turn
    is_position: bool


def filed_as_own(session: Session, body_id: int, turn_id: int | None = None) -> list[FiledAsOwn]:
    """Return what waits for a decision in the register, or of that turn, in the order in which it was said."""
    statement = (
        select(Item, Proposal, Turn, Origin.relation)
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Proposal, col(Proposal.id) == col(Origin.proposal_id))
        .join(Turn, col(Turn.id) == col(Proposal.turn_id))
        # The few turns that report lead to their proposals; else every item of the register is looked at.
        .where(col(Origin.proposal_id).in_(_OF_REPORTING_TURNS), col(Item.body_id) == body_id)
        .where(sa.or_(_is_proposers(), _is_position()))
        .order_by(col(Turn.transcript_id), col(Turn.start), col(Proposal.id))
    )
    if turn_id is not None:
        statement = statement.where(col(Turn.id) == turn_id)
    rows = [
        FiledAsOwn(item, proposal, turn, is_position=relation is not Relation.NEW)
        for item, proposal, turn, relation in session.exec(statement)
    ]
    return [row for row in rows if not _is_confirmed(session, row)]


def _is_proposers() -> sa.ColumnElement[bool]:
    return sa.and_(col(Origin.relation) == Relation.NEW, col(Item.speaker_part) == SpeakerPart.PROPOSER)


def _is_position() -> sa.ColumnElement[bool]:
    position = sa.exists().where(
        col(Position.item_id) == col(Item.id),
        col(Position.passage_id) == col(Proposal.passage_id),
        col(Position.follows_speaker),
        col(Position.reported_by).is_(None),
    )
    return sa.and_(col(Origin.relation).in_(list(STANDS)), position)


def _is_confirmed(session: Session, row: FiledAsOwn) -> bool:
    """Tell whether somebody has said of the passage, in triage or since, that its words are the speaker's own."""
    return any(
        line.after.get("proposal") == row.proposal.id and line.after.get("whose") == WhoseWords.OWN
        for line in of_subject(session, row.item.history_key())
    )


def confirm_own(session: Session, row: FiledAsOwn, *, by: Actor, now: datetime) -> None:
    """Note that a passage gives its speaker's own words, though others are reported around it."""
    lock(session, row.item)
    after = {"proposal": row.proposal.id, "whose": WhoseWords.OWN}
    note_change(session, row.item, Verb.OWN_WORDS_CONFIRMED, by=by, now=now, after=after)


def file_as_reported(session: Session, row: FiledAsOwn, *, by: Actor, now: datetime) -> None:
    """Let the speaker be who reports the item; a position goes, and its passage waits for triage again."""
    if row.is_position:
        remove_followers(session, row.item, row.proposal, by=by, now=now)
        return
    item = row.item
    lock(session, item)
    speaker = session.get_one(Passage, row.proposal.passage_id).speaker_id
    values = {"put_forward_by": None, "reported_by": speaker, "speaker_part": SpeakerPart.REPORTER}
    before = {name: getattr(item, name) for name in values}
    for name, value in values.items():
        setattr(item, name, value)
    view_before, view_after = drop_unentitled(session, item)
    item.version += 1
    note_change(session, item, Verb.EDITED, by=by, now=now, before=before | view_before, after=values | view_after)
