"""One conversation with the mail relay, a step at a time, so that a commit fits between 354 and the body.

No `with smtplib.SMTP`: its end raises when QUIT is not answered by 221, although the message was accepted.
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.config import is_this_machine
from tracker.mail.compose_email import one_line
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome, MayGo, of_data, of_recipient
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import Letter, Letterhead

DEFAULT_PORTS = {"smtp": 25, "smtps": 465}
NO_ENCRYPTION = (
    "the relay does not offer STARTTLS, so nothing was sent: use smtps://,"
    " or end SMTP_URL in ?starttls=no if the line to the relay is safe"
)
FAULTS = (OSError, smtplib.SMTPException, UnicodeError)


@dataclass(frozen=True)
class RelayAddress:
    """SMTP_URL taken apart: smtp[s]://user:password@host:port?starttls=yes|no."""

    host: str
    port: int
    is_tls: bool
    user: str | None
    password: str
    #: encrypt before anything is sent: a message may hold a sign-in link, and signing in a password
    starttls: bool

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read the setting; STARTTLS is on unless it says no, or says nothing and the relay is on this machine."""
        parts = urlsplit(url)
        host = parts.hostname or "localhost"
        starttls = not is_this_machine(host)
        if setting := parse_qs(parts.query).get("starttls"):
            starttls = setting[0] != "no"
        user = None
        if parts.username:
            user = unquote(parts.username)
        return cls(
            host=host,
            port=parts.port or DEFAULT_PORTS[parts.scheme],
            is_tls=parts.scheme == "smtps",
            user=user,
            password=unquote(parts.password or ""),
            starttls=starttls,
        )


class _Failed(Exception):  # noqa: N818 - it names what happened
    """A try that ended before the body."""

    def __init__(self, outcome: DeliveryOutcome) -> None:
        self.outcome = outcome


class Conversation:
    """Hands messages over to one relay, over one connection as long as it lasts."""

    keeps_letters = False

    def __init__(self, relay: RelayAddress, letterhead: Letterhead, durations: Durations) -> None:
        self.relay = relay
        self.letterhead = letterhead
        self.durations = durations
        self._smtp: smtplib.SMTP | None = None
        self._deadline = 0.0
        self.is_quick = False
        #: the last message was taken, so that the relay expects the next one
        self._is_between = False

    def hand_over(self, letter: Letter, may_go: MayGo) -> DeliveryOutcome:
        """Offer one message to its one recipient; return how it ended, whatever the relay does."""
        began = time.monotonic()
        self._deadline = began + self.durations.before_body.total_seconds()
        try:
            smtp = self._begin()
            self._recipient(smtp, letter.to)
            self._data(smtp)
        except _Failed as failed:
            return failed.outcome
        self.is_quick = time.monotonic() - began < self.durations.quick.total_seconds()
        if not may_go():
            self._drop()
            return DeliveryOutcome(DeliveryFate.LEASE_LOST)
        return self._body(smtp, letter.message)

    def close(self) -> None:
        """End the connection; the relay's answer no longer matters."""
        if self._smtp is not None:
            with suppress(*FAULTS):
                self._deadline = time.monotonic() + self.durations.command.total_seconds()
                self._limit(self._smtp, self.durations.command)
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _left(self, most: timedelta) -> float:
        """Return the seconds the next step may take: `most`, or what is left of the time for this part."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the relay took too long")
        return min(most.total_seconds(), left)

    def _limit(self, smtp: smtplib.SMTP, most: timedelta) -> None:
        seconds = self._left(most)
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)

    def _begin(self) -> smtplib.SMTP:
        """Return a connection on which MAIL FROM was accepted: the open one if it still works, else a new one."""
        if self._smtp is not None:
            try:
                self._sender(self._smtp, is_reused=True)
                return self._smtp
            except _Failed:
                self._drop()
        try:
            self._smtp = self._connect()
            self._sender(self._smtp)
            return self._smtp
        except _Failed:
            self._drop()
            raise
        except FAULTS as error:
            self._drop()
            raise _Failed(_relay_failed(error)) from error

    def _connect(self) -> smtplib.SMTP:
        relay = self.relay
        name = self.letterhead.domain
        timeout = self._left(self.durations.connect)
        context = ssl.create_default_context()
        if relay.is_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=timeout, context=context)
        else:
            smtp = smtplib.SMTP(relay.host, relay.port, name, timeout=timeout)
        try:
            # The body and its dot are two writes: else the second waits 40 ms for the relay's delayed ACK, each time.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._introduce(smtp, context)
        except FAULTS:
            smtp.close()
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Greet, start TLS where it is required, and sign in if there is a user.

        Raises SMTPNotSupportedError where TLS is required and not offered.
        """
        self._limit(smtp, self.durations.command)
        smtp.ehlo_or_helo_if_needed()
        if self.relay.starttls and not self.relay.is_tls:
            self._encrypt(smtp, context)
        if self.relay.user is None:
            return
        self._limit(smtp, self.durations.command)
        smtp.login(self.relay.user, self.relay.password)

    def _encrypt(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if not smtp.has_extn("starttls"):
            raise smtplib.SMTPNotSupportedError(NO_ENCRYPTION)
        self._limit(smtp, self.durations.command)
        smtp.starttls(context=context)
        if not isinstance(smtp.sock, ssl.SSLSocket):
            raise smtplib.SMTPNotSupportedError(NO_ENCRYPTION)
        smtp.ehlo_or_helo_if_needed()

    def _sender(self, smtp: smtplib.SMTP, *, is_reused: bool = False) -> None:
        """Begin a message; a relay that does not accept our own address is itself at fault."""
        try:
            self._limit(smtp, self.durations.command)
            if is_reused and not self._is_between:
                smtp.rset()
            self._is_between = False
            code, words = smtp.mail(self.letterhead.envelope_sender)
        except FAULTS as error:
            raise _Failed(_relay_failed(error)) from error
        if code != 250:
            raise _Failed(DeliveryOutcome(DeliveryFate.RELAY_FAILED, code, _words_of(words)))

    def _recipient(self, smtp: smtplib.SMTP, to: str) -> None:
        code, words = self._ask(smtp, lambda: smtp.rcpt(to))
        if not 250 <= code < 260:
            raise _Failed(of_recipient(code, _words_of(words)))

    def _data(self, smtp: smtplib.SMTP) -> None:
        code, words = self._ask(smtp, lambda: smtp.docmd("DATA"))
        if code == 354:
            return
        outcome = of_data(code, _words_of(words))
        if outcome.fate in (DeliveryFate.SENT, DeliveryFate.AMBIGUOUS):
            # The answer makes no sense, but nothing has been sent.
            outcome = DeliveryOutcome(DeliveryFate.POSTPONED, code, outcome.text)
        raise _Failed(outcome)

    def _ask(self, smtp: smtplib.SMTP, command: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """Send one command of a message and return the answer; a connection that ends here has delivered nothing."""
        try:
            self._limit(smtp, self.durations.command)
            code, words = command()
        except FAULTS as error:
            self._drop()
            raise _Failed(DeliveryOutcome(DeliveryFate.BROKEN_OFF, None, _words_of(error))) from error
        if code == 421 or code < 200:
            self._drop()
        return code, words

    def _body(self, smtp: smtplib.SMTP, message: bytes) -> DeliveryOutcome:
        """Send the message and its final dot, and wait for the answer as long as the standard asks."""
        try:
            self._limit(smtp, self.durations.command)
            smtp.send(stuffed(message))
        except FAULTS as error:
            self._drop()
            return DeliveryOutcome(DeliveryFate.BROKEN_OFF, None, _words_of(error))
        try:
            self._deadline = time.monotonic() + self.durations.after_dot.total_seconds()
            self._limit(smtp, self.durations.after_dot)
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
        except FAULTS as error:
            self._drop()
            return DeliveryOutcome(DeliveryFate.AMBIGUOUS, None, _words_of(error))
        outcome = of_data(code, _words_of(words))
        self._is_between = outcome.fate is DeliveryFate.SENT
        if code == 421 or outcome.fate is DeliveryFate.AMBIGUOUS:
            self._drop()
        return outcome


def stuffed(message: bytes) -> bytes:
    """Return the message as DATA wants it: a dot before each leading dot, CRLF at the end."""
    body = re.sub(rb"(?m)^\.", b"..", message)
    if body.endswith(b"\r\n"):
        return body
    return body + b"\r\n"


def _relay_failed(error: Exception) -> DeliveryOutcome:
    """Return what is wrong with the relay; a bad certificate or password needs a person."""
    code = None
    if isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
    for_person = (ssl.SSLCertVerificationError, smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError)
    return DeliveryOutcome(
        DeliveryFate.RELAY_FAILED, code, _words_of(error), needs_person=isinstance(error, for_person)
    )


def _words_of(words: bytes | Exception) -> str:
    """Return the relay's words or a fault's, on one line of at most 300 signs."""
    if isinstance(words, smtplib.SMTPResponseException):
        text = words.smtp_error
    elif isinstance(words, Exception):
        text = str(words) or type(words).__name__
    else:
        text = words
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return one_line(text)[:300]
