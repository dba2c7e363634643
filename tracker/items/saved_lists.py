"""Saved views of lists: a person's own, and those shared with everybody who serves in the register."""

from datetime import datetime
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
#: slugs that other pages have in the place of a view's address
TAKEN = frozenset({"new"})


def _seen_by(person_id: Any) -> sa.ColumnElement[bool]:
    return sa.or_(col(SavedView.is_shared), col(SavedView.made_by).in_(records_of(person_id)))


# Built once, for every list runs it.
_SEEN = select(SavedView).where(
    col(SavedView.body_id) == sa.bindparam("body"),
    col(SavedView.dropped_at).is_(None),
    _seen_by(sa.bindparam("person")),
)


def saved_views(session: Session, body_id: int, person_id: int | None) -> list[SavedView]:
    """Return the views of a register that the person sees, their own and the shared ones, by name."""
    views = session.scalars(_SEEN, {"body": body_id, "person": person_id})
    return sorted(views, key=lambda view: (view.name.casefold(), view.slug))


def view_by_slug(session: Session, body_id: int, slug: str, person_id: int | None) -> SavedView | None:
    """Return the view at that address if the person sees it; also a deleted one, which can be restored."""
    at_address = select(SavedView).where(col(SavedView.body_id) == body_id, col(SavedView.slug) == slug)
    return session.exec(at_address.where(_seen_by(person_id))).one_or_none()


def save_view(
    session: Session, body_id: int, person_id: int, name: str, query: str, *, is_shared: bool, by: Actor, now: datetime
) -> SavedView:
    """Save the list at this address (`query`) under a name.

    Raises Refused without a name, for a name that the person sees already, and for a list without filter or layout.
    """
    if not query:
        raise Refused("This list shows everything. Filter it first, or choose another layout.", "name")
    name = _free_name(session, body_id, person_id, name)
    slug = _free_slug(session, body_id, name)
    view = SavedView(body_id=body_id, slug=slug, name=name, query=query, made_by=person_id, is_shared=is_shared)
    session.add(view)
    after = {"name": Words(name), "query": query, "is_shared": is_shared}
    leave(session, view, Verb.VIEW_SAVED, by=by, now=now, body_id=body_id, after=after)
    return view


def change_view(
    session: Session, view: SavedView, name: str, *, is_shared: bool, seen_version: int, by: Actor, now: datetime
) -> None:
    """Rename a view, share it, or make it private to its maker again. Raises Stale, and Refused as save_view does."""
    session.refresh(view, with_for_update=True)
    if view.version != seen_version:
        raise Stale("Somebody else has changed this view since you opened it. Look at both and save again.")
    name = _free_name(session, view.body_id, view.made_by, name, but=view)
    values = {"name": Words(name), "is_shared": is_shared}
    change(session, view, values, Verb.VIEW_CHANGED, by=by, now=now, body_id=view.body_id)


def delete_view(session: Session, view: SavedView, *, by: Actor, now: datetime) -> None:
    """Delete a view. It can be restored."""
    session.refresh(view, with_for_update=True)
    values = {"dropped_at": view.dropped_at or now}  # a second press changes nothing
    change(session, view, values, Verb.VIEW_DELETED, by=by, now=now, body_id=view.body_id)


def restore_view(session: Session, view: SavedView, name: str = "", *, by: Actor, now: datetime) -> None:
    """Restore a deleted view, under another name if one is given. Raises Refused where another view has that name."""
    session.refresh(view, with_for_update=True)
    name = _free_name(session, view.body_id, view.made_by, name or view.name, but=view)
    values = {"name": Words(name), "dropped_at": None}
    change(session, view, values, Verb.VIEW_RESTORED, by=by, now=now, body_id=view.body_id)


def _free_name(session: Session, body_id: int, person_id: int, name: str, but: SavedView | None = None) -> str:
    """Return the name cleaned; raise Refused where none is left, or another view than `but` has it."""
    name = clean_line(name)[:LONGEST_NAME]
    if not name:
        raise Refused("Give the view a name.", "name")
    others = [view for view in saved_views(session, body_id, person_id) if view is not but]
    # Two lists of one name, in small or capital letters, could not be told apart.
    if name.casefold() in {view.name.casefold() for view in others}:
        raise Refused("Another view has that name. Choose another name, or delete that view first.", "name")
    return name


def _free_slug(session: Session, body_id: int, name: str) -> str:
    """Return an address that no view has had, not even a deleted one: old links never lead elsewhere."""
    # Deleted ones count, too: an address in an old mail must never open another list.
    used = TAKEN | set(session.exec(select(SavedView.slug).where(col(SavedView.body_id) == body_id)))
    first = slug_of(name)
    slug = first
    number = 1
    while slug in used:
        number += 1
        slug = f"{first}-{number}"
    return slug
