"""Writing what the detector found: each candidate as a proposal that waits for a person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from tracker.db import insert_all
from tracker.detector.candidate import Candidate
from tracker.history import Actor, Line, free_numbers, leave_all
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.proposals.models import Proposal, ProposalKind, ProposalSource, Reference, TriageState
from tracker.text import first_words
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.passages import Citation, cite_all


def store(
    session: Session,
    transcript: Transcript,
    candidates: Sequence[Candidate],
    *,
    by: Actor,
    now: datetime,
    source: ProposalSource = ProposalSource.DETECTOR,
) -> list[int]:
    """Put candidates into the queue and return their numbers; a passage that is there keeps what was decided of it.

    There may be thousands, and others wait meanwhile: they are written by statements and not as objects.
    """
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    turns = _turns(session, transcript)
    slugs = {milestone.slug: milestone.id for milestone in milestones(session, body_id)}
    passages = cite_all(session, transcript, [_citation(candidate, turns) for candidate in candidates])
    results = _cite_results(session, transcript, candidates)
    taken = _with_proposal(session, transcript)
    new: dict[int, int] = {}
    for place, passage in enumerate(passages):
        if passage not in taken:
            taken.add(passage)
            new[place] = passage
    numbers = dict(zip(new, free_numbers(session, Proposal, len(new)), strict=True))
    rows = [
        {
            "id": numbers[place], "transcript_id": transcript.id, "passage_id": passage,
            "source": source, "result_id": results.get(candidates[place].result),
            **_values(candidates[place], transcript.text, turns, slugs),
        }
        for place, passage in new.items()
    ]  # fmt: skip
    insert_all(session, Proposal, rows)
    lines = [
        Line(f"proposal:{row['id']}", {"kind": row["kind"], **_score(row["score"], source), "source": source}, body_id)
        for row in rows
    ]
    leave_all(session, lines, Verb.FOUND, by=by, now=now)
    insert_all(session, Reference, [*_references(candidates, numbers)])
    return list(numbers.values())


class _SpokenTurn(NamedTuple):
    """A turn as far as a proposal needs it."""

    id: int | None
    person_id: int | None


#: of what stands outside all turns, as minutes do
NO_TURN = _SpokenTurn(None, None)


def _turns(session: Session, transcript: Transcript) -> dict[int, _SpokenTurn]:
    rows = session.exec(select(Turn.seq, Turn.id, Turn.person_id).where(col(Turn.transcript_id) == transcript.id))
    return {seq: _SpokenTurn(number, person_id) for seq, number, person_id in rows}


def _cite_results(
    session: Session, transcript: Transcript, candidates: Sequence[Candidate]
) -> dict[tuple[int, int] | None, int]:
    """Return the passages of what the record tells of motions, by their range: they are nobody's words."""
    places = list(dict.fromkeys(candidate.result for candidate in candidates if candidate.result))
    if not places:
        return {}
    cited = cite_all(session, transcript, [Citation(start, end, None) for start, end in places])
    return dict(zip(places, cited, strict=True))


def _with_proposal(session: Session, transcript: Transcript) -> set[int]:
    """Return the passages of the file that are in the queue already."""
    rows = select(Proposal.passage_id).join(Passage, col(Proposal.passage_id) == col(Passage.id))
    return set(session.exec(rows.where(col(Passage.sha256) == transcript.sha256)))


def _citation(candidate: Candidate, turns: Mapping[int, _SpokenTurn]) -> Citation:
    turn = turns.get(candidate.turn, NO_TURN)
    return Citation(candidate.start, candidate.end, turn.person_id)


def _score(score: object, source: ProposalSource) -> dict[str, object]:
    """Return the score as history keeps it; nobody knows how sure the assistant is."""
    if source is ProposalSource.ASSISTANT:
        return {}
    return {"score": score}


def _values(
    candidate: Candidate, text: str, turns: Mapping[int, _SpokenTurn], slugs: Mapping[str, int | None]
) -> dict[str, object]:
    return {
        "turn_id": turns.get(candidate.turn, NO_TURN).id,
        "kind": ProposalKind(candidate.kind),
        # A list needs a name for each; the form of an item leaves such a title empty.
        "title": candidate.title or first_words(text[candidate.start : candidate.end]),
        "addressee": candidate.addressee,
        "due_hint": candidate.due_hint,
        "milestone_id": slugs.get(candidate.milestone or ""),
        "score": candidate.score,
        "hole": candidate.hole,
        "exchange": candidate.exchange,
        "reported": candidate.reported,
        "state": TriageState.WAITING,
        "version": 1,
    }


def _references(candidates: Sequence[Candidate], numbers: Mapping[int, int]) -> Iterator[dict[str, int]]:
    for place, number in numbers.items():
        for earlier in dict.fromkeys(candidates[place].refers_to):
            if earlier in numbers:
                yield {"proposal_id": number, "earlier_id": numbers[earlier]}
