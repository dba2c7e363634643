"""The passages that a report quotes: where they stand, who speaks, and their words where these are public."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage
from tracker.meetings.models import Meeting, Visibility
from tracker.reports.snapshot import ReportedQuote, Scope
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.versions.newest_places import newest_place


def quotes(
    session: Session, body_id: int, scope: Scope, internal: Collection[int] = ()
) -> dict[int, tuple[ReportedQuote, ...]]:
    """Return the passages of each item in the order of the text; a public picture has words of published meetings.

    `internal` are meetings (ids) that were not published on the day of the picture, whatever they are today.

    A passage of a corrected transcript has the words and the place of the newest version in which it was found.
    """
    by_item: dict[int, tuple[ReportedQuote, ...]] = {}
    for item_id, relation, cited, passage, turn, turn_speaker, words, meeting, visibility, author in session.exec(
        _statement(body_id)
    ):
        speaker = passage.speaker_id or cited.speaker_id or turn_speaker
        is_public = visibility is Visibility.PUBLISHED and meeting not in internal
        is_readable = is_public or scope is Scope.INTERNAL
        quote = ReportedQuote(
            passage=cited.id,
            sha256=passage.sha256,
            start=passage.start,
            end=passage.end,
            relation=relation,
            transcript=passage.transcript_id,
            turn=turn,
            speaker=f"person:{speaker}" if speaker else None,
            words=words if is_readable else None,
            is_written=bool(author),
        )
        by_item[item_id] = (*by_item.get(item_id, ()), quote)
    return by_item


@dataclass(frozen=True)
class UnpublishedMeeting:
    """A meeting whose words a public report does not quote yet."""

    slug: str
    title: str


@dataclass(frozen=True)
class QuotablePassages:
    """How many passages the items of a public report have, how many of them it quotes, and what hinders the others."""

    passages: int
    quoted: int
    #: meetings to publish first
    unpublished: tuple[UnpublishedMeeting, ...]
    #: passages of transcripts that are not imported
    missing: int


def quotable(session: Session, body_id: int, numbers: Collection[int]) -> QuotablePassages:
    """Return what a public report of the items with these numbers will quote."""
    chosen = set(numbers)
    rows = [row for row in session.exec(_places(body_id)) if row.number in chosen]
    unpublished = {row.slug: row.title for row in rows if row.visibility is Visibility.INTERNAL}
    return QuotablePassages(
        passages=len(rows),
        quoted=sum(row.visibility is Visibility.PUBLISHED for row in rows),
        unpublished=tuple(UnpublishedMeeting(slug, title) for slug, title in sorted(unpublished.items())),
        missing=sum(row.visibility is None for row in rows),
    )


def _places(body_id: int) -> Any:
    """Return the statement of each cited passage: the number of its item, and the meeting where it stands now."""
    columns: Any = (Item.number, Meeting.slug, Meeting.title, Meeting.visibility)
    return _cited(body_id, aliased(Passage), columns)


def _cited(body_id: int, newest: type[Passage], columns: Any) -> Any:
    """Return the statement of what items cite: the passage as cited, and as `newest` where it stands now."""
    return (
        select(*columns)
        .select_from(ItemPassage)
        .join(Item, col(ItemPassage.item_id) == col(Item.id))
        .join(Passage, col(ItemPassage.passage_id) == col(Passage.id))
        .join(newest, col(newest.id) == newest_place())
        .outerjoin(Transcript, col(newest.transcript_id) == col(Transcript.id))
        .outerjoin(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Item.body_id) == body_id)
    )


def _statement(body_id: int) -> Any:
    newest = aliased(Passage)
    cut = sa.func.substr(col(Transcript.text), col(newest.start) + 1, col(newest.end) - col(newest.start))
    within = sa.and_(
        col(Turn.transcript_id) == col(newest.transcript_id),
        col(Turn.start) <= col(newest.start),
        col(Turn.end) > col(newest.start),
    )
    columns: Any = (
        ItemPassage.item_id,
        ItemPassage.relation,
        Passage,
        newest,
        Turn.seq,
        Turn.person_id,
        cut,
        Meeting.id,
        Meeting.visibility,
        Transcript.author_key,
    )
    return (
        _cited(body_id, newest, columns)
        .outerjoin(Turn, within)
        .order_by(col(ItemPassage.item_id), col(Passage.sha256), col(Passage.start), col(Passage.id))
    )
