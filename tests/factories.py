"""Makers of rows with sensible defaults; each leaves the event that the guard asks for."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from tracker.history import Actor, ChangeWay, leave
from tracker.items.create import next_number
from tracker.items.models import Item, ItemKind
from tracker.items.party_models import Addressee, Ownership, OwnerState
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Body, Party, Person, Role, Term
from tracker.people.queries import Sight
from tracker.proposals.models import Proposal, ProposalKind, ProposalSource
from tracker.transcripts.models import Passage, Transcript, Turn

NOW = datetime(2012, 11, 12, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
SYSTEM = Actor(None, ChangeWay.COMMAND_LINE)
Row = TypeVar("Row", bound=SQLModel)


def made(session: Session, row: Row) -> Row:
    """Add the row with its event, so that it has its number and may be committed."""
    session.add(row)
    leave(session, row, "made", by=SYSTEM, now=NOW)  # type: ignore[arg-type]
    return row


def _number(session: Session) -> int:
    session.info["factory"] = session.info.get("factory", 0) + 1
    return int(session.info["factory"])


def make_register(session: Session, **values: Any) -> Body:
    """A body that keeps items; "library-board" unless named, with its party."""
    body = made(session, Body(**{"slug": "library-board", "name": "Library Board", "is_register": True, **values}))
    made(session, Party(slug=body.slug, body_id=body.id))
    return body


def make_person(session: Session, name: str = "Ana Silva", **values: Any) -> Person:
    """A person with the address ana@example.org and a party."""
    slug = f"{name.lower().replace(' ', '-')}-{_number(session)}"
    email = values.pop("email", f"{name.split()[0].lower()}@example.org")
    person = made(session, Person(slug=slug, name=name, email=email, **values))
    made(session, Party(slug=slug, person_id=person.id))
    return person


def sight_into(*bodies: Body) -> Sight:
    """What somebody who serves in these registers may see."""
    return Sight(None, frozenset(body.id for body in bodies), frozenset())


def make_term(session: Session, person: Person, body: Body, role: Role = Role.MEMBER, **values: Any) -> Term:
    """A role since the first of January 2012."""
    defaults = {"first_day": date(2012, 1, 1)}
    return made(session, Term(**{"person_id": person.id, "body_id": body.id, "role": role, **defaults, **values}))


def make_milestone(session: Session, body: Body, **values: Any) -> Milestone:
    """The February consultations."""
    day = values.get("starts_on", date(2013, 2, 28))
    defaults = {"slug": "feb-2013-consultations", "title": "February consultations", "starts_on": day, "ends_on": day}
    return made(session, Milestone(**{"body_id": body.id, **defaults, **values}))


def make_meeting(session: Session, body: Body, **values: Any) -> Meeting:
    """A sitting on 9 November 2012."""
    day = values.get("starts_on", date(2012, 11, 9))
    defaults = {"slug": "taking-stock", "title": "Taking stock", "starts_on": day, "ends_on": day}
    return made(session, Meeting(**{"body_id": body.id, **defaults, **values}))


def make_item(session: Session, body: Body, **values: Any) -> Item:
    """An item with the register's next number."""
    defaults = {"title": "Keep an archive", "kind": ItemKind.RECOMMENDATION, "created_at": NOW, "changed_at": NOW}
    number = values.pop("number", None) or next_number(session, body.id)
    return made(session, Item(**{"body_id": body.id, "number": number, **defaults, **values}))


def party_of(session: Session, row: Body | Person) -> Party:
    """The party that a person or a body is."""
    column = Party.body_id if isinstance(row, Body) else Party.person_id
    return session.exec(select(Party).where(column == row.id)).one()


def party_id_of(session: Session, row: Body | Person) -> int:
    """The number of the party that a person or a body is."""
    number = party_of(session, row).id
    assert number is not None
    return number


def make_addressee(session: Session, item: Item, party: Party, **values: Any) -> Addressee:
    """A party named as the one to act."""
    return made(session, Addressee(**{"item_id": item.id, "party_id": party.id, **values}))


def make_ownership(session: Session, item: Item, party: Party, **values: Any) -> Ownership:
    """An accepted owner."""
    defaults = {"state": OwnerState.ACCEPTED, "requested_at": NOW}
    return made(session, Ownership(**{"item_id": item.id, "party_id": party.id, **defaults, **values}))


def make_proposal(session: Session, meeting: Meeting, speaker: Person | None = None, **values: Any) -> Proposal:
    """A proposal that waits for triage: found in a transcript of one sentence, unless its passage is given."""
    if "passage_id" not in values:
        values = {**_one_sentence(session, meeting, speaker), **values}
    defaults = {"kind": ProposalKind.RECOMMENDATION, "title": "Keep an archive", "source": ProposalSource.DETECTOR}
    return made(session, Proposal(**{**defaults, **values}))


def _one_sentence(session: Session, meeting: Meeting, speaker: Person | None) -> dict[str, int | None]:
    """The next sentence of the meeting's transcript, which begins with the first."""
    found = select(Transcript).where(Transcript.meeting_id == meeting.id, Transcript.filename == "sentences.txt")
    transcript = session.exec(found).one_or_none() or _sentences(session, meeting)
    used = len(session.exec(select(Proposal.id).where(Proposal.transcript_id == transcript.id)).all())
    start = [0, *(place.end() for place in re.finditer(r"\.\n", transcript.text))][used]
    passage = Passage(sha256=transcript.sha256, start=start, end=transcript.text.index("\n", start))
    passage.transcript_id, passage.speaker_id = transcript.id, speaker.id if speaker else None
    session.add(passage)
    session.flush()
    return {"transcript_id": transcript.id, "passage_id": passage.id}


def _sentences(session: Session, meeting: Meeting) -> Transcript:
    numbers = range(1, 101)
    text = "".join(f"We should keep an archive, number {meeting.id}.{number}.\n" for number in numbers)
    kept = {"number": 1, "sha256": sha256(text.encode()).hexdigest(), "filename": "sentences.txt"}
    told = {"original": text.encode(), "text": text, "imported_at": NOW, "media_type": "text/plain"}
    return made(session, Transcript(meeting_id=meeting.id, **kept, **told))


def make_transcript(session: Session, meeting: Meeting, text: str, **values: Any) -> Transcript:
    """A transcript of that text, with one turn a paragraph that reads "LABEL: words", or words without a label."""
    digest = sha256(text.encode()).hexdigest()
    versions = session.exec(select(Transcript.id).where(Transcript.meeting_id == meeting.id)).all()
    kept = {"number": len(versions) + 1, "sha256": digest, "filename": "session.txt", "media_type": "text/plain"}
    told = {"original": text.encode(), "text": text, "imported_at": NOW, **values}
    transcript = made(session, Transcript(meeting_id=meeting.id, **{**kept, **told}))
    at = 0
    for seq, paragraph in enumerate(text.split("\n\n"), 1):
        label, colon, _words = paragraph.partition(": ")
        begin = at + len(label) + 2 if colon else at
        turn = Turn(transcript_id=transcript.id, seq=seq, start=begin, end=at + len(paragraph))
        turn.label = label if colon else None
        made(session, turn)
        at += len(paragraph) + 2
    return transcript


def make_passage(session: Session, transcript: Transcript, words: str, **values: Any) -> Passage:
    """The passage of these words in the transcript."""
    start = transcript.text.index(words)
    place = {"start": start, "end": start + len(words), "transcript_id": transcript.id}
    passage = Passage(**{"sha256": transcript.sha256, **place, **values})
    session.add(passage)
    session.flush()
    return passage
