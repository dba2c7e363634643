"""What was put forward: passages found by the detector or marked by hand, and what triage decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.detector.candidate import CLEAR
from tracker.history import Recorded
from tracker.text import LEFT_OUT


class ProposalKind(StrEnum):
    """What a passage does."""

    RECOMMENDATION = "recommendation"
    CALL = "call"
    COMMITMENT = "commitment"
    OFFER = "offer"
    REQUEST = "request"
    SUPPORT = "support"
    OBJECTION = "objection"


class ProposalSource(StrEnum):
    """Who found a proposal."""

    DETECTOR = "detector"
    HAND = "hand"
    #: the operator's own language model alone, or it and the detector
    ASSISTANT = "assistant"
    BOTH = "both"


FOUND_BY_ASSISTANT = (ProposalSource.ASSISTANT, ProposalSource.BOTH)


class TriageState(StrEnum):
    """What a person has decided of a proposal."""

    WAITING = "waiting"
    ITEM = "item"
    ATTACHED = "attached"
    SET_ASIDE = "set-aside"
    SNOOZED = "snoozed"


class AsideReason(StrEnum):
    """Why a proposal was set aside."""

    NOT_A_PROPOSAL = "not-a-proposal"
    EXCHANGE_IN_THE_ROOM = "exchange-in-the-room"
    TOO_GENERAL = "too-general"
    MEETING_LOGISTICS = "meeting-logistics"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Proposal(Recorded, SQLModel, table=True):
    """A passage that puts something forward, or speaks of something put forward."""

    __table_args__ = (
        # what stands in each state is counted from this alone
        sa.Index("ix_proposal_transcript_id_state", "transcript_id", "state"),
        sa.Index("ix_proposal_decided_by_decided_at", "decided_by", "decided_at"),
    )

    id: int = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id")
    passage_id: int = Field(foreign_key="passage.id", unique=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id")
    kind: ProposalKind = Field(sa_type=choice(ProposalKind))
    title: str
    #: as spoken, or null
    addressee: str | None = None
    due_hint: str | None = None
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    #: 0 to 1, by the detector; ranks the queue. What the assistant alone found has none, which is 0
    score: float = 1.0
    #: words in it could not be heard: never gets an owner by itself
    hole: bool = False
    #: a demand between two people in the room
    exchange: bool = False
    #: said by somebody who reports what others said
    reported: bool = False
    #: the words in which the record tells how a motion ended; they are only quoted
    result_id: int | None = Field(default=None, foreign_key="passage.id")
    source: ProposalSource = Field(sa_type=choice(ProposalSource))
    state: TriageState = Field(default=TriageState.WAITING, sa_type=choice(TriageState), index=True)
    reason: AsideReason | None = Field(default=None, sa_type=choice(AsideReason))
    note: str | None = None
    snoozed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: who marked it sensitive, and alone may take that back
    sensitive_by: int | None = Field(default=None, foreign_key="person.id")
    #: who set it aside where a second person must confirm; while it waits for one its state is still "waiting"
    aside_by: int | None = Field(default=None, foreign_key="person.id")
    version: int = 1

    @property
    def item_title(self) -> str:
        """Return the title of an item made of it; empty where the passage's first words stand for one."""
        if self.title.endswith(LEFT_OUT):
            return ""
        return self.title

    @property
    def is_clear(self) -> bool:
        """Tell whether it is among those that come first: the detector is sure of it, or somebody else found it too."""
        return self.score >= CLEAR or self.source in FOUND_BY_ASSISTANT

    @property
    def awaits_second(self) -> bool:
        """Tell whether somebody has set it aside and a second person has yet to confirm that."""
        return self.aside_by is not None and self.state is TriageState.WAITING


class Reference(SQLModel, table=True):
    """A proposal that speaks of an earlier one, as the detector read it."""

    __tablename__ = "proposal_reference"
    __table_args__ = (sa.CheckConstraint("proposal_id <> earlier_id", name="not_itself"),)

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    earlier_id: int = Field(primary_key=True, foreign_key="proposal.id")


class Meaning(SQLModel, table=True):
    """What a proposal means, as a vector: worked out after the import, and again where it is missing."""

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    #: the first of the passages of its transcript that stand together; itself where it stands alone
    leader_id: int = Field(foreign_key="proposal.id", index=True)
    #: 512 numbers in half precision
    vector: bytes = Field(sa_type=sa.LargeBinary)


class Likeness(SQLModel, table=True):
    """A proposal that seems to say the like of an earlier one of its register: a guess, for a person to look at."""

    __table_args__ = (sa.CheckConstraint("proposal_id <> earlier_id", name="not_itself"),)

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    earlier_id: int = Field(primary_key=True, foreign_key="proposal.id", index=True)
    #: 0 to 1
    degree: float


class SecondScore(SQLModel, table=True):
    """How a second look judges a proposal: worked out after the import, it moves it in the queue and does no more."""

    __tablename__ = "second_score"

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    #: 0 to 1
    score: float


class SecondLookDone(SQLModel, table=True):
    """That every proposal of a transcript that was in doubt has had its second look."""

    __tablename__ = "second_look"

    transcript_id: int = Field(primary_key=True, foreign_key="transcript.id")
    done_at: datetime = Field(sa_type=UTCDateTime)


class WordingChange(StrEnum):
    """How the words of a proposal stand to those of the version before."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"


class Succession(SQLModel, table=True):
    """A proposal of a corrected transcript, and the one of an earlier version that stood in its place."""

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    #: null where nothing stood there
    earlier_id: int | None = Field(default=None, foreign_key="proposal.id", index=True)
    change: WordingChange = Field(sa_type=choice(WordingChange))


class TriageLease(SQLModel, table=True):
    """Who is looking at a passage, so that nobody else is led to it; by the real clock."""

    __tablename__ = "triage_lease"

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    until: datetime = Field(sa_type=UTCDateTime)


class Batch(Recorded, SQLModel, table=True):
    """Passages that one person decided together, and can take back together."""

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    #: what was decided of all; null where each was decided as advised
    state: TriageState | None = Field(default=None, sa_type=choice(TriageState))
    reason: AsideReason | None = Field(default=None, sa_type=choice(AsideReason))
    decided_by: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UTCDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class BatchMember(SQLModel, table=True):
    """A passage of a batch, and which version of it the decision made: a later one is left alone."""

    __tablename__ = "batch_member"

    batch_id: int = Field(primary_key=True, foreign_key="batch.id")
    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    version: int


class Advice(SQLModel, table=True):
    """What a rapporteur would decide of a passage; it decides nothing before the secretariat takes it over."""

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    person_id: int = Field(foreign_key="person.id")
    advised_at: datetime = Field(sa_type=UTCDateTime)
    #: item, attached or set aside
    state: TriageState = Field(sa_type=choice(TriageState))
    #: the fields of the form that was filled in
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    version: int = 1


class TrainedDetector(Recorded, SQLModel, table=True):
    """What a register's own triage has taught the detector; without it the one that comes with the project is used."""

    __tablename__ = "trained_detector"

    body_id: int = Field(primary_key=True, foreign_key="body.id")
    trained_at: datetime = Field(sa_type=UTCDateTime)
    #: decisions it has learned from
    decisions: int
    #: the weights, as JSON
    model: str

    def history_key(self) -> str:
        """Return the register it belongs to."""
        return f"detector:{self.body_id}"
