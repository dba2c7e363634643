"""No news is lost: what is committed after a digest of a later date was made is in the next one, and once."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from tests.digests.stage import MONDAY, SINCE, make_stage
from tests.factories import SYSTEM, made
from tracker.db import Sessions
from tracker.digests.event_windows import digest_windows
from tracker.digests.make_digests import Press
from tracker.digests.models import Digest
from tracker.digests.runs.queue_digests import queue_due
from tracker.history import Event, leave
from tracker.items.models import Item
from tracker.mail.delivery_office import Written
from tracker.mail.models import MailState, Outgoing
from tracker.people.models import Person, Subscription
from tracker.updates import changes as updates

SECOND = timedelta(seconds=1)
WEEK = timedelta(weeks=1)
PRESS = Press("a secret", "https://follow.example.org")
INTERLEAVINGS = 500
SEED = 20121112
#: so many hold a connection each
MOST_AT_ONCE = 5
QUEUED = sa.select(Digest).join(Outgoing).where(col(Outgoing.state) == MailState.QUEUED)


class Late:
    """A change whose request has begun, and which is not committed yet."""

    def __init__(self, sessions: Sessions, write: Callable[[Session], object]) -> None:
        self.sessions = sessions
        self.write = write
        self.session: Session | None = None
        # On SQLite the next writer waits, so a late change is one that waited.
        if sessions.engine.dialect.name == "postgresql":
            self.session = sessions.writer()
            write(self.session)
            self.session.flush()

    def commit(self) -> None:
        """Let others see it."""
        if self.session is None:
            self.session = self.sessions.writer()
            self.write(self.session)
        self.session.commit()
        self.session.close()


def digests_of(sessions: Sessions, now: datetime) -> str:
    """Make and send the digests of that moment, and return their texts."""
    with sessions.writing() as session:
        queue_due(session, now=now, secret="a secret")
    texts = []
    with sessions.writing() as session:
        for row in session.exec(select(Outgoing).where(col(Outgoing.state) == MailState.QUEUED)).all():
            written = PRESS.write(session, row)
            row.state = MailState.EMPTY
            if isinstance(written, Written):
                written.keep(session)
                row.state = MailState.SENT
                texts.append(written.email.text)
    return "".join(texts)


def test_what_is_committed_after_the_digests_were_made_is_in_the_next(any_sessions: Sessions, app: Flask) -> None:
    with any_sessions.writing() as session:
        stage = make_stage(session)
        item_id, by, ben_id = stage.item(owner=stage.ana).id, stage.by(stage.ben), stage.ben.id
    begun = MONDAY + timedelta(minutes=30)

    def note(session: Session) -> None:
        ben = session.get_one(Person, ben_id)
        updates.record(session, session.get_one(Item, item_id), ben, "The draft is out.", by=by, now=begun)

    late = Late(any_sessions, note)
    with app.app_context():
        texts = [digests_of(any_sessions, begun + SECOND)]
        late.commit()
        texts += [digests_of(any_sessions, MONDAY + week * WEEK) for week in (1, 2)]
    assert ["The draft is out." in text for text in texts] == [False, True, False]


class Town:
    """Writers, two schedulers and a clock that is set back, in an order drawn by chance; it notes what is told."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.chance = random.Random(SEED)
        with sessions.writing() as session:
            stage = make_stage(session)
            made(session, Subscription(person_id=stage.ben.id, subscribed_at=SINCE))
            self.readers = {stage.ana.id: SINCE, stage.ben.id: SINCE}
        self.clock = MONDAY
        self.late: list[Late] = []
        self.written: set[str] = set()
        self.told: dict[int, Counter[str]] = {number: Counter() for number in self.readers}

    def begin(self) -> None:
        """Let somebody begin a change, of several lines now and then, by a clock that may be wrong by a day."""
        at = self.clock - timedelta(seconds=self.chance.choice((0, 0, 1, 86_400)))
        subjects = [f"item:{10_000 + len(self.written) + number}" for number in range(self.chance.choice((1, 1, 3)))]
        self.written.update(subjects)

        def write(session: Session) -> None:
            for subject in subjects:
                leave(session, subject, "updated", by=SYSTEM, now=at)

        self.late.append(Late(self.sessions, write))
        if len(self.late) > MOST_AT_ONCE:
            self.commit()

    def commit(self) -> None:
        """Let one of those who write be done, whichever."""
        if self.late:
            self.late.pop(self.chance.randrange(len(self.late))).commit()

    def make_digests(self) -> None:
        """Let a scheduler make digests; while it has not committed, others may begin and be done."""
        with self.sessions.writer() as session:
            queue_due(session, now=self.clock, secret="a secret")
            if session.get_bind().dialect.name == "postgresql":
                self.begin()
                self.commit()
            session.commit()

    def write_digests(self) -> None:
        """Write what is queued and note what it tells; now and then the relay is down, and it waits."""
        with self.sessions.writer() as session:
            for digest in session.scalars(QUEUED).all():
                if self.chance.random() < 0.8:
                    self._tell(session, digest)
            session.commit()

    def _tell(self, session: Session, digest: Digest) -> None:
        begun = {digest.person_id: self.readers[digest.person_id]}
        window = digest_windows(session, begun, digest.window_to, digest.number_to)[digest.person_id]
        told = sa.select(col(Event.subject)).where(window.happened, col(Event.verb) == "updated")
        self.told[digest.person_id].update(session.scalars(told, window.values))
        session.get_one(Outgoing, digest.outgoing_id).state = self.chance.choice((MailState.SENT, MailState.EMPTY))

    def step(self) -> None:
        """Do one thing by chance; a writer who is not drawn for long holds its transaction over many digests."""
        self.chance.choices(
            (self.begin, self.commit, self.make_digests, self.write_digests, self.go_on, self.set_back),
            (30, 25, 15, 15, 10, 5),
        )[0]()

    def go_on(self) -> None:
        """A week passes."""
        self.clock += WEEK

    def set_back(self) -> None:
        """Somebody sets the clock back."""
        self.clock -= timedelta(minutes=self.chance.choice((1, 60, 15_000)))

    def settle(self) -> None:
        """Let everybody be done, and the digests of two more weeks go out."""
        while self.late:
            self.commit()
        # Later than all before, however often the clock was set back.
        self.clock += 30 * WEEK
        self.make_digests()
        while self.late:
            self.commit()
        self.clock += WEEK
        with self.sessions.writing() as session:
            queue_due(session, now=self.clock, secret="a secret")
            for digest in session.scalars(QUEUED).all():
                self._tell(session, digest)


def test_whatever_comes_in_between_each_change_is_in_exactly_one_digest_of_each_reader(any_sessions: Sessions) -> None:
    town = Town(any_sessions)
    for _ in range(INTERLEAVINGS):
        for _ in range(8):
            town.step()
    town.settle()
    for told in town.told.values():
        assert told == Counter(town.written)
