"""What is followed up: items, where their words stand, what they link to; and saved views of lists."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded
from tracker.meetings.models import Visibility


class ItemKind(StrEnum):
    """What was put forward."""

    RECOMMENDATION = "recommendation"
    CALL = "call"
    COMMITMENT = "commitment"
    OFFER = "offer"
    REQUEST = "request"


class Progress(StrEnum):
    """How far an item has come; independent of what its addressees answered."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    WAITING = "waiting"
    DONE_IN_PART = "done-in-part"
    DONE = "done"
    NO_LONGER_PURSUED = "no-longer-pursued"


class WaitingKind(StrEnum):
    """What kind of thing a waiting item waits for."""

    PARTY = "party"
    FUNDING = "funding"
    DECISION = "decision"
    EVENT = "event"


class DueFrom(StrEnum):
    """Which day of its milestone a due date counts from."""

    FIRST_DAY = "first-day"
    LAST_DAY = "last-day"


class Capacity(StrEnum):
    """For whom somebody spoke."""

    OWN = "own"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    COALITION_OR_GROUP = "coalition-or-group"
    MAG_MEMBER = "mag-member"
    CHAIR = "chair"
    MODERATOR = "moderator"
    RAPPORTEUR = "rapporteur"
    SECRETARIAT = "secretariat"
    HOST = "host"
    NOT_STATED = "not-stated"


class Channel(StrEnum):
    """How words reached the room."""

    IN_THE_ROOM = "in-the-room"
    REMOTE = "remote"
    THROUGH_INTERPRETATION = "through-interpretation"


class ProposerView(StrEnum):
    """What a proposer or supporter says of a closed item."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    DISPUTES = "disputes"


class Relation(StrEnum):
    """What a proposal does to the item that it made or was attached to."""

    NEW = "new"
    REPEATS = "repeats"
    REFINES = "refines"
    SUPPORTS = "supports"
    OBJECTS = "objects"
    ASKS = "asks"
    ANSWERS = "answers"
    #: its words are cited by the item already; nothing is added
    COVERED = "covered"


class SpeakerPart(StrEnum):
    """What whoever speaks the passage is to the item that was made of it."""

    PROPOSER = "proposer"
    REPORTER = "reporter"


class LinkKind(StrEnum):
    """What one item is to another that it links to."""

    REPEATS = "repeats"
    REFINES = "refines"
    DEPENDS_ON = "depends-on"
    SUPERSEDES = "supersedes"
    ANSWERED_BY = "answered-by"


class PartOfItem(Recorded):
    """A row that belongs to an item: history records its changes as the item's."""

    item_id: int

    def history_key(self) -> str:
        """Return the item it belongs to."""
        return f"item:{self.item_id}"


class Item(Recorded, SQLModel, table=True):
    """Something put forward that is followed up; what is due when is a rule, not a date (see due.py)."""

    __table_args__ = (
        sa.UniqueConstraint("body_id", "number"),
        sa.CheckConstraint("own_due_on IS NULL OR milestone_id IS NULL", name="one_due_rule"),
        sa.CheckConstraint("done_count IS NULL OR done_count BETWEEN 0 AND total_count", name="count_in_range"),
        # what is due at each milestone is counted from this alone
        sa.Index("ix_item_of_milestone", "body_id", "milestone_id", "progress", "proposer_view", "visibility"),
    )

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    #: unique in its register, and never used again
    number: int
    title: str
    kind: ItemKind = Field(sa_type=choice(ItemKind))
    text: str = ""
    theme: str | None = Field(default=None, index=True)
    #: the proposer
    put_forward_by: int | None = Field(default=None, foreign_key="party.id", index=True)
    capacity: Capacity = Field(default=Capacity.NOT_STATED, sa_type=choice(Capacity))
    capacity_of: str | None = None
    channel: Channel = Field(default=Channel.IN_THE_ROOM, sa_type=choice(Channel))
    reported_by: int | None = Field(default=None, foreign_key="person.id")
    #: what changes with the speaker of its passage; null once a person has said otherwise, and without a passage
    speaker_part: SpeakerPart | None = Field(default=None, sa_type=choice(SpeakerPart))
    #: the "if …" of a conditional commitment or offer: until it is met the item is not late
    condition: str | None = None
    condition_met_on: date | None = None
    progress: Progress = Field(default=Progress.NOT_STARTED, sa_type=choice(Progress), index=True)
    done_count: int | None = None
    total_count: int | None = None
    #: for what it waits, or why it is no longer pursued
    progress_reason: str | None = None
    waiting_for: int | None = Field(default=None, foreign_key="party.id", index=True)
    #: null where it does not wait, and where nobody has stated it
    waiting_kind: WaitingKind | None = Field(default=None, sa_type=choice(WaitingKind))
    own_due_on: date | None = None
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id", index=True)
    #: a milestone whose days are still tentative counts from its last day in any case
    due_from: DueFrom = Field(default=DueFrom.FIRST_DAY, sa_type=choice(DueFrom))
    offset_days: int = 0
    #: the due day first set, from which slippage counts; a promise only once somebody has accepted the item
    promised_on: date | None = None
    #: what its proposers and supporters say of a closed item, the strongest doubt first: see ClosingView
    proposer_view: ProposerView | None = Field(default=None, sa_type=choice(ProposerView))
    #: what its proposer says of that
    proposer_note: str | None = None
    visibility: Visibility = Field(default=Visibility.INTERNAL, sa_type=choice(Visibility))
    created_at: datetime = Field(sa_type=UTCDateTime)
    #: the moment of its last event
    changed_at: datetime = Field(sa_type=UTCDateTime, index=True)
    version: int = 1


class ItemCounter(SQLModel, table=True):
    """The highest item number that a register has used: a number is never used again, even if its item is undone."""

    __tablename__ = "item_counter"

    body_id: int = Field(primary_key=True, foreign_key="body.id")
    last_number: int = 0


class ItemPassage(PartOfItem, SQLModel, table=True):
    """A passage in which an item was put forward, repeated or refined."""

    __tablename__ = "item_passage"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    passage_id: int = Field(primary_key=True, foreign_key="passage.id", index=True)
    relation: Relation = Field(default=Relation.NEW, sa_type=choice(Relation))


class Origin(PartOfItem, SQLModel, table=True):
    """A proposal that triage made into an item or attached to one."""

    item_id: int = Field(foreign_key="item.id", index=True)
    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    relation: Relation = Field(sa_type=choice(Relation))


class ItemLink(PartOfItem, SQLModel, table=True):
    """A link from one item to another, and its kind."""

    __tablename__ = "item_link"
    __table_args__ = (sa.CheckConstraint("item_id <> other_id", name="not_itself"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    other_id: int = Field(primary_key=True, foreign_key="item.id", index=True)
    kind: LinkKind = Field(primary_key=True, sa_type=choice(LinkKind))


class Follow(SQLModel, table=True):
    """A person who wants to hear of an item without owning it."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id", index=True)


class SavedView(Recorded, SQLModel, table=True):
    """A list's filter, order and layout under a name: private to its maker, or shared with the register's people."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("body_id", "slug"),)

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    #: its name in addresses; stays when the view is renamed
    slug: str
    name: str
    #: the list's address after the question mark
    query: str
    made_by: int = Field(foreign_key="person.id", index=True)
    is_shared: bool = False
    #: when it was deleted; it can be restored
    dropped_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1
