"""Keeping lists of items under a name: one's own, or shared with all who serve in the register."""

from datetime import datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, Words, change, leave
from tracker.history_verbs import Verb
from tracker.items.models import SavedView
from tracker.people.queries import records_of
from tracker.text import clean_line, slug_of

LONGEST_NAME = 80
#: what the address of a view cannot be
TAKEN = frozenset({"new"})


def _seen_by(person_id: Any) -> sa.ColumnElement[bool]:
    return sa.or_(col(SavedView.is_shared), col(SavedView.made_by).in_(records_of(person_id)))


#: made once: every list asks
_SEEN = select(SavedView).where(
    col(SavedView.body_id) == sa.bindparam("body"),
    col(SavedView.dropped_at).is_(None),
    _seen_by(sa.bindparam("person")),
)


def saved_views(session: Session, body_id: int, person_id: int | None) -> list[SavedView]:
    """Return the views of a register that the person sees: the own and the shared ones, by name."""
    found = session.scalars(_SEEN, {"body": body_id, "person": person_id})
    return sorted(found, key=lambda view: (view.name.casefold(), view.slug))


def view_by_slug(session: Session, body_id: int, slug: str, person_id: int | None) -> SavedView | None:
    """Return that view if the person sees it; also one that was deleted and can be put back."""
    named = col(SavedView.body_id) == body_id, col(SavedView.slug) == slug
    return session.exec(select(SavedView).where(*named, _seen_by(person_id))).one_or_none()


def save_view(
    session: Session, body_id: int, person_id: int, name: str, query: str, *, is_shared: bool, by: Actor, now: datetime
) -> SavedView:
    """Keep what a list shows under a name. Raises Refused for no name, one that is in use, or a list of everything."""
    if not query:
        raise Refused("This list shows everything. Filter it first, or choose another layout.", "name")
    called = _checked(session, body_id, person_id, name)
    slug = _free_slug(session, body_id, called)
    view = SavedView(body_id=body_id, slug=slug, name=called, query=query, made_by=person_id, is_shared=is_shared)
    session.add(view)
    after = {"name": Words(called), "query": query, "is_shared": is_shared}
    leave(session, view, Verb.VIEW_SAVED, by=by, now=now, body_id=body_id, after=after)
    return view


def change_view(
    session: Session, view: SavedView, name: str, *, is_shared: bool, seen_version: int, by: Actor, now: datetime
) -> None:
    """Rename a view, share it, or keep it to its maker again. Raises Refused as keep_view does, and Stale."""
    session.refresh(view, with_for_update=True)
    if view.version != seen_version:
        raise Stale("Somebody else has changed this view since you opened it. Look at both and save again.")
    called = _checked(session, view.body_id, view.made_by, name, but=view)
    values = {"name": Words(called), "is_shared": is_shared}
    change(session, view, values, Verb.VIEW_CHANGED, by=by, now=now, body_id=view.body_id)


def delete_view(session: Session, view: SavedView, *, by: Actor, now: datetime) -> None:
    """Delete a view; it can be put back."""
    session.refresh(view, with_for_update=True)
    change(
        session, view, {"dropped_at": view.dropped_at or now}, Verb.VIEW_DELETED, by=by, now=now, body_id=view.body_id
    )


def restore_view(session: Session, view: SavedView, name: str = "", *, by: Actor, now: datetime) -> None:
    """Put a deleted view back, under another name if one is given. Raises Refused where another view has it by now."""
    session.refresh(view, with_for_update=True)
    called = _checked(session, view.body_id, view.made_by, name or view.name, but=view)
    values = {"name": Words(called), "dropped_at": None}
    change(session, view, values, Verb.VIEW_RESTORED, by=by, now=now, body_id=view.body_id)


def _checked(session: Session, body_id: int, person_id: int, name: str, but: SavedView | None = None) -> str:
    called = clean_line(name)[:LONGEST_NAME]
    if not called:
        raise Refused("Give it a name.", "name")
    others = [view for view in saved_views(session, body_id, person_id) if view is not but]
    if called.casefold() in {view.name.casefold() for view in others}:
        raise Refused("There is a view of that name already. Choose another name, or delete that one first.", "name")
    return called


def _free_slug(session: Session, body_id: int, name: str) -> str:
    """Return an address that no view has had, not even one that was deleted."""
    used = TAKEN | set(session.exec(select(SavedView.slug).where(col(SavedView.body_id) == body_id)))
    first = slug_of(name) or "view"
    return next(slug for number in count(1) if (slug := first if number == 1 else f"{first}-{number}") not in used)
