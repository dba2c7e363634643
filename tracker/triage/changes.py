"""Writing proposals: set aside, snoozed, marked by hand. What ties them to items is triage/decisions.py."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.detector.reported_speech import framed_sentences, is_reported
from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.proposals.filters import OPEN
from tracker.proposals.models import AsideReason, Proposal, ProposalKind, ProposalSource, TriageState
from tracker.proposals.queries import register_of
from tracker.text import clean_or_none, first_words
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.passages import cite
from tracker.transcripts.text_positions import Span, quote
from tracker.triage.second_person import DECIDED, needs_second


def set_aside(
    session: Session,
    proposal: Proposal,
    reason: AsideReason,
    *,
    by: Actor,
    now: datetime,
    note: str | None = None,
    is_seconded: bool = False,
) -> None:
    """Take a proposal out of the queue for a reason that stays with it; raises Refused where it is decided already.

    Where a second person is needed it only waits for one, unless two have decided so before.
    """
    refuse_decided(proposal)
    proposal.reason = reason
    proposal.note = clean_or_none(note)
    after: dict[str, Any] = {"reason": reason, "note": None}
    if proposal.note:
        after["note"] = Words(proposal.note)
    if is_seconded or not needs_second(session, proposal):
        state = TriageState.SET_ASIDE
        verb = Verb.SET_ASIDE
    else:
        state = TriageState.WAITING
        verb = Verb.TO_BE_SET_ASIDE
        proposal.aside_by = by.person_id
        proposal.snoozed_until = None
    decide(proposal, state, by.person_id, now)
    leave(session, proposal, verb, by=by, now=now, body_id=register_of(session, proposal), after=after)


def snooze(session: Session, proposal: Proposal, until: datetime, *, by: Actor, now: datetime) -> None:
    """Snooze a proposal until a moment to come; raises Refused for one that is past, or where it is decided."""
    refuse_decided(proposal)
    if until <= now:
        raise Refused("Choose a day that is still to come.", "until")
    proposal.snoozed_until = until
    decide(proposal, TriageState.SNOOZED, by.person_id, now)
    body_id = register_of(session, proposal)
    leave(session, proposal, Verb.SNOOZED, by=by, now=now, body_id=body_id, after={"until": until})


def mark_by_hand(
    session: Session,
    transcript: Transcript,
    span: Span,
    *,
    kind: ProposalKind,
    by: Actor,
    now: datetime,
    title: str | None = None,
) -> Proposal:
    """Put a passage that the detector missed into the queue; without a title it has its first words.

    Raises Refused where the passage is there already, or the text has no such place.
    """
    if not 0 <= span.start < span.end <= len(transcript.text):
        raise Refused("The text has no such place. Mark the passage again.", "sentences")
    # Words outside every turn, a head line for one, are nobody's: the passage stands without a speaker.
    turn_id = None
    speaker_id = None
    turn = _turn(session, transcript, span)
    if turn:
        turn_id = turn.id
        speaker_id = turn.person_id
    passage = cite(session, transcript.sha256, span.start, span.end, speaker_id)
    if session.exec(select(Proposal.id).where(col(Proposal.passage_id) == passage.id)).first() is not None:
        raise Refused("This passage is already in the queue.", "sentences")
    marked = Proposal(
        transcript_id=transcript.id,
        passage_id=passage.id,
        turn_id=turn_id,
        kind=kind,
        title=clean_or_none(title) or first_words(quote(transcript.text, span.start, span.end)),
        reported=_reads_as_reported(transcript, turn, span),
        source=ProposalSource.HAND,
    )
    session.add(marked)
    session.flush()
    after = {"kind": kind, "start": span.start, "end": span.end}
    leave(session, marked, Verb.MARKED, by=by, now=now, body_id=register_of(session, marked), after=after)
    return marked


def _reads_as_reported(transcript: Transcript, turn: Turn | None, span: Span) -> bool:
    if turn is None:
        return False
    sentences = framed_sentences(transcript.text, turn.start, turn.end, turn.label, turn.capacity)
    return is_reported(sentences, span.start, span.end)


def _turn(session: Session, transcript: Transcript, span: Span) -> Turn | None:
    of_transcript = select(Turn).where(col(Turn.transcript_id) == transcript.id)
    return session.exec(of_transcript.where(col(Turn.start) <= span.start, col(Turn.end) >= span.end)).first()


def refuse_decided(proposal: Proposal) -> None:
    """Raise Refused where somebody has decided already."""
    if proposal.awaits_second:
        raise Refused("This passage waits for a second person. If you set it aside, undo that; if not, send it back.")
    if proposal.state not in OPEN:
        raise Refused(DECIDED)


def decide(proposal: Proposal, state: TriageState, person_id: int | None, now: datetime) -> None:
    """Note what was decided, by whom and when; the verb that calls this leaves the event."""
    proposal.state = state
    proposal.decided_by = person_id
    proposal.decided_at = now
    proposal.version += 1
