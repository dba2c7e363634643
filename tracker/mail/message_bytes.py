"""From an Email to the bytes on the wire: headers nobody can forge, no control signs, nothing that needs 8BITMIME."""

import re
from base64 import encodebytes
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from hashlib import sha256

from tracker.mail.compose_email import Email, one_line

# What may not stand in a body: controls but line feed and tab.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# One address as mail servers take it without extensions: ASCII, nothing quoted.
PLAIN_ADDRESS = re.compile(r"[!#-'*+\-./-9=?A-Z^-~]+@[A-Za-z0-9.-]+", re.ASCII)

# What may not stand in the label of a list (RFC 2919).
NO_LABEL = re.compile(r"[^a-z0-9.-]+|\.(?=\.)")
LONGEST_LABEL = 100
#: signs of a line, as RFC 5322 advises
LONGEST_LINE = 78
#: of a line with an encoded word (RFC 2047)
LONGEST_ENCODED_LINE = 76


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
    """Return the complete message; raise BadAddressError for an invalid address.

    Made by hand: EmailMessage takes as long as all else that is done for a mail.
    """
    boundary = f"=_{sha256(f'{message_id} {date}'.encode()).hexdigest()[:32]}"
    headers = [
        *_list_headers(email, letterhead),
        f"Message-ID: <{message_id}@{letterhead.domain}>",
        f"Date: {format_datetime(date)}",
        _sender(letterhead.sender, email.sender_name),
        f"To: {ascii_address(email.to)}",
        _subject(one_line(email.subject)),
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    parts = (_part("plain", email.text), _part("html", email.html))
    opening = f"--{boundary}\r\n".encode()
    body = b"".join(opening + part + b"\r\n" for part in parts)
    return "".join(f"{line}\r\n" for line in headers).encode("ascii") + b"\r\n" + body + f"--{boundary}--\r\n".encode()


@lru_cache(maxsize=100)
def _sender(sender: str, name: str | None) -> str:
    """Return the line that says in whose name the mail comes."""
    own_name, address = parseaddr(sender)
    text = one_line(name or own_name)
    address = ascii_address(address)
    if _is_plain("From", f"{text} <{address}>"):
        return f"From: {formataddr((text, address))}"
    return f"From: {_encoded('From', text)}\r\n <{address}>"


def _subject(text: str) -> str:
    if _is_plain("Subject", text):
        return f"Subject: {text}"
    return f"Subject: {_encoded('Subject', text)}"


def _is_plain(name: str, text: str) -> bool:
    """Tell whether the text may stand in that header as it is."""
    return text.isascii() and "=?" not in text and len(f"{name}: {text}") < LONGEST_LINE


def _encoded(name: str, text: str) -> str:
    """Return the text of that header in encoded words (RFC 2047).

    Not by a policy: that parses the text first, and what looks like an encoded word would let line ends into headers.
    """
    return Header(text, "utf-8", LONGEST_ENCODED_LINE, header_name=name).encode(linesep="\r\n")


def _part(subtype: str, text: str) -> bytes:
    """Return one of the two bodies with its headers: as it is if any relay takes it so, else encoded."""
    # Without a line end at its end, it would be encoded with bare line feeds, which many relays refuse.
    lines = UNPRINTABLE.sub("", text).removesuffix("\n") + "\n"
    content = lines.replace("\n", "\r\n").encode()
    encoding = "7bit"
    # A line that begins with "=" could be a boundary.
    if not content.isascii() or max(map(len, content.split(b"\r\n"))) > LONGEST_LINE or b"\n=_" in content:
        encoding = "quoted-printable"
        encoded = b2a_qp(content, istext=True)
        if len(encoded) > len(content) * 4 / 3:
            encoding = "base64"
            encoded = encodebytes(content).replace(b"\n", b"\r\n")
        content = encoded
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + content


def size_on_the_wire(email: Email) -> int:
    """Return how many bytes the two bodies of a mail take, each with its headers."""
    return len(_part("plain", email.text)) + len(_part("html", email.html))


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


def _list_headers(email: Email, letterhead: Letterhead) -> list[str]:
    """Return what mailboxes sort, answer and end a mail by."""
    lines = []
    if email.list_id is not None:
        label = NO_LABEL.sub("-", email.list_id.lower()).strip("-.") or "mail"
        lines.append(f"List-Id: <{label[:LONGEST_LABEL]}.{letterhead.domain}>")
    if email.reply_to is not None:
        lines.append(f"Reply-To: {ascii_address(email.reply_to)}")
    if email.unsubscribe is not None:
        lines.append(f"List-Unsubscribe: <{email.unsubscribe}>")
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return lines
