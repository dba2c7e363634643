"""Tables of what parties have to do with an item: as addressees, owners, helpers, and by the positions they take."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.items.models import Capacity, Channel, PartOfItem, ProposerView


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


class ClosingDoubt(StrEnum):
    """The doubt that stands beside a closing: the strongest that a proposer or supporter has of it."""

    DISPUTED = "disputed-by-a-proposer-or-supporter"
    PARTLY = "only-partly-says-a-proposer-or-supporter"


class Addressee(PartOfItem, SQLModel, table=True):
    """A party named as the one to act, how the item was sent to it, and its response."""

    # A party answers an item once: the constraint also stops two people who add it at the same moment.
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

    # Who owns what is asked by item and by state, on every list and in every digest.
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
    #: it is the position of whoever speaks the passage; false once a person has corrected it
    follows_speaker: bool = False
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
