"""The one mail that offers somebody what another leaves: a link to the page with the story of each item."""

from datetime import date

from flask import url_for
from sqlmodel import Session, col, select

from tracker.handovers.changes import parts_of
from tracker.handovers.models import Handover
from tracker.items.models import Item
from tracker.items.queries import person_names
from tracker.mail import outbox
from tracker.mail.compose_email import base_url, compose, one_line
from tracker.mail.models import MailKind
from tracker.people.departures import last_day_of, successors
from tracker.people.models import Person
from tracker.people.queries import sight_of
from tracker.web.app import context


def tell(made: Handover) -> None:
    """Put the mail into the outbox, if the successor has an address; the caller commits.

    Whoever's role has not begun reads how much there is, and from when on they may see it.
    """
    session = context.session()
    successor = context.session().get_one(Person, made.to_id)
    if not successor.email:
        return
    parts = parts_of(session, made)
    may_see = made.body_id in sight_of(session, successor, context.now()).register_ids
    names = person_names(session, {made.from_id, made.offered_by or 0})
    email = compose(
        "handover",
        to=successor.email,
        language=successor.language,
        leaver=names.get(made.from_id),
        secretary=names.get(made.offered_by or 0),
        body=context.body().name,
        last_day=last_day_of(session, made.body_id, made.from_id),
        count=len(parts),
        items=_titles(session, [part.item_id for part in parts if part.item_id]) if may_see else [],
        begins=None if may_see else _begins(session, made),
        note=made.note if may_see else None,
        link=base_url(context.config()) + url_for("handovers.page", number=made.id),
    )
    outbox.put(session, email, person_id=successor.id, kind=MailKind.REQUEST, now=context.now(), body_id=made.body_id)


def _titles(session: Session, item_ids: list[int]) -> list[tuple[int, str]]:
    rows = session.exec(select(Item.number, Item.title).where(col(Item.id).in_(item_ids)).order_by(col(Item.number)))
    return [(number, one_line(title)) for number, title in rows]


def _begins(session: Session, made: Handover) -> date | None:
    coming = successors(session, made.body_id, context.today())
    return next((one.since for one in coming if one.id == made.to_id), None)
