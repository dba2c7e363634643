"""From the bytes of a message back to its text and some headers; never an attachment."""

from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tracker.mail.compose_email import one_line

HEADERS = ("From", "To", "Date", "Subject")
#: what the standard library's parser raises for a broken header or body
BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError)
#: bytes that are read: our messages have some ten thousand
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


def parse_message(message: bytes) -> MessageText:
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
        if body is not None and isinstance(content := body.get_content(), str):
            return content
    return ""


def files(folder: Path) -> dict[str, Path]:
    """Return the messages kept in a folder by name, the latest first; symbolic links are left out."""
    if not folder.is_dir():
        return {}
    paths = [path for path in folder.glob(f"*{ENDING}") if path.is_file() and not path.is_symlink()]
    return {path.stem: path for path in sorted(paths, key=lambda path: path.stat().st_mtime, reverse=True)}


def read(path: Path) -> MessageText:
    """Return a message kept in a file."""
    with path.open("rb") as file:
        return parse_message(file.read(MOST_BYTES))
