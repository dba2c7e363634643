"""Who spoke in a room, counted."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.people.models import Person
from tracker.transcripts.models import Transcript, Turn

UNKNOWN = "unknown"


_WHO = sa.case(
    (col(Turn.person_id).is_not(None), sa.cast(col(Turn.person_id), sa.String)), else_=sa.func.upper(Turn.label)
)
_COUNTED = (
    sa.select(sa.func.count(sa.distinct(_WHO)))
    .select_from(Turn)
    .join(Transcript, col(Turn.transcript_id) == col(Transcript.id))
    .outerjoin(Person, col(Turn.person_id) == col(Person.id))
    .where(col(Turn.transcript_id).in_(sa.bindparam("transcripts", expanding=True)))
    .where(col(Transcript.author_key) == "", sa.func.coalesce(col(Person.stakeholder_group), UNKNOWN) == UNKNOWN)
)


def speakers_of_unknown_group(session: Session, transcript_ids: Collection[int | None]) -> int:
    """Return how many who spoke in these transcripts are of no known stakeholder group; authors of documents apart.

    Who is not recognised counts by the name as printed; a turn without one counts for nobody.
    """
    numbers = [number for number in transcript_ids if number]
    if numbers:
        return int(rows(session, _COUNTED, transcripts=numbers)[0][0])
    return 0
