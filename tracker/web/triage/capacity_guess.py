"""In what capacity a passage was spoken, to stand ready in the forms of triage: a person who sends them accepts it."""

from sqlmodel import Session

from tracker.items.models import Capacity, Channel
from tracker.proposals.models import Proposal
from tracker.proposals.queries import ProposalEntry, entry
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, speaking


def spoken_as(session: Session, proposal: Proposal) -> SpokenCapacity:
    """Return what a person said of the turn, else what its words and the passage's say."""
    return of_entry(entry(session, proposal))


def of_entry(shown: ProposalEntry) -> SpokenCapacity:
    """Return the same of a passage whose words have been read."""
    if shown.turn is None:
        return SpokenCapacity()
    return speaking(shown.text, shown.turn, shown.passage.start, shown.passage.end)


def ready(told: SpokenCapacity) -> str:
    """Return the capacity that a form is filled in with."""
    return told.capacity or Capacity.NOT_STATED.value


def party_and_channel(told: SpokenCapacity, capacity: str) -> tuple[str | None, Channel]:
    """Return for whom and by which way, as far as the capacity that was sent is the one that the page showed."""
    party = told.capacity_of if told.capacity == capacity else None
    return party, Channel(told.channel) if told.channel else Channel.IN_THE_ROOM
