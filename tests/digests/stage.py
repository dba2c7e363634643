"""The Library Board in November 2012, with something of every kind for Ana to hear."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    made,
    make_item,
    make_milestone,
    make_person,
    make_register,
    make_term,
)  # fmt: skip
from tracker.digests.event_windows import Window
from tracker.digests.make_digests import content_for
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, as_plain
from tracker.digests.reader import reader_of
from tracker.history import Actor, ChangeWay, leave
from tracker.items.models import Item, Progress
from tracker.items.party_models import Addressee, Ownership, OwnerState, ResponseState
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.meetings.models import Milestone
from tracker.people.models import Body, Party, Person, Role, Subscription
from tracker.people.queries import party_by_slug
from tracker.updates import changes as updates

MONDAY = datetime(2012, 11, 12, 7, 0, tzinfo=UTC)  # eight in Zurich
SINCE = MONDAY - timedelta(weeks=1)


@dataclass
class Stage:
    """The rows that tests of digests begin with."""

    session: Session
    board: Body
    february: Milestone
    ana: Person
    ben: Person
    sara: Person

    def party(self, person: Person) -> int:
        """Return the number of the party that the person is."""
        found = party_by_slug(self.session, person.slug)
        assert found
        assert found.id
        return found.id

    def by(self, person: Person) -> Actor:
        """Return the person as one who acts in a browser."""
        return Actor(person.id, ChangeWay.BROWSER)

    def item(self, title: str = "Keep an archive", owner: Person | None = None, **values: Any) -> Item:
        """An item put forward by Ben, owned if there is an owner."""
        values.setdefault("put_forward_by", self.party(self.ben))
        item = make_item(self.session, self.board, title=title, **values)
        if owner is not None:
            self.owned(item, owner)
        return item

    def owned(self, item: Item, owner: Person, state: OwnerState = OwnerState.ACCEPTED, **values: Any) -> Ownership:
        """Let somebody own the item, or be asked to."""
        return made(
            self.session,
            Ownership(item_id=item.id, party_id=self.party(owner), state=state, requested_at=NOW, **values),
        )

    def addressee(self, item: Item, person: Person, response: ResponseState) -> None:
        """Name somebody as the one to act."""
        made(self.session, Addressee(item_id=item.id, party_id=self.party(person), response=response))

    def overdue(self, title: str = "Publish the list of rapporteurs", **values: Any) -> Item:
        """An item of Ana's that was due four days ago."""
        return self.item(title, self.ana, own_due_on=date(2012, 11, 8), **values)

    def coming(self, title: str = "Draft the programme", **values: Any) -> Item:
        """An item of Ana's that is due by the February consultations."""
        return self.item(title, self.ana, milestone_id=self.february.id, **values)

    def move(self, milestone: Milestone, day: date, now: datetime = MONDAY) -> None:
        """Give a milestone another day, as its page does."""
        before = {"starts_on": milestone.starts_on, "ends_on": milestone.ends_on}
        milestone.starts_on = milestone.ends_on = day
        after = {"starts_on": day, "ends_on": day}
        values = {"before": before, "after": after}
        leave(self.session, milestone, "moved", by=SYSTEM, now=now, body_id=milestone.body_id, **values)

    def noted(self, item: Item, text: str, now: datetime = MONDAY) -> None:
        """Let Ben write a note."""
        updates.record(self.session, item, self.ben, text, by=self.by(self.ben), now=now)

    def kept(
        self,
        content: DigestContent | dict[str, Any],
        at: datetime,
        state: MailState = MailState.SENT,
        person: Person | None = None,
    ) -> Digest:
        """Keep a digest as one that was written for Ana, or for another person."""
        person = person or self.ana
        period = f"{at.date().isoformat()}"
        row = Outgoing(
            person_id=person.id,
            kind=MailKind.DIGEST,
            period=period,
            to_addr=person.email or "",
            message_id=f"digest.{period}.{person.id}",
            created_at=at,
            next_at=at,
            state=state,
        )
        self.session.add(row)
        self.session.flush()
        plain = content if isinstance(content, dict) else as_plain(content)
        digest = Digest(
            outgoing_id=row.id, person_id=person.id, window_from=at - timedelta(weeks=1), window_to=at, content=plain
        )
        self.session.add(digest)
        self.session.flush()
        return digest

    def mailed_before(self, person: Person) -> None:
        """Let an earlier mail have reached the person."""
        row = Outgoing(
            id=0,  # so that the first digest is still the first
            person_id=person.id,
            kind=MailKind.TEST,
            to_addr=person.email or "",
            message_id=f"test.{person.id}",
            created_at=SINCE,
            next_at=SINCE,
            state=MailState.SENT,
        )
        self.session.add(row)

    def said(self, now: datetime, person: Person | None = None) -> DigestContent:
        """Return what the person's digest of the week before that moment says."""
        self.session.flush()
        reader = reader_of(self.session, person or self.ana, now)
        return content_for(self.session, reader, Window(now - timedelta(weeks=1), now))

    def next_digest(self, now: datetime, person: Person | None = None) -> DigestContent:
        """Return the same, kept as sent unless it says nothing."""
        content = self.said(now, person)
        if not content.is_empty:
            self.kept(content, now, person=person)
        return content


def make_stage(session: Session) -> Stage:
    """The Board with a member, another one, a secretary, and the February consultations."""
    board = make_register(session, timezone="Europe/Zurich")
    ana, ben, sara = (
        make_person(session, "Ana Silva"),
        make_person(session, "Ben Ng"),
        make_person(session, "Sara Lind"),
    )
    for person, role in ((ana, Role.MEMBER), (ben, Role.MEMBER), (sara, Role.SECRETARIAT)):
        make_term(session, person, board, role)
    made(session, Subscription(person_id=ana.id, subscribed_at=SINCE))
    return Stage(session, board, make_milestone(session, board), ana, ben, sara)


def steward_of(session: Session, name: str, steward: Person) -> Party:
    """A class for which somebody answers."""
    return made(session, Party(slug=name, class_name=name, steward_id=steward.id))


def waiting_for(party: int) -> dict[str, Any]:
    """Values of an item that waits for that party."""
    return {"progress": Progress.WAITING, "waiting_for": party}
