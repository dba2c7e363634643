"""What was said: transcripts kept byte for byte, their turns, and passages named by file and offsets."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded


class Transcript(Recorded, SQLModel, table=True):
    """The words of a meeting as imported, in versions; offsets count in `text`."""

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "author_key", "number"),
        sa.UniqueConstraint("meeting_id", "sha256"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    #: whose written contribution it is ("person:7", "name:…"); empty for what was said in the room. Versions count
    #: within a meeting and an author
    author_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    author_id: int | None = Field(default=None, foreign_key="person.id")
    #: as given, where the author is nobody of the register
    author_name: str | None = None
    author_affiliation: str | None = None
    author_group: str | None = Field(default=None, foreign_key="stakeholder_group.slug")
    #: the author writes in the name of the organisation
    for_organisation: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    #: version of this meeting's transcript, or of this author's contribution, from 1
    number: int
    sha256: str = Field(index=True)
    filename: str
    media_type: str
    original: bytes = Field(sa_type=sa.LargeBinary)
    text: str
    imported_at: datetime = Field(sa_type=UTCDateTime)
    imported_by: int | None = Field(default=None, foreign_key="person.id")

    @property
    def is_written(self) -> bool:
        """Tell whether it is a written contribution: somebody's document, and no record of what was said."""
        return self.author_key != ""


class Turn(Recorded, SQLModel, table=True):
    """One speaker's unbroken speech: characters start to end of the transcript's text, without the label."""

    __table_args__ = (
        sa.UniqueConstraint("transcript_id", "seq"),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="range"),
    )

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id")
    seq: int
    #: as printed; null where none was
    label: str | None = None
    #: best full name that the text itself gives
    speaker: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    start: int
    end: int
    #: seconds from the start of the recording; null where the file tells no time
    said_at: int | None = None
    #: number of the turn it was split off from
    split_from: int | None = None
    #: for whom somebody spoke, by which way, and whether of others: null until a person has said it
    capacity: str | None = None
    capacity_of: str | None = None
    channel: str | None = None
    is_reporting: bool | None = Field(default=None, index=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})

    def history_key(self) -> str:
        """Return the transcript it stands in."""
        return f"transcript:{self.transcript_id}"


class JoinedTurn(SQLModel, table=True):
    """What a turn was before it was joined to the one before it: links to its number go on, and it can come back."""

    __tablename__ = "joined_turn"
    __table_args__ = (sa.UniqueConstraint("transcript_id", "seq"),)

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id")
    #: the turn whose words it continues
    turn_id: int = Field(foreign_key="turn.id", index=True)
    #: where that one ended before
    cut: int
    seq: int
    label: str | None = None
    speaker: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    start: int
    end: int
    said_at: int | None = None
    split_from: int | None = None


class CandidateState(StrEnum):
    """What a person has decided of something heard."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Introduction(Recorded, SQLModel, table=True):
    """What speakers seem to say of themselves; nobody's name or affiliation before a person accepts it."""

    __table_args__ = (sa.CheckConstraint('start >= 0 AND "end" > start', name="range"),)

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id", index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    start: int
    end: int
    #: as heard: captions mishear exactly these
    name: str
    affiliation: str | None = None
    stakeholder_group: str | None = None
    state: CandidateState = Field(default=CandidateState.WAITING, sa_type=choice(CandidateState))
    #: whose it was found to be
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1

    def history_key(self) -> str:
        """Return the transcript it stands in."""
        return f"transcript:{self.transcript_id}"


class DoubtState(StrEnum):
    """What a person has decided of two names."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class SpeakerDoubt(Recorded, SQLModel, table=True):
    """A label that may be the same person's as another label, or as somebody known."""

    __tablename__ = "speaker_doubt"
    __table_args__ = (
        sa.CheckConstraint("(other IS NULL) <> (person_id IS NULL)", name="label_or_person"),
        sa.UniqueConstraint("transcript_id", "label", "other"),
        sa.UniqueConstraint("transcript_id", "label", "person_id"),
    )

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id")
    label: str
    other: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    state: DoubtState = Field(default=DoubtState.OPEN, sa_type=choice(DoubtState))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1

    def history_key(self) -> str:
        """Return the transcript it stands in."""
        return f"transcript:{self.transcript_id}"


class Passage(SQLModel, table=True):
    """A range of characters of one file. It never changes; a corrected transcript gets a new one."""

    __table_args__ = (
        sa.UniqueConstraint("sha256", "start", "end"),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="range"),
    )

    id: int = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    start: int
    end: int
    #: null until that file is imported, so that a seed can point ahead
    transcript_id: int | None = Field(default=None, foreign_key="transcript.id", index=True)
    #: who speaks there; may be corrected while the text may not
    speaker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    #: the passage of an earlier version that this one was re-anchored from: the first of them all
    moved_from_id: int | None = Field(default=None, foreign_key="passage.id")
    #: it could not be found in the newest version: the secretariat is told
    is_lost: bool = False


class AnchorState(StrEnum):
    """What became of a passage in a later version of its transcript."""

    UNCHANGED = "unchanged"
    #: the same words in another order
    MOVED = "moved"
    CHANGED = "changed"
    #: a person said where it stands
    PLACED = "placed"
    #: a place was found, and a person is asked whether it is the one
    DOUBTFUL = "doubtful"
    LOST = "lost"
    #: a person said that it stands nowhere any more
    GONE = "gone"


class Anchor(Recorded, SQLModel, table=True):
    """Where a passage of an earlier version stands in a later one: what was found, and what a person said."""

    __table_args__ = (sa.UniqueConstraint("passage_id", "transcript_id"),)

    id: int = Field(default=None, primary_key=True)
    passage_id: int = Field(foreign_key="passage.id")
    #: the later version
    transcript_id: int = Field(foreign_key="transcript.id", index=True)
    found: AnchorState = Field(sa_type=choice(AnchorState))
    state: AnchorState = Field(sa_type=choice(AnchorState), index=True)
    #: null until the place is sure
    moved_to_id: int | None = Field(default=None, foreign_key="passage.id", index=True)
    #: the characters that were found
    start: int | None = None
    end: int | None = None
    #: of the words, 0 to 1
    likeness: float = 0.0
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1

    def history_key(self) -> str:
        """Return the transcript that it stands in."""
        return f"transcript:{self.transcript_id}"


class Correction(SQLModel, table=True):
    """How many sentences a version has in common with the one before it."""

    transcript_id: int = Field(primary_key=True, foreign_key="transcript.id")
    earlier_id: int = Field(foreign_key="transcript.id")
    unchanged: int
    moved: int
    changed: int
    new: int
    gone: int
