"""The address that a mail is answered to: a secret in it says who answers which mail; the From line proves nothing."""

from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime

from tracker.answers.answer_links import LinkPurpose, MailLink, read_token, write_token
from tracker.people.models import Person

#: stands at the head of each mail that may be answered by reply; what is above it in a reply is its author's own
REPLY_MARK = "##--##"
#: RFC 5321, 4.5.3.1.1
LONGEST_LOCAL_PART = 64


def reply_address(mailbox: str | None, secret: str, person: Person, outgoing_id: int, *, now: datetime) -> str | None:
    """Return the address that takes the person's reply to that mail; `now` is the real clock's. None without a mailbox.

    The secret stands after a plus sign, in letters and digits of one case: some mail servers change the case.
    """
    if mailbox is None:
        return None
    local, _, domain = mailbox.rpartition("@")
    token = write_token(secret, LinkPurpose.REPLY, person, outgoing_id, now=now)
    signed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    return f"{local}+{b32encode(signed).decode().rstrip('=').lower()}@{domain}"


def read_reply_address(mailbox: str, secret: str, addresses: Iterable[str]) -> MailLink | None:
    """Return what the first of these addresses says that is ours; None where none is."""
    begins, _, ends = mailbox.casefold().rpartition("@")
    for address in addresses:
        local, _, domain = address.casefold().rpartition("@")
        before, plus, token = local.partition("+")
        if plus and (before, domain) == (begins, ends) and len(local) <= LONGEST_LOCAL_PART:
            link = read_token(secret, LinkPurpose.REPLY, _as_token(token))
            if link is not None:
                return link
    return None


def _as_token(text: str) -> str:
    """Return the token as links have it; an empty one for what is none."""
    try:
        signed = b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return ""
    return urlsafe_b64encode(signed).decode().rstrip("=")
