"""Fetches what came into an IMAP mailbox: each mail is marked as seen after what it says was committed."""

import logging
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from imaplib import IMAP4, IMAP4_SSL
from threading import Timer
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted, MailMessageFlags
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from tracker.clock import real_now
from tracker.db import Sessions, is_busy
from tracker.inbound.incoming_mail import MOST_BYTES
from tracker.inbound.receive_mail import ReplyDesk, receive_mail

log = logging.getLogger("tracker.inbound")
SECONDS = 30
#: of one pass; a server that sends a byte now and then would hold its reader for ever
MOST_SECONDS = 300.0
#: mails of one pass, so that a flood does not keep the other jobs waiting
MOST_AT_ONCE = 200


def fetch_mail(
    sessions: Sessions,
    url: str,
    desk: ReplyDesk,
    moment: Callable[[Session], datetime],
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Take in the unseen mails of the mailbox and return how many.

    A mail that a crash leaves unmarked is fetched again, and known by its name then. One that fails holds up none of
    the others. Raises OSError, ImapToolsError or imaplib's error where the mailbox is out of reach, and DBAPIError
    where the database is.
    """
    count = 0
    mailbox = _open(url)
    try:
        for uid in mailbox.uids("UNSEEN"):
            if count == MOST_AT_ONCE or is_stopping():
                break
            raw = _beginning(mailbox, uid)
            # A server that has lost it, or gives it later; it stays unseen.
            if raw:
                count += _take_in(sessions, mailbox, uid, raw, desk, moment)
    finally:
        # What was taken in is committed: how the connection ends changes nothing.
        with suppress(OSError, ImapToolsError, mailbox.client.error):
            mailbox.logout()
    return count


def _take_in(
    sessions: Sessions,
    mailbox: BaseMailBox,
    uid: str,
    raw: bytes,
    desk: ReplyDesk,
    moment: Callable[[Session], datetime],
) -> bool:
    """Do what the mail says and mark it as seen; one that fails is flagged as well, so that a person finds it."""
    marks = [MailMessageFlags.SEEN]
    try:
        with sessions.writing() as session:
            receive_mail(session, raw, desk, now=moment(session), real_now=real_now())
    except Exception as error:
        if is_for_later(error):
            raise
        log.exception("mail %s of the mailbox could not be taken in: it is flagged there", uid)
        marks.append(MailMessageFlags.FLAGGED)
    mailbox.flag(uid, marks, value=True)
    return len(marks) == 1


def is_for_later(error: Exception) -> bool:
    """Tell whether the database was at fault, not the mail: then the same mail may go through later."""
    return is_busy(error) or isinstance(error, OperationalError | InterfaceError)


def _open(url: str) -> BaseMailBox:
    """Return the opened mailbox."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    mailbox: BaseMailBox
    if parts.scheme == "imaps":
        mailbox = _TlsBox(host, parts.port or 993, timeout=SECONDS, ssl_context=ssl.create_default_context())
    else:
        mailbox = _PlainBox(host, parts.port or 143, timeout=SECONDS)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder)


class _LimitedClient(IMAP4):
    """A client whose connection is cut after so many seconds, whatever the server does meanwhile."""

    limit: Timer | None = None
    #: a second handle of the connection, for TLS takes the first one over
    handle: socket.socket | None = None

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connection: socket.socket = IMAP4._create_socket(self, timeout)  # type: ignore[attr-defined]
        self.handle = connection.dup()
        self.limit = Timer(MOST_SECONDS, _cut, [self.handle])
        self.limit.daemon = True
        self.limit.start()
        return connection

    def shutdown(self) -> None:
        """Close the connection; its time no longer matters."""
        if self.limit is not None and self.handle is not None:
            self.limit.cancel()
            self.handle.close()
        super().shutdown()


class _LimitedTlsClient(_LimitedClient, IMAP4_SSL):
    """The same over TLS, whose handshake counts as well."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connection = _LimitedClient._create_socket(self, timeout)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(connection, server_hostname=self.host)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


class _PlainBox(MailBoxUnencrypted):
    def _get_mailbox_client(self) -> IMAP4:
        return _LimitedClient(self._host, self._port, self._timeout)


class _TlsBox(MailBox):
    def _get_mailbox_client(self) -> IMAP4:
        return _LimitedTlsClient(self._host, self._port, ssl_context=self._ssl_context, timeout=self._timeout)


def _beginning(mailbox: BaseMailBox, uid: str) -> bytes:
    """Return the first bytes of a mail, however large it is, without marking it as seen."""
    _status, parts = mailbox.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")
