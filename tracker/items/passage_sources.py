"""From what items come: what was said and taken down as captions, or what was sent in writing."""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.items.models import ItemPassage
from tracker.transcripts.models import Passage, Transcript


class Sources(NamedTuple):
    """Whether anything of it was said, and whether anything was written."""

    spoken: bool
    written: bool


def sources(session: Session, item_ids: Iterable[int]) -> Sources:
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
