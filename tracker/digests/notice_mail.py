"""Writes a notice when its quarter of an hour is over: what of its lines is still true, in the words of a digest."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker import clock
from tracker.answers.reply_address import REPLY_MARK, reply_address
from tracker.digests import unsubscribe
from tracker.digests.answer_offers import AnswerOffers
from tracker.digests.body_parts import ItemMovedWithMilestone, MovedMilestone
from tracker.digests.content import Facts, assemble, due_day
from tracker.digests.event_windows import Window
from tracker.digests.mail_length import compose_short
from tracker.digests.models import Notice, NoticeKind
from tracker.digests.outcome_news import outcome_items, with_outcomes
from tracker.digests.parts import DigestContent, What
from tracker.digests.queries import facts_for, may_still_see
from tracker.digests.reader import DigestReader, reader_of
from tracker.history import Event
from tracker.mail import outbox
from tracker.mail.compose_email import one_line
from tracker.mail.delivery_office import Dropped, Written
from tracker.mail.models import MailState, Outgoing
from tracker.people.models import Person

#: a window begins after its first moment
MOMENT = timedelta(microseconds=1)
ItemsOfKind = Mapping[NoticeKind, Collection[int]]


@dataclass(frozen=True)
class NoticePress:
    """Writes notices; `base_url` is what links begin with."""

    secret: str
    base_url: str
    #: the mailbox that takes replies; None where mails are not answered by reply
    mailbox: str | None = None

    def write(self, session: Session, row: Outgoing) -> Written | Dropped:
        """Write the notice of that row as things stand."""
        person = session.get_one(Person, row.person_id)
        content = notice_content(session, row, reader_of(session, person, clock.now(session)))
        if content.is_empty:
            return Dropped(MailState.CANCELLED, "nothing of what it would tell is true any more")
        reply_to = reply_address(self.mailbox, self.secret, person, row.id, now=clock.real_now())
        stop = self._stop(session, row, person)
        email = compose_short(
            "notice",
            to=row.to_addr,
            language=person.language,
            base_url=self.base_url,
            content=content,
            answers=AnswerOffers(self.base_url, self.secret, person, clock.real_now()),
            is_first=person.id not in outbox.mailed_before(session, [person.id]),
            reply_to=reply_to,
            mark=REPLY_MARK,
            stop=stop,
        )
        return Written(replace(email, sender_name=content.registers[0].name, reply_to=reply_to, unsubscribe=stop))

    def _stop(self, session: Session, row: Outgoing, person: Person) -> str | None:
        """Return the address that ends such mails; None where the notice tells more than what became of items."""
        if {line.kind for line in _lines(session, row)} != {NoticeKind.OUTCOME}:
            return None
        return f"{self.base_url}/digests/stop/{unsubscribe.token_for(self.secret, person, now=clock.real_now())}"

    def objection(self, session: Session, row: Outgoing) -> str | None:
        """Return why a second copy may not go: it names an item that its reader may no longer see. None if it may."""
        person = session.get_one(Person, row.person_id)
        notices = _lines(session, row)
        ids = {notice.item_id for notice in notices if notice.kind is not NoticeKind.OUTCOME}
        reader = reader_of(session, person, clock.now(session))
        outcomes = {notice.item_id for notice in notices} - ids
        if len(outcome_items(session, reader, outcomes)) < len(outcomes):
            return "it tells of an item that is no longer its reader's, or they want no such mails any more"
        if may_still_see(session, reader, ids, reader.sight.register_ids):
            return None
        return "it holds an item that its reader may no longer see"


def notice_content(session: Session, row: Outgoing, reader: DigestReader) -> DigestContent:
    """Return what the notice says now: of the reader's digest, only that of which it has a line."""
    ids_by_kind: dict[NoticeKind, set[int]] = defaultdict(set)
    lines = _lines(session, row)
    for line in lines:
        ids_by_kind[line.kind].add(line.item_id)
    events = [line.event_id for line in lines]
    first = session.exec(select(sa.func.min(col(Event.at))).where(col(Event.id).in_(events))).one()
    window = Window((first or reader.now) - MOMENT, reader.now)
    # Only who holds a role in a register today is told of it, though its items may be there for all to read.
    facts = facts_for(session, reader, window, reader.sight.register_ids)
    told = with_outcomes(session, reader, _narrowed(facts, ids_by_kind), ids_by_kind[NoticeKind.OUTCOME], window)
    return assemble(told, reader.person.name, reader.today, most=None)


def _lines(session: Session, row: Outgoing) -> list[Notice]:
    return list(session.exec(select(Notice).where(col(Notice.outgoing_id) == row.id).order_by(col(Notice.id))))


def _narrowed(facts: Facts, ids_by_kind: ItemsOfKind) -> Facts:
    """Return of the facts only what the notice has a line of."""
    dated = frozenset(ids_by_kind[NoticeKind.DATE])
    requests = {
        item_id: request for item_id, request in facts.requests.items() if item_id in ids_by_kind[NoticeKind.REQUEST]
    }
    waiting = facts.waiting & frozenset(ids_by_kind[NoticeKind.WAITING])
    changes = {
        item_id: due
        for item_id in dated
        if (due := tuple(c for c in facts.changes.get(item_id, ()) if c.what is What.DUE))
    }
    moved = tuple(move for move in (_with_items(move, facts, dated) for move in facts.moved) if move.told_items)
    kept = requests.keys() | waiting | changes.keys()
    return Facts(
        lines={item_id: line for item_id, line in facts.lines.items() if item_id in kept},
        registers=facts.registers,
        days=facts.days,
        horizons=facts.horizons,
        owed=facts.owed & dated,
        waiting=waiting,
        requests=requests,
        changes=changes,
        moved=moved,
    )


def _with_items(move: MovedMilestone, facts: Facts, dated: Iterable[int]) -> MovedMilestone:
    """Return the move with the title and the new day of each of these items that moves with it."""
    lines = [facts.lines[item_id] for item_id in dated if item_id in facts.lines]
    theirs = [line for line in lines if facts.registers[line.item.body_id] == move.register]
    moving = sorted((line for line in theirs if line.item.number in move.items), key=lambda line: line.item.number)
    items = [ItemMovedWithMilestone(line.item.number, one_line(line.item.title), due_day(line)) for line in moving]
    return replace(move, told_items=tuple(items))
