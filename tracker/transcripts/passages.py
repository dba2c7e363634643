"""Writing passages: ranges of a file that may be imported before or after somebody cites it."""

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.transcripts.models import Passage, Transcript


def cite(session: Session, sha256: str, start: int, end: int, speaker_id: int | None = None) -> Passage:
    """Return the passage of that range, a new one if nobody cited it; tied to the transcript if that is there.

    Who speaks there is noted once: a later hand may correct it, a later citation may not. Raises Refused where
    the range goes beyond the text.
    """
    same = col(Passage.sha256) == sha256, col(Passage.start) == start, col(Passage.end) == end
    passage = session.exec(select(Passage).where(*same)).one_or_none() or Passage(sha256=sha256, start=start, end=end)
    if passage.transcript_id is None:
        passage.transcript_id = _transcript_of(session, sha256, end)
    if passage.speaker_id is None:
        passage.speaker_id = speaker_id
    session.add(passage)
    session.flush()
    return passage


def _transcript_of(session: Session, sha256: str, end: int) -> int | None:
    found = session.exec(select(Transcript).where(col(Transcript.sha256) == sha256)).first()
    if found is not None and end > len(found.text):
        raise Refused(
            "The passage ends at %(end)s, but the text has %(length)s signs. Correct the numbers.",
            end=end,
            length=len(found.text),
        )
    return found.id if found else None
