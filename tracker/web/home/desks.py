"""What waits for the secretariat, and what a chair looks at before a meeting: figures that lead somewhere."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import request, url_for
from sqlmodel import Session, col, func, select

from tracker.agendas.queries import point_counts
from tracker.handovers.queries import departures
from tracker.intake.upload_queries import UploadCounts, standing
from tracker.items import queries
from tracker.items.items_on_passages import waiting_count
from tracker.items.list_filter import ItemFilter
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.items.party_names import named_parties, stand_ins
from tracker.items.status import OPEN
from tracker.mail.models import MailState, Outgoing
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Body
from tracker.proposals.filters import Showing
from tracker.proposals.models import TriageState
from tracker.transcripts.models import Transcript
from tracker.triage.queue import counts
from tracker.updates.queries import no_news
from tracker.web.app import context
from tracker.web.mail.outbox import seen

#: mail that nobody has yet
UNDELIVERED = (MailState.QUEUED, MailState.HELD)
UNOWNED = ItemFilter(is_unowned=True, progress=OPEN)
OVERDUE = ItemFilter(is_overdue=True)
PAST = ItemFilter(is_past_unpromised=True)


@dataclass(frozen=True)
class SampleQueue:
    """Passages of the sample that can be triaged while the example has no transcript."""

    register: Body
    waiting: int

    @property
    def href(self) -> str:
        """Return the address of its queue."""
        # Each register but the installation's own has its slug in front; the page may be that of either.
        root = request.script_root.partition("/b/")[0]
        return f"{root}/b/{self.register.slug}/triage"


@dataclass(frozen=True)
class Desk:
    """What waits for the secretariat."""

    to_triage: int
    unowned: int
    overdue: int
    #: past their date, but accepted by nobody: nobody is late
    past: int
    #: open items without news for 30 days
    quiet: int
    held: int
    #: passages of items without a sure place in a corrected transcript
    lost: int
    #: files on their way in
    coming: UploadCounts
    #: what those who leave owe, and nobody is being asked to take
    left: int
    sample: SampleQueue | None


@dataclass(frozen=True)
class ChairDesk:
    """What a chair looks at: the next meeting and how its agenda stands, and what is overdue by body."""

    milestone: Milestone | None
    #: items on its agenda
    points: int
    #: names of bodies with the number of items that they or one of their people owe; the most first
    overdue: list[tuple[str, int]]

    @property
    def total_overdue(self) -> int:
        """Return how many items are overdue."""
        return sum(count for _, count in self.overdue)

    @property
    def agenda(self) -> str:
        """Return the address of the agenda; empty where no milestone is ahead."""
        if self.milestone is None:
            return ""
        return url_for("agendas.page", slug=self.milestone.slug)


def secretariat_desk(session: Session, body_id: int) -> Desk:
    """Return what waits for the secretariat of the register."""
    undelivered = select(func.count()).where(seen(), col(Outgoing.state).in_(UNDELIVERED))
    to_triage = counts(session, body_id, Showing(), context.now())[TriageState.WAITING]
    sample = None
    if not to_triage:
        sample = _sample_queue(session, body_id)
    # They are counted over the whole register: kept until something changes, or a new day comes.
    day = context.today().isoformat()
    unowned, overdue, past, quiet = context.kept(f"desk of {day}", lambda: _item_counts(session, body_id))
    return Desk(
        to_triage=to_triage,
        unowned=unowned,
        overdue=overdue,
        past=past,
        quiet=quiet,
        held=session.exec(undelivered).one(),
        lost=waiting_count(session, body_id),
        coming=standing(session, body_id),
        left=sum(leaver.unasked for leaver in departures(session, body_id, context.sight(), context.today())),
        sample=sample,
    )


def _item_counts(session: Session, body_id: int) -> tuple[int, int, int, int]:
    """Return how many items have no owner, are overdue, are past their date unaccepted, and are without news."""
    quiet = ItemFilter(further=(no_news(context.now(), context.sight()),))
    return (
        _count(session, body_id, UNOWNED),
        _count(session, body_id, OVERDUE),
        _count(session, body_id, PAST),
        _count(session, body_id, quiet),
    )


def _count(session: Session, body_id: int, item_filter: ItemFilter) -> int:
    return queries.count(session, body_id, context.sight(), item_filter, today=context.today())


def _sample_queue(session: Session, body_id: int) -> SampleQueue | None:
    """Return the queue of a sample that the reader keeps too, while the register has no transcript of its own."""
    samples = [body for body in context.every_register() if body.is_sample and body.id != body_id]
    kept = [body for body in samples if body.id in context.sight().secretariat_of]
    imported = sa.exists().where(col(Transcript.meeting_id) == col(Meeting.id), col(Meeting.body_id) == body_id)
    if not kept or session.execute(sa.select(imported)).scalar_one():
        return None
    waiting = counts(session, kept[0].id, Showing(), context.now())[TriageState.WAITING]
    if not waiting:
        return None
    return SampleQueue(kept[0], waiting)


def chair_desk(session: Session, body_id: int, ahead: list[Milestone]) -> ChairDesk:
    """Return what a chair looks at before the next of these milestones."""
    milestone = None
    points = 0
    if ahead:
        milestone = ahead[0]
        points = point_counts(session, milestone, context.sight())[0]
    return ChairDesk(milestone, points, _overdue_by_body(session, body_id))


def _overdue_by_body(session: Session, body_id: int) -> list[tuple[str, int]]:
    """Return the overdue items of each body: its own and those of its people, who are not named."""
    statement: Any = (
        sa.select(col(Ownership.party_id), sa.func.count(col(Item.id)))
        .join(Item, col(Item.id) == col(Ownership.item_id))
        .where(col(Ownership.state) == OwnerState.ACCEPTED)
        .group_by(col(Ownership.party_id))
    )
    overdue = select(col(Item.id))
    late = queries.filtered(overdue, body_id, context.sight(), OVERDUE, context.today())
    by_party = dict(session.execute(statement.where(col(Item.id).in_(late))).all())
    if not by_party:
        return []
    bodies = stand_ins(session, body_id, by_party, context.today())
    names = named_parties(session, by_party)
    by_body: dict[str, int] = {}
    for party, count in by_party.items():
        name = names[party].name
        if party in bodies:
            name = bodies[party].name
        by_body[name] = by_body.get(name, 0) + count
    return sorted(by_body.items(), key=lambda pair: (-pair[1], pair[0]))
