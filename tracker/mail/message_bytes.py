"""From an Email to the bytes on the wire: headers by a policy, control signs removed, nothing that needs 8BITMIME."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from tracker.mail.compose_email import Email, one_line

# 7bit: text in other scripts travels as quoted-printable or base64 through any relay.
POLICY = SMTP.clone(cte_type="7bit")
# What may not stand in a body: controls but line feed and tab.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# One address as mail servers take it without extensions: ASCII, nothing quoted.
PLAIN_ADDRESS = re.compile(r"[!#-'*+\-./-9=?A-Z^-~]+@[A-Za-z0-9.-]+", re.ASCII)

# What may not stand in the label of a list (RFC 2919).
NO_LABEL = re.compile(r"[^a-z0-9.-]+|\.(?=\.)")
LONGEST_LABEL = 100


class BadAddressError(ValueError):
    """The address cannot be put into a message; the recipient gets nothing, the others do."""


@dataclass(frozen=True)
class Letterhead:
    """What all messages of an installation share."""

    sender: str

    @property
    def envelope_sender(self) -> str:
        """Return the bare address that bounces come back to."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """Return the domain that Message-IDs end in."""
        return self.envelope_sender.rpartition("@")[2] or "localhost"


@dataclass(frozen=True)
class Letter:
    """One complete message on its way to one address; `name` is the same for every copy."""

    name: str
    to: str
    message: bytes


def build(email: Email, letterhead: Letterhead, *, message_id: str, date: datetime) -> bytes:
    """Return the complete message; raise BadAddressError for an invalid address."""
    message = EmailMessage(POLICY)
    message["Message-ID"] = f"<{message_id}@{letterhead.domain}>"
    message["Date"] = format_datetime(date)
    message["From"] = _address(letterhead.envelope_sender, email.sender_name or parseaddr(letterhead.sender)[0])
    message["To"] = _address(email.to)
    message["Subject"] = one_line(email.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(UNPRINTABLE.sub("", email.text))
    message.add_alternative(UNPRINTABLE.sub("", email.html), subtype="html")
    return _unfolded_headers(email, letterhead) + message.as_bytes()


def ascii_address(text: str) -> str:
    """Return the address as it goes over the wire, its domain in ASCII; raise BadAddressError if it is invalid."""
    local, _, domain = text.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        address = ""
    if not PLAIN_ADDRESS.fullmatch(address):
        raise BadAddressError(f"not an address: {one_line(text)!r}")
    return address


def _address(text: str, name: str = "") -> Address:
    try:
        return Address(one_line(name), addr_spec=ascii_address(text))
    except (ValueError, IndexError, HeaderParseError) as error:
        # All that the parser raises for bad text.
        raise BadAddressError(f"not an address: {one_line(text)!r}") from error


def _unfolded_headers(email: Email, letterhead: Letterhead) -> bytes:
    """Return the headers made by hand: the policy would fold a long address into encoded words."""
    lines = []
    if email.list_id is not None:
        label = NO_LABEL.sub("-", email.list_id.lower()).strip("-.") or "mail"
        lines.append(f"List-Id: <{label[:LONGEST_LABEL]}.{letterhead.domain}>")
    if email.reply_to is not None:
        lines.append(f"Reply-To: {ascii_address(email.reply_to)}")
    if email.unsubscribe is not None:
        lines.append(f"List-Unsubscribe: <{email.unsubscribe}>")
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
