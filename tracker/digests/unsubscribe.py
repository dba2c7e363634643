"""The address in every digest that ends it: signed for one person and one purpose, and good for a quarter of a year.

It ends sooner with the person's sessions and links: at a new password, address or role, and at "sign out everywhere".
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from tracker.people.models import Person

PURPOSE = "stop digests"
#: all it does is end mail, so it lives longer than other links: as long as the last twelve digests are kept at hand
LIFE = timedelta(days=90)
#: a token where it stands in the text of a mail: of this link, of one that answers an item, of one that undoes it
_IN_TEXT = re.compile(r"(?<=/digests/stop/)[\w.~-]+|(?<=/a/)(?:undo/)?[\w-]{20,}")


@dataclass(frozen=True)
class WayOut:
    """Whose digests a token ends, and how long; times are of the real clock."""

    person_id: int
    token_epoch: int
    written_at: int

    def is_good(self, person: Person, now: datetime) -> bool:
        """Tell whether the token still ends the digests of that person, whose record it names."""
        is_recent = now.timestamp() - self.written_at < LIFE.total_seconds()
        return is_recent and self.token_epoch == person.token_epoch


def token_for(secret: str, person: Person, *, now: datetime) -> str:
    """Return what stands at the end of the person's address in a digest written at that moment of the real clock."""
    return str(_signer(secret).dumps([person.id, person.token_epoch, int(now.timestamp())]))


def way_out_of(secret: str, token: str) -> WayOut | None:
    """Return what a token says; None if it was not signed by us for this, or by an earlier edition."""
    try:
        parts = _signer(secret).loads(token)
    except BadSignature:
        return None
    is_complete = isinstance(parts, list) and len(parts) == 3 and all(isinstance(part, int) for part in parts)
    if is_complete:
        return WayOut(*parts)
    return None


def without_tokens(text: str) -> str:
    """Return the text of a mail for somebody else's eyes: whoever holds its links acts as its reader."""
    return _IN_TEXT.sub("…", text)


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=PURPOSE)
