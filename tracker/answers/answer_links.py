"""The links in a mail by which a person answers an item, or undoes an answer, without signing in.

A link is good for one person, one item and thirty days, whichever answer it names: that one is only chosen beforehand.
It ends with the person's sessions and links, with their role, and when their address changes. A proposer or supporter
needs no role to say whether their item is done. It signs in to nothing.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil

from sqlmodel import Session

from tracker.answers.choices import AnswerRole, MailAnswer, answer_scope, proposers_answered_for
from tracker.items.models import Item
from tracker.items.queries import read_inside
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.people.queries import Sight, sight_of


class LinkPurpose(StrEnum):
    """What a link is for; one made for one purpose is worth nothing for another."""

    ANSWER = "answer an item"
    UNDO = "undo an answer"
    REPLY = "answer by reply"


LIFE = {
    LinkPurpose.ANSWER: timedelta(days=30),
    LinkPurpose.UNDO: timedelta(hours=72),
    LinkPurpose.REPLY: timedelta(days=30),
}
#: bytes of the signature: 96 bits cannot be guessed over the network, and the address stays short in a plain text
SIGNATURE = 12
#: values in a link: person, row, epoch, minute of its end, mark of the mail address
VALUES = 5


@dataclass(frozen=True)
class MailLink:
    """What a link says: whose it is, of which item (of an undo: which receipt), and until when by the real clock."""

    purpose: LinkPurpose
    person_id: int
    row_id: int
    token_epoch: int
    ends_at: datetime
    address_mark: int

    @property
    def written_at(self) -> datetime:
        """Return when it was written, to the minute, by the real clock."""
        return self.ends_at - LIFE[self.purpose]


class LinkState(StrEnum):
    """Whether a link that is ours still answers, and why not."""

    GOOD = "good"
    EXPIRED = "expired"
    #: a new password, a new role, or signed out everywhere
    ENDED = "ended"
    ADDRESS_CHANGED = "address-changed"
    TERM_ENDED = "term-ended"
    #: the item, or the person, is gone
    GONE = "gone"


#: states in which a new link may be sent to the same address
RENEWABLE = frozenset({LinkState.EXPIRED, LinkState.ENDED})


@dataclass(frozen=True)
class CheckedLink:
    """A link of ours, its state, and the rows it speaks of: they are there unless it is gone."""

    state: LinkState
    person: Person | None = None
    item: Item | None = None
    #: what its person may see now
    sight: Sight | None = None


def answer_address(
    base_url: str, secret: str, person: Person, item_id: int, choice: MailAnswer | None = None, *, now: datetime
) -> str:
    """Return the address of the page with that answer chosen, or none; `now` is the real clock's. It changes nothing.

    All answers of one person and item share their token: whoever holds one holds them all.
    """
    token = write_token(secret, LinkPurpose.ANSWER, person, item_id, now=now)
    page = f"{base_url}/a/{token}"
    if choice is None:
        return page
    return f"{page}/{choice.value}"


def undo_address(base_url: str, secret: str, person: Person, receipt_id: int, *, now: datetime) -> str:
    """Return the address of the page that undoes the answer of that receipt."""
    token = write_token(secret, LinkPurpose.UNDO, person, receipt_id, now=now)
    return f"{base_url}/a/undo/{token}"


def write_token(secret: str, purpose: LinkPurpose, person: Person, row_id: int, *, now: datetime) -> str:
    """Return the signed part of a link that begins at that moment of the real clock."""
    # Rounded up, so that what happened just before the mail was written does not seem to have come after it.
    ends_at = ceil((now + LIFE[purpose]).timestamp() / 60)
    values = (person.id, row_id, person.token_epoch, ends_at, _mark(person.email))
    payload = b"".join(_packed(value) for value in values)
    return _encoded(payload + _signature(secret, purpose, payload))


def read_token(secret: str, purpose: LinkPurpose, token: str) -> MailLink | None:
    """Return what a token says; None if it was not signed by us for this purpose."""
    signed = _decoded(token)
    payload = signed[:-SIGNATURE]
    if not hmac.compare_digest(signed[-SIGNATURE:], _signature(secret, purpose, payload)):
        return None
    values = list(_unpacked(payload))
    if len(values) != VALUES:
        return None
    person_id, row_id, epoch, minute, mark = values
    return MailLink(purpose, person_id, row_id, epoch, datetime.fromtimestamp(minute * 60, UTC), mark)


def check_link(session: Session, link: MailLink, item_id: int, *, now: datetime, real_now: datetime) -> CheckedLink:
    """Return whether the link still answers that item; roles go by the installation's `now`."""
    person = _keeper(session, link.person_id)
    item = session.get(Item, item_id)
    if person is None or item is None or person.erased_on is not None:
        return CheckedLink(LinkState.GONE)
    sight = sight_of(session, person, now)
    return CheckedLink(_state(session, link, person, item, sight, real_now), person, item, sight)


