"""All that digests may speak of: what concerns each reader, what happens in their registers, and their desks."""

from collections.abc import Sequence

from sqlmodel import Session

from tracker.digests.content import Facts
from tracker.digests.queries import Window, facts_for_all
from tracker.digests.reader import DigestReader
from tracker.digests.register_news import with_register_news
from tracker.digests.secretariat_desk import with_desks
from tracker.digests.unanswered import with_unanswered


def facts_of_digests(
    session: Session, readers: Sequence[DigestReader], window: Window, only: frozenset[int] | None = None
) -> dict[int, Facts]:
    """Return the facts of these readers' digests, by person; they all see the same (DigestReader.group)."""
    facts = facts_for_all(session, readers, window, only)
    facts = with_unanswered(session, readers, window.until, facts)
    facts = with_register_news(session, readers, window, facts)
    return with_desks(session, readers, facts)
