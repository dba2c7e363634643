"""What the secretariat says of a passage that was lost in a corrected version, or whose place is doubtful."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.transcripts.models import Anchor, AnchorState, Passage, Transcript
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.reanchor_passages import set_successor

#: what waits for a person
OPEN = (AnchorState.DOUBTFUL, AnchorState.LOST)
SETTLED = (AnchorState.PLACED, AnchorState.GONE)


def accept_place(session: Session, anchor: Anchor, *, seen_version: int, by: Actor, now: datetime) -> None:
    """Say that the place that was found is the one; raises Refused where none was, Stale where it is settled."""
    if anchor.start is None or anchor.end is None:
        raise Refused("No place was found for this passage. Choose one, or say that it is gone.")
    _settle(session, anchor, AnchorState.PLACED, Span(anchor.start, anchor.end), seen_version, by, now)


def place_passage(session: Session, anchor: Anchor, span: Span, *, seen_version: int, by: Actor, now: datetime) -> None:
    """Say where the passage stands; raises Refused where the text has no such place, Stale where it is settled."""
    # The form sends characters, and a page may be of an older version.
    if not 0 <= span.start < span.end <= len(session.get_one(Transcript, anchor.transcript_id).text):
        raise Refused("The text has no such place. Mark the passage again.", "sentences")
    _settle(session, anchor, AnchorState.PLACED, span, seen_version, by, now)


def mark_gone(session: Session, anchor: Anchor, *, seen_version: int, by: Actor, now: datetime) -> None:
    """Say that the passage stands nowhere any more: the words of the earlier version stay what is quoted."""
    _settle(session, anchor, AnchorState.GONE, None, seen_version, by, now)


def undo_settling(session: Session, anchor: Anchor, *, seen_version: int, by: Actor, now: datetime) -> None:
    """Undo what a person said: the passage stands as it was found; raises Refused where nobody said anything."""
    if anchor.state not in SETTLED:
        raise Refused("Nobody has settled this passage, so there is nothing to undo. Look at it again.")
    span = None
    # What was doubtful is doubtful again: no place without a person who said so.
    if anchor.found not in OPEN and anchor.start is not None and anchor.end is not None:
        span = Span(anchor.start, anchor.end)
    _settle(session, anchor, anchor.found, span, seen_version, by, now)


def _settle(
    session: Session, anchor: Anchor, state: AnchorState, span: Span | None, seen_version: int, by: Actor, now: datetime
) -> None:
    """Set it for all passages that are this one in other versions, with one line of history."""
    if anchor.version != seen_version:
        raise Stale(
            "Somebody else settled this passage while you looked at it. Nothing of yours was saved: see what it is now."
        )
    transcript = session.get_one(Transcript, anchor.transcript_id)
    before = {"passage": anchor.passage_id, "state": anchor.state}
    # Whoever cites the first version and whoever cites a later one see the same place.
    for own_anchor in _kin(session, anchor):
        own_anchor.state = state
        own_anchor.version = own_anchor.version + 1
        own_anchor.decided_by = None
        own_anchor.decided_at = None
        if state in SETTLED:
            own_anchor.decided_by = by.person_id
            own_anchor.decided_at = now
        set_successor(session, transcript, own_anchor, span)
    after: dict[str, Any] = {"state": state, "start": None, "end": None}
    if span:
        after |= {"start": span.start, "end": span.end}
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    leave(session, anchor, Verb.PASSAGE_SETTLED, by=by, now=now, body_id=body_id, before=before, after=after)


def _kin(session: Session, anchor: Anchor) -> list[Anchor]:
    """Return the anchors here of all passages that are the same one: cited in the first version, and in later ones."""
    passage = session.get_one(Passage, anchor.passage_id)
    root = passage.moved_from_id or passage.id
    same = sa.or_(col(Passage.id) == root, col(Passage.moved_from_id) == root)
    of_root = select(Anchor).join(Passage, col(Anchor.passage_id) == col(Passage.id)).where(same)
    return list(session.exec(of_root.where(col(Anchor.transcript_id) == anchor.transcript_id)))
