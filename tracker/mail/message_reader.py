"""From the bytes of a message back to what it says: some headers and the text; never an attachment."""

from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tracker.mail.email import one_line

HEADERS = ("From", "To", "Date", "Subject")
#: what the standard library's parser is known to raise for a header or a body that is broken
BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError)
#: bytes; ours have some ten thousand, and whatever is longer is not shown to its end
MOST_BYTES = 1024 * 1024
ENDING = ".eml"


@dataclass(frozen=True)
class MessageText:
    """A message as people read it."""

    headers: dict[str, str]
    text: str
    html: str

    @property
    def subject(self) -> str:
        """Return the subject; empty if there is none."""
        return self.headers.get("Subject", "")


def said(message: bytes) -> MessageText:
    """Read a message, however broken it may be."""
    parsed = message_from_bytes(message[:MOST_BYTES], _class=EmailMessage, policy=default)
    headers = {name: text for name in HEADERS if (text := _header(parsed, name))}
    return MessageText(headers, _part(parsed, "plain"), _part(parsed, "html"))


def _header(message: EmailMessage, name: str) -> str:
    with suppress(*BROKEN):
        return one_line(str(message.get(name, "")))
    return ""


def _part(message: EmailMessage, subtype: str) -> str:
    with suppress(*BROKEN):
        body = message.get_body(preferencelist=(subtype,))
        content = body.get_content() if body is not None else ""
        if isinstance(content, str):
            return content
        return ""
    return ""


def files(folder: Path) -> dict[str, Path]:
    """Return the messages kept in a folder by their names, the latest first; nothing that only points elsewhere."""
    if not folder.is_dir():
        return {}
    found = [path for path in folder.glob(f"*{ENDING}") if path.is_file() and not path.is_symlink()]
    return {path.stem: path for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)}


def read(path: Path) -> MessageText:
    """Read a kept message."""
    with path.open("rb") as file:
        return said(file.read(MOST_BYTES))
