"""How often somebody may try to sign in: tries are slowed down, never shut out.

All processes count in the database: for the account from this client, for the account from anywhere, and for the
client's network; or for a device alone, in which the account has signed in before. A try is counted before it is made,
and forgiven if it was right; else tries at the same time would slip through. The count does not depend on whether the
account exists.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from tracker.errors import Refused
from tracker.people import sign_in_rules
from tracker.people.models import Attempt

WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class Pace:
    """How many tries in ten minutes are free, and the wait before the next one, which doubles with each further try."""

    free: int
    first: timedelta
    most: timedelta = WINDOW

    def wait(self, tries: int) -> timedelta:
        """Return how long after the last of so many tries the next may follow."""
        if tries < self.free:
            return timedelta(0)
        # Doubling stops at 20: the wait has long reached its limit, and a timedelta would overflow.
        return min(self.most, self.first * (1 << min(tries - self.free, 20)))


#: an account from one client: four slips of the finger cost half a minute
PER_CLIENT = Pace(3, timedelta(seconds=30))
#: an account from everywhere: at most 9 in ten minutes, and room for its owner beside one client that guesses
PER_ACCOUNT = Pace(8, timedelta(minutes=4))
#: a network: at most 100 in ten minutes, and nobody in it ever waits longer than a quarter of a minute
PER_NETWORK = Pace(55, timedelta(seconds=1), timedelta(seconds=16))
#: tries of an account in ten minutes that are not refused because of others in its network: one slip of the finger
UNHINDERED = 2
#: links mailed to one address: those in the mailbox work for an hour
LINKS_PER_CLIENT = Pace(3, timedelta(minutes=1))
LINKS_PER_ACCOUNT = Pace(8, timedelta(minutes=2))


class TooMany(Refused):
    """A try that comes too soon; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many tries. Wait %(seconds)s seconds, then try again.", seconds=seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Counters:
    """The keys under which a try is counted, each with its pace.

    The first key is that of the account from this client or device, the second that of the account from anywhere, and
    the third, if there is one, that of the client's network.
    """

    paces: tuple[tuple[str, Pace], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order in which they are locked."""
        return tuple(key for key, _ in self.paces)


def guesses(purpose: str, email: str, address: str | None) -> Counters:
    """Return how guesses at an account's secret are counted, from the client of that network address."""
    account = account_key(purpose, email)
    network = sign_in_rules.network_of(address)
    return Counters(
        (
            (f"{account}:{network}", PER_CLIENT),
            (account, PER_ACCOUNT),
            (f"network:{purpose}:{network}", PER_NETWORK),
        )
    )


def guesses_of_device(device: str) -> Counters:
    """Return how guesses are counted from a browser in which the account has signed in before: by themselves."""
    return Counters(((f"device:{device}", PER_CLIENT),))


def requested_links(email: str, address: str | None, epoch: int | None) -> Counters:
    """Return how links mailed to an address are counted; there is no limit that others could use up for it.

    Whatever ends the links in the mailbox begins a new epoch of the account, and with it the count begins anew: else
    the next link might not be mailed while none in the mailbox works. No account has no epoch.
    """
    account = f"{account_key('link', email)}:{epoch}"
    client = f"{account}:{sign_in_rules.network_of(address)}"
    return Counters(((client, LINKS_PER_CLIENT), (account, LINKS_PER_ACCOUNT)))


def count_try(session: Session, counters: Counters, *, now: datetime) -> None:
    """Count a try, or raise TooMany where it comes too soon; the caller commits before trying."""
    # In the order of the keys, which is the same for all, so that two tries cannot block each other.
    for key in counters.keys:
        _lock(session, key)
        session.exec(delete(Attempt).where(col(Attempt.key) == key, col(Attempt.at) <= now - WINDOW))
    counted = counters.paces
    waits = [_left_to_wait(session, key, pace, now) for key, pace in counted]
    if waits[-1] > timedelta(0) and _is_unhindered(session, counters):
        # Not counted for the network either: else whoever invents addresses would prolong the wait of all others.
        counted = counted[:-1]
        waits = waits[:-1]
    if max(waits) > timedelta(0):
        raise TooMany(max(1, ceil(max(waits).total_seconds())))
    session.add_all([Attempt(key=key, at=now) for key, _ in counted])
    session.flush()


def _is_unhindered(session: Session, counters: Counters) -> bool:
    """Tell whether the try is one of the account's first, which are not refused because of others in the network.

    It is so whether the account exists or not: else the answer would tell.
    """
    if len(counters.paces) < 3:
        return False
    account = counters.keys[1]
    tries = session.exec(select(func.count()).where(col(Attempt.key) == account)).one()
    return tries < UNHINDERED


def is_due(session: Session, counters: Counters, *, now: datetime) -> bool:
    """Count a try and tell whether it may be made; one that comes too soon is not counted."""
    try:
        count_try(session, counters, now=now)
    except TooMany:
        return False
    return True


def forgive(session: Session, counters: Counters) -> None:
    """Remove what this client counted for this account under every key: it has shown that it is right."""
    client = counters.keys[0]
    moments: Sequence[datetime] = session.exec(select(Attempt.at).where(col(Attempt.key) == client)).all()
    session.exec(delete(Attempt).where(col(Attempt.key).in_(counters.keys), col(Attempt.at).in_(moments)))


def account_key(purpose: str, email: str) -> str:
    """Return the key of an account, existing or not; the typed address itself is not kept."""
    return f"{purpose}:{hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]}"


def _lock(session: Session, key: str) -> None:
    """Let one process at a time count a key; SQLite has only one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        session.execute(sa.select(func.pg_advisory_xact_lock(number)))


def _left_to_wait(session: Session, key: str, pace: Pace, now: datetime) -> timedelta:
    count, last = session.exec(select(func.count(), func.max(col(Attempt.at))).where(col(Attempt.key) == key)).one()
    if count:
        return last + pace.wait(count) - now
    return timedelta(0)
