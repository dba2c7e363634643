"""What hangs on passages of earlier versions: which items cite them, and where these stand in the corrected one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage, Origin, Position
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Anchor, AnchorState, Passage, Transcript
from tracker.transcripts.versions.newest_places import is_newest
from tracker.transcripts.versions.settle_passages import OPEN


@dataclass(frozen=True)
class Anchored:
    """A passage that items cite, and what became of it in a corrected version."""

    anchor: Anchor
    #: what it says where it was cited from, and in which version
    words: str
    number: int
    earlier: Passage
    items: tuple[Item, ...]


def anchored_passages(session: Session, transcript: Transcript) -> list[Anchored]:
    """Return the passages of earlier versions that items cite, each once, in the order in which they were said."""
    version = aliased(Transcript)
    rows = session.exec(
        select(Anchor, Passage, version)
        .join(Passage, col(Anchor.passage_id) == col(Passage.id))
        .join(version, col(Passage.transcript_id) == col(version.id))
        .where(col(Anchor.transcript_id) == transcript.id)
        .order_by(col(version.number), col(Passage.start), col(Anchor.id))
    ).all()
    citing = _citing(session, [anchor.passage_id for anchor, *_ in rows])
    of_root: dict[int | None, dict[int, Item]] = defaultdict(dict)
    for _, passage, _ in rows:
        of_root[_root(passage)] |= {item.number: item for item in citing.get(passage.id, ())}
    first = {_root(passage): (anchor, passage, its_version) for anchor, passage, its_version in reversed(rows)}
    return [
        Anchored(anchor, its_version.text[passage.start : passage.end], its_version.number, passage, tuple(items))
        for anchor, passage, its_version in sorted(first.values(), key=lambda row: (row[2].number, row[1].start))
        if (items := [of_root[_root(passage)][number] for number in sorted(of_root[_root(passage)])])
    ]


def _root(passage: Passage) -> int | None:
    return passage.moved_from_id or passage.id


def _citing(session: Session, passage_ids: Collection[int]) -> dict[int, list[Item]]:
    """Return the items of each passage: those that cite it, or came of a proposal there."""
    found: dict[int, list[Item]] = defaultdict(list)
    for cites in _ways():
        rows = select(cites.c.passage, Item).join(Item, col(Item.id) == cites.c.item)
        for passage_id, item in session.exec(rows.where(cites.c.passage.in_(passage_ids))):
            found[passage_id].append(item)
    return found


def _ways() -> list[Any]:
    """Return subqueries of `passage` and `item`: all the ways in which items cite passages."""
    columns: Any = (col(Proposal.passage_id).label("passage"), col(Origin.item_id).label("item"))
    through = sa.select(*columns).join(Proposal, col(Origin.proposal_id) == col(Proposal.id))
    cited: list[Any] = [
        sa.select(col(link.passage_id).label("passage"), col(link.item_id).label("item"))
        for link in (ItemPassage, Position)
    ]
    return [statement.subquery() for statement in (*cited, through)]


@dataclass(frozen=True)
class CorrectedTranscript:
    """The newest version of a corrected transcript, and how many passages of items wait for the secretariat."""

    transcript_id: int
    number: int
    meeting: Meeting
    waiting: int


def corrected_transcripts(session: Session, body_id: int) -> list[CorrectedTranscript]:
    """Return the corrected transcripts of a register, those first in which passages were lost."""
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
    """Return `root` and `transcript` of what waits; a passage counts once, whatever versions it is cited from."""
    cited = sa.union(*(sa.select(way.c.passage) for way in _ways())).subquery()
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
    """Return how many passages of earlier versions became what, used or not."""
    columns: Any = (Anchor.state, sa.func.count())
    of_version = select(*columns).where(col(Anchor.transcript_id) == transcript.id).group_by(col(Anchor.state))
    found = dict(session.exec(of_version).all())
    return {state: found.get(state, 0) for state in AnchorState}


class Sources(NamedTuple):
    """Whether anything of it was said, and whether anything was written."""

    spoken: bool
    written: bool


def passage_sources(session: Session, item_ids: Iterable[int]) -> Sources:
    """Return from what these items come; a passage whose file is not there was said."""
    author = sa.func.coalesce(col(Transcript.author_key), "")
    cited = (
        sa.select(author != "").select_from(ItemPassage).join(Passage, col(Passage.id) == col(ItemPassage.passage_id))
    )
    found = session.scalars(
        cited.outerjoin(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .where(col(ItemPassage.item_id).in_(list(item_ids)))
        .distinct()
    )
    kinds = {bool(is_written) for is_written in found}
    return Sources(False in kinds, True in kinds)
