"""A register that lives: what happens in it, verb by verb, each a line of its history."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from tests.factories import NOW, make_item, make_milestone, make_person, make_register, make_term
from tracker.history import Actor, ChangeWay, change
from tracker.items.changes import DueRule, edit, meet_condition, publish, set_due, unpublish
from tracker.items.closing_views import record_closing_view
from tracker.items.create import ItemContent
from tracker.items.models import Item, Progress, ProposerView
from tracker.items.ownership import accept_ownership, end_ownership, request_to_own
from tracker.items.party_models import Addressee, Ownership, OwnerState, ResponseState
from tracker.items.responses import Response, drop_addressee, name_addressee, record_response
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Party, Person, Role
from tracker.updates.changes import record, undo_update
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep

SYSTEM = Actor(None, ChangeWay.COMMAND_LINE)
TODAY = NOW.date()


class Register:
    """The Library Board with two milestones, a member, and one item due in February."""

    def __init__(self, session: Session, **values: object) -> None:
        self.session = session
        self.body: Body = make_register(session)
        self.milestone: Milestone = make_milestone(session, self.body)
        self.later: Milestone = make_milestone(
            session, self.body, slug="may", title="May consultations", starts_on=date(2013, 5, 21)
        )
        self.ana: Person = make_person(session)
        make_term(session, self.ana, self.body, Role.MEMBER)
        self.item: Item = self.begin(milestone_id=self.milestone.id, promised_on=self.milestone.day, **values)

    def begin(self, **values: object) -> Item:
        """A published item."""
        return make_item(self.session, self.body, **{"visibility": Visibility.PUBLISHED, **values})

    def party(self, person: Person | None = None) -> int:
        """The party of the person, else of the body."""
        mine = col(Party.person_id) == person.id if person else col(Party.body_id) == self.body.id
        return self.session.exec(select(Party.id).where(mine)).one() or 0

    def addressee(self, party: int) -> Addressee:
        """The row of that party asked."""
        found = col(Addressee.item_id) == self.item.id, col(Addressee.party_id) == party
        return self.session.exec(select(Addressee).where(*found)).one()

    def owned(self, state: OwnerState) -> Ownership:
        """The request to own that stands so."""
        found = col(Ownership.item_id) == self.item.id, col(Ownership.state) == state
        return self.session.exec(select(Ownership).where(*found)).one()

    def life(self) -> Iterator[Callable[[datetime], object]]:
        """Everything that can happen to an item and moves a figure, in an order in which it may."""
        session, item, ana = self.session, self.item, self.ana
        body_party, ana_party = self.party(), self.party(ana)

        def told(now: datetime) -> dict[str, object]:
            return {"by": SYSTEM, "now": now}

        def respond(state: ResponseState, now: datetime) -> None:
            record_response(
                session, self.addressee(body_party), Response(state, "the chair", TODAY, "because"), **told(now)
            )

        yield lambda now: request_to_own(session, item, ana_party, **told(now))
        yield lambda now: accept_ownership(session, self.owned(OwnerState.REQUESTED), **told(now))
        yield lambda now: name_addressee(session, item, body_party, **told(now))
        yield lambda now: respond(ResponseState.SENT, now)
        yield lambda now: respond(ResponseState.TAKEN_UP_IN_PART, now)
        yield lambda now: record(session, item, ana, "begun", progress=Progress.IN_PROGRESS, **told(now))
        yield lambda now: record(session, item, ana, "", progress=ProgressStep(Progress.WAITING, "money"), **told(now))
        yield lambda now: record(
            session, item, ana, "", progress=ProgressStep(Progress.DONE_IN_PART, done=2, total=5), **told(now)
        )
        yield lambda now: record(session, item, ana, "oh no", **told(now))
        yield lambda now: set_due(
            session, item, DueRule(milestone_id=self.later.id), reason="late", seen_version=item.version, **told(now)
        )
        yield lambda now: change(
            session,
            self.later,
            {"starts_on": date(2013, 6, 3), "ends_on": date(2013, 6, 4)},
            "moved",
            **told(now),
            body_id=self.body.id,
        )
        yield lambda now: set_due(
            session, item, DueRule(date(2013, 4, 2)), reason="a day", seen_version=item.version, **told(now)
        )
        yield lambda now: set_due(session, item, DueRule(), reason="none", seen_version=item.version, **told(now))
        yield lambda now: edit(
            session, item, self.content(condition="if asked", theme="archive"), seen_version=item.version, **told(now)
        )
        yield lambda now: meet_condition(session, item, TODAY, **told(now))
        yield lambda now: edit(session, item, self.content(title="Keep it all"), seen_version=item.version, **told(now))
        yield lambda now: record(session, item, ana, "finished", progress=Progress.DONE, **told(now))
        yield lambda now: record_closing_view(session, item, ProposerView.DISPUTES, message="not so", **told(now))
        yield lambda now: record(session, item, ana, "again", progress=Progress.IN_PROGRESS, **told(now))
        yield lambda now: undo_update(session, self.last_update(), ana, **told(now))
        yield lambda now: record_closing_view(session, item, ProposerView.SATISFIED, **told(now))
        yield lambda now: name_addressee(session, item, ana_party, **told(now))
        yield lambda now: drop_addressee(session, self.addressee(ana_party), **told(now))
        yield lambda now: request_to_own(session, item, body_party, **told(now))
        yield lambda now: accept_ownership(
            session, self.owned(OwnerState.REQUESTED), answers_for_id=ana.id, **told(now)
        )
        yield lambda now: end_ownership(session, self.owned(OwnerState.ACCEPTED), reason="no time", **told(now))
        yield lambda now: unpublish(session, item, **told(now))
        yield lambda now: publish(session, item, **told(now))
        yield lambda now: self.begin(title="Count the books")

    def content(self, **values: object) -> ItemContent:
        """What the item holds, but for these."""
        return ItemContent(**{**vars(ItemContent.of(self.item)), **values})

    def last_update(self) -> Update:
        """The item's newest update."""
        return self.session.exec(select(Update).order_by(col(Update.id).desc()).limit(1)).one()


def minutes(start: datetime = NOW) -> Iterator[datetime]:
    """Moments a minute apart."""
    while True:
        start += timedelta(minutes=1)
        yield start
