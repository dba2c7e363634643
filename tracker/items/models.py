"""Tables of what is followed up: items, their addressees, owners, positions and links; and saved views of them."""

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


class ResponseState(StrEnum):
    """What an addressee has answered."""

    NOT_YET_SENT = "not-yet-sent"
    SENT = "sent"
    UNDER_CONSIDERATION = "under-consideration"
    TAKEN_UP = "taken-up"
    TAKEN_UP_IN_PART = "taken-up-in-part"
    NOT_TAKEN_UP = "not-taken-up"
    REFERRED = "referred"
    OVERTAKEN = "overtaken"


class SendWay(StrEnum):
    """How an item was sent to an addressee."""

    LETTER = "letter"
    MAIL = "mail"
    IN_THE_MEETING = "in-the-meeting"
    CALL = "call"
    OTHER = "other"


class OwnerState(StrEnum):
    """How a request to own an item stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Stance(StrEnum):
    """Where a party stands, in the weakest reading that its words bear."""

    SUPPORTS = "supports"
    SUPPORTS_IF = "supports-if"
    OBJECTS_TO_THE_AIM = "objects-to-the-aim"
    OBJECTS_TO_THE_WAY = "objects-to-the-way"
    HAS_A_CONCERN = "has-a-concern"
    ASKS = "asks"


#: stances for an item, and those against it as it is
FOR = frozenset({Stance.SUPPORTS, Stance.SUPPORTS_IF})
AGAINST = frozenset({Stance.OBJECTS_TO_THE_AIM, Stance.OBJECTS_TO_THE_WAY, Stance.HAS_A_CONCERN})


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


class ClosingDoubt(StrEnum):
    """The doubt that stands beside a closing: the strongest that a proposer or supporter has of it."""

    DISPUTED = "disputed-by-a-proposer-or-supporter"
    PARTLY = "only-partly-says-a-proposer-or-supporter"


class Relation(StrEnum):
    """What a proposal does to the item that it made or was attached to."""

    NEW = "new"
    REPEATS = "repeats"
    REFINES = "refines"
    SUPPORTS = "supports"
    OBJECTS = "objects"
    ANSWERS = "answers"
    #: its words are cited by the item already; nothing is added
    COVERED = "covered"


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
        sa.Index("ix_item_of_milestone", "body_id", "milestone_id", "progress", "visibility"),
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


class Addressee(PartOfItem, SQLModel, table=True):
    """A party named as the one to act, how the item was sent to it, and its response."""

    __table_args__ = (sa.UniqueConstraint("item_id", "party_id"),)

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    party_id: int = Field(foreign_key="party.id", index=True)
    response: ResponseState = Field(default=ResponseState.NOT_YET_SENT, sa_type=choice(ResponseState))
    #: when, how and by whom the item was sent to the party; the words add to how, as "letter of 27 February"
    sent_on: date | None = None
    sent_way: SendWay | None = Field(default=None, sa_type=choice(SendWay))
    sent_words: str | None = None
    sent_by: int | None = Field(default=None, foreign_key="person.id")
    #: who answered for the party and who recorded it, when and why
    answered_by: str | None = None
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    responded_on: date | None = None
    reason: str | None = None
    version: int = 1


class Ownership(PartOfItem, SQLModel, table=True):
    """A request to own an item, and what became of it. The party is its owner once it has accepted."""

    __table_args__ = (sa.Index("ix_ownership_item_id_state", "item_id", "state"),)

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    party_id: int = Field(foreign_key="party.id", index=True)
    state: OwnerState = Field(default=OwnerState.REQUESTED, sa_type=choice(OwnerState))
    #: for a body: who answers for it, and the second one
    answers_for_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    second_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    requested_by: int | None = Field(default=None, foreign_key="person.id")
    requested_at: datetime = Field(sa_type=UTCDateTime)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    note: str | None = None
    version: int = 1


class Helper(PartOfItem, SQLModel, table=True):
    """A person who helps the owner."""

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)


class Position(PartOfItem, SQLModel, table=True):
    """Where a party stands on an item, in what capacity, by which passage."""

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    stance: Stance = Field(sa_type=choice(Stance))
    condition: str | None = None
    capacity: Capacity = Field(default=Capacity.NOT_STATED, sa_type=choice(Capacity))
    capacity_of: str | None = None
    channel: Channel = Field(default=Channel.IN_THE_ROOM, sa_type=choice(Channel))
    #: who reported the position, if the party did not take it itself; it then counts for nobody
    reported_by: int | None = Field(default=None, foreign_key="person.id")
    #: null only where the position was not taken in a meeting
    passage_id: int | None = Field(default=None, foreign_key="passage.id", index=True)
    version: int = 1


class ClosingView(PartOfItem, SQLModel, table=True):
    """What a proposer or supporter says of an item's closing; the strongest doubt is the item's `proposer_view`."""

    __tablename__ = "closing_view"

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    party_id: int = Field(primary_key=True, foreign_key="party.id", index=True)
    view: ProposerView = Field(sa_type=choice(ProposerView))
    note: str | None = None
    #: false once the item is open again; undoing the update that reopened it makes it true again
    is_current: bool = True


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
