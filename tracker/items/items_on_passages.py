"""Which items cite which passages: those of earlier transcript versions, and whether items were said or written."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage, Origin
from tracker.items.party_models import Position
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Anchor, AnchorState, Passage, Transcript
from tracker.transcripts.versions.newest_places import is_newest
from tracker.transcripts.versions.settle_passages import OPEN


@dataclass(frozen=True)
class Anchored:
    """A passage of an earlier version that items cite, and its anchor in the corrected version."""

    anchor: Anchor
    #: the passage's words in the version it was cited from, and that version's number
    words: str
    number: int
    earlier: Passage
    items: tuple[Item, ...]


def anchored_passages(session: Session, transcript: Transcript) -> list[Anchored]:
    """Return the passages of earlier versions that items cite, by version and place.

    A passage that an earlier correction moved stands there once, in the first version in which it was cited.
    """
    version = aliased(Transcript)
    rows = session.exec(
        select(Anchor, Passage, version)
        .join(Passage, col(Anchor.passage_id) == col(Passage.id))
        .join(version, col(Passage.transcript_id) == col(version.id))
        .where(col(Anchor.transcript_id) == transcript.id)
        .order_by(col(version.number), col(Passage.start), col(Anchor.id))
    ).all()
    citing = _citing(session, [anchor.passage_id for anchor, *_ in rows])
    items_of_root: dict[int | None, dict[int, Item]] = defaultdict(dict)
    first_of_root: dict[int | None, tuple[Anchor, Passage, Transcript]] = {}
    for row in rows:
        passage = row[1]
        root = _root(passage)
        items_of_root[root] |= {item.number: item for item in citing.get(passage.id, ())}
        first_of_root.setdefault(root, row)
    return [
        _anchored(anchor, passage, cited_version, items_of_root[root])
        for root, (anchor, passage, cited_version) in first_of_root.items()
        if items_of_root[root]
    ]


def _anchored(anchor: Anchor, passage: Passage, version: Transcript, items: dict[int, Item]) -> Anchored:
    return Anchored(
        anchor=anchor,
        words=version.text[passage.start : passage.end],
        number=version.number,
        earlier=passage,
        items=tuple(items[number] for number in sorted(items)),
    )


def _root(passage: Passage) -> int | None:
    """Return the id of the passage as it was first cited: each correction makes a copy that names it."""
    return passage.moved_from_id or passage.id


def _citing(session: Session, passage_ids: Collection[int]) -> dict[int, list[Item]]:
    """Return the items of each passage: those that cite it, and those made from a proposal in it."""
    items: dict[int, list[Item]] = defaultdict(list)
    for cites in _citations():
        rows = select(cites.c.passage, Item).join(Item, col(Item.id) == cites.c.item)
        for passage_id, item in session.exec(rows.where(cites.c.passage.in_(passage_ids))):
            items[passage_id].append(item)
    return items


def _citations() -> list[Any]:
    """Return subqueries of `passage` and `item`, one for each way in which items cite passages."""
    columns: Any = (col(Proposal.passage_id).label("passage"), col(Origin.item_id).label("item"))
    through = sa.select(*columns).join(Proposal, col(Origin.proposal_id) == col(Proposal.id))
    cited: list[Any] = [
        sa.select(col(link.passage_id).label("passage"), col(link.item_id).label("item"))
        for link in (ItemPassage, Position)
    ]
    return [statement.subquery() for statement in (*cited, through)]


@dataclass(frozen=True)
class CorrectedTranscript:
    """The newest version of a corrected transcript, and how many cited passages the secretariat must look at."""

    transcript_id: int
    number: int
    meeting: Meeting
    waiting: int


def corrected_transcripts(session: Session, body_id: int) -> list[CorrectedTranscript]:
    """Return the corrected transcripts of a register, those with most lost or doubtful passages first."""
    waiting = _waiting(body_id).subquery()
    columns: Any = (Transcript.id, Transcript.number, Meeting, sa.func.count(sa.distinct(waiting.c.root)))
    rows = session.exec(
        select(*columns)
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .outerjoin(waiting, waiting.c.transcript == col(Transcript.id))
        .where(col(Meeting.body_id) == body_id, col(Transcript.number) > 1, is_newest())
        .group_by(col(Transcript.id), col(Meeting.id))
        .order_by(sa.func.count(sa.distinct(waiting.c.root)).desc(), col(Meeting.starts_on).desc(), col(Meeting.id))
    )
    return [CorrectedTranscript(*row) for row in rows]


def waiting_count(session: Session, body_id: int) -> int:
    """Return how many passages that items cite are lost or doubtful in the newest versions."""
    waiting = _waiting(body_id).subquery()
    count: int = session.execute(sa.select(sa.func.count(sa.distinct(waiting.c.root)))).scalar_one()
    return count


def _waiting(body_id: int) -> Any:
    """Return the `root` and `transcript` of each lost or doubtful passage that items cite.

    Counting distinct roots counts a passage once, whatever versions it is cited from.
    """
    cited = sa.union(*(sa.select(citation.c.passage) for citation in _citations())).subquery()
    root = sa.func.coalesce(col(Passage.moved_from_id), col(Passage.id)).label("root")
    return (
        sa.select(root, col(Anchor.transcript_id).label("transcript"))
        .join(Passage, col(Anchor.passage_id) == col(Passage.id))
        .join(Transcript, col(Anchor.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Anchor.state).in_(OPEN), col(Meeting.body_id) == body_id, is_newest())
        .where(col(Anchor.passage_id).in_(sa.select(cited.c.passage)))
    )


def anchor_counts(session: Session, transcript: Transcript) -> dict[AnchorState, int]:
    """Return how many passages of earlier versions, cited or not, are in each state; zeros included."""
    columns: Any = (Anchor.state, sa.func.count())
    of_version = select(*columns).where(col(Anchor.transcript_id) == transcript.id).group_by(col(Anchor.state))
    counts = dict(session.exec(of_version).all())
    return {state: counts.get(state, 0) for state in AnchorState}


class Sources(NamedTuple):
    """Whether any of the items was said in a meeting, and whether any was sent in writing."""

    spoken: bool
    written: bool


def passage_sources(session: Session, item_ids: Iterable[int]) -> Sources:
    """Return whether these items cite spoken passages, written ones, or both.

    A passage whose transcript is not imported counts as spoken: a seed points ahead to transcripts only.
    """
    author = sa.func.coalesce(col(Transcript.author_key), "")
    cited = (
        sa.select(author != "")
        .select_from(ItemPassage)
        .join(Passage, col(Passage.id) == col(ItemPassage.passage_id))
        .outerjoin(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .where(col(ItemPassage.item_id).in_(list(item_ids)))
        .distinct()
    )
    kinds = {bool(is_written) for is_written in session.scalars(cited)}
    return Sources(spoken=False in kinds, written=True in kinds)
