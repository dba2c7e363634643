"""Writing passages: ranges of a file that may be imported before or after somebody cites it."""

from collections.abc import Sequence

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


def cite_all(session: Session, transcript: Transcript, places: Sequence[tuple[int, int, int | None]]) -> list[Passage]:
    """Return the passages of these ranges and speakers, as `cite` does for one, with one question and one flush."""
    there = session.exec(select(Passage).where(col(Passage.sha256) == transcript.sha256))
    passages = {(passage.start, passage.end): passage for passage in there}
    cited = []
    for start, end, speaker_id in places:
        _refuse_beyond(end, transcript)
        passage = passages.setdefault((start, end), Passage(sha256=transcript.sha256, start=start, end=end))
        passage.transcript_id = passage.transcript_id or transcript.id
        passage.speaker_id = passage.speaker_id or speaker_id
        cited.append(passage)
    session.add_all(cited)
    session.flush()
    return cited


def _transcript_of(session: Session, sha256: str, end: int) -> int | None:
    found = session.exec(select(Transcript).where(col(Transcript.sha256) == sha256)).first()
    if found is not None:
        _refuse_beyond(end, found)
    if found:
        return found.id
    return None


def _refuse_beyond(end: int, transcript: Transcript) -> None:
    length = len(transcript.text)
    if end > length:
        raise Refused(
            "The passage ends at %(end)s, but the text has %(length)s signs. Correct the numbers.",
            end=end,
            length=length,
        )
