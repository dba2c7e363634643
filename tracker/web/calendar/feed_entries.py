"""What stands in a calendar feed: milestones as the reader may see them, and the due dates of what they owe."""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from flask_babel import gettext, ngettext
from sqlmodel import Session, col, select

from tracker.calendar.due_at_milestones import Counted, counts_by_milestone, visible_milestones
from tracker.db import lookup
from tracker.history import Event
from tracker.items.due import due_on
from tracker.items.lines import milestones_of
from tracker.items.list_conditions import helped_by, owed_by
from tracker.items.models import Item
from tracker.items.status import OPEN
from tracker.mail.compose_email import base_url, one_line
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.people.queries import Sight, registers
from tracker.web.app import context
from tracker.web.app.value_words import not_an_outcome, word

#: SEQUENCE must fit into 31 bits, so seconds are counted from here
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedEntry:
    """Something on whole days, both included."""

    uid: str
    first: date
    last: date
    title: str
    description: str
    url: str
    #: CONFIRMED, TENTATIVE or CANCELLED
    status: str
    #: grows with every change, so that what has moved moves in the reader's calendar too
    sequence: int
    changed_at: datetime
    place: str | None = None


def addresses(session: Session) -> dict[int, str]:
    """Return what the addresses of each register begin with: the installation's own has no prefix."""
    root = base_url(context.config())
    # The first register is the installation's own.
    own, *others = registers(session)
    return {own.id: root, **{body.id: f"{root}/b/{body.slug}" for body in others}}


def of_milestones(session: Session, body: Body, sight: Sight) -> Iterator[FeedEntry]:
    """Yield the register's milestones; to a stranger those at which something published is due or was said."""
    body_id = body.id
    counts = counts_by_milestone(session, body_id, sight)
    visible = visible_milestones(session, body_id, sight, counts)
    changed = _last_changes(session, visible)
    root = addresses(session)[body_id]
    for milestone in visible:
        url = f"{root}/milestones/{milestone.slug}"
        yield FeedEntry(
            uid=_uid("milestone", milestone.id),
            first=milestone.starts_on,
            last=milestone.ends_on,
            title=one_line(milestone.title),
            description=f"{_of_milestone(milestone, counts.get(milestone.id, {}))}\n{url}",
            url=url,
            status=_status(milestone),
            sequence=milestone.version - 1,
            changed_at=changed.get(milestone.id, context.now()),
            place=milestone.place,
        )


def _status(milestone: Milestone) -> str:
    # A cancelled milestone stays in the feed: a program keeps showing an entry that is merely missing.
    if milestone.is_cancelled:
        return "CANCELLED"
    if milestone.tentative:
        return "TENTATIVE"
    return "CONFIRMED"


def of_due_items(session: Session, person_id: int, sight: Sight) -> Iterator[FeedEntry]:
    """Yield the due dates of what is open and the person owns, answers for or helps with."""
    owed = sa.or_(owed_by(person_id), helped_by(person_id))
    seen = col(Item.body_id).in_(sight.register_ids), col(Item.progress).in_(OPEN)
    items = session.exec(select(Item).where(*seen, owed).order_by(col(Item.body_id), col(Item.number))).all()
    # One statement for all: a feed may hold hundreds of items.
    milestones = milestones_of(session, items)
    roots = addresses(session)
    bodies = {body.id: body for body in registers(session)}
    for item in items:
        milestone = lookup(milestones, item.milestone_id)
        day = due_on(item, milestone)
        if day is not None:
            url = f"{roots[item.body_id]}/items/{item.number}"
            yield _of_item(item, milestone, day, url, not_an_outcome(bodies[item.body_id]))


def _of_item(item: Item, milestone: Milestone | None, day: date, url: str, notice: str) -> FeedEntry:
    title = gettext("Due: %(number)d %(title)s", number=item.number, title=one_line(item.title))
    status = gettext("This item is %(progress)s.", progress=word(item.progress))
    certainty = "CONFIRMED"
    if milestone is not None and milestone.tentative:
        certainty = "TENTATIVE"
    return FeedEntry(
        uid=_uid("item", item.id),
        first=day,
        last=day,
        title=title,
        description=f"{status}\n{notice}\n{url}",
        url=url,
        status=certainty,
        # a move of its milestone dates the item, but is no version of it
        sequence=int((item.changed_at - BEGINNING).total_seconds()),
        changed_at=item.changed_at,
    )


def _of_milestone(milestone: Milestone, counts: Mapping[Counted, int]) -> str:
    lines = list[str]()
    if milestone.is_cancelled:
        lines.append(gettext("Cancelled."))
    elif milestone.tentative:
        lines.append(gettext("Tentative: its days are not certain yet."))
    if counts:
        total = sum(counts.values())
        lines.append(ngettext("%(num)d item due:", "%(num)d items due:", total))
        lines.extend(f"{word(key)}: {count}" for key, count in counts.items())
    else:
        lines.append(gettext("Nothing is due."))
    return "\n".join(lines)


def _last_changes(session: Session, milestones: list[Milestone]) -> dict[int, datetime]:
    """Return when each was last changed, in one statement."""
    # History knows when a milestone last changed; its row does not.
    keys = {milestone.history_key(): milestone.id for milestone in milestones}
    last = select(Event.subject, sa.func.max(Event.at)).where(col(Event.subject).in_(keys)).group_by(col(Event.subject))
    return {keys[subject]: at for subject, at in session.exec(last)}


def _uid(kind: str, number: int | None) -> str:
    """Return a name that stays, and that no other installation gives: its own secret is in it, not its address."""
    # Calendar programs match entries by this name for years, also after the installation has moved.
    secret = context.config().secret_key.encode()
    return f"{kind}-{number}@{hmac.digest(secret, b'calendar', 'sha256').hex()[:20]}.intersession"
