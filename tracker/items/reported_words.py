"""What somebody reports of others counts for nobody else: it is shown with its reporter, and is in no figure.

Whatever counts proposers or positions, lists them by party or group, or writes them into a column, asks here.
"""

from collections.abc import Iterable
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import col

from tracker.items.models import Item, SpeakerPart
from tracker.items.party_models import Position, Stance


class Attributed(Protocol):
    """What is said to be a party's: an item, a position, or either of them in a report."""

    @property
    def reported_by(self) -> Any:
        """Who reported it; None where the party spoke itself."""


def is_own(row: Attributed) -> bool:
    """Tell whether the party put it forward, or takes the position, in its own words."""
    # The speaker of an item may still have no name: that they only report it is known all the same, of an item by
    # their part, in a file or a report by the column in which its party stands.
    is_reporters = getattr(row, "speaker_part", None) is SpeakerPart.REPORTER
    return row.reported_by is None and not is_reporters and getattr(row, "reported_of", None) is None


def proposed_itself() -> sa.ColumnElement[bool]:
    """Return the condition that the proposer of an item put it forward itself."""
    part = col(Item.speaker_part)
    is_not_reporters = sa.or_(part.is_(None), part != SpeakerPart.REPORTER)
    return sa.and_(col(Item.reported_by).is_(None), is_not_reporters)


def took_position(stances: Iterable[Stance]) -> sa.ColumnElement[bool]:
    """Return the condition that a party took such a position itself."""
    return sa.and_(col(Position.stance).in_(stances), col(Position.reported_by).is_(None))


def proposer_and_reported(row: Attributed, party: str | None) -> tuple[str | None, str | None]:
    """Return the party as the one that put the item forward, or else as the one of which somebody reported it."""
    if is_own(row):
        return party, None
    return None, party