def _state(session: Session, link: MailLink, person: Person, item: Item, sight: Sight, real_now: datetime) -> LinkState:
    # The most lasting reason comes first: a new link would not help where the address or the role is another.
    if _mark(person.email) != link.address_mark:
        return LinkState.ADDRESS_CHANGED
    if not _serves(session, item, sight) and not _answers_as_proposer(session, item, person):
        return LinkState.TERM_ENDED
    if person.id != link.person_id or person.token_epoch != link.token_epoch:
        return LinkState.ENDED
    if real_now >= link.ends_at:
        return LinkState.EXPIRED
    return LinkState.GOOD


def _serves(session: Session, item: Item, sight: Sight) -> bool:
    """Tell whether the person has a role in the item's register today, and may read it."""
    return item.body_id in sight.register_ids and _may_read(session, item, sight)


def _answers_as_proposer(session: Session, item: Item, person: Person) -> bool:
    """Tell whether the item is the person's as a proposer or supporter, and nothing that takes a role is asked."""
    is_theirs = bool(proposers_answered_for(session, item, person.id))
    return is_theirs and answer_scope(session, item, person.id).role in (None, AnswerRole.PROPOSER)


def _may_read(session: Session, item: Item, sight: Sight) -> bool:
    return item.visibility is Visibility.PUBLISHED or item.id in read_inside(session, [item.id], sight)


def _keeper(session: Session, person_id: int) -> Person | None:
    """Return the person, or whom their record was merged into."""
    person = session.get(Person, person_id)
    if person is not None and person.merged_into_id is not None:
        return session.get(Person, person.merged_into_id)
    return person


@lru_cache(maxsize=1000)
def _mark(address: str | None) -> int:
    """Return a number that changes with the address; the address itself stands in no link."""
    return int.from_bytes(hashlib.sha256((address or "").encode()).digest()[:2])


def _signature(secret: str, purpose: LinkPurpose, payload: bytes) -> bytes:
    return hmac.digest(_key(secret, purpose), payload, "sha256")[:SIGNATURE]


@lru_cache
def _key(secret: str, purpose: LinkPurpose) -> bytes:
    return hmac.digest(secret.encode(), purpose.value.encode(), "sha256")


def _encoded(signed: bytes) -> str:
    return urlsafe_b64encode(signed).decode().rstrip("=")


def _decoded(token: str) -> bytes:
    """Return the bytes of a token; none for a text that `_encoded` never returns."""
    try:
        signed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return b""
    # The decoder overlooks foreign signs and spare bits, so that several texts would stand for one token.
    if _encoded(signed) != token:
        return b""
    return signed


@lru_cache(maxsize=1000)
def _packed(value: int) -> bytes:
    """Return the number in as few bytes as it needs: seven bits each, the last one without the eighth."""
    packed = bytearray()
    while value > 0x7F:
        packed.append(value & 0x7F | 0x80)
        value >>= 7
    packed.append(value)
    return bytes(packed)


def _unpacked(payload: bytes) -> Iterator[int]:
    value = 0
    shift = 0
    for byte in payload:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = 0
            shift = 0
