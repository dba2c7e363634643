"""A mail as it came in, read with care: whatever somebody sends, the answer is a value, and reading it is cheap."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from tracker.inbound.visible_html import visible_words
from tracker.text import writable

#: what is read of a mail: the text stands at its beginning, attachments are not wanted, and what is nested thousands
#: of times costs the square of its length
MOST_BYTES = 250_000
#: what is read of a text; nobody writes a longer answer by hand
MOST_CHARACTERS = 20_000
MOST_OF_A_HEADER = 2_000
#: headers in which the address that took the mail may stand, by who writes them
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
#: of programs that answer by themselves (RFC 3834, and what was usual before it)
AUTOMATIC = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id", "X-Loop", "Feedback-ID")
BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
#: addresses of programs
PROGRAMS = re.compile(r"(?i)^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@")
ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]{1,200}@[^\s<>,;:\"'()\[\]]{1,200}")
STATUS = re.compile(r"(?im)^Status:\s*(\d\.\d{1,3}\.\d{1,3})")
FINAL_RECIPIENT = re.compile(r"(?im)^(?:Final|Original)-Recipient:\s*[^;\s]+;\s*<?([^\s<>]+@[^\s<>]+)>?")
MESSAGE_ID = re.compile(r"(?im)^Message-ID:\s*<([^<>\s]{1,200})>")


@dataclass(frozen=True)
class Bounce:
    """A delivery report of another mail server: which address failed, why, and which message of ours it was about."""

    status: str | None
    addresses: tuple[str, ...]
    #: Message-IDs that stand in what it returns of the message
    message_ids: tuple[str, ...]


@dataclass(frozen=True)
class IncomingMail:
    """What is read of a mail: text that databases take, whoever wrote it."""

    #: its own Message-ID, or where it has none a mark made of its bytes
    name: str
    sender: str
    recipients: tuple[str, ...]
    text: str
    #: written by a program, so that nothing may be answered to it
    is_automatic: bool = False
    bounce: Bounce | None = None


def read_mail(raw: bytes) -> IncomingMail:
    """Read the beginning of a mail; what cannot be read of it is left out. Raises nothing."""
    head = raw[:MOST_BYTES]
    mark = sha256(head).hexdigest()
    try:
        return _read(head, mark)
    except RecursionError:  # parts within parts, made to hurt
        return IncomingMail(mark, "", (), "", is_automatic=True)


def _read(head: bytes, mark: str) -> IncomingMail:
    # The newer policies of the library parse headers at length; this one leaves them as they are.
    message = message_from_bytes(head)
    bounce = _bounce(message, head)
    senders = _addresses(message, ("From",))
    return IncomingMail(
        name=_header(message, "Message-ID").strip("<> ") or mark,
        sender=next(iter(senders), ""),
        recipients=_addresses(message, RECIPIENTS),
        # Encoded text may hold signs that no database takes, whatever stands in the bytes.
        text=writable(_text(message)[:MOST_CHARACTERS]),
        is_automatic=bounce is not None or _is_automatic(message, senders),
        bounce=bounce,
    )


def _header(message: Message, name: str) -> str:
    """Return the beginning of a header as it stands; nothing where it is missing."""
    return writable(str(message.get(name, ""))[:MOST_OF_A_HEADER])


def _addresses(message: Message, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(address for name in names for address in ADDRESS.findall(_header(message, name)))


def _is_automatic(message: Message, senders: tuple[str, ...]) -> bool:
    auto = _header(message, "Auto-Submitted").strip().casefold()
    has_mark = any(_header(message, name) for name in AUTOMATIC)
    is_bulk = _header(message, "Precedence").strip().casefold() in BULK
    # An empty return path is how servers say that nobody waits for an answer.
    has_no_way_back = _header(message, "Return-Path").strip() == "<>"
    by_program = any(PROGRAMS.match(sender) for sender in senders)
    return auto not in ("", "no") or has_mark or is_bulk or has_no_way_back or by_program or not senders


def _bounce(message: Message, head: bytes) -> Bounce | None:
    """Return the delivery report, if the mail is one (RFC 3464)."""
    if message.get_content_type() != "multipart/report":
        return None
    if "delivery-status" not in _header(message, "Content-Type").casefold():
        return None
    # The report is read as text: servers break the rules for its parts in many ways.
    report = writable(head.decode("latin-1"))
    status = STATUS.search(report)
    own = _header(message, "Message-ID").strip("<> ")
    names = tuple(name for name in MESSAGE_ID.findall(report) if name != own)
    return Bounce(status and status.group(1), tuple(dict.fromkeys(FINAL_RECIPIENT.findall(report))), names)


def _text(message: Message) -> str:
    """Return what a person wrote: the first text that is shown, and no file or mail that came with it."""
    for part in _shown(message):
        if part.get_content_type() == "text/html":
            return visible_words(_content(part))
        if part.get_param("format") == "flowed":
            return _unwrapped(_content(part))
        return _content(part)
    return ""


def _shown(part: Message) -> Iterator[Message]:
    """Yield the texts of a mail in the order in which it shows them; of alternatives the plain one comes first."""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        inner = [text for inner in part.get_payload() if isinstance(inner, Message) for text in _shown(inner)]
        if part.get_content_type() == "multipart/alternative":
            inner.sort(key=lambda text: (not _content(text).strip(), text.get_content_type() != "text/plain"))
        yield from inner
    elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
        yield part


def _is_attached(part: Message) -> bool:
    disposition = _header(part, "Content-Disposition").strip("\"' \t").casefold()
    return disposition.startswith("attachment") or part.get_filename() is not None


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return payload.decode(charset, "replace")
    except (LookupError, ValueError):  # a charset that nobody knows, or a name that is none
        return payload.decode("utf-8", "replace")


def _unwrapped(text: str) -> str:
    """Return the text with the lines joined that its program broke (RFC 3676); signatures and quotes stay as they are.

    Such a line ends with a blank.
    """
    return re.sub(r"(?m)^(?!>|-- \r?$)(.*) \r?\n(?!>|-- \r?$)", r"\1 ", text)
